//! `temoin-train train-antecedents`: weights of the ranker of antecedents, from chains.
//!
//! A log-linear model over the candidates and « none of them » (Denis and Baldridge 2007) that
//! maximises the probability of all right candidates together, by stochastic gradients with the
//! steps of AdaGrad (Duchi, Hazan and Singer 2011). Whoever is right is read off the chains; what the
//! extractor offers as candidates is what it will offer at work; because earlier choices count, a new
//! table is built in and trained once more.

use super::brat;
use super::corpora::{self, GoldText};
use super::matching::{self, Matching, Spot};
use crate::names::corpora::read;
use crate::perceptron::Random;
use crate::popcorn;
use clap::Args;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use temoin_extract::Extractor;
use temoin_extract::entities::Decision;
use temoin_language::Annotator;
use temoin_model::{Article, Document, Lang, Meta, Upos};

/// Train the ranker of antecedents.
#[derive(Debug, Args)]
pub struct TrainAntecedents {
    /// Language
    #[arg(long, default_value = "fr")]
    lang: Lang,
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// The table of weights to write
    #[arg(long)]
    out: Option<PathBuf>,
    /// Passes
    #[arg(long, default_value_t = 6)]
    epochs: usize,
    /// Strength of the prior that weights are small
    #[arg(long, default_value_t = 0.01)]
    prior: f32,
    /// Choices that a feature must be part of
    #[arg(long, default_value_t = 3)]
    least_uses: u32,
    /// Score each fifth of the texts by what is trained on the others, and write nothing
    #[arg(long)]
    hold_out: bool,
}

/// A choice with its answer: option 0 is « none ».
struct Case {
    options: Vec<Vec<u32>>,
    right: Vec<bool>,
    weight: f32,
    group: String,
    /// The fifth of the texts that it is in; none where it is always trained on.
    fold: Option<usize>,
}

/// Texts of one corpus.
struct Part {
    texts: Vec<GoldText>,
    weight: f32,
    /// Whether a pronoun without a mention has no antecedent; else nobody knows.
    complete: bool,
    /// Whether possessives are marked.
    possessives: bool,
}

fn parts(lang: Lang, folder: &Path) -> Result<Vec<Part>, String> {
    let conll = |path: &str| Ok::<_, String>(corpora::conll(&read(&folder.join(path))?));
    let full = |texts, weight| Part { texts, weight, complete: true, possessives: true };
    if lang == Lang::En {
        let mut texts = conll("parsing/en/gum-permissive-train.conllu")?;
        texts.extend(conll("parsing/en/gum-permissive-extra.conllu")?);
        return Ok(vec![full(texts, 1.0)]);
    }
    let reports = popcorn::data::read(folder, "train")?;
    let popcorn = reports.iter().map(|(name, r)| GoldText {
        name: name.clone(),
        text: r.text.clone(),
        chains: popcorn::score::chains(r),
        ..GoldText::default()
    });
    Ok(vec![
        full(conll("coref/fr/dem1921_sg.dev.conll")?, 1.0),
        Part { texts: popcorn.collect(), weight: 1.0, complete: true, possessives: false },
        Part {
            texts: brat::folder(&folder.join("coref/fr/fr_litbank"))?,
            weight: 0.3,
            complete: false,
            possessives: true,
        },
    ])
}

