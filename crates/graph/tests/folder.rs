//! The graph folder: nothing twice, nothing lost, the same bytes in any order.

mod sample;
#[path = "../../../tests/support/tree.rs"]
mod tree;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use temoin_graph::{Added, GraphError, GraphFolder, GraphOptions};
use tree::tree as files;

fn fill(path: &Path, order: &[usize]) {
    let all = sample::both();
    let folder = GraphFolder::create_or_open(path, &GraphOptions::default()).unwrap();
    let mut w = folder.writer().unwrap();
    for &i in order {
        w.add(&all[i].0, &all[i].1).unwrap();
    }
    w.commit().unwrap();
}

fn segment_of(path: &Path, id: &str) -> std::path::PathBuf {
    path.join("segments").join(&id[..2]).join(format!("{id}.nq.gz"))
}

#[test]
fn the_same_bytes_in_any_order_and_when_added_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    fill(&a, &[0, 1]);
    fill(&b, &[1, 0, 1, 0]);
    fill(&b, &[0]);
    let (a, b) = (files(&a), files(&b));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    assert!(a == b);
    assert_eq!(a.keys().filter(|f| f.starts_with("segments/")).count(), 2);
}

#[test]
fn an_article_is_added_once() {
    let dir = tempfile::tempdir().unwrap();
    let (doc, found) = sample::flood();
    let folder = GraphFolder::create_or_open(&dir.path().join("g"), &GraphOptions::default()).unwrap();
    assert!(!folder.contains(&doc.id));
    let mut w = folder.writer().unwrap();
    assert_eq!(w.add(&doc, &found).unwrap(), Added::New);
    assert_eq!(w.add(&doc, &found).unwrap(), Added::AlreadyThere);
    assert!(folder.contains(&doc.id) && w.contains(&doc.id));
    w.commit().unwrap();
    let again = GraphFolder::open(folder.path()).unwrap();
    let articles = again.articles();
    assert_eq!(articles.len(), 1);
    assert_eq!((articles[0].name.as_str(), articles[0].claims), ("crue.txt", 7));
    assert_eq!(articles[0].title.as_deref(), Some("Verlieu : la crue de l’Orvanne 🌊 fait au moins 12 morts."));
}

#[test]
fn a_run_that_ends_before_the_manifest_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    let (doc, found) = sample::flood();
    let folder = GraphFolder::create_or_open(&path, &GraphOptions::default()).unwrap();
    let mut w = folder.writer().unwrap();
    w.add(&doc, &found).unwrap();
    drop(w);
    let half = segment_of(&path, "ffffffffffffffff");
    fs::create_dir_all(half.parent().unwrap()).unwrap();
    fs::write(half.parent().unwrap().join(".tmp-x.nq.gz"), b"half").unwrap();
    let again = GraphFolder::open(&path).unwrap();
    assert!(again.contains(&doc.id));
    assert!(again.load().unwrap().damaged().is_empty());
    again.writer().unwrap().commit().unwrap();
    assert!(!half.parent().unwrap().join(".tmp-x.nq.gz").exists());
    let (clean, resumed) = (dir.path().join("clean"), files(&path));
    fill(&clean, &[0]);
    assert!(files(&clean) == resumed);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let dir = tempfile::tempdir().unwrap();
    let folder = GraphFolder::create_or_open(&dir.path().join("g"), &GraphOptions::default()).unwrap();
    let first = folder.writer().unwrap();
    assert!(matches!(folder.writer(), Err(GraphError::Locked { .. })));
    let start = Instant::now();
    assert!(matches!(folder.writer_within(Duration::from_millis(80)), Err(GraphError::Locked { .. })));
    assert!(start.elapsed() >= Duration::from_millis(80));
    drop(first);
    assert!(folder.writer().is_ok());
}

#[test]
fn a_writer_that_waited_knows_what_the_other_one_did() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    let all = sample::both();
    let folder = GraphFolder::create_or_open(&path, &GraphOptions::default()).unwrap();
    let mut first = folder.writer().unwrap();
    let second = GraphFolder::open(&path).unwrap();
    std::thread::scope(|threads| {
        threads.spawn(|| {
            std::thread::sleep(Duration::from_millis(100));
            first.add(&all[0].0, &all[0].1).unwrap();
            first.commit().unwrap();
        });
        let mut w = second.writer_within(Duration::from_secs(30)).unwrap();
        assert_eq!(w.add(&all[0].0, &all[0].1).unwrap(), Added::AlreadyThere);
        assert_eq!(w.add(&all[1].0, &all[1].1).unwrap(), Added::New);
        w.commit().unwrap();
    });
    let clean = dir.path().join("clean");
    fill(&clean, &[0, 1]);
    assert!(files(&path) == files(&clean));
}

