//! The learned analysis of one language: models, and the way from text to trees.

use crate::clusters::Clusters;
use crate::container::{ModelError, ModelFile, both};
use crate::dense::Dense;
use crate::dictionary::Dictionary;
use crate::lang::Rules;
use crate::lemmatizer::{self, Lemmatizer};
use crate::lex::Lex;
use crate::linear::{Linear, text as hash};
use crate::parser::{self, Cell, Parser, mend};
use crate::segment::segment;
use crate::tagger::{self, Tagger};
use temoin_model::{Char, Document, DocumentBuilder, Span, TokenId, Upos, Word};

/// The trained models of one language.
#[derive(Clone, Debug)]
pub struct Models {
    /// Ends of sentences.
    pub ends: Linear,
    /// Contractions that are sometimes one word.
    pub splits: Linear,
    /// Word clusters.
    pub clusters: Clusters,
    /// Forms of a dictionary.
    pub dictionary: Dictionary,
    /// Parts of speech and features.
    pub tagger: Tagger,
    /// Lemmas.
    pub lemmatizer: Lemmatizer,
    /// Trees.
    pub parser: Parser,
}

impl Models {
    /// The models in a file.
    ///
    /// # Errors
    /// When a section is missing or damaged.
    pub fn from_file(f: &ModelFile<'_>) -> Result<Self, ModelError> {
        let linear = |name: &str| Linear::from_bytes(&f.section(name)?);
        // The parser's tables are as large as all others together.
        let (parser, others) = both(
            || Parser::from_file(f),
            || {
                let (lexicon, morphs) = Tagger::inventory_from_bytes(&f.section("inventory")?)?;
                let upos = Dense::from_bytes(&f.section("upos")?)?;
                let clusters =
                    f.section("clusters").map_or_else(|_| Ok(Clusters::default()), |b| Clusters::from_bytes(&b))?;
                let dictionary = f.section("dictionary");
                let dictionary =
                    dictionary.map_or_else(|_| Ok(Dictionary::default()), |b| Dictionary::from_bytes(&b))?;
                let edits = Lemmatizer::edits_from_bytes(&f.section("edits")?)?;
                let lemmatizer = Lemmatizer { edits, model: linear("lemmas")? };
                let tagger = Tagger { lexicon, upos, morphs, feats: linear("feats")? };
                Ok((linear("ends")?, linear("splits")?, clusters, dictionary, tagger, lemmatizer))
            },
        );
        let (parser, (ends, splits, clusters, dictionary, tagger, lemmatizer)) = (parser?, others?);
        let models = Models { ends, splits, clusters, dictionary, tagger, lemmatizer, parser };
        models.check()?;
        Ok(models)
    }

    /// Sections of a file that [`Models::from_file`] reads back.
    pub fn write(&self, f: &mut ModelFile<'_>) {
        f.insert("inventory", Tagger::inventory_to_bytes(&self.tagger.lexicon, &self.tagger.morphs));
        f.insert("edits", Lemmatizer::edits_to_bytes(&self.lemmatizer.edits));
        f.insert("clusters", self.clusters.to_bytes());
        f.insert("dictionary", self.dictionary.to_bytes());
        f.insert("ends", self.ends.to_bytes());
        f.insert("splits", self.splits.to_bytes());
        f.insert("upos", self.tagger.upos.to_bytes());
        f.insert("feats", self.tagger.feats.to_bytes());
        f.insert("lemmas", self.lemmatizer.model.to_bytes());
        self.parser.write(f);
    }

    /// A section may be sound and still not fit the others.
    fn check(&self) -> Result<(), ModelError> {
        let fits = self.ends.classes() == 2
            && self.splits.classes() == 2
            && self.tagger.feats.classes() == self.tagger.morphs.classes.len()
            && self.lemmatizer.model.classes() <= self.lemmatizer.edits.len()
            && self.dictionary.edits() <= self.lemmatizer.edits.len();
        if fits { Ok(()) } else { Err(ModelError::Damaged("sections do not fit together")) }
    }
}

/// Working memory of the analysis.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    tagger: tagger::Scratch,
    lemmatizer: lemmatizer::Scratch,
    parser: parser::Scratch,
    buffer: String,
    lemma: String,
    /// Hashes of the words of the sentence.
    pub lex: Vec<Lex>,
    /// Part of speech numbers.
    pub tags: Vec<u8>,
    /// Feature classes.
    pub classes: Vec<u16>,
    /// Lemmas, each ending at `lemma_ends`.
    lemmas: String,
    lemma_ends: Vec<usize>,
    cells: Vec<Cell>,
}

impl Scratch {
    /// Lemma of word `i` of the last sentence.
    pub fn lemma(&self, i: usize) -> &str {
        let from = if i == 0 { 0 } else { self.lemma_ends[i - 1] };
        &self.lemmas[from..self.lemma_ends[i]]
    }

    /// Head of word `i` of the last sentence; the number of words for the root.
    pub fn head(&self, i: usize) -> usize {
        self.parser.state.head[i] as usize
    }

    /// Label number of word `i` of the last sentence.
    pub fn label(&self, i: usize) -> usize {
        usize::from(self.parser.state.label[i])
    }
}

