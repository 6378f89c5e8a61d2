//! Writing the picture: frames, edges, nodes, labels, in this order, so that nothing hides a name.

use super::legend::Legend;
use super::place::{self, Group, Route, label_size};
use super::shapes::{self, Node};
use super::text::{num, xml};
use super::{FRAME, Xy};
use crate::dot::edges::{Edge, tooltip};
use crate::dot::escape::cut;
use crate::dot::picture::Picture;
use crate::dot::style::{self, line, names};
use crate::dot::{LABEL, attributes, node_tooltip};
use crate::view::View;
use std::collections::BTreeMap;
use std::fmt::Write;
use temoin_model::Lang;

/// Length of an arrow's head.
const HEAD: f64 = 7.0;

pub(super) struct Canvas<'a> {
    pub view: &'a View,
    pub picture: &'a Picture,
    pub nodes: &'a BTreeMap<usize, Node>,
    pub lang: Lang,
}

/// Where an edge meets a node, and which way it goes on: 1 to the right, -1 to the left.
type Port = (Xy, f64);

/// The pattern of a line, as an attribute.
pub(super) fn dash(style: &str) -> &'static str {
    match style {
        "dashed" => " stroke-dasharray=\"6 4\"",
        "dotted" => " stroke-dasharray=\"1.5 3\"",
        _ => "",
    }
}

