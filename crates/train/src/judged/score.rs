//! `temoin-train score-judged`: the present claims of judged sentences against the verdicts.
//!
//! A verdict is about a relation, its trigger and its arguments where they stand: a present claim
//! with the same ones has it, also when its status has changed since, which is counted apart.

use super::facts::{self, Fact, Manner, Place, Sentence, Verdict};
use super::{Reader, Set};
use crate::names::corpora::read;
use crate::results::table::Table;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use temoin_model::{Claim, Document, Extraction};

/// Score the present claims of judged sentences.
#[derive(Debug, Args)]
pub struct ScoreJudged {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Facts with verdicts; may repeat. Without: those that are built in
    #[arg(long, value_name = "FILE")]
    facts: Vec<PathBuf>,
}

/// The judged files that are built in, by name.
pub const BUILTIN: [(&str, &str); 2] = [
    ("judged.fr.tsv", include_str!("../../data/judged.fr.tsv")),
    ("judged.en.tsv", include_str!("../../data/judged.en.tsv")),
];

/// Least confidence of each band.
const BANDS: [(f64, &str); 5] =
    [(0.9, "≥ 0.9"), (0.8, "0.8 to 0.9"), (0.7, "0.7 to 0.8"), (0.6, "0.6 to 0.7"), (0.0, "< 0.6")];

/// A present claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Present {
    place: Place,
    manner: Manner,
    confidence: f64,
}

impl From<&Claim> for Present {
    fn from(claim: &Claim) -> Self {
        Present { place: Place::of(claim), manner: Manner::of(claim), confidence: claim.confidence }
    }
}

/// Claims with a verdict that are present.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Right ones.
    pub right: usize,
    /// Wrong ones.
    pub wrong: usize,
    /// Unclear ones.
    pub unclear: usize,
}

impl Judged {
    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Wrong => self.wrong += 1,
            Verdict::Unclear => self.unclear += 1,
        }
    }

    /// All of them.
    pub const fn all(self) -> usize {
        self.right + self.wrong + self.unclear
    }

    /// Share of right ones among all, unclear ones too.
    pub fn precision(self) -> Option<f64> {
        (self.all() > 0).then(|| self.right as f64 / self.all() as f64)
    }
}

/// Figures of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Judged sentences.
    pub sentences: usize,
    /// Claims of them now.
    pub now: usize,
    /// Those of them that have a verdict.
    pub judged: Judged,
    /// Those of them that are asserted now.
    pub asserted: Judged,
    /// Claims without a verdict.
    pub new: usize,
    /// Right ones that are no longer there.
    pub lost: usize,
    /// Judged ones whose status or polarity is another one now.
    pub changed: usize,
    bands: [Judged; BANDS.len()],
}

impl Scores {
    /// Adds a sentence with its present claims. One without a verdict counts as not judged.
    pub fn add(&mut self, sentence: &Sentence, present: &[Present]) {
        self.sentences += 1;
        self.now += present.len();
        let (pairs, free) = pair(&sentence.facts, present);
        self.lost += free.iter().filter(|f| f.verdict == Some(Verdict::Right)).count();
        for (claim, fact) in present.iter().zip(pairs) {
            let Some((fact, verdict)) = fact.and_then(|f| f.verdict.map(|v| (f, v))) else {
                self.new += 1;
                continue;
            };
            self.judged.add(verdict);
            self.changed += usize::from(fact.manner != claim.manner);
            if claim.manner.status == "asserted" {
                self.asserted.add(verdict);
            }
            let band = BANDS.iter().position(|b| claim.confidence >= b.0).unwrap_or(BANDS.len() - 1);
            self.bands[band].add(verdict);
        }
    }

    /// Right claims a sentence.
    pub fn right_a_sentence(&self) -> f64 {
        self.judged.right as f64 / self.sentences.max(1) as f64
    }
}

/// The fact of each present claim, and the facts that are left. Each is taken once, first by claims
/// of the same status and polarity.
fn pair<'a>(facts: &'a [Fact], present: &[Present]) -> (Vec<Option<&'a Fact>>, Vec<&'a Fact>) {
    let mut free: Vec<&Fact> = facts.iter().collect();
    let mut pairs = vec![None; present.len()];
    for same_manner in [true, false] {
        for (claim, slot) in present.iter().zip(&mut pairs).filter(|(_, slot)| slot.is_none()) {
            let fits = |f: &&Fact| f.place == claim.place && (!same_manner || f.manner == claim.manner);
            *slot = free.iter().position(fits).map(|at| free.remove(at));
        }
    }
    (pairs, free)
}

