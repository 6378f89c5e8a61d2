//! Scoring of coreference.

pub mod antecedents;
mod assignment;
pub mod brat;
pub mod corpora;
pub mod errors;
pub mod matching;
pub mod metrics;
pub mod score;
