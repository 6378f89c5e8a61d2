//! Trains the analysis of a language: sentence ends, contractions, tags, features, lemmas, trees.

pub mod clusters;
pub mod cutting;
pub mod data;
pub mod harmony;
pub mod parsing;
pub mod tagging;

use crate::perceptron::Sum;
use data::{Part, Sample};
use parsing::{Trainer, Tree};
use std::path::Path;
use temoin_language::analysis::Models;
use temoin_language::lang::Rules;
use temoin_language::lemmatizer::{self, Lemmatizer};
use temoin_language::parser::{Labels, Parser, Scratch};
use temoin_language::tagger::{self, Morphs, Tagger};
use temoin_model::{Lang, Upos};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Passes over the trees.
    pub epochs: usize,
    /// Models per stage, trained in different orders and added up (1 to 4).
    pub seeds: usize,
    /// Whether to hold out a slice of the treebank in the target style, to tune on it.
    pub hold_out: bool,
}

const SEED: u64 = 20220106;
/// One model of the sum per seed.
const SEEDS: [u64; 4] = [SEED, 17, 4711, 90210];
const TAG_EPOCHS: usize = 8;
const FOLDS: usize = 5;

/// Trains all models of a language. `report` gets one line per step; `save` gets the models as
/// often as they have become better.
///
/// # Errors
/// When a treebank cannot be read.
pub fn train(
    lang: Lang,
    corpora: &Path,
    options: Options,
    report: &mut dyn FnMut(&str),
    save: &mut dyn FnMut(&Models) -> Result<(), String>,
) -> Result<Models, String> {
    let banks = data::read(lang, corpora)?;
    let rules = Rules::builtin(lang);
    let (mut anchor, mut train, mut held, mut dev) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for bank in &banks {
        let mut samples = data::samples(bank);
        harmony::strip(&mut samples, if lang == Lang::Fr { &["Case"] } else { &[] });
        report(&format!("{}: {} sentences", bank.path, samples.len()));
        for (i, s) in samples.into_iter().enumerate() {
            match bank.part {
                Part::Dev => dev.push(s),
                Part::Fold if i % 10 == 9 && options.hold_out => held.push(s),
                Part::Fold => anchor.push(s),
                Part::Train | Part::Spoken => train.push(s),
            }
        }
    }
    if held.is_empty() {
        held.clone_from(&dev);
    }
    let clusters = clusters::train(lang, corpora, &rules, report)?;
    for s in anchor.iter_mut().chain(&mut train).chain(&mut held).chain(&mut dev) {
        clusters.look_up(&mut s.lex);
    }
    if !anchor.is_empty() {
        let changed = harmony::features(&anchor, &mut train, SEED);
        report(&format!("features of {changed} words rewritten after the anchor treebank"));
    }
    let relations = harmony::relations(if anchor.is_empty() { &train } else { &anchor }, &train);
    train.splice(0..0, anchor);
    let labels = Labels::new(relations);
    let morphs = Morphs::new(
        train
            .iter()
            .flat_map(|s| s.upos.iter().zip(&s.feats))
            .map(|(&u, f)| (Upos::ALL[usize::from(u)], f.clone()))
            .collect(),
    );
    for s in train.iter_mut().chain(&mut held).chain(&mut dev) {
        s.encode_feats(&morphs);
        s.encode_labels(&labels);
    }
    report(&format!("{} feature classes, {} relations", morphs.classes.len(), labels.0.len()));
    let (ends, splits) = cutting::train(&banks, &clusters, &rules, SEED, report);
    let all: Vec<&Sample> = train.iter().collect();
    let tagger = tagging::tagger(&all, &morphs, TAG_EPOCHS, &SEEDS[..options.seeds.clamp(1, SEEDS.len())]);
    for (name, set) in [("held out", &held), ("dev", &dev)] {
        let (u, f) = tagging::accuracy(&tagger, &set.iter().collect::<Vec<_>>());
        report(&format!("tagger on {name}: UPOS {u:.2}, UPOS with features {f:.2}"));
    }
    let lemmatizer = tagging::lemmatizer(&all, 6, SEED);
    report(&format!("lemmatizer: {} edits", lemmatizer.edits.len()));

    let trees = jackknife(&train, &morphs);
    report("tagged the training sentences by jackknifing");
    let mut models = Models {
        ends,
        splits,
        clusters,
        tagger,
        lemmatizer,
        parser: Parser {
            labels: labels.clone(),
            model: temoin_language::linear::Linear::from_rows(labels.classes(), &[]),
        },
    };
    let held = with_tags(&held, &models.tagger, &models.lemmatizer, &morphs);
    let dev = with_tags(&dev, &models.tagger, &models.lemmatizer, &morphs);
    let mut sum = Sum::new(labels.classes());
    for (k, &seed) in SEEDS.iter().take(options.seeds.max(1)).enumerate() {
        let mut trainer = Trainer::new(&labels, trees.len(), seed);
        for epoch in 1..=options.epochs {
            let right = trainer.epoch(&trees);
            let mut line = format!("trees, model {}, pass {epoch}: {right:.2} right", k + 1);
            if epoch % 3 == 0 || epoch == options.epochs {
                models.parser.model = trainer.model();
                line.push_str(&attachments(&models.parser, &held, &dev));
            }
            report(&line);
        }
        trainer.add_to(&mut sum);
        models.parser.model = sum.finish(parsing::RANGE, parsing::LEAST);
        let size = (models.parser.model.len(), models.parser.model.weights());
        report(&format!(
            "sum of {}: {} features, {} weights{}",
            k + 1,
            size.0,
            size.1,
            attachments(&models.parser, &held, &dev)
        ));
        save(&models)?;
    }
    Ok(models)
}

