//! The page of results on gold files of our own writing.

use super::*;

const TREES: &str = "1\tLe\tle\tDET\t_\t_\t2\tdet\t_\t_\n2\tmaire\tmaire\tNOUN\t_\t_\t3\tnsubj\t_\t_\n3\tdort\tdormir\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_\n\n";

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("temoin-results-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn set(trees: bool, path: &str) -> Set {
    Set { lang: Lang::Fr, trees, title: "Essai".into(), path: path.into() }
}

#[test]
fn the_lists_of_gold_files_and_peers_are_sound() {
    let sets = sets(include_str!("sets.tsv")).unwrap();
    let peers = peers(include_str!("peers.tsv")).unwrap();
    assert!(sets.len() >= 5 && peers.len() >= 6);
    for p in &peers {
        let set = sets.iter().find(|s| s.title == p.set).unwrap_or_else(|| panic!("no gold file '{}'", p.set));
        let known = |m: &String| if set.trees { METRICS.contains(&m.as_str()) } else { m == "P+L+O" };
        assert!(p.figures.keys().all(known), "{p:?}");
        assert!(["gold tokens", "raw text", "names"].contains(&p.how.as_str()), "{p:?}");
        assert!(!p.source.is_empty());
    }
}

#[test]
fn a_bad_line_is_named() {
    assert!(sets("fr\ttrees\tonly a title\n").unwrap_err().contains("only a title"));
    assert!(peers("Essai\traw text\tother\tLAS=high\tmeasured\n").unwrap_err().contains("LAS=high"));
}

#[test]
fn own_scores_stand_beside_those_of_others() {
    let folder = Folder::new("trees");
    folder.write("a.conllu", TREES);
    let peers = peers("Essai\traw text\tAutre\tLAS=81.5 UPOS=95\tas published\n").unwrap();
    let fr = Annotator::builtin(Lang::Fr);
    let out = section(&set(true, "a.conllu"), &fr, Some(&folder.0), &peers).unwrap();
    let lines: Vec<Vec<&str>> = out.lines().map(|l| l.split('|').map(str::trim).collect()).collect();
    let header = lines.iter().find(|l| l.contains(&"Tokens")).unwrap();
    let ours = lines.iter().rfind(|l| l.contains(&OURS)).unwrap();
    let other = lines.iter().find(|l| l.contains(&"Autre, as published")).unwrap();
    let at = |name: &str| header.iter().position(|h| *h == name).unwrap();
    assert_eq!((other[at("LAS")], other[at("UPOS")], other[at("UAS")]), ("81.5", "95.0", "–"));
    assert_eq!(ours[at("Tokens")], "100.00");
    assert!(out.contains("Essai, from gold tokens:") && out.contains("Essai, from raw text:"), "{out}");
}

#[test]
fn names_are_shown_by_kind() {
    let folder = Folder::new("names");
    folder.write("n/a.txt", "Emmanuel Macron est à Paris.");
    folder.write("n/a.ann", "T1\tPerson 0 15\tEmmanuel Macron\nT2\tLocation 22 27\tParis\n");
    let fr = Annotator::builtin(Lang::Fr);
    let out = section(&set(false, "n"), &fr, Some(&folder.0), &[]).unwrap();
    assert!(out.contains("P+L+O") && out.contains("without names inside names"), "{out}");
    // No event in the gold file: no figure, which is not the same as 0.
    assert!(out.lines().filter(|l| l.contains(OURS)).all(|l| l.ends_with("– |")), "{out}");
}

#[test]
fn a_missing_model_or_corpus_is_said_and_stops_nothing() {
    let fr = Annotator::builtin(Lang::Fr);
    let out = section(&set(false, "n"), &fr.clone().with_names(None), None, &[]).unwrap();
    assert_eq!(out, "Essai: no model of this language yet.\n");
    let out = section(&set(true, "nowhere.conllu"), &fr, Some(Path::new("/nonexistent")), &[]).unwrap();
    assert!(out.contains("skipped") && out.contains("nowhere.conllu"), "{out}");
}

#[test]
fn the_page_holds_sizes_and_speeds_without_any_corpus() {
    let folder = Folder::new("page");
    folder.write(
        "speed.tsv",
        "# Measured on one core.\nspeed\ttemoin\t1000\t1.0\nspeed\tother\t250\t4.0\nmemory\t9 articles\t88\tMB\n",
    );
    folder.write("models/fr.names.model", "12345");
    let results = Results {
        corpora: None,
        out: folder.0.join("out.md"),
        models: folder.0.join("models"),
        speed: folder.0.join("speed.tsv"),
    };
    let page = results.page(&BTreeMap::from([("fr".to_owned(), 7.4)])).unwrap();
    for part in [
        "# Results",
        "## French",
        "## English",
        "GSD test: skipped",
        "| `fr.names.model` |",
        "Measured on one core.",
        "| other   |            250 |               4.0 × |",
        "| memory: 9 articles |    88 |  MB |",
    ] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert!(page.contains("     0.00 |            7 |"), "{page}");
}
