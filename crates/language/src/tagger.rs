//! Part of speech, then features: two greedy classifiers from left to right.

use crate::container::ModelError;
use crate::dense::Dense;
use crate::dictionary::{FINITE, VERBAL};
use crate::lex::{EDGE, Lex};
use crate::linear::{Linear, Reader, best, feature, put, put_str, text};
use rustc_hash::FxHashMap;
use temoin_model::Upos;

/// Parts of speech that a word was seen with: bit `u` for [`Upos`] number `u`.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// By the hash of the form in lower case.
    pub seen: FxHashMap<u32, u32>,
    /// Feature class of words that were seen often as a part of speech, and always with one class;
    /// by [`sure_key`].
    pub sure: FxHashMap<u32, u16>,
}

/// Key of a word as a part of speech in [`Lexicon::sure`].
pub fn sure_key(lower: u32, upos: u8) -> u32 {
    feature(97, lower, u32::from(upos), 0)
}

/// Inventory of the feature classifier: what a class number stands for.
#[derive(Clone, Debug, Default)]
pub struct Morphs {
    /// Part of speech and features of every class, sorted.
    pub classes: Vec<(Upos, String)>,
    /// A short number for the values that the parser looks at, by class.
    pub coarse: Vec<u32>,
    /// First class and the one behind the last, by part of speech.
    pub range: [(u16, u16); 17],
}

impl Morphs {
    /// From (part of speech, features), in any order, repeats allowed.
    pub fn new(mut classes: Vec<(Upos, String)>) -> Self {
        classes.sort();
        classes.dedup();
        let mut range = [(0, 0); 17];
        for (i, c) in classes.iter().enumerate() {
            let r = &mut range[c.0 as usize];
            if r.1 == 0 {
                r.0 = i as u16;
            }
            r.1 = i as u16 + 1;
        }
        let coarse = classes.iter().map(|c| coarse(c.0, &c.1)).collect();
        Morphs { classes, coarse, range }
    }

    /// The class of a part of speech with features.
    pub fn class(&self, upos: Upos, feats: &str) -> Option<usize> {
        self.classes.binary_search_by(|c| (c.0, c.1.as_str()).cmp(&(upos, feats))).ok()
    }
}

/// Verb form, pronoun type and the like matter to the tree; gender does not.
fn coarse(upos: Upos, feats: &str) -> u32 {
    let kept = ["VerbForm=", "Mood=", "PronType=", "NumType=", "Polarity=", "Poss=", "Reflex=", "Definite="];
    let mut h = upos as u32 + 1;
    for f in feats.split('|').filter(|f| kept.iter().any(|k| f.starts_with(k))) {
        h = feature(90, h, crate::linear::text(f), 0);
    }
    h
}

/// The tagger of one language.
#[derive(Clone, Debug)]
pub struct Tagger {
    /// Parts of speech seen per word.
    pub lexicon: Lexicon,
    /// Scores of the 17 parts of speech.
    pub upos: Dense<17>,
    /// Inventory of feature classes.
    pub morphs: Morphs,
    /// Scores of the feature classes.
    pub feats: Linear,
}

