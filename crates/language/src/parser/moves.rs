//! What the parser looks at to choose a transition, in groups that see a part of the configuration
//! each (after Zhang and Nivre 2011). A finished parser adds up the weights of a group once for each
//! part that it meets.

use super::features::{Cell, View, Window, distance, label};
use super::memo::{Memo, mixed};
use super::state::Item;
use crate::linear::feature;
use crate::packed::Packed;

/// Writes the features of a configuration to `out`. `input` has one cell a word.
pub fn features(input: &[Cell], window: &Window, out: &mut Vec<u32>) {
    out.clear();
    let v = View { input };
    let ([i0, i1, i2], ib) = (window.stack, window.next);
    out.extend(top(v, &i0));
    out.extend(below(v, &i1, i0.word));
    out.extend(next(v, &ib));
    out.extend(top_and_next(v, i0.word, &ib));
    out.extend(three(v, &i0, i1.word, ib.word));
    out.extend(stack(v, &i0, &i1, i2.word));
}

type Scores = [i32; 3];

/// Scores of the groups in the sentence, by what a group sees.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    whole: Memo<Window, Scores>,
    top: Memo<Item, Scores>,
    below: Memo<(Item, u32), Scores>,
    next: Memo<Item, Scores>,
    top_and_next: Memo<(u32, Item), Scores>,
    three: Memo<(Item, u32, u32), Scores>,
    stack: Memo<(Item, Item, u32), Scores>,
}

impl Sums {
    /// Begins another sentence.
    pub(super) fn clear(&mut self) {
        self.whole.clear();
        self.top.clear();
        self.below.clear();
        self.next.clear();
        self.top_and_next.clear();
        self.three.clear();
        self.stack.clear();
    }

    /// The weights of all [`features`] of a configuration.
    pub(super) fn scores(&mut self, model: &Packed, input: &[Cell], window: &Window) -> Scores {
        let Sums { whole, top: m0, below: m1, next: mb, top_and_next: m0b, three: m01b, stack: m012 } = self;
        let v = View { input };
        let ([i0, i1, i2], ib) = (window.stack, window.next);
        let (s0, s1, s2, b0) = (i0.word, i1.word, i2.word, ib.word);
        let (h0, h1, hb) = (mixed(&i0), mixed(&i1), mixed(&ib));
        let far = |a: u32, b: u32| a.wrapping_mul(31).wrapping_add(b);
        whole.get(*window, far(far(h0, h1), far(hb, s2)), |_| {
            let parts = [
                m0.get(i0, h0, |i0| model.scores(&top(v, i0))),
                m1.get((i1, s0), far(h1, s0), |(i1, s0)| model.scores(&below(v, i1, *s0))),
                mb.get(ib, hb, |ib| model.scores(&next(v, ib))),
                m0b.get((s0, ib), far(hb, s0), |(s0, ib)| model.scores(&top_and_next(v, *s0, ib))),
                m01b.get((i0, s1, b0), far(far(h0, s1), b0), |(i0, s1, b0)| model.scores(&three(v, i0, *s1, *b0))),
                m012.get((i0, i1, s2), far(far(h0, h1), s2), |(i0, i1, s2)| model.scores(&stack(v, i0, i1, *s2))),
            ];
            parts.into_iter().fold([0; 3], |sum, part| std::array::from_fn(|k| sum[k] + part[k]))
        })
    }
}

/// Features of the top of the stack and its dependents.
fn top(v: View<'_>, i0: &Item) -> [u32; 18] {
    let c0 = v.at(i0.word);
    let [l, l2] = i0.left.map(|c| v.at(c.word));
    let [r, r2] = i0.right.map(|c| v.at(c.word));
    let (w0, p0, f0) = (c0.word, c0.tag, c0.fine);
    let (left, right) = (u32::from(i0.valency.0), u32::from(i0.valency.1));
    [
        feature(200, 0, 0, 0),
        feature(201, w0, p0, 0),
        feature(202, f0, 0, 0),
        feature(203, w0, 0, 0),
        feature(216, c0.form, f0, 0),
        feature(304, c0.cluster, p0, 0),
        feature(301, v.tag(i0.word.wrapping_sub(1)), p0, v.tag(i0.word.wrapping_add(1))),
        // Valency and labels so far.
        feature(256, left, right, p0),
        feature(257, right, w0, 0),
        feature(262, i0.set.0, p0, 0),
        feature(263, i0.set.1, p0, 0),
        feature(264, i0.set.1, w0, 0),
        // Dependents.
        feature(272, l.tag, label(i0.left[0]), p0),
        feature(273, l.word, p0, 0),
        feature(274, r.tag, label(i0.right[0]), p0),
        feature(275, r.word, p0, 0),
        feature(280, l2.tag, label(i0.left[1]), p0),
        feature(281, r2.tag, label(i0.right[1]), p0),
    ]
}

