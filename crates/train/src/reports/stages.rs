//! Training of the four models of the layer of reports.

use super::crf::{self, Sentence};
use super::gold::{self, Mention};
use super::weights::{Example, Numbering, Settings, Weights, choose, decide, mean};
use crate::popcorn::data::Report;
use temoin_extract::reports::chains::{self, Node};
use temoin_extract::reports::inventory::Inventory;
use temoin_extract::reports::labels::{KINDS, OUTSIDE, label};
use temoin_extract::reports::model::{Layer, UNIT};
use temoin_extract::reports::pairs::{Chain, Context};
use temoin_extract::reports::view::View;
use temoin_extract::reports::{Place, kinds, words};
use temoin_language::linear::Linear;

/// A report with all that its examples are made of.
pub struct Text<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its words.
    pub view: &'a View<'a>,
    /// Its mentions.
    pub gold: &'a [Mention],
}

/// Trains both layers of mentions.
pub fn layers(texts: &[Text<'_>], settings: Settings) -> [Layer; 2] {
    let mut numbering = Numbering::default();
    let mut raw = Vec::new();
    let mut f = Vec::new();
    for text in texts {
        for &sentence in text.view.doc.sentences() {
            let words: Vec<Vec<u32>> = (sentence.start as usize..sentence.end as usize)
                .map(|i| {
                    f.clear();
                    words::features(text.view, sentence, i, &mut f);
                    numbering.count(&f);
                    f.clone()
                })
                .collect();
            let labels: [Vec<usize>; 2] = std::array::from_fn(|layer| {
                let mut labels = vec![OUTSIDE; words.len()];
                let inside = |m: &&Mention| sentence.contains(m.place.span) && m.class / KINDS == layer;
                for m in text.gold.iter().filter(inside) {
                    let (from, to) = (m.place.span.start - sentence.start, m.place.span.end - sentence.start);
                    let (from, to) = (from as usize, to as usize);
                    if labels[from..to].iter().all(|&l| l == OUTSIDE) {
                        (from..to).for_each(|i| labels[i] = label(m.class % KINDS, i - from, to - from));
                    }
                }
                labels
            });
            raw.push((words, labels));
        }
    }
    numbering.prune(2);
    let sentences = |layer: usize| -> Vec<Sentence> {
        let one = |(words, labels): &(Vec<Vec<u32>>, [Vec<usize>; 2])| Sentence {
            rows: words.iter().map(|f| numbering.rows(f)).collect(),
            labels: labels[layer].clone(),
        };
        raw.iter().map(one).collect()
    };
    let train = |layer: usize| crf::train(&sentences(layer), &numbering, settings);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| train(1));
        [train(0), other.join().expect("training does not panic")]
    })
}