impl Canvas<'_> {
    pub(super) fn draw(
        &self,
        groups: &[Group<'_>],
        across: &[&Edge],
        legend: (&Legend, Xy),
        title: Option<&str>,
        size: Xy,
    ) -> String {
        let mut out = String::new();
        let (w, h) = (num(size.0), num(size.1));
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             font-family=\"DejaVu Sans,Verdana,Helvetica,Arial,sans-serif\" font-size=\"{}\" fill=\"#1a1a1a\" \
             text-anchor=\"middle\">",
            num(shapes::FONT)
        );
        if let Some(t) = title {
            let _ = writeln!(out, "<title>{}</title>", xml(t));
        }
        let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>");
        if let Some(t) = title {
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"34\" font-size=\"18\" font-weight=\"bold\">{}</text>",
                num(size.0 / 2.0),
                xml(t)
            );
        }
        for (i, g) in groups.iter().enumerate().filter(|(_, g)| g.framed) {
            self.frame(&mut out, i, g);
        }
        let places: BTreeMap<usize, Xy> = groups.iter().flat_map(|g| g.at.iter().map(|(&n, &p)| (n, p))).collect();
        // Faint, for they run over frames and over other edges.
        out.push_str("<g class=\"across\" opacity=\"0.6\">\n");
        for e in across {
            self.crossing(&mut out, e, &places);
        }
        out.push_str("</g>\n");
        for g in groups {
            self.routes(&mut out, g);
        }
        let notes = attributes(self.view, self.lang);
        for (&n, &at) in &places {
            let id = xml(&self.view.claims.entities[n].id);
            let tip = node_tooltip(&self.view.claims, n, notes.get(&n), self.lang);
            let _ = writeln!(out, "<g class=\"node\" data-id=\"{id}\"><title>{}</title>", xml(&tip));
            self.nodes[&n].svg(&mut out, at);
            out.push_str("</g>\n");
        }
        self.crossing_labels(&mut out, across, groups, &places);
        legend.0.svg(&mut out, legend.1);
        out.push_str("</svg>\n");
        out
    }

    fn frame(&self, out: &mut String, i: usize, g: &Group<'_>) {
        let (fill, line) = style::cluster(i);
        let (x, y) = g.origin;
        let head = self.view.claims.entities[self.picture.clusters[i].head].label_in(self.lang);
        let room = ((g.size.0 - 2.0 * FRAME) / 6.6).max(8.0) as usize;
        let title = cut(&names(self.lang).around.replace("{}", &cut(head, LABEL)), room);
        let _ = writeln!(
            out,
            "<g class=\"cluster\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\" fill=\"{fill}\" stroke=\"{line}\"/>\
             <text x=\"{}\" y=\"{}\" font-size=\"10\" font-style=\"italic\" fill=\"{line}\" text-anchor=\"start\">{}</text></g>",
            num(x),
            num(y),
            num(g.size.0),
            num(g.size.1),
            num(x + FRAME),
            num(y + 18.0),
            xml(&title)
        );
    }

    /// The edges of a group. Those on the same side of a node meet it one below the other.
    fn routes(&self, out: &mut String, g: &Group<'_>) {
        let ends =
            |r: &Route<'_>| if r.forward { (r.edge.subject, r.edge.object) } else { (r.edge.object, r.edge.subject) };
        // Height of the next bend of each edge end, by node and side.
        let mut sides: BTreeMap<(usize, bool), Vec<(i64, usize)>> = BTreeMap::new();
        for (i, r) in g.routes.iter().enumerate() {
            let (a, b) = ends(r);
            let (Some(first), Some(last)) = (r.bends.first(), r.bends.last()) else { continue };
            sides.entry((a, true)).or_default().push(((first.0.1 * 10.0) as i64, i));
            sides.entry((b, false)).or_default().push(((last.1.1 * 10.0) as i64, i));
        }
        let mut ports: BTreeMap<(usize, bool), Xy> = BTreeMap::new();
        for ((n, right), mut of) in sides {
            of.sort_unstable();
            let k = of.len() as f64;
            let room = (self.nodes[&n].size.1 - 10.0).max(4.0);
            let step = (room / k).min(12.0);
            for (j, (_, i)) in of.into_iter().enumerate() {
                let dy = (j as f64 - (k - 1.0) / 2.0) * step;
                ports.insert((i, right), self.port(n, g.at[&n], dy, right));
            }
        }
        for (i, r) in g.routes.iter().enumerate() {
            let (Some(&a), Some(&b)) = (ports.get(&(i, true)), ports.get(&(i, false))) else { continue };
            self.route(out, r, (a, b));
        }
    }

    fn port(&self, n: usize, (x, y): Xy, dy: f64, right: bool) -> Xy {
        let reach = self.nodes[&n].reach(dy);
        (if right { x + reach } else { x - reach }, y + dy)
    }

    fn route(&self, out: &mut String, r: &Route<'_>, (a, b): (Xy, Xy)) {
        let (start, end) = if r.forward { (a, (b.0 - HEAD, b.1)) } else { ((a.0 + HEAD, a.1), b) };
        let mut d = format!("M{} {}", num(start.0), num(start.1));
        let mut from = start;
        for &(left, right) in &r.bends {
            curve(&mut d, from, left);
            let _ = write!(d, "H{}", num(right.0));
            from = right;
        }
        curve(&mut d, from, end);
        let tip = if r.forward { (b, 1.0) } else { (a, -1.0) };
        self.open(out, r.edge);
        self.line(out, r.edge, &d, tip);
        let h = label_size(r.edge).1;
        self.label(out, r.edge, (r.label.0, r.label.1 - h / 2.0 + 9.0));
        out.push_str("</g>\n");
    }

    fn open(&self, out: &mut String, e: &Edge) {
        let _ = writeln!(out, "<g class=\"edge\"><title>{}</title>", xml(&tooltip(&self.view.claims, e, self.lang)));
    }

    fn line(&self, out: &mut String, e: &Edge, d: &str, ((x, y), way): Port) {
        let l = line(e.status);
        let back = x - way * HEAD;
        let _ = writeln!(
            out,
            "<path d=\"{d}\" fill=\"none\" stroke=\"{c}\" stroke-width=\"{}\"{}/><polygon points=\"{bx},{} {bx},{} {},{}\" fill=\"{c}\"/>",
            style::width(e.documents),
            dash(l.style),
            num(y - 3.2),
            num(y + 3.2),
            num(x),
            num(y),
            bx = num(back),
            c = l.color,
        );
    }

    /// The label, its first line with its base at this point.
    fn label(&self, out: &mut String, e: &Edge, (x, mut y): Xy) {
        let l = line(e.status);
        let strike = if l.struck { " text-decoration=\"line-through\"" } else { "" };
        for (i, part) in e.lines(place::WIDE).iter().enumerate() {
            // One piece of text a line: viewers do not agree on the middle of several.
            let cross = if l.struck && i == 0 { "✗ " } else { "" };
            let times = part.times.map_or_else(String::new, |n| format!(" ×{n}"));
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{strike}>{cross}{}{times}</text>",
                num(x),
                num(y),
                num(place::FONT),
                l.color,
                xml(&part.text)
            );
            y += place::LINE;
        }
    }

    /// An edge from one group to another: a curve from side to side.
    fn crossing(&self, out: &mut String, e: &Edge, places: &BTreeMap<usize, Xy>) {
        let (a, b, _) = self.crossing_ports(e, places);
        self.open(out, e);
        let end = (b.0.0 - b.1 * HEAD, b.0.1);
        let (c1, c2) = handles(a, (end, b.1));
        let d = format!(
            "M{} {}C{} {} {} {} {} {}",
            num(a.0.0),
            num(a.0.1),
            num(c1.0),
            num(c1.1),
            num(c2.0),
            num(c2.1),
            num(end.0),
            num(end.1)
        );
        self.line(out, e, &d, b);
        out.push_str("</g>\n");
    }

    /// Where the curve begins and ends, each with its direction, and its middle.
    fn crossing_ports(&self, e: &Edge, places: &BTreeMap<usize, Xy>) -> (Port, Port, Xy) {
        let (s, o) = (places[&e.subject], places[&e.object]);
        let right = o.0 >= s.0;
        let way = if right { 1.0 } else { -1.0 };
        let a = (self.port(e.subject, s, 0.0, right), way);
        let b = (self.port(e.object, o, 0.0, !right), way);
        let (c1, c2) = handles(a, b);
        let mid = |p: f64, q: f64, r: f64, s: f64| (p + 3.0 * q + 3.0 * r + s) / 8.0;
        (a, b, (mid(a.0.0, c1.0, c2.0, b.0.0), mid(a.0.1, c1.1, c2.1, b.0.1)))
    }

    /// Labels of edges between groups, each moved along from the middle of its curve until it lies on
    /// no node and no other label.
    fn crossing_labels(&self, out: &mut String, across: &[&Edge], groups: &[Group<'_>], places: &BTreeMap<usize, Xy>) {
        let mut taken: Vec<(Xy, Xy)> = places.iter().map(|(n, &p)| (p, self.nodes[n].size)).collect();
        for r in groups.iter().flat_map(|g| &g.routes) {
            taken.push((r.label, label_size(r.edge)));
        }
        for e in across {
            let (a, b, middle) = self.crossing_ports(e, places);
            let size = label_size(e);
            let free = |p: Xy| {
                taken.iter().all(|(q, s)| {
                    (p.0 - q.0).abs() >= (size.0 + s.0) / 2.0 || (p.1 - q.1).abs() >= (size.1 + s.1) / 2.0
                })
            };
            let at = along(a, b).into_iter().find(|&p| free(p)).unwrap_or(middle);
            taken.push((at, size));
            let corner = (at.0 - size.0 / 2.0, at.1 - size.1 / 2.0);
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"#ffffff\" fill-opacity=\"0.85\"/>",
                num(corner.0),
                num(corner.1),
                num(size.0),
                num(size.1)
            );
            self.label(out, e, (at.0, corner.1 + 9.0));
        }
    }
}

