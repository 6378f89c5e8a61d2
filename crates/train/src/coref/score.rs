//! `temoin-train score-coref`: our extractor on the raw text of corpora of coreference.

use super::corpora::{self, GoldText};
use super::errors::Errors;
use super::matching::{self, Cut, Matching, Spot};
use super::metrics::{Metrics, Ratio};
use crate::names::corpora::read;
use crate::popcorn;
use crate::results::table::Table;
use clap::Args;
use std::path::{Path, PathBuf};
use temoin_extract::Extractor;
use temoin_language::Annotator;
use temoin_model::{Article, Char, Document, Extraction, Lang, Mention, Meta, Span};

/// Score mentions and coreference on published corpora, from raw text.
///
/// MUC, B³, CEAF-e and the mean of their F1 as in CoNLL 2012, with precision, recall and F1 of the
/// mentions; with entities mentioned once, and without.
#[derive(Debug, Args)]
pub struct ScoreCoref {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Score the development parts in place of the test parts
    #[arg(long)]
    dev: bool,
    /// Count errors by the kind of mention
    #[arg(long)]
    errors: bool,
    /// Write every error to this file; it holds words of the corpora
    #[arg(long)]
    examples: Option<PathBuf>,
}

/// Texts that are scored together.
pub struct Set {
    /// Name in the table.
    pub name: &'static str,
    /// Language.
    pub lang: Lang,
    /// How it cuts mentions.
    pub cut: Cut,
    /// The texts.
    pub texts: Vec<GoldText>,
}

/// The test or development sets, and parts of them that are news. POPCORN has the same set in both.
///
/// # Errors
/// When a corpus cannot be read.
pub fn sets(folder: &Path, dev: bool) -> Result<Vec<Set>, String> {
    let part = if dev { "dev" } else { "test" };
    let democrat = corpora::conll(&read(&folder.join(format!("coref/fr/dem1921_sg.{part}.conll")))?);
    let gum = corpora::conll(&read(&folder.join(format!("parsing/en/gum-permissive-{part}.conllu")))?);
    let named = |texts: &[GoldText], part: &str| texts.iter().filter(|t| t.name.contains(part)).cloned().collect();
    let reports = popcorn::data::read(folder, "dev")?;
    let popcorn = reports.iter().map(|(name, r)| GoldText {
        name: name.clone(),
        text: r.text.clone(),
        chains: popcorn::score::chains(r),
        ..GoldText::default()
    });
    Ok(vec![
        Set {
            name: if dev { "fr Democrat dev, press" } else { "fr Democrat test, press" },
            lang: Lang::Fr,
            cut: Cut::Whole,
            texts: named(&democrat, "estrepublicain"),
        },
        Set {
            name: if dev { "fr Democrat dev" } else { "fr Democrat test" },
            lang: Lang::Fr,
            cut: Cut::Whole,
            texts: democrat,
        },
        Set { name: "fr POPCORN dev", lang: Lang::Fr, cut: Cut::Core, texts: popcorn.collect() },
        Set {
            name: if dev { "en GUM dev, news" } else { "en GUM test, news" },
            lang: Lang::En,
            cut: Cut::NoRelatives,
            texts: named(&gum, "_news_"),
        },
        Set { name: if dev { "en GUM dev" } else { "en GUM test" }, lang: Lang::En, cut: Cut::NoRelatives, texts: gum },
    ])
}

/// Annotates and extracts from a raw text, whose characters stay as they are.
pub fn extract(annotator: &Annotator, extractor: &Extractor, name: &str, text: &str) -> (Document, Extraction) {
    let meta = Meta { lang: annotator.lang(), name: name.to_owned(), ..Meta::default() };
    let doc = annotator.annotate(Article { meta, text: text.to_owned() });
    let extraction = extractor.extract(&doc);
    (doc, extraction)
}

/// Metrics of a set, with and without singletons.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    /// With entities mentioned once.
    pub all: Metrics,
    /// Without them, on either side.
    pub linked: Metrics,
}

