//! Statements: the words that someone says.

use super::args::{Arg, What};
use super::engine::Engine;
use temoin_model::{Char, Span, TokenId, Upos};

/// Longest statement kept as words.
const MAX_CONTENT: u32 = 300;

impl Engine<'_> {
    /// The words of the clause at `t` as a text.
    pub(super) fn text_arg(&mut self, t: TokenId) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let mut words = doc.subtree(t);
        let skip = |t: TokenId| {
            matches!(doc.upos(t), Upos::Punct | Upos::Sconj) || matches!(doc.form(t), "de" | "d'" | "d’" | "à" | "to")
        };
        while !words.is_empty() && skip(TokenId(words.start)) {
            words = Span::new(words.start + 1, words.end);
        }
        while !words.is_empty() && doc.upos(TokenId(words.end - 1)) == Upos::Punct {
            words = Span::new(words.start, words.end - 1);
        }
        if words.is_empty() {
            return None;
        }
        let mut span: Span<Char> = doc.char_span(words);
        if span.len() > MAX_CONTENT {
            span = Span::new(span.start, span.start + MAX_CONTENT);
        }
        let text = doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Arg { what: What::Text(text), span: Some(span), head: Some(t), sure: 1.0 })
    }

    /// What is said: the complement clause, or the sentence that an inserted « a dit X » belongs to.
    pub(super) fn content(&mut self, v: TokenId) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let clause = doc.dependents(v).iter().copied().find(|&d| {
            matches!(doc.relation(d), "ccomp" | "xcomp" | "parataxis") && self.args.tree.is_verbal(d)
                || doc.relation(d) == "ccomp"
        });
        if let Some(c) = clause {
            return self.text_arg(c);
        }
        if doc.relation(v) == "parataxis" {
            let h = doc.head(v)?;
            let s = doc.sentence(doc.sentence_of(v));
            let own = doc.subtree(v);
            // The longer side of the sentence around the inserted clause.
            let (lo, hi) = if own.start - s.start >= s.end.saturating_sub(own.end) {
                (s.start, own.start)
            } else {
                (own.end, s.end)
            };
            let words = (lo..hi).map(TokenId);
            let content: Vec<TokenId> = words.filter(|&t| doc.upos(t) != Upos::Punct).collect();
            let (a, b) = (content.first()?, content.last()?);
            let mut span = doc.char_span(Span::new(a.0, b.0 + 1));
            if span.len() > MAX_CONTENT {
                span = Span::new(span.start, span.start + MAX_CONTENT);
            }
            let text = doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(Arg { what: What::Text(text), span: Some(span), head: Some(h), sure: 0.9 });
        }
        None
    }
}
