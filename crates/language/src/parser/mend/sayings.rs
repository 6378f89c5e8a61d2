//! Verbs of saying inside or behind what is said: « …, a indiqué au Monde le procureur ».

use super::{REACH, Tree, among};
use crate::lang::Rules;
use temoin_model::Upos;

impl<'f, F: Fn(usize) -> &'f str> Tree<'_, F> {
    /// « …, tuant cinquante civils, a affirmé l'ONU lundi »: a verb of saying between a comma and a noun ends
    /// what is said, whatever the parser made of it; the noun says it.
    pub(super) fn inserted_saying(&mut self, v: usize, rules: &Rules) {
        let n = self.tags.len();
        let auxiliary = v > 1 && self.is(v - 1, Upos::Aux) && self.head[v - 1] as usize == v;
        let group = if auxiliary { v - 1 } else { v };
        if group < 4
            || rules.speakers.is_empty()
            || !among(&rules.saying, (self.form)(v))
            || !matches!((self.form)(group - 1), "," | "»" | "”")
        {
            return;
        }
        let between = |t: &Self, k: usize| t.is(k, Upos::Det) || t.is(k, Upos::Adj) || t.is(k, Upos::Num);
        // « a affirmé lundi l'ONU », « a indiqué au Monde le procureur »: a day or a listener may stand between.
        let mut from = v + 1;
        if from < n && among(&rules.weekdays, (self.form)(from)) {
            from += 1;
        }
        if from < n && matches!((self.form)(from), "à" | "au" | "aux") {
            let listener = |t: &Self, k: usize| t.is(k, Upos::Propn) || t.is(k, Upos::Noun) || t.is(k, Upos::Adj);
            let mut k = from + 1;
            k += usize::from(k < n && self.is(k, Upos::Det));
            let first = k;
            while k < n && listener(self, k) {
                k += 1;
            }
            if k == first || k >= n || !self.is(k, Upos::Det) {
                return;
            }
            from = k;
        }
        let last = n.min(from + 5);
        let Some(speaker) = (from..last).find(|&k| !between(self, k)).filter(|&k| self.is_nominal(k)) else {
            return;
        };
        let own = |t: &Self, k: usize| t.head[k] as usize == v;
        // A subject before it, a clause behind it, an object beside the subject: it says something else.
        let before = (group.saturating_sub(REACH)..group)
            .any(|k| own(self, k) && matches!(self.name(k), "nsubj" | "nsubj:pass" | "cc" | "mark" | "expl:subj"));
        let behind = (v + 1..n.min(v + REACH)).any(|k| {
            k != speaker && own(self, k) && matches!(self.name(k), "nsubj" | "ccomp" | "xcomp" | "obj" | "conj")
        });
        let cut = (from..speaker).any(|k| matches!((self.form)(k), "un" | "une" | "des"));
        let label = self.name(v).to_owned();
        let surely = matches!(label.as_str(), "acl" | "ccomp")
            || label.starts_with("parataxis")
            || self.name(speaker) == "nsubj";
        let speaks = self.is(speaker, Upos::Propn) || among(&rules.speakers, (self.form)(speaker));
        if before || behind || cut || !(speaks || surely && own(self, speaker)) {
            return;
        }
        if self.head[v] as usize >= n {
            // The root: what is said takes its place.
            let said = (group.saturating_sub(REACH)..group)
                .rev()
                .find(|&k| own(self, k) && matches!(self.name(k), "ccomp" | "advcl" | "conj" | "parataxis" | "acl"));
            let Some(said) = said else { return };
            let root = self.head[v];
            for k in 0..group {
                if own(self, k) && k != said && !(auxiliary && k == group) {
                    self.head[k] = said as u32;
                }
            }
            self.head[said] = root;
            self.label[said] = self.label[v];
            self.hang(v, said, "parataxis");
        } else {
            let Some(root) = self.root_above(v) else { return };
            self.hang(v, root, "parataxis");
        }
        if self.root_above(v) != Some(speaker) && !self.is_above(speaker, v) {
            self.hang(speaker, v, "nsubj");
        }
    }

    /// "Ten people died in Lagos, officials said on Sunday": a subject between a comma and a verb of saying that
    /// nothing but a phrase of time or place follows says the whole, not a relative clause of "Lagos".
    pub(super) fn trailing_saying(&mut self, v: usize, rules: &Rules) {
        let n = self.tags.len();
        if v < 5 || !among(&rules.saying, (self.form)(v)) || !self.name(v).starts_with("acl") {
            return;
        }
        let own = |t: &Self, k: usize| t.head[k] as usize == v;
        let Some(subject) = (v.saturating_sub(REACH)..v).find(|&k| own(self, k) && self.name(k) == "nsubj") else {
            return;
        };
        let start =
            (v.saturating_sub(REACH)..=subject).find(|&k| k == subject || self.is_above(subject, k)).unwrap_or(subject);
        let relative = self.is(subject, Upos::Pron);
        let comma = start > 0 && (self.form)(start - 1) == ",";
        let open = (v + 1..n.min(v + REACH)).any(|k| {
            own(self, k) && !matches!(self.name(k), "obl" | "obl:tmod" | "obl:npmod" | "advmod" | "punct" | "nmod")
        });
        let joined = (0..v).any(|k| own(self, k) && !matches!(self.name(k), "nsubj" | "punct" | "advmod" | "aux"));
        if relative || !comma || open || joined {
            return;
        }
        let Some(root) = self.root_above(v) else { return };
        if root != v {
            self.hang(v, root, "parataxis");
        }
    }
}