/// Features for the part of speech of word `i`, given the tags before it. `mask` holds the
/// lexicon's bits of every word.
pub fn upos_features(lex: &[Lex], mask: &[u32], tags: &[u8], i: usize, out: &mut Vec<u32>) {
    out.clear();
    let n = lex.len() as isize;
    let k = i as isize;
    let at = |k: isize| if (0..n).contains(&k) { &lex[k as usize] } else { &EDGE };
    let m = |k: isize| if (0..n).contains(&k) { mask[k as usize] } else { 1 << 20 };
    let t = |k: isize| if k >= 0 { u32::from(tags[k as usize]) } else { 30 };
    let (w, p1, p2, n1, n2) = (at(k), at(k - 1), at(k - 2), at(k + 1), at(k + 2));
    let (t1, t2) = (t(k - 1), t(k - 2));
    let first = u32::from(i == 0);
    let (m0, m1, m2) = (m(k), m(k + 1), m(k + 2));
    out.extend([
        feature(1, 0, 0, 0),
        feature(2, w.lower, 0, 0),
        feature(3, w.suffix[0], 0, 0),
        feature(4, w.suffix[1], 0, 0),
        feature(5, w.suffix[2], 0, 0),
        feature(6, w.suffix[3], 0, 0),
        feature(7, w.suffix[4], 0, 0),
        feature(8, w.prefix[0], w.suffix[1], 0),
        feature(9, w.prefix[1], 0, 0),
        feature(10, w.prefix[2], 0, 0),
        feature(11, w.shape, first, 0),
        feature(12, w.shape, t1, 0),
        feature(13, p1.lower, 0, 0),
        feature(14, p2.lower, p1.lower, 0),
        feature(15, n1.lower, 0, 0),
        feature(16, n2.lower, 0, 0),
        feature(17, t1, 0, 0),
        feature(18, t1, t2, 0),
        feature(19, t1, w.lower, 0),
        feature(20, t1, w.suffix[2], 0),
        feature(21, t1, t2, w.suffix[1]),
        feature(22, p1.lower, w.lower, 0),
        feature(23, w.lower, n1.lower, 0),
        feature(24, p1.lower, n1.lower, 0),
        feature(25, p1.lower, w.suffix[2], 0),
        feature(26, w.suffix[2], n1.lower, 0),
        feature(27, n1.suffix[2], w.suffix[2], 0),
        feature(28, m0, 0, 0),
        feature(29, m0, t1, 0),
        feature(30, m0, t1, t2),
        feature(31, m0, m1, t1),
        feature(32, m1, 0, 0),
        feature(33, m1, m2, m0),
        feature(34, w.lower, m1, 0),
        feature(35, w.shape, n1.shape, first),
        feature(36, n1.suffix[2], t1, 0),
        feature(37, p2.lower, 0, 0),
        feature(38, w.lower, t1, m1),
        feature(39, w.lower, u32::from(w.capital), first),
        feature(40, w.fine, u32::from(w.capital), 0),
        feature(41, w.fine, t1, 0),
        feature(42, p1.fine, w.fine, 0),
        feature(43, w.fine, n1.fine, 0),
        feature(44, w.coarse, p1.coarse, n1.coarse),
        feature(45, n1.fine, t1, 0),
        feature(46, w.suffix[2], w.coarse, 0),
        feature(47, n1.coarse, n2.coarse, w.coarse),
        feature(48, w.readings, t1, 0),
        feature(49, w.kinds, t1, t2),
        feature(105, w.kinds, p1.kinds, n1.kinds),
        feature(106, w.kinds, n1.kinds, n2.kinds),
        feature(107, w.kinds, w.shape, first),
        feature(108, w.kinds, p1.lower, 0),
        feature(109, w.kinds, n1.lower, 0),
        feature(110, w.kinds, w.suffix[2], m0),
    ]);
}

/// Features for the feature class of word `i`: parts of speech are known on both sides, feature
/// classes on the left.
pub fn morph_features(lex: &[Lex], tags: &[u8], classes: &[u16], i: usize, out: &mut Vec<u32>) {
    out.clear();
    let n = lex.len() as isize;
    let k = i as isize;
    let at = |k: isize| if (0..n).contains(&k) { &lex[k as usize] } else { &EDGE };
    let t = |k: isize| if (0..n).contains(&k) { u32::from(tags[k as usize]) } else { 30 };
    let c = |k: isize| if k >= 0 { u32::from(classes[k as usize]) } else { 9999 };
    let (w, p1, p2, n1) = (at(k), at(k - 1), at(k - 2), at(k + 1));
    let u = t(k);
    // The nearest determiner or noun on the left, for agreement over a distance.
    let mut noun = 9998;
    for d in 1..=6isize {
        if k - d < 0 {
            break;
        }
        if matches!(t(k - d), x if x == Upos::Noun as u32 || x == Upos::Pron as u32 || x == Upos::Propn as u32) {
            noun = c(k - d);
            break;
        }
    }
    out.extend([
        feature(50, u, 0, 0),
        feature(51, u, w.lower, 0),
        feature(52, u, w.suffix[0], 0),
        feature(53, u, w.suffix[1], 0),
        feature(54, u, w.suffix[2], 0),
        feature(55, u, w.suffix[3], 0),
        feature(56, u, w.suffix[4], 0),
        feature(57, u, w.shape, 0),
        feature(58, u, p1.lower, 0),
        feature(59, u, n1.lower, 0),
        feature(60, u, c(k - 1), 0),
        feature(61, u, c(k - 1), c(k - 2)),
        feature(62, u, c(k - 1), w.suffix[1]),
        feature(63, u, noun, w.suffix[1]),
        feature(64, u, noun, 0),
        feature(65, w.lower, p1.lower, 0),
        feature(66, w.lower, n1.lower, 0),
        feature(67, w.lower, t(k + 1), u),
        feature(68, w.lower, c(k - 1), 0),
        feature(69, u, t(k + 1), t(k + 2)),
        feature(70, u, t(k - 1), t(k + 1)),
        feature(71, w.suffix[2], c(k - 1), u),
        feature(72, u, n1.suffix[1], w.suffix[1]),
        feature(73, w.lower, n1.suffix[2], 0),
        feature(74, w.lower, noun, u),
        feature(75, u, w.suffix[2], t(k + 1)),
        feature(76, u, p2.lower, p1.lower),
        feature(77, w.lower, p2.lower, 0),
        feature(78, u, u32::from(w.capital), w.prefix[2]),
        feature(79, u, w.fine, 0),
        feature(95, u, w.fine, c(k - 1)),
        feature(96, u, w.fine, w.suffix[1]),
        feature(98, u, w.readings, 0),
        feature(99, u, w.readings, c(k - 1)),
        feature(100, u, w.readings, noun),
        feature(101, u, w.readings, t(k + 1)),
    ]);
}

