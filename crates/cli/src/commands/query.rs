//! `temoin query`: SPARQL over a graph folder.

use super::load_with;
use crate::args::{Query, QueryFormat};
use crate::messages::{self, Failure, Result};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;
use temoin::decode::utf8;
use temoin::graph::GraphError;
use temoin::graph::query::{QueryOptions, ResultFormat};

pub(crate) fn run(args: &Query) -> Result {
    let sparql = match (&args.query, &args.file) {
        (Some(q), _) => q.clone(),
        (None, Some(path)) => read(path)?,
        (None, None) => return Err(Failure::Usage("no query: give one, or --file".into())),
    };
    let (graph, outcome) = load_with(&args.graph, args.decisions.as_deref())?;
    let options = QueryOptions { timeout: (args.timeout > 0).then(|| Duration::from_secs(args.timeout)) };
    stop_after(args.timeout);
    let answer = graph.query(&sparql, &options).map_err(Failure::graph)?;
    let mut out = BufWriter::new(io::stdout().lock());
    answer.write(args.format.map(format), &mut out).map_err(Failure::graph)?;
    out.flush().map_err(|e| Failure::output(&e))?;
    Ok(outcome)
}

/// Ends the process some time after the limit: the engine stops by itself between rows, but a heavy
/// join or sort inside one row does not hear it.
fn stop_after(seconds: u64) {
    if seconds == 0 {
        return;
    }
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(seconds.saturating_add(1)));
        messages::report(&Failure::graph(GraphError::Timeout(Duration::from_secs(seconds))));
        std::process::exit(1);
    });
}

fn read(path: &Path) -> std::result::Result<String, Failure> {
    if path != Path::new("-") {
        return temoin::vocabulary::read(path).map_err(Failure::Usage);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|e| Failure::Work(format!("standard input: cannot be read: {e}")))?;
    utf8(&bytes).map(str::to_owned).map_err(|e| Failure::Usage(format!("standard input: {e}")))
}

fn format(f: QueryFormat) -> ResultFormat {
    match f {
        QueryFormat::Table => ResultFormat::Table,
        QueryFormat::Csv => ResultFormat::Csv,
        QueryFormat::Tsv => ResultFormat::Tsv,
        QueryFormat::Json => ResultFormat::Json,
        QueryFormat::Xml => ResultFormat::Xml,
        QueryFormat::Turtle => ResultFormat::Turtle,
        QueryFormat::Ntriples => ResultFormat::NTriples,
    }
}
