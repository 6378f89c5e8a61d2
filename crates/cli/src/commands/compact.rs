//! `temoin compact`: many small segments of a graph folder into few.

use crate::messages::{Failure, Outcome, Reporter, Result};
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;
use temoin::graph::{CompactOptions, GraphFolder};
use temoin::{Diagnostic, Severity};

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  temoin compact graph

The graph says the same afterwards (temoin digest shows it), in fewer and larger files; articles can be
added and removed as before. A command that was stopped leaves the graph whole; the next one goes on.")]
pub(crate) struct Compact {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// Longest file; files of more than half of it stay as they are
    #[arg(long, value_name = "MB", default_value_t = 64)]
    size: u64,
    /// Print what was done as one JSON object
    #[arg(long)]
    json: bool,
    /// Wait at most this long for another process that writes to the graph
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
}

pub(crate) fn run(args: &Compact) -> Result {
    let folder = GraphFolder::open(&args.graph).map_err(Failure::graph)?;
    let mut writer = folder.writer_within(Duration::from_secs(args.wait)).map_err(Failure::graph)?;
    let options = CompactOptions { segment_bytes: args.size.saturating_mul(1 << 20) };
    let report = writer.compact(&options).map_err(Failure::graph)?;
    let mut reporter = Reporter::new(false);
    for file in &report.damaged {
        reporter.report(&Diagnostic {
            severity: Severity::Error,
            input: args.graph.join(file).display().to_string(),
            message: "damaged, left as it is: 'temoin verify' names its articles".into(),
        });
    }
    let line = if args.json {
        serde_json::json!({
            "articles_moved": report.articles,
            "segments_before": report.before,
            "segments_after": report.after,
            "damaged": report.damaged,
        })
        .to_string()
    } else {
        format!(
            "{}: {} articles moved, {} segments before, {} now",
            args.graph.display(),
            report.articles,
            report.before,
            report.after
        )
    };
    writeln!(io::stdout(), "{line}").map_err(|e| Failure::output(&e))?;
    Ok(if reporter.errors() > 0 { Outcome::SomeFailed } else { Outcome::Done })
}