/// Features of the second on the stack, its dependents, and the word on the top.
fn below(v: View<'_>, i1: &Item, s0: u32) -> [u32; 30] {
    let (c0, c1) = (v.at(s0), v.at(i1.word));
    let l = v.at(i1.left[0].word);
    let [r, r2] = i1.right.map(|c| v.at(c.word));
    let (w0, p0, f0) = (c0.word, c0.tag, c0.fine);
    let (w1, p1, f1) = (c1.word, c1.tag, c1.fine);
    let (right, set, d1) = (u32::from(i1.valency.1), i1.set, distance(i1.word, s0));
    // The word right before, whatever was attached.
    let edge = v.at(i1.left[0].word.min(i1.word).wrapping_sub(1)).form;
    [
        feature(204, w1, p1, 0),
        feature(205, f1, 0, 0),
        feature(206, w1, 0, 0),
        feature(305, c1.cluster, p1, 0),
        // Pairs.
        feature(223, w1, w0, 0),
        feature(224, w1, p1, p0),
        feature(225, p1, w0, p0),
        feature(226, f1, f0, 0),
        feature(252, d1, w1, 0),
        feature(253, d1, p1, p0),
        feature(254, d1, w0, 0),
        feature(307, c1.cluster, c0.cluster, 0),
        feature(311, w1, c0.coarse, p1),
        feature(312, c1.coarse, w0, p0),
        feature(325, c1.doubt, p1, p0),
        feature(329, c0.doubt, w0, p1),
        // Valency and labels so far.
        feature(258, right, p1, 0),
        feature(259, right, w1, 0),
        feature(265, set.1, p1, p0),
        feature(266, set.1, w1, 0),
        feature(268, set.0, p1, p0),
        feature(321, set.0, set.1, feature(9, p1, p0, 0)),
        feature(322, set.0, w1, p0),
        // Dependents.
        feature(276, r.tag, label(i1.right[0]), p1),
        feature(277, r.word, p1, p0),
        feature(282, r2.tag, label(i1.right[0]), p0),
        feature(286, p1, r.tag, p0),
        feature(287, p1, l.tag, p0),
        // What stands before the clause: an inverted subject follows « , a déclaré » and « », dit ».
        feature(319, edge, w1, p0),
        feature(320, edge, set.0, feature(8, p1, p0, 0)),
    ]
}

/// Features of the next word, its dependents, and the words behind it.
fn next(v: View<'_>, ib: &Item) -> [u32; 21] {
    let (cb, cc, cd) = (v.at(ib.word), v.behind(ib.word, 1), v.behind(ib.word, 2));
    let [l, l2] = ib.left.map(|c| v.at(c.word));
    let (wb, pb, fb) = (cb.word, cb.tag, cb.fine);
    let (wc, pc, fc) = (cc.word, cc.tag, cc.fine);
    let left = u32::from(ib.valency.0);
    [
        feature(207, wb, pb, 0),
        feature(208, fb, 0, 0),
        feature(209, wb, 0, 0),
        feature(210, wc, pc, 0),
        feature(211, fc, 0, 0),
        feature(212, cd.word, cd.tag, 0),
        feature(213, cd.tag, 0, 0),
        feature(217, cb.form, fb, 0),
        feature(231, wb, wc, 0),
        feature(232, wb, pc, 0),
        feature(233, pb, wc, 0),
        feature(234, fb, fc, 0),
        feature(238, pb, pc, cd.tag),
        feature(306, cb.cluster, pb, 0),
        feature(326, cc.doubt, pc, pb),
        // Valency and labels so far.
        feature(260, left, pb, 0),
        feature(261, left, wb, 0),
        feature(267, ib.set.0, pb, 0),
        // Dependents.
        feature(278, l.tag, label(ib.left[0]), pb),
        feature(279, l.word, pb, 0),
        feature(283, l2.tag, label(ib.left[1]), pb),
    ]
}

