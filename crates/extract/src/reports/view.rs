//! What the learned layer of reports looks at in a document: hashes of its words, and what the
//! rules made of them.

use crate::{quantity, time};
use temoin_language::Annotator;
use temoin_language::lex::Lex;
use temoin_language::linear::text;
use temoin_model::{Char, Document, EntityIx, Extraction, MentionKind, Span, Tok, TokenId, Upos};

/// A word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Hashes of the form and its word clusters.
    pub lex: Lex,
    /// Hash of the lemma.
    pub lemma: u32,
    /// Part of speech.
    pub upos: u32,
    /// Hash of the relation to the head, without subtype.
    pub rel: u32,
    /// Kind and position of the name that it is part of; 0 for none.
    pub name: u32,
    /// Type and form of the mention of the rules whose head it is; 0 for none.
    pub ours: u32,
    /// Type of the mention of the rules that it stands in, and whether it begins it; 0 for none.
    pub inside: u32,
    /// 1 in a time, 2 in a quantity, 0 elsewhere.
    pub value: u32,
    /// How often the entity of the rules that it heads a mention of is mentioned, up to 4, whether it has
    /// a name, and whether it was mentioned before; 0 for none.
    pub known: u32,
    /// How often its lemma stands in the document, up to 4.
    pub times: u32,
}

/// A document, with the words hashed.
pub struct View<'a> {
    /// The document.
    pub doc: &'a Document,
    /// What the rules found.
    pub found: &'a Extraction,
    /// Its words.
    pub words: Vec<Word>,
    /// Entity of the rules whose mention has this head.
    pub entity: Vec<Option<EntityIx>>,
}

impl<'a> View<'a> {
    /// Looks at a document in which the rules found `found`.
    pub fn new(doc: &'a Document, found: &'a Extraction) -> Self {
        let mut buffer = String::new();
        let mut lexes: Vec<Lex> = doc.tokens().map(|t| Lex::new(doc.form(t), &mut buffer)).collect();
        if let Some(clusters) = Annotator::builtin(doc.meta.lang).clusters() {
            clusters.look_up(&mut lexes);
        }
        let mut words: Vec<Word> = doc
            .tokens()
            .map(|t| Word {
                lex: lexes[t.ix()],
                lemma: text(doc.lemma(t)),
                upos: doc.upos(t) as u32,
                rel: text(doc.relation(t)),
                ..Word::default()
            })
            .collect();
        for name in &doc.names {
            for t in doc.tokens_in(name.tokens) {
                let place = u32::from(t.0 == name.tokens.start) + 2 * u32::from(t.0 + 1 == name.tokens.end);
                words[t.ix()].name = 1 + 4 * name.kind as u32 + place;
            }
        }
        let mut entity = vec![None; words.len()];
        let mut mentioned = vec![0; found.entities.len()];
        found.mentions.iter().for_each(|m| mentioned[m.entity.0 as usize] += 1);
        let mut before = vec![0; found.entities.len()];
        for m in &found.mentions {
            let kind = found.entity(m.entity).kind as u32;
            for t in doc.tokens_in(m.tokens) {
                words[t.ix()].inside = 1 + 2 * kind + u32::from(t.0 == m.tokens.start);
            }
            words[m.head.ix()].ours = 1 + 8 * kind + m.kind as u32;
            entity[m.head.ix()] = Some(m.entity);
            let n = m.entity.0 as usize;
            words[m.head.ix()].known = 1 + 4 * mentioned[n].min(4) + 2 * u32::from(found.entities[n].named) + before[n];
            before[n] = 1;
        }
        let times = time::find(doc);
        for q in quantity::find_beside(doc, &times) {
            doc.tokens_in(q.tokens).for_each(|t| words[t.ix()].value = 2);
        }
        for time in &times {
            doc.tokens_in(time.tokens).for_each(|t| words[t.ix()].value = 1);
        }
        let mut lemmas: Vec<u32> = words.iter().map(|w| w.lemma).collect();
        lemmas.sort_unstable();
        for w in &mut words {
            let from = lemmas.partition_point(|&l| l < w.lemma);
            w.times = lemmas[from..].iter().take(4).take_while(|&&l| l == w.lemma).count() as u32;
        }
        View { doc, found, words, entity }
    }

    /// Head of word `i`.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.doc.head(TokenId(i as u32)).map(TokenId::ix)
    }

    /// Word `i` and those that depend on it, by relation.
    pub fn dependent(&self, i: usize, relation: &str) -> Option<usize> {
        self.doc.dependents_by(TokenId(i as u32), relation).next().map(TokenId::ix)
    }

    /// The word that heads a span: the first whose own head lies outside it.
    pub fn head_of(&self, span: Span<Tok>) -> usize {
        let outside = |t: &TokenId| self.doc.head(*t).is_none_or(|h| !span.contains_at(h.0));
        let mut words = self.doc.tokens_in(span);
        words.find(|t| outside(t) && self.doc.upos(*t) != Upos::Punct).map_or(span.start as usize, TokenId::ix)
    }

    /// Whether word `i` is a pronoun to the rules.
    pub fn is_pronoun(&self, i: usize) -> bool {
        matches!(self.doc.upos(TokenId(i as u32)), Upos::Pron | Upos::Det)
            || self.words[i].ours > 0 && (self.words[i].ours - 1) % 8 == MentionKind::Pronoun as u32
    }

    /// Whether word `i` is a proper noun.
    pub fn is_name(&self, i: usize) -> bool {
        self.words[i].name > 0 || self.doc.upos(TokenId(i as u32)) == Upos::Propn
    }

    /// The characters of a span of words.
    pub fn chars(&self, span: Span<Tok>) -> Span<Char> {
        self.doc.char_span(span)
    }

    /// Sentence of word `i`.
    pub fn sentence(&self, i: usize) -> usize {
        self.doc.sentence_of(TokenId(i as u32))
    }
}
