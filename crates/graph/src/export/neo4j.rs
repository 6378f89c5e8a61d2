//! A pair of CSV files for `neo4j-admin database import full`.
//!
//! `nodes.csv` holds entities (`:Entity:Person` …), claims (`:Claim`), happenings (`:Event`) and articles
//! (`:Document`); `relationships.csv` what joins them. A claim is a node with the relationships
//! `SUBJECT`, `OBJECT`, `SAID_BY`, `SAID_VIA`, `PLACE`, `SAID_IN`, `PART_OF`, `EMBEDDED_IN`, `BECAUSE` and
//! `PURPOSE`; entities have `LOCATED_IN`. Only what [`Facts`] lets through is a relationship between two
//! entities as well, named by its relation (`accused`), so that a one-line question sees no denial.
//!
//! Texts keep their line breaks: the importer wants `--multiline-fields=true`.

use super::data::Data;
use super::table::{self, CLAIM, Cell, Column, DOCUMENT, ENTITY, EVENT, Kind};
use super::{ExportReport, Facts, GraphError, file, make_folder};
use crate::records::{Agent, ClaimInfo, Source, Value};
use csv::{Terminator, WriterBuilder};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

const CHANGED: &str = "list items in which ';' became ','";
const TEXTS: &str = "texts of articles";

/// Columns of relationships between entities behind the three that every relationship has.
const FACT: [&str; 6] = ["claim", "status", "confidence", "time_start", "time_end", "document"];

pub(super) fn write(data: &Data, facts: Facts, path: &Path, report: &mut ExportReport) -> Result<(), GraphError> {
    make_folder(path)?;
    let columns = Columns::new();
    file(path, "nodes.csv", |out| columns.nodes(data, out, report))?;
    file(path, "relationships.csv", |out| relationships(data, facts, out, report))?;
    report.leaves_out(TEXTS, data.claims.documents.len());
    Ok(())
}

/// The columns of `nodes.csv`: each name once, whatever kinds of nodes have it.
struct Columns(Vec<Column>);

impl Columns {
    fn new() -> Self {
        let mut all: Vec<Column> = Vec::new();
        for column in ENTITY.iter().chain(&CLAIM).chain(&EVENT).chain(&DOCUMENT).filter(|c| is_property(c.0)) {
            if !all.iter().any(|(name, _)| *name == column.0) {
                all.push(*column);
            }
        }
        Columns(all)
    }

    fn nodes(&self, data: &Data, out: &mut dyn Write, report: &mut ExportReport) -> io::Result<()> {
        let mut csv = writer(out);
        let header = self.0.iter().map(|(name, kind)| format!("{name}:{}", type_name(*kind)));
        csv.write_record(["uid:ID", ":LABEL"].into_iter().map(str::to_owned).chain(header))?;
        let changed = report.left_out.entry(CHANGED).or_default();
        let mut row = |prefix: &str, label: &str, columns: &[Column], cells: &[Cell]| {
            let id = match cells.first() {
                Some(Cell::Text(id)) => format!("{prefix}:{id}"),
                _ => prefix.to_owned(),
            };
            let values = self.0.iter().map(|(name, _)| {
                let at = columns.iter().position(|c| c.0 == *name);
                at.map_or(String::new(), |i| flat(&cells[i], changed))
            });
            csv.write_record([id, label.to_owned()].into_iter().chain(values).collect::<Vec<_>>())
        };
        for e in &data.claims.entities {
            row("ent", &format!("Entity;{}", e.kind.name()), &ENTITY, &table::entity(e))?;
        }
        for c in &data.claims.claims {
            row("claim", "Claim", &CLAIM, &table::claim(data, c))?;
        }
        for e in &data.events {
            row("event", "Event", &EVENT, &table::event(e))?;
        }
        for d in &data.claims.documents {
            row("doc", "Document", &DOCUMENT, &table::document(d, ""))?;
        }
        report.left_out.retain(|_, n| *n > 0);
        let nodes =
            [data.claims.entities.len(), data.claims.claims.len(), data.events.len(), data.claims.documents.len()];
        report.wrote("nodes", nodes.iter().sum());
        csv.flush()
    }
}

/// Columns that are relationships, or left out.
fn is_property(name: &str) -> bool {
    let relationships = [
        "subject",
        "object",
        "said_via",
        "places",
        "event",
        "embedded_in",
        "because",
        "purpose",
        "document",
        "located_in",
    ];
    name != "text" && !relationships.contains(&name)
}

