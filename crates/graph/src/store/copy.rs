//! The articles of one graph folder into another.

use super::disk::write_atomic;
use super::folder::ONTOLOGY;
use super::segment::{Segment, compress, member, raw};
use super::{Added, Damaged, GraphFolder, GraphOptions, Writer};
use crate::error::GraphError;
use crate::quads;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What came of copying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Articles that were copied.
    pub added: usize,
    /// Articles that were there.
    pub there: usize,
    /// Claims in the articles that were copied.
    pub claims: usize,
    /// Segments that could not be read and are left out.
    pub damaged: Vec<Damaged>,
}

impl Writer {
    /// Adds the articles of another folder, byte for byte, and the relations that its ontology
    /// describes. A folder that is filled from parts says what one filled with all articles does.
    ///
    /// # Errors
    /// [`GraphError::OtherBase`] where the other folder was made with another base; when the articles
    /// cannot be written. Those that were added before are kept.
    pub fn copy(&mut self, from: &GraphFolder) -> Result<Copied, GraphError> {
        if *from.iris() != self.iris {
            let (path, found, asked) = (from.path().to_owned(), from.iris().base(), self.iris.base());
            return Err(GraphError::OtherBase { path, found: found.to_owned(), asked: asked.to_owned() });
        }
        let mut copied = Copied::default();
        for part in from.segments() {
            match segment(from, &part) {
                Ok(s) => {
                    let claims = usize::try_from(s.article.claims).unwrap_or(usize::MAX);
                    match self.add_segment(s)? {
                        Added::New => {
                            copied.added += 1;
                            copied.claims += claims;
                        }
                        Added::AlreadyThere => copied.there += 1,
                    }
                }
                Err(d) => copied.damaged.push(d),
            }
        }
        match from.ontology() {
            Ok(quads) => self.add_ontology(quads)?,
            Err(d) => copied.damaged.push(d),
        }
        Ok(copied)
    }

    /// Puts what another ontology says beside what is there.
    fn add_ontology(&self, mut quads: Vec<oxigraph::model::Quad>) -> Result<(), GraphError> {
        let path = self.path.join(ONTOLOGY);
        if path.exists() {
            quads.extend(super::segment::read(&path, None).map_err(|e| GraphError::io("read", &path, e))?);
        }
        quads::sort(&mut quads);
        let bytes = compress(&quads);
        if quads.is_empty() || std::fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        write_atomic(&path, &bytes)
    }
}

/// Puts the articles of `folders` into the folder `out`, which is made with the base of the first of
/// them where it is missing.
///
/// # Errors
/// When one of the folders is no graph (nothing is copied then) or has another base, when `out` cannot
/// be written, or when another process still writes to it after `wait`.
pub fn merge_folders(folders: &[PathBuf], out: &Path, wait: Duration) -> Result<Copied, GraphError> {
    let sources = folders.iter().map(|f| GraphFolder::open(f)).collect::<Result<Vec<_>, _>>()?;
    let base = sources.first().map(|s| s.iris().base().to_owned());
    let base = if out.exists() { None } else { base };
    let target = GraphFolder::create_or_open(out, &GraphOptions { base, relations: Vec::new() })?;
    let mut writer = target.writer_within(wait)?;
    let mut all = Copied::default();
    for source in &sources {
        let Copied { added, there, claims, damaged } = writer.copy(source)?;
        all.added += added;
        all.there += there;
        all.claims += claims;
        all.damaged.extend(damaged);
    }
    writer.commit()?;
    Ok(all)
}

/// An article as it stands in its file.
fn segment(from: &GraphFolder, part: &super::Part) -> Result<Segment, Damaged> {
    let path = from.path().join(&part.file);
    let stored = part.article.as_ref();
    let read = raw(&path, stored.and_then(|a| a.at)).and_then(|bytes| match member(&bytes)? {
        n if n == bytes.len() && n > 0 => Ok(bytes),
        _ => Err(io::ErrorKind::InvalidData.into()),
    });
    match (read, stored) {
        (Ok(bytes), Some(a)) => Ok(Segment { article: a.info.clone(), bytes }),
        (read, _) => Err(Damaged {
            message: read
                .err()
                .map_or_else(|| "it holds no article".to_owned(), |e| format!("the segment is damaged: {e}")),
            articles: stored.iter().map(|a| a.info.clone()).collect(),
            path,
        }),
    }
}
