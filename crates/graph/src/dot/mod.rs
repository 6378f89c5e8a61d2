//! The diagram of a view, in the DOT language of Graphviz.
//!
//! One node an entity, one edge per subject, relation, object and status; the line tells the status,
//! a number the claims behind it. Counts and texts are no nodes: a count stands on its edge, the
//! rest in the tooltip of the entity. Beyond a limit the picture is a summary (`picture`). All text goes through `escape`, since articles may hold
//! anything.

pub(crate) mod edges;
pub(crate) mod escape;
mod layout;
pub(crate) mod picture;
pub(crate) mod style;

use crate::records::{Agent, Claims};
use crate::view::View;
use edges::Edge;
pub use escape::markup;
use escape::{cut, html, quoted, wrap};
use picture::Picture;
use std::collections::BTreeMap;
use std::fmt::Write;
use style::{line, look, names, shape_name};
use temoin_model::{EntityType, Lang};

/// How to draw.
#[derive(Clone, Debug)]
pub struct DotOptions {
    /// Language of labels and of the legend.
    pub lang: Lang,
    /// Above this number of edges the picture is a summary, and the legend says what it leaves out.
    pub max_edges: usize,
    /// Title above the picture.
    pub title: Option<String>,
}

impl Default for DotOptions {
    fn default() -> Self {
        DotOptions { lang: Lang::Fr, max_edges: 80, title: None }
    }
}

/// Most lines of attributes in the tooltip of a node.
const TOOLTIP_LINES: usize = 12;
/// Longest label of a node, in code points.
pub(crate) const LABEL: usize = 60;

/// The view as DOT. Sorted: the same view gives the same bytes.
pub fn render(view: &View, options: &DotOptions) -> String {
    let claims = &view.claims;
    let picture = Picture::new(view, options);
    let mut out = String::new();
    let _ = writeln!(out, "digraph temoin {{");
    out.push_str(style::GRAPH);
    if let Some(t) = &options.title {
        let _ = writeln!(out, "  label=<<B>{}</B>>; labelloc=t; fontsize=18;", html(&cut(t, 200)));
    }
    let notes = attributes(view, options.lang);
    for &n in &picture.nodes {
        node(&mut out, claims, n, view.focus == Some(n), notes.get(&n), options.lang);
    }
    for (i, c) in picture.clusters.iter().enumerate() {
        cluster(&mut out, claims, i, c, options.lang);
    }
    for e in &picture.edges {
        edge(&mut out, claims, e, options.lang);
    }
    legend(&mut out, claims, &picture, options.lang);
    let (joins, first) = layout::rows(&picture.nodes, &picture.edges);
    let id = |n: usize| quoted(&claims.entities[n].id);
    for (a, b) in joins {
        let _ = writeln!(out, "  {} -> {} [style=invis, weight=0];", id(a), id(b));
    }
    if let Some(n) = first {
        let _ = writeln!(out, "  {LEGEND} -> {} [style=invis, weight=0];", id(n));
    }
    out.push_str("}\n");
    out
}

/// A community: a frame around nodes that stand above.
fn cluster(out: &mut String, claims: &Claims, i: usize, c: &picture::Cluster, lang: Lang) {
    let (fill, line) = style::cluster(i);
    let label = names(lang).around.replace("{}", &cut(claims.entities[c.head].label_in(lang), LABEL));
    let members: Vec<String> = c.members.iter().map(|&n| format!("{};", quoted(&claims.entities[n].id))).collect();
    let _ = writeln!(
        out,
        "  subgraph cluster_{i} {{ label=<<I>{}</I>>; labeljust=l; fontsize=10; fontcolor={line}; style={}; color={line}; bgcolor={}; {} }}",
        html(&label),
        quoted("rounded"),
        quoted(fill),
        members.join(" "),
        line = quoted(line),
    );
}

/// Node of the legend; no entity has a backslash in its identifier.
const LEGEND: &str = "\"\\\\legend\"";

fn node(out: &mut String, claims: &Claims, n: usize, focus: bool, notes: Option<&Vec<String>>, lang: Lang) {
    let e = &claims.entities[n];
    let l = look(e.kind);
    let name = e.label_in(lang);
    let lines: Vec<String> = wrap(&cut(name, LABEL), l.width).iter().map(|x| html(x)).collect();
    let mut label = lines.join("<BR/>");
    if e.named {
        label = format!("<B>{label}</B>");
    }
    let tip = node_tooltip(claims, n, notes, lang);
    let width = if focus { 3 } else { 1 };
    let _ = writeln!(
        out,
        "  {} [label=<{label}>, shape={}, style={}, fillcolor={}, color={}, penwidth={width}, tooltip={}];",
        quoted(&e.id),
        l.shape,
        quoted(l.style),
        quoted(l.fill),
        quoted(l.line),
        quoted(&tip),
    );
}

/// What is known of an entity besides its edges.
pub(crate) fn node_tooltip(claims: &Claims, n: usize, notes: Option<&Vec<String>>, lang: Lang) -> String {
    let e = &claims.entities[n];
    let name = e.label_in(lang);
    let mut tip = vec![format!("{name} · {}", names(lang).kind(e.kind))];
    let mut others: Vec<&str> = e.aliases.iter().chain([&e.label]).map(String::as_str).filter(|n| *n != name).collect();
    others.sort_unstable();
    if !others.is_empty() {
        tip.push(others.join(" · "));
    }
    tip.extend(notes.into_iter().flatten().take(TOOLTIP_LINES).cloned());
    tip.join("\n")
}

