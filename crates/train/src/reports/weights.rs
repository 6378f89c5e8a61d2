//! Weights in training, optimised example by example with FTRL-Proximal (McMahan and others 2013),
//! whose L1 term leaves most of them at exactly zero.

use rustc_hash::FxHashMap;
use temoin_language::linear::Linear;

/// Settings of the optimiser.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Learning rate.
    pub rate: f32,
    /// L1 penalty.
    pub l1: f32,
    /// L2 penalty.
    pub l2: f32,
    /// Passes over the examples.
    pub epochs: usize,
    /// Models trained in different orders, whose weights are averaged.
    pub seeds: u64,
}

/// Features with a number; those seen seldom are left out.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    numbers: FxHashMap<u32, u32>,
    counts: Vec<u32>,
    hashes: Vec<u32>,
}

impl Numbering {
    /// Counts the features of an example.
    pub fn count(&mut self, features: &[u32]) {
        for &f in features {
            let next = self.counts.len() as u32;
            let n = *self.numbers.entry(f).or_insert(next);
            if n == next {
                self.counts.push(0);
                self.hashes.push(f);
            }
            self.counts[n as usize] += 1;
        }
    }

    /// Leaves out what was counted less often than `least`.
    pub fn prune(&mut self, least: u32) {
        let kept: Vec<u32> =
            self.hashes.iter().zip(&self.counts).filter(|(_, c)| **c >= least).map(|(&h, _)| h).collect();
        self.numbers = kept.iter().zip(0..).map(|(&h, n)| (h, n)).collect();
        (self.counts, self.hashes) = (Vec::new(), kept);
    }

    /// Numbers of the features that are left.
    pub fn rows(&self, features: &[u32]) -> Vec<u32> {
        features.iter().filter_map(|f| self.numbers.get(f).copied()).collect()
    }

