//! Training of the tagger and the lemmatizer.

use super::data::Sample;
use crate::dense::{DensePerceptron, DenseSum};
use crate::perceptron::{Perceptron, Random, Sum};
use rustc_hash::FxHashMap;
use temoin_language::lemmatizer::{Edit, Lemmatizer, lemma_features};
use temoin_language::linear::best;
use temoin_language::tagger::{Lexicon, Morphs, Scratch, Tagger, morph_features, sure_key, upos_features};
use temoin_model::Upos;

/// How often every word was seen with every part of speech.
fn counts(samples: &[&Sample]) -> FxHashMap<u32, [u32; 17]> {
    let mut counts: FxHashMap<u32, [u32; 17]> = FxHashMap::default();
    for s in samples {
        for (l, &u) in s.lex.iter().zip(&s.upos) {
            counts.entry(l.lower).or_insert([0; 17])[usize::from(u)] += 1;
        }
    }
    counts
}

fn mask(count: &[u32; 17]) -> u32 {
    count.iter().enumerate().filter(|c| *c.1 > 0).map(|(u, _)| 1 << u).sum()
}

/// Times a word must be seen as a part of speech, always with the same features, to be sure.
const SURE: u32 = 6;

/// The feature classes that need no context.
fn sure(samples: &[&Sample]) -> FxHashMap<u32, u16> {
    let mut seen: FxHashMap<u32, Option<(u16, u32)>> = FxHashMap::default();
    for s in samples {
        for i in 0..s.lex.len() {
            let known = seen.entry(sure_key(s.lex[i].lower, s.upos[i])).or_insert(Some((s.classes[i], 0)));
            *known = known.filter(|k| k.0 == s.classes[i]).map(|(c, n)| (c, n + 1));
        }
    }
    let sure = seen.into_iter().filter_map(|(key, known)| known.filter(|k| k.1 >= SURE).map(|k| (key, k.0)));
    sure.collect()
}

/// Units of 2000 by which the weights of a feature must differ for it to be kept: half of the
/// features decide nothing.
const LEAST_SPREAD: i16 = 80;

/// Trains a tagger: the sum of one model per seed.
pub fn tagger(samples: &[&Sample], morphs: &Morphs, epochs: usize, seeds: &[u64]) -> Tagger {
    let counts = counts(samples);
    let (mut upos, mut feats) = (DenseSum::default(), Sum::new(morphs.classes.len()));
    for (u, f) in super::parallel(seeds.len(), |k| one(samples, &counts, morphs, epochs, seeds[k])) {
        upos.add(&u);
        feats.add(&f);
    }
    let mut lexicon = Lexicon::default();
    #[expect(clippy::iter_over_hash_type, reason = "from map to map")]
    for (&w, c) in &counts {
        lexicon.seen.insert(w, mask(c));
    }
    lexicon.sure = sure(samples);
    Tagger { lexicon, upos: upos.finish(2000.0, LEAST_SPREAD), morphs: morphs.clone(), feats: feats.finish(2000.0, 3) }
}

