//! A learned layer for short reports of incidents: entities and events with fine types, their
//! coreference, and relations between the entities of a report, also those that no single sentence
//! states.
//!
//! Four linear models over hashed features, one behind the other: mentions by a conditional random
//! field in two layers ([`words`]), their fine types ([`kinds`]), chains ([`chains`]) and relations
//! of pairs of chains ([`pairs`]). They see what the rules found, and leave it as it is.

pub mod chains;
pub mod inventory;
pub mod kinds;
pub mod labels;
pub mod model;
pub mod pairs;
pub mod record;
pub mod view;
pub mod words;

use chains::Node;
use inventory::Inventory;
use labels::LABELS;
use model::{Layer, UNIT};
use pairs::{Chain, Context};
use std::sync::OnceLock;
use temoin_language::linear::Linear;
use temoin_model::{Document, Extraction, Lang, Span, Tok};
use view::View;

/// Words of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The words.
    pub span: Span<Tok>,
    /// The one that heads them, counted over the document.
    pub head: usize,
}

/// The models of the layer. They only read; one is enough for all threads.
#[derive(Clone, Debug)]
pub struct Reports {
    /// Types and relations.
    pub inventory: Inventory,
    /// Mentions of entities and of attributes.
    pub layers: [Layer; 2],
    /// Fine types of mentions.
    pub kinds: Linear,
    /// Coreference.
    pub chains: Linear,
    /// Relations.
    pub relations: Linear,
}

/// Words of the longest text that is read as a report.
pub const MOST_WORDS: usize = 3_000;

/// Why a text is not read as a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReport {
    /// There is no layer for its language.
    #[error("reports are read in French only; left out")]
    Language,
    /// It has too many words.
    #[error("more than {MOST_WORDS} words are no short report; left out")]
    TooLong,
}

/// What the layer finds in a document.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Entities, events and attributes, in order of first mention.
    pub items: Vec<Item>,
    /// What holds between them.
    pub links: Vec<Link>,
}

/// An entity, an event or an attribute (a time, a quantity, a function …).
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Fine type: `FIRE`, `MATERIEL`, `TIME_EXACT`.
    pub kind: String,
    /// Number of its class, see [`inventory::CLASSES`].
    pub class: usize,
    /// Its mentions, in text order.
    pub mentions: Vec<Place>,
}

/// A relation between two items.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Number of the first.
    pub from: usize,
    /// Name: `IS_LOCATED_IN`.
    pub name: String,
    /// Number of the second.
    pub to: usize,
    /// How likely it holds, 0 to 1.
    pub probability: f32,
}

