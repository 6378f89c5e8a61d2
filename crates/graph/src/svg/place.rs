//! Places of one part of the picture by layers from left to right.
//!
//! The crate lays graphs out from top to bottom and gives places of vertices, not ways of edges. So
//! sizes and places are turned by a quarter, and each edge is a chain of vertices: its label, and a
//! point for each other layer between its ends. A first run gives the layers, a second one the places.

use super::shapes::Node;
use super::text::width;
use super::{FRAME, FRAME_TITLE, Xy};
use crate::dot::edges::Edge;
use rust_sugiyama::configure::{Config, RankingType};
use rust_sugiyama::from_vertices_and_edges;
use std::collections::BTreeMap;

/// Size of the letters of an edge's label.
pub(super) const FONT: f64 = 9.0;
/// Height of a line of an edge's label.
pub(super) const LINE: f64 = 11.0;
/// Longest line of an edge's label, in code points.
pub(super) const WIDE: usize = 22;
/// Space between two vertices of a layer, and between layers.
const GAP: f64 = 12.0;
/// Space for the bend and the arrow between a node and its layer's border.
const SIDE: f64 = 24.0;

/// Nodes and the edges among them.
pub(super) struct Part<'a> {
    pub nodes: Vec<usize>,
    pub edges: Vec<&'a Edge>,
    pub framed: bool,
}

/// An edge with its way.
pub(super) struct Route<'a> {
    pub edge: &'a Edge,
    /// Left and right end of each layer's stretch of the way, from the left to the right node.
    pub bends: Vec<(Xy, Xy)>,
    /// The middle of the label, over the way.
    pub label: Xy,
    /// Whether the subject is the left node.
    pub forward: bool,
}

/// A part with places.
pub(super) struct Group<'a> {
    pub at: BTreeMap<usize, Xy>,
    pub routes: Vec<Route<'a>>,
    pub origin: Xy,
    pub size: Xy,
    pub framed: bool,
    /// Groups that edges join it to.
    pub near: Vec<usize>,
}

/// A vertex of the layout: its kind follows from its number.
struct Chain {
    /// Number of the left and the right node.
    ends: (usize, usize),
    /// Vertices between them; the label is one.
    between: Vec<u32>,
    label: u32,
}

impl<'a> Part<'a> {
    /// Finds places for everything.
    pub(super) fn lay_out(self, nodes: &BTreeMap<usize, Node>, near: Vec<usize>) -> Group<'a> {
        let edges: Vec<&'a Edge> = self.edges.iter().copied().filter(|e| e.subject != e.object).collect();
        let number: BTreeMap<usize, usize> = self.nodes.iter().enumerate().map(|(i, &n)| (n, i)).collect();
        let sizes: Vec<Xy> = self.nodes.iter().map(|n| (nodes[n].size.0 + 2.0 * SIDE, nodes[n].size.1)).collect();
        let ends: Vec<(usize, usize)> = edges.iter().map(|e| (number[&e.subject], number[&e.object])).collect();
        let labels: Vec<Xy> = edges.iter().map(|e| label_size(e)).collect();
        let layers = layers(&sizes, &ends, &labels);
        let (chains, all) = chains(&sizes, &ends, &labels, &layers);
        let places = apart(&run(&all, &chains), &all);
        let routes = edges.iter().zip(&chains).zip(&ends).map(|((edge, c), e)| Route {
            edge,
            bends: c.between.iter().map(|&v| stretch(places[v as usize], all[v as usize])).collect(),
            label: places[c.label as usize],
            forward: c.ends == *e,
        });
        let routes = routes.collect();
        let at = self.nodes.iter().enumerate().map(|(i, &n)| (n, places[i])).collect();
        let mut group = Group { at, routes, origin: (0.0, 0.0), size: (0.0, 0.0), framed: self.framed, near };
        group.fit(&places, &all);
        group
    }
}

/// The way runs along the lower border of a label, from its left to its right.
fn stretch((x, y): Xy, (w, h): Xy) -> (Xy, Xy) {
    let below = if h > POINT { h / 2.0 - 1.0 } else { 0.0 };
    ((x - w / 2.0, y + below), (x + w / 2.0, y + below))
}

/// Height of a point of a way.
const POINT: f64 = 5.0;

/// Width and height of the label of an edge.
pub(super) fn label_size(e: &Edge) -> Xy {
    let lines = e.lines(WIDE);
    let times = |n: Option<usize>| n.map_or(0.0, |n| width(&format!(" ×{n}"), FONT, true));
    let widest = lines.iter().map(|l| width(&l.text, FONT, false) + times(l.times)).fold(10.0, f64::max);
    let cross = if e.denied() { width("✗ ", FONT, false) } else { 0.0 };
    (widest + cross + 6.0, LINE * lines.len() as f64 + 4.0)
}

