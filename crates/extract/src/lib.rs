//! Annotated documents to entities and claims.
//!
//! Stages: [`time`] and [`quantity`] find literal values; [`entities`] finds mentions and resolves
//! them inside the article; [`relations`] matches frames over the trees and asks [`factuality`] who
//! says each claim and how sure. Relations, cues and the gazetteer are data under `data/lexicon`.
//! [`reports`] is a trained layer on top, for short reports of incidents.

pub mod entities;
pub mod factuality;
mod numbers;
pub mod quantity;
pub mod relations;
pub mod reports;
mod scene;
#[cfg(test)]
mod testing;
pub mod time;
pub mod trace;
mod verbs;
mod words;

use temoin_model::{Document, Extraction};

/// Extracts entities and claims from annotated documents of one language.
#[derive(Debug)]
pub struct Extractor {
    relations: relations::Relations,
    gazetteer: entities::Gazetteer,
}

impl Extractor {
    /// The extractor with the built-in relations and gazetteer.
    pub fn builtin() -> Self {
        Extractor { relations: relations::Relations::builtin(), gazetteer: entities::Gazetteer::builtin() }
    }

    /// Adds the relations and frames of `text`, a file in the form of `data/lexicon/relations.toml`.
    ///
    /// # Errors
    /// When the file is no TOML of that form; the error names line, relation and field.
    pub fn add_relations(&mut self, text: &str) -> Result<(), relations::RelationsError> {
        self.relations.extend(text)
    }

    /// Adds the entities of `text`: a line each of type, name, other names parted by `|`, and Wikidata
    /// identifier, with tabs between. A name that ends in `@fr` or `@en` is the label in that language.
    /// One that is known by its name or identifier gets further names.
    ///
    /// # Errors
    /// When a line is not of that form; the error names line and field, and nothing is added.
    pub fn add_entities(&mut self, text: &str) -> Result<(), entities::EntitiesError> {
        self.gazetteer.extend(text)
    }

    /// The relations in force.
    pub fn relations(&self) -> &relations::Relations {
        &self.relations
    }

    /// Everything that `doc` says.
    pub fn extract(&self, doc: &Document) -> Extraction {
        self.read(doc, None)
    }

    /// The same, with the triggers that gave no claim and why, in text order.
    pub fn trace(&self, doc: &Document) -> (Extraction, Vec<trace::Rejection>) {
        let mut rejections = Vec::new();
        let extraction = self.read(doc, Some(&mut rejections));
        rejections.sort_by_key(|r| r.trigger);
        (extraction, rejections)
    }

    /// Mentions and entities with every choice of an antecedent, for training the ranker.
    pub fn decisions(&self, doc: &Document) -> (entities::EntityLayer, Vec<entities::Decision>) {
        let times = time::find(doc);
        let quantities = quantity::find_beside(doc, &times);
        entities::resolve_logged(doc, &self.gazetteer, &quantities, true)
    }

    fn read(&self, doc: &Document, trace: Option<&mut Vec<trace::Rejection>>) -> Extraction {
        let times = time::find(doc);
        let quantities = quantity::find_beside(doc, &times);
        let layer = entities::resolve(doc, &self.gazetteer, &quantities);
        let mut out = relations::claims(doc, &self.relations, &self.gazetteer, layer, (&times, &quantities), trace);
        self.gazetteer.label(&mut out, doc.meta.lang);
        out.finish(&doc.id);
        out
    }
}
