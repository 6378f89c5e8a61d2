//! Lemmas by learned edits: cut some characters off the end, put others there, lower the case or not.

use crate::container::ModelError;
use crate::dictionary::Dictionary;
use crate::lex::Lex;
use crate::linear::{Linear, Reader, best, feature, put, put_str};
use temoin_model::Upos;

/// One edit from form to lemma.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Whether the form is put in lower case first.
    pub lower: bool,
    /// Characters that the form must end in and that are cut off.
    pub cut: String,
    /// Characters put in their place.
    pub add: String,
}

impl Edit {
    /// The edit that turns `form` into `lemma`, with lower case only where the lemma has it.
    pub fn between(form: &str, lemma: &str) -> Self {
        let lowered = form.to_lowercase().replace('’', "'");
        let common = |a: &str| a.chars().zip(lemma.chars()).take_while(|(x, y)| x == y).count();
        let lower = lowered != form && common(&lowered) > common(form);
        let base = if lower { lowered.as_str() } else { form };
        let n = common(base);
        Edit { lower, cut: base.chars().skip(n).collect(), add: lemma.chars().skip(n).collect() }
    }

    /// Whether the form ends as the edit wants. `lowered` is the form in lower case.
    #[inline]
    pub fn applies(&self, form: &str, lowered: &str) -> bool {
        (if self.lower { lowered } else { form }).ends_with(&self.cut)
    }

    /// Writes the lemma to `out`.
    pub fn apply(&self, form: &str, lowered: &str, out: &mut String) {
        out.clear();
        let base = if self.lower { lowered } else { form };
        out.push_str(&base[..base.len() - self.cut.len().min(base.len())]);
        out.push_str(&self.add);
        if out.is_empty() {
            out.push_str(form);
        }
    }
}

/// The lemmatizer of one language.
#[derive(Clone, Debug)]
pub struct Lemmatizer {
    /// What a class number stands for.
    pub edits: Vec<Edit>,
    /// Scores of the edits.
    pub model: Linear,
}

/// Features of a word with its part of speech and its feature class.
pub fn lemma_features(lex: &Lex, upos: Upos, class: u16, out: &mut Vec<u32>) {
    out.clear();
    let (u, c) = (upos as u32, u32::from(class));
    let case = u32::from(lex.capital);
    out.extend([
        feature(80, u, case, 0),
        feature(81, u, lex.lower, case),
        feature(82, c, lex.lower, 0),
        feature(83, u, lex.suffix[1], case),
        feature(84, u, lex.suffix[2], case),
        feature(85, u, lex.suffix[3], case),
        feature(86, u, lex.suffix[4], case),
        feature(87, c, lex.suffix[0], case),
        feature(88, c, lex.suffix[1], case),
        feature(89, c, lex.suffix[2], case),
        feature(90, c, lex.suffix[3], case),
        feature(91, c, lex.suffix[4], case),
        feature(92, lex.lower, case, 0),
        feature(93, u, lex.shape, 0),
        feature(94, c, lex.prefix[2], lex.suffix[2]),
    ]);
}

