//! Corpora to model files, and scorers.

use clap::{Parser, Subcommand};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use temoin_language::analysis::Models;
use temoin_language::container::ModelFile;
use temoin_model::{Article, Lang, Meta};
use temoin_train::{analysis, coref, judged, meantime, names, popcorn, reports, results, scoring, speed};

#[derive(Parser)]
#[command(name = "temoin-train", about = "Trains the models of Témoin and scores them on published corpora")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Trains the analysis of a language: temoin-train train --lang fr --corpora DIR --out data/models
    Train {
        /// Language.
        #[arg(long, default_value = "fr")]
        lang: Lang,
        /// Folder of the corpora.
        #[arg(long, env = "TEMOIN_CORPORA")]
        corpora: PathBuf,
        /// Folder for the model file.
        #[arg(long)]
        out: PathBuf,
        /// Passes over the trees.
        #[arg(long, default_value_t = 10)]
        epochs: usize,
        /// Models per stage, trained in different orders and added up.
        #[arg(long, default_value_t = 3)]
        seeds: usize,
        /// Features of transitions that the parser may have.
        #[arg(long, default_value_t = 600_000)]
        moves: usize,
        /// Features of labels that the parser may have.
        #[arg(long, default_value_t = 300_000)]
        labels: usize,
        /// Updates of the scout that a feature of the transitions must be part of; a fifth of it for labels.
        #[arg(long, default_value_t = 16)]
        least_uses: u32,
        /// Hold out a slice of the training data, to tune on it.
        #[arg(long)]
        hold_out: bool,
        /// Word clusters in place of those made from raw text: a word, its coarse and its fine cluster a line.
        #[arg(long)]
        clusters: Option<PathBuf>,
        /// Forms of a dictionary: a form, its lemma and a reading a line.
        #[arg(long)]
        dictionary: Option<PathBuf>,
    },
    /// Scores any model on treebanks (rules of CoNLL 2018) and on corpora of names: temoin-train score FILE…
    Score(scoring::Score),
    /// Scores mentions and coreference from raw text: temoin-train score-coref --corpora DIR
    ScoreCoref(coref::score::ScoreCoref),
    /// Trains the ranker of antecedents: temoin-train train-antecedents --lang fr --corpora DIR --out data/models/fr.antecedents.tsv
    TrainAntecedents(coref::antecedents::TrainAntecedents),
    /// Scores entities, coreference and relations on POPCORN: temoin-train score-popcorn --corpora DIR
    ScorePopcorn(popcorn::score::ScorePopcorn),
    /// Trains the layer of reports: temoin-train train-reports --corpora DIR --out data/models/fr.reports.model
    TrainReports(reports::train::TrainReports),
    /// Scores events and their participants on MEANTIME: temoin-train score-meantime --corpora DIR
    ScoreMeantime(meantime::ScoreMeantime),
    /// Scores who is who across the articles of MEANTIME: temoin-train score-identity --corpora DIR
    ScoreIdentity(meantime::identity::ScoreIdentity),
    /// Draws sentences and their claims to judge: temoin-train sample-claims --corpora DIR --set winer-dev --out FILE
    SampleClaims(judged::sample::SampleClaims),
    /// Writes verdicts into the facts of a sample: temoin-train fill-verdicts --facts FILE --verdicts FILE
    FillVerdicts(judged::fill::FillVerdicts),
    /// Scores the present claims of judged sentences: temoin-train score-judged --corpora DIR
    ScoreJudged(judged::score::ScoreJudged),
    /// Writes the page of results: temoin-train results --corpora DIR --out docs/RESULTS.md
    Results(results::Results),
    /// Prints the analysis of a text file as CoNLL-U.
    Annotate {
        /// The file.
        file: PathBuf,
        /// Language.
        #[arg(long, default_value = "fr")]
        lang: Lang,
        /// A model file in place of the one built in.
        #[arg(long)]
        model: Option<PathBuf>,
    },
    /// Measures words per second: temoin-train speed --corpora DIR
    Speed(speed::Speed),
    #[command(flatten)]
    Names(names::Command),
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Train {
            lang,
            corpora,
            out,
            epochs,
            seeds,
            moves,
            labels,
            least_uses,
            hold_out,
            clusters,
            dictionary,
        } => train(
            lang,
            &corpora,
            &out,
            analysis::Options {
                epochs,
                seeds,
                limits: analysis::parsing::Limits { moves, labels, least_uses },
                hold_out,
                clusters,
                dictionary,
            },
        ),
        Command::Score(command) => command.run(),
        Command::ScoreCoref(command) => command.run(),
        Command::TrainAntecedents(command) => command.run(),
        Command::ScorePopcorn(command) => command.run(),
        Command::TrainReports(command) => command.run(),
        Command::ScoreMeantime(command) => command.run(),
        Command::ScoreIdentity(command) => command.run(),
        Command::SampleClaims(command) => command.run(),
        Command::FillVerdicts(command) => command.run(),
        Command::ScoreJudged(command) => command.run(),
        Command::Results(command) => command.run(),
        Command::Annotate { file, lang, model } => annotate(&file, lang, model.as_deref()),
        Command::Speed(command) => command.run(),
        Command::Names(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn train(lang: Lang, corpora: &Path, out: &Path, options: analysis::Options) -> Result<(), String> {
    let path = out.join(format!("{lang}.analysis.model"));
    // What is known of the training goes into the file: corpora, then scores on development data.
    let meta = RefCell::new(format!("lang\t{lang}\nkind\tanalysis\n"));
    let mut report = |line: &str| {
        temoin_train::say!("{line}");
        if !line.starts_with("trees, model") {
            meta.borrow_mut().push_str(&format!("{line}\n"));
        }
    };
    let mut save = |models: &Models| {
        let mut file = ModelFile::default();
        file.insert("meta", meta.borrow().clone().into_bytes());
        models.write(&mut file);
        let bytes = file.write().map_err(|e| format!("{}: {e}", path.display()))?;
        temoin_train::say!("{}: {} bytes", path.display(), bytes.len());
        std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))
    };
    analysis::train(lang, corpora, options, &mut report, &mut save).map(drop)
}

fn annotate(file: &Path, lang: Lang, model: Option<&Path>) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let meta = Meta { lang, ..Meta::default() };
    let doc = scoring::annotator(lang, model, None, None)?.annotate(Article { meta, text });
    std::io::Write::write_all(&mut std::io::stdout(), temoin_model::conllu::write(&doc).as_bytes()).ok();
    Ok(())
}
