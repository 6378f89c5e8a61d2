//! `temoin relations`: the relations in force, and whether their examples hold.

use crate::args::Relations;
use crate::messages::{Failure, Outcome, Result, counted, plain};
use crate::table::table;
use std::io::{self, BufWriter, Write};
use temoin::{Pipeline, examples};

pub(crate) fn run(args: &Relations) -> Result {
    let pipeline = Pipeline::builder().threads(1).extractor(super::extractor(&args.vocabulary)?).build();
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        for r in pipeline.relation_infos() {
            let line = serde_json::to_string(&r).map_err(Failure::work)?;
            writeln!(out, "{line}").map_err(|e| Failure::output(&e))?;
        }
        out.flush().map_err(|e| Failure::output(&e))?;
        return Ok(Outcome::Done);
    }
    let outcome = if args.check { check(&pipeline, &mut out) } else { list(&pipeline, &mut out) };
    outcome.and_then(|o| out.flush().map(|()| o)).map_err(|e| Failure::output(&e))
}

fn check(pipeline: &Pipeline, out: &mut impl Write) -> io::Result<Outcome> {
    let (total, failures) = examples::check(pipeline);
    for f in &failures {
        writeln!(out, "{}", plain(&f.to_string()))?;
    }
    let verb = if total == 1 { "holds" } else { "hold" };
    writeln!(out, "{} of {} {verb}", total - failures.len(), counted(total, "example"))?;
    Ok(if failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

fn list(pipeline: &Pipeline, out: &mut impl Write) -> io::Result<Outcome> {
    let mut t = table(&["relation", "kind", "French", "English", "PLOVER", "Wikidata"]);
    let text = |s: &Option<String>| s.clone().unwrap_or_default();
    for r in pipeline.relations() {
        let kind = format!("{:?}", r.kind).to_lowercase();
        let row = [r.name.clone(), kind, r.label_fr.clone(), r.label_en.clone(), text(&r.plover), text(&r.wikidata)];
        t.add_row(row.map(|c| plain(&c)));
    }
    writeln!(out, "{t}")?;
    Ok(Outcome::Done)
}
