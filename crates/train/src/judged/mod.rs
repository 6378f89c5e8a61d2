//! Claims that a reader has judged: sentences are drawn from news, their claims are read one by one
//! against the text, and the verdicts are kept as positions, without a word of the text.

pub mod facts;
pub mod fill;
pub mod sample;
pub mod score;
pub mod sheet;

use crate::coref::corpora::conll;
use crate::names::corpora::read;
use clap::ValueEnum;
use std::fs;
use std::path::{Path, PathBuf};
use temoin_extract::{Extractor, time};
use temoin_language::Annotator;
use temoin_model::{Article, Date, Document, Extraction, Lang, Meta};

/// Documents that sentences are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Set {
    /// French: development articles of WiNER.
    WinerDev,
    /// French: training articles of WiNER.
    WinerTrain,
    /// English: news of GUM.
    GumNews,
}

/// A document of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its name in the set.
    pub name: String,
    /// Date of publication, where the corpus gives one.
    pub published: Option<Date>,
    /// Raw text.
    pub text: String,
}

impl Set {
    /// Name on the command line and in the files of facts.
    pub const fn name(self) -> &'static str {
        match self {
            Set::WinerDev => "winer-dev",
            Set::WinerTrain => "winer-train",
            Set::GumNews => "gum-news",
        }
    }

    /// Language of all its documents.
    pub const fn lang(self) -> Lang {
        match self {
            Set::WinerDev | Set::WinerTrain => Lang::Fr,
            Set::GumNews => Lang::En,
        }
    }

    /// The documents, in order of file names.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn texts(self, folder: &Path) -> Result<Vec<Text>, String> {
        match self {
            Set::WinerDev => winer(&folder.join("ner/fr/winer/dev")),
            Set::WinerTrain => winer(&folder.join("ner/fr/winer/train")),
            Set::GumNews => gum(&folder.join("parsing/en")),
        }
    }
}

/// Files of a folder whose names pass, sorted.
fn files(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.file_name().and_then(|n| n.to_str()).is_some_and(&wanted));
    paths.sort();
    Ok(paths)
}

fn winer(folder: &Path) -> Result<Vec<Text>, String> {
    let one = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = read(path)?.trim_start_matches('\u{feff}').to_owned();
        Ok(Text { published: date_in(&name), name, text })
    };
    files(folder, |n| n.ends_with(".txt"))?.iter().map(one).collect()
}

/// The date that a file's name begins with: `2018_01_07-001`.
fn date_in(name: &str) -> Option<Date> {
    name.get(..10)?.replace('_', "-").parse().ok()
}

fn gum(folder: &Path) -> Result<Vec<Text>, String> {
    let mut out = Vec::new();
    for path in files(folder, |n| n.starts_with("gum-permissive-") && n.ends_with(".conllu"))? {
        let news = conll(&read(&path)?).into_iter().filter(|t| t.name.starts_with("GUM_news_"));
        out.extend(news.map(|t| Text { name: t.name, published: t.created, text: t.text }));
    }
    Ok(out)
}

/// What reads the documents of a set.
#[derive(Debug)]
pub struct Reader {
    annotator: Annotator,
    extractor: Extractor,
}

impl Reader {
    /// The built-in models and relations.
    pub fn builtin(lang: Lang) -> Self {
        Reader { annotator: Annotator::builtin(lang), extractor: Extractor::builtin() }
    }

    /// The analysis of a text.
    pub fn annotate(&self, text: &Text) -> Document {
        let lang = self.annotator.lang();
        let meta = Meta { lang, name: text.name.clone(), published: text.published, ..Meta::default() };
        self.annotator.annotate(Article { meta, text: text.text.clone() })
    }

    /// Analysis and claims, as the product makes them: without a date, one is looked for in the text.
    pub fn read(&self, text: &Text) -> (Document, Extraction) {
        let mut doc = self.annotate(text);
        if doc.meta.published.is_none()
            && let Some((date, _)) = time::publication_date(&doc)
        {
            doc.meta.published = Some(date);
            doc.meta.published_inferred = true;
        }
        let extraction = self.extractor.extract(&doc);
        (doc, extraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_from_the_names_of_files() {
        assert_eq!(date_in("2018_01_07-001").unwrap().to_string(), "2018-01-07");
        assert_eq!((date_in("2018_13_07-001"), date_in("essai")), (None, None));
    }

    #[test]
    fn sets_are_named_as_on_the_command_line() {
        for set in Set::value_variants() {
            assert_eq!(Set::from_str(set.name(), false), Ok(*set));
        }
    }
}
