//! What the parser looks at: words, tags and labels around the top of the stack and the next words,
//! and the preposition that introduces a phrase.

use super::state::{Child, Item, Move, NO_CHILD, NONE};
use crate::linear::feature;

/// Hashes of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Lemma.
    pub word: u32,
    /// Form in lower case.
    pub form: u32,
    /// Part of speech.
    pub tag: u32,
    /// What the part of speech may be instead: its number plus 1, or 0.
    pub doubt: u32,
    /// Part of speech with verb form, mood and the like.
    pub fine: u32,
    /// Coarse cluster.
    pub coarse: u32,
    /// Fine cluster.
    pub cluster: u32,
}

const ROOT: u32 = 0x7002;

impl Cell {
    /// Stands for a place without a word.
    pub const ABSENT: Cell = Cell::all(0x7001);
    /// Stands for the artificial root, behind the last word.
    pub const ROOT: Cell = Cell::all(ROOT);

    /// All hashes the same.
    pub const fn all(hash: u32) -> Self {
        Cell { word: hash, form: hash, tag: hash, doubt: 0, fine: hash, coarse: hash, cluster: hash }
    }
}

/// The words of the sentence, the root behind them, and nothing around.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) input: &'a [Cell],
}

impl View<'_> {
    #[inline]
    pub(super) fn at(self, i: u32) -> Cell {
        match self.input.get(i as usize) {
            Some(c) => *c,
            None if i as usize == self.input.len() => Cell::ROOT,
            None => Cell::ABSENT,
        }
    }

    /// The word `k` places behind the next word `b0`.
    #[inline]
    pub(super) fn behind(self, b0: u32, k: u32) -> Cell {
        if (b0 + k) as usize <= self.input.len() { self.at(b0 + k) } else { Cell::ABSENT }
    }

    /// Part of speech of a word; the root has none.
    #[inline]
    pub(super) fn tag(self, i: u32) -> u32 {
        self.input.get(i as usize).map_or(Cell::ABSENT.tag, |c| c.tag)
    }
}

/// Number of words between two, in classes.
pub(super) fn distance(a: u32, b: u32) -> u32 {
    if a == NONE || b == NONE {
        return 9;
    }
    match b.saturating_sub(a) {
        d @ 0..=4 => d,
        5..=7 => 5,
        8..=12 => 6,
        13..=25 => 7,
        _ => 8,
    }
}

/// The part of a configuration that the feature functions see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The top of the stack and the two below it.
    pub stack: [Item; 3],
    /// The next word.
    pub next: Item,
}

/// Stands for a place on the stack that is empty.
pub(super) const NOTHING: Item =
    Item { word: NONE, left: [NO_CHILD; 2], right: [NO_CHILD; 2], valency: (9, 9), set: (1, 1) };

pub(super) fn label(c: Child) -> u32 {
    u32::from(c.label)
}

