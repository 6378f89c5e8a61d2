//! The manifest, and files that appear whole or not at all.

use super::ArticleInfo;
use crate::error::GraphError;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Name of the file that marks a graph folder.
pub(super) const MANIFEST: &str = "temoin.json";
/// Start of the names of unfinished files.
pub(super) const TEMPORARY: &str = ".tmp-";
const FORMAT: &str = "temoin-graph";
const VERSION: u64 = 1;

/// A segment as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Path below the folder, with `/`.
    pub file: String,
    /// Length of the file: a file of another length is damaged.
    pub bytes: u64,
    /// The articles in it.
    pub articles: Vec<ArticleInfo>,
}

/// What the manifest says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub base: String,
    pub segments: Vec<Entry>,
}

/// The part that every version has.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

impl Manifest {
    pub(super) fn read(folder: &Path) -> Result<Self, GraphError> {
        let path = folder.join(MANIFEST);
        let text = match fs::read(&path) {
            Ok(t) => t,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let used = fs::read_dir(folder).is_ok_and(|mut d| d.next().is_some());
                return Err(if used {
                    GraphError::NotAGraph { path: folder.to_owned(), manifest: MANIFEST }
                } else {
                    GraphError::Missing { path: folder.to_owned() }
                });
            }
            Err(e) if e.kind() == io::ErrorKind::NotADirectory => {
                return Err(GraphError::NotAGraph { path: folder.to_owned(), manifest: MANIFEST });
            }
            Err(e) => return Err(GraphError::io("read", &path, e)),
        };
        let bad = |message: String| GraphError::Manifest { path: path.clone(), message };
        let header: Header = serde_json::from_slice(&text).map_err(|e| bad(e.to_string()))?;
        if header.format != FORMAT {
            return Err(bad(format!("format '{}', expected '{FORMAT}'", header.format)));
        }
        if header.version > VERSION {
            return Err(GraphError::Newer { path, found: header.version, known: VERSION });
        }
        serde_json::from_slice(&text).map_err(|e| bad(e.to_string()))
    }

    /// Writes it with one segment a line, so that a difference between two graphs can be read.
    pub(super) fn write(&self, folder: &Path) -> Result<(), GraphError> {
        let mut text =
            format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"base\":{},\n\"segments\":[", json(&self.base));
        for (i, s) in self.segments.iter().enumerate() {
            text.push_str(if i == 0 { "\n" } else { ",\n" });
            text.push_str(&json(s));
        }
        text.push_str("\n]}\n");
        let path = folder.join(MANIFEST);
        if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        write_atomic(&path, text.as_bytes())
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Writes a file that is either whole or absent, also when the machine stops in between: temporary
/// name, sync, rename, sync of the folder.
pub(super) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), GraphError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!("{TEMPORARY}{name}"));
    let result = File::create(&temporary).and_then(|mut f| {
        f.write_all(bytes)?;
        f.sync_all()
    });
    let result = result.and_then(|()| fs::rename(&temporary, path));
    if let Err(e) = result {
        let _ = fs::remove_file(&temporary);
        return Err(GraphError::io("write", path, e));
    }
    sync_folder(folder)
}

/// Makes a rename or a new file in `folder` last. Only Unix lets a folder be synced.
pub(super) fn sync_folder(folder: &Path) -> Result<(), GraphError> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(|e| GraphError::io("sync", folder, e))?;
    }
    Ok(())
}
