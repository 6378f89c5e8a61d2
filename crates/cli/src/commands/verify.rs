//! `temoin verify`: every piece of evidence against the stored text.

use super::report_damaged;
use crate::args::Verify;
use crate::messages::{Failure, Outcome, Reporter, Result};
use std::io::{self, Write};
use temoin::graph::{GraphFolder, verify::verify};
use temoin::{Diagnostic, Severity};

pub(crate) fn run(args: &Verify) -> Result {
    let folder = GraphFolder::open(&args.graph).map_err(Failure::graph)?;
    let report = verify(&folder).map_err(Failure::graph)?;
    let mut reporter = Reporter::new(false);
    for m in &report.mismatches {
        reporter.report(&Diagnostic {
            severity: Severity::Error,
            input: format!("{} ({})", m.source, m.document),
            message: format!("{}: {}", m.subject, m.message),
        });
    }
    report_damaged(&report.damaged);
    let verdict = if report.is_ok() { "all evidence stands" } else { "the graph does not hold" };
    writeln!(
        io::stdout(),
        "{}: {verdict}: {} articles, {} claims, {} pieces of text compared, {} mismatches, {} damaged segments",
        args.graph.display(),
        report.documents,
        report.claims,
        report.slices,
        report.mismatches.len(),
        report.damaged.len(),
    )
    .map_err(|e| Failure::output(&e))?;
    Ok(if report.is_ok() { Outcome::Done } else { Outcome::SomeFailed })
}