    /// Number of a feature.
    pub fn row(&self, feature: u32) -> Option<u32> {
        self.numbers.get(&feature).copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// Weights, `classes` for each feature.
#[derive(Clone, Debug)]
pub struct Weights {
    classes: usize,
    settings: Settings,
    weights: Vec<f32>,
    z: Vec<f32>,
    roots: Vec<f32>,
}

impl Weights {
    /// Weights of zero.
    pub fn new(features: usize, classes: usize, settings: Settings) -> Self {
        let zeros = || vec![0.0; features * classes];
        Weights { classes, settings, weights: zeros(), z: zeros(), roots: zeros() }
    }

    /// Adds the weights of features to `sums`, which has a place for each class.
    pub fn add(&self, rows: &[u32], sums: &mut [f32]) {
        for &r in rows {
            let at = r as usize * self.classes;
            sums.iter_mut().zip(&self.weights[at..at + self.classes]).for_each(|(s, w)| *s += w);
        }
    }

    /// One step against a gradient, which has a place for each class.
    pub fn step(&mut self, rows: &[u32], gradient: &[f32]) {
        let Settings { rate, l1, l2, .. } = self.settings;
        for c in (0..self.classes).filter(|&c| gradient[c].abs() > 1e-4) {
            let g = gradient[c];
            for &r in rows {
                let at = r as usize * self.classes + c;
                let root = (self.roots[at] * self.roots[at] + g * g).sqrt();
                self.z[at] += g - (root - self.roots[at]) / rate * self.weights[at];
                self.roots[at] = root;
                let excess = (self.z[at].abs() - l1).max(0.0);
                self.weights[at] = -excess.copysign(self.z[at]) / ((1.0 + root) / rate + l2);
            }
        }
    }

    /// Moves every weight this share of the way to that of `other`.
    pub fn approach(&mut self, other: &Weights, share: f32) {
        self.weights.iter_mut().zip(&other.weights).for_each(|(w, o)| *w += (o - *w) * share);
    }

    /// Adds to the weight of a feature for a class.
    pub fn shift(&mut self, row: u32, class: usize, amount: f32) {
        self.weights[row as usize * self.classes + class] += amount;
    }

    /// As a finished model: `unit` steps make 1; weights that round to less than `least` steps are left out.
    pub fn finish(&self, numbering: &Numbering, unit: f32, least: i16) -> Linear {
        let mut rows: Vec<(u32, Vec<(u16, i16)>)> = Vec::new();
        for (n, &hash) in numbering.hashes.iter().enumerate() {
            let weights = &self.weights[n * self.classes..(n + 1) * self.classes];
            let whole = weights.iter().map(|w| (w * unit).round().clamp(-32_000.0, 32_000.0) as i16);
            let row: Vec<(u16, i16)> = (0u16..).zip(whole).filter(|e| e.1.abs() >= least.max(1)).collect();
            if !row.is_empty() {
                rows.push((hash, row));
            }
        }
        rows.sort_by_key(|r| r.0);
        Linear::from_rows(self.classes, &rows)
    }
}

/// An example with one or several right classes among those that are possible.
#[derive(Clone, Debug)]
pub struct Example {
    /// Numbers of its features.
    pub rows: Vec<u32>,
    /// Right classes, a bit for each.
    pub right: u64,
    /// Possible classes, a bit for each.
    pub possible: u64,
}

/// Trains `seeds` models in different orders and gives their mean.
pub fn mean<E: Sync>(
    examples: &[E],
    fresh: impl Fn() -> Weights,
    mut step: impl FnMut(&mut Weights, &E),
    settings: Settings,
) -> Weights {
    let mut mean = fresh();
    for seed in 0..settings.seeds {
        let mut weights = fresh();
        let mut random = crate::perceptron::Random(seed + 1);
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for _ in 0..settings.epochs {
            random.shuffle(&mut order);
            order.iter().for_each(|&i| step(&mut weights, &examples[i]));
        }
        mean.approach(&weights, 1.0 / (seed + 1) as f32);
    }
    mean
}

/// A step of a choice of one class (log-linear).
pub fn choose(weights: &mut Weights, example: &Example) {
    let mut sums = vec![0.0; weights.classes];
    weights.add(&example.rows, &mut sums);
    let possible = |c: usize| example.possible >> c & 1 == 1;
    let top = (0..sums.len()).filter(|&c| possible(c)).map(|c| sums[c]).fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for (c, s) in sums.iter_mut().enumerate() {
        *s = if possible(c) { (*s - top).exp() } else { 0.0 };
        total += *s;
    }
    for (c, s) in sums.iter_mut().enumerate() {
        *s = *s / total - (example.right >> c & 1) as f32;
    }
    weights.step(&example.rows, &sums);
}

/// A step of deciding each possible class by itself (logistic).
pub fn decide(weights: &mut Weights, example: &Example) {
    let mut sums = vec![0.0; weights.classes];
    weights.add(&example.rows, &mut sums);
    for (c, s) in sums.iter_mut().enumerate() {
        let possible = example.possible >> c & 1 == 1;
        *s = if possible { 1.0 / (1.0 + (-*s).exp()) - (example.right >> c & 1) as f32 } else { 0.0 };
    }
    weights.step(&example.rows, &sums);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Settings = Settings { rate: 0.5, l1: 0.0, l2: 0.0, epochs: 30, seeds: 2 };

    #[test]
    fn seldom_features_are_left_out() {
        let mut numbering = Numbering::default();
        numbering.count(&[5, 7]);
        numbering.count(&[7, 9]);
        numbering.prune(2);
        assert_eq!((numbering.len(), numbering.rows(&[5, 7, 9])), (1, vec![0]));
    }

    #[test]
    fn a_choice_keeps_to_what_is_possible_and_decisions_are_apart() {
        let example = |rows: &[u32], right, possible| Example { rows: rows.to_vec(), right, possible };
        let examples = [example(&[0], 0b001, 0b011), example(&[1], 0b010, 0b011)];
        let score = |weights: &Weights, row| {
            let mut sums = vec![0.0; 3];
            weights.add(&[row], &mut sums);
            sums
        };
        let chosen = mean(&examples, || Weights::new(2, 3, SETTINGS), choose, SETTINGS);
        assert!(score(&chosen, 0)[0] > score(&chosen, 0)[1] && score(&chosen, 1)[1] > score(&chosen, 1)[0]);
        assert_eq!(score(&chosen, 0)[2], 0.0, "never possible");
        let both = [example(&[0], 0b011, 0b111), example(&[1], 0b100, 0b111)];
        let decided = mean(&both, || Weights::new(2, 3, SETTINGS), decide, SETTINGS);
        assert!(score(&decided, 0)[0] > 0.0 && score(&decided, 0)[1] > 0.0 && score(&decided, 0)[2] < 0.0);
    }
}
