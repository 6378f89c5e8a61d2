//! `temoin identity`: who is who across articles, and the decisions of people.

use super::{load_with, open, report_rejected};
use crate::messages::{Failure, Outcome, Result, counted, plain};
use clap::{Args, Subcommand};
use std::io::{self, Write};
use std::path::PathBuf;
use temoin::Date;
use temoin::graph::identity::decisions::{Decision, Decisions, Reference, Rejected, Verdict, today};
use temoin::graph::identity::{Record, Side, State};
use temoin::graph::{Graph, GraphFolder};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin identity list graph                        which names are one entity, and why
  temoin identity review graph                      what is likely, and how to decide it
  temoin identity merge graph petit-1a2b3c4d.0123456789abcdef \\
    jean-petit-99aa88bb --note 'same mayor'
  temoin identity split graph georgia.0123456789abcdef georgia
  temoin identity undo graph georgia.0123456789abcdef georgia

An entity is named by its identifier in the articles, by a label that only one entity has, or as
IDENTIFIER.ARTICLE for one article alone. Decisions are lines of GRAPH/identity.tsv, a text file that you
may edit, comment and keep under version control; the last line on a pair is in force.")]
pub(crate) struct Identity {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print the entities that go by several names or identifiers, and the decisions behind them
    List(Listing),
    /// Print the pairs that are likely one entity, for a person to decide
    Review(Listing),
    /// Decide that two entities are one
    Merge(Pair),
    /// Decide that two entities are two; * in place of the second: in each article another one
    Split(Pair),
    /// Take back what was decided on two entities
    Undo(Pair),
}

/// The graph, and where its decisions are.
#[derive(Debug, Args)]
struct Source {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// File of decisions in place of identity.tsv in the graph folder
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
}

impl Source {
    fn load(&self) -> std::result::Result<(Graph, Outcome), Failure> {
        load_with(&self.graph, self.decisions.as_deref())
    }
}

