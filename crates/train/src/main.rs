//! Corpora to model files, and scorers.

fn main() {}
