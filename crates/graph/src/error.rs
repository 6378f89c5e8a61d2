//! What can go wrong, always with the place where it did.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A failure of the graph folder, of a query or of an export.
#[derive(Debug, thiserror::Error)]
pub enum GraphError {
    /// Reading or writing a file failed.
    #[error("cannot {action} {}: {}{}", path.display(), source, hint(source))]
    Io {
        /// What was being done: `read`, `write`, `create` …
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The folder exists and is something else.
    #[error("{} is not a graph folder: it has no {manifest} and is not empty", path.display())]
    NotAGraph {
        /// The folder.
        path: PathBuf,
        /// Name of the file that marks a graph folder.
        manifest: &'static str,
    },
    /// There is no such folder.
    #[error("no graph at {}: make one with 'temoin build'", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// The manifest cannot be understood.
    #[error("{}: cannot be understood: {message}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The folder was written by a later version of this program.
    #[error("{} has format version {found}, this program reads up to {known}: use a newer temoin", path.display())]
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Version found.
        found: u64,
        /// Latest version known.
        known: u64,
    },
    /// The folder was made with another base IRI.
    #[error("{} was made with the base <{found}>, not <{asked}>", path.display())]
    OtherBase {
        /// The folder.
        path: PathBuf,
        /// Base in the manifest.
        found: String,
        /// Base asked for.
        asked: String,
    },
    /// Another process writes to the folder.
    #[error("another process is writing to {}: wait for it to end and try again", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// The base is not an absolute IRI that ends in `/` or `#`.
    #[error("'{0}' cannot be the base of identifiers: an absolute IRI that ends in '/' is needed")]
    BadBase(String),
    /// The query is not SPARQL.
    #[error("the query cannot be read: {0}")]
    Syntax(String),
    /// The query asks for something that this program refuses.
    #[error("{0}")]
    Refused(String),
    /// The query took too long.
    #[error("the query took longer than {} s and was stopped", .0.as_secs_f64())]
    Timeout(Duration),
    /// The query failed while it ran.
    #[error("the query failed: {0}")]
    Evaluation(String),
    /// The form of results does not go with the kind of query.
    #[error("{0}")]
    Form(String),
    /// Nothing in the graph answers to this name.
    #[error("nothing in the graph is called '{name}'{}", suggestions(near))]
    NotFound {
        /// The name asked for.
        name: String,
        /// Labels that look like it.
        near: Vec<String>,
    },
    /// Writing the result failed (a closed pipe keeps its [`io::ErrorKind::BrokenPipe`]).
    #[error("cannot write the result: {0}")]
    Output(#[source] io::Error),
    /// A store failed.
    #[error("the store failed: {0}")]
    Store(String),
    /// An article was removed or replaced while the graph was read.
    #[error("the article {0} was removed or replaced while the graph was read: run it again")]
    Changed(String),
}

impl GraphError {
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        GraphError::Io { action, path: path.to_owned(), source }
    }

    /// Whether a disk or a quota is full, or a file has the size that the system allows: what was accepted before is safe.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, GraphError::Io { source, .. } if disk_full(source))
    }

    /// Whether the reader of the output went away, which is no failure.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, GraphError::Output(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }
}

fn disk_full(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

fn hint(e: &io::Error) -> &'static str {
    if disk_full(e) { "; the articles added before are safe: make room and run the same command again" } else { "" }
}

fn suggestions(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", near.iter().map(|n| format!("« {n} »")).collect::<Vec<_>>().join(", "))
    }
}

impl From<oxigraph::store::StorageError> for GraphError {
    fn from(e: oxigraph::store::StorageError) -> Self {
        GraphError::Store(e.to_string())
    }
}
