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
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "llc",
    "plc",
    "co",
    "company",
    "sa",
    "sas",
    "sarl",
    "ag",
    "gmbh",
    "nv",
    "bv",
    "spa",
    "se",
    "ab",
    "oyj",
    "compagnie",
];
/// Words that a company adds to its name, or leaves out.
const ADDED: [&str; 20] = [
    "airlines",
    "airways",
    "group",
    "groupe",
    "holding",
    "holdings",
    "computer",
    "computers",
    "motors",
    "industries",
    "technologies",
    "systems",
    "electronics",
    "international",
    "bank",
    "banque",
    "energy",
    "pharmaceuticals",
    "studios",
    "telecom",
];
/// Articles before a name.
const ARTICLES: [&str; 11] = ["the", "a", "an", "this", "le", "la", "les", "l", "un", "une", "des"];
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
            drop_while_more(
                &mut words,
                |w| w.first().is_some_and(|w| TITLES.contains(&w.as_str())),
                |w| drop(w.remove(0)),
            );
        } else {
            let article = |w: &[String]| w.first().is_some_and(|w| ARTICLES.contains(&w.as_str()));
            drop_while_more(&mut words, article, |w| drop(w.remove(0)));
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

/// How far words without a recognised name look like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    /// Several words with capitals: « Apple Computer », but also « Supreme Court ».
    Capitals,
    /// A capital inside a word, or a capital with a digit: `iPhone`, `A380`, `787 Dreamliner`.
    Model,
}

/// Whether the words of a description are a name after all. Articles before them do not count.
pub(crate) fn look(text: &str) -> Option<Look> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let from = words.iter().take_while(|w| ARTICLES.contains(&w.to_lowercase().as_str())).count();
    let words = &words[from..];
    let upper = |w: &str| w.chars().any(char::is_uppercase);
    let digit = |w: &str| w.chars().any(|c| c.is_ascii_digit());
    let small = |w: &&&str| !SMALL.contains(&w.to_lowercase().as_str());
    if words.is_empty() || words.len() > 5 || !words.iter().filter(small).all(|w| upper(w) || digit(w)) {
        return None;
    }
    let inner = |w: &&str| w.chars().skip(1).any(char::is_uppercase) && w.chars().any(char::is_lowercase);
    let capitals = words.iter().filter(|w| upper(w)).count();
    match capitals {
        0 => None,
        _ if words.iter().any(|w| inner(w) || digit(w)) => Some(Look::Model),
        1 => None,
        _ => Some(Look::Capitals),
    }
}

impl Name {
    /// The name of a model in the singular: `A380s` is `a380`.
    pub(crate) fn singular(mut self) -> Self {
        if let Some(s) = self.words.last_mut().filter(|w| w.len() > 3 && w.ends_with('s') && !w.ends_with("ss")) {
            s.pop();
        }
        self
    }

    /// The name without the maker in front: `airbus-a380` is `a380`, where `airbus` is one of `makers`.
    pub(crate) fn without(&self, makers: &[Name]) -> Option<Name> {
        let of = |m: &&Name| m.words.len() < self.words.len() && self.words.starts_with(&m.words);
        let maker = makers.iter().filter(of).max_by_key(|m| m.words.len())?;
        let mut words = self.words[maker.words.len()..].to_vec();
        drop_while_more(&mut words, |w| w[0] == "s", |w| drop(w.remove(0)));
        Some(Name { words, acronym: None })
    }

    /// Whether the longer name is the shorter one with words that companies add.
    pub(crate) fn adds_little(&self, other: &Name) -> bool {
        let (short, long) = if self.words.len() < other.words.len() { (self, other) } else { (other, self) };
        let added = &long.words[short.words.len()..];
        !added.is_empty() && long.words.starts_with(&short.words) && added.iter().all(|w| ADDED.contains(&w.as_str()))
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
            if a.words[0] == b.words[0] {
                Persons::Middle
            } else {
                Persons::Initial
            }
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
        x == y
            || (x.len() > 3
                && y.len() > 3
                && x.chars().next() == y.chars().next()
                && strsim::jaro_winkler(x, y) >= SPELLING)
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
    fn models_look_like_names() {
        for (text, how) in [
            ("the iPhone", Some(Look::Model)),
            ("A380s", Some(Look::Model)),
            ("787 Dreamliner", Some(Look::Model)),
            ("Veltronic Computer", Some(Look::Capitals)),
            ("the Supreme Court", Some(Look::Capitals)),
            ("Developers", None),
            ("five new 737 aircraft", None),
            ("l'avion", None),
            ("300", None),
        ] {
            assert_eq!(look(text), how, "{text}");
        }
        let name = |t| Name::new(t, EntityType::Product);
        assert_eq!(name("the A380s").singular().key(), "a380");
        assert_eq!(name("Veltronic's V20").without(&[name("Veltronic")]).unwrap().key(), "v20");
        assert_eq!(name("V20").without(&[name("V20")]), None);
        assert!(
            name("Aerolia").adds_little(&name("Aerolia Airways"))
                && !name("Aerolia").adds_little(&name("Aerolia Corps"))
        );
    }

    #[test]
    fn acronyms_come_from_the_words() {
        let n = Name::new("Organisation du traité de l'Orvanne", EntityType::Organization);
        assert_eq!(n.initials(), ["odtdlo", "oto"]);
        assert_eq!(Name::new("O.T.O.", EntityType::Organization).acronym.as_deref(), Some("oto"));
        assert_eq!(Name::new("Oto", EntityType::Organization).acronym, None);
    }
}
