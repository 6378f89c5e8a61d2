//! Opening and reading a graph folder.

use super::disk::{create_folder, write_atomic};
use super::index::{Index, Part, Segments};
use super::manifest::Manifest;
use super::scan::scan;
use super::{ArticleInfo, Damaged, GraphOptions, Writer, segment, writer};
use crate::error::GraphError;
use crate::graph::Graph;
use crate::identity::decisions::{self, Decision, Decisions};
use crate::iri::Iris;
use crate::ontology::RelationInfo;
use oxigraph::model::Quad;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

pub(super) const ONTOLOGY: &str = "ontology.nq.gz";
pub(super) const SEGMENTS: &str = "segments";
pub(super) const LOCK: &str = "lock";

/// How long making a folder, or a decision, waits for another process.
const CREATION: Duration = Duration::from_secs(10);

/// A graph on disk.
#[derive(Debug)]
pub struct GraphFolder {
    path: PathBuf,
    iris: Iris,
    relations: Vec<RelationInfo>,
    index: Index,
    /// The folder as it was when a file had gone, with the state of the manifest then.
    fresh: Mutex<Option<(Stamp, Segments)>>,
    /// The file of decisions, where it is not in the folder; and whether it must be there.
    decisions: Option<(PathBuf, bool)>,
}

/// Tells one state of the manifest from another.
type Stamp = Option<(SystemTime, u64)>;
/// A file, and the first byte and length of an article in it where it is not alone there.
type Place = (PathBuf, Option<(u64, u64)>);

/// How often a reader begins again where articles are replaced under it.
const TRIES: usize = 8;

impl GraphFolder {
    /// Opens the graph at `path`, or makes one there (the folder may exist if it is empty).
    ///
    /// # Errors
    /// When the folder is something else, newer, made with another base, or cannot be read or made.
    pub fn create_or_open(path: &Path, options: &GraphOptions) -> Result<Self, GraphError> {
        let asked = options.base.as_deref().map(Iris::new).transpose()?;
        let folder = match Self::open(path) {
            Err(GraphError::Missing { .. }) => Self::create(path, asked.clone().unwrap_or_default())?,
            other => other?,
        };
        if let Some(asked) = asked.filter(|a| *a != folder.iris) {
            return Err(GraphError::OtherBase {
                path: path.to_owned(),
                found: folder.iris.base().to_owned(),
                asked: asked.base().to_owned(),
            });
        }
        Ok(GraphFolder { relations: options.relations.clone(), ..folder })
    }

    /// Of two processes that make the same folder one writes the manifest, the other opens it.
    fn create(path: &Path, iris: Iris) -> Result<Self, GraphError> {
        create_folder(path.parent().unwrap_or(Path::new(".")), path)?;
        let until = std::time::Instant::now() + CREATION;
        loop {
            match writer::lock(path) {
                Ok(_lock) => {
                    return match Self::open(path) {
                        Err(GraphError::Missing { .. }) => {
                            Manifest { base: iris.base().to_owned(), segments: Vec::new() }.write(path)?;
                            Self::open(path)
                        }
                        other => other,
                    };
                }
                Err(GraphError::Locked { .. }) if std::time::Instant::now() < until => {}
                Err(e) => return Err(e),
            }
            std::thread::sleep(writer::PAUSE);
            match Self::open(path) {
                Err(GraphError::Missing { .. }) => {}
                other => return other,
            }
        }
    }

