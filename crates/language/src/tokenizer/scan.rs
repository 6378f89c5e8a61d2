//! The way over the text from token to token.

use super::address::address;
use super::normal::{is_apostrophe, normalize};
use super::numbers::number;
use super::surface::{Gap, Surface};
use crate::lang::Rules;
use temoin_model::text::is_invisible;
use unicode_normalization::char::is_combining_mark;

/// Splits `text` into surface tokens. Everything but white space belongs to exactly one token.
pub fn tokenize(text: &str, rules: &Rules) -> Vec<Surface> {
    let mut t = Tokenizer {
        text,
        rules,
        out: Vec::with_capacity(text.len() / 5),
        chars: 0,
        run_end: 0,
        at: 0,
        key: String::new(),
    };
    let mut gap = Gap::Paragraph;
    while t.at < text.len() {
        if text[t.at..].starts_with(is_blank) {
            let (bytes, chars, here) = blanks(&text[t.at..]);
            t.at += bytes;
            t.chars += chars;
            gap = gap.max(here);
            continue;
        }
        let end = t.at + run(&text[t.at..]);
        t.chunk(end, gap);
        gap = Gap::None;
    }
    t.out
}

/// Length of the run without blanks at the start of `s`. Invisible signs between two letters stand
/// inside a word, and joiners between two emoji inside a sign.
fn run(s: &str) -> usize {
    let mut before = ' ';
    let mut chars = s.chars();
    loop {
        let rest = chars.as_str();
        let Some(c) = chars.next() else { return s.len() };
        if is_blank(c) {
            let behind = rest.trim_start_matches(is_invisible);
            let inside =
                |c: char| c.is_alphanumeric() == before.is_alphanumeric() && !is_blank(c) && !c.is_ascii_punctuation();
            if behind.len() == rest.len() || !behind.starts_with(inside) || before.is_ascii_punctuation() {
                return s.len() - rest.len();
            }
            chars = behind.chars();
        } else if !is_mark(c) {
            before = c;
        }
    }
}

/// The blanks at the start of `s`: bytes, code points, and how far they part the tokens around them.
fn blanks(s: &str) -> (usize, u32, Gap) {
    let (mut bytes, mut chars, mut lines, mut apart) = (0, 0, 0, false);
    for c in s.chars().take_while(|&c| is_blank(c)) {
        lines += u32::from(matches!(c, '\n' | '\u{2028}')) + 2 * u32::from(matches!(c, '\u{2029}' | '\u{c}'));
        apart |= !matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}');
        bytes += c.len_utf8();
        chars += 1;
    }
    // A carriage return alone ends a line too (old files).
    if lines == 0 {
        lines = s[..bytes].matches('\r').count() as u32;
    }
    let gap = match lines {
        0 if apart => Gap::Space,
        0 => Gap::None,
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
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

/// Bytes after which a word with inner signs is cut.
pub(super) const LONGEST: usize = 256;

pub(super) struct Tokenizer<'a> {
    pub(super) text: &'a str,
    pub(super) rules: &'a Rules,
    out: Vec<Surface>,
    chars: u32,
    /// Where the run without blanks around `at` ends.
    pub(super) run_end: usize,
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
        self.run_end = end;
        while self.at < end {
            let rest = &self.text[self.at..end];
            // Behind a number, say, where no word goes on: no token of its own.
            if let Some(c) = rest.chars().next().filter(|&c| is_invisible(c)) {
                self.at += c.len_utf8();
                self.chars += 1;
                continue;
            }
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
        if first.is_alphanumeric() && !is_apostrophe(first) {
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
        if let Some(n) = self.face(rest) {
            return n;
        }
        if matches!(first, '.' | '-' | '!' | '?' | '_' | '=' | '*' | '<' | '>' | '~' | '$' | '+') {
            return rest.len()
                - rest
                    .trim_start_matches(|c| c == first || (first == '!' && c == '?') || (first == '?' && c == '!'))
                    .len();
        }
        if matches!(first, '#' | '@') && rest[1..].starts_with(char::is_alphanumeric) {
            return 1 + rest[1..].find(|c: char| !is_letter(c)).unwrap_or(rest.len() - 1);
        }
        sign(rest)
    }
}

impl Tokenizer<'_> {
    /// Length of a face in signs that stands by itself: « :) », « ;-( ».
    fn face(&self, rest: &str) -> Option<usize> {
        let apart = |s: &str| s.is_empty() || s.starts_with(is_blank);
        let eyes = rest
            .strip_prefix([':', ';', '='])
            .filter(|_| self.text[..self.at].chars().next_back().is_none_or(is_blank))?;
        let mouth = eyes.strip_prefix('-').unwrap_or(eyes);
        let behind = mouth.strip_prefix([')', '(', 'D', 'P', 'p', '/', '|', ']', '['])?;
        apart(behind).then_some(rest.len() - behind.len())
    }
}

/// Whether `c` can be a part of a word, though perhaps not its first.
pub(super) fn is_letter(c: char) -> bool {
    (c.is_alphanumeric() && c != 'ʼ') || c == '_' || (!c.is_ascii() && (is_mark(c) || is_invisible(c)))
}

/// Whether `c` belongs to the sign before it: accents, forms and colours of emoji.
pub(super) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && (is_combining_mark(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}'))
}

/// Length of the sign at the start of `s`, with what belongs to it: marks, the second half of a
/// flag, and further emoji behind joiners.
fn sign(s: &str) -> usize {
    let flag = |c: Option<char>| c.is_some_and(|c| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c));
    let mut chars = s.chars();
    if flag(chars.next()) && flag(chars.clone().next()) {
        chars.next();
    }
    loop {
        let rest = chars.as_str();
        let Some(c) = chars.next() else { return s.len() };
        let joins = c == '\u{200d}'
            && chars.next().is_some_and(|c| !c.is_ascii() && !c.is_alphanumeric() && !is_blank(c) && !is_invisible(c));
        if !joins && !is_mark(c) {
            return s.len() - rest.len();
        }
    }
}
