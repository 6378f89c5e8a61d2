//! Scoring of coreference.

mod assignment;
pub mod corpora;
pub mod matching;
pub mod metrics;
pub mod score;
