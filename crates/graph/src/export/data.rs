//! What the formats that are not RDF are made of: the decoded graph, with happenings and mentions.

use super::ExportReport;
use crate::error::GraphError;
use crate::graph::Graph;
use crate::identity::decisions::Rejected;
use crate::index::QuadIndex;
use crate::iri::{decode, kg, relation_name};
use crate::records::{Agent, ClaimInfo, Claims, Value};
use crate::store::{Damaged, GraphFolder};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use std::collections::BTreeMap;

/// The decoded graph. Everything is sorted by IRI.
pub(super) struct Data {
    quads: QuadIndex,
    base: String,
    damaged: Vec<Damaged>,
    rejected: Vec<Rejected>,
    pub(super) claims: Claims,
    pub(super) events: Vec<Event>,
    /// Text of each document, in their order.
    pub(super) texts: Vec<String>,
    /// PLOVER codes by relation: `REQUEST/assist`.
    codes: BTreeMap<String, String>,
    claim_base: String,
}

/// What claims of one happening share.
pub(super) struct Event {
    /// Identifier: the end of the IRI.
    pub(super) id: String,
    pub(super) iri: String,
    /// Its claims, as indices.
    pub(super) claims: Vec<usize>,
    /// The PLOVER codes of its claims, that of the most claims first.
    pub(super) codes: Vec<String>,
}

impl Event {
    /// PLOVER category and mode: those of the first code.
    pub(super) fn plover(&self) -> (Option<&str>, Option<&str>) {
        match self.codes.first() {
            None => (None, None),
            Some(code) => code.split_once('/').map_or((Some(code), None), |(c, m)| (Some(c), Some(m))),
        }
    }
}

/// Words that refer to an entity.
pub(super) struct Mention {
    pub(super) entity: String,
    pub(super) document: String,
    pub(super) begin: i64,
    pub(super) end: i64,
    pub(super) kind: String,
    pub(super) text: String,
}

impl Data {
    pub(super) fn load(folder: &GraphFolder) -> Result<Self, GraphError> {
        folder.load().map(|graph| Data::of(&graph))
    }

    pub(super) fn of(graph: &Graph) -> Self {
        let quads = graph.quads.clone();
        let claims = graph.claims();
        let base = graph.iris.base().to_owned();
        let mut data = Data {
            texts: claims.documents.iter().map(|d| text(&quads, &d.iri)).collect(),
            codes: codes(&quads),
            claim_base: format!("{base}id/claim/"),
            events: Vec::new(),
            damaged: graph.damaged.clone(),
            rejected: graph.identity.rejected.clone(),
            quads,
            base,
            claims,
        };
        data.events = data.events(&format!("{}id/event/", data.base));
        data
    }

    /// A report with what was read.
    pub(super) fn report(&self) -> ExportReport {
        ExportReport {
            documents: self.claims.documents.len() as u64,
            damaged: self.damaged.clone(),
            rejected: self.rejected.clone(),
            ..ExportReport::default()
        }
    }

    /// The claim identifier in an IRI.
    pub(super) fn claim_id(&self, iri: &str) -> String {
        decode(iri.strip_prefix(&self.claim_base).unwrap_or(iri))
    }

    /// Both ends of a claim between two entities.
    pub(super) fn ends(c: &ClaimInfo) -> Option<(usize, usize)> {
        match (c.subject, &c.object) {
            (Agent::Entity(s), Value::Entity(o)) => Some((s, *o)),
            _ => None,
        }
    }

    /// The happening that a claim tells.
    pub(super) fn event_of(&self, c: &ClaimInfo) -> Option<&Event> {
        let iri = c.event.as_deref()?;
        self.events.binary_search_by(|e| e.iri.as_str().cmp(iri)).ok().map(|i| &self.events[i])
    }

