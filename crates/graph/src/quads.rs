//! A document and its extraction as quads.

use crate::iri::Iris;
use oxigraph::model::Quad;
use temoin_model::{Document, Extraction};

/// All quads of one document, sorted and without repeats: its own graph, and what it adds to
/// `g:entities`, `g:facts` and `g:ontology` (labels of open relations).
pub fn of_document(_iris: &Iris, _doc: &Document, _extraction: &Extraction) -> Vec<Quad> {
    Vec::new()
}
