//! CoNLL-U, the exchange format of Universal Dependencies: a reader for tests and training, and the
//! writer of `temoin annotate`. Format: <https://universaldependencies.org/format.html>.

use crate::NameKind;
use crate::article::Meta;
use crate::document::{Document, DocumentBuilder, TokenId, Upos, Word};
use crate::span::{Char, Span};
use std::borrow::Cow;
use std::fmt::{self, Write};
use std::str::FromStr;

/// What is wrong with a CoNLL-U text, and on which line (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConlluError {
    /// Line number.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
impl std::error::Error for ConlluError {}

/// Reads all sentences of `source` as one document whose text is rebuilt from the forms and their
/// `SpaceAfter=No`; a blank stands between sentences. Empty nodes (`8.1`) are passed over.
///
/// # Errors
/// On a line with fewer than eight columns, an unknown part of speech, a head that is no number or
/// lies outside the sentence.
pub fn parse_one(source: &str, meta: Meta) -> Result<Document, ConlluError> {
    struct Row<'a> {
        span: Span<Char>,
        cols: Vec<&'a str>,
        line: usize,
    }
    type Block<'a> = (Vec<Row<'a>>, Vec<(usize, usize)>);
    let mut text = String::new();
    let mut chars = 0u32;
    let mut sentences: Vec<Block<'_>> = Vec::new();
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    // Inside a multiword token: last word it covers, its span, and whether a blank follows.
    let mut inside: Option<(usize, Span<Char>)> = None;
    let mut pending_space = false;
    for (n, line) in source.lines().chain(std::iter::once("")).enumerate() {
        let fail = |message: String| ConlluError { line: n + 1, message };
        if line.trim().is_empty() {
            if !rows.is_empty() {
                sentences.push((std::mem::take(&mut rows), std::mem::take(&mut ranges)));
                inside = None;
                pending_space = true;
            }
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let cols: Vec<&str> = line.split('\t').collect();
        if cols.len() < 8 {
            return Err(fail(format!("{} columns, expected 10 separated by tabs", cols.len())));
        }
        if cols[0].contains('.') {
            continue;
        }
        let mut surface = |form: &str| {
            if pending_space && !text.is_empty() {
                text.push(' ');
                chars += 1;
            }
            let start = chars;
            text.push_str(form);
            chars += form.chars().count() as u32;
            Span::new(start, chars)
        };
        let glued = cols.get(9).is_some_and(|m| m.split('|').any(|f| f == "SpaceAfter=No"));
        if let Some((a, b)) = cols[0].split_once('-') {
            let (a, b): (usize, usize) = match (a.parse(), b.parse()) {
                (Ok(a), Ok(b)) if a <= b && a == rows.len() + 1 => (a, b),
                _ => return Err(fail(format!("bad token range '{}'", cols[0]))),
            };
            let span = surface(cols[1]);
            pending_space = !glued;
            inside = Some((b, span));
            ranges.push((a, b));
            continue;
        }
        let span = match inside {
            Some((last, span)) if rows.len() < last => span,
            _ => {
                inside = None;
                let span = surface(cols[1]);
                pending_space = !glued;
                span
            }
        };
        rows.push(Row { span, cols, line: n + 1 });
    }
    let mut b = DocumentBuilder::new(text, meta);
    for (rows, ranges) in &sentences {
        let base = b.next_id().0;
        for r in rows {
            let fail = |message: String| ConlluError { line: r.line, message };
            let head: usize = r.cols[6].parse().map_err(|_| fail(format!("bad head '{}'", r.cols[6])))?;
            if head > rows.len() {
                return Err(fail(format!("head {head} in a sentence of {} words", rows.len())));
            }
            b.push(Word {
                span: r.span,
                form: r.cols[1],
                lemma: r.cols[2],
                upos: Upos::from_str(r.cols[3]).map_err(fail)?,
                feats: if r.cols[5] == "_" { "" } else { r.cols[5] },
                head: (head > 0).then(|| TokenId(base + head as u32 - 1)),
                deprel: r.cols[7],
            });
        }
        for &(x, y) in ranges {
            b.multiword(Span::new(base + x as u32 - 1, base + y as u32));
        }
        b.end_sentence();
    }
    Ok(b.finish())
}

