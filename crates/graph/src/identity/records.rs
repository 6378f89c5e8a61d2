//! What was decided, for people and as quads of `g:identity`.

use super::apply::Target;
use super::decisions::{Decisions, Reference, Rejected, Verdict};
use super::solve::{Fate, Solution};
use super::units::Unit;
use crate::gather::Article;
use crate::iri::{Iris, kg};
use crate::quads::{self, vocab};
use oxigraph::model::{Literal, NamedNode, Quad, Term, vocab::xsd};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::id::content_id;
use temoin_model::{Date, EntityType};

/// What a record says of its pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// One entity.
    Merged,
    /// Two entities.
    Split,
    /// Likely one, not sure: for a person to decide.
    Suggested,
    /// The user takes back what was decided on the pair.
    Undone,
}

/// One of the two that a record is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// As decisions name it: `ID`, `ID.DOCUMENT` or `*`.
    pub reference: String,
    /// What it is called.
    pub label: String,
    /// Type, where it is in the graph.
    #[serde(rename = "type")]
    pub kind: Option<EntityType>,
    /// Number of articles.
    pub articles: usize,
    /// The first of them.
    pub first: Option<String>,
    /// Identifier of the entity that it is part of now.
    pub entity: Option<String>,
}

/// A decision, by a person or by a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// What it says.
    pub state: State,
    /// The pair.
    pub pair: [Side; 2],
    /// `user`, or what speaks for and against.
    pub method: String,
    /// From 0 to 1; 1 for a person's.
    pub score: f64,
    /// Day of the decision; for a score, the day on which the later article appeared.
    pub date: Option<Date>,
    /// Whether it holds. A person's last word on a pair does, and no score does against it.
    pub in_force: bool,
    /// Line of the file of decisions.
    pub line: Option<usize>,
    /// Why, in the user's words.
    pub note: String,
}

/// All decisions on the entities of a graph.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Those of people in the order of their file, then scores, the highest first.
    pub records: Vec<Record>,
    /// Lines of the file that cannot be followed.
    #[serde(skip)]
    pub rejected: Vec<Rejected>,
    /// Every entity that goes by several identifiers, or whose identifier in the articles several go by:
    /// its identifier with how decisions name its parts.
    pub entities: BTreeMap<String, Vec<String>>,
}

pub(super) fn report(
    articles: &[Article],
    units: &[Unit],
    solution: &Solution,
    targets: &[Target],
    decisions: &Decisions,
) -> Report {
    let side = |u: usize| Side {
        reference: units[u].reference(),
        label: units[u].label.clone(),
        kind: Some(units[u].kind),
        articles: units[u].nodes.len(),
        first: units[u].nodes.iter().map(|n| articles[n.0].id.clone()).min(),
        entity: Some(targets[u].id.clone()),
    };
    let mut records: Vec<Record> = Vec::new();
    for (d, &in_force) in decisions.all.iter().zip(&solution.in_force) {
        let state = match d.verdict {
            Verdict::Merge => State::Merged,
            Verdict::Split => State::Split,
            Verdict::Undo => State::Undone,
        };
        let pair = d
            .pair
            .clone()
            .map(|r| named(&r, units).map_or_else(|| unknown(&r), |u| Side { reference: r.to_string(), ..side(u) }));
        let note = d.note.clone();
        let (date, line) = (Some(d.date), Some(d.line));
        records.push(Record { state, pair, method: "user".into(), score: 1.0, date, in_force, line, note });
    }
    for (u, unit) in units.iter().enumerate() {
        let Some(h) = unit.homonym else { continue };
        let entry = Side {
            reference: unit.id.clone(),
            label: unit.id.clone(),
            kind: None,
            articles: 0,
            first: None,
            entity: None,
        };
        records.push(Record {
            state: State::Split,
            pair: [side(u), entry],
            method: format!("surroundings of {}", h.labels[1]),
            score: super::SURE,
            date: unit.days.map(|d| d.1),
            in_force: targets[u].homonym.is_some(),
            line: None,
            note: String::new(),
        });
    }
    for l in &solution.links {
        let (a, b) = l.pair;
        // That two articles call a person the same is no decision between two identifiers.
        let state = match l.fate {
            Fate::Merged | Fate::Overruled(_) if units[a].id != units[b].id => State::Merged,
            Fate::Overruled(_) => State::Merged,
            Fate::Suggested => State::Suggested,
            _ => continue,
        };
        records.push(Record {
            state,
            pair: [side(a), side(b)],
            method: l.score.method.clone(),
            score: (l.score.probability * 1000.0).round() / 1000.0,
            date: units[a].days.into_iter().chain(units[b].days).map(|d| d.1).max(),
            in_force: l.fate == Fate::Merged,
            line: None,
            note: String::new(),
        });
    }
    let mut rejected = decisions.rejected.clone();
    rejected.extend(solution.rejected.iter().cloned());
    rejected.sort_by_key(|r| r.line);
    Report { records, rejected, entities: entities(units, targets) }
}

