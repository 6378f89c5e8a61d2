//! Literal values found in text: quantities and times.

use crate::span::{Char, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How exactly a quantity is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Precision {
    /// « 18 »
    Exact,
    /// « environ 2 000 », « un millier »
    About,
    /// « au moins 30 », « plus de 30 »
    AtLeast,
    /// « au plus 30 », « moins de 30 »
    AtMost,
    /// « entre 20 et 30 », « 20 à 30 »
    Range,
    /// « des dizaines », « plusieurs »
    Vague,
}

/// A quantity as stated in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The single value where one is stated; none for ranges and vague quantities.
    pub value: Option<f64>,
    /// Least value that agrees with the statement, inclusive.
    pub min: Option<f64>,
    /// Greatest value that agrees with the statement, inclusive.
    pub max: Option<f64>,
    /// How exactly it is stated.
    pub precision: Precision,
    /// Unit: `person`, `percent`, `year`, an ISO 4217 code (`EUR`), a unit symbol (`km`, `t`), or
    /// the lemma of the counted noun.
    pub unit: Option<String>,
    /// The words that state it, as written.
    pub text: String,
    /// Where these words stand.
    pub span: Span<Char>,
}

/// What a time expression was resolved with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeBasis {
    /// The words alone: « 5 janvier 2022 ».
    Explicit,
    /// The publication date: « samedi dernier ».
    Publication,
    /// A date elsewhere in the article: « le lendemain ».
    Document,
}

/// A time expression and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeValue {
    /// Extended Date/Time Format (ISO 8601-2): `2022-01-05`, `2022-01`, `2022-01-04/2022-01-06`.
    pub edtf: String,
    /// First day, inclusive, where it can be known.
    pub start: Option<Date>,
    /// Last day, inclusive, where it can be known.
    pub end: Option<Date>,
    /// The words, as written.
    pub text: String,
    /// Where these words stand.
    pub span: Span<Char>,
    /// What it was resolved with.
    pub basis: TimeBasis,
    /// Name of the rule that read it.
    pub rule: &'static str,
}
