//! The identifiers of clusters, and quads rewritten to them.

use super::homonyms::Homonym;
use super::units::Unit;
use crate::gather::Article;
use crate::iri::{Iris, WD, kg, relation};
use crate::quads::vocab;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::EntityType;

/// What a cluster is called and what it is.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// Identifier.
    pub id: String,
    /// Identifier in the articles whose labels it has.
    pub labels_of: String,
    /// Type.
    pub kind: EntityType,
    /// Whether it has a proper name.
    pub named: bool,
    /// Where a namesake of a gazetteer entry is meant: the namesake.
    pub homonym: Option<&'static Homonym>,
}

/// The target of every unit.
pub(crate) fn targets(articles: &[Article], units: &[Unit], cluster: &[usize]) -> Vec<Target> {
    let mut members: BTreeMap<usize, Vec<&Unit>> = BTreeMap::new();
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for (u, &c) in units.iter().zip(cluster) {
        members.entry(c).or_default().push(u);
        if u.detached {
            continue;
        }
        holders.entry(&u.id).or_default().insert(c);
        if u.document.is_none() {
            owners.insert(&u.id, c);
        }
    }
    for (id, clusters) in &holders {
        if let (1, Some(&only)) = (clusters.len(), clusters.first()) {
            owners.entry(id).or_insert(only);
        }
    }
    let target = |(c, all): (&usize, &Vec<&Unit>)| (*c, target(articles, all, |id| owners.get(id) == Some(c)));
    let by_cluster: BTreeMap<usize, Target> = members.iter().map(target).collect();
    cluster.iter().map(|c| by_cluster[c].clone()).collect()
}

fn target(articles: &[Article], all: &[&Unit], owns: impl Fn(&str) -> bool) -> Target {
    // What the gazetteer knows, then names, then what most articles say; a full name before a short one.
    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|u| *weight.entry(&u.id).or_default() += u.nodes.len());
    let value = |u: &&&Unit| {
        let known = u.known.is_some() && !u.detached;
        let full = u.kind == EntityType::Person && u.full_names().next().is_some();
        let words = u.names.iter().map(|n| n.words.len()).min();
        let short = Reverse(if full { None } else { words });
        (!u.detached, known, u.named, full, weight[u.id.as_str()], short, Reverse(u.id.clone()))
    };
    let best = all.iter().max_by_key(value).expect("a cluster has a unit");
    let homonym = all.iter().find_map(|u| u.homonym).filter(|_| best.detached);
    let (id, owned) = match homonym {
        Some(h) => (h.id.clone(), true),
        None => (best.id.clone(), !best.detached && owns(&best.id)),
    };
    let id = if owned {
        id
    } else {
        // The same name stands for somebody else too: the first article tells them apart.
        let own = all.iter().filter(|u| u.id == best.id).flat_map(|u| &u.nodes);
        let first = own.map(|n| articles[n.0].id.as_str()).min().unwrap_or_default();
        format!("{id}.{first}")
    };
    Target {
        id,
        labels_of: best.id.clone(),
        kind: homonym.map_or(best.kind, |h| h.kind),
        named: all.iter().any(|u| u.named),
        homonym,
    }
}

/// What becomes of an entity in an article.
#[derive(Clone, Debug)]
struct Change {
    target: Target,
    node: NamedNode,
    /// Where the gazetteer's labels do not hold: the names that the article writes.
    written: Option<Vec<String>>,
    /// Whether its labels are only other names of the target.
    is_alias: bool,
}

/// Rewrites quads to what the graph calls their entities.
#[derive(Debug)]
pub(crate) struct Rewriter {
    entities: GraphName,
    /// By the graph of a document, then by entity IRI.
    changes: FxHashMap<String, BTreeMap<String, Change>>,
}

impl Rewriter {
    pub(super) fn new(iris: &Iris, articles: &[Article], units: &[Unit], targets: &[Target]) -> Self {
        let mut changes: FxHashMap<String, BTreeMap<String, Change>> = FxHashMap::default();
        for (u, t) in units.iter().zip(targets) {
            for &(a, i) in &u.nodes {
                let e = &articles[a].entities[i];
                if t.id == u.id && e.kind == Some(t.kind) && e.named == t.named && !u.detached {
                    continue;
                }
                let change = Change {
                    target: t.clone(),
                    node: iris.entity(&t.id),
                    written: u.detached.then(|| e.written.iter().cloned().collect()),
                    is_alias: t.labels_of != u.id,
                };
                let of = changes.entry(iris.document(&articles[a].id).into_string()).or_default();
                of.insert(iris.entity(&u.id).into_string(), change);
            }
        }
        Rewriter { entities: iris.graph("entities").into(), changes }
    }

