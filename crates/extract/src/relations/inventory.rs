//! The relation inventory: reading `relations.toml` and files of the same form.

use super::errors::RelationsError;
use super::frame::{Frame, Pos, Role, Trigger, TypeSet};
use super::grammar::Grammars;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use temoin_model::{EntityType, Lang};
use toml::Spanned;

const BUILTIN: &str = include_str!("../../../../data/lexicon/relations.toml");

/// Whether a relation happens, holds, or has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelationKind {
    /// Something that happens.
    Event,
    /// Something that holds.
    State,
    /// Something that has a value.
    Attribute,
}

/// One relation of the inventory.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Canonical name: `deployedTo`.
    pub name: String,
    /// Kind.
    pub kind: RelationKind,
    /// Label in French.
    pub label_fr: String,
    /// Label in English.
    pub label_en: String,
    /// PLOVER category and mode: `MOBILIZE/troops`.
    pub plover: Option<String>,
    /// CAMEO code or codes.
    pub cameo: Option<String>,
    /// Wikidata property.
    pub wikidata: Option<String>,
    /// Types that the subject usually has.
    pub(super) domain: TypeSet,
    /// Types that the object usually has.
    pub(super) range: TypeSet,
    /// Relations that are not claimed from a word when this one is.
    pub(super) beats: Vec<String>,
    /// Whether a group that does it does it for those it belongs to.
    pub(super) affiliated: bool,
    /// Sentences with the claim they must give.
    pub examples: Vec<Example>,
    /// Sentences that must not give this relation.
    pub counterexamples: Vec<(Lang, String)>,
}

impl Relation {
    /// Types that the subject usually has; empty where it may have any.
    pub fn subject_types(&self) -> Vec<EntityType> {
        self.domain.types()
    }

    /// Types that the object usually has; empty where it may have any, or is no entity.
    pub fn object_types(&self) -> Vec<EntityType> {
        self.range.types()
    }
}

/// A sentence and the claim that it must give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Language of the sentence.
    pub lang: Lang,
    /// The sentence.
    pub text: String,
    /// Part of the subject's label, `?` for the unknown agent.
    pub subject: String,
    /// Part of the object's label or words.
    pub object: String,
}

/// (Frame, trigger) pairs by the lemma of the trigger's head.
type ByLemma = FxHashMap<String, Vec<(usize, usize)>>;

