//! Averaged perceptron with few classes: a table in which every feature's weights stand together.

use rustc_hash::FxHashMap;
use temoin_language::dense::Dense;

#[derive(Clone, Copy)]
struct Slot<const N: usize> {
    feature: u32,
    /// Updates in which the feature was changed; 0 marks a free slot.
    uses: u32,
    weights: [f32; N],
    /// Sums of (update × time of update): average = weight − past / now.
    past: [f32; N],
}

/// A model with `N` classes in training (Collins 2002, with the lazy averaging of Daumé 2006). A
/// feature counts only once it was part of so many updates (Goldberg and Elhadad 2011).
pub struct DensePerceptron<const N: usize> {
    slots: Vec<Slot<N>>,
    len: usize,
    least_uses: u32,
    /// Whether it takes no further features.
    closed: bool,
    now: f32,
}

impl<const N: usize> DensePerceptron<N> {
    /// An empty model.
    pub fn new(least_uses: u32) -> Self {
        DensePerceptron { slots: vec![Self::free(); 1 << 16], len: 0, least_uses, closed: false, now: 1.0 }
    }

    /// A model that knows nothing yet and will look at no other features.
    pub fn over(features: &[u32]) -> Self {
        let mut model = DensePerceptron::new(1);
        features.iter().for_each(|&f| model.change(&[f], 0, 0.0));
        model.closed = true;
        model
    }

    fn free() -> Slot<N> {
        Slot { feature: 0, uses: 0, weights: [0.0; N], past: [0.0; N] }
    }

    #[inline]
    fn place(&self, feature: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (feature.wrapping_mul(0x9E37_79B1) >> 7) as usize & mask;
        while self.slots[at].uses != 0 && self.slots[at].feature != feature {
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds the weights of `features` to `scores`.
    pub fn add(&self, features: &[u32], scores: &mut [f32; N]) {
        for &f in features {
            let slot = &self.slots[self.place(f)];
            if slot.uses >= self.least_uses {
                for (s, w) in scores.iter_mut().zip(&slot.weights) {
                    *s += w;
                }
            }
        }
    }

    /// Counts one decision, right or wrong. Call it once before its updates.
    pub fn tick(&mut self) {
        self.now += 1.0;
    }

    /// Changes the weight of `class` on `features` by `amount`.
    pub fn change(&mut self, features: &[u32], class: usize, amount: f32) {
        for &f in features {
            if self.len * 2 > self.slots.len() {
                self.grow();
            }
            let at = self.place(f);
            let slot = &mut self.slots[at];
            if self.closed && slot.uses == 0 {
                continue;
            }
            self.len += usize::from(slot.uses == 0);
            slot.feature = f;
            slot.uses += 1;
            slot.weights[class] += amount;
            slot.past[class] += amount * self.now;
        }
    }

    /// Rewards `truth` and punishes `guess` on `features`.
    pub fn update(&mut self, features: &[u32], truth: usize, guess: usize, amount: f32) {
        self.change(features, truth, amount);
        for &f in features {
            let at = self.place(f);
            let slot = &mut self.slots[at];
            if slot.uses == 0 {
                continue;
            }
            slot.weights[guess] -= amount;
            slot.past[guess] -= amount * self.now;
        }
    }

    fn grow(&mut self) {
        let bigger = vec![Self::free(); self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, bigger);
        for slot in old.into_iter().filter(|s| s.uses != 0) {
            let at = self.place(slot.feature);
            self.slots[at] = slot;
        }
    }

    /// The averaged model; see [`DenseSum::finish`].
    pub fn finish(&self, range: f32, least: i16) -> Dense<N> {
        let mut sum = DenseSum::default();
        sum.add(self);
        sum.finish(range, least)
    }
}

/// The sum of models trained on the same data in another order: steadier than each of them, and as
/// fast as one, because linear models add up to a linear model.
pub struct DenseSum<const N: usize> {
    rows: FxHashMap<u32, [f32; N]>,
}

impl<const N: usize> Default for DenseSum<N> {
    fn default() -> Self {
        DenseSum { rows: FxHashMap::default() }
    }
}

impl<const N: usize> DenseSum<N> {
    /// Adds the averaged weights of a model.
    pub fn add(&mut self, model: &DensePerceptron<N>) {
        for slot in model.slots.iter().filter(|s| s.uses >= model.least_uses && s.uses > 0) {
            let row = self.rows.entry(slot.feature).or_insert([0.0; N]);
            for (c, r) in row.iter_mut().enumerate() {
                *r += slot.weights[c] - slot.past[c] / model.now;
            }
        }
    }

    /// The rows of the model, quantised so that the largest weight is `range` units (at most 32767).
    /// Features whose weights differ by less than `least` units are dropped, and of the others
    /// those whose weights differ the least, until `most` are left or a little fewer.
    pub fn rows(&self, range: f32, least: i16, most: usize) -> Vec<(u32, [i16; N])> {
        let mut order: Vec<(u32, [f32; N])> = self.rows.iter().map(|(&f, &r)| (f, r)).collect();
        order.sort_unstable_by_key(|r| r.0);
        let top = order.iter().flat_map(|r| r.1).map(f32::abs).fold(0.0f32, f32::max);
        let unit = if top > 0.0 { range / top } else { 1.0 };
        let rows = order.into_iter().map(|(f, row)| (f, row.map(|w| (w * unit).round() as i16)));
        let spread = |r: &[i16; N]| r.iter().max().unwrap_or(&0) - r.iter().min().unwrap_or(&0);
        let mut rows: Vec<(u32, [i16; N])> = rows.filter(|(_, r)| spread(r) >= least.max(1)).collect();
        if rows.len() > most {
            let mut spreads: Vec<i16> = rows.iter().map(|r| spread(&r.1)).collect();
            spreads.sort_unstable_by(|a, b| b.cmp(a));
            let floor = spreads[most];
            rows.retain(|r| spread(&r.1) > floor);
        }
        rows
    }

    /// The model of [`DenseSum::rows`].
    pub fn finish(&self, range: f32, least: i16) -> Dense<N> {
        Dense::from_rows(self.rows(range, least, usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_to_tell_three_classes_apart() {
        let data = [([1u32, 10], 0usize), ([1, 11], 1), ([2, 10], 2), ([2, 11], 1)];
        let mut p = DensePerceptron::<3>::new(1);
        let best = |s: &[f32; 3]| (0..3).max_by(|&a, &b| s[a].total_cmp(&s[b])).unwrap();
        for _ in 0..50 {
            for (f, y) in &data {
                let mut s = [0.0; 3];
                p.add(f, &mut s);
                p.tick();
                s[*y] -= 0.5;
                if best(&s) != *y {
                    p.update(f, *y, best(&s), 1.0);
                }
            }
        }
        let m = p.finish(1000.0, 1);
        for (f, y) in &data {
            let mut s = [0; 3];
            m.add(f, &mut s);
            assert_eq!(best(&s.map(|w| w as f32)), *y);
        }
    }
}
