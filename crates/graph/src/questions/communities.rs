//! Entities that belong together: connected components, and communities inside them.

use super::louvain::louvain;
use super::{EntityRef, Network};
use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, NodeIndexable};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What makes entities belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// More claims among them than chance would give (the method of Louvain on numbers of claims).
    #[default]
    Communities,
    /// Some way of claims leads from each to each.
    Components,
}

/// Entities that belong together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Community {
    /// Members, those with most claims inside the group first.
    pub members: Vec<EntityRef>,
    /// Claims between members.
    pub claims: usize,
    /// Claims between a member and an entity of another group.
    pub outside: usize,
}

impl Network<'_> {
    /// The groups, the largest first.
    pub fn groups(&self, by: Grouping) -> Vec<Community> {
        let n = self.graph.node_count();
        let of = match by {
            Grouping::Communities => louvain_groups(n, self.weights()),
            Grouping::Components => self.components(),
        };
        let mut inside = vec![0usize; n];
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for e in self.graph.edge_references() {
            let (a, b, k) = (e.source().index(), e.target().index(), e.weight().len());
            if of[a] == of[b] {
                inside[a] += k;
                inside[b] += k;
                counts.entry(of[a]).or_default().0 += k;
            } else {
                counts.entry(of[a]).or_default().1 += k;
                counts.entry(of[b]).or_default().1 += k;
            }
        }
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, c) in of.iter().enumerate() {
            members.entry(*c).or_default().push(i);
        }
        let mut out: Vec<Community> = members
            .into_iter()
            .map(|(c, mut m)| {
                m.sort_by_key(|&i| (Reverse(inside[i]), i));
                let (claims, outside) = counts.get(&c).copied().unwrap_or_default();
                Community {
                    members: m.into_iter().map(|i| self.entity(self.graph.from_index(i))).collect(),
                    claims,
                    outside,
                }
            })
            .collect();
        // Groups were numbered by their first members, and the sort is stable.
        out.sort_by_key(|c| (Reverse(c.members.len()), Reverse(c.claims)));
        out
    }

    fn weights(&self) -> Vec<(usize, usize, f64)> {
        let edge = |e: petgraph::graph::EdgeReference<'_, Vec<usize>>| {
            (e.source().index(), e.target().index(), e.weight().len() as f64)
        };
        self.graph.edge_references().map(edge).collect()
    }

    fn components(&self) -> Vec<usize> {
        let mut sets = UnionFind::<usize>::new(self.graph.node_count());
        for e in self.graph.edge_references() {
            sets.union(e.source().index(), e.target().index());
        }
        let mut numbers = BTreeMap::new();
        (0..self.graph.node_count())
            .map(|i| {
                let next = numbers.len();
                *numbers.entry(sets.find(i)).or_insert(next)
            })
            .collect()
    }
}

/// The community of each node, numbered from 0 by first member.
pub(crate) fn louvain_groups(nodes: usize, edges: Vec<(usize, usize, f64)>) -> Vec<usize> {
    louvain(nodes, &edges)
}
