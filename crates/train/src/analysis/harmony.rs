//! Treebanks of one language differ in what they mark. The anchor treebank's habits win: features
//! that it does not use are rewritten by a tagger trained on it alone, among those of its feature
//! classes that do not contradict what the other treebank says; relation subtypes that it does not
//! use are left open.

use super::data::Sample;
use super::tagging;
use rustc_hash::FxHashMap;
use temoin_language::tagger::{Morphs, Tagger, morph_features};
use temoin_model::Upos;

/// Features that say nothing which a later stage or a score uses, and that treebanks mark unevenly.
const DROPPED: [&str; 4] = ["ExtPos", "Typo", "Emph", "Subject"];

/// Features that must not get lost on a verb.
const VERBAL: [&str; 5] = ["VerbForm", "Mood", "Tense", "Person", "Number"];

/// Takes away the features of `DROPPED`, and those of `more`.
pub fn strip(samples: &mut [Sample], more: &[&str]) {
    for f in samples.iter_mut().flat_map(|s| &mut s.feats) {
        let kept: Vec<&str> = f
            .split('|')
            .filter(|x| x.split_once('=').is_some_and(|(k, _)| !DROPPED.contains(&k) && !more.contains(&k)))
            .collect();
        *f = kept.join("|");
    }
}

fn value<'a>(feats: &'a str, key: &str) -> Option<&'a str> {
    feats.split('|').find_map(|f| f.split_once('=').filter(|(k, _)| *k == key).map(|(_, v)| v))
}

/// Whether the anchor's class can stand for what the other treebank says.
fn agrees(upos: Upos, own: &str, class: &str) -> bool {
    let contradicts =
        class.split('|').any(|f| f.split_once('=').is_some_and(|(k, v)| value(own, k).is_some_and(|o| o != v)));
    let verb = matches!(upos, Upos::Verb | Upos::Aux);
    let loses = verb && VERBAL.iter().any(|k| value(own, k).is_some() && value(class, k).is_none());
    !contradicts && !loses
}

/// Rewrites the features and lemmas of `others` after the habits of `anchor`. Gives the number of
/// words whose features changed.
pub fn features(anchor: &[Sample], others: &mut [Sample], seed: u64) -> usize {
    let morphs = Morphs::new(
        anchor
            .iter()
            .flat_map(|s| s.upos.iter().zip(&s.feats).map(|(&u, f)| (Upos::ALL[usize::from(u)], f.clone())))
            .collect(),
    );
    let mut own: Vec<Sample> = anchor.to_vec();
    own.iter_mut().for_each(|s| s.encode_feats(&morphs));
    let tagger = tagging::tagger(&own.iter().collect::<Vec<_>>(), &morphs, 5, &[seed]);
    let lemmas = usual_lemmas(anchor);
    let mut changed = 0;
    for s in others {
        changed += project(&tagger, s);
        for i in 0..s.forms.len() {
            let usual = lemmas.get(&(s.lex[i].lower, s.upos[i]));
            if let Some((lemma, _)) = usual.filter(|u| !u.1.contains(&s.lemmas[i])) {
                s.lemmas[i].clone_from(lemma);
            }
        }
    }
    changed
}

type Lemmas = FxHashMap<(u32, u8), (String, Vec<String>)>;

/// The most frequent lemma, and all lemmas, of forms that the anchor has at least three times.
fn usual_lemmas(anchor: &[Sample]) -> Lemmas {
    let mut counts: FxHashMap<(u32, u8), Vec<(String, u32)>> = FxHashMap::default();
    for s in anchor {
        for i in 0..s.forms.len() {
            let seen = counts.entry((s.lex[i].lower, s.upos[i])).or_default();
            match seen.iter_mut().find(|l| l.0 == s.lemmas[i]) {
                Some(l) => l.1 += 1,
                None => seen.push((s.lemmas[i].clone(), 1)),
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, seen)| seen.iter().map(|l| l.1).sum::<u32>() >= 3)
        .map(|(k, mut seen)| {
            seen.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            (k, (seen[0].0.clone(), seen.into_iter().map(|l| l.0).collect()))
        })
        .collect()
}

fn project(tagger: &Tagger, s: &mut Sample) -> usize {
    let m = &tagger.morphs;
    let (mut classes, mut f, mut changed) = (Vec::new(), Vec::new(), 0);
    let mut scores = vec![0i32; m.classes.len()];
    for i in 0..s.forms.len() {
        let upos = Upos::ALL[usize::from(s.upos[i])];
        let (from, to) = m.range[usize::from(s.upos[i])];
        morph_features(&s.lex, &s.upos, &classes, i, &mut f);
        scores.fill(0);
        tagger.feats.add(&f, &mut scores);
        let range = usize::from(from)..usize::from(to);
        let mut top: Option<usize> = None;
        for c in range {
            if agrees(upos, &s.feats[i], &m.classes[c].1) && top.is_none_or(|t| scores[c] > scores[t]) {
                top = Some(c);
            }
        }
        if let Some(c) = top.filter(|&c| m.classes[c].1 != s.feats[i]) {
            s.feats[i].clone_from(&m.classes[c].1);
            changed += 1;
        }
        classes.push(top.unwrap_or(usize::from(from)) as u16);
    }
    changed
}

/// Relations that the anchor uses at least three times, and those whose base it does not use.
pub fn relations(anchor: &[Sample], all: &[Sample]) -> Vec<String> {
    let base = |r: &str| r.split(':').next().unwrap_or(r).to_owned();
    let mut counts: std::collections::BTreeMap<&str, u32> = Default::default();
    for r in anchor.iter().flat_map(|s| &s.rels) {
        *counts.entry(r).or_default() += 1;
    }
    let mut kept: Vec<String> = counts.iter().filter(|c| *c.1 >= 3).map(|c| (*c.0).to_owned()).collect();
    // « obl » three times beside thousands with subtypes is an oversight, not a relation.
    let of_base = |b: &str| counts.iter().filter(|c| base(c.0) == b).map(|c| *c.1).sum::<u32>();
    kept.retain(|r| r.contains(':') || counts[r.as_str()] * 20 >= of_base(r));
    let known: Vec<String> = kept.iter().map(|r| base(r)).collect();
    let mut others: Vec<String> =
        all.iter().flat_map(|s| &s.rels).filter(|r| !known.contains(&base(r))).cloned().collect();
    others.sort();
    others.dedup();
    kept.extend(others);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_and_lost_verb_features_rule_a_class_out() {
        assert!(agrees(Upos::Num, "NumType=Card", "Number=Plur"));
        assert!(!agrees(Upos::Noun, "Number=Sing", "Gender=Masc|Number=Plur"));
        assert!(agrees(Upos::Det, "Gender=Masc|Number=Plur", "Number=Plur|PronType=Art"));
        assert!(!agrees(Upos::Verb, "Mood=Ind|VerbForm=Fin", "VerbForm=Fin"));
        assert!(agrees(Upos::Verb, "Tense=Past|VerbForm=Part", "Tense=Past|VerbForm=Part|Voice=Pass"));
    }
}
