//! Text to annotated [`Document`]s: sentences, tokens, tags, features,
//! lemmas, dependency trees and names, by small models that the binary embeds.
//!
//! ```
//! use temoin_language::Annotator;
//! use temoin_model::{Article, Lang, Meta};
//!
//! let french = Annotator::builtin(Lang::Fr);
//! let doc = french.annotate(Article { meta: Meta::default(), text: "Le maire du port a parlé.".into() });
//! let forms: Vec<&str> = doc.tokens().map(|t| doc.form(t)).collect();
//! assert_eq!(forms, ["Le", "maire", "de", "le", "port", "a", "parlé", "."]);
//! assert_eq!(doc.deprel(doc.tokens().nth(1).unwrap()), "nsubj");
//! ```

pub mod analysis;
pub mod clusters;
pub mod container;
pub mod dense;
pub mod dictionary;
mod index;
pub mod lang;
pub mod lemmatizer;
pub mod lex;
pub mod linear;
pub mod names;
pub mod packed;
pub mod parser;
pub mod segment;
pub mod sentence;
pub mod tagger;
pub mod tokenizer;
pub mod wrap;

use analysis::Models;
use container::{ModelError, ModelFile};
use lang::Rules;
use names::NameTagger;
use std::sync::{Arc, OnceLock};
use temoin_model::{Article, Document, DocumentBuilder, Lang};

/// Analyses articles of one language. Cheap to clone and to share between threads.
#[derive(Clone, Debug)]
pub struct Annotator {
    lang: Lang,
    rules: Arc<Rules>,
    models: Option<Arc<Models>>,
    names: Option<Arc<NameTagger>>,
}

impl Annotator {
    /// The annotator with the models that the binary embeds. They are read once per process, when
    /// the first article in their language comes.
    pub fn builtin(lang: Lang) -> Self {
        static FRENCH: OnceLock<Annotator> = OnceLock::new();
        static ENGLISH: OnceLock<Annotator> = OnceLock::new();
        let (cell, model): (_, &[u8]) = match lang {
            Lang::Fr => (&FRENCH, include_bytes!("../../../data/models/fr.analysis.model")),
            Lang::En => (&ENGLISH, include_bytes!("../../../data/models/en.analysis.model")),
        };
        let read = || {
            let models = ModelFile::read(model).and_then(|f| Models::from_file(&f)).ok().map(Arc::new);
            Annotator { lang, rules: Arc::new(Rules::builtin(lang)), models, names: NameTagger::builtin(lang) }
        };
        cell.get_or_init(read).clone()
    }

    /// An annotator with the models in `bytes`.
    ///
    /// # Errors
    /// When they are no model file, of another version, or damaged.
    pub fn from_bytes(lang: Lang, bytes: &[u8]) -> Result<Self, ModelError> {
        let models = Models::from_file(&ModelFile::read(bytes)?)?;
        Ok(Annotator {
            lang,
            rules: Arc::new(Rules::builtin(lang)),
            models: Some(Arc::new(models)),
            names: NameTagger::builtin(lang),
        })
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether it has learned models; without, it gives tokens and sentences by rule and no trees.
    pub fn is_trained(&self) -> bool {
        self.models.is_some()
    }

    /// Its word clusters; `None` without learned models.
    pub fn clusters(&self) -> Option<&clusters::Clusters> {
        self.models.as_deref().map(|m| &m.clusters)
    }

    /// Whether it finds names.
    pub fn finds_names(&self) -> bool {
        self.names.is_some()
    }

    /// The same annotator with another name tagger, or with none.
    pub fn with_names(self, names: Option<Arc<NameTagger>>) -> Self {
        Annotator { names, ..self }
    }

    /// Analyses one article. Never fails: any text gives a document.
    pub fn annotate(&self, article: Article) -> Document {
        let text = article.text.clone();
        let mut b = DocumentBuilder::new(article.text, article.meta);
        analysis::fill(&text, &self.rules, self.models.as_deref(), &mut b);
        let mut doc = b.finish();
        if let Some(names) = &self.names {
            names.tag(&mut doc);
        }
        doc
    }

    /// Analyses again a document whose tokens and sentences are right: for scoring.
    pub fn annotate_tokens(&self, gold: &Document) -> Document {
        let mut b = DocumentBuilder::new(gold.text().to_owned(), gold.meta.clone());
        analysis::refill(gold, &self.rules, self.models.as_deref(), &mut b);
        b.finish()
    }
}