impl Reports {
    /// The layer that the binary embeds, for French; `None` for another language. It is read once per
    /// process, when it is first asked for.
    pub fn builtin(lang: Lang) -> Option<&'static Self> {
        static FRENCH: OnceLock<Option<Reports>> = OnceLock::new();
        let bytes: &[u8] = include_bytes!("../../../../data/models/fr.reports.model");
        match lang {
            Lang::Fr => FRENCH.get_or_init(|| Reports::from_bytes(bytes).ok()).as_ref(),
            Lang::En => None,
        }
    }

    /// Everything that the layer finds in a document in which the rules found `found`. Time grows with
    /// the square of the number of entities.
    ///
    /// # Errors
    /// When the document has more than [`MOST_WORDS`] words: it is no short report.
    pub fn read(&self, doc: &Document, found: &Extraction) -> Result<Report, NoReport> {
        if doc.len() > MOST_WORDS {
            return Err(NoReport::TooLong);
        }
        let view = View::new(doc, found);
        let nodes = self.nodes(&view);
        let chains = self.chains(&view, &nodes);
        let links = self.links(&view, &nodes, &chains);
        let item = |c: &Chain| Item {
            kind: self.inventory.types[c.kind].1.clone(),
            class: c.class,
            mentions: c.nodes.iter().map(|&n| nodes[n].place).collect(),
        };
        Ok(Report { items: chains.iter().map(item).collect(), links })
    }

    /// Mentions of both layers with their fine types, in text order.
    pub fn nodes(&self, view: &View<'_>) -> Vec<Node> {
        let mut out: Vec<Node> = self
            .mentions(view)
            .into_iter()
            .filter_map(|(place, class)| {
                Some(Node::new(view, place, class, inventory::best(&self.kind_scores(view, &[place], class))?))
            })
            .collect();
        out.sort_by_key(|n| (n.place.span.start, n.place.span.end));
        out
    }

    /// Mentions of both layers, with the number of their class.
    pub fn mentions(&self, view: &View<'_>) -> Vec<(Place, usize)> {
        let mut out = Vec::new();
        let mut features = Vec::new();
        for &sentence in view.doc.sentences() {
            let mut scores = [Vec::new(), Vec::new()];
            for i in sentence.start as usize..sentence.end as usize {
                features.clear();
                words::features(view, sentence, i, &mut features);
                for (layer, scores) in self.layers.iter().zip(&mut scores) {
                    let mut sum = [0i32; LABELS];
                    layer.words.add(&features, &mut sum);
                    scores.push(sum.map(|w| w as f32));
                }
            }
            for (k, (layer, scores)) in self.layers.iter().zip(&scores).enumerate() {
                for (from, to, kind) in labels::spans(&labels::best(scores, &layer.pairs)) {
                    let span = Span::new(sentence.start + from as u32, sentence.start + to as u32);
                    out.push((Place { span, head: view.head_of(span) }, k * labels::KINDS + kind));
                }
            }
        }
        out
    }

    /// A score for each fine type of something with these mentions; none for types of other classes.
    pub fn kind_scores(&self, view: &View<'_>, places: &[Place], class: usize) -> Vec<Option<f32>> {
        let mut features = Vec::new();
        kinds::features(view, places, class, &mut features);
        let sum = sum(&self.kinds, &features);
        self.inventory.types.iter().zip(sum).map(|(t, s)| (t.0 == class).then_some(s)).collect()
    }

    /// Entities: mentions that are one, with their types; each attribute is one of its own.
    pub fn chains(&self, view: &View<'_>, nodes: &[Node]) -> Vec<Chain> {
        let mut out: Vec<Chain> = Vec::new();
        let mut features = Vec::new();
        for (j, node) in nodes.iter().enumerate() {
            let mut score = |chain: &[usize]| {
                features.clear();
                chains::features(view, nodes, chain, j, &mut features);
                sum(&self.chains, &features)[0]
            };
            let mut best = (score(&[]), None);
            if node.class < labels::KINDS {
                for (k, chain) in out.iter().enumerate().filter(|(_, c)| c.class == node.class) {
                    let s = score(&chain.nodes);
                    if s > best.0 {
                        best = (s, Some(k));
                    }
                }
            }
            match best.1 {
                Some(k) => out[k].nodes.push(j),
                None => out.push(Chain { nodes: vec![j], class: node.class, kind: node.kind }),
            }
        }
        for chain in out.iter_mut().filter(|c| c.nodes.len() > 1) {
            let places: Vec<Place> = chain.nodes.iter().map(|&n| nodes[n].place).collect();
            let scores = self.kind_scores(view, &places, chain.class);
            chain.kind = inventory::best(&scores).unwrap_or(chain.kind);
        }
        out
    }

    /// Relations that are likely enough.
    pub fn links(&self, view: &View<'_>, nodes: &[Node], chains: &[Chain]) -> Vec<Link> {
        let context = Context::new(view, nodes, chains);
        let mut out = Vec::new();
        for (from, to, scores) in self.pair_scores(&context, chains) {
            for (r, &score) in scores.iter().enumerate() {
                let relation = &self.inventory.relations[r];
                let probability = 1.0 / (1.0 + (-score).exp());
                if probability >= relation.least {
                    out.push(Link { from, name: relation.name.clone(), to, probability });
                }
            }
        }
        out
    }

    /// Scores of all relations for all pairs of entities that may have one; minus infinity for a
    /// relation that entities of these classes do not have.
    pub fn pair_scores(&self, context: &Context<'_>, chains: &[Chain]) -> Vec<(usize, usize, Vec<f32>)> {
        let mut features = Vec::new();
        let n = chains.len();
        let mut raw: Vec<Option<Vec<f32>>> = vec![None; n * n];
        for from in 0..n {
            for to in 0..n {
                if !self.inventory.may_relate(chains, from, to) {
                    continue;
                }
                features.clear();
                context.features(from, to, &mut features);
                raw[from * n + to] = Some(sum(&self.relations, &features));
            }
        }
        let mut out = Vec::new();
        for from in 0..n {
            for to in 0..n {
                let Some(there) = &raw[from * n + to] else { continue };
                let back = raw[to * n + from].as_ref();
                let score = |r: usize| {
                    let relation = &self.inventory.relations[r];
                    if !relation.fits(chains, from, to) {
                        f32::NEG_INFINITY
                    } else if relation.both_ways {
                        back.map_or(there[r], |b| (there[r] + b[r]) / 2.0)
                    } else {
                        there[r]
                    }
                };
                out.push((from, to, (0..self.inventory.relations.len()).map(score).collect()));
            }
        }
        out
    }
}

/// Sums of the weights of `features`.
fn sum(model: &Linear, features: &[u32]) -> Vec<f32> {
    let mut sums = vec![0; model.classes()];
    model.add(features, &mut sums);
    sums.into_iter().map(|s| s as f32 / UNIT).collect()
}
