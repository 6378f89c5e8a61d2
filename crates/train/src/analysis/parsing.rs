//! Training of the parser, with the dynamic oracle of the arc-hybrid system.

use super::data::{OPEN, Sample};
use crate::dense::{DensePerceptron, DenseSum};
use crate::perceptron::{Perceptron, Random, Sum};
use temoin_language::linear::{best, text as hash};
use temoin_language::packed::Packed;
use temoin_language::parser::{
    Beam, Cell, Labels, Move, Parser, Path, State, Weights, Window, features, label_features,
};
use temoin_language::tagger::Morphs;

/// A sentence as the parser sees it: predicted tags and lemmas, gold tree.
pub struct Tree {
    /// Hashes of the words.
    pub cells: Vec<Cell>,
    /// Heads; the number of words for the root.
    pub heads: Vec<u32>,
    /// Labels.
    pub labels: Vec<u16>,
    /// Weight of a decision.
    pub weight: f32,
}

impl Tree {
    /// From a sentence with the given tags, feature classes and lemmas.
    pub fn new(
        s: &Sample,
        (tags, doubts): (&[u8], &[u8]),
        classes: &[u16],
        lemmas: &[String],
        morphs: &Morphs,
    ) -> Self {
        let cell = |i: usize| Cell {
            word: hash(&lemmas[i]),
            form: s.lex[i].lower,
            tag: u32::from(tags[i]),
            doubt: u32::from(doubts[i]),
            fine: morphs.coarse[usize::from(classes[i])],
            coarse: s.lex[i].coarse,
            cluster: s.lex[i].fine,
        };
        let cells = (0..s.lex.len()).map(cell).collect();
        Tree { cells, heads: s.heads.clone(), labels: s.labels.clone(), weight: s.weight }
    }
}

/// Arcs of the gold tree that a transition makes impossible (Goldberg and Nivre 2013, section 4.3).
fn cost(s: &State, heads: &[u32], m: Move) -> u32 {
    let (n, next) = (s.n, s.at());
    let gold = |i: u32| heads[i as usize];
    let waiting = |i: u32| i as usize >= next;
    // Gold dependents of `h` among the words still to come.
    let to_come = |h: u32| (next..n).filter(|&d| heads[d] == h).count() as u32;
    let Some(top) = s.stack.last().map(|i| i.word) else { return 0 };
    match m {
        Move::Shift => {
            let b = next as u32;
            let below = s.stack.iter().rev().skip(1).any(|h| gold(b) == h.word);
            let children = s.stack.iter().filter(|d| gold(d.word) == b).count() as u32;
            u32::from(below) + children
        }
        Move::Left => {
            let under = s.stack.len().checked_sub(2).map(|k| s.stack[k].word);
            let h = gold(top);
            let lost = (waiting(h) && h as usize != next) || Some(h) == under;
            u32::from(lost) + to_come(top)
        }
        Move::Right => u32::from(waiting(gold(top))) + to_come(top),
    }
}

/// The label that the arc of a transition must carry, where it is in the gold tree.
fn gold_label(s: &State, tree: &Tree, m: Move) -> Option<u16> {
    let top = s.stack.last()?.word as usize;
    let head = match m {
        Move::Shift => return None,
        Move::Left => s.at() as u32,
        Move::Right => s.stack[s.stack.len() - 2].word,
    };
    (tree.heads[top] == head).then(|| tree.labels[top])
}

/// Configurations that the search keeps.
const WIDTH: usize = 8;
/// Updates before a feature of the transitions counts.
const LEAST_USES: u32 = 16;
/// Updates before a feature of the labels counts.
const LEAST_LABEL_USES: u32 = 3;

/// Quantisation of the weights.
const RANGE: f32 = 2000.0;
/// Units below which a weight of a label is dropped.
const LEAST: i16 = 5;
/// Units by which the weights of a transition feature must differ for it to be kept.
const LEAST_SPREAD: i16 = 8;
/// Passes of the scout that chooses the features.
const SCOUT: usize = 3;

/// A parser in training.
pub struct Trainer<'a> {
    labels: &'a Labels,
    /// First label with the same base, by label.
    base: Vec<u16>,
    moves: DensePerceptron<3>,
    arcs: Perceptron,
    random: Random,
    order: Vec<usize>,
}

