//! What two names have in common.

use temoin_model::EntityType;
use temoin_model::id::slug;

/// Titles that are no part of a name.
const TITLES: [&str; 18] = [
    "m", "mm", "mme", "mlle", "mr", "mrs", "ms", "miss", "dr", "pr", "prof", "sir", "lady", "lord", "dame", "maitre",
    "me", "st",
];
/// Legal forms of companies.
const LEGAL: [&str; 22] = [
    "inc", "incorporated", "corp", "corporation", "ltd", "limited", "llc", "plc", "co", "company", "sa", "sas", "sarl",
    "ag", "gmbh", "nv", "bv", "spa", "se", "ab", "oyj", "compagnie",
];
/// Words that give no letter to an acronym and tell no name apart.
const SMALL: [&str; 21] = [
    "the", "of", "and", "for", "in", "on", "de", "du", "des", "la", "le", "les", "l", "d", "et", "pour", "en", "aux",
    "au", "a", "s",
];
/// Likeness of two words from which they may be spellings of one (Jaro–Winkler).
const SPELLING: f64 = 0.9;

/// A name cut into words: lower case, without diacritics, titles or legal forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// The words.
    pub words: Vec<String>,
    /// The letters, where the name is written as an acronym: `OTAN`, `U.S.A.`
    pub acronym: Option<String>,
}

impl Name {
    /// A name of a thing of this kind. A name without Latin letters is one word.
    pub(crate) fn new(text: &str, kind: EntityType) -> Self {
        let latin = slug(text);
        let mut words: Vec<String> = match latin.is_empty() {
            true => vec![text.trim().to_lowercase()],
            false => latin.split('-').map(str::to_owned).collect(),
        };
        if kind == EntityType::Person {
            drop_while_more(&mut words, |w| w.first().is_some_and(|w| TITLES.contains(&w.as_str())), |w| drop(w.remove(0)));
        } else {
            drop_while_more(&mut words, |w| w.first().is_some_and(|w| w == "the"), |w| drop(w.remove(0)));
            drop_while_more(&mut words, |w| w.last().is_some_and(|w| LEGAL.contains(&w.as_str())), |w| drop(w.pop()));
        }
        Name { words, acronym: acronym(text) }
    }

    /// The words with hyphens between them.
    pub(crate) fn key(&self) -> String {
        self.words.join("-")
    }

    /// Last word: of a person the family name, as a rule.
    pub(crate) fn family(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Whether a person is named by more than the family name.
    pub(crate) fn is_full(&self) -> bool {
        self.words.len() > 1
    }

    /// The acronyms that the words make: of all, and without the small words.
    pub(crate) fn initials(&self) -> Vec<String> {
        let of = |all: bool| -> String {
            let words = self.words.iter().filter(|w| all || !SMALL.contains(&w.as_str()));
            words.filter_map(|w| w.chars().next()).collect()
        };
        let mut out: Vec<String> = [of(true), of(false)].into_iter().filter(|a| a.len() > 1).collect();
        out.dedup();
        out
    }
}

fn drop_while_more(words: &mut Vec<String>, is: impl Fn(&[String]) -> bool, cut: impl Fn(&mut Vec<String>)) {
    while words.len() > 1 && is(words) {
        cut(words);
    }
}

fn acronym(text: &str) -> Option<String> {
    let letters: String = text.chars().filter(|c| *c != '.' && *c != ' ').collect();
    let upper = letters.chars().all(|c| c.is_ascii_uppercase()) && (2..=8).contains(&letters.len());
    (upper && !text.trim().contains(' ')).then(|| letters.to_lowercase())
}

/// How two names of persons agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Persons {
    /// The same words, of which there are several.
    Full,
    /// One has an initial.
    Initial,
    /// One has a middle name more.
    Middle,
    /// Each word is spelled nearly the same.
    Spelling,
    /// A full name and its family name alone.
    Family,
    /// The same word, twice alone.
    Short,
    /// They cannot be names of one person, or nothing says so.
    Different,
}

/// Compares names of persons.
pub(crate) fn persons(a: &Name, b: &Name) -> Persons {
    match (a.is_full(), b.is_full()) {
        (false, false) if a.words == b.words => Persons::Short,
        (false, false) => Persons::Different,
        (true, true) if a.words == b.words => Persons::Full,
        (true, true) if a.family() == b.family() && given(a, b) => {
            if a.words[0] == b.words[0] { Persons::Middle } else { Persons::Initial }
        }
        (true, true) if spelled_alike(a, b) => Persons::Spelling,
        (true, true) => Persons::Different,
        (true, false) if ends_with(a, b) => Persons::Family,
        (false, true) if ends_with(b, a) => Persons::Family,
        _ => Persons::Different,
    }
}

fn ends_with(full: &Name, short: &Name) -> bool {
    full.family() == short.family()
}

/// Whether the given names of one are those of the other, some left out or cut to an initial.
fn given(a: &Name, b: &Name) -> bool {
    let (a, b) = (&a.words[..a.words.len() - 1], &b.words[..b.words.len() - 1]);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = |x: &str, y: &str| x == y || (x.len() == 1 && y.starts_with(x)) || (y.len() == 1 && x.starts_with(y));
    let mut rest = long.iter();
    // The first given name has to agree; what lies between may be left out.
    same(&short[0], &long[0]) && short.iter().all(|s| rest.any(|l| same(s, l)))
}

fn spelled_alike(a: &Name, b: &Name) -> bool {
    let alike = |(x, y): (&String, &String)| {
        x == y || (x.len() > 3 && y.len() > 3 && x.chars().next() == y.chars().next() && strsim::jaro_winkler(x, y) >= SPELLING)
    };
    a.words.len() == b.words.len() && a.words.iter().zip(&b.words).all(alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> Name {
        Name::new(text, EntityType::Person)
    }

    #[test]
    fn persons_agree_by_degrees() {
        for (a, b, how) in [
            ("Kassym-Jomart Tokaïev", "Kassym Jomart TOKAIEV", Persons::Full),
            ("É. Marin", "Émile Marin", Persons::Initial),
            ("Anna Kowalska", "Anna Maria Kowalska", Persons::Middle),
            ("Noursoultan Nazarbaïev", "Nursultan Nazarbaiev", Persons::Spelling),
            ("Noursoultan Nazarbaïev", "Nazarbaïev", Persons::Family),
            ("M. Petit", "Petit", Persons::Short),
            ("Kaïrat Nazarbaïev", "Noursoultan Nazarbaïev", Persons::Different),
            ("Jean Petit", "Jean", Persons::Different),
            ("Petit", "Grand", Persons::Different),
        ] {
            assert_eq!(persons(&person(a), &person(b)), how, "{a} / {b}");
            assert_eq!(persons(&person(b), &person(a)), how, "{b} / {a}");
        }
    }

    #[test]
    fn legal_forms_and_articles_do_not_count() {
        let name = |t| Name::new(t, EntityType::Organization).key();
        assert_eq!(name("Veltronic Inc."), name("Veltronic"));
        assert_eq!(name("The Veltronic Company Ltd"), "veltronic");
        assert_eq!(name("SA"), "sa", "a name is never empty");
        assert_eq!(name("東京"), "東京");
    }

    #[test]
    fn acronyms_come_from_the_words() {
        let n = Name::new("Organisation du traité de l'Orvanne", EntityType::Organization);
        assert_eq!(n.initials(), ["odtdlo", "oto"]);
        assert_eq!(Name::new("O.T.O.", EntityType::Organization).acronym.as_deref(), Some("oto"));
        assert_eq!(Name::new("Oto", EntityType::Organization).acronym, None);
    }
}
