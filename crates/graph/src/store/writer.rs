//! Adding articles to a graph folder, replacing and removing them.

use super::disk::{create_folder, write_atomic};
use super::folder::{LOCK, ONTOLOGY, contains};
use super::index::Index;
use super::journal::{Journal, Record};
use super::manifest::Entry;
use super::scan::scan;
use super::segment::{Segment, compress, segment_file};
use super::settle::{clean, settle};
use super::{Added, ArticleInfo};
use crate::error::GraphError;
use crate::iri::Iris;
use crate::ontology::{self, RelationInfo};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use temoin_model::{Document, Extraction};

/// How often a lock is tried again.
pub(super) const PAUSE: Duration = Duration::from_millis(20);

/// Adds articles to a graph folder, replaces and removes them. What [`Writer::add`],
/// [`Writer::replace`] and [`Writer::remove`] accepted holds when they return, whatever happens to
/// the process. [`Writer::commit`] writes the manifest and does away with files that nothing needs;
/// if that never came, the next writer does it first.
///
/// Of two articles with the same text the first one is kept, so a caller that wants the same bytes
/// in every run adds them in a fixed order.
#[derive(Debug)]
pub struct Writer {
    pub(super) path: PathBuf,
    pub(super) iris: Iris,
    pub(super) index: Index,
    pub(super) journal: Journal,
    /// Segment files that nothing needs once the manifest is written.
    pub(super) leftovers: BTreeSet<String>,
    /// Documents that the journal removes.
    gone: BTreeSet<String>,
    finished: Vec<ArticleInfo>,
    /// Held until the writer is dropped; the system lets go of it when the process dies.
    _lock: File,
}

impl Writer {
    pub(super) fn new(
        path: &Path,
        iris: &Iris,
        relations: &[RelationInfo],
        index: Index,
        wait: Duration,
    ) -> Result<Self, GraphError> {
        let lock = wait_for(path, wait)?;
        clean(path);
        // Another process may have written since the folder was opened.
        let state = scan(path)?;
        *index.lock() = state.segments;
        let mut writer = Writer {
            path: path.to_owned(),
            iris: iris.clone(),
            index,
            journal: state.journal,
            leftovers: state.leftovers,
            gone: BTreeSet::new(),
            finished: state.removed,
            _lock: lock,
        };
        let unfinished = writer.journal.exists()
            || !writer.leftovers.is_empty()
            || writer.index.lock().entries().any(Entry::has_dead_bytes);
        if unfinished {
            writer.settle()?;
        }
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
        if self.contains(&segment.article.id) {
            return Ok(Added::AlreadyThere);
        }
        self.write(segment, &[])?;
        Ok(Added::New)
    }

    /// Adds an article in place of others: of what the graph has of the same text, and of the
    /// articles `old`, by document identifier. At every moment either they are in the graph or the
    /// new one is.
    ///
    /// # Errors
    /// As [`Writer::add`]; the old articles are then still there.
    pub fn replace(&mut self, doc: &Document, extraction: &Extraction, old: &[String]) -> Result<Added, GraphError> {
        self.replace_by(Segment::new(&self.iris, doc, extraction), old)
    }

    /// The same with a segment that was made before, with the [`Iris`] of this folder.
    ///
    /// # Errors
    /// As [`Writer::replace`].
    pub fn replace_by(&mut self, segment: Segment, old: &[String]) -> Result<Added, GraphError> {
        let document = segment.article.id.clone();
        let old: Vec<String> = {
            let index = self.index.lock();
            old.iter().filter(|o| **o != document && index.find(o).is_some()).cloned().collect()
        };
        if self.contains(&document) && self.is_the_same(&segment) {
            self.remove(&old)?;
            return Ok(Added::AlreadyThere);
        }
        self.write(segment, &old)?;
        Ok(Added::New)
    }

    /// Takes articles out of the graph, by document identifier; what is not there is passed over.
    /// Gives what was removed.
    ///
    /// # Errors
    /// When the journal cannot be written: then nothing is removed.
    pub fn remove(&mut self, documents: &[String]) -> Result<Vec<ArticleInfo>, GraphError> {
        let there: BTreeSet<&String> = {
            let index = self.index.lock();
            documents.iter().filter(|d| index.find(d).is_some()).collect()
        };
        let records: Vec<Record> = there.iter().map(|d| Record::Remove { document: (*d).clone() }).collect();
        self.journal.append(&records)?;
        Ok(there.into_iter().filter_map(|d| self.forget(d)).collect())
    }

