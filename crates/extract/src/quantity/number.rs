//! Numbers in a sentence: digits, words, groups, ranges, and the phrases that bound them.

use super::read::Reader;
use crate::numbers::Kind;
use temoin_model::{Lang, Precision};

/// A number with what is known of it, over words `from..to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: Option<f64>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) precision: Precision,
}

impl Number {
    pub(super) fn exact(from: usize, to: usize, v: f64) -> Self {
        Number { from, to, value: Some(v), min: Some(v), max: Some(v), precision: Precision::Exact }
    }
}

impl Reader<'_> {
    /// « entre 20 et 30 », « 20 à 30 », « de 20 à 30 », « 20-30 », « deux ou trois ».
    pub(super) fn range(&self, i: usize) -> Option<Number> {
        let between = self.lex.between.contains(self.word(i));
        let from = self.lex.from.contains(self.word(i));
        let start = if between || from { i + 1 } else { i };
        let pair = |a: Number, b: Number| {
            let (mut lo, hi) = (a.value?, b.value?);
            // « 2 à 3 millions »: the scale belongs to both.
            if lo < 1000.0 && hi >= 1000.0 && b.to - b.from > 1 {
                let small = self.number_core(b.from, b.to - 1)?.value?;
                if small > lo && self.lex.numbers.word(self.word(b.to - 1)).is_some_and(|(_, k)| k == Kind::Scale) {
                    lo *= hi / small;
                }
            }
            (lo < hi).then_some(Number {
                from: if between { i } else { start },
                to: b.to,
                value: None,
                min: Some(lo),
                max: Some(hi),
                precision: Precision::Range,
            })
        };
        if let Some((a, b)) = self.word(start).split_once('-')
            && let (Some(lo), Some(hi)) = (self.lex.numbers.digits(a), self.lex.numbers.digits(b))
        {
            let n = Number::exact(start, start + 1, hi);
            // « 3-2 » is a score, « 2015-2016 » a season: only a rising pair that counts something is a range.
            return (lo < hi && self.counted(n).is_some() && !(1500.0..2200.0).contains(&lo)).then_some(Number {
                value: None,
                min: Some(lo),
                max: Some(hi),
                precision: Precision::Range,
                ..n
            });
        }
        let a = self.number(start).filter(|n| n.precision == Precision::Exact)?;
        let link = self.word(a.to);
        let linked = if between { self.lex.and.contains(link) } else { self.lex.to.contains(link) };
        if !linked {
            return None;
        }
        let b = self.number(a.to + 1).filter(|n| n.precision == Precision::Exact)?;
        pair(a, b)
    }

    /// A number, a group (« une vingtaine », « des dizaines de milliers ») or a vague word at `i`.
    pub(super) fn number(&self, i: usize) -> Option<Number> {
        if !self.lex.begins(self.word(i)) {
            return None;
        }
        self.group(i).or_else(|| self.number_core(i, self.w.len())).or_else(|| self.vague(i))
    }

    pub(super) fn vague(&self, i: usize) -> Option<Number> {
        let least = *self.lex.vague.get(self.word(i))?;
        let n = Number { from: i, to: i + 1, value: None, min: Some(least), max: None, precision: Precision::Vague };
        self.counted(n).map(|_| n)
    }

    /// The longest number at `i` in digits (with groups of three and a scale) or words, before `limit`.
    pub(super) fn number_core(&self, i: usize, limit: usize) -> Option<Number> {
        let numbers = self.lex.numbers;
        if let Some(mut v) = numbers.digits(self.word(i)) {
            let mut to = i + 1;
            // « 2 000 » split by a tokenizer: groups of three digits one blank apart.
            let mut plain = self.word(i).bytes().all(|b| b.is_ascii_digit()) && self.word(i).len() <= 3;
            while plain && to < limit && self.adjacent(to) && self.word(to).len() == 3 {
                let Some(group) = numbers.digits(self.word(to)) else { break };
                v = v * 1000.0 + group;
                to += 1;
                plain = v < 1e15;
            }
            let mut scaled = false;
            while to < limit
                && !scaled
                && let Some((scale, Kind::Scale)) = numbers.word(self.word(to))
            {
                v = scaled_up(v, scale);
                to += 1;
                scaled = true;
            }
            return Some(Number::exact(i, to, v));
        }
        // In words: the longest run that reads as one number, hyphens apart or not.
        let mut end = i;
        while end < limit && end - i < 12 && (self.is_number_word(end) || (self.word(end) == "-" && end > i)) {
            end += 1;
        }
        while end > i {
            let run: Vec<&str> = (i..end).map(|k| self.word(k)).collect();
            if let Some(v) = numbers.in_words(&run.join(" ")) {
                return Some(Number::exact(i, end, v));
            }
            end -= 1;
        }
        None
    }

    pub(super) fn is_number_word(&self, i: usize) -> bool {
        let w = self.word(i);
        !w.is_empty() && w.split('-').all(|p| self.lex.numbers.word(p).is_some_and(|(_, k)| k != Kind::Group))
    }

    /// Whether word `i` follows the one before by one blank at most.
    pub(super) fn adjacent(&self, i: usize) -> bool {
        let (a, b) = (self.doc.token_span(self.w.token(i - 1)), self.doc.token_span(self.w.token(i)));
        b.start >= a.end && b.start - a.end <= 1
    }

    pub(super) fn group(&self, i: usize) -> Option<Number> {
        let lex = self.lex;
        let kind = |k: usize| lex.numbers.word(self.word(k));
        let is_group = |k: usize| match kind(k) {
            Some((_, Kind::Group)) => true,
            Some((_, Kind::Scale)) => self.word(k).ends_with('s'),
            _ => false,
        };
        let phrase = lex.before_groups.iter().find(|p| {
            let n = p.split(' ').count();
            i + n < self.w.len() && p.split(' ').enumerate().all(|(k, x)| self.word(i + k) == x)
        });
        let (mut to, count) = if is_group(i) {
            (i, None)
        } else if let Some(p) = phrase.filter(|p| is_group(i + p.split(' ').count())) {
            (i + p.split(' ').count(), None)
        } else {
            // « une vingtaine », « deux douzaines »: a number before a group word.
            let n = self.number_core(i, self.w.len())?;
            (n.to < self.w.len() && matches!(kind(n.to), Some((_, Kind::Group)))).then_some((n.to, n.value))?
        };
        let singular = !self.word(to).ends_with('s');
        let mut unit = 1.0;
        loop {
            unit *= kind(to)?.0;
            to += 1;
            // « des dizaines de milliers »
            let of = to + 1 < self.w.len() && lex.of.contains(self.word(to));
            if of && matches!(kind(to + 1), Some((_, Kind::Group | Kind::Scale))) {
                to += 1;
            } else {
                break;
            }
        }
        let about = |v: f64| restated(Number::exact(i, to, v), Precision::About);
        Some(match count {
            Some(n) => about(n * unit),
            None if singular => about(unit),
            None => Number {
                from: i,
                to,
                value: None,
                min: Some(unit * lex.least),
                max: Some(unit * lex.most),
                precision: Precision::Vague,
            },
        })
    }

    /// With the phrases around that change how exact it is: « environ 300 », « 300 au moins ».
    pub(super) fn modified(&self, mut n: Number) -> Number {
        // The first number found by a caller that stands inside a range keeps its bounds.
        let text = &self.w.text;
        // "more than a thousand": the article is part of the number.
        let scale = matches!(self.lex.numbers.word(self.word(n.from)), Some((_, Kind::Scale | Kind::Group)));
        let article = scale && n.from > 0 && self.doc.meta.lang == Lang::En && self.word(n.from - 1) == "a";
        let from = n.from - usize::from(article);
        let start = self.byte(from);
        if let Some((p, precision)) = self.lex.before.iter().find(|(p, _)| text[..start].ends_with(p.as_str())) {
            let words = p.split_whitespace().count();
            // « plus » of « ne … plus de 300 » and of « de plus en plus » is rare enough to be let through.
            n.from = from - words.min(from);
            return restated(n, *precision);
        }
        let end = self.byte(n.to);
        if let Some((p, precision)) = self.lex.after.iter().find(|(p, _)| text[end - 1..].starts_with(p.as_str())) {
            let to = n.to + p.split_whitespace().count();
            if self.counted(Number { to, ..n }).is_none() {
                return restated(Number { to, ..n }, *precision);
            }
        }
        n
    }

    pub(super) fn byte(&self, i: usize) -> usize {
        self.w.start(i)
    }
}

