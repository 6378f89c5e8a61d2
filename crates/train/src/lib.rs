//! Corpora to model files, and the scorers of published corpora.

pub mod perceptron;