impl Models {
    /// Tags, lemmatizes and parses one sentence; the results are in `s`.
    pub fn analyse<'a>(&self, forms: impl Iterator<Item = &'a str> + Clone, s: &mut Scratch) {
        s.lex.clear();
        s.lex.extend(forms.clone().map(|f| Lex::new(f, &mut s.buffer)));
        self.clusters.look_up(&mut s.lex);
        self.dictionary.look_up(&mut s.lex);
        self.tagger.tag(&s.lex, &mut s.tags, &mut s.classes, &mut s.tagger);
        s.lemmas.clear();
        s.lemma_ends.clear();
        s.cells.clear();
        for (i, form) in forms.enumerate() {
            let (lex, upos) = (&s.lex[i], Upos::ALL[usize::from(s.tags[i])]);
            // The treebanks know better for the words that they have.
            let given = (&self.dictionary, s.tagger.seen(i, upos));
            self.lemmatizer.lemma(form, lex, (upos, s.classes[i]), given, &mut s.lemmatizer, &mut s.lemma);
            s.lemmas.push_str(&s.lemma);
            s.lemma_ends.push(s.lemmas.len());
            s.cells.push(Cell {
                word: hash(&s.lemma),
                form: lex.lower,
                tag: upos as u32,
                doubt: u32::from(s.tagger.doubts[i]),
                fine: self.tagger.morphs.coarse[usize::from(s.classes[i])],
                coarse: if self.parser.clusters { lex.coarse } else { 0 },
                cluster: if self.parser.clusters { lex.fine } else { 0 },
            });
        }
        self.parser.parse(&s.cells, &mut s.parser);
    }
}

/// One word to be written: its form, its place, and whether it goes on the token before it.
struct Piece<'a> {
    form: &'a str,
    span: Span<Char>,
    joined: bool,
}

/// Analyses one sentence and adds it to the document. Without models every word hangs on the first.
fn add_sentence(
    pieces: &[Piece<'_>],
    rules: &Rules,
    models: Option<&Models>,
    s: &mut Scratch,
    b: &mut DocumentBuilder,
) {
    // « – Le séisme a tué … » behind a dateline, or an item of a list: treebanks hardly have the dash, and it
    // misleads tags and trees; the sentence is what follows.
    let dash = pieces.len() > 2 && !pieces[1].joined && matches!(pieces[0].form, "–" | "—" | "•");
    let skip = usize::from(dash);
    if let Some(m) = models {
        let pieces = &pieces[skip..];
        m.analyse(pieces.iter().map(|p| p.form), s);
        let state = &mut s.parser.state;
        let (head, label) = (&mut state.head[..], &mut state.label[..]);
        let form = |i: usize| pieces[i].form;
        mend::Tree { form, tags: &s.tags, labels: &m.parser.labels, head, label }.mend(rules);
    }
    let base = b.next_id().0;
    let n = pieces.len();
    let mut open = base;
    for (i, p) in pieces.iter().enumerate() {
        let (span, form) = (p.span, p.form);
        let word = match models {
            Some(_) if i < skip => {
                let root = (0..n - skip).find(|&k| s.head(k) >= n - skip).unwrap_or(0);
                let head = Some(TokenId(base + (root + skip) as u32));
                Word { span, form, lemma: form, upos: Upos::Punct, feats: "", head, deprel: "punct" }
            }
            Some(m) => {
                let i = i - skip;
                let (upos, feats) = &m.tagger.morphs.classes[usize::from(s.classes[i])];
                let head = (s.head(i) < n - skip).then(|| TokenId(base + (s.head(i) + skip) as u32));
                Word { span, form, lemma: s.lemma(i), upos: *upos, feats, head, deprel: &m.parser.labels.0[s.label(i)] }
            }
            None => {
                let (head, deprel) = if i > 0 { (Some(TokenId(base)), "dep") } else { (None, "root") };
                Word { span, form, lemma: form, upos: Upos::X, feats: "", head, deprel }
            }
        };
        let id = b.push(word).0;
        if !p.joined {
            open = id;
        } else if pieces.get(i + 1).is_none_or(|next| !next.joined) {
            b.multiword(Span::new(open, id + 1));
        }
    }
    b.end_sentence();
}

/// Adds the whole analysis of `text` to a document over the same text.
pub fn fill(text: &str, rules: &Rules, models: Option<&Models>, b: &mut DocumentBuilder) {
    let seg = segment(text, rules, models);
    let mut s = Scratch::default();
    let mut pieces = Vec::new();
    let mut from = 0;
    for &to in &seg.ends {
        pieces.clear();
        pieces.extend((from..to).map(|k| {
            let w = &seg.words[k];
            let surface = &seg.surfaces[w.surface];
            Piece {
                form: w.expanded.as_deref().unwrap_or_else(|| surface.of(text)),
                span: Span::new(surface.char_start, surface.char_end),
                joined: k > from && seg.words[k - 1].surface == w.surface,
            }
        }));
        add_sentence(&pieces, rules, models, &mut s, b);
        from = to;
    }
}

/// Adds a new analysis of the words and sentences of `gold` to a document over the same text.
pub fn refill(gold: &Document, rules: &Rules, models: Option<&Models>, b: &mut DocumentBuilder) {
    let mut joined = vec![false; gold.len()];
    for m in gold.multiwords() {
        (m.start + 1..m.end).for_each(|t| joined[t as usize] = true);
    }
    let mut s = Scratch::default();
    for &sentence in gold.sentences() {
        let pieces: Vec<Piece<'_>> = gold
            .tokens_in(sentence)
            .map(|t| Piece { form: gold.form(t), span: gold.token_span(t), joined: joined[t.ix()] })
            .collect();
        add_sentence(&pieces, rules, models, &mut s, b);
    }
}
