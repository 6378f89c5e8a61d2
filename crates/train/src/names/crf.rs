//! Training of the linear-chain conditional random field: likelihood of the allowed labels,
//! optimised sentence by sentence with FTRL-Proximal (McMahan et al. 2013), whose L1 term leaves most
//! weights at exactly zero. A word may allow several labels (Tsuboi et al. 2008), where a corpus does
//! not say more. One thread and a fixed order: the same data and seed give the same weights.

use temoin_language::linear::Linear;
use temoin_language::names::labels::{LABELS, OUTSIDE, may_end, may_follow};
use temoin_language::names::model::{NameModel, Pairs};

/// A sentence for training.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Feature numbers of all words.
    pub features: Vec<u32>,
    /// Where the features of each word end.
    pub ends: Vec<u32>,
    /// Labels that each word may have, a bit for each.
    pub allowed: Vec<u32>,
    /// Weight of the sentence.
    pub weight: f32,
}

/// Settings of the optimiser.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Learning rate.
    pub rate: f32,
    /// L1 penalty of feature weights.
    pub l1: f32,
    /// L2 penalty of feature weights.
    pub l2: f32,
}

type Row = [f32; LABELS];

#[derive(Clone, Copy)]
struct Coordinate {
    z: Row,
    root: Row,
}

/// Weights in training.
pub struct Trainer {
    settings: Settings,
    weights: Vec<Row>,
    state: Vec<Coordinate>,
    pairs: [Row; LABELS],
    pair_sums: [Row; LABELS],
    legal: [u32; LABELS],
}

impl Trainer {
    /// Weights of zero for `features` features.
    pub fn new(features: usize, settings: Settings) -> Self {
        let mut legal = [0; LABELS];
        for (from, bits) in legal.iter_mut().enumerate() {
            for to in 0..LABELS {
                *bits |= u32::from(may_follow(from as u8, to as u8)) << to;
            }
        }
        Trainer {
            settings,
            weights: vec![[0.0; LABELS]; features],
            state: vec![Coordinate { z: [0.0; LABELS], root: [0.0; LABELS] }; features],
            pairs: [[0.0; LABELS]; LABELS],
            pair_sums: [[1e-6; LABELS]; LABELS],
            legal,
        }
    }

    /// One step on one sentence; returns its negative log-likelihood.
    pub fn step(&mut self, sentence: &Sentence) -> f32 {
        let n = sentence.ends.len();
        if n == 0 {
            return 0.0;
        }
        let mut scores = vec![[0.0f32; LABELS]; n];
        let mut at = 0;
        for (i, s) in scores.iter_mut().enumerate() {
            for &f in &sentence.features[at..sentence.ends[i] as usize] {
                for (a, w) in s.iter_mut().zip(&self.weights[f as usize]) {
                    *a += w;
                }
            }
            at = sentence.ends[i] as usize;
        }
        let pairs = self.pairs.map(|row| row.map(f32::exp));
        let free = self.marginals(&scores, &pairs, |_| u32::MAX);
        let held = self.marginals(&scores, &pairs, |i| sentence.allowed[i]);
        let (Some(free), Some(held)) = (free, held) else {
            return 0.0;
        };
        at = 0;
        for i in 0..n {
            let mut gradient = [0.0; LABELS];
            for (g, (f, h)) in gradient.iter_mut().zip(free.words[i].iter().zip(&held.words[i])) {
                *g = sentence.weight * (f - h);
            }
            let features = &sentence.features[at..sentence.ends[i] as usize];
            at = sentence.ends[i] as usize;
            if gradient.iter().all(|g| g.abs() < 1e-4) {
                continue;
            }
            for &f in features {
                self.update(f as usize, &gradient);
            }
        }
        for from in 0..LABELS {
            for to in 0..LABELS {
                let g = sentence.weight * (free.pairs[from][to] - held.pairs[from][to]);
                if g != 0.0 {
                    let sum = &mut self.pair_sums[from][to];
                    *sum += g * g;
                    self.pairs[from][to] -= self.settings.rate * g / sum.sqrt();
                }
            }
        }
        (free.log_sum - held.log_sum) * sentence.weight
    }

