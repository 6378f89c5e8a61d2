//! The antecedent ranker: a log-linear model over the candidates of a pronoun and « none of them »
//! (Denis and Baldridge 2007), with one table of weights a language.
//!
//! Features are hashed numbers; inference and training take them from here, so the two cannot drift.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use temoin_model::{Char, Lang, Span, TokenId};

/// How much better than « none » an antecedent must be for a claim, in hundredths of a logit: a wrong
/// antecedent makes a wrong claim, a missing one makes none.
const SURE: i32 = 60;
/// The same where the rules choose it too.
const AGREED: i32 = -200;
/// The same where the rules choose another.
const DISPUTED: i32 = 50;
/// How much worse than « none » it may be to be given at all.
const LIKELY: i32 = -150;
/// How much better than « none » it must be for a description in other words.
const SAME: i32 = 80;

/// What the ranker says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Good enough for claims: the number of the candidate.
    Sure(usize),
    /// More likely than any other, but no claim may rest on it.
    Likely(usize),
    None,
}

/// One choice of an antecedent, as training sees it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The pronoun, or the head of the description.
    pub head: TokenId,
    /// Features of having no antecedent.
    pub none: Vec<u32>,
    /// The candidates, nearest first.
    pub candidates: Vec<Choice>,
}

/// A candidate of a [`Decision`].
#[derive(Clone, Debug)]
pub struct Choice {
    /// Characters of the mention.
    pub span: Span<Char>,
    /// Its head.
    pub head: TokenId,
    /// What speaks for or against it.
    pub features: Vec<u32>,
}

/// Weights by feature, in hundredths of a logit.
#[derive(Debug, Default)]
pub(super) struct Ranker {
    weights: FxHashMap<u32, i16>,
}

static FRENCH: LazyLock<Ranker> =
    LazyLock::new(|| Ranker::parse(include_str!("../../../../data/models/fr.antecedents.tsv")));
static ENGLISH: LazyLock<Ranker> =
    LazyLock::new(|| Ranker::parse(include_str!("../../../../data/models/en.antecedents.tsv")));

impl Ranker {
    /// The ranker of a language.
    pub(super) fn of(lang: Lang) -> &'static Ranker {
        match lang {
            Lang::Fr => &FRENCH,
            Lang::En => &ENGLISH,
        }
    }

    /// A feature in eight hexadecimal digits and its weight a line; lines with `#` are comments.
    fn parse(table: &str) -> Ranker {
        let row = |l: &str| {
            let (feature, weight) = l.split_once('\t')?;
            Some((u32::from_str_radix(feature, 16).ok()?, weight.parse().ok()?))
        };
        Ranker { weights: table.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The sum of the weights of `features`.
    pub(super) fn score(&self, features: &[u32]) -> i32 {
        features.iter().filter_map(|f| self.weights.get(f)).map(|&w| i32::from(w)).sum()
    }

    /// The candidate that a description takes up, if it is plainly better than none.
    pub(super) fn same(none: i32, scores: impl Iterator<Item = i32>) -> Option<usize> {
        best(scores).filter(|b| b.0 > none + SAME).map(|b| b.1)
    }

    /// The verdict on candidates, nearest first, by their scores and that of « none ». `rules` tells
    /// whether the rules choose the same (`Some(true)`), another, or none.
    pub(super) fn judge(
        none: i32,
        scores: impl Iterator<Item = i32>,
        rules: impl Fn(usize) -> Option<bool>,
    ) -> Verdict {
        let Some((score, i)) = best(scores) else { return Verdict::None };
        let least = match rules(i) {
            Some(true) => AGREED,
            Some(false) => DISPUTED,
            None => SURE,
        };
        match score - none {
            above if above > least => Verdict::Sure(i),
            above if above > LIKELY => Verdict::Likely(i),
            _ => Verdict::None,
        }
    }
}

/// The highest score, the first of equals, and its number.
fn best(scores: impl Iterator<Item = i32>) -> Option<(i32, usize)> {
    let mut best: Option<(i32, usize)> = None;
    for (i, s) in scores.enumerate() {
        if best.is_none_or(|(b, _)| s > b) {
            best = Some((s, i));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(scores: &[i32], rules: Option<usize>) -> Verdict {
        Ranker::judge(0, scores.iter().copied(), |i| rules.map(|r| r == i))
    }

    #[test]
    fn the_first_of_the_best_wins_if_it_is_better_than_none() {
        assert_eq!(judge(&[10, 90, 90], None), Verdict::Sure(1));
        assert_eq!(judge(&[-10, -30], None), Verdict::Likely(0));
        assert_eq!(judge(&[-500], None), Verdict::None);
        assert_eq!(judge(&[], None), Verdict::None);
    }

    #[test]
    fn rules_that_agree_make_it_surer_and_rules_that_differ_less_sure() {
        assert_eq!(judge(&[-100, -300], Some(0)), Verdict::Sure(0));
        assert_eq!(judge(&[40, 20], Some(1)), Verdict::Likely(0));
    }

    #[test]
    fn tables_of_both_languages_are_read_whole() {
        for (lang, table) in [
            (Lang::Fr, include_str!("../../../../data/models/fr.antecedents.tsv")),
            (Lang::En, include_str!("../../../../data/models/en.antecedents.tsv")),
        ] {
            let rows = table.lines().filter(|l| !l.starts_with('#')).count();
            assert!(rows > 1000 && Ranker::of(lang).weights.len() == rows, "{lang}: {rows}");
        }
    }
}
