//! Articles with names to training sentences: our own tokens, their features as numbers, and the
//! labels that the corpus allows.

use super::corpora::GoldArticle;
use super::crf::Sentence;
use rustc_hash::FxHashMap;
use temoin_language::Annotator;
use temoin_language::names::features::{self, OFFSETS, REACH};
use temoin_language::names::labels::{LABELS, OUTSIDE, Position, kind_index, label};
use temoin_language::names::lexicon::NameLexicon;
use temoin_language::names::view::View;
use temoin_model::{Article, Document, Meta, NameKind};

/// Features by number, with the hash of each.
#[derive(Debug, Default)]
pub struct Numbering {
    numbers: FxHashMap<u32, u32>,
    /// Hash of each feature.
    pub prints: Vec<u32>,
    counts: Vec<u32>,
}

impl Numbering {
    fn number(&mut self, print: u32) -> u32 {
        let n = *self.numbers.entry(print).or_insert_with(|| {
            self.prints.push(print);
            self.counts.push(0);
            self.prints.len() as u32 - 1
        });
        self.counts[n as usize] += 1;
        n
    }

    /// Drops features seen fewer than `least` times, here and in `sentences`.
    pub fn prune(&mut self, least: u32, sentences: &mut [Sentence]) {
        let mut new = vec![u32::MAX; self.prints.len()];
        let mut prints = Vec::new();
        for (i, &print) in self.prints.iter().enumerate() {
            if self.counts[i] >= least {
                new[i] = prints.len() as u32;
                prints.push(print);
            }
        }
        self.prints = prints;
        self.numbers = FxHashMap::default();
        for s in sentences {
            let old = std::mem::take(&mut s.features);
            let mut at = 0;
            for end in &mut s.ends {
                s.features.extend(old[at..*end as usize].iter().map(|&f| new[f as usize]).filter(|&f| f != u32::MAX));
                at = *end as usize;
                *end = s.features.len() as u32;
            }
            s.features.shrink_to_fit();
        }
    }
}

/// The analysis of a corpus article.
pub fn annotate(annotator: &Annotator, article: &GoldArticle) -> Document {
    let meta = Meta { name: article.name.clone(), lang: annotator.lang(), ..Meta::default() };
    annotator.annotate(Article { meta, text: article.text.clone() })
}

/// Labels that each word may have, a bit for each.
pub fn allowed(doc: &Document, article: &GoldArticle) -> Vec<u32> {
    let mut bits = vec![1u32 << OUTSIDE; doc.len()];
    let mut from = 0u32;
    for name in article.outermost() {
        let words = doc.tokens().skip(from as usize);
        let covered: Vec<u32> = words
            .skip_while(|&t| doc.token_span(t).end <= name.span.start)
            .take_while(|&t| doc.token_span(t).start < name.span.end)
            .map(|t| t.0)
            .collect();
        let (Some(&first), Some(&last)) = (covered.first(), covered.last()) else { continue };
        from = last;
        for &t in &covered {
            let position = match (t == first, t == last) {
                (true, true) => Position::Single,
                (true, false) => Position::Begin,
                (false, true) => Position::End,
                (false, false) => Position::Inside,
            };
            bits[t as usize] = match name.kind {
                Some(kind) => 1 << label(kind_index(kind), position),
                None => [NameKind::Event, NameKind::Product]
                    .iter()
                    .fold(1 << OUTSIDE, |b, &k| b | 1 << label(kind_index(k), position)),
            };
        }
    }
    bits
}

/// Adds the sentences of one article.
pub fn sentences(
    doc: &Document,
    lexicon: &NameLexicon,
    allowed: &[u32],
    weight: f32,
    numbering: &mut Numbering,
    out: &mut Vec<Sentence>,
) {
    const { assert!(LABELS <= 32) };
    let view = View::new(doc, lexicon);
    for &span in &view.sentences {
        let mut s = Sentence { weight, ..Sentence::default() };
        let (start, end) = (span.start as usize, span.end as usize);
        for i in start..end {
            let mut put = |f: u32| s.features.push(numbering.number(f));
            features::of_context(&view, span, i, &mut put);
            for offset in 0..OFFSETS {
                let j = (i + offset).wrapping_sub(REACH);
                if (start..end).contains(&j) {
                    features::of_form(view.shape(j), offset, &mut put);
                } else {
                    features::of_edge(offset, &mut put);
                }
            }
            s.ends.push(s.features.len() as u32);
        }
        s.allowed = allowed[start..end].to_vec();
        out.push(s);
    }
}
