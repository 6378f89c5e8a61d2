//! What is said to be: predicates behind a copula, « il y a ».

use super::super::args::{Arg, What};
use super::super::engine::{Engine, Hit};
use super::super::frame::Pos;
use super::super::grammar::has;
use super::{BOUND, DIRECT};
use temoin_model::{Lang, Span, Tok, TokenId, Upos};

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
        let text = doc.words(span);
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

    /// The words of a predicate behind its copula, unbroken; `t` is the predicate's head, or the verb
    /// that it completes.
    pub(super) fn predicate_words(&self, t: TokenId, copula: TokenId) -> Option<Span<Tok>> {
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
