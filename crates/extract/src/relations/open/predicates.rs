//! What is said to be: predicates behind a copula, appositions, « il y a ».

use super::super::args::{Arg, What};
use super::super::engine::{Engine, Hit};
use super::super::frame::Pos;
use super::super::grammar::has;
use super::{BOUND, DIRECT};
use crate::entities::{Lexicon, NounClass};
use temoin_model::{EntityType, Lang, Span, Tok, TokenId, Upos};

/// Most words of a predicate that is kept as words.
const MAX_PREDICATE: u32 = 30;

impl Engine<'_> {
    /// « Il y a eu un mouvement de foule », "there are fears of …": what there is.
    pub(super) fn existential(&mut self, t: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let there = |&d: &TokenId| {
            doc.relation(d) == "expl"
                && (doc.form(d).eq_ignore_ascii_case("y") || doc.form(d).eq_ignore_ascii_case("there"))
        };
        let finite = crate::verbs::finite(doc, t).is_some();
        if !finite || !doc.dependents(t).iter().any(there) {
            return;
        }
        let (rel, name) = if doc.meta.lang == Lang::Fr { ("obj", "open:y-avoir") } else { ("nsubj", "open:there-be") };
        let what = doc.dependents(t).iter().copied().find(|&d| d > t && doc.relation(d) == rel && tree.is_nominal(d));
        let Some(f) = what.filter(|&w| !self.args.is_time(w)).and_then(|w| super::super::syntax::found(w, 0.95)) else {
            return;
        };
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.95 };
        for o in self.args.participants(f) {
            let count = o.head.and_then(|h| self.args.quantity_at(h)).map(|q| q.value.clone());
            self.claim(hit, name, "open-existential", BOUND, &unknown, &o, count);
        }
    }

    /// « est devenu maire », « reste en vigilance »: a verb that says what somebody is.
    pub(super) fn becomes(&mut self, hit: Hit, name: &str, subjects: &[Arg]) {
        let doc = self.args.tree.doc;
        let end = doc.sentence(doc.sentence_of(hit.at)).end;
        let Some(words) = self.predicate_words(hit.at, hit.at).filter(|w| w.end <= end) else { return };
        // « risque de s'avérer coûteux »
        let grammar = self.args.tree.grammar;
        let phase =
            doc.head(hit.at).filter(|&h| doc.relation(hit.at) == "xcomp" && has(&grammar.phase_verbs, doc.lemma(h)));
        if crate::verbs::finite(doc, phase.unwrap_or(hit.at)).is_none() {
            return;
        }
        let object = self.words_arg(words, hit.at);
        self.pairs(hit, name, "open-predicate", subjects, &[object]);
    }

    /// « Les résultats sont bons »: what something is said to be, in words.
    pub(super) fn predicative(&mut self, t: TokenId, copula: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let nominal = tree.is_nominal(t) || matches!(doc.upos(t), Upos::Adj | Upos::Num);
        let finite = crate::verbs::finite(doc, t).is_some();
        let neuter = |s: TokenId| matches!(doc.lemma(s), "it" | "this" | "that" | "ce" | "cela" | "ça" | "ceci");
        let named = |&s: &TokenId| nominal && finite && s < copula && !neuter(s);
        let Some(subject) = tree.own_subject(t).filter(named) else { return };
        let Some(f) = tree.resolve_relative(t, subject, 1.0) else { return };
        self.args.lenient = true;
        let subjects = self.args.participants(f);
        self.args.lenient = false;
        let Some(words) = self.predicate_words(t, copula) else { return };
        let span = doc.char_span(words);
        let text = doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        // « est de 330 mètres »
        let measure = self.args.quantity_at(t).filter(|q| q.tokens.range().contains(&t.0) && q.tokens.end >= words.end);
        let object = match measure {
            Some(q) => Arg { what: What::Quantity(q.value.clone()), span: Some(q.value.span), head: None, sure: 1.0 },
            None => Arg { what: What::Text(text), span: Some(span), head: None, sure: 1.0 },
        };
        let hit = Hit { at: t, complement: Some(copula), pos: Pos::Verb };
        let name = format!("open:{}", doc.lemma(copula));
        for s in &subjects {
            self.claim(hit, &name, "open-predicate", DIRECT, s, &object, None);
        }
    }

    /// « Insurgency Wiki, un site de … »: what a noun behind a name and a comma says that it is.
    pub(super) fn apposition(&mut self, t: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let (class, _) = Lexicon::of(doc).noun(doc.lemma(t), doc.form(t));
        // « X, astronome à l'Observatoire »: what people are needs no article.
        let bare = (class.has(NounClass::PERSON) || class.has(NounClass::ORG)) && doc.meta.lang == Lang::Fr;
        let common =
            doc.upos(t) == Upos::Noun || doc.form(t).starts_with(char::is_lowercase) || class.has(NounClass::PERSON);
        let singular = common && doc.feat(t, "Number") != Some("Plur");
        let given = doc.dependents(t).iter().any(|&d| doc.feat(d, "PronType") == Some("Art") && d < t);
        let listed = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "conj" | "cc"));
        let clause = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "cop" | "nsubj"));
        // « Dans les Yvelines, un centre a été évacué » with the centre for an apposition of the place
        let above = doc.head(t).filter(|&h| doc.relation(t) == "appos" && doc.relation(h) == "nsubj");
        if above.is_some_and(|h| tree.preposition(h).is_some()) {
            return;
        }
        if clause || !singular || !(given || bare) || listed && given || self.args.is_time(t) {
            return;
        }
        let starts = doc.dependents(t).iter().map(|&d| doc.subtree(d).start);
        let start = starts.filter(|&s| doc.upos(TokenId(s)) != Upos::Punct).min().unwrap_or(t.0).min(t.0);
        let Some(name) = self.name_before(start) else { return };
        let fits = match name.entity().map(|e| self.args.kind(e)) {
            Some(EntityType::Person) => class.has(NounClass::PERSON),
            Some(EntityType::Place | EntityType::Country) => {
                class.has(NounClass::PLACE) || class.has(NounClass::COUNTRY) || class.is_empty()
            }
            Some(EntityType::Organization) => {
                class.has(NounClass::ORG) || class.has(NounClass::POLICE) || class.is_empty()
            }
            _ => !class.has(NounClass::PERSON) && !class.has(NounClass::PLACE) && !class.has(NounClass::ORG),
        };
        let Some(words) = self.predicate_words(t, TokenId(start - 1)).filter(|_| fits) else { return };
        let object = self.words_arg(words, t);
        // « le festival d'Avignon, le programme du festival d'Avignon »; what is set off ends at a stop.
        let sentence = doc.sentence(doc.sentence_of(t));
        let goes_on = |t: TokenId| doc.upos(t) != Upos::Punct && doc.feat(t, "PronType") != Some("Rel");
        let open = words.end < sentence.end && goes_on(TokenId(words.end));
        let own = name.span.is_some_and(|s| match &object.what {
            What::Text(words) => words.to_lowercase().contains(&doc.slice(s).to_lowercase()),
            _ => false,
        });
        if open || own {
            return;
        }
        let hit = Hit { at: t, complement: None, pos: Pos::Noun };
        let name_of = if doc.meta.lang == Lang::Fr { "open:être" } else { "open:be" };
        self.claim(hit, name_of, "open-apposition", DIRECT, &name, &object, None);
    }

    /// The name that ends before the comma right before `start`; words in brackets may stand between.
    fn name_before(&mut self, start: u32) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let first = doc.sentence(doc.sentence_of(TokenId(start))).start;
        let mut end = start.checked_sub(1).filter(|&c| c > first && doc.form(TokenId(c)) == ",")?;
        if doc.form(TokenId(end - 1)) == ")" {
            end = (first..end).rev().take(12).find(|&i| doc.form(TokenId(i)) == "(").filter(|&i| i > first)?;
        }
        let name = self.args.named_ending(end)?;
        self.args.participant_known(name).filter(|a| self.is_named(a))
    }

    /// The words of a predicate behind its copula, unbroken; `t` is the predicate's head, or the verb
    /// that it completes.
    fn predicate_words(&self, t: TokenId, copula: TokenId) -> Option<Span<Tok>> {
        let doc = self.args.tree.doc;
        let negation = |i: TokenId| {
            doc.relation(i) == "advmod" && matches!(doc.lemma(i), "pas" | "plus" | "jamais" | "not" | "never")
        };
        let mut lo = copula.0 + 1;
        while lo < t.0 && negation(TokenId(lo)) {
            lo += 1;
        }
        let mut hi = t.0 + 1;
        let mut complete = copula != t;
        for &d in doc.dependents(t).iter().filter(|&&d| d > t) {
            let sub = doc.subtree(d);
            let rel = doc.relation(d);
            let own = !matches!(rel, "conj" | "cc" | "punct" | "parataxis" | "appos" | "nsubj" | "advcl")
                && doc.deprel(d) != "acl:relcl";
            let apart = doc.upos(TokenId(sub.start)) == Upos::Punct && doc.form(TokenId(sub.start)) != "-";
            // « un problème en Indonésie, mais … »: what a comma cuts off is another matter.
            let comma = (sub.start..sub.end).find(|&i| matches!(doc.form(TokenId(i)), "," | ";" | "(" | ":"));
            if let Some(c) = comma.filter(|_| !apart && sub.start == hi && own) {
                let relative = |&i: &u32| doc.feat(TokenId(i), "PronType") == Some("Rel");
                let c = (sub.start + 1..c).find(relative).unwrap_or(c);
                let nominal = matches!(doc.upos(TokenId(c - 1)), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
                if nominal && c > sub.start + 1 {
                    complete |= rel != "advmod";
                    hi = c;
                }
                break;
            }
            if apart || sub.start != hi || !own || sub.end - lo > MAX_PREDICATE {
                break;
            }
            if !complete && negation(d) {
                lo = sub.end;
            }
            complete |= rel != "advmod" && !self.args.is_time(d);
            hi = sub.end;
        }
        while hi > t.0 + 1 && doc.upos(TokenId(hi - 1)) == Upos::Punct {
            hi -= 1;
        }
        (lo < hi && complete).then(|| Span::new(lo, hi))
    }
}
