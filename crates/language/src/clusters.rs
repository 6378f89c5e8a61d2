//! Word clusters: words that stand in the same places share a number, at two grains.

use crate::container::ModelError;
use crate::lex::Lex;
use crate::linear::{Reader, put};
use rustc_hash::FxHashMap;

/// Cluster numbers by the hash of the form in lower case; 0 stands for no cluster.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    of: FxHashMap<u32, (u16, u16)>,
}

impl Clusters {
    /// Sets the coarse and the fine cluster of a word.
    pub fn insert(&mut self, word: u32, coarse: u16, fine: u16) {
        self.of.insert(word, (coarse, fine));
    }

    /// Fills in the clusters of words.
    pub fn look_up(&self, words: &mut [Lex]) {
        for w in words {
            let (coarse, fine) = self.of.get(&w.lower).copied().unwrap_or((0, 0));
            w.coarse = u32::from(coarse);
            w.fine = u32::from(fine);
        }
    }

    /// As bytes, for a section of a model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut all: Vec<(u32, (u16, u16))> = self.of.iter().map(|(&w, &c)| (w, c)).collect();
        all.sort_unstable();
        let mut out = Vec::new();
        put(&mut out, all.len() as u64);
        let mut last = 0;
        for (w, _) in &all {
            put(&mut out, u64::from(w - last));
            last = *w;
        }
        all.iter().for_each(|(_, c)| put(&mut out, u64::from(c.0)));
        all.iter().for_each(|(_, c)| put(&mut out, u64::from(c.1)));
        out
    }

    /// Reads what [`Clusters::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are cut short.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut r = Reader::new(bytes);
        let n = r.varint()? as usize;
        if n > bytes.len() {
            return Err(ModelError::Damaged("impossible counts"));
        }
        let mut words = Vec::with_capacity(n);
        let mut last = 0u32;
        for _ in 0..n {
            last = last.wrapping_add(r.varint()? as u32);
            words.push(last);
        }
        let coarse: Vec<u16> = (0..n).map(|_| r.varint().map(|c| c as u16)).collect::<Result<_, _>>()?;
        let mut of = FxHashMap::with_capacity_and_hasher(n, Default::default());
        for (w, c) in words.into_iter().zip(coarse) {
            of.insert(w, (c, r.varint()? as u16));
        }
        Ok(Clusters { of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_read_back() {
        let mut c = Clusters::default();
        c.insert(7, 1, 2);
        c.insert(900, 3, 400);
        let again = Clusters::from_bytes(&c.to_bytes()).unwrap();
        let mut words = [Lex { lower: 900, ..Lex::default() }, Lex { lower: 8, ..Lex::default() }];
        again.look_up(&mut words);
        assert_eq!((words[0].coarse, words[0].fine, words[1].fine), (3, 400, 0));
    }
}
