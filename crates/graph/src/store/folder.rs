//! Opening and reading a graph folder.

use super::manifest::{Entry, Manifest, TEMPORARY, write_atomic};
use super::segment;
use super::{ArticleInfo, Damaged, GraphOptions, Writer};
use crate::error::GraphError;
use crate::graph::Graph;
use crate::identity::decisions::{self, Decision, Decisions};
use crate::iri::{Iris, encode};
use crate::ontology::RelationInfo;
use oxigraph::model::Quad;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

pub(super) const ONTOLOGY: &str = "ontology.nq.gz";
pub(super) const SEGMENTS: &str = "segments";

/// The segments by file, shared by the folder and its writer.
#[derive(Clone, Debug, Default)]
pub(super) struct Index(Arc<Mutex<BTreeMap<String, Entry>>>);

impl Index {
    pub(super) fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        // A panic elsewhere cannot leave the map half changed.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(super) fn manifest(&self, base: &str) -> Manifest {
        Manifest { base: base.to_owned(), segments: self.lock().values().cloned().collect() }
    }
}

/// A graph on disk.
#[derive(Debug)]
pub struct GraphFolder {
    path: PathBuf,
    iris: Iris,
    relations: Vec<RelationInfo>,
    index: Index,
    /// The file of decisions, where it is not in the folder.
    decisions: Option<PathBuf>,
}

