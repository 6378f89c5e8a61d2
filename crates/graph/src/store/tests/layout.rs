//! Compacted segments, damage, and what other folders and other processes do beside.

use super::super::{segment::is_compacted, *};
use super::{add_all, copy, files, full, mixed, open, six, visible};
use crate::digest::digest;
use crate::error::GraphError;
use crate::verify::verify;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn a_compacted_folder_says_the_same_and_gives_its_articles_back_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let (loose, packed) = (dir.path().join("loose"), dir.path().join("packed"));
    full(&loose);
    full(&packed);
    let report = open(&packed).unwrap().writer().unwrap().compact(&CompactOptions::default()).unwrap();
    assert_eq!((report.articles, report.before, report.after), (6, 6, 1));
    assert!(files(&packed).keys().filter(|f| f.starts_with("segments/")).all(|f| is_compacted(f)));
    let (a, b) = (GraphFolder::open(&loose).unwrap(), GraphFolder::open(&packed).unwrap());
    assert_eq!(a.articles(), b.articles());
    assert_eq!(digest(&a).unwrap(), digest(&b).unwrap());
    let export = |f: &GraphFolder| {
        let mut out = Vec::new();
        crate::export::export(f, crate::export::ExportFormat::NQuads, crate::export::Facts::Asserted, &mut out)
            .unwrap();
        out
    };
    assert!(export(&a) == export(&b), "the order of articles depends on the layout");
    // Again changes nothing; articles one by one have the bytes that they had.
    let before = files(&packed);
    let again = b.writer().unwrap().compact(&CompactOptions::default()).unwrap();
    assert_eq!((again.articles, again.before, again.after), (0, 1, 1));
    assert!(files(&packed) == before);
    for e in b.index_for_tests() {
        for s in &e.articles {
            let one = segment::raw(&packed.join(&e.file), s.at).unwrap();
            assert!(one == fs::read(loose.join(segment::segment_file(&s.info.id))).unwrap());
        }
    }
    // The manifest can be lost: the compacted segment tells its articles.
    fs::write(packed.join(manifest::MANIFEST), fs::read(empty(dir.path()).join(manifest::MANIFEST)).unwrap()).unwrap();
    assert_eq!(GraphFolder::open(&packed).unwrap().articles(), a.articles());
    b.writer().unwrap().commit().unwrap();
    assert!(files(&packed) == before);
}

fn empty(dir: &Path) -> std::path::PathBuf {
    let path = dir.join("empty");
    add_all(&path, &[]).unwrap();
    path
}

#[test]
fn a_file_cut_anywhere_costs_the_articles_behind_the_cut_and_names_them() {
    let dir = tempfile::tempdir().unwrap();
    let (base, path) = (dir.path().join("base"), dir.path().join("g"));
    mixed(&base);
    let entries = GraphFolder::open(&base).unwrap().index_for_tests();
    let all: BTreeSet<String> = six().iter().map(|(d, _)| d.id.clone()).collect();
    for e in entries.iter().filter(|e| e.is_compacted()) {
        let cuts: BTreeSet<u64> = e
            .articles
            .iter()
            .filter_map(|a| a.at)
            .flat_map(|(from, n)| [from, from + 1, from + 9, from + n / 2, from + n - 1])
            .collect();
        for cut in cuts {
            copy(&base, &path);
            let file = path.join(&e.file);
            fs::write(&file, &fs::read(&file).unwrap()[..cut as usize]).unwrap();
            let lost: BTreeSet<String> = e
                .articles
                .iter()
                .filter(|a| a.at.is_some_and(|(from, n)| from + n > cut))
                .map(|a| a.info.id.clone())
                .collect();
            let folder = GraphFolder::open(&path).unwrap();
            let damaged = folder.load().unwrap().damaged().to_vec();
            let named: BTreeSet<String> = damaged.iter().flat_map(|d| &d.articles).map(|a| a.id.clone()).collect();
            assert_eq!(named, lost, "cut at {cut}");
            assert!(damaged.iter().all(|d| d.to_string().contains("temoin remove")));
            assert_eq!(verify(&folder).unwrap().documents as usize, all.len() - lost.len());
            assert!(all.iter().all(|id| folder.contains(id) != lost.contains(id)));
            // A compaction leaves it alone, a removal beside it keeps what can be read and what is named.
            let mut w = folder.writer().unwrap();
            assert_eq!(
                w.compact(&CompactOptions { segment_bytes: u64::MAX }).unwrap().damaged,
                std::slice::from_ref(&e.file)
            );
            drop(w);
            if let Some(good) = e.articles.iter().find(|a| !lost.contains(&a.info.id)) {
                let mut w = folder.writer().unwrap();
                w.remove(std::slice::from_ref(&good.info.id)).unwrap();
                w.commit().unwrap();
                let again = GraphFolder::open(&path).unwrap().load().unwrap();
                let named: BTreeSet<&String> =
                    again.damaged().iter().flat_map(|d| &d.articles).map(|a| &a.id).collect();
                assert_eq!(named, lost.iter().collect(), "cut at {cut}");
            }
            // Adding all again mends it.
            add_all(&path, &six()).unwrap();
            let mended = GraphFolder::open(&path).unwrap();
            assert!(verify(&mended).unwrap().is_ok(), "cut at {cut}");
            assert_eq!(digest(&mended).unwrap(), digest(&GraphFolder::open(&base).unwrap()).unwrap());
        }
    }
}

