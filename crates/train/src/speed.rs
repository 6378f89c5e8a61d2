//! `temoin-train speed`: words per second of the whole analysis, raw text to trees and names, and
//! the time that the models take to load.

use crate::names::corpora::{self, GoldArticle};
use crate::scoring;
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use temoin_extract::Extractor;
use temoin_language::Annotator;
use temoin_language::names::NameTagger;
use temoin_model::{Article, Document, Lang, Meta};

/// Measure the speed of the analysis in one thread, without start-up and without output.
#[derive(Debug, Args)]
pub struct Speed {
    /// Folder of the corpora; the articles are those of WiNER (train)
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// A model file in place of the one built in
    #[arg(long)]
    model: Option<PathBuf>,
    /// Analyse the articles this many times
    #[arg(long, default_value_t = 3)]
    times: usize,
    /// Take only every n-th article
    #[arg(long, default_value_t = 1)]
    every: usize,
}

/// Time on the processor of the main thread, so that other programs on the machine do not count;
/// where the system does not tell, the time of the clock.
struct Stopwatch {
    clock: Instant,
    busy: Option<Duration>,
}

fn busy() -> Option<Duration> {
    let told = fs::read_to_string("/proc/self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

impl Stopwatch {
    fn start() -> Self {
        Stopwatch { clock: Instant::now(), busy: busy() }
    }

    /// On the processor and by the clock.
    fn read(&self) -> (f64, f64) {
        let clock = self.clock.elapsed();
        let busy = busy().zip(self.busy).map_or(clock, |(now, then)| now.saturating_sub(then));
        (busy.as_secs_f64(), clock.as_secs_f64())
    }
}

impl Speed {
    /// Measures and prints lines of `what⇥value`.
    ///
    /// # Errors
    /// When the articles or the model cannot be read.
    pub fn run(&self) -> Result<(), String> {
        let lang = Lang::Fr;
        let mut articles = corpora::brat(&self.corpora.join("ner/fr/winer/train"))?;
        let mut n = 0;
        articles.retain(|_| {
            n += 1;
            (n - 1) % self.every.max(1) == 0
        });
        // The analysis takes the built-in names with it: they are loaded first, by themselves.
        let watch = Stopwatch::start();
        let names = NameTagger::builtin(lang);
        let names_loaded = watch.read().0;
        let watch = Stopwatch::start();
        let annotator = scoring::annotator(lang, self.model.as_deref(), None, None)?;
        let loaded = watch.read().0;
        let whole = self.analyse(&annotator, &articles);
        let claims = self.extract(&annotator, &articles);
        let bare = self.analyse(&annotator.with_names(None), &articles);

        crate::say!("articles\t{}", articles.len());
        crate::say!("characters\t{}", articles.iter().map(|a| a.text.chars().count()).sum::<usize>());
        crate::say!("words\t{}\nsentences\t{}\nnames\t{}", whole.words, whole.sentences, whole.names);
        crate::say!("load_analysis_ms\t{:.1}", 1000.0 * loaded);
        if names.is_some() {
            crate::say!("load_names_ms\t{:.1}", 1000.0 * names_loaded);
        }
        crate::say!("seconds\t{:.4}\nclock_seconds\t{:.4}", whole.seconds, whole.clock);
        crate::say!("seconds_without_names\t{:.4}\nclock_seconds_without_names\t{:.4}", bare.seconds, bare.clock);
        crate::say!("seconds_to_claims\t{:.4}\nclock_seconds_to_claims\t{:.4}", claims.seconds, claims.clock);
        crate::say!("words_per_second\t{:.0}", whole.words as f64 / whole.seconds.max(1e-9));
        Ok(())
    }

    /// From raw text to claims.
    fn extract(&self, annotator: &Annotator, articles: &[GoldArticle]) -> Measured {
        let extractor = Extractor::builtin();
        self.measured(
            articles,
            |article| {
                let doc = annotator.annotate(article);
                std::hint::black_box(extractor.extract(&doc));
                doc
            },
            annotator.lang(),
        )
    }

    fn analyse(&self, annotator: &Annotator, articles: &[GoldArticle]) -> Measured {
        self.measured(articles, |article| annotator.annotate(article), annotator.lang())
    }

    fn measured(&self, articles: &[GoldArticle], read: impl Fn(Article) -> Document, lang: Lang) -> Measured {
        let times = self.times.max(1);
        let mut sum = Measured::default();
        let watch = Stopwatch::start();
        for _ in 0..times {
            for a in articles {
                let meta = Meta { lang, ..Meta::default() };
                sum.add(&read(Article { meta, text: a.text.clone() }));
            }
        }
        let (seconds, clock) = watch.read();
        Measured {
            words: sum.words / times,
            sentences: sum.sentences / times,
            names: sum.names / times,
            seconds: seconds / times as f64,
            clock: clock / times as f64,
        }
    }
}

/// What one reading of the articles gave, and its seconds.
#[derive(Default)]
struct Measured {
    words: usize,
    sentences: usize,
    names: usize,
    seconds: f64,
    clock: f64,
}

impl Measured {
    fn add(&mut self, doc: &Document) {
        self.words += doc.len();
        self.sentences += doc.sentence_count();
        self.names += doc.names.len();
    }
}
