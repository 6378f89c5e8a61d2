//! Every place where a run can end: each file operation of each kind of change fails in turn, as if
//! the process had died or the disk were full. Whatever the place, the folder opens, what was
//! accepted holds, no article is there half or twice, and finishing the run gives the bytes of an
//! undisturbed one.

#[path = "../../tests/sample/mod.rs"]
mod sample;

use super::disk::fault::{self, Kind};
use super::segment::is_compacted;
use super::*;
use crate::digest::digest;
use crate::error::GraphError;
use crate::verify::verify;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use temoin_model::{Document, Extraction, Meta};

type Articles = Vec<(Document, Extraction)>;

/// Six invented articles; the first two have claims.
fn six() -> Articles {
    let mut all = sample::both();
    for (i, text) in
        ["Il pleut à Riga.", "Il neige à Vilnius.", "Il vente à Tallinn.", "Il gèle à Turku."].into_iter().enumerate()
    {
        all.push((named(text, &format!("temps-{i}.txt")), Extraction::default()));
    }
    all
}

fn named(text: &str, name: &str) -> Document {
    sample::document(text, Meta { name: name.into(), ..Meta::default() })
}

fn open(path: &Path) -> Result<GraphFolder, GraphError> {
    GraphFolder::create_or_open(path, &GraphOptions::default())
}

fn add_all(path: &Path, articles: &[(Document, Extraction)]) -> Result<(), GraphError> {
    let mut w = open(path)?.writer()?;
    for (d, x) in articles {
        w.add(d, x)?;
    }
    w.commit()
}

/// Two compacted segments and one article in a segment of its own.
fn mixed(path: &Path) {
    let all = six();
    add_all(path, &all[..5]).unwrap();
    open(path).unwrap().writer().unwrap().compact(&small(path)).unwrap();
    add_all(path, &all[5..]).unwrap();
}

/// Options that make two segments of what is there.
fn small(path: &Path) -> CompactOptions {
    let bytes: u64 = open(path).unwrap().index_for_tests().iter().map(|e| e.bytes).sum();
    CompactOptions { segment_bytes: bytes * 2 / 3 }
}

fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut todo = vec![path.to_owned()];
    while let Some(d) = todo.pop() {
        for e in fs::read_dir(d).unwrap().map(|e| e.unwrap().path()) {
            if e.is_dir() {
                todo.push(e);
            } else {
                out.insert(e.strip_prefix(path).unwrap().display().to_string(), fs::read(&e).unwrap());
            }
        }
    }
    out
}

