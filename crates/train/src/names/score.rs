//! Exact scores of names: a found name is right when a gold name has the same characters and the
//! same kind. Compared as characters of the article, so that tokens cannot matter.

use super::corpora::{GoldArticle, GoldName, outermost};
use std::collections::BTreeMap;
use std::fmt;
use temoin_model::{Char, NameKind, Span};

/// The kinds that the headline figure is over.
pub const MAIN: [NameKind; 3] = [NameKind::Person, NameKind::Location, NameKind::Organization];

/// Counts behind precision, recall and F1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Names found that are right.
    pub right: usize,
    /// Names found.
    pub found: usize,
    /// Names in the corpus.
    pub gold: usize,
}

impl Counts {
    /// Precision, recall and F1 in percent; 0 where there is nothing to divide by.
    pub fn percent(self) -> [f64; 3] {
        let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
        [ratio(self.right, self.found), ratio(self.right, self.gold), ratio(2 * self.right, self.found + self.gold)]
    }

    /// Adds other counts.
    pub fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// Which gold names count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nested {
    /// All, also those inside another, which a flat tagger cannot find.
    All,
    /// Those not inside another of [`MAIN`] kind (for the other kinds: inside any other).
    Outermost,
}

/// Scores of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    by_kind: BTreeMap<&'static str, Counts>,
}

impl Scores {
    /// Counts one article.
    pub fn add(&mut self, gold: &GoldArticle, found: &[(Span<Char>, NameKind)], nested: Nested) {
        let mut gold_names: Vec<GoldName> = gold.names.clone();
        if nested == Nested::Outermost {
            let is_main = |n: &GoldName| n.kind.is_some_and(|k| MAIN.contains(&k));
            let (main, _): (Vec<_>, Vec<_>) = gold_names.iter().partition(|n| is_main(n));
            let other = outermost(&gold_names).into_iter().filter(|n| !is_main(n));
            gold_names = outermost(&main).into_iter().chain(other).collect();
        }
        let mut open: Vec<(Span<Char>, NameKind)> =
            gold_names.iter().filter_map(|n| n.kind.map(|k| (n.span, k))).collect();
        open.sort_by_key(|n| (n.0, n.1.name()));
        open.dedup();
        for (_, k) in &open {
            self.by_kind.entry(k.name()).or_default().gold += 1;
        }
        for name in found {
            let counts = self.by_kind.entry(name.1.name()).or_default();
            counts.found += 1;
            if let Some(at) = open.iter().position(|g| g == name) {
                open.remove(at);
                counts.right += 1;
            }
        }
    }

    /// Person, Location and Organization together.
    pub fn main(&self) -> Counts {
        let mut sum = Counts::default();
        for kind in MAIN {
            sum.add(self.kind(kind));
        }
        sum
    }

    /// One kind.
    pub fn kind(&self, kind: NameKind) -> Counts {
        self.by_kind.get(kind.name()).copied().unwrap_or_default()
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, c: Counts| {
            let [p, r, f1] = c.percent();
            writeln!(
                f,
                "{name:<14} P {p:5.1}  R {r:5.1}  F1 {f1:5.1}  ({} right, {} found, {} gold)",
                c.right, c.found, c.gold
            )
        };
        for (name, counts) in &self.by_kind {
            line(name, *counts)?;
        }
        line("P+L+O", self.main())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use NameKind::{Location, Organization, Person};

    fn gold() -> GoldArticle {
        let name = |a, b, k| GoldName { span: Span::new(a, b), kind: Some(k) };
        GoldArticle {
            names: vec![name(0, 20, Organization), name(15, 20, Location), name(30, 34, Person)],
            ..Default::default()
        }
    }

    #[test]
    fn span_and_kind_must_both_agree() {
        let found = [(Span::new(0, 20), Organization), (Span::new(30, 33), Person), (Span::new(30, 34), Location)];
        let mut s = Scores::default();
        s.add(&gold(), &found, Nested::All);
        assert_eq!(s.main(), Counts { right: 1, found: 3, gold: 3 });
        assert_eq!(s.kind(Person), Counts { right: 0, found: 1, gold: 1 });
    }

    #[test]
    fn inner_names_can_be_left_out() {
        let found = [(Span::new(0, 20), Organization), (Span::new(30, 34), Person)];
        let mut s = Scores::default();
        s.add(&gold(), &found, Nested::Outermost);
        assert_eq!(s.main(), Counts { right: 2, found: 2, gold: 2 });
        assert_eq!(s.main().percent(), [100.0; 3]);
    }

    #[test]
    fn a_name_found_twice_is_right_once() {
        let mut s = Scores::default();
        s.add(&gold(), &[(Span::new(30, 34), Person); 2], Nested::All);
        assert_eq!(s.kind(Person), Counts { right: 1, found: 2, gold: 1 });
    }

    #[test]
    fn nothing_gives_zero_not_a_division_by_it() {
        assert_eq!(Counts::default().percent(), [0.0; 3]);
    }
}
