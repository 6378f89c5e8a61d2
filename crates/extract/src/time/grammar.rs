//! The rules of `data/lexicon/LANG/time.toml`, compiled: classes become alternatives with a capture.

use regex::{Captures, Regex, RegexSet, RegexSetBuilder};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};
use temoin_model::Lang;

use super::holidays;
use crate::numbers::{self, Numbers};

#[derive(Deserialize)]
struct File {
    parts: BTreeMap<String, BTreeMap<String, [i8; 2]>>,
    words: BTreeMap<String, BTreeMap<String, toml::Value>>,
    prefix: BTreeMap<String, Vec<String>>,
    suffix: BTreeMap<String, String>,
    rule: Vec<RawRule>,
    /// Names of months and weekdays have capitals, so that « may » and « march » are verbs.
    #[serde(default)]
    capitals: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: String,
    op: String,
    #[serde(default)]
    arg: String,
    pattern: Patterns,
    /// The match must be the whole sentence: too ambiguous inside a text.
    #[serde(default)]
    whole: bool,
    /// A lone number that may be a year.
    #[serde(default)]
    bare: bool,
    /// The match must begin with one of these words, or follow a word of `[prefix]`.
    #[serde(default)]
    needs_prefix: String,
    /// The word after the match must not be one of these.
    #[serde(default)]
    not_before: String,
    /// The word before the match must not be one of these.
    #[serde(default)]
    not_after: String,
    /// No match where its last number counts the noun behind it: « vendredi 15 personnes ».
    #[serde(default)]
    no_count: bool,
    /// Only of what is to come: « in ten years » is a length in « the worst flood in ten years ».
    #[serde(default)]
    ahead: bool,
    /// Only in a clause of the past or the future: « in winter » in the present is every winter.
    #[serde(default)]
    tensed: bool,
}

/// One pattern or several that mean the same.
#[derive(Deserialize)]
#[serde(untagged)]
enum Patterns {
    One(String),
    Several(Vec<String>),
}

impl Patterns {
    fn all(&self) -> &[String] {
        match self {
            Patterns::One(p) => std::slice::from_ref(p),
            Patterns::Several(v) => v,
        }
    }
}

/// One compiled rule.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) op: String,
    pub(crate) arg: String,
    pub(crate) whole: bool,
    pub(crate) bare: bool,
    pub(crate) needs_prefix: Vec<String>,
    pub(crate) not_before: Vec<String>,
    pub(crate) not_after: Vec<String>,
    pub(crate) no_count: bool,
    pub(crate) ahead: bool,
    pub(crate) tensed: bool,
    pattern: String,
    regex: OnceLock<Regex>,
}

impl Rule {
    /// Compiled at its first use: a short text needs few of the rules, and all of them take longer
    /// than to read it.
    pub(crate) fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            // The set of all rules, which tells the ones that are needed, has the same pattern.
            Regex::new(&self.pattern).unwrap_or_else(|e| panic!("time.toml, rule {}: {e}", self.name))
        })
    }
}

/// Time expressions of one language.
pub(crate) struct Grammar {
    pub(crate) rules: Vec<Rule>,
    /// Tells which rules match a sentence at all.
    pub(crate) any: RegexSet,
    words: FxHashMap<String, FxHashMap<String, String>>,
    /// Kind of interval and the words that make it, longest first.
    pub(crate) prefixes: Vec<(String, String)>,
    pub(crate) suffix: Regex,
    parts: BTreeMap<String, BTreeMap<String, [i8; 2]>>,
    pub(crate) numbers: &'static Numbers,
    capitals: bool,
}

/// The grammar of `lang`.
pub(crate) fn of(lang: Lang) -> &'static Grammar {
    static FR: LazyLock<Grammar> =
        LazyLock::new(|| Grammar::read(Lang::Fr, include_str!("../../../../data/lexicon/fr/time.toml")));
    static EN: LazyLock<Grammar> =
        LazyLock::new(|| Grammar::read(Lang::En, include_str!("../../../../data/lexicon/en/time.toml")));
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

