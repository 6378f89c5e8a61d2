//! The climb from a trigger to the root of its sentence.

use super::cues::{self, Cues, Kind};
use super::{Factuality, Source, clause, source};
use crate::verbs::{self, VerbTense};
use temoin_model::{Certainty, Document, Lang, Polarity, Status, Tense, TokenId};

/// Heads above a trigger that are looked at. No clause of a real sentence stands so deep; a text of
/// thousands of words without a stop would otherwise cost time with the square of its length.
const HEIGHT: usize = 100;

/// How much of a clause above bears on the trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Everything: the trigger is the clause, or its verb shares its fate.
    Full,
    /// Mood and adverbs, but not negation.
    Mood,
    /// Only who says it: relative clauses and what is taken for granted.
    Source,
}

pub(super) struct Climb<'a> {
    pub(super) doc: &'a Document,
    pub(super) cues: &'static Cues,
    pub(super) trigger: TokenId,
    pub(super) signals: Vec<(Status, Certainty, &'static str)>,
    pub(super) negative: bool,
    pub(super) said_by: Source,
    /// Clause heads met on the way, with the reach that was in force there.
    pub(super) chain: Vec<(TokenId, Reach)>,
    /// A conditional whose meaning depends on what stands above it.
    pub(super) conditional: Option<TokenId>,
    pub(super) tense: Option<Tense>,
    /// The clause in the conditional stands in the complement of a past reporting verb.
    pub(super) past_report: bool,
    /// Somebody is asked not to do it.
    pub(super) asked_not: bool,
    /// Length of the chain where it went over to an earlier clause with a subject of its own.
    pub(super) joined: Option<usize>,
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
            asked_not: false,
            joined: None,
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
        // « … », a déclaré X: the words quoted say nothing of their being said, whatever the tree.
        let closes = source::closes_quotation(doc, self.cues, at);
        for _ in 0..HEIGHT {
            let Some(h) = doc.head(at).filter(|_| !closes) else { break };
            reach = self.step(at, h, reach);
            at = h;
        }
        self.around();
        self.settle()
    }

    pub(super) fn description(mut self) -> Factuality {
        self.nominal(self.trigger);
        if let Some(who) = source::quotation(self.doc, self.cues, self.trigger) {
            self.signal(Status::Reported, Certainty::Certain, "Quotation");
            self.speaks(who);
        }
        self.tense = Some(Tense::None);
        self.settle()
    }

    pub(super) fn signal(&mut self, status: Status, certainty: Certainty, marker: &'static str) {
        self.signals.push((status, certainty, marker));
    }

    pub(super) fn speaks(&mut self, who: Source) {
        if self.said_by == Source::Author {
            self.said_by = who;
        }
    }

    /// What the clause of `v` says of itself.
    pub(super) fn clause(&mut self, v: TokenId, reach: Reach) {
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
            if doc.lemma(a) == "would" && doc.meta.lang == Lang::En {
                // "would have won" did not happen; "would win" is expected, on a condition or by a plan.
                let unreal = verbs::auxiliaries(doc, v).any(|h| doc.lemma(h) == "have" && h > a);
                let status = if unreal { Status::Hypothetical } else { Status::Planned };
                self.signal(status, Certainty::Probable, "Would");
            }
            if matches!(doc.lemma(a), "will" | "shall") {
                self.signal(Status::Planned, Certainty::Certain, "Future");
            }
        }
        // "Had Russia attacked Poland, …"
        let subject = doc.dependents(v).iter().copied().find(|&d| doc.relation(d) == "nsubj");
        let inverted = verbs::auxiliaries(doc, v)
            .any(|a| doc.form(a).eq_ignore_ascii_case("had") && subject.is_some_and(|s| a < s && s < v));
        if doc.meta.lang == Lang::En && inverted {
            self.signal(Status::Hypothetical, Certainty::Unknown, "Condition");
        }
        // "is to visit Paris", "is to be held"
        let to = doc.dependents_by(v, "mark").find(|&m| doc.lemma(m) == "to" && m < v);
        let be = |d: TokenId| {
            doc.lemma(d) == "be" && matches!(doc.relation(d), "aux" | "cop") && doc.feat(d, "VerbForm") == Some("Fin")
        };
        let arranged = |m: TokenId| doc.dependents(v).iter().any(|&d| be(d) && d.0 + 2 >= m.0 && d < m);
        if doc.meta.lang == Lang::En && to.is_some_and(arranged) {
            self.signal(Status::Planned, Certainty::Certain, "Future");
        }
        let Some(f) = verbs::finite(doc, v) else { return };
        if verbs::is_conditional(doc, v) && self.cues.get(Kind::Modal, doc.lemma(v)).is_none() {
            self.conditional.get_or_insert(v);
        }
        // « Que la France se retire ! »
        let wished = doc.head(v).is_none()
            && doc.meta.lang == Lang::Fr
            && doc.dependents_by(v, "mark").any(|m| m < v && doc.lemma(m) == "que");
        if wished {
            self.signal(Status::Planned, Certainty::Unknown, "Imperative");
        }
        match (doc.feat(f, "Mood"), doc.feat(f, "Tense")) {
            (Some("Imp"), _) => self.signal(Status::Planned, Certainty::Unknown, "Imperative"),
            // « La ville sera restée un fief »: looking back, where nothing points ahead.
            (_, Some("Fut")) if self.looks_back(v, f) => {}
            (_, Some("Fut")) if verbs::is_future(doc, f) => self.signal(Status::Planned, Certainty::Certain, "Future"),
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
    pub(super) fn nominal(&mut self, n: TokenId) {
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

    pub(super) fn deny(&mut self, marker: &'static str) {
        self.negative = !self.negative;
        self.signal(Status::Asserted, Certainty::Certain, marker);
    }

    /// From `at` to its head `h`: what `h` does to it. Gives the reach that holds above `h`.
    pub(super) fn step(&mut self, at: TokenId, h: TokenId, reach: Reach) -> Reach {
        let doc = self.doc;
        let verbal = verbs::is_predicate(doc, at);
        let above = verbs::is_predicate(doc, h);
        // « afin que la Grèce construise … » hung on « afin »
        if verbal && doc.lemma(h) == "afin" && reach < Reach::Source {
            return self.aim(h);
        }
        match doc.relation(at) {
            "aux" | "cop" => {
                self.clause(h, reach);
                reach
            }
            "conj" => {
                if !verbal {
                    return if above { self.governed_noun(at, h, reach) } else { reach };
                }
                if doc.dependents_by(at, "nsubj").next().is_some() {
                    self.joined.get_or_insert(self.chain.len());
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

    /// « Sans l'aide de X, Y aurait perdu »: whether the clause of `v` is without what it would have taken.
    fn wants(&self, v: TokenId) -> bool {
        let (doc, cues) = (self.doc, self.cues);
        doc.dependents(v).iter().any(|&d| {
            doc.relation(d).starts_with("obl") && d < v && clause::opener(doc, cues, d, Kind::Without).is_some()
        })
    }

    /// Whether a French future perfect sums up what has been: in a main clause without a word of time ahead.
    fn looks_back(&self, v: TokenId, f: TokenId) -> bool {
        let doc = self.doc;
        let ahead = |t: TokenId| {
            let word = doc.form(t).to_lowercase();
            matches!(
                word.as_str(),
                "ici"
                    | "demain"
                    | "bientôt"
                    | "prochain"
                    | "prochaine"
                    | "quand"
                    | "lorsque"
                    | "lorsqu'"
                    | "avant"
                    | "après"
                    | "dès"
            )
        };
        doc.meta.lang == Lang::Fr
            && doc.deprel(f) == "aux:tense"
            && doc.head(v).is_none()
            && !doc.tokens_in(doc.sentence(doc.sentence_of(v))).any(ahead)
    }

    /// Rolls the signals up: denied > hypothetical > planned > hedged > reported > asserted.
    pub(super) fn settle(mut self) -> Factuality {
        if let Some(v) = self.conditional {
            let f = verbs::finite(self.doc, v);
            let compound = f.is_some_and(|f| f != v && self.doc.deprel(f) == "aux:tense");
            if self.signals.iter().any(|s| s.2 == "Condition") {
                // The si-clause has said what this conditional means.
            } else if compound && self.wants(v) {
                self.signal(Status::Hypothetical, Certainty::Unknown, "Condition");
            } else if self.past_report && !compound {
                self.signal(Status::Planned, Certainty::Certain, "FutureInPast");
                self.tense = Some(Tense::Future);
            } else {
                self.signal(Status::Hedged, Certainty::Possible, "EpistemicConditional");
                self.speaks(Source::Unnamed);
            }
        }
        // "if the broadcasts do not stop" says neither that they do nor that they do not: the polarity is negative.
        let conditional = self.signals.iter().any(|s| s.2 == "Condition");
        if self.negative && !conditional && !self.asked_not {
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
