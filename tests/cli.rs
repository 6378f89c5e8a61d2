//! The command line from outside: the binary is run on files, and what it prints, writes and
//! returns is looked at.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const TEMOIN: &str = env!("CARGO_BIN_EXE_temoin");

fn articles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/articles")
}

fn temoin<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Output {
    Command::new(TEMOIN).args(args).stdin(Stdio::null()).output().expect("the binary starts")
}

fn ok<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> String {
    let o = temoin(args);
    let err = String::from_utf8_lossy(&o.stderr);
    assert!(o.status.success(), "{}: {err}", o.status);
    String::from_utf8(o.stdout).expect("output is UTF-8")
}

fn path(p: &Path) -> String {
    p.to_str().expect("a UTF-8 path").to_owned()
}

/// A graph of the example articles.
fn example_graph(dir: &Path) -> String {
    let graph = path(&dir.join("graph"));
    ok(&["build", &path(&articles()), "--out", &graph, "--quiet"]);
    graph
}

/// All files below `dir` with their bytes.
fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(d) = open.pop() {
        for entry in fs::read_dir(&d).unwrap() {
            let p = entry.unwrap().path();
            if p.is_dir() {
                open.push(p);
            } else {
                files.insert(path(p.strip_prefix(dir).unwrap()), fs::read(&p).unwrap());
            }
        }
    }
    files
}

/// Number of segments below `dir`, which may be written to meanwhile: what is renamed is passed over.
#[cfg(unix)]
fn segments(dir: &Path) -> usize {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    let count = |p: PathBuf| if p.is_dir() { segments(&p) } else { usize::from(path(&p).ends_with(".nq.gz")) };
    entries.flatten().map(|e| count(e.path())).sum()
}

#[test]
fn the_example_articles_become_a_graph_that_answers() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    assert!(ok(&["verify", &graph]).contains("all evidence stands"));
    let n = ok(&["query", &graph, "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", "--format", "csv"]);
    let n: u32 = n.lines().nth(1).unwrap().trim().parse().unwrap();
    assert!(n >= 60, "{n} claims in eight articles");
    let documents = ok(&["query", &graph, "SELECT ?d { ?d a kg:Document }", "--format", "tsv"]);
    assert_eq!(documents.lines().count(), 1 + 9, "a header and nine articles");
    assert!(ok(&["query", &graph, "ASK { ?c kg:status kg:Denied }"]).contains("true"));
    let dot = ok(&["draw", &graph]);
    assert!(dot.starts_with("digraph") && dot.contains("Liban") && dot.contains("->"), "{dot}");
    let card = ok(&["show", &graph, "Liban"]);
    assert!(card.contains("ent:lebanon") || card.contains("lebanon"), "{card}");
}

#[test]
fn a_card_tells_causes_and_purposes() {
    let dir = tempfile::tempdir().unwrap();
    let article = dir.path().join("article.txt");
    let text = "La France a expulsé deux diplomates parce que la Russie avait attaqué l'Ukraine. \
                Les manifestants ont bloqué l'autoroute pour dénoncer la réforme.";
    fs::write(&article, text).unwrap();
    let graph = path(&dir.path().join("graph"));
    ok(&["build", &path(&article), "--lang", "fr", "--out", &graph, "--quiet"]);
    let card = ok(&["show", &graph, "France"]);
    assert!(card.contains("  because: Russie a attaqué Ukraine · claim:"), "{card}");
    let card = ok(&["show", &graph, "manifestants"]);
    assert!(card.contains("  purpose: manifestants a critiqué réforme · claim:"), "{card}");
}

#[test]
fn adding_an_article_twice_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let before = tree(Path::new(&graph));
    let o = temoin(&["build", &path(&articles()), "--out", &graph]);
    assert!(o.status.success());
    assert!(String::from_utf8_lossy(&o.stderr).contains("0 articles added, 9 already there"));
    assert!(before == tree(Path::new(&graph)), "the folder has changed");
}

