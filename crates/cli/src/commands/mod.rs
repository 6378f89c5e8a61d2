//! One module a command.

use crate::messages::{Failure, Outcome, Reporter};
use std::path::Path;
use temoin::graph::{Damaged, Graph, GraphFolder};
use temoin::{Diagnostic, Severity};

pub(crate) mod annotate;
pub(crate) mod build;
pub(crate) mod draw;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod output;
pub(crate) mod query;
pub(crate) mod show;
pub(crate) mod verify;

/// A graph folder in memory. A damaged segment is named, and makes the outcome a failure of some.
fn load(path: &Path) -> Result<(Graph, Outcome), Failure> {
    let folder = GraphFolder::open(path).map_err(Failure::graph)?;
    let graph = folder.load().map_err(Failure::graph)?;
    let outcome = report_damaged(graph.damaged());
    Ok((graph, outcome))
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