fn copy(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).unwrap();
    }
    fs::create_dir_all(to).unwrap();
    for (name, bytes) in files(from) {
        let target = to.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

fn visible(path: &Path) -> BTreeSet<String> {
    match GraphFolder::open(path) {
        Ok(f) => f.articles().into_iter().map(|a| a.id).collect(),
        Err(GraphError::Missing { .. }) => BTreeSet::new(),
        Err(e) => panic!("{e}"),
    }
}

/// What a change has reported as accepted before it ended.
#[derive(Default)]
struct Accepted {
    there: BTreeSet<String>,
    gone: BTreeSet<String>,
}

impl Accepted {
    fn there(&mut self, id: &str) {
        self.gone.remove(id);
        self.there.insert(id.to_owned());
    }

    /// Before something is asked for: until it is accepted, both are right.
    fn asked(&mut self, id: &str) {
        self.there.remove(id);
        self.gone.remove(id);
    }

    fn gone(&mut self, id: &str) {
        self.there.remove(id);
        self.gone.insert(id.to_owned());
    }
}

type Change = fn(&Path, &mut Accepted) -> Result<(), GraphError>;

fn build(path: &Path, accepted: &mut Accepted) -> Result<(), GraphError> {
    let mut w = open(path)?.writer()?;
    for (d, x) in &six()[..3] {
        w.add(d, x)?;
        accepted.there(&d.id);
    }
    w.commit()
}

/// Into more than one segment.
fn compact(path: &Path, _: &mut Accepted) -> Result<(), GraphError> {
    let bytes = six().iter().map(|(d, x)| Segment::new(&crate::Iris::default(), d, x).bytes.len() as u64).sum::<u64>();
    open(path)?.writer()?.compact(&CompactOptions { segment_bytes: bytes / 2 }).map(drop)
}

/// Into one, compacted ones too.
fn compact_all(path: &Path, _: &mut Accepted) -> Result<(), GraphError> {
    open(path)?.writer()?.compact(&CompactOptions::default()).map(drop)
}

fn remove(path: &Path, accepted: &mut Accepted) -> Result<(), GraphError> {
    let all = six();
    let ids: Vec<String> = [0, 3, 5].map(|i: usize| all[i].0.id.clone()).to_vec();
    let mut w = open(path)?.writer()?;
    ids.iter().for_each(|i| accepted.asked(i));
    w.remove(&ids)?;
    ids.iter().for_each(|i| accepted.gone(i));
    w.commit()
}

/// A compacted one and one of its own by new texts, the new text by a third one, and a compacted one by
/// the same text under another name.
fn replace(path: &Path, accepted: &mut Accepted) -> Result<(), GraphError> {
    let all = six();
    let mut w = open(path)?.writer()?;
    let news = ["Il pleut encore à Riga.", "Il gèle fort à Turku.", "Il ne pleut plus à Riga."];
    let first = named(news[0], "temps-0.txt").id;
    for (text, old) in [(news[0], &all[2].0.id), (news[1], &all[5].0.id), (news[2], &first)] {
        let doc = named(text, "temps-0.txt");
        // What a finished run has replaced is not there a second time.
        if text != news[0] || !w.contains(&named(news[2], "").id) {
            accepted.asked(&doc.id);
            accepted.asked(old);
            w.replace(&doc, &Extraction::default(), std::slice::from_ref(old))?;
            accepted.there(&doc.id);
            accepted.gone(old);
        }
    }
    let renamed = named("Il neige à Vilnius.", "neige.txt");
    w.replace(&renamed, &Extraction::default(), &[])?;
    accepted.there(&renamed.id);
    w.commit()
}

fn remove_and_add_again(path: &Path, accepted: &mut Accepted) -> Result<(), GraphError> {
    let all = six();
    let mut w = open(path)?.writer()?;
    for i in [1, 5] {
        accepted.asked(&all[i].0.id);
        w.remove(std::slice::from_ref(&all[i].0.id))?;
        accepted.gone(&all[i].0.id);
        accepted.asked(&all[i].0.id);
        w.add(&all[i].0, &all[i].1)?;
        accepted.there(&all[i].0.id);
    }
    w.commit()
}

/// Everything that must hold whatever happened, and then that `change` can be finished.
fn check(path: &Path, change: Change, accepted: &Accepted, end: &BTreeMap<String, Vec<u8>>, place: &str) {
    let now = visible(path);
    assert!(accepted.there.is_subset(&now), "{place}: lost {:?}", accepted.there.difference(&now));
    assert!(accepted.gone.is_disjoint(&now), "{place}: came back {:?}", accepted.gone.intersection(&now));
    if let Ok(folder) = GraphFolder::open(path) {
        let report = verify(&folder).unwrap();
        assert!(report.is_ok(), "{place}: {report:?}");
        assert_eq!(report.documents as usize, now.len(), "{place}");
    }
    change(path, &mut Accepted::default()).unwrap_or_else(|e| panic!("{place}: cannot be finished: {e}"));
    let finished = files(path);
    assert!(finished.keys().eq(end.keys()), "{place}: {:?}\n{:?}", finished.keys(), end.keys());
    assert!(finished == *end, "{place}: other bytes");
}

/// Fails `change` at each of its operations in turn.
fn everywhere(start: impl Fn(&Path), change: Change, kind: Kind) -> usize {
    let dir = tempfile::tempdir().unwrap();
    let (base, whole, path) = (dir.path().join("base"), dir.path().join("whole"), dir.path().join("g"));
    fs::create_dir(&base).unwrap();
    start(&base);
    copy(&base, &whole);
    let many = 1 << 20;
    fault::after(Some((kind, many)));
    change(&whole, &mut Accepted::default()).unwrap();
    let operations = many - fault::after(None).unwrap();
    let end = files(&whole);
    for n in 0..operations {
        copy(&base, &path);
        let mut accepted = Accepted::default();
        fault::after(Some((kind, n)));
        let result = change(&path, &mut accepted);
        fault::after(None);
        let place = format!("{kind:?} at {n} of {operations}");
        match (kind, result) {
            (Kind::Full, Err(e)) => {
                assert!(e.is_disk_full(), "{place}: {e}");
                assert!(!files(&path).keys().any(|f| f.contains(".tmp-")), "{place}: a temporary file is left");
            }
            (Kind::Crash, Err(_)) => {}
            // Only a failure to tidy up is none.
            (_, Ok(())) => assert!(files(&path) == end || n + 3 > operations, "{place}: not noticed"),
        }
        // The run that finishes it dies too, at some place.
        fault::after(Some((kind, n * 7 % operations)));
        let _ = change(&path, &mut accepted);
        fault::after(None);
        check(&path, change, &accepted, &end, &place);
    }
    operations
}

fn both_kinds(start: fn(&Path), change: Change) {
    for kind in [Kind::Crash, Kind::Full] {
        let n = everywhere(start, change, kind);
        assert!(n > 10, "{n} operations");
    }
}

fn full(path: &Path) {
    add_all(path, &six()).unwrap();
}

#[test]
fn a_build_can_end_anywhere() {
    both_kinds(|_| {}, build);
    let fewer = |path: &Path| {
        mixed(path);
        remove(path, &mut Accepted::default()).unwrap();
    };
    both_kinds(fewer, build);
}

#[test]
fn a_compaction_can_end_anywhere() {
    both_kinds(full, compact);
    both_kinds(mixed, compact_all);
}

#[test]
fn a_removal_can_end_anywhere() {
    both_kinds(full, remove);
    both_kinds(mixed, remove);
}

#[test]
fn a_replacement_can_end_anywhere() {
    both_kinds(full, replace);
    both_kinds(mixed, replace);
}

#[test]
fn what_was_removed_can_be_added_again_in_the_same_run() {
    both_kinds(full, remove_and_add_again);
    both_kinds(mixed, remove_and_add_again);
}

#[test]
fn old_and_new_version_are_never_there_together_nor_both_absent() {
    let all = six();
    let new = named("Il pleut encore à Riga.", "temps-0.txt");
    let one = |path: &Path| -> Result<(), GraphError> {
        let mut w = open(path)?.writer()?;
        w.replace(&new, &Extraction::default(), std::slice::from_ref(&six()[2].0.id))?;
        w.commit()
    };
    for start in [full as fn(&Path), mixed] {
        let dir = tempfile::tempdir().unwrap();
        let (base, path) = (dir.path().join("base"), dir.path().join("g"));
        start(&base);
        let mut seen = [0, 0];
        for n in 0.. {
            copy(&base, &path);
            fault::after(Some((Kind::Crash, n)));
            let done = one(&path).is_ok();
            fault::after(None);
            let now = visible(&path);
            let (old, new) = (now.contains(&all[2].0.id), now.contains(&new.id));
            assert!(old != new, "crash at {n}: old {old}, new {new}");
            seen[usize::from(new)] += 1;
            if done {
                break;
            }
        }
        assert!(seen.iter().all(|n| *n > 2), "{seen:?}");
    }
}

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
