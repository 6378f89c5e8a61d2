//! Scoring of coreference.

mod assignment;
pub mod metrics;
