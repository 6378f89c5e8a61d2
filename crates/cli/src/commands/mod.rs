//! One module a command.

use crate::args::Vocabulary;
use crate::messages::{Failure, Outcome, Reporter, note};
use std::path::Path;
use temoin::Extractor;
use temoin::graph::identity::decisions::Rejected;
use temoin::graph::{Damaged, Graph, GraphFolder};
use temoin::{Diagnostic, Severity};

pub(crate) mod annotate;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod compact;
pub(crate) mod compare;
pub(crate) mod describe;
pub(crate) mod diff;
pub(crate) mod digest;
pub(crate) mod draw;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod identity;
pub(crate) mod merge;
pub(crate) mod output;
pub(crate) mod query;
pub(crate) mod relations;
pub(crate) mod remove;
pub(crate) mod reports;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod trace;
pub(crate) mod verify;

/// A graph folder in memory. A damaged segment is named, and makes the outcome a failure of some.
pub(crate) fn load(path: &Path) -> Result<(Graph, Outcome), Failure> {
    load_with(path, None)
}

/// As [`load`], with the decisions of another file than the graph's own. A line that is wrong is named as
/// a damaged segment is.
pub(crate) fn load_with(path: &Path, decisions: Option<&Path>) -> Result<(Graph, Outcome), Failure> {
    let graph = open(path, decisions)?.load().map_err(Failure::graph)?;
    let outcome = worst([report_damaged(graph.damaged()), report_rejected(&graph.identity().rejected)]);
    Ok((graph, outcome))
}

/// Says which of several entities of one name was taken.
pub(crate) fn note_namesakes<'a>(name: &str, chosen: &str, others: impl Iterator<Item = &'a str>) {
    let others: Vec<String> = others.take(5).map(|id| format!("ent:{id}")).collect();
    if !others.is_empty() {
        note(&format!("'{name}' is taken for ent:{chosen}; it may also be {}", others.join(", ")));
    }
}

/// A failure of some, if one of them is.
fn worst(outcomes: [Outcome; 2]) -> Outcome {
    if outcomes.contains(&Outcome::SomeFailed) { Outcome::SomeFailed } else { Outcome::Done }
}

fn open(path: &Path, decisions: Option<&Path>) -> Result<GraphFolder, Failure> {
    let folder = GraphFolder::open(path).map_err(Failure::graph)?;
    Ok(match decisions {
        Some(file) => folder.with_decisions(file),
        None => folder,
    })
}

/// Lines of the file of decisions that are wrong, and a warning for those that speak of articles that
/// this graph does not have.
fn report_rejected(rejected: &[Rejected]) -> Outcome {
    let mut reporter = Reporter::new(false);
    for r in rejected {
        let severity = if r.wrong { Severity::Error } else { Severity::Warning };
        reporter.report(&Diagnostic { severity, input: "decision not followed".into(), message: r.to_string() });
    }
    reporter.finish()
}

/// The built-in relations and entities with those of the user's files.
fn extractor(vocabulary: &Vocabulary) -> Result<Extractor, Failure> {
    temoin::vocabulary::extractor(&vocabulary.relations, &vocabulary.entities).map_err(Failure::Usage)
}

fn report_damaged(damaged: &[Damaged]) -> Outcome {
    let mut reporter = Reporter::new(false);
    for d in damaged {
        reporter.report(&Diagnostic {
            severity: Severity::Error,
            input: "damaged segment, left out".into(),
            message: d.to_string(),
        });
    }
    reporter.finish()
}
