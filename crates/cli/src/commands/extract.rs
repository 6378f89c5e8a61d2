//! `temoin extract`: claims as a table or as JSON Lines, without a store.

use crate::args::{Extract, ExtractFormat};
use crate::messages::{Failure, Reporter, Result, counted, plain};
use crate::table::table;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use temoin::record::{ClaimRecord, ObjectRecord, QuantityRecord};
use temoin::{Analysed, Inputs, Pipeline, Status};

pub(crate) fn run(args: &Extract) -> Result {
    if !(0.0..=1.0).contains(&args.min_confidence) {
        return Err(Failure::Usage(format!("--min-confidence {}: expected a number from 0 to 1", args.min_confidence)));
    }
    let default = if io::stdout().is_terminal() { ExtractFormat::Table } else { ExtractFormat::Jsonl };
    let format = args.format.unwrap_or(default);
    let pipeline =
        Pipeline::builder().threads(args.articles.threads).extractor(super::extractor(&args.vocabulary)?).build();
    if args.trace {
        return super::trace::run(args, &pipeline, format);
    }
    let mut reporter = Reporter::new(args.articles.quiet);
    let mut out = BufWriter::new(io::stdout().lock());
    let inputs = Inputs::new(&args.articles.paths, args.articles.options());
    let end = pipeline.run(inputs, Pipeline::extract, |analysed, diagnostics| {
        diagnostics.iter().for_each(|d| reporter.report(d));
        let Some(a) = analysed else { return ControlFlow::Continue(()) };
        a.extraction.diagnostics.iter().for_each(|d| reporter.report(d));
        match write(&mut out, &a, format, args.min_confidence) {
            Ok(()) => ControlFlow::Continue(()),
            Err(e) => ControlFlow::Break(e),
        }
    });
    if let ControlFlow::Break(e) = end {
        return Err(Failure::output(&e));
    }
    out.flush().map_err(|e| Failure::output(&e))?;
    Ok(reporter.finish())
}

fn write(out: &mut impl Write, a: &Analysed, format: ExtractFormat, min_confidence: f64) -> io::Result<()> {
    let records = a
        .extraction
        .claims
        .iter()
        .filter(|c| c.confidence >= min_confidence)
        .map(|c| ClaimRecord::new(&a.document, &a.extraction, c));
    match format {
        ExtractFormat::Jsonl => records.into_iter().try_for_each(|r| writeln!(out, "{}", r.to_json())),
        ExtractFormat::Table => {
            let mut t = table(&["subject", "relation", "object", "status", "when", "where", "evidence"]);
            let mut n = 0;
            for r in records {
                n += 1;
                t.add_row(row(&r).map(|c| plain(&c)));
            }
            let title = a.document.meta.title.as_deref().unwrap_or("");
            let date = a.document.meta.published.map_or_else(|| "no date".into(), |d| d.to_string());
            writeln!(out, "{} · {date} · {}", plain(&a.document.meta.name), plain(title))?;
            if n == 0 { writeln!(out, "(no claim)\n") } else { writeln!(out, "{t}\n{}\n", counted(n, "claim")) }
        }
    }
}

fn row(r: &ClaimRecord) -> [String; 7] {
    let object = match &r.object {
        ObjectRecord::Entity(e) => e.label.clone(),
        ObjectRecord::Quantity(q) => number(q),
        ObjectRecord::Text { text, .. } if r.has_object() => format!("« {text} »"),
        ObjectRecord::Text { .. } => String::new(),
    };
    let object = match &r.count {
        Some(c) if object.is_empty() => format!("({})", number(c)),
        Some(c) => format!("{object} ({})", number(c)),
        None => object,
    };
    let name = format!("{:?}", r.status).to_lowercase();
    let status = match (r.status, &r.attributed_to) {
        (Status::Asserted, None) => String::new(),
        (_, None) => name,
        (_, Some(who)) => format!("{name} ({})", who.label),
    };
    [
        r.subject.label.clone(),
        r.predicate.clone(),
        object,
        status,
        r.time.as_ref().map(|t| t.value.clone()).unwrap_or_default(),
        r.place.as_ref().map(|p| p.label.clone()).unwrap_or_default(),
        r.evidence.quote.split_whitespace().collect::<Vec<_>>().join(" "),
    ]
}

fn number(q: &QuantityRecord) -> String {
    match &q.unit {
        Some(u) if !q.text.contains(u.as_str()) => format!("{} {u}", q.text),
        _ => q.text.clone(),
    }
}