    /// Whether an article with this document identifier is in the graph.
    pub fn contains(&self, document: &str) -> bool {
        contains(&self.index.lock(), &self.path, document)
    }

    /// Articles whose removal an earlier run had accepted and this writer finished when it was made.
    pub fn finished_removals(&self) -> &[ArticleInfo] {
        &self.finished
    }

    /// Writes the manifest, does away with what was removed, and lets others write.
    ///
    /// # Errors
    /// When that fails; what was accepted holds, and the next writer does the rest.
    pub fn commit(mut self) -> Result<(), GraphError> {
        self.settle()
    }

    pub(super) fn settle(&mut self) -> Result<(), GraphError> {
        let mut segments = self.index.lock();
        settle(&self.path, self.iris.base(), &mut segments, &mut self.leftovers, &mut self.journal)?;
        drop(segments);
        self.gone.clear();
        Ok(())
    }

    /// Writes a segment of one article in place of its older copies and of `old`.
    fn write(&mut self, segment: Segment, old: &[String]) -> Result<(), GraphError> {
        let Segment { article, bytes } = segment;
        if self.gone.contains(&article.id) {
            // Its removal is still in the journal and would take the new segment too.
            self.settle()?;
        }
        let file = segment_file(&article.id);
        let elsewhere = self.index.lock().find(&article.id).is_some_and(|(e, _)| e.file != file);
        let mut records: Vec<Record> =
            old.iter().map(|o| Record::Replace { document: o.clone(), by: article.id.clone() }).collect();
        if elsewhere {
            records.push(Record::Replace { document: article.id.clone(), by: article.id.clone() });
        }
        self.journal.append(&records)?;
        let path = self.path.join(&file);
        if let Some(shard) = path.parent() {
            create_folder(&self.path, shard)?;
        }
        write_atomic(&path, &bytes)?;
        for o in old {
            self.forget(o);
        }
        let mut index = self.index.lock();
        if let Some((_, Some(empty))) = index.drop_article(&article.id)
            && empty != file
        {
            self.leftovers.insert(empty);
        }
        self.leftovers.remove(&file);
        index.insert(Entry::single(&file, bytes.len() as u64, Some(article)));
        Ok(())
    }

    /// Whether the graph has these very bytes.
    fn is_the_same(&self, segment: &Segment) -> bool {
        let index = self.index.lock();
        index
            .find(&segment.article.id)
            .is_some_and(|(e, a)| super::segment::raw(&self.path.join(&e.file), a.at).is_ok_and(|b| b == segment.bytes))
    }

    /// Takes an article that the journal names out of the index.
    fn forget(&mut self, document: &str) -> Option<ArticleInfo> {
        let (info, empty) = self.index.lock().drop_article(document)?;
        self.leftovers.extend(empty);
        self.gone.insert(document.to_owned());
        Some(info)
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

/// Takes the lock of a folder.
///
/// # Errors
/// [`GraphError::Locked`] where another process has it.
pub(super) fn lock(path: &Path) -> Result<File, GraphError> {
    let file = path.join(LOCK);
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&file)
        .map_err(|e| GraphError::io("open", &file, e))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(GraphError::Locked { path: path.to_owned() }),
        // A file system without locks: one writer at a time is then up to the user.
        Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => Ok(lock),
        Err(TryLockError::Error(e)) => Err(GraphError::io("lock", &file, e)),
    }
}

/// Takes the lock of a folder, once another process has let go of it.
///
/// # Errors
/// [`GraphError::Locked`] where the other process still has it after `wait`.
pub(super) fn wait_for(path: &Path, wait: Duration) -> Result<File, GraphError> {
    let start = Instant::now();
    loop {
        match lock(path) {
            Err(GraphError::Locked { .. }) if start.elapsed() < wait => std::thread::sleep(PAUSE),
            other => return other,
        }
    }
}
