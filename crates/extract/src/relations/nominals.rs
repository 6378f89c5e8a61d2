//! Nominals: coordination, possessors, bearers of predicate nouns, misattached phrases.

use super::syntax::{Found, MAX_HOPS, Tree, found};
use temoin_model::{Lang, TokenId, Upos};

/// How many coordinated participants are followed.
const MAX_CONJUNCTS: usize = 24;

impl Tree<'_> {
    /// « l'aide de la Russie et de ses alliés »: a second « de » hung on « aide » belongs to « Russie ».
    pub(super) fn is_stray_conjunct(self, d: TokenId, head: TokenId) -> bool {
        let prep = self.preposition(d);
        // « dans la préfecture et les policiers n'ont été les auteurs … »: a clause of its own
        let clause = self.deps(d).iter().any(|&c| matches!(self.doc.relation(c), "cop" | "nsubj"));
        clause
            || prep.is_some()
                && prep != self.preposition(head)
                && self
                    .deps(head)
                    .iter()
                    .any(|&o| o < d && matches!(self.doc.relation(o), "nmod" | "obl") && self.preposition(o) == prep)
    }

    /// The prepositional phrase that stands right behind a noun (and its adjectives) but hangs
    /// elsewhere: trees often attach it too high.
    pub(super) fn following(self, n: TokenId) -> Option<(String, TokenId)> {
        let mut at = n.0 + 1;
        let end = self.doc.sentence(self.doc.sentence_of(n)).end;
        while at < end && self.doc.upos(TokenId(at)) == Upos::Adj && self.doc.head(TokenId(at)) == Some(n) {
            at += 1;
        }
        if at >= end || self.doc.relation(TokenId(at)) != "case" {
            return None;
        }
        let x = self.doc.head(TokenId(at)).filter(|&x| x > n && self.doc.head(x) != Some(n))?;
        Some((self.preposition(x)?, x))
    }

    /// Whether gender and number of two words do not contradict each other.
    pub(super) fn agree(self, a: TokenId, b: TokenId) -> bool {
        ["Gender", "Number"].iter().all(|f| match (self.doc.feat(a, f), self.doc.feat(b, f)) {
            (Some(x), Some(y)) => x == y,
            _ => true,
        })
    }

    /// The possessor of a noun: a possessive determiner, « de X », or the subject of the verb that
    /// takes the noun as its object.
    pub(super) fn possessor(self, n: TokenId, hops: u32, sure: f64) -> Option<Found> {
        if hops > MAX_HOPS {
            return None;
        }
        for &d in self.deps(n) {
            let own = self.doc.relation(d) == "det" && self.doc.feat(d, "Poss") == Some("Yes");
            if own || self.doc.deprel(d) == "nmod:poss" {
                return found(d, sure);
            }
        }
        for (p, d) in self.prepositional(n) {
            if p == self.grammar.of && self.is_nominal(d) {
                return found(d, sure);
            }
        }
        let v = self.doc.head(n)?;
        if matches!(self.doc.relation(n), "obj" | "xcomp") && self.is_verbal(v) {
            return self.subject_at(v, hops + 1, sure * 0.9);
        }
        None
    }

    /// A word and the nominals coordinated with it.
    pub(super) fn conjuncts(self, t: TokenId) -> Vec<TokenId> {
        let mut out = vec![t];
        let mut i = 0;
        while i < out.len() && out.len() < MAX_CONJUNCTS {
            for &d in self.deps(out[i]) {
                let nominal = self.is_nominal(d) || self.doc.upos(d) == Upos::Pron;
                // « assure l'intérim et, selon X, … »
                let source = matches!(self.preposition(d).as_deref(), Some("selon" | "d'après" | "according to"));
                // « un litre, soit le double de … »
                let same = self.deps(d).iter().any(|&c| c < d && self.doc.form(c) == "soit");
                // « par Fiat et non par Renault », "by Peugeot, not Renault"
                let no = |t: TokenId| matches!(self.doc.form(t), "non" | "not" | "pas");
                let start = self.doc.subtree(d).start;
                let excluded = self.deps(d).iter().any(|&c| c < d && no(c)) || start > 0 && no(TokenId(start - 1));
                let other = nominal
                    && !source
                    && !same
                    && !excluded
                    && !self.is_stray_conjunct(d, out[i])
                    && !self.is_second_title(d, t);
                if self.doc.relation(d) == "conj" && other {
                    out.push(d);
                }
            }
            i += 1;
        }
        out
    }

    /// « l'acteur, réalisateur et scénariste »: a singular noun without a determiner, coordinated
    /// with a singular one that has one, is the same person.
    pub(super) fn is_second_title(self, d: TokenId, first: TokenId) -> bool {
        let singular = |t: TokenId| self.doc.upos(t) == Upos::Noun && self.doc.feat(t, "Number") == Some("Sing");
        let bare =
            |t: TokenId| !self.deps(t).iter().any(|&c| matches!(self.doc.relation(c), "det" | "case" | "nummod"));
        let named = self.doc.upos(first) == Upos::Propn && self.doc.meta.lang == Lang::Fr && {
            // « Marc Joulaud, maire de Sablé et député européen »
            self.deps(first).iter().any(|&c| c > first && c < d && self.doc.relation(c) == "appos")
        };
        singular(d) && bare(d) && (singular(first) && !bare(first) || named)
    }

    /// The first member of the coordination that `t` belongs to.
    pub(super) fn first_conjunct(self, t: TokenId) -> TokenId {
        let mut at = t;
        for _ in 0..MAX_CONJUNCTS {
            match self.doc.head(at) {
                Some(h) if self.doc.relation(at) == "conj" => at = h,
                _ => break,
            }
        }
        at
    }

    /// What a predicate noun or adjective is said of: the subject of a copula, the noun that an
    /// adjective modifies, or the partner of an apposition.
    pub(super) fn bearer(self, n: TokenId) -> Option<Found> {
        if let Some(s) = self.dep(n, "nsubj") {
            return self.resolve_relative(n, s, 1.0);
        }
        let first = self.first_conjunct(n);
        if first != n && self.dep(first, "cop").is_some() {
            return self.surface_subject(first);
        }
        let h = self.doc.head(n)?;
        // "chief financial officer", "general secretary": here no nouns.
        let ranks = ["chief", "general", "deputy", "head", "principal", "representative"];
        if self.doc.meta.lang == Lang::En && self.doc.relation(n) == "amod" && ranks.contains(&self.doc.lemma(n)) {
            return None;
        }
        match self.doc.relation(n) {
            "amod" | "acl" if self.is_nominal(h) => found(h, 0.95),
            // « est l'un des principaux alliés de … »
            "nmod" if matches!(self.doc.lemma(h), "un" | "une" | "one") && self.dep(h, "cop").is_some() => {
                self.surface_subject(h)
            }
            "appos" if self.is_nominal(h) => found(h, 0.9),
            "xcomp" | "obl"
                if self.is_verbal(h)
                    && matches!(
                        self.doc.lemma(h),
                        "devenir" | "rester" | "être" | "demeurer" | "become" | "remain" | "be"
                    )
                    // « pourrait être la cause du drame »
                    || self.doc.relation(n) == "xcomp" && self.dep(n, "cop").is_some() && self.is_verbal(h) =>
            {
                self.surface_subject(h)
            }
            _ => self
                .deps(n)
                .iter()
                .copied()
                .find(|&d| self.doc.relation(d) == "appos" && self.doc.upos(d) == Upos::Propn)
                .and_then(|d| found(d, 0.85)),
        }
    }
}
