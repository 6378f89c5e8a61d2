//! What several articles say of the same thing, reduced to one: labels and types of entities, plain edges.

use crate::export::Facts;
use crate::index::{self, QuadPiece, Row, SUBJECT, Terms};
use crate::iri::{Iris, kg};
use crate::ordered::in_threads;
use crate::quads::vocab;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Tells what articles share from what is a document's own.
#[derive(Clone, Debug)]
pub(crate) struct Split {
    /// Start of the names of shared graphs.
    shared: String,
    facts: GraphName,
    policy: Facts,
}

impl Split {
    pub(crate) fn new(iris: &Iris, policy: Facts) -> Self {
        Split { shared: format!("{}graph/", iris.base()), facts: iris.graph("facts").into(), policy }
    }

    /// Whether a quad belongs to a shared graph.
    pub(crate) fn is_shared(&self, q: &Quad) -> bool {
        match &q.graph_name {
            GraphName::NamedNode(g) => g.as_str().starts_with(&self.shared),
            _ => false,
        }
    }

    /// Takes the shared quads of a segment out of `quads`.
    pub(crate) fn off(&self, quads: &mut Vec<Quad>) -> Vec<Quad> {
        if self.policy == Facts::Reported {
            self.reported(quads);
        }
        quads.extract_if(.., |q| self.is_shared(q)).collect()
    }

    /// Which claims become plain edges.
    pub(crate) fn policy(&self) -> Facts {
        self.policy
    }

    /// Adds the plain edges of reported claims.
    fn reported(&self, quads: &mut Vec<Quad>) {
        let reported = Term::from(kg("Reported"));
        let mut edges: BTreeMap<String, Edge> = BTreeMap::new();
        for q in quads.iter() {
            if q.predicate == kg("status") && q.object == reported {
                edges.insert(q.subject.to_string(), Edge::default());
            }
        }
        for q in quads.iter() {
            let Some(e) = edges.get_mut(&q.subject.to_string()) else { continue };
            if q.predicate == vocab::subject() {
                e.subject = Some(q.object.clone());
            } else if q.predicate == vocab::predicate() {
                e.predicate = Some(q.object.clone());
            } else if q.predicate == vocab::object() {
                e.object = Some(q.object.clone());
            }
        }
        for e in edges.into_values() {
            if let (Some(Term::NamedNode(s)), Some(Term::NamedNode(p)), Some(o)) = (e.subject, e.predicate, e.object) {
                quads.push(Quad::new(s, p, o, self.facts.clone()));
            }
        }
    }
}

/// Collects the shared graphs of all segments. Documents have graphs of their own and pass through.
#[derive(Debug)]
pub(crate) struct Merge {
    iris: Iris,
    documents: u64,
    terms: Terms,
    /// Quads with the number of segments that have them.
    counts: FxHashMap<Row, u64>,
}

impl Merge {
    pub(crate) fn new(iris: &Iris) -> Self {
        Merge { iris: iris.clone(), documents: 0, terms: Terms::default(), counts: FxHashMap::default() }
    }

    /// Takes the shared quads of a segment of so many documents.
    pub(crate) fn absorb(&mut self, shared: QuadPiece, documents: u64) {
        shared.numbered(&mut self.terms).for_each(|row| *self.counts.entry(row).or_default() += 1);
        self.documents += documents;
    }

    /// Number of documents seen.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    /// Takes one shared quad.
    pub(crate) fn take(&mut self, q: &Quad) {
        let row = index::row(&mut self.terms, q);
        *self.counts.entry(row).or_default() += 1;
    }

    /// Forgets a quad that was taken.
    pub(crate) fn give_back(&mut self, q: &Quad) {
        let row = index::row(&mut self.terms, q);
        if let Some(count) = self.counts.get_mut(&row) {
            *count = count.saturating_sub(1);
        }
    }

