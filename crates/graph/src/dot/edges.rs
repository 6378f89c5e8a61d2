//! Claims between the same two entities, drawn as one edge.

use super::escape::{cut, wrap};
use super::style::names;
use crate::records::{Agent, Claims, Source, Value};
use crate::view::View;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::{Lang, Status};

/// Most quotations in a tooltip.
const QUOTES: usize = 4;
/// Longest quotation, in code points.
const QUOTE: usize = 240;

/// Most relations that a bundle names.
const NAMED: usize = 3;

/// One line of the picture.
pub(crate) struct Edge {
    pub subject: usize,
    pub object: usize,
    /// Its relations: one, or in a summary all between the two, those with most claims first.
    pub parts: Vec<Part>,
    /// Weakest doubt among its claims: what one article asserts and another reports is asserted.
    pub status: Status,
    /// Claims, as indices.
    pub claims: Vec<usize>,
    /// Documents that say it.
    pub documents: usize,
    /// Counts, as written.
    pub count: Option<String>,
}

/// One relation of an edge.
pub(crate) struct Part {
    pub relation: String,
    /// Label of the relation.
    pub label: String,
    /// Number of claims.
    pub claims: usize,
}

/// A line of a label.
pub(crate) struct Line {
    pub text: String,
    /// Claims, where a number is worth a word.
    pub times: Option<usize>,
}

impl Edge {
    pub(crate) fn denied(&self) -> bool {
        self.status == Status::Denied
    }

    /// Takes over the claims of an edge of the same pair.
    pub(super) fn absorb(&mut self, other: Edge) {
        self.parts.extend(other.parts);
        self.status = self.status.min(other.status);
        self.claims.extend(other.claims);
        self.claims.sort_unstable();
        self.documents = self.documents.max(other.documents);
        self.count = None;
    }

    /// The label: relations with the count and the number of claims, at most `width` code points a line.
    pub(crate) fn lines(&self, width: usize) -> Vec<Line> {
        let mut out = Vec::new();
        for p in self.parts.iter().take(NAMED) {
            out.extend(wrap(&cut(&p.label, 40), width).into_iter().map(|text| Line { text, times: None }));
            if let (Some(c), 1) = (&self.count, self.parts.len()) {
                out.push(Line { text: format!("({})", cut(c, 24)), times: None });
            }
            if let Some(last) = out.last_mut().filter(|_| p.claims > 1) {
                last.times = Some(p.claims);
            }
        }
        if let more @ 1.. = self.parts.len().saturating_sub(NAMED) {
            out.push(Line { text: format!("… +{more}"), times: None });
        }
        out
    }
}

/// The edges of a view, sorted by subject, object and relation. A denial is an edge of its own, so
/// that a contradiction is seen.
pub(crate) fn merge(view: &View, lang: Lang) -> Vec<Edge> {
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
            let documents: BTreeSet<usize> = of.iter().map(|&i| claims.claims[i].document).collect();
            let counts: BTreeSet<&str> = of.iter().filter_map(|&i| claims.claims[i].count.as_deref()).collect();
            Edge {
                subject,
                object,
                parts: vec![Part {
                    relation: relation.to_owned(),
                    label: claims.relation_label(relation, lang).to_owned(),
                    claims: of.len(),
                }],
                status: of.iter().map(|&i| claims.claims[i].status).min().unwrap_or_default(),
                documents: documents.len(),
                count: (!counts.is_empty()).then(|| counts.into_iter().collect::<Vec<_>>().join(" / ")),
                claims: of,
            }
        })
        .collect()
}

/// Who says it, where, when, in which words.
pub(crate) fn tooltip(claims: &Claims, e: &Edge, lang: Lang) -> String {
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
