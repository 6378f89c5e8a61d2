//! Numbers in digits and words.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use temoin_model::Lang;

/// What a number word does to the number before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Unit,
    Ten,
    Hundred,
    Scale,
    Group,
    Plus,
}

/// The number words of one language.
#[derive(Debug)]
pub(crate) struct Numbers {
    words: FxHashMap<&'static str, (f64, Kind)>,
    decimal_comma: bool,
}

/// The number words of `lang`.
pub(crate) fn of(lang: Lang) -> &'static Numbers {
    static FR: LazyLock<Numbers> =
        LazyLock::new(|| Numbers::read(include_str!("../../../data/lexicon/fr/numbers.tsv"), true));
    static EN: LazyLock<Numbers> =
        LazyLock::new(|| Numbers::read(include_str!("../../../data/lexicon/en/numbers.tsv"), false));
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

impl Numbers {
    fn read(data: &'static str, decimal_comma: bool) -> Self {
        let mut words = FxHashMap::default();
        for line in data.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let mut cols = line.split('\t');
            let (form, value, kind) = (cols.next().unwrap_or(""), cols.next().unwrap_or(""), cols.next().unwrap_or(""));
            let kind = match kind {
                "unit" => Kind::Unit,
                "ten" => Kind::Ten,
                "hundred" => Kind::Hundred,
                "scale" => Kind::Scale,
                "group" => Kind::Group,
                "plus" => Kind::Plus,
                other => panic!("numbers.tsv: unknown kind '{other}' of '{form}'"),
            };
            words.insert(form, (value.parse().expect("numbers.tsv: the second column is a number"), kind));
        }
        Numbers { words, decimal_comma }
    }

    /// Value and kind of a number word.
    pub(crate) fn word(&self, w: &str) -> Option<(f64, Kind)> {
        self.words.get(w).copied()
    }

    /// A number in digits: « 700 », « 2 000 », « 1,8 », « 1.250.000 ». Lower case, no blanks.
    pub(crate) fn digits(&self, s: &str) -> Option<f64> {
        if !s.starts_with(|c: char| c.is_ascii_digit()) || !s.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if s.len() > 18 || !s.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
            return None;
        }
        let (decimal, group) = if self.decimal_comma { (',', '.') } else { ('.', ',') };
        let (whole, fraction) = match s.split_once(decimal) {
            Some((w, f)) if !f.contains([decimal, group]) => (w, Some(f)),
            Some(_) => return None,
            None => (s, None),
        };
        let mut parts = whole.split(group);
        let first = parts.next().unwrap_or("");
        let rest: Vec<&str> = parts.collect();
        // « 7.5 » in French text is a decimal all the same.
        if rest.len() == 1 && fraction.is_none() && rest[0].len() != 3 {
            return s.replace(group, ".").parse().ok();
        }
        if rest.iter().any(|g| g.len() != 3) || (!rest.is_empty() && first.len() > 3) {
            return None;
        }
        let mut plain: String = first.to_owned();
        plain.extend(rest);
        if let Some(f) = fraction {
            plain.push('.');
            plain.push_str(f);
        }
        plain.parse().ok()
    }

    /// A number in words: « dix-huit », « quatre-vingt-dix », « deux cents », « vingt et un ».
    /// Parts are separated by blanks or hyphens. Groups (« dizaine ») are not read here.
    pub(crate) fn in_words(&self, s: &str) -> Option<f64> {
        let (mut total, mut current, mut seen, mut last, mut before) = (0.0, 0.0, false, Kind::Plus, 0.0);
        for part in s.split([' ', '-']).filter(|p| !p.is_empty()) {
            let (v, kind) = self.word(part)?;
            match kind {
                Kind::Plus if seen && last != Kind::Plus => {}
                // « quatre-vingts » multiplies; « soixante-dix », « vingt-deux » add.
                Kind::Ten if last == Kind::Unit && current % 10.0 == 4.0 && self.decimal_comma && v == 20.0 => {
                    current = current - 4.0 + 80.0;
                }
                Kind::Ten if matches!(last, Kind::Plus | Kind::Hundred | Kind::Scale) => current += v,
                Kind::Unit if last != Kind::Unit || (before == 10.0 && v < 10.0) => current += v,
                Kind::Hundred => current = if current == 0.0 { v } else { current * v },
                Kind::Scale => {
                    total += if current == 0.0 { v } else { current * v };
                    current = 0.0;
                }
                _ => return None,
            }
            if kind != Kind::Plus {
                seen = true;
            }
            (last, before) = (kind, v);
        }
        (seen && last != Kind::Plus).then_some(total + current)
    }

    /// A number in digits or words.
    pub(crate) fn parse(&self, s: &str) -> Option<f64> {
        self.digits(s).or_else(|| self.in_words(s))
    }

    /// Number words whose value lies below a hundred, for patterns.
    pub(crate) fn small_words(&self) -> Vec<&'static str> {
        let mut out: Vec<&'static str> =
            self.words.iter().filter(|(_, (_, k))| matches!(k, Kind::Unit | Kind::Ten)).map(|(w, _)| *w).collect();
        out.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_digits() {
        let n = of(Lang::Fr);
        for (s, v) in [
            ("dix-huit", 18.0),
            ("vingt et un", 21.0),
            ("soixante-dix", 70.0),
            ("soixante et onze", 71.0),
            ("quatre-vingts", 80.0),
            ("quatre-vingt-dix-sept", 97.0),
            ("deux cent trente", 230.0),
            ("mille", 1000.0),
            ("trois mille deux cents", 3200.0),
            ("deux millions", 2e6),
            ("1,8", 1.8),
            ("2000", 2000.0),
            ("1.250.000", 1.25e6),
            ("7.5", 7.5),
        ] {
            assert_eq!(n.parse(s), Some(v), "{s}");
        }
        for s in ["et", "3-2", "1,2,3", "deux trois", "12h", "1.2.3", ""] {
            assert_eq!(n.parse(s), None, "{s}");
        }
        assert_eq!(of(Lang::En).parse("two hundred and five"), Some(205.0));
        assert_eq!(of(Lang::En).parse("1,250"), Some(1250.0));
        assert_eq!(of(Lang::En).parse("twenty-one"), Some(21.0));
    }
}
