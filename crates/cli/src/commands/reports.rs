//! `temoin reports`: entities, events and relations of short reports of incidents, by the layer that
//! was trained on such reports.

use crate::args::{ExtractFormat, Reports};
use crate::messages::{Failure, Reporter, Result, counted, plain};
use crate::table::table;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use temoin::reports::record::ReportRecord;
use temoin::{Diagnostic, Inputs, Pipeline, Severity};

pub(crate) fn run(args: &Reports) -> Result {
    if !(0.0..=1.0).contains(&args.min_probability) {
        let said = format!("--min-probability {}: expected a number from 0 to 1", args.min_probability);
        return Err(Failure::Usage(said));
    }
    let default = if io::stdout().is_terminal() { ExtractFormat::Table } else { ExtractFormat::Jsonl };
    let format = args.format.unwrap_or(default);
    let pipeline = Pipeline::builder().threads(args.articles.threads).build();
    let mut reporter = Reporter::new(args.articles.quiet);
    let mut out = BufWriter::new(io::stdout().lock());
    let inputs = Inputs::new(&args.articles.paths, args.articles.options());
    let read = |p: &Pipeline, article: temoin::Article| {
        let name = article.meta.name.clone();
        let record = p.report(article).map(|(a, report)| ReportRecord::new(&a.document, &report, args.min_probability));
        (name, record)
    };
    let end = pipeline.run(inputs, read, |result, diagnostics| {
        diagnostics.iter().for_each(|d| reporter.report(d));
        let written = match result {
            Some((_, Ok(record))) => write(&mut out, &record, format),
            Some((input, Err(why))) => {
                let message = why.to_string();
                reporter.report(&Diagnostic { severity: Severity::Error, input, message });
                Ok(())
            }
            None => Ok(()),
        };
        written.map_or_else(ControlFlow::Break, ControlFlow::Continue)
    });
    if let ControlFlow::Break(e) = end {
        return Err(Failure::output(&e));
    }
    out.flush().map_err(|e| Failure::output(&e))?;
    Ok(reporter.finish())
}

fn write(out: &mut impl Write, record: &ReportRecord, format: ExtractFormat) -> io::Result<()> {
    if format == ExtractFormat::Jsonl {
        let line = serde_json::to_string(record).map_err(io::Error::other)?;
        return writeln!(out, "{line}");
    }
    writeln!(out, "{}", plain(&record.source))?;
    let mut entities = table(&["entity", "type", "mentions"]);
    for e in &record.entities {
        let mentions: Vec<&str> = e.mentions.iter().map(|m| m.text.as_str()).collect();
        entities.add_row([&e.label, &e.kind, &mentions.join(", ")].map(|c| plain(c)));
    }
    let mut relations = table(&["from", "relation", "to", "probability"]);
    for r in &record.relations {
        let label = |id: usize| plain(&record.entities[id].label);
        relations.add_row([label(r.from), plain(&r.relation), label(r.to), format!("{:.2}", r.probability)]);
    }
    writeln!(out, "{entities}\n{relations}\n{}\n", counted(record.relations.len(), "relation"))
}
