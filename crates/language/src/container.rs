//! Model files: named sections behind a header with magic, version, length and checksum, compressed.
//!
//! Layout: 8 bytes magic, version (u32, little-endian), length and FNV-1a 64 checksum of the
//! uncompressed content (u64 each), then the content as one Zstandard frame. The content is a run of
//! sections: name, length, bytes. Section `meta` is text: language, corpora, scores.

use crate::linear::{Reader, put, put_str};

/// First bytes of every model file.
pub const MAGIC: [u8; 8] = *b"TEMOIN\x1aM";
/// Version of the format that this library reads and writes.
pub const VERSION: u32 = 2;

const HEADER: usize = 28;
/// Compression: slow to write, as fast to read as any.
const LEVEL: i32 = 19;
/// No model comes near this; a damaged length must not ask for all memory.
const MOST: u64 = 1 << 28;

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
        let length = u64::from_le_bytes(bytes[12..20].try_into().expect("eight bytes"));
        let sum = u64::from_le_bytes(bytes[20..28].try_into().expect("eight bytes"));
        if length > MOST {
            return Err(ModelError::Damaged("impossible length"));
        }
        let content = zstd::bulk::decompress(&bytes[HEADER..], length as usize)
            .map_err(|_| ModelError::Damaged("cannot be decompressed"))?;
        if content.len() as u64 != length {
            return Err(ModelError::Damaged("wrong length"));
        }
        if checksum(&content) != sum {
            return Err(ModelError::Damaged("wrong checksum"));
        }
        let mut model = ModelFile::default();
        let mut r = Reader::new(&content);
        while !r.rest().is_empty() {
            let name = r.str()?;
            let size = r.varint()? as usize;
            let rest = r.rest();
            if size > rest.len() {
                return Err(ModelError::Damaged("section cut short"));
            }
            model.sections.push((name.to_owned(), rest[..size].to_vec()));
            r = Reader::new(&rest[size..]);
        }
        Ok(model)
    }

    /// The file as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut content = Vec::new();
        for (name, bytes) in &self.sections {
            put_str(&mut content, name);
            put(&mut content, bytes.len() as u64);
            content.extend_from_slice(bytes);
        }
        let mut out = Vec::from(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&(content.len() as u64).to_le_bytes());
        out.extend_from_slice(&checksum(&content).to_le_bytes());
        out.extend(zstd::bulk::compress(&content, LEVEL).expect("writing to memory"));
        out
    }
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