/// `v × scale`, whole where only the noise of binary fractions keeps it from being so: 66.1 million.
pub(super) fn scaled_up(v: f64, scale: f64) -> f64 {
    let product = v * scale;
    let whole = product.round();
    if (product - whole).abs() <= whole.abs() * 1e-12 { whole } else { product }
}

fn restated(n: Number, precision: Precision) -> Number {
    let low = n.min.or(n.value);
    let high = n.max.or(n.value);
    let exact = n.precision == Precision::Exact || n.precision == Precision::About;
    match precision {
        // « au moins un millier »: the statement bounds the round number itself, not ±10 % of it.
        Precision::AtLeast => {
            Number { min: if exact { n.value } else { low }, max: None, precision: Precision::AtLeast, ..n }
        }
        Precision::AtMost => {
            Number { min: None, max: if exact { n.value } else { high }, precision: Precision::AtMost, ..n }
        }
        _ if n.precision == Precision::Exact || n.precision == Precision::About => Number {
            min: n.value.map(|v| tenth(v, 9.0)),
            max: n.value.map(|v| tenth(v, 11.0)),
            precision: Precision::About,
            ..n
        },
        _ => n,
    }
}

/// `v × tenths / 10`, without the noise of binary fractions.
fn tenth(v: f64, tenths: f64) -> f64 {
    (v * tenths * 1e5).round() / 1e6
}
