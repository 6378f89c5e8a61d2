//! The command line from outside: the binary is run on files, and what it prints, writes and
//! returns is looked at.

mod support;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::{TEMOIN, articles, example_graph, ok, path, temoin, tree};

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

/// One article comes and no end: Ctrl-C keeps what came, and a pipe in a folder is not waited for.
#[cfg(target_os = "linux")]
#[test]
fn waiting_for_input_can_be_interrupted() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("articles");
    fs::create_dir(&folder).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("pipe.txt")).status().unwrap().success());
    let graph = path(&dir.path().join("graph"));
    let o = temoin(&["build", &path(&folder), "--out", &graph]);
    assert_eq!(o.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&o.stderr).contains("pipe.txt: is left out: it is a pipe"));

    let mut build = Command::new(TEMOIN)
        .args(["build", "-", "--out", &graph, "--quiet"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = build.stdin.take().unwrap();
    input.write_all(b"{\"text\": \"La France a critiqu\\u00e9 la Russie.\", \"lang\": \"fr\"}\n").unwrap();
    let status = format!("/proc/{}/status", build.id());
    let catches = || {
        let text = fs::read_to_string(&status).unwrap();
        let mask = text.lines().find_map(|l| l.strip_prefix("SigCgt:")).unwrap().trim();
        u64::from_str_radix(mask, 16).unwrap() & 2 != 0
    };
    while !catches() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert!(Command::new("kill").args(["-INT", &build.id().to_string()]).status().unwrap().success());
    let o = build.wait_with_output().unwrap();
    assert_eq!(o.status.code(), Some(130), "{}", String::from_utf8_lossy(&o.stderr));
    drop(input);
    assert!(ok(&["query", &graph, "SELECT (COUNT(*) AS ?n) { ?d a kg:Document }", "--format", "csv"]).contains('1'));
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

/// What is to be copied is in one piece: in help of 80 columns, and in manual pages, where it is not filled.
#[test]
fn examples_can_be_copied() {
    let dir = tempfile::tempdir().unwrap();
    ok(&["man", "--out", &path(dir.path())]);
    let help = ok(&["help"]);
    let commands = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names = commands.filter_map(|l| l.strip_prefix("  ").filter(|l| !l.starts_with(' '))?.split(' ').next());
    for command in names.filter(|c| *c != "help") {
        let help = ok(&["help", command]);
        let page = fs::read_to_string(dir.path().join(format!("temoin-{command}.1"))).unwrap();
        let mut verbatim =
            page.split("\n.nf\n").skip(1).map(|p| p.split("\n.fi\n").next().unwrap()).collect::<String>();
        verbatim.retain(|c| c != '\\');
        // How the page spells an apostrophe.
        let verbatim = verbatim.replace("*(Aq", "'");
        for line in help.lines().skip_while(|l| *l != "Examples:").filter(|l| l.starts_with(' ')) {
            // Behind three blanks it is explained.
            let typed = line.trim().split("   ").next().unwrap();
            assert!(typed.chars().count() <= 76, "{command}: {typed}");
            assert!(verbatim.contains(&typed.replace('\\', "")), "{command}: {typed}\n{page}");
        }
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
fn a_trace_tells_why_for_every_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let article = dir.path().join("article.txt");
    fs::write(&article, "La police a arrêté Paul Durand à Lyon.\n\nQuel temps magnifique.\n\nAttentat à Lyon.\n")
        .unwrap();
    let trace = |more: &[&str]| -> Vec<serde_json::Value> {
        let file = path(&article);
        let args = ["extract", &file, "--lang", "fr", "--date", "2024-03-05", "--trace", "--quiet"];
        let out = ok(&[&args[..], more].concat());
        out.lines().map(|l| serde_json::from_str(l).expect("a line is JSON")).collect()
    };
    let [arrest, weather, attack] = &trace(&[])[..] else { panic!("a line for each sentence") };
    let claim = &arrest["claims"][0];
    assert_eq!(claim["predicate"], "arrested", "{arrest}");
    assert!(claim["rule"].as_str().unwrap().starts_with("arrested.fr"), "{claim}");
    assert_eq!([&claim["trigger"]["text"], &claim["object"]["text"]], ["arrêté", "Paul Durand"]);
    assert_eq!(weather["no_trigger"], true, "{weather}");
    assert_eq!(attack["no_trigger"], false, "{attack}");
    assert_eq!([&attack["rejected"][0]["trigger"]["text"], &attack["rejected"][0]["why"]], ["Attentat", "no object"]);

    let cut = &trace(&["--min-confidence", "0.95"])[0];
    assert!(cut["claims"].as_array().unwrap().is_empty(), "{cut}");
    assert_eq!(cut["below_confidence"][0]["predicate"], "arrested", "{cut}");
}

#[test]
fn shells_and_man_know_every_command() {
    let help = ok(&["help"]);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|l| !l.starts_with("Commands:"))
        .skip(1)
        .take_while(|l| !l.is_empty())
        // Long lines are wrapped and go on further in.
        .filter_map(|l| l.strip_prefix("  ").filter(|l| !l.starts_with(' '))?.split_whitespace().next())
        .filter(|c| *c != "help")
        .collect();
    assert!(commands.len() > 20, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = ok(&["completions", shell]);
        for c in &commands {
            assert!(script.contains(c), "{shell}: {c}");
        }
    }
    assert!(ok(&["man"]).contains(".TH temoin 1"));
    let dir = tempfile::tempdir().unwrap();
    ok(&["man", "--out", &path(&dir.path().join("man1"))]);
    for c in &commands {
        assert!(dir.path().join("man1").join(format!("temoin-{c}.1")).is_file(), "{c}");
    }
}
