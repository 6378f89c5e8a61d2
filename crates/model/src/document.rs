//! An annotated article: text, and tokens as columns.

use crate::article::Meta;
use crate::id;
use crate::span::{Byte, Char, Span, Tok};
use crate::strings::{Strings, Sym};
use crate::text::flat;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Index of a syntactic word in a [`Document`], counted over the whole document from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenId(pub u32);

impl TokenId {
    /// As an index.
    #[inline]
    pub const fn ix(self) -> usize {
        self.0 as usize
    }
}

macro_rules! upos {
    ($($tag:ident $text:literal $doc:literal),* $(,)?) => {
        /// Universal part of speech (Universal Dependencies v2).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Upos { $(#[doc = $doc] $tag),* }
        impl Upos {
            /// All tags, in a fixed order.
            pub const ALL: [Upos; 17] = [$(Upos::$tag),*];
            /// The tag as in CoNLL-U.
            pub const fn as_str(self) -> &'static str {
                match self { $(Upos::$tag => $text),* }
            }
        }
        impl FromStr for Upos {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                match s { $($text => Ok(Upos::$tag),)* _ => Err(format!("unknown part of speech '{s}'")) }
            }
        }
    };
}
upos! {
    Adj "ADJ" "Adjective.", Adp "ADP" "Adposition.", Adv "ADV" "Adverb.", Aux "AUX" "Auxiliary.",
    Cconj "CCONJ" "Coordinating conjunction.", Det "DET" "Determiner.", Intj "INTJ" "Interjection.",
    Noun "NOUN" "Common noun.", Num "NUM" "Numeral.", Part "PART" "Particle.", Pron "PRON" "Pronoun.",
    Propn "PROPN" "Proper noun.", Punct "PUNCT" "Punctuation.", Sconj "SCONJ" "Subordinating conjunction.",
    Sym "SYM" "Symbol.", Verb "VERB" "Verb.", X "X" "Other.",
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Kind of a name found by the name tagger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NameKind {
    /// A person.
    Person,
    /// A place, country or region.
    Location,
    /// An organisation.
    Organization,
    /// A named event.
    Event,
    /// A product or work.
    Product,
}

impl NameKind {
    /// Name as in the corpora: `Person`, `Location` …
    pub const fn name(self) -> &'static str {
        match self {
            NameKind::Person => "Person",
            NameKind::Location => "Location",
            NameKind::Organization => "Organization",
            NameKind::Event => "Event",
            NameKind::Product => "Product",
        }
    }
}

/// A name found by the name tagger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameSpan {
    /// Its tokens.
    pub tokens: Span<Tok>,
    /// Its kind.
    pub kind: NameKind,
}

/// One syntactic word, as given to a [`DocumentBuilder`].
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// Surface characters. The words of a multiword token share its span.
    pub span: Span<Char>,
    /// Form: the surface, or the expanded form inside a multiword token (`de` + `le` for `du`).
    pub form: &'a str,
    /// Lemma.
    pub lemma: &'a str,
    /// Part of speech.
    pub upos: Upos,
    /// Features as in CoNLL-U (`Gender=Masc|Number=Sing`), empty for none.
    pub feats: &'a str,
    /// Head as a document-wide index; `None` for the root of the sentence.
    pub head: Option<TokenId>,
    /// Relation to the head (`nsubj:pass`).
    pub deprel: &'a str,
}

const NO_HEAD: u32 = u32::MAX;

/// An article with its analysis. Tokens are columns; sentences, names and multiword tokens are spans.
#[derive(Clone, Debug)]
pub struct Document {
    /// Metadata.
    pub meta: Meta,
    /// Identifier: hash of the text.
    pub id: String,
    /// Names, in text order, without overlap.
    pub names: Vec<NameSpan>,
    text: String,
    /// Byte offset of every 32nd code point; empty when the text is ASCII.
    checkpoints: Vec<u32>,
    char_len: u32,
    strings: Strings,
    span: Vec<Span<Char>>,
    form: Vec<Sym>,
    lemma: Vec<Sym>,
    upos: Vec<Upos>,
    feats: Vec<Sym>,
    head: Vec<u32>,
    deprel: Vec<Sym>,
    /// `deprel` without the subtype.
    relation: Vec<Sym>,
    sentence_of: Vec<u32>,
    sentences: Vec<Span<Tok>>,
    multiwords: Vec<Span<Tok>>,
    child_start: Vec<u32>,
    children: Vec<TokenId>,
}

const STEP: usize = 32;

impl Document {
    /// The stored text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length of the text in code points.
    pub fn char_len(&self) -> u32 {
        self.char_len
    }

    /// The bytes of a span of code points. Positions behind the end are cut to it.
    pub fn bytes(&self, span: Span<Char>) -> Span<Byte> {
        Span::new(self.byte_at(span.start), self.byte_at(span.end))
    }

