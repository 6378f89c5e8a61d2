//! What nouns do to what hangs on them, and predicates to the nouns they govern: « la menace de », « annoncer le
//! retrait », « le projet de déploiement ».

use super::climb::{Climb, Reach};
use super::cues::Kind;
use super::{clause, source};
use crate::verbs;
use temoin_model::{Certainty, Lang, Status, Tense, TokenId, Upos};

impl Climb<'_> {
    /// A clause that modifies a noun.
    pub(super) fn modifier(&mut self, at: TokenId, noun: TokenId, reach: Reach) -> Reach {
        let (doc, cues) = (self.doc, self.cues);
        if reach == Reach::Source {
            return Reach::Source;
        }
        // « à condition qu'aucune motion ne soit adoptée » with the clause hung on « condition »
        if cues.phrase_at(doc, Kind::Condition, noun).is_some_and(|(_, first)| first < noun) {
            self.signal(Status::Hypothetical, Certainty::Unknown, "Condition");
            self.chain.push((noun, Reach::Source));
            return Reach::Source;
        }
        let infinitive = doc.feat(at, "VerbForm") == Some("Inf")
            || doc.dependents(at).iter().any(|&d| doc.relation(d) == "aux" && doc.feat(d, "VerbForm") == Some("Inf"));
        if infinitive {
            // « accuse le régime d'avoir tué », « appelle les dirigeants à signer »: the infinitive
            // belongs to the verb, though parsers hang it on the noun.
            let verb = doc.head(noun).filter(|&v| {
                matches!(doc.relation(noun), "obj" | "obl" | "iobj")
                    && [Kind::Plan, Kind::Negative, Kind::Report, Kind::Fact]
                        .iter()
                        .any(|&k| cues.of_predicate(doc, k, v).is_some())
            });
            if let Some(v) = verb.filter(|_| cues.of_predicate(doc, Kind::Plan, noun).is_none()) {
                return self.complement(at, v, reach);
            }
            // « des hommes s'introduire » under a verb of perception has no « à » or « de ».
            let marked = doc.dependents(at).iter().any(|&d| matches!(doc.relation(d), "mark" | "case") && d.0 < at.0);
            if !marked {
                return reach;
            }
            let perfect = verbs::auxiliaries(doc, at).any(|a| doc.deprel(a) == "aux:tense");
            if cues.of_predicate(doc, Kind::Negative, noun).is_some() {
                self.deny("Negation");
            } else if let Some(c) = cues.of_predicate(doc, Kind::Report, noun) {
                self.signal(c.status, c.certainty, "ReportingVerb");
            } else if !perfect && doc.lemma(noun) != "fait" {
                let c = cues.of_predicate(doc, Kind::Plan, noun);
                let (status, certainty) = c.map_or((Status::Planned, Certainty::Unknown), |c| (c.status, c.certainty));
                self.signal(status, certainty, "Volition");
                self.tense = Some(Tense::Future);
            }
            return reach.max(Reach::Mood);
        }
        // "no evidence that …", « la rumeur selon laquelle … »: what a noun of saying or knowing only contains.
        let that = doc
            .dependents(at)
            .iter()
            .any(|&d| d < at && doc.relation(d) == "mark" && matches!(doc.lemma(d), "that" | "que"));
        let contains = matches!(
            doc.lemma(noun),
            "evidence"
                | "proof"
                | "sign"
                | "indication"
                | "doubt"
                | "rumour"
                | "rumor"
                | "report"
                | "claim"
                | "allegation"
                | "suggestion"
                | "possibility"
                | "risk"
                | "fear"
                | "preuve"
                | "rumeur"
                | "indice"
                | "hypothèse"
                | "doute"
                | "possibilité"
                | "risque"
                | "crainte"
        );
        if that && contains {
            if self.is_belied(noun) {
                self.deny("Denial");
                return Reach::Source;
            }
            let none = doc.dependents(noun).iter().any(|&d| matches!(doc.lemma(d), "no" | "aucun" | "little"));
            let (status, certainty) =
                if none { (Status::Hypothetical, Certainty::Unknown) } else { (Status::Hedged, Certainty::Possible) };
            self.signal(status, certainty, "Hedge");
            return Reach::Source;
        }
        // Relative clauses and participles are stated on their own, inside whatever the sentence is.
        Reach::Source
    }

    /// "denied a report that …", "the rumour that … is false": whether the clause around a noun of saying gives
    /// what it says for untrue.
    fn is_belied(&mut self, noun: TokenId) -> bool {
        let (doc, cues) = (self.doc, self.cues);
        let Some(h) = doc.head(noun) else { return false };
        let negated = clause::negated(doc, cues, h);
        let untrue = doc.upos(h) == Upos::Adj && cues.of_predicate(doc, Kind::Negative, h).is_some();
        if doc.relation(noun) == "nsubj" && untrue {
            return !negated;
        }
        let denies = cues.of_predicate(doc, Kind::Report, h).is_some_and(|c| c.status == Status::Denied);
        if matches!(doc.deprel(noun), "obj" | "nsubj:pass") && denies && !negated {
            let who = source::speaker(doc, h);
            self.speaks(who);
            return true;
        }
        false
    }

    /// A noun, or the nominal trigger, that depends on a predicate.
    pub(super) fn governed_noun(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let (doc, cues) = (self.doc, self.cues);
        if verbs::is_predicate(doc, self.trigger) || !matches!(reach, Reach::Full | Reach::Mood) {
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        let relation = doc.deprel(at);
        // « menacer de grève », but not « après la mort », whatever the label.
        // "charged with the murder": English marks no arguments.
        let named = || [Kind::Content, Kind::Negative].iter().any(|&k| cues.of_predicate(doc, k, h).is_some());
        // « se prononcer pour l'exclusion de X », « plaider en faveur de », "vote for": wished or fought, not done.
        let stance = relation.starts_with("obl")
            && cues.of_predicate(doc, Kind::Stance, h).is_some()
            && doc
                .dependents_by(at, "case")
                .any(|c| matches!(doc.lemma(c), "pour" | "contre" | "en" | "for" | "against"));
        if stance {
            return self.planned(h, Status::Planned, Certainty::Unknown, reach);
        }
        let english = doc.meta.lang == Lang::En && relation.starts_with("obl") && named();
        let argument = relation == "obl:arg"
            && doc.dependents_by(at, "case").all(|c| matches!(doc.lemma(c), "de" | "à" | "of" | "to"))
            || english && doc.dependents_by(at, "case").all(|c| matches!(doc.lemma(c), "of" | "with" | "for" | "over"));
        // « annuler le concert à cause de la mort de X » denies no death.
        let complex =
            matches!(doc.lemma(at), "cause" | "raison" | "suite" | "égard" | "sujet" | "occasion" | "issue" | "titre");
        let object = argument && !complex || matches!(relation, "obj" | "nsubj:pass" | "conj" | "xcomp");
        if (object || relation == "nsubj")
            && let Some(c) = cues.of_predicate(doc, Kind::Light, h)
        {
            match c.status {
                Status::Denied => self.deny("Negation"),
                status => self.signal(status, c.certainty, "Modal"),
            }
            self.clause(h, Reach::Full);
            return Reach::Full;
        }
        if object {
            // « annoncer le retrait » says that it is so; « dénoncer le retrait » takes it for granted.
            if let Some(c) = cues.of_predicate(doc, Kind::Content, h) {
                if cues.of_predicate(doc, Kind::Report, h).is_some() {
                    self.reported(h, true);
                } else {
                    // « parler de dix morts » says so; no clause is said by « parler ».
                    self.signal(c.status, c.certainty, "ReportingVerb");
                    self.speaks(source::speaker(doc, h));
                    self.chain.push((h, Reach::Source));
                }
                return Reach::Source;
            }
            // « compte une hausse »: of these verbs only an infinitive is to come.
            let counts = matches!(doc.lemma(h), "compter" | "tenter" | "essayer" | "hésiter");
            if let Some(c) = cues.of_predicate(doc, Kind::Plan, h).filter(|_| !counts) {
                return self.planned(h, c.status, c.certainty, reach);
            }
            if cues.of_predicate(doc, Kind::Negative, h).is_some() {
                self.deny("Negation");
            }
            self.clause(h, Reach::Mood);
            return Reach::Mood;
        }
        self.chain.push((h, Reach::Source));
        Reach::Source
    }

    /// A noun inside a noun phrase: « le projet de déploiement », « l'absence d'accord ».
    pub(super) fn inside_noun(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let (doc, cues) = (self.doc, self.cues);
        let of = doc.dependents_by(at, "case").any(|d| matches!(doc.lemma(d), "de" | "à" | "of"));
        if doc.relation(at) == "nmod" && of && reach <= Reach::Mood && !verbs::is_predicate(doc, self.trigger) {
            if cues.get(Kind::Negative, doc.lemma(h)).is_some() {
                self.deny("Negation");
            } else if let Some(c) = cues.get(Kind::Plan, doc.lemma(h)) {
                self.signal(c.status, c.certainty, "Volition");
            } else if let Some(c) = cues.get(Kind::Report, doc.lemma(h)) {
                self.signal(c.status, c.certainty, "ReportingVerb");
            }
        }
        reach
    }
}
