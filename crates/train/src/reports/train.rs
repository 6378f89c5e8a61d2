//! `temoin-train train-reports`: all models of the layer of reports, each on what the one before it
//! finds in texts that it has not seen.

use super::gold::{self, Mention};
use super::stages::{self, Marked, Related, Text};
use super::weights::Settings;
use crate::coref::score::extract;
use crate::popcorn::answer::Answer;
use crate::popcorn::data::{self, Report};
use crate::popcorn::mapping::Mapping;
use crate::popcorn::score::Scores;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use temoin_extract::Extractor;
use temoin_extract::reports::Reports;
use temoin_extract::reports::inventory::{CLASSES, Inventory, Relation};
use temoin_extract::reports::pairs::{Chain, Context};
use temoin_extract::reports::view::View;
use temoin_language::Annotator;
use temoin_language::container::ModelFile;
use temoin_model::{Document, Extraction, Lang};

/// Train the layer of reports on the 400 training texts of POPCORN.
#[derive(Debug, Args)]
pub struct TrainReports {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Model file to write
    #[arg(long)]
    out: PathBuf,
    /// Keep every fourth text out of training and score it: for choosing features and settings
    #[arg(long)]
    hold_out: bool,
}

impl TrainReports {
    /// Trains and writes the model; with texts held out, prints their scores.
    ///
    /// # Errors
    /// When the corpus cannot be read or the model cannot be written.
    pub fn run(&self) -> Result<(), String> {
        let all = data::read(&self.corpora, "train")?;
        let mapping = Mapping::builtin()?;
        let (mut learn, mut test) = (BTreeMap::new(), BTreeMap::new());
        for (n, (name, report)) in all.into_iter().enumerate() {
            let to = if self.hold_out && n % 4 == 3 { &mut test } else { &mut learn };
            to.insert(name, report);
        }
        let model = train(&learn, &mapping, &AllSettings::default());
        let mut file = ModelFile::default();
        let said = "language: fr\ncorpora: POPCORN, the training texts (MIT)\ntemoin-train train-reports\n";
        file.insert("meta", said.as_bytes().to_vec());
        model.write(&mut file);
        let bytes = file.write().map_err(|e| e.to_string())?;
        std::fs::write(&self.out, &bytes).map_err(|e| format!("{}: {e}", self.out.display()))?;
        if self.hold_out {
            let mut scores = Scores::default();
            for (report, (doc, found)) in test.values().zip(analyse(&test)) {
                let read = model.read(&doc, &found).map_err(|e| e.to_string())?;
                scores.add(&doc, report, &Answer::of_reports(&doc, &read), &mapping);
            }
            crate::say!("{}", scores.tables(test.len(), &mapping));
        }
        Ok(())
    }
}

/// Parts that the reports are divided into, each found by models of the others.
const FOLDS: usize = 5;

/// Settings of all models; chosen on texts held out of training, where the scores are flat around them.
#[derive(Clone, Copy, Debug)]
pub struct AllSettings {
    /// Layers of mentions.
    pub words: Settings,
    /// Fine types.
    pub kinds: Settings,
    /// Coreference.
    pub chains: Settings,
    /// Relations.
    pub relations: Settings,
}

impl Default for AllSettings {
    fn default() -> Self {
        AllSettings {
            words: Settings { rate: 0.07, l1: 0.1, l2: 5.0, epochs: 12, seeds: 3 },
            kinds: Settings { rate: 0.1, l1: 0.1, l2: 1.0, epochs: 10, seeds: 3 },
            chains: Settings { rate: 0.05, l1: 0.1, l2: 1.0, epochs: 8, seeds: 3 },
            relations: Settings { rate: 0.03, l1: 0.2, l2: 1.0, epochs: 5, seeds: 3 },
        }
    }
}

/// Analysed reports.
pub type Analysed = Vec<(Document, Extraction)>;

