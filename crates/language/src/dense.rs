//! Linear models with few classes over hashed features: every feature's weights stand beside its
//! key, so that a look-up touches one place in memory.

use crate::container::ModelError;
use crate::linear::{Reader, put};

#[derive(Clone, Copy, Debug)]
#[repr(C)]
struct Slot<const N: usize> {
    /// Low bits of the feature; 0 marks a free slot.
    tag: u16,
    weights: [i16; N],
}

/// Features looked up together.
const BATCH: usize = 64;

/// A finished model with `N` classes. The table keeps 16 bits of a feature beside those that its
/// place stands for: two features in a hundred thousand or so share a row, always the same two.
#[derive(Clone, Debug)]
pub struct Dense<const N: usize> {
    slots: Vec<Slot<N>>,
    /// 32 minus the number of slot bits: the top bits of a feature are its home slot.
    shift: u32,
    rows: Vec<(u32, [i16; N])>,
}

impl<const N: usize> Default for Dense<N> {
    fn default() -> Self {
        Dense::from_rows(Vec::new())
    }
}

#[inline]
fn tag(feature: u32) -> u16 {
    (feature as u16).max(1)
}

impl<const N: usize> Dense<N> {
    /// A model from its rows, sorted by feature without repeats.
    pub fn from_rows(rows: Vec<(u32, [i16; N])>) -> Self {
        let bits = (rows.len() + rows.len() / 2).max(16).next_power_of_two().trailing_zeros();
        let mut m = Dense { slots: vec![Slot { tag: 0, weights: [0; N] }; 1 << bits], shift: 32 - bits.min(32), rows };
        let mask = m.slots.len() - 1;
        for &(feature, weights) in &m.rows {
            let mut at = (u64::from(feature) >> m.shift) as usize & mask;
            while m.slots[at].tag != 0 && m.slots[at].tag != tag(feature) {
                at = (at + 1) & mask;
            }
            m.slots[at] = Slot { tag: tag(feature), weights };
        }
        m
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the model knows no feature.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the weights of `features` to `scores`.
    #[inline]
    pub fn add(&self, features: &[u32], scores: &mut [i32; N]) {
        let mask = self.slots.len() - 1;
        for batch in features.chunks(BATCH) {
            // All home slots first, without a branch, so that the memory accesses overlap.
            let mut home = [Slot { tag: 0, weights: [0; N] }; BATCH];
            for (h, &f) in home.iter_mut().zip(batch) {
                *h = self.slots[(u64::from(f) >> self.shift) as usize & mask];
            }
            for (&slot, &f) in home.iter().zip(batch) {
                let tag = tag(f);
                let (mut slot, mut at) = (slot, (u64::from(f) >> self.shift) as usize);
                while slot.tag != tag && slot.tag != 0 {
                    at += 1;
                    slot = self.slots[at & mask];
                }
                // A free slot has no weights: adding it costs less than asking.
                for (s, w) in scores.iter_mut().zip(slot.weights) {
                    *s += i32::from(w);
                }
            }
        }
    }

    /// The model as bytes, for a section of a model file: class count and row count, the features as
    /// differences, then the weights class by class, all as varints.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, N as u64);
        put(&mut out, self.rows.len() as u64);
        let mut last = 0;
        for &(f, _) in &self.rows {
            put(&mut out, u64::from(f - last));
            last = f;
        }
        for c in 0..N {
            for (_, row) in &self.rows {
                let w = i32::from(row[c]);
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
        let mut rows = Vec::with_capacity(n);
        let mut last = None;
        for _ in 0..n {
            let feature = r.feature(last)?;
            last = Some(feature);
            rows.push((feature, [0i16; N]));
        }
        for c in 0..N {
            // Most weights are zero.
            let mut at = r.zeros(n);
            while at < n {
                let z = r.varint()? as u32;
                rows[at].1[c] = ((z >> 1) as i32 ^ -((z & 1) as i32)) as i16;
                at += 1 + r.zeros(n - at - 1);
            }
        }
        Ok(Dense::from_rows(rows))
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
