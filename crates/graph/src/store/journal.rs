//! The journal: what is being removed or replaced, written before anything is touched.
//!
//! It is a file of one JSON object a line that exists only between the acceptance of a removal and
//! the end of the work. What it names is no longer part of the graph, whatever files are still
//! there; so a segment that a killed run left behind is not taken in again.

use super::disk;
use crate::error::GraphError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const JOURNAL: &str = "journal.jsonl";

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Record {
    /// The article is no longer in the graph.
    Remove {
        /// Identifier of the document.
        document: String,
    },
    /// The article gives way to another one as soon as the segment of that one exists.
    Replace {
        /// Identifier of the old document.
        document: String,
        /// Identifier of the new document; with the same one, a segment of its own takes the place
        /// of the copy in a compacted segment.
        by: String,
    },
}

/// What has been asked for and is not yet done.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    path: PathBuf,
    records: Vec<Record>,
    exists: bool,
    /// Length of the whole lines: what follows was never accepted.
    length: u64,
}

impl Journal {
    /// Reads the journal of `folder`. A last line without its end was never accepted.
    ///
    /// # Errors
    /// When it cannot be read, or a whole line says something that this program does not know.
    pub(super) fn read(folder: &Path) -> Result<Self, GraphError> {
        let path = folder.join(JOURNAL);
        let text = match fs::read(&path) {
            Ok(t) => t,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Journal { path, ..Journal::default() }),
            Err(e) => return Err(GraphError::io("read", &path, e)),
        };
        let whole = text.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let mut records = Vec::new();
        for (i, line) in text[..whole].split(|b| *b == b'\n').filter(|l| !l.is_empty()).enumerate() {
            let record = serde_json::from_slice(line).map_err(|e| GraphError::Manifest {
                path: path.clone(),
                message: format!("line {}: {e}; it says which articles are being removed: mend the line", i + 1),
            })?;
            records.push(record);
        }
        Ok(Journal { path, records, exists: true, length: whole as u64 })
    }

    pub(super) fn records(&self) -> &[Record] {
        &self.records
    }

    /// Whether there is a file.
    pub(super) fn exists(&self) -> bool {
        self.exists
    }

    /// Writes records; they hold when this returns.
    pub(super) fn append(&mut self, new: &[Record]) -> Result<(), GraphError> {
        if new.is_empty() {
            return Ok(());
        }
        let mut text = String::new();
        for r in new {
            text.push_str(&serde_json::to_string(r).unwrap_or_default());
            text.push('\n');
        }
        // An empty file is harmless, and is cleared with the rest.
        self.exists = true;
        disk::append(&self.path, self.length, text.as_bytes())?;
        self.length += text.len() as u64;
        self.records.extend_from_slice(new);
        Ok(())
    }

    /// Forgets everything, once the work is done.
    pub(super) fn clear(&mut self) -> Result<(), GraphError> {
        if self.exists {
            disk::remove(&self.path)?;
            disk::sync_folder(self.path.parent().unwrap_or(Path::new(".")))?;
        }
        self.exists = false;
        self.length = 0;
        self.records.clear();
        Ok(())
    }

    /// Identifiers that are gone, given which documents have a segment of their own. A replaced
    /// document is gone if the new one is there.
    pub(super) fn gone(&self, has_own: impl Fn(&str) -> bool) -> BTreeSet<String> {
        let gone = self.records.iter().filter_map(|r| match r {
            Record::Remove { document } => Some(document),
            Record::Replace { document, by } => Some(document).filter(|d| *d != by && has_own(by)),
        });
        gone.cloned().collect()
    }

    /// Identifiers whose copy in a compacted segment gives way to their own segment.
    pub(super) fn renewed(&self, has_own: impl Fn(&str) -> bool) -> BTreeSet<String> {
        let renewed = self.records.iter().filter_map(|r| match r {
            Record::Replace { document, by } => Some(document).filter(|d| *d == by && has_own(by)),
            Record::Remove { .. } => None,
        });
        renewed.cloned().collect()
    }
}
