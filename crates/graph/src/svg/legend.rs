//! The legend: the types and lines that occur, and what is not shown.

use super::Xy;
use super::text::{num, width, xml};
use crate::dot::picture::Picture;
use crate::dot::style::{self, line, look, names, shape_name};
use crate::dot::{escape::wrap, remarks};
use crate::view::View;
use std::fmt::Write;
use temoin_model::{EntityType, Lang};

const ROW: f64 = 17.0;
const FONT: f64 = 10.0;

enum Sample {
    /// Fill and line of a type.
    Kind(&'static str, &'static str),
    /// Colour, style and whether it is struck through.
    Line(&'static style::Line),
    Times,
    None,
}

/// A legend before it has a place.
pub(super) struct Legend {
    title: &'static str,
    rows: Vec<(Sample, String)>,
    pub size: Xy,
}

impl Legend {
    pub(super) fn new(view: &View, picture: &Picture, lang: Lang) -> Self {
        let n = names(lang);
        let mut rows = Vec::new();
        for kind in EntityType::ALL {
            if picture.nodes.iter().any(|&i| view.claims.entities[i].kind == kind) {
                let l = look(kind);
                rows.push((Sample::Kind(l.fill, l.line), format!("{} ({})", n.kind(kind), shape_name(kind, lang))));
            }
        }
        for s in &style::LINES {
            if picture.edges.iter().any(|e| line(e.status).name == s.name) {
                rows.push((Sample::Line(s), n.line(s.name).to_owned()));
            }
        }
        if picture.edges.iter().any(|e| e.parts.iter().any(|p| p.claims > 1)) {
            rows.push((Sample::Times, n.times.to_owned()));
        }
        for remark in remarks(picture, lang) {
            rows.extend(wrap(&remark, 46).into_iter().map(|l| (Sample::None, l)));
        }
        let widest = rows
            .iter()
            .map(|(s, t)| width(t, FONT, false) + if matches!(s, Sample::None) { 16.0 } else { 64.0 })
            .fold(120.0, f64::max);
        Legend { title: n.legend, size: (widest + 8.0, ROW * rows.len() as f64 + 30.0), rows }
    }

    /// The legend with its upper left corner at `at`.
    pub(super) fn svg(&self, out: &mut String, (x, y): Xy) {
        let _ = writeln!(out, "<g class=\"legend\" font-size=\"{}\" text-anchor=\"start\">", num(FONT));
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#ffffff\" stroke=\"#bbbbbb\"/>",
            num(x),
            num(y),
            num(self.size.0),
            num(self.size.1)
        );
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" font-weight=\"bold\">{}</text>",
            num(x + 10.0),
            num(y + 17.0),
            xml(self.title)
        );
        let mut base = y + 35.0;
        for (sample, label) in &self.rows {
            self.sample(out, sample, (x + 10.0, base));
            let (dx, italic) =
                if matches!(sample, Sample::None) { (10.0, " font-style=\"italic\"") } else { (58.0, "") };
            let _ = writeln!(out, "<text x=\"{}\" y=\"{}\"{italic}>{}</text>", num(x + dx), num(base), xml(label));
            base += ROW;
        }
        out.push_str("</g>\n");
    }

    fn sample(&self, out: &mut String, sample: &Sample, (x, base): Xy) {
        match sample {
            Sample::Kind(fill, line) => {
                let _ = writeln!(
                    out,
                    "<rect x=\"{}\" y=\"{}\" width=\"38\" height=\"11\" fill=\"{fill}\" stroke=\"{line}\"/>",
                    num(x),
                    num(base - 9.0)
                );
            }
            Sample::Line(l) => {
                let y = base - 3.5;
                let _ = writeln!(
                    out,
                    "<path d=\"M{} {y}H{}\" fill=\"none\" stroke=\"{c}\" stroke-width=\"1.4\"{}/><polygon points=\"{},{} {},{} {},{y}\" fill=\"{c}\"/>",
                    num(x),
                    num(x + 32.0),
                    super::draw::dash(l.style),
                    num(x + 31.0),
                    num(y - 3.0),
                    num(x + 31.0),
                    num(y + 3.0),
                    num(x + 38.0),
                    c = l.color,
                    y = num(y),
                );
                if l.struck {
                    let _ = writeln!(
                        out,
                        "<text x=\"{}\" y=\"{}\" fill=\"{}\">✗</text>",
                        num(x + 10.0),
                        num(base),
                        l.color
                    );
                }
            }
            Sample::Times => {
                let _ = writeln!(out, "<text x=\"{}\" y=\"{}\" >×2</text>", num(x), num(base));
            }
            Sample::None => {}
        }
    }
}
