//! What the learned stages look at in a word, hashed once per word.

use crate::linear::{bytes, text};
use crate::tokenizer::{compose, normalize};

/// Hashes of a word and of its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lex {
    /// Form in lower case.
    pub lower: u32,
    /// Last one to five characters in lower case; the whole word where it is shorter.
    pub suffix: [u32; 5],
    /// First one to three characters in lower case.
    pub prefix: [u32; 3],
    /// Shape: capitals, digits, hyphens, length class.
    pub shape: u32,
    /// Whether it starts with a capital.
    pub capital: bool,
    /// Coarse cluster, 0 for none; see [`crate::clusters`].
    pub coarse: u32,
    /// Fine cluster, 0 for none.
    pub fine: u32,
    /// Kinds of word that it can be, 0 for unknown; see [`crate::dictionary`].
    pub kinds: u32,
    /// Stands for all of its readings in the dictionary, 0 for none.
    pub readings: u32,
    /// Number of its set of readings in the dictionary.
    pub set: u16,
}

/// Stands for the places before the first and behind the last word.
pub const EDGE: Lex = Lex {
    lower: 1,
    suffix: [1; 5],
    prefix: [1; 3],
    shape: 1,
    capital: false,
    coarse: 9001,
    fine: 9001,
    kinds: 1 << 20,
    readings: 1,
    set: 0,
};

impl Lex {
    /// The hashes of `form`; `buffer` is scratch space.
    pub fn new(form: &str, buffer: &mut String) -> Self {
        let form = compose(form);
        normalize(&form, buffer);
        let s = buffer.as_str();
        let mut lex = Lex { lower: text(s), shape: shape(&form), ..Lex::default() };
        lex.capital = form.starts_with(char::is_uppercase);
        let mut at = s.len();
        let mut back = s.char_indices().rev();
        for i in 0..5 {
            if let Some((b, _)) = back.next() {
                at = b;
            }
            lex.suffix[i] = bytes(&s.as_bytes()[at..]);
        }
        let mut forth = s.char_indices().skip(1);
        for i in 0..3 {
            let end = forth.next().map_or(s.len(), |(b, _)| b);
            lex.prefix[i] = bytes(&s.as_bytes()[..end]);
        }
        lex
    }
}

/// Kinds of characters in order, runs written once, with the first character apart.
fn shape(form: &str) -> u32 {
    let mut h = 17u32;
    let mut last = 0u8;
    let mut n = 0u32;
    for (i, c) in form.chars().take(40).enumerate() {
        let kind = match c {
            c if c.is_uppercase() => 1,
            c if c.is_alphabetic() => 2,
            c if c.is_ascii_digit() => 3,
            '-' | '–' | '—' | '‑' | '−' => 4,
            '.' | '…' => 5,
            ',' => 6,
            '\'' | '’' => 7,
            _ => 8,
        };
        if kind != last || i == 1 {
            h = h.wrapping_mul(31).wrapping_add(u32::from(kind));
            last = kind;
        }
        n += 1;
    }
    h.wrapping_mul(7).wrapping_add(n.min(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_word() {
        let mut b = String::new();
        let l = Lex::new("Été’s", &mut b);
        assert_eq!(l.lower, text("été's"));
        assert_eq!(l.suffix[1], text("'s"));
        assert_eq!(l.suffix[4], text("été's"));
        assert_eq!(l.prefix[2], text("été"));
        assert!(l.capital);
        assert_eq!(Lex::new("à", &mut b).suffix[4], text("à"));
        assert_eq!(Lex::new("", &mut b).lower, text(""));
    }

    #[test]
    fn shapes_tell_capitals_and_digits() {
        let same = |a, b| shape(a) == shape(b);
        assert!(same("Berlin", "Madrid"));
        assert!(!same("Berlin", "BERLIN") && !same("Berlin", "berlin"));
        assert!(same("2016", "1999") && !same("2016", "20-16"));
    }
}
