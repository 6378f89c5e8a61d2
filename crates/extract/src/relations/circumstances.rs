//! Where an event happens: places in the clause of its trigger.

use super::args::{Arg, Args};
use super::grammar::has;
use temoin_model::{EntityIx, EntityType, TokenId, Upos};

/// Governing clauses whose place also holds for the clause below.
const MAX_CLAUSES: u32 = 2;

impl Args<'_> {
    pub(super) fn is_location(&self, e: EntityIx) -> bool {
        matches!(self.kind(e), EntityType::Place | EntityType::Country)
    }

    /// Named places under `t` with a preposition of place: « à Almaty », « dans les rues d'Almaty ».
    pub(super) fn places_under(&mut self, t: TokenId, directions: bool) -> Vec<Arg> {
        let mut out: Vec<Arg> = Vec::new();
        for (prep, d) in self.tree.prepositional(t) {
            let at = has(&self.tree.grammar.place, &prep);
            if !(at || directions && has(&self.tree.grammar.direction, &prep)) {
                continue;
            }
            for d in self.tree.conjuncts(d) {
                if let Some(p) = self.place(d, 0)
                    && !out.iter().any(|o| o.entity() == p.entity())
                {
                    out.push(p);
                }
            }
        }
        out
    }

    /// Places that hang on plain things below `t`, as trees often attach them too low: « la hausse
    /// des prix à Almaty ». Those on events and people (« la guerre en Irak ») stay theirs.
    pub(super) fn places_within(&mut self, t: TokenId) -> Vec<Arg> {
        let doc = self.tree.doc;
        let mut level = vec![t];
        if let Some((prep, d)) = self.tree.following(t)
            && has(&self.tree.grammar.place, &prep)
            && let Some(p) = self.place(d, 0)
        {
            return vec![p];
        }
        for _ in 0..4 {
            let mut next = Vec::new();
            for &n in &level {
                for &d in doc.dependents(n) {
                    if matches!(doc.relation(d), "nmod" | "obl")
                        && d > n
                        && doc.upos(d) == Upos::Noun
                        && !self.is_time(d)
                    {
                        next.push(d);
                    }
                }
            }
            next.retain(|&d| {
                let kind = self.participant_known(d).and_then(|a| a.entity()).map(|e| self.kind(e));
                matches!(kind, None | Some(EntityType::Thing | EntityType::Product | EntityType::Work))
            });
            for &d in &next {
                let found = self.places_under(d, false);
                if !found.is_empty() {
                    return found;
                }
            }
            level = next;
        }
        Vec::new()
    }

    /// The place that the noun phrase at `d` names, itself or through « de »: « les rues d'Almaty ».
    fn place(&mut self, d: TokenId, depth: u32) -> Option<Arg> {
        // « à une dizaine de kilomètres de X » is not in X.
        if self.is_time(d) || self.quantity_at(d).is_some() {
            return None;
        }
        let own = self.participant_known(d).filter(|a| a.entity().is_some_and(|e| self.is_location(e)));
        let doc = self.tree.doc;
        // « dans un état grave » is a condition, no state.
        if self.tree.doc.form(d) == "état" {
            return None;
        }
        // « sur place » is no place.
        let bare = doc.upos(d) == Upos::Noun && !doc.dependents(d).iter().any(|&c| doc.relation(c) == "det");
        let own = own.filter(|a| !bare || a.entity().is_some_and(|e| self.layer.entities[e.0 as usize].named));
        if own.as_ref().and_then(Arg::entity).is_some_and(|e| self.layer.entities[e.0 as usize].named) || depth > 2 {
            return own;
        }
        for &n in doc.dependents(d) {
            let rel = doc.relation(n);
            if matches!(rel, "nmod" | "appos" | "flat")
                && let Some(p) = self.place(n, depth + 1)
            {
                return Some(p);
            }
        }
        own
    }

    /// Places of the event at `t`: under the trigger, under its object, or in the governing clauses.
    pub(super) fn places_of(&mut self, t: TokenId, object: Option<TokenId>) -> Vec<EntityIx> {
        let doc = self.tree.doc;
        let mut out: Vec<EntityIx> = Vec::new();
        let add = |args: Vec<Arg>, out: &mut Vec<EntityIx>| {
            for e in args.iter().filter_map(Arg::entity) {
                if !out.contains(&e) {
                    out.push(e);
                }
            }
        };
        add(self.places_under(t, false), &mut out);
        if let Some(o) = object {
            add(self.places_under(o, false), &mut out);
        }
        if out.is_empty() && doc.upos(t) == Upos::Noun {
            add(self.places_within(t), &mut out);
        }
        let mut at = t;
        for _ in 0..MAX_CLAUSES {
            if !out.is_empty() {
                break;
            }
            let Some(h) = doc.head(at) else { break };
            let rel = doc.relation(at);
            let same_scene = matches!(rel, "conj" | "xcomp" | "ccomp" | "nsubj" | "obj" | "obl" | "advcl");
            if !same_scene || !self.tree.is_verbal(h) && rel != "conj" {
                break;
            }
            add(self.places_under(h, false), &mut out);
            if out.is_empty() && rel == "nsubj" {
                add(self.places_within(h), &mut out);
            }
            at = h;
        }
        out
    }
}
