//! The graph folder: one compressed N-Quads segment per article, and a manifest.
//!
//! ```text
//! GRAPH/temoin.json               the manifest: format, version, base, segments with their articles
//! GRAPH/ontology.nq.gz            the ontology and the relations
//! GRAPH/segments/ab/ab….nq.gz     one article, named by the hash of its text
//! GRAPH/identity.tsv              what people decided on who is who, if they did
//! GRAPH/lock                      held by the process that writes
//! ```
//! A segment never changes and its name follows from its content, so the folder has the same bytes
//! whatever the order in which articles came, and two folders are merged by copying. What several
//! articles share (labels of entities, plain edges) is repeated in their segments and reduced when
//! they are read. A segment that the manifest does not know (a killed run) is found and taken in.

mod folder;
mod manifest;
mod segment;
mod writer;

pub use folder::GraphFolder;
pub use segment::Segment;
pub use writer::Writer;

use crate::ontology::RelationInfo;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use temoin_model::Date;

/// How a graph folder is made.
#[derive(Clone, Debug, Default)]
pub struct GraphOptions {
    /// Base of identifiers; `None` for the default, or for what the folder was made with.
    pub base: Option<String>,
    /// Relations that the ontology describes.
    pub relations: Vec<RelationInfo>,
}

/// What is known of an article without reading its segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleInfo {
    /// Identifier of the document.
    pub id: String,
    /// Name of the input it came from.
    pub name: String,
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Publication date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Number of claims.
    pub claims: u64,
}

/// A segment that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damaged {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
    /// The articles in it, as far as the manifest knows them.
    pub articles: Vec<ArticleInfo>,
}

impl std::fmt::Display for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)?;
        for a in &self.articles {
            write!(f, "; left out: {} ({})", a.name, a.id)?;
        }
        write!(f, "; delete the file and add its articles again")
    }
}

/// What [`Writer::add`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The article is now in the graph.
    New,
    /// An article with the same text was there; nothing changed.
    AlreadyThere,
}
