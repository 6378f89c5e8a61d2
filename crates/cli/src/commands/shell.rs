//! `temoin completions` and `temoin man`: what shells and `man` read of the command line, made by clap.

use super::output;
use crate::args::command;
use crate::messages::{Failure, Result};
use clap::Args;
use clap::builder::Resettable;
use clap_complete::Shell;
use clap_mangen::roff::{Roff, roman};
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
    clap_complete::generate(args.shell, &mut command(), "temoin", &mut bytes);
    output::to(None, |out| out.write_all(&bytes).map_err(|e| Failure::output(&e)))?;
    Ok(crate::messages::Outcome::Done)
}

pub(crate) fn man(args: &Man) -> Result {
    match &args.out {
        None => {
            let (_, page) = page(&command());
            output::to(None, |out| out.write_all(&page).map_err(|e| Failure::output(&e)))?;
        }
        Some(folder) => {
            let wrong = |e: io::Error| Failure::Work(format!("cannot write to {}: {e}", folder.display()));
            fs::create_dir_all(folder).map_err(wrong)?;
            let mut all = command().disable_help_subcommand(true);
            all.build();
            let mut todo = vec![&all];
            while let Some(command) = todo.pop() {
                let (name, page) = page(command);
                fs::write(folder.join(name), page).map_err(wrong)?;
                todo.extend(command.get_subcommands().filter(|c| !c.is_hide_set()));
            }
        }
    }
    Ok(crate::messages::Outcome::Done)
}

/// The name and the content of a manual page: what clap makes, with the examples as they are to be typed, for `man`
/// fills and hyphenates what is not marked.
fn page(command: &clap::Command) -> (String, Vec<u8>) {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let page = clap_mangen::Man::new(command.clone().after_help(Resettable::Reset));
    let mut bytes = Vec::new();
    let mut roff = Roff::new();
    let mut verbatim = false;
    for line in help.lines() {
        let indented = line.starts_with(' ');
        if indented != verbatim {
            roff.control(if indented { "nf" } else { "fi" }, []);
            verbatim = indented;
        }
        if line == "Examples:" {
            roff.control("SH", ["EXAMPLES"]);
        } else if line.is_empty() {
            roff.control("PP", []);
        } else {
            roff.text([roman(line)]);
        }
    }
    if verbatim {
        roff.control("fi", []);
    }
    // Writing to memory does not fail.
    let _ = page.render(&mut bytes);
    let _ = roff.to_writer(&mut bytes);
    (page.get_filename(), bytes)
}
