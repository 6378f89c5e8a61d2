//! Training and scoring of the name tagger.

pub mod clusters;
pub mod corpora;
pub mod crf;
pub mod english;
pub mod lexicon;
pub mod prepare;
pub mod score;

use clap::{Args, Subcommand};
use corpora::GoldArticle;
use crf::{Settings, Trainer};
use prepare::Numbering;
use score::{Nested, Scores};
use std::fs;
use std::path::{Path, PathBuf};
use temoin_language::Annotator;
use temoin_language::container::ModelFile;
use temoin_language::names::NameTagger;
use temoin_language::names::lexicon::NameLexicon;
use temoin_model::{Document, Lang};

/// Commands about names.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Trains the name tagger: temoin-train train-names --corpora DIR --out data/models/fr.names.model
    TrainNames(TrainNames),
    /// Scores the names found in the raw text of WiNER: temoin-train score-names --corpora DIR --part dev
    ScoreNames(ScoreNames),
    /// Compiles the word list of the name tagger from the gazetteers
    NamesLexicon(lexicon::NamesLexicon),
    /// Groups the words of raw texts into clusters for the name tagger
    NamesClusters(clusters::NamesClusters),
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// What could not be read or written.
    pub fn run(&self) -> Result<(), String> {
        match self {
            Command::TrainNames(c) => c.run(),
            Command::ScoreNames(c) => c.run(),
            Command::NamesLexicon(c) => c.run(),
            Command::NamesClusters(c) => c.run(),
        }
    }
}

/// Train the name tagger.
#[derive(Debug, Args)]
pub struct TrainNames {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Model file to write
    #[arg(long)]
    out: PathBuf,
    /// Language
    #[arg(long, default_value = "fr")]
    lang: Lang,
    /// A model file of the analysis in place of the one built in
    #[arg(long)]
    analysis: Option<PathBuf>,
    /// Word lists [default: data/lexicon/LANG/name_words.tsv]
    #[arg(long)]
    words: Option<PathBuf>,
    /// Word clusters [default: data/lexicon/LANG/name_clusters.txt]
    #[arg(long)]
    clusters: Option<PathBuf>,
    /// Passes over the corpora
    #[arg(long, default_value_t = 10)]
    epochs: usize,
    /// Models trained in different orders, whose weights are averaged
    #[arg(long, default_value_t = 5)]
    seeds: u64,
    /// Seed of the order of sentences
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Weight of automatically labelled sentences
    #[arg(long, default_value_t = 0.0)]
    silver: f32,
    /// Weight of Sequoia
    #[arg(long, default_value_t = 0.5)]
    sequoia: f32,
    /// Weight of WikiGold
    #[arg(long, default_value_t = 1.0)]
    wikigold: f32,
    /// Weight of Universal NER once more, its sentences one behind the other
    #[arg(long, default_value_t = 0.5)]
    run_on: f32,
    /// Weight of GUM
    #[arg(long, default_value_t = 0.15)]
    gum: f32,
    /// Learning rate
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// L1 penalty
    #[arg(long, default_value_t = 1.0)]
    l1: f32,
    /// L2 penalty
    #[arg(long, default_value_t = 0.0)]
    l2: f32,
    /// Keep the last articles of WiNER or of Universal NER, this many, out of training and score them too
    #[arg(long, default_value_t = 0)]
    hold_out: usize,
    /// Print every difference between the corpus and what is found, in the held-out articles or in dev
    #[arg(long)]
    differences: bool,
    /// Features seen less often are left out
    #[arg(long, default_value_t = 2)]
    least: u32,
}

/// Score the name tagger on WiNER (French) or Universal NER's EWT (English), raw text in.
#[derive(Debug, Args)]
pub struct ScoreNames {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Language
    #[arg(long, default_value = "fr")]
    lang: Lang,
    /// A model file of the analysis in place of the one built in
    #[arg(long)]
    analysis: Option<PathBuf>,
    /// Part of the corpus: train, dev or test
    #[arg(long, default_value = "dev")]
    part: String,
    /// Print every difference
    #[arg(long)]
    differences: bool,
}

fn lexicon(words: &Path, clusters: &Path) -> NameLexicon {
    let read = |p: &Path| {
        fs::read_to_string(p).unwrap_or_else(|e| {
            eprintln!("without {}: {e}", p.display());
            String::new()
        })
    };
    NameLexicon::new(&read(words), &read(clusters))
}

