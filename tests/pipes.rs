//! Every command in a pipeline: no colours, JSON where it is asked for, standard input where articles or names go in.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use support::{TEMOIN, ok, path};

const TEXT: &str = "La ministre Claire Vasseur a accusé Orvane de corruption mardi à Lyon. Orvane a démenti. \
                    Le maire de Lyon a rencontré Claire Vasseur.";

/// Each command with arguments; `GRAPH`, `TEXT` and `OUT` stand for a graph, an article and a path that is free.
const COMMANDS: [&str; 26] = [
    "build TEXT --out OUT",
    "extract TEXT",
    "reports TEXT",
    "relations",
    "annotate TEXT",
    "query GRAPH 'SELECT * { ?s a kg:Claim }'",
    "show GRAPH Orvane",
    "neighbours GRAPH Orvane",
    "path GRAPH Orvane 'Claire Vasseur'",
    "timeline GRAPH Orvane",
    "rank GRAPH",
    "communities GRAPH",
    "draw GRAPH",
    "export GRAPH",
    "compare GRAPH",
    "identity list GRAPH",
    "verify GRAPH",
    "remove GRAPH nothing.txt",
    "compact GRAPH",
    "merge GRAPH --out OUT",
    "diff GRAPH GRAPH",
    "digest GRAPH",
    "check GRAPH",
    "describe GRAPH",
    "completions bash",
    "man",
];

/// The same with what makes them print JSON.
const JSON: [&str; 19] = [
    "build TEXT --out OUT --json",
    "extract TEXT --format jsonl",
    "reports TEXT --format jsonl",
    "relations --json",
    "query GRAPH 'SELECT * { ?s a kg:Claim }' --format json",
    "show GRAPH Orvane --json",
    "neighbours GRAPH Orvane --json",
    "path GRAPH Orvane 'Claire Vasseur' --json",
    "timeline GRAPH Orvane --json",
    "rank GRAPH --json",
    "communities GRAPH --json",
    "compare GRAPH --json",
    "identity list GRAPH --json",
    "verify GRAPH --json",
    "compact GRAPH --json",
    "merge GRAPH --out OUT --json",
    "diff GRAPH GRAPH --json",
    "digest GRAPH --json",
    "check GRAPH --json",
];

struct Place {
    dir: tempfile::TempDir,
    graph: String,
    text: String,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (text, graph) = (dir.path().join("2024-03-05-a.txt"), path(&dir.path().join("g")));
        fs::write(&text, TEXT).unwrap();
        ok(&["build", &path(&text), "--out", &graph, "--quiet"]);
        Place { text: path(&text), graph, dir }
    }

    fn run(&self, line: &str, variables: &[(&str, &str)]) -> Output {
        let out = path(&self.dir.path().join("new"));
        let _ = fs::remove_dir_all(&out);
        let mut args = Vec::new();
        // What stands in quotes is one argument.
        for (i, part) in line.split('\'').enumerate() {
            let words: Vec<&str> = if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
            args.extend(words.into_iter().map(|w| match w {
                "GRAPH" => self.graph.as_str(),
                "TEXT" => &self.text,
                "OUT" => &out,
                w => w,
            }));
        }
        let mut command = Command::new(TEMOIN);
        command.args(args).stdin(Stdio::null()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.envs(variables.iter().copied()).output().unwrap()
    }
}

fn coloured(o: &Output) -> bool {
    o.stdout.contains(&0x1b) || o.stderr.contains(&0x1b)
}

#[test]
fn no_command_writes_colours_into_a_pipe_or_where_they_are_not_wanted() {
    let place = Place::new();
    let help = ok(&["--help"]);
    let listed = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    // What goes on in the next line is indented further.
    let names = listed.filter_map(|l| l.strip_prefix("  ").filter(|l| !l.starts_with(' ')));
    let names = names.filter_map(|l| l.split_whitespace().next());
    let listed: BTreeSet<&str> = names.filter(|c| *c != "help").collect();
    let tried: BTreeSet<&str> = COMMANDS.iter().filter_map(|c| c.split_whitespace().next()).collect();
    assert_eq!(listed, tried, "a command is missing here");
    for line in COMMANDS {
        assert!(!coloured(&place.run(line, &[])), "{line}");
        assert!(!coloured(&place.run(line, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])), "{line} with NO_COLOR");
    }
    assert!(coloured(&place.run("show GRAPH Orvane", &[("CLICOLOR_FORCE", "1")])), "there are colours to leave out");
}

#[test]
fn json_is_json_in_every_line() {
    let place = Place::new();
    for line in JSON {
        let o = place.run(line, &[]);
        assert!(o.status.success(), "{line}: {}", String::from_utf8_lossy(&o.stderr));
        let out = String::from_utf8(o.stdout).unwrap();
        // A document of several lines, or one value a line.
        let whole = serde_json::from_str::<serde_json::Value>(&out).is_ok();
        let each = out.lines().all(|l| serde_json::from_str::<serde_json::Value>(l).is_ok());
        assert!(whole || each, "{line}: {out}");
        let empty = line.starts_with("compare") || line.starts_with("identity") || line.starts_with("reports");
        assert!(empty || !out.is_empty(), "{line}");
    }
    let card: serde_json::Value = serde_json::from_slice(&place.run("show GRAPH Orvane --json", &[]).stdout).unwrap();
    assert_eq!(card["groups"][0]["claims"][0]["status"], "asserted", "{card}");
}

#[test]
fn names_of_articles_to_remove_come_from_a_pipe() {
    let place = Place::new();
    let mut child = Command::new(TEMOIN)
        .args(["remove", &place.graph, "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"\n2024-03-05-a.txt\n").unwrap();
    let o = child.wait_with_output().unwrap();
    assert!(o.status.success());
    let said: serde_json::Value = serde_json::from_slice(&o.stdout).unwrap();
    assert_eq!(said["name"], "2024-03-05-a.txt");
    assert!(ok(&["verify", &place.graph]).contains("0 articles"));
}