impl GraphFolder {
    /// Opens the graph at `path`, or makes one there (the folder may exist if it is empty).
    ///
    /// # Errors
    /// When the folder is something else, newer, made with another base, or cannot be read or made.
    pub fn create_or_open(path: &Path, options: &GraphOptions) -> Result<Self, GraphError> {
        let asked = options.base.as_deref().map(Iris::new).transpose()?;
        let folder = match Self::open(path) {
            Err(GraphError::Missing { .. }) => {
                fs::create_dir_all(path).map_err(|e| GraphError::io("create", path, e))?;
                let iris = asked.clone().unwrap_or_default();
                Manifest { base: iris.base().to_owned(), segments: Vec::new() }.write(path)?;
                GraphFolder {
                    path: path.to_owned(),
                    iris,
                    relations: Vec::new(),
                    index: Index::default(),
                    decisions: None,
                }
            }
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

    /// Opens the graph at `path` for reading.
    ///
    /// # Errors
    /// When there is none, or it is newer, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, GraphError> {
        let manifest = Manifest::read(path)?;
        let iris = Iris::new(&manifest.base)?;
        let folder = GraphFolder {
            path: path.to_owned(),
            iris,
            relations: Vec::new(),
            index: Index::default(),
            decisions: None,
        };
        let known: BTreeMap<String, Entry> = manifest.segments.into_iter().map(|s| (s.file.clone(), s)).collect();
        let mut found = known.clone();
        for file in folder.segment_files()? {
            if !known.contains_key(&file) {
                let entry = folder.describe(&file);
                found.insert(file, entry);
            }
        }
        *folder.index.lock() = found;
        Ok(folder)
    }

    /// Takes the decisions on who is who from `path` in place of `identity.tsv` in the folder.
    #[must_use]
    pub fn with_decisions(mut self, path: &Path) -> Self {
        self.decisions = Some(path.to_owned());
        self
    }

    /// Where the decisions on who is who stand.
    pub fn decisions_path(&self) -> PathBuf {
        self.decisions.clone().unwrap_or_else(|| self.path.join(decisions::FILE))
    }

    /// The decisions of people on who is who; none where the folder has no file of them.
    ///
    /// # Errors
    /// When the file cannot be read. Lines that are wrong are named in [`Decisions::rejected`].
    pub fn decisions(&self) -> Result<Decisions, GraphError> {
        let path = self.decisions_path();
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Decisions::parse(&path, &text)),
            Err(e) if e.kind() == io::ErrorKind::NotFound && self.decisions.is_none() => {
                Ok(Decisions { path, ..Decisions::default() })
            }
            Err(e) => Err(GraphError::io("read", &path, e)),
        }
    }

    /// Writes a decision behind the others, whole or not at all. The number of its line is not looked at.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn decide(&self, decision: &Decision) -> Result<(), GraphError> {
        let path = self.decisions_path();
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
        let mut all: Vec<ArticleInfo> = self.index.lock().values().flat_map(|e| e.articles.clone()).collect();
        all.sort();
        all
    }

    /// Whether an article with this document identifier is in the graph, so that a caller can save
    /// itself the analysis. A segment that was cut short counts as absent.
    pub fn contains(&self, document: &str) -> bool {
        contains(&self.index, &self.path, document)
    }

    /// Starts writing; one process at a time.
    ///
    /// # Errors
    /// [`GraphError::Locked`] when another process writes.
    pub fn writer(&self) -> Result<Writer, GraphError> {
        Writer::new(&self.path, &self.iris, &self.relations, self.index.clone())
    }

    /// All of it in memory.
    ///
    /// # Errors
    /// When the folder cannot be read. A damaged segment is left out and named in [`Graph::damaged`].
    pub fn load(&self) -> Result<Graph, GraphError> {
        crate::graph::load(self)
    }

    /// Names of the segment files, sorted; each is one or more whole articles.
    pub(crate) fn segments(&self) -> Vec<String> {
        self.index.lock().keys().cloned().collect()
    }

    /// All quads of a segment, or what is wrong with it.
    pub(crate) fn read(&self, file: &str) -> Result<Vec<Quad>, Damaged> {
        let path = self.path.join(file);
        File::open(&path).and_then(segment::decompress).map_err(|e| Damaged {
            message: reason(&e),
            articles: self.index.lock().get(file).map(|e| e.articles.clone()).unwrap_or_default(),
            path,
        })
    }

    /// The ontology as it was written with the graph; nothing where it was not.
    pub(crate) fn ontology(&self) -> Result<Vec<Quad>, Damaged> {
        if self.path.join(ONTOLOGY).exists() { self.read(ONTOLOGY) } else { Ok(Vec::new()) }
    }

    fn segment_files(&self) -> Result<Vec<String>, GraphError> {
        let root = self.path.join(SEGMENTS);
        let mut files = Vec::new();
        for shard in list(&root)? {
            let folder = root.join(&shard);
            if !folder.is_dir() {
                continue;
            }
            for name in list(&folder)? {
                if name.ends_with(".nq.gz") && !name.starts_with(TEMPORARY) {
                    files.push(format!("{SEGMENTS}/{shard}/{name}"));
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// The manifest's entry for a segment that it does not know yet.
    fn describe(&self, file: &str) -> Entry {
        let path = self.path.join(file);
        let quads = File::open(&path).and_then(segment::decompress);
        let article = quads.ok().and_then(|q| segment::describe(&self.iris, &q));
        Entry {
            file: file.to_owned(),
            // A segment that cannot be read keeps no length, so that adding its article mends it.
            bytes: if article.is_some() { fs::metadata(&path).map_or(0, |m| m.len()) } else { 0 },
            articles: article.into_iter().collect(),
        }
    }
}

/// File of an article's segment. Two digits of the hash spread 100,000 articles over 256 folders.
pub(super) fn segment_file(document: &str) -> String {
    let id = encode(document);
    let shard: String = id.chars().filter(char::is_ascii_alphanumeric).take(2).collect();
    format!("{SEGMENTS}/{shard}/{id}.nq.gz")
}

pub(super) fn contains(index: &Index, folder: &Path, document: &str) -> bool {
    let file = segment_file(document);
    let bytes = match index.lock().get(&file) {
        Some(e) => e.bytes,
        None => return false,
    };
    fs::metadata(folder.join(&file)).is_ok_and(|m| m.len() == bytes && bytes > 0)
}

fn reason(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "the segment is missing".to_owned(),
        io::ErrorKind::UnexpectedEof => "the segment breaks off".to_owned(),
        _ => format!("the segment is damaged: {e}"),
    }
}

fn list(folder: &Path) -> Result<Vec<String>, GraphError> {
    let entries = match fs::read_dir(folder) {
        Ok(e) => e,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(GraphError::io("list", folder, e)),
    };
    let mut names = Vec::new();
    for e in entries {
        let e = e.map_err(|e| GraphError::io("list", folder, e))?;
        names.push(e.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
