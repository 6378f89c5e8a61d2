//! One name, one kind: the uses of a name in an article vote for its kind with their scores, because
//! a use without a telling neighbour is often read wrongly (« Neymar » after « à »).

use super::labels::{KINDS, Position, label};
use super::model::Scores;
use super::view::View;
use rustc_hash::FxHashMap;
use temoin_model::{NameKind, NameSpan};

/// Gives the uses of each name the kind that all of them together score highest.
pub fn agree(view: &View, scores: &[Scores], names: &mut [NameSpan]) {
    let mut votes: FxHashMap<Vec<u32>, [f32; KINDS.len()]> = FxHashMap::default();
    let key = |name: &NameSpan| name.tokens.range().map(|i| view.words[i as usize].used).collect::<Vec<_>>();
    for name in names.iter() {
        let votes = votes.entry(key(name)).or_default();
        let n = name.tokens.len();
        for (kind, vote) in votes.iter_mut().enumerate() {
            for (k, i) in name.tokens.range().enumerate() {
                let position = match (k as u32, n) {
                    (0, 1) => Position::Single,
                    (0, _) => Position::Begin,
                    (k, n) if k + 1 == n => Position::End,
                    _ => Position::Inside,
                };
                *vote += scores[i as usize][usize::from(label(kind, position))];
            }
        }
    }
    for name in names {
        let votes = &votes[&key(name)];
        let mut best = 0;
        for (kind, vote) in votes.iter().enumerate() {
            if *vote > votes[best] {
                best = kind;
            }
        }
        name.kind = KINDS[best];
    }
}