#[test]
fn threads_and_the_order_of_files_change_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    let mut files: Vec<String> = fs::read_dir(articles()).unwrap().map(|e| path(&e.unwrap().path())).collect();
    files.sort();
    let mut results = Vec::new();
    for (round, threads) in ["1", "2", "7"].into_iter().enumerate() {
        files.rotate_left(round);
        let graph = path(&dir.path().join(format!("g{threads}")));
        let args = |head: &[&str]| -> Vec<String> {
            let head = head.iter().map(|s| (*s).to_owned());
            head.chain(files.iter().cloned()).chain(["--threads".into(), threads.into(), "--quiet".into()]).collect()
        };
        let jsonl = ok(&args(&["extract", "--format", "jsonl"]));
        assert!(jsonl.lines().count() > 20);
        ok(&args(&["build", "--out", &graph]));
        let quads = ok(&["export", &graph, "--format", "nquads"]);
        let dot = ok(&["draw", &graph]);
        results.push((jsonl, quads, dot, tree(Path::new(&graph))));
    }
    assert!(results.windows(2).all(|w| w[0] == w[1]), "some output depends on threads or order");
}

#[test]
fn bad_files_cost_a_message_each_and_the_others_are_done() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("empty.txt"), "").unwrap();
    fs::write(folder.join("binary.txt"), [0u8, 159, 146, 150, 0, 1]).unwrap();
    fs::write(folder.join("latin.txt"), b"La France a critiqu\xe9 la Russie.").unwrap();
    fs::write(folder.join("good.txt"), "L'Allemagne a critiqué la Russie mardi.").unwrap();
    fs::write(folder.join("huge.txt"), "Il pleut. ".repeat(250_000)).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.path().join("nowhere"), folder.join("gone.txt")).unwrap();
    let graph = path(&dir.path().join("graph"));
    let o = temoin(&["build", &path(&folder), "--out", &graph, "--max-size", "2"]);
    assert_eq!(o.status.code(), Some(1));
    let err = String::from_utf8_lossy(&o.stderr);
    let said = |name: &str, what: &str| err.lines().any(|l| l.contains(name) && l.contains(what));
    assert!(said("empty.txt", "empty"), "{err}");
    assert!(said("binary.txt", "binary"), "{err}");
    assert!(said("latin.txt", "windows-1252"), "{err}");
    assert!(said("huge.txt", "2 MB"), "{err}");
    assert!(said("good.txt", "no publication date"), "{err}");
    #[cfg(unix)]
    assert!(said("gone.txt", "cannot be opened"), "{err}");
    assert!(err.contains("2 articles added"), "{err}");
    assert!(ok(&["verify", &graph]).contains("2 articles"));
}

#[test]
fn quiet_runs_tell_what_was_lost_and_not_what_was_assumed() {
    let dir = tempfile::tempdir().unwrap();
    let damaged = dir.path().join("damaged.txt");
    fs::write(&damaged, b"La Russie a \xff critiqu\xc3\xa9 l'\xc3\x89gypte.").unwrap();
    let said = |quiet: &[&str]| {
        let o = temoin(&[&["extract", "--format", "jsonl", &path(&damaged)], quiet].concat());
        assert!(o.status.success());
        String::from_utf8(o.stderr).unwrap()
    };
    let quiet = said(&["-q"]);
    assert!(quiet.contains("warning") && quiet.contains("damaged.txt") && quiet.contains("byte offset 12"), "{quiet}");
    assert_eq!(quiet.lines().count(), 1, "{quiet}");
    assert!(said(&[]).contains("no publication date"));
}

#[test]
fn files_of_the_users_own_name_the_line_that_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("mine");
    for (option, bytes, said) in [
        ("--relations", &b"# mine\n[relation\xe9]\n"[..], "line 2, column 10: not UTF-8"),
        ("--relations", b"[[relation]]\nname = 1\n", "line 1"),
        ("--entities", b"Person\tA\nPerson\tB\xff\n", "line 2, column 9: not UTF-8"),
        ("--entities", b"Nobody\tA\n", "line 1"),
    ] {
        fs::write(&file, bytes).unwrap();
        let o = temoin(&["relations", option, &path(&file)]);
        let err = String::from_utf8_lossy(&o.stderr);
        assert_eq!(o.status.code(), Some(2));
        assert!(err.contains(&format!("{}: {said}", path(&file))), "{err}");
    }
}

