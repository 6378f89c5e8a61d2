//! Who says a claim, and how sure they are: status, certainty, polarity, tense and source.
//!
//! The three axes of FactBank (Saurí and Pustejovsky 2009), read by climbing from the trigger to the
//! root of its sentence: each clause on the way adds what it says of itself (negation, mood, adverbs)
//! and what it does to the clause inside it (reporting, wishing, condition …). Cue words are data:
//! `data/lexicon/LANG/cues.tsv`.

mod around;
mod clause;
mod climb;
mod cues;
mod embed;
mod nouns;
mod participant;
mod source;

pub use participant::judge_participant;

use temoin_model::{Certainty, Document, Polarity, Span, Status, Tense, Tok, TokenId};

/// Source of a claim, as words: the claims stage maps them to entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The article itself.
    #[default]
    Author,
    /// The noun phrase with this head.
    Token(TokenId),
    /// A source without a name (hearsay).
    Unnamed,
}

/// What the context of a trigger says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Factuality {
    /// Overall status.
    pub status: Status,
    /// Certainty of the source.
    pub certainty: Certainty,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Tense.
    pub tense: Tense,
    /// Who says it.
    pub said_by: Source,
    /// What made the status, sorted: `EpistemicConditional`, `Selon`, `Negation` …
    pub markers: Vec<String>,
}

/// Judges the clause or nominal whose head is `trigger`.
pub fn judge(doc: &Document, trigger: TokenId) -> Factuality {
    climb::Climb::new(doc, trigger).run()
}

/// Who says the quoted words that `t` stands in.
pub(crate) fn quoted_speaker(doc: &Document, t: TokenId) -> Option<TokenId> {
    match quoted(doc, t)? {
        Source::Token(s) => Some(s),
        _ => None,
    }
}

/// Who says the quotation that `t` stands in; nothing outside of one.
pub(crate) fn quoted(doc: &Document, t: TokenId) -> Option<Source> {
    source::quotation(doc, cues::of(doc.meta.lang), t)
}

/// The words of the quotation that closes right before the verb `v` that reports it.
pub(crate) fn quotation_before(doc: &Document, v: TokenId) -> Option<Span<Tok>> {
    source::closed_before(doc, cues::of(doc.meta.lang), v)
}

#[cfg(test)]
mod tests;
