//! Entities, claims, articles and happenings as rows of named, typed cells: one definition for all
//! formats that have columns or attributes.

use super::data::{Data, Event, Mention};
use crate::records::{Agent, ClaimInfo, DocumentInfo, EntityInfo, Source, Value, Words};
use serde_json::json;
use temoin_model::{Date, Lang};

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A number with decimals.
    Number,
    /// A whole number.
    Integer,
    /// Yes or no.
    Flag,
    /// A day.
    Day,
    /// Any number of texts.
    Texts,
}

/// A value, or none.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    None,
    /// A text.
    Text(String),
    /// A number with decimals.
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(Date),
    /// Any number of texts.
    Texts(Vec<String>),
}

impl Cell {
    /// As JSON; `null` for none.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Cell::None => serde_json::Value::Null,
            Cell::Text(t) => json!(t),
            Cell::Number(x) => json!(x),
            Cell::Integer(n) => json!(n),
            Cell::Flag(b) => json!(b),
            Cell::Day(d) => json!(d.to_string()),
            Cell::Texts(all) => json!(all),
        }
    }

    pub(super) fn is_none(&self) -> bool {
        matches!(self, Cell::None) || matches!(self, Cell::Texts(t) if t.is_empty())
    }
}

impl From<&str> for Cell {
    fn from(s: &str) -> Self {
        Cell::Text(s.to_owned())
    }
}

/// Nothing where there is none or an empty text.
fn text(s: Option<&str>) -> Cell {
    s.filter(|s| !s.is_empty()).map_or(Cell::None, Cell::from)
}

fn number(x: Option<f64>) -> Cell {
    x.map_or(Cell::None, Cell::Number)
}

fn day(d: Option<Date>) -> Cell {
    d.map_or(Cell::None, Cell::Day)
}

