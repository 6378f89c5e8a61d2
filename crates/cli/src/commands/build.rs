//! `temoin build`: articles into a graph folder.

use super::replace::{Given, unchanged};
use crate::args::Build;
use crate::messages::{Failure, Outcome, Reporter, Result, counted, interrupt_flag};
use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use temoin::graph::{Added, GraphError, GraphFolder, GraphOptions, Writer};
use temoin::{Analysed, Article, Input, Inputs, Pipeline, id};

/// What the summary tells.
#[derive(Default)]
struct Counts {
    added: usize,
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
    let mut writer = folder.writer_within(Duration::from_secs(args.wait)).map_err(Failure::work)?;
    let interrupted = interrupt_flag();

    let bar = progress_bar(args);
    let reporter = RefCell::new(Reporter::new(args.articles.quiet));
    let known = Cell::new(0usize);
    let given = Given::default();
    let lines = Lines { wanted: Cell::new(args.json), failure: RefCell::default() };
    // An article that is there already costs no analysis.
    let inputs = Inputs::new(&args.articles.paths, args.articles.options())
        .take_while(|_| !interrupted.load(Ordering::SeqCst))
        .map(|mut input: Input| {
            if let Some(a) = input.article.as_ref().filter(|a| is_known(args, &folder, &given, a)) {
                lines.say(&id::document_id(&a.text), &a.meta.name, "there");
                input.article = None;
                known.set(known.get() + 1);
            }
            input
        });

    let mut counts = Counts::default();
    let mut end = pipeline.run(inputs, Pipeline::extract, |analysed, diagnostics| {
        bar.suspend(|| diagnostics.iter().for_each(|d| reporter.borrow_mut().report(d)));
        bar.inc(1);
        if let Some(a) = analysed {
            match put(args, &folder, &mut writer, &given, &lines, &a) {
                Ok((Added::New, replaced)) => {
                    bar.suspend(|| a.extraction.diagnostics.iter().for_each(|d| reporter.borrow_mut().report(d)));
                    counts.add(&a, replaced);
                    bar.set_message(counted(counts.claims, "claim"));
                }
                Ok((Added::AlreadyThere, _)) => known.set(known.get() + 1),
                Err(e) => return ControlFlow::Break(e),
            }
        }
        ControlFlow::<GraphError>::Continue(())
    });
    bar.finish_and_clear();
    // Only a run that has seen all its articles knows which others have been given up.
    if args.replace && end.is_continue() && !interrupted.load(Ordering::SeqCst) {
        match given.sweep(&folder, &mut writer) {
            Ok(n) => counts.replaced += n,
            Err(e) => end = ControlFlow::Break(e),
        }
    }
    let failure = match end {
        ControlFlow::Break(e) => Some(Failure::graph(e)),
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
    if let Some(e) = lines.failure.take() {
        return Err(Failure::output(&e));
    }
    if interrupted.load(Ordering::SeqCst) {
        let _ = writeln!(
            anstream::stderr(),
            "interrupted: what was added is kept; the same command goes on where this one stopped"
        );
        return Ok(Outcome::Interrupted);
    }
    Ok(outcome)
}

/// Whether an article need not be analysed.
fn is_known(args: &Build, folder: &GraphFolder, given: &Given, article: &Article) -> bool {
    if args.replace {
        given.note(article) || unchanged(folder, article)
    } else {
        folder.contains(&id::document_id(&article.text))
    }
}

/// Puts an article into the graph and says so. Gives how many others went for it.
fn put(
    args: &Build,
    folder: &GraphFolder,
    writer: &mut Writer,
    given: &Given,
    lines: &Lines,
    a: &Analysed,
) -> std::result::Result<(Added, usize), GraphError> {
    let doc = &a.document;
    let old = if args.replace { given.outdated(folder, &doc.meta.name) } else { Vec::new() };
    let added =
        if args.replace { writer.replace(doc, &a.extraction, &old)? } else { writer.add(doc, &a.extraction)? };
    let what = match added {
        Added::New if old.is_empty() => "added",
        Added::New => "replaced",
        Added::AlreadyThere => "there",
    };
    lines.say(&doc.id, &doc.meta.name, what);
    Ok((added, old.len()))
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

fn summary(args: &Build, c: &Counts, known: usize, errors: usize, time: Duration) {
    let seconds = time.as_secs_f64();
    let replaced =
        if args.replace { format!(", {} replaced", counted(c.replaced, "old version")) } else { String::new() };
    let mut text = format!(
        "{}: {} added, {} already there{replaced}, {} failed\n{}, {} in {}; {seconds:.1} s",
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