impl TrainNames {
    /// Trains and writes the model.
    ///
    /// # Errors
    /// When a corpus cannot be read or the model cannot be written.
    pub fn run(&self) -> Result<(), String> {
        let annotator = annotator(self.lang, self.analysis.as_deref())?;
        let Sources { train, held, dev } = self.sources()?;
        let annotate = |articles: &[GoldArticle]| -> Vec<Document> {
            articles.iter().map(|a| prepare::annotate(&annotator, a)).collect()
        };
        let own = |given: &Option<PathBuf>, name: &str| {
            given.clone().unwrap_or_else(|| format!("data/lexicon/{}/{name}", self.lang).into())
        };
        let words = lexicon(&own(&self.words, "name_words.tsv"), &own(&self.clusters, "name_clusters.txt"));
        let mut numbering = Numbering::default();
        let mut sentences = Vec::new();
        for (articles, weight) in &train {
            for article in articles.iter().filter(|_| *weight > 0.0) {
                let doc = prepare::annotate(&annotator, article);
                let allowed = prepare::allowed(&doc, article);
                prepare::sentences(&doc, &words, &allowed, *weight, &mut numbering, &mut sentences);
            }
        }
        numbering.prune(self.least, &mut sentences);
        eprintln!("{} sentences, {} features", sentences.len(), numbering.prints.len());

        let mut tests = Vec::new();
        if !dev.is_empty() {
            tests.push(("dev", annotate(&dev), dev));
        }
        if !held.is_empty() {
            tests.push(("held out", annotate(&held), held));
        }
        let settings = Settings { rate: self.rate, l1: self.l1, l2: self.l2 };
        let mut mean = Trainer::new(numbering.prints.len(), settings);
        let mut tagger = NameTagger::new(words, mean.finish(&numbering.prints, UNIT));
        for k in 0..self.seeds {
            let mut trainer = Trainer::new(numbering.prints.len(), settings);
            let mut order: Vec<usize> = (0..sentences.len()).collect();
            let mut random = self.seed + k;
            for epoch in 1..=self.epochs {
                shuffle(&mut order, &mut random);
                let loss: f64 = order.iter().map(|&i| f64::from(trainer.step(&sentences[i]))).sum();
                tagger.set_model(trainer.finish(&numbering.prints, UNIT));
                print_scores(&format!("model {}, epoch {epoch}, loss {loss:.0}", k + 1), &tagger, &mut tests);
            }
            // What one order happened to learn last weighs less in the mean of several.
            mean.approach(&trainer, 1.0 / (k + 1) as f32);
            tagger.set_model(mean.finish(&numbering.prints, UNIT));
            print_scores(&format!("mean of {}", k + 1), &tagger, &mut tests);
        }
        for (name, docs, gold) in &mut tests {
            eprint!("{name}\n{}", score(&tagger, gold, docs, Nested::Outermost));
        }
        if let Some((_, docs, gold)) = tests.last().filter(|_| self.differences) {
            gold.iter().zip(docs).for_each(|(article, doc)| differences(article, doc));
        }
        let mut file = ModelFile::default();
        tagger.model().write(&mut file);
        let bytes = file.write().map_err(|e| format!("{}: {e}", self.out.display()))?;
        fs::write(&self.out, &bytes).map_err(|e| format!("{}: {e}", self.out.display()))?;
        eprintln!("{}: {} features, {} bytes", self.out.display(), tagger.model().len(), bytes.len());
        Ok(())
    }
}

/// Articles to train on, with their weights, and those to score.
struct Sources {
    train: Vec<(Vec<GoldArticle>, f32)>,
    held: Vec<GoldArticle>,
    dev: Vec<GoldArticle>,
}

impl TrainNames {
    fn sources(&self) -> Result<Sources, String> {
        let ner = self.corpora.join("ner").join(self.lang.to_string());
        if self.lang == Lang::En {
            let dev = ner.join("uner_ewt/en_ewt-ud-dev.iob2");
            let (mut uner, mut run) = (english::uner(&dev, true)?, english::uner(&dev, false)?);
            let mut wikigold = english::wikigold(&ner.join("wikigold/CONLL-format/data/wikigold.conll.txt"))?;
            let mut held = spread_out(&mut uner, self.hold_out);
            held.extend(spread_out(&mut run, self.hold_out));
            held.extend(spread_out(&mut wikigold, self.hold_out / 5));
            let parsing = self.corpora.join("parsing/en");
            let mut gum = english::gum(&parsing.join("gum-permissive-train.conllu"))?;
            for part in ["dev", "extra"] {
                gum.extend(english::gum(&parsing.join(format!("gum-permissive-{part}.conllu")))?);
            }
            let train = vec![(uner, 1.0), (run, self.run_on), (wikigold, self.wikigold), (gum, self.gum)];
            return Ok(Sources { train, held, dev: Vec::new() });
        }
        let mut winer = corpora::brat(&ner.join("winer/train"))?;
        let held = hold_out(&mut winer, self.hold_out);
        let dev = corpora::brat(&ner.join("winer/dev"))?;
        let sequoia = corpora::sequoia(&ner.join("sequoia/sequoia-ud.parseme.frsemcor.train"))?;
        let mut train = vec![(winer, 1.0), (sequoia, self.sequoia)];
        if self.silver > 0.0 {
            train.push((corpora::bio(&ner.join("wikiner-fr/train_silver_bio.txt"))?, self.silver));
        }
        Ok(Sources { train, held, dev })
    }
}