/// A column: its name and its type.
pub(super) type Column = (&'static str, Kind);

/// Columns of [`mention`].
pub(super) const MENTION: [Column; 6] = [
    ("entity", Kind::Text),
    ("document", Kind::Text),
    ("begin", Kind::Integer),
    ("end", Kind::Integer),
    ("kind", Kind::Text),
    ("text", Kind::Text),
];

pub(super) fn mention(m: Mention) -> Vec<Cell> {
    let (begin, end) = (Cell::Integer(m.begin), Cell::Integer(m.end));
    vec![Cell::Text(m.entity), Cell::Text(m.document), begin, end, Cell::Text(m.kind), Cell::Text(m.text)]
}

/// Columns of [`entity`].
pub(super) const ENTITY: [Column; 12] = [
    ("id", Kind::Text),
    ("iri", Kind::Text),
    ("label", Kind::Text),
    ("label_fr", Kind::Text),
    ("label_en", Kind::Text),
    ("type", Kind::Text),
    ("named", Kind::Flag),
    ("wikidata", Kind::Text),
    ("aliases", Kind::Texts),
    ("located_in", Kind::Texts),
    ("latitude", Kind::Number),
    ("longitude", Kind::Number),
];

pub(super) fn entity(e: &EntityInfo) -> Vec<Cell> {
    vec![
        e.id.as_str().into(),
        e.iri.as_str().into(),
        e.label.as_str().into(),
        text(e.labels.get("fr").map(String::as_str)),
        text(e.labels.get("en").map(String::as_str)),
        e.kind.name().into(),
        Cell::Flag(e.named),
        text(e.wikidata.as_deref()),
        Cell::Texts(e.aliases.clone()),
        Cell::Texts(e.located_in.clone()),
        number(e.coordinates.map(|c| c.0)),
        number(e.coordinates.map(|c| c.1)),
    ]
}

/// Columns of [`document`].
pub(super) const DOCUMENT: [Column; 9] = [
    ("id", Kind::Text),
    ("iri", Kind::Text),
    ("title", Kind::Text),
    ("source", Kind::Text),
    ("outlet", Kind::Text),
    ("url", Kind::Text),
    ("issued", Kind::Day),
    ("lang", Kind::Text),
    ("text", Kind::Text),
];

pub(super) fn document(d: &DocumentInfo, stored: &str) -> Vec<Cell> {
    vec![
        d.id.as_str().into(),
        d.iri.as_str().into(),
        text(d.title.as_deref()),
        text(Some(&d.source)),
        text(d.outlet.as_deref()),
        text(d.url.as_deref()),
        day(d.issued),
        text(Some(&d.lang)),
        stored.into(),
    ]
}

/// Columns of [`event`].
pub(super) const EVENT: [Column; 5] =
    [("id", Kind::Text), ("iri", Kind::Text), ("category", Kind::Text), ("mode", Kind::Text), ("codes", Kind::Texts)];

pub(super) fn event(e: &Event) -> Vec<Cell> {
    let (category, mode) = e.plover();
    vec![e.id.as_str().into(), e.iri.as_str().into(), text(category), text(mode), Cell::Texts(e.codes.clone())]
}

/// Columns of [`claim`].
pub(super) const CLAIM: [Column; 49] = [
    ("id", Kind::Text),
    ("iri", Kind::Text),
    ("relation", Kind::Text),
    ("label", Kind::Text),
    ("subject", Kind::Text),
    ("subject_label", Kind::Text),
    ("object", Kind::Text),
    ("object_label", Kind::Text),
    ("status", Kind::Text),
    ("certainty", Kind::Text),
    ("polarity", Kind::Text),
    ("tense", Kind::Text),
    ("said_by", Kind::Text),
    ("said_by_label", Kind::Text),
    ("said_via", Kind::Text),
    ("confidence", Kind::Number),
    ("time_start", Kind::Day),
    ("time_end", Kind::Day),
    ("edtf", Kind::Text),
    ("time_text", Kind::Text),
    ("time_basis", Kind::Text),
    ("places", Kind::Texts),
    ("value", Kind::Number),
    ("value_min", Kind::Number),
    ("value_max", Kind::Number),
    ("precision", Kind::Text),
    ("unit", Kind::Text),
    ("value_text", Kind::Text),
    ("means", Kind::Text),
    ("event", Kind::Text),
    ("embedded_in", Kind::Text),
    ("because", Kind::Texts),
    ("purpose", Kind::Texts),
    ("markers", Kind::Texts),
    ("document", Kind::Text),
    ("article", Kind::Text),
    ("reported_on", Kind::Day),
    ("sentence", Kind::Text),
    ("sentence_begin", Kind::Integer),
    ("sentence_end", Kind::Integer),
    ("trigger", Kind::Text),
    ("begin", Kind::Integer),
    ("end", Kind::Integer),
    ("subject_begin", Kind::Integer),
    ("subject_end", Kind::Integer),
    ("object_begin", Kind::Integer),
    ("object_end", Kind::Integer),
    ("rule", Kind::Text),
    ("lang", Kind::Text),
];

pub(super) fn claim(data: &Data, c: &ClaimInfo) -> Vec<Cell> {
    let mut out = Vec::from(participants(data, c));
    out.extend(axes(data, c));
    out.extend(circumstances(data, c));
    out.extend(evidence(data, c));
    debug_assert_eq!(out.len(), CLAIM.len());
    out
}

fn participants(data: &Data, c: &ClaimInfo) -> [Cell; 8] {
    let of = |e: usize| &data.claims.entities[e];
    let (subject, subject_label) = match c.subject {
        Agent::Entity(e) => (of(e).id.as_str().into(), of(e).label.as_str().into()),
        Agent::Unknown => (Cell::None, Cell::None),
    };
    let (object, object_label) = match &c.object {
        Value::Entity(e) => (of(*e).id.as_str().into(), of(*e).label.as_str().into()),
        Value::Literal(words) => (Cell::None, if c.has_object() { words.as_str().into() } else { Cell::None }),
    };
    let lang = data.claims.documents[c.document].lang.parse().unwrap_or(Lang::Fr);
    [
        c.id.as_str().into(),
        c.iri.as_str().into(),
        c.relation.as_str().into(),
        data.claims.relation_label(&c.relation, lang).into(),
        subject,
        subject_label,
        object,
        object_label,
    ]
}

fn axes(data: &Data, c: &ClaimInfo) -> [Cell; 8] {
    let id = |e: usize| Cell::from(data.claims.entities[e].id.as_str());
    [
        word(&c.status),
        word(&c.certainty),
        word(&c.polarity),
        word(&c.tense),
        match c.said_by {
            Source::Author => "author".into(),
            Source::Unnamed => "unnamed".into(),
            Source::Entity(e) => id(e),
        },
        match c.said_by {
            Source::Author | Source::Unnamed => Cell::None,
            Source::Entity(e) => data.claims.entities[e].label.as_str().into(),
        },
        c.said_via.map_or(Cell::None, id),
        Cell::Number(c.confidence),
    ]
}

/// The name of a value of an axis, as in the JSON Lines of claims.
pub(super) fn word(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(s)) => Cell::Text(s),
        _ => Cell::None,
    }
}