/// How many features a scout may choose.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Features of transitions.
    pub moves: usize,
    /// Features of labels.
    pub labels: usize,
    /// Updates that a feature of the transitions must be part of; a fifth of it for the labels.
    pub least_uses: u32,
}

/// Features that are worth their place in the file. A model trained on them alone is as good as one
/// trained on all; one trained on all and pruned afterwards is not.
#[derive(Clone, Debug)]
pub struct Selection {
    moves: Vec<u32>,
    arcs: Vec<u32>,
}

impl Selection {
    /// The features that a first parser finds the most telling.
    pub fn scout(labels: &Labels, trees: &[Tree], limits: &Limits) -> Self {
        let mut t = Trainer::new(labels, trees.len(), 1);
        t.moves = DensePerceptron::new(limits.least_uses);
        t.arcs = Perceptron::with_least_uses(labels.0.len(), (limits.least_uses / 5).max(1));
        for _ in 0..SCOUT {
            t.epoch(trees);
        }
        let mut sum = DenseSum::default();
        sum.add(&t.moves);
        let mut labels = t.arcs.strongest();
        labels.truncate(limits.labels);
        Selection { moves: sum.rows(RANGE, 1, limits.moves).into_iter().map(|r| r.0).collect(), arcs: labels }
    }

    /// Number of features of the transitions and of the labels.
    pub fn len(&self) -> (usize, usize) {
        (self.moves.len(), self.arcs.len())
    }
}

/// Working memory of a trainer.
#[derive(Default)]
struct Scratch {
    features: Vec<u32>,
    label_features: Vec<u32>,
    scores: Vec<f32>,
}

/// The sum of parsers trained in different orders.
pub struct ParserSum {
    moves: DenseSum<3>,
    arcs: Sum,
}

impl ParserSum {
    /// The sum of nothing.
    pub fn new(labels: &Labels) -> Self {
        ParserSum { moves: DenseSum::default(), arcs: Sum::new(labels.0.len()) }
    }

    /// The sum of one.
    pub fn of(t: &Trainer<'_>) -> Self {
        let mut sum = ParserSum::new(t.labels);
        sum.add(t);
        sum
    }

    /// Adds the averaged weights of a parser.
    pub fn add(&mut self, t: &Trainer<'_>) {
        self.moves.add(&t.moves);
        self.arcs.add(&t.arcs);
    }

    /// The parser.
    pub fn finish(&self, labels: &Labels) -> Parser {
        let (moves, arcs) =
            (Packed::from_rows(&self.moves.rows(RANGE, LEAST_SPREAD, usize::MAX)), self.arcs.finish(RANGE, LEAST));
        Parser { labels: labels.clone(), moves, arcs, width: WIDTH, margin: i64::MAX, clusters: true }
    }
}

/// A parser in training, for the search.
struct Training<'a, 'b> {
    t: &'a Trainer<'b>,
    s: &'a mut Scratch,
}

impl Weights for Training<'_, '_> {
    fn moves(&mut self, input: &[Cell], window: &Window) -> [f64; 3] {
        features(input, window, &mut self.s.features);
        let mut scores = [0.0f32; 3];
        self.t.moves.add(&self.s.features, &mut scores);
        scores.map(f64::from)
    }

