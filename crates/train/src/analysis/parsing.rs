//! Training of the parser, with the dynamic oracle of the arc-hybrid system.

use super::data::{OPEN, Sample};
use crate::perceptron::{Perceptron, Random, Sum};
use temoin_language::linear::{Linear, Scorer, text as hash};
use temoin_language::parser::{Action, Input, Labels, State, features};
use temoin_language::tagger::Morphs;

/// A sentence as the parser sees it: predicted tags and lemmas, gold tree.
pub struct Tree {
    /// Lemma hashes.
    pub word: Vec<u32>,
    /// Form hashes.
    pub form: Vec<u32>,
    /// Parts of speech.
    pub tag: Vec<u32>,
    /// Fine tags.
    pub fine: Vec<u32>,
    /// Coarse clusters.
    pub coarse: Vec<u32>,
    /// Fine clusters.
    pub cluster: Vec<u32>,
    /// Heads; the number of words for the root.
    pub heads: Vec<u32>,
    /// Labels.
    pub labels: Vec<u16>,
    /// Weight of a decision.
    pub weight: f32,
}

impl Tree {
    /// From a sentence with the given tags, feature classes and lemmas.
    pub fn new(s: &Sample, tags: &[u8], classes: &[u16], lemmas: &[String], morphs: &Morphs) -> Self {
        Tree {
            word: lemmas.iter().map(|l| hash(l)).collect(),
            form: s.lex.iter().map(|l| l.lower).collect(),
            tag: tags.iter().map(|&t| u32::from(t)).collect(),
            fine: classes.iter().map(|&c| morphs.coarse[usize::from(c)]).collect(),
            coarse: s.lex.iter().map(|l| l.coarse).collect(),
            cluster: s.lex.iter().map(|l| l.fine).collect(),
            heads: s.heads.clone(),
            labels: s.labels.clone(),
            weight: s.weight,
        }
    }

    /// The columns for the feature functions.
    pub fn input(&self) -> Input<'_> {
        Input {
            word: &self.word,
            form: &self.form,
            tag: &self.tag,
            fine: &self.fine,
            coarse: &self.coarse,
            cluster: &self.cluster,
        }
    }
}

/// Arcs of the gold tree that a transition makes impossible (Goldberg and Nivre 2013, section 4.3).
fn cost(s: &State, heads: &[u32], a: Action) -> u32 {
    let n = s.n;
    let gold = |i: u32| heads[i as usize];
    let waiting = |i: u32| i as usize >= s.next;
    // Gold dependents of `h` among the words still to come.
    let to_come = |h: u32| (s.next..n).filter(|&d| heads[d] == h).count() as u32;
    match a {
        Action::Shift => {
            let b = s.next as u32;
            let top = s.stack.last().copied();
            let below = s.stack.iter().rev().skip(1).any(|&h| gold(b) == h);
            let children = s.stack.iter().filter(|&&d| gold(d) == b).count() as u32;
            debug_assert!(top.is_some());
            u32::from(below) + children
        }
        Action::Left(_) => {
            let t = *s.stack.last().expect("allowed");
            let under = s.stack.len().checked_sub(2).map(|k| s.stack[k]);
            let h = gold(t);
            let lost = (waiting(h) && h as usize != s.next) || Some(h) == under;
            u32::from(lost) + to_come(t)
        }
        Action::Right(_) => {
            let t = *s.stack.last().expect("allowed");
            u32::from(waiting(gold(t))) + to_come(t)
        }
    }
}

/// The label that an action must carry to be right, where its arc is in the gold tree.
fn gold_label(s: &State, tree: &Tree, a: Action) -> Option<u16> {
    let t = *s.stack.last()?;
    let right_head = match a {
        Action::Shift => return None,
        Action::Left(_) => s.next as u32,
        Action::Right(_) => s.stack[s.stack.len() - 2],
    };
    (tree.heads[t as usize] == right_head).then(|| tree.labels[t as usize])
}

