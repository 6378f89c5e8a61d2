//! Treebanks as training sentences.

use std::fs;
use std::path::Path;
use temoin_language::lex::Lex;
use temoin_language::parser::Labels;
use temoin_language::tagger::Morphs;
use temoin_model::conllu::parse_one;
use temoin_model::{Document, Lang, Meta};

/// What a treebank is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Training.
    Train,
    /// Training, with every tenth sentence held out while tuning.
    Fold,
    /// Development.
    Dev,
    /// Training, but not of sentence ends.
    Spoken,
}

/// One treebank.
pub struct Treebank {
    /// File below the corpora folder.
    pub path: String,
    /// Weight of one of its decisions.
    pub weight: f32,
    /// Use.
    pub part: Part,
    /// Its content.
    pub doc: Document,
}

/// One sentence for training; all columns have one row a word.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Hashes of the forms.
    pub lex: Vec<Lex>,
    /// Forms.
    pub forms: Vec<String>,
    /// Part of speech numbers.
    pub upos: Vec<u8>,
    /// Feature classes.
    pub classes: Vec<u16>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Heads; the number of words for the root.
    pub heads: Vec<u32>,
    /// Label numbers.
    pub labels: Vec<u16>,
    /// Weight of a decision.
    pub weight: f32,
}

/// Reads the treebanks of a language.
///
/// # Errors
/// A message that names the file which cannot be read.
pub fn read(lang: Lang, corpora: &Path) -> Result<Vec<Treebank>, String> {
    let table = match lang {
        Lang::Fr => include_str!("fr.tsv"),
        Lang::En => include_str!("en.tsv"),
    };
    let mut banks = Vec::new();
    for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let cols: Vec<&str> = line.split('\t').collect();
        let file = corpora.join(cols[0]);
        let source = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let meta = Meta { lang, ..Meta::default() };
        let doc = parse_one(&source, meta).map_err(|e| format!("{}: {e}", file.display()))?;
        let part = match cols[2] {
            "train" => Part::Train,
            "fold" => Part::Fold,
            "dev" => Part::Dev,
            _ => Part::Spoken,
        };
        let weight = cols[1].parse().map_err(|_| format!("bad weight '{}'", cols[1]))?;
        banks.push(Treebank { path: cols[0].to_owned(), weight, part, doc });
    }
    Ok(banks)
}

/// All feature classes and labels of the treebanks.
pub fn inventory(banks: &[Treebank]) -> (Morphs, Labels) {
    let mut classes = Vec::new();
    let mut labels = Vec::new();
    for bank in banks.iter().filter(|b| b.part != Part::Dev) {
        for t in bank.doc.tokens() {
            classes.push((bank.doc.upos(t), bank.doc.feats(t).to_owned()));
            labels.push(bank.doc.deprel(t).to_owned());
        }
    }
    (Morphs::new(classes), Labels::new(labels))
}

/// The sentences of a treebank. What the inventory does not know becomes class 0.
pub fn samples(bank: &Treebank, morphs: &Morphs, labels: &Labels) -> Vec<Sample> {
    let d = &bank.doc;
    let mut buffer = String::new();
    let mut out = Vec::with_capacity(d.sentence_count());
    for &s in d.sentences() {
        let n = s.len();
        let tokens = || d.tokens_in(s);
        if tokens().filter(|&t| d.head(t).is_none()).count() != 1 {
            continue;
        }
        out.push(Sample {
            lex: tokens().map(|t| Lex::new(d.form(t), &mut buffer)).collect(),
            forms: tokens().map(|t| d.form(t).to_owned()).collect(),
            upos: tokens().map(|t| d.upos(t) as u8).collect(),
            classes: tokens().map(|t| morphs.class(d.upos(t), d.feats(t)).unwrap_or(0) as u16).collect(),
            lemmas: tokens().map(|t| d.lemma(t).to_owned()).collect(),
            heads: tokens().map(|t| d.head(t).map_or(n, |h| h.0 - s.start)).collect(),
            labels: tokens().map(|t| labels.number(d.deprel(t)).unwrap_or(0)).collect(),
            weight: bank.weight,
        });
    }
    out
}
