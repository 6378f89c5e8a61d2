//! Numbered stages of small articles, as files: the first that differs names the stage that broke.
//! `UPDATE_EXPECT=1 cargo test -p temoin-cli --test golden` writes them anew; read the difference
//! before you commit it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use temoin::graph::dot::{DotOptions, render};
use temoin::graph::export::{ExportFormat, Facts, export};
use temoin::graph::view::ViewOptions;
use temoin::graph::{GraphFolder, GraphOptions};
use temoin::{Analysed, Article, Meta, Pipeline, conllu, record::ClaimRecord};

fn stages(name: &str, text: String) -> Vec<(&'static str, String)> {
    let pipeline = Pipeline::builder().threads(1).build();
    let meta = Meta { name: format!("{name}.txt"), ..Meta::default() };
    let a = pipeline.extract(Article { meta, text });
    let dir = tempfile::tempdir().unwrap();
    let options = GraphOptions { base: None, relations: pipeline.relation_infos() };
    let folder = GraphFolder::create_or_open(&dir.path().join("graph"), &options).unwrap();
    let mut writer = folder.writer().unwrap();
    writer.add(&a.document, &a.extraction).unwrap();
    writer.commit().unwrap();
    let folder = GraphFolder::open(&dir.path().join("graph")).unwrap();
    let mut quads = Vec::new();
    export(&folder, ExportFormat::NQuads, Facts::Asserted, &mut quads).unwrap();
    let quads = String::from_utf8(quads).unwrap();
    // The ontology is the same for every article and has its own tests.
    let quads: String = quads.lines().filter(|l| !l.ends_with("/graph/ontology> .")).fold(String::new(), |mut s, l| {
        let _ = writeln!(s, "{l}");
        s
    });
    let view = folder.load().unwrap().view(&ViewOptions::default()).unwrap();
    vec![
        ("1-tokens.conllu", conllu::write(&a.document)),
        ("2-mentions.jsonl", mentions(&a)),
        ("3-claims.jsonl", claims(&a)),
        ("4-graph.nq", quads),
        ("5-diagram.dot", render(&view, &DotOptions::default())),
    ]
}

fn mentions(a: &Analysed) -> String {
    let mut out = String::new();
    for m in &a.extraction.mentions {
        let e = a.extraction.entity(m.entity);
        let line = serde_json::json!({
            "begin": m.span.start, "end": m.span.end, "text": a.document.slice(m.span),
            "kind": m.kind, "entity": e.id, "type": e.kind,
        });
        let _ = writeln!(out, "{line}");
    }
    out
}

fn claims(a: &Analysed) -> String {
    a.extraction.claims.iter().fold(String::new(), |mut out, c| {
        let _ = writeln!(out, "{}", ClaimRecord::new(&a.document, &a.extraction, c).to_json());
        out
    })
}

fn check(name: &str) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(name);
    let text = fs::read_to_string(dir.join("0-article.txt")).unwrap();
    for (file, got) in stages(name, text) {
        let path = dir.join(file);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &got).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if let Some((n, (e, g))) = expected
            .lines()
            .chain(std::iter::repeat("(end)"))
            .zip(got.lines().chain(std::iter::repeat("(end)")))
            .take(expected.lines().count().max(got.lines().count()))
            .enumerate()
            .find(|(_, (e, g))| e != g)
        {
            panic!(
                "{name}: {file} is the first stage that differs, at line {}\nexpected: {e}\nfound:    {g}\n\
                 UPDATE_EXPECT=1 writes it anew",
                n + 1
            );
        }
    }
}

#[test]
fn a_fire_with_sources_and_denials() {
    check("valparaiso");
}

#[test]
fn a_strike_with_quotes_and_numbers() {
    check("usine");
}