    /// Opens the graph at `path` for reading.
    ///
    /// # Errors
    /// When there is none, or it is newer, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, GraphError> {
        let state = scan(path)?;
        let folder = GraphFolder {
            path: path.to_owned(),
            iris: state.iris,
            relations: Vec::new(),
            index: Index::default(),
            fresh: Mutex::default(),
            decisions: None,
        };
        *folder.index.lock() = state.segments;
        Ok(folder)
    }

    /// Takes the decisions on who is who from `path` in place of `identity.tsv` in the folder. Reading
    /// them fails where there is no such file.
    #[must_use]
    pub fn with_decisions(mut self, path: &Path) -> Self {
        self.decisions = Some((path.to_owned(), true));
        self
    }

    /// As [`GraphFolder::with_decisions`], where the first decision makes the file if it is missing.
    #[must_use]
    pub fn with_new_decisions(mut self, path: &Path) -> Self {
        self.decisions = Some((path.to_owned(), false));
        self
    }

    /// Where the decisions on who is who stand.
    pub fn decisions_path(&self) -> PathBuf {
        self.decisions.as_ref().map_or_else(|| self.path.join(decisions::FILE), |(path, _)| path.clone())
    }

    /// The decisions of people on who is who; none where the folder has no file of them.
    ///
    /// # Errors
    /// When the file cannot be read. Lines that are wrong are named in [`Decisions::rejected`].
    pub fn decisions(&self) -> Result<Decisions, GraphError> {
        let path = self.decisions_path();
        let required = self.decisions.as_ref().is_some_and(|(_, required)| *required);
        if self.decisions.is_some() && !required && fs::metadata(&path).is_ok_and(|m| !m.is_file()) {
            // A device may have no end.
            let error = io::Error::new(io::ErrorKind::InvalidInput, "it is not a file, and decisions are kept in one");
            return Err(GraphError::io("read", &path, error));
        }
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Decisions::parse(&path, &text)),
            Err(e) if e.kind() == io::ErrorKind::NotFound && !required => {
                Ok(Decisions { path, ..Decisions::default() })
            }
            Err(e) => Err(GraphError::io("read", &path, e)),
        }
    }

    /// Writes a decision behind the others, whole or not at all. The number of its line is not looked at.
    ///
    /// # Errors
    /// When the file cannot be read or written, or another process writes to the folder for long.
    pub fn decide(&self, decision: &Decision) -> Result<(), GraphError> {
        let path = self.decisions_path();
        // A writer does away with unfinished files, and two decisions at a time would lose one.
        let _lock = match &self.decisions {
            None => Some(writer::wait_for(&self.path, CREATION)?),
            Some(_) => None,
        };
        let mut text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => decisions::HEADER.to_owned(),
            Err(e) => return Err(GraphError::io("read", &path, e)),
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&decision.to_line());
        write_atomic(&path, text.as_bytes())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes its identifiers.
    pub fn iris(&self) -> &Iris {
        &self.iris
    }

    /// The articles in it, sorted by identifier.
    pub fn articles(&self) -> Vec<ArticleInfo> {
        self.index.lock().articles()
    }

    /// The article with this document identifier, as the manifest knows it.
    pub fn article(&self, document: &str) -> Option<ArticleInfo> {
        self.index.lock().find(document).map(|(_, a)| a.info.clone())
    }

    /// The articles that `what` stands for: the one with this document identifier (`doc:` or the
    /// rest of its IRI may stand before it), else all with this name, sorted by identifier.
    pub fn find_articles(&self, what: &str) -> Vec<ArticleInfo> {
        let index = self.index.lock();
        let iri = what.strip_prefix(self.iris.base()).and_then(|w| w.strip_prefix("id/doc/"));
        match index.find(iri.or(what.strip_prefix("doc:")).unwrap_or(what)) {
            Some((_, a)) => vec![a.info.clone()],
            None => index.named(what),
        }
    }

    /// The articles with this name, sorted by identifier.
    pub fn articles_named(&self, name: &str) -> Vec<ArticleInfo> {
        self.index.lock().named(name)
    }

    /// Number of segment files.
    pub fn segment_count(&self) -> usize {
        self.index.lock().entries().count()
    }

    /// Whether an article with this document identifier is in the graph, so that a caller can save
    /// itself the analysis. A damaged segment counts as absent.
    pub fn contains(&self, document: &str) -> bool {
        contains(&self.index.lock(), &self.path, document)
    }

    /// Starts writing; one process at a time.
    ///
    /// # Errors
    /// [`GraphError::Locked`] when another process writes.
    pub fn writer(&self) -> Result<Writer, GraphError> {
        self.writer_within(Duration::ZERO)
    }

    /// Starts writing, and waits at most `wait` for another process that writes.
    ///
    /// # Errors
    /// [`GraphError::Locked`] when the other process still writes then.
    pub fn writer_within(&self, wait: Duration) -> Result<Writer, GraphError> {
        Writer::new(&self.path, &self.iris, &self.relations, self.index.clone(), wait)
    }

    /// All of it in memory.
    ///
    /// # Errors
    /// When the folder cannot be read. A damaged segment is left out and named in [`Graph::damaged`].
    pub fn load(&self) -> Result<Graph, GraphError> {
        crate::graph::load(self)
    }

    #[cfg(test)]
    pub(super) fn index_for_tests(&self) -> Vec<super::manifest::Entry> {
        self.index.lock().entries().cloned().collect()
    }

    /// What there is to read, article by article, in an order that follows from the articles alone.
    pub(crate) fn segments(&self) -> Vec<Part> {
        self.index.lock().parts()
    }

    /// All quads of an article, or what is wrong with it. None at all where another process has
    /// removed the article since the folder was opened.
    pub(crate) fn read(&self, part: &Part) -> Result<Vec<Quad>, Damaged> {
        Ok(self.read_with(part, segment::read)?.unwrap_or_default())
    }

    /// Runs `read`; where articles were removed or replaced meanwhile ([`GraphError::Changed`]), again on the folder
    /// as it is then, so that a reader sees either the old version of an article or the new one.
    pub(crate) fn steadily<T>(&self, mut read: impl FnMut(&Self) -> Result<T, GraphError>) -> Result<T, GraphError> {
        let mut result = read(self);
        for _ in 0..TRIES {
            if !matches!(result, Err(GraphError::Changed(_))) {
                break;
            }
            let mut now = GraphFolder::open(&self.path)?;
            now.decisions.clone_from(&self.decisions);
            result = read(&now);
        }
        result
    }

    /// The quads of an article; an error where it was removed since the folder was opened.
    pub(crate) fn present(&self, part: &Part) -> Result<Result<Vec<Quad>, Damaged>, GraphError> {
        match self.read(part) {
            Ok(quads) if quads.is_empty() => Err(GraphError::Changed(part.document().unwrap_or_default().to_owned())),
            read => Ok(read),
        }
    }

    /// The quads of an article that name an IRI that is `wanted`, and perhaps some more; nothing where
    /// the article was removed since the folder was opened.
    pub(crate) fn read_some(&self, part: &Part, wanted: &dyn Fn(&str) -> bool) -> Result<Option<Vec<Quad>>, Damaged> {
        self.read_with(part, |path, at| segment::read_some(path, at, wanted))
    }

    fn read_with(
        &self,
        part: &Part,
        how: impl Fn(&Path, Option<(u64, u64)>) -> io::Result<Vec<Quad>>,
    ) -> Result<Option<Vec<Quad>>, Damaged> {
        let path = self.path.join(&part.file);
        let at = part.article.as_ref().and_then(|a| a.at);
        let mut read = how(&path, at);
        if let (Err(e), Some(document)) = (&read, part.document())
            && e.kind() == io::ErrorKind::NotFound
        {
            match self.moved(document) {
                Some(Some((file, at))) if file != path => read = how(&file, at),
                Some(None) => return Ok(None),
                _ => {}
            }
        }
        read.map(Some).map_err(|e| Damaged {
            message: reason(&e),
            articles: part.article.iter().map(|a| a.info.clone()).collect(),
            path,
        })
    }

    /// Where an article is now, if it is anywhere; nothing where the folder cannot be read.
    #[allow(clippy::option_option, reason = "not known, gone, or there")]
    fn moved(&self, document: &str) -> Option<Option<Place>> {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let now = stamp(&self.path);
        if fresh.as_ref().is_none_or(|(then, _)| *then != now) {
            *fresh = Some((now, scan(&self.path).ok()?.segments));
        }
        let (_, segments) = fresh.as_ref()?;
        Some(segments.find(document).map(|(e, a)| (self.path.join(&e.file), a.at)))
    }

    /// The ontology as it was written with the graph; nothing where it was not.
    pub(crate) fn ontology(&self) -> Result<Vec<Quad>, Damaged> {
        let path = self.path.join(ONTOLOGY);
        if !path.exists() {
            return Ok(Vec::new());
        }
        segment::read(&path, None).map_err(|e| Damaged { message: reason(&e), articles: Vec::new(), path })
    }
}

fn stamp(path: &Path) -> Stamp {
    let m = fs::metadata(path.join(super::manifest::MANIFEST)).ok()?;
    Some((m.modified().ok()?, m.len()))
}

/// Whether there is a copy that is whole.
pub(super) fn contains(segments: &Segments, folder: &Path, document: &str) -> bool {
    let Some((entry, article)) = segments.find(document) else { return false };
    segment::is_whole(&folder.join(&entry.file), article.at)
}

fn reason(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "the segment is missing".to_owned(),
        io::ErrorKind::UnexpectedEof => "the segment breaks off".to_owned(),
        _ => format!("the segment is damaged: {e}"),
    }
}