fn annotator(lang: Lang, model: Option<&Path>) -> Result<Annotator, String> {
    let annotator = match model {
        None => Annotator::builtin(lang),
        Some(path) => {
            let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Annotator::from_bytes(lang, &bytes).map_err(|e| format!("{}: {e}", path.display()))?
        }
    };
    Ok(annotator)
}

type Test = (&'static str, Vec<Document>, Vec<GoldArticle>);

fn print_scores(title: &str, tagger: &NameTagger, tests: &mut [Test]) {
    let mut sum = score::Counts::default();
    let mut line = format!("{title}:");
    for (name, docs, gold) in tests {
        let counts = score(tagger, gold, docs, Nested::Outermost).main();
        sum.add(counts);
        let [p, r, f] = counts.percent();
        line.push_str(&format!(" {name} P {p:.2} R {r:.2} F1 {f:.2};"));
    }
    eprintln!("{line} together F1 {:.2}", sum.percent()[2]);
}

/// Takes the last `n` articles out: later articles, so that they speak of other things.
/// Takes out `n` articles, spread over the corpus, which has its genres one behind the other.
fn spread_out(articles: &mut Vec<GoldArticle>, n: usize) -> Vec<GoldArticle> {
    let step = articles.len() / n.max(1);
    let (mut kept, mut held) = (Vec::new(), Vec::new());
    for (i, a) in articles.drain(..).enumerate() {
        let out = n > 0 && i % step.max(1) == 0 && held.len() < n;
        if out { held.push(a) } else { kept.push(a) }
    }
    *articles = kept;
    held
}

fn hold_out(articles: &mut Vec<GoldArticle>, n: usize) -> Vec<GoldArticle> {
    articles.split_off(articles.len().saturating_sub(n))
}

/// Steps that make 1 in whole-number weights.
const UNIT: f32 = 32.0;

/// Fisher–Yates with a linear congruential generator (Knuth's MMIX constants).
fn shuffle(order: &mut [usize], state: &mut u64) {
    for i in (1..order.len()).rev() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, ((*state >> 33) % (i as u64 + 1)) as usize);
    }
}

fn score(tagger: &NameTagger, gold: &[GoldArticle], docs: &mut [Document], nested: Nested) -> Scores {
    let mut scores = Scores::default();
    for (article, doc) in gold.iter().zip(docs) {
        tagger.tag(doc);
        scores.add(article, &found(doc), nested);
    }
    scores
}

fn found(doc: &Document) -> Vec<(temoin_model::Span<temoin_model::Char>, temoin_model::NameKind)> {
    doc.names.iter().map(|n| (doc.char_span(n.tokens), n.kind)).collect()
}

impl ScoreNames {
    /// Annotates and prints scores.
    ///
    /// # Errors
    /// When the corpus cannot be read.
    pub fn run(&self) -> Result<(), String> {
        let (corpus, gold) = match self.lang {
            Lang::Fr => ("WiNER", corpora::brat(&self.corpora.join("ner/fr/winer").join(&self.part))?),
            Lang::En => {
                let file = format!("ner/en/uner_ewt/en_ewt-ud-{}.iob2", self.part);
                ("Universal NER EWT", english::uner(&self.corpora.join(file), true)?)
            }
        };
        let annotator = annotator(self.lang, self.analysis.as_deref())?;
        let mut docs: Vec<Document> = gold.iter().map(|a| prepare::annotate(&annotator, a)).collect();
        if let Some(tagger) = NameTagger::builtin(self.lang) {
            let start = std::time::Instant::now();
            docs.iter_mut().for_each(|doc| tagger.tag(doc));
            let words: usize = docs.iter().map(Document::len).sum();
            eprintln!("names alone: {:.0} words a second", words as f64 / start.elapsed().as_secs_f64());
        }
        for (nested, title) in [(Nested::All, "all gold names"), (Nested::Outermost, "without names inside names")] {
            let mut scores = Scores::default();
            for (article, doc) in gold.iter().zip(&docs) {
                scores.add(article, &found(doc), nested);
            }
            crate::say!("{} articles of {corpus} {}, {title}\n{scores}", gold.len(), self.part);
        }
        if self.differences {
            for (article, doc) in gold.iter().zip(&docs) {
                differences(article, doc);
            }
        }
        Ok(())
    }
}

fn differences(article: &GoldArticle, doc: &Document) {
    let found = found(doc);
    let gold = article.outermost();
    let around = |s: temoin_model::Span<temoin_model::Char>| {
        let wide = temoin_model::Span::new(s.start.saturating_sub(40), s.end + 30);
        doc.slice(wide).replace('\n', " ")
    };
    for n in &gold {
        if n.kind.is_some_and(|k| !found.contains(&(n.span, k))) {
            crate::say!("missed {:?} [{}] … {}", n.kind.map(|k| k.name()), doc.slice(n.span), around(n.span));
        }
    }
    for &(span, kind) in &found {
        if !gold.iter().any(|g| g.span == span && g.kind == Some(kind)) {
            crate::say!("wrong  {} [{}] … {}", kind.name(), doc.slice(span), around(span));
        }
    }
}
