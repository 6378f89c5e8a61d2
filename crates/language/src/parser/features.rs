//! What the parser looks at: words, tags and labels around the top of the stack and the next words
//! (after Zhang and Nivre 2011), and the preposition that introduces a phrase.

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

struct View<'a> {
    input: &'a [Cell],
}

impl View<'_> {
    #[inline]
    fn at(&self, i: u32) -> Cell {
        match self.input.get(i as usize) {
            Some(c) => *c,
            None if i as usize == self.input.len() => Cell::ROOT,
            None => Cell::ABSENT,
        }
    }
}

/// Number of words between two, in classes.
fn distance(a: u32, b: u32) -> u32 {
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

fn label(c: Child) -> u32 {
    u32::from(c.label)
}

/// Writes the features of a configuration to `out`. `input` has one cell a word.
pub fn features(input: &[Cell], window: &Window, out: &mut Vec<u32>) {
    out.clear();
    let v = View { input };
    let ([i0, i1, i2], ib) = (window.stack, window.next);
    let (s0, s1, b0) = (i0.word, i1.word, ib.word);
    let buffer = |k: u32| if (b0 + k) as usize <= input.len() { v.at(b0 + k) } else { Cell::ABSENT };
    let (c0, c1, c2, cb, cc, cd) = (v.at(s0), v.at(s1), v.at(i2.word), v.at(b0), buffer(1), buffer(2));
    let [s0l, s0l2] = i0.left.map(|c| v.at(c.word));
    let [s0r, s0r2] = i0.right.map(|c| v.at(c.word));
    let s1l = v.at(i1.left[0].word);
    let [s1r, s1r2] = i1.right.map(|c| v.at(c.word));
    let [b0l, b0l2] = ib.left.map(|c| v.at(c.word));
    let (w0, w1, wb, wc) = (c0.word, c1.word, cb.word, cc.word);
    let (p0, p1, p2, pb, pc, pd) = (c0.tag, c1.tag, c2.tag, cb.tag, cc.tag, cd.tag);
    let (f0, f1, fb, fc) = (c0.fine, c1.fine, cb.fine, cc.fine);
    let pair = |i: &Item| (u32::from(i.valency.0), u32::from(i.valency.1));
    let (v0, v1, vb) = (pair(&i0), pair(&i1), pair(&ib));
    let (set0, set1, setb) = (i0.set, i1.set, ib.set);
    let (d0, d1) = (distance(s0, b0), distance(s1, s0));
    // Leftmost dependents are where prepositions and conjunctions stand.
    let (m0, m1, mb) = (s0l.word, s1l.word, b0l.word);
    // The words right before and behind, whatever was attached.
    let edge = v.at(i1.left[0].word.min(s1).wrapping_sub(1)).form;
    let near = |i: u32| if (i as usize) < input.len() { v.at(i).tag } else { Cell::ABSENT.tag };
    out.extend([
        feature(200, 0, 0, 0),
        feature(201, w0, p0, 0),
        feature(202, f0, 0, 0),
        feature(203, w0, 0, 0),
        feature(204, w1, p1, 0),
        feature(205, f1, 0, 0),
        feature(206, w1, 0, 0),
        feature(207, wb, pb, 0),
        feature(208, fb, 0, 0),
        feature(209, wb, 0, 0),
        feature(210, wc, pc, 0),
        feature(211, fc, 0, 0),
        feature(212, cd.word, pd, 0),
        feature(213, pd, 0, 0),
        feature(214, c2.word, p2, 0),
        feature(215, p2, 0, 0),
        feature(216, c0.form, f0, 0),
        feature(217, cb.form, fb, 0),
        // Pairs.
        feature(218, w0, wb, 0),
        feature(219, w0, p0, pb),
        feature(220, p0, wb, pb),
        feature(221, f0, fb, 0),
        feature(222, w0, p0, wb),
        feature(223, w1, w0, 0),
        feature(224, w1, p1, p0),
        feature(225, p1, w0, p0),
        feature(226, f1, f0, 0),
        feature(227, w1, wb, 0),
        feature(228, w1, pb, 0),
        feature(229, p1, wb, 0),
        feature(230, f1, fb, 0),
        feature(231, wb, wc, 0),
        feature(232, wb, pc, 0),
        feature(233, pb, wc, 0),
        feature(234, fb, fc, 0),
        feature(235, w0, wc, 0),
        feature(236, p0, wc, pb),
        // Triples.
        feature(237, p0, pb, pc),
        feature(238, pb, pc, pd),
        feature(239, p1, p0, pb),
        feature(240, p2, p1, p0),
        feature(241, f1, f0, fb),
        feature(242, f0, fb, fc),
        feature(243, w0, pb, pc),
        feature(244, p0, wb, pc),
        feature(245, w1, p0, pb),
        feature(246, p1, w0, pb),
        feature(247, p1, p0, wb),
        feature(248, p0, pb, feature(1, pc, pd, p1)),
    ]);
    out.extend([
        // Distances.
        feature(249, d0, w0, 0),
        feature(250, d0, p0, pb),
        feature(251, d0, wb, 0),
        feature(252, d1, w1, 0),
        feature(253, d1, p1, p0),
        feature(254, d1, w0, 0),
        feature(255, d0, d1, feature(2, p1, p0, pb)),
        // Valency and labels so far.
        feature(256, v0.0, v0.1, p0),
        feature(257, v0.1, w0, 0),
        feature(258, v1.1, p1, 0),
        feature(259, v1.1, w1, 0),
        feature(260, vb.0, pb, 0),
        feature(261, vb.0, wb, 0),
        feature(262, set0.0, p0, 0),
        feature(263, set0.1, p0, 0),
        feature(264, set0.1, w0, 0),
        feature(265, set1.1, p1, p0),
        feature(266, set1.1, w1, 0),
        feature(267, setb.0, pb, 0),
        feature(268, set1.0, p1, p0),
        feature(269, set0.0, f0, f1),
        feature(270, set0.1, f0, fb),
        feature(271, setb.0, f0, fb),
        // Dependents.
        feature(272, s0l.tag, label(i0.left[0]), p0),
        feature(273, s0l.word, p0, 0),
        feature(274, s0r.tag, label(i0.right[0]), p0),
        feature(275, s0r.word, p0, 0),
        feature(276, s1r.tag, label(i1.right[0]), p1),
        feature(277, s1r.word, p1, p0),
        feature(278, b0l.tag, label(ib.left[0]), pb),
        feature(279, b0l.word, pb, 0),
        feature(280, s0l2.tag, label(i0.left[1]), p0),
        feature(281, s0r2.tag, label(i0.right[1]), p0),
        feature(282, s1r2.tag, label(i1.right[0]), p0),
        feature(283, b0l2.tag, label(ib.left[1]), pb),
        feature(284, p0, s0l.tag, pb),
        feature(285, p0, s0r.tag, pb),
        feature(286, p1, s1r.tag, p0),
        feature(287, p1, s1l.tag, p0),
        feature(288, p0, pb, b0l.tag),
        feature(289, p1, p0, s0l.tag),
        feature(290, p1, p0, s0r.tag),
        // Prepositions and conjunctions.
        feature(291, m0, p1, p0),
        feature(292, m0, w1, 0),
        feature(293, m0, w1, w0),
        feature(294, m0, w0, pb),
        feature(295, m0, m1, feature(3, p1, p0, 0)),
        feature(296, mb, p0, pb),
        feature(297, mb, w0, pb),
        feature(298, m0, f1, feature(4, f0, pb, 0)),
        feature(299, m1, m0, feature(5, p2, p1, p0)),
        feature(300, m0, p0, feature(6, p1, p2, c2.word)),
        feature(301, near(s0.wrapping_sub(1)), p0, near(s0.wrapping_add(1))),
        feature(302, near(b0.wrapping_sub(1)), p0, pb),
        // Clusters.
        feature(304, c0.cluster, p0, 0),
        feature(305, c1.cluster, p1, 0),
        feature(306, cb.cluster, pb, 0),
        feature(307, c1.cluster, c0.cluster, 0),
        feature(308, c0.cluster, cb.cluster, 0),
        feature(309, c1.coarse, c0.coarse, cb.coarse),
        feature(310, c0.coarse, cb.coarse, cc.coarse),
        feature(311, w1, c0.coarse, p1),
        feature(312, c1.coarse, w0, p0),
        feature(313, w0, cb.coarse, p0),
        feature(314, c0.coarse, wb, pb),
        feature(315, m0, w1, c0.coarse),
        feature(316, m0, c1.cluster, c0.coarse),
        feature(317, c1.cluster, p0, cb.coarse),
        feature(318, c2.cluster, c1.coarse, c0.coarse),
        // What stands before the clause of s1: an inverted subject follows « , a déclaré » and « », dit ».
        feature(319, edge, w1, p0),
        feature(320, edge, set1.0, feature(8, p1, p0, 0)),
        feature(321, set1.0, set1.1, feature(9, p1, p0, 0)),
        feature(322, set1.0, w1, p0),
        feature(303, p0, p1, feature(7, pb, pc, s0l.tag)),
        // Doubtful parts of speech.
        feature(323, c0.doubt, p0, pb),
        feature(324, cb.doubt, pb, p0),
        feature(325, c1.doubt, p1, p0),
        feature(326, cc.doubt, pc, pb),
        feature(327, c0.doubt, cb.doubt, feature(13, p0, pb, p1)),
        feature(328, c0.doubt, c1.doubt, feature(14, p0, p1, pb)),
        feature(329, c0.doubt, w0, p1),
        feature(330, cb.doubt, wb, p0),
    ]);
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
