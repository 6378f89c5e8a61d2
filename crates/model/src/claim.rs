//! Claims: what the article says, who says it, how sure, when and where, and the words that say it.

use crate::article::Diagnostic;
use crate::entity::{Entity, EntityIx, Label, Mention};
use crate::span::{Char, Span};
use crate::value::{Quantity, TimeValue};
use serde::{Deserialize, Serialize};

/// Index of a claim in [`Extraction::claims`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimIx(pub u32);

/// Overall status; later variants take precedence (denied > hypothetical > … > asserted).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The article states it in its own voice.
    #[default]
    Asserted,
    /// Someone else says it.
    Reported,
    /// The article keeps its distance: the conditional of hearsay, « probablement ».
    Hedged,
    /// It is to happen.
    Planned,
    /// It depends on a condition, or is asked.
    Hypothetical,
    /// The article or the named source says that it is not so.
    Denied,
}

/// How certain the speaker is (FactBank).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// No doubt expressed.
    #[default]
    Certain,
    /// « probablement », « devrait ».
    Probable,
    /// « peut-être », « pourrait », hearsay.
    Possible,
    /// Neither way (conditions, questions, wishes).
    Unknown,
}

/// Whether the claim is affirmed or negated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Affirmed.
    #[default]
    Positive,
    /// Negated.
    Negative,
}

/// Time of the claim relative to the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tense {
    /// Before the article.
    #[default]
    Past,
    /// At the time of the article, or lasting.
    Present,
    /// After the article.
    Future,
    /// No tense (nominal events, attributes).
    None,
}

/// Who says a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Speaker {
    /// The article in its own voice.
    #[default]
    Author,
    /// A named or described source.
    Entity(EntityIx),
    /// A source that the article does not name.
    Unnamed,
}

/// First argument of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An entity.
    Entity(EntityIx),
    /// Someone acted, the text does not say who (`kg:UnknownAgent`).
    Unknown,
}

/// Second argument of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// An entity.
    Entity(EntityIx),
    /// A number, with its unit and precision.
    Quantity(Quantity),
    /// Words, as written: a short name, the content of a statement.
    Text(String),
}

/// The words that say a claim, as code points of the stored text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The sentence.
    pub sentence: Span<Char>,
    /// The word or words that name the relation.
    pub trigger: Span<Char>,
    /// The mention of the subject, where there is one.
    pub subject: Option<Span<Char>>,
    /// The mention of the object, where there is one.
    pub object: Option<Span<Char>>,
}

/// One thing that an article says.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Content hash, see [`crate::id::content_id`]; set by [`Extraction::finish`].
    pub id: String,
    /// Identifier of the happening; claims of one happening share it. Set by the extractor to any
    /// text that is equal for the claims of one event; [`Extraction::finish`] turns it into a hash.
    pub event: Option<String>,
    /// PLOVER category with its mode: `REQUEST/assist`.
    pub plover: Option<String>,
    /// First argument.
    pub subject: Subject,
    /// Canonical relation name (`deployedTo`) or `open:LEMMA`.
    pub predicate: String,
    /// Second argument.
    pub object: Object,
    /// Overall status.
    pub status: Status,
    /// Certainty of the speaker.
    pub certainty: Certainty,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Tense.
    pub tense: Tense,
    /// Who says it.
    pub said_by: Speaker,
    /// Through whom the article heard it (« selon l'AFP, citant la police »).
    pub said_via: Option<EntityIx>,
    /// What made the status: `EpistemicConditional`, `Selon`, `Negation` … Sorted.
    pub markers: Vec<String>,
    /// Where.
    pub places: Vec<EntityIx>,
    /// When.
    pub time: Option<TimeValue>,
    /// How many, for events whose object is counted (« arrêté 2 000 personnes »).
    pub count: Option<Quantity>,
    /// With what it is done: the words that name a weapon, a tool, a vehicle (« au couteau », "with a knife"),
    /// without their preposition.
    pub means: Option<Span<Char>>,
    /// Claim inside which this one stands (an indicative relative clause in a hedged sentence).
    pub embedded_in: Option<ClaimIx>,
    /// Claims of the same article that say why this is so (« en raison de », « parce que »).
    pub because: Vec<ClaimIx>,
    /// Claims of the same article that say what this is done for (« afin de »).
    pub purpose: Vec<ClaimIx>,
    /// Confidence of the extraction, 0 to 1, two decimals. Nothing to do with `certainty`.
    pub confidence: f64,
    /// Name of the rule that made it.
    pub rule: String,
    /// The words that say it.
    pub evidence: Evidence,
}

