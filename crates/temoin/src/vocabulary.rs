//! Relations and entities of the user's own.

use crate::decode::utf8;
use std::fmt::Display;
use std::path::Path;
use temoin_extract::Extractor;

/// The built-in relations and entities with those of files: relations as in `relations.toml`, entities as
/// `--entities` describes them.
///
/// # Errors
/// When a file cannot be read or understood: a message with its name, the place and what is wrong.
pub fn extractor<P: AsRef<Path>>(relations: &[P], entities: &[P]) -> Result<Extractor, String> {
    let mut extractor = Extractor::builtin();
    for path in relations.iter().map(AsRef::as_ref) {
        extractor.add_relations(&read(path)?).map_err(|e| wrong(path, e))?;
    }
    for path in entities.iter().map(AsRef::as_ref) {
        extractor.add_entities(&read(path)?).map_err(|e| wrong(path, e))?;
    }
    Ok(extractor)
}

/// The text of a file, which must be UTF-8.
///
/// # Errors
/// When it cannot be read or is no UTF-8: a message with its name and the line.
pub fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|e| wrong(path, format!("cannot be read: {e}")))?;
    utf8(&bytes).map(str::to_owned).map_err(|e| wrong(path, e))
}

fn wrong(path: &Path, why: impl Display) -> String {
    format!("{}: {why}", path.display())
}
