//! The reader of one sentence.

use super::QuantityExpr;
use super::lexicon::Lexicon;
use crate::numbers::Kind;
use crate::time::head;
use crate::words::Words;
use temoin_model::{Document, Precision, Quantity, Span, Tok, TokenId, Upos};

/// A number with what is known of it, over words `from..to`.
#[derive(Clone, Copy, Debug)]
struct Number {
    from: usize,
    to: usize,
    value: Option<f64>,
    min: Option<f64>,
    max: Option<f64>,
    precision: Precision,
}

impl Number {
    fn exact(from: usize, to: usize, v: f64) -> Self {
        Number { from, to, value: Some(v), min: Some(v), max: Some(v), precision: Precision::Exact }
    }
}

struct Reader<'a> {
    doc: &'a Document,
    lex: &'a Lexicon,
    w: Words,
    /// Words that belong to a time expression.
    times: &'a [Span<Tok>],
}

pub(super) fn sentence(
    doc: &Document,
    lex: &Lexicon,
    sentence: Span<Tok>,
    times: &[Span<Tok>],
    out: &mut Vec<QuantityExpr>,
) {
    let r = Reader { doc, lex, w: Words::of(doc, sentence), times };
    let first = out.len();
    let mut i = 0;
    while i < r.w.len() {
        match r.at(i, &out[first..]) {
            Some((q, next)) => {
                out.push(q);
                i = next.max(i + 1);
            }
            None => i = r.skip(i),
        }
    }
}

