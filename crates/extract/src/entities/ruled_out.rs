//! Whom a French pronoun cannot mean, whatever the ranker thinks: the role before it, the object of an aim,
//! who cannot have spoken; and whom « celui-ci » must mean.

use super::phrase;
use super::reference::{Candidate, WINDOW, Wanted, agrees};
use super::walk::Walk;
use temoin_model::{EntityIx, EntityType, Lang, Mention, MentionKind, TokenId, Upos};

impl Walk<'_, '_> {
    /// « Ancien séminariste, il était … »: a bare noun before the subject and a comma says what it is.
    pub(super) fn is_fronted_role(&self, m: &Mention, at: TokenId) -> bool {
        let doc = self.b.doc;
        let first = doc.sentence(doc.sentence_of(at)).start;
        let comma = (m.tokens.end..at.0).any(|t| doc.form(TokenId(t)) == ",");
        let opens =
            (first..m.tokens.start).all(|t| matches!(doc.upos(TokenId(t)), Upos::Punct | Upos::Adj | Upos::Adv));
        let bare = phrase::definiteness(doc, m.head) == phrase::Definite::Bare;
        doc.meta.lang == Lang::Fr && m.kind == MentionKind::Nominal && opens && comma && bare
    }

    /// « X a dénoncé Y avant que celui-ci … »: the nearest noun of the sentence that agrees and is no subject
    /// of a clause around the pronoun.
    pub(super) fn nearer(&self, w: &Wanted) -> Option<EntityIx> {
        let doc = self.b.doc;
        let sentence = doc.sentence_of(w.at) as u32;
        let mut around = Vec::new();
        let mut at = w.at;
        while let Some(h) = doc.head(at).filter(|_| around.len() < 12) {
            around.push(h);
            at = h;
        }
        let here = self.recent.iter().rev().take(WINDOW).take_while(|&&(_, s)| s == sentence);
        let mut fitting = here
            .map(|&(m, _)| &self.b.mentions[m.0 as usize])
            .filter(|m| m.kind != MentionKind::Pronoun && m.tokens.end <= w.at.0)
            .filter(|m| doc.relation(m.head) != "nsubj" || doc.head(m.head).is_none_or(|v| !around.contains(&v)))
            .map(|m| m.entity)
            .filter(|&e| {
                let info = self.b.info(e);
                let place = matches!(self.b.entity(e).kind, EntityType::Place | EntityType::Country);
                info.gender == w.gender && info.gender.is_some() && agrees(info, w) && !place
            });
        let first = fitting.next()?;
        // Of a person and a thing the one that the verb tells of is meant.
        let person = |e: EntityIx| self.b.entity(e).kind == EntityType::Person;
        fitting.all(|e| person(e) == person(first)).then_some(first)
    }

    /// Whether a pronoun is the subject of the verb that reports the quotation before it.
    pub(super) fn is_speaker(&self, t: TokenId) -> bool {
        let doc = self.b.doc;
        let verb = doc.head(t).filter(|_| doc.relation(t) == "nsubj" && doc.meta.lang == Lang::Fr);
        verb.is_some_and(|v| crate::factuality::quotation_before(doc, v).is_some())
    }

    /// Whether an entity can have said something: a person, or a body that a pronoun agrees with.
    pub(super) fn may_speak(&self, e: EntityIx) -> bool {
        match self.b.entity(e).kind {
            EntityType::Person => true,
            EntityType::Organization | EntityType::Group | EntityType::Country => self.b.info(e).gender.is_some(),
            _ => false,
        }
    }

    /// « X s'est décidé à rallier Y. Alors qu'il … »: behind the sentence, who is only the object of what a
    /// person sets out to do is not meant, where that person can be.
    pub(super) fn drop_aims(&self, w: &Wanted, sentence: u32, all: &mut Vec<Candidate>) {
        let doc = self.b.doc;
        if doc.meta.lang != Lang::Fr || doc.relation(w.at) != "nsubj" || doc.upos(w.at) != Upos::Pron {
            return;
        }
        let entity = |c: &Candidate| self.b.of(c.mention);
        let person = |c: &Candidate| self.b.entity(entity(c)).kind == EntityType::Person;
        let head = |c: &Candidate| self.b.mentions[c.mention.0 as usize].head;
        let aim = |c: &Candidate| -> bool {
            let verb = doc.head(head(c)).filter(|_| doc.relation(head(c)) == "obj");
            let infinitive = |&v: &TokenId| {
                doc.feat(v, "VerbForm") == Some("Inf") && matches!(doc.relation(v), "xcomp" | "advcl" | "conj")
            };
            c.sentence < sentence && person(c) && verb.filter(infinitive).is_some()
        };
        let owner = |c: &Candidate| matches!(doc.deprel(head(c)), "det" | "nmod:poss");
        let leads = |c: &Candidate| person(c) && !aim(c) && !owner(c) && c.sentence + 1 >= sentence;
        let aims: Vec<EntityIx> = all.iter().filter(|c| aim(c)).map(entity).collect();
        let others: Vec<EntityIx> = all.iter().filter(|c| leads(c)).map(entity).collect();
        if others.iter().any(|e| !aims.contains(e)) {
            all.retain(|c| !aims.contains(&entity(c)) || others.contains(&entity(c)));
        }
    }
}
