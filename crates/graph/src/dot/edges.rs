//! Claims between the same two entities, drawn as one edge.

use super::escape::cut;
use super::style::names;
use crate::records::{Agent, Claims, Source, Value};
use crate::view::View;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::{Lang, Status};

/// Most quotations in a tooltip.
const QUOTES: usize = 4;
/// Longest quotation, in code points.
const QUOTE: usize = 240;

/// One line of the picture.
pub(super) struct Edge {
    pub subject: usize,
    pub object: usize,
    pub relation: String,
    /// Label of the relation.
    pub label: String,
    /// Weakest doubt among its claims: what one article asserts and another reports is asserted.
    pub status: Status,
    /// Claims, as indices.
    pub claims: Vec<usize>,
    /// Documents that say it, copies of one text counted once.
    pub documents: usize,
    /// Whether articles tell it differently.
    pub contested: bool,
    /// Counts, as written.
    pub count: Option<String>,
}

impl Edge {
    pub(super) fn key(&self) -> (usize, usize, &str, bool) {
        (self.subject, self.object, &self.relation, self.status == Status::Denied)
    }
}

/// The edges of a view, sorted by subject, object and relation. A denial is an edge of its own, so
/// that a contradiction is seen.
pub(super) fn merge(view: &View, lang: Lang) -> Vec<Edge> {
    let claims = &view.claims;
    let mut groups: BTreeMap<(usize, usize, &str, bool), Vec<usize>> = BTreeMap::new();
    for &i in view.graph.edge_weights() {
        let c = &claims.claims[i];
        if let (Agent::Entity(s), Value::Entity(o)) = (c.subject, &c.object) {
            groups.entry((s, *o, c.relation.as_str(), c.status == Status::Denied)).or_default().push(i);
        }
    }
    groups
        .into_iter()
        .map(|((subject, object, relation, _), mut of)| {
            of.sort_unstable();
            let documents: BTreeSet<usize> = of
                .iter()
                .map(|&i| claims.claims[i].document)
                .map(|d| claims.documents[d].copy_of.unwrap_or(d))
                .collect();
            let counts: BTreeSet<&str> = of.iter().filter_map(|&i| claims.claims[i].count.as_deref()).collect();
            Edge {
                subject,
                object,
                relation: relation.to_owned(),
                label: claims.relation_label(relation, lang).to_owned(),
                status: of.iter().map(|&i| claims.claims[i].status).min().unwrap_or_default(),
                documents: documents.len(),
                contested: of.iter().any(|&i| claims.claims[i].contested),
                count: (!counts.is_empty()).then(|| counts.into_iter().collect::<Vec<_>>().join(" / ")),
                claims: of,
            }
        })
        .collect()
}

/// Who says it, where, when, in which words.
pub(super) fn tooltip(claims: &Claims, e: &Edge, lang: Lang) -> String {
    let n = names(lang);
    let mut lines = Vec::new();
    for &i in e.claims.iter().take(QUOTES) {
        let c = &claims.claims[i];
        let d = &claims.documents[c.document];
        let mut head = n.status(c.status).to_owned();
        match c.said_by {
            Source::Author => {}
            Source::Unnamed => head = format!("{head} · {}", n.unnamed),
            Source::Entity(s) => head = format!("{head} · {}", claims.entities[s].label_in(lang)),
        }
        if let Some(t) = &c.time {
            head = format!("{head} · {}", t.edtf);
        }
        if let Some(s) = c.evidence.first() {
            lines.push(format!("« {} »", cut(&s.text, QUOTE)));
        }
        let date = d.issued.map(|d| format!(", {d}")).unwrap_or_default();
        lines.push(format!("— {}{date} ({head})", cut(d.short_name(), 80)));
    }
    if e.claims.len() > QUOTES {
        lines.push(format!("… +{}", e.claims.len() - QUOTES));
    }
    lines.join("\n")
}
