//! Linear models with few classes over hashed features: a table of features, and a row of weights
//! for each.

use crate::container::ModelError;
use crate::index::Index;
use crate::linear::{Reader, put};

/// Features looked up together.
const BATCH: usize = 64;
/// Rows read together.
const BLOCK: usize = 256;

/// A finished model with `N` classes.
#[derive(Clone, Debug)]
pub struct Dense<const N: usize> {
    index: Index,
    /// Weights of the features; row 0 is of none, and all zeros.
    rows: Vec<[i16; N]>,
}

impl<const N: usize> Default for Dense<N> {
    fn default() -> Self {
        Dense::from_rows(Vec::new())
    }
}

impl<const N: usize> Dense<N> {
    /// A model from its rows, sorted by feature without repeats.
    pub fn from_rows(rows: Vec<(u32, [i16; N])>) -> Self {
        let mut m = Dense::with_capacity(rows.len());
        for (row, &(feature, weights)) in rows.iter().enumerate() {
            m.index.insert(feature, row as u32 + 1);
            m.rows.push(weights);
        }
        m
    }

    fn with_capacity(rows: usize) -> Self {
        let mut weights = Vec::with_capacity(rows + 1);
        weights.push([0; N]);
        Dense { index: Index::with_capacity(rows), rows: weights }
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.rows.len() - 1
    }

    /// Whether the model knows no feature.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the weights of `features` to `scores`.
    #[inline]
    pub fn add(&self, features: &[u32], scores: &mut [i32; N]) {
        for batch in features.chunks(BATCH) {
            let mut rows = [0u32; BATCH];
            let found = self.index.find(batch, &mut rows);
            // The first weights of all rows first, for the same reason as in the index.
            scores[0] += rows[..found].iter().map(|&row| i32::from(self.rows[row as usize][0])).sum::<i32>();
            for &row in &rows[..found] {
                for (s, &w) in scores[1..].iter_mut().zip(&self.rows[row as usize][1..]) {
                    *s += i32::from(w);
                }
            }
        }
    }

    /// The model as bytes, for a section of a model file: class count and row count, the features as
    /// differences, then the weights class by class, all as varints.
    pub fn to_bytes(&self) -> Vec<u8> {
        let features = self.index.sorted();
        let mut out = Vec::new();
        put(&mut out, N as u64);
        put(&mut out, features.len() as u64);
        let mut last = 0;
        for &(f, _) in &features {
            put(&mut out, u64::from(f - last));
            last = f;
        }
        for c in 0..N {
            for &(_, row) in &features {
                let w = i32::from(self.rows[row as usize][c]);
                put(&mut out, ((w << 1) ^ (w >> 31)) as u32 as u64);
            }
        }
        out
    }

    /// Reads what [`Dense::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes end early or contradict themselves.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut r = Reader::new(bytes);
        let (classes, n) = (r.varint()? as usize, r.varint()? as usize);
        if classes != N || n > bytes.len() {
            return Err(ModelError::Damaged("dense model: impossible counts"));
        }
        let mut m = Dense::with_capacity(n);
        let mut last = None;
        for row in 0..n {
            let feature = r.feature(last)?;
            last = Some(feature);
            m.index.insert(feature, row as u32 + 1);
        }
        // One reader a class: a block of rows gets all its weights while it is in the cache.
        let mut columns = [r; N];
        for c in 1..N {
            columns[c] = columns[c - 1];
            columns[c].skip(n)?;
        }
        let mut weights = [0; BLOCK];
        while m.rows.len() <= n {
            let start = m.rows.len();
            m.rows.resize((start + BLOCK).min(n + 1), [0; N]);
            let block = &mut m.rows[start..];
            for (c, column) in columns.iter_mut().enumerate() {
                let weights = &mut weights[..block.len()];
                column.weights(weights)?;
                block.iter_mut().zip(weights).for_each(|(row, w)| row[c] = *w);
            }
        }
        Ok(m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Dense<3> {
        Dense::from_rows(vec![(0, [5, 0, 0]), (7, [0, -3, 4]), (u32::MAX - 1, [0, 0, 9]), (u32::MAX, [-1, 0, 300])])
    }

    #[test]
    fn scores_add_up() {
        let mut s = [0; 3];
        sample().add(&[0, 7, 8, u32::MAX, u32::MAX - 1], &mut s);
        assert_eq!(s, [4, -3, 313]);
    }

    #[test]
    fn bytes_read_back_the_same_and_damage_is_an_error() {
        let whole = sample().to_bytes();
        assert_eq!(Dense::<3>::from_bytes(&whole).unwrap().to_bytes(), whole);
        assert!(Dense::<4>::from_bytes(&whole).is_err());
        for n in 0..whole.len() {
            assert!(Dense::<3>::from_bytes(&whole[..n]).is_err(), "{n} bytes were taken for a model");
        }
    }
}
