//! Time expressions, resolved to days.

use temoin_model::{Document, Span, TimeValue, Tok};

/// A time expression with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpr {
    /// Its words.
    pub tokens: Span<Tok>,
    /// What it stands for.
    pub value: TimeValue,
}

/// All time expressions of a document, in text order, without overlap.
pub fn find(_doc: &Document) -> Vec<TimeExpr> {
    Vec::new()
}
