//! Digests and differences of graphs.

mod sample;

use oxigraph_check::canonical;
use std::fs;
use std::path::Path;
use temoin_graph::diff::diff;
use temoin_graph::digest::digest;
use temoin_graph::export::{ExportFormat, Facts, export};
use temoin_graph::{Graph, GraphBuilder, GraphFolder, GraphOptions, Iris};
use temoin_model::*;

fn fill(path: &Path, articles: &[(Document, Extraction)]) -> GraphFolder {
    let folder = GraphFolder::create_or_open(path, &GraphOptions::default()).unwrap();
    let mut w = folder.writer().unwrap();
    for (d, x) in articles {
        w.add(d, x).unwrap();
    }
    w.commit().unwrap();
    folder
}

fn graph(articles: &[(Document, Extraction)]) -> Graph {
    let mut b = GraphBuilder::new(Iris::default(), &[]);
    for (d, x) in articles {
        b.add(d, x);
    }
    b.finish()
}

/// RDFC-1.0 by a library, on what is exported.
mod oxigraph_check {
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Dataset;
    use oxigraph::model::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
    use sha2::{Digest, Sha256};

    pub(crate) fn canonical(nquads: &[u8]) -> String {
        let parser = RdfParser::from_format(RdfFormat::NQuads).for_slice(nquads);
        let mut dataset: Dataset = parser
            .map(Result::unwrap)
            .filter(|q| {
                let g = q.graph_name.to_string();
                !g.ends_with("graph/meta>") && !g.ends_with("graph/ontology>")
            })
            .collect();
        dataset
            .canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        let mut lines: Vec<String> = dataset.iter().map(|q| format!("{q} .\n")).collect();
        lines.sort();
        let hash = Sha256::digest(lines.concat().as_bytes());
        hash.iter().fold("sha256:".to_owned(), |s, b| format!("{s}{b:02x}"))
    }
}

#[test]
fn the_digest_is_that_of_rdfc_and_sees_every_fact() {
    let dir = tempfile::tempdir().unwrap();
    let mut all = sample::both();
    let odd = "Le « ÿ » \u{1}\u{7f}\u{fffe}\u{b}\ttel\r\nquel \\ \"dit\" 🌊.";
    all.push((sample::document(odd, Meta { name: "é\u{8}.txt".into(), ..Meta::default() }), Extraction::default()));
    let folder = fill(&dir.path().join("a"), &all);
    let d = digest(&folder).unwrap();
    let mut nquads = Vec::new();
    export(&folder, ExportFormat::NQuads, Facts::Asserted, &mut nquads).unwrap();
    assert_eq!(d.digest, canonical(&nquads));
    assert_eq!(d.articles, 3);
    let parts = [&d.documents, &d.entities, &d.facts, &d.identity, &d.events];
    assert_eq!(d.quads, parts.iter().map(|p| p.quads).sum::<u64>());

    let other_order: Vec<_> = all.iter().rev().cloned().collect();
    assert_eq!(digest(&fill(&dir.path().join("b"), &other_order)).unwrap(), d);
    let fewer = digest(&fill(&dir.path().join("c"), &all[..2])).unwrap();
    assert_ne!(fewer.digest, d.digest);
    assert_eq!((&fewer.entities, &fewer.facts), (&d.entities, &d.facts), "the third says nothing");
    // One status is another digest.
    let mut denied = all.clone();
    denied[0].1.claims[0].status = Status::Denied;
    let denied = digest(&fill(&dir.path().join("d"), &denied)).unwrap();
    assert_ne!(denied.digest, d.digest);
    assert_ne!(denied.facts, d.facts);
}

#[test]
fn blank_nodes_of_others_are_named_by_what_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let digests: Vec<String> = [("a", "b"), ("x", "a"), ("b", "a")]
        .into_iter()
        .enumerate()
        .map(|(i, (one, two))| {
            let path = dir.path().join(format!("g{i}"));
            let folder = fill(&path, &sample::both());
            let doc = folder.iris().document("ffff");
            let doc = doc.as_str();
            let kg = temoin_graph::iri::KG;
            let text = format!(
                "<{doc}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{kg}Document> <{doc}> .\n\
                 _:{one} <http://example.org/p> _:{two} <{doc}> .\n_:{two} <http://example.org/q> \"x\" <{doc}> .\n"
            );
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            std::io::Write::write_all(&mut gz, text.as_bytes()).unwrap();
            fs::create_dir_all(path.join("segments/ff")).unwrap();
            fs::write(path.join("segments/ff/ffff.nq.gz"), gz.finish().unwrap()).unwrap();
            let d = digest(&GraphFolder::open(&path).unwrap()).unwrap();
            assert_eq!(d.articles, 3);
            d.digest
        })
        .collect();
    assert!(digests.windows(2).all(|d| d[0] == d[1]), "{digests:?}");
}

#[test]
fn equal_graphs_differ_in_nothing_and_others_in_their_facts() {
    let all = sample::both();
    let (a, b) = (graph(&all), graph(&all[..1]));
    assert!(diff(&a, &a).is_empty());
    let less = diff(&a, &b);
    assert_eq!(less.articles_removed.len(), 1);
    assert!(!less.lost.is_empty() && less.gained.is_empty());
    let more = diff(&b, &a);
    assert_eq!(more.gained, less.lost);
    assert_eq!(more.articles_added, less.articles_removed);
    assert_eq!(more.facts_before, less.facts_after);
    assert_eq!(more.facts_after, more.facts_before + more.gained.len());
}

#[test]
fn a_fact_that_is_now_denied_has_changed_its_status_in_a_new_version_of_the_article() {
    let version = |text: &str, status: Status| {
        let doc = sample::document(text, Meta { name: "rennes.txt".into(), ..Meta::default() });
        let mut found = sample::Found::new(&doc);
        let who = found.entity("organization-orvane-1", "Orvane", EntityType::Organization);
        let whom = found.entity("person-marin-2", "Marin", EntityType::Person);
        found.edit(whom).named = false;
        found.mention("Orvane", who);
        found.mention("Marin", whom);
        found.claim(Subject::Entity(who), "accused", Object::Entity(whom), "accuse").status = status;
        let found = found.finish();
        (doc, found)
    };
    let old = version("Orvane accuse Marin.", Status::Asserted);
    let mut new = version("Non, Orvane accuse Marin.", Status::Denied);
    // An entity without a name has another identifier in each text.
    new.1.entities[1].id = "person-marin-3".into();
    let d = diff(&graph(std::slice::from_ref(&old)), &graph(std::slice::from_ref(&new)));
    assert_eq!(d.articles_replaced.len(), 1);
    assert_eq!(
        (d.articles_replaced[0].before.as_str(), d.articles_replaced[0].after.as_str()),
        (old.0.id.as_str(), new.0.id.as_str())
    );
    assert!(d.gained.is_empty() && d.lost.is_empty(), "{d:?}");
    assert_eq!(d.changed.len(), 1);
    assert_eq!(d.changed[0].statuses_before, [Status::Asserted].into());
    assert_eq!(d.changed[0].now.statuses, [Status::Denied].into());
    let json = serde_json::to_value(&d).unwrap();
    assert_eq!(json["changed"][0]["statuses_before"][0], "asserted");
    assert_eq!(json["changed"][0]["subject"]["label"], "Orvane");
}
