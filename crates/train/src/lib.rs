//! Corpora to model files, and the scorers of published corpora.

pub mod analysis;
pub mod conll;
pub mod names;
pub mod perceptron;
