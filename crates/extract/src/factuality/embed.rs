//! What a predicate or noun does to the clause inside it: reporting, wishing, denying, aiming.

use super::climb::{Climb, Reach};
use super::cues::Kind;
use super::{Source, clause, source};
use crate::verbs::{self, VerbTense};
use temoin_model::{Certainty, Document, Lang, Status, Tense, TokenId, Upos};

impl Climb<'_> {
    pub(super) fn is_report(&self, t: TokenId) -> bool {
        self.cues.of_predicate(self.doc, Kind::Report, t).is_some()
    }

    /// "is known to …", "was said to …"
    fn is_raised(&self, h: TokenId) -> bool {
        let doc = self.doc;
        let verb = matches!(
            doc.lemma(h),
            "know"
                | "find"
                | "show"
                | "see"
                | "prove"
                | "believe"
                | "think"
                | "say"
                | "report"
                | "allege"
                | "understand"
                | "rumour"
                | "rumor"
        );
        verb && doc.meta.lang == Lang::En && doc.dependents(h).iter().any(|&d| doc.deprel(d) == "aux:pass")
    }

    /// A complement clause or infinitive under `h`.
    pub(super) fn complement(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let doc = self.doc;
        let cues = self.cues;
        let infinitive = verbs::finite(doc, at).is_none();
        // « avoir tué », "to have killed"
        let perfect = verbs::auxiliaries(doc, at).any(|a| doc.deprel(a) == "aux:tense" || is_perfect_have(doc, at, a));
        if reach == Reach::Source {
            // What is taken for granted stays so under a wish, but is said by who says the whole.
            if self.is_report(h) {
                self.reported(h, true);
            }
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        if infinitive && self.is_raised(h) {
            // "are known to impact", "is believed to have fled": what is known or believed of the subject.
            let known = matches!(doc.lemma(h), "know" | "find" | "show" | "see" | "prove");
            if !known {
                self.signal(Status::Reported, Certainty::Probable, "ReportingVerb");
                self.speaks(Source::Unnamed);
            }
            self.clause(h, reach);
            return reach;
        }
        // "was forced to resign": it came to be, or not.
        let forced = infinitive && doc.relation(at) == "xcomp" && doc.meta.lang == Lang::En;
        if forced && cues.of_predicate(doc, Kind::Fact, h).is_some() {
            self.clause(h, reach);
            return reach;
        }
        // "had to rebuild its base": it did, as « a dû » says.
        let past = verbs::finite(doc, h).is_some_and(|f| doc.feat(f, "Tense") == Some("Past"));
        let obliged = doc.lemma(h) == "have" && past && doc.relation(at) == "xcomp" && doc.meta.lang == Lang::En;
        if infinitive && obliged && !clause::negated(doc, cues, h) {
            self.clause(h, reach);
            return reach;
        }
        // "failed to release", "refuses to sign": the "to" of what a verb takes is no aim.
        if forced && cues.of_predicate(doc, Kind::Negative, h).is_some() {
            self.deny("Negation");
            self.clause(h, reach);
            return reach;
        }
        // « loin de condamner » with the infinitive hung on « loin »
        if infinitive && clause::opener(doc, cues, at, Kind::Without).is_some() {
            self.deny("Without");
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        // « afin d'éviter »: in some trees the infinitive hangs on « afin ».
        let on_aim = cues.phrase_at(doc, Kind::Purpose, h).is_some();
        if infinitive && !perfect && (on_aim || clause::opener(doc, cues, at, Kind::Purpose).is_some()) {
            return self.aim(h);
        }
        if clause::opener(doc, cues, at, Kind::Condition).is_some() {
            // « on ignore si … »
            self.signal(Status::Hypothetical, Certainty::Unknown, "Question");
            self.clause(h, Reach::Source);
            return Reach::Source;
        }
        // « ont su conserver leur avance »: they did.
        if infinitive && matches!(doc.lemma(h), "savoir") && doc.relation(at) == "xcomp" {
            self.clause(h, reach);
            return reach;
        }
        if infinitive {
            if cues.of_predicate(doc, Kind::Modal, h).is_some() {
                if let Some((status, certainty)) = clause::modal(doc, cues, h) {
                    self.signal(status, certainty, if doc.lemma(h) == "aller" { "Future" } else { "Modal" });
                    let simple = verbs::finite(doc, h) == Some(h) && verbs::is_conditional(doc, h);
                    if (status == Status::Planned || simple) && !perfect && self.tense.is_none() {
                        self.tense = Some(Tense::Future);
                    }
                }
                self.clause(h, reach);
                return reach;
            }
            // « a cessé de produire »: it no longer does; « n'a pas cessé de monter »: it still does.
            let stopped = [Kind::Negative, Kind::Cease].iter().any(|&k| cues.of_predicate(doc, k, h).is_some());
            if stopped {
                self.deny("Negation");
                self.clause(h, reach);
                return reach;
            }
            if cues.of_predicate(doc, Kind::Fact, h).is_some() {
                // « la loi permet aux juges de libérer »: they may; « a permis d'arrêter »: they did.
                let past = verbs::finite(doc, h).is_some_and(|f| {
                    f != h && doc.lemma(f) == "avoir" || doc.feat(f, "Tense").is_some_and(|t| t != "Pres" && t != "Fut")
                });
                if doc.lemma(h) == "permettre" && !past {
                    self.signal(Status::Hedged, Certainty::Possible, "Modal");
                }
                self.clause(h, reach);
                return reach;
            }
            if !perfect && let Some(c) = cues.of_predicate(doc, Kind::Plan, h) {
                return self.planned(h, c.status, c.certainty, reach);
            }
        }
        if let Some(c) = cues.of_predicate(doc, Kind::Plan, h).filter(|_| !infinitive && !self.is_report(h)) {
            return self.planned(h, c.status, c.certainty, reach);
        }
        if self.is_report(h) && self.is_content(at, h) {
            self.reported(h, true);
            return Reach::Source;
        }
        // « n'exclut pas que », "has not ruled out that": left open.
        let excludes = doc.lemma(h) == "exclure"
            || doc.lemma(h) == "rule" && doc.dependents(h).iter().any(|&d| doc.form(d) == "out" && d > h);
        if excludes && reach == Reach::Full {
            if clause::negated(doc, cues, h) {
                self.signal(Status::Hypothetical, Certainty::Possible, "Hedge");
            } else {
                self.deny("Negation");
            }
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        // « il est faux que », "it is untrue that"
        let untrue = doc.upos(h) == Upos::Adj && cues.of_predicate(doc, Kind::Negative, h).is_some();
        if !infinitive && untrue && !clause::negated(doc, cues, h) {
            self.deny("Denial");
        }
        if let Some(c) = cues.of_predicate(doc, Kind::Hedge, h) {
            // « il est possible que », « il est probable que »
            self.signal(c.status, c.certainty, "Hedge");
        }
        if cues.of_predicate(doc, Kind::Modal, h).is_some()
            && let Some((status, certainty)) = clause::modal(doc, cues, h)
        {
            self.signal(status, certainty, "Modal");
        }
        self.clause(h, reach);
        reach
    }

    /// Under a wish, an order, an attempt: to happen, if at all, after it.
    pub(super) fn planned(&mut self, h: TokenId, status: Status, certainty: Certainty, reach: Reach) -> Reach {
        let doc = self.doc;
        self.signal(status, certainty, "Volition");
        if self.tense.is_none() || verbs::finite(doc, self.trigger).is_none() {
            self.tense = Some(Tense::Future);
        }
        // « a demandé de ne pas partir », "asked him not to leave": nobody says that it was not done.
        let asks = matches!(
            doc.lemma(h),
            "ask"
                | "urge"
                | "tell"
                | "order"
                | "beg"
                | "warn"
                | "advise"
                | "call"
                | "request"
                | "demander"
                | "appeler"
                | "exhorter"
                | "inviter"
                | "ordonner"
                | "conseiller"
                | "recommander"
                | "prier"
        );
        self.asked_not |= asks && self.negative;
        if clause::negated(doc, self.cues, h) && reach == Reach::Full {
            self.deny("Negation");
        }
        self.chain.push((h, Reach::Source));
        // What is wished in a conditional is no less and no more than wished.
        Reach::Source
    }

    /// Whether a complement can be what is said: an infinitive, a « que » clause or a quotation, but
    /// not a participle (« les milices avancent, reprenant … »).
    pub(super) fn is_content(&self, at: TokenId, h: TokenId) -> bool {
        let doc = self.doc;
        // "accused of killing X"
        let of = doc.meta.lang == Lang::En && doc.dependents(at).iter().any(|&m| m < at && doc.lemma(m) == "of");
        if verbs::finite(doc, at).is_none() {
            return of || doc.feat(at, "VerbForm") != Some("Part") || doc.feat(at, "Tense") != Some("Pres");
        }
        doc.meta.lang != Lang::Fr
            || doc.dependents(at).iter().any(|&d| {
                d.0 < at.0
                    && (matches!(doc.lemma(d), "que" | "comme" | "comment") || matches!(doc.form(d), "«" | "“" | "\""))
            })
            || source::quotation(doc, self.cues, at).is_some() && !self.is_quoted_with(at, h)
    }

    /// « « Je ne l'ai pas dit, j'ai dit que … » »: whether one quotation holds a verb of saying and what follows it.
    fn is_quoted_with(&self, at: TokenId, h: TokenId) -> bool {
        let doc = self.doc;
        let mark = |i: u32| matches!(doc.form(TokenId(i)), "«" | "“" | "»" | "”" | "\"");
        h < at && source::quotation(doc, self.cues, h).is_some() && !(h.0..at.0).any(mark)
    }

    /// Under a reporting predicate, as its complement (`content`) or as a quotation beside it, which
    /// a verb of denial does not deny.
    pub(super) fn reported(&mut self, h: TokenId, content: bool) {
        let doc = self.doc;
        let Some(c) = self.cues.of_predicate(doc, Kind::Report, h) else { return };
        if source::is_aside(doc, h) {
            self.chain.push((h, Reach::Source));
            return;
        }
        let who = source::speaker(doc, h);
        // « le bilan fait état de dix morts »: a toll is nobody who says so.
        if matches!(who, Source::Token(w) if self.cues.get(Kind::NoSpeaker, doc.lemma(w)).is_some()) {
            self.chain.push((h, Reach::Source));
            return;
        }
        let negated = clause::negated(doc, self.cues, h);
        match c.status {
            Status::Denied => {
                if !negated && content {
                    self.deny("Denial");
                }
                self.signal(Status::Reported, c.certainty, "ReportingVerb");
            }
            // « n'a pas confirmé que »: left open, even under a factive.
            _ if negated && !matches!(doc.lemma(h), "savoir" | "ignorer" | "comprendre" | "know" | "understand") => {
                self.signal(Status::Hypothetical, Certainty::Unknown, "ReportingVerb");
            }
            status => {
                self.signal(status, c.certainty, if c.status == Status::Asserted { "Factive" } else { "ReportingVerb" })
            }
        }
        if self.said_by == Source::Author {
            self.past_report = verbs::tense(doc, h) == VerbTense::Past;
        }
        let unnamed_knowledge = c.status == Status::Asserted && who == Source::Unnamed;
        if !unnamed_knowledge {
            self.speaks(who);
        }
        self.chain.push((h, Reach::Source));
        if verbs::is_conditional(doc, h) {
            self.signal(Status::Hedged, Certainty::Possible, "EpistemicConditional");
        }
        if verbs::tense(doc, h) == VerbTense::Future {
            self.signal(Status::Planned, Certainty::Certain, "Future");
        }
    }

    /// Under « pour », « afin de ».
    pub(super) fn aim(&mut self, h: TokenId) -> Reach {
        // « utilise un logiciel pour attaquer », "has been using a tool to attack": what a means is used for is done.
        if matches!(self.doc.lemma(h), "use" | "utiliser") {
            self.clause(h, Reach::Mood);
            return Reach::Mood;
        }
        self.signal(Status::Planned, Certainty::Unknown, "Purpose");
        self.tense = Some(Tense::Future);
        self.chain.push((h, Reach::Source));
        Reach::Source
    }

    /// « il a fallu attendre … pour que »: what was waited for came.
    fn is_waited_for(&self, h: TokenId) -> bool {
        let doc = self.doc;
        let need = |t: &TokenId| doc.lemma(*t) == "falloir" && doc.form(*t).starts_with("fallu");
        doc.meta.lang == Lang::Fr && (need(&h) || doc.lemma(h) == "attendre" && doc.head(h).is_some_and(|u| need(&u)))
    }

    /// An adverbial clause: condition, aim, « sans », or a circumstance.
    pub(super) fn adverbial(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let (doc, cues) = (self.doc, self.cues);
        if reach == Reach::Source {
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        let infinitive = verbs::finite(doc, at).is_none();
        if infinitive && at > h && self.is_raised(h) {
            return self.complement(at, h, reach);
        }
        if clause::opener(doc, cues, at, Kind::Condition).is_some() {
            if cues.of_predicate(doc, Kind::Asks, h).is_some() {
                self.signal(Status::Hypothetical, Certainty::Unknown, "Question");
            } else if self.is_condition(at, h) {
                self.signal(Status::Hypothetical, Certainty::Unknown, "Condition");
            }
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        if infinitive && clause::opener(doc, cues, at, Kind::Without).is_some() {
            self.deny("Without");
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        if self.is_waited_for(h) && !infinitive && clause::opener(doc, cues, at, Kind::Purpose).is_some() {
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        if clause::opener(doc, cues, at, Kind::Purpose).is_some()
            && !verbs::auxiliaries(doc, at).any(|a| doc.deprel(a) == "aux:tense")
        {
            return self.aim(h);
        }
        // « condamne une initiative destinée à casser … » with « casser » hung on the main verb
        let intended = |t: TokenId| doc.lemma(t) == "destiner" && doc.upos(t) == Upos::Verb;
        if infinitive && (h.0 + 1..at.0).rev().take(12).map(TokenId).any(intended) {
            return self.aim(h);
        }
        // « appelle à cesser », « accusé d'avoir pris »: parsers label such infinitives in many ways.
        let marked = doc.dependents(at).iter().any(|&d| {
            // "prevented from leaving", "cleared of murdering"
            let english = doc.meta.lang == Lang::En && matches!(doc.lemma(d), "of" | "from");
            let marks = matches!(doc.lemma(d), "à" | "de" | "to") || english;
            matches!(doc.relation(d), "mark" | "case") && marks && d.0 < at.0
        });
        let gerund = doc.meta.lang == Lang::En && doc.form(at).ends_with("ing");
        let bare = doc.feat(at, "VerbForm") != Some("Part") || gerund;
        if infinitive && marked && (bare || verbs::auxiliaries(doc, at).next().is_some()) {
            return self.complement(at, h, reach);
        }
        // « Après avoir battu Lyon, Marseille affrontera Nantes »: at the front it has happened, whatever comes.
        let after = doc.dependents(at).iter().any(|&m| m < at && matches!(doc.lemma(m), "après" | "after"));
        if infinitive && after && at < h {
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        if infinitive && verbs::is_predicate(doc, h) {
            // A participle goes with its main verb: hedged with it, but not negated with it.
            let reach = reach.max(Reach::Mood);
            self.clause(h, reach);
            return reach;
        }
        self.chain.push((h, Reach::Source));
        Reach::Source
    }
}

/// "to have killed": whether the auxiliary `a` makes the infinitive `v` a perfect.
fn is_perfect_have(doc: &Document, v: TokenId, a: TokenId) -> bool {
    let to = doc.dependents(v).iter().any(|&m| doc.lemma(m) == "to" && m < a);
    doc.meta.lang == Lang::En && doc.lemma(a) == "have" && doc.feat(a, "VerbForm") != Some("Fin") && to
}