/// Updates before a feature counts; ten would do as well and be smaller, twenty-five costs 0.3 LAS.
const LEAST_USES: u32 = 8;

/// Quantisation of the weights.
pub const RANGE: f32 = 2000.0;
/// Units below which a weight is dropped.
pub const LEAST: i16 = 3;

/// A parser in training.
pub struct Trainer<'a> {
    labels: &'a Labels,
    /// First label with the same base, by label.
    base: Vec<u16>,
    model: Perceptron,
    random: Random,
    order: Vec<usize>,
    epoch: usize,
}

impl<'a> Trainer<'a> {
    /// A trainer that knows nothing yet.
    pub fn new(labels: &'a Labels, sentences: usize, seed: u64) -> Self {
        let base = |n: &str| n.split(':').next().unwrap_or(n).to_owned();
        let first = |n: &String| labels.0.iter().position(|m| base(m) == base(n)).unwrap_or(0) as u16;
        let base = labels.0.iter().map(first).collect();
        Trainer {
            labels,
            base,
            model: Perceptron::with_least_uses(labels.classes(), LEAST_USES),
            random: Random(seed),
            order: (0..sentences).collect(),
            epoch: 0,
        }
    }

    /// One pass over the sentences; gives the share of right decisions.
    pub fn epoch(&mut self, trees: &[Tree]) -> f64 {
        self.random.shuffle(&mut self.order);
        let (mut s, mut f) = (State::default(), Vec::new());
        let mut scores = vec![0.0f32; self.labels.classes()];
        let (mut right, mut all) = (0u64, 0u64);
        for &k in &self.order {
            let tree = &trees[k];
            let input = tree.input();
            s.reset(input.len());
            while !s.done() {
                if let Some(only) = s.forced() {
                    s.apply(only);
                    continue;
                }
                features(&input, &s, &mut f);
                scores.fill(0.0);
                self.model.add(&f, &mut scores);
                let guess = s.choose(&scores);
                let costs = [Action::Shift, Action::Left(0), Action::Right(1)].map(|a| {
                    let possible = match a {
                        Action::Shift => s.allows(a),
                        Action::Left(_) => s.allows(a) || s.allows(Action::Left(1)),
                        Action::Right(_) => s.allows(a),
                    };
                    if possible { cost(&s, &tree.heads, a) } else { u32::MAX }
                });
                let least = *costs.iter().min().expect("three");
                let labels = [
                    None,
                    gold_label(&s, tree, Action::Left(0)),
                    if costs[2] < u32::MAX { gold_label(&s, tree, Action::Right(0)) } else { None },
                ];
                let base = &self.base;
                let fits = |gold: Option<u16>, l: u16| match gold {
                    None => true,
                    Some(g) if g & OPEN != 0 => base[usize::from(l)] == g & !OPEN,
                    Some(g) => g == l,
                };
                let good = |a: Action| match a {
                    Action::Shift => costs[0] == least,
                    Action::Left(l) => costs[1] == least && fits(labels[1], l),
                    Action::Right(l) => costs[2] == least && fits(labels[2], l),
                };
                all += 1;
                self.model.tick();
                if good(guess) {
                    right += 1;
                    s.apply(guess);
                    continue;
                }
                let truth = s.choose_among(&scores, good);
                self.model.update(&f, truth.class(), guess.class(), tree.weight);
                // After the first passes the parser must learn to go on from its own errors.
                let explore = self.epoch >= 1 && self.random.unit() < 0.9;
                s.apply(if explore { guess } else { truth });
            }
        }
        self.epoch += 1;
        100.0 * right as f64 / all.max(1) as f64
    }

    /// Adds the model so far to a sum.
    pub fn add_to(&self, sum: &mut Sum) {
        sum.add(&self.model);
    }

    /// The model so far.
    pub fn model(&self) -> Linear {
        self.model.finish(RANGE, LEAST)
    }
}
