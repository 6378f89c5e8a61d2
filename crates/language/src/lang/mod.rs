//! What differs from language to language: one folder each, with the same file names.

use rustc_hash::{FxHashMap, FxHashSet};
use temoin_model::Lang;

/// The tables of one language, read from `lang/XX/tokens.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Words that end in an apostrophe: `l`, `qu`.
    pub elisions: FxHashSet<String>,
    /// Contractions and the words they stand for: `du` → `de`, `le`.
    pub contractions: FxHashMap<String, Vec<String>>,
    /// Contractions that can also be one word: `des`.
    pub ambiguous: FxHashSet<String>,
    /// Tokens that no other rule may split.
    pub keep: FxHashSet<String>,
    /// Pronouns behind a verb, with their hyphens: `-t-il`.
    pub clitics: FxHashSet<String>,
    /// Beginnings that a hyphen joins to what follows: `anti`. Where there are any, all other
    /// hyphens part words: `well-known` is three tokens.
    pub prefixes: FxHashSet<String>,
    /// Endings that are words of their own: `n't`.
    pub suffixes: Vec<String>,
    /// Units that may stand right behind a number.
    pub units: FxHashSet<String>,
    /// Abbreviations, with their full stop.
    pub abbreviations: FxHashSet<String>,
    /// Abbreviations that something always follows: `m.`.
    pub leading: FxHashSet<String>,
    /// Abbreviations only before a number, other words elsewhere: `no.`.
    pub numbered: FxHashSet<String>,
    /// Words that begin a sentence where they have a capital behind an abbreviation.
    pub starters: FxHashSet<String>,
    /// Words that something always follows: articles, prepositions, conjunctions. A line that ends
    /// with one goes on.
    pub bound: FxHashSet<String>,
    /// Names of the days of the week.
    pub weekdays: FxHashSet<String>,
    /// Prepositions that make a set phrase of a verb and a bare noun: « mettre en cause ».
    pub set_phrases: FxHashSet<String>,
    /// Words that make a whole with the weekday before them: parts of the day, months.
    pub after_weekday: FxHashSet<String>,
    /// Forms of verbs of saying that are inserted into or behind what is said: « …, a affirmé l'ONU ».
    pub saying: FxHashSet<String>,
    /// Nouns of those who speak: « porte-parole ».
    pub speakers: FxHashSet<String>,
}

impl Rules {
    /// The tables of `lang`.
    pub fn builtin(lang: Lang) -> Self {
        Rules::parse(match lang {
            Lang::Fr => include_str!("fr/tokens.tsv"),
            Lang::En => include_str!("en/tokens.tsv"),
        })
    }

    fn parse(table: &str) -> Self {
        let mut rules = Rules::default();
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let mut cols = line.split('\t');
            let (kind, text) = (cols.next().unwrap_or(""), cols.next().unwrap_or("").to_owned());
            match kind {
                "elision" => drop(rules.elisions.insert(text)),
                "contraction" => {
                    let words = cols.next().unwrap_or("").split(' ').map(str::to_owned).collect();
                    rules.contractions.insert(text, words);
                }
                "ambiguous" => drop(rules.ambiguous.insert(text)),
                "keep" => drop(rules.keep.insert(text)),
                "clitic" => drop(rules.clitics.insert(text)),
                "prefix" => drop(rules.prefixes.insert(text)),
                "suffix" => rules.suffixes.push(text),
                "unit" => drop(rules.units.insert(text)),
                "bound" => drop(rules.bound.insert(text)),
                "weekday" => drop(rules.weekdays.insert(text)),
                "set-phrase" => drop(rules.set_phrases.insert(text)),
                "after-weekday" => drop(rules.after_weekday.insert(text)),
                "saying" => drop(rules.saying.insert(text)),
                "speaker" => drop(rules.speakers.insert(text)),
                "abbreviation" => drop(rules.abbreviations.insert(text)),
                "leading" => {
                    rules.abbreviations.insert(text.clone());
                    rules.leading.insert(text);
                }
                "numbered" => drop(rules.numbered.insert(text)),
                "starter" => drop(rules.starters.insert(text)),
                _ => debug_assert!(false, "unknown kind of rule in {line:?}"),
            }
        }
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_table_is_understood() {
        for lang in [Lang::Fr, Lang::En] {
            assert!(!Rules::builtin(lang).abbreviations.is_empty());
        }
        assert_eq!(Rules::builtin(Lang::Fr).contractions["du"], ["de", "le"]);
    }
}
