//! The graph in memory.

use crate::error::GraphError;
use crate::export::Facts;
use crate::iri::Iris;
use crate::merge::Merge;
use crate::ontology::{self, RelationInfo};
use crate::quads;
use crate::store::{Damaged, GraphFolder};
use oxigraph::model::Quad;
use oxigraph::store::Store;
use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;
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
    ///
    /// # Errors
    /// When the in-memory store fails.
    pub fn finish(self) -> Result<Graph, GraphError> {
        let store = Store::new()?;
        let mut merge = Merge::new(&self.iris, Facts::Asserted);
        let mut loader = store.bulk_loader();
        for (_, mut quads) in self.documents {
            merge.absorb(&mut quads);
            loader.load_quads(quads)?;
        }
        for q in ontology::quads(&self.iris, &self.relations) {
            merge.take(q);
        }
        loader.load_quads(merge.finish())?;
        loader.commit()?;
        Ok(Graph { store, iris: self.iris, damaged: Vec::new() })
    }
}

/// Segments read ahead of the store; bounds memory.
const AHEAD: usize = 8;

/// Loads a folder segment by segment: one thread unpacks and parses, this one fills the store.
pub(crate) fn load(folder: &GraphFolder) -> Result<Graph, GraphError> {
    let store = Store::new()?;
    let mut damaged = Vec::new();
    let mut merge = Merge::new(folder.iris(), Facts::Asserted);
    let mut loader = store.bulk_loader();
    let (send, segments) = sync_channel(AHEAD);
    std::thread::scope(|threads| {
        threads.spawn(move || {
            for file in folder.segments() {
                // Where the other side has failed, nobody reads on.
                if send.send(folder.read(&file)).is_err() {
                    break;
                }
            }
        });
        for segment in segments {
            match segment {
                Ok(mut quads) => {
                    merge.absorb(&mut quads);
                    loader.load_quads(quads)?;
                }
                Err(d) => damaged.push(d),
            }
        }
        Ok::<(), GraphError>(())
    })?;
    match folder.ontology() {
        Ok(quads) => quads.into_iter().for_each(|q| merge.take(q)),
        Err(d) => damaged.push(d),
    }
    loader.load_quads(merge.finish())?;
    loader.commit()?;
    Ok(Graph { store, iris: folder.iris().clone(), damaged })
}