#[derive(Debug, Args)]
struct Listing {
    #[command(flatten)]
    source: Source,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Pair {
    #[command(flatten)]
    source: Source,
    /// Entity: identifier, IDENTIFIER.ARTICLE, or a label that only one entity has
    #[arg(value_name = "ENTITY")]
    one: String,
    /// The other entity
    #[arg(value_name = "ENTITY")]
    other: String,
    /// Why, for whoever reads the file
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Day of the decision; today where it is not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

pub(crate) fn run(args: &Identity) -> Result {
    match &args.action {
        Action::List(l) => list(l),
        Action::Review(l) => review(l),
        Action::Merge(p) => decide(p, Verdict::Merge),
        Action::Split(p) => decide(p, Verdict::Split),
        Action::Undo(p) => decide(p, Verdict::Undo),
    }
}

fn list(args: &Listing) -> Result {
    let (graph, outcome) = args.source.load()?;
    let report = graph.identity();
    let kept = || report.records.iter().filter(|r| r.state != State::Suggested);
    let mut out = anstream::stdout().lock();
    let done = if args.json { json(&mut out, kept()) } else { text(&mut out, &graph, &kept().collect::<Vec<_>>()) };
    done.map_err(|e| Failure::output(&e))?;
    Ok(outcome)
}

fn json<'a>(out: &mut impl Write, records: impl Iterator<Item = &'a Record>) -> io::Result<()> {
    for r in records {
        writeln!(out, "{}", serde_json::to_string(r)?)?;
    }
    Ok(())
}

fn text(out: &mut impl Write, graph: &Graph, records: &[&Record]) -> io::Result<()> {
    for r in records {
        let [a, b] = &r.pair;
        let word = match r.state {
            State::Split => "is not",
            State::Undone => "undecided with",
            _ => "is",
        };
        let force = if r.in_force { "" } else { " · not in force" };
        writeln!(out, "{} {word} {}", named(a), named(b))?;
        writeln!(out, "    {}{force}", plain(&why(r)))?;
    }
    let suggested = graph.identity().records.iter().filter(|r| r.state == State::Suggested).count();
    writeln!(out, "{}, {suggested} to review", counted(records.len(), "decision"))
}

fn named(s: &Side) -> String {
    match s.kind {
        Some(_) => format!("{} ({})", plain(&s.label), s.reference),
        None => plain(&s.reference),
    }
}

fn why(r: &Record) -> String {
    let mut parts = vec![match r.line {
        Some(l) => format!("line {l}"),
        None => format!("{:.3}: {}", r.score, r.method),
    }];
    parts.extend(r.date.map(|d| d.to_string()));
    if !r.note.is_empty() {
        parts.push(r.note.clone());
    }
    parts.join(" · ")
}

fn review(args: &Listing) -> Result {
    let (graph, outcome) = args.source.load()?;
    let suggested: Vec<&Record> = graph.identity().records.iter().filter(|r| r.state == State::Suggested).collect();
    let mut out = anstream::stdout().lock();
    let done =
        if args.json { json(&mut out, suggested.into_iter()) } else { questions(&mut out, &graph, args, &suggested) };
    done.map_err(|e| Failure::output(&e))?;
    Ok(outcome)
}

/// Each pair with a sentence of either side and the commands that decide it.
fn questions(out: &mut impl Write, graph: &Graph, args: &Listing, suggested: &[&Record]) -> io::Result<()> {
    let folder = plain(&args.source.graph.display().to_string());
    for r in suggested {
        let [a, b] = &r.pair;
        writeln!(out, "{} = {}?  {:.2}: {}", plain(&a.label), plain(&b.label), r.score, r.method)?;
        for s in [a, b] {
            let articles =
                if s.articles > 1 { format!(" and {} more articles", s.articles - 1) } else { String::new() };
            let (name, words) = graph.identity_context(s).unwrap_or_default();
            writeln!(out, "  {}: {}{articles}", s.reference, plain(&name))?;
            if !words.is_empty() {
                writeln!(out, "    « {} »", plain(&words))?;
            }
        }
        writeln!(out, "  temoin identity merge {folder} {} {}", a.reference, b.reference)?;
        writeln!(out, "  temoin identity split {folder} {} {}\n", a.reference, b.reference)?;
    }
    writeln!(out, "{} to review", suggested.len())
}

fn decide(args: &Pair, verdict: Verdict) -> Result {
    let folder = open(&args.source.graph, None)?;
    let folder = match &args.source.decisions {
        Some(file) => folder.with_new_decisions(file),
        None => folder,
    };
    let graph = folder.load().map_err(Failure::graph)?;
    let before = graph.identity().rejected.clone();
    report_rejected(&before);
    let pair = [reference(&graph, &args.one)?, reference(&graph, &args.other)?];
    let date = args.date.unwrap_or_else(today);
    let decision = Decision { line: 0, date, verdict, pair, note: args.note.clone() };
    let line = decision.to_line();
    check(&folder, &line)?;
    folder.decide(&decision).map_err(Failure::graph)?;
    let graph = folder.load().map_err(Failure::graph)?;
    let path = folder.decisions_path();
    let mut out = anstream::stdout().lock();
    let shown = line.trim_end().replace('\t', "  ");
    writeln!(out, "{}: {}", plain(&path.display().to_string()), plain(&shown)).map_err(|e| Failure::output(&e))?;
    // What the new line runs into, or makes others run into; the rest was named when the graph was loaded.
    let new: Vec<Rejected> = graph.identity().rejected.iter().filter(|r| !before.contains(r)).cloned().collect();
    Ok(report_rejected(&new))
}

/// Whether the line can be read again.
fn check(folder: &GraphFolder, line: &str) -> std::result::Result<(), Failure> {
    let read = Decisions::parse(&folder.decisions_path(), line);
    match read.rejected.first() {
        Some(r) => Err(Failure::Usage(format!("{}: {}", r.field, r.message))),
        None => Ok(()),
    }
}

fn reference(graph: &Graph, text: &str) -> std::result::Result<Reference, Failure> {
    graph.identity_reference(text).map_err(|e| Failure::Usage(e.to_string()))
}
