//! A linear model with three classes in which a feature takes four bytes: the parser looks at a
//! hundred and more features for every transition, so that a look-up must neither branch nor miss
//! the processor's cache.

use crate::container::ModelError;
use crate::linear::{Reader, put, touched};

/// Bits of a weight; weights go from `-TOP` to `TOP` units.
const BITS: u32 = 7;
const TOP: i32 = (1 << (BITS - 1)) - 1;
/// The unit in which weights are kept.
const UNIT: i32 = 16;
/// Bits of a slot below the tag.
const ROW_BITS: u32 = 3 * BITS;
/// Slots that a feature may stand in.
const BUCKET: usize = 8;
/// From the highest bit to the lowest: the low bits of the feature, which are 0 only in a free slot,
/// and three weights.
type Slot = u32;

/// The slots of a bucket, in one line of the processor's cache.
#[derive(Clone, Debug, PartialEq, Eq)]
#[repr(align(32))]
struct Bucket([Slot; BUCKET]);

/// A finished model. One feature in five hundred that the model does not know is taken for one that
/// it knows; it is always the same one.
#[derive(Clone, Debug)]
pub struct Packed {
    buckets: Vec<Bucket>,
    /// 32 minus the number of bucket bits: the top bits of a feature number its bucket.
    shift: u32,
    /// Number of features.
    len: usize,
    /// Feature and what stands in its slot below the tag, to be written; a model that was read has none.
    rows: Vec<(u32, u32)>,
}

#[inline]
fn tag(feature: u32) -> u32 {
    (feature & ((1 << (32 - ROW_BITS)) - 1)).max(1)
}

/// The weights of a row in units.
fn pack(weights: [i16; 3]) -> u32 {
    weights.iter().fold(0, |bits, &w| {
        let level = ((f64::from(w) / f64::from(UNIT)).round() as i32).clamp(-TOP, TOP);
        bits << BITS | (level as u32 & ((1 << BITS) - 1))
    })
}

/// Weight `k` of a row, counted from the right, in units.
#[inline]
fn weight(row: u32, k: u32) -> i32 {
    ((row << (32 - BITS * (k + 1))) as i32) >> (32 - BITS)
}

impl Packed {
    /// A model from its rows, sorted by feature without repeats. Of the features that share a full
    /// bucket those whose weights differ the least are left out, about one in two hundred.
    pub fn from_rows(rows: &[(u32, [i16; 3])]) -> Self {
        let bits = Self::bits(rows.len());
        let spread = |r: &[i16; 3]| i32::from(*r.iter().max().unwrap_or(&0)) - i32::from(*r.iter().min().unwrap_or(&0));
        let bucket = |f: u32| u64::from(f) >> (32 - bits);
        let mut kept = Vec::with_capacity(rows.len());
        for group in rows.chunk_by(|a, b| bucket(a.0) == bucket(b.0)) {
            let mut best: Vec<&(u32, [i16; 3])> = group.iter().collect();
            best.sort_by_key(|r| -spread(&r.1));
            best.truncate(BUCKET);
            best.sort_by_key(|r| r.0);
            kept.extend(best.iter().map(|r| (r.0, pack(r.1))));
        }
        Packed::from_packed(kept, bits)
    }

    /// Bits of a bucket's number for so many rows: buckets are half full.
    fn bits(rows: usize) -> u32 {
        (rows / 4).max(2).next_power_of_two().trailing_zeros().min(28)
    }

    fn from_packed(rows: Vec<(u32, u32)>, bits: u32) -> Self {
        let mut m = Packed::empty(bits);
        rows.iter().for_each(|&(feature, row)| m.insert(feature, row));
        Packed { rows, ..m }
    }

    fn empty(bits: u32) -> Self {
        Packed { buckets: touched(Bucket([0; BUCKET]), 1 << bits), shift: 32 - bits, len: 0, rows: Vec::new() }
    }

