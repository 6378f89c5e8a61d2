//! Corpora to model files, and scorers.

use clap::{Parser, Subcommand};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use temoin_language::Annotator;
use temoin_language::analysis::Models;
use temoin_language::container::ModelFile;
use temoin_model::{Article, Lang, Meta, conllu};
use temoin_train::{analysis, conll, names, perceptron};

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
        #[arg(long, default_value_t = 8)]
        epochs: usize,
        /// Models per stage, trained in different orders and added up.
        #[arg(long, default_value_t = 3)]
        seeds: usize,
        /// Hold out a slice of the training data, to tune on it.
        #[arg(long)]
        hold_out: bool,
    },
    /// Scores the analysis on a treebank by the rules of CoNLL 2018, from its tokens and from its raw text.
    Score {
        /// Treebanks in CoNLL-U.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Language.
        #[arg(long, default_value = "fr")]
        lang: Lang,
        /// A model file in place of the one built in.
        #[arg(long)]
        model: Option<PathBuf>,
    },
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
    #[command(flatten)]
    Names(names::Command),
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Train { lang, corpora, out, epochs, seeds, hold_out } => {
            train(lang, &corpora, &out, analysis::Options { epochs, seeds, hold_out })
        }
        Command::Score { files, lang, model } => score(lang, &files, model.as_deref()),
        Command::Annotate { file, lang, model } => annotate(&file, lang, model.as_deref()),
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
        println!("{line}");
        if !line.starts_with("trees, model") {
            meta.borrow_mut().push_str(&format!("{line}\n"));
        }
    };
    let mut save = |models: &Models| {
        let mut file = ModelFile::default();
        file.insert("meta", meta.borrow().clone().into_bytes());
        models.write(&mut file);
        let bytes = file.write(perceptron::compress);
        println!("{}: {} bytes", path.display(), bytes.len());
        std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))
    };
    analysis::train(lang, corpora, options, &mut report, &mut save).map(drop)
}

fn annotator(lang: Lang, model: Option<&Path>) -> Result<Annotator, String> {
    match model {
        None => Ok(Annotator::builtin(lang)),
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Annotator::from_bytes(lang, &bytes).map_err(|e| format!("{}: {e}", path.display()))
        }
    }
}

fn score(lang: Lang, files: &[PathBuf], model: Option<&Path>) -> Result<(), String> {
    let annotator = annotator(lang, model)?;
    for path in files {
        let source = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let gold = conllu::parse_one(&source, Meta { lang, ..Meta::default() })
            .map_err(|e| format!("{}: {e}", path.display()))?;
        for (how, system) in [
            ("gold tokens", annotator.annotate_tokens(&gold)),
            ("raw text", annotator.annotate(Article { meta: gold.meta.clone(), text: gold.text().to_owned() })),
        ] {
            let scores = conll::score(&gold, &system).ok_or("the characters of the texts differ")?;
            println!("{}, from {how}: {} words\n{}", path.display(), gold.len(), scores.table());
        }
    }
    Ok(())
}

fn annotate(file: &Path, lang: Lang, model: Option<&Path>) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let meta = Meta { lang, ..Meta::default() };
    let doc = annotator(lang, model)?.annotate(Article { meta, text });
    print!("{}", temoin_model::conllu::write(&doc));
    Ok(())
}
