//! The climb from a trigger to the root of its sentence.

use super::cues::{self, Cues, Kind};
use super::{Factuality, Source, clause, source};
use crate::verbs::{self, VerbTense};
use temoin_model::{Certainty, Document, Polarity, Status, Tense, TokenId, Upos};

/// How much of a clause above bears on the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// Everything: the trigger is the clause, or its verb shares its fate.
    Full,
    /// Mood and adverbs, but not negation.
    Mood,
    /// Only who says it: relative clauses and what is taken for granted.
    Source,
}

pub(super) struct Climb<'a> {
    doc: &'a Document,
    cues: &'static Cues,
    trigger: TokenId,
    signals: Vec<(Status, Certainty, &'static str)>,
    negative: bool,
    said_by: Source,
    /// Clause heads met on the way, with the reach that was in force there.
    chain: Vec<(TokenId, Reach)>,
    /// A conditional whose meaning depends on what stands above it.
    conditional: Option<TokenId>,
    tense: Option<Tense>,
    /// The clause in the conditional stands in the complement of a past reporting verb.
    past_report: bool,
}

impl<'a> Climb<'a> {
    pub(super) fn new(doc: &'a Document, trigger: TokenId) -> Self {
        Climb {
            doc,
            cues: cues::of(doc.meta.lang),
            trigger,
            signals: Vec::new(),
            negative: false,
            said_by: Source::Author,
            chain: Vec::new(),
            conditional: None,
            tense: None,
            past_report: false,
        }
    }

    pub(super) fn run(mut self) -> Factuality {
        let (doc, mut at) = (self.doc, self.trigger);
        let mut reach = Reach::Full;
        if verbs::is_predicate(doc, at) {
            self.clause(at, reach);
        } else if self.cues.is_happening(doc, at) {
            self.nominal(at);
        } else {
            // « la Russie voisine », « Lyon, ville de France »: a description of somebody is the
            // article's own, whoever the sentence quotes, unless it stands in a quotation.
            return self.description();
        }
        // The bound keeps a malformed tree from hanging.
        for _ in 0..doc.sentence(doc.sentence_of(at)).len() {
            let Some(h) = doc.head(at) else { break };
            reach = self.step(at, h, reach);
            at = h;
        }
        self.around();
        self.settle()
    }

    fn description(mut self) -> Factuality {
        self.nominal(self.trigger);
        if let Some(who) = source::quotation(self.doc, self.cues, self.trigger) {
            self.signal(Status::Reported, Certainty::Certain, "Quotation");
            self.speaks(who);
        }
        self.tense = Some(Tense::None);
        self.settle()
    }

    fn signal(&mut self, status: Status, certainty: Certainty, marker: &'static str) {
        self.signals.push((status, certainty, marker));
    }

    fn speaks(&mut self, who: Source) {
        if self.said_by == Source::Author {
            self.said_by = who;
        }
    }

    /// What the clause of `v` says of itself.
    fn clause(&mut self, v: TokenId, reach: Reach) {
        self.chain.push((v, reach));
        if reach == Reach::Source {
            return;
        }
        let doc = self.doc;
        if reach == Reach::Full && clause::negated(doc, self.cues, v) {
            self.negative = !self.negative;
            self.signal(Status::Asserted, Certainty::Certain, "Negation");
        }
        if let Some(c) = clause::hedge(doc, self.cues, v) {
            self.signal(c.status, c.certainty, "Hedge");
        }
        for a in verbs::auxiliaries(doc, v).collect::<Vec<_>>() {
            if let Some((status, certainty)) = clause::modal(doc, self.cues, a) {
                self.signal(status, certainty, "Modal");
            }
            if matches!(doc.lemma(a), "will" | "shall") {
                self.signal(Status::Planned, Certainty::Certain, "Future");
            }
        }
        let Some(f) = verbs::finite(doc, v) else { return };
        if verbs::is_conditional(doc, v) && self.cues.get(Kind::Modal, doc.lemma(v)).is_none() {
            self.conditional.get_or_insert(v);
        }
        match (doc.feat(f, "Mood"), doc.feat(f, "Tense")) {
            (Some("Imp"), _) => self.signal(Status::Planned, Certainty::Unknown, "Imperative"),
            (_, Some("Fut")) => self.signal(Status::Planned, Certainty::Certain, "Future"),
            _ => {}
        }
        if self.tense.is_none() {
            self.tense = Some(match verbs::tense(doc, v) {
                VerbTense::Past => Tense::Past,
                VerbTense::Future => Tense::Future,
                _ => Tense::Present,
            });
        }
    }

