//! Quantities: numbers in digits and words, with precision and unit.
//!
//! Like times, they are read from words rather than trees; the tree only helps to find the counted
//! noun where it does not stand right behind the number.

mod lexicon;
mod number;
mod read;

use crate::time::{self, TimeExpr};
use temoin_model::{Document, Quantity, Span, Tok, TokenId};

/// A quantity with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityExpr {
    /// Its words: « au moins un millier », without the counted noun; with the unit where the noun is
    /// one (« 3,5 % », « 40 millions d'euros »).
    pub tokens: Span<Tok>,
    /// The counted noun (« blessés » in « un millier de blessés »), or the quantity's own head
    /// where nothing is counted.
    pub noun: TokenId,
    /// What it stands for.
    pub value: Quantity,
}

/// All quantities of a document, in text order, without overlap. Numbers inside a time expression,
/// ordinals, labels (« article 5 ») and times of day are not quantities.
pub fn find(doc: &Document) -> Vec<QuantityExpr> {
    find_beside(doc, &time::find(doc))
}

/// As [`find`], where the times of the document are known already.
pub fn find_beside(doc: &Document, times: &[TimeExpr]) -> Vec<QuantityExpr> {
    let lexicon = lexicon::of(doc.meta.lang);
    let mut out = Vec::new();
    let mut taken = times.iter().map(|t| t.tokens).peekable();
    for &sentence in doc.sentences() {
        let mut here = Vec::new();
        while let Some(span) = taken.next_if(|t| t.start < sentence.end) {
            here.push(span);
        }
        read::sentence(doc, lexicon, sentence, &here, &mut out);
    }
    out
}

#[cfg(test)]
mod tests;
