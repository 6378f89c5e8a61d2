//! Word lists: what kind of thing a noun names, titles, descriptions and what they may stand for.

use super::gazetteer::{Gender, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use temoin_model::{Document, EntityType, Lang};

/// Kinds of nouns, as a set of flags: « soldat » is a person, « soldats » are a force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NounClass(u16);

macro_rules! classes {
    ($($name:ident $text:literal $bit:literal),* $(,)?) => {
        impl NounClass {
            $(pub(crate) const $name: NounClass = NounClass(1 << $bit);)*
            fn parse(s: &str) -> Option<NounClass> {
                match s { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}
classes! {
    PERSON "person" 0, GROUP "group" 1, FORCE "force" 2, POLICE "police" 3, AUTHORITY "authority" 4,
    ORG "org" 5, PLACE "place" 6, COUNTRY "country" 7, VEHICLE "vehicle" 8, PRODUCT "product" 9,
    EVENT "event" 10, WORK "work" 11, TIME "time" 12, MEASURE "measure" 13,
    PREPOSITION "preposition" 14, FRAME "frame" 15,
}

impl NounClass {
    pub(crate) fn has(self, other: NounClass) -> bool {
        self.0 & other.0 != 0
    }

    /// The flags as a number, for features.
    pub(crate) fn bits(self) -> u16 {
        self.0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Entity type of a noun of this class.
    pub(crate) fn entity_type(self, plural: bool) -> EntityType {
        if self.has(Self::FORCE) && (plural || !self.has(Self::PERSON)) {
            return if plural { EntityType::Group } else { EntityType::Organization };
        }
        if self.has(Self::PERSON) {
            return if plural { EntityType::Group } else { EntityType::Person };
        }
        if self.has(Self::GROUP) {
            EntityType::Group
        } else if self.has(NounClass(Self::POLICE.0 | Self::AUTHORITY.0 | Self::ORG.0)) {
            EntityType::Organization
        } else if self.has(NounClass(Self::PLACE.0 | Self::COUNTRY.0)) {
            EntityType::Place
        } else if self.has(NounClass(Self::VEHICLE.0 | Self::PRODUCT.0)) {
            EntityType::Product
        } else if self.has(Self::EVENT) {
            EntityType::Event
        } else if self.has(Self::WORK) {
            EntityType::Work
        } else {
            EntityType::Thing
        }
    }
}

/// What a title says of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Title {
    /// Head of state; of an organisation, its leader.
    State,
    Government,
    Monarch,
    Leads,
    Post,
}

pub(crate) struct Lexicon {
    nouns: FxHashMap<&'static str, (NounClass, Option<Gender>)>,
    /// First words of compound nouns (folded) → the whole (folded) and its class.
    compounds: FxHashMap<String, Vec<(String, NounClass)>>,
    titles: FxHashMap<&'static str, Vec<(Vec<&'static str>, Title)>>,
    hyponyms: FxHashMap<&'static str, FxHashSet<String>>,
    first_names: FxHashMap<&'static str, Gender>,
    seat_verbs: FxHashSet<&'static str>,
    seat_nouns: FxHashSet<&'static str>,
    seat_cases: FxHashSet<&'static str>,
}

macro_rules! tables {
    ($lang:literal) => {
        Tables {
            nouns: include_str!(concat!("../../../../data/lexicon/", $lang, "/nouns.tsv")),
            compounds: include_str!(concat!("../../../../data/lexicon/", $lang, "/compounds.tsv")),
            titles: include_str!(concat!("../../../../data/lexicon/", $lang, "/titles.tsv")),
            hyponyms: include_str!(concat!("../../../../data/lexicon/", $lang, "/hyponyms.tsv")),
            seats: include_str!(concat!("../../../../data/lexicon/", $lang, "/seats.tsv")),
        }
    };
}

/// The word lists of one language.
struct Tables {
    nouns: &'static str,
    compounds: &'static str,
    titles: &'static str,
    hyponyms: &'static str,
    seats: &'static str,
}

static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(&tables!("fr")));
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(&tables!("en")));

fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

fn singular(word: &str) -> &str {
    word.strip_suffix(['s', 'x']).unwrap_or(word)
}

impl Lexicon {
    /// The word lists of the language of a document.
    pub(crate) fn of(doc: &Document) -> &'static Lexicon {
        match doc.meta.lang {
            Lang::Fr => &FRENCH,
            Lang::En => &ENGLISH,
        }
    }

    fn load(tables: &Tables) -> Lexicon {
        let mut lex = Lexicon {
            nouns: FxHashMap::default(),
            compounds: FxHashMap::default(),
            titles: FxHashMap::default(),
            hyponyms: FxHashMap::default(),
            first_names: FxHashMap::default(),
            seat_verbs: FxHashSet::default(),
            seat_nouns: FxHashSet::default(),
            seat_cases: FxHashSet::default(),
        };
        for (class, rest) in lines(tables.nouns) {
            let (Some(class), Some((gender, words))) = (NounClass::parse(class), rest.split_once('\t')) else {
                continue;
            };
            let gender = match gender {
                "m" => Some(Gender::Masc),
                "f" => Some(Gender::Fem),
                _ => None,
            };
            for word in words.split_whitespace() {
                let slot = lex.nouns.entry(word).or_insert((NounClass::default(), gender));
                slot.0.0 |= class.0;
                if slot.1 != gender {
                    slot.1 = None;
                }
            }
        }
        for (class, phrases) in lines(tables.compounds) {
            let class = NounClass::parse(class).unwrap_or_default();
            for phrase in phrases.split('\t') {
                let first = phrase.split(' ').next().unwrap_or(phrase);
                lex.compounds.entry(singular(&fold(first)).into()).or_default().push((fold(phrase), class));
            }
        }
        for (title, kind) in lines(tables.titles) {
            let kind = match kind {
                "state" => Title::State,
                "government" => Title::Government,
                "monarch" => Title::Monarch,
                "leads" => Title::Leads,
                _ => Title::Post,
            };
            let mut words = title.split(' ');
            let first = words.next().unwrap_or(title);
            lex.titles.entry(first).or_default().push((words.collect(), kind));
        }
        #[allow(clippy::iter_over_hash_type)] // each is sorted by itself
        for of in lex.titles.values_mut() {
            of.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        }
        for (description, covers) in lines(tables.hyponyms) {
            lex.hyponyms.entry(description).or_default().extend(covers.split_whitespace().map(fold));
        }
        for (gender, names) in lines(include_str!("../../../../data/lexicon/first_names.tsv")) {
            let gender = if gender == "f" { Gender::Fem } else { Gender::Masc };
            lex.first_names.extend(names.split(' ').map(|n| (n, gender)));
        }
        for (kind, words) in lines(tables.seats) {
            let set = match kind {
                "verb" => &mut lex.seat_verbs,
                "noun" => &mut lex.seat_nouns,
                _ => &mut lex.seat_cases,
            };
            set.extend(words.split_whitespace());
        }
        lex
    }

    /// Class and gender of a noun, by its lemma or its form.
    pub(crate) fn noun(&self, lemma: &str, form: &str) -> (NounClass, Option<Gender>) {
        if let Some(&hit) = self.nouns.get(lemma) {
            return hit;
        }
        let form = form.to_lowercase();
        let stem = form.strip_suffix(['s', 'x']).unwrap_or(&form);
        self.nouns.get(form.as_str()).or_else(|| self.nouns.get(stem)).copied().unwrap_or_default()
    }

    /// The compound noun that `next` spells, given its first word: words are joined one by one until
    /// the whole is found. Returns how many words it has, and its class.
    pub(crate) fn compound(&self, words: &[&str]) -> Option<(usize, NounClass)> {
        let first = fold(words.first()?);
        let of = self.compounds.get(singular(&first))?;
        // As written, and with a first word in the singular: « forces spéciales », "news agency".
        let mut so_far = [first.clone(), singular(&first).to_owned()];
        let mut best = None;
        for (i, w) in words.iter().enumerate() {
            if i > 0 {
                let word = fold(w);
                for s in &mut so_far {
                    s.push('-');
                    s.push_str(&word);
                }
            }
            let same = |p: &str, s: &str| p == s || i > 0 && singular(p) == singular(s);
            let found = of.iter().find(|(p, _)| so_far.iter().any(|s| same(p, s)));
            best = found.map(|&(_, class)| (i + 1, class)).or(best);
        }
        best.filter(|&(n, _)| n > 1 || words[0].contains('-'))
    }

    /// The longest title that starts with `lemma` and goes on with `next`, and how many words follow.
    pub(crate) fn title(&self, lemma: &str, next: &[&str]) -> Option<(Title, usize)> {
        let of = self.titles.get(lemma)?;
        of.iter().find(|(w, _)| next.len() >= w.len() && w[..] == next[..w.len()]).map(|(w, t)| (*t, w.len()))
    }

    /// Whether the description `noun` may stand for something called `other` (folded words).
    pub(crate) fn covers(&self, noun: &str, other: &str) -> bool {
        self.hyponyms.get(noun).is_some_and(|set| set.contains(other))
    }

    /// Whether `noun` is a description that stands for other nouns.
    pub(crate) fn describes(&self, noun: &str) -> bool {
        self.hyponyms.contains_key(noun)
    }

    /// Gender of the person called `name`, by the first name.
    pub(crate) fn gender_of_name(&self, name: &str) -> Option<Gender> {
        let key = fold(name.split(' ').next()?);
        let of = |k: &str| self.first_names.get(k).copied();
        of(&key).or_else(|| of(key.split('-').next()?))
    }

    pub(crate) fn is_seat_verb(&self, lemma: &str) -> bool {
        self.seat_verbs.contains(lemma)
    }

    pub(crate) fn is_seat_noun(&self, lemma: &str) -> bool {
        self.seat_nouns.contains(lemma)
    }

    pub(crate) fn is_seat_case(&self, lemma: &str) -> bool {
        self.seat_cases.contains(lemma)
    }
}
