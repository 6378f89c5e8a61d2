//! Training of sentence ends and of the splitting of contractions.

use super::data::{Part, Treebank};
use crate::perceptron::{Perceptron, Random};
use rustc_hash::FxHashSet;
use temoin_language::lang::Rules;
use temoin_language::lex::Lex;
use temoin_language::linear::{Linear, Scorer};
use temoin_language::sentence::{end_features, is_candidate, split_features};
use temoin_language::tokenizer::{normalize, tokenize};
use temoin_model::TokenId;

/// Trains both classifiers: ends of sentences, and contractions.
pub fn train(banks: &[&Treebank], rules: &Rules, seed: u64) -> (Linear, Linear) {
    let (mut ends, mut splits) = (Vec::new(), Vec::new());
    let mut buffer = String::new();
    for bank in banks {
        let d = &bank.doc;
        let text = d.text();
        let surfaces = tokenize(text, rules);
        let lex: Vec<Lex> = surfaces.iter().map(|s| Lex::new(s.of(text), &mut buffer)).collect();
        let stops: FxHashSet<u32> = (0..d.sentence_count()).map(|s| d.sentence_span(s).end).collect();
        let multi: FxHashSet<u32> = d.multiwords().iter().map(|m| d.token_span(TokenId(m.start)).start).collect();
        let single: FxHashSet<u32> = d.tokens().map(|t| d.token_span(t).start).collect();
        let mut start = 0;
        for (i, s) in surfaces.iter().enumerate() {
            let mut f = Vec::new();
            if bank.part != Part::Spoken && is_candidate(text, &surfaces, i) {
                end_features(text, &surfaces, &lex, start, i, &mut f);
                ends.push((f.clone(), stops.contains(&s.char_end)));
            }
            if stops.contains(&s.char_end) {
                start = i + 1;
            }
            normalize(s.of(text), &mut buffer);
            if rules.ambiguous.contains(buffer.as_str()) && single.contains(&s.char_start) {
                split_features(&lex, i, &mut f);
                splits.push((f, multi.contains(&s.char_start)));
            }
        }
    }
    (binary(ends, seed), binary(splits, seed))
}

fn binary(mut data: Vec<(Vec<u32>, bool)>, seed: u64) -> Linear {
    let mut p = Perceptron::new(2);
    let mut random = Random(seed);
    for _ in 0..10 {
        random.shuffle(&mut data);
        for (f, y) in &data {
            let mut s = [0.0; 2];
            p.add(f, &mut s);
            let guess = s[1] > s[0];
            p.tick();
            if guess != *y {
                p.update(f, usize::from(*y), usize::from(guess), 1.0);
            }
        }
    }
    p.finish(1000.0, 2)
}
