//! Articles to documents and extractions, one at a time or many in parallel.

use crate::input::Input;
use rayon::ThreadPool;
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use temoin_extract::relations::Relation;
use temoin_extract::reports::{NoReport, Report, Reports};
use temoin_extract::trace::Rejection;
use temoin_extract::{Extractor, time};
use temoin_graph::RelationInfo;
use temoin_language::Annotator;
use temoin_model::{Article, Diagnostic, Document, Extraction, Severity};

/// An analysed article.
#[derive(Clone, Debug)]
pub struct Analysed {
    /// Text, tokens, trees and names.
    pub document: Document,
    /// Mentions, entities and claims.
    pub extraction: Extraction,
}

/// From articles to claims. Built once, shared by all threads.
#[derive(Debug)]
pub struct Pipeline {
    extractor: Extractor,
    pool: ThreadPool,
    /// The process that started the threads: a fork of it has none of them.
    process: u32,
}

/// Settings of a [`Pipeline`].
#[derive(Debug, Default)]
pub struct PipelineBuilder {
    threads: usize,
    extractor: Option<Extractor>,
}

impl PipelineBuilder {
    /// Number of threads; 0, the default, takes one per processor. More than four a processor help nobody
    /// and are not started (the system may have no room for them).
    pub fn threads(mut self, n: usize) -> Self {
        let most = 4 * std::thread::available_parallelism().map_or(1, usize::from);
        self.threads = n.min(most.max(16));
        self
    }

    /// An extractor of your own instead of the built-in one.
    pub fn extractor(mut self, extractor: Extractor) -> Self {
        self.extractor = Some(extractor);
        self
    }

    /// Loads the embedded models.
    ///
    /// # Panics
    /// When the operating system refuses to start a thread.
    pub fn build(self) -> Pipeline {
        let pool = threads(self.threads);
        let extractor = self.extractor.unwrap_or_else(Extractor::builtin);
        Pipeline { extractor, pool, process: std::process::id() }
    }
}

fn threads(n: usize) -> ThreadPool {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n).stack_size(16 << 20).build();
    pool.expect("the operating system starts threads")
}

/// Articles are analysed in batches of at most this many for each thread, after each of which a run can be
/// stopped …
const BATCH_ARTICLES: usize = 32;
/// … and about this many bytes, so that memory stays bounded.
const BATCH_BYTES: usize = 4 << 20;

impl Pipeline {
    /// Default settings.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// The relations in force.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.extractor.relations().iter()
    }

    /// The relations in force, as the ontology of a graph describes them.
    pub fn relation_infos(&self) -> Vec<RelationInfo> {
        let info = |r: &Relation| RelationInfo {
            name: r.name.clone(),
            kind: format!("{:?}", r.kind).to_lowercase(),
            label_fr: r.label_fr.clone(),
            label_en: r.label_en.clone(),
            plover: r.plover.clone(),
            cameo: r.cameo.clone(),
            wikidata: r.wikidata.clone(),
            subjects: r.subject_types(),
            objects: r.object_types(),
        };
        let mut infos: Vec<RelationInfo> = self.extractor.relations().iter().map(info).collect();
        infos.sort_by(|a, b| a.name.cmp(&b.name));
        infos
    }

    /// Tokens, trees and names of one article.
    pub fn annotate(&self, article: Article) -> Document {
        Annotator::builtin(article.meta.lang).annotate(article)
    }

    /// Everything that one article says.
    pub fn extract(&self, article: Article) -> Analysed {
        self.read(article, |document| self.extractor.extract(document))
    }

    /// Everything that one article says, and its entities and relations by the layer that was trained on
    /// short reports of incidents.
    ///
    /// # Errors
    /// When it is in a language without such a layer, or too long.
    pub fn report(&self, article: Article) -> Result<(Analysed, Report), NoReport> {
        let layer = Reports::builtin(article.meta.lang).ok_or(NoReport::Language)?;
        let analysed = self.extract(article);
        let report = layer.read(&analysed.document, &analysed.extraction)?;
        Ok((analysed, report))
    }

    /// The same, with the words that name a relation and gave no claim, and why.
    pub fn trace(&self, article: Article) -> (Analysed, Vec<Rejection>) {
        let mut rejections = Vec::new();
        let analysed = self.read(article, |document| {
            let (extraction, found) = self.extractor.trace(document);
            rejections = found;
            extraction
        });
        (analysed, rejections)
    }

    fn read(&self, article: Article, extract: impl FnOnce(&Document) -> Extraction) -> Analysed {
        let mut document = self.annotate(article);
        if document.meta.published.is_none()
            && let Some((date, _)) = time::publication_date(&document)
        {
            document.meta.published = Some(date);
            document.meta.published_inferred = true;
        }
        let mut extraction = extract(&document);
        if document.meta.published.is_none() {
            extraction.diagnostics.push(Diagnostic {
                severity: Severity::Note,
                input: document.meta.name.clone(),
                message: "no publication date: dates like « hier » stay unresolved; give --date (date= in \
                          Python), a \"date\" in JSON Lines, or a file name that begins with the date"
                    .into(),
            });
        }
        Analysed { document, extraction }
    }

    /// Analyses all `inputs` in parallel with `work` (usually [`Pipeline::extract`] or
    /// [`Pipeline::annotate`]) and hands the results to `sink` in the order of the inputs, with what
    /// was said about each. Stops early when `sink` breaks. A panic inside `work` costs one article
    /// and a message.
    pub fn run<T: Send, B>(
        &self,
        inputs: impl Iterator<Item = Input>,
        work: impl Fn(&Self, Article) -> T + Sync,
        mut sink: impl FnMut(Option<T>, Vec<Diagnostic>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let fork = (std::process::id() != self.process).then(|| threads(self.pool.current_num_threads()));
        let pool = fork.as_ref().unwrap_or(&self.pool);
        let most = BATCH_ARTICLES * pool.current_num_threads();
        let mut inputs = inputs.peekable();
        while inputs.peek().is_some() {
            let mut batch = Vec::new();
            let mut bytes = 0;
            while batch.len() < most && bytes < BATCH_BYTES {
                let Some(input) = inputs.next() else { break };
                bytes += input.article.as_ref().map_or(0, |a| a.text.len());
                batch.push(input);
            }
            let done: Vec<(Option<T>, Vec<Diagnostic>)> =
                pool.install(|| batch.into_par_iter().map(|input| self.one(input, &work)).collect());
            for (result, diagnostics) in done {
                sink(result, diagnostics)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn one<T>(&self, input: Input, work: &(impl Fn(&Self, Article) -> T + Sync)) -> (Option<T>, Vec<Diagnostic>) {
        let Input { article, mut diagnostics } = input;
        let Some(article) = article else { return (None, diagnostics) };
        let name = article.meta.name.clone();
        match catch_unwind(AssertUnwindSafe(|| work(self, article))) {
            Ok(result) => (Some(result), diagnostics),
            Err(_) => {
                diagnostics.push(Diagnostic {
                    severity: Severity::Error,
                    input: name,
                    message: "the analysis failed on this article, which is left out; please report it".into(),
                });
                (None, diagnostics)
            }
        }
    }
}
