//! Communities by modularity: the method of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre 2008).
//!
//! The published method visits nodes in random order; here they are visited in their own order, and
//! equal gains go to the community with the smallest number, so there is nothing to seed.

use std::collections::BTreeMap;

/// Most rounds of moves on one level; moves gain modularity, so this is met by rounding alone.
const ROUNDS: usize = 100;

/// A weighted undirected graph. `loops` are edges of a node with itself, once each.
struct Level {
    next: Vec<BTreeMap<usize, f64>>,
    loops: Vec<f64>,
}

impl Level {
    fn strength(&self, n: usize) -> f64 {
        self.next[n].values().sum::<f64>() + 2.0 * self.loops[n]
    }
}

/// The community of each of `nodes` nodes, numbered from 0 by first member. Edges are pairs of
/// nodes with a positive weight; repeated ones add up.
pub(super) fn louvain(nodes: usize, edges: &[(usize, usize, f64)]) -> Vec<usize> {
    let mut level = Level { next: vec![BTreeMap::new(); nodes], loops: vec![0.0; nodes] };
    for &(a, b, w) in edges {
        join(&mut level, a, b, w);
    }
    let mut of: Vec<usize> = (0..nodes).collect();
    loop {
        let groups = moves(&level);
        let n = groups.iter().max().map_or(0, |m| m + 1);
        for c in &mut of {
            *c = groups[*c];
        }
        if n == groups.len() {
            return of;
        }
        level = folded(&level, &groups, n);
    }
}

fn join(level: &mut Level, a: usize, b: usize, w: f64) {
    if a == b {
        level.loops[a] += w;
    } else {
        *level.next[a].entry(b).or_default() += w;
        *level.next[b].entry(a).or_default() += w;
    }
}

/// Moves single nodes while that gains modularity; communities numbered from 0 by first member.
fn moves(level: &Level) -> Vec<usize> {
    let n = level.next.len();
    let strength: Vec<f64> = (0..n).map(|i| level.strength(i)).collect();
    let total: f64 = strength.iter().sum();
    let mut of: Vec<usize> = (0..n).collect();
    let mut sums = strength.clone();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for i in 0..n {
            let best = best_community(level, &of, &mut sums, (i, strength[i], total));
            moved |= best != of[i];
            of[i] = best;
            sums[best] += strength[i];
        }
        if !moved {
            break;
        }
    }
    renumbered(&of)
}

/// Where node `i` fits best; it is taken out of its community's sum.
fn best_community(level: &Level, of: &[usize], sums: &mut [f64], (i, own, total): (usize, f64, f64)) -> usize {
    sums[of[i]] -= own;
    let mut links: BTreeMap<usize, f64> = BTreeMap::from([(of[i], 0.0)]);
    for (&j, w) in &level.next[i] {
        *links.entry(of[j]).or_default() += w;
    }
    let gain = |c: usize| if total > 0.0 { links[&c] - own * sums[c] / total } else { 0.0 };
    let mut best = of[i];
    for &c in links.keys() {
        if gain(c) > gain(best) + 1e-9 {
            best = c;
        }
    }
    best
}

fn renumbered(of: &[usize]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    of.iter()
        .map(|c| {
            let next = numbers.len();
            *numbers.entry(*c).or_insert(next)
        })
        .collect()
}

/// Communities as the nodes of a smaller graph.
fn folded(level: &Level, groups: &[usize], n: usize) -> Level {
    let mut out = Level { next: vec![BTreeMap::new(); n], loops: vec![0.0; n] };
    for (a, next) in level.next.iter().enumerate() {
        out.loops[groups[a]] += level.loops[a];
        for (&b, &w) in next.iter().filter(|(b, _)| **b > a) {
            join(&mut out, groups[a], groups[b], w);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_triangles_and_a_bridge_are_two_communities() {
        let edges: Vec<_> =
            [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)].iter().map(|&(a, b)| (a, b, 1.0)).collect();
        assert_eq!(louvain(6, &edges), [0, 0, 0, 1, 1, 1]);
        assert_eq!(louvain(8, &edges)[6..], [2, 3], "nodes without an edge are alone");
        assert_eq!(louvain(0, &[]), [0usize; 0]);
    }

    /// The karate club of Zachary (1977): the best known modularity is 0.4198, in four communities.
    #[test]
    fn the_karate_club_is_split_about_as_well_as_can_be() {
        let next: [&[usize]; 34] = [
            &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
            &[2, 3, 7, 13, 17, 19, 21, 30],
            &[3, 7, 8, 9, 13, 27, 28, 32],
            &[7, 12, 13],
            &[6, 10],
            &[6, 10, 16],
            &[16],
            &[],
            &[30, 32, 33],
            &[33],
            &[],
            &[],
            &[],
            &[33],
            &[32, 33],
            &[32, 33],
            &[],
            &[],
            &[32, 33],
            &[33],
            &[32, 33],
            &[],
            &[32, 33],
            &[25, 27, 29, 32, 33],
            &[25, 27, 31],
            &[31],
            &[29, 33],
            &[33],
            &[31, 33],
            &[32, 33],
            &[32, 33],
            &[32, 33],
            &[33],
            &[],
        ];
        let edges: Vec<(usize, usize, f64)> =
            next.iter().enumerate().flat_map(|(a, n)| n.iter().map(move |&b| (a, b, 1.0))).collect();
        assert_eq!(edges.len(), 78);
        let of = louvain(34, &edges);
        let m = edges.len() as f64;
        let inside = edges.iter().filter(|(a, b, _)| of[*a] == of[*b]).count() as f64 / m;
        let expected: f64 = (0..=*of.iter().max().unwrap())
            .map(|c| edges.iter().map(|(a, b, _)| usize::from(of[*a] == c) + usize::from(of[*b] == c)).sum::<usize>())
            .map(|s| (s as f64 / (2.0 * m)).powi(2))
            .sum();
        assert!(inside - expected > 0.41, "modularity {}", inside - expected);
    }
}
