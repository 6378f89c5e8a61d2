//! The commands that change a graph folder or compare two, from outside.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{TEMOIN, fails, ok, path, temoin};

/// A folder of articles, by name and text, and the graph of it.
fn graph(dir: &Path, name: &str, articles: &[(&str, &str)]) -> (String, String) {
    let folder = dir.join(format!("{name}-in"));
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in articles {
        fs::write(folder.join(file), text).unwrap();
    }
    let (folder, graph) = (path(&folder), path(&dir.join(name)));
    ok(&["build", &folder, "--out", &graph, "--lang", "fr", "--date", "2024-03-05", "--quiet"]);
    (folder, graph)
}

const ARTICLES: [(&str, &str); 3] = [
    ("a.txt", "La France a critiqué la Russie."),
    ("b.txt", "L'Allemagne a condamné la Hongrie."),
    ("c.txt", "L'Espagne a soutenu le Portugal."),
];

#[test]
fn every_command_shows_an_example_in_its_help() {
    for command in ["remove", "compact", "diff", "digest"] {
        let help = ok(&[command, "--help"]);
        assert!(help.contains("Example") && help.contains(&format!("temoin {command}")), "{command}: {help}");
    }
}

#[test]
fn a_new_version_takes_the_place_of_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, g) = graph(dir.path(), "g", &ARTICLES);
    let old = path(&dir.path().join("old"));
    ok(&["build", &folder, "--out", &old, "--lang", "fr", "--date", "2024-03-05", "--quiet"]);
    ok(&["compact", &g]);
    fs::write(Path::new(&folder).join("a.txt"), "La France n'a pas critiqué la Russie.").unwrap();
    let replace = ["build", &folder, "--out", &g, "--lang", "fr", "--date", "2024-03-05", "--replace", "--json"];
    let lines = ok(&replace);
    let states: Vec<String> = lines
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
        .map(|v| format!("{} {}", v["name"].as_str().unwrap(), v["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states, ["b.txt there", "c.txt there", "a.txt replaced"]);
    assert!(ok(&["verify", &g]).contains("3 articles"));
    let (_, fresh) =
        graph(dir.path(), "fresh", &[("a.txt", "La France n'a pas critiqué la Russie."), ARTICLES[1], ARTICLES[2]]);
    assert_eq!(ok(&["digest", &g]), ok(&["digest", &fresh]));
    let text = ok(&["diff", &old, &g]);
    assert!(text.contains("articles: 0 added, 0 removed, 1 with a new text"), "{text}");
    assert!(text.contains("~ France a critiqué Russie") && text.contains("asserted → denied"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&ok(&["diff", &old, &g, "--json"])).unwrap();
    assert_eq!(json["changed"][0]["statuses"][0], "denied");
    assert_eq!(json["changed"][0]["statuses_before"][0], "asserted");
    assert_eq!(json["articles_replaced"][0]["name"], "a.txt");
    // Without the option both versions are kept, and a later run with it leaves what it is given.
    ok(&["build", &folder, "--out", &old, "--lang", "fr", "--date", "2024-03-05", "--quiet"]);
    assert!(ok(&["verify", &old]).contains("4 articles"));
    let err = temoin(&["build", &folder, "--out", &old, "--lang", "fr", "--date", "2024-03-05", "--replace"]).stderr;
    let err = String::from_utf8_lossy(&err).into_owned();
    assert!(err.contains("0 articles added, 3 already there, 1 old version replaced"), "{err}");
    assert_eq!(ok(&["digest", &old]), ok(&["digest", &fresh]));
}

#[test]
fn articles_of_one_name_in_one_run_do_not_replace_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("twice.jsonl");
    let line = |text: &str| format!("{{\"id\":\"x\",\"date\":\"2024-03-05\",\"lang\":\"fr\",\"text\":\"{text}\"}}\n");
    let g = path(&dir.path().join("g"));
    let build = ["build", &path(&file), "--out", &g, "--replace", "--quiet"];
    fs::write(&file, line("Il pleut.")).unwrap();
    ok(&build);
    fs::write(&file, [line("Il neige."), line("Il vente.")].concat()).unwrap();
    ok(&build);
    assert!(ok(&["verify", &g]).contains("2 articles"));
    let before = ok(&["digest", &g]);
    ok(&build);
    assert_eq!(ok(&["digest", &g]), before);
}

#[test]
fn articles_are_removed_by_name_and_identifier_and_stay_away() {
    let dir = tempfile::tempdir().unwrap();
    let (_, g) = graph(dir.path(), "g", &ARTICLES);
    let (_, less) = graph(dir.path(), "less", &ARTICLES[2..]);
    let out = ok(&["query", &g, "SELECT ?d { ?d kg:sourceName \"b.txt\" }", "--format", "tsv"]);
    let id = out.lines().nth(1).unwrap().trim_matches(['<', '>']).rsplit('/').next().unwrap().to_owned();
    assert!(fails(&["remove", &g, "z.txt"], 1).contains("'z.txt'"));
    let said = ok(&["remove", &g, "a.txt", &format!("doc:{id}"), "--json"]);
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(said.contains(&id));
    assert!(ok(&["verify", &g]).contains("1 article"));
    assert_eq!(ok(&["digest", &g]), ok(&["digest", &less]));
    assert!(!ok(&["export", &g]).contains("France"), "something of the article is left");
    // Two of one name: which one is meant has to be said.
    let (_, two) = graph(dir.path(), "two", &[("a.txt", "Il pleut.")]);
    graph(dir.path(), "two", &[("a.txt", "Il neige.")]);
    assert!(fails(&["remove", &two, "a.txt"], 1).contains("--all"));
    assert!(ok(&["verify", &two]).contains("2 articles"));
    ok(&["remove", &two, "a.txt", "--all"]);
    assert!(ok(&["verify", &two]).contains("0 articles"));
}

#[test]
fn compacting_changes_files_and_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let (_, g) = graph(dir.path(), "g", &ARTICLES);
    let answers =
        || (ok(&["export", &g]), ok(&["digest", &g, "--json"]), ok(&["show", &g, "France"]), ok(&["draw", &g]));
    let before = answers();
    let json: serde_json::Value = serde_json::from_str(&ok(&["compact", &g, "--json"])).unwrap();
    assert_eq!((&json["segments_before"], &json["segments_after"]), (&3.into(), &1.into()));
    assert!(answers() == before);
    assert!(ok(&["compact", &g]).contains("0 articles moved, 1 segments before, 1 now"));
    // A damaged one is named with its article, and the others are there.
    let pack = fs::read_dir(Path::new(&g).join("segments/pack")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&pack).unwrap();
    let last = bytes.len() - 20;
    bytes[last] ^= 1;
    fs::write(&pack, bytes).unwrap();
    let err = fails(&["verify", &g], 1);
    assert_eq!(err.matches("take it out").count(), 1, "{err}");
    assert!(err.contains("segments/pack/") && err.contains("temoin remove"), "{err}");
    fails(&["digest", &g], 1);
    fails(&["diff", &g, &g], 1);
}

#[test]
fn files_cut_anywhere_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, g) = graph(dir.path(), "g", &ARTICLES);
    for name in ["temoin.json", "ontology.nq.gz"] {
        let file = Path::new(&g).join(name);
        let whole = fs::read(&file).unwrap();
        for cut in [0, 1, 30, whole.len() / 2, whole.len() - 2] {
            fs::write(&file, &whole[..cut]).unwrap();
            let err = fails(&["verify", &g], 1);
            assert!(err.contains(name), "{name} cut at {cut}: {err}");
        }
        if name == "temoin.json" {
            fs::remove_file(&file).unwrap();
            // The message says what to write in its place.
            let err = fails(&["verify", &g], 1);
            let from = err.find("write {").unwrap() + 6;
            let to = err.find(" in its place").unwrap();
            fs::write(&file, &err[from..to]).unwrap();
            ok(&["compact", &g]);
            assert!(ok(&["verify", &g]).contains("3 articles"));
        } else {
            ok(&["build", &folder, "--out", &g, "--lang", "fr", "--date", "2024-03-05", "--quiet"]);
            assert!(ok(&["verify", &g]).contains("all evidence stands"));
        }
    }
}