#[test]
fn one_thing_is_singular_and_an_empty_query_is_called_empty() {
    let dir = tempfile::tempdir().unwrap();
    let (article, graph) = (path(&dir.path().join("2024-03-05.txt")), path(&dir.path().join("graph")));
    fs::write(&article, "La France a critiqué la Russie.").unwrap();
    let table = ok(&["extract", "--format", "table", "--lang", "fr", &article]);
    assert!(table.contains("\n1 claim\n"), "{table}");
    let o = temoin(&["build", "--lang", "fr", &article, "--out", &graph]);
    let summary = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(summary.contains(": 1 article added, 0 already there") && summary.contains("\n1 claim, "), "{summary}");
    assert!(ok(&["verify", &graph]).contains(": 1 article, 1 claim, "));
    for (query, said) in [
        ("", "it is empty"),
        (" \n# nothing\n", "it is empty"),
        ("PREFIX x: <http://x/>", "it is empty"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "this is an update"),
        ("SELEC ?x {}", "cannot be read"),
    ] {
        let o = temoin(&["query", &graph, query]);
        let err = String::from_utf8_lossy(&o.stderr);
        assert!(o.status.code() == Some(2) && err.contains(said), "{query:?}: {err}");
    }
}

#[test]
fn notes_that_say_the_same_are_one_line() {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..30 {
        fs::write(dir.path().join(format!("a{i:02}.txt")), format!("Le maire de Brest a quitté {i} élus.")).unwrap();
    }
    fs::write(dir.path().join("2024-03-05.txt"), "Le maire de Brest a quitté la salle.").unwrap();
    for trace in [&[][..], &["--trace"]] {
        let o = temoin(&[&["extract", "--lang", "fr", &path(dir.path())], trace].concat());
        let err = String::from_utf8_lossy(&o.stderr).into_owned();
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(err.contains("a00.txt and 29 more: no publication date") && err.contains("--date"), "{err}");
    }
}

#[test]
fn a_folder_without_articles_and_a_missing_graph_are_errors() {
    let dir = tempfile::tempdir().unwrap();
    let o = temoin(&["extract", &path(dir.path())]);
    assert_eq!(o.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&o.stderr).contains("no article in this folder"));
    let o = temoin(&["query", &path(&dir.path().join("none")), "ASK {}"]);
    assert_eq!(o.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&o.stderr).contains("temoin build"));
    assert_eq!(temoin(&["build"]).status.code(), Some(2));
}

#[test]
fn every_command_shows_an_example_in_its_help() {
    for command in ["build", "extract", "reports", "annotate", "query", "show", "draw", "export", "verify"] {
        let help = ok(&[command, "--help"]);
        assert!(help.contains("Example") && help.contains(&format!("temoin {command}")), "{command}: {help}");
    }
}

#[test]
fn a_report_gives_entities_and_relations_that_stand_in_its_text() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Un incendie s'est déclaré dans une usine de Lyon. Les pompiers ont éteint le feu.";
    std::fs::write(dir.path().join("feu.txt"), text).unwrap();
    let line = ok(&["reports", "--format", "jsonl", "--quiet", &path(&dir.path().join("feu.txt"))]);
    let report: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
    let entities = report["entities"].as_array().unwrap();
    let letters: Vec<char> = text.chars().collect();
    for m in entities.iter().flat_map(|e| e["mentions"].as_array().unwrap()) {
        let [from, to] = ["start", "end"].map(|k| m[k].as_u64().unwrap() as usize);
        assert_eq!(letters[from..to].iter().collect::<String>(), m["text"].as_str().unwrap());
    }
    assert!(entities.iter().any(|e| e["type"] == "FIRE") && entities.iter().any(|e| e["label"] == "Lyon"), "{line}");
    let relations = report["relations"].as_array().unwrap();
    assert!(relations.iter().any(|r| r["relation"] == "IS_LOCATED_IN"), "{line}");
    let sure = ok(&["reports", "--format", "jsonl", "--min-probability", "1", &path(&dir.path().join("feu.txt"))]);
    assert!(sure.contains("\"relations\":[]"), "{sure}");
    let english = temoin(&["reports", "--lang", "en", &path(&dir.path().join("feu.txt"))]);
    assert_eq!(english.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&english.stderr).contains("French only"));
}

