//! The graph `g:events`: happenings with the claims that affirm and deny them, and copies of texts.

use super::{Comparison, Happening, Stance};
use crate::iri::{Iris, kg, relation};
use crate::quads::{self, vocab};
use oxigraph::model::{Literal, NamedNode, Quad, Term, vocab::xsd};
use temoin_model::Date;

pub(super) fn quads(iris: &Iris, comparison: &Comparison) -> Vec<Quad> {
    let graph = iris.graph("events");
    let mut out = Vec::new();
    let mut add = |s: &NamedNode, p: NamedNode, o: Term| out.push(Quad::new(s.clone(), p, o, graph.clone()));
    for (copy, original) in &comparison.copies {
        add(&iris.document(copy), kg("copyOf"), iris.document(original).into());
    }
    for h in &comparison.happenings {
        happening(iris, h, &mut add);
    }
    quads::sort(&mut out);
    out
}

fn happening(iris: &Iris, h: &Happening, add: &mut impl FnMut(&NamedNode, NamedNode, Term)) {
    let node = iris.happening(&h.id);
    let integer = |n: usize| Literal::new_typed_literal(n.to_string(), xsd::INTEGER);
    let date = |d: Date| Literal::new_typed_literal(d.to_string(), xsd::DATE);
    add(&node, vocab::type_(), kg("Happening").into());
    h.relations.iter().for_each(|r| add(&node, kg("happeningType"), relation(r).into()));
    h.participants.iter().for_each(|p| add(&node, kg("participant"), iris.entity(p).into()));
    h.places.iter().for_each(|p| add(&node, kg("happenedAt"), iris.entity(p).into()));
    for t in &h.told {
        let p = match t.stance {
            Stance::Affirms => "affirmedBy",
            Stance::Denies => "deniedBy",
            Stance::Open => "leftOpenBy",
        };
        add(&node, kg(p), NamedNode::new_unchecked(&t.claim).into());
        if let Some(e) = &t.event {
            add(&node, kg("toldAs"), NamedNode::new_unchecked(e).into());
        }
    }
    if let Some((from, to)) = h.days {
        add(&node, kg("firstDay"), date(from).into());
        add(&node, kg("lastDay"), date(to).into());
    }
    let reported = || h.told.iter().filter_map(|t| t.reported_on);
    for (name, day) in [("firstReported", reported().min()), ("lastReported", reported().max())] {
        if let Some(d) = day {
            add(&node, kg(name), date(d).into());
        }
    }
    add(&node, kg("articles"), integer(h.articles).into());
    add(&node, kg("independentReports"), integer(h.independent).into());
    add(&node, kg("disputed"), Literal::from(h.disputed).into());
    add(&node, kg("numbersDiffer"), Literal::from(h.numbers_differ).into());
}
