//! `temoin-train results`: the page of results, written by measuring and not by hand.

pub mod table;

use crate::gold::{self, Gold};
use crate::names::score as names;
use crate::{conll, scoring};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use table::Table;
use temoin_language::Annotator;
use temoin_language::names::NameTagger;
use temoin_model::{Lang, NameKind};

/// Write the tables of scores, sizes and speed.
///
/// The models are those that the program embeds.
#[derive(Debug, Args)]
pub struct Results {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: Option<PathBuf>,
    /// Page to write
    #[arg(long, default_value = "docs/RESULTS.md")]
    out: PathBuf,
    /// Folder of the model files, for their sizes and the time that they take to load
    #[arg(long, default_value = "data/models")]
    models: PathBuf,
    /// Table of speeds that the benchmark wrote (tab-separated); left out when it is not there
    #[arg(long, default_value = "docs/speed.tsv")]
    speed: PathBuf,
}

/// A line of `sets.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Set {
    lang: Lang,
    trees: bool,
    title: String,
    path: String,
}

/// A line of `peers.tsv`.
#[derive(Clone, Debug, PartialEq)]
struct Peer {
    set: String,
    how: String,
    system: String,
    figures: BTreeMap<String, f64>,
    source: String,
}

fn rows(source: &str) -> impl Iterator<Item = Vec<&str>> {
    source.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

fn sets(source: &str) -> Result<Vec<Set>, String> {
    let one = |r: Vec<&str>| match r[..] {
        [lang, kind @ ("trees" | "names"), title, path] => {
            Ok(Set { lang: lang.parse()?, trees: kind == "trees", title: title.into(), path: path.into() })
        }
        _ => Err(format!("no gold file in '{}'", r.join(" "))),
    };
    rows(source).map(one).collect()
}

fn peers(source: &str) -> Result<Vec<Peer>, String> {
    let one = |r: Vec<&str>| {
        let [set, how, system, figures, origin] = r[..] else {
            return Err(format!("no figures in '{}'", r.join(" ")));
        };
        let figure = |f: &str| {
            let (name, value) = f.split_once('=').ok_or_else(|| format!("no metric in '{f}'"))?;
            Ok((name.to_owned(), value.parse().map_err(|e| format!("{f}: {e}"))?))
        };
        Ok(Peer {
            set: set.into(),
            how: how.into(),
            system: system.into(),
            figures: figures.split(' ').map(figure).collect::<Result<_, String>>()?,
            source: origin.into(),
        })
    };
    rows(source).map(one).collect()
}

/// Columns of the tables of trees; the first three only say something from raw text.
const METRICS: [&str; 8] = ["Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS"];

/// Name of our own rows.
const OURS: &str = "**Témoin**";

fn trees_table(set: &Set, how: &str, ours: &conll::Scores, peers: &[Peer]) -> String {
    let metrics = if how == "raw text" { &METRICS[..] } else { &METRICS[3..] };
    let mut table = Table::new(std::iter::once("F1").chain(metrics.iter().copied()));
    table.row(std::iter::once(OURS.to_owned()).chain(metrics.iter().map(|m| format!("{:.2}", ours.f1(m)))));
    add_peers(&mut table, set, how, metrics, peers);
    format!("{}, from {how}:\n\n{}", set.title, table.markdown())
}

fn add_peers(table: &mut Table, set: &Set, how: &str, metrics: &[&str], peers: &[Peer]) {
    for p in peers.iter().filter(|p| p.set == set.title && p.how == how) {
        let cell = |m: &&str| p.figures.get(*m).map_or_else(String::new, |f| format!("{f:.1}"));
        table.row(std::iter::once(format!("{}, {}", p.system, p.source)).chain(metrics.iter().map(cell)));
    }
}

fn names_table(set: &Set, [all, outer]: &[names::Scores; 2], peers: &[Peer]) -> String {
    let metrics = ["P+L+O", "Person", "Location", "Organization", "Event", "Product"];
    let mut table = Table::new(std::iter::once("F1").chain(metrics));
    for (how, scores) in [("all gold names", all), ("without names inside names", outer)] {
        let kinds = [NameKind::Person, NameKind::Location, NameKind::Organization, NameKind::Event, NameKind::Product];
        let cell = |c: names::Counts| if c.gold == 0 { String::new() } else { format!("{:.2}", c.percent()[2]) };
        let cells = std::iter::once(scores.main()).chain(kinds.map(|k| scores.kind(k))).map(cell);
        table.row(std::iter::once(format!("{OURS}, {how}")).chain(cells));
    }
    add_peers(&mut table, set, "names", &metrics, peers);
    format!("{}, names from raw text:\n\n{}", set.title, table.markdown())
}

/// The part of the page about one gold file, or why there is none.
fn section(set: &Set, annotator: &Annotator, corpora: Option<&Path>, peers: &[Peer]) -> Result<String, String> {
    let able = if set.trees { annotator.is_trained() } else { annotator.finds_names() };
    if !able {
        return Ok(format!("{}: no model of this language yet.\n", set.title));
    }
    let Some(path) = corpora.map(|c| c.join(&set.path)).filter(|p| p.exists()) else {
        return Ok(format!("{}: skipped, the corpus is not there ({}).\n", set.title, set.path));
    };
    match gold::read(&path, set.lang)? {
        Gold::Trees(doc) => {
            let [tokens, raw] = scoring::trees(annotator, &doc)?;
            let (tokens, raw) =
                (trees_table(set, "gold tokens", &tokens, peers), trees_table(set, "raw text", &raw, peers));
            Ok(format!("{tokens}\n{raw}"))
        }
        Gold::Names(articles) => Ok(names_table(set, &scoring::names(annotator, &articles), peers)),
    }
}

/// Sizes of the model files, and what the analysis and the names of each language take to load.
fn sizes(folder: &Path, names_ms: &BTreeMap<String, f64>) -> Result<String, String> {
    let said = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).map_err(said)?.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|x| x == "model"));
    paths.sort();
    let mut table = Table::new(["model file", "size, MB", "loads in, ms"]);
    for path in paths {
        let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let load = match file.split('.').collect::<Vec<_>>()[..] {
            [lang, "analysis", _] => Some(analysis_ms(lang.parse()?, &bytes)?),
            [lang, ..] => names_ms.get(lang).copied(),
            [] => None,
        };
        let size = format!("{:.2}", bytes.len() as f64 / 1e6);
        table.row([format!("`{file}`"), size, load.map_or_else(String::new, |ms| format!("{ms:.0}"))]);
    }
    Ok(table.markdown())
}