    /// What a noun phrase says of itself.
    fn nominal(&mut self, n: TokenId) {
        let doc = self.doc;
        if let Some(c) = clause::hedge(doc, self.cues, n) {
            self.signal(c.status, c.certainty, "Hedge");
        }
        if clause::opener(doc, self.cues, n, Kind::Without).is_some() {
            self.deny("Without");
        }
        let none = doc.dependents_by(n, "det").any(|d| {
            self.cues.get(Kind::Negator, doc.lemma(d)).is_some()
                || self.cues.get(Kind::Negator, &doc.form(d).to_lowercase()).is_some()
        });
        if none {
            self.deny("Negation");
        }
    }

    fn deny(&mut self, marker: &'static str) {
        self.negative = !self.negative;
        self.signal(Status::Asserted, Certainty::Certain, marker);
    }

    /// From `at` to its head `h`: what `h` does to it. Gives the reach that holds above `h`.
    fn step(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let doc = self.doc;
        let verbal = verbs::is_predicate(doc, at);
        let above = verbs::is_predicate(doc, h);
        match doc.relation(at) {
            "aux" | "cop" => {
                self.clause(h, reach);
                reach
            }
            "conj" => {
                if !verbal {
                    return if above { self.governed_noun(at, h, reach) } else { reach };
                }
                // « ont été tués et 700 blessés »: without a finite word of its own it shares the group.
                let shares = verbs::finite(doc, at).is_none();
                if shares && above {
                    self.clause(h, reach);
                } else {
                    self.chain.push((h, Reach::Source));
                }
                reach
            }
            "ccomp" | "xcomp" | "csubj" => self.complement(at, h, reach),
            "obl" | "advcl" | "acl" | "nmod" if verbal => {
                if doc.relation(at) == "acl" {
                    self.modifier(at, h, reach)
                } else {
                    self.adverbial(at, h, reach)
                }
            }
            "parataxis" | "dep" | "appos" | "discourse" if verbal => {
                if self.is_report(h) && !self.is_report(at) && h.0 < at.0 {
                    self.reported(h, false);
                }
                self.chain.push((h, Reach::Source));
                Reach::Source
            }
            _ if verbal => {
                self.chain.push((h, Reach::Source));
                Reach::Source
            }
            _ if above => self.governed_noun(at, h, reach),
            _ => self.inside_noun(at, h, reach),
        }
    }

    fn is_report(&self, t: TokenId) -> bool {
        self.cues.of_predicate(self.doc, Kind::Report, t).is_some()
    }

