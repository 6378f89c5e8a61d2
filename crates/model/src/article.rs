//! What goes in: an article, its metadata, and what is said about inputs that are not as they should be.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Language of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// All languages, in a fixed order.
    pub const ALL: [Lang; 2] = [Lang::Fr, Lang::En];

    /// BCP 47 tag: `fr` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s {
            "fr" => Ok(Lang::Fr),
            "en" => Ok(Lang::En),
            _ => Err(format!("unknown language '{s}': expected 'fr' or 'en'")),
        }
    }
}

/// What is known of an article besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Where the text came from, for messages and for the graph: a file name, a JSON Lines `id`.
    pub name: String,
    /// Headline, if known apart from the text.
    pub title: Option<String>,
    /// Publication date: given by the user or by the input, or inferred from the text.
    pub published: Option<Date>,
    /// Whether the publication date was inferred from the text.
    pub published_inferred: bool,
    /// Outlet that published it.
    pub outlet: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// Language.
    pub lang: Lang,
}

/// An article as read: metadata and text, before any analysis.
///
/// `text` is stored as it is, without a byte-order mark; every offset points into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Metadata.
    pub meta: Meta,
    /// The decoded text.
    pub text: String,
}

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was assumed (an encoding, a date) and the article was processed.
    Note,
    /// The article was processed, but something in it was left out.
    Warning,
    /// The input was not processed.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A problem with one input: which, where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Name of the input, with `:line` where there is one.
    pub input: String,
    /// What happened and what to do.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.severity.name(), self.input, self.message)
    }
}
