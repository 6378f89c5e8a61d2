//! Training of sentence ends and of the splitting of contractions.

use super::data::{Part, Treebank};
use crate::perceptron::{Perceptron, Random};
use rustc_hash::FxHashSet;
use temoin_language::clusters::Clusters;
use temoin_language::lang::Rules;
use temoin_language::lex::Lex;
use temoin_language::linear::Linear;
use temoin_language::sentence::{decide, end_features, is_candidate, split_features};
use temoin_language::tokenizer::{normalize, tokenize};
use temoin_model::TokenId;

/// Decisions with their features and outcomes.
type Decisions = Vec<(Vec<u32>, bool)>;

/// Trains both classifiers: ends of sentences, and contractions.
pub fn train(
    banks: &[Treebank],
    clusters: &Clusters,
    rules: &Rules,
    seed: u64,
    report: &mut dyn FnMut(&str),
) -> (Linear, Linear) {
    let (mut learn, mut check) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    for bank in banks {
        collect(bank, clusters, rules, if bank.part == Part::Dev { &mut check } else { &mut learn });
    }
    let models = (binary(learn.0, seed), binary(learn.1, seed));
    for (name, model, data) in [("sentence ends", &models.0, &check.0), ("contractions", &models.1, &check.1)] {
        let right = data.iter().filter(|d| decide(model, &d.0) == d.1).count();
        report(&format!("{name}: {} features, {right} of {} right on dev", model.len(), data.len()));
    }
    models
}

fn collect(bank: &Treebank, clusters: &Clusters, rules: &Rules, out: &mut (Decisions, Decisions)) {
    let mut buffer = String::new();
    let d = &bank.doc;
    let text = d.text();
    let surfaces = tokenize(text, rules);
    let mut lex: Vec<Lex> = surfaces.iter().map(|s| Lex::new(s.of(text), &mut buffer)).collect();
    clusters.look_up(&mut lex);
    let stops: FxHashSet<u32> = (0..d.sentence_count()).map(|s| d.sentence_span(s).end).collect();
    let multi: FxHashSet<u32> = d.multiwords().iter().map(|m| d.token_span(TokenId(m.start)).start).collect();
    let single: FxHashSet<u32> = d.tokens().map(|t| d.token_span(t).start).collect();
    let mut start = 0;
    for (i, s) in surfaces.iter().enumerate() {
        let mut f = Vec::new();
        if bank.part != Part::Spoken && is_candidate(text, &surfaces, i) {
            end_features(text, &surfaces, &lex, start, i, &mut f);
            out.0.push((f.clone(), stops.contains(&s.char_end)));
        }
        if stops.contains(&s.char_end) {
            start = i + 1;
        }
        normalize(s.of(text), &mut buffer);
        if rules.ambiguous.contains(buffer.as_str()) && single.contains(&s.char_start) {
            split_features(&lex, i, &mut f);
            out.1.push((f, multi.contains(&s.char_start)));
        }
    }
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
