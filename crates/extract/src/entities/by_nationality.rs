//! Persons taken up by their nationality: « Le Français s'impose », « l'athlète suédoise ».

use super::InherentObject;
use super::gazetteer::KnownIx;
use super::lexicon::NounClass;
use super::phrase::{self, Definite};
use super::reference::WINDOW;
use super::walk::{Np, Walk};
use temoin_model::{EntityIx, EntityType, MentionKind, TokenId};

/// Most sentences back to the person.
const REACH: u32 = 6;

impl Walk<'_, '_> {
    /// The named person last spoken of who is a citizen of the state that a definite description in the singular
    /// names; with a noun of its own the person was described so. Two such people of one gender in the same
    /// sentence leave it open.
    pub(super) fn by_nationality(&self, np: &Np, states: &[(TokenId, KnownIx)]) -> Option<EntityIx> {
        let doc = self.b.doc;
        if np.plural == Some(true) || np.definite != Definite::Article {
            return None;
        }
        let capital = doc.form(np.head).starts_with(char::is_uppercase);
        let by_state = self.state_of(np.head).filter(|_| capital && np.label.len() == 1);
        let noun = doc.lemma(np.head).to_lowercase();
        let state = match (by_state, states) {
            (Some(k), _) => k,
            (None, &[(_, k)]) if np.class.has(NounClass::PERSON) => k,
            _ => return None,
        };
        let limit = doc.sentence_of(np.head) as u32;
        let gender = phrase::gender(doc, np.head);
        let fits = |e: EntityIx| {
            let entity = self.b.entity(e);
            let info = self.b.info(e);
            entity.named
                && entity.kind == EntityType::Person
                && (info.gender.is_none() || gender.is_none() || info.gender == gender)
                && (by_state.is_some() || info.described.contains(&noun))
                && self.is_citizen(e, state)
        };
        let recent = self.recent.iter().rev().take(2 * WINDOW).take_while(|&&(_, s)| s + REACH >= limit);
        let mut found: Option<(EntityIx, u32)> = None;
        for &(m, s) in recent {
            let mention = &self.b.mentions[m.0 as usize];
            if found.is_some_and(|(_, at)| at != s) {
                break;
            }
            if mention.kind == MentionKind::Pronoun || mention.tokens.end > np.full.start || !fits(mention.entity) {
                continue;
            }
            if found.is_some_and(|(e, _)| e != mention.entity) {
                return None;
            }
            found = Some((mention.entity, s));
        }
        found.map(|(e, _)| e)
    }

    /// Whether the text has said that somebody is a citizen of a state.
    fn is_citizen(&self, e: EntityIx, state: KnownIx) -> bool {
        self.b.inherent.iter().any(|i| {
            i.predicate == "citizenOf"
                && self.b.of(i.subject) == e
                && matches!(i.object, InherentObject::Mention(o) if self.b.info(self.b.of(o)).known == Some(state))
        })
    }
}
