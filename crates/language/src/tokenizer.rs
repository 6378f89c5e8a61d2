//! Text to surface tokens, by rules: elisions, hyphenated pronouns, numbers, abbreviations,
//! addresses. Contractions stay whole here; the trained models decide about them.

use crate::lang::Rules;

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// Blanks.
    Space,
    /// One line break.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// A token of the surface, in bytes and in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surface {
    /// First byte.
    pub start: usize,
    /// First byte behind.
    pub end: usize,
    /// First code point.
    pub char_start: u32,
    /// First code point behind.
    pub char_end: u32,
    /// What stands before it.
    pub gap: Gap,
}

impl Surface {
    /// Its characters in `text`.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }
}

/// Whether `c` is an apostrophe, straight or typographic.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Lower case with straight apostrophes and plain blanks: the key of tables and lexicons.
pub fn normalize(s: &str, out: &mut String) {
    out.clear();
    for c in s.chars() {
        match c {
            c if is_apostrophe(c) => out.push('\''),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            '–' | '—' | '‑' | '−' => out.push('-'),
            '“' | '”' | '„' => out.push('"'),
            '…' => out.push_str("..."),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// Splits `text` into surface tokens. Everything but white space belongs to exactly one token.
pub fn tokenize(text: &str, rules: &Rules) -> Vec<Surface> {
    let mut t = Tokenizer { text, rules, out: Vec::with_capacity(text.len() / 5), chars: 0, at: 0, key: String::new() };
    let mut gap = Gap::Paragraph;
    while let Some(c) = text[t.at..].chars().next() {
        if is_blank(c) {
            let mut lines = 0;
            let mut end = t.at;
            for c in text[t.at..].chars().take_while(|&c| is_blank(c)) {
                lines += u32::from(matches!(c, '\n' | '\u{2028}')) + 2 * u32::from(matches!(c, '\u{2029}' | '\u{c}'));
                end += c.len_utf8();
                t.chars += 1;
            }
            // A carriage return alone ends a line too (old files).
            if lines == 0 {
                lines = text[t.at..end].matches('\r').count() as u32;
            }
            t.at = end;
            let here = match lines {
                0 => Gap::Space,
                1 => Gap::Line,
                _ => Gap::Paragraph,
            };
            gap = gap.max(here);
            continue;
        }
        let end = text[t.at..].find(is_blank).map_or(text.len(), |n| t.at + n);
        t.chunk(end, gap);
        gap = Gap::None;
    }
    t.out
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') || (c.is_control() && !c.is_whitespace())
}

/// Bytes after which a word with inner signs is cut.
const LONGEST: usize = 256;

struct Tokenizer<'a> {
    text: &'a str,
    rules: &'a Rules,
    out: Vec<Surface>,
    chars: u32,
    at: usize,
    key: String,
}

impl Tokenizer<'_> {
    /// One token up to byte `end`.
    fn push(&mut self, end: usize, gap: Gap) {
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

    fn digits(&mut self, rest: &str) -> usize {
        let n = number(rest);
        let tail = &rest[n..];
        let letters = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        if letters == 0 {
            // 2016-2018 stays whole, and so does 11-Septembre.
            if tail.starts_with('-') && tail[1..].starts_with(|c: char| c.is_alphanumeric()) {
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

    fn letters(&mut self, rest: &str) -> usize {
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
                '-' | '‑' if joined => n += c.len_utf8(),
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
        let keep = self.key.chars().count() - found.chars().count();
        let at = rest.char_indices().nth(keep)?.0;
        (at > 0).then_some(at)
    }

    /// The word `rest[..n]` is followed by a full stop: does the stop belong to it?
    fn full_stop(&mut self, rest: &str, n: usize) -> usize {
        let after = &rest[n + 1..];
        let single = |s: &str| {
            s.rsplit(['.', '-']).next().is_some_and(|l| l.chars().count() == 1 && l.chars().all(char::is_alphabetic))
        };
        if after.starts_with(is_letter) {
            // U.S.A. and J.-C. go on; « fin.Puis » lacks a blank.
            let more = after.find(|c: char| !is_letter(c)).unwrap_or(after.len());
            if single(&rest[..n]) && (after[..more].chars().count() == 1 || after[more..].starts_with('.')) {
                let mut stop = n + 1;
                while let Some(c) = rest[stop..].chars().next().filter(|&c| is_letter(c)) {
                    let next = stop + c.len_utf8();
                    if rest[next..].starts_with(is_letter) {
                        break;
                    }
                    stop = if rest[next..].starts_with('.') { next + 1 } else { next };
                }
                return stop;
            }
            if after[..more].chars().all(|c| c.is_ascii_lowercase())
                && matches!(&after[..more], "fr" | "com" | "org" | "net" | "eu" | "info" | "be" | "ch" | "ca")
            {
                return n + 1 + more;
            }
            return n;
        }
        if after.starts_with('-') && single(&rest[..n]) {
            let letters = after[1..].find(|c: char| !is_letter(c)).unwrap_or(after.len() - 1);
            if letters == 1 || (letters > 0 && after[1 + letters..].starts_with('.') && letters <= 2) {
                let stop = n + 2 + letters;
                return if rest[stop..].starts_with('.') { stop + 1 } else { stop };
            }
        }
        normalize(&rest[..n], &mut self.key);
        self.key.push('.');
        let initial = n <= 2 && rest[..n].chars().count() == 1 && rest.starts_with(char::is_uppercase);
        let last = after.is_empty() && self.text[self.at + rest.len()..].trim_start().is_empty();
        if (self.rules.abbreviations.contains(&self.key) || (initial && !last)) && !after.starts_with('.') {
            n + 1
        } else {
            n
        }
    }

    /// « 2 000 »: one to three digits, then groups of three behind one blank each.
    fn spaced_number(&self, first_end: usize) -> Option<usize> {
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

    /// One word up to `stop`, with its pronouns taken off: « a-t-il » → « a », « -t-il ».
    fn word(&mut self, stop: usize, gap: Gap) {
        let word = &self.text[self.at..stop];
        let Some(hyphen) = word.find(['-', '‑']).filter(|_| word.starts_with(char::is_alphabetic)) else {
            return self.push(stop, gap);
        };
        normalize(word, &mut self.key);
        if self.rules.keep.contains(&self.key) {
            return self.push(stop, gap);
        }
        // « Dis-le-moi » ends in two, but « Saint-Denis-en-Val » in none: all parts must be pronouns.
        let mut tail = hyphen;
        let mut cuts = [0usize; 3];
        let mut found = 0;
        while tail < word.len() && found < 3 {
            normalize(&word[tail..], &mut self.key);
            let next = if self.rules.clitics.contains(self.key.as_str()) {
                word.len()
            } else {
                let inner = tail + word[tail..].chars().next().map_or(0, char::len_utf8);
                let n = word[inner..].find(['-', '‑']).map_or(word.len(), |n| inner + n);
                normalize(&word[tail..n], &mut self.key);
                if n == word.len() || !self.rules.clitics.contains(self.key.as_str()) {
                    found = 0;
                    break;
                }
                n
            };
            cuts[found] = tail;
            found += 1;
            tail = next;
        }
        if tail < word.len() {
            found = 0;
        }
        let start = self.at;
        let mut gap = gap;
        for &cut in &cuts[..found] {
            self.push(start + cut, gap);
            gap = Gap::None;
        }
        self.push(stop, gap);
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\u{ad}') || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Length of the number at the start of `s`: digits with single `.`, `,`, `:` or `/` inside.
fn number(s: &str) -> usize {
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

/// Length of the web or mail address at the start of `s`.
fn address(s: &str) -> Option<usize> {
    let web = s.starts_with("http://") || s.starts_with("https://") || s.starts_with("www.");
    let mail = || {
        let at = s.bytes().take(LONGEST).position(|b| b == b'@')?;
        let name = at > 0 && s[..at].chars().all(|c| c.is_alphanumeric() || "._-+".contains(c));
        let host = s[at + 1..].split(|c: char| !(c.is_alphanumeric() || ".-".contains(c))).next()?;
        (name && host.trim_end_matches('.').contains('.')).then(|| at + 1 + host.trim_end_matches('.').len())
    };
    if web {
        let stop = s.find(['«', '»', '"', '<', '>', '“', '”']).unwrap_or(s.len());
        let s = &s[..stop];
        let cut = s.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '…']);
        let cut = if cut.contains('(') { cut } else { cut.trim_end_matches([')', ']', '.', ',']) };
        return (!cut.is_empty()).then_some(cut.len());
    }
    s.starts_with(char::is_alphanumeric).then(mail)?
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_model::Lang;

    fn split(text: &str) -> Vec<&str> {
        let rules = Rules::builtin(Lang::Fr);
        let tokens = tokenize(text, &rules);
        for t in &tokens {
            let (a, b) = (text[..t.start].chars().count(), text[..t.end].chars().count());
            assert_eq!((t.char_start as usize, t.char_end as usize), (a, b), "{text}");
        }
        tokens.iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn french_words() {
        for (text, tokens) in [
            ("L'usine d’Oyonnax n'a qu'un quai.", "L'|usine|d’|Oyonnax|n'|a|qu'|un|quai|."),
            ("Que fera-t-il ? Pense-t-elle, dit-on", "Que|fera|-t-il|?|Pense|-t-elle|,|dit|-on"),
            ("Dites-le-moi aujourd'hui, peut-être.", "Dites|-le|-moi|aujourd'hui|,|peut-être|."),
            ("Saint-Denis-en-Val et Marne-la-Vallée", "Saint-Denis-en-Val|et|Marne-la-Vallée"),
            ("ce soir-là, celui-ci", "ce|soir|-là|,|celui-ci"),
            ("« Non », dit-il.", "«|Non|»|,|dit|-il|."),
            ("Les 2 000 blessés de 2016 300 fois", "Les|2 000|blessés|de|2016|300|fois"),
            ("12 500 000 € et 1\u{202f}200,5 km", "12 500 000|€|et|1\u{202f}200,5|km"),
            ("à 20h30, 15 % ou 15%", "à|20|h|30|,|15|%|ou|15|%"),
            ("M. Morel et J.-C. Blin, S.N.C.F. et O.N.U.", "M.|Morel|et|J.-C.|Blin|,|S.N.C.F.|et|O.N.U."),
            (
                "voir https://exemple.fr/a?b=1. Puis www.test.org,",
                "voir|https://exemple.fr/a?b=1|.|Puis|www.test.org|,",
            ),
            ("écrire à jean.paul@exemple.fr.", "écrire|à|jean.paul@exemple.fr|."),
            ("Attendez... non…", "Attendez|...|non|…"),
            ("(-3,5 °C) l'on", "(|-3,5|°C|)|l'on"),
            ("fin.Puis", "fin|.|Puis"),
            ("le 3/4/2018 à 10:30, 130 km/h, n° 5", "le|3/4/2018|à|10:30|,|130|km/h|,|n°|5"),
        ] {
            assert_eq!(split(text).join("|"), tokens, "{text}");
        }
    }

    #[test]
    fn english_words() {
        let rules = Rules::builtin(Lang::En);
        let text = "Don't say it's John's, Mr. Ray.";
        let tokens: Vec<_> = tokenize(text, &rules).iter().map(|t| t.of(text)).collect();
        assert_eq!(tokens.join("|"), "Do|n't|say|it|'s|John|'s|,|Mr.|Ray|.");
    }

    #[test]
    fn odd_text_is_covered_without_a_gap() {
        for text in [
            "",
            " ",
            "\u{feff}",
            "-",
            "''''",
            "a'",
            "-t-il",
            "é-",
            "1 000 000 000 000",
            "🇫🇷 ok",
            "«»",
            "l'l'l'",
            "...-...",
            "@",
            "#",
            "a@",
            "\0x\u{0}",
            "°",
            "1.",
            "http://",
            "www.",
            "A.B",
            "e\u{301}té",
        ] {
            let rules = Rules::builtin(Lang::Fr);
            let tokens = tokenize(text, &rules);
            let mut covered = String::new();
            for t in &tokens {
                assert!(t.start < t.end);
                covered.push_str(t.of(text));
            }
            let want: String = text.chars().filter(|&c| !is_blank(c)).collect();
            let got: String = covered.chars().filter(|&c| !is_blank(c)).collect();
            assert_eq!(got, want, "{text:?}");
        }
    }

    #[test]
    fn gaps_tell_lines_from_paragraphs() {
        let rules = Rules::builtin(Lang::Fr);
        let gaps: Vec<_> = tokenize("a b\nc\r\n\r\nd\n \ne", &rules).iter().map(|t| t.gap).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Space, Gap::Line, Gap::Paragraph, Gap::Paragraph]);
    }
}