#[test]
fn results_come_in_every_format() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let select = "SELECT ?l { ent:lebanon rdfs:label ?l FILTER(LANG(?l) = \"fr\") }";
    for (format, part) in [
        ("table", "Liban"),
        ("csv", "l\r\nLiban"),
        ("tsv", "\"Liban\"@fr"),
        ("json", "\"bindings\""),
        ("xml", "<sparql"),
    ] {
        let out = ok(&["query", &graph, select, "--format", format]);
        assert!(out.contains(part), "{format}: {out}");
    }
    let described = ok(&["query", &graph, "DESCRIBE ent:lebanon", "--format", "turtle"]);
    assert!(described.contains("Liban"), "{described}");
    for format in ["nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml"] {
        let out = dir.path().join(format);
        ok(&["export", &graph, "--format", format, "--out", &path(&out)]);
        assert!(fs::read_to_string(&out).unwrap().contains("Liban"), "{format}");
    }
    for (query, word) in [
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { ent:a rel:b ent:c }", ""),
        ("SELECT ?x WHERE {", ""),
    ] {
        let o = temoin(&["query", &graph, query]);
        assert_eq!(o.status.code(), Some(2), "{query}");
        assert!(String::from_utf8_lossy(&o.stderr).contains(word), "{query}");
    }
}

#[test]
fn a_query_without_end_is_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let o = temoin(&["query", &graph, cross, "--timeout", "1"]);
    assert_eq!(o.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&o.stderr).contains("longer than 1 s "));
}

