//! The forms of a dictionary: what each can be, and its lemmas. It knows words that no treebank has.

use crate::container::ModelError;
use crate::lemmatizer::Edit;
use crate::lex::Lex;
use crate::linear::{Reader, put, text};
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::Upos;

/// Readings by the hash of the form in lower case.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// Hashes, ascending.
    words: Vec<u32>,
    /// Number of the set of readings of each word.
    sets: Vec<u16>,
    /// Where the hashes begin whose upper half is the index.
    starts: Vec<u32>,
    /// What the numbers stand for; 0 is no reading.
    readings: Vec<Readings>,
}

/// What a form can be.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Readings {
    /// Kinds of word: bits of [`KINDS`].
    kinds: u32,
    /// Stands for the whole set of readings, with gender, number, person and tense.
    all: u32,
    /// Kind and number of the edit that gives a lemma.
    lemmas: Vec<(u8, u16)>,
}

/// Kinds of word as a reading begins with them.
const KINDS: [&str; 9] = ["nom", "adj", "adv", "npr", "gram", "v:infi", "v:ppre", "v:ppas", "v"];
/// Bit of the finite forms of verbs.
pub(crate) const FINITE: u32 = 1 << 8;
/// Bits of verbs and of grammatical words, which are listed without their kind.
pub(crate) const VERBAL: u32 = 0b1_1111_0000;
const VERBS: std::ops::Range<u8> = 5..9;

/// The kind that a reading begins with.
fn kind(reading: &str) -> Option<u8> {
    KINDS
        .iter()
        .position(|k| reading.strip_prefix(k).is_some_and(|r| r.is_empty() || r.starts_with(':')))
        .map(|k| k as u8)
}

/// Readings and lemmas of a form while a dictionary is built.
type Form<'a> = (BTreeSet<&'a str>, BTreeSet<(u8, u16)>);

impl Default for Dictionary {
    fn default() -> Self {
        Dictionary::new(Vec::new(), Vec::new(), vec![Readings::default()])
    }
}

impl Dictionary {
    fn new(words: Vec<u32>, sets: Vec<u16>, readings: Vec<Readings>) -> Self {
        let mut starts = vec![0u32; (1 << 16) + 1];
        words.iter().for_each(|w| starts[(w >> 16) as usize + 1] += 1);
        (0..1 << 16).for_each(|k| starts[k + 1] += starts[k]);
        Dictionary { words, sets, starts, readings }
    }

