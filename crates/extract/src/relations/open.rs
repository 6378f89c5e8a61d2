//! Open relations: verbs that no frame knows, between participants that are known by name or type.

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::Pos;
use super::grammar::has;
use super::syntax::{Found, Voice};
use temoin_model::{EntityType, Lang, TokenId, Upos};

const RELIABILITY: f64 = 0.5;

/// The lemma; a French participle in « -é » has one in « -er », whatever was guessed.
fn regular_lemma(lang: Lang, form: &str, lemma: &str) -> String {
    let form = form.to_lowercase();
    let stem = ["ées", "és", "ée", "é"].iter().find_map(|e| form.strip_suffix(e));
    match stem {
        Some(stem) if lang == Lang::Fr && stem.chars().count() > 2 => format!("{stem}er"),
        _ => lemma.to_owned(),
    }
}

/// Whether a lemma looks like a verb, not like a guess at a foreign or misread word.
fn is_lemma(lang: Lang, lemma: &str) -> bool {
    let ending = lang != Lang::Fr || ["er", "ir", "re"].iter().any(|e| lemma.ends_with(e));
    ending && lemma.len() > 2 && lemma.chars().all(|c| c.is_alphabetic() && !c.is_uppercase() || c == '-')
}

impl Engine<'_> {
    /// A claim `open:LEMMA` for the verb at `t`; where a frame was tried in vain, only for what it is
    /// done to directly.
    pub(super) fn open_relation(&mut self, t: TokenId, framed: bool) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let lemma = doc.lemma(t);
        let name = regular_lemma(doc.meta.lang, doc.form(t), lemma);
        let known = is_lemma(doc.meta.lang, &name) && !has(&tree.grammar.weak_verbs, &name);
        if doc.upos(t) != Upos::Verb || has(&tree.grammar.weak_verbs, lemma) || !known || tree.reflexive(t).is_some() {
            return;
        }
        let Some(subject) = tree.logical_subject(t) else {
            if !framed {
                self.agentless(t, &name);
            }
            return;
        };
        // English has no frames yet that tell « accused of bribing » from « bribed »: only what a main
        // clause says of its own subject.
        let main = doc.head(subject.at) == Some(t) && matches!(doc.relation(t), "root" | "conj" | "parataxis");
        if doc.meta.lang == Lang::En && !main {
            return;
        }
        let mut subjects = self.args.participants(subject);
        if subjects.is_empty() && doc.feat(subject.at, "Poss") == Some("Yes") {
            subjects = self.earlier_topic(t);
        }
        if subjects.is_empty() {
            return;
        }
        let mut objects = match tree.logical_object(t) {
            Some(f) if f.at != subject.at => self.args.participants(f),
            _ => Vec::new(),
        };
        if objects.is_empty() && framed {
            return;
        }
        if objects.is_empty() && tree.voice(t) == Voice::Active {
            for (p, d) in tree.prepositional(t) {
                if has(&tree.grammar.open_prepositions, &p)
                    && matches!(doc.relation(d), "obl" | "iobj")
                    && !self.args.is_time(d)
                {
                    objects = self.args.participants(Found { at: d, sure: 0.9, alone: false });
                    objects.retain(|a| self.is_named(a));
                    if !objects.is_empty() {
                        break;
                    }
                }
            }
        }
        let direct = objects.is_empty();
        // Distances and scores take part in nothing.
        objects.retain(|o| {
            let counted = o.head.is_some_and(|h| self.args.quantity_at(h).is_some());
            !counted || self.is_agent(o)
        });
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        if objects.is_empty() && direct {
            return self.intransitive(hit, &name, &subjects);
        }
        let predicate = format!("open:{name}");
        for s in &subjects {
            for o in &objects {
                if (self.is_named(s) || self.is_named(o) || self.is_agent(s)) && (self.can_act(s) || self.is_agent(o)) {
                    self.claim(hit, &predicate, "open", RELIABILITY, s, o, None);
                }
            }
        }
    }

    /// « Le ministre a réagi »: what somebody does or undergoes without anybody else, in a finite clause
    /// of its own; the object is the verb group's words.
    fn intransitive(&mut self, hit: Hit, name: &str, subjects: &[Arg]) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let clause =
            |d: TokenId| matches!(doc.relation(d), "obj" | "ccomp" | "xcomp" | "csubj" | "iobj" | "expl" | "obl");
        let bare = !doc.dependents(hit.at).iter().any(|&d| clause(d) && !self.args.is_time(d) && !self.is_setting(d));
        let finite = crate::verbs::finite(doc, hit.at).is_some();
        if !bare || !finite || tree.voice(hit.at) == Voice::Passive {
            return;
        }
        let text = doc.slice(self.trigger_span(hit)).to_owned();
        let object = Arg { what: What::Text(text), span: None, head: None, sure: 0.95 };
        let agents: Vec<&Arg> = subjects.iter().filter(|s| self.is_agent(s)).collect();
        for s in agents {
            self.claim(hit, &format!("open:{name}"), "open-intransitive", RELIABILITY, s, &object, None);
        }
    }

    /// Whether an oblique says where or when something happens.
    fn is_setting(&mut self, d: TokenId) -> bool {
        let place = self.args.participant_known(d).and_then(|a| a.entity()).map(|e| self.args.kind(e));
        matches!(place, Some(EntityType::Place | EntityType::Country | EntityType::Event))
    }

    /// « Deux corps ont été retrouvés »: a finite passive tells what happened, not who did it.
    fn agentless(&mut self, t: TokenId, name: &str) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let finite =
            doc.dependents(t).iter().any(|&d| doc.relation(d) == "aux" && doc.feat(d, "VerbForm") == Some("Fin"));
        let own = doc.dependents(t).iter().copied().find(|&d| doc.deprel(d) == "nsubj:pass");
        let Some(patient) = own.filter(|_| finite && tree.voice(t) == Voice::Passive) else { return };
        let Some(found) = tree.resolve_relative(t, patient, 1.0) else { return };
        let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.9 };
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        for o in self.args.participants(found) {
            let place = matches!(o.entity().map(|e| self.args.kind(e)), Some(EntityType::Place | EntityType::Country));
            if !place && (self.is_named(&o) || self.is_agent(&o)) {
                self.claim(hit, &format!("open:{name}"), "open-passive", RELIABILITY, &unknown, &o, None);
            }
        }
    }

    fn is_named(&self, a: &Arg) -> bool {
        a.entity().is_some_and(|e| self.args.layer.entities[e.0 as usize].named)
    }

    /// Places and plain things do little that is worth an open relation.
    fn can_act(&self, a: &Arg) -> bool {
        let kind = a.entity().map(|e| self.args.kind(e));
        !matches!(kind, None | Some(EntityType::Place))
    }

    fn is_agent(&self, a: &Arg) -> bool {
        let agents = [EntityType::Person, EntityType::Organization, EntityType::Country, EntityType::Group];
        a.entity().is_some_and(|e| agents.contains(&self.args.kind(e)))
    }
}
