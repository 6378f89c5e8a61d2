//! The binary is killed in the middle of its work, and starved of room. Whatever it was doing: no
//! article that it had reported as safe is lost, none that it had reported as removed comes back, no
//! article is there half or in two versions, the folder opens and verifies, and the same command run
//! again gives the bytes of a run that nobody disturbed.
//!
//! `TEMOIN_KILLS=N` chooses the number of kills (default 24) and tries all limits of room in place of
//! some; `TEMOIN_SEED=N` chooses the moments:
//! `TEMOIN_KILLS=300 cargo test -p temoin-cli --test crash -- --nocapture`.
//! `crates/graph/src/store/tests.rs` has the other half: every file operation failing in turn.
#![cfg(unix)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{TEMOIN, path, tree};
use temoin::graph::{GraphError, GraphFolder, verify::verify};

const ARTICLES: usize = 48;

/// The files of a folder; none where it is not there yet.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    if dir.exists() { tree(dir) } else { BTreeMap::new() }
}

fn put(files: &BTreeMap<String, Vec<u8>>, dir: &Path) {
    if dir.exists() {
        fs::remove_dir_all(dir).unwrap();
    }
    for (name, bytes) in files {
        let target = dir.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// Articles `from..to` in one file of JSON Lines; those of `anew` have another text.
fn articles(dir: &Path, name: &str, numbers: impl Iterator<Item = usize>, anew: impl Fn(usize) -> bool) -> String {
    let mut text = String::new();
    for i in numbers {
        let also = if anew(i) { " L'Allemagne a condamné la Hongrie." } else { "" };
        text.push_str(&format!(
            "{{\"id\":\"depeche-{i}\",\"lang\":\"fr\",\"date\":\"2024-03-05\",\
             \"text\":\"La France a critiqué la Russie {i} fois.{also}\"}}\n"
        ));
    }
    let file = dir.join(name);
    fs::write(&file, text).unwrap();
    path(&file)
}

/// A command that changes a graph, from a folder as it was before to one as it is when nobody
/// disturbs it.
struct Scenario {
    name: &'static str,
    before: BTreeMap<String, Vec<u8>>,
    args: Vec<String>,
    after: BTreeMap<String, Vec<u8>>,
    time: Duration,
}

fn command(graph: &Path, args: &[String]) -> Command {
    let mut c = Command::new(TEMOIN);
    c.args(args.iter().map(|a| if a == "GRAPH" { path(graph) } else { a.clone() })).stdin(Stdio::null());
    c
}

fn run(graph: &Path, args: &[&str]) {
    let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
    let o = command(graph, &args).output().unwrap();
    assert!(o.status.success(), "{args:?}: {}", String::from_utf8_lossy(&o.stderr));
}

impl Scenario {
    fn new(name: &'static str, dir: &Path, prepare: impl Fn(&Path), args: &[&str]) -> Self {
        let graph = dir.join(format!("{name}-whole"));
        prepare(&graph);
        let before = files(&graph);
        let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
        let start = Instant::now();
        let o = command(&graph, &args).output().unwrap();
        let time = start.elapsed();
        assert!(o.status.success(), "{name}: {}", String::from_utf8_lossy(&o.stderr));
        Scenario { name, before, args, after: files(&graph), time }
    }
}

/// The five kinds of change.
fn scenarios(dir: &Path) -> Vec<Scenario> {
    let all = articles(dir, "all.jsonl", 0..ARTICLES, |_| false);
    let more = articles(dir, "more.jsonl", ARTICLES..ARTICLES + 4, |_| false);
    let anew = articles(dir, "anew.jsonl", 0..ARTICLES, |i| i % 3 != 0);
    let build = |g: &Path, file: &str| run(g, &["build", file, "--quiet", "--out", "GRAPH"]);
    // Compacted, and some articles beside.
    let mixed = |g: &Path| {
        build(g, &all);
        run(g, &["compact", "GRAPH"]);
        build(g, &more);
    };
    let mut remove = vec!["remove".to_owned(), "GRAPH".into(), "--json".into()];
    remove.extend((0..ARTICLES + 4).filter(|i| i % 4 == 1).map(|i| format!("depeche-{i}")));
    let remove: Vec<&str> = remove.iter().map(String::as_str).collect();
    let replace = ["build", &anew, "--replace", "--json", "--quiet", "--out", "GRAPH"];
    vec![
        Scenario::new("build", dir, |_| {}, &["build", &all, "--json", "--quiet", "--out", "GRAPH"]),
        Scenario::new("compact", dir, |g| build(g, &all), &["compact", "GRAPH"]),
        Scenario::new("remove", dir, mixed, &remove),
        Scenario::new("replace", dir, |g| build(g, &all), &replace),
        Scenario::new("compact-again", dir, mixed, &["compact", "GRAPH"]),
        Scenario::new("replace-compacted", dir, mixed, &replace),
    ]
}

/// What the runs of one folder have reported.
#[derive(Debug, Default)]
struct Reported {
    safe: BTreeSet<String>,
    removed: BTreeSet<String>,
}

impl Reported {
    /// Takes whole lines only: the end of a line is when the report is made.
    fn read(&mut self, out: &[u8]) {
        let whole = out.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        for line in out[..whole].split(|b| *b == b'\n') {
            let Ok(v) = serde_json::from_slice::<serde_json::Value>(line) else { continue };
            if let Some(id) = v["article"].as_str() {
                self.safe.insert(id.to_owned());
            }
            if let Some(id) = v["removed"].as_str() {
                self.removed.insert(id.to_owned());
            }
        }
    }
}

/// Documents by name; what must hold of any folder is asserted.
fn look(graph: &Path, place: &str) -> BTreeMap<String, String> {
    let folder = match GraphFolder::open(graph) {
        Ok(f) => f,
        Err(GraphError::Missing { .. }) => return BTreeMap::new(),
        Err(e) => panic!("{place}: {e}"),
    };
    let report = verify(&folder).unwrap();
    assert!(report.is_ok(), "{place}: {report:?}");
    let articles = folder.articles();
    assert_eq!(report.documents as usize, articles.len(), "{place}: not what the index says");
    let mut names = BTreeMap::new();
    for a in articles {
        let other = names.insert(a.name.clone(), a.id);
        assert!(other.is_none(), "{place}: two versions of {}", a.name);
    }
    names
}

fn check(s: &Scenario, graph: &Path, reported: &Reported, place: &str) {
    let names = look(graph, place);
    let ids: BTreeSet<String> = names.values().cloned().collect();
    assert!(reported.safe.is_subset(&ids), "{place}: lost {:?}", reported.safe.difference(&ids));
    assert!(reported.removed.is_disjoint(&ids), "{place}: back {:?}", reported.removed.intersection(&ids));
    // Compacting and replacing never make a name vanish, whatever the moment.
    if s.name != "build" && s.name != "remove" {
        assert!(names.len() >= ARTICLES, "{place}: {} articles", names.len());
    }
}

/// Runs the command to its end and compares bytes.
fn finish(s: &Scenario, graph: &Path, place: &str) {
    let o = command(graph, &s.args).output().unwrap();
    let err = String::from_utf8_lossy(&o.stderr);
    // A removal that was complete is named as unknown the second time.
    let done = o.status.success() || (s.name == "remove" && err.contains("no article has the name"));
    assert!(done, "{place}: {}: {err}", o.status);
    let (found, expected) = (files(graph), &s.after);
    assert!(found.keys().eq(expected.keys()), "{place}: {:?}\n{:?}", found.keys(), expected.keys());
    assert!(found == *expected, "{place}: other bytes");
}

/// Numbers that look random and are the same in every run (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n.max(1)
    }
}