#[test]
fn a_flipped_bit_in_a_compacted_segment_costs_one_article() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    full(&path);
    open(&path).unwrap().writer().unwrap().compact(&CompactOptions::default()).unwrap();
    let entry = GraphFolder::open(&path).unwrap().index_for_tests().remove(0);
    let (victim, (from, n)) = (&entry.articles[2].info, entry.articles[2].at.unwrap());
    let file = path.join(&entry.file);
    let mut bytes = fs::read(&file).unwrap();
    bytes[(from + n / 2) as usize] ^= 4;
    fs::write(&file, &bytes).unwrap();
    let folder = GraphFolder::open(&path).unwrap();
    let damaged = folder.load().unwrap().damaged().to_vec();
    assert_eq!(damaged.len(), 1);
    assert_eq!(damaged[0].articles, std::slice::from_ref(victim));
    // As the message says: take it out and add it again.
    let mut w = folder.writer().unwrap();
    w.remove(std::slice::from_ref(&victim.id)).unwrap();
    w.commit().unwrap();
    assert!(verify(&GraphFolder::open(&path).unwrap()).unwrap().is_ok());
    add_all(&path, &six()).unwrap();
    let report = verify(&GraphFolder::open(&path).unwrap()).unwrap();
    assert!(report.is_ok() && report.documents == 6, "{report:?}");
}

#[test]
fn a_folder_without_an_article_has_the_bytes_of_one_that_never_had_it() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    let all = six();
    add_all(&a, &all).unwrap();
    let mut w = open(&a).unwrap().writer().unwrap();
    let ids = [all[1].0.id.clone(), "absent".to_owned()];
    assert_eq!(w.remove(&ids).unwrap().len(), 1);
    w.commit().unwrap();
    add_all(&b, &[&all[..1], &all[2..]].concat()).unwrap();
    assert!(files(&a) == files(&b));
}

#[test]
fn a_reader_of_before_finds_its_articles_after_a_compaction_and_misses_what_was_removed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    full(&path);
    let reader = GraphFolder::open(&path).unwrap();
    let before = reader.load().unwrap().len();
    open(&path).unwrap().writer().unwrap().compact(&CompactOptions::default()).unwrap();
    let graph = reader.load().unwrap();
    assert!(graph.damaged().is_empty() && graph.len() == before);
    let mut w = open(&path).unwrap().writer().unwrap();
    w.remove(&[six()[0].0.id.clone()]).unwrap();
    w.commit().unwrap();
    let graph = reader.load().unwrap();
    assert!(graph.damaged().is_empty() && graph.len() < before, "{:?}", graph.damaged());
}

#[test]
fn a_segment_of_another_folder_brings_what_is_new_and_nothing_that_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b, whole) = (dir.path().join("a"), dir.path().join("b"), dir.path().join("whole"));
    let all = six();
    add_all(&a, &all[..4]).unwrap();
    add_all(&b, &all[2..]).unwrap();
    open(&b).unwrap().writer().unwrap().compact(&CompactOptions::default()).unwrap();
    add_all(&whole, &all).unwrap();
    for (name, bytes) in files(&b).into_iter().filter(|(n, _)| is_compacted(n)) {
        fs::create_dir_all(a.join(&name).parent().unwrap()).unwrap();
        fs::write(a.join(name), bytes).unwrap();
    }
    let expected = digest(&GraphFolder::open(&whole).unwrap()).unwrap();
    assert_eq!(digest(&GraphFolder::open(&a).unwrap()).unwrap(), expected);
    open(&a).unwrap().writer().unwrap().commit().unwrap();
    let merged = GraphFolder::open(&a).unwrap();
    assert_eq!(digest(&merged).unwrap(), expected);
    // What was twice there is so no more: removing it once is enough.
    let mut w = merged.writer().unwrap();
    w.remove(std::slice::from_ref(&all[2].0.id)).unwrap();
    w.commit().unwrap();
    fs::write(a.join(manifest::MANIFEST), fs::read(empty(dir.path()).join(manifest::MANIFEST)).unwrap()).unwrap();
    assert_eq!(visible(&a).len(), 5);
}

#[test]
fn a_line_of_the_journal_that_was_cut_short_counts_for_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    full(&path);
    let all = six();
    let line = format!("{{\"remove\":{{\"document\":\"{}\"}}}}\n", all[0].0.id);
    for cut in 0..=line.len() {
        fs::write(path.join("journal.jsonl"), &line[..cut]).unwrap();
        assert_eq!(visible(&path).contains(&all[0].0.id), cut < line.len(), "{cut}");
    }
    fs::write(path.join("journal.jsonl"), format!("{}{}", line, &line[..9])).unwrap();
    let mut w = open(&path).unwrap().writer().unwrap();
    assert_eq!(w.finished_removals().len(), 1);
    w.remove(&[all[1].0.id.clone()]).unwrap();
    drop(w);
    assert_eq!(visible(&path).len(), 4);
    fs::write(path.join("journal.jsonl"), "{\"rename\":1}\n").unwrap();
    assert!(matches!(GraphFolder::open(&path), Err(GraphError::Manifest { .. })));
}
