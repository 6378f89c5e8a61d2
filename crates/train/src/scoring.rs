//! `temoin-train score`: any model on any gold file.

use crate::conll;
use crate::gold::{self, Gold};
use crate::names::corpora::{self, GoldArticle};
use crate::names::score::{Nested, Scores};
use clap::Args;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use temoin_language::Annotator;
use temoin_language::container::ModelFile;
use temoin_language::names::NameTagger;
use temoin_language::names::lexicon::NameLexicon;
use temoin_language::names::model::NameModel;
use temoin_model::{Article, Document, Lang, Meta};

/// Score the analysis and the names on published corpora.
///
/// A `.conllu` file is scored by the rules of CoNLL 2018, from its tokens and from its raw text; a
/// folder of brat files (`NAME.txt`, `NAME.ann`) and a file of words with IOB tags by the exact
/// spans and kinds of names, from raw text.
#[derive(Debug, Args)]
pub struct Score {
    /// Gold files and folders
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Language
    #[arg(long, default_value = "fr")]
    lang: Lang,
    /// A model file of the analysis in place of the one built in
    #[arg(long)]
    model: Option<PathBuf>,
    /// A model file of names in place of the one built in
    #[arg(long)]
    names: Option<PathBuf>,
    /// Folder of the word lists that the names model was trained with (name_words.tsv, name_clusters.txt);
    /// data/lexicon/LANG where not given
    #[arg(long)]
    lexicon: Option<PathBuf>,
    /// File for the analysis of the gold tokens of the last treebank, as CoNLL-U, to compare with it
    #[arg(long)]
    write: Option<PathBuf>,
}

/// An annotator with the models of files, where these are given.
///
/// # Errors
/// When a file cannot be read or is no model of its kind.
pub fn annotator(
    lang: Lang,
    model: Option<&Path>,
    names: Option<&Path>,
    lexicon: Option<&Path>,
) -> Result<Annotator, String> {
    let bytes = |p: &Path| std::fs::read(p).map_err(|e| format!("{}: {e}", p.display()));
    let annotator = match model {
        None => Annotator::builtin(lang),
        Some(p) => Annotator::from_bytes(lang, &bytes(p)?).map_err(|e| format!("{}: {e}", p.display()))?,
    };
    let Some(p) = names else { return Ok(annotator) };
    let folder = lexicon.map_or_else(|| Path::new("data/lexicon").join(lang.to_string()), Path::to_owned);
    let list = |name: &str| corpora::read(&folder.join(name));
    let read = |b: &[u8]| NameModel::read(&ModelFile::read(b)?);
    let model = read(&bytes(p)?).map_err(|e| format!("{}: {e}", p.display()))?;
    let lexicon = NameLexicon::new(&list("name_words.tsv")?, &list("name_clusters.txt")?);
    Ok(annotator.with_names(Some(Arc::new(NameTagger::new(lexicon, model)))))
}

/// Scores of trees: from gold tokens, then from raw text.
///
/// # Errors
/// When the analysis changed the characters of the text, which it never does.
pub fn trees(annotator: &Annotator, gold: &Document) -> Result<[conll::Scores; 2], String> {
    let differ = || "the characters of the texts differ".to_owned();
    let raw = annotator.annotate(Article { meta: gold.meta.clone(), text: gold.text().to_owned() });
    Ok([
        conll::score(gold, &annotator.annotate_tokens(gold)).ok_or_else(differ)?,
        conll::score(gold, &raw).ok_or_else(differ)?,
    ])
}

/// Scores of names from raw text: all gold names, then without those inside another.
pub fn names(annotator: &Annotator, gold: &[GoldArticle]) -> [Scores; 2] {
    let mut scores = [Scores::default(), Scores::default()];
    for article in gold {
        let meta = Meta { name: article.name.clone(), lang: annotator.lang(), ..Meta::default() };
        let doc = annotator.annotate(Article { meta, text: article.text.clone() });
        let found: Vec<_> = doc.names.iter().map(|n| (doc.char_span(n.tokens), n.kind)).collect();
        scores[0].add(article, &found, Nested::All);
        scores[1].add(article, &found, Nested::Outermost);
    }
    scores
}

/// The score table of one gold file.
///
/// # Errors
/// When the annotator has no model for what the file holds.
pub fn table(annotator: &Annotator, gold: &Gold) -> Result<String, String> {
    let mut out = String::new();
    match gold {
        Gold::Trees(doc) => {
            if !annotator.is_trained() {
                return Err(format!("no model of the analysis for '{}'", annotator.lang()));
            }
            for (how, scores) in ["gold tokens", "raw text"].iter().zip(trees(annotator, doc)?) {
                writeln!(out, "from {how}: {} words\n{}", doc.len(), scores.table()).expect("writing to a string");
            }
        }
        Gold::Names(articles) => {
            if !annotator.finds_names() {
                return Err(format!("no model of names for '{}'", annotator.lang()));
            }
            let how = ["all gold names", "without names inside names"];
            for (how, scores) in how.iter().zip(names(annotator, articles)) {
                writeln!(out, "{} articles, {how}\n{scores}", articles.len()).expect("writing to a string");
            }
        }
    }
    Ok(out)
}

impl Score {
    /// Scores every file and prints its table.
    ///
    /// # Errors
    /// What could not be read or scored.
    pub fn run(&self) -> Result<(), String> {
        let annotator = annotator(self.lang, self.model.as_deref(), self.names.as_deref(), self.lexicon.as_deref())?;
        for path in &self.files {
            let gold = gold::read(path, self.lang)?;
            let table = table(&annotator, &gold).map_err(|e| format!("{}: {e}", path.display()))?;
            crate::say!("{}\n{table}", path.display());
            if let (Gold::Trees(doc), Some(out)) = (&gold, &self.write) {
                let found = temoin_model::conllu::write(&annotator.annotate_tokens(doc));
                std::fs::write(out, found).map_err(|e| format!("{}: {e}", out.display()))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_model::conllu;

    #[test]
    fn what_the_annotator_says_itself_scores_full_marks() {
        let fr = Annotator::builtin(Lang::Fr);
        let meta = Meta { lang: Lang::Fr, ..Meta::default() };
        let doc = fr.annotate(Article { meta: meta.clone(), text: "La mairie du bourg ferme. Elle rouvrira.".into() });
        let again = conllu::parse_one(&conllu::write(&doc), meta).unwrap();
        for scores in trees(&fr, &again).unwrap() {
            assert!(scores.0.iter().all(|m| m.1.f1() == 100.0), "{}", scores.table());
        }
        let table = table(&fr, &Gold::Trees(Box::new(again))).unwrap();
        assert!(table.contains("from gold tokens") && table.contains("from raw text"), "{table}");
    }

    #[test]
    fn names_are_counted_in_both_ways() {
        let fr = Annotator::builtin(Lang::Fr);
        let gold = gold::iob("Emmanuel\tB-PER\nMacron\tI-PER\nest\tO\nà\tO\nParis\tB-LOC\n.\tO\n", Lang::Fr);
        let [all, outer] = names(&fr, &gold);
        assert_eq!((all.main().gold, outer.main().gold), (2, 2));
        let table = table(&fr, &Gold::Names(gold)).unwrap();
        assert!(table.contains("P+L+O"), "{table}");
    }

    #[test]
    fn a_missing_model_is_said() {
        let bare = Annotator::builtin(Lang::Fr).with_names(None);
        assert!(table(&bare, &Gold::Names(Vec::new())).unwrap_err().contains("names"));
    }
}
