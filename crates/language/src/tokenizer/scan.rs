//! The way over the text from token to token.

use super::address::address;
use super::normal::{is_apostrophe, normalize};
use super::numbers::number;
use super::surface::{Gap, Surface};
use crate::lang::Rules;

/// Splits `text` into surface tokens. Everything but white space belongs to exactly one token.
pub fn tokenize(text: &str, rules: &Rules) -> Vec<Surface> {
    let mut t = Tokenizer { text, rules, out: Vec::with_capacity(text.len() / 5), chars: 0, at: 0, key: String::new() };
    let mut gap = Gap::Paragraph;
    while t.at < text.len() {
        if text[t.at..].starts_with(is_blank) {
            let (bytes, chars, here) = blanks(&text[t.at..]);
            t.at += bytes;
            t.chars += chars;
            gap = gap.max(here);
            continue;
        }
        let end = text[t.at..].find(is_blank).map_or(text.len(), |n| t.at + n);
        t.chunk(end, gap);
        gap = Gap::None;
    }
    t.out
}

/// The blanks at the start of `s`: bytes, code points, and how far they part the tokens around them.
fn blanks(s: &str) -> (usize, u32, Gap) {
    let (mut bytes, mut chars, mut lines) = (0, 0, 0);
    for c in s.chars().take_while(|&c| is_blank(c)) {
        lines += u32::from(matches!(c, '\n' | '\u{2028}')) + 2 * u32::from(matches!(c, '\u{2029}' | '\u{c}'));
        bytes += c.len_utf8();
        chars += 1;
    }
    // A carriage return alone ends a line too (old files).
    if lines == 0 {
        lines = s[..bytes].matches('\r').count() as u32;
    }
    let gap = match lines {
        0 => Gap::Space,
        1 => Gap::Line,
        _ => Gap::Paragraph,
    };
    (bytes, chars, gap)
}

/// Whether no token stands between the start of `rest` and the end of the paragraph.
pub(super) fn ends_paragraph(rest: &str) -> bool {
    let (bytes, _, gap) = blanks(rest);
    bytes == rest.len() || gap == Gap::Paragraph
}

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') || (c.is_control() && !c.is_whitespace())
}

/// Bytes after which a word with inner signs is cut.
pub(super) const LONGEST: usize = 256;

pub(super) struct Tokenizer<'a> {
    pub(super) text: &'a str,
    pub(super) rules: &'a Rules,
    out: Vec<Surface>,
    chars: u32,
    pub(super) at: usize,
    pub(super) key: String,
}

impl Tokenizer<'_> {
    /// One token up to byte `end`.
    pub(super) fn push(&mut self, end: usize, gap: Gap) {
        let start = self.at;
        let char_start = self.chars;
        self.chars += self.text[start..end].chars().count() as u32;
        self.at = end;
        self.out.push(Surface { start, end, char_start, char_end: self.chars, gap });
    }

    /// All tokens of a run without blanks that ends at byte `end`. A number may reach over it.
    fn chunk(&mut self, end: usize, mut gap: Gap) {
        while self.at < end {
            let rest = &self.text[self.at..end];
            let n = self.next_len(rest);
            if let Some(far) = self.spaced_number(self.at + n) {
                self.push(far, gap);
                if far > end {
                    return;
                }
            } else {
                let stop = self.at + n;
                self.word(stop, gap);
            }
            gap = Gap::None;
        }
    }

    /// Length of the next token at the start of `rest`, before clitics are taken off.
    fn next_len(&mut self, rest: &str) -> usize {
        let first = rest.chars().next().expect("rest is not empty");
        if let Some(n) = address(rest) {
            return n;
        }
        let signed =
            matches!(first, '-' | '−' | '+') && rest[first.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        if signed && self.out.last().is_none_or(|l| l.end < self.at || self.text[..self.at].ends_with('(')) {
            let skip = first.len_utf8();
            return skip + number(&rest[skip..]);
        }
        if first.is_ascii_digit() {
            return self.digits(rest);
        }
        if first.is_alphanumeric() {
            return self.letters(rest);
        }
        if is_apostrophe(first) && !self.rules.suffixes.is_empty() {
            let n = first.len_utf8();
            let stop = n + rest[n..].find(|c: char| !is_letter(c)).unwrap_or(rest.len() - n);
            normalize(&rest[..stop], &mut self.key);
            if self.rules.suffixes.contains(&self.key) {
                return stop;
            }
        }
        if first == '°' && rest[first.len_utf8()..].starts_with('C') {
            return first.len_utf8() + 1;
        }
        if matches!(first, '.' | '-' | '!' | '?' | '_' | '=' | '*') {
            return rest.len()
                - rest
                    .trim_start_matches(|c| c == first || (first == '!' && c == '?') || (first == '?' && c == '!'))
                    .len();
        }
        if matches!(first, '#' | '@') && rest[1..].starts_with(char::is_alphanumeric) {
            return 1 + rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len() - 1);
        }
        first.len_utf8()
    }
}

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\u{ad}') || ('\u{300}'..='\u{36f}').contains(&c)
}