#[test]
fn a_damaged_segment_is_written_anew_by_the_next_run() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, g) = graph(dir.path(), "g", &ARTICLES);
    let digest = ok(&["digest", &g]);
    for compacted in [false, true] {
        if compacted {
            ok(&["compact", &g]);
        }
        let segments = Path::new(&g).join("segments");
        let shard = fs::read_dir(&segments).unwrap().next().unwrap().unwrap().path();
        let file = fs::read_dir(shard).unwrap().next().unwrap().unwrap().path();
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&file, bytes).unwrap();
        fails(&["verify", &g], 1);
        let out = temoin(&["build", &folder, "--out", &g, "--lang", "fr", "--date", "2024-03-05"]);
        let err = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(err.contains("1 article added, 2 already there"), "compacted {compacted}: {err}");
        assert!(ok(&["verify", &g]).contains("3 articles"));
        assert_eq!(ok(&["digest", &g]), digest);
    }
}

#[test]
fn an_article_that_is_described_otherwise_is_replaced_and_shown() {
    let dir = tempfile::tempdir().unwrap();
    let file = path(&dir.path().join("one.jsonl"));
    let (old, new) = (path(&dir.path().join("old")), path(&dir.path().join("new")));
    let article = |outlet: &str| {
        let text = "La France a critiqué la Russie.";
        let line = serde_json::json!({"id": "x", "date": "2024-03-05", "lang": "fr", "outlet": outlet, "url": "https://a.example/1", "text": text});
        fs::write(&file, format!("{line}\n")).unwrap();
    };
    article("L'Écho du Val");
    ok(&["build", &file, "--out", &old, "--quiet"]);
    ok(&["build", &file, "--out", &new, "--quiet"]);
    let states = |_: ()| ok(&["build", &file, "--out", &new, "--quiet", "--replace", "--json"]);
    assert!(states(()).contains("\"there\""));
    article("La Dépêche du Val");
    assert!(states(()).contains("\"replaced\""));
    assert!(states(()).contains("\"there\""));
    assert!(ok(&["verify", &new]).contains("1 article"));
    let text = ok(&["diff", &old, &new]);
    assert!(text.contains("0 added, 0 removed, 0 with a new text, 1 described otherwise"), "{text}");
    assert!(text.contains("outlet: « L'Écho du Val » → « La Dépêche du Val »"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&ok(&["diff", &old, &new, "--json"])).unwrap();
    assert_eq!(json["articles_described"][0]["now"]["outlet"], "La Dépêche du Val");
    assert!(!text.contains("address"), "{text}");
}

#[test]
fn a_fact_without_an_object_does_not_depend_on_the_form_of_its_verb() {
    let dir = tempfile::tempdir().unwrap();
    let (_, old) = graph(dir.path(), "old", &[("a.txt", "Paul Durand est mort.")]);
    let (_, new) = graph(dir.path(), "new", &[("a.txt", "Paul Durand meurt. Jean Petit est mort.")]);
    let text = ok(&["diff", &old, &new]);
    assert!(text.contains("1 gained, 0 lost") && text.contains("+ Jean Petit est mort · "), "{text}");
}

#[test]
fn folders_are_merged_into_what_one_run_makes() {
    let dir = tempfile::tempdir().unwrap();
    let (_, whole) = graph(dir.path(), "whole", &ARTICLES);
    let (_, one) = graph(dir.path(), "one", &ARTICLES[..2]);
    let (_, two) = graph(dir.path(), "two", &ARTICLES[1..]);
    ok(&["compact", &two]);
    // An article that was removed from a part does not come back.
    ok(&["remove", &one, "a.txt"]);
    let (_, three) = graph(dir.path(), "three", &ARTICLES[..1]);
    let all = path(&dir.path().join("all"));
    let said = ok(&["merge", &one, &two, &three, "--out", &all]);
    assert!(said.contains("3 articles added, 1 already there"), "{said}");
    let mut trees = [&all, &whole].map(|g| support::tree(Path::new(g)));
    trees.iter_mut().for_each(|t| t.retain(|f, _| f != "lock"));
    assert!(trees[0] == trees[1], "the same bytes");
    assert!(ok(&["merge", &one, "--out", &all, "--json"]).contains("\"added\":0"));
    let elsewhere = path(&dir.path().join("none"));
    fails(&["merge", &one, &elsewhere, "--out", &path(&dir.path().join("x"))], 1);
    assert!(!dir.path().join("x").exists(), "nothing is made of a wrong name");
}

#[test]
fn a_folder_of_a_newer_version_is_left_alone_by_every_command() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, g) = graph(dir.path(), "g", &ARTICLES);
    let file = Path::new(&g).join("temoin.json");
    let newer = fs::read_to_string(&file).unwrap().replace("\"version\":2", "\"version\":9");
    fs::write(&file, &newer).unwrap();
    let build = ["build", &folder, "--out", &g, "--quiet"];
    let remove = ["remove", &g, "a.txt"];
    for args in [&build[..], &remove, &["compact", &g], &["digest", &g], &["diff", &g, &g], &["verify", &g]] {
        let err = fails(args, 1);
        assert!(err.contains("version 9") && err.contains("use a newer temoin"), "{args:?}: {err}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}

#[test]
fn of_two_writers_one_waits_or_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, g) = graph(dir.path(), "g", &ARTICLES);
    // A build that waits for its input holds the lock.
    let mut first = Command::new(TEMOIN)
        .args(["build", "-", "--out", &g, "--lang", "fr", "--quiet", "--wait", "60"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    loop {
        let o = temoin(&["build", &folder, "--out", &g, "--lang", "fr", "--quiet"]);
        if !o.status.success() {
            let err = String::from_utf8_lossy(&o.stderr).into_owned();
            assert!(err.contains("another process is writing"), "{err}");
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "the first build never took the lock");
        std::thread::sleep(Duration::from_millis(60));
    }
    assert!(fails(&["remove", &g, "a.txt", "--wait", "1"], 1).contains("another process is writing"));
    assert!(ok(&["verify", &g]).contains("3 articles"), "reading needs no lock");
    let second =
        Command::new(TEMOIN).args(["remove", &g, "a.txt", "--wait", "60"]).stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    std::io::Write::write_all(first.stdin.as_mut().unwrap(), "Il pleut à Riga.".as_bytes()).unwrap();
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert!(second.wait_with_output().unwrap().status.success());
    let names = ok(&["query", &g, "SELECT ?n { ?d kg:sourceName ?n }", "--format", "csv"]);
    let mut names: Vec<&str> = names.split_whitespace().skip(1).collect();
    names.sort_unstable();
    assert_eq!(names, ["b.txt", "c.txt", "stdin"]);
}
