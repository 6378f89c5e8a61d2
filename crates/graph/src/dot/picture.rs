//! What of a view goes into the picture. Up to a limit of edges, everything; beyond it a summary:
//! edges are bundled by pair, entities come in by their centrality (neighbours, weighted by the
//! articles that say so), and communities become clusters. What is left out is counted, and the legend says it.

use super::DotOptions;
use super::edges::{Edge, Part, merge};
use crate::questions::louvain_groups;
use crate::view::View;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Members that make a community worth a cluster.
const CLUSTER: usize = 3;

/// What is drawn.
pub(crate) struct Picture {
    /// Entities, sorted.
    pub nodes: Vec<usize>,
    /// Edges, sorted by subject, object and relation.
    pub edges: Vec<Edge>,
    /// Communities, only in a summary: members sorted, the most central one apart.
    pub clusters: Vec<Cluster>,
    /// What is not drawn.
    pub left_out: LeftOut,
}

/// Entities that belong together.
pub(crate) struct Cluster {
    /// The member with most neighbours, which names it.
    pub head: usize,
    /// Members, sorted.
    pub members: Vec<usize>,
}

/// Numbers of what is not drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub entities: usize,
    pub relations: usize,
    pub claims: usize,
}

impl Picture {
    pub(crate) fn new(view: &View, options: &DotOptions) -> Self {
        let merged = merge(view, options.lang);
        let summary = merged.len() > options.max_edges;
        let (all, claims) = (merged.len(), count(&merged));
        let everybody = entities(view, &merged).len();
        let edges = if summary { most_central(view, bundle(merged), options.max_edges) } else { merged };
        let nodes = entities(view, &edges);
        let left_out = LeftOut {
            entities: everybody - nodes.len(),
            relations: all - edges.iter().map(|e| e.parts.len()).sum::<usize>(),
            claims: claims - count(&edges),
        };
        let clusters = if summary { clusters(&nodes, &edges) } else { Vec::new() };
        Picture { nodes, edges, clusters, left_out }
    }
}

fn count(edges: &[Edge]) -> usize {
    edges.iter().map(|e| e.claims.len()).sum()
}

/// The entities at the ends of edges, and the focus.
fn entities(view: &View, edges: &[Edge]) -> Vec<usize> {
    let all: BTreeSet<usize> = edges.iter().flat_map(|e| [e.subject, e.object]).chain(view.focus).collect();
    all.into_iter().collect()
}

/// One edge for each pair, direction and side (said or denied), its relations by number of claims.
fn bundle(merged: Vec<Edge>) -> Vec<Edge> {
    let mut groups: BTreeMap<(usize, usize, bool), Edge> = BTreeMap::new();
    for e in merged {
        match groups.entry((e.subject, e.object, e.denied())) {
            std::collections::btree_map::Entry::Vacant(v) => {
                v.insert(e);
            }
            std::collections::btree_map::Entry::Occupied(mut o) => o.get_mut().absorb(e),
        }
    }
    let mut out: Vec<Edge> = groups.into_values().collect();
    for e in &mut out {
        e.parts.sort_by(|a: &Part, b: &Part| (Reverse(a.claims), &a.relation).cmp(&(Reverse(b.claims), &b.relation)));
    }
    out
}

/// Neighbours of each entity.
fn neighbours(edges: &[Edge]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut out: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for e in edges {
        out.entry(e.subject).or_default().insert(e.object);
        out.entry(e.object).or_default().insert(e.subject);
    }
    out
}

/// At most `max` edges: entities come in one after the other, the focus and what is next to it first,
/// then those with most neighbours, each neighbour as often as articles say so, each if its edges to those that are in still fit.
fn most_central(view: &View, edges: Vec<Edge>, max: usize) -> Vec<Edge> {
    if edges.len() <= max {
        return edges;
    }
    let near = neighbours(&edges);
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, e) in edges.iter().enumerate() {
        of.entry(e.subject).or_default().push(i);
        if e.object != e.subject {
            of.entry(e.object).or_default().push(i);
        }
    }
    let support = |n: usize| of[&n].iter().map(|&i| edges[i].documents).sum::<usize>();
    let mut order: Vec<usize> = near.keys().copied().collect();
    order.sort_by_cached_key(|&n| {
        let is = view.focus == Some(n);
        let next = view.focus.is_some_and(|f| near[&n].contains(&f));
        let named = view.claims.entities[n].named;
        Reverse((is, next, support(n), near[&n].len(), named, Reverse(n)))
    });
    let mut inside = BTreeSet::new();
    let mut kept = BTreeSet::new();
    for n in order {
        let own = |i: &&usize| {
            let e = &edges[**i];
            [e.subject, e.object].iter().all(|x| *x == n || inside.contains(x))
        };
        let new: Vec<usize> = of[&n].iter().filter(own).copied().collect();
        if kept.len() + new.len() <= max {
            inside.insert(n);
            kept.extend(new);
        }
    }
    edges.into_iter().enumerate().filter(|(i, _)| kept.contains(i)).map(|(_, e)| e).collect()
}

/// Communities among what is drawn, the largest first.
fn clusters(nodes: &[usize], edges: &[Edge]) -> Vec<Cluster> {
    let at = |n: usize| nodes.binary_search(&n).expect("edges join nodes of the picture");
    let weights = edges.iter().map(|e| (at(e.subject), at(e.object), e.claims.len() as f64)).collect();
    let of = louvain_groups(nodes.len(), weights);
    let near = neighbours(edges);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, c) in of.iter().enumerate() {
        members.entry(*c).or_default().push(nodes[i]);
    }
    let head = |m: &[usize]| m.iter().copied().max_by_key(|n| (near.get(n).map_or(0, BTreeSet::len), Reverse(*n)));
    let mut out: Vec<Cluster> = members
        .into_values()
        .filter(|m| m.len() >= CLUSTER)
        .filter_map(|members| head(&members).map(|head| Cluster { head, members }))
        .collect();
    out.sort_by_key(|c| Reverse(c.members.len()));
    out
}
