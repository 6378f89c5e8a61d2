//! Trains the analysis of a language: sentence ends, contractions, tags, features, lemmas, trees.

pub mod clusters;
pub mod cutting;
pub mod data;
pub mod harmony;
pub mod parsing;
pub mod tagging;

use data::{Part, Sample};
use parsing::{Limits, ParserSum, Selection, Trainer, Tree};
use std::path::{Path, PathBuf};
use tagging::Edits;
use temoin_language::analysis::Models;
use temoin_language::dictionary::Dictionary;
use temoin_language::lang::Rules;
use temoin_language::lemmatizer::{self, Lemmatizer};
use temoin_language::parser::{Labels, Parser, Scratch};
use temoin_language::tagger::{self, Morphs, Tagger};
use temoin_model::{Lang, Upos};

/// How to train.
#[derive(Clone, Debug)]
pub struct Options {
    /// Passes over the trees.
    pub epochs: usize,
    /// Models per stage, trained in different orders and added up (1 to 8).
    pub seeds: usize,
    /// Features that the parser may have.
    pub limits: Limits,
    /// Whether to hold out a slice of the treebank in the target style, to tune on it.
    pub hold_out: bool,
    /// Word clusters, in place of those made from raw text.
    pub clusters: Option<PathBuf>,
    /// Forms of a dictionary.
    pub dictionary: Option<PathBuf>,
}

const SEED: u64 = 20220106;
/// One model of the sum per seed.
const SEEDS: [u64; 8] = [SEED, 17, 4711, 90210, 5, 333, 1789, 65537];
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
    let clusters = match &options.clusters {
        Some(path) => clusters::read(path, report)?,
        None => clusters::train(lang, corpora, &rules, report)?,
    };
    let dictionary = |edits: &mut Edits| match &options.dictionary {
        Some(path) => data::dictionary(path, &mut edits.all),
        None => Ok(Dictionary::default()),
    };
    let first = dictionary(&mut Edits::default())?;
    for s in anchor.iter_mut().chain(&mut train).chain(&mut held).chain(&mut dev) {
        clusters.look_up(&mut s.lex);
        first.look_up(&mut s.lex);
    }
    if !anchor.is_empty() {
        let changed = harmony::features(&anchor, &mut train, SEED);
        report(&format!("features of {changed} words rewritten after the anchor treebank"));
    }
    let relations = harmony::relations(if anchor.is_empty() { &train } else { &anchor }, &train);
    train.splice(0..0, anchor);
    // Again, since rewriting gives words other edits, and what the dictionary adds comes behind them.
    let mut edits = Edits::of(&train);
    let dictionary = dictionary(&mut edits)?;
    for s in train.iter_mut().chain(&mut held).chain(&mut dev) {
        dictionary.look_up(&mut s.lex);
    }
    let counts = (dictionary.len(), edits.learned, edits.all.len());
    report(&format!("dictionary: {} forms; {} edits of lemmas, {} with it", counts.0, counts.1, counts.2));
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
    let lemmatizer = tagging::lemmatizer(&all, &edits, 6, SEED);
    let trees = jackknife(&train, &morphs, &edits, &dictionary);
    report("tagged the training sentences by jackknifing");
    let mut models = Models {
        ends,
        splits,
        clusters,
        dictionary,
        tagger,
        lemmatizer,
        parser: ParserSum::new(&labels).finish(&labels),
    };
    let tagged = |set: &[Sample]| with_tags(set, &models.tagger, &models.lemmatizer, &models.dictionary, &morphs);
    let (held, dev) = (tagged(&held), tagged(&dev));
    let seeds = &SEEDS[..options.seeds.clamp(1, SEEDS.len())];
    let (lines, progress) = std::sync::mpsc::channel::<String>();
    let selection = Selection::scout(&labels, &trees, &options.limits);
    report(&format!("selected features: {} of transitions, {} of labels", selection.len().0, selection.len().1));
    let job = |k: usize| {
        let mut trainer = Trainer::over(&labels, trees.len(), seeds[k], &selection);
        for epoch in 1..=options.epochs {
            let right = trainer.epoch(&trees);
            let scores = attachments(&ParserSum::of(&trainer).finish(&labels), &held, &dev);
            let line = format!("trees, model {}, pass {epoch}: {right:.2} of 100 sentences right{scores}", k + 1);
            // Nobody listens any more only when the training is given up.
            lines.send(line).ok();
        }
        trainer
    };
    let job = &job;
    let trainers = std::thread::scope(|scope| {
        let all = scope.spawn(move || parallel(seeds.len(), job));
        while !all.is_finished() {
            while let Ok(line) = progress.recv_timeout(std::time::Duration::from_millis(200)) {
                report(&line);
            }
        }
        all.join().expect("a trainer that does not panic")
    });
    progress.try_iter().for_each(|line| report(&line));
    let mut sum = ParserSum::new(&labels);
    for (k, trainer) in trainers.iter().enumerate() {
        sum.add(trainer);
        models.parser = sum.finish(&labels);
        let size = (models.parser.moves.len(), models.parser.arcs.weights());
        let scores = attachments(&models.parser, &held, &dev);
        report(&format!("sum of {}: {} features of transitions, {} weights of labels{scores}", k + 1, size.0, size.1));
    }
    narrow(&mut models.parser, &dev, report);
    save(&models)?;
    Ok(models)
}

