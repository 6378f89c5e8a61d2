//! Averaged perceptron over hashed features (Collins 2002, with the lazy averaging of Daumé 2006).

use rustc_hash::FxHashMap;
use temoin_language::linear::Linear;

#[derive(Clone, Copy)]
struct Entry {
    class: u16,
    weight: f32,
    /// Sum of (update × time of update): average = weight − past / now.
    past: f32,
}

/// A linear model in training.
pub struct Perceptron {
    classes: usize,
    index: FxHashMap<u32, u32>,
    rows: Vec<Vec<Entry>>,
    /// Decisions in which the feature was changed, by row.
    uses: Vec<u32>,
    least_uses: u32,
    /// Whether it takes no further features.
    closed: bool,
    now: f32,
}

impl Perceptron {
    /// An empty model.
    pub fn new(classes: usize) -> Self {
        Perceptron::with_least_uses(classes, 1)
    }

    /// An empty model in which a feature counts only once it was part of so many updates
    /// (Goldberg and Elhadad 2011): far smaller, and no worse.
    pub fn with_least_uses(classes: usize, least_uses: u32) -> Self {
        let (index, rows, uses) = (FxHashMap::default(), Vec::new(), Vec::new());
        Perceptron { classes, index, rows, uses, least_uses, closed: false, now: 1.0 }
    }

    /// A model that knows nothing yet and will look at no other features.
    pub fn over(classes: usize, features: &[u32]) -> Self {
        let mut model = Perceptron::new(classes);
        model.index = features.iter().zip(0..).map(|(&f, row)| (f, row)).collect();
        model.rows = vec![Vec::new(); features.len()];
        model.uses = vec![1; features.len()];
        model.closed = true;
        model
    }

    /// The features that count, those with the greatest weights first.
    pub fn strongest(&self) -> Vec<u32> {
        let weight =
            |r: u32| self.rows[r as usize].iter().map(|e| (e.weight - e.past / self.now).abs()).fold(0.0, f32::max);
        let mut all: Vec<(f32, u32)> = self.index.iter().map(|(&f, &r)| (weight(r), f)).collect();
        all.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all.retain(|a| self.uses[self.index[&a.1] as usize] >= self.least_uses);
        all.into_iter().map(|a| a.1).collect()
    }

    /// Counts one decision, right or wrong. Call it once before each [`Perceptron::update`].
    pub fn tick(&mut self) {
        self.now += 1.0;
    }

    /// Rewards `truth` and punishes `guess` on `features`.
    pub fn update(&mut self, features: &[u32], truth: usize, guess: usize, amount: f32) {
        for &f in features {
            if self.closed && !self.index.contains_key(&f) {
                continue;
            }
            let r = self.change(f, truth, amount);
            self.change(f, guess, -amount);
            self.uses[r] += 1;
        }
    }

    fn change(&mut self, feature: u32, class: usize, amount: f32) -> usize {
        let next = self.rows.len() as u32;
        let r = *self.index.entry(feature).or_insert(next);
        if r == next {
            self.rows.push(Vec::new());
            self.uses.push(0);
        }
        let row = &mut self.rows[r as usize];
        let past = amount * self.now;
        match row.iter_mut().find(|e| usize::from(e.class) == class) {
            Some(e) => {
                e.weight += amount;
                e.past += past;
            }
            None => row.push(Entry { class: class as u16, weight: amount, past }),
        }
        r as usize
    }

    /// The averaged model, quantised so that the largest weight is `range` units (at most 32767);
    /// weights that round to less than `least` units are dropped.
    pub fn finish(&self, range: f32, least: i16) -> Linear {
        let mut sum = Sum::new(self.classes);
        sum.add(self);
        sum.finish(range, least)
    }
}

/// The sum of models trained on the same data in another order: steadier than each of them, and as
/// fast as one, because linear models add up to a linear model.
pub struct Sum {
    classes: usize,
    rows: FxHashMap<u32, Vec<(u16, f32)>>,
}

impl Sum {
    /// The sum of nothing.
    pub fn new(classes: usize) -> Self {
        Sum { classes, rows: FxHashMap::default() }
    }

    /// Adds the averaged weights of a model.
    pub fn add(&mut self, model: &Perceptron) {
        #[expect(clippy::iter_over_hash_type, reason = "every feature is added to its own row")]
        for (&f, &r) in &model.index {
            if model.uses[r as usize] < model.least_uses {
                continue;
            }
            let row = self.rows.entry(f).or_default();
            for e in &model.rows[r as usize] {
                let w = e.weight - e.past / model.now;
                match row.iter_mut().find(|x| x.0 == e.class) {
                    Some(x) => x.1 += w,
                    None => row.push((e.class, w)),
                }
            }
        }
    }

    /// The model, quantised as by [`Perceptron::finish`].
    pub fn finish(&self, range: f32, least: i16) -> Linear {
        let mut order: Vec<(&u32, &Vec<(u16, f32)>)> = self.rows.iter().collect();
        order.sort_unstable_by_key(|r| *r.0);
        let top = order.iter().flat_map(|r| r.1).map(|w| w.1.abs()).fold(0.0f32, f32::max);
        let unit = if top > 0.0 { range / top } else { 1.0 };
        let mut rows = Vec::with_capacity(order.len());
        for (&f, weights) in order {
            let mut row: Vec<(u16, i16)> = weights
                .iter()
                .map(|&(c, w)| (c, (w * unit).round() as i16))
                .filter(|e| e.1.abs() >= least.max(1))
                .collect();
            row.sort_unstable();
            if !row.is_empty() {
                rows.push((f, row));
            }
        }
        Linear::from_rows(self.classes, &rows)
    }
}

impl Perceptron {
    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of `features` to `scores`, which has one place per class.
    pub fn add(&self, features: &[u32], scores: &mut [f32]) {
        for f in features {
            if let Some(&r) = self.index.get(f).filter(|r| self.uses[**r as usize] >= self.least_uses) {
                for e in &self.rows[r as usize] {
                    scores[usize::from(e.class)] += e.weight;
                }
            }
        }
    }
}

/// A small generator with a fixed seed (SplitMix64), so that the same corpora give the same bytes.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to but without 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Puts `items` into a random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.bits() % (i as u64 + 1)) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_language::linear::best;

    #[test]
    fn learns_to_tell_two_classes_apart() {
        let data = [([1u32, 10], 0usize), ([1, 11], 1), ([2, 10], 0), ([2, 11], 1)];
        let mut p = Perceptron::new(2);
        for _ in 0..5 {
            for (f, y) in &data {
                let mut s = [0.0; 2];
                p.add(f, &mut s);
                let guess = best(&s, |_| true).unwrap();
                p.tick();
                if guess != *y {
                    p.update(f, *y, guess, 1.0);
                }
            }
        }
        let m = p.finish(1000.0, 1);
        for (f, y) in &data {
            let mut s = [0; 2];
            m.add(f, &mut s);
            assert_eq!(best(&s, |_| true), Some(*y));
        }
    }
}
