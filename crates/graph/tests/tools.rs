//! Exports for other tools: the same bytes whatever the order of articles, RDF 1.2 that says what
//! RDF 1.1 says, and nothing lost without a count.

mod sample;

use flate2::read::GzDecoder;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;
use temoin_graph::export::{ExportFormat, Facts, export, export_folder, export_rdf12, gzip};
use temoin_graph::{CompactOptions, GraphFolder, GraphOptions};

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

/// Every file that a format gives, by its name.
fn files(f: &GraphFolder, format: ExportFormat, dir: &Path) -> BTreeMap<String, Vec<u8>> {
    if !format.is_folder() {
        let mut out = Vec::new();
        gzip(&mut out, |out| export(f, format, Facts::Asserted, out)).unwrap();
        return BTreeMap::from([(format.name().to_owned(), out)]);
    }
    let out = dir.join(format.name());
    // A second export over the first gives the same files.
    for _ in 0..2 {
        export_folder(f, format, Facts::Asserted, &out).unwrap();
    }
    let entries = fs::read_dir(out).unwrap().map(|e| e.unwrap());
    entries.map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap())).collect()
}

/// The formats of this build whose bytes are the same in every run. RocksDB writes bytes of its own,
/// see tests/exports/check.py for what it holds.
fn formats() -> impl Iterator<Item = (&'static str, ExportFormat)> {
    let here = |f| f != ExportFormat::Store && (f != ExportFormat::Parquet || cfg!(feature = "parquet"));
    ExportFormat::ALL.into_iter().filter(move |(_, f)| here(*f))
}

#[test]
fn every_format_gives_the_same_bytes_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let a = folder(&dir.path().join("a"), &[0, 1]);
    let b = folder(&dir.path().join("b"), &[1, 0]);
    for (name, format) in formats() {
        let (x, y) = (files(&a, format, &dir.path().join("x")), files(&b, format, &dir.path().join("y")));
        assert!(!x.is_empty() && x.values().all(|bytes| bytes.len() > 20), "{name}: something is empty");
        assert!(x.keys().all(|file| !file.starts_with('.')), "{name}: an unfinished file is left");
        assert!(x == y, "{name} depends on the order of articles");
    }
}

#[test]
fn every_format_gives_the_same_bytes_of_a_compacted_graph() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (folder(&dir.path().join("a"), &[0, 1]), dir.path().join("b"));
    // It has looked at the folder before and finds the articles again.
    let before = folder(&b, &[0, 1]);
    let report = GraphFolder::open(&b).unwrap().writer().unwrap().compact(&CompactOptions::default()).unwrap();
    assert_eq!((report.articles, report.after), (2, 1));
    let after = GraphFolder::open(&b).unwrap();
    for (name, format) in formats() {
        let expected = files(&a, format, &dir.path().join("x"));
        assert!(files(&before, format, &dir.path().join("y")) == expected, "{name}, folder opened before");
        assert!(files(&after, format, &dir.path().join("z")) == expected, "{name}");
    }
}

#[test]
fn no_format_holds_a_removed_article() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (folder(&dir.path().join("a"), &[0]), dir.path().join("b"));
    let both = folder(&b, &[0, 1]);
    let kept = a.articles();
    let gone: Vec<String> = both.articles().into_iter().map(|i| i.id).filter(|d| *d != kept[0].id).collect();
    assert_eq!(gone.len(), 1);
    let mut w = GraphFolder::open(&b).unwrap().writer().unwrap();
    w.remove(&gone).unwrap();
    w.commit().unwrap();
    let after = GraphFolder::open(&b).unwrap();
    for (name, format) in formats() {
        let expected = files(&a, format, &dir.path().join("x"));
        assert!(files(&after, format, &dir.path().join("y")) == expected, "{name}");
        assert!(files(&both, format, &dir.path().join("z")) == expected, "{name}, folder opened before");
    }
}

#[test]
fn every_format_names_a_damaged_article() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    drop(folder(&path, &[0, 1]));
    let first = |dir: &Path| fs::read_dir(dir).unwrap().next().unwrap().unwrap().path();
    fs::write(first(&first(&path.join("segments"))), b"no gzip").unwrap();
    let f = GraphFolder::open(&path).unwrap();
    for (name, format) in formats() {
        let report = match format.is_folder() {
            true => export_folder(&f, format, Facts::Asserted, &dir.path().join(name)).unwrap(),
            false => export(&f, format, Facts::Asserted, &mut Vec::new()).unwrap(),
        };
        assert_eq!((report.damaged.len(), report.documents), (1, 1), "{name}");
    }
}

