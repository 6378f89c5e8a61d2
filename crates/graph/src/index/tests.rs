//! The index answers as Oxigraph's own store does.

use super::*;
use oxigraph::model::{
    BaseDirection, BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Term, Triple, vocab::xsd,
};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn iri(n: u8) -> NamedNode {
    NamedNode::new_unchecked(format!("http://example.org/{n}"))
}

fn object(n: u8) -> Term {
    match n {
        0..=3 => iri(n).into(),
        4 => BlankNode::new_unchecked("b").into(),
        5 => Literal::from("1").into(),
        6 => Literal::from(1).into(),
        7 => Literal::new_language_tagged_literal_unchecked("1", "fr").into(),
        8 => Literal::new_typed_literal("2020-01-02", xsd::DATE).into(),
        9 => Literal::new_directional_language_tagged_literal_unchecked("1", "ar", BaseDirection::Rtl).into(),
        10 => Literal::from("").into(),
        _ => Triple::new(iri(0), iri(1), Literal::from("1")).into(),
    }
}

fn graph(n: u8) -> GraphName {
    match n {
        0 => GraphName::DefaultGraph,
        1 => BlankNode::new_unchecked("g").into(),
        n => iri(n).into(),
    }
}

prop_compose! {
    fn quad()(s in 0..5_u8, p in 0..4_u8, o in 0..12_u8, g in 0..5_u8) -> Quad {
        let subject = match s {
            4 => NamedOrBlankNode::from(BlankNode::new_unchecked("b")),
            s => iri(s).into(),
        };
        Quad::new(subject, iri(p), object(o), graph(g))
    }
}

fn sorted(quads: impl Iterator<Item = Quad>) -> Vec<String> {
    let mut out: Vec<String> = quads.map(|q| q.to_string()).collect();
    out.sort();
    out
}

/// Queries that ask in every way: named graphs, the union, paths, negation, values that no quad has, sums.
const QUERIES: [&str; 9] = [
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . ?o ?q ?r }",
    "SELECT * { GRAPH <http://example.org/2> { ?s ?p ?o } FILTER NOT EXISTS { ?o ?q ?s } }",
    "SELECT * { ?s <http://example.org/1>+ ?o }",
    "SELECT ?p (COUNT(*) AS ?n) (SUM(?o) AS ?sum) { ?s ?p ?o } GROUP BY ?p ORDER BY ?n",
    "SELECT * { VALUES ?s { <http://example.org/1> <http://example.org/none> } ?s ?p ?o BIND(STRLEN(STR(?o)) AS ?n) }",
    "SELECT * FROM <http://example.org/3> FROM <http://example.org/2> { ?s ?p ?o FILTER(isLiteral(?o)) }",
    "SELECT * { ?s ?p ?o MINUS { ?s ?p 1 } }",
    "ASK { GRAPH <http://example.org/none> { } }",
];

fn answers(
    query: &str,
    union: bool,
    on: impl Fn(oxigraph::sparql::PreparedSparqlQuery) -> QueryResults<'static>,
) -> Vec<String> {
    let mut prepared = SparqlEvaluator::new().parse_query(query).unwrap();
    if union && prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    match on(prepared) {
        QueryResults::Solutions(rows) => {
            let mut out: Vec<String> = rows.map(|r| format!("{:?}", r.unwrap().values())).collect();
            out.sort();
            out
        }
        QueryResults::Boolean(b) => vec![b.to_string()],
        QueryResults::Graph(_) => unreachable!("no query constructs"),
    }
}

proptest! {
    #[test]
    fn patterns_and_queries_find_what_the_store_finds(quads in prop::collection::vec(quad(), 0..40), asked in quad()) {
        let index: QuadIndex = quads.iter().collect();
        let store = Store::new().unwrap();
        store.extend(quads.iter().cloned()).unwrap();
        prop_assert_eq!(index.len(), store.len().unwrap());
        // Put together from pieces it is the same.
        let mut pieces = QuadIndexBuilder::default();
        quads.chunks(7).for_each(|c| pieces.add_piece(QuadPiece::new(c)));
        prop_assert_eq!(sorted(pieces.finish().iter()), sorted(index.iter()));
        for mask in 0..16_u8 {
            let given = |bit: u8| mask & bit != 0;
            let s = given(1).then(|| asked.subject.as_ref());
            let p = given(2).then(|| asked.predicate.as_ref());
            let o = given(4).then(|| asked.object.as_ref());
            let g = given(8).then(|| asked.graph_name.as_ref());
            let expected = sorted(store.quads_for_pattern(s, p, o, g).map(Result::unwrap));
            prop_assert_eq!(sorted(index.quads_for_pattern(s, p, o, g)), expected, "pattern {}", mask);
        }
        for query in QUERIES {
            for union in [false, true] {
                let expected = answers(query, union, |q| q.on_store(&store).execute().unwrap());
                let found = answers(query, union, |q| q.on_queryable_dataset(index.clone()).execute().unwrap());
                prop_assert_eq!(found, expected, "{}", query);
            }
        }
    }
}

#[test]
fn terms_come_back_as_they_went_in() {
    let mut terms = Terms::default();
    let all: Vec<Term> = (0..12).map(object).collect();
    let ids: Vec<Id> = all.iter().map(|t| terms.add(t.as_ref())).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), all.len(), "each has a number of its own");
    for (t, id) in all.iter().zip(ids) {
        assert_eq!((terms.term(id), terms.id(t.as_ref()), terms.add(t.as_ref())), (t.clone(), Some(id), id));
    }
    assert_eq!(terms.id(iri(99).as_ref().into()), None);
}

#[test]
fn what_is_replaced_is_gone_and_what_replaces_it_stays() {
    let q = |o: u8| Quad::new(iri(0), iri(1), iri(o), iri(3));
    let mut b = QuadIndexBuilder::default();
    [1, 2, 2].iter().for_each(|&o| b.add(&q(o)));
    // One goes where the other was.
    b.replace(&q(1), &q(2));
    b.replace(&q(2), &q(3));
    assert_eq!(sorted(b.finish().iter()), sorted([q(2), q(3)].into_iter()));
}