/// Reads a file whose claims all have verdicts.
///
/// # Errors
/// Names the file and the line that is not of the form or lacks a verdict.
pub fn judged(file: &str, source: &str) -> Result<Vec<Sentence>, String> {
    let sentences = facts::parse(file, source)?;
    match sentences.iter().flat_map(|s| &s.facts).find(|f| f.verdict.is_none()) {
        Some(f) => Err(format!("{file}:{}: claim {} has no verdict: right, wrong or unclear", f.line, f.number)),
        None => Ok(sentences),
    }
}

/// Extracts anew from the documents of judged sentences and scores these sentences.
///
/// # Errors
/// When a corpus cannot be read or does not hold a document or an offset; names the file and the line.
pub fn score(folder: &Path, file: &str, sentences: &[Sentence]) -> Result<Scores, String> {
    let mut scores = Scores::default();
    for set in sentences.iter().map(|s| s.set).collect::<BTreeSet<Set>>() {
        let mut by_document: BTreeMap<&str, Vec<&Sentence>> = BTreeMap::new();
        for s in sentences.iter().filter(|s| s.set == set) {
            by_document.entry(&s.document).or_default().push(s);
        }
        let reader = Reader::builtin(set.lang());
        for text in set.texts(folder)? {
            let Some(sentences) = by_document.remove(&*text.name) else { continue };
            let (doc, found) = reader.read(&text);
            for s in sentences {
                check(file, s, &doc)?;
                scores.add(s, &claims_of(s, &found));
            }
        }
        if let Some(s) = by_document.values().flatten().next() {
            return Err(format!("{file}:{}: {} has no document {}", s.line, set.name(), s.document));
        }
    }
    Ok(scores)
}

/// Present claims whose trigger stands in a sentence.
fn claims_of(sentence: &Sentence, found: &Extraction) -> Vec<Present> {
    found.claims.iter().filter(|c| sentence.span.contains(c.evidence.trigger)).map(Present::from).collect()
}

/// That all offsets lie in the document, and triggers in their sentence.
fn check(file: &str, sentence: &Sentence, doc: &Document) -> Result<(), String> {
    let length = doc.char_len();
    let outside =
        |line| Err(format!("{file}:{line}: offsets lie outside {}, which has {length} characters", sentence.document));
    if sentence.span.end > length {
        return outside(sentence.line);
    }
    for f in &sentence.facts {
        let p = &f.place;
        if p.subject.iter().chain(&p.object).chain([&p.trigger]).any(|s| s.end > length) {
            return outside(f.line);
        }
        if !sentence.span.contains(p.trigger) {
            return Err(format!("{file}:{}: the trigger lies outside the sentence", f.line));
        }
    }
    Ok(())
}

/// Tables of the figures of files.
pub fn tables(scores: &[(String, Scores)]) -> String {
    let share = |n: Option<f64>| n.map_or("–".to_owned(), |n| format!("{:.1} %", 100.0 * n));
    let header = [
        "judged file",
        "sentences",
        "claims now",
        "right",
        "wrong",
        "unclear",
        "new",
        "right ones lost",
        "other status",
    ];
    let mut counts = Table::new(header);
    let mut figures = Table::new(["judged file", "precision", "precision, asserted", "right claims a sentence"]);
    let mut bands = Table::new(
        std::iter::once("confidence".to_owned())
            .chain(scores.iter().flat_map(|(name, _)| [format!("{name}: claims"), "right".to_owned()])),
    );
    for (name, s) in scores {
        let j = s.judged;
        let row = [s.sentences, s.now, j.right, j.wrong, j.unclear, s.new, s.lost, s.changed].map(|n| n.to_string());
        counts.row(std::iter::once(name.clone()).chain(row));
        let precisions = [s.judged, s.asserted].map(|j| share(j.precision()));
        figures.row(std::iter::once(name.clone()).chain(precisions).chain([format!("{:.2}", s.right_a_sentence())]));
    }
    for (i, (_, band)) in BANDS.iter().enumerate() {
        let cells = scores.iter().flat_map(|(_, s)| [s.bands[i].all().to_string(), share(s.bands[i].precision())]);
        bands.row(std::iter::once((*band).to_owned()).chain(cells));
    }
    [counts, figures, bands].map(|t| t.markdown()).join("\n")
}

impl ScoreJudged {
    /// Scores all files and prints the tables.
    ///
    /// # Errors
    /// When a file or a corpus cannot be read, or the two do not fit.
    pub fn run(&self) -> Result<(), String> {
        let mut files: Vec<(String, String)> = BUILTIN.iter().map(|&(n, s)| (n.into(), s.into())).collect();
        if !self.facts.is_empty() {
            let one = |p: &PathBuf| Ok((p.display().to_string(), read(p)?));
            files = self.facts.iter().map(one).collect::<Result<_, String>>()?;
        }
        let mut scores = Vec::new();
        for (name, source) in files {
            let figures = score(&self.corpora, &name, &judged(&name, &source)?)?;
            scores.push((name, figures));
        }
        crate::say!("{}", tables(&scores));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
