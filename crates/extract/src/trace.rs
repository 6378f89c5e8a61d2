//! Why words that name a relation gave no claim.

use std::fmt;
use temoin_model::{Char, Span};

/// A trigger that gave no claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejection {
    /// Its characters.
    pub trigger: Span<Char>,
    /// The frame that was tried: `killed.fr.1`.
    pub rule: String,
    /// Why it gave nothing.
    pub why: Why,
}

/// Why a frame gave no claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// A word that must or must not stand there does not, or does.
    Condition,
    /// Nothing stands in the subject's place.
    NoSubject,
    /// What stands in the subject's place is of no type that the frame takes.
    SubjectType,
    /// Nothing stands in the object's place.
    NoObject,
    /// What stands in the object's place is of no type that the frame takes, or not named.
    ObjectType,
    /// The claim would be less sure than any that is shown.
    Confidence(f64),
}

impl Why {
    /// A short name: `no subject`.
    pub const fn name(self) -> &'static str {
        match self {
            Why::Condition => "condition not met",
            Why::NoSubject => "no subject",
            Why::SubjectType => "subject of another type",
            Why::NoObject => "no object",
            Why::ObjectType => "object of another type",
            Why::Confidence(_) => "too little confidence",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if let Why::Confidence(c) = self {
            write!(f, " ({c:.2})")?;
        }
        Ok(())
    }
}
