//! GraphML (Brandes and others 2002) with typed attributes, as Gephi and networkx read it.
//!
//! Nodes are entities, edges the claims between two of them; both have a `label`, and edges a `weight`,
//! which is the confidence: where Gephi adds up parallel edges, it gets the number of claims that one
//! can expect to be right. Lists are joined by ` | `, days are text, identifiers are percent-encoded.

use super::data::Data;
use super::rdf::xml_text;
use super::table::{self, CLAIM, Cell, Column, ENTITY, Kind};
use super::{ExportReport, GraphError};
use crate::iri::encode;
use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";
const LEFT_OUT: &str = "claims that join no two entities";

pub(super) fn write(data: &Data, out: &mut dyn Write, report: &mut ExportReport) -> Result<(), GraphError> {
    let edges = data.claims.claims.iter().filter(|c| Data::ends(c).is_some()).count();
    report.wrote("nodes", data.claims.entities.len());
    report.wrote("edges", edges);
    report.leaves_out(LEFT_OUT, data.claims.claims.len() - edges);
    let mut xml = Xml { writer: Writer::new_with_indent(out, b' ', 1), replaced: 0 };
    xml.document(data).map_err(GraphError::Output)?;
    report.replaced += xml.replaced;
    Ok(())
}

struct Xml<'a> {
    writer: Writer<&'a mut dyn Write>,
    replaced: u64,
}

/// Columns that stand in the element itself.
fn is_attribute(column: &Column) -> bool {
    !matches!(column.0, "id" | "subject" | "subject_label" | "object" | "object_label")
}

impl Xml<'_> {
    fn document(&mut self, data: &Data) -> io::Result<()> {
        self.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = quick_xml::events::BytesStart::new("graphml");
        root.push_attribute(("xmlns", NAMESPACE));
        root.push_attribute(("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"));
        let schema = format!("{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd");
        root.push_attribute(("xsi:schemaLocation", schema.as_str()));
        self.writer.write_event(Event::Start(root.clone()))?;
        for column in ENTITY.iter().filter(|c| is_attribute(c)) {
            self.key("node", column)?;
        }
        for column in CLAIM.iter().filter(|c| is_attribute(c)).chain([&("weight", Kind::Number)]) {
            self.key("edge", column)?;
        }
        let mut graph = quick_xml::events::BytesStart::new("graph");
        graph.push_attribute(("id", "temoin"));
        graph.push_attribute(("edgedefault", "directed"));
        self.writer.write_event(Event::Start(graph.clone()))?;
        self.nodes(data)?;
        self.edges(data)?;
        self.writer.write_event(Event::End(graph.to_end()))?;
        self.writer.write_event(Event::End(root.to_end()))?;
        self.writer.get_mut().write_all(b"\n")
    }

    fn key(&mut self, of: &str, (name, kind): &Column) -> io::Result<()> {
        let kind = match kind {
            Kind::Number => "double",
            Kind::Integer => "long",
            Kind::Flag => "boolean",
            Kind::Text | Kind::Day | Kind::Texts => "string",
        };
        let id = format!("{of}_{name}");
        let attributes = [("id", id.as_str()), ("for", of), ("attr.name", name), ("attr.type", kind)];
        self.writer.create_element("key").with_attributes(attributes).write_empty().map(|_| ())
    }

    fn nodes(&mut self, data: &Data) -> io::Result<()> {
        for e in &data.claims.entities {
            let id = encode(&e.id);
            self.element("node", &[("id", &id)], &ENTITY, &table::entity(e), None)?;
        }
        Ok(())
    }

    fn edges(&mut self, data: &Data) -> io::Result<()> {
        for c in &data.claims.claims {
            let Some((s, o)) = Data::ends(c) else { continue };
            let (s, o) = (encode(&data.claims.entities[s].id), encode(&data.claims.entities[o].id));
            // Bare, an identifier of digits would be a number to networkx.
            let id = format!("claim:{}", encode(&c.id));
            let attributes = [("id", id.as_str()), ("source", s.as_str()), ("target", o.as_str())];
            self.element("edge", &attributes, &CLAIM, &table::claim(data, c), Some(c.confidence))?;
        }
        Ok(())
    }

    fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        columns: &[Column],
        cells: &[Cell],
        weight: Option<f64>,
    ) -> io::Result<()> {
        let mut values: Vec<(String, String)> = Vec::new();
        for (column, cell) in columns.iter().zip(cells).filter(|(c, cell)| is_attribute(c) && !cell.is_none()) {
            values.push((format!("{name}_{}", column.0), self.text(&flat(cell))));
        }
        values.extend(weight.map(|w| (format!("{name}_weight"), w.to_string())));
        let element = self.writer.create_element(name).with_attributes(attributes.iter().copied());
        element.write_inner_content(|xml| {
            for (key, value) in &values {
                let data = xml.create_element("data").with_attribute(("key", key.as_str()));
                data.write_text_content(BytesText::from_escaped(value.as_str()))?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Escaped text without what XML cannot carry. A bare carriage return would be read as a line feed.
    fn text(&mut self, text: &str) -> String {
        let (text, n) = xml_text(text);
        self.replaced += n;
        escape(text.as_str()).replace('\r', "&#xD;")
    }
}

/// A cell as text.
fn flat(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(t) => t.clone(),
        Cell::Number(x) => x.to_string(),
        Cell::Integer(n) => n.to_string(),
        Cell::Flag(b) => b.to_string(),
        Cell::Day(d) => d.to_string(),
        Cell::Texts(all) => all.join(" | "),
    }
}
