//! `temoin extract --trace`: sentence by sentence, what was read by which rule, and what was left out.

use crate::args::{Extract, ExtractFormat};
use crate::messages::{Failure, Reporter, Result, plain};
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use temoin::record::{ClaimRecord, ObjectRecord};
use temoin::{Analysed, Char, Claim, Inputs, Pipeline, Rejection, Span};

pub(super) fn run(args: &Extract, pipeline: &Pipeline, format: ExtractFormat) -> Result {
    let mut reporter = Reporter::new(args.articles.quiet);
    let mut out = BufWriter::new(io::stdout().lock());
    let inputs = Inputs::new(&args.articles.paths, args.articles.options());
    let end = pipeline.run(inputs, Pipeline::trace, |traced, diagnostics| {
        diagnostics.iter().for_each(|d| reporter.report(d));
        let Some((a, rejections)) = traced else { return ControlFlow::Continue(()) };
        a.extraction.diagnostics.iter().for_each(|d| reporter.report(d));
        match write(&mut out, &a, &rejections, format, args.min_confidence) {
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

fn write(
    out: &mut impl Write,
    a: &Analysed,
    rejections: &[Rejection],
    format: ExtractFormat,
    least: f64,
) -> io::Result<()> {
    let doc = &a.document;
    if matches!(format, ExtractFormat::Table) {
        writeln!(out, "{}", plain(&doc.meta.name))?;
    }
    for s in 0..doc.sentence_count() {
        let span = doc.sentence_span(s);
        let claims = a.extraction.claims.iter().filter(|c| c.evidence.sentence == span);
        let (kept, cut): (Vec<&Claim>, Vec<&Claim>) = claims.partition(|c| c.confidence >= least);
        let inside = |r: &&Rejection| r.trigger.start >= span.start && r.trigger.end <= span.end;
        let rejected: Vec<&Rejection> = rejections.iter().filter(inside).collect();
        match format {
            ExtractFormat::Jsonl => {
                let line = json!({
                    "document": doc.id,
                    "sentence": { "start": span.start, "end": span.end, "text": doc.slice(span) },
                    "claims": kept.iter().map(|c| fired(a, c)).collect::<Vec<_>>(),
                    "below_confidence": cut.iter().map(|c| fired(a, c)).collect::<Vec<_>>(),
                    "rejected": rejected.iter().map(|r| json!({
                        "trigger": words(a, r.trigger), "rule": r.rule, "why": r.why.to_string(),
                    })).collect::<Vec<_>>(),
                    "no_trigger": kept.is_empty() && cut.is_empty() && rejected.is_empty(),
                });
                writeln!(out, "{line}")?;
            }
            ExtractFormat::Table => {
                let text = doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
                writeln!(out, "\n{}-{} {}", span.start, span.end, plain(&text))?;
                for c in &kept {
                    writeln!(out, "  + {}", plain(&shown(a, c)))?;
                }
                for c in &cut {
                    writeln!(out, "  - {}: below --min-confidence {least}", plain(&shown(a, c)))?;
                }
                for r in &rejected {
                    let trigger = doc.slice(r.trigger);
                    writeln!(out, "  - {} at « {} » ({}): {}", r.rule, plain(trigger), r.trigger.start, r.why)?;
                }
                if kept.is_empty() && cut.is_empty() && rejected.is_empty() {
                    writeln!(out, "  - no trigger")?;
                }
            }
        }
    }
    Ok(())
}

fn words(a: &Analysed, span: Span<Char>) -> Value {
    json!({ "start": span.start, "end": span.end, "text": a.document.slice(span) })
}

fn fired(a: &Analysed, c: &Claim) -> Value {
    let e = &c.evidence;
    let r = ClaimRecord::new(&a.document, &a.extraction, c);
    json!({
        "claim": c.id,
        "agent": r.subject.label,
        "predicate": c.predicate,
        "status": r.status,
        "polarity": r.polarity,
        "rule": c.rule,
        "confidence": c.confidence,
        "trigger": words(a, e.trigger),
        "subject": e.subject.map(|s| words(a, s)),
        "object": e.object.map(|s| words(a, s)),
    })
}

fn shown(a: &Analysed, c: &Claim) -> String {
    let r = ClaimRecord::new(&a.document, &a.extraction, c);
    let object = match &r.object {
        ObjectRecord::Entity(e) => e.label.clone(),
        ObjectRecord::Quantity(q) => q.text.clone(),
        ObjectRecord::Text { text, .. } => format!("« {text} »"),
    };
    let at = |span: Option<Span<Char>>| {
        span.map_or_else(|| "—".into(), |s| format!("« {} » ({}-{})", a.document.slice(s), s.start, s.end))
    };
    let e = &c.evidence;
    format!(
        "{} {} {object} ({}): {} at {}, subject {}, object {}, confidence {:.2}",
        r.subject.label,
        r.predicate,
        format!("{:?}", c.status).to_lowercase(),
        c.rule,
        at(Some(e.trigger)),
        at(e.subject),
        at(e.object),
        c.confidence
    )
}
