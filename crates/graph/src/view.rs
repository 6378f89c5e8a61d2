//! Entities and claims as a graph of nodes and edges, whole or around a focus.

use crate::error::GraphError;
use crate::graph::Graph;
use crate::iri::relation_name;
use crate::records::{Agent, ClaimInfo, Claims, Value, fold};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::Date;

/// What to look at. The default is everything.
#[derive(Clone, Debug, Default)]
pub struct ViewOptions {
    /// Start from this entity: identifier, IRI, label or alias; case and diacritics do not matter.
    pub focus: Option<String>,
    /// How many claims away from the focus.
    pub hops: usize,
    /// Only these relations (names as in claims); empty for all.
    pub relations: Vec<String>,
    /// Only claims that hold or were reported on this day or later.
    pub since: Option<Date>,
    /// Only claims that hold or were reported on this day or earlier.
    pub until: Option<Date>,
}

/// A graph of entities and claims. Nodes are indices into `claims.entities`, edges into
/// `claims.claims`; claims whose object is no entity, or whose agent is unknown, are in `attributes`.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What the indices refer to.
    pub claims: Claims,
    /// Entities and the claims between them.
    pub graph: DiGraph<usize, usize>,
    /// Claims about one entity only: counts, texts, unknown agents.
    pub attributes: Vec<usize>,
    /// The entity of the focus.
    pub focus: Option<usize>,
}

impl Graph {
    /// The view that `options` ask for.
    ///
    /// # Errors
    /// When the focus or a relation is not in the graph ([`GraphError::NotFound`], with what looks
    /// like it).
    pub fn view(&self, options: &ViewOptions) -> Result<View, GraphError> {
        View::new(self.claims(), options)
    }
}

impl View {
    /// The part of `claims` that `options` ask for.
    ///
    /// # Errors
    /// As [`Graph::view`].
    pub fn new(claims: Claims, options: &ViewOptions) -> Result<Self, GraphError> {
        let relations =
            options.relations.iter().map(|r| known_relation(&claims, r)).collect::<Result<BTreeSet<String>, _>>()?;
        let focus = options.focus.as_deref().map(|f| claims.find_entity(f)).transpose()?;
        let kept: Vec<usize> = (0..claims.claims.len())
            .filter(|&i| {
                let c = &claims.claims[i];
                (relations.is_empty() || relations.contains(&c.relation)) && in_time(c, options)
            })
            .collect();
        let nodes = match focus {
            Some(f) => around(&claims, &kept, f, options.hops),
            None => kept.iter().flat_map(|&i| ends(&claims.claims[i])).collect(),
        };
        let mut graph = DiGraph::new();
        let node_of: BTreeMap<usize, NodeIndex> = nodes.iter().map(|&e| (e, graph.add_node(e))).collect();
        let mut attributes = Vec::new();
        for i in kept {
            let c = &claims.claims[i];
            match (c.subject, &c.object) {
                (Agent::Entity(s), Value::Entity(o)) => {
                    if let (Some(&s), Some(&o)) = (node_of.get(&s), node_of.get(o)) {
                        graph.add_edge(s, o, i);
                    }
                }
                _ if ends(c).iter().any(|e| node_of.contains_key(e)) => attributes.push(i),
                _ => {}
            }
        }
        Ok(View { claims, graph, attributes, focus })
    }
}

/// The relation that a user names: as in claims, with `rel:`, or by its label.
fn known_relation(claims: &Claims, name: &str) -> Result<String, GraphError> {
    let bare = name.strip_prefix("rel:").unwrap_or(name);
    let bare = bare.strip_prefix("open/").map_or_else(|| bare.to_owned(), |lemma| format!("open:{lemma}"));
    let asked = relation_name(name).unwrap_or(bare);
    let used = || claims.claims.iter().map(|c| c.relation.as_str());
    let known = || claims.relations.iter().map(|r| r.name.as_str()).chain(used());
    if known().any(|r| r == asked) {
        return Ok(asked);
    }
    let wanted = fold(&asked);
    let by_label = claims.relations.iter().find(|r| fold(&r.fr) == wanted || fold(&r.en) == wanted);
    if let Some(r) = by_label {
        return Ok(r.name.clone());
    }
    let near: BTreeSet<&str> = used().filter(|r| fold(r).contains(&wanted) || wanted.contains(&fold(r))).collect();
    Err(GraphError::NotFound { name: name.to_owned(), near: near.into_iter().take(5).map(str::to_owned).collect() })
}

/// Entities that a claim joins.
fn ends(c: &ClaimInfo) -> Vec<usize> {
    let mut out = Vec::with_capacity(2);
    if let Agent::Entity(s) = c.subject {
        out.push(s);
    }
    if let Value::Entity(o) = c.object {
        out.push(o);
    }
    out
}

/// A claim stands at its own time, else at the date of its article. Without either it has no place
/// between two dates.
fn in_time(c: &ClaimInfo, options: &ViewOptions) -> bool {
    let time = c.time.as_ref().filter(|t| t.start.is_some() || t.end.is_some());
    let (start, end) = match time {
        Some(t) => (t.start, t.end),
        None => (c.reported_on, c.reported_on),
    };
    if (options.since.is_some() || options.until.is_some()) && start.is_none() && end.is_none() {
        return false;
    }
    // An open end reaches as far as one asks.
    options.since.is_none_or(|s| end.is_none_or(|e| e >= s))
        && options.until.is_none_or(|u| start.is_none_or(|d| d <= u))
}

/// Entities at most `hops` claims away from `focus`, in any direction.
fn around(claims: &Claims, kept: &[usize], focus: usize, hops: usize) -> BTreeSet<usize> {
    let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &i in kept {
        if let [a, b] = ends(&claims.claims[i])[..] {
            next.entry(a).or_default().push(b);
            next.entry(b).or_default().push(a);
        }
    }
    let mut seen = BTreeSet::from([focus]);
    let mut edge = vec![focus];
    for _ in 0..hops {
        let mut found = Vec::new();
        for e in edge {
            for &n in next.get(&e).into_iter().flatten() {
                if seen.insert(n) {
                    found.push(n);
                }
            }
        }
        edge = found;
        if edge.is_empty() {
            break;
        }
    }
    seen
}
