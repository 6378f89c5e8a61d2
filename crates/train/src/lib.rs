//! Corpora to model files, and the scorers of published corpora.

/// `println!`, but a reader that has gone away (`| head`) is no error.
#[macro_export]
macro_rules! say {
    ($($arg:tt)*) => {{
        use std::io::Write as _;
        writeln!(std::io::stdout(), $($arg)*).ok();
    }};
}

pub mod analysis;
pub mod conll;
pub mod coref;
pub mod dense;
pub mod gold;
pub mod judged;
pub mod meantime;
pub mod names;
pub mod perceptron;
pub mod popcorn;
pub mod reports;
pub mod results;
pub mod scoring;
pub mod speed;
