//! The view in RDF 1.2: a claim is the reifier of its triple.
//!
//! `claim rdf:subject s ; rdf:predicate p ; rdf:object o` becomes `claim rdf:reifies <<( s p o )>>`; all
//! else stays as it is. Readers of RDF 1.1 reject such files, and queries over triple terms are slow in
//! Oxigraph, so this is a view and not how graphs are kept.

use super::ExportReport;
use crate::quads::{self, vocab};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use std::collections::BTreeMap;

const LEFT_OUT: &str = "claims without a subject, kept as rdf:predicate and rdf:object";

/// The three terms of a statement, as far as they are known.
#[derive(Default)]
struct Parts([Option<Term>; 3]);

impl Parts {
    fn triple(self) -> Option<Triple> {
        let [Some(s), Some(Term::NamedNode(p)), Some(o)] = self.0 else { return None };
        match s {
            Term::NamedNode(s) => Some(Triple::new(s, p, o)),
            _ => None,
        }
    }
}

/// The quads with reified triples in place of the three properties, sorted as they came: by graph,
/// subject, predicate and object. A claim without a subject stands for no triple and keeps its form.
pub(super) fn view(mut quads: Vec<Quad>, report: &mut ExportReport) -> Vec<Quad> {
    let names = [vocab::subject(), vocab::predicate(), vocab::object()];
    let place = |p: &NamedNode| names.iter().position(|n| n == p);
    let mut statements: BTreeMap<(String, String), Parts> = BTreeMap::new();
    for q in &quads {
        if let Some(i) = place(&q.predicate) {
            statements.entry(key(q)).or_default().0[i] = Some(q.object.clone());
        }
    }
    let triples: BTreeMap<(String, String), Triple> = statements
        .into_iter()
        .filter_map(|(k, parts)| {
            let triple = parts.triple();
            *report.left_out.entry(LEFT_OUT).or_default() += u64::from(triple.is_none());
            Some((k, triple?))
        })
        .collect();
    report.left_out.retain(|_, n| *n > 0);
    let subject = vocab::subject();
    let mut out = Vec::with_capacity(quads.len());
    for q in quads.drain(..) {
        let triple = if place(&q.predicate).is_some() { triples.get(&key(&q)) } else { None };
        match triple {
            None => out.push(q),
            Some(t) if q.predicate == subject => {
                *report.written.entry("reified triples").or_default() += 1;
                out.push(Quad::new(q.subject, reifies(), Term::from(t.clone()), q.graph_name));
            }
            Some(_) => {}
        }
    }
    quads::sort(&mut out);
    out
}

fn key(q: &Quad) -> (String, String) {
    let subject = match &q.subject {
        NamedOrBlankNode::NamedNode(n) => n.as_str().to_owned(),
        other => other.to_string(),
    };
    (q.graph_name.to_string(), subject)
}

fn reifies() -> NamedNode {
    NamedNode::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
}
