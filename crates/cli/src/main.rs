//! The command line of Témoin: reads arguments, calls the facade, renders what comes back.

mod args;
mod commands;
mod messages;
mod questions;
mod table;

use clap::FromArgMatches;
use std::process::ExitCode;

fn main() -> ExitCode {
    let matches = args::command().get_matches();
    let cli = args::Cli::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    let outcome = match &cli.command {
        args::Command::Build(a) => commands::build::run(a),
        args::Command::Extract(a) => commands::extract::run(a),
        args::Command::Reports(a) => commands::reports::run(a),
        args::Command::Relations(a) => commands::relations::run(a),
        args::Command::Annotate(a) => commands::annotate::run(a),
        args::Command::Query(a) => commands::query::run(a),
        args::Command::Show(a) => commands::show::run(a),
        args::Command::Neighbours(a) => questions::neighbours(a),
        args::Command::Path(a) => questions::path(a),
        args::Command::Timeline(a) => questions::timeline(a),
        args::Command::Rank(a) => questions::rank(a),
        args::Command::Communities(a) => questions::communities(a),
        args::Command::Draw(a) => commands::draw::run(a),
        args::Command::Export(a) => commands::export::run(a),
        args::Command::Compare(a) => commands::compare::run(a),
        args::Command::Identity(a) => commands::identity::run(a),
        args::Command::Verify(a) => commands::verify::run(a),
        args::Command::Remove(a) => commands::remove::run(a),
        args::Command::Compact(a) => commands::compact::run(a),
        args::Command::Merge(a) => commands::merge::run(a),
        args::Command::Diff(a) => commands::diff::run(a),
        args::Command::Digest(a) => commands::digest::run(a),
        args::Command::Check(a) => commands::check::run(a),
        args::Command::Describe(a) => commands::describe::run(a),
        args::Command::Completions(a) => commands::shell::completions(a),
        args::Command::Man(a) => commands::shell::man(a),
    };
    messages::exit_code(outcome)
}
