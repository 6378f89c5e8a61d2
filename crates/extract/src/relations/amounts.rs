//! Quantities in the roles of a frame: which of them belongs to the trigger, and to whom.

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::Pos;
use super::grammar::has;
use super::syntax::Found;
use temoin_model::TokenId;

impl Engine<'_> {
    /// A quantity beside the trigger noun, or in the predicate that is said of it.
    pub(super) fn value(&mut self, hit: Hit) -> Option<Arg> {
        let doc = self.args.tree.doc;
        // « Le bilan est de … », « porte le bilan à … »
        let object = doc.relation(hit.at) == "obj";
        if let Some(h) = doc.head(hit.at).filter(|_| object || doc.relation(hit.at) == "nsubj") {
            let verb = Hit { at: h, complement: None, pos: Pos::Verb };
            if let Some(q) = self.quantity(verb) {
                return Some(q);
            }
        }
        self.quantity(Hit { pos: Pos::Adj, ..hit })
    }

    /// The noun that the counted noun at `t` belongs to.
    pub(super) fn holder(&self, t: TokenId) -> Option<Found> {
        let tree = self.args.tree;
        let doc = tree.doc;
        // « Almaty (1,8 million d'habitants) »
        let start = self.args.quantity_at(t).map_or(t.0, |q| q.tokens.start.min(t.0));
        if start >= 2 && doc.form(TokenId(start - 1)) == "(" && tree.is_nominal(TokenId(start - 2)) {
            return Some(Found { at: TokenId(start - 2), sure: 0.95, alone: false });
        }
        let mut at = t;
        for _ in 0..3 {
            let h = doc.head(at)?;
            let rel = doc.relation(at);
            if tree.is_verbal(h) {
                let counts = has(&tree.grammar.holding, doc.lemma(h));
                return tree.logical_subject(h).filter(|_| counts && rel == "obj");
            }
            if !matches!(rel, "appos" | "nmod" | "parataxis" | "dep" | "conj") {
                return None;
            }
            if tree.is_nominal(h) && self.args.quantity_at(h).is_none() {
                return Some(Found { at: h, sure: 0.9, alone: false });
            }
            at = h;
        }
        None
    }

    /// « Deux semaines après la trêve, le front recule », "fell two days later": how long ago or how long after,
    /// not by how much.
    fn is_lapse(&self, verb: TokenId, q: &crate::quantity::QuantityExpr) -> bool {
        let doc = self.args.tree.doc;
        let spans = ["second", "minute", "hour", "day", "week", "month", "year"];
        let timely = q.value.unit.as_deref().is_some_and(|u| spans.contains(&u));
        let end = q.tokens.end.max(q.noun.0 + 1);
        let next = if (end as usize) < doc.len() { doc.form(TokenId(end)) } else { "" };
        let bound = matches!(
            next,
            "après" | "avant" | "plus" | "auparavant" | "durant" | "after" | "before" | "later" | "earlier" | "ago"
        );
        timely && (bound || q.noun < verb)
    }

    pub(super) fn quantity(&mut self, hit: Hit) -> Option<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let of = |q: &crate::quantity::QuantityExpr, sure| Arg {
            what: What::Quantity(q.value.clone()),
            span: Some(q.value.span),
            head: Some(q.noun),
            sure,
        };
        if let Some(q) = self.args.quantity_at(hit.at) {
            return Some(of(q, 1.0));
        }
        for &d in doc.dependents(hit.at) {
            let role = matches!(
                doc.relation(d),
                "obj" | "obl" | "nmod" | "nummod" | "advmod" | "xcomp" | "dep" | "amod" | "compound"
            );
            let prep = tree.preposition(d);
            let amount = prep
                .as_deref()
                .is_none_or(|p| matches!(p, "de" | "à" | "jusque à" | "of" | "by" | "to" | "at" | "for"));
            if let Some(q) = self.args.quantity_at(d).filter(|_| role && amount && !self.args.is_time(d)) {
                if prep.is_none() && hit.pos == Pos::Verb && self.is_lapse(hit.at, q) {
                    continue;
                }
                return Some(of(q, 1.0));
            }
        }
        None
    }
}