    #[inline]
    fn update(&mut self, f: usize, gradient: &Row) {
        let Settings { rate, l1, l2 } = self.settings;
        let c = &mut self.state[f];
        let w = &mut self.weights[f];
        for l in 0..LABELS {
            let g = gradient[l];
            let root = (c.root[l] * c.root[l] + g * g).sqrt();
            c.z[l] += g - (root - c.root[l]) / rate * w[l];
            c.root[l] = root;
            let excess = (c.z[l].abs() - l1).max(0.0);
            w[l] = -excess.copysign(c.z[l]) / ((1.0 + root) / rate + l2);
        }
    }

    /// Probabilities of labels and label pairs among the allowed ones (forward-backward); `None`
    /// when no well-formed sequence is allowed.
    fn marginals(&self, scores: &[Row], pairs: &[Row; LABELS], allowed: impl Fn(usize) -> u32) -> Option<Marginals> {
        let n = scores.len();
        let mut potential = vec![[0.0f32; LABELS]; n];
        let mut log_sum = 0.0f32;
        for i in 0..n {
            let bits = allowed(i);
            // The highest allowed score: far behind a forbidden one, an exponential would vanish.
            let within = |l: usize| bits >> l & 1 == 1;
            let top = (0..LABELS).filter(|&l| within(l)).fold(f32::NEG_INFINITY, |m, l| m.max(scores[i][l]));
            log_sum += top;
            for l in 0..LABELS {
                if within(l) {
                    potential[i][l] = (scores[i][l] - top).exp();
                }
            }
        }
        let mut forward = vec![[0.0f32; LABELS]; n];
        let mut scale = vec![1.0f32; n];
        for i in 0..n {
            for to in 0..LABELS {
                let mut sum = 0.0;
                if i == 0 {
                    if self.legal[usize::from(OUTSIDE)] >> to & 1 == 1 {
                        sum = pairs[usize::from(OUTSIDE)][to];
                    }
                } else if potential[i][to] > 0.0 {
                    for from in 0..LABELS {
                        if self.legal[from] >> to & 1 == 1 {
                            sum += forward[i - 1][from] * pairs[from][to];
                        }
                    }
                }
                forward[i][to] = sum * potential[i][to];
                if i + 1 == n && !may_end(to as u8) {
                    forward[i][to] = 0.0;
                }
            }
            let total: f32 = forward[i].iter().sum();
            if total <= 1e-30 || !total.is_finite() {
                return None;
            }
            scale[i] = 1.0 / total;
            log_sum += total.ln();
            forward[i].iter_mut().for_each(|f| *f *= scale[i]);
        }
        let mut backward = [1.0f32; LABELS];
        let mut out = Marginals { words: vec![[0.0; LABELS]; n], pairs: [[0.0; LABELS]; LABELS], log_sum };
        for i in (0..n).rev() {
            for l in 0..LABELS {
                out.words[i][l] = forward[i][l] * backward[l];
            }
            let behind: Row = std::array::from_fn(|to| backward[to] * potential[i][to] * scale[i]);
            let mut next = [0.0f32; LABELS];
            for from in 0..LABELS {
                let before = match i {
                    0 if from == usize::from(OUTSIDE) => 1.0,
                    0 => continue,
                    _ => forward[i - 1][from],
                };
                let mut sum = 0.0;
                for to in 0..LABELS {
                    // The end condition is part of the last word's forward values only.
                    if self.legal[from] >> to & 1 == 1 && (i + 1 < n || may_end(to as u8)) {
                        let p = pairs[from][to] * behind[to];
                        sum += p;
                        out.pairs[from][to] += before * p;
                    }
                }
                next[from] = sum;
            }
            backward = next;
        }
        Some(out)
    }