impl Lemmatizer {
    /// Writes the lemma of one word to `out`. Where the dictionary knows lemmas of a word that the
    /// treebanks do not have as this part of speech, it is one of them; so too where the lemma of a
    /// verb would be no word (« flead » for "fled").
    pub fn lemma(
        &self,
        form: &str,
        lex: &Lex,
        (upos, class): (Upos, u16),
        (dictionary, seen): (&Dictionary, bool),
        s: &mut Scratch,
        out: &mut String,
    ) {
        s.lowered.clear();
        s.lowered.extend(form.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
        let key = memo_key(form, upos, class);
        let memo = key as usize & (MEMO - 1);
        s.memo.resize(MEMO, (0, 0));
        if s.memo[memo].0 == key {
            self.edits[s.memo[memo].1 as usize].apply(form, &s.lowered, out);
            return;
        }
        lemma_features(lex, upos, class, &mut s.features);
        s.scores.clear();
        s.scores.resize(self.model.classes(), 0);
        self.model.add(&s.features, &mut s.scores);
        let applies = |e: usize| self.edits[e].applies(form, &s.lowered);
        // The highest score of all is looked for first, which needs no branch; mostly its edit applies.
        let top = s.scores.iter().copied().fold(i32::MIN, i32::max);
        let learned = s
            .scores
            .iter()
            .position(|&score| score == top)
            .filter(|&e| applies(e))
            .or_else(|| best(&s.scores, applies));
        let mut given = (!seen).then_some(dictionary);
        if let (true, Upos::Verb, Some(e)) = (seen, upos, learned) {
            self.edits[e].apply(form, &s.lowered, out);
            given = (!dictionary.knows(out)).then_some(dictionary);
        }
        let mut listed: Option<usize> = None;
        for e in given.into_iter().flat_map(|d| d.lemmas(lex, upos)).map(usize::from).filter(|&e| applies(e)) {
            // Edits that only the dictionary knows have no score of their own.
            let score = |e: usize| s.scores.get(e).copied().unwrap_or(0);
            if listed.is_none_or(|l| score(e) > score(l)) {
                listed = Some(e);
            }
        }
        match listed.or(learned) {
            Some(e) => {
                s.memo[memo] = (key, e as u32);
                self.edits[e].apply(form, &s.lowered, out);
            }
            None => {
                out.clear();
                out.push_str(form);
            }
        }
    }

    /// Bytes of the inventory of edits.
    pub fn edits_to_bytes(edits: &[Edit]) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, edits.len() as u64);
        for e in edits {
            put(&mut out, u64::from(e.lower));
            put_str(&mut out, &e.cut);
            put_str(&mut out, &e.add);
        }
        out
    }

    /// Reads what [`Lemmatizer::edits_to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are cut short.
    pub fn edits_from_bytes(bytes: &[u8]) -> Result<Vec<Edit>, ModelError> {
        let mut r = Reader::new(bytes);
        let n = r.varint()?;
        (0..n)
            .map(|_| Ok(Edit { lower: r.varint()? == 1, cut: r.str()?.to_owned(), add: r.str()?.to_owned() }))
            .collect()
    }
}

/// Working memory of a lemmatizer.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    features: Vec<u32>,
    scores: Vec<i32>,
    lowered: String,
    /// Edits of words seen lately, by hash: most words of a text come again.
    memo: Vec<(u64, u32)>,
}

/// Places in the memory for edits; a power of two, and few enough for the processor's cache.
const MEMO: usize = 1 << 11;

/// Hash of all that an edit depends on; never 0. With 64 bits, two words of one text do not meet.
fn memo_key(form: &str, upos: Upos, class: u16) -> u64 {
    let mut h = 0xCBF2_9CE4_8422_2325u64 ^ (u64::from(class) << 8 | upos as u64);
    for &b in form.as_bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    h = (h ^ (h >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (h ^ (h >> 29)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_turn_forms_into_lemmas() {
        for (form, lemma) in [
            ("Mangeaient", "manger"),
            ("PARIS", "Paris"),
            ("chevaux", "cheval"),
            ("L’", "le"),
            ("Rhône", "Rhône"),
            ("est", "être"),
            ("ONU", "ONU"),
        ] {
            let e = Edit::between(form, lemma);
            let lowered = form.to_lowercase().replace('’', "'");
            assert!(e.applies(form, &lowered));
            let mut out = String::new();
            e.apply(form, &lowered, &mut out);
            assert_eq!(out, lemma);
        }
        assert_eq!(Edit::between("chevaux", "cheval"), Edit { lower: false, cut: "ux".into(), add: "l".into() });
    }

    #[test]
    fn inventories_read_back() {
        let edits = vec![Edit::between("yeux", "œil"), Edit::between("Des", "un")];
        assert_eq!(Lemmatizer::edits_from_bytes(&Lemmatizer::edits_to_bytes(&edits)).unwrap(), edits);
    }
}