fn edge(out: &mut String, claims: &Claims, e: &Edge, lang: Lang) {
    let s = line(e.status);
    let (open, close) = if s.struck { ("<S>", "</S>") } else { ("", "") };
    let lines = e.lines(22).into_iter().map(|l| {
        let times = l.times.map_or_else(String::new, |n| format!(" <B>×{n}</B>"));
        let mark = if l.contested { style::contested() } else { String::new() };
        format!("{open}{}{close}{times}{mark}", html(&l.text))
    });
    let text = format!("{}{}", if s.struck { "✗ " } else { "" }, lines.collect::<Vec<_>>().join("<BR/>"));
    let tip = edges::tooltip(claims, e, lang);
    let _ = writeln!(
        out,
        "  {} -> {} [label=<{text}>, style={}, color={}, fontcolor={}, penwidth={}, tooltip={}, labeltooltip={}];",
        quoted(&claims.entities[e.subject].id),
        quoted(&claims.entities[e.object].id),
        s.style,
        quoted(s.color),
        quoted(s.color),
        style::width(e.documents),
        quoted(&tip),
        quoted(&tip),
    );
}

/// What is known of each entity besides edges: counts, texts, what was done to it by nobody named.
pub(crate) fn attributes(view: &View, lang: Lang) -> BTreeMap<usize, Vec<String>> {
    let mut out: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for &i in &view.attributes {
        let c = &view.claims.claims[i];
        let label = view.claims.relation_label(&c.relation, lang);
        let (entity, text) = match (c.subject, &c.object) {
            (Agent::Entity(s), crate::records::Value::Literal(l)) => (s, format!("{label} : {l}")),
            (Agent::Unknown, crate::records::Value::Entity(o)) => (*o, format!("? {label}")),
            _ => continue,
        };
        let lines = out.entry(entity).or_default();
        let line = cut(&text, 120);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    out
}

/// Words under the legend: what frames are, what is not shown.
pub(crate) fn remarks(picture: &Picture, lang: Lang) -> Vec<String> {
    let n = names(lang);
    let mut out = Vec::new();
    if !picture.clusters.is_empty() {
        out.push(n.frames.to_owned());
    }
    let l = picture.left_out;
    if l != picture::LeftOut::default() {
        out.push(n.left_out.to_owned());
        let counts = [(l.entities, n.counted[0]), (l.relations, n.counted[1]), (l.claims, n.counted[2])];
        let said: Vec<String> =
            counts.iter().map(|(k, (one, more))| format!("{k} {}", if *k == 1 { one } else { more })).collect();
        out.push(said.join(", "));
    }
    if picture.edges.is_empty() {
        out.push(n.nothing.to_owned());
    }
    out
}

/// The types and lines that occur, and what is not shown.
fn legend(out: &mut String, claims: &Claims, picture: &Picture, lang: Lang) {
    let n = names(lang);
    let (nodes, edges) = (&picture.nodes, &picture.edges);
    let mut rows = format!("<TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\"><B>{}</B></TD></TR>", n.legend);
    for kind in EntityType::ALL {
        if nodes.iter().any(|&i| claims.entities[i].kind == kind) {
            let l = look(kind);
            let _ = write!(
                rows,
                "<TR><TD BGCOLOR=\"{}\" BORDER=\"1\" COLOR=\"{}\" WIDTH=\"34\"> </TD><TD ALIGN=\"LEFT\">{} <FONT COLOR=\"#777777\">({})</FONT></TD></TR>",
                l.fill,
                l.line,
                html(n.kind(kind)),
                html(shape_name(kind, lang)),
            );
        }
    }
    for s in style::LINES {
        if edges.iter().any(|e| line(e.status).name == s.name) {
            let _ = write!(
                rows,
                "<TR><TD><FONT COLOR=\"{}\">{}</FONT></TD><TD ALIGN=\"LEFT\">{}</TD></TR>",
                s.color,
                s.sample,
                html(n.line(s.name)),
            );
        }
    }
    if edges.iter().any(|e| e.claims.len() > 1) {
        let _ = write!(rows, "<TR><TD><B>×2</B></TD><TD ALIGN=\"LEFT\">{}</TD></TR>", n.times);
    }
    if edges.iter().any(|e| e.contested) {
        let _ = write!(
            rows,
            "<TR><TD>{}</TD><TD ALIGN=\"LEFT\">{}</TD></TR>",
            style::contested().trim_start(),
            n.contested
        );
    }
    for line in remarks(picture, lang) {
        let _ = write!(rows, "<TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\"><I>{}</I></TD></TR>", html(&line));
    }
    let _ = writeln!(
        out,
        "  {LEGEND} [shape=plaintext, style=\"\", margin=0, tooltip={}, label=<<TABLE BORDER=\"1\" COLOR=\"#bbbbbb\" CELLBORDER=\"0\" CELLSPACING=\"3\" CELLPADDING=\"2\">{rows}</TABLE>>];",
        quoted(n.legend)
    );
}