impl Scores {
    /// Adds one text.
    pub fn add(&mut self, doc: &Document, key: &[Vec<Span<Char>>], found: &[Mention], how: Matching) {
        let (key, response) = partitions(doc, key, found, how);
        self.all.add(&key, &response);
        self.linked.add(&without_singletons(key), &without_singletons(response));
    }
}

/// Chains of numbers: the mentions of the key first, in order, then found ones that are not in the key.
fn partitions(
    doc: &Document,
    key: &[Vec<Span<Char>>],
    found: &[Mention],
    how: Matching,
) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut spans: Vec<Span<Char>> = key.iter().flatten().copied().collect();
    spans.sort_unstable();
    spans.dedup();
    let number = |s: &Span<Char>| spans.partition_point(|x| x < s);
    let spots: Vec<Spot> = found.iter().map(Spot::from).collect();
    let matched = matching::align(doc, &spans, &spots, how);
    let mut response: Vec<Vec<usize>> = Vec::new();
    for (i, m) in found.iter().enumerate() {
        let entity = m.entity.0 as usize;
        response.resize(response.len().max(entity + 1), Vec::new());
        response[entity].push(matched[i].unwrap_or(spans.len() + i));
    }
    (key.iter().map(|c| c.iter().map(number).collect()).collect(), response)
}

fn without_singletons(chains: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    chains.into_iter().filter(|c| c.len() > 1).collect()
}

const COLUMNS: [&str; 14] =
    ["texts", "MUC P", "R", "F1", "B³ P", "R", "F1", "CEAF-e P", "R", "F1", "mean F1", "mentions P", "R", "F1"];

/// A row of the table: figures of one set.
pub fn row(name: &str, texts: usize, m: &Metrics) -> Vec<String> {
    let figures = |r: Ratio| r.percent().map(|f| format!("{f:.1}"));
    let mut out = vec![name.to_owned(), texts.to_string()];
    [m.muc, m.b_cubed, m.ceaf_e].into_iter().for_each(|r| out.extend(figures(r)));
    out.push(format!("{:.1}", m.mean_f1()));
    out.extend(figures(m.mentions));
    out
}

/// An empty table for [`row`].
pub fn table(title: &str) -> Table {
    Table::new(std::iter::once(title).chain(COLUMNS))
}

impl ScoreCoref {
    /// Scores all sets and prints the tables.
    ///
    /// # Errors
    /// When a corpus cannot be read.
    pub fn run(&self) -> Result<(), String> {
        let extractor = Extractor::builtin();
        let titles =
            Matching::ALL.map(|how| ["with singletons", "without singletons"].map(|s| format!("{s}, {}", how.name())));
        let mut tables = titles.map(|pair| pair.map(|title| table(&title)));
        let mut annotator = Annotator::builtin(Lang::Fr);
        let mut examples = String::new();
        for set in sets(&self.corpora, self.dev)? {
            if annotator.lang() != set.lang {
                annotator = Annotator::builtin(set.lang);
            }
            let mut scores = [Scores::default(); 2];
            let mut errors = Errors::default();
            for text in &set.texts {
                let (doc, found) = extract(&annotator, &extractor, &text.name, &text.text);
                let mentions = set.cut.apply(&doc, &found.mentions);
                if self.errors || self.examples.is_some() {
                    errors.add(&doc, text, &mentions);
                }
                for (s, how) in scores.iter_mut().zip(Matching::ALL) {
                    s.add(&doc, &text.chains, &mentions, how);
                }
            }
            if self.errors {
                crate::say!("{}", errors.table(set.name).markdown());
            }
            for line in errors.examples() {
                examples.push_str(&format!("{}\t{line}\n", set.name));
            }
            for (tables, s) in tables.iter_mut().zip(scores) {
                tables[0].row(row(set.name, set.texts.len(), &s.all));
                tables[1].row(row(set.name, set.texts.len(), &s.linked));
            }
        }
        if let Some(path) = &self.examples {
            std::fs::write(path, examples).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        tables.iter().flatten().for_each(|t| crate::say!("{}", t.markdown()));
        Ok(())
    }
}
