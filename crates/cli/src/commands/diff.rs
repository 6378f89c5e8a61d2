//! `temoin diff`: what changed between two graphs.

use super::load;
use crate::messages::{Failure, Outcome, Result, plain};
use anstyle::{AnsiColor, Style};
use clap::Args;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use temoin::Status;
use temoin::graph::diff::{Diff as Changes, Fact, Snapshot};

const GAINED: Style = AnsiColor::Green.on_default();
const LOST: Style = AnsiColor::Red.on_default();
const CHANGED: Style = AnsiColor::Yellow.on_default();

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin diff last-week this-week
  temoin diff old new --json |
    jq -r '.changed[] | [.subject.label, .relation, .object.label] | @tsv'

A fact is what claims say alike: who, the relation, whom or what, how many, when, where. It is gained
or lost if only one graph has a claim that says it, changed if its claims have other statuses (asserted,
denied …), of other entities if a claim of both was taken for somebody else's (see 'temoin identity').
Entities without a name are compared by their words within the article of the same name.")]
pub(crate) struct Diff {
    /// Graph folder of before
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Graph folder of now
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Language of relation names
    #[arg(long, value_name = "LANG", value_parser = ["fr", "en"], default_value = "fr")]
    lang: String,
}

pub(crate) fn run(args: &Diff) -> Result {
    let (old, one) = snapshot(&args.old)?;
    let (new, two) = snapshot(&args.new)?;
    let changes = old.diff(&new);
    if args.json {
        let line = serde_json::to_string(&changes).map_err(Failure::work)?;
        writeln!(io::stdout(), "{line}").map_err(|e| Failure::output(&e))?;
    } else {
        let mut out = BufWriter::new(anstream::stdout().lock());
        text(&mut out, &changes, &args.lang).and_then(|()| out.flush()).map_err(|e| Failure::output(&e))?;
    }
    Ok(if one == Outcome::Done { two } else { one })
}

/// The facts of a graph, which is dropped before the next one is read.
fn snapshot(path: &Path) -> std::result::Result<(Snapshot, Outcome), Failure> {
    let (graph, outcome) = load(path)?;
    Ok((Snapshot::new(&graph), outcome))
}

fn text(out: &mut impl Write, d: &Changes, lang: &str) -> io::Result<()> {
    writeln!(
        out,
        "articles: {} added, {} removed, {} with a new text, {} described otherwise",
        d.articles_added.len(),
        d.articles_removed.len(),
        d.articles_replaced.len(),
        d.articles_described.len()
    )?;
    for a in &d.articles_added {
        writeln!(out, "{GAINED}+ {} ({}){GAINED:#}", plain(&a.name), a.id)?;
    }
    for a in &d.articles_removed {
        writeln!(out, "{LOST}- {} ({}){LOST:#}", plain(&a.name), a.id)?;
    }
    for a in &d.articles_replaced {
        writeln!(out, "{CHANGED}~ {} ({} → {}){CHANGED:#}", plain(&a.name), a.before, a.after)?;
    }
    for a in &d.articles_described {
        let change = |(field, before, now): (&str, String, String)| format!("{field}: « {before} » → « {now} »");
        let changes = a.now.changes(&a.before).map(change).collect::<Vec<_>>().join(", ");
        writeln!(
            out,
            "{CHANGED}~ {} ({}): {}{CHANGED:#}",
            plain(&a.now.name),
            a.id,
            plain(&changes).replace('\n', " ")
        )?;
    }
    writeln!(
        out,
        "facts: {} before, {} now: {} gained, {} lost, {} with another status, {} of other entities",
        d.facts_before,
        d.facts_after,
        d.gained.len(),
        d.lost.len(),
        d.changed.len(),
        d.reassigned.len()
    )?;
    for f in &d.gained {
        writeln!(out, "{GAINED}+ {}{GAINED:#}", fact(f, lang, &statuses(&f.statuses)))?;
    }
    for f in &d.lost {
        writeln!(out, "{LOST}- {}{LOST:#}", fact(f, lang, &statuses(&f.statuses)))?;
    }
    for c in &d.changed {
        let status = format!("{} → {}", statuses(&c.statuses_before), statuses(&c.now.statuses));
        writeln!(out, "{CHANGED}~ {}{CHANGED:#}", fact(&c.now, lang, &status))?;
    }
    for r in &d.reassigned {
        let was = fact(&r.before, lang, &entities(&r.before));
        writeln!(out, "{CHANGED}~ {} (was {was}){CHANGED:#}", fact(&r.now, lang, &entities(&r.now)))?;
    }
    Ok(())
}

/// The identifiers of the participants, for labels may be the same.
fn entities(f: &Fact) -> String {
    let all = f.subject.iter().chain(&f.object).chain(&f.places).filter_map(|p| p.id.as_deref());
    all.map(|id| format!("ent:{id}")).collect::<Vec<_>>().join(", ")
}

fn statuses(all: &BTreeSet<Status>) -> String {
    all.iter().map(|s| format!("{s:?}").to_lowercase()).collect::<Vec<_>>().join(", ")
}

/// A fact on one line, as the card of a claim has it.
fn fact(f: &Fact, lang: &str, status: &str) -> String {
    let relation = if lang == "en" { &f.relation_en } else { &f.relation_fr };
    let subject = f.subject.as_ref().map_or("?", |s| s.label.as_str());
    let object = f.object.as_ref().map(|o| format!(" {}", o.label)).unwrap_or_default();
    let mut parts = vec![format!("{subject} {relation}{object}")];
    parts.extend(f.count.clone());
    if !f.places.is_empty() {
        parts.push(format!("at {}", f.places.iter().map(|p| p.label.as_str()).collect::<Vec<_>>().join(", ")));
    }
    parts.extend(f.time.as_ref().map(|t| format!("when {t}")));
    parts.push(status.to_owned());
    parts.push(f.articles.iter().map(String::as_str).collect::<Vec<_>>().join(", "));
    plain(&parts.join(" · ")).replace('\n', " ")
}
