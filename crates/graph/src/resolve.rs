//! From segments to what the graph says: entities and happenings that several articles share.

use crate::compare::{self, Comparison};
use crate::error::GraphError;
use crate::export::Facts;
use crate::gather::Article;
use crate::identity::decisions::Decisions;
use crate::identity::{self, Report, Rewriter};
use crate::iri::Iris;
use crate::merge::Merge;
use oxigraph::model::Quad;
use std::collections::BTreeMap;

/// Collects what is shared from one segment after the other, then resolves it.
#[derive(Debug)]
pub(crate) struct Resolver {
    iris: Iris,
    merge: Merge,
    articles: Vec<Article>,
    /// Articles of every segment.
    files: BTreeMap<String, Vec<String>>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// The shared graphs, sorted.
    pub shared: Vec<Quad>,
    /// What was decided on entities.
    pub identity: Report,
    /// What several articles tell.
    pub comparison: Comparison,
    /// Rewrites the segments that are concerned.
    pub rewriter: Rewriter,
    /// Segments to rewrite, with their articles.
    pub documents: BTreeMap<String, Vec<String>>,
}

impl Resolver {
    pub(crate) fn new(iris: &Iris, policy: Facts) -> Self {
        Resolver { iris: iris.clone(), merge: Merge::new(iris, policy), articles: Vec::new(), files: BTreeMap::new() }
    }

    /// Takes what a segment shares with others; what stays in `quads` is the documents' own. `articles`
    /// are those of the segment.
    pub(crate) fn absorb(&mut self, file: &str, articles: Vec<Article>, quads: &mut Vec<Quad>) {
        self.merge.absorb(quads);
        self.files.insert(file.to_owned(), articles.iter().map(|a| a.id.clone()).collect());
        self.articles.extend(articles);
    }

    /// Takes the ontology.
    pub(crate) fn ontology(&mut self, quads: Vec<Quad>) {
        quads.into_iter().for_each(|q| self.merge.take(q));
    }

    /// Number of documents.
    pub(crate) fn documents(&self) -> u64 {
        self.merge.documents()
    }

    /// Whether a quad belongs to a shared graph.
    pub(crate) fn shared(&self) -> impl Fn(&Quad) -> bool + use<> {
        self.merge.shared()
    }

    /// Decides who is who and what is told of the same happening. `read` gives the quads of a segment
    /// again, as they are on disk; `change` hears of every quad of a document that reads otherwise now.
    pub(crate) fn resolve(
        mut self,
        decisions: &Decisions,
        mut read: impl FnMut(&str) -> Result<Vec<Quad>, GraphError>,
        change: &mut dyn FnMut(&Quad, &Quad) -> Result<(), GraphError>,
    ) -> Result<Resolved, GraphError> {
        self.articles.sort_by(|a, b| a.id.cmp(&b.id));
        let decided = identity::decide(&self.iris, &self.articles, decisions);
        let comparison = compare::compare(&self.articles, &decided.canonical);
        let rewriter = decided.rewriter;
        self.files.retain(|_, documents| documents.iter().any(|d| rewriter.concerns(d)));
        let is_shared = self.merge.shared();
        for (file, documents) in &self.files {
            let old = read(file)?;
            for q in old.iter().filter(|q| !is_shared(q)) {
                if let Some(new) = rewriter.changed(q) {
                    change(q, &new)?;
                }
            }
            let mut new = rewriter.rewrite(old.clone(), documents);
            self.merge.replace(old, &mut new);
        }
        let events = compare::graph(&self.iris, &comparison);
        decided.quads.into_iter().chain(events).for_each(|q| self.merge.take(q));
        let shared = self.merge.finish();
        Ok(Resolved { shared, identity: decided.report, comparison, rewriter, documents: self.files })
    }
}
