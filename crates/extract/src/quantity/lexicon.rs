//! `data/lexicon/LANG/quantity.toml`, ready for look-up.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use temoin_model::{Lang, Precision};

use crate::numbers::{self, Numbers};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    before: BTreeMap<String, Vec<String>>,
    after: BTreeMap<String, Vec<String>>,
    range: BTreeMap<String, Vec<String>>,
    vague: BTreeMap<String, f64>,
    plural: BTreeMap<String, f64>,
    units: BTreeMap<String, String>,
    glue: BTreeMap<String, Vec<String>>,
    persons: BTreeMap<String, Vec<String>>,
    one: BTreeMap<String, Vec<String>>,
}

/// Words around numbers in one language.
pub(super) struct Lexicon {
    /// Phrases before a number, with blanks around, longest first.
    pub(super) before: Vec<(String, Precision)>,
    /// Phrases behind a number, in the same form.
    pub(super) after: Vec<(String, Precision)>,
    pub(super) before_groups: Vec<String>,
    /// First words of numbers that are no number words.
    first: FxHashSet<String>,
    pub(super) between: FxHashSet<String>,
    pub(super) from: FxHashSet<String>,
    pub(super) and: FxHashSet<String>,
    pub(super) to: FxHashSet<String>,
    pub(super) vague: FxHashMap<String, f64>,
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) units: FxHashMap<String, String>,
    pub(super) of: FxHashSet<String>,
    persons: FxHashSet<String>,
    one: FxHashSet<String>,
    pub(super) numbers: &'static Numbers,
}

/// The words of `lang`.
pub(super) fn of(lang: Lang) -> &'static Lexicon {
    static FR: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(Lang::Fr, include_str!("../../../../data/lexicon/fr/quantity.toml")));
    static EN: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(Lang::En, include_str!("../../../../data/lexicon/en/quantity.toml")));
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

impl Lexicon {
    fn read(lang: Lang, source: &str) -> Self {
        let mut f: File = toml::from_str(source).unwrap_or_else(|e| panic!("quantity.toml of {lang}: {e}"));
        // Nouns for people are known from the lexicon of mentions; the file here adds what is only counted.
        let nouns = match lang {
            Lang::Fr => include_str!("../../../../data/lexicon/fr/nouns.tsv"),
            Lang::En => include_str!("../../../../data/lexicon/en/nouns.tsv"),
        };
        let people = nouns
            .lines()
            .filter_map(|l| l.strip_prefix("person\t"))
            .filter_map(|l| l.split_once('\t'))
            .flat_map(|(_, lemmas)| lemmas.split(' '))
            .filter(|l| !matches!(*l, "numéro" | "titulaire"));
        let before_groups = f.before.remove("vague").unwrap_or_default();
        let groups = before_groups.iter().filter_map(|p| p.split(' ').next()).map(str::to_owned);
        let set = |v: Option<Vec<String>>| v.unwrap_or_default().into_iter().collect::<FxHashSet<_>>();
        Lexicon {
            between: set(f.before.remove("between")),
            from: set(f.before.remove("from")),
            first: groups.chain(f.vague.keys().cloned()).collect(),
            before_groups,
            before: phrases(lang, f.before),
            after: phrases(lang, f.after),
            and: set(f.range.remove("and")),
            to: set(f.range.remove("to")),
            vague: f.vague.into_iter().collect(),
            least: f.plural.get("least").copied().unwrap_or(2.0),
            most: f.plural.get("most").copied().unwrap_or(10.0),
            units: f.units.into_iter().collect(),
            of: set(f.glue.remove("of")),
            persons: set(f.persons.remove("lemmas")).into_iter().chain(people.map(str::to_owned)).collect(),
            one: set(f.one.remove("lemmas")),
            numbers: numbers::of(lang),
        }
    }

    /// Whether a number may begin with `word`: most words are told at once to begin none.
    pub(super) fn begins(&self, word: &str) -> bool {
        word.starts_with(|c: char| c.is_ascii_digit())
            || word.split('-').next().is_some_and(|part| self.numbers.word(part).is_some())
            || self.numbers.word(word).is_some()
            || self.first.contains(word)
    }

    /// Whether a noun with this lemma or form speaks of people.
    pub(super) fn is_person(&self, lemma: &str, form: &str) -> bool {
        contains(&self.persons, lemma, form)
    }

    /// Whether « un » before this noun counts.
    pub(super) fn counts_one(&self, lemma: &str, form: &str) -> bool {
        contains(&self.one, lemma, form)
    }
}

/// By lemma or, since lemmas may be wrong, by the form without a plural or feminine ending.
fn contains(set: &FxHashSet<String>, lemma: &str, form: &str) -> bool {
    let form = form.to_lowercase();
    let singular = form.strip_suffix('s').unwrap_or(&form);
    set.contains(lemma)
        || set.contains(singular)
        || singular.strip_suffix('e').is_some_and(|m| set.contains(m))
        || singular.strip_suffix("ne").is_some_and(|m| set.contains(m))
        || singular.strip_suffix("ère").is_some_and(|m| set.contains(&format!("{m}er")))
        || singular.strip_suffix("trice").is_some_and(|m| set.contains(&format!("{m}teur")))
        || singular.strip_suffix("euse").is_some_and(|m| set.contains(&format!("{m}eur")))
}

fn phrases(lang: Lang, lists: BTreeMap<String, Vec<String>>) -> Vec<(String, Precision)> {
    let mut out: Vec<(String, Precision)> = Vec::new();
    for (kind, words) in lists {
        let precision = match kind.as_str() {
            "about" => Precision::About,
            "at_least" => Precision::AtLeast,
            "at_most" => Precision::AtMost,
            other => panic!("quantity.toml of {lang}: unknown list '{other}'"),
        };
        out.extend(words.into_iter().map(|w| (format!(" {w} "), precision)));
    }
    out.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    out
}