/// Writes a document as CoNLL-U, with `sent_id`, `text`, character offsets (`start_char`,
/// `end_char`) and names (`NER=B-Person`) in the last column.
pub fn write(doc: &Document) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# newdoc id = {}", doc.id);
    let mut multiwords = doc.multiwords().iter().peekable();
    for s in 0..doc.sentence_count() {
        let words = doc.sentence(s);
        let flat: String = doc.slice(doc.sentence_span(s)).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "# sent_id = {}-{}\n# text = {flat}", doc.id, s + 1);
        for t in doc.tokens_in(words) {
            let local = |t: TokenId| t.0 - words.start + 1;
            if let Some(m) = multiwords.next_if(|m| m.start == t.0) {
                let span = doc.token_span(t);
                let _ = writeln!(
                    out,
                    "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}",
                    local(t),
                    m.end - words.start,
                    flat_form(doc.slice(span)),
                    Misc { doc, span, next: m.end, name: None }
                );
            }
            let inside = doc.multiwords().binary_search_by(|m| {
                if m.end <= t.0 {
                    std::cmp::Ordering::Less
                } else if m.start > t.0 {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            });
            let name = doc.name_at(t).map(|n| (n.tokens.start == t.0, n.kind));
            let last = Misc { doc, span: doc.token_span(t), next: if inside.is_ok() { INSIDE } else { t.0 + 1 }, name };
            let feats = if doc.feats(t).is_empty() { "_" } else { doc.feats(t) };
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t_\t{feats}\t{}\t{}\t_\t{last}",
                local(t),
                flat_form(doc.form(t)),
                flat_form(doc.lemma(t)),
                doc.upos(t),
                doc.head(t).map_or(0, local),
                doc.deprel(t),
            );
        }
        out.push('\n');
    }
    out
}

/// Tabs and line breaks cannot stand in a column.
fn flat_form(s: &str) -> Cow<'_, str> {
    let breaks = |c: char| matches!(c, '\t' | '\n' | '\r');
    match s {
        "" => Cow::Borrowed("_"),
        s if s.contains(breaks) => Cow::Owned(s.replace(breaks, " ")),
        s => Cow::Borrowed(s),
    }
}

/// In [`Misc::next`]: the word is a part of a token, which has the offsets.
const INSIDE: u32 = u32::MAX;

/// The last column of a token: name, blank behind it, place.
struct Misc<'a> {
    doc: &'a Document,
    span: Span<Char>,
    /// The word behind the token.
    next: u32,
    /// Whether a name begins here, and its kind.
    name: Option<(bool, NameKind)>,
}

impl fmt::Display for Misc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (doc, span, next) = (self.doc, self.span, self.next);
        let name = |f: &mut fmt::Formatter<'_>, (first, kind): (bool, NameKind)| {
            write!(f, "NER={}-{}", if first { 'B' } else { 'I' }, kind.name())
        };
        match self.name {
            None if next == INSIDE => return f.write_str("_"),
            Some(n) if next == INSIDE => return name(f, n),
            _ => (),
        }
        if (next as usize) < doc.len() && doc.token_span(TokenId(next)).start == span.end {
            f.write_str("SpaceAfter=No|")?;
        }
        if let Some(n) = self.name {
            name(f, n)?;
            f.write_str("|")?;
        }
        write!(f, "start_char={}|end_char={}", span.start, span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# text = Il parle du pays.\n1\tIl\til\tPRON\t_\t_\t2\tnsubj\t_\t_\n2\tparle\tparler\tVERB\t_\tMood=Ind\t0\troot\t_\t_\n3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_\n4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_\n5\tpays\tpays\tNOUN\t_\t_\t2\tobl\t_\tSpaceAfter=No\n6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n1\tOui\toui\tINTJ\t_\t_\t0\troot\t_\t_\n";

    #[test]
    fn text_and_offsets_are_rebuilt() {
        let d = parse_one(SAMPLE, Meta::default()).unwrap();
        assert_eq!(d.text(), "Il parle du pays. Oui");
        assert_eq!(d.sentence_count(), 2);
        assert_eq!(d.slice(d.token_span(TokenId(3))), "du");
        assert_eq!(d.form(TokenId(3)), "le");
        assert_eq!(d.head(TokenId(3)), Some(TokenId(4)));
        assert_eq!(d.dependents(TokenId(1)), &[TokenId(0), TokenId(4), TokenId(5)]);
    }

    #[test]
    fn written_text_reads_back_the_same() {
        let d = parse_one(SAMPLE, Meta::default()).unwrap();
        let again = parse_one(&write(&d), Meta::default()).unwrap();
        assert_eq!(write(&d), write(&again));
    }

    #[test]
    fn a_bad_line_is_named() {
        let e = parse_one("1\ta\tb\n", Meta::default()).unwrap_err();
        assert_eq!(e.line, 1);
    }
}
