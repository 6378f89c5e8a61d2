//! Articles into a graph folder, with what was there already left alone or replaced.

use crate::input::Input;
use crate::pipeline::{Analysed, Pipeline};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;
use temoin_graph::store::Segment;
use temoin_graph::{Added, ArticleInfo, GraphError, GraphFolder, Writer};
use temoin_model::{Article, Diagnostic, Meta, id};

/// How a folder is filled.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuildOptions {
    /// Whether an article takes the place of others of its name.
    pub replace: bool,
    /// How long to wait for another writer.
    pub wait: Duration,
}

/// Something that happened while a folder was filled.
#[derive(Debug)]
pub enum Step<'a> {
    /// An article is in the graph already, and nothing was done.
    There {
        /// Identifier.
        document: &'a str,
        /// Name.
        name: &'a str,
    },
    /// One input was gone through; what was said about it.
    Read(&'a [Diagnostic]),
    /// An article was added, and is safe.
    Added {
        /// What was found in it.
        analysed: &'a Analysed,
        /// How many others went for it.
        replaced: usize,
    },
}

/// What became of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// Articles that were added.
    pub added: usize,
    /// Articles that were there.
    pub there: usize,
    /// Articles that were replaced or given up.
    pub replaced: usize,
    /// Whether it was stopped before the last input.
    pub stopped: bool,
}

impl Pipeline {
    /// Analyses `inputs` and adds them to `folder`; tells each step. An article that is there costs no
    /// analysis. `stop` is asked before each input is read: what was added before it says so is kept.
    ///
    /// # Errors
    /// When the folder cannot be written. What was added before is kept.
    pub fn build_into(
        &self,
        folder: &GraphFolder,
        inputs: impl Iterator<Item = Input>,
        options: &BuildOptions,
        stop: impl Fn() -> bool,
        step: impl FnMut(Step<'_>),
    ) -> Result<Built, GraphError> {
        let mut writer = folder.writer_within(options.wait)?;
        let step = RefCell::new(step);
        let (stopped, there) = (Cell::new(false), Cell::new(0));
        let given = Given::default();
        let known = |a: &Article| match options.replace {
            true => given.note(a) || unchanged(folder, a),
            false => folder.contains(&id::document_id(&a.text)),
        };
        let inputs = inputs
            .take_while(|_| {
                stopped.set(stop());
                !stopped.get()
            })
            .map(|mut input| {
                if let Some(a) = input.article.take_if(|a| known(a)) {
                    let document = id::document_id(&a.text);
                    (step.borrow_mut())(Step::There { document: &document, name: &a.meta.name });
                    there.set(there.get() + 1);
                }
                input
            });
        let mut built = Built::default();
        // Writing quads down and compressing them takes as long as the analysis, so threads do that too.
        let iris = folder.iris();
        let work = |pipeline: &Pipeline, article: Article| {
            let analysed = pipeline.extract(article);
            let segment = Segment::new(iris, &analysed.document, &analysed.extraction);
            (analysed, segment)
        };
        let mut end = self.run(inputs, work, |done, diagnostics| {
            (step.borrow_mut())(Step::Read(&diagnostics));
            let Some((analysed, segment)) = done else { return ControlFlow::Continue(()) };
            let doc = &analysed.document;
            let old = if options.replace { given.outdated(folder, &doc.meta.name) } else { Vec::new() };
            // The same text, under another name, date or outlet.
            let again = usize::from(options.replace && folder.contains(&doc.id));
            let done = match options.replace {
                true => writer.replace_by(segment, &old),
                false => writer.add_segment(segment),
            };
            match done {
                Ok(Added::New) => {
                    built.added += 1;
                    let replaced = old.len() + again;
                    built.replaced += replaced;
                    (step.borrow_mut())(Step::Added { analysed: &analysed, replaced });
                }
                // Two inputs of one batch with one text.
                Ok(Added::AlreadyThere) => {
                    (step.borrow_mut())(Step::There { document: &doc.id, name: &doc.meta.name });
                    there.set(there.get() + 1);
                }
                Err(e) => return ControlFlow::Break(e),
            }
            ControlFlow::Continue(())
        });
        built.there = there.get();
        // Inputs may have ended because of it.
        built.stopped = stopped.get() || stop();
        // Only a run that has seen all its articles knows which others have been given up.
        if options.replace && end.is_continue() && !built.stopped {
            match given.sweep(folder, &mut writer) {
                Ok(n) => built.replaced += n,
                Err(e) => end = ControlFlow::Break(e),
            }
        }
        let committed = writer.commit();
        match end {
            ControlFlow::Break(e) => Err(e),
            ControlFlow::Continue(()) => committed.map(|()| built),
        }
    }
}

/// The articles of this run by name. Several of one name do not replace each other: afterwards the
/// graph has, of each name, what this run was given.
#[derive(Debug, Default)]
struct Given {
    names: RefCell<BTreeMap<String, BTreeSet<String>>>,
    documents: RefCell<BTreeSet<String>>,
}

impl Given {
    /// Notes an article; whether a text was given before.
    fn note(&self, article: &Article) -> bool {
        let document = id::document_id(&article.text);
        let mut names = self.names.borrow_mut();
        names.entry(article.meta.name.clone()).or_default().insert(document.clone());
        !self.documents.borrow_mut().insert(document)
    }

    /// Documents of this name in the graph that this run was not given.
    fn outdated(&self, folder: &GraphFolder, name: &str) -> Vec<String> {
        let given = self.documents.borrow();
        folder.articles_named(name).into_iter().map(|a| a.id).filter(|d| !given.contains(d)).collect()
    }

    /// Removes what is outdated beside articles that were there already. A name of which nothing
    /// came into the graph keeps what it had. Gives how many went.
    fn sweep(&self, folder: &GraphFolder, writer: &mut Writer) -> Result<usize, GraphError> {
        let mut old = Vec::new();
        for (name, documents) in self.names.borrow().iter() {
            if documents.iter().any(|d| folder.contains(d)) {
                old.extend(self.outdated(folder, name));
            }
        }
        Ok(writer.remove(&old)?.len())
    }
}

/// Whether the graph has the article as it is given: its text, under its name, its date, its outlet and so on.
fn unchanged(folder: &GraphFolder, article: &Article) -> bool {
    let document = id::document_id(&article.text);
    let same = folder.article(&document).is_some_and(|a| is_described(&a, &article.meta));
    same && folder.contains(&document)
}

/// Whether what the graph says of an article is what is given with it.
fn is_described(known: &ArticleInfo, given: &Meta) -> bool {
    let text = |t: &Option<String>| t.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    known.name == given.name
        && given.published.is_none_or(|d| known.date == Some(d))
        && text(&given.title).is_none_or(|t| text(&known.title) == Some(t))
        && text(&known.outlet) == text(&given.outlet)
        && text(&known.url) == text(&given.url)
}
