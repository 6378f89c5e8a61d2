//! Relation frames over the dependency tree, as data, and the claims they make.
//!
//! `inventory` reads `relations.toml` into `frame`s; `engine` looks each word up among the triggers;
//! `roles` and `statements` fill the roles of its frames by asking the tree (`syntax`, `voice`, `clauses`,
//! `own_subjects`, `objects`, `relatives`, `nominals`), `args` and `states` about who is meant, and
//! `circumstances` about places, `means` about tools; `claims` makes claims of them, `parts` of second numbers;
//! `events` says which speak of one happening, and why; `open` keeps verbs that no frame knows.

mod ages;
mod amounts;
mod args;
mod circumstances;
mod claims;
mod clauses;
mod engine;
mod errors;
mod events;
mod frame;
mod grammar;
mod inventory;
mod means;
mod names_beside;
mod nominals;
mod objects;
mod open;
mod own_subjects;
mod parts;
mod relatives;
mod roles;
mod statements;
mod states;
mod syntax;
mod voice;

pub use errors::RelationsError;
pub use inventory::{Example, Relation, RelationKind, Relations};

use crate::entities::{EntityLayer, Gazetteer};
use crate::quantity::QuantityExpr;
use crate::time::TimeExpr;
use crate::trace::Rejection;
use temoin_model::{Document, Extraction};

/// All claims of a document; `trace` takes the triggers that give none.
pub fn claims(
    doc: &Document,
    relations: &Relations,
    gazetteer: &Gazetteer,
    layer: EntityLayer,
    (times, quantities): (&[TimeExpr], &[QuantityExpr]),
    trace: Option<&mut Vec<Rejection>>,
) -> Extraction {
    let tree = syntax::Tree { doc, grammar: relations.grammars.of(doc.meta.lang) };
    let args = args::Args::new(tree, gazetteer, layer, times, quantities);
    let mut engine = engine::Engine { args, relations, times, judged: Vec::new(), claims: Vec::new(), trace };
    engine.run(doc.meta.lang);
    engine.inherent();
    engine.ages();
    engine.ages_then();
    engine.quoted_sources();
    engine.finish()
}
