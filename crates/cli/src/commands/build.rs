//! `temoin build`: articles into a graph folder.

use crate::args::Build;
use crate::messages::{Failure, Outcome, Reporter, Result, counted, interrupt_flag};
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use std::cell::{Cell, RefCell};
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use temoin::graph::{Added, GraphError, GraphFolder, GraphOptions};
use temoin::{Input, Inputs, Pipeline, id};

/// What the summary tells.
#[derive(Default)]
struct Counts {
    added: usize,
    claims: usize,
    entities: usize,
    tokens: usize,
}

pub(crate) fn run(args: &Build) -> Result {
    let start = Instant::now();
    let interrupted = interrupt_flag();
    let pipeline =
        Pipeline::builder().threads(args.articles.threads).extractor(super::extractor(&args.vocabulary)?).build();
    let options = GraphOptions { base: None, relations: pipeline.relation_infos() };
    let folder = GraphFolder::create_or_open(&args.out, &options).map_err(Failure::work)?;
    let mut writer = folder.writer().map_err(Failure::work)?;

    let bar = progress_bar(args);
    let reporter = RefCell::new(Reporter::new(args.articles.quiet));
    let known = Cell::new(0usize);
    // An article that is there already costs no analysis.
    let inputs = Inputs::new(&args.articles.paths, args.articles.options())
        .take_while(|_| !interrupted.load(Ordering::SeqCst))
        .map(|mut input: Input| {
            if input.article.as_ref().is_some_and(|a| folder.contains(&id::document_id(&a.text))) {
                input.article = None;
                known.set(known.get() + 1);
            }
            input
        });

    let mut counts = Counts::default();
    let end = pipeline.run(inputs, Pipeline::extract, |analysed, diagnostics| {
        bar.suspend(|| diagnostics.iter().for_each(|d| reporter.borrow_mut().report(d)));
        bar.inc(1);
        if let Some(a) = analysed {
            match writer.add(&a.document, &a.extraction) {
                Ok(Added::New) => {
                    bar.suspend(|| a.extraction.diagnostics.iter().for_each(|d| reporter.borrow_mut().report(d)));
                    counts.added += 1;
                    counts.claims += a.extraction.claims.len();
                    counts.entities += a.extraction.entities.len();
                    counts.tokens += a.document.len();
                    bar.set_message(counted(counts.claims, "claim"));
                }
                Ok(Added::AlreadyThere) => known.set(known.get() + 1),
                Err(e) => return ControlFlow::Break(e),
            }
        }
        ControlFlow::<GraphError>::Continue(())
    });
    bar.finish_and_clear();
    let failure = match end {
        ControlFlow::Break(e) => Some(Failure::work(e)),
        ControlFlow::Continue(()) => None,
    };
    let committed = writer.commit().map_err(Failure::work);
    let reporter = reporter.into_inner();
    let outcome = reporter.finish();
    if !args.articles.quiet {
        summary(args, &counts, known.get(), reporter.errors(), start.elapsed());
    }
    if let Some(f) = failure {
        return Err(f);
    }
    committed?;
    if interrupted.load(Ordering::SeqCst) {
        let _ = writeln!(
            anstream::stderr(),
            "interrupted: what was added is kept; the same command goes on where this one stopped"
        );
        return Ok(Outcome::Interrupted);
    }
    Ok(outcome)
}

fn progress_bar(args: &Build) -> ProgressBar {
    if args.articles.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(
        ProgressStyle::with_template("{spinner} {human_pos} articles · {msg} · {elapsed}").expect("a valid template"),
    );
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn summary(args: &Build, c: &Counts, known: usize, errors: usize, time: Duration) {
    let seconds = time.as_secs_f64();
    let mut text = format!(
        "{}: {} added, {} already there, {} failed\n{}, {} in {}; {seconds:.1} s",
        args.out.display(),
        counted(c.added, "article"),
        HumanCount(known as u64),
        HumanCount(errors as u64),
        counted(c.claims, "claim"),
        counted(c.entities, "entity"),
        counted(c.tokens, "word"),
    );
    if c.added > 0 {
        text.push_str(&format!(" ({:.0} words a second)", c.tokens as f64 / seconds));
    }
    let _ = writeln!(anstream::stderr(), "{text}");
}
