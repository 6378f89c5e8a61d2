//! Questions on the shape of the graph: who is near whom, by which way, who stands in the middle,
//! who belongs together, and what happened to somebody day by day.
//!
//! A [`Network`] has a node for each entity that a claim joins to another one and an edge for each
//! pair of entities, whatever the direction and the number of claims. Every answer names the claims
//! behind it, with their sentences ([`ClaimLine`]). All orders are fixed, so the same graph gives
//! the same answer.

mod centrality;
mod communities;
mod line;
mod louvain;
mod neighbours;
mod path;
mod timeline;

pub use centrality::{Centrality, Ranked};
pub use communities::{Community, Grouping};
pub use line::{ClaimLine, EntityRef};
pub use neighbours::{Neighbour, Neighbourhood};
pub use path::{PathAnswer, Step};
pub use timeline::{Timeline, TimelineEntry};

pub(crate) use communities::louvain_groups;

use crate::records::{Agent, ClaimInfo, Claims, Value};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use serde::Serialize;
use std::collections::BTreeMap;
use temoin_model::Status;

/// Which claims make an edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Include {
    /// What an article asserts in its own voice.
    #[default]
    Asserted,
    /// That, and what it reports of others.
    Reported,
    /// Everything, also what is hedged, planned, hypothetical or denied.
    All,
}

impl Include {
    /// All, from few claims to many.
    pub const EACH: [Include; 3] = [Include::Asserted, Include::Reported, Include::All];

    /// Whether claims of this status count.
    pub fn takes(self, status: Status) -> bool {
        match self {
            Include::Asserted => status == Status::Asserted,
            Include::Reported => matches!(status, Status::Asserted | Status::Reported),
            Include::All => true,
        }
    }
}

/// Entities joined by claims. Node weights are indices into [`Claims::entities`], sorted; edge
/// weights are the claims between two entities as indices into [`Claims::claims`], sorted.
#[derive(Clone, Debug)]
pub struct Network<'a> {
    /// What the indices refer to.
    pub claims: &'a Claims,
    /// Which claims are edges.
    pub include: Include,
    /// One edge a pair.
    pub graph: UnGraph<usize, Vec<usize>>,
    nodes: BTreeMap<usize, NodeIndex>,
}

impl<'a> Network<'a> {
    /// The network of the claims that `include` takes. A claim of an entity about itself is no edge.
    pub fn new(claims: &'a Claims, include: Include) -> Self {
        let mut pairs: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (i, c) in claims.claims.iter().enumerate().filter(|(_, c)| include.takes(c.status)) {
            if let Some((a, b)) = ends(c) {
                pairs.entry((a.min(b), a.max(b))).or_default().push(i);
            }
        }
        let mut nodes: BTreeMap<usize, NodeIndex> =
            pairs.keys().flat_map(|&(a, b)| [a, b]).map(|e| (e, NodeIndex::end())).collect();
        let mut graph = UnGraph::with_capacity(nodes.len(), pairs.len());
        for (&e, n) in &mut nodes {
            *n = graph.add_node(e);
        }
        for ((a, b), of) in pairs {
            graph.add_edge(nodes[&a], nodes[&b], of);
        }
        Network { claims, include, graph, nodes }
    }

    /// The node of an entity, if any claim joins it to another one.
    pub fn node(&self, entity: usize) -> Option<NodeIndex> {
        self.nodes.get(&entity).copied()
    }

    /// Nodes next to `n` with the claims between them, by node.
    fn adjacent(&self, n: NodeIndex) -> BTreeMap<NodeIndex, &[usize]> {
        self.graph.edges(n).map(|e| (if e.source() == n { e.target() } else { e.source() }, &e.weight()[..])).collect()
    }

    fn entity(&self, n: NodeIndex) -> EntityRef {
        EntityRef::new(self.claims, self.graph[n])
    }

    /// The claim that supports an edge best: asserted before reported, inventory before open
    /// relations, then the most confident, then the first.
    fn best(&self, of: &[usize]) -> Option<usize> {
        let value = |i: usize| {
            let c = &self.claims.claims[i];
            (c.status, c.relation.starts_with("open:"), std::cmp::Reverse((c.confidence * 1e6) as u64), i)
        };
        of.iter().copied().min_by_key(|&i| value(i))
    }
}

/// The two entities that a claim joins.
pub(crate) fn ends(c: &ClaimInfo) -> Option<(usize, usize)> {
    match (c.subject, &c.object) {
        (Agent::Entity(s), Value::Entity(o)) if s != *o => Some((s, *o)),
        _ => None,
    }
}
