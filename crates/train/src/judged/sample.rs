//! `temoin-train sample-claims`: sentences drawn for reading, the same ones for everybody.

use super::facts::{self, Fact, Manner, Place, Sentence};
use super::{Reader, Set, Text, sheet};
use crate::names::corpora::read;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use temoin_model::id::content_id;
use temoin_model::{Char, Document, Extraction, Span};

/// Draw sentences and write their claims to judge.
///
/// Writes a sheet to read (FILE.tsv) and, beside it, the same claims as facts with an empty column
/// for the verdicts (FILE.facts.tsv).
#[derive(Debug, Args)]
pub struct SampleClaims {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Documents to draw from
    #[arg(long, value_enum)]
    set: Set,
    /// Another number draws other sentences
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Sentences to draw
    #[arg(long, default_value_t = 50)]
    count: usize,
    /// Sheet to write
    #[arg(long, value_name = "FILE.tsv")]
    out: PathBuf,
    /// Facts whose sentences are left out; may repeat
    #[arg(long, value_name = "FILE")]
    skip: Vec<PathBuf>,
    /// Draw from these documents only
    #[arg(long, value_name = "DOC", value_delimiter = ',')]
    only: Vec<String>,
    /// Draw from no such document
    #[arg(long, value_name = "DOC", value_delimiter = ',')]
    not: Vec<String>,
}

/// Sentences with fewer words are not drawn.
const LEAST_WORDS: usize = 5;

impl SampleClaims {
    /// Draws and writes.
    ///
    /// # Errors
    /// When a corpus or a file cannot be read or written, or a document does not exist.
    pub fn run(&self) -> Result<(), String> {
        let texts = self.texts()?;
        let mut skipped = Vec::new();
        for path in &self.skip {
            skipped.extend(facts::parse(&path.display().to_string(), &read(path)?)?);
        }
        let reader = Reader::builtin(self.set.lang());
        let mut all = Vec::new();
        for text in &texts {
            let doc = reader.annotate(text);
            let spans = candidates(&doc).filter(|&span| !is_among(&skipped, self.set, &text.name, span));
            all.extend(spans.map(|span| (text, span)));
        }
        let drawn = draw(self.seed, self.count, all);
        let (sheet, sentences) = write(self.set, &reader, &drawn);
        save(&self.out, &sheet)?;
        save(&self.out.with_extension("facts.tsv"), &facts::write(&sentences))?;
        let claims: usize = sentences.iter().map(|s| s.facts.len()).sum();
        crate::say!("{}: {} sentences, {claims} claims", self.out.display(), sentences.len());
        Ok(())
    }

    /// The documents that may be drawn from.
    fn texts(&self) -> Result<Vec<Text>, String> {
        let mut texts = self.set.texts(&self.corpora)?;
        if let Some(name) = self.only.iter().chain(&self.not).find(|n| !texts.iter().any(|t| t.name == **n)) {
            return Err(format!("{} has no document {name}", self.set.name()));
        }
        texts.retain(|t| (self.only.is_empty() || self.only.contains(&t.name)) && !self.not.contains(&t.name));
        Ok(texts)
    }
}

/// Sentences that are long enough.
fn candidates(doc: &Document) -> impl Iterator<Item = Span<Char>> + '_ {
    let spans = (0..doc.sentence_count()).map(|s| doc.sentence_span(s));
    spans.filter(|&s| doc.slice(s).split_whitespace().count() >= LEAST_WORDS)
}

/// Whether a sentence, or one that shares words with it, is among others.
fn is_among(sentences: &[Sentence], set: Set, document: &str, span: Span<Char>) -> bool {
    sentences.iter().any(|s| s.set == set && s.document == document && s.span.overlaps(span))
}

/// The first `count` in order of a hash of seed, document and start.
fn draw(seed: u64, count: usize, mut all: Vec<(&Text, Span<Char>)>) -> Vec<(&Text, Span<Char>)> {
    let key = |(text, span): &(&Text, Span<Char>)| {
        (content_id(&[&seed.to_string(), &text.name, &span.start.to_string()]), text.name.clone(), span.start)
    };
    all.sort_by_cached_key(key);
    all.truncate(count);
    all
}

/// Sheet and facts of sentences.
fn write(set: Set, reader: &Reader, drawn: &[(&Text, Span<Char>)]) -> (String, Vec<Sentence>) {
    let mut read: BTreeMap<&str, (Document, Extraction)> = BTreeMap::new();
    let (mut sheet, mut sentences) = (String::new(), Vec::new());
    let mut number = 0;
    for (i, &(text, span)) in drawn.iter().enumerate() {
        let (doc, found) = &*read.entry(&text.name).or_insert_with(|| reader.read(text));
        sheet.push_str(&format!("{}\n", sheet::sentence(i + 1, doc, span)));
        let mut facts = Vec::new();
        for claim in found.claims.iter().filter(|c| span.contains(c.evidence.trigger)) {
            number += 1;
            sheet.push_str(&format!("{}\n", sheet::claim(number, doc, found, claim)));
            let (place, manner) = (Place::of(claim), Manner::of(claim));
            facts.push(Fact { line: 0, number, place, manner, verdict: None });
        }
        sheet.push('\n');
        sentences.push(Sentence { line: 0, set, document: text.name.clone(), span, facts });
    }
    (sheet, sentences)
}

fn save(path: &Path, content: &str) -> Result<(), String> {
    std::fs::write(path, content).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_model::Lang;

    fn text() -> Text {
        let text = "Marie Curie visited London on Monday. She slept. The old mill on the hill burned down.";
        Text { name: "trial".into(), published: None, text: text.into() }
    }

    #[test]
    fn a_draw_depends_on_the_seed_alone_and_a_smaller_one_is_its_beginning() {
        let text = text();
        let all: Vec<_> = (0..20).map(|i| (&text, Span::new(i * 10, i * 10 + 9))).collect();
        let ten = draw(1, 10, all.clone());
        assert_eq!(draw(1, 10, all.iter().rev().copied().collect()), ten);
        assert_eq!(draw(1, 4, all.clone()), ten[..4]);
        assert_ne!(draw(2, 10, all.clone()), ten);
        assert_eq!(draw(1, 30, all).len(), 20);
    }

    #[test]
    fn short_and_skipped_sentences_are_not_drawn_and_claims_stand_in_their_sentence() {
        let (text, reader) = (text(), Reader::builtin(Lang::En));
        let doc = reader.annotate(&text);
        let spans: Vec<_> = candidates(&doc).collect();
        assert_eq!(spans, [doc.sentence_span(0), doc.sentence_span(2)]);
        let drawn: Vec<_> = spans.iter().map(|&s| (&text, s)).collect();
        let (sheet, sentences) = write(Set::GumNews, &reader, &drawn);
        let facts: Vec<&Fact> = sentences.iter().flat_map(|s| &s.facts).collect();
        assert!(sentences.iter().all(|s| s.facts.iter().all(|f| s.span.contains(f.place.trigger))));
        assert!(!sentences[0].facts.is_empty());
        assert!(facts.iter().zip(1..).all(|(f, n)| f.number == n));
        assert_eq!(sheet.lines().filter(|l| l.starts_with('C')).count(), facts.len());
        assert!(is_among(&sentences, Set::GumNews, "trial", Span::new(3, 8)));
        assert!(!is_among(&sentences, Set::GumNews, "trial", doc.sentence_span(1)));
        assert!(!is_among(&sentences, Set::GumNews, "other", Span::new(3, 8)));
    }
}
