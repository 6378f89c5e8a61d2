//! The neighbourhood of an entity.

use super::{ClaimLine, EntityRef, Network};
use petgraph::graph::NodeIndex;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An entity at some distance from another one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Neighbour {
    /// The entity.
    pub entity: EntityRef,
    /// Claims away from the centre, 1 or more.
    pub distance: usize,
    /// The entity before it on a shortest way from the centre; the best supported one.
    pub via: EntityRef,
    /// Claims between the two, best supported first.
    pub claims: Vec<ClaimLine>,
}

/// What lies around an entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Neighbourhood {
    /// The entity in the middle.
    pub centre: EntityRef,
    /// How far was looked.
    pub depth: usize,
    /// Nearest first, then by number of claims, then by identifier.
    pub neighbours: Vec<Neighbour>,
}

impl Network<'_> {
    /// Entities at most `depth` claims away from `entity`, by breadth-first search.
    pub fn neighbours(&self, entity: usize, depth: usize) -> Neighbourhood {
        let mut found: BTreeMap<NodeIndex, (usize, NodeIndex)> = BTreeMap::new();
        let start = self.node(entity);
        let mut ring: Vec<NodeIndex> = start.into_iter().collect();
        for distance in 1..=depth {
            let mut next: BTreeMap<NodeIndex, (usize, NodeIndex)> = BTreeMap::new();
            for &n in &ring {
                for (m, claims) in self.adjacent(n) {
                    if Some(m) == start || found.contains_key(&m) {
                        continue;
                    }
                    let before = next.entry(m).or_insert((0, n));
                    if claims.len() > before.0 {
                        *before = (claims.len(), n);
                    }
                }
            }
            ring = next.keys().copied().collect();
            if ring.is_empty() {
                break;
            }
            found.extend(next.into_iter().map(|(m, (_, via))| (m, (distance, via))));
        }
        let mut neighbours: Vec<Neighbour> =
            found.into_iter().map(|(n, (distance, via))| self.neighbour(n, distance, via)).collect();
        neighbours.sort_by(|a, b| {
            (a.distance, Reverse(a.claims.len()), &a.entity.id).cmp(&(
                b.distance,
                Reverse(b.claims.len()),
                &b.entity.id,
            ))
        });
        Neighbourhood { centre: EntityRef::new(self.claims, entity), depth, neighbours }
    }

    fn neighbour(&self, n: NodeIndex, distance: usize, via: NodeIndex) -> Neighbour {
        Neighbour {
            entity: self.entity(n),
            distance,
            via: self.entity(via),
            claims: self.between(n, via).into_iter().map(|i| ClaimLine::new(self.claims, i)).collect(),
        }
    }

    /// The claims between two entities, best supported first.
    pub(super) fn between(&self, a: NodeIndex, b: NodeIndex) -> Vec<usize> {
        let mut rest = self.graph.find_edge(a, b).map_or_else(Vec::new, |e| self.graph[e].clone());
        let mut out = Vec::with_capacity(rest.len());
        while let Some(best) = self.best(&rest) {
            rest.retain(|&i| i != best);
            out.push(best);
        }
        out
    }
}