fn writer(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out)
}

const fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Number => "double",
        Kind::Integer => "long",
        Kind::Flag => "boolean",
        Kind::Day => "date",
        Kind::Texts => "string[]",
    }
}

/// A cell as the importer reads it; items of a list are parted by `;`, which is counted where an item
/// has one.
fn flat(cell: &Cell, changed: &mut u64) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(t) => t.clone(),
        Cell::Number(x) => x.to_string(),
        Cell::Integer(n) => n.to_string(),
        Cell::Flag(b) => b.to_string(),
        Cell::Day(d) => d.to_string(),
        Cell::Texts(all) => {
            *changed += all.iter().filter(|t| t.contains(';')).count() as u64;
            all.iter().map(|t| t.replace(';', ",")).collect::<Vec<_>>().join(";")
        }
    }
}

fn relationships(data: &Data, facts: Facts, out: &mut dyn Write, report: &mut ExportReport) -> io::Result<()> {
    let mut csv = writer(out);
    let kind = |name: &str| CLAIM.iter().find(|c| c.0 == name).map_or(Kind::Text, |c| c.1);
    let header = FACT.iter().map(|name| format!("{name}:{}", type_name(kind(name))));
    csv.write_record([":START_ID", ":END_ID", ":TYPE"].into_iter().map(str::to_owned).chain(header))?;
    let known: BTreeSet<&str> = data.claims.entities.iter().map(|e| e.id.as_str()).collect();
    let (mut n, mut strange) = (0, 0);
    let mut row = |from: String, to: String, name: &str, properties: Vec<String>| {
        n += 1;
        csv.write_record([from, to, name.to_owned()].into_iter().chain(properties).collect::<Vec<_>>())
    };
    let plain = || vec![String::new(); FACT.len()];
    for e in &data.claims.entities {
        for place in &e.located_in {
            if known.contains(place.as_str()) {
                row(format!("ent:{}", e.id), format!("ent:{place}"), "LOCATED_IN", plain())?;
            } else {
                strange += 1;
            }
        }
    }
    for c in &data.claims.claims {
        for (name, to) in links(data, c) {
            row(format!("claim:{}", c.id), to, name, plain())?;
        }
        if let Some((s, o)) = Data::ends(c).filter(|_| facts.holds(c.status)) {
            let id = |e: usize| format!("ent:{}", data.claims.entities[e].id);
            row(id(s), id(o), &c.relation, fact(data, c))?;
        }
    }
    report.wrote("relationships", n);
    report.leaves_out("relationships to places that no article names", strange);
    csv.flush()
}

fn fact(data: &Data, c: &ClaimInfo) -> Vec<String> {
    let cells = table::claim(data, c);
    let value = |name: &str| {
        let name = if name == "claim" { "id" } else { name };
        CLAIM.iter().position(|column| column.0 == name).map_or(String::new(), |i| flat(&cells[i], &mut 0))
    };
    FACT.iter().map(|name| value(name)).collect()
}

/// What a claim is joined to, in the order of the columns.
fn links(data: &Data, c: &ClaimInfo) -> Vec<(&'static str, String)> {
    let entity = |e: usize| format!("ent:{}", data.claims.entities[e].id);
    let mut out = Vec::new();
    if let Agent::Entity(s) = c.subject {
        out.push(("SUBJECT", entity(s)));
    }
    if let Value::Entity(o) = c.object {
        out.push(("OBJECT", entity(o)));
    }
    if let Source::Entity(e) = c.said_by {
        out.push(("SAID_BY", entity(e)));
    }
    out.extend(c.said_via.map(|e| ("SAID_VIA", entity(e))));
    out.extend(c.places.iter().map(|&p| ("PLACE", entity(p))));
    out.push(("SAID_IN", format!("doc:{}", data.claims.documents[c.document].id)));
    out.extend(data.event_of(c).map(|e| ("PART_OF", format!("event:{}", e.id))));
    let claim = |iri: &String| format!("claim:{}", data.claim_id(iri));
    out.extend(c.embedded_in.iter().map(|i| ("EMBEDDED_IN", claim(i))));
    out.extend(c.because.iter().map(|i| ("BECAUSE", claim(i))));
    out.extend(c.purpose.iter().map(|i| ("PURPOSE", claim(i))));
    out
}