/// Analyses reports as the pipeline does.
pub fn analyse(reports: &BTreeMap<String, Report>) -> Analysed {
    let (annotator, extractor) = (Annotator::builtin(Lang::Fr), Extractor::builtin());
    reports.iter().map(|(name, r)| extract(&annotator, &extractor, name, &r.text)).collect()
}

/// Types and relations of the corpus.
pub fn inventory(reports: &BTreeMap<String, Report>, mapping: &Mapping) -> Inventory {
    let mut types: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let mut relations: BTreeMap<&str, BTreeMap<(usize, usize), usize>> = BTreeMap::new();
    let mut turned: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for report in reports.values() {
        let class = |id: u32| {
            let entity = report.entities.iter().find(|e| e.id == id);
            entity.and_then(|e| gold::class(&e.kind, mapping))
        };
        for entity in &report.entities {
            if let Some(c) = gold::class(&entity.kind, mapping) {
                *types.entry((c, entity.kind.clone())).or_default() += 1;
            }
        }
        for (a, name, b) in &report.relations {
            let (Some(from), Some(to)) = (class(*a), class(*b)) else { continue };
            *relations.entry(name).or_default().entry((from, to)).or_default() += 1;
            let back = report.relations.iter().any(|(x, n, y)| n == name && x == b && y == a);
            let counts = turned.entry(name).or_default();
            counts[0] += 1;
            counts[1] += usize::from(back);
            counts[2] += usize::from(a == b);
        }
    }
    let relation = |(name, pairs): (&&str, &BTreeMap<(usize, usize), usize>)| {
        let mut between = [0u16; CLASSES.len()];
        let all: usize = pairs.values().sum();
        for (&(from, to), &n) in pairs {
            if n >= 2 && n * 200 >= all {
                between[from] |= 1 << to;
            }
        }
        let [all, both, itself] = turned[name];
        Relation {
            name: (*name).to_owned(),
            least: 0.5,
            both_ways: both * 10 > all * 9 && itself * 2 < all,
            of_itself: itself * 2 > all,
            between,
        }
    };
    let relations: Vec<Relation> =
        relations.iter().filter(|r| r.1.values().sum::<usize>() >= 10).map(relation).collect();
    Inventory { types: types.into_keys().collect(), relations }
}

/// Trains everything.
pub fn train(reports: &BTreeMap<String, Report>, mapping: &Mapping, settings: &AllSettings) -> Reports {
    let analysed = analyse(reports);
    let views: Vec<View<'_>> = analysed.iter().map(|(doc, found)| View::new(doc, found)).collect();
    let gold: Vec<Vec<Mention>> =
        views.iter().zip(reports.values()).map(|(v, r)| gold::mentions(v, r, mapping)).collect();
    let texts: Vec<Text<'_>> = views
        .iter()
        .zip(reports.values())
        .zip(&gold)
        .map(|((view, report), gold)| Text { report, view, gold })
        .collect();
    let mut out = Reports::untrained(inventory(reports, mapping));
    let (marked, chains) = folded(&texts, &out.inventory, settings);
    let all: Vec<&View<'_>> = views.iter().collect();
    out.chains = stages::chains(&all, &marked, settings.chains);
    let related: Vec<Related<'_>> = texts
        .iter()
        .zip(&marked)
        .zip(&chains)
        .map(|((text, (nodes, entities)), chains)| Related {
            text,
            nodes,
            chains,
            shared: gold::shared(chains, entities),
        })
        .collect();
    thresholds(&related, &mut out, settings);
    let every: Vec<&Related<'_>> = related.iter().collect();
    out.relations = stages::relations(&every, &out.inventory, settings.relations);
    let every: Vec<Text<'_>> = copy(&texts, |_| true);
    out.layers = stages::layers(&every, settings.words);
    out.kinds = stages::kinds(&every, &out.inventory, settings.kinds);
    out
}

fn copy<'a>(texts: &[Text<'a>], which: impl Fn(usize) -> bool) -> Vec<Text<'a>> {
    let chosen = texts.iter().enumerate().filter(|(i, _)| which(*i));
    chosen.map(|(_, t)| Text { report: t.report, view: t.view, gold: t.gold }).collect()
}

