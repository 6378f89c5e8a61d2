//! Types and relations that a model of reports knows.

use super::pairs::Chain;
use std::fmt::Write;
use temoin_language::container::ModelError;

/// Classes of items: those of entities, then those of attributes.
pub const CLASSES: [&str; 12] = [
    "Person",
    "Group",
    "Organization",
    "Place",
    "Product",
    "Event",
    "Category",
    "Time",
    "Quantity",
    "Nationality",
    "Color",
    "Measure",
];

/// Types and relations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// Fine types with the number of their class.
    pub types: Vec<(usize, String)>,
    /// Relations.
    pub relations: Vec<Relation>,
}

/// A relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// Probability from which on it is given.
    pub least: f32,
    /// Whether it holds in both directions at once.
    pub both_ways: bool,
    /// Whether it is of an entity with itself (its sex).
    pub of_itself: bool,
    /// Classes that it holds between: bits of the second by number of the first.
    pub between: [u16; CLASSES.len()],
}

impl Relation {
    /// Whether it may hold between two entities, by their classes.
    pub fn fits(&self, chains: &[Chain], from: usize, to: usize) -> bool {
        self.of_itself == (from == to) && self.between[chains[from].class] >> chains[to].class & 1 == 1
    }
}

impl Inventory {
    /// Whether any relation may hold between two entities.
    pub fn may_relate(&self, chains: &[Chain], from: usize, to: usize) -> bool {
        self.relations.iter().any(|r| r.fits(chains, from, to))
    }

    /// As text: a line for each type and relation.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (class, name) in &self.types {
            let _ = writeln!(out, "type\t{name}\t{class}");
        }
        for r in &self.relations {
            let between: Vec<String> = r.between.iter().map(u16::to_string).collect();
            let flags = u8::from(r.both_ways) + 2 * u8::from(r.of_itself);
            let _ = writeln!(out, "relation\t{}\t{}\t{flags}\t{}", r.name, r.least, between.join(" "));
        }
        out
    }

    /// Reads what [`Inventory::to_text`] wrote.
    ///
    /// # Errors
    /// When a line is not of that form.
    pub fn from_text(text: &str) -> Result<Self, ModelError> {
        let mut out = Inventory::default();
        for line in text.lines() {
            out.line(line).ok_or(ModelError::Damaged("inventory of reports"))?;
        }
        Ok(out)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["type", name, class] => {
                let class = class.parse().ok().filter(|&c: &usize| c < CLASSES.len())?;
                self.types.push((class, name.to_owned()));
            }
            ["relation", name, least, flags, between] => {
                let bits: Vec<u16> = between.split(' ').map(|b| b.parse().ok()).collect::<Option<_>>()?;
                let flags: u8 = flags.parse().ok()?;
                self.relations.push(Relation {
                    name: name.to_owned(),
                    least: least.parse().ok()?,
                    both_ways: flags & 1 == 1,
                    of_itself: flags & 2 == 2,
                    between: bits.try_into().ok()?,
                });
            }
            _ => return None,
        }
        Some(())
    }
}

/// The number of the highest score; of equals, the lowest.
pub fn best(scores: &[Option<f32>]) -> Option<usize> {
    let mut top: Option<(usize, f32)> = None;
    for (i, s) in scores.iter().enumerate().filter_map(|(i, s)| Some((i, (*s)?))) {
        if top.is_none_or(|t| s > t.1) {
            top = Some((i, s));
        }
    }
    top.map(|t| t.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let relation = Relation {
            name: "IS_AT_ODDS_WITH".into(),
            least: 0.35,
            both_ways: true,
            of_itself: false,
            between: [3; CLASSES.len()],
        };
        let inventory =
            Inventory { types: vec![(5, "FIRE".into()), (7, "TIME_EXACT".into())], relations: vec![relation] };
        assert_eq!(Inventory::from_text(&inventory.to_text()), Ok(inventory));
        assert!(Inventory::from_text("type\tFIRE\t40").is_err());
        assert!(Inventory::from_text("kind\tFIRE").is_err());
    }

    #[test]
    fn the_best_of_some() {
        assert_eq!(best(&[None, Some(1.0), Some(2.0), Some(2.0)]), Some(2));
        assert_eq!(best(&[None]), None);
    }
}
