//! Who is who across articles.
//!
//! A mention points to an entity of its article, and that never changes. Which entities of two
//! articles are one is decided when a graph is loaded or exported:
//!
//! 1. Occurrences that need no proof are one unit: what the gazetteer knows, and things of equal name
//!    and type. A person that only texts name is a unit in each article ([`units`]).
//! 2. Units of one block (a name, an acronym, a family name, a Wikidata identifier) are compared and
//!    scored ([`blocks`], [`score`]).
//! 3. The decisions of people come first ([`decisions`]); then sure links are followed, the most
//!    likely first, unless they would join what cannot be one ([`solve`]). Likely ones are suggested.
//! 4. The quads of the articles concerned are rewritten to the identifiers of the clusters
//!    ([`apply`]), and what was decided is written into `g:identity` ([`records`]).
//!
//! All of it is a function of the articles and of the file of decisions, so the same input gives the
//! same bytes, in whatever order articles came.

mod apply;
mod blocks;
pub mod decisions;
mod homonyms;
mod lookup;
mod names;
mod records;
mod score;
mod solve;
mod units;

pub(crate) use apply::Rewriter;
pub use lookup::Pointer;
pub use records::{Record, Report, Side, State};
pub use score::{LIKELY, SURE};

use crate::gather::Article;
use crate::iri::Iris;
use decisions::Decisions;
use oxigraph::model::Quad;

/// What was decided for the articles of a graph.
#[derive(Debug)]
pub(crate) struct Identity {
    /// Rewrites quads.
    pub rewriter: Rewriter,
    /// The graph `g:identity`.
    pub quads: Vec<Quad>,
    /// The same for people.
    pub report: Report,
}

/// Decides who is who. `articles` are sorted by identifier.
pub(crate) fn decide(iris: &Iris, articles: &[Article], decisions: &Decisions) -> Identity {
    let (units, numbers) = units::units(articles, decisions);
    let solution = solve::solve(articles, &units, &numbers, decisions);
    let targets = apply::targets(articles, &units, &solution.cluster);
    let report = records::report(articles, &units, &solution, &targets, decisions);
    let quads = records::quads(iris, &report);
    Identity { rewriter: Rewriter::new(iris, articles, &units, &targets), quads, report }
}
