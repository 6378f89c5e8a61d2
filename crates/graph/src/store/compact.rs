//! Many small segments into few: for folders of many articles, which would be as many files.

use super::ArticleInfo;
use super::Writer;
use super::index::Segments;
use super::segment::{is_whole, raw, segment_file};
use super::settle::{publish, write_compacted};
use crate::error::GraphError;

/// How segments are put together.
#[derive(Clone, Copy, Debug)]
pub struct CompactOptions {
    /// Longest compacted segment, in bytes. Segments of more than half of it stay as they are, a
    /// longer article stays in a segment of its own.
    pub segment_bytes: u64,
}

impl Default for CompactOptions {
    fn default() -> Self {
        CompactOptions { segment_bytes: 64 << 20 }
    }
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Articles that are now in another segment.
    pub articles: usize,
    /// Segment files before.
    pub before: usize,
    /// Segment files now.
    pub after: usize,
    /// Segments that were left as they are because they are damaged.
    pub damaged: Vec<String>,
}

/// An article that may be put elsewhere.
#[derive(Clone, Debug)]
struct Movable {
    info: ArticleInfo,
    file: String,
    at: Option<(u64, u64)>,
    bytes: u64,
}

impl Writer {
    /// Puts small segments together, sorted by document, each article byte for byte as it was: a
    /// compacted segment is the gzip members of its articles one behind the other, which any
    /// reader of gzip reads as one file. Each new segment is written and synced before the manifest
    /// names it, and old files go after that, so that at most one compacted segment is there twice.
    /// The same articles with the same options give the same files.
    ///
    /// # Errors
    /// When something cannot be written; the graph then says what it said before.
    pub fn compact(&mut self, options: &CompactOptions) -> Result<Compacted, GraphError> {
        let mut report = Compacted { before: self.index.lock().entries().count(), ..Compacted::default() };
        let small = self.small(options, &mut report);
        for group in groups(small, options.segment_bytes) {
            report.articles += self.put_together(group)?;
        }
        self.settle()?;
        report.after = self.index.lock().entries().count();
        Ok(report)
    }

    /// The articles of small segments that can be read, sorted.
    fn small(&self, options: &CompactOptions, report: &mut Compacted) -> Vec<Movable> {
        let index = self.index.lock();
        let mut small = Vec::new();
        let is_small = |bytes: u64, compacted: bool| !compacted || bytes < options.segment_bytes / 2;
        for e in index.entries().filter(|e| is_small(e.bytes, e.is_compacted())) {
            let whole = e.articles.iter().all(|a| is_whole(&self.path.join(&e.file), a.at));
            if !whole || e.articles.is_empty() {
                report.damaged.push(e.file.clone());
                continue;
            }
            small.extend(e.articles.iter().map(|a| Movable {
                info: a.info.clone(),
                file: e.file.clone(),
                at: a.at,
                bytes: a.at.map_or(e.bytes, |(_, n)| n),
            }));
        }
        small.sort_by_cached_key(|m| segment_file(&m.info.id));
        small
    }

    /// Writes one segment and removes those that it stands for.
    fn put_together(&mut self, group: Vec<Movable>) -> Result<usize, GraphError> {
        let same = |m: &Movable| m.file == group[0].file;
        if group.iter().all(same) && self.holds_just(&group) {
            return Ok(0);
        }
        let mut parts = Vec::with_capacity(group.len());
        for m in &group {
            let path = self.path.join(&m.file);
            let bytes = raw(&path, m.at).map_err(|e| GraphError::io("read", &path, e))?;
            parts.push((m.info.clone(), bytes));
        }
        let entry = write_compacted(&self.path, parts)?;
        {
            let mut index = self.index.lock();
            for m in &group {
                take_from(&mut index, &m.info.id, &mut self.leftovers);
            }
            index.insert(entry);
        }
        self.settle_compacted()?;
        Ok(group.len())
    }

    /// The manifest and the removal of files, but no other compacted segment is written anew: one
    /// that has lost some of its articles to this one loses the others to the next.
    fn settle_compacted(&mut self) -> Result<(), GraphError> {
        let index = self.index.lock();
        publish(&self.path, self.iris.base(), &index, &mut self.leftovers)
    }

    /// Whether a segment has these articles and no other bytes.
    fn holds_just(&self, group: &[Movable]) -> bool {
        let index = self.index.lock();
        index.entry(&group[0].file).is_some_and(|e| e.articles.len() == group.len() && !e.has_dead_bytes())
    }
}

fn take_from(index: &mut Segments, document: &str, leftovers: &mut std::collections::BTreeSet<String>) {
    if let Some((_, Some(empty))) = index.drop_article(document) {
        leftovers.insert(empty);
    }
}

/// Cuts the articles, in order, into groups of at most `limit` bytes.
fn groups(small: Vec<Movable>, limit: u64) -> Vec<Vec<Movable>> {
    let mut all: Vec<Vec<Movable>> = Vec::new();
    let mut bytes = 0;
    for m in small {
        let fits = bytes + m.bytes <= limit;
        match all.last_mut().filter(|_| fits) {
            Some(group) => {
                bytes += m.bytes;
                group.push(m);
            }
            None => {
                bytes = m.bytes;
                all.push(vec![m]);
            }
        }
    }
    all
}
