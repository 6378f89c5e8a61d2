//! Nodes: their labels, sizes and outlines.

use super::Xy;
use super::text::{num, width, xml};
use crate::dot::LABEL;
use crate::dot::edges::Edge;
use crate::dot::escape::{cut, wrap};
use crate::dot::picture::Picture;
use crate::dot::style::{Look, look};
use crate::view::View;
use std::fmt::Write;
use temoin_model::Lang;

/// Size of the letters of a node.
pub(super) const FONT: f64 = 11.0;
/// Height of a line of a node's label.
const LINE: f64 = 14.0;

/// Room of an arrow at a node, and most arrows that a node grows for.
const PORT: f64 = 6.0;
const PORTS: usize = 30;

/// A node before it has a place.
pub(super) struct Node {
    /// Lines of the label.
    pub lines: Vec<String>,
    /// What it does to itself.
    pub own: Vec<String>,
    pub bold: bool,
    pub focus: bool,
    pub look: Look,
    pub size: Xy,
}

impl Node {
    pub(super) fn new(view: &View, picture: &Picture, n: usize, lang: Lang) -> Self {
        let e = &view.claims.entities[n];
        let look = look(e.kind);
        let lines = wrap(&cut(e.label_in(lang), LABEL), look.width);
        // An edge from a node to itself has no place between layers: it is a line of the label.
        let loops = picture.edges.iter().filter(|e| e.subject == n && e.object == n);
        let own: Vec<String> = loops.flat_map(|e| e.parts.iter()).map(|p| format!("↻ {}", cut(&p.label, 24))).collect();
        let widest = lines.iter().map(|l| width(l, FONT, e.named)).fold(20.0, f64::max);
        let widest = own.iter().map(|l| width(l, 9.0, false)).fold(widest, f64::max);
        let height = LINE * lines.len() as f64 + 11.0 * own.len() as f64;
        let (dx, dy) = match look.shape {
            // Text fills a box, and two thirds of an oval.
            "ellipse" => (widest * 0.22 + 16.0, height * 0.3 + 10.0),
            "hexagon" | "octagon" => (32.0, 14.0),
            "component" => (30.0, 12.0),
            _ => (20.0, 12.0),
        };
        // Arrows that meet on one side need room.
        let met = |f: fn(&Edge) -> usize| picture.edges.iter().filter(|e| f(e) == n && e.subject != e.object).count();
        let ports = met(|e| e.subject).max(met(|e| e.object)).min(PORTS) as f64;
        let height = height.max(ports * PORT - dy + 8.0);
        Node { lines, own, bold: e.named, focus: view.focus == Some(n), look, size: (widest + dx, height + dy) }
    }

    /// How far from the middle the outline is at height `dy` from the middle.
    pub(super) fn reach(&self, dy: f64) -> f64 {
        let (a, b) = (self.size.0 / 2.0, self.size.1 / 2.0);
        match self.look.shape {
            "ellipse" => a * (1.0 - (dy / b).powi(2)).max(0.0).sqrt(),
            "hexagon" => a - CORNER * (dy / b).abs().min(1.0),
            _ => a,
        }
    }

    /// The outline and the label of a node with its middle at `at`.
    pub(super) fn svg(&self, out: &mut String, (x, y): Xy) {
        let stroke = if self.focus { 3.0 } else { 1.0 };
        let dash = if self.look.style.contains("dashed") { " stroke-dasharray=\"4 3\"" } else { "" };
        let paint =
            format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"{dash}", self.look.fill, self.look.line, num(stroke));
        self.outline(out, (x, y), &paint);
        let height = LINE * self.lines.len() as f64 + 11.0 * self.own.len() as f64;
        let mut base = y - height / 2.0 + 10.5;
        let weight = if self.bold { " font-weight=\"bold\"" } else { "" };
        for l in &self.lines {
            let _ = writeln!(out, "<text x=\"{}\" y=\"{}\"{weight}>{}</text>", num(x), num(base), xml(l));
            base += LINE;
        }
        for l in &self.own {
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"9\" font-style=\"italic\">{}</text>",
                num(x),
                num(base - 2.0),
                xml(l)
            );
            base += 11.0;
        }
    }

    fn outline(&self, out: &mut String, (x, y): Xy, paint: &str) {
        let (w, h) = self.size;
        let (l, t, r, b) = (x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0);
        let polygon = |points: &[Xy]| {
            let p: Vec<String> = points.iter().map(|&(x, y)| format!("{},{}", num(x), num(y))).collect();
            format!("<polygon points=\"{}\" {paint}/>", p.join(" "))
        };
        let rect = |radius: f64| {
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" {paint}/>",
                num(l),
                num(t),
                num(w),
                num(h),
                num(radius)
            )
        };
        let c = CORNER.min(h / 3.0);
        let drawn = match self.look.shape {
            "ellipse" => format!(
                "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\" {paint}/>",
                num(x),
                num(y),
                num(w / 2.0),
                num(h / 2.0)
            ),
            "octagon" => polygon(&[
                (l + c, t),
                (r - c, t),
                (r, t + c),
                (r, b - c),
                (r - c, b),
                (l + c, b),
                (l, b - c),
                (l, t + c),
            ]),
            "hexagon" => polygon(&[(l + CORNER, t), (r - CORNER, t), (r, y), (r - CORNER, b), (l + CORNER, b), (l, y)]),
            "note" => format!(
                "{}<polyline points=\"{},{} {},{} {},{}\" fill=\"none\" stroke=\"{}\"/>",
                polygon(&[(l, t), (r - 8.0, t), (r, t + 8.0), (r, b), (l, b)]),
                num(r - 8.0),
                num(t),
                num(r - 8.0),
                num(t + 8.0),
                num(r),
                num(t + 8.0),
                self.look.line
            ),
            "component" => {
                let tab = |y: f64| {
                    format!("<rect x=\"{}\" y=\"{}\" width=\"8\" height=\"5\" {paint}/>", num(l - 4.0), num(y))
                };
                format!("{}{}{}", rect(0.0), tab(t + 4.0), tab(b - 9.0))
            }
            _ if self.look.style.contains("rounded") => rect(9.0),
            _ => rect(0.0),
        };
        let _ = writeln!(out, "{drawn}");
    }
}

/// What a corner takes away from a side.
const CORNER: f64 = 10.0;