    /// A complement clause or infinitive under `h`.
    fn complement(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let doc = self.doc;
        let cues = self.cues;
        let infinitive = verbs::finite(doc, at).is_none();
        let perfect = verbs::auxiliaries(doc, at).any(|a| doc.deprel(a) == "aux:tense");
        if reach == Reach::Source {
            // What is taken for granted stays so under a wish, but is said by who says the whole.
            if self.is_report(h) {
                self.reported(h, true);
            }
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
            if cues.of_predicate(doc, Kind::Negative, h).is_some() {
                self.deny("Negation");
                self.clause(h, reach);
                return reach;
            }
            if cues.of_predicate(doc, Kind::Fact, h).is_some() {
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
        if self.is_report(h) && self.is_content(at) {
            self.reported(h, true);
            return Reach::Source;
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
    fn planned(&mut self, h: TokenId, status: Status, certainty: Certainty, reach: Reach) -> Reach {
        let doc = self.doc;
        self.signal(status, certainty, "Volition");
        if self.tense.is_none() || verbs::finite(doc, self.trigger).is_none() {
            self.tense = Some(Tense::Future);
        }
        if clause::negated(doc, self.cues, h) && reach == Reach::Full {
            self.deny("Negation");
        }
        self.chain.push((h, Reach::Source));
        // What is wished in a conditional is no less and no more than wished.
        Reach::Source
    }

    /// Whether a complement can be what is said: an infinitive, a « que » clause or a quotation, but
    /// not a participle (« les milices avancent, reprenant … »).
    fn is_content(&self, at: TokenId) -> bool {
        let doc = self.doc;
        if verbs::finite(doc, at).is_none() {
            return doc.feat(at, "VerbForm") != Some("Part") || doc.feat(at, "Tense") != Some("Pres");
        }
        doc.meta.lang != temoin_model::Lang::Fr
            || doc.dependents(at).iter().any(|&d| {
                d.0 < at.0
                    && (matches!(doc.lemma(d), "que" | "comme" | "comment") || matches!(doc.form(d), "«" | "“" | "\""))
            })
            || source::quotation(doc, self.cues, at).is_some()
    }

    /// Under a reporting predicate, as its complement (`content`) or as a quotation beside it, which
    /// a verb of denial does not deny.
    fn reported(&mut self, h: TokenId, content: bool) {
        let doc = self.doc;
        let Some(c) = self.cues.of_predicate(doc, Kind::Report, h) else { return };
        if source::is_aside(doc, h) {
            self.chain.push((h, Reach::Source));
            return;
        }
        let who = source::speaker(doc, h);
        let negated = clause::negated(doc, self.cues, h);
        match c.status {
            Status::Denied => {
                if !negated && content {
                    self.deny("Denial");
                }
                self.signal(Status::Reported, c.certainty, "ReportingVerb");
            }
            // « n'a pas confirmé que »: left open, even under a factive.
            _ if negated && !matches!(doc.lemma(h), "savoir" | "ignorer" | "know") => {
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
    fn aim(&mut self, h: TokenId) -> Reach {
        self.signal(Status::Planned, Certainty::Unknown, "Purpose");
        self.tense = Some(Tense::Future);
        self.chain.push((h, Reach::Source));
        Reach::Source
    }

    /// An adverbial clause: condition, aim, « sans », or a circumstance.
    fn adverbial(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let (doc, cues) = (self.doc, self.cues);
        if reach == Reach::Source {
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        let infinitive = verbs::finite(doc, at).is_none();
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
        if clause::opener(doc, cues, at, Kind::Purpose).is_some()
            && !verbs::auxiliaries(doc, at).any(|a| doc.deprel(a) == "aux:tense")
        {
            return self.aim(h);
        }
        // « appelle à cesser », « accusé d'avoir pris »: parsers label such infinitives in many ways.
        let marked = doc.dependents(at).iter().any(|&d| {
            matches!(doc.relation(d), "mark" | "case") && matches!(doc.lemma(d), "à" | "de" | "to") && d.0 < at.0
        });
        let bare = doc.feat(at, "VerbForm") != Some("Part");
        if infinitive && marked && (bare || verbs::auxiliaries(doc, at).next().is_some()) {
            return self.complement(at, h, reach);
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

    /// « s'il a reconnu les faits, il nie … » concedes; other « si » clauses are conditions.
    fn is_condition(&self, protasis: TokenId, main: TokenId) -> bool {
        let doc = self.doc;
        let compound =
            verbs::finite(doc, protasis).is_some_and(|f| f != protasis && doc.feat(f, "Tense") == Some("Pres"));
        let open = verbs::is_conditional(doc, main) || verbs::tense(doc, main) == VerbTense::Future;
        !(compound && doc.feat(protasis, "VerbForm") == Some("Part")) || open
    }

    /// A clause that modifies a noun.
    fn modifier(&mut self, at: TokenId, noun: TokenId, reach: Reach) -> Reach {
        let (doc, cues) = (self.doc, self.cues);
        if reach == Reach::Source {
            return Reach::Source;
        }
        let infinitive = doc.feat(at, "VerbForm") == Some("Inf")
            || doc.dependents(at).iter().any(|&d| doc.relation(d) == "aux" && doc.feat(d, "VerbForm") == Some("Inf"));
        if infinitive {
            // « accuse le régime d'avoir tué », « appelle les dirigeants à signer »: the infinitive
            // belongs to the verb, though parsers hang it on the noun.
            let verb = doc.head(noun).filter(|&v| {
                matches!(doc.relation(noun), "obj" | "obl" | "iobj")
                    && [Kind::Plan, Kind::Negative, Kind::Report]
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
        // Relative clauses and participles are stated on their own, inside whatever the sentence is.
        Reach::Source
    }

    /// A noun, or the nominal trigger, that depends on a predicate.
    fn governed_noun(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let (doc, cues) = (self.doc, self.cues);
        if verbs::is_predicate(doc, self.trigger) || !matches!(reach, Reach::Full | Reach::Mood) {
            self.chain.push((h, Reach::Source));
            return Reach::Source;
        }
        let relation = doc.deprel(at);
        // « menacer de grève », but not « après la mort », whatever the label.
        let argument = relation == "obl:arg"
            && doc.dependents_by(at, "case").all(|c| matches!(doc.lemma(c), "de" | "à" | "of" | "to"));
        let object = argument || matches!(relation, "obj" | "nsubj:pass" | "conj" | "xcomp");
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
            if cues.of_predicate(doc, Kind::Content, h).is_some() {
                self.reported(h, true);
                return Reach::Source;
            }
            if let Some(c) = cues.of_predicate(doc, Kind::Plan, h) {
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
    fn inside_noun(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
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

    /// What the sentence says around the chain of clauses: conditions, insertions, sources,
    /// quotations, questions.
    fn around(&mut self) {
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
                Some(v) => v == self.trigger || chain.iter().any(|&(c, _)| c == v),
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
        if main && clause::asks(doc, self.trigger) {
            self.signal(Status::Hypothetical, Certainty::Unknown, "Question");
        }
    }

    /// Whether the subject of an inserted verb stands behind it, as in « a déclaré le maire ».
    fn inverted(&self, v: TokenId) -> bool {
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

    /// Rolls the signals up: denied > hypothetical > planned > hedged > reported > asserted.
    fn settle(mut self) -> Factuality {
        if let Some(v) = self.conditional {
            let f = verbs::finite(self.doc, v);
            let compound = f.is_some_and(|f| f != v && self.doc.deprel(f) == "aux:tense");
            if self.signals.iter().any(|s| s.2 == "Condition") {
                // The si-clause has said what this conditional means.
            } else if self.past_report && !compound {
                self.signal(Status::Planned, Certainty::Certain, "FutureInPast");
                self.tense = Some(Tense::Future);
            } else {
                self.signal(Status::Hedged, Certainty::Possible, "EpistemicConditional");
                self.speaks(Source::Unnamed);
            }
        }
        if self.negative {
            self.signal(Status::Denied, Certainty::Certain, "Negation");
        }
        let status = self.signals.iter().map(|s| s.0).max().unwrap_or_default();
        let mut certainty = self.signals.iter().filter(|s| s.0 == status).map(|s| s.1).max().unwrap_or_default();
        if matches!(status, Status::Planned | Status::Denied) {
            // A hedged plan is a probable or possible plan.
            let doubt = self.signals.iter().filter(|s| s.0 == Status::Hedged).map(|s| s.1).max();
            certainty = certainty.max(doubt.unwrap_or_default());
        }
        let mut markers: Vec<String> = self.signals.iter().map(|s| s.2.to_owned()).collect();
        if !self.negative {
            // Two negations leave an assertion: « n'a pas échoué à ».
            markers.retain(|m| m != "Negation" || status == Status::Asserted);
        }
        markers.sort();
        markers.dedup();
        let predicate = verbs::is_predicate(self.doc, self.trigger);
        let tense = self.tense.unwrap_or(match status {
            Status::Planned => Tense::Future,
            _ if !predicate => Tense::None,
            _ => match verbs::tense(self.doc, self.trigger) {
                VerbTense::Past => Tense::Past,
                VerbTense::Future => Tense::Future,
                VerbTense::Present => Tense::Present,
                VerbTense::None => Tense::None,
            },
        });
        Factuality {
            status,
            certainty,
            polarity: if self.negative { Polarity::Negative } else { Polarity::Positive },
            tense,
            said_by: self.said_by,
            markers,
        }
    }
}