fn one(
    samples: &[&Sample],
    counts: &FxHashMap<u32, [u32; 17]>,
    morphs: &Morphs,
    epochs: usize,
    seed: u64,
) -> (DensePerceptron<17>, Perceptron) {
    let mut upos = DensePerceptron::new(2);
    let mut feats = Perceptron::with_least_uses(morphs.classes.len(), 3);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = Random(seed);
    let (mut f, mut masks, mut tags, mut classes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut wide = Vec::new();
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &k in &order {
            let s = samples[k];
            // A word must not find its own tag in the lexicon: new words would not either.
            masks.clear();
            masks.extend(s.lex.iter().zip(&s.upos).map(|(l, &u)| {
                let mut c = counts[&l.lower];
                c[usize::from(u)] -= 1;
                mask(&c)
            }));
            tags.clear();
            for i in 0..s.lex.len() {
                upos_features(&s.lex, &masks, &tags, i, &mut f);
                let mut scores = [0.0f32; 17];
                upos.add(&f, &mut scores);
                let guess = best(&scores, |u| morphs.range[u].1 > 0).unwrap_or(0);
                upos.tick();
                if guess != usize::from(s.upos[i]) {
                    upos.update(&f, usize::from(s.upos[i]), guess, s.weight);
                }
                tags.push(guess as u8);
            }
            classes.clear();
            for i in 0..s.lex.len() {
                let (from, to) = morphs.range[usize::from(s.upos[i])];
                if to - from <= 1 {
                    classes.push(from);
                    continue;
                }
                morph_features(&s.lex, &s.upos, &classes, i, &mut f);
                wide.clear();
                wide.resize(morphs.classes.len(), 0.0);
                feats.add(&f, &mut wide);
                let guess = from + best(&wide[usize::from(from)..usize::from(to)], |_| true).unwrap_or(0) as u16;
                feats.tick();
                if guess != s.classes[i] {
                    feats.update(&f, usize::from(s.classes[i]), usize::from(guess), s.weight);
                }
                classes.push(guess);
            }
        }
    }
    (upos, feats)
}

/// Share of words with the right part of speech and the right features.
pub fn accuracy(t: &Tagger, samples: &[&Sample]) -> (f64, f64) {
    let (mut tags, mut classes, mut scratch) = (Vec::new(), Vec::new(), Scratch::default());
    let (mut n, mut u, mut c) = (0, 0, 0);
    for s in samples {
        t.tag(&s.lex, &mut tags, &mut classes, &mut scratch);
        n += tags.len();
        u += tags.iter().zip(&s.upos).filter(|(a, b)| a == b).count();
        c += classes.iter().zip(&s.classes).filter(|(a, b)| a == b).count();
    }
    (100.0 * u as f64 / n.max(1) as f64, 100.0 * c as f64 / n.max(1) as f64)
}

/// Edits of lemmas: those of the treebanks, sorted, then what the dictionary adds.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// All of them.
    pub all: Vec<Edit>,
    /// How many are of the treebanks.
    pub learned: usize,
}

impl Edits {
    /// The edits that the samples need.
    pub fn of(samples: &[Sample]) -> Self {
        let mut all = Vec::new();
        for s in samples {
            all.extend(s.forms.iter().zip(&s.lemmas).filter(|w| w.1 != "_").map(|(f, l)| Edit::between(f, l)));
        }
        all.sort();
        all.dedup();
        Edits { learned: all.len(), all }
    }
}

/// Trains a lemmatizer.
pub fn lemmatizer(samples: &[&Sample], edits: &Edits, epochs: usize, seed: u64) -> Lemmatizer {
    let all = edits.all.clone();
    let edits = &edits.all[..edits.learned];
    let mut model = Perceptron::new(edits.len());
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = Random(seed);
    let (mut f, mut scores) = (Vec::new(), Vec::new());
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &k in &order {
            let s = samples[k];
            for i in 0..s.lex.len() {
                if s.lemmas[i] == "_" {
                    continue;
                }
                let form = &s.forms[i];
                let truth = edits.binary_search(&Edit::between(form, &s.lemmas[i])).expect("collected above");
                let lowered = form.to_lowercase().replace('’', "'");
                lemma_features(&s.lex[i], Upos::ALL[usize::from(s.upos[i])], s.classes[i], &mut f);
                scores.clear();
                scores.resize(edits.len(), 0.0);
                model.add(&f, &mut scores);
                let guess = best(&scores, |e| edits[e].applies(form, &lowered)).unwrap_or(0);
                model.tick();
                if guess != truth {
                    model.update(&f, truth, guess, s.weight.max(0.5));
                }
            }
        }
    }
    Lemmatizer { edits: all, model: model.finish(2000.0, 3) }
}
