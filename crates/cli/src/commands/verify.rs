//! `temoin verify`: every piece of evidence against the stored text.

use super::report_damaged;
use crate::args::Verify;
use crate::messages::{Failure, Outcome, Reporter, Result, counted};
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
    if args.json {
        let damaged: Vec<String> = report.damaged.iter().map(ToString::to_string).collect();
        let line = serde_json::json!({
            "holds": report.is_ok(), "articles": report.documents, "claims": report.claims, "pieces": report.slices,
            "mismatches": report.mismatches, "damaged": damaged,
        });
        writeln!(io::stdout(), "{line}").map_err(|e| Failure::output(&e))?;
        return Ok(if report.is_ok() { Outcome::Done } else { Outcome::SomeFailed });
    }
    writeln!(
        io::stdout(),
        "{}: {verdict}: {}, {}, {} of text compared, {}, {}",
        args.graph.display(),
        counted(report.documents, "article"),
        counted(report.claims, "claim"),
        counted(report.slices, "piece"),
        counted(report.mismatches.len(), "mismatch"),
        counted(report.damaged.len(), "damaged segment"),
    )
    .map_err(|e| Failure::output(&e))?;
    Ok(if report.is_ok() { Outcome::Done } else { Outcome::SomeFailed })
}
