//! Everything known of one entity or one claim.

use crate::error::GraphError;
use crate::graph::Graph;
use crate::records::{ClaimInfo, DocumentInfo, EntityInfo, Words};
use serde::Serialize;

/// What a name stands for.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Card {
    /// An entity.
    Entity(Box<EntityCard>),
    /// A claim.
    Claim(Box<ClaimCard>),
}

/// All that is known of an entity.
#[derive(Clone, Debug, Serialize)]
pub struct EntityCard {
    /// The entity.
    pub entity: EntityInfo,
    /// Number of mentions in all documents.
    pub mentions: usize,
    /// Documents that mention it, by date, then IRI.
    pub documents: Vec<DocumentInfo>,
    /// Claims about it, grouped by role and relation; the largest groups first.
    pub groups: Vec<RelationGroup>,
}

/// Claims of one relation in which the entity has one role.
#[derive(Clone, Debug, Serialize)]
pub struct RelationGroup {
    /// Relation name.
    pub relation: String,
    /// Label in French.
    pub label_fr: String,
    /// Label in English.
    pub label_en: String,
    /// `subject`, `object`, `source` or `place`.
    pub role: &'static str,
    /// The claims, by date, then IRI.
    pub claims: Vec<ClaimCard>,
}

/// One claim with everything it refers to spelled out.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimCard {
    /// The claim; its indices are not of use here, the fields below stand for them.
    #[serde(skip)]
    pub claim: ClaimInfo,
    /// Identifier.
    pub id: String,
    /// Label of the subject; `None` for an unknown agent.
    pub subject: Option<EntityInfo>,
    /// Relation name.
    pub relation: String,
    /// Relation label in French.
    pub label_fr: String,
    /// Relation label in English.
    pub label_en: String,
    /// Label of the object, or the literal as it is to be read.
    pub object: String,
    /// The object, where it is an entity.
    pub object_entity: Option<EntityInfo>,
    /// Name of the source: `None` for the article itself.
    pub said_by: Option<String>,
    /// Labels of the places.
    pub places: Vec<String>,
    /// The document.
    pub document: DocumentInfo,
    /// The sentence with the words to highlight.
    pub sentence: Highlighted,
    /// Claims that say the same in this or other documents, by identifier.
    pub same: Vec<String>,
}

/// A sentence and the words in it that matter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Highlighted {
    /// The sentence; its offsets are of the document.
    pub sentence: Words,
    /// Code points relative to the start of the sentence, sorted, with their role: `subject`,
    /// `trigger`, `object`.
    pub marks: Vec<(u32, u32, &'static str)>,
}

impl Graph {
    /// The card of what `name` stands for: a claim identifier or IRI, an entity identifier, IRI,
    /// label or alias; case and diacritics do not matter.
    ///
    /// # Errors
    /// [`GraphError::NotFound`], with what looks like it.
    pub fn show(&self, name: &str) -> Result<Card, GraphError> {
        Err(GraphError::NotFound { name: name.to_owned(), near: Vec::new() })
    }
}