/// The two handles of a curve that leaves and arrives level.
fn handles(a: Port, b: Port) -> (Xy, Xy) {
    let reach = ((b.0.0 - a.0.0).abs() / 2.0).max(40.0);
    ((a.0.0 + a.1 * reach, a.0.1), (b.0.0 - b.1 * reach, b.0.1))
}

/// Points of the curve between two ports, from its middle outwards.
fn along(a: Port, b: Port) -> Vec<Xy> {
    let (c1, c2) = handles(a, b);
    let at = |t: f64| {
        let u = 1.0 - t;
        let f =
            |p: f64, q: f64, r: f64, s: f64| u * u * u * p + 3.0 * u * u * t * q + 3.0 * u * t * t * r + t * t * t * s;
        (f(a.0.0, c1.0, c2.0, b.0.0), f(a.0.1, c1.1, c2.1, b.0.1))
    };
    (0..20).map(|i| at(0.5 + f64::from((i + 1) / 2) * if i % 2 == 0 { 0.04 } else { -0.04 })).collect()
}

/// A curve that leaves and arrives level.
fn curve(d: &mut String, a: Xy, b: Xy) {
    let half = (b.0 - a.0) / 2.0;
    let _ = write!(d, "C{} {} {} {} {} {}", num(a.0 + half), num(a.1), num(b.0 - half), num(b.1), num(b.0), num(b.1));
}
