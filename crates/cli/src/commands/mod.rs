//! One module a command.

use crate::args::Vocabulary;
use crate::messages::{Failure, Outcome, Reporter};
use std::fmt::Display;
use std::path::Path;
use temoin::Extractor;
use temoin::decode::utf8;
use temoin::graph::{Damaged, Graph, GraphFolder};
use temoin::{Diagnostic, Severity};

pub(crate) mod annotate;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod compact;
pub(crate) mod describe;
pub(crate) mod diff;
pub(crate) mod digest;
pub(crate) mod draw;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod output;
pub(crate) mod query;
pub(crate) mod relations;
pub(crate) mod remove;
pub(crate) mod replace;
pub(crate) mod reports;
pub(crate) mod show;
pub(crate) mod trace;
pub(crate) mod verify;

/// A graph folder in memory. A damaged segment is named, and makes the outcome a failure of some.
pub(crate) fn load(path: &Path) -> Result<(Graph, Outcome), Failure> {
    let folder = GraphFolder::open(path).map_err(Failure::graph)?;
    let graph = folder.load().map_err(Failure::graph)?;
    let outcome = report_damaged(graph.damaged());
    Ok((graph, outcome))
}

/// The built-in relations and entities with those of the user's files.
fn extractor(vocabulary: &Vocabulary) -> Result<Extractor, Failure> {
    let mut extractor = Extractor::builtin();
    for path in &vocabulary.relations {
        extractor.add_relations(&read(path)?).map_err(|e| wrong(path, e))?;
    }
    for path in &vocabulary.entities {
        extractor.add_entities(&read(path)?).map_err(|e| wrong(path, e))?;
    }
    Ok(extractor)
}

/// The text of a file of the user's, which must be UTF-8.
fn read(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|e| wrong(path, format!("cannot be read: {e}")))?;
    utf8(&bytes).map(str::to_owned).map_err(|e| wrong(path, e))
}

fn wrong(path: &Path, why: impl Display) -> Failure {
    Failure::Usage(format!("{}: {why}", path.display()))
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