/// The cases of a text.
fn cases(doc: &Document, gold: &GoldText, part: &Part, extractor: &Extractor, fold: Option<usize>) -> Vec<Case> {
    let (layer, decisions) = extractor.decisions(doc);
    let mut key: Vec<_> = (0..).zip(&gold.chains).flat_map(|(i, c)| c.iter().map(move |&s| (s, i))).collect();
    key.sort_unstable();
    key.dedup_by_key(|k| k.0);
    let spans: Vec<_> = key.iter().map(|k| k.0).collect();
    let spots: Vec<Spot> = layer.mentions.iter().map(Spot::from).collect();
    let matched = matching::align(doc, &spans, &spots, Matching::Head);
    let chain_of = layer.mentions.iter().zip(&matched).filter_map(|(m, k)| Some(((m.span, m.head), key[(*k)?].1)));
    let chain_of: FxHashMap<_, usize> = chain_of.collect();
    let mut heads: FxHashMap<_, (u32, usize)> = FxHashMap::default();
    for &(span, chain) in &key {
        if let Some(h) = matching::head_of(doc, span) {
            let slot = heads.entry(h).or_insert((span.len(), chain));
            if span.len() < slot.0 {
                *slot = (span.len(), chain);
            }
        }
    }
    let case = |d: Decision| {
        let possessive = doc.upos(d.head) == Upos::Det || doc.feat(d.head, "Poss") == Some("Yes");
        let pronoun = possessive || doc.upos(d.head) == Upos::Pron;
        let own = heads.get(&d.head).filter(|h| !pronoun || h.0 <= 12).map(|h| h.1);
        if possessive && !part.possessives || own.is_none() && !part.complete {
            return None;
        }
        let mut right = vec![false];
        right.extend(d.candidates.iter().map(|c| own.is_some() && chain_of.get(&(c.span, c.head)).copied() == own));
        right[0] = !right.contains(&true);
        let mut options = vec![d.none];
        options.extend(d.candidates.into_iter().map(|c| c.features));
        let group = if pronoun { doc.form(d.head).to_lowercase() } else { "description".to_owned() };
        Some(Case { options, right, weight: part.weight, group, fold })
    };
    decisions.into_iter().filter_map(case).collect()
}

/// Weights in training.
#[derive(Default)]
struct Model {
    index: FxHashMap<u32, usize>,
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Model {
    fn probabilities(&self, case: &Case) -> Vec<f32> {
        let score = |f: &Vec<u32>| f.iter().filter_map(|f| self.index.get(f)).map(|&i| self.weights[i]).sum::<f32>();
        let scores: Vec<f32> = case.options.iter().map(score).collect();
        softmax(&scores)
    }

    fn learn(&mut self, case: &Case, prior: f32) {
        let p = self.probabilities(case);
        let mass: f32 = p.iter().zip(&case.right).filter(|x| *x.1).map(|x| x.0).sum();
        for ((f, &p), &right) in case.options.iter().zip(&p).zip(&case.right) {
            let target = if right { p / mass.max(1e-9) } else { 0.0 };
            let gradient = case.weight * (p - target);
            if gradient.abs() < 1e-4 {
                continue;
            }
            for f in f {
                let Some(&i) = self.index.get(f) else { continue };
                let g = gradient + prior * self.weights[i];
                self.squares[i] += g * g;
                self.weights[i] -= 0.15 * g / (self.squares[i].sqrt() + 0.1);
            }
        }
    }
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|r| r / sum).collect()
}

fn train(cases: &[&Case], epochs: usize, prior: f32, least_uses: u32) -> Model {
    let mut uses: FxHashMap<u32, u32> = FxHashMap::default();
    for case in cases {
        let mut all: Vec<u32> = case.options.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().for_each(|f| *uses.entry(f).or_default() += 1);
    }
    let mut features: Vec<u32> = uses.into_iter().filter(|u| u.1 >= least_uses).map(|u| u.0).collect();
    features.sort_unstable();
    let zeros = vec![0.0; features.len()];
    let mut model = Model { index: features.into_iter().zip(0..).collect(), weights: zeros.clone(), squares: zeros };
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = Random(7);
    let mut sum = vec![0.0; model.weights.len()];
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        order.iter().for_each(|&i| model.learn(cases[i], prior));
        if epoch >= epochs / 2 {
            sum.iter_mut().zip(&model.weights).for_each(|(s, w)| *s += w);
        }
    }
    let passes = (epochs - epochs / 2) as f32;
    model.weights = sum.into_iter().map(|s| s / passes).collect();
    model
}

/// Right, wrong, missed and spurious choices.
fn report(cases: &[(&Case, Vec<f32>)], margin: f32) -> String {
    let mut groups: std::collections::BTreeMap<&str, [u32; 5]> = std::collections::BTreeMap::new();
    for (case, p) in cases {
        let best = (1..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b]).then(b.cmp(&a)));
        let given = best.filter(|&b| (p[b] / p[0].max(1e-9)).ln() > margin);
        let outcome = match (case.right[0], given) {
            (false, Some(i)) if case.right[i] => 0,
            (false, Some(_)) => 1,
            (false, None) => 2,
            (true, Some(_)) => 3,
            (true, None) => 4,
        };
        groups.entry(&case.group).or_default()[outcome] += 1;
        groups.entry(" all").or_default()[outcome] += 1;
    }
    let line = |(g, n): (&&str, &[u32; 5])| {
        let share = |a: u32, b: u32| 100.0 * f64::from(a) / f64::from(b.max(1));
        let (p, r) = (share(n[0], n[0] + n[1] + n[3]), share(n[0], n[0] + n[1] + n[2]));
        format!(
            "  {g:14} right {} wrong {} missed {} spurious {} rightly none {}: P {p:.1} R {r:.1}\n",
            n[0], n[1], n[2], n[3], n[4]
        )
    };
    groups.iter().filter(|g| g.1.iter().sum::<u32>() >= 20).map(line).collect()
}

