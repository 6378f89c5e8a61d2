//! Documents for tests: bare words without tags, and hand-written trees.

use temoin_model::{Document, DocumentBuilder, Meta, Span, TokenId, Upos, Word, conllu};

/// Words split at blanks, apostrophes and punctuation, without tags or trees. A line is a sentence.
pub(crate) fn bare(text: &str, meta: Meta) -> Document {
    let mut b = DocumentBuilder::new(text.to_owned(), meta);
    let chars: Vec<char> = text.chars().collect();
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '°');
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        if c == '\n' {
            b.end_sentence();
            i += 1;
            continue;
        }
        if c.is_whitespace() {
            i += 1;
            continue;
        }
        let start = i;
        if joins(c) && c != '-' {
            while i < chars.len()
                && (joins(chars[i])
                    || (matches!(chars[i], ',' | '.')
                        && chars[start].is_ascii_digit()
                        && chars.get(i + 1).is_some_and(char::is_ascii_digit)))
            {
                i += 1;
            }
            if i < chars.len() && matches!(chars[i], '\'' | '’') {
                i += 1;
            }
        } else {
            i += 1;
        }
        let form: String = chars[start..i].iter().collect();
        let upos = if form.chars().all(|c| c.is_alphanumeric()) {
            if form.chars().all(|c| c.is_ascii_digit()) { Upos::Num } else { Upos::X }
        } else {
            Upos::Punct
        };
        let lemma = form.to_lowercase();
        let span = Span::new(start as u32, i as u32);
        b.push(Word { span, form: &form, lemma: &lemma, upos, feats: "", head: None, deprel: "dep" });
    }
    b.finish()
}

/// A tree from lines of `form lemma UPOS feats head deprel`, blanks between; `_` for no features.
/// An empty line ends a sentence.
pub(crate) fn tree(rows: &str, meta: Meta) -> Document {
    let mut out = String::new();
    let mut n = 0;
    for row in rows.lines().map(str::trim) {
        if row.is_empty() {
            out.push('\n');
            n = 0;
            continue;
        }
        n += 1;
        let c: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(c.len(), 6, "row '{row}'");
        out.push_str(&format!("{n}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\t_\n", c[0], c[1], c[2], c[3], c[4], c[5]));
    }
    conllu::parse_one(&out, meta).expect("a well-formed tree")
}

/// The first token with this form.
pub(crate) fn token(doc: &Document, form: &str) -> TokenId {
    doc.tokens().find(|&t| doc.form(t) == form).unwrap_or_else(|| panic!("no word '{form}'"))
}

/// Metadata with a publication date.
pub(crate) fn published(date: &str) -> Meta {
    Meta { published: Some(date.parse().expect("a date")), ..Meta::default() }
}
