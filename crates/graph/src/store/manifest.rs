//! The manifest: the segments and the articles in them.

use super::ArticleInfo;
use super::disk::{TEMPORARY, list, write_atomic};
use super::folder::{LOCK, ONTOLOGY, SEGMENTS};
use crate::error::GraphError;
use crate::iri::DEFAULT_BASE;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::Path;

/// Name of the file that marks a graph folder.
pub(super) const MANIFEST: &str = "temoin.json";
const FORMAT: &str = "temoin-graph";
/// 1: a segment for each article. 2: compacted segments and a journal of removals.
const VERSION: u64 = 2;

/// An article as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    #[serde(flatten)]
    pub info: ArticleInfo,
    /// First byte and length of its part of a compacted segment; nothing where the file is one article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(u64, u64)>,
}

/// A segment as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Path below the folder, with `/`.
    pub file: String,
    /// Length of the file: a file of another length is damaged.
    pub bytes: u64,
    /// The articles in it.
    pub articles: Vec<Stored>,
}

impl Entry {
    /// A segment that is one article.
    pub(super) fn single(file: &str, bytes: u64, article: Option<ArticleInfo>) -> Self {
        let articles = article.map(|info| Stored { info, at: None }).into_iter().collect();
        Entry { file: file.to_owned(), bytes, articles }
    }

    /// Whether the file holds bytes of no article in the graph: what was removed, or is elsewhere.
    pub(super) fn has_dead_bytes(&self) -> bool {
        let parts = self.articles.iter().filter_map(|a| a.at);
        self.is_compacted() && parts.map(|(_, n)| n).sum::<u64>() != self.bytes
    }

    /// Whether it is a compacted segment.
    pub(super) fn is_compacted(&self) -> bool {
        super::segment::is_compacted(&self.file)
    }
}

/// What the manifest says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub base: String,
    pub segments: Vec<Entry>,
}

/// The part that every version has.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

impl Manifest {
    pub(super) fn read(folder: &Path) -> Result<Self, GraphError> {
        let path = folder.join(MANIFEST);
        let text = match fs::read(&path) {
            Ok(t) => t,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(absent(folder)),
            Err(e) if e.kind() == io::ErrorKind::NotADirectory => {
                return Err(GraphError::NotAGraph { path: folder.to_owned(), manifest: MANIFEST });
            }
            Err(e) => return Err(GraphError::io("read", &path, e)),
        };
        let bad = |message: String| unusable(&path, &message);
        let header: Header = serde_json::from_slice(&text).map_err(|e| bad(e.to_string()))?;
        if header.format != FORMAT {
            return Err(bad(format!("format '{}', expected '{FORMAT}'", header.format)));
        }
        if header.version > VERSION {
            return Err(GraphError::Newer { path, found: header.version, known: VERSION });
        }
        serde_json::from_slice(&text).map_err(|e| bad(e.to_string()))
    }

    /// Writes it with one segment a line, so that a difference between two graphs can be read.
    pub(super) fn write(&self, folder: &Path) -> Result<(), GraphError> {
        let mut text =
            format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"base\":{},\n\"segments\":[", json(&self.base));
        for (i, s) in self.segments.iter().enumerate() {
            text.push_str(if i == 0 { "\n" } else { ",\n" });
            text.push_str(&json(s));
        }
        text.push_str("\n]}\n");
        let path = folder.join(MANIFEST);
        if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        write_atomic(&path, text.as_bytes())
    }
}

/// What to do where there is no manifest, or none that can be read, beside segments.
fn unusable(path: &Path, message: &str) -> GraphError {
    let message = format!(
        "{message}; the articles are safe in the folder '{SEGMENTS}': write \
         {{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"base\":\"{DEFAULT_BASE}\",\"segments\":[]}} in its place \
         and run 'temoin compact'"
    );
    GraphError::Manifest { path: path.to_owned(), message }
}

/// Why there is no manifest: nothing was made here, or a run died while it made it, or it is
/// somebody else's folder.
fn absent(folder: &Path) -> GraphError {
    let ours = |name: &String| name == LOCK || name.starts_with(TEMPORARY);
    let names = list(folder);
    if names.as_ref().is_ok_and(|names| names.iter().any(|n| n == SEGMENTS) && names.iter().any(|n| n == ONTOLOGY)) {
        return unusable(&folder.join(MANIFEST), "it is missing");
    }
    if names.is_ok_and(|names| names.iter().all(ours)) {
        GraphError::Missing { path: folder.to_owned() }
    } else {
        GraphError::NotAGraph { path: folder.to_owned(), manifest: MANIFEST }
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
