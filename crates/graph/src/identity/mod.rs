//! Who is who across articles.
//!
//! A mention points to an entity of its article, and that never changes. Which entities of two
//! articles are one is decided when a graph is loaded or exported:
//!
//! 1. Occurrences that need no proof are one unit: what the gazetteer knows, and things of equal name
//!    and type. A person that only texts name is a unit in each article (`units`).
//! 2. Units of one block (a name, an acronym, a family name, a Wikidata identifier) are compared and
//!    scored (`blocks`, `score`).
//! 3. The decisions of people come first ([`decisions`]); then sure links are followed, the most
//!    likely first, unless they would join what cannot be one (`solve`). Likely ones are suggested.
//! 4. The quads of the articles concerned are rewritten to the identifiers of the clusters
//!    (`apply`), and what was decided is written into `g:identity` (`records`).
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
use rustc_hash::FxHashMap;

/// The entities of articles as the graph calls them.
#[derive(Debug)]
pub(crate) struct Canonical<'a> {
    articles: &'a [Article],
    /// Where that is not what the article calls it, or where words are a name after all.
    changed: FxHashMap<(usize, usize), (String, bool)>,
}

impl Canonical<'_> {
    /// Identifier of an entity of an article, by their indices.
    pub(crate) fn of(&self, article: usize, entity: usize) -> &str {
        let own = &self.articles[article].entities[entity].id;
        self.changed.get(&(article, entity)).map_or(own, |c| &c.0)
    }

    /// Whether it has a proper name.
    pub(crate) fn is_named(&self, article: usize, entity: usize) -> bool {
        let own = self.articles[article].entities[entity].named;
        self.changed.get(&(article, entity)).map_or(own, |c| c.1)
    }
}

/// What was decided for the articles of a graph.
#[derive(Debug)]
pub(crate) struct Identity<'a> {
    /// Who is who.
    pub canonical: Canonical<'a>,
    /// Rewrites quads.
    pub rewriter: Rewriter,
    /// The graph `g:identity`.
    pub quads: Vec<Quad>,
    /// The same for people.
    pub report: Report,
}

/// Decides who is who. `articles` are sorted by identifier; `copies` has for each the first of its copies.
pub(crate) fn decide<'a>(
    iris: &Iris,
    articles: &'a [Article],
    copies: &[usize],
    decisions: &Decisions,
) -> Identity<'a> {
    let (units, numbers) = units::units(articles, decisions);
    let solution = solve::solve(articles, copies, &units, &numbers, decisions);
    let targets = apply::targets(articles, &units, &solution.cluster);
    let report = records::report(articles, &units, &solution, &targets, decisions);
    let quads = records::quads(iris, &report);
    let mut changed = FxHashMap::default();
    for (u, t) in units.iter().zip(&targets).filter(|(u, t)| u.id != t.id || u.named != t.named) {
        changed.extend(u.nodes.iter().map(|n| (*n, (t.id.clone(), t.named))));
    }
    let canonical = Canonical { articles, changed };
    Identity { canonical, rewriter: Rewriter::new(iris, articles, &units, &targets), quads, report }
}
