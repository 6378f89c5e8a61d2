//! `temoin build`: articles into a graph folder.

use crate::args::Build;
use crate::messages::{Failure, Outcome, Reporter, Result, counted, interrupt_flag};
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use temoin::graph::{GraphFolder, GraphOptions};
use temoin::{Analysed, BuildOptions, InputOptions, Inputs, Pipeline, Step};

/// What the summary tells.
#[derive(Default)]
struct Counts {
    added: usize,
    there: usize,
    claims: usize,
    entities: usize,
    tokens: usize,
    replaced: usize,
}

impl Counts {
    fn add(&mut self, a: &Analysed, replaced: usize) {
        self.added += 1;
        self.claims += a.extraction.claims.len();
        self.entities += a.extraction.entities.len();
        self.tokens += a.document.len();
        self.replaced += replaced;
    }
}

pub(crate) fn run(args: &Build) -> Result {
    let start = Instant::now();
    let pipeline =
        Pipeline::builder().threads(args.articles.threads).extractor(super::extractor(&args.vocabulary)?).build();
    let options = GraphOptions { base: None, relations: pipeline.relation_infos() };
    let folder = GraphFolder::create_or_open(&args.out, &options).map_err(Failure::work)?;
    let interrupted = interrupt_flag();
    let bar = progress_bar(args);
    let mut reporter = Reporter::new(args.articles.quiet);
    let mut counts = Counts::default();
    let lines = Lines { wanted: Cell::new(args.json), failure: RefCell::default() };
    let built = pipeline.build_into(
        &folder,
        Inputs::new(&args.articles.paths, InputOptions { stop: Arc::clone(&interrupted), ..args.articles.options() }),
        &BuildOptions { replace: args.replace, wait: Duration::from_secs(args.wait) },
        || interrupted.load(Ordering::SeqCst),
        |step| match step {
            Step::There { document, name } => {
                lines.say(document, name, "there");
                counts.there += 1;
            }
            Step::Read(diagnostics) => {
                bar.suspend(|| diagnostics.iter().for_each(|d| reporter.report(d)));
                bar.inc(1);
            }
            Step::Added { analysed: a, replaced } => {
                let meta = &a.document.meta;
                lines.say(&a.document.id, &meta.name, if replaced > 0 { "replaced" } else { "added" });
                bar.suspend(|| a.extraction.diagnostics.iter().for_each(|d| reporter.report(d)));
                counts.add(a, replaced);
                bar.set_message(counted(counts.claims, "claim"));
            }
        },
    );
    bar.finish_and_clear();
    if let Ok(b) = &built {
        counts.replaced = b.replaced;
    }
    let outcome = reporter.finish();
    if !args.articles.quiet && (built.is_ok() || counts.added + counts.there > 0) {
        summary(args, &counts, reporter.errors(), start.elapsed());
    }
    let built = built.map_err(Failure::graph)?;
    if let Some(e) = lines.failure.take() {
        return Err(Failure::output(&e));
    }
    if built.stopped {
        let _ = writeln!(
            anstream::stderr(),
            "interrupted: what was added is kept; the same command goes on where this one stopped"
        );
        return Ok(Outcome::Interrupted);
    }
    Ok(outcome)
}

/// Lines on standard output for articles that are safe.
struct Lines {
    wanted: Cell<bool>,
    failure: RefCell<Option<io::Error>>,
}

impl Lines {
    /// The graph matters more than its report: where a line cannot be written, the work goes on
    /// without them.
    fn say(&self, document: &str, name: &str, state: &str) {
        if !self.wanted.get() {
            return;
        }
        let mut out = io::stdout().lock();
        let line = serde_json::json!({ "article": document, "name": name, "state": state });
        if let Err(e) = writeln!(out, "{line}").and_then(|()| out.flush()) {
            self.wanted.set(false);
            *self.failure.borrow_mut() = Some(e).filter(|e| e.kind() != io::ErrorKind::BrokenPipe);
        }
    }
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

fn summary(args: &Build, c: &Counts, errors: usize, time: Duration) {
    let seconds = time.as_secs_f64();
    let replaced =
        if args.replace { format!(", {} replaced", counted(c.replaced, "old version")) } else { String::new() };
    let mut text = format!(
        "{}: {} added, {} already there{replaced}, {} failed\n{}, {} in {}; {seconds:.1} s",
        args.out.display(),
        counted(c.added, "article"),
        HumanCount(c.there as u64),
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
