//! Known entities: states, places, organisations, with their names in both languages.
//!
//! The tables are embedded as text and read once; a lookup is a binary search over folded names.

use super::labels::english_of_row;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use temoin_model::{Coordinates, EntityType, id::slug, text::is_invisible};

const COUNTRIES: &str = include_str!("../../../../data/lexicon/countries.tsv");
const DEMONYMS: &str = include_str!("../../../../data/lexicon/demonyms.tsv");
const PLACES: &str = include_str!("../../../../data/lexicon/places.tsv");
const REGIONS: &str = include_str!("../../../../data/lexicon/regions.tsv");
const VARIANTS: &str = include_str!("../../../../data/lexicon/variants.tsv");
const PERSONS: &str = include_str!("../../../../data/lexicon/persons.tsv");
const ORGANIZATIONS: &str = include_str!("../../../../data/lexicon/organizations.tsv");

/// Index of a known entity in a [`Gazetteer`].
pub(crate) type KnownIx = u32;

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Masc,
    Fem,
}

/// An entity of the gazetteer.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: Cow<'static, str>,
    pub(crate) kind: EntityType,
    pub(crate) wikidata: Option<Cow<'static, str>>,
    /// French label.
    pub(crate) label: Cow<'static, str>,
    /// English label, where the identifier does not tell which of the names it is.
    pub(crate) english: Option<Cow<'static, str>>,
    /// Other names, as written.
    pub(crate) names: Vec<Cow<'static, str>>,
    /// Identifier of the country around it.
    pub(crate) within: Option<Cow<'static, str>>,
    pub(crate) coordinates: Option<Coordinates>,
    /// Inhabitants in thousands, to choose between places of one name.
    pub(crate) population: u32,
    /// Grammar of the French name of a state.
    pub(crate) gender: Option<Gender>,
    pub(crate) plural: bool,
}

/// Known entities with their names in both languages.
#[derive(Debug, Default)]
pub struct Gazetteer {
    pub(super) known: Vec<Known>,
    /// Folded name, entity, and whether the name counts only where the tagger found one.
    pub(super) names: Vec<(Box<str>, KnownIx, bool)>,
    /// First word of the names that are searched in the text → most words of such a name.
    first_words: FxHashMap<Box<str>, usize>,
    demonyms: FxHashMap<Box<str>, Vec<KnownIx>>,
    seats: FxHashMap<Box<str>, KnownIx>,
}

