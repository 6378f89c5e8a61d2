//! The table in which a model finds the rows of its features.

use crate::linear::touched;

/// Features in one bucket.
const BUCKET: usize = 8;

/// Bits of [`Index::any`] for a bucket, as a power of two.
const LOOKS: u32 = 5;

/// Features and the numbers of their rows, in one line of the processor's cache. Row 0 marks a free
/// place.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Bucket {
    features: [u32; BUCKET],
    rows: [u32; BUCKET],
}

impl Bucket {
    #[inline]
    fn row(&self, feature: u32) -> u32 {
        let places = self.features.iter().zip(&self.rows);
        places.fold(0, |row, (&f, &r)| row | if f == feature { r } else { 0 })
    }
}

/// Rows by feature. The models look for far more features than they have, and nothing tells before
/// which of them they have: a look-up compares a whole bucket without a branch.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    buckets: Vec<Bucket>,
    /// 32 minus the number of bucket bits: the top bits of a feature number its bucket.
    shift: u32,
    /// A bit for every 2^`fine` features that follow each other: whether the table has one of them.
    /// It says no to nine in ten of the features that the table lacks, and stays in a nearer cache.
    any: Vec<u64>,
    fine: u32,
}

impl Index {
    /// A table for so many features: two to five in a bucket, so that few buckets are full.
    pub(crate) fn with_capacity(features: usize) -> Self {
        let bits = (features / 5).max(2).next_power_of_two().trailing_zeros().min(31);
        let free = Bucket { features: [0; BUCKET], rows: [0; BUCKET] };
        let looks = (bits + LOOKS).min(32);
        Index {
            buckets: touched(free, 1 << bits),
            shift: 32 - bits,
            any: touched(0, (1 << looks) / 64),
            fine: 32 - looks,
        }
    }

    /// Adds a feature that the table does not have; its row is not 0.
    pub(crate) fn insert(&mut self, feature: u32, row: u32) {
        let bit = feature >> self.fine;
        self.any[bit as usize / 64] |= 1 << (bit % 64);
        let mask = self.buckets.len() - 1;
        let mut at = (feature >> self.shift) as usize;
        loop {
            let bucket = &mut self.buckets[at & mask];
            if let Some(free) = bucket.rows.iter().position(|&r| r == 0) {
                (bucket.features[free], bucket.rows[free]) = (feature, row);
                return;
            }
            at += 1;
        }
    }

    /// The rows of the `features` that the table has, at the beginning of `rows`, and how many.
    #[inline]
    pub(crate) fn find<const BATCH: usize>(&self, features: &[u32], rows: &mut [u32; BATCH]) -> usize {
        let (any, buckets) = (&self.any[..], &self.buckets[..]);
        let mut likely = [0u32; BATCH];
        let mut n = 0;
        for &feature in features {
            let bit = feature >> self.fine;
            likely[n] = feature;
            n += (any[bit as usize / 64] >> (bit % 64) & 1) as usize;
        }
        let home = |feature: u32| &buckets[(feature >> self.shift) as usize & (buckets.len() - 1)];
        // The last place of each bucket first, and nothing else, so that the lines of all buckets are
        // on their way at the same time. Where it is taken, the next bucket may have the feature.
        for (row, &feature) in rows.iter_mut().zip(&likely[..n]) {
            *row = home(feature).rows[BUCKET - 1];
        }
        let mut found = 0;
        for k in 0..n {
            let (full, row) = (rows[k] != 0, home(likely[k]).row(likely[k]));
            let row = if full && row == 0 { self.beyond(likely[k]) } else { row };
            rows[found] = row;
            found += usize::from(row != 0);
        }
        found
    }

    /// The row of a feature that its full bucket has no place for.
    #[cold]
    fn beyond(&self, feature: u32) -> u32 {
        let mask = self.buckets.len() - 1;
        let mut at = (feature >> self.shift) as usize;
        loop {
            at += 1;
            let bucket = &self.buckets[at & mask];
            let row = bucket.row(feature);
            if row != 0 || bucket.rows[BUCKET - 1] == 0 {
                return row;
            }
        }
    }

    /// All features with their rows, by feature.
    pub(crate) fn sorted(&self) -> Vec<(u32, u32)> {
        let places = self.buckets.iter().flat_map(|b| b.features.into_iter().zip(b.rows));
        let mut all: Vec<(u32, u32)> = places.filter(|place| place.1 != 0).collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_buckets_run_over_into_the_next() {
        let mut index = Index::with_capacity(16);
        assert_eq!(index.buckets.len(), 4);
        let features: Vec<u32> = (10..20).chain(u32::MAX - 9..=u32::MAX).collect();
        features.iter().zip(1..).for_each(|(&f, row)| index.insert(f, row));
        let mut rows = [0; 32];
        assert_eq!(index.find(&features, &mut rows), 20);
        assert!(rows[..20].iter().copied().eq(1..=20), "{rows:?}");
        assert_eq!(index.find(&[8, 1 << 31], &mut rows), 0);
        assert_eq!(index.sorted().len(), features.len());
    }
}
