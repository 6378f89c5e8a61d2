//! A claim as a flat record: the JSON Lines of `temoin extract`, and what tables are made from.

use crate::claim::{Certainty, Claim, Extraction, Object, Polarity, Speaker, Status, Subject, Tense};
use crate::document::Document;
use crate::entity::{EntityIx, EntityType};
use crate::span::{Char, Span};
use crate::value::{Precision, Quantity, TimeBasis};
use serde::{Serialize, Serializer};

/// Identifier of the agent that a text leaves out.
pub const UNKNOWN_AGENT: &str = "kg:UnknownAgent";

/// An entity inside a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityRecord {
    /// Identifier.
    pub id: String,
    /// Label.
    pub label: String,
    /// Type name; `null` for the unknown agent.
    #[serde(rename = "type")]
    pub kind: Option<EntityType>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Wikidata identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
}

/// A quantity inside a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantityRecord {
    /// `Quantity` where it is an object; left out where it is a count.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Stated value.
    #[serde(serialize_with = "number")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Least value.
    #[serde(serialize_with = "number")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Greatest value.
    #[serde(serialize_with = "number")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Precision.
    pub precision: Precision,
    /// Unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Words.
    pub text: String,
}

/// An object inside a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ObjectRecord {
    /// An entity.
    Entity(EntityRecord),
    /// A quantity.
    Quantity(QuantityRecord),
    /// Words.
    Text {
        /// Always `Text`.
        #[serde(rename = "type")]
        kind: &'static str,
        /// The words.
        text: String,
    },
}

/// A time inside a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimeRecord {
    /// EDTF.
    pub value: String,
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// Words.
    pub text: String,
    /// What it was resolved with.
    pub basis: TimeBasis,
}

/// Evidence inside a record. All offsets are code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceRecord {
    /// Start of the sentence.
    pub start: u32,
    /// End of the sentence.
    pub end: u32,
    /// The sentence, verbatim.
    pub quote: String,
    /// Mention of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<[u32; 2]>,
    /// Words that name the relation.
    pub trigger: [u32; 2],
    /// Mention of the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<[u32; 2]>,
    /// Words that say with what it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<[u32; 2]>,
}

/// One claim, self-contained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRecord {
    /// Identifier.
    pub id: String,
    /// Identifier of the document.
    pub document: String,
    /// Name of the input that the document came from.
    pub source: String,
    /// Event identifier.
    pub event: Option<String>,
    /// PLOVER category and mode.
    pub plover: Option<String>,
    /// Subject.
    pub subject: EntityRecord,
    /// Relation.
    pub predicate: String,
    /// Object.
    pub object: ObjectRecord,
    /// Status.
    pub status: Status,
    /// Certainty.
    pub certainty: Certainty,
    /// Polarity.
    pub polarity: Polarity,
    /// Tense.
    pub tense: Tense,
    /// Source other than the article; `null` when the article speaks itself.
    #[serde(rename = "attributedTo")]
    pub attributed_to: Option<EntityRecord>,
    /// First place.
    pub place: Option<EntityRecord>,
    /// Time.
    pub time: Option<TimeRecord>,
    /// Count.
    pub count: Option<QuantityRecord>,
    /// With what it is done, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// What made the status.
    pub markers: Vec<String>,
    /// Identifier of the claim around this one.
    #[serde(rename = "embeddedIn", skip_serializing_if = "Option::is_none")]
    pub embedded_in: Option<String>,
    /// Identifiers of the claims that say why this is so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
    /// Identifiers of the claims that say what this is done for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purpose: Vec<String>,
    /// Confidence of the extraction.
    pub confidence: f64,
    /// Rule.
    pub rule: String,
    /// Evidence.
    pub evidence: EvidenceRecord,
}