/// Trains the fine types of mentions and of entities with all their mentions.
pub fn kinds(texts: &[Text<'_>], inventory: &Inventory, settings: Settings) -> Linear {
    let mut raw = Vec::new();
    for text in texts {
        for (index, entity) in text.report.entities.iter().enumerate() {
            let mentions: Vec<&Mention> = text.gold.iter().filter(|m| m.index == index).collect();
            let Some(class) = mentions.first().map(|m| m.class) else { continue };
            let possible = bits(inventory.types.iter().map(|t| t.0 == class));
            let right = bits(inventory.types.iter().map(|t| t.0 == class && t.1 == entity.kind));
            if possible.count_ones() < 2 || right == 0 {
                continue;
            }
            let all: Vec<Place> = mentions.iter().map(|m| m.place).collect();
            let singles = all.iter().map(std::slice::from_ref);
            for places in singles.chain((all.len() > 1).then_some(&all[..])) {
                let mut f = Vec::new();
                kinds::features(text.view, places, class, &mut f);
                raw.push((f, right, possible));
            }
        }
    }
    let (numbering, examples) = numbered(raw, 2);
    let fresh = || Weights::new(numbering.len(), inventory.types.len(), settings);
    mean(&examples, fresh, choose, settings).finish(&numbering, UNIT, 4)
}

/// Mentions with the entities of the corpus that they mention, for training of chains.
pub type Marked = (Vec<Node>, Vec<Option<u32>>);

/// Taken off the score of a new chain: a missing link costs more in the end than a wrong one, for
/// both halves of a chain have its relations. Of 0, ½, 1 and 1½ the best two on held-out texts are ½ and 1.
const READY_TO_JOIN: f32 = 0.75;

/// Trains coreference on mentions, found or of the corpus.
pub fn chains(views: &[&View<'_>], marked: &[Marked], settings: Settings) -> Linear {
    let mut numbering = Numbering::default();
    let mut raw: Vec<(Vec<Vec<u32>>, Vec<bool>)> = Vec::new();
    for (view, (nodes, entities)) in views.iter().zip(marked) {
        let mut open: Vec<(Option<u32>, usize, Vec<usize>)> = Vec::new();
        for (j, node) in nodes.iter().enumerate().filter(|(_, n)| n.class < KINDS) {
            let features = |chain: &[usize]| {
                let mut f = Vec::new();
                chains::features(view, nodes, chain, j, &mut f);
                f
            };
            let mut choices = vec![features(&[])];
            let mut right = vec![false];
            let mut home = None;
            for (k, (entity, class, chain)) in open.iter().enumerate() {
                if *class == node.class {
                    choices.push(features(chain));
                    let same = entity.is_some() && *entity == entities[j];
                    right.push(same);
                    home = home.or(same.then_some(k));
                }
            }
            right[0] = home.is_none();
            match home {
                Some(k) => open[k].2.push(j),
                None => open.push((entities[j], node.class, vec![j])),
            }
            if choices.len() > 1 {
                choices.iter().for_each(|f| numbering.count(f));
                raw.push((choices, right));
            }
        }
    }
    numbering.prune(2);
    let examples: Vec<(Vec<Vec<u32>>, Vec<bool>)> =
        raw.into_iter().map(|(c, r)| (c.iter().map(|f| numbering.rows(f)).collect(), r)).collect();
    let fresh = || Weights::new(numbering.len(), 1, settings);
    let step = |w: &mut Weights, (choices, right): &(Vec<Vec<u32>>, Vec<bool>)| {
        let scores: Vec<f32> = choices
            .iter()
            .map(|rows| {
                let mut sum = [0.0];
                w.add(rows, &mut sum);
                sum[0]
            })
            .collect();
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = scores.iter().map(|s| (s - top).exp()).sum();
        let held: f32 = scores.iter().zip(right).filter(|(_, r)| **r).map(|(s, _)| (s - top).exp()).sum();
        for ((rows, s), &r) in choices.iter().zip(&scores).zip(right) {
            let p = (s - top).exp();
            w.step(rows, &[p / total - if r { p / held } else { 0.0 }]);
        }
    };
    let mut weights = mean(&examples, fresh, step, settings);
    if let Some(row) = numbering.row(chains::of_new()) {
        weights.shift(row, 0, -READY_TO_JOIN);
    }
    weights.finish(&numbering, UNIT, 4)
}

/// Entities of a report and the entities of the corpus that share a mention with each.
pub struct Related<'a> {
    /// The report with its words.
    pub text: &'a Text<'a>,
    /// Mentions.
    pub nodes: &'a [Node],
    /// Entities.
    pub chains: &'a [Chain],
    /// What they are in the corpus.
    pub shared: Vec<Vec<u32>>,
}

impl Related<'_> {
    /// Number of the relation of the corpus that holds between two entities under this name.
    pub fn relation(&self, name: &str, from: usize, to: usize) -> Option<usize> {
        let is =
            |(a, n, b): &(u32, String, u32)| n == name && self.shared[from].contains(a) && self.shared[to].contains(b);
        let both = !self.shared[from].is_empty() && !self.shared[to].is_empty();
        self.text.report.relations.iter().position(is).filter(|_| both)
    }

    /// Relations of the corpus between two entities, a bit for each relation of the inventory.
    pub fn truth(&self, inventory: &Inventory, from: usize, to: usize) -> u64 {
        if self.shared[from].is_empty() || self.shared[to].is_empty() {
            return 0;
        }
        bits(
            inventory
                .relations
                .iter()
                .map(|r| r.of_itself == (from == to) && self.relation(&r.name, from, to).is_some()),
        )
    }
}

/// Trains relations.
pub fn relations(related: &[&Related<'_>], inventory: &Inventory, settings: Settings) -> Linear {
    let mut raw = Vec::new();
    for r in related {
        let context = Context::new(r.text.view, r.nodes, r.chains);
        for from in 0..r.chains.len() {
            for to in 0..r.chains.len() {
                let possible = bits(inventory.relations.iter().map(|x| x.fits(r.chains, from, to)));
                if possible > 0 {
                    let mut f = Vec::new();
                    context.features(from, to, &mut f);
                    raw.push((f, r.truth(inventory, from, to) & possible, possible));
                }
            }
        }
    }
    let (numbering, examples) = numbered(raw, 3);
    let fresh = || Weights::new(numbering.len(), inventory.relations.len(), settings);
    mean(&examples, fresh, decide, settings).finish(&numbering, UNIT, 4)
}

fn numbered(raw: Vec<(Vec<u32>, u64, u64)>, least: u32) -> (Numbering, Vec<Example>) {
    let mut numbering = Numbering::default();
    raw.iter().for_each(|(f, ..)| numbering.count(f));
    numbering.prune(least);
    let example = |(f, right, possible): (Vec<u32>, u64, u64)| Example { rows: numbering.rows(&f), right, possible };
    let examples = raw.into_iter().map(example).collect();
    (numbering, examples)
}

fn bits(flags: impl Iterator<Item = bool>) -> u64 {
    flags.enumerate().fold(0, |bits, (i, f)| bits | u64::from(f) << i)
}

/// Mentions of the corpus as mentions found, with their entities.
pub fn marked(text: &Text<'_>, inventory: &Inventory) -> Marked {
    let kind = |m: &Mention| {
        let name = &text.report.entities[m.index].kind;
        inventory.types.iter().position(|t| t.1 == *name).unwrap_or(0)
    };
    let nodes = text.gold.iter().map(|m| Node::new(text.view, m.place, m.class, kind(m))).collect();
    (nodes, text.gold.iter().map(|m| Some(m.entity)).collect())
}

/// Mentions that a model finds, with the entities of the corpus that they mention.
pub fn found(text: &Text<'_>, nodes: Vec<Node>) -> Marked {
    let entities = gold::entities(text.view, &nodes, text.gold);
    (nodes, entities)
}
