//! Whatever an article holds, the quads parse, the evidence stands and no text leaves its place.

mod sample;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use proptest::prelude::*;
use temoin_graph::dot::{DotOptions, render};
use temoin_graph::export::{ExportFormat, Facts, export};
use temoin_graph::verify::verify;
use temoin_graph::view::ViewOptions;
use temoin_graph::{GraphFolder, GraphOptions, Iris, quads};
use temoin_model::{
    Document, EntityType, Extraction, Meta, Object, Polarity, Precision, Quantity, Span, Speaker, Status, Subject,
};

/// Characters that formats treat in their own way, and some that they do not.
fn text(max: usize) -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '"', '\\', '<', '>', '&', '\'', '\n', '\r', '\t', '\u{0}', '\u{7f}', '\u{85}', '\u{a0}', '\u{2028}',
        '\u{202e}', '\u{feff}', '\u{fffd}', '\u{ffff}', '🌊', 'é', 'e', '\u{301}', '%', '#', '{', '}', '|', '^', '`',
        ' ', '.', '-', ']', '[', ';', '@',
    ]);
    prop::collection::vec(prop_oneof![3 => odd, 2 => any::<char>()], 1..max).prop_map(|c| c.into_iter().collect())
}

fn article() -> impl Strategy<Value = (Document, Extraction)> {
    let claim =
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..6usize, 0..4usize, text(8), any::<f64>());
    (text(60), prop::collection::vec(text(12), 2..5), prop::collection::vec(claim, 1..6), text(10)).prop_map(
        |(body, labels, claims, name)| {
            let body = format!("a {body} b.");
            let meta = Meta {
                name: name.clone(),
                outlet: Some(name.clone()),
                url: Some(name.clone()),
                title: Some(name),
                ..Meta::default()
            };
            let doc = sample::document(&body, meta);
            let mut f = sample::Found::new(&doc);
            let all: Vec<_> = labels.iter().enumerate().map(|(i, l)| f.entity(l, l, EntityType::ALL[i % 9])).collect();
            let words = doc.tokens().len();
            for (at, to, status, kind, relation, x) in claims {
                let word = temoin_model::TokenId(at.index(words) as u32);
                let trigger = doc.token_span(word);
                let e = all[at.index(all.len())];
                let other = all[to.index(all.len())];
                f.out.mentions.push(temoin_model::Mention {
                    span: trigger,
                    tokens: Span::new(word.0, word.0 + 1),
                    head: word,
                    kind: temoin_model::MentionKind::Nominal,
                    entity: e,
                });
                let q = Quantity {
                    value: Some(x),
                    min: Some(x),
                    max: None,
                    precision: Precision::About,
                    unit: Some(relation.clone()),
                    text: relation.clone(),
                    span: trigger,
                };
                let object = match kind {
                    0 => Object::Text(relation.clone()),
                    1 => Object::Quantity(q.clone()),
                    _ => Object::Entity(other),
                };
                let subject = if kind == 3 { Subject::Unknown } else { Subject::Entity(e) };
                let predicate = if status == 0 { "said".to_owned() } else { format!("open:{relation}") };
                let mut c = temoin_model::Claim {
                    id: String::new(),
                    event: Some(relation.clone()),
                    plover: Some(relation.clone()),
                    subject,
                    predicate,
                    object,
                    status: [
                        Status::Asserted,
                        Status::Reported,
                        Status::Hedged,
                        Status::Planned,
                        Status::Denied,
                        Status::Asserted,
                    ][status],
                    certainty: Default::default(),
                    polarity: if status == 5 { Polarity::Negative } else { Polarity::Positive },
                    tense: Default::default(),
                    said_by: if kind == 2 { Speaker::Unnamed } else { Speaker::Entity(other) },
                    said_via: Some(e),
                    markers: vec![relation.clone()],
                    places: vec![e, other],
                    time: None,
                    count: Some(q),
                    embedded_in: None,
                    because: Vec::new(),
                    purpose: Vec::new(),
                    means: None,
                    confidence: x,
                    rule: relation,
                    evidence: Default::default(),
                };
                c.evidence.sentence = doc.sentence_span(doc.sentence_of(word));
                c.evidence.trigger = trigger;
                c.evidence.subject = Some(trigger);
                f.out.claims.push(c);
            }
            let found = f.finish();
            (doc, found)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quads_are_written_and_read_again((doc, found) in article()) {
        let all = quads::of_document(&Iris::default(), &doc, &found);
        let text: String = all.iter().map(|q| format!("{q} .\n")).collect();
        prop_assert_eq!(text.lines().count(), all.len());
        let again: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads).for_slice(text.as_bytes()).map(|q| q.unwrap()).collect();
        prop_assert_eq!(again, all);
    }

    #[test]
    fn every_export_parses_and_the_evidence_stands((doc, found) in article()) {
        let dir = tempfile::tempdir().unwrap();
        let folder = GraphFolder::create_or_open(&dir.path().join("g"), &GraphOptions::default()).unwrap();
        let mut w = folder.writer().unwrap();
        w.add(&doc, &found).unwrap();
        w.commit().unwrap();
        let report = verify(&folder).unwrap();
        prop_assert!(report.is_ok(), "{:?}", report.mismatches);
        prop_assert_eq!(report.claims as usize, found.claims.len());
        let formats = [
            (ExportFormat::TriG, RdfFormat::TriG),
            (ExportFormat::JsonLd, RdfFormat::JsonLd { profile: Default::default() }),
            (ExportFormat::RdfXml, RdfFormat::RdfXml),
        ];
        for (format, rdf) in formats {
            let mut out = Vec::new();
            let report = export(&folder, format, Facts::Asserted, &mut out).unwrap();
            let mut n = 0;
            for q in RdfParser::from_format(rdf).for_slice(&out) {
                prop_assert!(q.is_ok(), "{:?}: {:?}\n{}", format, q, String::from_utf8_lossy(&out));
                n += 1;
            }
            prop_assert_eq!(n, report.quads, "{:?}", format);
        }
    }

    #[test]
    fn exports_for_other_tools_hold_every_claim((doc, found) in article()) {
        let dir = tempfile::tempdir().unwrap();
        let folder = GraphFolder::create_or_open(&dir.path().join("g"), &GraphOptions::default()).unwrap();
        let mut w = folder.writer().unwrap();
        w.add(&doc, &found).unwrap();
        w.commit().unwrap();
        let write = |format| {
            let mut out = Vec::new();
            let report = export(&folder, format, Facts::Asserted, &mut out).unwrap();
            (String::from_utf8(out).unwrap(), report)
        };
        let (xml, report) = write(ExportFormat::GraphMl);
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut edges = 0;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Start(e)) => edges += u64::from(e.name().as_ref() == b"edge"),
                Ok(quick_xml::events::Event::Text(t)) => prop_assert!(t.unescape().is_ok()),
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(e) => prop_assert!(false, "{e}: {xml}"),
            }
        }
        prop_assert_eq!(edges + report.left_out.values().sum::<u64>(), found.claims.len() as u64);
        let (json, _) = write(ExportFormat::NodeLink);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let apart = |v: &serde_json::Value| v["claims"].as_array().map_or(0, Vec::len);
        let alone: usize = json["nodes"].as_array().unwrap().iter().map(apart).sum();
        prop_assert_eq!(json["edges"].as_array().unwrap().len() + alone + apart(&json["graph"]), found.claims.len());
        for format in [ExportFormat::Events, ExportFormat::Ftm] {
            let (lines, report) = write(format);
            for line in lines.split_terminator('\n') {
                prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", line);
            }
            prop_assert_eq!(lines.split_terminator('\n').count() as u64, report.written.values().sum::<u64>());
        }
        let tables = dir.path().join("neo4j");
        let report = temoin_graph::export::export_folder(&folder, ExportFormat::Neo4j, Facts::Asserted, &tables).unwrap();
        let nodes = csv::Reader::from_path(tables.join("nodes.csv")).unwrap().into_records();
        let rows: Vec<csv::StringRecord> = nodes.collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(rows.len() as u64, report.written["nodes"]);
    }

    #[test]
    fn diagrams_hold_one_line_an_edge((doc, found) in article()) {
        let mut b = temoin_graph::GraphBuilder::new(Iris::default(), &[]);
        b.add(&doc, &found);
        let view = b.finish().view(&ViewOptions::default()).unwrap();
        let dot = render(&view, &DotOptions { title: Some(doc.text().to_owned()), ..Default::default() });
        let edges = view.graph.edge_count();
        let drawn = dot.lines().filter(|l| l.starts_with("  \"") && l.contains("\" -> \"") && l.contains("labeltooltip")).count();
        prop_assert!(drawn <= edges && (drawn > 0) == (edges > 0));
        prop_assert!(dot.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
