//! One module a command.

use crate::args::Vocabulary;
use crate::messages::{Failure, Outcome, Reporter};
use std::path::Path;
use temoin::Extractor;
use temoin::graph::identity::decisions::Rejected;
use temoin::graph::{Damaged, Graph, GraphFolder};
use temoin::{Diagnostic, Severity};

pub(crate) mod annotate;
pub(crate) mod build;
pub(crate) mod compare;
pub(crate) mod draw;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod identity;
pub(crate) mod output;
pub(crate) mod query;
pub(crate) mod relations;
pub(crate) mod reports;
pub(crate) mod show;
pub(crate) mod trace;
pub(crate) mod verify;

/// A graph folder in memory, with the decisions of its own file or of another one. A damaged segment
/// or a wrong line is named, and makes the outcome a failure of some.
fn load_with(path: &Path, decisions: Option<&Path>) -> Result<(Graph, Outcome), Failure> {
    let graph = open(path, decisions)?.load().map_err(Failure::graph)?;
    let outcome = [report_damaged(graph.damaged()), report_rejected(&graph.identity().rejected)];
    let failed = outcome.contains(&Outcome::SomeFailed);
    Ok((graph, if failed { Outcome::SomeFailed } else { Outcome::Done }))
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
    let mut extractor = Extractor::builtin();
    let read =
        |path: &Path| std::fs::read_to_string(path).map_err(|e| Failure::Usage(format!("{}: {e}", path.display())));
    for path in &vocabulary.relations {
        extractor.add_relations(&read(path)?).map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?;
    }
    for path in &vocabulary.entities {
        extractor.add_entities(&read(path)?).map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?;
    }
    Ok(extractor)
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