/// Best of three, so that other work on the machine does not count.
fn analysis_ms(lang: Lang, bytes: &[u8]) -> Result<f64, String> {
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let start = Instant::now();
        let annotator = Annotator::from_bytes(lang, bytes).map_err(|e| format!("{lang}: {e}"))?;
        best = best.min(1000.0 * start.elapsed().as_secs_f64());
        drop(annotator);
    }
    Ok(best)
}

/// What stands above the tables.
const METHOD: &str = "\
Written by `temoin-train results --corpora DIR`; not edited by hand. The models are those that the program embeds. \
Trees are scored by the rules of the CoNLL 2018 shared task (`crates/train/src/conll.rs`): F1 of tokens, sentences \
and words, aligned by characters without blanks; tags, universal features, lemmas, heads and labels (without \
subtypes) of aligned words. *From gold tokens*: words and sentences of the gold file are given; *from raw text*: only \
its text is. A name is right when its characters and its kind are exactly those of the gold file; P+L+O is Person, \
Location and Organization together. Names are flat: of names inside names only the outer ones can be found, so they \
are counted both with and without the inner ones. Nothing is trained or tuned on these files. Figures of other \
systems stand in `crates/train/src/results/peers.tsv` with their source; our own models are trained on more corpora, \
which the model cards in `data/models` list.\n";

impl Results {
    /// Measures and writes the page.
    ///
    /// # Errors
    /// When a corpus that is there cannot be read, or the page cannot be written.
    pub fn run(&self) -> Result<(), String> {
        if self.corpora.is_none() {
            eprintln!("skipped: scores (no --corpora and no TEMOIN_CORPORA)");
        }
        // Names first: the analysis takes the built-in ones with it, and each is timed by itself.
        let mut names_ms = BTreeMap::new();
        for lang in [Lang::Fr, Lang::En] {
            let start = Instant::now();
            if NameTagger::builtin(lang).is_some() {
                names_ms.insert(lang.to_string(), 1000.0 * start.elapsed().as_secs_f64());
            }
        }
        let page = self.page(&names_ms)?;
        fs::write(&self.out, page).map_err(|e| format!("{}: {e}", self.out.display()))
    }

    fn page(&self, names_ms: &BTreeMap<String, f64>) -> Result<String, String> {
        let sets = sets(include_str!("sets.tsv"))?;
        let peers = peers(include_str!("peers.tsv"))?;
        let mut out = format!("# Results\n\n{METHOD}");
        for (lang, name) in [(Lang::Fr, "French"), (Lang::En, "English")] {
            out.push_str(&format!("\n## {name}\n"));
            let annotator = Annotator::builtin(lang);
            for set in sets.iter().filter(|s| s.lang == lang) {
                eprintln!("{}", set.title);
                out.push('\n');
                out.push_str(&section(set, &annotator, self.corpora.as_deref(), &peers)?);
            }
        }
        out.push_str("\n## Model files\n\n");
        out.push_str(&sizes(&self.models, names_ms)?);
        out.push_str("\nThe time for names includes their word lists; each is the time of one thread.\n");
        if let Some((notes, table)) = fs::read_to_string(&self.speed).ok().as_deref().and_then(speed) {
            out.push_str(&format!("\n## Speed and memory\n\n{notes}\n{table}"));
        }
        Ok(out)
    }
}

/// The notes (lines that begin with `#`) and the tables of the benchmark's file: lines of kind,
/// name, value, note, where of the kind `speed` the value is words a second and the note how many
/// times faster this project is.
fn speed(source: &str) -> Option<(String, String)> {
    let mut speeds = Table::new(["program", "words a second", "Témoin is faster by"]);
    let mut others = Table::new(["measured", "value", ""]);
    let mut any = false;
    for r in rows(source) {
        let [kind, name, value, ..] = r[..] else { continue };
        let note = r.get(3).copied().unwrap_or_default();
        any = true;
        match kind {
            "speed" => speeds.row([name.to_owned(), value.to_owned(), format!("{note} ×")]),
            "setting" => others.row([name, value, note]),
            _ => others.row([&format!("{kind}: {name}"), value, note]),
        }
    }
    let notes = source.lines().filter_map(|l| l.strip_prefix('#')).map(|l| format!("{}\n", l.trim())).collect();
    any.then(|| (notes, format!("{}\n{}", speeds.markdown(), others.markdown())))
}

#[cfg(test)]
mod tests;
