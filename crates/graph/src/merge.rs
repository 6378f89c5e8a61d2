//! What several articles say of the same thing, reduced to one: labels and types of entities, plain edges.

use crate::export::Facts;
use crate::iri::{Iris, kg};
use crate::quads::{self, vocab};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Collects the shared graphs of all segments. Documents have graphs of their own and pass through.
#[derive(Debug)]
pub(crate) struct Merge {
    entities: GraphName,
    facts: GraphName,
    iris: Iris,
    policy: Facts,
    documents: u64,
    labels: BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>,
    aliases: BTreeMap<String, BTreeSet<String>>,
    /// Types of entities with the number of documents that say so.
    types: BTreeMap<String, BTreeMap<String, u64>>,
    rest: BTreeMap<(String, String), Quad>,
}

impl Merge {
    pub(crate) fn new(iris: &Iris, policy: Facts) -> Self {
        Merge {
            entities: iris.graph("entities").into(),
            facts: iris.graph("facts").into(),
            iris: iris.clone(),
            policy,
            documents: 0,
            labels: BTreeMap::new(),
            aliases: BTreeMap::new(),
            types: BTreeMap::new(),
            rest: BTreeMap::new(),
        }
    }

    /// Takes the shared quads out of a segment; what stays in `quads` is the documents' own.
    pub(crate) fn absorb(&mut self, quads: &mut Vec<Quad>) {
        if self.policy == Facts::Reported {
            self.reported(quads);
        }
        let is_shared = self.shared();
        let taken: Vec<Quad> = quads.extract_if(.., |q| is_shared(q)).collect();
        for q in taken {
            self.take(q);
        }
        let document = Term::from(kg("Document"));
        self.documents += quads.iter().filter(|q| q.predicate == vocab::type_() && q.object == document).count() as u64;
    }

    /// Whether a quad belongs to a shared graph.
    pub(crate) fn shared(&self) -> impl Fn(&Quad) -> bool + use<> {
        let shared = format!("{}graph/", self.iris.base());
        move |q| match &q.graph_name {
            GraphName::NamedNode(g) => g.as_str().starts_with(&shared),
            _ => false,
        }
    }

    /// Number of documents seen.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    /// Takes one shared quad.
    pub(crate) fn take(&mut self, q: Quad) {
        let is_entity = q.graph_name == self.entities;
        if let (true, NamedOrBlankNode::NamedNode(s), Term::Literal(l)) = (is_entity, &q.subject, &q.object) {
            let (s, text) = (s.as_str().to_owned(), l.value().to_owned());
            if q.predicate == vocab::label() {
                let lang = l.language().unwrap_or_default().to_owned();
                *self.labels.entry(s).or_default().entry(lang).or_default().entry(text).or_default() += 1;
                return;
            }
            if q.predicate == vocab::alt_label() {
                self.aliases.entry(s).or_default().insert(text);
                return;
            }
        }
        if let (true, NamedOrBlankNode::NamedNode(s), Term::NamedNode(t)) = (is_entity, &q.subject, &q.object)
            && q.predicate == vocab::type_()
        {
            let (s, t) = (s.as_str().to_owned(), t.as_str().to_owned());
            *self.types.entry(s).or_default().entry(t).or_default() += 1;
            return;
        }
        self.rest.insert(quads::sort_key(&q), q);
    }

    /// One type an entity: where articles differ, one that says something before `kg:Thing`, then the
    /// most used.
    fn one_type(&mut self) {
        let thing = kg("Thing");
        for (s, types) in std::mem::take(&mut self.types) {
            let best = types.iter().max_by(|(a, n), (b, m)| {
                (a.as_str() != thing.as_str(), n).cmp(&(b.as_str() != thing.as_str(), m)).then(b.cmp(a))
            });
            let Some((best, _)) = best else { continue };
            let (s, best) = (NamedNode::new_unchecked(s), NamedNode::new_unchecked(best));
            let q = Quad::new(s, vocab::type_(), best, self.entities.clone());
            self.rest.insert(quads::sort_key(&q), q);
        }
    }

    /// The shared graphs, each triple once, sorted.
    pub(crate) fn finish(mut self) -> Vec<Quad> {
        self.one_type();
        for (s, langs) in std::mem::take(&mut self.labels) {
            let aliases = self.aliases.entry(s.clone()).or_default();
            let mut chosen = BTreeSet::new();
            for (lang, labels) in langs {
                // The most used label; among equals the longest, which says most.
                let best = labels
                    .iter()
                    .max_by(|(a, n), (b, m)| n.cmp(m).then(a.chars().count().cmp(&b.chars().count())).then(b.cmp(a)));
                let Some((best, _)) = best else { continue };
                let literal = if lang.is_empty() {
                    Literal::from(best.as_str())
                } else {
                    Literal::new_language_tagged_literal_unchecked(best.as_str(), lang)
                };
                let q = Quad::new(NamedNode::new_unchecked(&s), vocab::label(), literal, self.entities.clone());
                chosen.insert(best.clone());
                aliases.extend(labels.into_keys());
                self.rest.insert(quads::sort_key(&q), q);
            }
            aliases.retain(|a| !chosen.contains(a));
        }
        for (s, names) in std::mem::take(&mut self.aliases) {
            for n in names {
                let node = NamedNode::new_unchecked(&s);
                let q = Quad::new(node, vocab::alt_label(), Literal::from(n), self.entities.clone());
                self.rest.insert(quads::sort_key(&q), q);
            }
        }
        for q in self.meta() {
            self.rest.insert(quads::sort_key(&q), q);
        }
        // The gazetteer knows where places lie; where an article asserts it too, the plain edge is
        // enough: each triple stands in one graph.
        let entities = self.entities.to_string();
        let also_facts: Vec<(String, String)> = self
            .rest
            .range((self.facts.to_string(), String::new())..)
            .take_while(|((g, _), _)| *g == self.facts.to_string())
            .map(|((_, triple), _)| (entities.clone(), triple.clone()))
            .collect();
        for key in also_facts {
            self.rest.remove(&key);
        }
        self.rest.into_values().collect()
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

#[derive(Default)]
struct Edge {
    subject: Option<Term>,
    predicate: Option<Term>,
    object: Option<Term>,
}