    fn label(&mut self, input: &[Cell], window: &Window, m: Move) -> u16 {
        label_features(input, window, m, &mut self.s.label_features);
        self.s.scores.clear();
        self.s.scores.resize(self.t.labels.0.len(), 0.0);
        self.t.arcs.add(&self.s.label_features, &mut self.s.scores);
        best(&self.s.scores, |l| l != 0).unwrap_or(0) as u16
    }
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
            moves: DensePerceptron::new(LEAST_USES),
            arcs: Perceptron::with_least_uses(labels.0.len(), LEAST_LABEL_USES),
            random: Random(seed),
            order: (0..sentences).collect(),
        }
    }

    /// A trainer that looks at selected features only.
    pub fn over(labels: &'a Labels, sentences: usize, seed: u64, selection: &Selection) -> Self {
        let mut t = Trainer::new(labels, sentences, seed);
        t.moves = DensePerceptron::over(&selection.moves);
        t.arcs = Perceptron::over(labels.0.len(), &selection.arcs);
        t
    }

    /// One pass over the sentences; gives the share of those whose tree is right. The whole
    /// sequence of transitions counts: where the beam's best one overtakes the best one that loses
    /// no arc, both are updated up to the point where it is ahead the most (structured perceptron
    /// with updates at the greatest violation, Huang, Fayong and Guo 2012).
    pub fn epoch(&mut self, trees: &[Tree]) -> f64 {
        let mut order = std::mem::take(&mut self.order);
        self.random.shuffle(&mut order);
        let (mut state, mut scratch, mut beam) = (State::default(), Scratch::default(), Beam::default());
        let mut right = 0u64;
        for &k in &order {
            let tree = &trees[k];
            let gold = self.gold(&mut state, tree, &mut scratch);
            let mut worst = (0.0f64, u32::MAX, 0);
            let mut weights = Training { t: self, s: &mut scratch };
            beam.search(&tree.cells, WIDTH, f64::INFINITY, &mut weights, |step, score, last| {
                let violation = score - gold[step].2;
                if violation >= worst.0 {
                    worst = (violation, last, step);
                }
            });
            self.moves.tick();
            let guess = beam.path(worst.1);
            if guess.iter().zip(&gold).all(|(a, b)| a.0 == b.0) {
                right += u64::from(guess.len() == gold.len());
                continue;
            }
            for (path, sign) in [(&gold, 1.0f32), (&guess, -1.0)] {
                let mut same = true;
                state.reset(tree.cells.len());
                for (i, &(m, label, _)) in path.iter().enumerate().take(guess.len()) {
                    same &= gold[i].0 == guess[i].0 && gold[i].1 == guess[i].1;
                    if !same && state.forced().is_none() {
                        features(&tree.cells, &state.window(), &mut scratch.features);
                        self.moves.change(&scratch.features, m as usize, sign * tree.weight);
                    }
                    state.apply(m, label);
                }
            }
        }
        self.order = order;
        100.0 * right as f64 / trees.len().max(1) as f64
    }

    /// The path that loses no arc, or as few as possible, and that the model so far likes best;
    /// learns the labels on the way.
    fn gold(&mut self, state: &mut State, tree: &Tree, s: &mut Scratch) -> Path {
        let mut path = Path::new();
        let mut total = 0.0f64;
        state.reset(tree.cells.len());
        while !state.done() {
            let m = state.forced().unwrap_or_else(|| {
                let window = state.window();
                let scores = Training { t: self, s }.moves(&tree.cells, &window);
                let costs = Move::ALL.map(|m| if state.allows(m) { cost(state, &tree.heads, m) } else { u32::MAX });
                let least = *costs.iter().min().expect("three");
                let good = Move::ALL.into_iter().filter(|&m| costs[m as usize] == least);
                let m = good.max_by(|&a, &b| scores[a as usize].total_cmp(&scores[b as usize])).expect("one at least");
                total += scores[m as usize];
                m
            });
            let label = if m == Move::Shift || state.roots(m) { 0 } else { self.label(state, tree, m, s) };
            state.apply(m, label);
            path.push((m, label, total));
        }
        path
    }

    /// Learns from one choice of a label, where the arc is right; gives the label to go on with.
    fn label(&mut self, state: &State, tree: &Tree, m: Move, s: &mut Scratch) -> u16 {
        label_features(&tree.cells, &state.window(), m, &mut s.label_features);
        s.scores.clear();
        s.scores.resize(self.labels.0.len(), 0.0);
        self.arcs.add(&s.label_features, &mut s.scores);
        let guess = best(&s.scores, |l| l != 0).unwrap_or(0);
        let Some(gold) = gold_label(state, tree, m) else { return guess as u16 };
        let base = &self.base;
        let fits = |l: usize| match gold {
            g if g & OPEN != 0 => base[l] == g & !OPEN,
            g => usize::from(g) == l,
        };
        self.arcs.tick();
        if !fits(guess) {
            let truth = best(&s.scores, |l| l != 0 && fits(l)).unwrap_or(guess);
            self.arcs.update(&s.label_features, truth, guess, tree.weight);
        }
        guess as u16
    }
}
