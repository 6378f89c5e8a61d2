//! Treebanks as training sentences.

use std::fs;
use std::path::Path;
use temoin_language::dictionary::Dictionary;
use temoin_language::lemmatizer::Edit;
use temoin_language::lex::Lex;
use temoin_language::parser::Labels;
use temoin_language::tagger::Morphs;
use temoin_language::tokenizer::normalize;
use temoin_model::conllu::parse_one;
use temoin_model::{Document, Lang, Meta, Upos};

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
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Hashes of the forms.
    pub lex: Vec<Lex>,
    /// Forms.
    pub forms: Vec<String>,
    /// Part of speech numbers.
    pub upos: Vec<u8>,
    /// Features as in CoNLL-U.
    pub feats: Vec<String>,
    /// Feature classes.
    pub classes: Vec<u16>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Heads; the number of words for the root.
    pub heads: Vec<u32>,
    /// Relations.
    pub rels: Vec<String>,
    /// Label numbers, perhaps [`OPEN`].
    pub labels: Vec<u16>,
    /// Weight of a decision.
    pub weight: f32,
}

/// Verb forms that news and talk hardly use: they would make other words look doubtful.
const RARE: [&str; 8] =
    ["v:ipsi:1sg", "v:ipsi:2sg", "v:ipsi:1pl", "v:ipsi:2pl", "v:simp:1sg", "v:simp:2sg", "v:simp:1pl", "v:simp:2pl"];

/// Reads a dictionary as `tools/hunspell_to_tsv.py` writes it; adds the edits it needs to `edits`.
///
/// # Errors
/// A message that names the file and the line which cannot be read.
pub fn dictionary(path: &Path, edits: &mut Vec<Edit>) -> Result<Dictionary, String> {
    let source = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut rows = Vec::new();
    for (i, line) in source.lines().enumerate() {
        let cols: Vec<&str> = line.split('\t').collect();
        let &[form, lemma, reading] = cols.as_slice() else {
            return Err(format!("{}: line {}: not a form, a lemma and a reading", path.display(), i + 1));
        };
        if !RARE.contains(&reading) {
            let mut key = String::new();
            normalize(form, &mut key);
            rows.push((key, lemma, reading));
        }
    }
    Ok(Dictionary::build(rows.iter().map(|(f, l, r)| (f.as_str(), *l, *r)), edits))
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

/// Label number of a relation whose subtype is open: any label with this base is right. The rest
/// of the number is the base's first label.
pub const OPEN: u16 = 0x8000;

impl Sample {
    /// Sets the feature classes from the features; what the inventory does not know becomes class 0.
    pub fn encode_feats(&mut self, morphs: &Morphs) {
        let of = |(&u, f): (&u8, &String)| morphs.class(Upos::ALL[usize::from(u)], f).unwrap_or(0) as u16;
        self.classes = self.upos.iter().zip(&self.feats).map(of).collect();
    }

    /// Sets the label numbers from the relations.
    pub fn encode_labels(&mut self, labels: &Labels) {
        let base = |r: &str| r.split(':').next().unwrap_or(r).to_owned();
        let of = |r: &String| {
            labels.number(r).unwrap_or_else(|| {
                let same = labels.0.iter().position(|l| base(l) == base(r));
                same.map_or(0, |n| n as u16 | OPEN)
            })
        };
        self.labels = self.rels.iter().map(of).collect();
    }
}

/// The sentences of a treebank, without feature classes and label numbers.
pub fn samples(bank: &Treebank) -> Vec<Sample> {
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
            feats: tokens().map(|t| d.feats(t).to_owned()).collect(),
            lemmas: tokens().map(|t| d.lemma(t).to_owned()).collect(),
            heads: tokens().map(|t| d.head(t).map_or(n, |h| h.0 - s.start)).collect(),
            rels: tokens().map(|t| d.deprel(t).to_owned()).collect(),
            weight: bank.weight,
            ..Sample::default()
        });
    }
    out
}