#[test]
fn json_lines_come_in_and_go_out_through_pipes() {
    let input =
        "{\"id\":\"a1\",\"date\":\"2024-03-05\",\"text\":\"La France a critiqué la Russie mardi.\"}\nnot json\n";
    let mut child = Command::new(TEMOIN)
        .args(["extract", "-", "--format", "jsonl", "--lang", "fr"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let o = child.wait_with_output().unwrap();
    assert_eq!(o.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&o.stderr).contains("standard input:2"));
    let claims: Vec<serde_json::Value> =
        String::from_utf8(o.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let c = claims.iter().find(|c| c["predicate"] == "criticized").expect("the claim");
    assert_eq!(c["source"], "a1");
    assert_eq!(c["subject"]["label"], "France");
    assert_eq!(c["object"]["wikidata"], "Q159");
    assert_eq!(c["evidence"]["quote"], "La France a critiqué la Russie mardi.");
    assert_eq!(c["time"]["value"], "2024-03-05");
}

#[test]
fn exports_for_other_tools_say_what_they_hold_and_leave_out() {
    let dir = tempfile::tempdir().unwrap();
    let (graph, out) = (example_graph(dir.path()), |name: &str| path(&dir.path().join(name)));
    for (format, name) in [("nodelink", "g.json"), ("events", "g.jsonl"), ("ftm", "f.jsonl"), ("neo4j", "csv")] {
        let report = ok(&["export", &graph, "--format", format, "--out", &out(name), "--json"]);
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert!(report["articles"] == 9 && !report["written"].as_object().unwrap().is_empty(), "{format}: {report}");
    }
    let o = temoin(&["export", &graph, "--out", &out("g.graphml")]);
    let said = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(said.contains("left out: claims that join no two entities (") && said.contains("9 articles, "), "{said}");
    ok(&["export", &graph, "--rdf12", "--out", &out("g.ttl.gz")]);
    assert_eq!(fs::read(out("g.ttl.gz")).unwrap()[..2], [0x1f, 0x8b]);
    for (args, word) in [
        (vec!["--out", "g.jsonl"], "--format events or --format ftm"),
        (vec!["--format", "neo4j"], "--out"),
        (vec!["--rdf12", "--format", "jsonld"], "triple terms"),
        (vec!["--json", "--out", "-"], "standard output"),
    ] {
        let o = temoin(&[vec!["export", &graph], args].concat());
        let said = String::from_utf8_lossy(&o.stderr).into_owned();
        assert!(o.status.code() == Some(2) && said.contains(word), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_a_closed_pipe_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let o = temoin(&["export", &graph, "--out", "/dev/full"]);
    assert_eq!(o.status.code(), Some(1));
    let err = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(err.contains("/dev/full") || err.contains("No space"), "{err}");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Command::new(TEMOIN)
        .args(["extract", &path(&articles()), "--format", "jsonl"])
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    let mut child = Command::new(TEMOIN)
        .args(["export", &graph, "--format", "nquads"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = [0u8; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_keeps_what_it_had_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let graph = dir.path().join("graph");
    let line = |i: usize| {
        format!("{{\"id\":\"{i}\",\"date\":\"2024-03-05\",\"text\":\"La France a critiqué la Russie {i} fois.\"}}\n")
    };
    let mut child = Command::new(TEMOIN)
        .args(["build", "-", "--lang", "fr", "--out", &path(&graph)])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than one batch: the first is in the graph while the program waits for the rest of the second.
    for i in 0..400 {
        stdin.write_all(line(i).as_bytes()).unwrap();
    }
    stdin.flush().unwrap();
    let mut rounds = 0;
    while !graph.is_dir() || segments(&graph) < 200 {
        std::thread::sleep(std::time::Duration::from_millis(20));
        rounds += 1;
        assert!(rounds < 6000, "the first batch never came into the graph");
        assert!(child.try_wait().unwrap().is_none(), "the build ended early");
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    // The flag is seen when the read returns.
    std::thread::sleep(std::time::Duration::from_millis(200));
    drop(stdin);
    let o = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&o.stderr);
    assert_eq!(o.status.code(), Some(130), "{err}");
    assert!(err.contains("interrupted"), "{err}");
    assert!(ok(&["verify", &path(&graph)]).contains("all evidence stands"));
    let all = dir.path().join("all.jsonl");
    fs::write(&all, (0..400).map(line).collect::<String>()).unwrap();
    let o = temoin(&["build", &path(&all), "--lang", "fr", "--out", &path(&graph)]);
    assert!(o.status.success());
    assert!(!String::from_utf8_lossy(&o.stderr).contains(" 0 already there"));
    assert!(ok(&["verify", &path(&graph)]).contains("400 articles"));
}

#[test]
fn text_from_articles_breaks_out_of_no_format() {
    let dir = tempfile::tempdir().unwrap();
    let evil = dir.path().join("evil.txt");
    let name = "Jean \"]; evil [label=\\\"x\\\" <b>&amp;</b> Dupont";
    fs::write(&evil, format!("{name} a critiqué la Russie. « \u{202e}\u{7} {{}} \\n », a déclaré Jean Dupont.\n"))
        .unwrap();
    let graph = path(&dir.path().join("graph"));
    ok(&["build", &path(&evil), "--out", &graph, "--lang", "fr", "--quiet"]);
    ok(&["verify", &graph]);
    for format in ["nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml"] {
        ok(&["export", &graph, "--format", format]);
    }
    let dot = ok(&["draw", &graph]);
    // Outside of quoted strings nothing of the article is left.
    let mut bare = String::new();
    let mut chars = dot.chars();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => drop(chars.next()),
            '"' => quoted = !quoted,
            c if !quoted => bare.push(c),
            _ => {}
        }
    }
    assert!(!quoted && !bare.contains("evil"), "{dot}");
}

/// A folder of invented articles, by name and text.
fn folder_of(dir: &Path, articles: &[(&str, &str)]) -> String {
    let folder = dir.join("textes");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in articles {
        fs::write(folder.join(name), text).unwrap();
    }
    path(&folder)
}

#[test]
fn namesakes_stay_apart_and_people_decide() {
    let dir = tempfile::tempdir().unwrap();
    let texts = folder_of(
        dir.path(),
        &[
            (
                "2019-03-20-pays.txt",
                "Georgia's parliament in Tbilisi has passed a law. Georgia signed an agreement with Russia.\n",
            ),
            (
                "2019-03-21-etat.txt",
                "Georgia has passed a law, lawmakers in Atlanta said. Studios left Georgia for New York.\n",
            ),
            ("2019-03-20-a.txt", "Le président du Kazakhstan, Noursoultan Nazarbaïev, a rencontré Vladimir Poutine.\n"),
            (
                "2022-03-20-b.txt",
                "L'homme d'affaires Kaïrat Nazarbaïev a été arrêté à Almaty. Nazarbaïev a rencontré Vladimir Poutine.\n",
            ),
        ],
    );
    let graph = path(&dir.path().join("g"));
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    let met = "SELECT ?s { ?c a kg:Claim ; rdf:predicate rel:metWith ; rdf:subject ?s }";
    let who = ok(&["query", &graph, met, "--format", "csv"]);
    assert!(who.contains("ent/nursultan-nazarbayev") && who.contains("ent/kairat-nazarbaiev-"), "{who}");
    let signed = "SELECT ?s { ?s rel:signedAgreementWith|rel:adopted ?o }";
    assert!(ok(&["query", &graph, signed, "--format", "csv"]).contains("ent/georgia\r\n"));
    let listed = ok(&["identity", "list", &graph]);
    assert!(listed.contains("(georgia.") && listed.contains("surroundings of Georgia (U.S. state)"), "{listed}");

    // A decision of a person: a line of a file, followed by the next command, taken back by another line.
    let other = "SELECT (COUNT(*) AS ?n) { ?m kg:refersTo ent:georgia }";
    let before = ok(&["query", &graph, other, "--format", "csv"]);
    let reference = listed.split_once("(georgia.").map(|(_, r)| format!("georgia.{}", &r[..16])).unwrap();
    let line =
        ok(&["identity", "merge", &graph, &reference, "georgia", "--note", "one\tcountry", "--date", "2031-01-02"]);
    assert!(line.contains(&format!("2031-01-02  merge  {reference}  georgia  one country")), "{line}");
    assert_ne!(ok(&["query", &graph, other, "--format", "csv"]), before);
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    assert_ne!(ok(&["query", &graph, other, "--format", "csv"]), before, "decisions survive new runs");
    ok(&["identity", "undo", &graph, "georgia", &reference]);
    assert_eq!(ok(&["query", &graph, other, "--format", "csv"]), before);

    // A file elsewhere; its wrong line is named with its field, and the exit code says so.
    let file = path(&dir.path().join("mine.tsv"));
    fs::write(&file, format!("# mine\n2031-01-02 merge {reference} georgia\n2031-01-02 join a b\n")).unwrap();
    let o = temoin(&["query", &graph, other, "--format", "csv", "--decisions", &file]);
    assert_eq!(o.status.code(), Some(1));
    let message = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(message.contains("mine.tsv: line 3, decision: 'join'"), "{message}");
    assert_ne!(String::from_utf8_lossy(&o.stdout), before, "the other line is followed");
    let o = temoin(&["identity", "merge", &graph, "Personne de ce nom", "georgia"]);
    assert_ne!(o.status.code(), Some(0));
}

#[test]
fn who_is_who_holds_through_compaction_removal_and_new_versions() {
    let dir = tempfile::tempdir().unwrap();
    let met = "Jean Petit, maire de Verlieu, a rencontré Lise Orvan à Paris.\n";
    let articles = [
        ("2031-03-04-a.txt", met),
        ("2031-03-05-b.txt", "Jean Petit, maire de Verlieu, a rencontré Marc Dulac à Paris. Lise Orvan est venue.\n"),
        ("2031-03-06-c.txt", "Le Hezbollah a nié avoir rencontré Saad Hariri à Beyrouth.\n"),
        ("2031-03-06-d.txt", "Le Hezbollah a rencontré Saad Hariri à Beyrouth mardi.\n"),
    ];
    let texts = folder_of(dir.path(), &articles);
    let graph = path(&dir.path().join("g"));
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    let who = || ok(&["query", &graph, "SELECT DISTINCT ?s { ?c rdf:predicate rel:metWith ; rdf:subject ?s }"]);
    let (list, told, digest) = (ok(&["identity", "list", &graph]), ok(&["compare", &graph]), ok(&["digest", &graph]));
    assert!(who().contains("jean-petit-") && told.contains("≠ affirmed and denied"), "{}\n{told}", who());
    ok(&["compact", &graph]);
    assert_eq!(ok(&["identity", "list", &graph]), list);
    assert_eq!(ok(&["compare", &graph]), told);
    assert_eq!(ok(&["digest", &graph]), digest);
    assert!(ok(&["check", &graph]).contains("all invariants hold"));

    // A decision is a change of what the graph says, and of nothing else.
    let before = path(&dir.path().join("before"));
    ok(&["build", &texts, "--out", &before, "--quiet"]);
    ok(&["identity", "split", &graph, "hezbollah", "saad-hariri", "--date", "2031-04-01"]);
    let met = "SELECT ?s { GRAPH g:facts { ?s rel:metWith ?o } FILTER(CONTAINS(STR(?s), \"jean-petit\")) }";
    let ids = ok(&["query", &graph, met, "--format", "csv"]);
    let id = ids.trim().rsplit('/').next().unwrap().to_owned();
    ok(&["identity", "split", &graph, &id, "*", "--date", "2031-04-01"]);
    assert_ne!(ok(&["digest", &graph]), digest);
    let d: serde_json::Value = serde_json::from_str(&ok(&["diff", &before, &graph, "--json"])).unwrap();
    assert_eq!((&d["gained"], &d["lost"]), (&serde_json::json!([]), &serde_json::json!([])), "{d}");
    let moved = &d["reassigned"][0];
    assert_eq!(moved["before"]["subject"]["id"], id);
    assert_ne!(moved["now"]["subject"]["id"], id);
    assert!(ok(&["diff", &before, &graph]).contains("of other entities\n~ Jean Petit"), "{d}");
    assert!(ok(&["check", &graph]).contains("all invariants hold"));

    // Without the article and with it again, in a compacted folder.
    let said = temoin(&["remove", &graph, "2031-03-06-c.txt"]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(!ok(&["compare", &graph]).contains("≠"));
    fs::write(Path::new(&texts).join("2031-03-06-d.txt"), "Le Hezbollah a nié avoir vu Saad Hariri à Beyrouth.\n")
        .unwrap();
    ok(&["build", &texts, "--out", &graph, "--replace", "--quiet"]);
    ok(&["compact", &graph]);
    let other = path(&dir.path().join("other"));
    ok(&["build", &texts, "--out", &other, "--quiet"]);
    fs::copy(Path::new(&graph).join("identity.tsv"), Path::new(&other).join("identity.tsv")).unwrap();
    assert_eq!(ok(&["digest", &other]), ok(&["digest", &graph]));
    assert_eq!(ok(&["identity", "list", &other, "--json"]), ok(&["identity", "list", &graph, "--json"]));
}

#[test]
fn articles_that_disagree_are_compared() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Le Hezbollah a rencontré Saad Hariri à Beyrouth mardi. La réunion a duré trois heures, et aucun des deux \
                camps n'a voulu en dire plus avant la nuit. Les rues du centre étaient fermées.\n";
    let texts = folder_of(
        dir.path(),
        &[
            ("2021-03-03-a.txt", text),
            ("2021-03-04-b.txt", &format!("Dépêche reçue à minuit\n\n{text}")),
            ("2021-03-04-c.txt", "Le Hezbollah a nié avoir rencontré Saad Hariri à Beyrouth.\n"),
        ],
    );
    let graph = path(&dir.path().join("g"));
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    let lines = ok(&["compare", &graph, "Hezbollah", "--differ", "--json"]);
    let all: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(all.len(), 1, "{lines}");
    let h = &all[0];
    assert_eq!((h["articles"].as_u64(), h["independent"].as_u64()), (Some(3), Some(2)), "{h}");
    assert_eq!(h["disputed"], true);
    let said = ok(&["compare", &graph]);
    assert!(
        said.contains("≠ affirmed and denied") && said.contains("· copy ·") && said.contains("1 articles are copies"),
        "{said}"
    );
    let dot = ok(&["draw", &graph, "--lang", "en"]);
    assert!(dot.contains("articles tell it differently") && dot.matches('≠').count() > 1);
    let svg = ok(&["draw", &graph, "--lang", "en", "--format", "svg"]);
    assert!(svg.contains("articles tell it differently") && svg.matches('≠').count() > 1);
    assert_ne!(temoin(&["compare", &graph, "Personne de ce nom"]).status.code(), Some(0));
}

#[test]
fn questions_are_answered_for_people_and_for_scripts() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let json = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&ok(args)).expect("JSON") };
    let near = json(&["neighbours", &graph, "Liban", "--json"]);
    let labels: Vec<&str> =
        near["neighbours"].as_array().unwrap().iter().map(|n| n["entity"]["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"France") && labels.contains(&"Michel Aoun"), "{labels:?}");
    assert!(ok(&["neighbours", &graph, "Lebanon", "--lang", "en"]).contains("is head of state of Lebanon"));

    let way = json(&["path", &graph, "Emmanuel Macron", "Liban", "--json"]);
    let steps = way["steps"].as_array().unwrap();
    assert!(!steps.is_empty());
    let source = fs::read_to_string(articles().join(steps[0]["claim"]["source"].as_str().unwrap()));
    let sentence = steps[0]["claim"]["sentence"].as_str().unwrap();
    assert!(source.map_or(true, |s| s.contains(sentence)), "{sentence}");
    assert!(ok(&["path", &graph, "Emmanuel Macron", "Liban"]).contains(sentence));
    let apart = ok(&["path", &graph, "LVMH", "Ibrahim Boubacar Keïta"]);
    assert!(apart.starts_with("no way from LVMH to Ibrahim Boubacar Keïta along asserted claims"), "{apart}");
    assert_eq!(json(&["path", &graph, "LVMH", "Ibrahim Boubacar Keïta", "--json"])["steps"], serde_json::Value::Null);

    let line = json(&["timeline", &graph, "Ibrahim Boubacar Keïta", "--facts", "all", "--json"]);
    let days: Vec<&str> = line["dated"].as_array().unwrap().iter().map(|e| e["start"].as_str().unwrap()).collect();
    assert!(days.len() > 1 && days.is_sorted(), "{days:?}");
    let rank = json(&["rank", &graph, "--by", "betweenness", "--top", "3", "--json"]);
    assert_eq!(rank.as_array().unwrap().len(), 3);
    assert!(rank[0]["betweenness"].as_f64().unwrap() > 0.0);
    let groups = json(&["communities", &graph, "--json"]);
    assert!(groups["all"].as_u64().unwrap() > 5 && groups["groups"].as_array().unwrap().len() == 20, "{groups}");
    assert!(ok(&["communities", &graph, "--by", "components"]).contains("0 to others"));

    let unknown = temoin(&["neighbours", &graph, "Libam"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean « Liban »"));
    // One of two articles each; and two, once somebody says so.
    let one = temoin(&["timeline", &graph, "Hassan Diab"]);
    assert!(one.status.success() && one.stderr.is_empty(), "{}", String::from_utf8_lossy(&one.stderr));
    let file = path(&dir.path().join("mine.tsv"));
    fs::write(&file, "2031-01-02 split hassan-diab-56707da9 hassan-diab-896b5466\n").unwrap();
    let two = temoin(&["timeline", &graph, "Hassan Diab", "--decisions", &file]);
    assert!(two.status.success());
    assert!(String::from_utf8_lossy(&two.stderr).contains("it may also be ent:hassan-diab-"), "two of one name");
}

#[test]
fn svg_needs_no_other_program_and_says_what_it_leaves_out() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let file = path(&dir.path().join("graphe.svg"));
    let draw = |out: &[&str]| {
        let mut c = Command::new(TEMOIN);
        // No program can be found there.
        c.arg("draw").arg(&graph).args(out).env("PATH", dir.path()).stdin(Stdio::null()).output().unwrap()
    };
    let done = draw(&["--out", &file, "--title", "L'été à Beyrouth"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let svg = fs::read_to_string(&file).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("L'été à Beyrouth") && svg.contains("Résumé") && svg.contains("class=\"cluster\""));
    assert_eq!(svg.as_bytes(), draw(&["--format", "svg", "--title", "L'été à Beyrouth"]).stdout, "the same bytes");
    let png = draw(&["--format", "png"]);
    assert_eq!(png.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&png.stderr).contains("PNG needs Graphviz"));
}

#[test]
fn invariants_are_checked_and_a_graph_is_described() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    assert!(ok(&["check", &graph]).contains("all invariants hold"));
    assert_eq!(ok(&["check", &graph, "--json"]).trim(), "[]");
    assert!(ok(&["check", "--list"]).lines().count() >= 17);
    let own = dir.path().join("own");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("no_denial.rq"), "# Nothing is denied.\nSELECT ?where WHERE { ?where kg:status kg:Denied }")
        .unwrap();
    let found = temoin(&["check", &graph, "--queries", &path(&own)]);
    assert_eq!(found.status.code(), Some(1));
    let said = String::from_utf8_lossy(&found.stderr);
    assert!(said.contains("no_denial: claim:") && said.contains("Nothing is denied."), "{said}");
    fs::write(own.join("bad.rq"), "SELECT").unwrap();
    let bad = temoin(&["check", &graph, "--queries", &path(&own)]);
    assert_eq!(bad.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("bad: "));
    assert_eq!(temoin(&["check"]).status.code(), Some(2));
    let void = ok(&["describe", &graph, "--title", "Été 2020"]);
    assert!(void.contains("Été 2020") && void.contains("void:documents 9") && void.contains("2020-08-05"), "{void}");
}
