//! `temoin merge`: the articles of several graph folders in one.

use super::report_damaged;
use crate::messages::{Failure, Result, counted, plain};
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;
use temoin::graph::merge_folders;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin merge 2023 2024 --out both
  temoin merge parts/* --out graph --json           what several machines made

Articles are copied byte for byte, one that is in several folders once: the result is what one run on all
the articles makes. Decisions on who is who (identity.tsv) are not copied.")]
pub(crate) struct Merge {
    /// Graph folders
    #[arg(required = true, value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    /// Graph folder to make or to add to
    #[arg(long, short, value_name = "FOLDER")]
    out: PathBuf,
    /// Print what was done as one JSON object
    #[arg(long)]
    json: bool,
    /// Wait at most this long for another process that writes to the graph
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
}

pub(crate) fn run(args: &Merge) -> Result {
    let copied = merge_folders(&args.graphs, &args.out, Duration::from_secs(args.wait)).map_err(Failure::graph)?;
    let outcome = report_damaged(&copied.damaged);
    let line = if args.json {
        let damaged: Vec<String> = copied.damaged.iter().map(ToString::to_string).collect();
        serde_json::json!({ "added": copied.added, "there": copied.there, "damaged": damaged }).to_string()
    } else {
        let out = plain(&args.out.display().to_string());
        format!("{out}: {} added, {} already there", counted(copied.added, "article"), copied.there)
    };
    writeln!(io::stdout(), "{line}").map_err(|e| Failure::output(&e))?;
    Ok(outcome)
}