/// Working memory of a tagger, kept between sentences.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    features: Vec<u32>,
    scores: Vec<i32>,
    mask: Vec<u32>,
    /// What each word of the sentence may be instead: a part of speech number plus 1, 0 where there
    /// is no doubt.
    pub doubts: Vec<u8>,
    /// The word that comes closest to being a verb without being one: how far behind, and which.
    verb: Option<(i32, usize)>,
}

/// A part of speech is in doubt where the next one is no further behind.
const DOUBT: i32 = 800;

/// How far behind its part of speech a word's score as a verb may be for it to be the verb of a
/// sentence that has none.
const FAR: i32 = 800;

impl Scratch {
    /// Whether word `i` of the sentence tagged last was seen in training as a part of speech.
    pub fn seen(&self, i: usize, upos: Upos) -> bool {
        self.mask[i] >> (upos as u32) & 1 == 1
    }
}

impl Tagger {
    /// Tags one sentence: part of speech numbers and feature classes.
    pub fn tag(&self, lex: &[Lex], tags: &mut Vec<u8>, classes: &mut Vec<u16>, s: &mut Scratch) {
        tags.clear();
        classes.clear();
        s.mask.clear();
        s.mask.extend(lex.iter().map(|l| self.lexicon.seen.get(&l.lower).copied().unwrap_or(0)));
        s.verb = None;
        s.doubts.clear();
        self.parts_of_speech(lex, tags, s);
        // A whole sentence without a verb has rather one that was not seen: the likeliest word is it.
        let verbless = !tags.iter().any(|&t| t == Upos::Verb as u8 || t == Upos::Aux as u8);
        if verbless
            && lex.last().is_some_and(|l| l.lower == text("."))
            && let Some((_, i)) = s.verb
        {
            tags.truncate(i);
            tags.push(Upos::Verb as u8);
            s.doubts.truncate(i);
            s.doubts.push(0);
            self.parts_of_speech(lex, tags, s);
        }
        self.features(lex, tags, classes, s);
    }

    /// Tags the words behind those that have tags.
    fn parts_of_speech(&self, lex: &[Lex], tags: &mut Vec<u8>, s: &mut Scratch) {
        for i in tags.len()..lex.len() {
            upos_features(lex, &s.mask, tags, i, &mut s.features);
            let mut scores = [0; 17];
            self.upos.add(&s.features, &mut scores);
            // What the dictionary lists, though not as a verb, and no treebank has as one, is none: « lundi ».
            let verb = Upos::Verb as usize;
            let listed = lex[i].kinds != 0 && lex[i].kinds & VERBAL == 0 && !lex[i].capital;
            let no_verb = listed && s.mask[i] >> verb & 1 == 0;
            let may = |u: usize| self.morphs.range[u].1 > 0 && !(no_verb && u == verb);
            let tag = best(&scores, may).unwrap_or(Upos::X as usize);
            if (lex[i].kinds & FINITE != 0 || s.mask[i] >> (Upos::Verb as u32) & 1 == 1) && tag != Upos::Verb as usize {
                let behind = scores[tag] - scores[Upos::Verb as usize];
                if behind < FAR && s.verb.is_none_or(|v| behind < v.0) {
                    s.verb = Some((behind, i));
                }
            }
            let next = best(&scores, |u| u != tag && may(u)).unwrap_or(tag);
            s.doubts.truncate(i);
            s.doubts.push(if scores[tag] - scores[next] < DOUBT { next as u8 + 1 } else { 0 });
            tags.push(tag as u8);
        }
    }