#[test]
fn many_that_make_the_same_folder_at_once_get_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    let all = sample::both();
    std::thread::scope(|threads| {
        for i in 0..8 {
            let (path, all) = (&path, &all);
            threads.spawn(move || {
                let folder = GraphFolder::create_or_open(path, &GraphOptions::default()).unwrap();
                let mut w = folder.writer_within(Duration::from_secs(30)).unwrap();
                w.add(&all[i % 2].0, &all[i % 2].1).unwrap();
                w.commit().unwrap();
            });
        }
    });
    let clean = dir.path().join("clean");
    fill(&clean, &[0, 1]);
    assert!(files(&path) == files(&clean));
}

#[test]
fn articles_are_found_by_identifier_and_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    fill(&path, &[0, 1]);
    let folder = GraphFolder::open(&path).unwrap();
    let id = sample::flood().0.id;
    for what in [id.as_str(), &format!("doc:{id}"), "crue.txt"] {
        assert_eq!(folder.find_articles(what).len(), 1, "{what}");
    }
    assert!(folder.find_articles("crue").is_empty());
}

#[test]
fn a_damaged_segment_is_named_with_its_articles_and_mended_by_adding_them_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("g");
    fill(&path, &[0, 1]);
    let (doc, found) = sample::flood();
    let file = segment_of(&path, &doc.id);
    let whole = fs::read(&file).unwrap();
    for cut in [0, 5, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..cut]).unwrap();
        let folder = GraphFolder::open(&path).unwrap();
        let g = folder.load().unwrap();
        assert_eq!(g.damaged().len(), 1, "cut at {cut}");
        let said = g.damaged()[0].to_string();
        assert!(said.contains(&doc.id) && said.contains("crue.txt"), "{said}");
        assert!(!g.is_empty(), "the other article is there");
        assert_eq!(folder.writer().unwrap().add(&doc, &found).unwrap(), Added::New);
        assert_eq!(fs::read(&file).unwrap(), whole);
    }
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x10;
    fs::write(&file, &flipped).unwrap();
    assert_eq!(GraphFolder::open(&path).unwrap().load().unwrap().damaged().len(), 1);
    fs::remove_file(&file).unwrap();
    let g = GraphFolder::open(&path).unwrap().load().unwrap();
    assert!(g.damaged()[0].to_string().contains("missing"));
}

#[test]
fn what_is_no_graph_of_ours_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let open = |p: &Path| GraphFolder::create_or_open(p, &GraphOptions::default()).map(drop);
    assert!(matches!(GraphFolder::open(&dir.path().join("none")), Err(GraphError::Missing { .. })));
    let other = dir.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "x").unwrap();
    assert!(matches!(open(&other), Err(GraphError::NotAGraph { .. })));
    assert!(matches!(open(&other.join("letter.txt")), Err(GraphError::NotAGraph { .. })));
    let g = dir.path().join("g");
    open(&g).unwrap();
    let manifest = g.join("temoin.json");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains("\"version\":2"));
    // A newer one is refused before anything else of it is looked at, and nothing is written.
    let newer = "{\"format\":\"temoin-graph\",\"version\":7,\"shards\":{}}\n";
    fs::write(&manifest, newer).unwrap();
    let refused = open(&g).unwrap_err();
    assert!(matches!(refused, GraphError::Newer { found: 7, known: 2, .. }));
    assert!(refused.to_string().contains("use a newer temoin") && refused.to_string().contains("temoin.json"));
    assert!(matches!(GraphFolder::open(&g), Err(GraphError::Newer { .. })));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), newer);
    // An older one is read, and written as a new one.
    fs::write(&manifest, text.replace("\"version\":2", "\"version\":1")).unwrap();
    open(&g).unwrap();
    GraphFolder::open(&g).unwrap().writer().unwrap().commit().unwrap();
    assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
    fs::write(&manifest, &text[..20]).unwrap();
    assert!(matches!(open(&g), Err(GraphError::Manifest { .. })));
    fs::write(&manifest, &text).unwrap();
    let options = GraphOptions { base: Some("https://example.org/kg/".into()), ..Default::default() };
    assert!(matches!(GraphFolder::create_or_open(&g, &options), Err(GraphError::OtherBase { .. })));
}