    /// Whether anything changes in the document with this graph.
    pub(crate) fn concerns(&self, graph: &str) -> bool {
        self.changes.contains_key(graph)
    }

    /// What changes in the shared quads of a segment with these documents: what articles share in a
    /// segment of several is taken as of the first that it concerns.
    fn of(&self, documents: &[String]) -> Option<&BTreeMap<String, Change>> {
        documents.iter().find_map(|d| self.changes.get(d))
    }

    /// Whether an entity is called otherwise now in one of these documents.
    pub(crate) fn moves<'a>(&'a self, documents: &[String]) -> impl Fn(&str) -> bool + use<'a> {
        let changes: Vec<_> = documents.iter().filter_map(|d| self.changes.get(d)).collect();
        move |entity| changes.iter().any(|c| c.contains_key(entity))
    }

    /// A quad of a document as it reads now, if that differs.
    pub(crate) fn changed(&self, q: &Quad) -> Option<Quad> {
        let (GraphName::NamedNode(g), Term::NamedNode(n)) = (&q.graph_name, &q.object) else { return None };
        let change = self.changes.get(g.as_str())?.get(n.as_str()).filter(|c| c.node != *n)?;
        Some(Quad { object: change.node.clone().into(), ..q.clone() })
    }

    /// Rewrites the quads of documents; sorted where something changed.
    pub(crate) fn rewrite(&self, quads: &mut Vec<Quad>) {
        let mut any = false;
        for q in quads.iter_mut() {
            if let Some(new) = self.changed(q) {
                *q = new;
                any = true;
            }
        }
        if any {
            crate::quads::sort(quads);
        }
    }

    /// What becomes of a shared quad of a segment with these documents, if anything.
    pub(crate) fn shared(&self, q: &Quad, documents: &[String]) -> Option<Option<Quad>> {
        let changes = self.of(documents)?;
        let change = match &q.subject {
            NamedOrBlankNode::NamedNode(s) => changes.get(s.as_str()),
            NamedOrBlankNode::BlankNode(_) => None,
        };
        let object = match &q.object {
            Term::NamedNode(n) => changes.get(n.as_str()).map(|c| &c.node),
            _ => None,
        };
        if change.is_none() && object.is_none() {
            return None;
        }
        let mut new = q.clone();
        if let Some(o) = object {
            new.object = o.clone().into();
        }
        let Some(c) = change else { return Some(Some(new)) };
        new.subject = c.node.clone().into();
        if q.graph_name != self.entities {
            return Some(Some(new));
        }
        Some(if c.written.is_none() { described(new, c) } else { None })
    }

    /// Names and types of what the gazetteer took for something else in these documents.
    pub(crate) fn names(&self, documents: &[String]) -> Vec<Quad> {
        let mut out = Vec::new();
        self.of(documents).into_iter().flat_map(BTreeMap::values).for_each(|c| self.name(c, &mut out));
        out
    }

    /// Names and type of what the gazetteer took for something else.
    fn name(&self, c: &Change, out: &mut Vec<Quad>) {
        let Some(written) = &c.written else { return };
        let mut add = |p: NamedNode, o: Term| out.push(Quad::new(c.node.clone(), p, o, self.entities.clone()));
        add(vocab::type_(), kg(c.target.kind.name()).into());
        add(kg("named"), Literal::from(c.target.named).into());
        let alone = !c.is_alias && c.target.homonym.is_none();
        for name in written {
            let p = if alone { vocab::label() } else { vocab::alt_label() };
            add(p, Literal::from(name.as_str()).into());
        }
        if let Some(h) = c.target.homonym {
            for (label, lang) in h.labels.iter().zip(["fr", "en"]) {
                add(vocab::label(), Literal::new_language_tagged_literal_unchecked(label, lang).into());
            }
            if let Some(w) = &h.wikidata {
                add(vocab::same_as(), NamedNode::new_unchecked(format!("{WD}{w}")).into());
            }
        }
    }
}

/// What `g:entities` says of an entity, said of its target; nothing where the target differs in it.
fn described(mut q: Quad, c: &Change) -> Option<Quad> {
    if q.predicate == vocab::type_() {
        q.object = kg(c.target.kind.name()).into();
    } else if q.predicate == kg("named") {
        q.object = Literal::from(c.target.named).into();
    } else if q.predicate == relation("locatedIn") && q.object == Term::from(c.node.clone()) {
        return None;
    } else if q.predicate == vocab::label() && c.is_alias {
        q.predicate = vocab::alt_label();
        if let Term::Literal(l) = &q.object {
            q.object = Literal::from(l.value()).into();
        }
    }
    Some(q)
}