    /// Gives the feature classes for parts of speech that are known.
    pub fn features(&self, lex: &[Lex], tags: &[u8], classes: &mut Vec<u16>, s: &mut Scratch) {
        classes.clear();
        for i in 0..lex.len() {
            let (from, to) = self.morphs.range[tags[i] as usize];
            if to - from <= 1 {
                classes.push(from);
                continue;
            }
            if let Some(&class) = self.lexicon.sure.get(&sure_key(lex[i].lower, tags[i])) {
                classes.push(class);
                continue;
            }
            morph_features(lex, tags, classes, i, &mut s.features);
            s.scores.clear();
            s.scores.resize(self.morphs.classes.len(), 0);
            self.feats.add(&s.features, &mut s.scores);
            let range = usize::from(from)..usize::from(to);
            classes.push(from + best(&s.scores[range], |_| true).unwrap_or(0) as u16);
        }
    }

    /// Bytes of everything but the linear models.
    pub fn inventory_to_bytes(lexicon: &Lexicon, morphs: &Morphs) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, morphs.classes.len() as u64);
        for (u, f) in &morphs.classes {
            put(&mut out, *u as u64);
            put_str(&mut out, f);
        }
        let mut seen: Vec<(u32, u32)> = lexicon.seen.iter().map(|(&w, &m)| (w, m)).collect();
        seen.sort_unstable();
        put(&mut out, seen.len() as u64);
        let mut last = 0;
        for (w, _) in &seen {
            put(&mut out, u64::from(w - last));
            last = *w;
        }
        seen.iter().for_each(|(_, m)| put(&mut out, u64::from(*m)));
        let mut sure: Vec<(u32, u16)> = lexicon.sure.iter().map(|(&w, &c)| (w, c)).collect();
        sure.sort_unstable();
        put(&mut out, sure.len() as u64);
        let mut last = 0;
        for (w, c) in sure {
            put(&mut out, u64::from(w - last));
            put(&mut out, u64::from(c));
            last = w;
        }
        out
    }

    /// Reads what [`Tagger::inventory_to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are cut short or name a part of speech that does not exist.
    pub fn inventory_from_bytes(bytes: &[u8]) -> Result<(Lexicon, Morphs), ModelError> {
        let mut r = Reader::new(bytes);
        let mut classes = Vec::new();
        for _ in 0..r.varint()? {
            let u = r.varint()? as usize;
            let u = *Upos::ALL.get(u).ok_or(ModelError::Damaged("unknown part of speech"))?;
            classes.push((u, r.str()?.to_owned()));
        }
        let n = r.varint()? as usize;
        if n > bytes.len() || classes.is_empty() || classes.len() > 5000 {
            return Err(ModelError::Damaged("impossible counts"));
        }
        let mut words = Vec::with_capacity(n);
        let mut last = 0u32;
        for _ in 0..n {
            last = last.wrapping_add(r.varint()? as u32);
            words.push(last);
        }
        let mut lexicon = Lexicon::default();
        lexicon.seen.reserve(n);
        for w in words {
            lexicon.seen.insert(w, r.varint()? as u32);
        }
        let n = r.varint()? as usize;
        let mut last = 0u32;
        for _ in 0..n {
            last = last.wrapping_add(r.varint()? as u32);
            let class = r.varint()? as u16;
            if usize::from(class) >= classes.len() {
                return Err(ModelError::Damaged("unknown feature class"));
            }
            lexicon.sure.insert(last, class);
        }
        Ok((lexicon, Morphs::new(classes)))
    }
}