/// Does `count` jobs on all processors; the results are in order.
fn parallel<T: Send>(count: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(count);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let worker = || {
            let mut mine = Vec::new();
            loop {
                let k = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if k >= count {
                    return mine;
                }
                mine.push((k, job(k)));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|w| w.join().expect("a job that does not panic")).collect()
    });
    done.sort_by_key(|d| d.0);
    done.into_iter().map(|d| d.1).collect()
}

/// Attachment scores that a narrower search may cost, in points.
const LOSS: f64 = 0.15;

/// Sets how far a configuration may fall behind the best one before it is given up: as little as
/// costs next to nothing on the development set. A sure decision then costs one configuration, a
/// doubtful one the whole beam.
fn narrow(parser: &mut Parser, dev: &[Tree], report: &mut dyn FnMut(&str)) {
    let whole = attachment(parser, dev);
    for margin in [1500, 2000, 2500, 3000, 3500, 4000, 5000, 6000, 8000, 10_000, 15_000] {
        parser.margin = margin;
        let now = attachment(parser, dev);
        if now.0 + now.1 >= whole.0 + whole.1 - 2.0 * LOSS {
            report(&format!("margin {margin}: dev UAS {:.2} LAS {:.2}", now.0, now.1));
            return;
        }
    }
    parser.margin = i64::MAX;
}

/// Tags every fifth of the sentences with a tagger trained on the others, so that the parser sees
/// the same kind of errors as on new text.
fn jackknife(train: &[Sample], morphs: &Morphs, edits: &Edits, dictionary: &Dictionary) -> Vec<Tree> {
    let folds = parallel(FOLDS, |fold| {
        let (mine, rest): (Vec<_>, Vec<_>) = train.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
        let rest: Vec<&Sample> = rest.into_iter().map(|x| x.1).collect();
        let tagger = tagging::tagger(&rest, morphs, 5, &[SEED + fold as u64]);
        let lemmatizer = tagging::lemmatizer(&rest, edits, 3, SEED + fold as u64);
        let tag = |(i, s): (usize, &Sample)| {
            with_tags(std::slice::from_ref(s), &tagger, &lemmatizer, dictionary, morphs).pop().map(|t| (i, t))
        };
        mine.into_iter().filter_map(tag).collect::<Vec<_>>()
    });
    let mut trees: Vec<(usize, Tree)> = folds.into_iter().flatten().collect();
    trees.sort_by_key(|t| t.0);
    trees.into_iter().map(|t| t.1).collect()
}

fn with_tags(
    samples: &[Sample],
    tagger: &Tagger,
    lemmatizer: &Lemmatizer,
    dictionary: &Dictionary,
    morphs: &Morphs,
) -> Vec<Tree> {
    let (mut tags, mut classes) = (Vec::new(), Vec::new());
    let (mut a, mut b) = (tagger::Scratch::default(), lemmatizer::Scratch::default());
    let each = samples.iter().map(|s| {
        tagger.tag(&s.lex, &mut tags, &mut classes, &mut a);
        let lemmas: Vec<String> = (0..s.lex.len())
            .map(|i| {
                let mut out = String::new();
                let upos = Upos::ALL[usize::from(tags[i])];
                let given = (dictionary, a.seen(i, upos));
                lemmatizer.lemma(&s.forms[i], &s.lex[i], (upos, classes[i]), given, &mut b, &mut out);
                out
            })
            .collect();
        Tree::new(s, (&tags, &a.doubts), &classes, &lemmas, morphs)
    });
    each.collect()
}

/// UAS and LAS without subtypes, punctuation included.
fn attachment(parser: &Parser, trees: &[Tree]) -> (f64, f64) {
    let base = universal(&parser.labels);
    let mut s = Scratch::default();
    let (mut n, mut u, mut l) = (0u32, 0u32, 0u32);
    for t in trees {
        parser.parse(&t.cells, &mut s);
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