impl TrainAntecedents {
    /// Trains and writes the table.
    ///
    /// # Errors
    /// When a corpus cannot be read or the table cannot be written.
    pub fn run(&self) -> Result<(), String> {
        let (annotator, extractor) = (Annotator::builtin(self.lang), Extractor::builtin());
        let mut all: Vec<Case> = Vec::new();
        for part in parts(self.lang, &self.corpora)? {
            for (i, text) in part.texts.iter().enumerate() {
                let meta = Meta { lang: self.lang, name: text.name.clone(), ..Meta::default() };
                let doc = annotator.annotate(Article { meta, text: text.text.clone() });
                all.extend(cases(&doc, text, &part, &extractor, part.complete.then_some(i % 5)));
            }
        }
        let options = |rest: &[&Case]| train(rest, self.epochs, self.prior, self.least_uses);
        if self.hold_out {
            let mut outcomes = Vec::new();
            for fold in 0..5 {
                let (held, rest): (Vec<&Case>, Vec<&Case>) = all.iter().partition(|c| c.fold == Some(fold));
                let model = options(&rest);
                outcomes.extend(held.iter().map(|c| (*c, model.probabilities(c))));
            }
            for margin in [-0.5, 0.0, 0.5, 1.0] {
                let text = report(&outcomes, margin);
                let text = if margin == 0.0 { &text } else { text.lines().next().unwrap_or_default() };
                crate::say!("held out, margin {margin}\n{text}");
            }
            return Ok(());
        }
        let model = options(&all.iter().collect::<Vec<_>>());
        crate::say!("{} choices, {} weights", all.len(), model.weights.len());
        if let Some(path) = &self.out {
            std::fs::write(path, table(&model)).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        Ok(())
    }
}

fn table(model: &Model) -> String {
    let mut rows: Vec<(u32, i32)> =
        model.index.iter().map(|(&f, &i)| (f, (model.weights[i] * 100.0).round() as i32)).collect();
    rows.retain(|r| r.1.abs() >= 3);
    rows.sort_unstable();
    let mut out = String::from("# Feature (hash) and weight (hundredths of a logit): antecedents.md\n");
    rows.iter().for_each(|(f, w)| out.push_str(&format!("{f:08x}\t{w}\n")));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three options: feature 1 is right, feature 2 is not, feature 9 stands for none.
    fn case(right: usize) -> Case {
        let options = vec![vec![9], vec![1, 5], vec![2, 5]];
        let right = (0..3).map(|i| i == right).collect();
        Case { options, right, weight: 1.0, group: "il".to_owned(), fold: None }
    }

    #[test]
    fn what_is_right_more_often_becomes_more_likely() {
        let cases: Vec<Case> = [1, 1, 1, 1, 2, 0].map(case).into();
        let model = train(&cases.iter().collect::<Vec<_>>(), 20, 0.01, 1);
        let p = model.probabilities(&cases[0]);
        assert!(p[1] > 0.5 && p[1] > p[2] && p[1] > p[0], "{p:?}");
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let same = train(&cases.iter().collect::<Vec<_>>(), 20, 0.01, 1);
        assert_eq!(table(&model), table(&same));
    }

    #[test]
    fn outcomes_are_counted_by_form_and_by_margin() {
        let cases: Vec<Case> = std::iter::repeat_with(|| case(1)).take(20).collect();
        let outcomes: Vec<_> = cases.iter().map(|c| (c, vec![0.3, 0.5, 0.2])).collect();
        assert!(report(&outcomes, 0.0).contains("right 20 wrong 0 missed 0"));
        assert!(report(&outcomes, 1.0).contains("right 0 wrong 0 missed 20"));
    }
}