impl ClaimRecord {
    /// Whether the claim has a second argument. « Anna est morte » has none, and the words that name the relation
    /// stand in its place.
    pub fn has_object(&self) -> bool {
        let ObjectRecord::Text { text, .. } = &self.object else { return true };
        let e = &self.evidence;
        let [begin, end] = e.trigger.map(|at| at.saturating_sub(e.start) as usize);
        e.object.is_some() || !text.chars().eq(e.quote.chars().take(end).skip(begin))
    }

    /// The record of `claim`, which must belong to `extraction` of `doc`.
    pub fn new(doc: &Document, extraction: &Extraction, claim: &Claim) -> Self {
        let entity = |ix: EntityIx| {
            let e = extraction.entity(ix);
            EntityRecord {
                id: e.id.clone(),
                label: e.label.clone(),
                kind: Some(e.kind),
                aliases: e.aliases.clone(),
                wikidata: e.wikidata.clone(),
            }
        };
        let pair = |s: Span<Char>| [s.start, s.end];
        let ev = &claim.evidence;
        ClaimRecord {
            id: claim.id.clone(),
            document: doc.id.clone(),
            source: doc.meta.name.clone(),
            event: claim.event.clone(),
            plover: claim.plover.clone(),
            subject: match claim.subject {
                Subject::Entity(e) => entity(e),
                Subject::Unknown => EntityRecord {
                    id: UNKNOWN_AGENT.into(),
                    label: "?".into(),
                    kind: None,
                    aliases: Vec::new(),
                    wikidata: None,
                },
            },
            predicate: claim.predicate.clone(),
            object: match &claim.object {
                Object::Entity(e) => ObjectRecord::Entity(entity(*e)),
                Object::Quantity(q) => ObjectRecord::Quantity(quantity(q, Some("Quantity"))),
                Object::Text(t) => ObjectRecord::Text { kind: "Text", text: t.clone() },
            },
            status: claim.status,
            certainty: claim.certainty,
            polarity: claim.polarity,
            tense: claim.tense,
            attributed_to: match claim.said_by {
                Speaker::Entity(e) => Some(entity(e)),
                Speaker::Author | Speaker::Unnamed => None,
            },
            place: claim.places.first().map(|&p| entity(p)),
            time: claim.time.as_ref().map(|t| TimeRecord {
                value: t.edtf.clone(),
                start: t.start.map(|d| d.to_string()),
                end: t.end.map(|d| d.to_string()),
                text: t.text.clone(),
                basis: t.basis,
            }),
            count: claim.count.as_ref().map(|q| quantity(q, None)),
            means: claim.means.map(|s| doc.words(s)),
            markers: claim.markers.clone(),
            embedded_in: claim.embedded_in.map(|c| extraction.claims[c.0 as usize].id.clone()),
            because: claim.because.iter().map(|c| extraction.claims[c.0 as usize].id.clone()).collect(),
            purpose: claim.purpose.iter().map(|c| extraction.claims[c.0 as usize].id.clone()).collect(),
            confidence: claim.confidence,
            rule: claim.rule.clone(),
            evidence: EvidenceRecord {
                start: ev.sentence.start,
                end: ev.sentence.end,
                quote: doc.slice(ev.sentence).to_owned(),
                subject: ev.subject.map(pair),
                trigger: pair(ev.trigger),
                object: ev.object.map(pair),
                means: claim.means.map(pair),
            },
        }
    }

    /// The record as one line of JSON, without a line break.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("records have string keys only")
    }
}

fn quantity(q: &Quantity, kind: Option<&'static str>) -> QuantityRecord {
    QuantityRecord {
        kind,
        value: q.value,
        min: q.min,
        max: q.max,
        precision: q.precision,
        unit: q.unit.clone(),
        text: q.text.clone(),
    }
}

/// Whole numbers without a fraction, so that a count of people reads `18` and not `18.0`.
fn number<S: Serializer>(v: &Option<f64>, s: S) -> Result<S::Ok, S::Error> {
    match *v {
        None => s.serialize_none(),
        Some(x) if x.fract() == 0.0 && x.abs() < 9e15 => s.serialize_i64(x as i64),
        Some(x) => s.serialize_f64(x),
    }
}
