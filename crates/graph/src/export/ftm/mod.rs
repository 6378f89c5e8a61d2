//! FollowTheMoney entities, one JSON object a line (<https://followthemoney.tech>).
//!
//! | here | there |
//! |---|---|
//! | person | `Person` |
//! | organisation, named group | `Organization`; `Company` where something owns or buys it |
//! | country | `PublicBody` with its code |
//! | place | `Address` |
//! | named event; happening of claims | `Event` |
//! | thing or product that is owned or bought | `Asset` |
//! | article | `Article`, which is the `proof` of what rests on it |
//!
//! | relation | schema |
//! |---|---|
//! | `memberOf` | `Membership` |
//! | `leads` | `Directorship` |
//! | `employedBy` | `Employment` |
//! | `holdsPosition`, `headOfStateOf`, `headOfGovernmentOf`, `electedTo` | `Occupancy` of a `Position` |
//! | `ownedBy`, `acquired` | `Ownership` |
//! | `relativeOf` | `Family` |
//! | `successorOf` | `Succession` |
//! | `sanctioned` | `Sanction`, beside the event |
//! | `citizenOf`, `basedIn` | `nationality`, `addressEntity` of the entity |
//! | other states | `UnknownLink` with the relation as its role |
//!
//! Values are on one line and trimmed, as the model cleans them. The model knows no status, so only
//! what [`Facts`] lets through is written, and no entity without a proper name, since names are what
//! it matches. All else is counted as left out.

mod links;
mod schema;

use super::data::Data;
use super::{ExportReport, Facts, GraphError};
use crate::iri::encode;
use crate::records::{DocumentInfo, EntityInfo};
use schema::{Schema, country_code};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use temoin_model::Lang;

/// An entity of FollowTheMoney: its schema, and values by property, each once.
struct Proxy {
    schema: Schema,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Proxy {
    fn new(schema: Schema) -> Self {
        Proxy { schema, properties: BTreeMap::new() }
    }

    /// Adds a value in the clean form that the model wants: without marks of direction and joining, one
    /// kind of blank, and on one line, except for whole texts. An empty one is none.
    fn add(&mut self, property: &'static str, value: impl AsRef<str>) -> &mut Self {
        let value: String = value.as_ref().replace("\r\n", "\n").chars().filter_map(clean).collect();
        let value = match property {
            "bodyText" => value.trim().to_owned(),
            _ => value.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        if !value.is_empty() {
            self.properties.entry(property).or_default().insert(value);
        }
        self
    }
}

/// A character as the model has it; nothing for marks that are not seen.
fn clean(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        c if c.is_whitespace() || c.is_control() => Some(' '),
        c => Some(c),
    }
}

/// What is written, by identifier, and what cannot be.
struct Export<'a> {
    data: &'a Data,
    proxies: BTreeMap<String, Proxy>,
    left_out: BTreeMap<&'static str, usize>,
}

pub(super) fn write(
    data: &Data,
    facts: Facts,
    out: &mut dyn Write,
    report: &mut ExportReport,
) -> Result<(), GraphError> {
    let mut export = Export { data, proxies: BTreeMap::new(), left_out: BTreeMap::new() };
    let kept: Vec<usize> =
        (0..data.claims.claims.len()).filter(|&i| facts.holds(data.claims.claims[i].status)).collect();
    export.skip("claims that are not asserted", data.claims.claims.len() - kept.len());
    export.entities(&schema::assets(data, &kept));
    for (d, text) in data.claims.documents.iter().zip(&data.texts) {
        export.proxies.insert(document_id(d), article(d, text));
    }
    export.claims(&kept);
    export.events(&kept);
    for (id, proxy) in &export.proxies {
        let line = json!({ "id": id, "schema": proxy.schema.name(), "properties": proxy.properties });
        writeln!(out, "{line}").map_err(GraphError::Output)?;
        report.wrote(proxy.schema.name(), 1);
    }
    for (what, n) in export.left_out {
        report.leaves_out(what, n);
    }
    Ok(())
}

fn document_id(d: &DocumentInfo) -> String {
    format!("doc-{}", encode(&d.id))
}

fn entity_id(e: &EntityInfo) -> String {
    format!("ent-{}", encode(&e.id))
}

/// Web addresses only: the model takes no other.
fn web(url: Option<&String>) -> Option<&str> {
    url.map(String::as_str).filter(|u| u.starts_with("http://") || u.starts_with("https://"))
}

fn article(d: &DocumentInfo, text: &str) -> Proxy {
    let mut p = Proxy::new(Schema::Article);
    // ISO 639-3, as the model has it.
    let lang = match d.lang.parse() {
        Ok(Lang::Fr) => "fra",
        Ok(Lang::En) => "eng",
        Err(_) => "",
    };
    p.add("fileName", d.source.as_str()).add("language", lang).add("bodyText", text);
    p.add("title", d.title.clone().unwrap_or_default());
    p.add("publisher", d.outlet.clone().unwrap_or_default());
    p.add("sourceUrl", web(d.url.as_ref()).unwrap_or_default());
    p.add("publishedAt", d.issued.map(|d| d.to_string()).unwrap_or_default());
    p
}

impl Export<'_> {
    fn skip(&mut self, what: &'static str, n: usize) {
        *self.left_out.entry(what).or_default() += n;
    }

    /// Named entities of a kind that the model has.
    fn entities(&mut self, assets: &BTreeSet<usize>) {
        for (i, e) in self.data.claims.entities.iter().enumerate() {
            if !e.named {
                self.skip("entities without a proper name", 1);
                continue;
            }
            let Some(schema) = Schema::of(e.kind, assets.contains(&i)) else {
                self.skip("things, products and works", 1);
                continue;
            };
            let proxy = self.entity(e, schema);
            self.proxies.insert(entity_id(e), proxy);
        }
    }

    fn entity(&self, e: &EntityInfo, schema: Schema) -> Proxy {
        let mut p = Proxy::new(schema);
        let name = if schema == Schema::Address { "full" } else { "name" };
        p.add(name, e.label.as_str());
        for alias in e.aliases.iter().filter(|a| **a != e.label) {
            p.add("alias", alias.as_str());
        }
        if let Some(q) = &e.wikidata {
            p.add("wikidataId", q.as_str());
        }
        for code in self.codes(e) {
            p.add("country", code);
        }
        p
    }

    /// Codes of the country that an entity is or lies in.
    fn codes(&self, e: &EntityInfo) -> BTreeSet<String> {
        let own = country_code(e);
        let around = e.located_in.iter().filter_map(|id| self.find(id)).filter_map(country_code);
        own.into_iter().chain(around).collect()
    }

    fn find(&self, id: &str) -> Option<&EntityInfo> {
        // Sorted by IRI, which is a base and the encoded identifier.
        let all = &self.data.claims.entities;
        let key = encode(id);
        all.binary_search_by(|e| encode(&e.id).cmp(&key)).ok().map(|i| &all[i])
    }

    /// Identifier and schema of what an entity was written as.
    fn written(&self, entity: usize) -> Option<(String, Schema)> {
        let id = entity_id(&self.data.claims.entities[entity]);
        self.proxies.get(&id).map(|p| (id.clone(), p.schema))
    }
}