/// Writes the features of the label of the arc that `m` makes: the top of the stack is the
/// dependent and has all its own dependents; the head has those on its left, and for
/// [`Move::Right`] those between the two.
pub fn label_features(input: &[Cell], window: &Window, m: Move, out: &mut Vec<u32>) {
    out.clear();
    let v = View { input };
    let ([dep, below, last], next) = (window.stack, window.next);
    // What stands on the other side of the dependent.
    let (head, other) = if m == Move::Left { (next, below) } else { (below, next) };
    let (d, h, o, g) = (v.at(dep.word), v.at(head.word), v.at(other.word), v.at(last.word));
    let [l, l2] = dep.left.map(|c| v.at(c.word));
    let [r, r2] = dep.right.map(|c| v.at(c.word));
    let hl = v.at(head.left[0].word);
    let [hr, _] = head.right.map(|c| v.at(c.word));
    let before = v.at(dep.word.wrapping_sub(1));
    let after = v.at(dep.word.wrapping_add(1));
    let edge = v.at(dep.left[0].word.min(dep.word).wrapping_sub(1));
    let side = m as u32;
    let gap = side * 16 + distance(dep.word.min(head.word), dep.word.max(head.word));
    let (hv, dv) = (head.valency, dep.valency);
    let count = u32::from(hv.0) << 16 | u32::from(hv.1) << 8;
    let first = u32::from(dep.left[0].word == NONE);
    out.extend([
        feature(400, side, 0, 0),
        feature(398, d.doubt, d.tag, feature(15, h.tag, h.doubt, side)),
        feature(399, h.doubt, d.doubt, feature(16, h.tag, d.tag, l.word)),
        feature(401, d.tag, h.tag, gap),
        feature(402, d.fine, h.fine, side),
        feature(403, d.word, side, 0),
        feature(404, d.word, h.tag, side),
        feature(405, d.form, d.fine, side),
        feature(406, h.word, side, 0),
        feature(407, h.word, d.tag, side),
        feature(408, h.word, d.fine, side),
        feature(409, d.word, h.word, side),
        feature(410, d.word, h.fine, side),
        feature(411, h.form, d.tag, side),
        feature(412, d.cluster, h.tag, side),
        feature(413, d.tag, h.cluster, side),
        feature(414, d.cluster, h.cluster, side),
        feature(415, d.coarse, h.word, side),
        feature(416, d.word, h.coarse, side),
        // What introduces the dependent.
        feature(417, l.word, d.tag, h.tag),
        feature(418, l.word, h.word, side),
        feature(419, l.word, d.fine, h.fine),
        feature(420, l.word, label(dep.left[0]), feature(10, d.tag, h.tag, side)),
        feature(421, l.word, d.word, side),
        feature(422, l.word, h.word, d.tag),
        feature(423, l.word, h.cluster, d.coarse),
        feature(424, l.word, l2.word, feature(11, d.tag, h.tag, side)),
        feature(425, l.form, h.fine, side),
        feature(426, edge.form, d.tag, h.tag),
        feature(427, edge.form, h.word, side),
        feature(428, before.form, d.fine, side),
        feature(429, after.form, d.fine, side),
        feature(430, before.tag, after.tag, feature(12, d.tag, h.tag, side)),
        // What hangs on the dependent.
        feature(431, dep.set.0, d.tag, h.tag),
        feature(432, dep.set.1, d.tag, h.tag),
        feature(433, dep.set.0, d.word, side),
        feature(434, dep.set.0, dep.set.1, feature(13, d.fine, h.tag, side)),
        feature(435, r.tag, label(dep.right[0]), feature(14, d.tag, h.tag, side)),
        feature(436, r.word, d.tag, h.tag),
        feature(437, l.tag, label(dep.left[0]), feature(15, d.tag, h.tag, side)),
        feature(438, r2.tag, l2.tag, feature(16, d.tag, h.tag, side)),
        feature(439, dep.set.0, h.fine, d.fine),
        feature(440, u32::from(dv.0), u32::from(dv.1), feature(17, d.tag, h.tag, side)),
        // What the head has already.
        feature(441, head.set.0, d.tag, h.tag),
        feature(442, head.set.1, d.tag, h.tag),
        feature(443, head.set.0, d.fine, h.fine),
        feature(444, head.set.1, d.fine, h.fine),
        feature(445, head.set.0, h.word, d.tag),
        feature(446, head.set.1, h.word, d.tag),
        feature(447, head.set.0, head.set.1, feature(18, d.tag, h.tag, side)),
        feature(448, hl.tag, label(head.left[0]), feature(19, d.tag, h.tag, side)),
        feature(449, hr.tag, label(head.right[0]), feature(20, d.tag, h.tag, side)),
        feature(450, hl.word, d.tag, h.tag),
        feature(451, hr.word, d.tag, h.tag),
        feature(452, count, d.tag, h.tag),
        feature(453, head.set.1, l.word, h.word),
        feature(454, head.set.1, l.word, feature(21, d.tag, h.tag, side)),
        feature(455, head.set.0, d.word, side),
        // Around.
        feature(456, o.tag, d.tag, feature(22, h.tag, side, 0)),
        feature(457, g.tag, d.tag, feature(23, h.tag, side, 0)),
        feature(458, o.word, d.tag, h.tag),
        feature(459, o.fine, d.fine, h.fine),
        feature(460, first, d.fine, feature(24, h.fine, gap, 0)),
        feature(461, gap, d.word, h.tag),
        feature(462, gap, h.word, d.tag),
        feature(463, l.word, gap, feature(25, d.tag, h.tag, 0)),
    ]);
}
