//! Events in the manner of PLOVER (Halterman and others 2023), one JSON object a line.
//!
//! | key | what it holds |
//! |---|---|
//! | `id` | the event |
//! | `date`, `date_end` | first and last day that its claims give, inclusive; absent where no claim gives one |
//! | `date_basis` | what the first day was read from: `explicit`, `publication` or `document` |
//! | `reported_on` | the article's day |
//! | `event_type`, `event_mode` | PLOVER category and mode, as the relation of most of its claims has them; `null` where PLOVER has none |
//! | `codes` | all codes of its claims, where there are several |
//! | `relations` | names of the relations |
//! | `actors`, `recipients` | who does it and to whom: persons, organisations, countries, groups |
//! | `objects` | things, works, products and events that it is done to |
//! | `location` | places, also where something is done to a place |
//! | `quantities` | numbers with their relation, bounds and unit |
//! | `status` | statuses of its claims, sorted: a planned or a denied event is one too |
//! | `claims` | claims, with status, who says it, confidence and sentence |
//! | `sources` | articles |
//!
//! A subject that the text leaves out gives no actor. States and attributes are no events and are
//! counted as left out.

use super::data::{Data, Event};
use super::table::word;
use super::{ExportReport, GraphError};
use crate::records::{Agent, ClaimInfo, EntityInfo, Source, Value};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;
use std::io::Write;
use temoin_model::EntityType;

pub(super) fn write(data: &Data, out: &mut dyn Write, report: &mut ExportReport) -> Result<(), GraphError> {
    for e in &data.events {
        let line = serde_json::to_string(&event(data, e)).map_err(|e| GraphError::Output(e.into()))?;
        writeln!(out, "{line}").map_err(GraphError::Output)?;
        report.wrote(
            if e.codes.is_empty() { "events that PLOVER has no category for" } else { "events with a category" },
            1,
        );
    }
    let states = data.claims.claims.iter().filter(|c| data.event_of(c).is_none()).count();
    report.leaves_out("claims of states and attributes", states);
    Ok(())
}

/// Who and what takes part, as indices of entities.
#[derive(Default)]
struct Parts {
    actors: BTreeSet<usize>,
    recipients: BTreeSet<usize>,
    objects: BTreeSet<usize>,
    places: BTreeSet<usize>,
}

impl Parts {
    fn of<'a>(data: &Data, claims: impl Iterator<Item = &'a ClaimInfo>) -> Self {
        let mut parts = Parts::default();
        for c in claims {
            if let Agent::Entity(s) = c.subject {
                parts.actors.insert(s);
            }
            if let Value::Entity(o) = c.object {
                parts.object(o, data.claims.entities[o].kind);
            }
            parts.places.extend(&c.places);
        }
        parts
    }

    fn object(&mut self, e: usize, kind: EntityType) {
        use EntityType::{Country, Group, Organization, Person, Place};
        match kind {
            Person | Organization | Country | Group => self.recipients.insert(e),
            Place => self.places.insert(e),
            _ => self.objects.insert(e),
        };
    }
}

fn event(data: &Data, e: &Event) -> Map<String, Json> {
    let claims = || e.claims.iter().map(|&i| &data.claims.claims[i]);
    let parts = Parts::of(data, claims());
    let entities = |all: &BTreeSet<usize>| all.iter().map(|&i| entity(&data.claims.entities[i])).collect::<Vec<_>>();
    let (category, mode) = e.plover();
    let relations: BTreeSet<&str> = claims().map(|c| c.relation.as_str()).collect();
    let status: BTreeSet<String> =
        claims().map(|c| word(&c.status).json().as_str().unwrap_or_default().to_owned()).collect();
    let documents: BTreeSet<usize> = claims().map(|c| c.document).collect();
    let mut out = dates(claims());
    for (key, value) in [
        ("id", json!(e.id)),
        ("event_type", json!(category)),
        ("event_mode", json!(mode)),
        ("relations", json!(relations)),
        ("actors", json!(entities(&parts.actors))),
        ("recipients", json!(entities(&parts.recipients))),
        ("objects", json!(entities(&parts.objects))),
        ("location", json!(entities(&parts.places))),
        ("quantities", json!(claims().filter_map(quantity).collect::<Vec<_>>())),
        ("status", json!(status)),
        ("claims", json!(claims().map(|c| claim(data, c)).collect::<Vec<_>>())),
        ("sources", json!(documents.iter().map(|&d| source(data, d)).collect::<Vec<_>>())),
    ] {
        out.insert(key.to_owned(), value);
    }
    if e.codes.len() > 1 {
        out.insert("codes".into(), json!(e.codes));
    }
    out
}

/// The days: those of the claim that begins first, and its basis; the end is the last of all.
fn dates<'a>(claims: impl Iterator<Item = &'a ClaimInfo> + Clone) -> Map<String, Json> {
    let mut out = Map::new();
    let times = claims.clone().filter_map(|c| c.time.as_ref());
    let first = times.clone().filter_map(|t| t.start.map(|d| (d, &t.basis))).min();
    if let Some((day, basis)) = first {
        out.insert("date".into(), json!(day.to_string()));
        out.insert("date_basis".into(), json!(basis));
    }
    if let Some(day) = times.filter_map(|t| t.end).max() {
        out.insert("date_end".into(), json!(day.to_string()));
    }
    if let Some(day) = claims.filter_map(|c| c.reported_on).min() {
        out.insert("reported_on".into(), json!(day.to_string()));
    }
    out
}

fn entity(e: &EntityInfo) -> Json {
    let mut out = json!({ "id": e.id, "label": e.label, "type": e.kind.name() });
    if let Some(q) = &e.wikidata {
        out["wikidata"] = json!(q);
    }
    out
}

fn quantity(c: &ClaimInfo) -> Option<Json> {
    let q = c.quantity.as_ref()?;
    let mut out = json!({ "relation": c.relation, "precision": q.precision, "text": q.text });
    for (key, value) in [("value", q.value), ("min", q.min), ("max", q.max)] {
        if let Some(x) = value {
            out[key] = json!(x);
        }
    }
    if let Some(unit) = &q.unit {
        out["unit"] = json!(unit);
    }
    Some(out)
}

fn claim(data: &Data, c: &ClaimInfo) -> Json {
    let label = |e: usize| data.claims.entities[e].id.as_str();
    let said_by = match c.said_by {
        Source::Author => "author",
        Source::Unnamed => "unnamed",
        Source::Entity(e) => label(e),
    };
    let subject = if let Agent::Entity(s) = c.subject { json!(label(s)) } else { Json::Null };
    let object = match &c.object {
        Value::Entity(o) => label(*o),
        Value::Literal(words) => words,
    };
    let mut out = json!({
        "id": c.id, "relation": c.relation, "subject": subject, "object": object, "said_by": said_by,
        "status": word(&c.status).json(), "certainty": word(&c.certainty).json(), "confidence": c.confidence,
        "document": data.claims.documents[c.document].id, "begin": c.trigger.begin, "end": c.trigger.end,
        "sentence": c.evidence.first().map(|w| w.text.as_str()),
    });
    if let Some(means) = &c.means {
        out["means"] = json!(means);
    }
    out
}

fn source(data: &Data, d: usize) -> Json {
    let d = &data.claims.documents[d];
    let mut out = json!({ "document": d.id, "file": d.source, "lang": d.lang });
    for (key, value) in [("title", &d.title), ("outlet", &d.outlet), ("url", &d.url)] {
        if let Some(v) = value {
            out[key] = json!(v);
        }
    }
    if let Some(day) = d.issued {
        out["date"] = json!(day.to_string());
    }
    out
}
