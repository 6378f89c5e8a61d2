//! Making claims of filled frames: agreement, confidence, factuality, circumstances, evidence.

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::Pos;
use super::inventory::RelationKind;
use crate::factuality::{self, Factuality, Source};
use crate::trace::Why;
use rustc_hash::{FxHashMap, FxHashSet};
use temoin_model::{
    Char, Claim, ClaimIx, EntityType, Evidence, Extraction, MentionKind, Object, Quantity, Span, Speaker, Status,
    Subject, Tense, TokenId,
};

/// Claims below this confidence are not worth showing.
const MIN_CONFIDENCE: f64 = 0.4;

impl Engine<'_> {
    /// Characters of the trigger: its verb with auxiliaries is not included, its complement is.
    pub(super) fn trigger_span(&self, hit: Hit) -> Span<Char> {
        let doc = self.args.tree.doc;
        let span = doc.token_span(hit.at);
        match hit.complement {
            Some(c) if c.0.abs_diff(hit.at.0) <= 6 => span.cover(doc.token_span(c)),
            _ => span,
        }
    }

    #[allow(clippy::too_many_arguments)] // the parts of one claim, each from another place
    pub(super) fn claim(
        &mut self,
        hit: Hit,
        predicate: &str,
        rule: &str,
        reliability: f64,
        subject: &Arg,
        object: &Arg,
        count: Option<Quantity>,
    ) {
        let doc = self.args.tree.doc;
        if subject.entity().is_some() && subject.entity() == object.entity() {
            return;
        }
        let s = match subject.what {
            What::Entity(e) => Subject::Entity(e),
            What::Unknown => Subject::Unknown,
            _ => return,
        };
        let o = match &object.what {
            What::Entity(e) => Object::Entity(*e),
            What::Quantity(q) => Object::Quantity(q.clone()),
            What::Text(t) => Object::Text(t.clone()),
            What::Unknown => return,
        };
        let relation = self.relations.get(predicate);
        let mut sure = reliability * subject.sure * object.sure;
        if let Some(r) = relation {
            sure *= self.agreement(subject, r.domain) * self.agreement(object, r.range);
        }
        let distance = |a: &Arg| a.head.map_or(0, |h| h.0.abs_diff(hit.at.0));
        sure *= if distance(subject).max(distance(object)) > 20 { 0.92 } else { 1.0 };
        if sure < MIN_CONFIDENCE {
            self.reject(hit, rule, Why::Confidence(sure));
            return;
        }
        let f = self.judge(hit.at, subject, object);
        let said_by = self.speaker(f.said_by);
        // A place behind the thing that an event is about is the event's: « contre la hausse à Lyon ».
        let thing = object.entity().is_some_and(|e| self.args.kind(e) == EntityType::Thing);
        let mut places = self.args.places_of(hit.at, object.head.filter(|_| hit.pos == Pos::Verb || thing));
        // "called on Moscow": whoever is called on is no place.
        let addressed = relation.is_some_and(|r| !r.range.is_any() && r.range.contains(EntityType::Person));
        places.retain(|&p| Some(p) != subject.entity() && !(addressed && Some(p) == object.entity()));
        let time = crate::time::for_clause(doc, self.times, hit.at).map(|t| t.value.clone());
        let plover = relation.and_then(|r| r.plover.clone());
        let is_event = relation.is_none_or(|r| r.kind == RelationKind::Event) || predicate.ends_with("Count");
        // « tire sur son père à Lyon »: that he is his father holds everywhere.
        if !is_event {
            places.clear();
        }
        if places.is_empty() && is_event && self.is_local(predicate, subject, object) {
            places.extend(self.args.heading_place(hit.at).filter(|&p| Some(p) != object.entity()));
        }
        let means = is_event.then(|| self.args.means_of(hit.at, [subject.head, object.head])).flatten();
        self.claims.push((
            hit.at,
            Claim {
                id: String::new(),
                event: is_event.then(|| hit.at.0.to_string()),
                plover,
                subject: s,
                predicate: predicate.to_owned(),
                object: o,
                status: f.status,
                certainty: f.certainty,
                polarity: f.polarity,
                tense: f.tense,
                said_by,
                said_via: None,
                markers: f.markers,
                places,
                time,
                count,
                embedded_in: None,
                because: Vec::new(),
                purpose: Vec::new(),
                means,
                confidence: (sure.min(1.0) * 100.0).round() / 100.0,
                rule: rule.to_owned(),
                evidence: Evidence {
                    sentence: doc.sentence_span(doc.sentence_of(hit.at)),
                    trigger: self.trigger_span(hit),
                    subject: subject.span,
                    object: object.span,
                },
            },
        ));
        self.second_numbers(hit);
    }

    /// Whether a deed is where a headline says that it is: that of somebody unnamed, or what a named person does
    /// alone. A state, a party or an agency may act from elsewhere (« Syrie : Paris accuse Damas »).
    fn is_local(&self, predicate: &str, subject: &Arg, object: &Arg) -> bool {
        let Some(s) = subject.entity() else { return true };
        let named = self.args.layer.entities[s.0 as usize].named;
        let said = matches!(
            predicate,
            "said"
                | "announced"
                | "accused"
                | "criticized"
                | "denied"
                | "urged"
                | "praised"
                | "requested"
                | "threatened"
        );
        let alone = self.args.kind(s) == EntityType::Person && object.entity().is_none();
        !said && (!named && self.args.kind(s) != EntityType::Organization || named && alone)
    }

    fn agreement(&self, arg: &Arg, expected: super::frame::TypeSet) -> f64 {
        let Some(kind) = arg.entity().map(|e| self.args.kind(e)) else { return 1.0 };
        // One or many, a body or its members: the inventory says which is usual, not which is right.
        let people = [EntityType::Person, EntityType::Group, EntityType::Organization];
        let close = people.contains(&kind) && people.iter().any(|&p| expected.contains(p));
        match kind {
            k if expected.contains(k) => 1.0,
            _ if close => 0.95,
            EntityType::Place if expected.contains(EntityType::Country) => 0.9,
            EntityType::Thing => 0.8,
            _ => 0.6,
        }
    }

    /// The clause's factuality, or that of the more doubtful participant.
    fn judge(&mut self, t: TokenId, subject: &Arg, object: &Arg) -> Factuality {
        let doc = self.args.tree.doc;
        if self.judged.first().is_none_or(|j| j.0 != t) {
            self.judged = vec![(t, t, factuality::judge(doc, t))];
        }
        let mut f = self.judged[0].2.clone();
        for h in [subject.head, object.head].into_iter().flatten().filter(|&h| h != t) {
            let known = self.judged.iter().find(|j| j.1 == h).map(|j| j.2.clone());
            let own = known.unwrap_or_else(|| {
                let own = factuality::judge_participant(doc, t, h);
                self.judged.push((t, h, own.clone()));
                own
            });
            if own.status > f.status {
                f = own;
            }
        }
        // "The toll would have been 1,000": the number holds as its clause does.
        let governor = doc.head(t).filter(|&h| doc.relation(t) == "nsubj" && self.args.tree.dep(h, "cop").is_some());
        if let (What::Quantity(_), Some(clause)) = (&object.what, governor) {
            let own = factuality::judge(doc, clause);
            if own.status > f.status {
                f = own;
            }
        }
        if matches!(f.status, Status::Planned | Status::Hypothetical) && self.args.tree.is_presupposed(t) {
            f = Factuality { tense: Tense::Past, ..Factuality::default() };
        }
        f
    }

    fn speaker(&mut self, source: Source) -> Speaker {
        match source {
            Source::Author => Speaker::Author,
            Source::Unnamed => Speaker::Unnamed,
            Source::Token(t) => match self.args.participant(t, 1.0).and_then(|a| a.entity()) {
                Some(e) => Speaker::Entity(e),
                None => Speaker::Unnamed,
            },
        }
    }

    /// Ends the run: links embedded claims and gives everything found.
    pub(super) fn finish(mut self) -> Extraction {
        self.drop_repeats();
        self.events();
        self.headline_places();
        self.embed();
        let claims = self.claims.into_iter().map(|(_, c)| c).collect();
        let layer = self.args.into_layer();
        Extraction { mentions: layer.mentions, entities: layer.entities, claims, ..Extraction::default() }
    }

    /// What a sentence says twice is kept once, in its surest form: a state that a title and a
    /// predicate both give, an office given in more or fewer words.
    fn drop_repeats(&mut self) {
        let mut best: FxHashMap<(Span<Char>, Subject, String, String), usize> = FxHashMap::default();
        let mut keep = vec![true; self.claims.len()];
        for (i, (_, c)) in self.claims.iter().enumerate() {
            let object = match &c.object {
                // « 300 voitures, contre 250 en 2015 » says two things.
                Object::Entity(e) if c.event.is_none() && c.count.is_some() => {
                    format!("{} {:?}", e.0, c.count.as_ref().map(|q| q.span))
                }
                Object::Entity(e) => e.0.to_string(),
                // « le bilan fait état de 36 morts » counts once.
                Object::Quantity(q) => format!("{:?}", q.span),
                _ if c.predicate == "holdsPosition" => String::new(),
                _ => continue,
            };
            let kept = best.entry((c.evidence.sentence, c.subject, c.predicate.clone(), object)).or_insert(i);
            if *kept == i {
                continue;
            }
            let before = &self.claims[*kept].1;
            let state = self.relations.get(&c.predicate).is_some_and(|r| r.kind == RelationKind::State);
            if !state && before.status != c.status {
                continue;
            }
            let dated = c.time.is_some() && before.time.is_none();
            if c.confidence > before.confidence || c.confidence == before.confidence && dated {
                keep[*kept] = false;
                *kept = i;
            } else {
                keep[i] = false;
            }
        }
        let mut keep = keep.into_iter();
        self.claims.retain(|_| keep.next().unwrap_or(true));
        self.drop_nameless();
        self.drop_shadowed();
    }

    /// « X a déclaré l'état d'urgence à Y »: what the sentence says of somebody it does not say of nobody as well.
    fn drop_nameless(&mut self) {
        let key = |c: &Claim| match &c.object {
            Object::Entity(e) => Some((c.evidence.sentence, c.predicate.clone(), *e, c.status)),
            _ => None,
        };
        let named = |c: &Claim| c.subject != Subject::Unknown;
        let known: FxHashSet<_> = self.claims.iter().filter(|(_, c)| named(c)).filter_map(|(_, c)| key(c)).collect();
        self.claims.retain(|(_, c)| named(c) || key(c).is_none_or(|k| !known.contains(&k)));
    }

    /// « a fait six morts »: where the object of an open relation is the trigger of a known one with the
    /// same subject, that one says more.
    fn drop_shadowed(&mut self) {
        let mut known: FxHashMap<(Span<Char>, Subject), Vec<Span<Char>>> = FxHashMap::default();
        for (_, c) in self.claims.iter().filter(|(_, c)| !c.predicate.starts_with("open:")) {
            known.entry((c.evidence.sentence, c.subject)).or_default().push(c.evidence.trigger);
        }
        self.claims.retain(|(_, c)| {
            let triggers = known.get(&(c.evidence.sentence, c.subject));
            let inside = |o: Span<Char>| triggers.is_some_and(|ts| ts.iter().any(|t| o.contains(*t)));
            !(matches!(c.rule.as_str(), "open" | "open-existential") && c.evidence.object.is_some_and(inside))
        });
    }

    /// An asserted relative clause inside a claim that is not asserted points to that claim.
    fn embed(&mut self) {
        let doc = self.args.tree.doc;
        let mut first = vec![u32::MAX; doc.len()];
        for (i, (t, c)) in self.claims.iter().enumerate().rev() {
            if c.status != Status::Asserted {
                first[t.ix()] = i as u32;
            }
        }
        for i in 0..self.claims.len() {
            let (t, c) = &self.claims[i];
            if c.status != Status::Asserted {
                continue;
            }
            let (mut at, mut relative) = (*t, false);
            for _ in 0..12 {
                let Some(h) = doc.head(at) else { break };
                relative |= doc.deprel(at) == "acl:relcl";
                at = h;
                if relative && first[at.ix()] != u32::MAX {
                    self.claims[i].1.embedded_in = Some(ClaimIx(first[at.ix()]));
                    break;
                }
            }
        }
    }

    /// Facts that noun phrases state by themselves.
    pub(super) fn inherent(&mut self) {
        let doc = self.args.tree.doc;
        for i in std::mem::take(&mut self.args.layer.inherent) {
            let of = |s: &Self, m: temoin_model::MentionIx| {
                let m = &s.args.layer.mentions[m.0 as usize];
                let sure = if m.kind == MentionKind::Pronoun { 0.85 } else { 1.0 };
                Arg { what: What::Entity(m.entity), span: Some(m.span), head: Some(m.head), sure }
            };
            let subject = of(self, i.subject);
            let object = match &i.object {
                crate::entities::InherentObject::Mention(m) => of(self, *m),
                crate::entities::InherentObject::Text(t) => {
                    let span = doc.token_span(i.trigger);
                    Arg { what: What::Text(t.clone()), span: Some(span), head: Some(i.trigger), sure: 1.0 }
                }
            };
            let hit = Hit { at: i.trigger, complement: None, pos: Pos::Noun };
            let before = self.claims.len();
            self.claim(hit, i.predicate, i.rule, 0.92, &subject, &object, None);
            let period = crate::time::period_of(doc, self.times, i.trigger).filter(|_| i.rule == "title");
            for (_, c) in &mut self.claims[before..] {
                // What a noun phrase says by itself does not hang on the clause around it.
                (c.status, c.certainty, c.polarity) = Default::default();
                (c.tense, c.said_by, c.places, c.time) = (Tense::None, Speaker::Author, Vec::new(), None);
                c.time = period.map(|t| t.value.clone());
                c.markers.clear();
            }
        }
    }
}
