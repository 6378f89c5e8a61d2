//! Model files: named sections, each compressed, behind a header with magic, version and checksum.
//!
//! Layout: 8 bytes magic, version (u32, little-endian), FNV-1a 64 checksum of all that follows
//! (u64); number of sections; of each its name, its length and that of its Zstandard frame (numbers
//! as varints); then the frames. Section `meta` is text: language, corpora, scores.

use crate::linear::{Reader, put, put_str};
use std::borrow::Cow;

/// First bytes of every model file.
pub const MAGIC: [u8; 8] = *b"TEMOIN\x1aM";
/// Version of the format that this library reads and writes.
pub const VERSION: u32 = 3;

const HEADER: usize = 20;
/// Compression: slow to write, as fast to read as any.
const LEVEL: i32 = 19;
/// No model comes near this; a damaged length must not ask for all memory.
const MOST: usize = 1 << 28;

/// Why a model file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not start like a model file.
    #[error("this is no model file")]
    NotAModel,
    /// It is of another version of the format.
    #[error("the model file has format version {found}, this program reads version {VERSION}: train it again")]
    Version {
        /// Version in the file.
        found: u32,
    },
    /// Its content is not what was written.
    #[error("the model file is damaged: {0}")]
    Damaged(&'static str),
    /// A section is not there.
    #[error("the model file has no section '{0}'")]
    Missing(String),
}

/// A model file: sections in the order in which they were added. Those of a file that was read
/// stay compressed until they are asked for.
#[derive(Clone, Debug, Default)]
pub struct ModelFile<'a> {
    sections: Vec<(String, Section<'a>)>,
}

#[derive(Clone, Debug)]
enum Section<'a> {
    Plain(Vec<u8>),
    /// A Zstandard frame and the number of bytes in it.
    Frame(&'a [u8], usize),
}

impl<'a> ModelFile<'a> {
    /// Adds a section, in place of one with the same name.
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        match self.sections.iter_mut().find(|s| s.0 == name) {
            Some(s) => s.1 = Section::Plain(bytes),
            None => self.sections.push((name.to_owned(), Section::Plain(bytes))),
        }
    }

    /// The bytes of a section.
    ///
    /// # Errors
    /// [`ModelError::Missing`] when there is none of this name, [`ModelError::Damaged`] when it
    /// cannot be decompressed.
    pub fn section(&self, name: &str) -> Result<Cow<'_, [u8]>, ModelError> {
        let found = self.sections.iter().find(|s| s.0 == name);
        found.ok_or_else(|| ModelError::Missing(name.to_owned()))?.1.bytes()
    }

    /// Names and sizes of all sections.
    pub fn sections(&self) -> impl Iterator<Item = (&str, usize)> {
        self.sections.iter().map(|(n, s)| match s {
            Section::Plain(bytes) => (n.as_str(), bytes.len()),
            Section::Frame(_, length) => (n.as_str(), *length),
        })
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// When the file is something else, of another version, or damaged.
    pub fn read(bytes: &'a [u8]) -> Result<Self, ModelError> {
        if bytes.len() < HEADER || bytes[..8] != MAGIC {
            return Err(ModelError::NotAModel);
        }
        let found = u32::from_le_bytes(bytes[8..12].try_into().expect("four bytes"));
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let sum = u64::from_le_bytes(bytes[12..20].try_into().expect("eight bytes"));
        if checksum(&bytes[HEADER..]) != sum {
            return Err(ModelError::Damaged("wrong checksum"));
        }
        let mut r = Reader::new(&bytes[HEADER..]);
        let count = r.varint()? as usize;
        let mut table = Vec::new();
        let mut total = 0usize;
        for _ in 0..count {
            let (name, length, size) = (r.str()?, r.varint()? as usize, r.varint()? as usize);
            total = total.saturating_add(length);
            if total > MOST {
                return Err(ModelError::Damaged("impossible length"));
            }
            table.push((name, length, size));
        }
        let mut rest = r.rest();
        let mut sections = Vec::new();
        for (name, length, size) in table {
            let (frame, more) = rest.split_at_checked(size).ok_or(ModelError::Damaged("section cut short"))?;
            sections.push((name.to_owned(), Section::Frame(frame, length)));
            rest = more;
        }
        if rest.is_empty() { Ok(ModelFile { sections }) } else { Err(ModelError::Damaged("wrong length")) }
    }

    /// The file as bytes.
    ///
    /// # Errors
    /// When a section of a file that was read is damaged.
    pub fn write(&self) -> Result<Vec<u8>, ModelError> {
        let (mut table, mut frames) = (Vec::new(), Vec::new());
        put(&mut table, self.sections.len() as u64);
        for (name, section) in &self.sections {
            let bytes = section.bytes()?;
            let frame = zstd::bulk::compress(&bytes, LEVEL).expect("writing to memory");
            put_str(&mut table, name);
            put(&mut table, bytes.len() as u64);
            put(&mut table, frame.len() as u64);
            frames.extend(frame);
        }
        table.extend(frames);
        let mut out = Vec::from(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&checksum(&table).to_le_bytes());
        out.extend(table);
        Ok(out)
    }
}

