//! Passives without an agent: « Deux corps ont été retrouvés », « est composé de ».

use super::super::args::{Arg, What};
use super::super::engine::{Engine, Hit};
use super::super::frame::Pos;
use super::super::grammar::has;
use super::super::syntax::{Found, Voice, found};
use super::{BOUND, DIRECT};
use temoin_model::{EntityType, Lang, Span, TokenId, Upos};

impl Engine<'_> {
    /// « Deux corps ont été retrouvés »: a finite passive tells what happened, not who did it; « est
    /// composé de », « sont privés de » tell it of two.
    pub(super) fn agentless(&mut self, t: TokenId, name: &str) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let finite = crate::verbs::finite(doc, t).filter(|&f| f != t);
        let own = tree.own_subject(t).filter(|&d| {
            d < t && !tree.clashes(t, d) && (tree.preposition(d).is_none() || tree.is_doubtful_des(d).is_some())
        });
        let lemma = doc.lemma(t);
        // « Il est attendu que … »
        let clausal = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "ccomp" | "csubj") && d > t);
        if clausal && own.is_some_and(|s| matches!(doc.form(s), "il" | "Il" | "it" | "It")) {
            return;
        }
        // « est occupé à chercher »: a state, not something done to it.
        let marked = |d: TokenId| doc.dependents(d).iter().any(|&m| doc.relation(m) == "mark" && doc.lemma(m) == "à");
        let state = |&d: &TokenId| d > t && doc.relation(d) == "xcomp" && tree.is_verbal(d) && marked(d);
        if doc.meta.lang == Lang::Fr && doc.dependents(t).iter().any(state) {
            return;
        }
        // "is expected to win": nobody expects a win of somebody.
        let infinitive = |&d: &TokenId| d > t && doc.relation(d) == "xcomp";
        let raised = has(&tree.grammar.raising_participles, lemma) && doc.dependents(t).iter().any(infinitive);
        // "39 percent of these are rated "highly critical""
        let rated =
            matches!(lemma, "rate" | "deem" | "label" | "dub" | "judge" | "call" | "name" | "juger" | "surnommer")
                && doc.dependents(t).iter().any(|&d| d > t && matches!(doc.relation(d), "xcomp" | "obj" | "ccomp"));
        // "was forced to work": who was forced says too little alone.
        let forced = has(&tree.grammar.causing_verbs, lemma) && doc.dependents(t).iter().any(infinitive);
        let raised = raised || forced || rated || self.is_seen_as(t);
        let feeling = raised || has(&tree.grammar.adjectival_participles, lemma);
        let tied = self.tied(t, lemma);
        let weak = has(&tree.grammar.weak_verbs, lemma) && !has(&tree.grammar.support_verbs, lemma) || feeling;
        if weak && (tied.is_none() || !tree.has_aux(t)) || tree.voice(t) != Voice::Passive {
            return;
        }
        let headline = matches!(doc.relation(t), "acl" | "amod") && self.is_headline(t);
        // « Cyclisme : la course annulée » with the course for a subject
        let main = doc.head(t).is_none() || self.is_behind_topic(t);
        let short = finite.is_none() && main && self.is_short(t);
        // « a tenté de sortir mais en a été éjecté »: the subject of the verb before
        let shared =
            finite.filter(|_| own.is_none() && doc.relation(t) == "conj").and_then(|_| tree.surface_subject(t));
        let own = own.or_else(|| shared.map(|f| f.at).filter(|&d| d < t));
        let modal = self.modal_patient(t);
        let reduced = tree.reduced_noun(t).filter(|_| own.is_none() && modal.is_none());
        let patient = match own.filter(|_| finite.is_some() || short).or(modal) {
            Some(own) => tree.counted(own),
            None if headline => self.headline_noun(t).unwrap_or(t),
            None => match reduced {
                Some(noun) => noun,
                None => return,
            },
        };
        let Some(f) = tree.resolve_relative(t, patient, 1.0) else { return };
        let mut patients = self.objects(f);
        // « l'armée serbe assiégée à X »: not the state for which it stands.
        let flag = |s: &Self, o: &Arg| {
            o.entity().is_some_and(|e| s.args.kind(e) == EntityType::Country) && doc.upos(patient) == Upos::Noun
        };
        patients.retain(|o| reduced.is_none() || !flag(self, o));
        // "Every team was sent a kit": the kit was sent, to the team.
        let kept = doc.dependents(t).iter().copied().find(|&d| {
            d > t
                && doc.relation(d) == "obj"
                && tree.is_nominal(d)
                && doc.meta.lang == Lang::En
                && !self.args.is_time(d)
        });
        if let Some(f) = kept.and_then(|k| found(k, 0.95)) {
            let hit = Hit { at: t, complement: None, pos: Pos::Verb };
            let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.9 };
            for to in patients.iter().filter(|p| self.is_agent(p)).cloned().collect::<Vec<_>>() {
                let name = format!("open:{name}-{}", tree.grammar.to);
                self.claim(hit, &name, "open-oblique", BOUND, &unknown, &to, None);
            }
            patients = self.objects(f);
        }
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        let bound = match tied.map(|(p, f)| (p, self.objects(f))).filter(|(_, o)| !o.is_empty()) {
            None => {
                self.oblique(t, None).filter(|(p, _)| has(&tree.grammar.passive_prepositions, p) && self.binds_of(t))
            }
            tied => tied,
        };
        let made = || self.made_of(t).map(|words| (tree.grammar.of.clone(), vec![words]));
        if let Some((p, objects)) = bound.or_else(made) {
            let name = match doc.meta.lang {
                Lang::Fr => format!("être-{name}-{p}"),
                Lang::En => format!("be-{}-{p}", doc.form(t).to_lowercase()),
            };
            return self.pairs(hit, &name, "open-oblique", &patients, &objects);
        }
        if reduced.is_some() && !headline && !self.is_reduced_event(t) {
            return;
        }
        let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.9 };
        let bound = self.bound_phrase(t);
        let name = bound.map_or_else(|| name.to_owned(), |b| format!("{name}-{b}"));
        for o in patients {
            let count = o.entity().and(o.head).and_then(|h| self.args.quantity_at(h)).map(|q| q.value.clone());
            self.claim(hit, &format!("open:{name}"), "open-passive", DIRECT, &unknown, &o, count);
        }
    }

    /// « est consacré à la guerre », "is based on a survey": what a participle says little without.
    ///
    /// A place binds only where something leads to it: « est relié à Lyon », not « est exposé à Lyon ».
    fn tied(&mut self, t: TokenId, lemma: &str) -> Option<(String, Found)> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let leads = has(&tree.grammar.leading_participles, lemma);
        let binds = |p: &str| tree.grammar.passive_binds.get(p).is_some_and(|verbs| has(verbs, lemma));
        let phrase = |d: TokenId| {
            let fits = d > t && tree.is_nominal(d) && !self.args.is_time(d) && !has(&tree.grammar.means, doc.lemma(d));
            let p = tree.preposition(d).filter(|p| fits && binds(p))?;
            Some((p, found(d, 0.95)?))
        };
        let phrases: Vec<(String, Found)> = tree.prepositional(t).into_iter().filter_map(|(_, d)| phrase(d)).collect();
        let sets = |s: &mut Self, d: TokenId| {
            let entity = s.args.participant_known(d).and_then(|a| a.entity());
            !leads && entity.is_some_and(|e| s.args.kind(e) == EntityType::Place)
        };
        phrases.into_iter().find(|(_, f)| !sets(self, f.at))
    }

    /// « est considéré comme une menace » says nothing without the menace.
    pub(super) fn is_seen_as(&self, t: TokenId) -> bool {
        let tree = self.args.tree;
        let doc = tree.doc;
        let seen = matches!(
            doc.lemma(t),
            "considérer"
                | "percevoir"
                | "regarder"
                | "décrire"
                | "qualifier"
                | "regard"
                | "perceive"
                | "consider"
                | "treat"
                | "classify"
                | "brand"
                | "traiter"
                | "présenter"
                | "see"
                | "view"
                | "describe"
        );
        let as_what = |&d: &TokenId| {
            d > t && matches!(tree.preposition(d).as_deref(), Some("comme" | "as"))
                || doc.dependents(d).iter().any(|&m| d > t && matches!(doc.form(m), "comme" | "as"))
        };
        seen && doc.dependents(t).iter().any(as_what)
    }

    /// « est composée de vide », "is made of steel": the words of what it is made of.
    fn made_of(&self, t: TokenId) -> Option<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let of = |&d: &TokenId| {
            d > t
                && matches!(doc.relation(d), "obl" | "nmod")
                && tree.is_nominal(d)
                && tree.preposition(d).as_ref() == Some(&tree.grammar.of)
                && doc.subtree(d).start <= t.0 + 2
        };
        let d = doc.dependents(t).iter().copied().find(of)?;
        let from = (t.0 + 1..=d.0).find(|&i| !matches!(doc.upos(TokenId(i)), Upos::Adp | Upos::Adv))?;
        has(&tree.grammar.made_of, doc.lemma(t)).then(|| self.words_arg(Span::new(from, d.0 + 1), d))
    }
}