    /// The shared graphs, each quad once. Where articles differ, an entity has one type, and one label
    /// in each language.
    pub(crate) fn finish(mut self) -> Vec<Quad> {
        let meta = self.meta();
        let graph = |terms: &mut Terms, name| terms.add(self.iris.graph(name).as_ref().into());
        let (entities, facts) = (graph(&mut self.terms, "entities"), graph(&mut self.terms, "facts"));
        let [label, alias, kind] = [vocab::label(), vocab::alt_label(), vocab::type_()];
        let [label, alias, kind] = [label, alias, kind].map(|p| self.terms.add(p.as_ref().into()));
        let (terms, counts) = (self.terms, self.counts);
        let there = |row: &Row| counts.get(row).is_some_and(|n| *n > 0);
        // The gazetteer knows where places lie; where an article asserts it too, the plain edge is
        // enough: each triple stands in one graph.
        let is_fact = |[s, p, o, g]: Row| g == entities && there(&[s, p, o, facts]);
        let mut rows: Vec<Row> = counts.iter().filter(|(r, n)| **n > 0 && !is_fact(**r)).map(|(r, _)| *r).collect();
        in_threads(|| rows.par_sort_unstable());
        let mut out = Vec::with_capacity(rows.len() + meta.len());
        for subject in rows.chunk_by(|a, b| a[SUBJECT] == b[SUBJECT]) {
            let mut names = Names::default();
            for &row in subject {
                let [_, p, _, g] = row;
                let q = terms.quad(row);
                let is_name = g == entities && [label, alias, kind].contains(&p) && q.subject.is_named_node();
                match q.object {
                    Term::Literal(l) if is_name && p == label => names.labels.push((l, counts[&row])),
                    Term::Literal(l) if is_name && p == alias => drop(names.aliases.insert(l.value().to_owned())),
                    Term::NamedNode(t) if is_name && p == kind => names.types.push((t, counts[&row])),
                    object => out.push(Quad { object, ..q }),
                }
            }
            if let Term::NamedNode(s) = terms.term(subject[0][SUBJECT]) {
                names.add(&s, &terms.graph_name(entities), &mut out);
            }
        }
        out.extend(meta);
        out
    }

    fn meta(&self) -> Vec<Quad> {
        let dataset = self.iris.dataset();
        let graph: GraphName = self.iris.graph("meta").into();
        let dcat = |n: &str| NamedNode::new_unchecked(format!("http://www.w3.org/ns/dcat#{n}"));
        let void = |n: &str| NamedNode::new_unchecked(format!("http://rdfs.org/ns/void#{n}"));
        let prov = |n: &str| NamedNode::new_unchecked(format!("http://www.w3.org/ns/prov#{n}"));
        let base = self.iris.base();
        let software =
            NamedNode::new_unchecked(format!("{}software/{}", crate::iri::DEFAULT_BASE, env!("CARGO_PKG_VERSION")));
        let q = |s: &NamedNode, p: NamedNode, o: Term| Quad::new(s.clone(), p, o, graph.clone());
        vec![
            q(&dataset, vocab::type_(), dcat("Dataset").into()),
            q(&dataset, vocab::type_(), void("Dataset").into()),
            q(&dataset, vocab::conforms_to(), NamedNode::new_unchecked(crate::ontology::VERSION_IRI).into()),
            q(&dataset, void("documents"), Literal::from(self.documents as i64).into()),
            q(&dataset, void("uriSpace"), Literal::from(format!("{base}id/")).into()),
            q(&dataset, void("vocabulary"), NamedNode::new_unchecked(crate::iri::KG).into()),
            q(&dataset, prov("wasAttributedTo"), software.clone().into()),
            q(&software, vocab::type_(), prov("SoftwareAgent").into()),
        ]
    }
}

/// What articles call an entity, and what they take it for.
#[derive(Default)]
struct Names {
    /// With the number of segments that have it, as the types.
    labels: Vec<(Literal, u64)>,
    aliases: BTreeSet<String>,
    types: Vec<(NamedNode, u64)>,
}

impl Names {
    /// Adds one type, one label in each language, and the other names.
    fn add(mut self, s: &NamedNode, graph: &GraphName, out: &mut Vec<Quad>) {
        let mut add = |p: NamedNode, o: Term| out.push(Quad::new(s.clone(), p, o, graph.clone()));
        // One that says something before `kg:Thing`, then the most used.
        let thing = kg("Thing");
        let best = self.types.iter().max_by(|(a, n), (b, m)| (*a != thing, n).cmp(&(*b != thing, m)).then(b.cmp(a)));
        if let Some((best, _)) = best {
            add(vocab::type_(), best.clone().into());
        }
        let mut languages: BTreeMap<String, Vec<(Literal, u64)>> = BTreeMap::new();
        for (l, n) in self.labels {
            languages.entry(l.language().unwrap_or_default().to_owned()).or_default().push((l, n));
        }
        let mut chosen = BTreeSet::new();
        for labels in languages.into_values() {
            // The most used label; among equals the longest, which says most.
            let length = |l: &Literal| l.value().chars().count();
            let best = labels
                .iter()
                .max_by(|(a, n), (b, m)| n.cmp(m).then(length(a).cmp(&length(b))).then(b.value().cmp(a.value())));
            if let Some((best, _)) = best {
                chosen.insert(best.value().to_owned());
                add(vocab::label(), best.clone().into());
            }
            self.aliases.extend(labels.iter().map(|(l, _)| l.value().to_owned()));
        }
        for a in self.aliases.difference(&chosen) {
            add(vocab::alt_label(), Literal::from(a.as_str()).into());
        }
    }
}

#[derive(Default)]
struct Edge {
    subject: Option<Term>,
    predicate: Option<Term>,
    object: Option<Term>,
}
