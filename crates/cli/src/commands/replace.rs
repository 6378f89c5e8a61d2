//! What `temoin build --replace` replaces.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use temoin::graph::{GraphError, GraphFolder, Writer};
use temoin::{Article, id};

/// The articles of this run by name. Several of one name do not replace each other: afterwards the
/// graph has, of each name, what this run was given.
#[derive(Debug, Default)]
pub(crate) struct Given {
    names: RefCell<BTreeMap<String, BTreeSet<String>>>,
    documents: RefCell<BTreeSet<String>>,
}

impl Given {
    /// Notes an article; whether a text was given before.
    pub(crate) fn note(&self, article: &Article) -> bool {
        let document = id::document_id(&article.text);
        let mut names = self.names.borrow_mut();
        names.entry(article.meta.name.clone()).or_default().insert(document.clone());
        !self.documents.borrow_mut().insert(document)
    }

    /// Documents of this name in the graph that this run was not given.
    pub(crate) fn outdated(&self, folder: &GraphFolder, name: &str) -> Vec<String> {
        let given = self.documents.borrow();
        folder.articles_named(name).into_iter().map(|a| a.id).filter(|d| !given.contains(d)).collect()
    }

    /// Removes what is outdated beside articles that were there already. A name of which nothing
    /// came into the graph keeps what it had. Gives how many went.
    pub(crate) fn sweep(&self, folder: &GraphFolder, writer: &mut Writer) -> Result<usize, GraphError> {
        let mut old = Vec::new();
        for (name, documents) in self.names.borrow().iter() {
            if documents.iter().any(|d| folder.contains(d)) {
                old.extend(self.outdated(folder, name));
            }
        }
        Ok(writer.remove(&old)?.len())
    }
}

/// Whether the graph has the article as it is given: its text, under its name and its date.
pub(crate) fn unchanged(folder: &GraphFolder, article: &Article) -> bool {
    let document = id::document_id(&article.text);
    let same = folder
        .article(&document)
        .is_some_and(|a| a.name == article.meta.name && article.meta.published.is_none_or(|d| a.date == Some(d)));
    same && folder.contains(&document)
}
