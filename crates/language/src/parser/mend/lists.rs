//! Lists whose members were joined to the verb before them.

use super::{REACH, Tree};
use temoin_model::Upos;

impl<'f, F: Fn(usize) -> &'f str> Tree<'_, F> {
    /// « La police a arrêté Pierre Martin, Luc Bernard et Jean Petit » with « Luc » joined to the verb: no verb is
    /// joined to a noun that has neither subject nor copula where an object ends right before the comma.
    pub(super) fn listed_object(&mut self, i: usize) {
        let n = self.tags.len();
        let verb = self.head[i] as usize;
        if verb >= i || self.name(i) != "conj" || !self.is(verb, Upos::Verb) || !self.is_nominal(i) {
            return;
        }
        let near = verb + 1..i;
        let Some(object) = near.clone().rev().find(|&k| self.head[k] as usize == verb && self.name(k) != "punct") else {
            return;
        };
        let joined = self.name(object) == "obj" || self.name(object).starts_with("obl");
        let same = self.is_nominal(object) && self.is(object, Upos::Propn) == self.is(i, Upos::Propn);
        if !joined || !same || i - verb > REACH {
            return;
        }
        let own = |t: &Self, k: usize| t.head[k] as usize == i;
        let clausal = |t: &Self, k: usize| {
            own(t, k)
                && (matches!(t.name(k), "obj" | "orphan" | "cop" | "aux" | "mark" | "advmod" | "iobj" | "xcomp" | "ccomp")
                    || t.name(k).starts_with("nsubj")
                    || t.name(k).starts_with("obl"))
        };
        if (verb + 1..(i + REACH).min(n)).any(|k| clausal(self, k)) {
            return;
        }
        let case = |t: &Self, k: usize| {
            (verb + 1..k).find(|&c| t.head[c] as usize == k && t.name(c) == "case").map(|c| (t.form)(c))
        };
        if case(self, object) != case(self, i) {
            return;
        }
        // The comma, and nothing but words of the two around it.
        let Some(comma) = (object + 1..i).rev().find(|&k| (self.form)(k) == ",") else { return };
        let left = (object + 1..comma).all(|k| self.is_above(object, k));
        let right = (comma + 1..i).all(|k| self.is_above(i, k));
        if left && right {
            self.hang(i, object, "conj");
        }
    }
}
