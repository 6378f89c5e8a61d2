//! Who stands in the middle.

use super::{EntityRef, Network};
use rustworkx_core::centrality::betweenness_centrality;
use serde::Serialize;

/// What makes an entity central.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Centrality {
    /// Number of entities that claims join it to.
    #[default]
    Degree,
    /// Share of the shortest ways between two others that lead through it (Freeman 1977, by the
    /// algorithm of Brandes 2001), from 0 to 1. Time grows with entities times edges.
    Betweenness,
}

/// An entity with its place among all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranked {
    /// The entity.
    pub entity: EntityRef,
    /// Number of entities that claims join it to.
    pub degree: usize,
    /// Number of claims that join it to others.
    pub claims: usize,
    /// Share of the shortest ways between two others; only where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub betweenness: Option<f64>,
}

impl Network<'_> {
    /// All entities of the network, the most central first; equals by number of claims, then by
    /// identifier.
    pub fn rank(&self, by: Centrality) -> Vec<Ranked> {
        let between = match by {
            Centrality::Degree => None,
            // Never in parallel: the order of the sums would change their last digits.
            Centrality::Betweenness => Some(betweenness_centrality(&self.graph, false, true, usize::MAX)),
        };
        let mut out: Vec<Ranked> = self
            .graph
            .node_indices()
            .map(|n| Ranked {
                entity: self.entity(n),
                degree: self.graph.edges(n).count(),
                claims: self.graph.edges(n).map(|e| e.weight().len()).sum(),
                betweenness: between.as_ref().map(|b| rounded(b[n.index()].unwrap_or(0.0))),
            })
            .collect();
        out.sort_by(|a, b| {
            let (x, y) = (a.betweenness.unwrap_or(0.0), b.betweenness.unwrap_or(0.0));
            y.total_cmp(&x).then_with(|| (b.degree, b.claims, &a.entity.id).cmp(&(a.degree, a.claims, &b.entity.id)))
        });
        out
    }
}

/// Six digits behind the point; two entities make the normalisation 0/0, which is nobody's share.
fn rounded(x: f64) -> f64 {
    if x.is_finite() { (x * 1e6).round() / 1e6 } else { 0.0 }
}
