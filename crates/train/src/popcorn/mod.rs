//! Scoring on POPCORN, French security reports with entities, events and relations (Giordano and
//! others 2024).

pub mod answer;
pub mod data;
pub mod entities;
pub mod errors;
pub mod fine;
pub mod mapping;
pub mod relations;
pub mod score;

use crate::names::score::Counts;

/// Mean of the F1 of several counts, in percent.
fn macro_f1<'a>(counts: impl Iterator<Item = &'a Counts>) -> f64 {
    let all: Vec<f64> = counts.map(|c| c.percent()[2]).collect();
    if all.is_empty() { 0.0 } else { all.iter().sum::<f64>() / all.len() as f64 }
}

/// Counts of several classes as one.
fn micro<'a>(counts: impl Iterator<Item = &'a Counts>) -> Counts {
    let mut sum = Counts::default();
    counts.for_each(|c| sum.add(*c));
    sum
}
