//! What is where: segments by file, and the articles in them by identifier and by name.

use super::ArticleInfo;
use super::manifest::{Entry, Manifest, Stored};
use super::segment::segment_file;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

/// The segments, shared by the folder and its writer.
#[derive(Clone, Debug, Default)]
pub(super) struct Index(Arc<Mutex<Segments>>);

impl Index {
    pub(super) fn lock(&self) -> MutexGuard<'_, Segments> {
        // A panic elsewhere cannot leave the maps half changed.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The segments by file. Each document is in one of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Segments {
    entries: BTreeMap<String, Entry>,
    /// Files by document.
    documents: BTreeMap<String, String>,
    /// Documents by name.
    names: BTreeMap<String, BTreeSet<String>>,
}

impl Segments {
    /// Takes a segment in. An article that another segment has stays there; a segment of the same
    /// file gives way.
    pub(super) fn insert(&mut self, mut entry: Entry) {
        if let Some(old) = self.take(&entry.file) {
            drop(old);
        }
        entry.articles.retain(|a| !self.documents.contains_key(&a.info.id));
        for a in &entry.articles {
            self.documents.insert(a.info.id.clone(), entry.file.clone());
            self.names.entry(a.info.name.clone()).or_default().insert(a.info.id.clone());
        }
        self.entries.insert(entry.file.clone(), entry);
    }

    /// Takes a segment out.
    pub(super) fn take(&mut self, file: &str) -> Option<Entry> {
        let entry = self.entries.remove(file)?;
        for a in &entry.articles {
            self.forget(&a.info);
        }
        Some(entry)
    }

    /// Takes an article out. Gives what was known of it, and the file if nothing else is in it.
    pub(super) fn drop_article(&mut self, document: &str) -> Option<(ArticleInfo, Option<String>)> {
        let file = self.documents.get(document)?.clone();
        let entry = self.entries.get_mut(&file)?;
        let at = entry.articles.iter().position(|a| a.info.id == document)?;
        let info = entry.articles.remove(at).info;
        let empty = entry.articles.is_empty();
        if empty {
            self.entries.remove(&file);
        }
        self.forget(&info);
        Some((info, Some(file).filter(|_| empty)))
    }

    fn forget(&mut self, info: &ArticleInfo) {
        self.documents.remove(&info.id);
        if let Some(ids) = self.names.get_mut(&info.name) {
            ids.remove(&info.id);
            if ids.is_empty() {
                self.names.remove(&info.name);
            }
        }
    }

    pub(super) fn entry(&self, file: &str) -> Option<&Entry> {
        self.entries.get(file)
    }

    /// All segments, sorted by file.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The segment that holds a document, and what the manifest says of it.
    pub(super) fn find(&self, document: &str) -> Option<(&Entry, &Stored)> {
        let entry = self.entries.get(self.documents.get(document)?)?;
        Some((entry, entry.articles.iter().find(|a| a.info.id == document)?))
    }

    /// Articles of this name, sorted by identifier.
    pub(super) fn named(&self, name: &str) -> Vec<ArticleInfo> {
        let ids = self.names.get(name).into_iter().flatten();
        ids.filter_map(|id| self.find(id)).map(|(_, a)| a.info.clone()).collect()
    }

    pub(super) fn articles(&self) -> Vec<ArticleInfo> {
        let mut all: Vec<ArticleInfo> =
            self.entries.values().flat_map(|e| &e.articles).map(|a| a.info.clone()).collect();
        all.sort();
        all
    }

    pub(super) fn manifest(&self, base: &str) -> Manifest {
        Manifest { base: base.to_owned(), segments: self.entries.values().cloned().collect() }
    }

    /// What there is to read, in an order that does not depend on how articles are put together.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut all = Vec::new();
        for e in self.entries.values() {
            if e.articles.is_empty() {
                all.push(Part { order: e.file.clone(), file: e.file.clone(), article: None });
            }
            for a in &e.articles {
                let order = segment_file(&a.info.id);
                all.push(Part { order, file: e.file.clone(), article: Some(a.clone()) });
            }
        }
        all.sort_by(|a, b| a.order.cmp(&b.order));
        all
    }
}

/// One article, or a file whose articles are not known because it is damaged.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    order: String,
    pub(super) file: String,
    pub(super) article: Option<Stored>,
}

impl Part {
    /// Identifier of the document.
    pub(crate) fn document(&self) -> Option<&str> {
        self.article.as_ref().map(|a| a.info.id.as_str())
    }
}
