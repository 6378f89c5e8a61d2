//! Adding articles to a graph folder.

use super::Added;
use super::folder::{Index, ONTOLOGY, SEGMENTS, contains, segment_file};
use super::manifest::{Entry, TEMPORARY, sync_folder, write_atomic};
use super::segment::{Segment, compress};
use crate::error::GraphError;
use crate::iri::Iris;
use crate::ontology::{self, RelationInfo};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use temoin_model::{Document, Extraction};

/// Adds articles to a graph folder. What [`Writer::add`] accepted is on disk when it returns; the
/// manifest is written by [`Writer::commit`] and rebuilt from the segments if that never came.
///
/// Of two articles with the same text the first one is kept, so a caller that wants the same bytes
/// in every run adds them in a fixed order.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    iris: Iris,
    index: Index,
    /// Held until the writer is dropped; the system lets go of it when the process dies.
    _lock: File,
}

impl Writer {
    pub(super) fn new(path: &Path, iris: &Iris, relations: &[RelationInfo], index: Index) -> Result<Self, GraphError> {
        let file = path.join("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&file)
            .map_err(|e| GraphError::io("open", &file, e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(GraphError::Locked { path: path.to_owned() }),
            // A file system without locks: one writer at a time is then up to the user.
            Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(GraphError::io("lock", &file, e)),
        }
        clean(path);
        let writer = Writer { path: path.to_owned(), iris: iris.clone(), index, _lock: lock };
        writer.ontology(relations)?;
        Ok(writer)
    }

    /// Adds an article.
    ///
    /// # Errors
    /// When the segment cannot be written ([`GraphError::is_disk_full`]); nothing accepted is lost.
    pub fn add(&mut self, doc: &Document, extraction: &Extraction) -> Result<Added, GraphError> {
        if self.contains(&doc.id) {
            return Ok(Added::AlreadyThere);
        }
        self.add_segment(Segment::new(&self.iris, doc, extraction))
    }

    /// Adds an article whose segment was made before, with the [`Iris`] of this folder.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn add_segment(&mut self, segment: Segment) -> Result<Added, GraphError> {
        let Segment { article, bytes } = segment;
        if self.contains(&article.id) {
            return Ok(Added::AlreadyThere);
        }
        let file = segment_file(&article.id);
        let path = self.path.join(&file);
        if let Some(shard) = path.parent().filter(|p| !p.exists()) {
            fs::create_dir_all(shard).map_err(|e| GraphError::io("create", shard, e))?;
            sync_folder(&self.path.join(SEGMENTS))?;
            sync_folder(&self.path)?;
        }
        write_atomic(&path, &bytes)?;
        let entry = Entry { file: file.clone(), bytes: bytes.len() as u64, articles: vec![article] };
        self.index.lock().insert(file, entry);
        Ok(Added::New)
    }

    /// Whether an article with this document identifier is in the graph.
    pub fn contains(&self, document: &str) -> bool {
        contains(&self.index, &self.path, document)
    }

    /// Writes the manifest and lets others write.
    ///
    /// # Errors
    /// When the manifest cannot be written; the segments are safe and found again.
    pub fn commit(self) -> Result<(), GraphError> {
        self.index.manifest(self.iris.base()).write(&self.path)
    }

    fn ontology(&self, relations: &[RelationInfo]) -> Result<(), GraphError> {
        let path = self.path.join(ONTOLOGY);
        if relations.is_empty() && path.exists() {
            return Ok(());
        }
        let bytes = compress(&ontology::quads(&self.iris, relations));
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        write_atomic(&path, &bytes)
    }
}

/// Removes what a killed run left unfinished. Nothing depends on it, so failures do not matter.
fn clean(path: &Path) {
    let root = path.join(SEGMENTS);
    let shards = fs::read_dir(&root).into_iter().flatten().flatten().map(|e| e.path());
    for folder in std::iter::once(path.to_owned()).chain(shards) {
        for e in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if e.file_name().to_string_lossy().starts_with(TEMPORARY) {
                let _ = fs::remove_file(e.path());
            }
        }
    }
}
