//! Rows of components. Left alone, Graphviz stacks everything that is not connected into one tall
//! column; invisible edges from the end of one part to the start of the next make rows of them.

use super::edges::Edge;
use std::collections::{BTreeMap, BTreeSet};

/// Ranks that a row holds, at least.
const ROW: usize = 6;

/// A connected part of the picture.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    /// A node where reading starts, and one where it ends.
    first: usize,
    last: usize,
    /// Ranks from left to right.
    width: usize,
    nodes: usize,
}

/// Pairs of nodes to join invisibly, and the first node of the first row.
pub(super) fn rows(nodes: &[usize], edges: &[Edge]) -> (Vec<(usize, usize)>, Option<usize>) {
    let mut parts = parts(nodes, edges);
    parts.sort_by_key(|p| (std::cmp::Reverse(p.nodes), p.first));
    let row = parts.first().map_or(ROW, |p| p.width.max(ROW));
    let mut joins = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for p in &parts {
        open = match open {
            Some((last, used)) if used + p.width <= row => {
                joins.push((last, p.first));
                Some((p.last, used + p.width))
            }
            _ => Some((p.last, p.width)),
        };
    }
    (joins, parts.first().map(|p| p.first))
}

fn parts(nodes: &[usize], edges: &[Edge]) -> Vec<Part> {
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for e in edges {
        out.entry(e.subject).or_default().push(e.object);
        all.entry(e.subject).or_default().push(e.object);
        all.entry(e.object).or_default().push(e.subject);
    }
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for &n in nodes {
        if !seen.insert(n) {
            continue;
        }
        let mut part = BTreeSet::from([n]);
        let mut todo = vec![n];
        while let Some(x) = todo.pop() {
            for &y in all.get(&x).into_iter().flatten() {
                if seen.insert(y) {
                    part.insert(y);
                    todo.push(y);
                }
            }
        }
        let rank = ranks(&part, &out);
        let width = rank.values().max().map_or(1, |r| r + 1);
        let at = |r: usize| part.iter().copied().find(|n| rank[n] == r).unwrap_or(n);
        parts.push(Part { first: at(0), last: at(width - 1), width, nodes: part.len() });
    }
    parts
}

/// About the rank that Graphviz gives each node: the longest way from a start, cycles cut by a
/// bound on the rounds.
fn ranks(part: &BTreeSet<usize>, out: &BTreeMap<usize, Vec<usize>>) -> BTreeMap<usize, usize> {
    let mut rank: BTreeMap<usize, usize> = part.iter().map(|&n| (n, 0)).collect();
    for _ in 0..part.len().min(ROW) {
        let mut changed = false;
        for (n, next) in out.iter().filter(|(n, _)| part.contains(n)) {
            for m in next.iter().filter(|m| *m != n) {
                let least = rank[n] + 1;
                if rank[m] < least && least < part.len() {
                    rank.insert(*m, least);
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    rank
}
