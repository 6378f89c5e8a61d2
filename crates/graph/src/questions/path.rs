//! The shortest way from one entity to another, with the evidence along it.

use super::{ClaimLine, EntityRef, Include, Network};
use petgraph::algo::astar;
use serde::Serialize;

/// From one entity to the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Where the step begins. The claim may point either way.
    pub from: EntityRef,
    /// Where it ends.
    pub to: EntityRef,
    /// The claim that supports it best.
    pub claim: ClaimLine,
    /// Identifiers of other claims between the two, best supported first.
    pub others: Vec<String>,
}

/// A way, or none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathAnswer {
    /// Where it begins.
    pub from: EntityRef,
    /// Where it ends.
    pub to: EntityRef,
    /// Which claims it may use.
    pub facts: Include,
    /// The steps; `None` where no claims lead from one to the other, empty where both are one.
    pub steps: Option<Vec<Step>>,
}

/// What a step costs; doubt decides among ways of the same length, and never makes one longer.
const STEP: u64 = 1 << 32;

impl Network<'_> {
    /// The shortest way from `from` to `to`, claims taken in either direction. Of several the one
    /// whose claims are best supported: asserted before reported, relations of the inventory before
    /// open ones, the more confident first. Searched with Dijkstra's algorithm.
    pub fn path(&self, from: usize, to: usize) -> PathAnswer {
        let answer = |steps| PathAnswer {
            from: EntityRef::new(self.claims, from),
            to: EntityRef::new(self.claims, to),
            facts: self.include,
            steps,
        };
        if from == to {
            return answer(Some(Vec::new()));
        }
        let (Some(a), Some(b)) = (self.node(from), self.node(to)) else { return answer(None) };
        let cost = |e: petgraph::graph::EdgeReference<'_, Vec<usize>>| STEP + self.doubt(e.weight());
        let Some((_, nodes)) = astar(&self.graph, a, |n| n == b, cost, |_| 0) else { return answer(None) };
        let step = |w: &[petgraph::graph::NodeIndex]| {
            let of = self.between(w[0], w[1]);
            Step {
                from: self.entity(w[0]),
                to: self.entity(w[1]),
                claim: ClaimLine::new(self.claims, of[0]),
                others: of[1..].iter().map(|&i| self.claims.claims[i].id.clone()).collect(),
            }
        };
        answer(Some(nodes.windows(2).map(step).collect()))
    }

    /// How weak the best claim of an edge is, below [`STEP`] over any length that memory holds.
    fn doubt(&self, of: &[usize]) -> u64 {
        let Some(best) = self.best(of) else { return 0 };
        let c = &self.claims.claims[best];
        let status = 200 * u64::from(c.status as u8);
        let open = if c.relation.starts_with("open:") { 100 } else { 0 };
        status + open + ((1.0 - c.confidence.clamp(0.0, 1.0)) * 100.0) as u64
    }
}
