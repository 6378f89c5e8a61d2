//! Model files: named sections, each compressed, behind a header with magic, version and checksum.
//!
//! Layout: 8 bytes magic, version (u32, little-endian), FNV-1a 64 checksum of all that follows
//! (u64); number of sections; of each its name, its length and that of its Zstandard frame (numbers
//! as varints); then the frames. Section `meta` is text: language, corpora, scores.

use crate::linear::{Reader, put, put_str};

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

/// A model file in memory: sections in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct ModelFile {
    sections: Vec<(String, Vec<u8>)>,
}

impl ModelFile {
    /// Adds a section, in place of one with the same name.
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        match self.sections.iter_mut().find(|s| s.0 == name) {
            Some(s) => s.1 = bytes,
            None => self.sections.push((name.to_owned(), bytes)),
        }
    }

    /// The bytes of a section.
    ///
    /// # Errors
    /// [`ModelError::Missing`] when there is none of this name.
    pub fn section(&self, name: &str) -> Result<&[u8], ModelError> {
        let found = self.sections.iter().find(|s| s.0 == name);
        found.map(|s| s.1.as_slice()).ok_or_else(|| ModelError::Missing(name.to_owned()))
    }

    /// Names and sizes of all sections.
    pub fn sections(&self) -> impl Iterator<Item = (&str, usize)> {
        self.sections.iter().map(|(n, b)| (n.as_str(), b.len()))
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// When the file is something else, of another version, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
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
        let mut frames = Vec::new();
        for &(name, length, size) in &table {
            let (frame, more) = rest.split_at_checked(size).ok_or(ModelError::Damaged("section cut short"))?;
            frames.push((name, length, frame));
            rest = more;
        }
        if !rest.is_empty() {
            return Err(ModelError::Damaged("wrong length"));
        }
        // The frames are as many for one thread as for the other, by length.
        let mut before = 0;
        let half = frames.partition_point(|f| {
            before += f.1;
            before <= total / 2
        });
        let (first, second) = both(|| unpack(&frames[..half]), || unpack(&frames[half..]));
        let mut sections = first?;
        sections.extend(second?);
        Ok(ModelFile { sections })
    }

    /// The file as bytes.
    pub fn write(&self) -> Vec<u8> {
        let (mut table, mut frames) = (Vec::new(), Vec::new());
        put(&mut table, self.sections.len() as u64);
        for (name, bytes) in &self.sections {
            let frame = zstd::bulk::compress(bytes, LEVEL).expect("writing to memory");
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
        out
    }
}

type Frame<'a> = (&'a str, usize, &'a [u8]);

fn unpack(frames: &[Frame<'_>]) -> Result<Vec<(String, Vec<u8>)>, ModelError> {
    let one = |&(name, length, frame): &Frame<'_>| {
        let bytes = zstd::bulk::decompress(frame, length).map_err(|_| ModelError::Damaged("cannot be decompressed"))?;
        if bytes.len() == length { Ok((name.to_owned(), bytes)) } else { Err(ModelError::Damaged("wrong length")) }
    };
    frames.iter().map(one).collect()
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
        m.write()
    }

    #[test]
    fn sections_read_back() {
        let m = ModelFile::read(&sample()).unwrap();
        assert_eq!(m.section("tagger").unwrap(), &[4, 5]);
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
