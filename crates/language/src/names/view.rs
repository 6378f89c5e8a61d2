//! An article as the name tagger sees it: every word points to the shape of its form, and forms
//! know how they are used in the rest of the article.

use super::hash;
use super::lexicon::{FIRST_NAME, NameLexicon};
use super::shape::Shape;
use rustc_hash::FxHashMap;
use temoin_model::{Document, Span, Tok};

/// How many different neighbours of a form are kept on each side.
const NEIGHBOURS: usize = 4;

/// One word in its place.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordView {
    /// Index in [`View::shapes`].
    pub shape: u32,
    /// Index in [`View::uses`].
    pub used: u32,
    /// Part of speech as a number.
    pub upos: u8,
    /// Bits of the lexicon entry of several words that covers it.
    pub entry: u8,
    /// 1 on the first word of that entry, 2 on the others, 0 without.
    pub entry_position: u8,
    /// Whether no character stands between it and the word before.
    pub glued: bool,
    /// Hash of the lemma.
    pub lemma: u64,
    /// Index of the head; the word itself at the root.
    pub head: u32,
    /// Hash of the relation to the head, without its subtype.
    pub relation: u64,
    /// Inside « » or double quotes, inside parentheses.
    pub enclosed: u8,
}

/// How a lower-cased form is used in the whole article.
#[derive(Clone, Debug, Default)]
pub struct Use {
    /// Written without a capital somewhere.
    pub small: bool,
    /// Written with a capital, other than at the beginning of a sentence.
    pub capital: bool,
    /// Comes behind a first name somewhere.
    pub behind_first_name: bool,
    /// Words that come before it when it has a capital: hashes of the first few different ones.
    pub before: Vec<u64>,
    /// Words that come behind it.
    pub behind: Vec<u64>,
}

/// The article.
#[derive(Debug)]
pub struct View {
    /// One for each word.
    pub words: Vec<WordView>,
    /// Distinct forms, in order of first use.
    pub shapes: Vec<Shape>,
    /// Distinct lower-cased forms, in order of first use.
    pub uses: Vec<Use>,
    /// Sentences.
    pub sentences: Vec<Span<Tok>>,
}

impl View {
    /// Looks at `doc` with what `lexicon` knows.
    pub fn new(doc: &Document, lexicon: &NameLexicon) -> Self {
        let mut view = View {
            words: Vec::with_capacity(doc.len()),
            shapes: Vec::new(),
            uses: Vec::new(),
            sentences: doc.sentences().to_vec(),
        };
        let mut bytes = Vec::with_capacity(doc.len());
        let mut by_form: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
        let mut by_lower: FxHashMap<u64, u32> = FxHashMap::default();
        let mut last_end = u32::MAX;
        for t in doc.tokens() {
            let (shape, used) = *by_form.entry(doc.form(t)).or_insert_with_key(|form| {
                view.shapes.push(Shape::new(form, lexicon));
                let lower = view.shapes[view.shapes.len() - 1].lower;
                let used = *by_lower.entry(lower).or_insert_with(|| {
                    view.uses.push(Use::default());
                    view.uses.len() as u32 - 1
                });
                (view.shapes.len() as u32 - 1, used)
            });
            let span = doc.token_span(t);
            let b = doc.bytes(span);
            bytes.push((b.start, b.end));
            let glued = b.start == last_end;
            last_end = b.end;
            view.words.push(WordView {
                shape,
                used,
                upos: doc.upos(t) as u8,
                glued,
                lemma: hash::lower(doc.lemma(t)),
                head: doc.head(t).unwrap_or(t).0,
                relation: hash::exact(doc.relation(t)),
                ..WordView::default()
            });
        }
        view.mark_entries(doc, lexicon, &bytes);
        view.mark_enclosed(doc);
        view.collect_uses();
        view
    }

    /// Shape of word `i`.
    #[inline]
    pub fn shape(&self, i: usize) -> &Shape {
        &self.shapes[self.words[i].shape as usize]
    }

    fn mark_entries(&mut self, doc: &Document, lexicon: &NameLexicon, bytes: &[(u32, u32)]) {
        for s in 0..self.sentences.len() {
            let sentence = self.sentences[s];
            let (mut i, end) = (sentence.start as usize, sentence.end as usize);
            while i < end {
                if self.shape(i).is_capitalised()
                    && let Some((n, bits)) = lexicon.longest(doc.text(), &bytes[i..end])
                {
                    for (k, w) in self.words[i..(i + n).min(end)].iter_mut().enumerate() {
                        w.entry = bits;
                        w.entry_position = if k == 0 { 1 } else { 2 };
                    }
                    i += n;
                } else {
                    i += 1;
                }
            }
        }
    }

    fn mark_enclosed(&mut self, doc: &Document) {
        for &sentence in &self.sentences {
            let (mut quote, mut parenthesis) = (0u8, 0u8);
            for t in doc.tokens_in(sentence) {
                match doc.form(t) {
                    "«" | "“" => quote = 1,
                    "»" | "”" => quote = 0,
                    "\"" => quote ^= 1,
                    "(" | "[" => parenthesis = 2,
                    ")" | "]" => parenthesis = 0,
                    _ => self.words[t.ix()].enclosed = quote | parenthesis,
                }
            }
        }
    }

    fn collect_uses(&mut self) {
        let edge = hash::exact("");
        for &sentence in &self.sentences {
            let mut first = true;
            for i in sentence.range().map(|i| i as usize) {
                let (word, shape) = (self.words[i], self.shape(i));
                let at_start = std::mem::take(&mut first);
                if !shape.is_capitalised() {
                    self.uses[word.used as usize].small = true;
                    continue;
                }
                let neighbour = |j: usize| {
                    if sentence.contains_at(j as u32) { self.shape(j).lower } else { edge }
                };
                let before = if at_start { edge } else { neighbour(i - 1) };
                let behind = neighbour(i + 1);
                let named = !at_start && {
                    let b = self.shape(i - 1);
                    b.is_capitalised() && b.bits & FIRST_NAME != 0
                };
                let used = &mut self.uses[word.used as usize];
                used.capital |= !at_start;
                used.behind_first_name |= named;
                if !at_start && used.before.len() < NEIGHBOURS && !used.before.contains(&before) {
                    used.before.push(before);
                }
                if used.behind.len() < NEIGHBOURS && !used.behind.contains(&behind) {
                    used.behind.push(behind);
                }
            }
        }
    }
}
