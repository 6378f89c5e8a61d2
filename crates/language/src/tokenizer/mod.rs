//! Text to surface tokens, by rules: elisions, hyphenated pronouns, numbers, abbreviations,
//! addresses. Contractions stay whole here; the trained models decide about them.

mod address;
mod clitics;
mod normal;
mod numbers;
mod scan;
mod surface;
#[cfg(test)]
mod tests;
mod words;

pub use normal::{compose, is_apostrophe, normalize};
pub(crate) use normal::{composed, is_composed};
pub use scan::tokenize;
pub use surface::{Gap, Surface};
