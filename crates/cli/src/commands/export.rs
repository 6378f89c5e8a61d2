//! `temoin export`: the graph in the formats of other tools.

use super::{open, output, report_damaged, report_rejected, worst};
use crate::args::{Export, ExportFormat as Arg};
use crate::messages::{Failure, Result, counted};
use std::io::Write;
use temoin::graph::export::{ExportFormat, ExportReport, Facts, export};

pub(crate) fn run(args: &Export) -> Result {
    let format = match (args.format, &args.out) {
        (Some(f), _) => from_arg(f),
        (None, Some(path)) => match path.extension().and_then(|e| e.to_str()) {
            Some(ending) => ending.parse().map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?,
            None => ExportFormat::NQuads,
        },
        (None, None) => ExportFormat::NQuads,
    };
    let facts = if args.facts == crate::args::FactsArg::Reported { Facts::Reported } else { Facts::Asserted };
    let folder = open(&args.graph, args.decisions.as_deref())?;
    let mut report = ExportReport::default();
    output::to(args.out.as_deref(), |out| {
        report = export(&folder, format, facts, out).map_err(Failure::graph)?;
        Ok(())
    })?;
    if report.replaced > 0 {
        let _ = writeln!(
            anstream::stderr(),
            "warning: U+FFFD replaces {} that XML cannot carry",
            counted(report.replaced, "character")
        );
    }
    if args.out.is_some() {
        let _ =
            writeln!(anstream::stderr(), "{}, {}", counted(report.documents, "article"), counted(report.quads, "quad"));
    }
    let outcome = worst([report_damaged(&report.damaged), report_rejected(&report.rejected)]);
    Ok(outcome)
}

fn from_arg(f: Arg) -> ExportFormat {
    match f {
        Arg::Nquads => ExportFormat::NQuads,
        Arg::Trig => ExportFormat::TriG,
        Arg::Turtle => ExportFormat::Turtle,
        Arg::Ntriples => ExportFormat::NTriples,
        Arg::Jsonld => ExportFormat::JsonLd,
        Arg::Rdfxml => ExportFormat::RdfXml,
    }
}
