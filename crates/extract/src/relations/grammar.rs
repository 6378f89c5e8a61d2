//! Closed classes of words of each language, from `grammar.toml`.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;
use temoin_model::Lang;

const BUILTIN: &str = include_str!("../../../../data/lexicon/grammar.toml");

/// Word lists of one language; `grammar.toml` says what each is for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grammar {
    pub(super) agent: String,
    pub(super) of: String,
    pub(super) to: String,
    pub(super) etre_verbs: Vec<String>,
    pub(super) object_control: Vec<String>,
    pub(super) indirect_control: Vec<String>,
    pub(super) saying: Vec<String>,
    pub(super) purpose: Vec<String>,
    pub(super) complex_prepositions: Vec<String>,
    pub(super) light_verbs: Vec<String>,
    pub(super) charges: Vec<String>,
    pub(super) charge_prepositions: Vec<String>,
    pub(super) counting_verbs: Vec<String>,
    pub(super) margins: Vec<String>,
    pub(super) leading_participles: Vec<String>,
    pub(super) holding: Vec<String>,
    pub(super) factive_prepositions: Vec<String>,
    pub(super) empty_nouns: Vec<String>,
    pub(super) partial_nouns: Vec<String>,
    pub(super) open_prepositions: Vec<String>,
    pub(super) receiver_prepositions: Vec<String>,
    pub(super) weak_verbs: Vec<String>,
    pub(super) support_verbs: Vec<String>,
    pub(super) passive_prepositions: Vec<String>,
    pub(super) passive_binds: FxHashMap<String, Vec<String>>,
    pub(super) made_of: Vec<String>,
    pub(super) means_prepositions: Vec<String>,
    pub(super) means_openers: Vec<String>,
    pub(super) instruments: Vec<String>,
    pub(super) copular_verbs: Vec<String>,
    pub(super) phase_verbs: Vec<String>,
    pub(super) headline_passives: Vec<String>,
    pub(super) raising_participles: Vec<String>,
    pub(super) naming_participles: Vec<String>,
    pub(super) reflexive_copulas: Vec<String>,
    pub(super) phrase_verbs: Vec<String>,
    pub(super) phrase_prepositions: Vec<String>,
    pub(super) causing_verbs: Vec<String>,
    pub(super) effect_verbs: Vec<String>,
    pub(super) event_verbs: Vec<String>,
    pub(super) phrase_objects: Vec<String>,
    pub(super) means: Vec<String>,
    pub(super) reflexive_only: Vec<String>,
    pub(super) adjectival_participles: Vec<String>,
    pub(super) cause_prepositions: Vec<String>,
    pub(super) cause_openers: Vec<String>,
    pub(super) purpose_openers: Vec<String>,
    pub(super) place: Vec<String>,
    pub(super) direction: Vec<String>,
}

/// The grammars of all languages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grammars {
    fr: Grammar,
    en: Grammar,
}

impl Grammars {
    pub(super) fn builtin() -> Self {
        toml::from_str(BUILTIN).expect("the embedded grammar is tested")
    }

    pub(super) fn of(&self, lang: Lang) -> &Grammar {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// Whether a verb nearly always has an object or a clause for one.
pub(super) fn is_transitive(lang: Lang, lemma: &str) -> bool {
    type Words = FxHashSet<&'static str>;
    static FR: LazyLock<Words> = LazyLock::new(|| listed(include_str!("../../../../data/lexicon/fr/transitive.txt")));
    static EN: LazyLock<Words> = LazyLock::new(|| listed(include_str!("../../../../data/lexicon/en/transitive.txt")));
    fn listed(text: &'static str) -> Words {
        text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect()
    }
    match lang {
        Lang::Fr => FR.contains(lemma),
        Lang::En => EN.contains(lemma),
    }
}

/// Whether a list holds a word.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|w| w == word)
}
