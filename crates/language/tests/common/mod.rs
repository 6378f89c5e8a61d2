//! What holds for the analysis of every text. The fuzz target checks the same.

use temoin_language::tokenizer::compose;
use temoin_model::{Document, Span, TokenId};

/// Panics with the reason when the analysis breaks a promise.
pub(crate) fn check(d: &Document) {
    tokens(d);
    sentences(d);
    names(d);
}

/// Words stand in order on characters of the text, and what no word covers is blank.
fn tokens(d: &Document) {
    assert_eq!(d.char_len() as usize, d.text().chars().count());
    let mut joined = vec![false; d.len()];
    let mut last = 0;
    for m in d.multiwords() {
        assert!(m.len() > 1 && m.start >= last && m.end as usize <= d.len(), "multiword token {m:?}");
        last = m.end;
        assert_eq!(d.sentence_of(TokenId(m.start)), d.sentence_of(TokenId(m.end - 1)), "{m:?} in two sentences");
        let span = d.token_span(TokenId(m.start));
        for t in d.tokens_in(*m) {
            assert_eq!(d.token_span(t), span, "the words of {m:?} stand apart");
            joined[t.ix()] = true;
        }
    }
    let mut at = 0;
    let blank = |from: u32, to: u32| {
        let skipped = d.slice(Span::new(from, to));
        assert!(skipped.chars().all(is_blank), "{skipped:?} is part of no word");
    };
    let mut before: Option<TokenId> = None;
    for t in d.tokens() {
        let span = d.token_span(t);
        assert!(span.start < span.end && span.end <= d.char_len(), "word {t:?} at {span:?}");
        assert!(d.text().get(d.bytes(span).as_usize()).is_some(), "{span:?} cuts a character");
        if before.is_some_and(|b| d.token_span(b) == span) {
            assert!(joined[t.ix()], "{t:?} repeats a word");
        } else {
            assert!(at <= span.start, "{t:?} goes back");
            blank(at, span.start);
            at = span.end;
        }
        if !joined[t.ix()] {
            assert_eq!(d.form(t), compose(d.slice(span)));
        }
        assert!(!d.form(t).is_empty() && !d.lemma(t).is_empty() && !d.deprel(t).is_empty(), "{t:?} lacks something");
        before = Some(t);
    }
    blank(at, d.char_len());
}

/// Sentences are cut without a gap, and each is one tree.
fn sentences(d: &Document) {
    let mut at = 0;
    let mut depth = vec![0u32; d.len()];
    for (s, &words) in d.sentences().iter().enumerate() {
        assert!(words.start == at && !words.is_empty(), "sentence {s} is {words:?}");
        at = words.end;
        let roots = d.tokens_in(words).filter(|&t| d.head(t).is_none()).count();
        assert_eq!(roots, 1, "roots of {:?}", d.slice(d.sentence_span(s)));
        for t in d.tokens_in(words) {
            assert_eq!(d.sentence_of(t), s);
            assert_eq!(d.deprel(t) == "root", d.head(t).is_none());
            assert!(d.head(t).is_none_or(|h| words.contains_at(h.0)), "{t:?} hangs on another sentence");
            assert!(reaches_root(d, t, words, &mut depth), "a cycle through {t:?}");
        }
    }
    assert_eq!(at as usize, d.len());
}

/// Whether the way from `t` upwards ends at a root. `seen` is 1 for words whose way is known to end
/// there, so that a chain of a thousand words is walked once.
fn reaches_root(d: &Document, t: TokenId, words: Span<temoin_model::Tok>, seen: &mut [u32]) -> bool {
    let (mut way, mut at) = (Vec::new(), Some(t));
    while let Some(x) = at.filter(|x| seen[x.ix()] == 0) {
        way.push(x);
        if way.len() > words.len() as usize {
            return false;
        }
        at = d.head(x);
    }
    way.iter().for_each(|x| seen[x.ix()] = 1);
    true
}

/// Names stand in order, each inside one sentence.
fn names(d: &Document) {
    let mut at = 0;
    for n in &d.names {
        assert!(!n.tokens.is_empty() && at <= n.tokens.start && n.tokens.end as usize <= d.len(), "{n:?}");
        at = n.tokens.end;
        assert!(d.sentence(d.sentence_of(TokenId(n.tokens.start))).contains(n.tokens), "{n:?} in two sentences");
    }
}

/// White space, control characters, and signs without width that stand between words.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
