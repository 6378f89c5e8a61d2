//! Exports hold the same triples in every format, and the verifier sees what was tampered with.

mod sample;

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Triple};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use temoin_graph::export::{ExportFormat, Facts, export};
use temoin_graph::verify::verify;
use temoin_graph::{GraphFolder, GraphOptions};

fn folder(path: &Path, order: &[usize]) -> GraphFolder {
    let all = sample::both();
    let folder = GraphFolder::create_or_open(path, &GraphOptions::default()).unwrap();
    let mut w = folder.writer().unwrap();
    for &i in order {
        w.add(&all[i].0, &all[i].1).unwrap();
    }
    w.commit().unwrap();
    folder
}

fn write(f: &GraphFolder, format: ExportFormat, facts: Facts) -> Vec<u8> {
    let mut out = Vec::new();
    let report = export(f, format, facts, &mut out).unwrap();
    assert_eq!((report.documents, report.damaged.len()), (2, 0));
    out
}

fn parse(bytes: &[u8], format: RdfFormat) -> BTreeSet<String> {
    RdfParser::from_format(format).for_slice(bytes).map(|q| q.unwrap().to_string()).collect()
}

const FORMATS: [(ExportFormat, fn() -> RdfFormat); 6] = [
    (ExportFormat::NQuads, || RdfFormat::NQuads),
    (ExportFormat::TriG, || RdfFormat::TriG),
    (ExportFormat::Turtle, || RdfFormat::Turtle),
    (ExportFormat::NTriples, || RdfFormat::NTriples),
    (ExportFormat::JsonLd, || RdfFormat::JsonLd { profile: Default::default() }),
    (ExportFormat::RdfXml, || RdfFormat::RdfXml),
];

#[test]
fn every_format_holds_the_same_triples_and_the_same_bytes_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let a = folder(&dir.path().join("a"), &[0, 1]);
    let b = folder(&dir.path().join("b"), &[1, 0]);
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(&write(&a, ExportFormat::NQuads, Facts::Asserted))
        .map(|q| q.unwrap())
        .collect();
    let all: BTreeSet<String> = quads.iter().map(Quad::to_string).collect();
    assert_eq!(all.len(), quads.len(), "no line twice");
    let triples: BTreeSet<String> = quads.iter().map(|q| Triple::from(q.clone()).to_string()).collect();
    assert_eq!(triples.len(), quads.len(), "each triple in one graph");
    // XML cannot carry the form feed of the second article.
    let in_xml: BTreeSet<String> =
        triples.iter().map(|t| t.replace("\\f", "\u{fffd}").replace('\u{c}', "\u{fffd}")).collect();
    for (format, rdf) in FORMATS {
        let bytes = write(&a, format, Facts::Asserted);
        assert!(bytes == write(&b, format, Facts::Asserted), "{format:?}");
        let found = parse(&bytes, rdf());
        let expected = match format {
            ExportFormat::NQuads | ExportFormat::TriG | ExportFormat::JsonLd => &all,
            ExportFormat::RdfXml => &in_xml,
            _ => &triples,
        };
        let missing: Vec<_> = expected.difference(&found).take(3).collect();
        let extra: Vec<_> = found.difference(expected).take(3).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{format:?}: missing {missing:#?}, extra {extra:#?}");
    }
    let mut out = Vec::new();
    assert_eq!(export(&a, ExportFormat::RdfXml, Facts::Asserted, &mut out).unwrap().replaced, 1);
    let xml = String::from_utf8(out).unwrap();
    assert!(!xml.contains('\r') && xml.contains("&#xD;\n"), "XML parsers read a bare carriage return as a line feed");
}

#[test]
fn lines_are_sorted_within_each_graph() {
    let dir = tempfile::tempdir().unwrap();
    let text = String::from_utf8(write(&folder(&dir.path().join("g"), &[0, 1]), ExportFormat::NQuads, Facts::Asserted))
        .unwrap();
    let keys: Vec<(&str, &str)> = text
        .lines()
        .map(|l| {
            let body = l.strip_suffix(" .").unwrap();
            let at = body.rfind(' ').unwrap();
            (&body[at..], &body[..at])
        })
        .collect();
    assert!(keys.len() > 100 && keys.windows(2).all(|w| w[0] < w[1]));
}

#[test]
fn reported_claims_become_edges_only_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let (doc, mut found) = sample::flood();
    let i = found.claims.iter().position(|c| c.predicate == "evacuated").unwrap();
    found.claims[i].status = temoin_model::Status::Reported;
    let f = GraphFolder::create_or_open(&dir.path().join("g"), &GraphOptions::default()).unwrap();
    f.writer().unwrap().add(&doc, &found).unwrap();
    let edge = "rel/evacuated> <https://w3id.org/temoin/id/ent/habitants-1> <https://w3id.org/temoin/graph/facts>";
    let holds = |facts| {
        let mut out = Vec::new();
        export(&f, ExportFormat::NQuads, facts, &mut out).unwrap();
        String::from_utf8(out).unwrap().contains(edge)
    };
    assert!(!holds(Facts::Asserted));
    assert!(holds(Facts::Reported));
}

#[test]
fn evidence_is_sliced_anew_and_tampering_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    let f = folder(&path, &[0, 1]);
    let report = verify(&f).unwrap();
    assert!(report.is_ok(), "{:#?}", report.mismatches);
    assert_eq!((report.documents, report.claims), (2, 12));
    assert!(report.slices > 30);

    let (doc, _) = sample::flood();
    let file = path.join(format!("segments/{}/{}.nq.gz", &doc.id[..2], doc.id));
    let mut good = String::new();
    GzDecoder::new(fs::File::open(&file).unwrap()).read_to_string(&mut good).unwrap();
    let tamper = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
        gz.write_all(good.replacen(from, to, 1).as_bytes()).unwrap();
        fs::write(&file, gz.finish().unwrap()).unwrap();
        let r = verify(&GraphFolder::open(&path).unwrap()).unwrap();
        assert!(!r.is_ok());
        r.mismatches.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert!(tamper("triggerText> \"a demandé\"", "triggerText> \"a exigé\"").contains("« a exigé »"));
    assert!(
        tamper(
            "\"Deux hommes\"@fr <https://w3id.org/temoin/id/doc",
            "\"Trois hommes\"@fr <https://w3id.org/temoin/id/doc"
        )
        .contains("Trois hommes")
    );
    let moved = tamper("fait au moins 12 morts.\\n", "fait plus de 12 morts.\\n");
    assert!(moved.contains("SHA-256") && moved.contains("crue.txt"), "{moved}");
    let begin = "ont#end> \"";
    assert!(!tamper(begin, "ont#end> \"9").is_empty());
}
