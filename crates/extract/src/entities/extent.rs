//! How far a mention reaches: the whole noun phrase with determiner, complements and relative
//! clauses, as corpora of coreference cut mentions. The mentions themselves are short, because their
//! words become labels.

use super::phrase::before;
use temoin_model::{Document, Lang, Mention, MentionKind, Span, Tok, TokenId, Upos};

/// The whole phrase of each mention, in the order of `mentions`, by the tree: title and name are one
/// phrase, a conjunct ends it. Never shorter than the mention's own words, but for pronouns, which
/// stay as they are.
pub fn extents(doc: &Document, mentions: &[Mention]) -> Vec<Span<Tok>> {
    let mut headed = vec![false; doc.len()];
    for m in mentions {
        if let Some(h) = headed.get_mut(m.head.ix()) {
            *h = true;
        }
    }
    mentions.iter().map(|m| extent(doc, m, &headed)).collect()
}

fn extent(doc: &Document, m: &Mention, headed: &[bool]) -> Span<Tok> {
    if matches!(m.kind, MentionKind::Pronoun | MentionKind::Demonym) {
        return m.tokens;
    }
    let mut head = m.head;
    // « le lieutenant Durand »: the title heads the phrase.
    if let Some(title) = doc.head(head).filter(|&t| {
        t.0 < m.tokens.start
            && !headed[t.ix()]
            && matches!(doc.relation(head), "flat" | "appos" | "nmod")
            && matches!(doc.upos(t), Upos::Noun | Upos::Propn)
            && (t.0 + 1..m.tokens.start).all(|x| matches!(doc.upos(TokenId(x)), Upos::Adj | Upos::Noun | Upos::Propn))
    }) {
        head = title;
    }
    let words: Span<Tok> = Span::new(m.tokens.start.min(head.0), m.tokens.end.max(head.0 + 1));
    let sentence = doc.sentence(doc.sentence_of(head));
    let inside = |t: TokenId, right: bool| {
        let mut at = t;
        loop {
            match doc.head(at) {
                Some(h) if h == head || words.contains_at(h.0) => return allowed(doc, at, h, right),
                Some(h) if h != at => at = h,
                _ => return false,
            }
        }
    };
    let mut start = words.start;
    while start > sentence.start && inside(TokenId(start - 1), false) {
        start -= 1;
    }
    let mut end = words.end;
    while end < sentence.end && inside(TokenId(end), true) && !stops(doc, TokenId(end), head) {
        end += 1;
    }
    let loose = |t: u32| matches!(doc.upos(TokenId(t)), Upos::Punct | Upos::Cconj);
    while start < words.start && loose(start) {
        start += 1;
    }
    while end > words.end && loose(end - 1) && !closes(doc, start, end) {
        end -= 1;
    }
    Span::new(start, end)
}

/// Whether the phrase ends before `t`: at a bracket, a dash or a colon; in French at a comma and a
/// relative clause, which the corpora leave out.
fn stops(doc: &Document, t: TokenId, head: TokenId) -> bool {
    if matches!(doc.form(t), "(" | "[" | ":" | ";" | "–" | "—" | "!" | "?") {
        return true;
    }
    let french = doc.meta.lang == Lang::Fr;
    french && (doc.form(t) == "," || opens_relative(doc, t, head))
}

/// Whether a relative clause inside the phrase begins at `t`.
fn opens_relative(doc: &Document, t: TokenId, head: TokenId) -> bool {
    let mut at = t;
    while let Some(up) = doc.head(at).filter(|_| at != head) {
        if doc.deprel(at) == "acl:relcl" {
            return doc.subtree(at).start == t.0;
        }
        at = up;
    }
    false
}

/// Whether the dependent `t` of a word of the phrase belongs to it.
fn allowed(doc: &Document, t: TokenId, head: TokenId, right: bool) -> bool {
    let rel = doc.relation(t);
    if right {
        return match rel {
            "amod" | "nmod" | "flat" | "fixed" | "compound" | "acl" | "appos" | "nummod" | "det" | "punct" | "obl" => {
                true
            }
            "case" => doc.meta.lang == Lang::En && matches!(doc.form(t), "'s" | "’s" | "'" | "’"),
            _ => false,
        };
    }
    match rel {
        "det" | "amod" | "nummod" | "compound" | "flat" | "punct" => true,
        "nmod" => doc.deprel(t) == "nmod:poss" || doc.meta.lang == Lang::En,
        "advmod" => before(doc, t).is_some_and(|b| doc.relation(b) == "det" && doc.head(b) == Some(head)),
        _ => false,
    }
}

/// Whether the bracket that ends the phrase was opened in it.
fn closes(doc: &Document, start: u32, end: u32) -> bool {
    let open = match doc.form(TokenId(end - 1)) {
        ")" => "(",
        "]" => "[",
        "»" => "«",
        "”" => "“",
        _ => return false,
    };
    (start..end).any(|x| doc.form(TokenId(x)) == open)
}
