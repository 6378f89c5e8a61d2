//! Relation frames over the dependency tree, as data, and the claims they make.

use crate::entities::EntityLayer;
use crate::quantity::QuantityExpr;
use crate::time::TimeExpr;
use temoin_model::{Document, Extraction};

/// The relation inventory with its frames.
#[derive(Debug, Default)]
pub struct Relations {}

impl Relations {
    /// The inventory that the binary embeds.
    pub fn builtin() -> Self {
        Relations {}
    }
}

/// All claims of a document.
pub fn claims(
    _doc: &Document,
    _relations: &Relations,
    layer: EntityLayer,
    _times: &[TimeExpr],
    _quantities: &[QuantityExpr],
) -> Extraction {
    Extraction { mentions: layer.mentions, entities: layer.entities, ..Extraction::default() }
}
