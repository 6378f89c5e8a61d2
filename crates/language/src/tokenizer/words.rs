//! Words: hyphens and apostrophes inside, elisions, abbreviations.

use super::normal::{is_apostrophe, normalize};
use super::scan::{LONGEST, Tokenizer, ends_paragraph, is_letter, is_mark};
use temoin_model::text::is_invisible;

impl Tokenizer<'_> {
    /// Length of the token at the start of `rest`, which begins with a letter.
    pub(super) fn letters(&mut self, rest: &str) -> usize {
        let mut n = 0;
        // « 20h30 »: the unit behind a number ends before the next number.
        if self.text[..self.at].ends_with(|c: char| c.is_ascii_digit()) {
            let unit = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            normalize(&rest[..unit], &mut self.key);
            if self.rules.units.contains(&self.key) {
                return unit;
            }
        }
        loop {
            n += rest[n..].find(|c: char| !is_letter(c)).unwrap_or(rest.len() - n);
            let Some(c) = rest[n..].chars().next() else { return n };
            // No word is that long; looking back over it again and again would take quadratic time.
            if n > LONGEST {
                return n;
            }
            let after = &rest[n + c.len_utf8()..];
            let joined = after.chars().next().is_some_and(is_letter);
            match c {
                '°' => {
                    normalize(&rest[..n], &mut self.key);
                    return if matches!(self.key.as_str(), "n" | "nº") { n + c.len_utf8() } else { n };
                }
                '-' | '‑' if joined => {
                    if !self.rules.prefixes.is_empty() {
                        normalize(&rest[..n], &mut self.key);
                        if !self.rules.prefixes.contains(&self.key) {
                            return n;
                        }
                    }
                    n += c.len_utf8();
                }
                '/' if joined => {
                    let stop = n + 1 + after.find(|c: char| !is_letter(c)).unwrap_or(after.len());
                    normalize(&rest[..stop], &mut self.key);
                    return if self.rules.keep.contains(&self.key) { stop } else { n };
                }
                c if is_apostrophe(c) && joined => {
                    let stop =
                        n + c.len_utf8() + after.find(|c: char| !is_letter(c) && c != '-').unwrap_or(after.len());
                    normalize(&rest[..stop], &mut self.key);
                    if self.rules.keep.contains(self.key.trim_end_matches('-')) {
                        return n
                            + c.len_utf8()
                            + after.find(|c: char| !is_letter(c) && c != '-').unwrap_or(after.len());
                    }
                    // Only the part behind the last hyphen can be elided: « Chavannes-sur-l'Étang » is one token.
                    normalize(&rest[..n], &mut self.key);
                    if self.rules.elisions.contains(&self.key) {
                        return n + c.len_utf8();
                    }
                    if let Some(split) = self.suffix(rest, n + c.len_utf8()) {
                        return split;
                    }
                    n += c.len_utf8();
                }
                c if is_apostrophe(c) => {
                    normalize(&rest[..n], &mut self.key);
                    return if self.rules.elisions.contains(&self.key) { n + c.len_utf8() } else { n };
                }
                '.' => return self.full_stop(rest, n),
                _ => return n,
            }
        }
    }

    /// English: where `n't` or `'s` begins in the word around the apostrophe that ends at `from`.
    fn suffix(&mut self, rest: &str, from: usize) -> Option<usize> {
        let stop = from + rest[from..].find(|c: char| !is_letter(c)).unwrap_or(rest.len() - from);
        normalize(&rest[..stop], &mut self.key);
        let found = self.rules.suffixes.iter().find(|s| self.key.ends_with(s.as_str()))?;
        // Counted from the end, and only visible signs: the key may be shorter than the text.
        let visible = rest[..stop].char_indices().rev().filter(|&(_, c)| !is_invisible(c));
        let at = visible.take(found.chars().count()).last()?.0;
        (at > 0).then_some(at)
    }

    /// The word `rest[..n]` is followed by a full stop: does the stop belong to it?
    fn full_stop(&mut self, rest: &str, n: usize) -> usize {
        let after = &rest[n + 1..];
        let single =
            |s: &str| s.rsplit(['.', '-']).next().is_some_and(|l| one(l) && l.starts_with(char::is_alphabetic));
        if after.starts_with(is_letter) {
            // U.S.A. and J.-C. go on; « fin.Puis » lacks a blank.
            let more = after.find(|c: char| !is_letter(c)).unwrap_or(after.len());
            if single(&rest[..n]) && (one(&after[..more]) || after[more..].starts_with('.')) {
                let mut stop = n + 1;
                while let Some(c) = rest[stop..].chars().next().filter(|&c| is_letter(c)) {
                    let next = stop + c.len_utf8() + marks(&rest[stop + c.len_utf8()..]);
                    if rest[next..].starts_with(is_letter) {
                        break;
                    }
                    stop = if rest[next..].starts_with('.') { next + 1 } else { next };
                }
                return stop;
            }
            if after[..more].chars().all(|c| c.is_ascii_lowercase()) && NET.contains(&&after[..more]) {
                return n + 1 + more;
            }
            return n;
        }
        if after.starts_with('-') && single(&rest[..n]) {
            let letters = after[1..].find(|c: char| !is_letter(c)).unwrap_or(after.len() - 1);
            if one(&after[1..1 + letters]) || (letters > 0 && after[1 + letters..].starts_with('.') && letters <= 2) {
                let stop = n + 2 + letters;
                return if rest[stop..].starts_with('.') { stop + 1 } else { stop };
            }
        }
        normalize(&rest[..n], &mut self.key);
        self.key.push('.');
        let initial = one(&rest[..n]) && rest.starts_with(char::is_uppercase);
        let last = after.is_empty() && ends_paragraph(&self.text[self.run_end..]);
        let numbered = self.rules.numbered.contains(&self.key) && {
            let behind = if after.is_empty() { self.text[self.run_end..].trim_start_matches(' ') } else { after };
            behind.starts_with(|c: char| c.is_ascii_digit())
        };
        let known = numbered || self.rules.abbreviations.contains(&self.key);
        if (known || (initial && !last)) && !after.starts_with('.') { n + 1 } else { n }
    }
}

/// Ends of web addresses and names of files.
const NET: &[&str] = &[
    "fr", "com", "org", "net", "eu", "info", "be", "ch", "ca", "gov", "edu", "uk", "pdf", "doc", "docx", "htm", "html",
    "jpg", "png", "xls", "xlsx", "txt", "zip", "csv",
];

/// Whether `s` is one letter, with or without marks.
fn one(s: &str) -> bool {
    let n = s.chars().next().map_or(0, char::len_utf8);
    n > 0 && n + marks(&s[n..]) == s.len()
}

/// Length of the marks and invisible signs at the start of `s`.
fn marks(s: &str) -> usize {
    s.len() - s.trim_start_matches(|c| is_mark(c) || is_invisible(c)).len()
}
