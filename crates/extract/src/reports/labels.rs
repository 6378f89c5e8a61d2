//! Labels of words: place in a mention and kind, and the best sequence of them.

/// Kinds in one layer of mentions.
pub const KINDS: usize = 6;

/// Number of labels: outside, and four places (begin, inside, end, single) for each kind.
pub const LABELS: usize = 1 + 4 * KINDS;

/// Label of words in no mention.
pub const OUTSIDE: usize = 0;

/// One score for each label.
pub type Scores = [f32; LABELS];

/// Label of word `at` of `length` words of a mention of kind number `kind`.
pub const fn label(kind: usize, at: usize, length: usize) -> usize {
    let place = match (at, length) {
        (_, 1) => 3,
        (0, _) => 0,
        (a, n) if a + 1 == n => 2,
        _ => 1,
    };
    1 + 4 * kind + place
}

/// Whether a mention goes on behind this label, and its kind.
const fn open(label: usize) -> Option<usize> {
    if label != OUTSIDE && (label - 1) % 4 < 2 { Some((label - 1) / 4) } else { None }
}

/// Whether `to` may stand behind `from`. A sequence begins behind [`OUTSIDE`] and ends before it.
pub const fn may_follow(from: usize, to: usize) -> bool {
    let goes_on = to != OUTSIDE && matches!((to - 1) % 4, 1 | 2);
    match open(from) {
        Some(kind) => goes_on && (to - 1) / 4 == kind,
        None => !goes_on,
    }
}

/// The well-formed sequence with the highest sum of the scores of words and of pairs of labels
/// (Viterbi); of equals, the one with the lower numbers.
pub fn best(scores: &[Scores], pairs: &[Scores; LABELS]) -> Vec<usize> {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut sums = [f32::NEG_INFINITY; LABELS];
    sums[OUTSIDE] = 0.0;
    for word in scores {
        let (mut next, mut from_best) = ([f32::NEG_INFINITY; LABELS], [0; LABELS]);
        for to in 0..LABELS {
            for from in (0..LABELS).filter(|&f| may_follow(f, to)) {
                let sum = sums[from] + pairs[from][to] + word[to];
                if sum > next[to] {
                    (next[to], from_best[to]) = (sum, from as u8);
                }
            }
        }
        sums = next;
        back.push(from_best);
    }
    let mut last = OUTSIDE;
    for l in (0..LABELS).filter(|&l| open(l).is_none()) {
        if sums[l] > sums[last] {
            last = l;
        }
    }
    let mut out = vec![OUTSIDE; scores.len()];
    for i in (0..scores.len()).rev() {
        out[i] = last;
        last = usize::from(back[i][last]);
    }
    out
}

/// Mentions in a well-formed sequence: first word, word behind the last, kind.
pub fn spans(labels: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, &l) in labels.iter().enumerate().filter(|(_, l)| **l != OUTSIDE) {
        let (kind, place) = ((l - 1) / 4, (l - 1) % 4);
        if place == 0 || place == 3 {
            start = i;
        }
        if place >= 2 {
            out.push((start, i + 1, kind));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_once_begun_is_ended_with_its_kind() {
        let mut scores = vec![[0.0; LABELS]; 3];
        scores[0][label(0, 0, 2)] = 5.0;
        scores[1][label(1, 1, 2)] = 6.0;
        scores[1][label(0, 1, 2)] = 4.0;
        scores[2][label(1, 1, 3)] = 9.0;
        let labels = best(&scores, &[[0.0; LABELS]; LABELS]);
        assert_eq!(spans(&labels), [(0, 2, 0)]);
    }

    #[test]
    fn every_label_may_stand_in_some_sequence() {
        for l in 0..LABELS {
            assert!((0..LABELS).any(|f| may_follow(f, l)) && (0..LABELS).any(|t| may_follow(l, t)));
        }
    }
}