/// Mentions and chains of each report, found by models of the reports in the other parts.
fn folded(texts: &[Text<'_>], inventory: &Inventory, settings: &AllSettings) -> (Vec<Marked>, Vec<Vec<Chain>>) {
    let mut marked: Vec<Marked> = vec![(Vec::new(), Vec::new()); texts.len()];
    let mut models = Vec::new();
    for fold in 0..FOLDS {
        let rest = copy(texts, |i| i % FOLDS != fold);
        let mut model = Reports::untrained(inventory.clone());
        model.layers = stages::layers(&rest, settings.words);
        model.kinds = stages::kinds(&rest, inventory, settings.kinds);
        for (i, text) in texts.iter().enumerate().filter(|(i, _)| i % FOLDS == fold) {
            marked[i] = stages::found(text, model.nodes(text.view));
        }
        models.push(model);
    }
    let mut chains = vec![Vec::new(); texts.len()];
    for (fold, model) in models.iter_mut().enumerate() {
        let rest: Vec<usize> = (0..texts.len()).filter(|i| i % FOLDS != fold).collect();
        let views: Vec<&View<'_>> = rest.iter().map(|&i| texts[i].view).collect();
        let others: Vec<Marked> = rest.iter().map(|&i| marked[i].clone()).collect();
        model.chains = stages::chains(&views, &others, settings.chains);
        for i in (0..texts.len()).filter(|i| i % FOLDS == fold) {
            chains[i] = model.chains(texts[i].view, &marked[i].0);
        }
    }
    (marked, chains)
}

/// For each relation the probability from which on it is given: the one with the best F1 on
/// reports that the weights were not trained on.
fn thresholds(related: &[Related<'_>], out: &mut Reports, settings: &AllSettings) {
    let mut scored: Vec<Vec<(f32, Option<Key>)>> = vec![Vec::new(); out.inventory.relations.len()];
    let mut model = Reports::untrained(out.inventory.clone());
    for fold in 0..FOLDS {
        let rest: Vec<&Related<'_>> =
            related.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, r)| r).collect();
        model.relations = stages::relations(&rest, &out.inventory, settings.relations);
        for (i, r) in related.iter().enumerate().skip(fold).step_by(FOLDS) {
            let context = Context::new(r.text.view, r.nodes, r.chains);
            for (from, to, scores) in model.pair_scores(&context, r.chains) {
                for (k, s) in scores.iter().enumerate().filter(|(_, s)| s.is_finite()) {
                    let truth = r.relation(&out.inventory.relations[k].name, from, to);
                    scored[k].push((1.0 / (1.0 + (-s).exp()), truth.map(|n| (i, n))));
                }
            }
        }
    }
    for (relation, scored) in out.inventory.relations.iter_mut().zip(&mut scored) {
        let gold = related.iter().flat_map(|r| &r.text.report.relations).filter(|r| r.1 == relation.name).count();
        let (f1, least) = threshold(scored, gold);
        relation.least = least;
        eprintln!("{:24} gold {gold:5} F1 {:5.1} from {least:.2}", relation.name, f1 * 100.0);
    }
}

/// A relation of the corpus: number of the report, and its own there.
type Key = (usize, usize);

/// The best F1 and the probability that gives it, of probabilities with the relation that they find,
/// each of which counts once, when so many are to be found.
fn threshold(scored: &mut [(f32, Option<Key>)], gold: usize) -> (f32, f32) {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen = BTreeSet::new();
    let mut best = (0.0, 0.5f32);
    for (found, (p, truth)) in scored.iter().enumerate() {
        seen.extend(*truth);
        let f1 = 2.0 * seen.len() as f32 / (found + 1 + gold) as f32;
        if f1 > best.0 {
            best = (f1, *p);
        }
    }
    (best.0, (best.1.clamp(0.1, 0.8) * 100.0).round() / 100.0)
}
