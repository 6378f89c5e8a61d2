//! Bringing the files in line with what the graph is: compacted segments without what was removed,
//! the manifest, and only then the removal of files. A run can end anywhere in between: until the
//! journal is cleared, what it names is gone, and the next writer does the rest.

use super::ArticleInfo;
use super::disk::{TEMPORARY, create_folder, list, remove, sync_folder, write_atomic};
use super::folder::SEGMENTS;
use super::index::Segments;
use super::journal::{Journal, Record};
use super::manifest::{Entry, Stored};
use super::segment::{compacted_file, raw, segment_file};
use crate::error::GraphError;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// See the module; `segments` no longer has what the journal removes.
pub(super) fn settle(
    path: &Path,
    base: &str,
    segments: &mut Segments,
    leftovers: &mut BTreeSet<String>,
    journal: &mut Journal,
) -> Result<(), GraphError> {
    // The new article of a replacement may be replaced in turn and its file be removed first: from
    // here on the old one is gone whatever happens.
    let gone = journal.gone(|by| path.join(segment_file(by)).exists());
    let plain: Vec<Record> = gone.into_iter().map(|document| Record::Remove { document }).collect();
    let new: Vec<Record> = plain.into_iter().filter(|r| !journal.records().contains(r)).collect();
    journal.append(&new)?;

    let dead: Vec<String> = segments.entries().filter(|e| e.has_dead_bytes()).map(|e| e.file.clone()).collect();
    for file in dead {
        if let Some(old) = rewrite(path, segments, &file)? {
            leftovers.insert(old);
        }
    }
    publish(path, base, segments, leftovers)?;
    journal.clear()
}

/// Writes the manifest, and only then removes files that it does not name.
pub(super) fn publish(
    path: &Path,
    base: &str,
    segments: &Segments,
    leftovers: &mut BTreeSet<String>,
) -> Result<(), GraphError> {
    segments.manifest(base).write(path)?;
    // What a killed run left may be just what has been written again.
    leftovers.retain(|f| segments.entry(f).is_none());
    delete(path, leftovers)
}

/// Writes a compacted segment anew with the articles that are left. Gives the old file, which
/// nothing needs any more.
fn rewrite(path: &Path, segments: &mut Segments, file: &str) -> Result<Option<String>, GraphError> {
    let Some(mut entry) = segments.take(file) else { return Ok(None) };
    if !path.join(file).exists() {
        // Nothing can be written anew; the articles stay named.
        entry.bytes = entry.articles.iter().filter_map(|a| a.at).map(|(_, n)| n).sum();
        segments.insert(entry);
        return Ok(None);
    }
    entry.articles.sort_by_key(|a| a.at);
    let mut parts = Vec::new();
    for a in &entry.articles {
        let bytes = match raw(&path.join(file), a.at) {
            Ok(b) => b,
            // The file breaks off before it: the article stays named, as damaged.
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Vec::new(),
            Err(e) => {
                segments.insert(entry);
                return Err(GraphError::io("read", &path.join(file), e));
            }
        };
        parts.push((a.info.clone(), bytes));
    }
    match write_compacted(path, parts) {
        Ok(new) => {
            let old = Some(file.to_owned()).filter(|f| *f != new.file);
            segments.insert(new);
            Ok(old)
        }
        Err(e) => {
            segments.insert(entry);
            Err(e)
        }
    }
}

/// Writes articles into one segment, one behind the other.
pub(super) fn write_compacted(path: &Path, parts: Vec<(ArticleInfo, Vec<u8>)>) -> Result<Entry, GraphError> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|(_, b)| b.len()).sum());
    let mut articles = Vec::with_capacity(parts.len());
    for (info, part) in parts {
        articles.push(Stored { info, at: Some((bytes.len() as u64, part.len() as u64)) });
        bytes.extend_from_slice(&part);
    }
    let file = compacted_file(&bytes);
    let target = path.join(&file);
    if !fs::read(&target).is_ok_and(|old| old == bytes) {
        if let Some(folder) = target.parent() {
            create_folder(path, folder)?;
        }
        write_atomic(&target, &bytes)?;
    }
    Ok(Entry { file, bytes: bytes.len() as u64, articles })
}

/// Removes files for good; folders that become empty go too.
fn delete(path: &Path, files: &mut BTreeSet<String>) -> Result<(), GraphError> {
    let mut folders = BTreeSet::new();
    for f in files.iter() {
        let file = path.join(f);
        remove(&file)?;
        folders.extend(file.parent().map(Path::to_owned));
    }
    files.clear();
    for f in folders.iter().filter(|f| f.is_dir()) {
        sync_folder(f)?;
        // Only an empty one goes.
        let _ = fs::remove_dir(f);
    }
    Ok(())
}

/// Removes what a killed run left unfinished. Nothing depends on it, so failures do not matter.
pub(super) fn clean(path: &Path) {
    let root = path.join(SEGMENTS);
    let shards = list(&root).unwrap_or_default().into_iter().map(|s| root.join(s)).filter(|s| s.is_dir());
    for folder in std::iter::once(path.to_owned()).chain(shards) {
        let names = list(&folder).unwrap_or_default();
        for name in names.iter().filter(|n| n.starts_with(TEMPORARY)) {
            let _ = remove(&folder.join(name));
        }
        if names.iter().all(|n| n.starts_with(TEMPORARY)) {
            let _ = fs::remove_dir(&folder);
        }
    }
}
