//! What the parser looks at: words, tags and labels around the top of the stack and the next words
//! (after Zhang and Nivre 2011), and the preposition that introduces a phrase.

use super::state::{NONE, State};
use crate::linear::feature;

/// One sentence for the parser: columns of hashes, one row a word.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Lemma.
    pub word: &'a [u32],
    /// Form in lower case.
    pub form: &'a [u32],
    /// Part of speech.
    pub tag: &'a [u32],
    /// Part of speech with verb form, mood and the like.
    pub fine: &'a [u32],
    /// Coarse cluster.
    pub coarse: &'a [u32],
    /// Fine cluster.
    pub cluster: &'a [u32],
}

impl Input<'_> {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.word.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.word.is_empty()
    }
}

const ABSENT: u32 = 0x7001;
const ROOT: u32 = 0x7002;

struct View<'a> {
    input: &'a Input<'a>,
    state: &'a State,
}

impl View<'_> {
    #[inline]
    fn col(&self, col: &[u32], i: u32) -> u32 {
        match col.get(i as usize) {
            Some(&v) => v,
            None if i as usize == self.state.n => ROOT,
            None => ABSENT,
        }
    }
    #[inline]
    fn w(&self, i: u32) -> u32 {
        self.col(self.input.word, i)
    }
    #[inline]
    fn p(&self, i: u32) -> u32 {
        self.col(self.input.tag, i)
    }
    #[inline]
    fn f(&self, i: u32) -> u32 {
        self.col(self.input.fine, i)
    }
    #[inline]
    fn o(&self, i: u32) -> u32 {
        self.col(self.input.form, i)
    }
    #[inline]
    fn k(&self, i: u32) -> u32 {
        self.col(self.input.cluster, i)
    }
    #[inline]
    fn g(&self, i: u32) -> u32 {
        self.col(self.input.coarse, i)
    }
    #[inline]
    fn l(&self, i: u32) -> u32 {
        self.state.label.get(i as usize).map_or(ABSENT, |&l| u32::from(l))
    }
    #[inline]
    fn child(&self, of: u32, right: bool, k: usize) -> u32 {
        if of as usize > self.state.n {
            return NONE;
        }
        (if right { &self.state.right } else { &self.state.left })[of as usize][k]
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

/// Writes the features of a configuration to `out`.
pub fn features(input: &Input<'_>, state: &State, out: &mut Vec<u32>) {
    out.clear();
    let v = View { input, state };
    let top = state.stack.len();
    let stack = |k: usize| if k < top { state.stack[top - 1 - k] } else { NONE };
    let buffer = |k: usize| if state.next + k <= state.n { (state.next + k) as u32 } else { NONE };
    let (s0, s1, s2) = (stack(0), stack(1), stack(2));
    let (b0, b1, b2) = (buffer(0), buffer(1), buffer(2));
    let (s0l, s0r) = (v.child(s0, false, 0), v.child(s0, true, 0));
    let (s0l2, s0r2) = (v.child(s0, false, 1), v.child(s0, true, 1));
    let (s1l, s1r) = (v.child(s1, false, 0), v.child(s1, true, 0));
    let (b0l, b0l2) = (v.child(b0, false, 0), v.child(b0, false, 1));
    let s1r2 = v.child(s1, true, 1);
    let (w0, w1, wb) = (v.w(s0), v.w(s1), v.w(b0));
    let (p0, p1, p2, pb, pc, pd) = (v.p(s0), v.p(s1), v.p(s2), v.p(b0), v.p(b1), v.p(b2));
    let (f0, f1, fb, fc) = (v.f(s0), v.f(s1), v.f(b0), v.f(b1));
    let wc = v.w(b1);
    let val = |i: u32| state.valency.get(i as usize).map_or((9, 9), |&(a, b)| (u32::from(a), u32::from(b)));
    let set = |i: u32| state.label_set.get(i as usize).copied().unwrap_or((1, 1));
    let (v0, v1, vb) = (val(s0), val(s1), val(b0));
    let (set0, set1, setb) = (set(s0), set(s1), set(b0));
    let (d0, d1) = (distance(s0, b0), distance(s1, s0));
    // Leftmost dependents are where prepositions and conjunctions stand.
    let (m0, m1, mb) = (v.w(s0l), v.w(s1l), v.w(b0l));
    // The words right before and behind, whatever was attached.
    let before = s0.wrapping_sub(1);
    let edge = s1l.min(s1).wrapping_sub(1);
    let near = |i: u32| if (i as usize) < state.n { v.p(i) } else { ABSENT };
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
        feature(212, v.w(b2), pd, 0),
        feature(213, pd, 0, 0),
        feature(214, v.w(s2), p2, 0),
        feature(215, p2, 0, 0),
        feature(216, v.o(s0), f0, 0),
        feature(217, v.o(b0), fb, 0),
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
        feature(272, v.p(s0l), v.l(s0l), p0),
        feature(273, v.w(s0l), p0, 0),
        feature(274, v.p(s0r), v.l(s0r), p0),
        feature(275, v.w(s0r), p0, 0),
        feature(276, v.p(s1r), v.l(s1r), p1),
        feature(277, v.w(s1r), p1, p0),
        feature(278, v.p(b0l), v.l(b0l), pb),
        feature(279, v.w(b0l), pb, 0),
        feature(280, v.p(s0l2), v.l(s0l2), p0),
        feature(281, v.p(s0r2), v.l(s0r2), p0),
        feature(282, v.p(s1r2), v.l(s1r), p0),
        feature(283, v.p(b0l2), v.l(b0l2), pb),
        feature(284, p0, v.p(s0l), pb),
        feature(285, p0, v.p(s0r), pb),
        feature(286, p1, v.p(s1r), p0),
        feature(287, p1, v.p(s1l), p0),
        feature(288, p0, pb, v.p(b0l)),
        feature(289, p1, p0, v.p(s0l)),
        feature(290, p1, p0, v.p(s0r)),
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
        feature(300, m0, p0, feature(6, p1, p2, v.w(s2))),
        feature(301, near(before), p0, near(s0.wrapping_add(1))),
        feature(302, near(b0.wrapping_sub(1)), p0, pb),
        // Clusters.
        feature(304, v.k(s0), p0, 0),
        feature(305, v.k(s1), p1, 0),
        feature(306, v.k(b0), pb, 0),
        feature(307, v.k(s1), v.k(s0), 0),
        feature(308, v.k(s0), v.k(b0), 0),
        feature(309, v.g(s1), v.g(s0), v.g(b0)),
        feature(310, v.g(s0), v.g(b0), v.g(b1)),
        feature(311, w1, v.g(s0), p1),
        feature(312, v.g(s1), w0, p0),
        feature(313, w0, v.g(b0), p0),
        feature(314, v.g(s0), wb, pb),
        feature(315, m0, w1, v.g(s0)),
        feature(316, m0, v.k(s1), v.g(s0)),
        feature(317, v.k(s1), p0, v.g(b0)),
        feature(318, v.k(s2), v.g(s1), v.g(s0)),
        // What stands before the clause of s1: an inverted subject follows « , a déclaré » and « », dit ».
        feature(319, v.o(edge), w1, p0),
        feature(320, v.o(edge), set1.0, feature(8, p1, p0, 0)),
        feature(321, set1.0, set1.1, feature(9, p1, p0, 0)),
        feature(322, set1.0, w1, p0),
        feature(303, p0, p1, feature(7, pb, pc, v.p(s0l))),
    ]);
}