/// Tags every fifth of the sentences with a tagger trained on the others, so that the parser sees
/// the same kind of errors as on new text.
fn jackknife(train: &[Sample], morphs: &Morphs) -> Vec<Tree> {
    let mut trees: Vec<Option<Tree>> = train.iter().map(|_| None).collect();
    for fold in 0..FOLDS {
        let (mine, rest): (Vec<_>, Vec<_>) = train.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
        let rest: Vec<&Sample> = rest.into_iter().map(|x| x.1).collect();
        let tagger = tagging::tagger(&rest, morphs, 5, &[SEED + fold as u64]);
        let lemmatizer = tagging::lemmatizer(&rest, 3, SEED + fold as u64);
        for (i, s) in mine {
            trees[i] = with_tags(std::slice::from_ref(s), &tagger, &lemmatizer, morphs).pop();
        }
    }
    trees.into_iter().flatten().collect()
}

fn with_tags(samples: &[Sample], tagger: &Tagger, lemmatizer: &Lemmatizer, morphs: &Morphs) -> Vec<Tree> {
    let (mut tags, mut classes) = (Vec::new(), Vec::new());
    let (mut a, mut b) = (tagger::Scratch::default(), lemmatizer::Scratch::default());
    let each = samples.iter().map(|s| {
        tagger.tag(&s.lex, &mut tags, &mut classes, &mut a);
        let lemmas: Vec<String> = (0..s.lex.len())
            .map(|i| {
                let mut out = String::new();
                lemmatizer.lemma(&s.forms[i], &s.lex[i], Upos::ALL[usize::from(tags[i])], classes[i], &mut b, &mut out);
                out
            })
            .collect();
        Tree::new(s, &tags, &classes, &lemmas, morphs)
    });
    each.collect()
}

/// UAS and LAS without subtypes, punctuation included.
fn attachment(parser: &Parser, trees: &[Tree]) -> (f64, f64) {
    let base = universal(&parser.labels);
    let mut s = Scratch::default();
    let (mut n, mut u, mut l) = (0u32, 0u32, 0u32);
    for t in trees {
        parser.parse(&t.input(), &mut s);
        for i in 0..t.heads.len() {
            n += 1;
            if s.state.head[i] == t.heads[i] {
                u += 1;
                l += u32::from(base[usize::from(s.state.label[i])] == base[usize::from(t.labels[i] & !data::OPEN)]);
            }
        }
    }
    let n = f64::from(n.max(1));
    (100.0 * f64::from(u) / n, 100.0 * f64::from(l) / n)
}

fn attachments(parser: &Parser, held: &[Tree], dev: &[Tree]) -> String {
    let (a, b) = (attachment(parser, held), attachment(parser, dev));
    format!("; held out UAS {:.2} LAS {:.2}; dev UAS {:.2} LAS {:.2}", a.0, a.1, b.0, b.1)
}

fn universal(labels: &Labels) -> Vec<&str> {
    labels.0.iter().map(|l| l.split(':').next().unwrap_or(l)).collect()
}
