//! Text cut into surface tokens, sentences and words.

use crate::analysis::Models;
use crate::lang::Rules;
use crate::lex::Lex;
use crate::sentence;
use crate::tokenizer::{Gap, Surface, compose, is_composed, normalize, tokenize};
use crate::wrap;
use std::borrow::Cow;

/// One syntactic word before tagging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawWord<'r> {
    /// Number of its surface token.
    pub surface: usize,
    /// The form, where it differs from the surface.
    pub expanded: Option<Cow<'r, str>>,
}

/// Text cut into surface tokens, sentences and words.
#[derive(Clone, Debug, Default)]
pub struct Segments<'r> {
    /// Surface tokens.
    pub surfaces: Vec<Surface>,
    /// Words, in order.
    pub words: Vec<RawWord<'r>>,
    /// First word behind each sentence.
    pub ends: Vec<usize>,
}

/// Cuts `text` into surface tokens, sentences and words.
pub fn segment<'r>(text: &'r str, rules: &'r Rules, models: Option<&'r Models>) -> Segments<'r> {
    let mut surfaces = tokenize(text, rules);
    let mut buffer = String::new();
    let mut lex: Vec<Lex> = surfaces.iter().map(|s| Lex::new(s.of(text), &mut buffer)).collect();
    if let Some(m) = models {
        m.clusters.look_up(&mut lex);
    }
    let words = Vec::with_capacity(surfaces.len() + surfaces.len() / 16);
    let mut cutter =
        Cutter { text, rules, models, words, ends: Vec::new(), wrapped: false, buffer, features: Vec::new() };
    let mut from = 0;
    while from < surfaces.len() {
        let next = surfaces[from + 1..].iter().position(|s| s.gap == Gap::Paragraph);
        let to = next.map_or(surfaces.len(), |n| from + 1 + n);
        cutter.wrapped = wrap::unwrap(text, &mut surfaces[from..to], rules);
        cutter.paragraph(from, &surfaces[from..to], &lex[from..to]);
        from = to;
    }
    Segments { words: cutter.words, ends: cutter.ends, surfaces }
}

struct Cutter<'a> {
    text: &'a str,
    rules: &'a Rules,
    models: Option<&'a Models>,
    words: Vec<RawWord<'a>>,
    ends: Vec<usize>,
    /// Whether the paragraph was wrapped, so that all line breaks that are left mean something.
    wrapped: bool,
    buffer: String,
    features: Vec<u32>,
}

impl Cutter<'_> {
    /// Cuts one paragraph, whose first token has number `first`. It sees nothing of the others: a
    /// paragraph is cut alike wherever it stands.
    fn paragraph(&mut self, first: usize, surfaces: &[Surface], lex: &[Lex]) {
        let (mut start, mut line, mut at_start) = (0, 0, true);
        for i in 0..surfaces.len() {
            if i > 0 && surfaces[i].gap == Gap::Line {
                if start < i && wrap::breaks_at(self.text, surfaces, self.rules, line, i, self.wrapped) {
                    self.ends.push(self.words.len());
                    start = i;
                }
                line = i;
            }
            at_start = i == start || (at_start && !surfaces[i - 1].of(self.text).starts_with(char::is_alphanumeric));
            self.expand(first, surfaces, lex, i, at_start);
            if start == line && sentence::is_dateline(self.text, &surfaces[start..], i - start) {
                self.ends.push(self.words.len());
                start = i + 1;
                continue;
            }
            if sentence::is_candidate(self.text, surfaces, i)
                && sentence::certain(self.text, surfaces, self.rules, (start, line), i, &mut self.buffer)
                    .unwrap_or_else(|| self.ends_behind(surfaces, lex, start, i))
            {
                self.ends.push(self.words.len());
                start = i + 1;
            }
        }
        if start < surfaces.len() {
            self.ends.push(self.words.len());
        }
    }

    fn ends_behind(&mut self, surfaces: &[Surface], lex: &[Lex], start: usize, i: usize) -> bool {
        match self.models {
            Some(m) => {
                sentence::end_features(self.text, surfaces, lex, start, i, &mut self.features);
                sentence::decide(&m.ends, &self.features)
            }
            None => sentence::decide_by_rule(self.text, surfaces, lex, i),
        }
    }

    /// Adds the word or words of token `i`. Where a sentence begins, « Des » is an article.
    fn expand(&mut self, first: usize, surfaces: &[Surface], lex: &[Lex], i: usize, at_start: bool) {
        let (form, surface) = (surfaces[i].of(self.text), first + i);
        normalize(form, &mut self.buffer);
        let parts = self.rules.contractions.get(self.buffer.as_str()).filter(|_| {
            !self.rules.ambiguous.contains(self.buffer.as_str())
                || (!at_start
                    && self.models.is_none_or(|m| {
                        sentence::split_features(lex, i, &mut self.features);
                        sentence::decide(&m.splits, &self.features)
                    }))
        });
        match parts {
            Some(parts) => {
                self.words.extend(with_capitals(&compose(form), parts).map(|w| RawWord { surface, expanded: Some(w) }));
            }
            None => {
                let expanded = (!is_composed(form)).then(|| compose(form));
                self.words.push(RawWord { surface, expanded });
            }
        }
    }
}

/// The words of a contraction, with the capitals of its surface: « Au » → « À », « le ».
fn with_capitals<'a>(form: &str, parts: &'a [String]) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
    let all = form.chars().count() > 1 && form.chars().all(char::is_uppercase);
    let first = form.starts_with(char::is_uppercase);
    parts.iter().enumerate().map(move |(k, p)| {
        if all {
            Cow::Owned(p.to_uppercase())
        } else if first && k == 0 {
            let mut c = p.chars();
            Cow::Owned(c.next().map(|f| f.to_uppercase().chain(c).collect()).unwrap_or_default())
        } else {
            Cow::Borrowed(p.as_str())
        }
    })
}
