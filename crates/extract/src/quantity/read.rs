//! The reader of one sentence.

use super::QuantityExpr;
use super::lexicon::Lexicon;
use super::number::Number;
use crate::time::head;
use crate::words::Words;
use temoin_model::{Document, Precision, Quantity, Span, Tok, TokenId, Upos};

pub(super) struct Reader<'a> {
    pub(super) doc: &'a Document,
    pub(super) lex: &'a Lexicon,
    pub(super) w: Words,
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

    pub(super) fn word(&self, i: usize) -> &str {
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
        let mut end = end;
        if let (Some("m"), Some(cm)) = (unit.as_deref(), self.centimetres(n, end)) {
            n = Number::exact(n.from, n.to, (n.value.unwrap_or(0.0) * 100.0 + cm).round() / 100.0);
            end += 1;
        }
        let (mut factor, mut unit) = (1.0, unit);
        if let Some((u, f)) = unit.as_deref().and_then(|u| u.split_once(':')) {
            factor = f.parse().unwrap_or(1.0);
            unit = Some(u.to_owned());
        }
        if unit.as_deref() == Some("hour") && self.is_clock(n) {
            return None;
        }
        let counted = if noun_token.is_some() { None } else { self.counted(n) };
        let elided = if counted.is_some() { None } else { self.elided(n, before) };
        // « quinze autres ont été blessées »: the number and « autres » stand for those counted before.
        let others = counted.filter(|&c| self.is_others(c, n)).or_else(|| self.others_behind(n.to));
        let (counted, elided) = match others {
            Some(_) => (None, before.last().and_then(|q| q.value.unit.clone()).filter(|u| u == "person")),
            None => (counted, elided),
        };
        let end = if others.is_some() { n.to + 1 } else { end };
        if unit.is_none() && counted.is_none() && self.is_label(n) {
            return None;
        }
        if n.precision == Precision::Exact && n.value == Some(1.0) && n.to - n.from == 1 && self.is_article(n, counted)
        {
            return None;
        }
        let tokens = Span::new(self.w.token(n.from).0, self.w.token(end - 1).0 + 1);
        let own = head(self.doc, tokens);
        let noun = noun_token.or(others).or(counted).unwrap_or(own);
        let unit = unit.or_else(|| match counted {
            Some(c) => Some(self.unit_of(c)),
            None => elided,
        });
        let times_factor = |v: Option<f64>| v.map(|v| super::number::scaled_up(v, factor));
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

    /// « 6m03 », « 5 m 98 »: the two figures behind the sign of a whole number of metres.
    fn centimetres(&self, n: Number, behind: usize) -> Option<f64> {
        let word = self.word(behind);
        let whole = n.precision == Precision::Exact && n.value.is_some_and(|v| v.fract() == 0.0 && v < 1000.0);
        let sign = behind > 0 && self.word(behind - 1) == "m";
        let figures = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
        (whole && sign && figures && self.unit_behind(behind + 1).0.is_none()).then(|| word.parse().ok())?
    }

    /// Whether the noun that a number counts is "others" right behind it.
    fn is_others(&self, counted: TokenId, n: Number) -> bool {
        n.to < self.w.len() && self.w.token(n.to) == counted && matches!(self.word(n.to), "autres" | "others")
    }

    /// « autres » as a pronoun behind a number.
    fn others_behind(&self, i: usize) -> Option<TokenId> {
        let t = (i < self.w.len()).then(|| self.w.token(i)).filter(|_| self.word(i) == "autres")?;
        let noun = |x: TokenId| matches!(self.doc.upos(x), Upos::Noun | Upos::Adj | Upos::Propn);
        let alone = i + 1 >= self.w.len() || !noun(self.w.token(i + 1));
        alone.then_some(t)
    }

    fn in_time(&self, from: usize, to: usize) -> bool {
        let span: Span<Tok> = Span::new(self.w.token(from).0, self.w.token(to - 1).0 + 1);
        let at = self.times.partition_point(|t| t.end <= span.start);
        self.times.get(at).is_some_and(|t| t.overlaps(span))
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
    pub(super) fn counted(&self, n: Number) -> Option<TokenId> {
        // « six cents migrants » with « migrants » read as an adjective of « cents »
        if matches!(self.word(n.to - 1), "cents" | "cent" | "mille") && n.to < self.w.len() {
            let (t, next) = (self.w.token(n.to), (n.to + 1 < self.w.len()).then(|| self.w.token(n.to + 1)));
            let noun = next.is_some_and(|x| self.doc.upos(x) == Upos::Noun);
            let plural = self.doc.feat(t, "Number") == Some("Plur");
            if self.doc.upos(t) == Upos::Adj && self.doc.relation(t) == "amod" && !noun && plural {
                return Some(t);
            }
        }
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
