//! `temoin check`: invariants of a graph, as queries that must come back empty.

use super::load;
use crate::args::Check;
use crate::messages::{Failure, Outcome, Reporter, Result};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use temoin::graph::check::{INVARIANTS, Invariant};
use temoin::{Diagnostic, Severity};

pub(crate) fn run(args: &Check) -> Result {
    let own = args.queries.as_deref().map(read).transpose()?.unwrap_or_default();
    let mut all: Vec<Invariant<'_>> = INVARIANTS.to_vec();
    all.extend(own.iter().map(|(name, query)| Invariant { name, query }));
    if args.list {
        return list(&all);
    }
    let Some(folder) = &args.graph else {
        return Err(Failure::Usage("no graph: name a graph folder, or --list the invariants".into()));
    };
    let (graph, outcome) = load(folder)?;
    let found = graph.check(&all).map_err(Failure::graph)?;
    let mut out = io::stdout().lock();
    let written = if args.json {
        serde_json::to_writer_pretty(&mut out, &found).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        let mut reporter = Reporter::new(false);
        for v in &found {
            reporter.report(&Diagnostic {
                severity: Severity::Error,
                input: format!("{}: {}", v.invariant, v.place),
                message: v.what.clone(),
            });
        }
        let verdict = if found.is_empty() { "all invariants hold" } else { "the graph does not hold" };
        writeln!(out, "{}: {verdict}: {} invariants, {} violations", folder.display(), all.len(), found.len())
    };
    written.map_err(|e| Failure::output(&e))?;
    Ok(if found.is_empty() { outcome } else { Outcome::SomeFailed })
}

fn list(all: &[Invariant<'_>]) -> Result {
    let mut out = io::stdout().lock();
    for i in all {
        writeln!(out, "{:<20}{}", i.name, i.says().last().unwrap_or(&"")).map_err(|e| Failure::output(&e))?;
    }
    Ok(Outcome::Done)
}

/// Names and texts of the queries of a folder, sorted by name.
fn read(folder: &Path) -> std::result::Result<Vec<(String, String)>, Failure> {
    let fail = |p: &Path, e: io::Error| Failure::Usage(format!("cannot read queries from {}: {e}", p.display()));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| fail(folder, e))? {
        let path = entry.map_err(|e| fail(folder, e))?.path();
        if path.extension().is_some_and(|e| e == "rq") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(Failure::Usage(format!("{}: there is no file that ends in .rq", folder.display())));
    }
    files.sort();
    let name = |p: &Path| p.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files.iter().map(|p| Ok((name(p), fs::read_to_string(p).map_err(|e| fail(p, e))?))).collect()
}
