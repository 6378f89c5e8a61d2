//! Questions about dependency trees: voice, subjects across clauses, prepositions, coordination.
//!
//! Everything here works on surface relations of Universal Dependencies and tolerates wrong trees:
//! each answer carries a factor by which a claim that relies on it is less sure.

use super::grammar::{Grammar, has};
use temoin_model::{Document, TokenId, Upos};

/// How far a subject is searched through governing clauses.
pub(super) const MAX_HOPS: u32 = 8;

/// Something found in the tree, with a factor for how directly it is attached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    /// Head word.
    pub(super) at: TokenId,
    /// 1 for a direct dependent, less for what is shared or inferred.
    pub(super) sure: f64,
    /// Whether words coordinated with it are left out (« A et B, décédé en 1951 »).
    pub(super) alone: bool,
}

pub(super) fn found(at: TokenId, sure: f64) -> Option<Found> {
    Some(Found { at, sure, alone: false })
}

/// Voice of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    Active,
    Passive,
}

/// A view on the trees of one document.
#[derive(Clone, Copy)]
pub(super) struct Tree<'a> {
    pub(super) doc: &'a Document,
    pub(super) grammar: &'a Grammar,
}

impl<'a> Tree<'a> {
    pub(super) fn deps(self, t: TokenId) -> &'a [TokenId] {
        self.doc.dependents(t)
    }

    pub(super) fn dep(self, t: TokenId, rel: &str) -> Option<TokenId> {
        self.deps(t).iter().copied().find(|&d| self.doc.relation(d) == rel)
    }

    pub(super) fn is_nominal(self, t: TokenId) -> bool {
        matches!(self.doc.upos(t), Upos::Noun | Upos::Propn)
    }

    pub(super) fn is_verbal(self, t: TokenId) -> bool {
        matches!(self.doc.upos(t), Upos::Verb | Upos::Aux)
    }

    /// The preposition of a nominal, lower case, with its fixed parts: `de`, `en raison de`.
    pub(super) fn preposition(self, t: TokenId) -> Option<String> {
        let mut out = String::new();
        // A preposition may hang on the determiner in a wrong tree.
        let det = self.deps(t).first().copied().filter(|&d| d < t && self.doc.relation(d) == "det");
        for &c in det.map_or(&[][..], |d| self.deps(d)).iter().chain(self.deps(t)) {
            if self.doc.relation(c) != "case" || c > t {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&self.doc.lemma(c).to_lowercase());
            for &f in self.deps(c) {
                if self.doc.relation(f) == "fixed" {
                    out.push(' ');
                    out.push_str(&self.doc.lemma(f).to_lowercase());
                }
            }
        }
        (!out.is_empty()).then_some(out)
    }

    /// Prepositional dependents of a word with their preposition, complex prepositions resolved.
    pub(super) fn prepositional(self, t: TokenId) -> Vec<(String, TokenId)> {
        let mut out = Vec::new();
        for &d in self.deps(t) {
            let rel = self.doc.relation(d);
            let prep = self.preposition(d);
            let stray = rel == "conj" && self.is_stray_conjunct(d, t);
            if !stray && !matches!(rel, "obl" | "nmod" | "iobj" | "obj" | "advmod" | "dep" | "xcomp") {
                continue;
            }
            if has(&self.grammar.complex_prepositions, self.doc.lemma(d)) {
                for &e in self.deps(d) {
                    if matches!(self.doc.relation(e), "nmod" | "obl")
                        && let Some(inner) = self.preposition(e)
                    {
                        let outer = prep.as_deref().unwrap_or("");
                        out.push((format!("{outer} {} {inner}", self.doc.lemma(d)).trim().to_owned(), e));
                    }
                }
            }
            if let Some(p) = prep {
                out.push((p, d));
            }
        }
        out
    }
}
