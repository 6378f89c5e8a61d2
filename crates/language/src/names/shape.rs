//! What the letters of a word tell, computed once for each distinct form of an article.

use super::hash;
use super::lexicon::NameLexicon;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// No letter.
    None,
    /// First letter small.
    Lower,
    /// First letter capital, another small.
    Title,
    /// Capitals only, at least two.
    Upper,
    /// One capital letter.
    Letter,
}

/// Hashes of one form.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The form as it is.
    pub exact: u64,
    /// The lower-cased form.
    pub lower: u64,
    /// Letters as `X`, `x`, digits as `0`, others as they are.
    pub long: u64,
    /// The same with repetitions left out.
    pub short: u64,
    /// Lower-cased beginnings of 1 to 4 letters; 0 where the form is shorter.
    pub prefixes: [u64; 4],
    /// Lower-cased endings of 1 to 4 letters; 0 where the form is shorter.
    pub suffixes: [u64; 4],
    /// Writing.
    pub case: Case,
    /// Bits of the lexicon.
    pub bits: u8,
    /// Cluster of the lexicon, plus one; 0 for none.
    pub cluster: u16,
}

impl Shape {
    /// Computes the hashes of `form`.
    pub fn new(form: &str, lexicon: &NameLexicon) -> Self {
        let class = |c: char| match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c => c,
        };
        let (mut long, mut short, mut last) = (hash::exact(""), hash::exact(""), '\0');
        for c in form.chars().map(class) {
            long = hash::join(long, c as u64);
            if c != last {
                short = hash::join(short, c as u64);
                last = c;
            }
        }
        let small: Vec<char> = form.chars().flat_map(char::to_lowercase).collect();
        let n = small.len();
        let mut prefixes = [0; 4];
        let mut suffixes = [0; 4];
        for k in 1..=4.min(n) {
            let fold = |cs: &[char]| cs.iter().fold(k as u64, |h, &c| hash::join(h, c as u64));
            prefixes[k - 1] = fold(&small[..k]);
            suffixes[k - 1] = fold(&small[n - k..]);
        }
        let lower = hash::lower(form);
        Shape {
            exact: hash::exact(form),
            lower,
            long,
            short,
            prefixes,
            suffixes,
            case: case(form),
            bits: lexicon.bits(lower),
            cluster: lexicon.cluster(lower).map_or(0, |c| c + 1),
        }
    }

    /// Whether the form begins with a capital letter, or has one (`eBay`, `d'Artagnan`).
    pub fn is_capitalised(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Letter)
    }
}

fn case(form: &str) -> Case {
    let mut letters = form.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Case::None;
    };
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        if c.is_uppercase() {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    if !first.is_uppercase() {
        // Brand names such as « eBay »: a capital behind a small letter is no common word.
        return if upper > 0 { Case::Title } else { Case::Lower };
    }
    match (upper, lower) {
        (0, 0) => Case::Letter,
        (_, 0) => Case::Upper,
        _ => Case::Title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(form: &str) -> Shape {
        Shape::new(form, &NameLexicon::default())
    }

    #[test]
    fn case_is_seen() {
        let cases = ["2016", "maison", "Odile", "ONU", "M", "iPhone", "Saint-Denis", "«"];
        let want =
            [Case::None, Case::Lower, Case::Title, Case::Upper, Case::Letter, Case::Title, Case::Title, Case::None];
        assert_eq!(cases.map(case), want);
    }

    #[test]
    fn shapes_of_like_forms_are_equal() {
        assert_eq!(shape("Odile").long, shape("Élise").long);
        assert_ne!(shape("Odile").long, shape("Odilon").long);
        assert_eq!(shape("Odile").short, shape("Odilon").short);
        assert_eq!(shape("BORDEAUX").lower, shape("Bordeaux").lower);
        assert_eq!(shape("Brest").suffixes[2], shape("Prest").suffixes[2]);
        assert_eq!(shape("ab").prefixes[2], 0);
    }
}