    fn byte_at(&self, c: u32) -> u32 {
        if c >= self.char_len {
            return self.text.len() as u32;
        }
        if self.checkpoints.is_empty() {
            return c;
        }
        let from = self.checkpoints[c as usize / STEP] as usize;
        self.text[from..].char_indices().nth(c as usize % STEP).map_or(self.text.len(), |(b, _)| from + b) as u32
    }

    /// The words of the text that a span covers.
    pub fn slice(&self, span: Span<Char>) -> &str {
        &self.text[self.bytes(span).as_usize()]
    }

    /// The words that a span covers, as labels show them: see [`text::flat`](crate::text::flat).
    pub fn words(&self, span: Span<Char>) -> String {
        flat(self.slice(span))
    }

    /// Number of syntactic words.
    pub fn len(&self) -> usize {
        self.form.len()
    }

    /// Whether there is no word at all.
    pub fn is_empty(&self) -> bool {
        self.form.is_empty()
    }

    /// All words, in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        (0..self.form.len() as u32).map(TokenId)
    }

    /// Words of a span, in order.
    pub fn tokens_in(&self, span: Span<Tok>) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        span.range().map(TokenId)
    }

    /// Number of sentences.
    pub fn sentence_count(&self) -> usize {
        self.sentences.len()
    }

    /// Words of sentence `s`.
    pub fn sentence(&self, s: usize) -> Span<Tok> {
        self.sentences[s]
    }

    /// All sentences as spans of words.
    pub fn sentences(&self) -> &[Span<Tok>] {
        &self.sentences
    }

    /// Number of the sentence of a word.
    pub fn sentence_of(&self, t: TokenId) -> usize {
        self.sentence_of[t.ix()] as usize
    }

    /// Characters of sentence `s`, from its first word to its last.
    pub fn sentence_span(&self, s: usize) -> Span<Char> {
        self.char_span(self.sentences[s])
    }

    /// Characters from the first to the last word of a non-empty span of words.
    pub fn char_span(&self, words: Span<Tok>) -> Span<Char> {
        if words.is_empty() {
            return Span::default();
        }
        Span::new(self.span[words.start as usize].start, self.span[words.end as usize - 1].end)
    }

    /// Surface characters of a word; the words of a multiword token share theirs.
    pub fn token_span(&self, t: TokenId) -> Span<Char> {
        self.span[t.ix()]
    }

    /// Form of a word.
    pub fn form(&self, t: TokenId) -> &str {
        self.strings.get(self.form[t.ix()])
    }

    /// Lemma of a word.
    pub fn lemma(&self, t: TokenId) -> &str {
        self.strings.get(self.lemma[t.ix()])
    }

    /// Part of speech of a word.
    pub fn upos(&self, t: TokenId) -> Upos {
        self.upos[t.ix()]
    }

    /// Features of a word as in CoNLL-U, empty for none.
    pub fn feats(&self, t: TokenId) -> &str {
        self.strings.get(self.feats[t.ix()])
    }

    /// One feature of a word: `feat(t, "Mood") == Some("Cnd")`.
    pub fn feat(&self, t: TokenId, name: &str) -> Option<&str> {
        let mut rest = self.feats(t);
        while !rest.is_empty() {
            let end = rest.bytes().position(|b| b == b'|').unwrap_or(rest.len());
            if let Some(value) = rest[..end].strip_prefix(name).and_then(|v| v.strip_prefix('=')) {
                return Some(value);
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        None
    }

    /// Head of a word; `None` for the root of a sentence.
    pub fn head(&self, t: TokenId) -> Option<TokenId> {
        let h = self.head[t.ix()];
        (h != NO_HEAD).then_some(TokenId(h))
    }

    /// Relation of a word to its head, with its subtype: `nsubj:pass`.
    pub fn deprel(&self, t: TokenId) -> &str {
        self.strings.get(self.deprel[t.ix()])
    }

    /// Relation of a word to its head without the subtype: `nsubj`.
    pub fn relation(&self, t: TokenId) -> &str {
        self.strings.get(self.relation[t.ix()])
    }

    /// Dependents of a word, in text order.
    pub fn dependents(&self, t: TokenId) -> &[TokenId] {
        &self.children[self.child_start[t.ix()] as usize..self.child_start[t.ix() + 1] as usize]
    }

    /// Dependents of a word whose relation is `rel`, or starts with `rel` and a subtype.
    pub fn dependents_by<'a>(&'a self, t: TokenId, rel: &'a str) -> impl Iterator<Item = TokenId> + 'a {
        self.dependents(t).iter().copied().filter(move |&d| {
            self.deprel(d).strip_prefix(rel).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })
    }

    /// The contiguous span from the first to the last word of the subtree of `t` (also where the
    /// tree is non-projective).
    pub fn subtree(&self, t: TokenId) -> Span<Tok> {
        let (mut lo, mut hi) = (t.0, t.0);
        let mut stack = vec![t];
        while let Some(x) = stack.pop() {
            lo = lo.min(x.0);
            hi = hi.max(x.0);
            stack.extend_from_slice(self.dependents(x));
        }
        Span::new(lo, hi + 1)
    }

    /// Whether `t` is `ancestor` or below it.
    pub fn is_below(&self, t: TokenId, ancestor: TokenId) -> bool {
        let mut at = Some(t);
        while let Some(x) = at {
            if x == ancestor {
                return true;
            }
            at = self.head(x);
        }
        false
    }

    /// Multiword tokens, as spans of the words they expand to.
    pub fn multiwords(&self) -> &[Span<Tok>] {
        &self.multiwords
    }

    /// The name that covers `t`, if any.
    pub fn name_at(&self, t: TokenId) -> Option<NameSpan> {
        let i = self.names.partition_point(|n| n.tokens.end <= t.0);
        self.names.get(i).copied().filter(|n| n.tokens.contains_at(t.0))
    }
}

/// Builds a [`Document`] sentence by sentence.
#[derive(Debug)]
pub struct DocumentBuilder {
    doc: Document,
    open: u32,
}

impl DocumentBuilder {
    /// Starts a document over `text`.
    pub fn new(text: String, meta: Meta) -> Self {
        let mut checkpoints = Vec::new();
        let char_len = if text.is_ascii() {
            text.len() as u32
        } else {
            let mut n = 0usize;
            for (b, _) in text.char_indices() {
                if n.is_multiple_of(STEP) {
                    checkpoints.push(b as u32);
                }
                n += 1;
            }
            n as u32
        };
        let doc = Document {
            id: id::document_id(&text),
            meta,
            names: Vec::new(),
            text,
            checkpoints,
            char_len,
            strings: Strings::default(),
            span: Vec::new(),
            form: Vec::new(),
            lemma: Vec::new(),
            upos: Vec::new(),
            feats: Vec::new(),
            head: Vec::new(),
            deprel: Vec::new(),
            relation: Vec::new(),
            sentence_of: Vec::new(),
            sentences: Vec::new(),
            multiwords: Vec::new(),
            child_start: Vec::new(),
            children: Vec::new(),
        };
        DocumentBuilder { doc, open: 0 }
    }

    /// Identifier that the next word will get.
    pub fn next_id(&self) -> TokenId {
        TokenId(self.doc.form.len() as u32)
    }

    /// Adds a word to the open sentence. Heads may point forward inside the sentence.
    pub fn push(&mut self, w: Word<'_>) -> TokenId {
        let id = self.next_id();
        let d = &mut self.doc;
        d.span.push(w.span);
        d.form.push(d.strings.intern(w.form));
        d.lemma.push(d.strings.intern(w.lemma));
        d.upos.push(w.upos);
        d.feats.push(d.strings.intern(w.feats));
        d.head.push(w.head.map_or(NO_HEAD, |h| h.0));
        d.deprel.push(d.strings.intern(w.deprel));
        d.relation.push(d.strings.intern(w.deprel.split(':').next().unwrap_or_default()));
        d.sentence_of.push(d.sentences.len() as u32);
        id
    }

    /// Records that `words` expand one surface token.
    pub fn multiword(&mut self, words: Span<Tok>) {
        self.doc.multiwords.push(words);
    }

    /// Ends the open sentence, if it has a word.
    pub fn end_sentence(&mut self) {
        let end = self.next_id().0;
        if end > self.open {
            self.doc.sentences.push(Span::new(self.open, end));
            self.open = end;
        }
    }

    /// Ends the document.
    ///
    /// # Panics
    /// When a head lies outside the sentence of its word.
    pub fn finish(mut self) -> Document {
        self.end_sentence();
        let d = &mut self.doc;
        let n = d.form.len();
        let mut count = vec![0u32; n + 1];
        for (i, &h) in d.head.iter().enumerate() {
            if h != NO_HEAD {
                assert!(
                    d.sentences[d.sentence_of[i] as usize].contains_at(h),
                    "head {h} of word {i} lies outside its sentence"
                );
                count[h as usize + 1] += 1;
            }
        }
        for i in 0..n {
            count[i + 1] += count[i];
        }
        let mut at = count.clone();
        d.children = vec![TokenId(0); count[n] as usize];
        for (i, &h) in d.head.iter().enumerate() {
            if h != NO_HEAD {
                d.children[at[h as usize] as usize] = TokenId(i as u32);
                at[h as usize] += 1;
            }
        }
        d.child_start = count;
        self.doc
    }
}
