//! `temoin completions` and `temoin man`: what shells and `man` read of the command line, made by clap.

use super::output;
use crate::args::Cli;
use crate::messages::{Failure, Result};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::fs;
use std::io;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin completions bash > ~/.local/share/bash-completion/completions/temoin
  temoin completions fish > ~/.config/fish/completions/temoin.fish
  temoin completions zsh > ~/.zfunc/_temoin")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin man | man -l -
  temoin man --out ~/.local/share/man/man1")]
pub(crate) struct Man {
    /// Write the pages of all commands into this folder, in place of the first page to standard output
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub(crate) fn completions(args: &Completions) -> Result {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "temoin", &mut bytes);
    output::to(None, |out| out.write_all(&bytes).map_err(|e| Failure::output(&e)))?;
    Ok(crate::messages::Outcome::Done)
}

pub(crate) fn man(args: &Man) -> Result {
    match &args.out {
        None => {
            let mut bytes = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(Cli::command()).render(&mut bytes);
            output::to(None, |out| out.write_all(&bytes).map_err(|e| Failure::output(&e)))?;
        }
        Some(folder) => {
            let wrong = |e: io::Error| Failure::Work(format!("cannot write to {}: {e}", folder.display()));
            fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
                .map_err(wrong)?;
        }
    }
    Ok(crate::messages::Outcome::Done)
}
