//! Numbers: digits with signs inside, units behind them, groups of three.

use super::normal::normalize;
use super::scan::Tokenizer;

impl Tokenizer<'_> {
    /// Length of the token at the start of `rest`, which begins with a digit.
    pub(super) fn digits(&mut self, rest: &str) -> usize {
        let n = number(rest);
        let tail = &rest[n..];
        let letters = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        if letters == 0 {
            // 2016-2018 stays whole, and so does 11-Septembre.
            let parts = |c: char| c.is_alphabetic() && !self.rules.prefixes.is_empty();
            if tail.starts_with('-') && tail[1..].starts_with(|c: char| c.is_alphanumeric() && !parts(c)) {
                return n + 1 + self.letters(&tail[1..]);
            }
            return n;
        }
        normalize(&tail[..letters], &mut self.key);
        if self.rules.units.contains(&self.key) {
            return n;
        }
        n + self.letters(tail)
    }

    /// « 2 000 »: one to three digits, then groups of three behind one blank each.
    pub(super) fn spaced_number(&self, first_end: usize) -> Option<usize> {
        let head = &self.text[self.at..first_end];
        let digits = head.trim_start_matches(['-', '+', '−']);
        if digits.is_empty() || digits.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut end = first_end;
        loop {
            let rest = &self.text[end..];
            let blank = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'));
            let Some(blank) = blank else { break };
            let group = &rest[blank.len_utf8()..];
            let n = group.bytes().take_while(u8::is_ascii_digit).count();
            let next = group[n..].chars().next();
            if n != 3 || next.is_some_and(char::is_alphanumeric) {
                break;
            }
            end += blank.len_utf8() + 3;
            if group[3..].starts_with(',') && group[4..].starts_with(|c: char| c.is_ascii_digit()) {
                end += 1 + group[4..].bytes().take_while(u8::is_ascii_digit).count();
                break;
            }
        }
        (end > first_end).then_some(end)
    }
}

/// Length of the number at the start of `s`: digits with single `.`, `,`, `:` or `/` inside.
pub(super) fn number(s: &str) -> usize {
    let b = s.as_bytes();
    let mut n = 0;
    while n < b.len() {
        let inside = matches!(b[n], b'.' | b',' | b':' | b'/') && b.get(n + 1).is_some_and(u8::is_ascii_digit);
        if b[n].is_ascii_digit() || inside {
            n += 1;
        } else {
            break;
        }
    }
    n
}
