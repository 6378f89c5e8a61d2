//! What several articles say of the same thing, reduced to one: labels and types of entities, plain edges.

use crate::export::Facts;
use crate::iri::{Iris, kg};
use crate::quads::{self, vocab};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
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
    entities: GraphName,
    facts: GraphName,
    iris: Iris,
    documents: u64,
    labels: BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>,
    aliases: BTreeMap<String, BTreeMap<String, u64>>,
    /// Types of entities with the number of documents that say so.
    types: BTreeMap<String, BTreeMap<String, u64>>,
    /// Quads with the number of segments that have them.
    rest: BTreeMap<(String, String), (Quad, u64)>,
}

impl Merge {
    pub(crate) fn new(iris: &Iris) -> Self {
        Merge {
            entities: iris.graph("entities").into(),
            facts: iris.graph("facts").into(),
            iris: iris.clone(),
            documents: 0,
            labels: BTreeMap::new(),
            aliases: BTreeMap::new(),
            types: BTreeMap::new(),
            rest: BTreeMap::new(),
        }
    }

    /// Takes the shared quads of a segment of so many documents.
    pub(crate) fn absorb(&mut self, shared: Vec<Quad>, documents: u64) {
        shared.into_iter().for_each(|q| self.take(q));
        self.documents += documents;
    }

    /// Number of documents seen.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    /// Takes one shared quad.
    pub(crate) fn take(&mut self, q: Quad) {
        match self.name(&q) {
            Some(count) => *count += 1,
            None => self.rest.entry(quads::sort_key(&q)).or_insert((q, 0)).1 += 1,
        }
    }

    /// Forgets a quad that was taken.
    pub(crate) fn give_back(&mut self, q: &Quad) {
        if let Some(count) = self.name(q) {
            *count = count.saturating_sub(1);
            return;
        }
        let key = quads::sort_key(q);
        if let Some((_, count)) = self.rest.get_mut(&key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.rest.remove(&key);
            }
        }
    }

    /// Where a label, an alias or a type is counted.
    fn name(&mut self, q: &Quad) -> Option<&mut u64> {
        if q.graph_name != self.entities {
            return None;
        }
        let NamedOrBlankNode::NamedNode(s) = &q.subject else { return None };
        let s = s.as_str();
        match &q.object {
            Term::Literal(l) if q.predicate == vocab::label() => {
                let of = at(at(&mut self.labels, s), l.language().unwrap_or_default());
                Some(at(of, l.value()))
            }
            Term::Literal(l) if q.predicate == vocab::alt_label() => Some(at(at(&mut self.aliases, s), l.value())),
            Term::NamedNode(t) if q.predicate == vocab::type_() => Some(at(at(&mut self.types, s), t.as_str())),
            _ => None,
        }
    }

    fn keep(&mut self, q: Quad) {
        self.rest.insert(quads::sort_key(&q), (q, 1));
    }

    /// One type an entity: where articles differ, one that says something before `kg:Thing`, then the
    /// most used.
    fn one_type(&mut self) {
        let thing = kg("Thing");
        for (s, types) in std::mem::take(&mut self.types) {
            let best = types.iter().filter(|(_, n)| **n > 0).max_by(|(a, n), (b, m)| {
                (a.as_str() != thing.as_str(), n).cmp(&(b.as_str() != thing.as_str(), m)).then(b.cmp(a))
            });
            let Some((best, _)) = best else { continue };
            let (s, best) = (NamedNode::new_unchecked(s), NamedNode::new_unchecked(best));
            self.keep(Quad::new(s, vocab::type_(), best, self.entities.clone()));
        }
    }

    /// The shared graphs, each triple once, sorted.
    pub(crate) fn finish(mut self) -> Vec<Quad> {
        self.one_type();
        for (s, langs) in std::mem::take(&mut self.labels) {
            let aliases = self.aliases.remove(&s).unwrap_or_default();
            let mut aliases: BTreeSet<String> = aliases.into_iter().filter(|(_, n)| *n > 0).map(|(a, _)| a).collect();
            let mut chosen = BTreeSet::new();
            for (lang, mut labels) in langs {
                labels.retain(|_, n| *n > 0);
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
                self.keep(q);
            }
            aliases.retain(|a| !chosen.contains(a));
            self.aliases.insert(s, aliases.into_iter().map(|a| (a, 1)).collect());
        }
        for (s, names) in std::mem::take(&mut self.aliases) {
            for (n, _) in names.into_iter().filter(|(_, count)| *count > 0) {
                let node = NamedNode::new_unchecked(&s);
                let q = Quad::new(node, vocab::alt_label(), Literal::from(n), self.entities.clone());
                self.keep(q);
            }
        }
        for q in self.meta() {
            self.keep(q);
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
        self.rest.into_values().map(|(q, _)| q).collect()
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

/// The value of a key; what is there already costs no copy of the key.
fn at<'a, V: Default>(map: &'a mut BTreeMap<String, V>, key: &str) -> &'a mut V {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), V::default());
    }
    map.get_mut(key).expect("it is there now")
}

#[derive(Default)]
struct Edge {
    subject: Option<Term>,
    predicate: Option<Term>,
    object: Option<Term>,
}