/// Starts the command and kills it: after some time, or a moment after its first lines.
fn kill(s: &Scenario, graph: &Path, random: &mut Random, reported: &mut Reported) -> bool {
    let mut child = command(graph, &s.args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut out = Vec::new();
    if random.below(2) == 0 {
        let micros = random.below(s.time.as_micros() as u64 * 11 / 10);
        std::thread::sleep(Duration::from_micros(micros));
    } else {
        // Most of a run is the start of the program; this hits what comes after.
        let mut some = vec![0; 1 + random.below(3000) as usize];
        let n = stdout.read(&mut some).unwrap();
        out.extend_from_slice(&some[..n]);
        std::thread::sleep(Duration::from_micros(random.below(8000)));
    }
    child.kill().unwrap();
    stdout.read_to_end(&mut out).unwrap();
    let killed = child.wait().unwrap().signal() == Some(9);
    reported.read(&out);
    killed
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn killed_at_any_moment_it_loses_nothing_and_ends_with_the_same_bytes() {
    let (wanted, seed) = (number("TEMOIN_KILLS", 24), number("TEMOIN_SEED", 2024));
    let dir = tempfile::tempdir().unwrap();
    let scenarios = scenarios(dir.path());
    let graph = dir.path().join("g");
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut kills, mut rounds, mut amid) = (0, 0usize, 0);
    while kills < wanted {
        let s = &scenarios[rounds % scenarios.len()];
        rounds += 1;
        put(&s.before, &graph);
        let mut reported = Reported::default();
        let mut fresh = true;
        for _ in 0..=random.below(3) {
            kills += u64::from(kill(s, &graph, &mut random, &mut reported));
            check(s, &graph, &reported, &format!("{} (seed {seed}, round {rounds})", s.name));
            let now = files(&graph);
            amid += u64::from(fresh && now != s.before && now != s.after);
            fresh = now == s.before;
        }
        finish(s, &graph, &format!("{} (seed {seed}, round {rounds}), finished", s.name));
    }
    println!("{kills} kills in {rounds} rounds, {amid} left a folder that was neither the old nor the new one");
    assert!(amid > 0, "no kill fell into the work");
}

/// Whether there is time to try everything.
fn is_long() -> bool {
    std::env::var_os("TEMOIN_KILLS").is_some()
}

/// Runs the command in a shell with a limit on the size of files, in 512 bytes; `trap` makes it an error
/// in place of a signal.
fn limited(s: &Scenario, graph: &Path, blocks: u64, trap: bool) -> std::process::Output {
    let script = format!("{}ulimit -f {blocks}; exec \"$0\" \"$@\"", if trap { "trap '' XFSZ; " } else { "" });
    let inner = command(graph, &s.args);
    Command::new("sh").arg("-c").arg(script).arg(inner.get_program()).args(inner.get_args()).output().unwrap()
}

#[test]
fn files_that_may_not_grow_stop_the_work_and_cost_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let graph = dir.path().join("g");
    let mut stopped = 0;
    for s in scenarios(dir.path()) {
        let limits: &[u64] = if is_long() { &[0, 1, 2, 3, 5, 9, 17, 33, 65, 129] } else { &[0, 2, 17, 65] };
        for &blocks in limits {
            for trap in if is_long() || blocks == 2 { vec![true, false] } else { vec![true] } {
                put(&s.before, &graph);
                let o = limited(&s, &graph, blocks, trap);
                let place = format!("{}, files of {blocks} blocks", s.name);
                let err = String::from_utf8_lossy(&o.stderr);
                let mut reported = Reported::default();
                reported.read(&o.stdout);
                check(&s, &graph, &reported, &place);
                if !o.status.success() {
                    stopped += 1;
                    let said = err.contains("cannot write") && err.contains("make room");
                    assert!(!trap || (o.status.code() == Some(1) && said), "{place}: {} {err}", o.status);
                }
                finish(&s, &graph, &place);
            }
        }
    }
    assert!(stopped > 10, "{stopped} runs were stopped");
}

