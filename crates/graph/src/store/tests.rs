//! Every place where a run can end: each file operation of each kind of change fails in turn, as if
//! the process had died or the disk were full. Whatever the place, the folder opens, what was
//! accepted holds, no article is there half or twice, and finishing the run gives the bytes of an
//! undisturbed one.

mod layout;
#[path = "../../tests/sample/mod.rs"]
mod sample;
#[path = "../../../../tests/support/tree.rs"]
mod tree;

use super::disk::fault::{self, Kind};
use super::*;
use crate::error::GraphError;
use crate::verify::verify;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use temoin_model::{Document, Extraction, Meta};
use tree::tree as files;

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
