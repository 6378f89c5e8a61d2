//! `temoin digest`: a digest of what a graph says.

use super::{report_damaged, report_rejected, worst};
use crate::messages::{Failure, Result};
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;
use temoin::graph::{GraphFolder, digest::digest};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin digest graph
  test \"$(temoin digest a)\" = \"$(temoin digest b)\"   whether two graphs say the same
  temoin digest graph --json                        with the digests of its parts

It is the SHA-256 of the graph in the canonical form of RDFC-1.0: the lines of 'temoin export' as
N-Quads, without the graphs g:meta and g:ontology, sorted by bytes. So it can be made with other programs:
  temoin export graph | grep -vE '/graph/(meta|ontology)> \\.$' |
    LC_ALL=C sort -u | sha256sum")]
pub(crate) struct Digest {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// Print a JSON object with counts and the digests of the parts
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Digest) -> Result {
    let folder = GraphFolder::open(&args.graph).map_err(Failure::graph)?;
    let digest = digest(&folder).map_err(Failure::graph)?;
    let outcome = worst([report_damaged(&digest.damaged), report_rejected(&digest.rejected)]);
    let line = if args.json { serde_json::to_string(&digest).map_err(Failure::work)? } else { digest.to_string() };
    writeln!(io::stdout(), "{line}").map_err(|e| Failure::output(&e))?;
    Ok(outcome)
}