/// Runs the command on a copy of the folder in a file system of `kilobytes`, and brings the folder back.
fn on_a_small_disk(s: &Scenario, graph: &Path, disk: &Path, kilobytes: u64) -> Option<std::process::Output> {
    let script = "mount -t tmpfs -o size=$1k,mode=700 tmpfs \"$2\" || exit 77
        if [ -d \"$3\" ]; then cp -r \"$3\" \"$2/g\" || exit 78; rm -r \"$3\"; fi
        back=$3; small=$2/g; shift 3; \"$@\"; code=$?
        if [ -d \"$small\" ]; then cp -r \"$small\" \"$back\"; fi; exit $code";
    let inner = command(&disk.join("g"), &s.args);
    let o = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, "sh", &kilobytes.to_string(), &path(disk), &path(graph)])
        .arg(inner.get_program())
        .args(inner.get_args())
        .output()
        .ok()?;
    // 78: the folder as it was does not fit.
    (o.status.code() != Some(78)).then_some(o)
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_the_work_and_costs_nothing() {
    let probe = Command::new("unshare").args(["-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]).output();
    if !probe.is_ok_and(|o| o.status.success()) {
        println!("skipped: this system lets nobody mount a small file system (unshare -rm, tmpfs)");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let (graph, disk): (PathBuf, PathBuf) = (dir.path().join("g"), dir.path().join("disk"));
    fs::create_dir(&disk).unwrap();
    let mut full = 0;
    for s in scenarios(dir.path()) {
        let pages =
            |files: &BTreeMap<String, Vec<u8>>| files.values().map(|b| b.len().div_ceil(4096) as u64 * 4).sum::<u64>();
        let (before, after) = (pages(&s.before), pages(&s.after));
        let steps: &[u64] = if is_long() { &[0, 4, 8, 16, 32, 64, 96, 128] } else { &[0, 8, 32, 96] };
        for room in steps.iter().copied().filter(|r| before.max(4) + r < before + after + 64) {
            put(&s.before, &graph);
            let Some(o) = on_a_small_disk(&s, &graph, &disk, before.max(4) + room) else { continue };
            let place = format!("{}, {room} kB left", s.name);
            let err = String::from_utf8_lossy(&o.stderr);
            assert_ne!(o.status.code(), Some(77), "{place}: {err}");
            let mut reported = Reported::default();
            reported.read(&o.stdout);
            check(&s, &graph, &reported, &place);
            if !o.status.success() {
                full += 1;
                assert_eq!(o.status.code(), Some(1), "{place}: {err}");
                assert!(err.contains("No space left") && err.contains("make room"), "{place}: {err}");
            }
            finish(&s, &graph, &place);
        }
    }
    println!("{full} runs came to the end of the disk");
    assert!(full > 10, "{full} runs came to the end of the disk");
}