impl Reader<'_> {
    /// The word behind a number that is passed over, so that its end is not read as a number again.
    fn skip(&self, i: usize) -> usize {
        self.number(i).map_or(i + 1, |n| n.to.max(i + 1))
    }

    fn word(&self, i: usize) -> &str {
        if i < self.w.len() { self.w.word(i) } else { "" }
    }

    fn at(&self, i: usize, before: &[QuantityExpr]) -> Option<(QuantityExpr, usize)> {
        let mut n = self.range(i).or_else(|| self.number(i))?;
        if self.in_time(n.from, n.to) || self.is_ordinal(n) || self.is_score(n) {
            return None;
        }
        n = self.modified(n);
        let (noun, unit_end) = self.unit_behind(n.to);
        let (noun_token, unit, end) = match (noun, unit_end) {
            (Some(unit), end) => (Some(self.w.token(end - 1)), Some(unit), end),
            (None, _) => match self.currency_before(n.from) {
                Some(unit) => {
                    n.from -= 1;
                    (Some(self.w.token(n.from)), Some(unit), n.to)
                }
                None => (None, None, n.to),
            },
        };
        let (mut factor, mut unit) = (1.0, unit);
        if let Some((u, f)) = unit.as_deref().and_then(|u| u.split_once(':')) {
            factor = f.parse().unwrap_or(1.0);
            unit = Some(u.to_owned());
        }
        if unit.as_deref() == Some("hour") && self.is_clock(n) {
            return None;
        }
        let counted = if noun_token.is_some() { None } else { self.counted(n) };
        if unit.is_none() && counted.is_none() && self.is_label(n) {
            return None;
        }
        if n.precision == Precision::Exact && n.value == Some(1.0) && n.to - n.from == 1 && self.is_article(n, counted)
        {
            return None;
        }
        let tokens = Span::new(self.w.token(n.from).0, self.w.token(end - 1).0 + 1);
        let own = head(self.doc, tokens);
        let noun = noun_token.or(counted).unwrap_or(own);
        let unit = unit.or_else(|| match counted {
            Some(c) => Some(self.unit_of(c)),
            None => self.elided(n, before),
        });
        let times_factor = |v: Option<f64>| v.map(|v| v * factor);
        let chars = self.doc.char_span(tokens);
        let value = Quantity {
            value: times_factor(n.value),
            min: times_factor(n.min),
            max: times_factor(n.max),
            precision: n.precision,
            unit,
            text: self.doc.slice(chars).to_owned(),
            span: chars,
        };
        Some((QuantityExpr { tokens, noun, value }, end))
    }

    fn in_time(&self, from: usize, to: usize) -> bool {
        let span: Span<Tok> = Span::new(self.w.token(from).0, self.w.token(to - 1).0 + 1);
        let at = self.times.partition_point(|t| t.end <= span.start);
        self.times.get(at).is_some_and(|t| t.overlaps(span))
    }

    /// « entre 20 et 30 », « 20 à 30 », « de 20 à 30 », « 20-30 », « deux ou trois ».
    fn range(&self, i: usize) -> Option<Number> {
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
    fn number(&self, i: usize) -> Option<Number> {
        if i >= self.w.len() {
            return None;
        }
        self.group(i).or_else(|| self.number_core(i, self.w.len())).or_else(|| self.vague(i))
    }

    fn vague(&self, i: usize) -> Option<Number> {
        let least = *self.lex.vague.get(self.word(i))?;
        let n = Number { from: i, to: i + 1, value: None, min: Some(least), max: None, precision: Precision::Vague };
        self.counted(n).map(|_| n)
    }

    /// The longest number at `i` in digits (with groups of three and a scale) or words, before `limit`.
    fn number_core(&self, i: usize, limit: usize) -> Option<Number> {
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
                v *= scale;
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

    fn is_number_word(&self, i: usize) -> bool {
        let w = self.word(i);
        !w.is_empty() && w.split('-').all(|p| self.lex.numbers.word(p).is_some_and(|(_, k)| k != Kind::Group))
    }

    /// Whether word `i` follows the one before by one blank at most.
    fn adjacent(&self, i: usize) -> bool {
        let (a, b) = (self.doc.token_span(self.w.token(i - 1)), self.doc.token_span(self.w.token(i)));
        b.start >= a.end && b.start - a.end <= 1
    }

    fn group(&self, i: usize) -> Option<Number> {
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
    fn modified(&self, mut n: Number) -> Number {
        // The first number found by a caller that stands inside a range keeps its bounds.
        let text = &self.w.text;
        let start = self.byte(n.from);
        if let Some((p, precision)) = self.lex.before.iter().find(|(p, _)| text[..start].ends_with(p.as_str())) {
            let words = p.split_whitespace().count();
            // « plus » of « ne … plus de 300 » and of « de plus en plus » is rare enough to be let through.
            n.from -= words.min(n.from);
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

    fn byte(&self, i: usize) -> usize {
        self.w.start(i)
    }

    /// A unit that stands behind word `i`, possibly after « de »: « d'euros », « % », « pour cent ».
    fn unit_behind(&self, i: usize) -> (Option<String>, usize) {
        for skip in [0, 1] {
            if skip == 1 && !self.lex.of.contains(self.word(i)) {
                break;
            }
            for len in (1..=3).rev() {
                let (from, to) = (i + skip, i + skip + len);
                if to > self.w.len() {
                    continue;
                }
                let phrase = (from..to).map(|k| self.word(k)).collect::<Vec<_>>().join(" ");
                // « 6,4 M » is no length: symbols of one letter keep their case.
                let symbol = phrase.len() == 1 && phrase != self.doc.form(self.w.token(from));
                if let Some(u) = self.lex.units.get(&phrase).filter(|_| !symbol) {
                    return (Some(u.clone()), to);
                }
            }
        }
        (None, i)
    }

    fn currency_before(&self, i: usize) -> Option<String> {
        if i == 0 {
            return None;
        }
        matches!(self.word(i - 1), "$" | "€" | "£" | "¥" | "us$")
            .then(|| self.lex.units.get(self.word(i - 1)).cloned())?
    }

    /// The noun behind the number, over « de », articles and adjectives; else the noun that the tree
    /// makes it modify.
    fn counted(&self, n: Number) -> Option<TokenId> {
        let mut glue = false;
        for k in n.to..self.w.len().min(n.to + 5) {
            let t = self.w.token(k);
            let form = self.word(k);
            match self.doc.upos(t) {
                Upos::Noun => return Some(t),
                // A form of the people's list is read as the noun that it is, whatever its tag.
                _ if self.lex.is_person(self.doc.lemma(t), form) && self.doc.upos(t) != Upos::Det => return Some(t),
                Upos::Propn if glue => return Some(t),
                Upos::Adj => {}
                _ if k == n.to && self.lex.of.contains(form) => glue = true,
                Upos::Det if glue => {}
                _ => break,
            }
        }
        let inside = |t: TokenId| t.0 >= self.w.token(n.from).0 && t.0 <= self.w.token(n.to - 1).0;
        (n.from..n.to).map(|k| self.w.token(k)).find_map(|t| {
            let h = self.doc.head(t)?;
            let nummod = self.doc.relation(t) == "nummod" && self.doc.upos(h) == Upos::Noun;
            (nummod && !inside(h) && h.0 > t.0 && h.0 - t.0 <= 5).then_some(h)
        })
    }

    fn unit_of(&self, noun: TokenId) -> String {
        let (lemma, form) = (self.doc.lemma(noun), self.doc.form(noun));
        if self.lex.is_person(lemma, form) { "person".to_owned() } else { lemma.to_lowercase() }
    }

    /// « Dix-huit ont été tués et 700 blessés »: what an earlier quantity of the sentence counts, when
    /// the number stands for a noun of its own.
    fn elided(&self, n: Number, before: &[QuantityExpr]) -> Option<String> {
        let next = (n.to < self.w.len()).then(|| self.w.token(n.to))?;
        let predicate = matches!(self.doc.upos(next), Upos::Verb | Upos::Aux | Upos::Adj)
            || matches!(self.word(n.to), "d'" | "autres" | "se");
        predicate.then(|| before.last()?.value.unit.clone()).flatten().filter(|u| u == "person")
    }

    /// « 1 er », « 100 e »: an ordinal split by the tokenizer.
    fn is_ordinal(&self, n: Number) -> bool {
        n.precision == Precision::Exact
            && matches!(self.word(n.to), "e" | "er" | "ère" | "ème" | "ième" | "th" | "st" | "nd" | "rd")
    }

    /// « 2 à 1 », « 6-4 »: neither counts anything, and the pair does not rise.
    fn is_score(&self, n: Number) -> bool {
        let digits = |i: usize| i < self.w.len() && self.lex.numbers.digits(self.word(i)).is_some();
        let dash = |i: usize| matches!(self.word(i), "-" | "à" | "/" | ":");
        let small = n.to - n.from == 1 && n.precision == Precision::Exact && digits(n.from);
        let after = dash(n.to) && digits(n.to + 1);
        let before = n.from >= 2 && dash(n.from - 1) && digits(n.from - 2);
        small && (after || before) && self.unit_behind(n.to).0.is_none() && self.counted(n).is_none()
    }

    /// « article 5 », « Airbus 320 », « page 12 »: a number that names rather than counts.
    fn is_label(&self, n: Number) -> bool {
        if n.precision != Precision::Exact {
            return false;
        }
        let t = self.w.token(n.from);
        if self.doc.name_at(t).is_some() {
            return true;
        }
        let single = n.to - n.from == 1;
        let year = single && n.value.is_some_and(|v| (1700.0..=2100.0).contains(&v) && v.fract() == 0.0);
        let in_digits = self.word(n.from).starts_with(|c: char| c.is_ascii_digit());
        let behind_noun = n.from > 0
            && matches!(self.doc.upos(self.w.token(n.from - 1)), Upos::Noun | Upos::Propn | Upos::X)
            && self.word(n.from - 1).starts_with(char::is_alphabetic);
        year && in_digits || single && behind_noun || self.word(n.from) == "un" || self.word(n.from) == "une"
    }

    /// A lone « un » or « une » is an article, unless it counts the dead.
    fn is_article(&self, n: Number, counted: Option<TokenId>) -> bool {
        let w = self.word(n.from);
        if w.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let one = counted.is_some_and(|c| self.lex.counts_one(self.doc.lemma(c), self.doc.form(c)));
        let tagged = self.doc.upos(self.w.token(n.from)) == Upos::Num;
        !(one || tagged && counted.is_some())
    }

    /// « à 14 heures »: a time of day, not a duration.
    fn is_clock(&self, n: Number) -> bool {
        let before = if n.from > 0 { self.word(n.from - 1) } else { "" };
        // « 21 h 30 », « 8h »: the sign rather than the word is a time of day everywhere in the news.
        n.value.is_some_and(|v| v <= 24.0) && self.word(n.to) == "h"
            || n.value.is_some_and(|v| v <= 24.0)
                && matches!(n.precision, Precision::Exact | Precision::About | Precision::AtMost | Precision::AtLeast)
                && (matches!(before, "à" | "vers" | "dès" | "avant" | "après")
                    || self.word(n.from) == "dès"
                    || self.word(n.from).starts_with("jusqu"))
    }
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
