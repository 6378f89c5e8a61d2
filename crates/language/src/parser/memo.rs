//! Sums of weights that are found once and used again.
//!
//! A score is a sum over features, and most features see only a part of a configuration: the next
//! word with what hangs on it, say. Configurations of a beam, and those of the steps before and
//! behind, share such parts, so that the weights of one part are added up once for all of them.

use super::state::Item;

/// Bits of the number of a place. The search moves on from left to right and needs few parts at a
/// time; so few places stay in the processor's cache.
const BITS: u32 = 6;

/// What was found lately for a part of a configuration.
#[derive(Clone, Debug)]
pub(super) struct Memo<K, V> {
    places: Vec<Option<(K, V)>>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo { places: Vec::new() }
    }
}

impl<K: Copy + Eq, V: Copy> Memo<K, V> {
    /// Forgets everything: the parts of another sentence are others.
    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.places.resize(1 << BITS, None);
    }

    /// What belongs to `key`, from memory or made anew. `hash` tells keys apart, most of the time.
    #[inline]
    pub(super) fn get(&mut self, key: K, hash: u32, make: impl FnOnce(&K) -> V) -> V {
        let place = &mut self.places[(hash.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as usize];
        match place {
            Some((known, value)) if *known == key => *value,
            _ => place.insert((key, make(&key))).1,
        }
    }
}

/// A hash of an item.
#[inline]
pub(super) fn mixed(item: &Item) -> u32 {
    item.word.wrapping_mul(0x85EB_CA6B) ^ item.set.0 ^ item.set.1.rotate_left(16)
}
