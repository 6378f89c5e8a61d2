//! The graph folder: compressed N-Quads segments, and a manifest.
//!
//! ```text
//! GRAPH/temoin.json                  the manifest: format, version, base, segments with their articles
//! GRAPH/ontology.nq.gz               the ontology and the relations
//! GRAPH/segments/ab/ab….nq.gz        one article, named by the hash of its text
//! GRAPH/segments/pack/….nq.gz        many articles, named by the hash of its bytes
//! GRAPH/identity.tsv                 what people decided on who is who, if they did
//! GRAPH/journal.jsonl                removals that are not finished; mostly absent
//! GRAPH/lock                         held by the process that writes
//! ```
//! The name of a segment follows from its content, so the folder has the same bytes whatever the
//! order in which articles came, and two folders are merged by copying (`temoin merge`). What several articles share
//! (labels of entities, plain edges) is repeated in their segments and reduced when they are read.
//!
//! **Nothing accepted is lost.** A file is written under a temporary name, synced and renamed. A
//! segment that the manifest does not know (a killed run) is found and taken in. Nothing is removed
//! before what stands for it is written, synced and in the manifest.
//!
//! **Nothing removed comes back.** A removal is accepted by a line of the journal, synced before any
//! file is touched; what the journal names is gone for every reader. Replacing an article is a line
//! that holds from the moment when the segment of the new one is there: one rename. The journal is
//! removed last, so it never outlives the work, and a folder from which an article was removed has
//! the bytes of one that never had it.
//!
//! **A compacted segment** is the gzip members of its articles one behind the other, sorted by
//! document; the manifest says where each begins. So an article is read without the others, damage
//! costs the articles that it hits, and the manifest can be made anew by reading the members.

mod compact;
mod copy;
mod disk;
mod folder;
mod index;
mod journal;
mod manifest;
mod scan;
mod segment;
mod settle;
#[cfg(test)]
mod tests;
mod writer;

pub use compact::{CompactOptions, Compacted};
pub use copy::{Copied, merge_folders};
pub use folder::GraphFolder;
pub(crate) use index::Part;
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
    /// Outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
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
        let compacted = self.path.parent().is_some_and(|p| p.ends_with("segments/pack"));
        if compacted && !self.articles.is_empty() {
            // Others are in the same file.
            write!(f, "; take it out with 'temoin remove' and add it again")
        } else {
            write!(f, "; delete the file and add its articles again")
        }
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