/// A unit that a reference names.
fn named(r: &Reference, units: &[Unit]) -> Option<usize> {
    let (id, document) = match r {
        Reference::Everywhere(id) => (id, None),
        Reference::In(id, d) => (id, Some(d)),
        Reference::Each => return None,
    };
    let start = units.partition_point(|u| u.id < *id);
    let of = (start..units.len()).take_while(|&u| units[u].id == *id);
    of.into_iter().find(|&u| document.is_none() || units[u].document.as_ref() == document)
}

fn unknown(r: &Reference) -> Side {
    let reference = r.to_string();
    Side { label: reference.clone(), reference, kind: None, articles: 0, first: None, entity: None }
}

fn entities(units: &[Unit], targets: &[Target]) -> BTreeMap<String, Vec<String>> {
    let mut parts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (u, t) in units.iter().zip(targets) {
        parts.entry(&t.id).or_default().insert(&u.id);
        out.entry(t.id.clone()).or_default().push(u.reference());
    }
    out.retain(|id, _| parts[id.as_str()].len() > 1 || !parts[id.as_str()].contains(id.as_str()));
    out
}

/// The records as quads, sorted.
pub(super) fn quads(iris: &Iris, report: &Report) -> Vec<Quad> {
    let graph = iris.graph("identity");
    let mut out = Vec::new();
    // Lines that say the same are counted, so that comments and blank lines between them change nothing.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for r in &report.records {
        let [a, b] = r.pair.each_ref().map(|s| s.reference.as_str());
        let date = r.date.map(|d| d.to_string()).unwrap_or_default();
        let state = format!("{:?}", r.state);
        let nth = seen.entry([a, b, &r.method, &date, &state].join("\t")).or_default();
        *nth += 1;
        let node = iris.decision(&content_id(&[a, b, &r.method, &date, &state, &nth.to_string()]));
        let mut add = |p: NamedNode, o: Term| out.push(Quad::new(node.clone(), p, o, graph.clone()));
        let verdict = match r.state {
            State::Merged => "Merged",
            State::Split => "Split",
            State::Suggested => "Suggested",
            State::Undone => "Undone",
        };
        add(vocab::type_(), kg("IdentityDecision").into());
        add(kg("verdict"), kg(verdict).into());
        for s in r.pair.iter().filter(|s| s.reference != Reference::Each.to_string()) {
            add(kg("aboutEntity"), iris.entity(&s.reference).into());
            if let Some(e) = &s.entity {
                add(kg("resultEntity"), iris.entity(e).into());
            }
        }
        add(kg("method"), Literal::from(r.method.as_str()).into());
        add(kg("score"), Literal::new_typed_literal(r.score.to_string(), xsd::DECIMAL).into());
        add(kg("inForce"), Literal::from(r.in_force).into());
        if let Some(d) = r.date {
            add(kg("decidedOn"), Literal::new_typed_literal(d.to_string(), xsd::DATE).into());
        }
        if !r.note.is_empty() {
            add(kg("note"), Literal::from(r.note.as_str()).into());
        }
    }
    quads::sort(&mut out);
    out
}
