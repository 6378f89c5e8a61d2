//! Training of a layer of mentions: a linear-chain conditional random field (Lafferty and others
//! 2001), sentence by sentence.

use super::weights::{Numbering, Settings, Weights, mean};
use temoin_extract::reports::labels::{LABELS, OUTSIDE, Scores, may_follow};
use temoin_extract::reports::model::{Layer, UNIT};

/// A sentence: numbers of the features of each word, and its labels.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Features of each word.
    pub rows: Vec<Vec<u32>>,
    /// Label of each word.
    pub labels: Vec<usize>,
}

/// Pairs of labels that may follow each other.
fn legal() -> Vec<(usize, usize)> {
    let all = (0..LABELS).flat_map(|from| (0..LABELS).map(move |to| (from, to)));
    all.filter(|&(from, to)| may_follow(from, to)).collect()
}

/// Trains a layer. The pairs of labels are features too, the last ones: one for each first label.
pub fn train(sentences: &[Sentence], numbering: &Numbering, settings: Settings) -> Layer {
    let n = numbering.len();
    let fresh = || Weights::new(n + LABELS, LABELS, settings);
    let legal = legal();
    let weights = mean(sentences, fresh, |w, s| step(w, s, n as u32, &legal), settings);
    let mut pairs = Box::new([[0.0; LABELS]; LABELS]);
    for (from, row) in pairs.iter_mut().enumerate() {
        weights.add(&[(n + from) as u32], row);
        row.iter_mut().for_each(|w| *w = (*w * UNIT).round().clamp(-32_000.0, 32_000.0));
    }
    Layer { words: weights.finish(numbering, UNIT, 4), pairs }
}

fn step(weights: &mut Weights, sentence: &Sentence, first_pair: u32, legal: &[(usize, usize)]) {
    let n = sentence.labels.len();
    let mut pairs = [[0.0f32; LABELS]; LABELS];
    for (from, row) in pairs.iter_mut().enumerate() {
        weights.add(&[first_pair + from as u32], row);
        for (to, w) in row.iter_mut().enumerate() {
            *w = if may_follow(from, to) { w.exp() } else { 0.0 };
        }
    }
    let mut words = vec![[0.0f32; LABELS]; n];
    for (sums, rows) in words.iter_mut().zip(&sentence.rows) {
        weights.add(rows, sums);
        let top = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        sums.iter_mut().for_each(|s| *s = (*s - top).exp().max(1e-30));
    }
    let (forward, backward) = sums(&words, &pairs, legal);
    let mut of_pairs = [[0.0f32; LABELS]; LABELS];
    let mut before: Scores = start();
    for i in 0..n {
        let mut p: Scores = std::array::from_fn(|l| forward[i][l] * backward[i][l]);
        let total: f32 = p.iter().sum();
        if total <= 0.0 || !total.is_finite() {
            return;
        }
        let behind: Scores = std::array::from_fn(|to| words[i][to] * backward[i][to]);
        let joint = |&(from, to): &(usize, usize)| before[from] * pairs[from][to] * behind[to];
        let all: f32 = legal.iter().map(joint).sum();
        legal.iter().for_each(|pair| of_pairs[pair.0][pair.1] += joint(pair) / all);
        let last = if i == 0 { OUTSIDE } else { sentence.labels[i - 1] };
        of_pairs[last][sentence.labels[i]] -= 1.0;
        p.iter_mut().for_each(|x| *x /= total);
        p[sentence.labels[i]] -= 1.0;
        weights.step(&sentence.rows[i], &p);
        before = forward[i];
    }
    for (from, gradient) in of_pairs.iter().enumerate() {
        weights.step(&[first_pair + from as u32], gradient);
    }
}

fn start() -> Scores {
    std::array::from_fn(|l| f32::from(u8::from(l == OUTSIDE)))
}

/// Forward and backward sums, each word scaled to 1.
fn sums(words: &[Scores], pairs: &[Scores; LABELS], legal: &[(usize, usize)]) -> (Vec<Scores>, Vec<Scores>) {
    let scaled = |mut s: Scores| {
        let total: f32 = s.iter().sum();
        s.iter_mut().for_each(|x| *x /= total.max(1e-30));
        s
    };
    let mut forward = Vec::with_capacity(words.len());
    let mut last = start();
    for word in words {
        let mut sum = [0.0; LABELS];
        legal.iter().for_each(|&(from, to)| sum[to] += last[from] * pairs[from][to]);
        last = scaled(std::array::from_fn(|to| sum[to] * word[to]));
        forward.push(last);
    }
    let mut backward = vec![[0.0; LABELS]; words.len()];
    let mut next: Scores = std::array::from_fn(|l| f32::from(u8::from(may_follow(l, OUTSIDE))));
    for (word, slot) in words.iter().zip(&mut backward).rev() {
        *slot = next;
        let mut sum = [0.0; LABELS];
        legal.iter().for_each(|&(from, to)| sum[from] += pairs[from][to] * word[to] * next[to]);
        next = scaled(sum);
    }
    (forward, backward)
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_extract::reports::labels::{best, label, spans};

    #[test]
    fn a_mention_is_learned_from_its_first_and_last_word() {
        let mut numbering = Numbering::default();
        let (first, last, other) = (11, 12, 13);
        numbering.count(&[first, last, other]);
        numbering.prune(1);
        let labels = vec![OUTSIDE, label(2, 0, 2), label(2, 1, 2), OUTSIDE];
        let words = [other, first, last, other];
        let rows = words.iter().map(|&w| numbering.rows(&[w])).collect();
        let settings = Settings { rate: 0.5, l1: 0.0, l2: 0.0, epochs: 40, seeds: 1 };
        let layer = train(&[Sentence { rows, labels }], &numbering, settings);
        let score = |w: &u32| {
            let mut sum = [0i32; LABELS];
            layer.words.add(&[*w], &mut sum);
            sum.map(|w| w as f32)
        };
        let scores: Vec<Scores> = [first, last, other, first, last].iter().map(score).collect();
        assert_eq!(spans(&best(&scores, &layer.pairs)), [(0, 2, 2), (3, 5, 2)]);
    }
}
