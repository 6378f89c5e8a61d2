//! Corpora to model files, and the scorers of published corpora.

pub mod analysis;
pub mod conll;
pub mod dense;
pub mod gold;
pub mod names;
pub mod perceptron;
pub mod results;
pub mod scoring;
pub mod speed;