/// Features of the word on the top of the stack and the next word with its dependents.
fn top_and_next(v: View<'_>, s0: u32, ib: &Item) -> [u32; 26] {
    let b0 = ib.word;
    let (c0, cb, cc) = (v.at(s0), v.at(b0), v.behind(b0, 1));
    let (w0, p0, f0) = (c0.word, c0.tag, c0.fine);
    let (wb, pb, fb) = (cb.word, cb.tag, cb.fine);
    let (wc, pc, fc) = (cc.word, cc.tag, cc.fine);
    let l = v.at(ib.left[0].word);
    let d0 = distance(s0, b0);
    [
        feature(218, w0, wb, 0),
        feature(219, w0, p0, pb),
        feature(220, p0, wb, pb),
        feature(221, f0, fb, 0),
        feature(222, w0, p0, wb),
        feature(235, w0, wc, 0),
        feature(236, p0, wc, pb),
        feature(237, p0, pb, pc),
        feature(242, f0, fb, fc),
        feature(243, w0, pb, pc),
        feature(244, p0, wb, pc),
        feature(249, d0, w0, 0),
        feature(250, d0, p0, pb),
        feature(251, d0, wb, 0),
        feature(302, v.tag(b0.wrapping_sub(1)), p0, pb),
        // Clusters.
        feature(308, c0.cluster, cb.cluster, 0),
        feature(310, c0.coarse, cb.coarse, cc.coarse),
        feature(313, w0, cb.coarse, p0),
        feature(314, c0.coarse, wb, pb),
        // Doubtful parts of speech.
        feature(323, c0.doubt, p0, pb),
        feature(324, cb.doubt, pb, p0),
        feature(330, cb.doubt, wb, p0),
        // Dependents.
        feature(271, ib.set.0, f0, fb),
        feature(288, p0, pb, l.tag),
        feature(296, l.word, p0, pb),
        feature(297, l.word, w0, pb),
    ]
}

/// Features of the top of the stack with its dependents, the word below it and the next one.
fn three(v: View<'_>, i0: &Item, s1: u32, b0: u32) -> [u32; 21] {
    let (c0, c1, cb, cc, cd) = (v.at(i0.word), v.at(s1), v.at(b0), v.behind(b0, 1), v.behind(b0, 2));
    let (w0, p0, f0) = (c0.word, c0.tag, c0.fine);
    let (w1, p1, f1) = (c1.word, c1.tag, c1.fine);
    let (wb, pb, fb) = (cb.word, cb.tag, cb.fine);
    let (l, r) = (v.at(i0.left[0].word), v.at(i0.right[0].word));
    // Leftmost dependents are where prepositions and conjunctions stand.
    let m0 = l.word;
    [
        feature(227, w1, wb, 0),
        feature(228, w1, pb, 0),
        feature(229, p1, wb, 0),
        feature(230, f1, fb, 0),
        feature(239, p1, p0, pb),
        feature(241, f1, f0, fb),
        feature(245, w1, p0, pb),
        feature(246, p1, w0, pb),
        feature(247, p1, p0, wb),
        feature(248, p0, pb, feature(1, cc.tag, cd.tag, p1)),
        feature(255, distance(i0.word, b0), distance(s1, i0.word), feature(2, p1, p0, pb)),
        feature(309, c1.coarse, c0.coarse, cb.coarse),
        feature(317, c1.cluster, p0, cb.coarse),
        feature(327, c0.doubt, cb.doubt, feature(13, p0, pb, p1)),
        feature(328, c0.doubt, c1.doubt, feature(14, p0, p1, pb)),
        // Dependents and labels so far.
        feature(270, i0.set.1, f0, fb),
        feature(284, p0, l.tag, pb),
        feature(285, p0, r.tag, pb),
        feature(294, m0, w0, pb),
        feature(298, m0, f1, feature(4, f0, pb, 0)),
        feature(303, p0, p1, feature(7, pb, cc.tag, l.tag)),
    ]
}

/// Features of the stack: the upper two with their dependents, and the third word.
fn stack(v: View<'_>, i0: &Item, i1: &Item, s2: u32) -> [u32; 15] {
    let (c0, c1, c2) = (v.at(i0.word), v.at(i1.word), v.at(s2));
    let (w0, p0, f0) = (c0.word, c0.tag, c0.fine);
    let (w1, p1, f1) = (c1.word, c1.tag, c1.fine);
    let p2 = c2.tag;
    let (l, r) = (v.at(i0.left[0].word), v.at(i0.right[0].word));
    let (m0, m1) = (l.word, v.at(i1.left[0].word).word);
    [
        feature(214, c2.word, p2, 0),
        feature(215, p2, 0, 0),
        feature(240, p2, p1, p0),
        feature(318, c2.cluster, c1.coarse, c0.coarse),
        feature(269, i0.set.0, f0, f1),
        feature(289, p1, p0, l.tag),
        feature(290, p1, p0, r.tag),
        // Prepositions and conjunctions.
        feature(291, m0, p1, p0),
        feature(292, m0, w1, 0),
        feature(293, m0, w1, w0),
        feature(295, m0, m1, feature(3, p1, p0, 0)),
        feature(299, m1, m0, feature(5, p2, p1, p0)),
        feature(300, m0, p0, feature(6, p1, p2, c2.word)),
        feature(315, m0, w1, c0.coarse),
        feature(316, m0, c1.cluster, c0.coarse),
    ]
}