#[test]
fn gzip_holds_what_is_written_without_it() {
    let dir = tempfile::tempdir().unwrap();
    let f = folder(&dir.path().join("g"), &[0, 1]);
    let (mut plain, mut packed, mut unpacked) = (Vec::new(), Vec::new(), Vec::new());
    export(&f, ExportFormat::TriG, Facts::Asserted, &mut plain).unwrap();
    gzip(&mut packed, |out| export(&f, ExportFormat::TriG, Facts::Asserted, out)).unwrap();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert!(packed.len() < plain.len() / 2 && unpacked == plain);
}

/// Statements by their node: subject, predicate and object, where all are there.
fn statements(quads: &[Quad]) -> BTreeSet<String> {
    let mut parts: BTreeMap<String, [Option<String>; 3]> = BTreeMap::new();
    for q in quads {
        let names = ["subject>", "predicate>", "object>"];
        let reification = q.predicate.as_str().starts_with("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
        let at = names.iter().position(|n| q.predicate.to_string().ends_with(&format!("#{n}")));
        if let (true, Some(i)) = (reification, at) {
            parts.entry(q.subject.to_string()).or_default()[i] = Some(q.object.to_string());
        }
    }
    let whole = |(node, [s, p, o]): (String, [Option<String>; 3])| Some(format!("{node} {} {} {}", s?, p?, o?));
    parts.into_iter().filter_map(whole).collect()
}

#[test]
fn rdf_1_2_reifies_what_rdf_1_1_spells_out() {
    let dir = tempfile::tempdir().unwrap();
    let f = folder(&dir.path().join("g"), &[0, 1]);
    let parse = |bytes: &[u8], format| -> Vec<Quad> {
        RdfParser::from_format(format).for_slice(bytes).map(|q| q.unwrap()).collect()
    };
    let mut out = Vec::new();
    export(&f, ExportFormat::NQuads, Facts::Asserted, &mut out).unwrap();
    let flat = parse(&out, RdfFormat::NQuads);
    let expected = statements(&flat);
    for (format, rdf) in [
        (ExportFormat::NQuads, RdfFormat::NQuads),
        (ExportFormat::TriG, RdfFormat::TriG),
        (ExportFormat::Turtle, RdfFormat::Turtle),
        (ExportFormat::NTriples, RdfFormat::NTriples),
        (ExportFormat::RdfXml, RdfFormat::RdfXml),
    ] {
        let mut out = Vec::new();
        let report = export_rdf12(&f, format, Facts::Asserted, &mut out).unwrap();
        let quads = parse(&out, rdf);
        let reified: BTreeSet<String> = quads
            .iter()
            .filter_map(|q| match &q.object {
                Term::Triple(t) => Some(format!("{} {} {} {}", q.subject, t.subject, t.predicate, t.object)),
                _ => None,
            })
            .collect();
        assert_eq!(reified, expected, "{format:?}");
        assert_eq!(report.written["reified triples"] as usize, expected.len());
        assert!(statements(&quads).is_empty(), "{format:?}: a statement is still spelt out");
        assert_eq!(quads.len(), flat.len() - 2 * expected.len(), "{format:?}: something else has changed");
    }
    assert!(!expected.is_empty());
    for format in [ExportFormat::JsonLd, ExportFormat::GraphMl, ExportFormat::Neo4j] {
        assert!(export_rdf12(&f, format, Facts::Asserted, &mut Vec::new()).is_err(), "{format:?}");
    }
}

#[test]
fn a_folder_format_is_no_file_and_a_file_no_folder() {
    let dir = tempfile::tempdir().unwrap();
    let f = folder(&dir.path().join("g"), &[0]);
    assert!(export(&f, ExportFormat::Neo4j, Facts::Asserted, &mut Vec::new()).is_err());
    assert!(export_folder(&f, ExportFormat::GraphMl, Facts::Asserted, dir.path()).is_err());
    if cfg!(not(feature = "disk")) {
        let e = export_folder(&f, ExportFormat::Store, Facts::Asserted, &dir.path().join("s")).unwrap_err();
        assert!(e.to_string().contains("--features disk"), "{e}");
    }
}

#[test]
fn names_and_endings_give_formats() {
    for (name, format) in ExportFormat::ALL {
        assert_eq!(name.parse(), Ok(format));
        assert_eq!(format.name(), name);
        if !format.is_folder() && format.extension() != "jsonl" {
            assert_eq!(format.extension().parse(), Ok(format));
        }
    }
    assert!("jsonl".parse::<ExportFormat>().unwrap_err().contains("ftm"));
    assert!("".parse::<ExportFormat>().is_err() && "docx".parse::<ExportFormat>().is_err());
}
