//! Headlines: « Pérou : fusillade dans un cinéma », « Cyclisme : la course annulée ».

use super::super::args::{Arg, What};
use super::super::engine::{Engine, Hit};
use super::super::frame::Pos;
use super::BOUND;
use crate::entities::{Lexicon, NounClass};
use temoin_model::{EntityIx, EntityType, Lang, Object, Subject, TokenId};

/// Most words of the topic before a headline's colon.
const TOPIC: u32 = 6;

impl Engine<'_> {
    /// A sentence without a full stop and without a finite verb: a headline.
    pub(super) fn is_short(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let sentence = doc.sentence(doc.sentence_of(t));
        let finite = |i: TokenId| doc.feat(i, "VerbForm") == Some("Fin");
        !self.ends_with_stop(t) && !doc.tokens_in(sentence).any(finite)
    }

    fn ends_with_stop(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let sentence = doc.sentence(doc.sentence_of(t));
        sentence.end.checked_sub(1).is_some_and(|l| doc.form(TokenId(l)) == ".")
    }

    /// « La Garde nationale envoyée à la frontière »: a participle on the root of a sentence without a
    /// finite verb, or on what stands behind its topic and a colon.
    pub(super) fn is_headline(&self, t: TokenId) -> bool {
        self.headline_noun(t).is_some()
    }

    /// The noun of which the participle of a headline says something: « Une trace datant de trois ans découverte ».
    pub(super) fn headline_noun(&self, t: TokenId) -> Option<TokenId> {
        let doc = self.args.tree.doc;
        let tree = self.args.tree;
        let fits = |h: TokenId| doc.name_at(h).is_some() || tree.agree(t, h);
        let colon = self.colon(t).filter(|&c| c < t.0).unwrap_or(0);
        let first = |h: TokenId| doc.head(h).is_none() && h.0 >= colon || self.is_behind_topic(h);
        let noun = doc.head(t).filter(|&h| tree.is_nominal(h) && h < t)?;
        let up = |h: &TokenId| doc.head(*h).filter(|&u| u < *h);
        let noun = if fits(noun) {
            noun
        } else {
            std::iter::successors(Some(noun), up).take(6).find(|&h| first(h) && tree.is_nominal(h) && fits(h))?
        };
        (first(noun) && self.is_short(t)).then_some(noun)
    }

    /// « Cyclisme : la course … »: the noun that a colon parts from the root before it.
    pub(super) fn is_behind_topic(&self, noun: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let root = doc.head(noun).filter(|&r| r < noun && doc.head(r).is_none());
        let apart = matches!(doc.relation(noun), "appos" | "parataxis" | "dep" | "conj" | "nmod" | "list");
        root.is_some_and(|r| apart && self.colon(noun).is_some_and(|c| r.0 < c && c < noun.0))
    }

    /// The colon behind the topic that opens the sentence of `t`.
    fn colon(&self, t: TokenId) -> Option<u32> {
        let doc = self.args.tree.doc;
        let sentence = doc.sentence(doc.sentence_of(t));
        (sentence.start + 1..sentence.end.min(sentence.start + TOPIC)).find(|&i| doc.form(TokenId(i)) == ":")
    }

    /// « Pérou : fusillade dans un cinéma »: what a headline without a verb says that there was.
    pub(super) fn headline_event(&mut self, t: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let first = doc.head(t).is_none() || self.is_behind_topic(t);
        if doc.meta.lang != Lang::Fr
            || !tree.is_nominal(t)
            || !first
            || !self.is_short(t)
            || self.args.is_inside_name(t)
        {
            return;
        }
        let class = Lexicon::of(doc).noun(doc.lemma(t), doc.form(t)).0;
        let open = self.colon(t).map_or(doc.sentence(doc.sentence_of(t)).start, |c| c + 1);
        let near = t.0 <= open + 3;
        // « une collision évitée » was none.
        let undergone = doc.dependents(t).iter().any(|&d| {
            d > t && tree.is_past_participle(d) && !tree.has_aux(d) && tree.agree(d, t)
        });
        let set = self.topic_place(t).is_some()
            || !self.args.places_under(t, false).is_empty()
            || !self.last_place(t).is_empty();
        if !class.has(NounClass::EVENT) || !near || undergone || !set || tree.preposition(t).is_some() {
            return;
        }
        let hit = Hit { at: t, complement: None, pos: Pos::Noun };
        let Some(event) = self.args.participant(t, 0.95).filter(|a| !self.is_named(a)) else { return };
        let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.95 };
        self.claim(hit, "open:y-avoir", "open-headline", BOUND, &unknown, &event, None);
    }

    /// « Attentat à la voiture piégée en Somalie »: the place at the end of a headline hangs on what is near it.
    fn last_place(&mut self, t: TokenId) -> Vec<Arg> {
        let doc = self.args.tree.doc;
        let own = doc.subtree(t);
        let participle = |&i: &TokenId| i > t && self.args.tree.is_past_participle(i) && doc.subtree(i).end == own.end;
        let last = doc.tokens_in(own).find(participle).filter(|&p| doc.head(p).is_some_and(|h| h == t || doc.head(h) == Some(t)));
        last.map_or_else(Vec::new, |p| self.args.places_under(p, false))
    }

    /// « Pérou : … »: the place that a headline names before its colon.
    fn topic_place(&mut self, t: TokenId) -> Option<EntityIx> {
        let doc = self.args.tree.doc;
        let colon = self.colon(t).filter(|_| doc.meta.lang == Lang::Fr && !self.ends_with_stop(t))?;
        let start = doc.sentence(doc.sentence_of(t)).start;
        let name = self.args.named_ending(colon)?;
        let e = self
            .args
            .participant_known(name)
            .filter(|a| a.span.is_some_and(|s| s.start == doc.token_span(TokenId(start)).start))?
            .entity()?;
        let place = matches!(self.args.kind(e), EntityType::Place | EntityType::Country);
        place.then_some(e)
    }

    /// What a headline tells happened where its topic is, unless it names another place.
    pub(in super::super) fn headline_places(&mut self) {
        for i in 0..self.claims.len() {
            let (at, c) = &self.claims[i];
            let happens = c.event.is_some() && c.places.is_empty() && c.predicate != "open:être";
            let parts = [
                match c.subject {
                    Subject::Entity(e) => Some(e),
                    Subject::Unknown => None,
                },
                match c.object {
                    Object::Entity(e) => Some(e),
                    _ => None,
                },
            ];
            let at = *at;
            let located = parts.into_iter().flatten().any(|e| self.args.is_location(e));
            if happens && !located {
                let event = self.claims[i].1.predicate == "open:y-avoir";
                let last = if event { self.last_place(at).first().and_then(Arg::entity) } else { None };
                let place = last.or_else(|| self.topic_place(at));
                self.claims[i].1.places.extend(place);
            }
        }
    }
}