    fn insert(&mut self, feature: u32, row: u32) {
        let slots = &mut self.buckets[(u64::from(feature) >> self.shift) as usize].0;
        let tag = tag(feature) << ROW_BITS;
        let free = slots.iter_mut().find(|s| **s == 0 || **s >> ROW_BITS == tag >> ROW_BITS);
        if let Some(slot) = free {
            *slot = tag | row;
        }
        self.len += 1;
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the model knows no feature.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Sums of the weights of `features`.
    #[inline]
    pub fn scores<const N: usize>(&self, features: &[u32; N]) -> [i32; 3] {
        let (buckets, mask) = (&self.buckets[..], self.buckets.len() - 1);
        // All buckets first, and nothing else, so that their lines are on their way at the same time.
        let mut near = [[0; BUCKET]; N];
        for (slots, &f) in near.iter_mut().zip(features) {
            *slots = buckets[(u64::from(f) >> self.shift) as usize & mask].0;
        }
        let mut rows = [0u32; N];
        for ((row, slots), &f) in rows.iter_mut().zip(&near).zip(features) {
            let tag = tag(f);
            // One slot at most has the tag.
            *row = slots.iter().fold(0, |r, &s| r | if s >> ROW_BITS == tag { s } else { 0 });
        }
        [2, 1, 0].map(|k| UNIT * rows.iter().map(|&row| weight(row, k)).sum::<i32>())
    }

    /// The model as bytes, for a section of a model file: row count, bucket bits, the features as
    /// differences, then the weights class by class.
    ///
    /// # Panics
    /// When the model was read from bytes: it keeps the slots only.
    pub fn to_bytes(&self) -> Vec<u8> {
        assert_eq!(self.rows.len(), self.len, "a model that was read is not written again");
        let mut out = Vec::new();
        put(&mut out, self.rows.len() as u64);
        put(&mut out, u64::from(32 - self.shift));
        let mut last = 0;
        for &(f, _) in &self.rows {
            put(&mut out, u64::from(f - last));
            last = f;
        }
        for k in [2, 1, 0] {
            out.extend(self.rows.iter().map(|r| weight(r.1, k) as i8 as u8));
        }
        out
    }

    /// Reads what [`Packed::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes end early or contradict themselves.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut r = Reader::new(bytes);
        let (n, bits) = (r.varint()? as usize, r.varint()?);
        if n > bytes.len() || !(1..=24).contains(&bits) {
            return Err(ModelError::Damaged("packed model: impossible counts"));
        }
        let (features, weights) = bytes.split_at(bytes.len() - (3 * n).min(bytes.len()));
        if weights.len() != 3 * n {
            return Err(ModelError::Damaged("packed model: rows and weights differ"));
        }
        let mut r = Reader::new(features);
        r.varint()?;
        r.varint()?;
        let mut m = Packed::empty(bits as u32);
        let mut last = None;
        for i in 0..n {
            let feature = r.feature(last)?;
            last = Some(feature);
            let part = |k: usize| u32::from(weights[k * n + i]) & ((1 << BITS) - 1);
            m.insert(feature, part(0) << (2 * BITS) | part(1) << BITS | part(2));
        }
        if !r.rest().is_empty() {
            return Err(ModelError::Damaged("packed model: rows and weights differ"));
        }
        Ok(m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Packed {
        Packed::from_rows(&[
            (0, [16, 0, 0]),
            (7, [0, -32, 48]),
            (u32::MAX - 1, [0, 0, 1008]),
            (u32::MAX, [-96, 128, 304]),
        ])
    }

    #[test]
    fn weights_are_kept_to_half_a_unit() {
        for row in [[5i16, -3, 100], [1000, -1, 40], [-1008, 2000, 0], [0, 0, 16], [7936, -32768, 9]] {
            for (k, &w) in row.iter().enumerate() {
                let kept = weight(pack(row), 2 - k as u32) * UNIT;
                let w = i32::from(w).clamp(-TOP * UNIT, TOP * UNIT);
                assert!((w - kept).abs() * 2 <= UNIT, "{w} became {kept}");
            }
        }
    }

    #[test]
    fn scores_add_up() {
        assert_eq!(sample().scores(&[0, 7, 8, u32::MAX - 1]), [16, -32, 48 + 1008]);
    }

    #[test]
    fn a_full_bucket_keeps_the_strongest() {
        let rows: Vec<(u32, [i16; 3])> = (0..20).map(|k| (k, [16 * k as i16, 0, 0])).collect();
        let m = Packed::from_rows(&rows);
        assert_eq!(m.len(), BUCKET);
        assert_eq!(m.scores(&[19, 3]), [16 * 19, 0, 0]);
    }

    #[test]
    fn bytes_read_back_the_same_and_damage_is_an_error() {
        let whole = sample().to_bytes();
        let again = Packed::from_bytes(&whole).unwrap();
        assert_eq!((again.len(), again.buckets), (4, sample().buckets));
        for n in 0..whole.len() {
            assert!(Packed::from_bytes(&whole[..n]).is_err(), "{n} bytes were taken for a model");
        }
    }
}
