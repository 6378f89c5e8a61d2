//! Hashes that are the same on every machine and in every run: features and lexicon entries are
//! known by them in model files.

use crate::tokenizer::{composed, is_composed};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0x2545_f491_4f6c_dd1d;

/// Joins two hashes; the order matters.
#[inline]
pub const fn join(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(23) ^ b).wrapping_mul(FACTOR);
    x ^ (x >> 29)
}

/// A feature of template number `template` with value `value`.
#[inline]
pub const fn feature(template: u32, value: u64) -> u32 {
    (join(SEED ^ template as u64, value) >> 32) as u32
}

/// Hash of a text as it is.
pub fn exact(text: &str) -> u64 {
    text.chars().fold(SEED, |h, c| join(h, c as u64))
}

/// Hash of the lower-cased, composed text; typographic apostrophes count as straight ones.
pub fn lower(text: &str) -> u64 {
    let mut h = Lower::default();
    h.push_str(text);
    h.finish()
}

/// Hash of a lower-cased text that comes in pieces.
#[derive(Clone, Copy, Debug)]
pub struct Lower(u64);

impl Default for Lower {
    fn default() -> Self {
        Lower(SEED)
    }
}

impl Lower {
    /// Adds a piece.
    pub fn push_str(&mut self, text: &str) {
        if is_composed(text) {
            text.chars().for_each(|c| self.push(c));
        } else {
            composed(text).for_each(|c| self.push(c));
        }
    }

    fn push(&mut self, c: char) {
        self.0 = match c {
            '’' => join(self.0, '\'' as u64),
            c if c.is_ascii() => join(self.0, c.to_ascii_lowercase() as u64),
            c => c.to_lowercase().fold(self.0, |h, c| join(h, c as u64)),
        };
    }

    /// The hash of all pieces so far.
    pub const fn finish(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_apostrophe_do_not_matter() {
        assert_eq!(lower("L’Étang"), lower("l'étang"));
        assert_ne!(lower("étang"), lower("etang"));
        assert_ne!(exact("Étang"), exact("étang"));
    }

    #[test]
    fn pieces_make_the_whole() {
        let mut h = Lower::default();
        h.push_str("Rio ");
        h.push_str("Negro");
        assert_eq!(h.finish(), lower("rio negro"));
    }
}