    /// Moves every weight this share of the way to that of `other`, which has the same features.
    pub fn approach(&mut self, other: &Trainer, share: f32) {
        for (mine, theirs) in self.weights.iter_mut().flatten().zip(other.weights.iter().flatten()) {
            *mine += (theirs - *mine) * share;
        }
        for (mine, theirs) in self.pairs.iter_mut().flatten().zip(other.pairs.iter().flatten()) {
            *mine += (theirs - *mine) * share;
        }
    }

    /// The weights as whole numbers: `unit` steps make 1. `prints` are the features' hashes.
    pub fn finish(&self, prints: &[u32], unit: f32) -> NameModel {
        let round = |w: f32| (w * unit).round().clamp(-32_000.0, 32_000.0) as i16;
        let mut rows: Vec<(u32, Vec<(u16, i16)>)> = Vec::new();
        for (w, &print) in self.weights.iter().zip(prints) {
            let row: Vec<(u16, i16)> =
                w.iter().enumerate().map(|(l, &w)| (l as u16, round(w))).filter(|e| e.1 != 0).collect();
            if !row.is_empty() {
                rows.push((print, row));
            }
        }
        rows.sort_by_key(|r| r.0);
        let pairs: Pairs = self.pairs.map(|row| row.map(|w| f32::from(round(w))));
        NameModel::new(Linear::from_rows(LABELS, &rows), &pairs)
    }
}

struct Marginals {
    words: Vec<Row>,
    pairs: [Row; LABELS],
    log_sum: f32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_language::names::decode::{Decoder, best};
    use temoin_language::names::labels::{Position, label};

    /// Feature 0 stands on the first word of a name, 1 on the last, 2 elsewhere.
    fn sentence(allowed: &[u32]) -> Sentence {
        Sentence { features: vec![2, 0, 1, 2], ends: vec![1, 2, 3, 4], allowed: allowed.to_vec(), weight: 1.0 }
    }

    fn only(l: u8) -> u32 {
        1 << l
    }

    #[test]
    fn a_pattern_is_learned_and_what_is_open_is_filled_in() {
        let (b, e) = (label(1, Position::Begin), label(1, Position::End));
        let full = sentence(&[only(0), only(b), only(e), only(0)]);
        let open = sentence(&[only(0), only(b) | only(0), u32::MAX, only(0)]);
        let mut t = Trainer::new(3, Settings { rate: 0.5, l1: 0.0, l2: 0.0 });
        let first = t.step(&full);
        assert!((first - t.marginal_check()).abs() < 1e-3, "likelihood of a uniform model: {first}");
        let mut last = first;
        for _ in 0..30 {
            last = t.step(&full) + t.step(&open);
        }
        assert!(last < first / 4.0, "{first} → {last}");
        let model = t.finish(&[10, 20, 30], 100.0);
        let scores: Vec<_> = [30, 10, 20, 30].iter().map(|&f| model.sums(&[f]).map(|s| s as f32)).collect();
        assert_eq!(best(&scores, model.pairs(), &mut Decoder::default()), [0, b, e, 0]);
    }

    #[test]
    fn an_impossible_sentence_changes_nothing() {
        let mut t = Trainer::new(3, Settings { rate: 0.5, l1: 0.0, l2: 0.0 });
        let inside = only(label(0, Position::Inside));
        assert_eq!(t.step(&sentence(&[inside; 4])), 0.0);
        assert!(t.weights.iter().flatten().all(|&w| w == 0.0));
    }

    impl Trainer {
        /// Logarithm of the number of well-formed sequences of four words.
        fn marginal_check(&self) -> f32 {
            let mut ways = [0.0f64; LABELS];
            (0..LABELS).for_each(|l| ways[l] = f64::from(may_follow(OUTSIDE, l as u8)));
            for _ in 1..4 {
                let mut next = [0.0; LABELS];
                for (from, w) in ways.iter().enumerate() {
                    (0..LABELS).filter(|&to| may_follow(from as u8, to as u8)).for_each(|to| next[to] += w);
                }
                ways = next;
            }
            (0..LABELS).filter(|&l| may_end(l as u8)).map(|l| ways[l]).sum::<f64>().ln() as f32
        }
    }
}
