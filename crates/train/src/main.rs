//! Corpora to model files, and scorers.

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use temoin_language::Annotator;
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
        #[arg(long, default_value_t = 12)]
        epochs: usize,
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
    },
    #[command(flatten)]
    Names(names::Command),
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Train { lang, corpora, out, epochs, hold_out } => {
            train(lang, &corpora, &out, analysis::Options { epochs, hold_out })
        }
        Command::Score { files, lang, model } => score(lang, &files, model.as_deref()),
        Command::Annotate { file, lang } => annotate(&file, lang),
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
    let models = analysis::train(lang, corpora, options, &mut |line| println!("{line}"))?;
    let mut file = ModelFile::default();
    file.insert("meta", format!("lang\t{lang}\nkind\tanalysis\n").into_bytes());
    models.write(&mut file);
    for (name, size) in file.sections() {
        println!("section {name}: {size} bytes");
    }
    let path = out.join(format!("{lang}.analysis.model"));
    let bytes = file.write(perceptron::compress);
    println!("{}: {} bytes", path.display(), bytes.len());
    std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

fn score(lang: Lang, files: &[PathBuf], model: Option<&Path>) -> Result<(), String> {
    let annotator = match model {
        None => Annotator::builtin(lang),
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Annotator::from_bytes(lang, &bytes).map_err(|e| format!("{}: {e}", path.display()))?
        }
    };
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

fn annotate(file: &Path, lang: Lang) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let meta = Meta { lang, ..Meta::default() };
    let doc = Annotator::builtin(lang).annotate(Article { meta, text });
    print!("{}", temoin_model::conllu::write(&doc));
    Ok(())
}
