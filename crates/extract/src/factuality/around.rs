//! What stands around the chain of clauses: conditions, insertions, sources, quotations, questions.

use super::climb::{Climb, Reach};
use super::cues::Kind;
use super::{Source, clause, source};
use crate::verbs::{self, VerbTense};
use temoin_model::{Certainty, Status, TokenId, Upos};

impl Climb<'_> {
    /// « s'il a reconnu les faits, il nie … » concedes; other « si » clauses are conditions.
    pub(super) fn is_condition(&self, protasis: TokenId, main: TokenId) -> bool {
        let doc = self.doc;
        let compound =
            verbs::finite(doc, protasis).is_some_and(|f| f != protasis && doc.feat(f, "Tense") == Some("Pres"));
        let open = verbs::is_conditional(doc, main) || verbs::tense(doc, main) == VerbTense::Future;
        !(compound && doc.feat(protasis, "VerbForm") == Some("Part")) || open
    }

    /// What the sentence says around the chain of clauses: conditions, insertions, sources,
    /// quotations, questions.
    pub(super) fn around(&mut self) {
        let (doc, cues) = (self.doc, self.cues);
        let chain = self.chain.clone();
        for &(v, reach) in &chain {
            // The parser may make the si-clause the root.
            let root = doc.head(v).is_none() && reach < Reach::Source;
            if root && clause::opener(doc, cues, v, Kind::Condition).is_some() {
                self.signal(Status::Hypothetical, Certainty::Unknown, "Condition");
            }
            for &d in doc.dependents(v) {
                let condition = matches!(doc.relation(d), "advcl" | "ccomp" | "dep")
                    && reach < Reach::Source
                    && cues.of_predicate(doc, Kind::Asks, v).is_none()
                    && clause::opener(doc, cues, d, Kind::Condition).is_some();
                // « si nécessaire » is no clause.
                let open = condition && verbs::is_predicate(doc, d) && self.is_condition(d, v);
                if open {
                    self.signal(Status::Hypothetical, Certainty::Unknown, "Condition");
                }
                // « … , a déclaré X », « … , explique-t-elle »
                let inserted = matches!(doc.relation(d), "parataxis" | "dep" | "discourse" | "conj" | "appos")
                    && doc.upos(d) == Upos::Verb
                    && !chain.iter().any(|&(c, _)| c == d)
                    && self.inverted(d);
                if inserted && d != self.trigger && self.is_report(d) {
                    self.reported(d, false);
                }
            }
        }
        for p in source::phrases(doc, cues, self.trigger) {
            let holds = match p.scope {
                None => true,
                // « …, selon X, mais Y affirme »: said of one clause, it does not hold for the next.
                Some(v) => {
                    let at = chain.iter().position(|&(c, _)| c == v);
                    v == self.trigger || at.is_some_and(|i| self.joined.is_none_or(|j| i < j))
                }
            };
            let itself = matches!(p.source, Source::Token(t) if doc.is_below(self.trigger, t));
            if holds && !itself {
                self.signal(Status::Reported, Certainty::Certain, "Selon");
                self.speaks(p.source);
            }
        }
        if let Some(who) = source::quotation(doc, cues, self.trigger) {
            self.signal(Status::Reported, Certainty::Certain, "Quotation");
            self.speaks(who);
        }
        let main = chain.iter().all(|&(_, r)| r < Reach::Source);
        if main && clause::asks(doc, self.trigger) || clause::asks_in_quotes(doc, self.trigger) {
            self.signal(Status::Hypothetical, Certainty::Unknown, "Question");
        }
    }

    /// Whether the subject of an inserted verb stands behind it, as in « a déclaré le maire ».
    pub(super) fn inverted(&self, v: TokenId) -> bool {
        let doc = self.doc;
        let subordinate = doc.dependents(v).iter().any(|&d| doc.upos(d) == Upos::Sconj && d.0 < v.0);
        if subordinate {
            return false;
        }
        if doc.relation(v) == "parataxis" {
            return true;
        }
        // « a-t-il ajouté »: the clitic stands before the participle but behind the auxiliary.
        let finite = verbs::finite(doc, v).unwrap_or(v);
        doc.dependents(v).iter().any(|&s| matches!(doc.relation(s), "nsubj" | "expl") && s.0 > finite.0)
    }
}
