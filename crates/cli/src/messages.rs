//! Exit codes and messages: 0 done, 1 some inputs or the work failed, 2 usage, 130 interrupted.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use temoin::graph::GraphError;
use temoin::{Diagnostic, Severity};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything went well.
    Done,
    /// Some inputs failed; what could be done is done.
    SomeFailed,
    /// Ctrl-C.
    Interrupted,
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments make no sense: exit code 2.
    Usage(String),
    /// Something failed: exit code 1.
    Work(String),
    /// The reader of the output has gone: success.
    BrokenPipe,
}

impl Failure {
    /// A failure to write to standard output.
    pub(crate) fn output(e: &io::Error) -> Self {
        if e.kind() == io::ErrorKind::BrokenPipe {
            Failure::BrokenPipe
        } else {
            Failure::Work(format!("cannot write the output: {e}"))
        }
    }

    /// A failure of the graph.
    pub(crate) fn graph(e: GraphError) -> Self {
        match e {
            GraphError::Output(e) => Failure::output(&e),
            GraphError::Syntax(_) | GraphError::Refused(_) | GraphError::Form(_) => Failure::Usage(e.to_string()),
            e => Failure::work(e),
        }
    }

    /// A failure with what was tried.
    pub(crate) fn work(e: impl Display) -> Self {
        Failure::Work(e.to_string())
    }
}

pub(crate) type Result = std::result::Result<Outcome, Failure>;

pub(crate) fn exit_code(result: Result) -> ExitCode {
    match result {
        Ok(Outcome::Done) | Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        Err(failure) => {
            report(&failure);
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}

/// Prints why a command could not do its work.
pub(crate) fn report(failure: &Failure) {
    match failure {
        Failure::Work(m) | Failure::Usage(m) => line(Severity::Error, m),
        Failure::BrokenPipe => {}
    }
}

/// Prints a remark that is no failure.
pub(crate) fn note(text: &str) {
    line(Severity::Note, text);
}

/// Prints diagnostics on standard error, at most [`Reporter::SHOWN`] of each kind in full.
#[derive(Debug, Default)]
pub(crate) struct Reporter {
    quiet: bool,
    seen: [usize; 3],
}

impl Reporter {
    const SHOWN: usize = 20;

    pub(crate) fn new(quiet: bool) -> Self {
        Reporter { quiet, seen: [0; 3] }
    }

    /// Prints `d`; errors are always printed, notes and warnings only so many and not when quiet.
    pub(crate) fn report(&mut self, d: &Diagnostic) {
        let n = &mut self.seen[d.severity as usize];
        *n += 1;
        if d.severity == Severity::Error || (!self.quiet && *n <= Self::SHOWN) {
            line(d.severity, &format!("{}: {}", d.input, d.message));
        }
    }

    /// Number of inputs that failed.
    pub(crate) fn errors(&self) -> usize {
        self.seen[Severity::Error as usize]
    }

    /// Says how many were not printed, and turns the count of errors into an outcome.
    pub(crate) fn finish(&self) -> Outcome {
        if !self.quiet {
            for (severity, name) in [(Severity::Note, "notes"), (Severity::Warning, "warnings")] {
                let hidden = self.seen[severity as usize].saturating_sub(Self::SHOWN);
                if hidden > 0 {
                    line(severity, &format!("… and {hidden} more {name} of this kind"));
                }
            }
        }
        if self.errors() > 0 { Outcome::SomeFailed } else { Outcome::Done }
    }
}

fn line(severity: Severity, text: &str) {
    use anstyle::{AnsiColor, Style};
    let (label, colour) = match severity {
        Severity::Note => ("note", AnsiColor::Cyan),
        Severity::Warning => ("warning", AnsiColor::Yellow),
        Severity::Error => ("error", AnsiColor::Red),
    };
    let style = Style::new().bold().fg_color(Some(colour.into()));
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#}: {}", plain(text));
}

/// Text that cannot steer a terminal: control characters of article or file names are shown as `?`.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect()
}

/// A flag that Ctrl-C sets; a second Ctrl-C ends the process at once.
pub(crate) fn interrupt_flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&flag);
    let _ = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    flag
}