/// The layer of each node, from 0, in a layout where each label is a vertex.
fn layers(sizes: &[Xy], ends: &[(usize, usize)], labels: &[Xy]) -> Vec<usize> {
    let n = sizes.len();
    let all: Vec<Xy> = sizes.iter().chain(labels).copied().collect();
    let chain = |(i, &(a, b)): (usize, &(usize, usize))| Chain {
        ends: (a, b),
        between: vec![(n + i) as u32],
        label: (n + i) as u32,
    };
    let chains: Vec<Chain> = ends.iter().enumerate().map(chain).collect();
    let places = run(&all, &chains);
    let mut columns: Vec<i64> = places.iter().map(|p| (p.0 * 8.0).round() as i64).collect();
    let of = columns.clone();
    columns.sort_unstable();
    columns.dedup();
    of[..n].iter().map(|c| columns.binary_search(c).unwrap_or(0)).collect()
}

/// Chains with one vertex for each layer between their ends, and the sizes of all vertices.
fn chains(sizes: &[Xy], ends: &[(usize, usize)], labels: &[Xy], layers: &[usize]) -> (Vec<Chain>, Vec<Xy>) {
    let mut all = sizes.to_vec();
    let chains = ends
        .iter()
        .zip(labels)
        .map(|(&(s, o), &size)| {
            let (a, b) = if layers[s] <= layers[o] { (s, o) } else { (o, s) };
            let steps = (layers[b] - layers[a]).saturating_sub(1).max(1);
            let first = all.len() as u32;
            let between: Vec<u32> = (first..first + steps as u32).collect();
            let middle = (steps - 1) / 2;
            all.extend((0..steps).map(|i| if i == middle { size } else { (1.0, POINT) }));
            Chain { ends: (a, b), label: between[middle], between }
        })
        .collect();
    (chains, all)
}

/// Middles of all vertices, from left to right.
fn run(sizes: &[Xy], chains: &[Chain]) -> Vec<Xy> {
    let vertices: Vec<(u32, (f64, f64))> = sizes.iter().enumerate().map(|(i, s)| (i as u32, (s.1, s.0))).collect();
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for c in chains {
        let mut before = c.ends.0 as u32;
        for &v in c.between.iter().chain([&(c.ends.1 as u32)]) {
            edges.push((before, v));
            before = v;
        }
    }
    let config = Config {
        vertex_spacing: GAP,
        ranking_type: RankingType::MinimizeEdgeLength,
        transpose: sizes.len() < 400,
        ..Config::default()
    };
    let mut places = vec![(0.0, 0.0); sizes.len()];
    // Parts are connected, but for a community that hangs together by other parts only: one below the other.
    let mut below = 0.0;
    for (layout, _, _) in from_vertices_and_edges(&vertices, &edges, &config) {
        let least = layout.iter().map(|(v, (x, _))| x - sizes[*v].1 / 2.0).fold(f64::INFINITY, f64::min);
        let most = layout.iter().map(|(v, (x, _))| x + sizes[*v].1 / 2.0).fold(f64::NEG_INFINITY, f64::max);
        for &(v, (x, y)) in &layout {
            places[v] = (y, x - least + below);
        }
        below += most - least + GAP;
    }
    places
}

/// Moves vertices of a layer apart where they overlap: the layout keeps blocks apart, but not always
/// blocks of different classes.
fn apart(places: &[Xy], sizes: &[Xy]) -> Vec<Xy> {
    let mut layers: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (i, p) in places.iter().enumerate() {
        layers.entry((p.0 * 8.0).round() as i64).or_default().push(i);
    }
    let mut out = places.to_vec();
    for mut layer in layers.into_values() {
        layer.sort_by(|&a, &b| out[a].1.total_cmp(&out[b].1).then(a.cmp(&b)));
        for w in 1..layer.len() {
            let (above, i) = (layer[w - 1], layer[w]);
            let least = out[above].1 + (sizes[above].1 + sizes[i].1) / 2.0 + 3.0;
            out[i].1 = out[i].1.max(least);
        }
    }
    out
}

impl Group<'_> {
    /// Moves everything so that its upper left corner is the origin, frame included.
    fn fit(&mut self, places: &[Xy], sizes: &[Xy]) {
        let edge = |f: fn(f64, f64) -> f64, start: f64, sign: f64| {
            places
                .iter()
                .zip(sizes)
                .fold((start, start), |m, (p, s)| (f(m.0, p.0 + sign * s.0 / 2.0), f(m.1, p.1 + sign * s.1 / 2.0)))
        };
        let least = edge(f64::min, f64::INFINITY, -1.0);
        let most = edge(f64::max, f64::NEG_INFINITY, 1.0);
        let (pad, top) = if self.framed { (FRAME, FRAME_TITLE) } else { (0.0, 0.0) };
        // The room for arrows at the outer borders is not needed.
        let outer = SIDE - 2.0;
        self.shift((pad - least.0 - outer, pad + top - least.1));
        self.origin = (0.0, 0.0);
        self.size = (most.0 - least.0 - 2.0 * outer + 2.0 * pad, most.1 - least.1 + 2.0 * pad + top);
    }

    /// Moves everything.
    pub(super) fn shift(&mut self, (dx, dy): Xy) {
        let by = |p: &mut Xy| *p = (p.0 + dx, p.1 + dy);
        self.at.values_mut().for_each(by);
        by(&mut self.origin);
        for r in &mut self.routes {
            by(&mut r.label);
            for (a, b) in &mut r.bends {
                by(a);
                by(b);
            }
        }
    }
}
