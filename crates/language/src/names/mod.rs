//! Names: persons, places, organisations, events and products, found by a linear-chain conditional
//! random field (Lafferty, McCallum and Pereira 2001) over words, letters, word lists, and what the
//! rest of the article tells of a word (Ratinov and Roth 2009).

pub mod agree;
pub mod decode;
pub mod features;
pub mod hash;
pub mod labels;
pub mod lexicon;
pub mod model;
pub mod shape;
pub mod view;

use crate::container::ModelFile;
use features::{OFFSETS, REACH};
use lexicon::NameLexicon;
use model::{NameModel, Scores, Sums};
use std::sync::{Arc, OnceLock};
use temoin_model::{Document, Lang, NameSpan, Span};
use view::View;

/// Finds names in tokenized and tagged documents.
#[derive(Debug)]
pub struct NameTagger {
    lexicon: NameLexicon,
    model: NameModel,
}

impl NameTagger {
    /// The tagger that the binary embeds; `None` for a language without one. It is read once per process.
    pub fn builtin(lang: Lang) -> Option<Arc<Self>> {
        type Cell = OnceLock<Option<Arc<NameTagger>>>;
        static FRENCH: Cell = Cell::new();
        static ENGLISH: Cell = Cell::new();
        let (cell, model, words, clusters): (&Cell, &[u8], _, _) = match lang {
            Lang::Fr => (
                &FRENCH,
                include_bytes!("../../../../data/models/fr.names.model"),
                include_str!("../../../../data/lexicon/fr/name_words.tsv"),
                include_str!("../../../../data/lexicon/fr/name_clusters.txt"),
            ),
            Lang::En => (
                &ENGLISH,
                include_bytes!("../../../../data/models/en.names.model"),
                include_str!("../../../../data/lexicon/en/name_words.tsv"),
                include_str!("../../../../data/lexicon/en/name_clusters.txt"),
            ),
        };
        let read = || {
            let model = NameModel::read(&ModelFile::read(model).ok()?).ok()?;
            Some(Arc::new(NameTagger::new(NameLexicon::new(words, clusters), model)))
        };
        cell.get_or_init(read).clone()
    }

    /// A tagger with these word lists and weights, which must have been trained together.
    pub fn new(lexicon: NameLexicon, model: NameModel) -> Self {
        NameTagger { lexicon, model }
    }

    /// The weights.
    pub fn model(&self) -> &NameModel {
        &self.model
    }

    /// Puts other weights in the place of the present ones.
    pub fn set_model(&mut self, model: NameModel) {
        self.model = model;
    }

    /// The word lists.
    pub fn lexicon(&self) -> &NameLexicon {
        &self.lexicon
    }

    /// Sets [`Document::names`].
    pub fn tag(&self, doc: &mut Document) {
        doc.names.clear();
        if self.model.is_empty() {
            return;
        }
        let view = View::new(doc, &self.lexicon);
        let scores = self.scores(&view);
        let mut decoder = decode::Decoder::default();
        for &sentence in &view.sentences {
            let (start, end) = (sentence.start, sentence.end);
            let labels = decode::best(&scores[start as usize..end as usize], self.model.pairs(), &mut decoder);
            doc.names.extend(labels::names(labels).map(|(from, to, kind)| NameSpan {
                tokens: Span::new(start + from as u32, start + to as u32),
                kind: labels::KINDS[kind],
            }));
        }
        agree::agree(&view, &scores, &mut doc.names);
        agree::surnames(&view, &mut doc.names);
    }

    /// Scores of each word from the words around it.
    fn scores(&self, view: &View) -> Vec<Scores> {
        let mut found = Vec::new();
        let mut form = |shape: &shape::Shape, offset| {
            found.clear();
            features::of_form(shape, offset, |f| found.push(f));
            self.model.sums(&found)
        };
        let by_form: Vec<[Sums; OFFSETS]> =
            view.shapes.iter().map(|shape| std::array::from_fn(|offset| form(shape, offset))).collect();
        let edges: [Sums; OFFSETS] = std::array::from_fn(|offset| {
            found.clear();
            features::of_edge(offset, |f| found.push(f));
            self.model.sums(&found)
        });
        let mut scores = Vec::with_capacity(view.words.len());
        for &sentence in &view.sentences {
            let (start, end) = (sentence.start as usize, sentence.end as usize);
            for i in start..end {
                found.clear();
                features::of_context(view, sentence, i, |f| found.push(f));
                let mut sum = self.model.sums(&found);
                for offset in 0..OFFSETS {
                    let j = (i + offset).wrapping_sub(REACH);
                    let part = if (start..end).contains(&j) {
                        &by_form[view.words[j].shape as usize][offset]
                    } else {
                        &edges[offset]
                    };
                    for (s, p) in sum.iter_mut().zip(part) {
                        *s += p;
                    }
                }
                scores.push(sum.map(|s| s as f32));
            }
        }
        scores
    }
}