/// Everything found in one document. Indices refer to the vectors here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// Mentions, in text order.
    pub mentions: Vec<Mention>,
    /// Entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// Labels of the known entities in every language, by entity.
    pub labels: Vec<Label>,
    /// Claims, in order of evidence.
    pub claims: Vec<Claim>,
    /// Problems met on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Extraction {
    /// The entity at `ix`.
    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.0 as usize]
    }

    /// Labels of the entity at `ix` in every language; none where only the text names it.
    pub fn labels(&self, ix: EntityIx) -> &[Label] {
        let from = self.labels.partition_point(|l| l.entity < ix);
        let n = self.labels[from..].partition_point(|l| l.entity == ix);
        &self.labels[from..from + n]
    }

    /// Sorts the claims by place in the text, drops exact repeats, and sets claim and event
    /// identifiers from content. `document` is the document's identifier.
    pub fn finish(&mut self, document: &str) {
        let n = self.claims.len();
        let mut order: Vec<usize> = (0..n).collect();
        let key = |c: &Claim| {
            (c.evidence.sentence, c.evidence.trigger, c.predicate.clone(), c.evidence.subject, c.evidence.object)
        };
        order.sort_by(|&a, &b| key(&self.claims[a]).cmp(&key(&self.claims[b])).then(a.cmp(&b)));
        let mut seen = std::collections::HashMap::new();
        let mut new_ix = vec![0u32; n];
        let mut kept: Vec<Claim> = Vec::with_capacity(n);
        for old in order {
            let c = &self.claims[old];
            let id = self.claim_id(document, c);
            new_ix[old] = *seen.entry(id.clone()).or_insert_with(|| {
                let mut c = c.clone();
                c.id = id;
                c.event = c.event.map(|e| crate::id::content_id(&["event", document, &e]));
                kept.push(c);
                kept.len() as u32 - 1
            });
        }
        for c in &mut kept {
            if let Some(e) = &mut c.embedded_in {
                *e = ClaimIx(new_ix[e.0 as usize]);
            }
            for list in [&mut c.because, &mut c.purpose] {
                list.iter_mut().for_each(|e| *e = ClaimIx(new_ix[e.0 as usize]));
                list.sort();
                list.dedup();
            }
        }
        self.claims = kept;
    }

    fn claim_id(&self, document: &str, c: &Claim) -> String {
        let subject = match c.subject {
            Subject::Entity(e) => self.entity(e).id.as_str(),
            Subject::Unknown => "?",
        };
        let object = match &c.object {
            Object::Entity(e) => self.entity(*e).id.clone(),
            Object::Quantity(q) => format!("{}|{:?}|{}", q.text, q.value, q.unit.as_deref().unwrap_or("")),
            Object::Text(t) => t.clone(),
        };
        let speaker = match c.said_by {
            Speaker::Author => "author",
            Speaker::Unnamed => "unnamed",
            Speaker::Entity(e) => self.entity(e).id.as_str(),
        };
        let at = format!("{:?}", c.evidence.trigger);
        let status = format!("{:?}", c.status);
        crate::id::content_id(&["claim", document, subject, &c.predicate, &object, &status, speaker, &at])
    }
}