/// Straight apostrophes, single blanks, no invisible signs.
pub(crate) fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().filter(|&c| !is_invisible(c)) {
        match c {
            '’' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// What two spellings of one name share: letters without case and diacritics.
pub(crate) fn fold(name: &str) -> String {
    let s = slug(name);
    if s.is_empty() { name.to_lowercase() } else { s }
}

/// All letters are upper case, and there are at least two.
pub(crate) fn is_acronym(name: &str) -> bool {
    let mut letters = 0;
    for c in name.chars() {
        if c.is_lowercase() || c.is_whitespace() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 2
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

fn field(row: &[&'static str], i: usize) -> &'static str {
    row.get(i).copied().unwrap_or("")
}

fn some(s: &'static str) -> Option<Cow<'static, str>> {
    (!s.is_empty()).then_some(Cow::Borrowed(s))
}

impl Gazetteer {
    /// The gazetteer that the binary embeds.
    pub fn builtin() -> Self {
        let mut g = Gazetteer::default();
        let mut codes = FxHashMap::default();
        for r in rows(COUNTRIES) {
            let kind = if field(&r, 3) == "C" { EntityType::Country } else { EntityType::Place };
            let ix = g.add(field(&r, 1), kind, field(&r, 2), field(&r, 4), field(&r, 5), "");
            codes.insert(field(&r, 0), ix);
        }
        for r in rows(DEMONYMS) {
            if let Some(&ix) = codes.get(field(&r, 0)) {
                g.add_demonyms(ix, &r);
            }
        }
        for r in rows(ORGANIZATIONS) {
            let kind = match field(&r, 1) {
                "G" => EntityType::Group,
                "E" => EntityType::Event,
                "P" => EntityType::Place,
                "R" => EntityType::Product,
                "W" => EntityType::Work,
                _ => EntityType::Organization,
            };
            let ix = g.add(field(&r, 0), kind, field(&r, 2), field(&r, 3), field(&r, 4), "");
            g.add_names(ix, field(&r, 5));
            g.known[ix as usize].english = Some(english_of_row(g.known[ix as usize].label.clone(), field(&r, 5)));
        }
        for r in rows(PERSONS) {
            g.add(field(&r, 0), EntityType::Person, field(&r, 1), field(&r, 2), field(&r, 3), "");
        }
        for r in rows(REGIONS) {
            g.add(field(&r, 0), EntityType::Place, field(&r, 1), field(&r, 3), field(&r, 4), field(&r, 2));
        }
        let searched = g.known.len();
        for r in rows(PLACES) {
            let ix = g.add(field(&r, 0), EntityType::Place, field(&r, 1), field(&r, 5), field(&r, 6), field(&r, 2));
            let known = &mut g.known[ix as usize];
            known.population = field(&r, 3).parse().unwrap_or(0);
            known.coordinates = Coordinates::parse(field(&r, 7), field(&r, 8));
        }
        let ids: FxHashMap<Cow<'static, str>, KnownIx> =
            g.known.iter().enumerate().map(|(ix, k)| (k.id.clone(), ix as KnownIx)).collect();
        for r in rows(VARIANTS) {
            if let Some(&ix) = ids.get(field(&r, 0)) {
                g.add_names(ix, field(&r, 1));
            }
        }
        g.index(searched);
        g.name_seats();
        g
    }

    /// A seat of government is known by all names of the city: « Moscou », "Moscow".
    fn name_seats(&mut self) {
        let mut further = Vec::new();
        for k in self.known.iter().filter(|k| k.population > 0) {
            let names = || std::iter::once(&k.label).chain(&k.names);
            let state = names().find_map(|n| self.seats.get(fold(n).as_str())).copied();
            if let Some(state) = state.filter(|&s| Some(&self.known(s).id) == k.within.as_ref()) {
                further.extend(names().map(|n| (fold(n).into_boxed_str(), state)));
            }
        }
        self.seats.extend(further);
    }

    fn add(
        &mut self,
        id: &'static str,
        kind: EntityType,
        wikidata: &'static str,
        label: &'static str,
        names: &'static str,
        within: &'static str,
    ) -> KnownIx {
        let ix = self.known.len() as KnownIx;
        self.known.push(Known {
            id: id.into(),
            kind,
            wikidata: some(wikidata),
            label: label.trim_start_matches('~').into(),
            english: None,
            names: Vec::new(),
            coordinates: None,
            within: some(within),
            population: 0,
            gender: None,
            plural: false,
        });
        self.push_name(label, ix);
        self.add_names(ix, names);
        ix
    }

    fn add_names(&mut self, ix: KnownIx, names: &'static str) {
        for name in names.split(['|', ',']).filter(|n| !n.is_empty()) {
            self.push_name(name, ix);
            let name = name.trim_start_matches('~');
            let k = &mut self.known[ix as usize];
            if name != k.label && !k.names.iter().any(|n| n == name) {
                k.names.push(name.into());
            }
        }
    }

    pub(super) fn push_name(&mut self, name: &str, ix: KnownIx) {
        let loose = name.starts_with('~');
        self.names.push((fold(name).into(), ix, loose));
    }

    /// Has a name searched in the text.
    pub(super) fn search_for(&mut self, name: &str) {
        let mut words = name.split([' ', '\'', '-']);
        if let Some(first) = words.next() {
            let n = 2 * words.count() + 2;
            let most = self.first_words.entry(first.into()).or_default();
            *most = n.max(*most);
        }
    }

    fn add_demonyms(&mut self, ix: KnownIx, r: &[&'static str]) {
        let known = &mut self.known[ix as usize];
        let noun = field(r, 1);
        known.gender = match noun.chars().next() {
            Some('m') => Some(Gender::Masc),
            Some('f') => Some(Gender::Fem),
            _ => None,
        };
        known.plural = noun.ends_with('p');
        for adjective in field(r, 2).split(',').filter(|a| !a.is_empty()) {
            for form in adjective.split('/') {
                let plural = if form.ends_with(['s', 'x']) { form.to_owned() } else { format!("{form}s") };
                for f in [form.to_owned(), plural] {
                    let of = self.demonyms.entry(f.into()).or_default();
                    if !of.contains(&ix) {
                        of.push(ix);
                    }
                }
            }
        }
        for english in field(r, 3).split(',').filter(|a| !a.is_empty()) {
            let of = self.demonyms.entry(english.to_lowercase().into()).or_default();
            if !of.contains(&ix) {
                of.push(ix);
            }
        }
        self.add_names(ix, field(r, 4));
        for seat in field(r, 5).split(',').filter(|a| !a.is_empty()) {
            self.seats.insert(fold(seat).into(), ix);
        }
    }

    /// Sorts the names; those of the first `searched` entities are searched in the text too.
    fn index(&mut self, searched: usize) {
        self.names.sort_unstable();
        self.names.dedup();
        let names = |k: &Known| std::iter::once(&k.label).chain(&k.names).map(ToString::to_string).collect::<Vec<_>>();
        let searched: Vec<String> = self.known[..searched].iter().flat_map(names).collect();
        searched.iter().for_each(|name| self.search_for(name));
    }

    pub(crate) fn known(&self, ix: KnownIx) -> &Known {
        &self.known[ix as usize]
    }

    /// The entry with the identifier `id`, one of whose names is `name`.
    pub(crate) fn by_id(&self, id: &str, name: &str) -> Option<&Known> {
        let key = fold(name);
        let from = self.names.partition_point(|(n, ..)| **n < *key);
        let bearers = self.names[from..].iter().take_while(|(n, ..)| **n == *key);
        bearers.map(|&(_, ix, _)| self.known(ix)).find(|k| k.id == id)
    }

    /// Entities that bear `name`, however it is capitalised; acronyms must be written in capitals.
    pub(crate) fn find(&self, name: &str) -> Vec<KnownIx> {
        let key = fold(name);
        let from = self.names.partition_point(|(n, ..)| **n < *key);
        let mut out: Vec<KnownIx> = Vec::new();
        for &(_, ix, _) in self.names[from..].iter().take_while(|(n, ..)| **n == *key) {
            if out.last() != Some(&ix) && self.spelled(ix, name) {
                out.push(ix);
            }
        }
        out
    }

    /// Whether one of the entity's names may be written like `name`.
    fn spelled(&self, ix: KnownIx, name: &str) -> bool {
        let k = self.known(ix);
        let key = fold(name);
        std::iter::once(&k.label).chain(&k.names).any(|n| fold(n) == key && (!is_acronym(n) || is_acronym(name)))
    }

    /// Most words that a searched name starting with `word` can have, if there is one.
    pub(crate) fn longest_from(&self, word: &str) -> Option<usize> {
        self.first_words.get(word).copied()
    }

    /// The entity whose name is exactly `name`, for names that stand for themselves in any text.
    pub(crate) fn exact(&self, name: &str) -> Option<KnownIx> {
        let key = fold(name);
        let from = self.names.partition_point(|(n, ..)| **n < *key);
        self.names[from..].iter().take_while(|(n, ..)| **n == *key).find_map(|&(_, ix, loose)| {
            let k = self.known(ix);
            let same = k.label == name || k.names.iter().any(|n| n == name);
            (!loose && k.population == 0 && same).then_some(ix)
        })
    }

    /// States that a nationality adjective or a demonym belongs to.
    pub(crate) fn demonym(&self, form: &str) -> &[KnownIx] {
        self.demonyms.get(form).map_or(&[], Vec::as_slice)
    }

    /// The state whose government sits at `place`.
    pub(crate) fn seat(&self, place: &str) -> Option<KnownIx> {
        self.seats.get(fold(place).as_str()).copied()
    }
}
