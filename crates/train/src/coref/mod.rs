//! Scoring of coreference.

mod assignment;
pub mod corpora;
pub mod errors;
pub mod matching;
pub mod metrics;
pub mod score;
