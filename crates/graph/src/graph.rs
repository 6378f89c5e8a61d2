//! The graph in memory.

use crate::compare::Comparison;
use crate::error::GraphError;
use crate::export::Facts;
use crate::identity::Report;
use crate::identity::decisions::Decisions;
use crate::index::{QuadIndex, QuadIndexBuilder, QuadPiece};
use crate::iri::Iris;
use crate::ontology::{self, RelationInfo};
use crate::ordered::in_order;
use crate::quads;
use crate::resolve::{self, Piece, Resolver};
use crate::store::{Damaged, GraphFolder, Part};
use oxigraph::model::Quad;
use std::collections::BTreeMap;
use std::convert::Infallible;
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
            resolver.absorb(i, Piece::new(&self.iris, resolver.split(), &mut quads));
            quads.iter().for_each(|q| index.add(q));
        }
        let read = |i: usize, _: &dyn Fn(&str) -> bool| Ok::<_, Infallible>(documents[i].clone());
        resolver.ontology(ontology::quads(&self.iris, &self.relations));
        let Ok((identity, comparison)) = fill(&mut index, resolver, decisions, read);
        Graph { quads: index.finish(), iris: self.iris, damaged: Vec::new(), identity, comparison }
    }
}

/// Rewrites what the articles in `index` call otherwise than the graph does, and adds what they share.
fn fill<E: Send>(
    index: &mut QuadIndexBuilder,
    resolver: Resolver,
    decisions: &Decisions,
    read: impl Fn(usize, &dyn Fn(&str) -> bool) -> Result<Vec<Quad>, E> + Sync,
) -> Result<(Report, Comparison), E> {
    let resolved = resolver.resolve(decisions, read, &mut |old, new| index.replace(old, new))?;
    resolved.shared.iter().for_each(|q| index.add(q));
    Ok((resolved.identity, resolved.comparison))
}

/// Loads a folder part by part: threads unpack, parse and number the terms of each part, this one puts
/// them together in the order of the parts.
pub(crate) fn load(folder: &GraphFolder) -> Result<Graph, GraphError> {
    folder.steadily(load_once)
}

fn load_once(folder: &GraphFolder) -> Result<Graph, GraphError> {
    let decisions = folder.decisions()?;
    let mut index = QuadIndexBuilder::default();
    let mut damaged = Vec::new();
    let mut resolver = Resolver::new(folder.iris(), Facts::Asserted);
    let parts = folder.segments();
    let split = resolver.split().clone();
    let read = |part: &Part| {
        let quads = folder.present(part)?;
        Ok::<_, GraphError>(quads.map(|mut quads| {
            let piece = Piece::new(folder.iris(), &split, &mut quads);
            (piece, QuadPiece::new(&quads))
        }))
    };
    let take = |i: usize, part: Result<Result<(Piece, QuadPiece), Damaged>, GraphError>| {
        match part? {
            Ok((piece, quads)) => {
                resolver.absorb(i, piece);
                index.add_piece(quads);
            }
            Err(d) => damaged.push(d),
        }
        Ok::<(), GraphError>(())
    };
    in_order(parts.len(), |i| read(&parts[i]), take)?;
    match folder.ontology() {
        Ok(quads) => resolver.ontology(quads),
        Err(d) => damaged.push(d),
    }
    let read = |i: usize, wanted: &dyn Fn(&str) -> bool| resolve::again(folder, &parts[i], wanted);
    let (identity, comparison) = fill(&mut index, resolver, &decisions, read)?;
    Ok(Graph { quads: index.finish(), iris: folder.iris().clone(), damaged, identity, comparison })
}
