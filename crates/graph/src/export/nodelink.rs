//! Node-link JSON: what `networkx.node_link_graph` and D3 read.
//!
//! A directed multigraph: nodes are entities, edges the claims between two of them, with the claim's
//! identifier as their key. A claim about one entity stands in the list `claims` of its node, one about
//! none in the list `claims` of the graph, so that no claim is left out.

use super::data::Data;
use super::table::{self, CLAIM, ENTITY};
use super::{ExportReport, GraphError};
use crate::records::{Agent, ClaimInfo, Value};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) fn write(data: &Data, out: &mut dyn Write, report: &mut ExportReport) -> Result<(), GraphError> {
    let mut alone: BTreeMap<Option<usize>, Vec<Json>> = BTreeMap::new();
    let mut edges = Vec::new();
    for c in &data.claims.claims {
        match Data::ends(c) {
            Some(ends) => edges.push(edge(data, c, ends)),
            None => alone.entry(bearer(c)).or_default().push(Json::Object(attributes(data, c))),
        }
    }
    let apart: usize = alone.values().map(Vec::len).sum();
    report.wrote("nodes", data.claims.entities.len());
    report.wrote("edges", edges.len());
    report.wrote("claims about one entity or none", apart);
    let nodes = data.claims.entities.iter().enumerate().map(|(i, e)| {
        let mut node = table::object(&ENTITY, &table::entity(e));
        if let Some(claims) = alone.get(&Some(i)) {
            node.insert("claims".into(), json!(claims));
        }
        node
    });
    let documents: Vec<Json> = data.claims.documents.iter().map(document).collect();
    let graph = json!({ "documents": documents, "claims": alone.get(&None).cloned().unwrap_or_default() });
    report.leaves_out("texts of articles", documents.len());
    let write = |out: &mut dyn Write| -> io::Result<()> {
        write!(out, "{{\"directed\":true,\"multigraph\":true,\"graph\":{graph},\n\"nodes\":[")?;
        lines(out, nodes)?;
        write!(out, "],\n\"edges\":[")?;
        lines(out, edges.into_iter())?;
        writeln!(out, "]}}")
    };
    write(out).map_err(GraphError::Output)
}

fn document(d: &crate::records::DocumentInfo) -> Json {
    Json::Object(
        table::object(&table::DOCUMENT, &table::document(d, "")).into_iter().filter(|(k, _)| k != "text").collect(),
    )
}

/// The entity that a claim of one entity is about.
fn bearer(c: &ClaimInfo) -> Option<usize> {
    match (c.subject, &c.object) {
        (Agent::Entity(e), _) | (Agent::Unknown, &Value::Entity(e)) => Some(e),
        _ => None,
    }
}

fn attributes(data: &Data, c: &ClaimInfo) -> Map<String, Json> {
    table::object(&CLAIM, &table::claim(data, c))
}

/// A claim between two entities.
fn edge(data: &Data, c: &ClaimInfo, (s, o): (usize, usize)) -> Map<String, Json> {
    let mut edge = attributes(data, c);
    for (key, value) in
        [("source", &data.claims.entities[s].id), ("target", &data.claims.entities[o].id), ("key", &c.id)]
    {
        edge.insert(key.into(), json!(value));
    }
    edge.insert("weight".into(), json!(c.confidence));
    edge
}

/// One object a line, so that two exports can be compared by eye.
fn lines(out: &mut dyn Write, objects: impl Iterator<Item = Map<String, Json>>) -> io::Result<()> {
    for (i, object) in objects.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &object)?;
    }
    Ok(())
}
