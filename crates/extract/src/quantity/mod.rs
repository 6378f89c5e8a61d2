//! Quantities: numbers in digits and words, with precision and unit.

use temoin_model::{Document, Quantity, Span, Tok, TokenId};

/// A quantity with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityExpr {
    /// Its words: « au moins un millier », without the counted noun.
    pub tokens: Span<Tok>,
    /// The counted noun (« blessés » in « un millier de blessés »), or the quantity's own head
    /// where nothing is counted.
    pub noun: TokenId,
    /// What it stands for.
    pub value: Quantity,
}

/// All quantities of a document, in text order, without overlap.
pub fn find(_doc: &Document) -> Vec<QuantityExpr> {
    Vec::new()
}