/// The relation inventory with its frames.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    pub(super) relations: Vec<Relation>,
    pub(super) by_name: BTreeMap<String, usize>,
    pub(super) frames: Vec<Frame>,
    pub(super) grammars: Grammars,
    /// Lemmas of regular French verbs by form.
    forms: FxHashMap<String, String>,
    /// Frames by language, part of speech and lemma of the trigger's head: (frame, trigger).
    index: FxHashMap<(Lang, Pos), ByLemma>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRelation {
    kind: Option<RelationKind>,
    label: Option<RawLabel>,
    plover: Option<String>,
    cameo: Option<String>,
    wikidata: Option<String>,
    domain: Option<Spanned<Vec<String>>>,
    range: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    beats: Vec<String>,
    #[serde(default)]
    affiliated: bool,
    #[serde(default)]
    frames: RawFrames,
    #[serde(default)]
    examples: RawByLang<Spanned<Vec<String>>>,
    #[serde(default)]
    counterexamples: RawByLang<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLabel {
    fr: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawByLang<T> {
    #[serde(default = "Vec::new")]
    fr: Vec<T>,
    #[serde(default = "Vec::new")]
    en: Vec<T>,
}

impl<T> Default for RawByLang<T> {
    fn default() -> Self {
        RawByLang { fr: Vec::new(), en: Vec::new() }
    }
}

type RawFrames = RawByLang<Spanned<RawFrame>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    #[serde(default)]
    verb: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
    #[serde(default)]
    adj: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    subject_is: Vec<String>,
    #[serde(default)]
    object_is: Vec<String>,
    #[serde(default)]
    with: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    without: BTreeMap<String, Vec<String>>,
    /// What stands for a missing participant: `unknown` for the subject, `trigger` for the object.
    #[serde(default)]
    agentless: bool,
    #[serde(default)]
    objectless: bool,
    #[serde(default)]
    object_named: bool,
    counted: Option<String>,
    #[serde(default)]
    unit: Vec<String>,
    reliability: Option<f64>,
    #[serde(default)]
    words: Vec<String>,
}

impl Relations {
    /// The inventory that the binary embeds.
    pub fn builtin() -> Self {
        Self::from_toml(BUILTIN).expect("the embedded inventory is tested")
    }

    /// An inventory from a text in the form of `data/lexicon/relations.toml`.
    pub fn from_toml(text: &str) -> Result<Self, RelationsError> {
        let mut out = Relations { grammars: Grammars::builtin(), ..Relations::default() };
        out.extend(text)?;
        Ok(out)
    }

    /// Adds the relations of `text`. A relation that exists already gets the frames as further
    /// frames and keeps what `text` leaves out; a new one needs `kind` and `label`.
    pub fn extend(&mut self, text: &str) -> Result<(), RelationsError> {
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let line_at = |byte: usize| ends.partition_point(|&end| end < byte) + 1;
        let raw: BTreeMap<Spanned<String>, RawRelation> =
            toml::from_str(text).map_err(|e| RelationsError::read(text, &e))?;
        for (name, r) in raw {
            let line = line_at(name.span().start);
            self.add(name.into_inner(), line, r, &line_at)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        name: String,
        line: usize,
        raw: RawRelation,
        line_at: &dyn Fn(usize) -> usize,
    ) -> Result<(), RelationsError> {
        let fail = |line: usize, field: &str, message: String| RelationsError {
            line,
            relation: name.clone(),
            field: field.to_owned(),
            message,
        };
        let types = |field: &str, names: Option<&Spanned<Vec<String>>>| match names {
            None => Ok(TypeSet::ANY),
            Some(s) => TypeSet::parse(s.get_ref()).map_err(|m| fail(line_at(s.span().start), field, m)),
        };
        let ix = match self.by_name.get(&name) {
            Some(&ix) => {
                let r = &mut self.relations[ix];
                r.beats.extend(raw.beats);
                ix
            }
            None => {
                let missing = |field: &str| fail(line, field, "a new relation needs this field".into());
                let label = raw.label.ok_or_else(|| missing("label"))?;
                self.relations.push(Relation {
                    name: name.clone(),
                    kind: raw.kind.ok_or_else(|| missing("kind"))?,
                    label_fr: label.fr,
                    label_en: label.en,
                    plover: raw.plover,
                    cameo: raw.cameo,
                    wikidata: raw.wikidata,
                    domain: types("domain", raw.domain.as_ref())?,
                    range: types("range", raw.range.as_ref())?,
                    beats: raw.beats,
                    affiliated: raw.affiliated,
                    examples: Vec::new(),
                    counterexamples: Vec::new(),
                });
                self.by_name.insert(name.clone(), self.relations.len() - 1);
                self.relations.len() - 1
            }
        };
        for (lang, examples) in [(Lang::Fr, raw.examples.fr), (Lang::En, raw.examples.en)] {
            for e in examples {
                let line = line_at(e.span().start);
                let [text, subject, object] = <[String; 3]>::try_from(e.into_inner())
                    .map_err(|_| fail(line, "examples", "an example is [sentence, subject, object]".into()))?;
                self.relations[ix].examples.push(Example { lang, text, subject, object });
            }
        }
        for (lang, texts) in [(Lang::Fr, raw.counterexamples.fr), (Lang::En, raw.counterexamples.en)] {
            self.relations[ix].counterexamples.extend(texts.into_iter().map(|t| (lang, t)));
        }
        for (lang, frames) in [(Lang::Fr, raw.frames.fr), (Lang::En, raw.frames.en)] {
            for (n, f) in frames.into_iter().enumerate() {
                let line = line_at(f.span().start);
                let rule = format!("{name}.{}.{}", lang.tag(), n + 1);
                let frame =
                    compile(ix, lang, rule, f.into_inner()).map_err(|(field, message)| fail(line, field, message))?;
                for (t, trigger) in frame.triggers.iter().enumerate() {
                    let of_kind = self.index.entry((lang, trigger.pos)).or_default();
                    of_kind.entry(trigger.head.clone()).or_default().push((self.frames.len(), t));
                }
                if lang == Lang::Fr {
                    for t in frame.triggers.iter().filter(|t| t.pos == Pos::Verb) {
                        self.learn_forms(&t.head);
                    }
                }
                self.frames.push(frame);
            }
        }
        Ok(())
    }

    /// Frames whose trigger has this lemma; for verbs, a form of a regular trigger is known also
    /// where the lemma was guessed wrong.
    pub(super) fn entries(&self, lang: Lang, pos: Pos, lemma: &str, form: &str) -> Option<&Vec<(usize, usize)>> {
        let of_kind = self.index.get(&(lang, pos))?;
        let by_lemma = of_kind.get(lemma);
        if by_lemma.is_some() || pos != Pos::Verb || lang != Lang::Fr {
            return by_lemma;
        }
        of_kind.get(self.forms.get(&form.to_lowercase())?)
    }

    /// Remembers the common forms of a regular French verb in « -er ».
    fn learn_forms(&mut self, lemma: &str) {
        const ENDINGS: &[&str] =
            &["e", "es", "ent", "ons", "a", "èrent", "ait", "aient", "é", "ée", "és", "ées", "ant"];
        let Some(stem) = lemma.strip_suffix("er") else { return };
        for e in ENDINGS {
            let hard = e.starts_with(['o', 'a']);
            let stem = match stem.chars().last() {
                Some('g') if hard => format!("{stem}e"),
                Some('c') if hard => format!("{}ç", &stem[..stem.len() - 1]),
                Some('y') if matches!(*e, "e" | "es" | "ent") => format!("{}i", &stem[..stem.len() - 1]),
                _ => stem.to_owned(),
            };
            self.forms.entry(format!("{stem}{e}")).or_insert_with(|| lemma.to_owned());
        }
    }

    /// All relations, in order of name within each file.
    pub fn iter(&self) -> impl Iterator<Item = &Relation> {
        self.relations.iter()
    }

    /// The relation called `name`.
    pub fn get(&self, name: &str) -> Option<&Relation> {
        self.by_name.get(name).map(|&ix| &self.relations[ix])
    }
}

fn compile(relation: usize, lang: Lang, rule: String, raw: RawFrame) -> Result<Frame, (&'static str, String)> {
    let (agent, of) = if lang == Lang::Fr { ("par", "de") } else { ("by", "of") };
    let default_roles = |given: Vec<String>, verb: &[&str], noun: &[&str]| {
        let default = if raw.verb.is_empty() { noun } else { verb };
        if given.is_empty() { default.iter().map(|r| (*r).to_owned()).collect() } else { given }
    };
    let subject = default_roles(raw.subject, &["subject"], &[agent, "actor", "possessive", "governor"]);
    let object = match raw.objectless && raw.object.is_empty() {
        true => Vec::new(),
        false => default_roles(raw.object, &["object"], &[of]),
    };
    let mut triggers = Vec::new();
    for (field, pos, phrases) in
        [("verb", Pos::Verb, raw.verb), ("noun", Pos::Noun, raw.noun), ("adj", Pos::Adj, raw.adj)]
    {
        for p in phrases {
            triggers.push(Trigger::parse(pos, &p).ok_or((field, format!("'{p}' has no word to look for")))?);
        }
    }
    if triggers.is_empty() {
        return Err(("verb", "a frame needs a trigger: 'verb', 'noun' or 'adj'".into()));
    }
    let roles = |field: &'static str, names: &[String]| {
        names.iter().map(|n| Role::parse(n).map_err(|m| (field, m))).collect::<Result<Vec<_>, _>>()
    };
    let conditions = |field: &'static str, map: BTreeMap<String, Vec<String>>| {
        map.into_iter()
            .map(|(k, v)| Role::parse(&k).map(|r| (r, v)).map_err(|m| (field, m)))
            .collect::<Result<Vec<_>, _>>()
    };
    let types = |field: &'static str, names: &[String]| {
        if names.is_empty() { Ok(TypeSet::ANY) } else { TypeSet::parse(names).map_err(|m| (field, m)) }
    };
    let reliability = raw.reliability.unwrap_or(0.9);
    if !(0.0..=1.0).contains(&reliability) {
        return Err(("reliability", "must lie between 0 and 1".into()));
    }
    Ok(Frame {
        relation,
        rule,
        triggers,
        subject: roles("subject", &subject)?,
        object: roles("object", &object)?,
        subject_is: types("subject_is", &raw.subject_is)?,
        object_is: types("object_is", &raw.object_is)?,
        with: conditions("with", raw.with)?,
        without: conditions("without", raw.without)?,
        agentless: raw.agentless,
        objectless: raw.objectless,
        object_named: raw.object_named,
        counted: raw.counted,
        unit: raw.unit,
        words: raw.words,
        reliability,
    })
}
