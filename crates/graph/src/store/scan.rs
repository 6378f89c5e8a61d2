//! What a graph folder holds, from its manifest, its journal and the files that are there.
//!
//! Each article counts once. The manifest's word stands where the copy that it names can be read;
//! segments that it does not know (a killed run, files copied here) are taken in if they bring an
//! article that is not there, and are leftovers if they bring none. What the journal removes is gone.

use super::ArticleInfo;
use super::disk::{TEMPORARY, list};
use super::folder::SEGMENTS;
use super::index::Segments;
use super::journal::Journal;
use super::manifest::{Entry, Manifest, Stored};
use super::segment::{self, ENDING, document_of, is_compacted, segment_file};
use crate::error::GraphError;
use crate::iri::Iris;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A folder as it was found.
#[derive(Debug)]
pub(super) struct State {
    pub iris: Iris,
    pub segments: Segments,
    /// Segment files that nothing needs any more.
    pub leftovers: BTreeSet<String>,
    pub journal: Journal,
    /// Articles whose removal was accepted and not finished.
    pub removed: Vec<ArticleInfo>,
}

/// Reads the state of the folder at `path`; changes nothing.
pub(super) fn scan(path: &Path) -> Result<State, GraphError> {
    let manifest = Manifest::read(path)?;
    let journal = Journal::read(path)?;
    let files = segment_files(path)?;
    let own = |id: &str| files.contains_key(&segment_file(id));
    let mut scan = Scan {
        path,
        iris: Iris::new(&manifest.base)?,
        gone: journal.gone(own),
        renewed: journal.renewed(own),
        files: &files,
        segments: Segments::default(),
        leftovers: BTreeSet::new(),
        removed: Vec::new(),
    };
    let known: BTreeSet<String> = manifest.segments.iter().map(|e| e.file.clone()).collect();
    let (present, missing): (Vec<Entry>, Vec<Entry>) =
        manifest.segments.into_iter().partition(|e| files.contains_key(&e.file));
    for e in present {
        scan.known(e);
    }
    let orphans = || files.keys().filter(|f| !known.contains(*f));
    for f in orphans().filter(|f| !is_compacted(f)) {
        scan.orphan(f);
    }
    for f in orphans().filter(|f| is_compacted(f)) {
        scan.compacted_orphan(f);
    }
    // What is nowhere else stays named, as damaged.
    for e in missing {
        scan.known(e);
    }
    let Scan { iris, segments, leftovers, removed, .. } = scan;
    Ok(State { iris, segments, leftovers, journal, removed })
}

struct Scan<'a> {
    path: &'a Path,
    iris: Iris,
    gone: BTreeSet<String>,
    renewed: BTreeSet<String>,
    /// Lengths of the segment files.
    files: &'a BTreeMap<String, u64>,
    segments: Segments,
    leftovers: BTreeSet<String>,
    removed: Vec<ArticleInfo>,
}

impl Scan<'_> {
    /// A segment of the manifest.
    fn known(&mut self, mut entry: Entry) {
        let length = self.files.get(&entry.file).copied();
        if length.is_some_and(|n| n != entry.bytes)
            && !entry.is_compacted()
            && let Some(article) = self.describe(&entry.file)
        {
            // Written anew by a run that did not come to the manifest.
            entry = Entry::single(&entry.file, length.unwrap_or_default(), Some(article));
        }
        let listed = entry.articles.len();
        let (gone, renewed, compacted) = (&self.gone, &self.renewed, entry.is_compacted());
        for a in entry.articles.extract_if(.., |a| gone.contains(&a.info.id)) {
            self.removed.push(a.info);
        }
        entry
            .articles
            .retain(|a| !(compacted && renewed.contains(&a.info.id)) && self.segments.find(&a.info.id).is_none());
        if !entry.articles.is_empty() || listed == 0 {
            self.segments.insert(entry);
        } else if length.is_some() {
            self.leftovers.insert(entry.file);
        }
    }

    /// A file of one article that the manifest does not know.
    fn orphan(&mut self, file: &str) {
        let named_after = document_of(file);
        if self.gone.contains(&named_after) || self.is_live(&named_after) {
            self.leftovers.insert(file.to_owned());
            return;
        }
        match self.describe(file) {
            Some(a) if self.gone.contains(&a.id) || self.is_live(&a.id) => {
                self.leftovers.insert(file.to_owned());
            }
            Some(article) => {
                self.give_up(&article.id);
                self.segments.insert(Entry::single(file, self.files[file], Some(article)));
            }
            // A segment that cannot be read keeps no length, so that adding its article mends it.
            None => self.segments.insert(Entry::single(file, 0, None)),
        }
    }

    /// A compacted segment that the manifest does not know.
    fn compacted_orphan(&mut self, file: &str) {
        let bytes = fs::read(self.path.join(file)).unwrap_or_default();
        let Ok(found) = segment::articles(&self.iris, &bytes) else {
            self.segments.insert(Entry::single(file, 0, None));
            return;
        };
        let mut articles: Vec<Stored> = Vec::new();
        for (info, at) in found {
            let twice = articles.iter().any(|a| a.info.id == info.id);
            if !twice && !self.gone.contains(&info.id) && !self.is_live(&info.id) {
                self.give_up(&info.id);
                articles.push(Stored { info, at: Some(at) });
            }
        }
        if articles.is_empty() {
            self.leftovers.insert(file.to_owned());
        } else {
            self.segments.insert(Entry { file: file.to_owned(), bytes: bytes.len() as u64, articles });
        }
    }

    /// Whether there is a copy of the document that can be read.
    fn is_live(&self, document: &str) -> bool {
        self.segments.find(document).is_some_and(|(e, a)| segment::read(&self.path.join(&e.file), a.at).is_ok())
    }

    /// Forgets a copy that cannot be read, for a better one.
    fn give_up(&mut self, document: &str) {
        if let Some((_, Some(empty))) = self.segments.drop_article(document) {
            self.leftovers.insert(empty);
        }
    }

    fn describe(&self, file: &str) -> Option<ArticleInfo> {
        let quads = segment::read(&self.path.join(file), None).ok()?;
        segment::describe(&self.iris, &quads)
    }
}

/// Segment files with their lengths.
fn segment_files(path: &Path) -> Result<BTreeMap<String, u64>, GraphError> {
    let root = path.join(SEGMENTS);
    let mut files = BTreeMap::new();
    for shard in list(&root)? {
        let folder = root.join(&shard);
        if !folder.is_dir() {
            continue;
        }
        for name in list(&folder)? {
            if name.ends_with(ENDING) && !name.starts_with(TEMPORARY) {
                // A file that has just been removed is none.
                if let Ok(m) = fs::metadata(folder.join(&name)) {
                    files.insert(format!("{SEGMENTS}/{shard}/{name}"), m.len());
                }
            }
        }
    }
    Ok(files)
}
