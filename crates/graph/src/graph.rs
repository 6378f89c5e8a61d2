//! The graph in memory.

use crate::compare::Comparison;
use crate::error::GraphError;
use crate::export::Facts;
use crate::gather;
use crate::identity::Report;
use crate::identity::decisions::Decisions;
use crate::index::{QuadIndex, QuadIndexBuilder};
use crate::iri::Iris;
use crate::ontology::{self, RelationInfo};
use crate::quads;
use crate::resolve::{self, Resolver};
use crate::store::{Damaged, GraphFolder};
use oxigraph::model::Quad;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::mpsc::sync_channel;
use temoin_model::{Document, Extraction};

/// All articles of a graph in memory: entities merged, each triple in exactly one named graph.
pub struct Graph {
    pub(crate) quads: QuadIndex,
    pub(crate) iris: Iris,
    pub(crate) damaged: Vec<Damaged>,
    pub(crate) identity: Report,
    pub(crate) comparison: Comparison,
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graph").field("iris", &self.iris).field("damaged", &self.damaged).finish_non_exhaustive()
    }
}

impl Graph {
    /// Makes the identifiers of this graph.
    pub fn iris(&self) -> &Iris {
        &self.iris
    }

    /// Segments that could not be read and are left out.
    pub fn damaged(&self) -> &[Damaged] {
        &self.damaged
    }

    /// Who is who across articles: what was decided, and what cannot be followed.
    pub fn identity(&self) -> &Report {
        &self.identity
    }

    /// What several articles tell of the same happenings.
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// Number of quads.
    pub fn len(&self) -> usize {
        self.quads.len()
    }

    /// Whether there is no quad at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Makes a [`Graph`] from documents without a folder.
#[derive(Debug)]
pub struct GraphBuilder {
    iris: Iris,
    relations: Vec<RelationInfo>,
    documents: BTreeMap<String, Vec<Quad>>,
}

impl GraphBuilder {
    /// Starts an empty graph whose ontology describes `relations`.
    pub fn new(iris: Iris, relations: &[RelationInfo]) -> Self {
        GraphBuilder { iris, relations: relations.to_vec(), documents: BTreeMap::new() }
    }

    /// Adds what was found in one document; a document with the same text changes nothing.
    pub fn add(&mut self, doc: &Document, extraction: &Extraction) -> &mut Self {
        let iris = &self.iris;
        self.documents.entry(doc.id.clone()).or_insert_with(|| quads::of_document(iris, doc, extraction));
        self
    }

    /// The graph.
    pub fn finish(self) -> Graph {
        self.finish_with(&Decisions::default())
    }

    /// The graph, with decisions of people on who is who.
    pub fn finish_with(self, decisions: &Decisions) -> Graph {
        let mut index = QuadIndexBuilder::default();
        let mut resolver = Resolver::new(&self.iris, Facts::Asserted);
        let documents: Vec<&Vec<Quad>> = self.documents.values().collect();
        for (i, quads) in documents.iter().enumerate() {
            let mut quads = quads.to_vec();
            resolver.absorb(i, gather::articles(&self.iris, &quads), &mut quads);
            quads.iter().for_each(|q| index.add(q));
        }
        let read = |i: usize, _: &dyn Fn(&str) -> bool| Ok::<_, Infallible>(documents[i].clone());
        resolver.ontology(ontology::quads(&self.iris, &self.relations));
        let Ok((identity, comparison)) = fill(&mut index, resolver, decisions, read);
        Graph { quads: index.finish(), iris: self.iris, damaged: Vec::new(), identity, comparison }
    }
}

/// Rewrites what the articles in `index` call otherwise than the graph does, and adds what they share.
fn fill<E>(
    index: &mut QuadIndexBuilder,
    resolver: Resolver,
    decisions: &Decisions,
    read: impl FnMut(usize, &dyn Fn(&str) -> bool) -> Result<Vec<Quad>, E>,
) -> Result<(Report, Comparison), E> {
    let resolved = resolver.resolve(decisions, read, &mut |old, new| index.replace(old, new))?;
    resolved.shared.iter().for_each(|q| index.add(q));
    Ok((resolved.identity, resolved.comparison))
}

/// Segments read ahead of the index; bounds memory.
const AHEAD: usize = 8;

/// Loads a folder segment by segment: one thread unpacks and parses, this one numbers the terms.
pub(crate) fn load(folder: &GraphFolder) -> Result<Graph, GraphError> {
    folder.steadily(load_once)
}

fn load_once(folder: &GraphFolder) -> Result<Graph, GraphError> {
    let decisions = folder.decisions()?;
    let mut index = QuadIndexBuilder::default();
    let mut damaged = Vec::new();
    let mut resolver = Resolver::new(folder.iris(), Facts::Asserted);
    let parts = &folder.segments()[..];
    let (send, segments) = sync_channel(AHEAD);
    std::thread::scope(|threads| {
        threads.spawn(move || {
            for (i, part) in parts.iter().enumerate() {
                let read = folder.present(part);
                let segment = read.map(|r| r.map(|quads| (gather::articles(folder.iris(), &quads), quads)));
                // Where the other side has failed, nobody reads on.
                if send.send((i, segment)).is_err() {
                    break;
                }
            }
        });
        for (i, segment) in segments {
            match segment? {
                Ok((articles, mut quads)) => {
                    resolver.absorb(i, articles, &mut quads);
                    quads.iter().for_each(|q| index.add(q));
                }
                Err(d) => damaged.push(d),
            }
        }
        Ok::<(), GraphError>(())
    })?;
    match folder.ontology() {
        Ok(quads) => resolver.ontology(quads),
        Err(d) => damaged.push(d),
    }
    let read = |i: usize, wanted: &dyn Fn(&str) -> bool| resolve::again(folder, &parts[i], wanted);
    let (identity, comparison) = fill(&mut index, resolver, &decisions, read)?;
    Ok(Graph { quads: index.finish(), iris: folder.iris().clone(), damaged, identity, comparison })
}