    fn events(&self, base: &str) -> Vec<Event> {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, c) in self.claims.claims.iter().enumerate() {
            if let Some(e) = &c.event {
                groups.entry(e).or_default().push(i);
            }
        }
        let make = |(iri, claims): (&str, Vec<usize>)| Event {
            id: decode(iri.strip_prefix(base).unwrap_or(iri)),
            iri: iri.to_owned(),
            codes: self.codes_of(iri, &claims),
            claims,
        };
        groups.into_iter().map(make).collect()
    }

    /// The codes of an event, the most frequent first; among equals one with a mode, which says more.
    fn codes_of(&self, event: &str, claims: &[usize]) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &i in claims {
            if let Some(code) = self.codes.get(&self.claims.claims[i].relation) {
                *counts.entry(code).or_default() += 1;
            }
        }
        let mut out: Vec<(&str, usize)> = counts.into_iter().collect();
        out.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), !code.contains('/')));
        if out.is_empty() {
            return self.stored_code(event).into_iter().collect();
        }
        out.into_iter().map(|(code, _)| code.to_owned()).collect()
    }

    /// The code that the event itself has, where the graph lacks the inventory of relations.
    fn stored_code(&self, event: &str) -> Option<String> {
        let one = |p: &str| -> Option<String> {
            let mut all = literals(&self.quads, event, &kg(p));
            all.sort();
            all.into_iter().next()
        };
        let category = one("ploverCategory")?;
        Some(one("ploverMode").map_or(category.clone(), |mode| format!("{category}/{mode}")))
    }

    /// All mentions, sorted by document and place.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let base = &self.base;
        let (entities, documents) = (format!("{base}id/ent/"), format!("{base}id/doc/"));
        let name = |iri: &str, base: &str| decode(iri.strip_prefix(base).unwrap_or(iri));
        let refers = kg("refersTo");
        let mut out = Vec::new();
        for q in self.quads.quads_for_pattern(None, Some(refers.as_ref()), None, None) {
            let (NamedOrBlankNode::NamedNode(node), Term::NamedNode(entity)) = (q.subject, q.object) else { continue };
            let number = |p: &str| literals(&self.quads, node.as_str(), &kg(p)).first().and_then(|t| t.parse().ok());
            let iri = |p: &str| object(&self.quads, node.as_str(), &kg(p)).unwrap_or_default();
            out.push(Mention {
                entity: name(entity.as_str(), &entities),
                document: name(&iri("document"), &documents),
                begin: number("begin").unwrap_or_default(),
                end: number("end").unwrap_or_default(),
                kind: iri("mentionKind").strip_prefix(crate::iri::KG).unwrap_or_default().to_owned(),
                text: text(&self.quads, node.as_str()),
            });
        }
        out.sort_by(|a, b| (&a.document, a.begin, a.end, &a.entity).cmp(&(&b.document, b.begin, b.end, &b.entity)));
        out
    }
}

fn codes(quads: &QuadIndex) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for q in quads.quads_for_pattern(None, Some(kg("plover").as_ref()), None, None) {
        if let (NamedOrBlankNode::NamedNode(s), Term::Literal(code)) = (q.subject, q.object)
            && let Some(name) = relation_name(s.as_str())
        {
            let code = code.value().to_owned();
            out.entry(name).and_modify(|old: &mut String| *old = old.clone().min(code.clone())).or_insert(code);
        }
    }
    out
}

fn objects(quads: &QuadIndex, subject: &str, p: &NamedNode) -> Vec<Term> {
    let s = NamedNode::new_unchecked(subject);
    let found = quads.quads_for_pattern(Some(s.as_ref().into()), Some(p.as_ref()), None, None);
    found.map(|q| q.object).collect()
}

fn literals(quads: &QuadIndex, subject: &str, p: &NamedNode) -> Vec<String> {
    let literal = |t: Term| if let Term::Literal(l) = t { Some(l.value().to_owned()) } else { None };
    objects(quads, subject, p).into_iter().filter_map(literal).collect()
}

/// The smallest IRI that a property has, so that a foreign graph reads the same in every run.
fn object(quads: &QuadIndex, subject: &str, p: &NamedNode) -> Option<String> {
    let iri = |t: Term| if let Term::NamedNode(n) = t { Some(n.into_string()) } else { None };
    objects(quads, subject, p).into_iter().filter_map(iri).min()
}

/// The `kg:text` of a document or of words.
fn text(quads: &QuadIndex, subject: &str) -> String {
    literals(quads, subject, &kg("text")).into_iter().min().unwrap_or_default()
}
