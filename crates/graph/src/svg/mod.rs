//! The diagram of a view as SVG, laid out without other programs.
//!
//! What is drawn, and how it looks, is as in [`crate::dot`]. The places come from the layered method
//! of Sugiyama, Tagawa and Toda (1981) by the crate `rust-sugiyama`, with the labels of edges as
//! vertices of their own, so that no label lies on a node (`place`). Communities and parts that
//! nothing joins are laid out one by one and set in rows (`pack`). No fonts are read: widths of
//! letters are those of a wide font (`text`), so that labels fit in whatever the viewer has. Numbers
//! have one decimal: the same view gives the same bytes on every machine.

mod draw;
mod legend;
mod pack;
mod place;
mod shapes;
mod text;

use crate::dot::DotOptions;
use crate::dot::edges::Edge;
use crate::dot::picture::Picture;
use crate::view::View;
use pack::{Boxed, pack};
use place::{Group, Part};
use std::collections::BTreeMap;

/// Empty space around the picture and between its parts.
const MARGIN: f64 = 24.0;
/// Space between a frame and what is in it.
const FRAME: f64 = 14.0;
/// Height of a frame's title.
const FRAME_TITLE: f64 = 18.0;

/// A point or a size.
pub(crate) type Xy = (f64, f64);

/// The view as SVG. Sorted: the same view gives the same bytes.
pub fn render(view: &View, options: &DotOptions) -> String {
    let picture = Picture::new(view, options);
    let node = |n: usize| shapes::Node::new(view, &picture, n, options.lang);
    let nodes: BTreeMap<usize, shapes::Node> = picture.nodes.iter().map(|&n| (n, node(n))).collect();
    let (mut groups, across) = groups(&picture, &nodes);
    let legend = legend::Legend::new(view, &picture, options.lang);
    let mut boxes: Vec<Boxed> = groups.iter().map(|g| Boxed { size: g.size, near: g.near.clone() }).collect();
    boxes.push(Boxed { size: legend.size, near: Vec::new() });
    let title = options.title.as_deref().map(|t| text::single(t, 200));
    let top = if title.is_some() { 40.0 } else { 0.0 };
    let (places, size) = pack(&boxes, MARGIN);
    for (g, &(x, y)) in groups.iter_mut().zip(&places) {
        g.shift((x + MARGIN, y + MARGIN + top));
    }
    let at = places.last().map_or((MARGIN, MARGIN), |&(x, y)| (x + MARGIN, y + MARGIN + top));
    let canvas = draw::Canvas { view, picture: &picture, nodes: &nodes, lang: options.lang };
    canvas.draw(&groups, &across, (&legend, at), title.as_deref(), (size.0 + 2.0 * MARGIN, size.1 + 2.0 * MARGIN + top))
}

/// Communities and the other connected parts, laid out, and the edges from one to another.
fn groups<'a>(picture: &'a Picture, nodes: &BTreeMap<usize, shapes::Node>) -> (Vec<Group<'a>>, Vec<&'a Edge>) {
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, c) in picture.clusters.iter().enumerate() {
        of.extend(c.members.iter().map(|&n| (n, i)));
    }
    let framed = picture.clusters.len();
    let n = loose_parts(picture, &mut of);
    let mut parts: Vec<Part<'a>> =
        (0..n).map(|i| Part { nodes: Vec::new(), edges: Vec::new(), framed: i < framed }).collect();
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut across = Vec::new();
    for &x in &picture.nodes {
        parts[of[&x]].nodes.push(x);
    }
    for e in &picture.edges {
        let (a, b) = (of[&e.subject], of[&e.object]);
        if a == b {
            parts[a].edges.push(e);
        } else {
            across.push(e);
            near[a].push(b);
            near[b].push(a);
        }
    }
    let groups = parts.into_iter().zip(near).map(|(p, near)| p.lay_out(nodes, near)).collect();
    (groups, across)
}

/// Numbers the connected parts of what is in no cluster, behind the clusters; gives the number of all.
fn loose_parts(picture: &Picture, of: &mut BTreeMap<usize, usize>) -> usize {
    let mut n = picture.clusters.len();
    let loose: Vec<usize> = picture.nodes.iter().copied().filter(|x| !of.contains_key(x)).collect();
    for x in loose {
        if of.contains_key(&x) {
            continue;
        }
        let mut todo = vec![x];
        while let Some(y) = todo.pop() {
            if of.contains_key(&y) {
                continue;
            }
            of.insert(y, n);
            for e in picture.edges.iter().filter(|e| e.subject == y || e.object == y) {
                todo.extend([e.subject, e.object].into_iter().filter(|z| !of.contains_key(z)));
            }
        }
        n += 1;
    }
    n
}