impl Section<'_> {
    fn bytes(&self) -> Result<Cow<'_, [u8]>, ModelError> {
        let (frame, length) = match self {
            Section::Plain(bytes) => return Ok(Cow::Borrowed(bytes)),
            Section::Frame(frame, length) => (frame, *length),
        };
        let bytes = zstd::bulk::decompress(frame, length).map_err(|_| ModelError::Damaged("cannot be decompressed"))?;
        if bytes.len() == length { Ok(Cow::Owned(bytes)) } else { Err(ModelError::Damaged("wrong length")) }
    }
}

/// Does both at once where the system gives a thread, else one after the other.
pub(crate) fn both<A: Send, B>(a: impl Fn() -> A + Sync, b: impl FnOnce() -> B) -> (A, B) {
    let a = &a;
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().spawn_scoped(scope, a);
        let b = b();
        let a = other.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(a);
        (a, b)
    })
}

/// FNV-1a over 8-byte words (the tail byte by byte): catches damage, no defence against malice.
fn checksum(bytes: &[u8]) -> u64 {
    let mut h = 0xCBF2_9CE4_8422_2325u64;
    let (words, tail) = bytes.as_chunks::<8>();
    for w in words {
        h = (h ^ u64::from_le_bytes(*w)).wrapping_mul(0x0000_0100_0000_01B3);
        h ^= h >> 29;
    }
    for &b in tail {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut m = ModelFile::default();
        m.insert("meta", b"lang fr".to_vec());
        m.insert("tagger", vec![1, 2, 3]);
        m.insert("tagger", vec![4, 5]);
        m.write().unwrap()
    }

    #[test]
    fn sections_read_back() {
        let bytes = sample();
        let m = ModelFile::read(&bytes).unwrap();
        assert_eq!(m.section("tagger").unwrap().as_ref(), &[4, 5]);
        assert_eq!(m.sections().collect::<Vec<_>>(), [("meta", 7), ("tagger", 2)]);
        assert_eq!(m.section("parser").unwrap_err(), ModelError::Missing("parser".into()));
    }

    #[test]
    fn another_version_and_damage_are_told_apart() {
        let mut newer = sample();
        newer[8] = 9;
        assert_eq!(ModelFile::read(&newer).unwrap_err(), ModelError::Version { found: 9 });
        let mut bent = sample();
        let at = bent.len() - 2;
        bent[at] ^= 1;
        assert!(matches!(ModelFile::read(&bent), Err(ModelError::Damaged(_))));
        let whole = sample();
        for n in 0..whole.len() - 1 {
            assert!(ModelFile::read(&whole[..n]).is_err());
        }
        assert_eq!(ModelFile::read(b"PK\x03\x04").unwrap_err(), ModelError::NotAModel);
    }
}