    /// A dictionary of (form in lower case, lemma, reading) as `tools/hunspell_to_tsv.py` writes
    /// them. Edits that `edits` lacks are added at its end.
    pub fn build<'a>(rows: impl Iterator<Item = (&'a str, &'a str, &'a str)>, edits: &mut Vec<Edit>) -> Self {
        let mut known: BTreeMap<Edit, usize> = edits.iter().cloned().enumerate().map(|(k, e)| (e, k)).collect();
        let mut forms: BTreeMap<u32, Form<'_>> = BTreeMap::new();
        for (form, lemma, reading) in rows {
            let Some(kind) = kind(reading) else { continue };
            let entry = forms.entry(text(form)).or_default();
            entry.0.insert(reading);
            // Names and grammatical words are left to the treebanks.
            if !matches!(kind, 3 | 4) {
                let edit = Edit { lower: true, ..Edit::between(form, lemma) };
                let next = known.len();
                let number = *known.entry(edit).or_insert_with_key(|e| {
                    edits.push(e.clone());
                    next
                });
                if let Ok(number) = u16::try_from(number) {
                    entry.1.insert((kind, number));
                }
            }
        }
        let of = |(readings, lemmas): Form<'_>| Readings {
            kinds: readings.iter().filter_map(|r| kind(r)).map(|k| 1 << k).fold(0, |a, b| a | b),
            all: readings.iter().fold(0u32, |h, r| h.rotate_left(5) ^ text(r)) | 1,
            lemmas: lemmas.into_iter().collect(),
        };
        let forms: Vec<(u32, Readings)> = forms.into_iter().map(|(w, f)| (w, of(f))).collect();
        // The commonest sets come first, so that their numbers are short.
        let mut uses: BTreeMap<&Readings, usize> = BTreeMap::new();
        forms.iter().for_each(|f| *uses.entry(&f.1).or_default() += 1);
        let mut common: Vec<(&Readings, usize)> = uses.into_iter().collect();
        common.sort_by_key(|c| std::cmp::Reverse(c.1));
        common.truncate(usize::from(u16::MAX));
        let number: BTreeMap<&Readings, u16> = common.iter().zip(1..).map(|(c, k)| (c.0, k)).collect();
        let (mut words, mut sets) = (Vec::new(), Vec::new());
        for (w, f) in &forms {
            if let Some(&set) = number.get(f) {
                words.push(*w);
                sets.push(set);
            }
        }
        let readings = std::iter::once(Readings::default()).chain(common.iter().map(|c| c.0.clone())).collect();
        Dictionary::new(words, sets, readings)
    }

    /// Number of forms.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it knows no form.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it has a form, in lower case.
    pub fn knows(&self, form: &str) -> bool {
        let hash = text(form);
        let half = (hash >> 16) as usize;
        self.words[self.starts[half] as usize..self.starts[half + 1] as usize].contains(&hash)
    }

    /// Fills in what words can be.
    pub fn look_up(&self, words: &mut [Lex]) {
        for w in words {
            let half = (w.lower >> 16) as usize;
            let (from, to) = (self.starts[half] as usize, self.starts[half + 1] as usize);
            let set = (from..to).find(|&k| self.words[k] == w.lower).map_or(0, |k| self.sets[k]);
            let r = &self.readings[usize::from(set)];
            (w.set, w.kinds, w.readings) = (set, r.kinds, r.all);
        }
    }

    /// Numbers of the edits that give the lemmas of a word as a part of speech.
    pub fn lemmas(&self, word: &Lex, upos: Upos) -> impl Iterator<Item = u16> {
        let fits = move |kind: u8| match upos {
            Upos::Noun => kind == 0,
            Upos::Adj => kind == 1,
            Upos::Adv => kind == 2,
            Upos::Verb => VERBS.contains(&kind),
            _ => false,
        };
        self.readings[usize::from(word.set)].lemmas.iter().filter(move |l| fits(l.0)).map(|l| l.1)
    }

    /// Greatest number of an edit that is used, plus one.
    pub fn edits(&self) -> usize {
        self.readings.iter().flat_map(|r| &r.lemmas).map(|l| usize::from(l.1) + 1).max().unwrap_or(0)
    }

    /// As bytes, for a section of a model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, self.readings.len() as u64);
        for r in &self.readings {
            put(&mut out, u64::from(r.kinds));
            put(&mut out, u64::from(r.all));
            put(&mut out, r.lemmas.len() as u64);
            r.lemmas.iter().for_each(|l| {
                put(&mut out, u64::from(l.0));
                put(&mut out, u64::from(l.1));
            });
        }
        put(&mut out, self.words.len() as u64);
        let mut last = 0;
        for &w in &self.words {
            put(&mut out, u64::from(w - last));
            last = w;
        }
        self.sets.iter().for_each(|&s| put(&mut out, u64::from(s)));
        out
    }

    /// Reads what [`Dictionary::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are cut short or contradict each other.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let damaged = || ModelError::Damaged("impossible dictionary");
        let mut r = Reader::new(bytes);
        let mut number =
            |most: usize| r.varint().and_then(|n| if n as usize <= most { Ok(n as usize) } else { Err(damaged()) });
        let mut readings = Vec::new();
        for _ in 0..number(1 << 16)? {
            let (kinds, all) = (number(u32::MAX as usize)? as u32, number(u32::MAX as usize)? as u32);
            let lemmas = (0..number(1000)?).map(|_| Ok((number(255)? as u8, number(65_535)? as u16)));
            readings.push(Readings { kinds, all, lemmas: lemmas.collect::<Result<_, ModelError>>()? });
        }
        let n = number(bytes.len())?;
        let mut words = Vec::with_capacity(n);
        let mut last = 0u32;
        for _ in 0..n {
            last = last.checked_add(number(u32::MAX as usize)? as u32).ok_or_else(damaged)?;
            words.push(last);
        }
        let most = readings.len().checked_sub(1).ok_or_else(damaged)?;
        let sets = (0..n).map(|_| Ok(number(most)? as u16)).collect::<Result<_, ModelError>>()?;
        Ok(Dictionary::new(words, sets, readings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_and_lemmas_read_back() {
        let mut edits = vec![Edit { lower: true, cut: String::new(), add: String::new() }];
        let rows = [
            ("porte", "porte", "nom:fem:sg"),
            ("porte", "porter", "v:ipre:3sg"),
            ("portes", "porte", "nom:fem:pl"),
            ("ouverte", "ouvrir", "v:ppas:fem:sg"),
        ];
        let built = Dictionary::build(rows.into_iter(), &mut edits);
        let again = Dictionary::from_bytes(&built.to_bytes()).unwrap();
        assert_eq!(again.len(), 3);
        assert!(Dictionary::from_bytes(&built.to_bytes()[..9]).is_err());
        let mut buffer = String::new();
        let mut lex = ["Porte", "ouverte", "inconnu"].map(|w| Lex::new(w, &mut buffer));
        again.look_up(&mut lex);
        assert_eq!(lex[0].kinds, 1 | 1 << 8);
        assert_eq!((lex[2].kinds, lex[2].readings), (0, 0));
        let lemma = |lex: &Lex, form: &str, upos| {
            let mut out = String::new();
            again.lemmas(lex, upos).for_each(|e| edits[usize::from(e)].apply(form, form, &mut out));
            out
        };
        assert_eq!(lemma(&lex[0], "porte", Upos::Noun), "porte");
        assert_eq!(lemma(&lex[0], "porte", Upos::Verb), "porter");
        assert_eq!(lemma(&lex[1], "ouverte", Upos::Verb), "ouvrir");
        assert_eq!(again.edits(), edits.len());
    }
}
