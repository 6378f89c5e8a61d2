//! The diagram of a view, in the DOT language of Graphviz.
//!
//! One node an entity, one edge per subject, relation, object and status; the line tells the status,
//! a number the claims behind it. Counts and texts are no nodes: a count stands on its edge, the
//! rest in the tooltip of the entity. All text goes through `escape`, since articles may hold
//! anything.

mod edges;
mod escape;
mod layout;
mod style;

use crate::records::{Agent, Claims};
use crate::view::View;
use edges::{Edge, merge};
use escape::{cut, html, quoted, wrap};
use std::collections::BTreeMap;
use std::fmt::Write;
use style::{line, look, names, shape_name};
use temoin_model::{EntityType, Lang};

/// How to draw.
#[derive(Clone, Debug)]
pub struct DotOptions {
    /// Language of labels and of the legend.
    pub lang: Lang,
    /// Above this number of edges the most supported are kept and the legend says so.
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
const LABEL: usize = 60;

/// The view as DOT. Sorted: the same view gives the same bytes.
pub fn render(view: &View, options: &DotOptions) -> String {
    let claims = &view.claims;
    let mut edges = merge(view, options.lang);
    let all = edges.len();
    let left_out = all.saturating_sub(options.max_edges);
    if left_out > 0 {
        keep_best(view, &mut edges, options.max_edges);
    }
    let mut nodes: Vec<usize> = edges.iter().flat_map(|e| [e.subject, e.object]).chain(view.focus).collect();
    nodes.sort_unstable();
    nodes.dedup();

    let mut out = String::new();
    let _ = writeln!(out, "digraph temoin {{");
    out.push_str(style::GRAPH);
    if let Some(t) = &options.title {
        let _ = writeln!(out, "  label=<<B>{}</B>>; labelloc=t; fontsize=18;", html(&cut(t, 200)));
    }
    let notes = attributes(view);
    for &n in &nodes {
        node(&mut out, claims, n, view.focus == Some(n), notes.get(&n), options.lang);
    }
    for e in &edges {
        edge(&mut out, claims, e, options.lang);
    }
    legend(&mut out, claims, &nodes, &edges, left_out, options.lang);
    let (joins, first) = layout::rows(&nodes, &edges);
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

/// Keeps the `max` edges that say most: those of the focus, then what several documents say, then
/// what joins things with names, by a relation of the inventory, in the thick of the graph.
fn keep_best(view: &View, edges: &mut Vec<Edge>, max: usize) {
    let mut degree: BTreeMap<usize, usize> = BTreeMap::new();
    for e in edges.iter() {
        *degree.entry(e.subject).or_default() += 1;
        *degree.entry(e.object).or_default() += 1;
    }
    let named = |n: usize| usize::from(view.claims.entities[n].named);
    let value = |e: &Edge| {
        let near = view.focus.is_some_and(|f| e.subject == f || e.object == f);
        let names = named(e.subject) + named(e.object);
        let known = !e.relation.starts_with("open:");
        (near, e.documents, names, known, e.claims.len(), degree[&e.subject] + degree[&e.object])
    };
    edges.sort_by(|a, b| value(b).cmp(&value(a)).then(a.key().cmp(&b.key())));
    edges.truncate(max);
    edges.sort_by(|a, b| a.key().cmp(&b.key()));
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
    let mut tip = vec![format!("{name} · {}", names(lang).kind(e.kind))];
    let mut others: Vec<&str> = e.aliases.iter().chain([&e.label]).map(String::as_str).filter(|n| *n != name).collect();
    others.sort_unstable();
    if !others.is_empty() {
        tip.push(others.join(" · "));
    }
    tip.extend(notes.into_iter().flatten().take(TOOLTIP_LINES).cloned());
    let width = if focus { 3 } else { 1 };
    let _ = writeln!(
        out,
        "  {} [label=<{label}>, shape={}, style={}, fillcolor={}, color={}, penwidth={width}, tooltip={}];",
        quoted(&e.id),
        l.shape,
        quoted(l.style),
        quoted(l.fill),
        quoted(l.line),
        quoted(&tip.join("\n")),
    );
}

fn edge(out: &mut String, claims: &Claims, e: &Edge, lang: Lang) {
    let s = line(e.status);
    let mut label: Vec<String> = wrap(&cut(&e.label, 40), 22).iter().map(|x| html(x)).collect();
    if let Some(c) = &e.count {
        label.push(html(&format!("({})", cut(c, 24))));
    }
    let mut text = label.join("<BR/>");
    if s.struck {
        text = format!("✗ <S>{text}</S>");
    }
    if e.claims.len() > 1 {
        let _ = write!(text, " <B>×{}</B>", e.claims.len());
    }
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
fn attributes(view: &View) -> BTreeMap<usize, Vec<String>> {
    let mut out: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for &i in &view.attributes {
        let c = &view.claims.claims[i];
        let label = view.claims.relation_label(&c.relation, Lang::Fr);
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

/// The types and lines that occur, and what is not shown.
fn legend(out: &mut String, claims: &Claims, nodes: &[usize], edges: &[Edge], left_out: usize, lang: Lang) {
    let n = names(lang);
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
    if left_out > 0 {
        let _ = write!(
            rows,
            "<TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\"><I>{}</I></TD></TR>",
            html(&n.left_out[usize::from(left_out > 1)].replace("{}", &left_out.to_string()))
        );
    }
    if edges.is_empty() {
        let _ = write!(rows, "<TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\"><I>{}</I></TD></TR>", n.nothing);
    }
    let _ = writeln!(
        out,
        "  {LEGEND} [shape=plaintext, style=\"\", margin=0, tooltip={}, label=<<TABLE BORDER=\"1\" COLOR=\"#bbbbbb\" CELLBORDER=\"0\" CELLSPACING=\"3\" CELLPADDING=\"2\">{rows}</TABLE>>];",
        quoted(n.legend)
    );
}
