//! Sparse linear models over hashed features: the one algorithm behind every learned stage.
//!
//! A feature is a 32-bit hash; a model maps it to a short row of (class, weight). Training is in
//! the `train` crate; what is here reads a model and adds up scores, without allocation.

use crate::container::ModelError;
use crate::index::Index;

/// Mixes the parts of one feature into its hash. `template` keeps apart features that look at
/// different places; 0 to 255 by convention.
#[inline]
pub fn feature(template: u32, a: u32, b: u32, c: u32) -> u32 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut h = (u64::from(template) << 32 | u64::from(a)).wrapping_mul(K);
    h = (h ^ (h >> 29)).wrapping_add(u64::from(b)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h = (h ^ (h >> 27)).wrapping_add(u64::from(c)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (h >> 32) as u32
}

/// Hash of a string, for use as a part of [`feature`].
#[inline]
pub fn text(s: &str) -> u32 {
    bytes(s.as_bytes())
}

/// Hash of bytes, for use as a part of [`feature`].
#[inline]
pub fn bytes(s: &[u8]) -> u32 {
    let mut h = 0xCBF2_9CE4_8422_2325u64;
    for &b in s {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    h ^= h >> 32;
    (h.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

/// The class with the highest score among those that `allowed` admits; the lowest number wins a tie.
#[inline]
pub fn best<T: PartialOrd + Copy>(scores: &[T], mut allowed: impl FnMut(usize) -> bool) -> Option<usize> {
    let mut top: Option<(usize, T)> = None;
    for (i, &s) in scores.iter().enumerate() {
        if top.is_none_or(|(_, t)| s > t) && allowed(i) {
            top = Some((i, s));
        }
    }
    top.map(|(i, _)| i)
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    class: u16,
    weight: i16,
}

/// In the number of a row: the row is dense. Without it, the row is sparse.
const DENSE: u32 = 1 << 31;

/// Features looked up together, so that the memory accesses overlap.
const BATCH: usize = 64;

/// A finished model: quantised weights behind a table of features. Rows with many classes are
/// kept dense, one weight per class; the others as runs of (class, weight) behind a length.
#[derive(Clone, Debug)]
pub struct Linear {
    classes: usize,
    index: Index,
    /// Sparse rows: an entry with the length as its class, then the entries. Place 0 is unused.
    sparse: Vec<Entry>,
    /// Dense rows, one after another.
    dense: Vec<i16>,
    len: usize,
}

impl Linear {
    /// A model from its rows: feature, then (class, weight). Rows must be sorted by feature without
    /// repeats; weights are integers in whatever unit the trainer chose, for only their order counts.
    pub fn from_rows(classes: usize, rows: &[(u32, Vec<(u16, i16)>)]) -> Self {
        let mut m = Linear::with_capacity(classes, rows.len());
        for (f, row) in rows {
            let mut row_entries = row.iter().map(|&(class, weight)| Entry { class, weight });
            m.push(*f, row.len(), || row_entries.next());
        }
        m
    }

    fn with_capacity(classes: usize, rows: usize) -> Self {
        Linear {
            classes,
            index: Index::with_capacity(rows),
            sparse: vec![Entry { class: 0, weight: 0 }],
            dense: Vec::new(),
            len: 0,
        }
    }

    /// Adds the row of a feature, of so many entries as `next` gives; tells whether it gave them all.
    fn push(&mut self, feature: u32, size: usize, mut next: impl FnMut() -> Option<Entry>) -> bool {
        let at = if size * 5 > self.classes * 2 && size > 2 {
            let start = self.dense.len();
            self.dense.resize(start + self.classes, 0);
            for _ in 0..size {
                let Some(e) = next() else { return false };
                self.dense[start + usize::from(e.class)] = e.weight;
            }
            (start / self.classes) as u32 | DENSE
        } else {
            let start = self.sparse.len();
            self.sparse.push(Entry { class: size as u16, weight: 0 });
            for _ in 0..size {
                let Some(e) = next() else { return false };
                self.sparse.push(e);
            }
            start as u32
        };
        self.index.insert(feature, at);
        self.len += 1;
        true
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Number of weights, zeros of dense rows included.
    pub fn weights(&self) -> usize {
        self.sparse.len() - 1 - self.len + self.dense.len() / self.classes.max(1) + self.dense.len()
    }

    /// Whether the model knows no feature.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    fn dense_row(&self, row: u32) -> &[i16] {
        let start = (row & !DENSE) as usize * self.classes;
        &self.dense[start..start + self.classes]
    }

    #[inline]
    fn sparse_row(&self, row: u32) -> &[Entry] {
        let at = row as usize;
        &self.sparse[at + 1..at + 1 + usize::from(self.sparse[at].class)]
    }

    /// A row as (class, weight), by class.
    fn row(&self, row: u32) -> Vec<(u16, i16)> {
        if row & DENSE != 0 {
            let weights = self.dense_row(row).iter().enumerate();
            weights.filter(|w| *w.1 != 0).map(|(c, &w)| (c as u16, w)).collect()
        } else {
            self.sparse_row(row).iter().map(|e| (e.class, e.weight)).collect()
        }
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of `features` to `scores`, which has one place per class.
    pub fn add(&self, features: &[u32], scores: &mut [i32]) {
        let scores = &mut scores[..self.classes];
        for batch in features.chunks(BATCH) {
            let mut rows = [0u32; BATCH];
            let found = self.index.find(batch, &mut rows);
            // Dense rows apart from sparse ones, without a branch.
            let (mut dense, mut sparse) = ([0u32; BATCH], [0u32; BATCH]);
            let (mut n_dense, mut n_sparse) = (0, 0);
            for &row in &rows[..found] {
                (dense[n_dense], sparse[n_sparse]) = (row, row);
                n_dense += usize::from(row & DENSE != 0);
                n_sparse += usize::from(row & DENSE == 0);
            }
            // The lengths of all rows next, so that the memory accesses overlap.
            let mut sizes = [0u16; BATCH];
            for (size, &row) in sizes.iter_mut().zip(&sparse[..n_sparse]) {
                *size = self.sparse[row as usize].class;
            }
            for &row in &dense[..n_dense] {
                for (s, &w) in scores.iter_mut().zip(self.dense_row(row)) {
                    *s += i32::from(w);
                }
            }
            for (&row, &size) in sparse[..n_sparse].iter().zip(&sizes) {
                for e in &self.sparse[row as usize + 1..][..usize::from(size)] {
                    scores[usize::from(e.class)] += i32::from(e.weight);
                }
            }
        }
    }

    /// The model as bytes, for a section of a model file. Layout: class count, row count, weight
    /// count as varints; then the features as differences, the row lengths, the classes, and the
    /// weights, each as one run of varints, because like compresses best with like.
    pub fn to_bytes(&self) -> Vec<u8> {
        let order = self.index.sorted();
        let rows: Vec<Vec<(u16, i16)>> = order.iter().map(|&(_, r)| self.row(r)).collect();
        let mut out = Vec::new();
        put(&mut out, self.classes as u64);
        put(&mut out, order.len() as u64);
        put(&mut out, rows.iter().map(Vec::len).sum::<usize>() as u64);
        let mut last = 0;
        for &(f, _) in &order {
            put(&mut out, u64::from(f - last));
            last = f;
        }
        rows.iter().for_each(|r| put(&mut out, r.len() as u64));
        rows.iter().flatten().for_each(|&(class, _)| put(&mut out, u64::from(class)));
        for &(_, weight) in rows.iter().flatten() {
            let w = i32::from(weight);
            put(&mut out, ((w << 1) ^ (w >> 31)) as u32 as u64);
        }
        out
    }

    /// Reads what [`Linear::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes end early or contradict themselves.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut r = Reader { bytes };
        let classes = r.varint()? as usize;
        let rows = r.varint()? as usize;
        let weights = r.varint()? as usize;
        if classes > 1 << 16 || rows > bytes.len() || weights > bytes.len() {
            return Err(ModelError::Damaged("linear model: impossible counts"));
        }
        // Features, lengths, classes and weights are read side by side: every row goes straight to
        // its place.
        let mut features = r;
        r.skip(rows)?;
        let (mut sizes, mut total) = (r, 0);
        for _ in 0..rows {
            total += r.varint()?.min(1 << 16) as usize;
        }
        if total != weights {
            return Err(ModelError::Damaged("linear model: rows and weights differ"));
        }
        let mut values = r;
        values.skip(weights)?;
        let mut next = || {
            let class = u16::try_from(r.varint().ok()?).ok().filter(|&c| usize::from(c) < classes)?;
            let z = values.varint().ok()? as u32;
            Some(Entry { class, weight: ((z >> 1) as i32 ^ -((z & 1) as i32)) as i16 })
        };
        let mut m = Linear::with_capacity(classes, rows);
        m.sparse.reserve(weights / 2 + rows);
        let mut last = None;
        for _ in 0..rows {
            let feature = features.feature(last)?;
            last = Some(feature);
            if !m.push(feature, sizes.varint()? as usize, &mut next) {
                return Err(ModelError::Damaged("linear model: unknown class or cut short"));
            }
        }
        Ok(m)
    }
}

/// A table of so many values, written at once. The memory that `vec!` takes for zeros is common to
/// the system's processes until it is written: to read it before that costs two page faults, and a
/// word to every other processor.
pub(crate) fn touched<T: Clone>(value: T, len: usize) -> Vec<T> {
    let mut table = Vec::new();
    table.reserve_exact(len);
    table.resize(len, value);
    table
}

/// Appends `v` as a base-128 varint.
pub fn put(out: &mut Vec<u8>, mut v: u64) {
    while v >= 0x80 {
        out.push(v as u8 | 0x80);
        v >>= 7;
    }
    out.push(v as u8);
}

/// Appends a string with its length before it.
pub fn put_str(out: &mut Vec<u8>, s: &str) {
    put(out, s.len() as u64);
    out.extend_from_slice(s.as_bytes());
}

/// Reads varints and strings from the bytes of a section.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes }
    }

    /// The next base-128 varint.
    ///
    /// # Errors
    /// At the end of the bytes, or when it has more than ten bytes.
    #[inline]
    pub fn varint(&mut self) -> Result<u64, ModelError> {
        // Numbers of one and two bytes alternate unforeseeably in a model: no branch between them.
        if let [a, b, ..] = *self.bytes
            && a & b < 0x80
        {
            let more = a >> 7;
            self.bytes = &self.bytes[1 + usize::from(more)..];
            return Ok(u64::from(a & 0x7F) | u64::from(b * more) << 7);
        }
        self.long()
    }

    fn long(&mut self) -> Result<u64, ModelError> {
        let mut v = 0u64;
        for (i, &b) in self.bytes.iter().enumerate().take(10) {
            v |= u64::from(b & 0x7F) << (7 * i);
            if b < 0x80 {
                self.bytes = &self.bytes[i + 1..];
                return Ok(v);
            }
        }
        Err(ModelError::Damaged("number cut short"))
    }

    /// Passes over so many varints.
    ///
    /// # Errors
    /// At the end of the bytes.
    pub fn skip(&mut self, count: usize) -> Result<(), ModelError> {
        let mut left = count;
        while left > 0 {
            // A varint ends with the byte whose highest bit is not set.
            let head = &self.bytes[..left.min(self.bytes.len())];
            if head.is_empty() {
                return Err(ModelError::Damaged("number cut short"));
            }
            left -= head.iter().filter(|&&b| b < 0x80).count();
            self.bytes = &self.bytes[head.len()..];
        }
        Ok(())
    }

    /// The next weights, each a zigzag varint.
    ///
    /// # Errors
    /// At the end of the bytes.
    pub fn weights(&mut self, out: &mut [i16]) -> Result<(), ModelError> {
        let (mut at, bytes) = (0, self.bytes);
        for w in out {
            let v = match bytes.get(at..at + 2) {
                Some(&[a, b]) if a & b < 0x80 => {
                    let more = a >> 7;
                    at += 1 + usize::from(more);
                    u32::from(a & 0x7F) | u32::from(b * more) << 7
                }
                _ => {
                    self.bytes = &bytes[at..];
                    let v = self.long()? as u32;
                    at = bytes.len() - self.bytes.len();
                    v
                }
            };
            *w = ((v >> 1) as i32 ^ -((v & 1) as i32)) as i16;
        }
        self.bytes = &bytes[at..];
        Ok(())
    }

    /// The next of ascending features, each written as the difference to the one before it.
    ///
    /// # Errors
    /// When it is not above the last one.
    pub fn feature(&mut self, last: Option<u32>) -> Result<u32, ModelError> {
        let d = self.varint()?;
        let next = u64::from(last.unwrap_or(0)).saturating_add(d);
        let ascends = d > 0 || last.is_none();
        u32::try_from(next).ok().filter(|_| ascends).ok_or(ModelError::Damaged("features out of order"))
    }

    /// Passes over numbers that are 0, at most so many, and tells how many there were.
    pub fn zeros(&mut self, most: usize) -> usize {
        let head = &self.bytes[..most.min(self.bytes.len())];
        let n = head.iter().position(|&b| b != 0).unwrap_or(head.len());
        self.bytes = &self.bytes[n..];
        n
    }

    /// The next string.
    ///
    /// # Errors
    /// At the end of the bytes, or when they are no UTF-8.
    pub fn str(&mut self) -> Result<&'a str, ModelError> {
        let n = self.varint()? as usize;
        if n > self.bytes.len() {
            return Err(ModelError::Damaged("text cut short"));
        }
        let (s, rest) = self.bytes.split_at(n);
        self.bytes = rest;
        std::str::from_utf8(s).map_err(|_| ModelError::Damaged("text is no UTF-8"))
    }

    /// The bytes not read yet.
    pub fn rest(self) -> &'a [u8] {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Linear {
        Linear::from_rows(
            3,
            &[(0, vec![(0, 5)]), (7, vec![(1, -3), (2, 4)]), (u32::MAX - 1, vec![(2, 9)]), (u32::MAX, vec![(0, -1)])],
        )
    }

    #[test]
    fn scores_add_up() {
        let mut s = [0; 3];
        sample().add(&[0, 7, 8, u32::MAX, u32::MAX - 1], &mut s);
        assert_eq!(s, [4, -3, 13]);
        assert_eq!(best(&s, |_| true), Some(2));
        assert_eq!(best(&s, |c| c < 2), Some(0));
        assert_eq!(best(&s, |_| false), None);
    }

    #[test]
    fn bytes_read_back_the_same() {
        let m = sample();
        let again = Linear::from_bytes(&m.to_bytes()).unwrap();
        assert_eq!(again.to_bytes(), m.to_bytes());
        let (mut a, mut b) = ([0; 3], [0; 3]);
        m.add(&[7, u32::MAX], &mut a);
        again.add(&[7, u32::MAX], &mut b);
        assert_eq!(a, b);
    }

    #[test]
    fn damaged_bytes_are_an_error_not_a_panic() {
        let whole = sample().to_bytes();
        for n in 0..whole.len() {
            assert!(Linear::from_bytes(&whole[..n]).is_err(), "{n} bytes were taken for a model");
        }
    }
}
