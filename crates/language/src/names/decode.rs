//! The best well-formed label sequence of a sentence (Viterbi), over whole numbers, so that every
//! machine finds the same one.

use super::labels::{LABELS, OUTSIDE, may_end, may_follow};
use super::model::{Pairs, Scores};

/// For each label, the labels that may come before it.
const BEFORE: [[bool; LABELS]; LABELS] = {
    let mut table = [[false; LABELS]; LABELS];
    let mut to = 0;
    while to < LABELS {
        let mut from = 0;
        while from < LABELS {
            table[to][from] = may_follow(from as u8, to as u8);
            from += 1;
        }
        to += 1;
    }
    table
};

const NEVER: f32 = f32::NEG_INFINITY;

/// Working memory of the search, kept between sentences.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    labels: Vec<u8>,
    /// The best label before each label of each word.
    back: Vec<[u8; LABELS]>,
}

/// The label sequence with the highest sum of word scores and pair scores; of equals, the one with
/// the lower numbers. Time is linear in the number of words.
pub fn best<'a>(scores: &[Scores], pairs: &Pairs, decoder: &'a mut Decoder) -> &'a [u8] {
    let n = scores.len();
    let Decoder { labels, back } = decoder;
    labels.clear();
    labels.resize(n, OUTSIDE);
    if n == 0 {
        return labels;
    }
    back.clear();
    back.resize(n, [0; LABELS]);
    let mut best = [NEVER; LABELS];
    for (l, b) in best.iter_mut().enumerate() {
        if BEFORE[l][usize::from(OUTSIDE)] {
            *b = scores[0][l] + pairs[usize::from(OUTSIDE)][l];
        }
    }
    for i in 1..n {
        let mut next = [NEVER; LABELS];
        for to in 0..LABELS {
            let (mut top, mut from_top) = (NEVER, 0);
            for from in 0..LABELS {
                if BEFORE[to][from] && best[from] + pairs[from][to] > top {
                    top = best[from] + pairs[from][to];
                    from_top = from;
                }
            }
            next[to] = top + scores[i][to];
            back[i][to] = from_top as u8;
        }
        // Only differences count: taking the largest away keeps the sums of long sentences exact.
        let top = next.iter().copied().fold(NEVER, f32::max);
        best = next.map(|s| s - top);
    }
    let (mut last, mut top) = (usize::from(OUTSIDE), NEVER);
    for (l, &b) in best.iter().enumerate() {
        if may_end(l as u8) && b > top {
            (last, top) = (l, b);
        }
    }
    for i in (0..n).rev() {
        labels[i] = last as u8;
        last = usize::from(back[i][last]);
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::super::labels::{Position, label, names};
    use super::*;

    #[test]
    fn the_sequence_is_well_formed_even_where_single_words_would_not_be() {
        let pairs = [[0.0; LABELS]; LABELS];
        let mut scores = vec![[0.0; LABELS]; 3];
        scores[0][usize::from(label(0, Position::Begin))] = 50.0;
        scores[1][usize::from(label(2, Position::End))] = 60.0;
        scores[1][usize::from(label(0, Position::End))] = 40.0;
        scores[2][usize::from(label(1, Position::Inside))] = 90.0;
        let mut decoder = Decoder::default();
        let labels = best(&scores, &pairs, &mut decoder);
        assert_eq!(names(labels).collect::<Vec<_>>(), [(0, 2, 0)]);
    }

    #[test]
    fn a_very_long_sentence_stays_in_range() {
        let mut pairs = [[0.0; LABELS]; LABELS];
        pairs[0][0] = 30_000.0;
        let mut scores = vec![[0.0; LABELS]; 200_000];
        scores.iter_mut().for_each(|s| s[0] = 2_000.0);
        scores[150_000][usize::from(label(1, Position::Single))] = 100_000.0;
        let mut decoder = Decoder::default();
        let labels = best(&scores, &pairs, &mut decoder);
        assert_eq!(names(labels).collect::<Vec<_>>(), [(150_000, 150_001, 1)]);
    }
}