fn circumstances(data: &Data, c: &ClaimInfo) -> [Cell; 18] {
    let claims = |iris: &[String]| Cell::Texts(iris.iter().map(|i| data.claim_id(i)).collect());
    let (time, quantity) = (c.time.as_ref(), c.quantity.as_ref());
    [
        day(time.and_then(|t| t.start)),
        day(time.and_then(|t| t.end)),
        text(time.map(|t| t.edtf.as_str())),
        text(time.map(|t| t.text.as_str())),
        text(time.map(|t| t.basis.as_str())),
        Cell::Texts(c.places.iter().map(|&p| data.claims.entities[p].id.clone()).collect()),
        number(quantity.and_then(|q| q.value)),
        number(quantity.and_then(|q| q.min)),
        number(quantity.and_then(|q| q.max)),
        text(quantity.map(|q| q.precision.as_str())),
        text(quantity.and_then(|q| q.unit.as_deref())),
        text(quantity.map(|q| q.text.as_str())),
        text(c.means.as_deref()),
        text(data.event_of(c).map(|e| e.id.as_str())),
        c.embedded_in.as_deref().map_or(Cell::None, |iri| Cell::Text(data.claim_id(iri))),
        claims(&c.because),
        claims(&c.purpose),
        Cell::Texts(c.markers.clone()),
    ]
}

fn evidence(data: &Data, c: &ClaimInfo) -> [Cell; 15] {
    let document = &data.claims.documents[c.document];
    let sentence = c.evidence.first();
    let begin = |w: Option<&Words>| w.map_or(Cell::None, |w| Cell::Integer(w.begin.into()));
    let end = |w: Option<&Words>| w.map_or(Cell::None, |w| Cell::Integer(w.end.into()));
    let (subject, object) = (c.subject_mention.as_ref(), c.object_mention.as_ref());
    [
        document.id.as_str().into(),
        document.short_name().into(),
        day(c.reported_on),
        text(sentence.map(|w| w.text.as_str())),
        begin(sentence),
        end(sentence),
        c.trigger.text.as_str().into(),
        begin(Some(&c.trigger)),
        end(Some(&c.trigger)),
        begin(subject),
        end(subject),
        begin(object),
        end(object),
        text(Some(&c.rule)),
        text(Some(&document.lang)),
    ]
}

/// Columns of [`pieces`].
pub(super) const EVIDENCE: [Column; 6] = [
    ("claim", Kind::Text),
    ("document", Kind::Text),
    ("role", Kind::Text),
    ("begin", Kind::Integer),
    ("end", Kind::Integer),
    ("text", Kind::Text),
];

/// The words behind a claim, one row each: sentences, trigger, subject and object.
pub(super) fn pieces(data: &Data, c: &ClaimInfo) -> Vec<Vec<Cell>> {
    let roles = c
        .evidence
        .iter()
        .map(|w| ("sentence", w))
        .chain([("trigger", &c.trigger)])
        .chain(c.subject_mention.iter().map(|w| ("subject", w)))
        .chain(c.object_mention.iter().map(|w| ("object", w)));
    let document = data.claims.documents[c.document].id.as_str();
    let row = |(role, w): (&str, &Words)| {
        vec![
            c.id.as_str().into(),
            document.into(),
            role.into(),
            Cell::Integer(w.begin.into()),
            Cell::Integer(w.end.into()),
            w.text.as_str().into(),
        ]
    };
    roles.map(row).collect()
}

/// The cells that are there, by name, as a JSON object.
pub(super) fn object(columns: &[Column], cells: &[Cell]) -> serde_json::Map<String, serde_json::Value> {
    let filled = columns.iter().zip(cells).filter(|(_, cell)| !cell.is_none());
    filled.map(|((name, _), cell)| ((*name).to_owned(), cell.json())).collect()
}
