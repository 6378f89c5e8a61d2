//! `temoin remove`: articles out of a graph folder.

use crate::messages::{Failure, Outcome, Reporter, Result};
use clap::Args;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;
use temoin::graph::{ArticleInfo, GraphFolder};
use temoin::{Diagnostic, Severity};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin remove graph depeche-17.txt                by the name of its file, or its \"id\"
  temoin remove graph 3f2a9c0d1e4b5a67              by the identifier of its text
  temoin query graph 'SELECT ?id ?n { ?id kg:sourceName ?n }' --format csv
  temoin remove graph - < names.txt                 one a line

Its text, claims and evidence go, and what only it said of an entity. Once the command has said that an
article is removed it stays so, even if the command is killed.")]
pub(crate) struct Remove {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// Names or identifiers of articles; - reads them from standard input, one a line
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Remove all articles of a name, where there are several
    #[arg(long)]
    all: bool,
    /// Print one JSON object a line for each article that is removed
    #[arg(long)]
    json: bool,
    /// Wait at most this long for another process that writes to the graph
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
}

pub(crate) fn run(args: &Remove) -> Result {
    let folder = GraphFolder::open(&args.graph).map_err(Failure::graph)?;
    let mut writer = folder.writer_within(Duration::from_secs(args.wait)).map_err(Failure::graph)?;
    let mut reporter = Reporter::new(false);
    let mut wanted: BTreeMap<String, ArticleInfo> = BTreeMap::new();
    let mut finished = Vec::new();
    for what in &named(&args.articles)? {
        let found = folder.find_articles(what);
        let earlier = writer.finished_removals().iter().filter(|a| a.id == *what || a.name == *what);
        finished.extend(earlier.cloned());
        match problem(what, &found, args.all) {
            Some(_) if found.is_empty() && finished.iter().any(|a| a.id == *what || a.name == *what) => {}
            Some(message) => reporter.report(&Diagnostic {
                severity: Severity::Error,
                input: args.graph.display().to_string(),
                message,
            }),
            None => wanted.extend(found.into_iter().map(|a| (a.id.clone(), a))),
        }
    }
    let ids: Vec<String> = wanted.into_keys().collect();
    let removed = writer.remove(&ids).map_err(Failure::graph)?;
    let said = say(args, finished.iter().chain(&removed)).map_err(|e| Failure::output(&e));
    writer.commit().map_err(Failure::graph)?;
    said?;
    Ok(reporter.finish())
}

/// The articles, with the lines of standard input in the place of a dash.
fn named(articles: &[String]) -> std::result::Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for what in articles {
        if what != "-" {
            all.push(what.clone());
            continue;
        }
        let lines = io::read_to_string(io::stdin())
            .map_err(|e| Failure::Work(format!("standard input: cannot be read: {e}")))?;
        let lines = lines.trim_start_matches('\u{feff}');
        all.extend(lines.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned));
    }
    Ok(all)
}

fn problem(what: &str, found: &[ArticleInfo], all: bool) -> Option<String> {
    match found {
        [] => Some(format!("no article has the name or the identifier '{what}'")),
        [_] => None,
        _ if all => None,
        several => {
            let ids: Vec<&str> = several.iter().map(|a| a.id.as_str()).collect();
            Some(format!(
                "{} articles have the name '{what}': give the identifier ({}), or --all",
                several.len(),
                ids.join(", ")
            ))
        }
    }
}

fn say<'a>(args: &Remove, removed: impl Iterator<Item = &'a ArticleInfo>) -> io::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    for a in removed {
        if args.json {
            writeln!(out, "{}", serde_json::json!({ "removed": a.id, "name": a.name }))?;
        } else {
            writeln!(out, "removed {} ({})", crate::messages::plain(&a.name), a.id)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}