impl Grammar {
    fn read(lang: Lang, source: &str) -> Self {
        let mut file: File = toml::from_str(source).unwrap_or_else(|e| panic!("time.toml of {lang}: {e}"));
        let feasts = holidays::names(lang).map(|(name, rule)| (name.to_owned(), rule.into())).collect();
        file.words.insert("feast".to_owned(), feasts);
        let numbers = numbers::of(lang);
        let mut classes: Vec<(String, String)> = file
            .words
            .iter()
            .map(|(name, words)| {
                let mut forms: Vec<&String> = words.keys().collect();
                forms.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
                (name.clone(), forms.iter().map(|f| spellings(f)).collect::<Vec<_>>().join("|"))
            })
            .collect();
        let small = numbers.small_words().join("|");
        let in_words = format!("(?:{small})(?:[ -]+(?:(?:et|and)[ -]+)?(?:{small}))*");
        let day = "3[01]|[12][0-9]|0?[1-9]";
        let number = format!("[0-9]{{1,4}}|{in_words}");
        for (name, pattern) in [
            ("day", format!("{day}|{in_words}")),
            ("dayd", day.to_owned()),
            // Without the ending of an ordinal: « le 2 e régiment » is no day.
            ("dayp", day.to_owned()),
            ("mm", "1[0-2]|0?[1-9]".to_owned()),
            ("year", "1[0-9]{3}|20[0-9]{2}".to_owned()),
            ("decade", "[1-9]0".to_owned()),
            ("n", number),
            ("roman", "[ivx]+".to_owned()),
        ] {
            classes.push((name.to_owned(), pattern));
        }
        if let Some((_, ordinal)) = classes.iter_mut().find(|(name, _)| name == "ordinal") {
            ordinal.push_str(&format!("|[0-9]{{1,2}} ?(?:{ORDINAL_ENDS})"));
        }
        let ordinal_ends = format!("(?: ?(?:{ORDINAL_ENDS}))?");
        let expand = |pattern: &str| {
            let mut p = pattern.to_owned();
            for (name, alternatives) in &classes {
                let tail = if matches!(name.as_str(), "day" | "dayd") { ordinal_ends.as_str() } else { "" };
                for n in ["", "2"] {
                    let group = format!("(?:(?P<{name}{n}>{alternatives}){tail})");
                    p = p.replace(&format!("<{name}{n}>"), &group);
                }
            }
            // Two-digit years, and the second year of a range, have names of their own.
            p.replace("<year2x>", "(?P<yearx>1[0-9]{3}|20[0-9]{2})")
        };
        let expand = |pattern: &str| {
            // `<year2>` means a year of two digits here, so it is taken out before the classes.
            expand(&pattern.replace("<year2>", "(?P<yy>[0-9]{2})"))
        };
        let rules = file
            .rule
            .iter()
            .flat_map(|r| r.pattern.all().iter().map(move |p| (r, p)))
            .map(|(r, p)| Rule {
                name: Box::leak(r.name.clone().into_boxed_str()),
                op: r.op.clone(),
                arg: r.arg.clone(),
                whole: r.whole,
                bare: r.bare,
                needs_prefix: split(&r.needs_prefix),
                not_before: split(&r.not_before),
                not_after: split(&r.not_after),
                no_count: r.no_count,
                ahead: r.ahead,
                tensed: r.tensed,
                pattern: format!(" (?:{}) ", expand(p)),
                regex: OnceLock::new(),
            })
            .collect::<Vec<Rule>>();
        let any = RegexSetBuilder::new(rules.iter().map(|r| &r.pattern))
            .dfa_size_limit(SET_CACHE)
            .build()
            .unwrap_or_else(|e| panic!("time.toml of {lang}: {e}"));
        let mut prefixes: Vec<(String, String)> = file
            .prefix
            .iter()
            .flat_map(|(kind, words)| words.iter().map(move |w| (kind.clone(), format!(" {w} "))))
            .collect();
        prefixes.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.cmp(b)));
        let suffix = file.suffix.values().cloned().collect::<Vec<_>>().join("|");
        let words = file
            .words
            .into_iter()
            .map(|(class, words)| {
                let words = words
                    .into_iter()
                    .map(|(w, v)| (squashed(&w), v.as_str().map_or_else(|| v.to_string(), str::to_owned)))
                    .collect();
                (class, words)
            })
            .collect();
        Grammar {
            rules,
            any,
            words,
            prefixes,
            suffix: Regex::new(&format!("^ (?:{suffix})(?: (?:{suffix}))? "))
                .unwrap_or_else(|e| panic!("time.toml of {lang}, suffix: {e}")),
            parts: file.parts,
            numbers,
            capitals: file.capitals,
        }
    }

    /// Whether `form`, in lower case, names a month or a weekday that must have a capital.
    pub(crate) fn wants_capital(&self, form: &str) -> bool {
        self.capitals && ["month", "weekday"].iter().any(|c| self.words.get(*c).is_some_and(|w| w.contains_key(form)))
    }

    /// Value of a captured class: `month` of « janvier » is `1`.
    pub(crate) fn value<'c>(&'c self, caps: &Captures<'_>, name: &str) -> Option<&'c str> {
        let text = caps.name(name)?.as_str();
        let class = name.strip_suffix('2').unwrap_or(name);
        self.words.get(class)?.get(&squashed(text)).map(String::as_str)
    }

    /// Value of a captured class that is a number.
    pub(crate) fn number(&self, caps: &Captures<'_>, name: &str) -> Option<i32> {
        if let Some(v) = self.value(caps, name) {
            return v.parse().ok();
        }
        let mut text = caps.name(name)?.as_str();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            text = text.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
        }
        let v = self.numbers.parse(text)?;
        (v.fract() == 0.0 && v.abs() < 100_000.0).then_some(v as i32)
    }

    /// The days or months of a part (`begin`, `mid`, `end`) of a `month`, `year` or `week`.
    pub(crate) fn part(&self, of: &str, part: &str) -> Option<[i8; 2]> {
        self.parts.get(of)?.get(part).copied()
    }
}

/// Bytes that the automaton of all rules may keep.
const SET_CACHE: usize = 16 << 20;

/// Endings of ordinal numbers in digits, longest first.
const ORDINAL_ENDS: &str = "ers?|ère|ième|ème|nde|nd|re|rd|st|th|e|è";

/// A form as a pattern: words may be cut at apostrophes and hyphens, and apostrophes be left out.
fn spellings(form: &str) -> String {
    regex::escape(form).replace("' ", "'").replace('\'', " ?'? ?").replace("\\-", " ?- ?")
}

/// A form without the blanks, apostrophes and hyphens in which its spellings differ.
fn squashed(form: &str) -> String {
    form.chars().filter(|c| !matches!(c, ' ' | '\'' | '-')).collect()
}

fn split(s: &str) -> Vec<String> {
    s.split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}
