//! A digest of what a graph says: equal for equal facts, however the folder came about.
//!
//! It is the SHA-256 of the canonical N-Quads of [RDFC-1.0](https://www.w3.org/TR/rdf-canon/): each
//! quad a line in the canonical form of N-Quads, the lines sorted by code points, each once. Témoin
//! makes no blank nodes, so that is all of the algorithm; blank nodes that segments of others bring
//! are named by the RDFC-1.0 of `oxrdf`.
//!
//! The quads are those of `temoin export --format nquads` without the graphs `g:meta` (which version
//! of the program, how many articles) and `g:ontology` (what relations are called): they say nothing
//! of the world. Neither the layout of segments, nor the order of adding, nor articles that came and
//! went leave a trace.

use crate::error::GraphError;
use crate::export::Facts;
use crate::merge::Merge;
use crate::store::{Damaged, GraphFolder};
use oxigraph::model::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxigraph::model::{Dataset, GraphName, NamedOrBlankNode, Quad, Term};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt::{self, Write as _};

/// The digest of a graph and of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Digest {
    /// SHA-256 of everything below, as `sha256:` and 64 hexadecimal digits.
    pub digest: String,
    /// Number of quads.
    pub quads: u64,
    /// Number of articles.
    pub articles: u64,
    /// The articles' own graphs: texts, claims, evidence.
    pub documents: Part,
    /// `g:entities`: labels, aliases, types of entities.
    pub entities: Part,
    /// `g:facts`: the plain edges of asserted claims.
    pub facts: Part,
    /// Segments that could not be read and are left out: the digest is then one of the rest.
    #[serde(skip)]
    pub damaged: Vec<Damaged>,
}

/// A part of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its digest, made the same way.
    pub digest: String,
    /// Number of quads.
    pub quads: u64,
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digest)
    }
}

/// The digest of a graph folder. Memory holds its N-Quads.
///
/// # Errors
/// When the folder cannot be read. A damaged segment is left out and named.
pub fn digest(folder: &GraphFolder) -> Result<Digest, GraphError> {
    let iris = folder.iris();
    let mut merge = Merge::new(iris, Facts::Asserted);
    let mut damaged = Vec::new();
    let mut lines = Lines::default();
    for part in folder.segments() {
        match folder.read(&part) {
            Ok(mut quads) => {
                merge.absorb(&mut quads);
                lines.add(quads);
            }
            Err(d) => damaged.push(d),
        }
    }
    let articles = merge.documents();
    let shared = merge.finish();
    let of = |name: &str| {
        let graph = GraphName::from(iris.graph(name));
        let mut lines = Lines::default();
        lines.add(shared.iter().filter(|q| q.graph_name == graph).cloned());
        lines.sorted()
    };
    let left_out = ["meta", "ontology"].map(|n| GraphName::from(iris.graph(n)));
    let (documents, entities, facts) = (lines.clone().sorted(), of("entities"), of("facts"));
    lines.add(shared.into_iter().filter(|q| !left_out.contains(&q.graph_name)));
    let all = part_of(&lines.sorted());
    Ok(Digest {
        digest: all.digest,
        quads: all.quads,
        articles,
        documents: part_of(&documents),
        entities: part_of(&entities),
        facts: part_of(&facts),
        damaged,
    })
}

fn part_of(lines: &[String]) -> Part {
    let mut hash = Sha256::new();
    for l in lines {
        hash.update(l.as_bytes());
    }
    let mut digest = "sha256:".to_owned();
    for b in hash.finalize() {
        let _ = write!(digest, "{b:02x}");
    }
    Part { digest, quads: lines.len() as u64 }
}

/// Quads as lines, those with blank nodes apart.
#[derive(Clone, Debug, Default)]
struct Lines {
    named: Vec<String>,
    blank: Vec<Quad>,
}

impl Lines {
    fn add(&mut self, quads: impl IntoIterator<Item = Quad>) {
        for q in quads {
            if has_blank(&q) {
                self.blank.push(q);
            } else {
                self.named.push(line(&q));
            }
        }
    }

    /// Quads without blank nodes do not change how RDFC-1.0 names those of others.
    fn sorted(mut self) -> Vec<String> {
        if !self.blank.is_empty() {
            let mut dataset: Dataset = self.blank.iter().map(Quad::as_ref).collect();
            dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 {
                hash_algorithm: CanonicalizationHashAlgorithm::Sha256,
            });
            self.named.extend(dataset.iter().map(|q| line(&q.into_owned())));
        }
        self.named.sort_unstable();
        self.named.dedup();
        self.named
    }
}

/// A line of canonical N-Quads.
fn line(q: &Quad) -> String {
    format!("{q} .\n")
}

fn has_blank(q: &Quad) -> bool {
    matches!(q.subject, NamedOrBlankNode::BlankNode(_))
        || matches!(q.object, Term::BlankNode(_))
        || matches!(q.graph_name, GraphName::BlankNode(_))
}
