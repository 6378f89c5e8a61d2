//! Mentions and entities: names, nominals, pronouns and demonyms, resolved inside the article and
//! linked to the gazetteer.
//!
//! Names come first (the tagger's, mended by the gazetteer), then one walk in reading order makes a
//! mention of every common noun and pronoun and resolves it against what was said before.

mod acronyms;
mod actors;
mod antecedents;
mod builder;
mod by_nationality;
mod descriptions;
mod detect;
mod extent;
mod gazetteer;
mod known;
mod labels;
mod lexicon;
mod named_after;
mod names;
mod own;
mod persons;
mod phrase;
mod places;
mod ranker;
mod reference;
mod rephrased;
mod ruled_out;
mod scene;
#[cfg(test)]
mod tests;
mod title_facts;
mod titles;
mod walk;

use crate::quantity::QuantityExpr;
pub use extent::extents;
pub use gazetteer::Gazetteer;
pub(crate) use lexicon::{Lexicon, NounClass};
pub use own::EntitiesError;
pub use ranker::{Choice, Decision};
use temoin_model::{Document, Entity, EntityIx, Mention, MentionIx, TokenId};
pub(crate) use titles::is_profession;

/// Mentions and entities of a document.
#[derive(Clone, Debug, Default)]
pub struct EntityLayer {
    /// Mentions, in text order.
    pub mentions: Vec<Mention>,
    /// Entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// For each word, the mention whose syntactic head it is.
    pub by_head: Vec<Option<MentionIx>>,
    /// For each entity, whom it belongs to where the text says so: « vols d'Antonov russes » → Russia.
    pub affiliation: Vec<Option<EntityIx>>,
    /// Force nouns with the mentions of the states that they act for, in text order.
    pub actors: Vec<(TokenId, MentionIx)>,
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

    /// The states that the force noun at `head` acts for: « des contingents arméniens et kirghizes »
    /// has two. Empty for any other word.
    pub fn actors(&self, head: TokenId) -> Vec<MentionIx> {
        let from = self.actors.partition_point(|&(t, _)| t < head);
        self.actors[from..].iter().take_while(|&&(t, _)| t == head).map(|&(_, m)| m).collect()
    }
}

/// Finds and resolves all mentions.
pub fn resolve(doc: &Document, gazetteer: &Gazetteer, quantities: &[QuantityExpr]) -> EntityLayer {
    resolve_logged(doc, gazetteer, quantities, false).0
}

/// The same with every choice of an antecedent, for training, if `logged`.
pub fn resolve_logged(
    doc: &Document,
    gazetteer: &Gazetteer,
    quantities: &[QuantityExpr],
    logged: bool,
) -> (EntityLayer, Vec<Decision>) {
    let mut b = builder::Builder::new(doc, gazetteer);
    names::resolve(&mut b);
    let mut walk = walk::Walk::new(&mut b, quantities);
    walk.log = logged.then(Vec::new);
    walk.run();
    walk.speakers();
    walk.link_prepositions();
    walk.neighbours();
    let log = walk.log.take().unwrap_or_default();
    (b.finish(), log)
}
