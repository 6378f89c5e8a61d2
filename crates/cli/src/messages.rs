//! Exit codes and messages: 0 done, 1 some inputs or the work failed, 2 usage, 130 interrupted.

use indicatif::HumanCount;
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
            GraphError::Timeout(_) => Failure::Work(format!("{e}: narrow it, or raise --timeout")),
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

/// Prints diagnostics on standard error: errors as they come, warnings too but at most
/// [`Reporter::SHOWN`], and notes at the end, those that say the same in one line.
#[derive(Debug, Default)]
pub(crate) struct Reporter {
    quiet: bool,
    seen: [usize; 3],
    notes: Vec<Note>,
}

/// What was said of one or more inputs.
#[derive(Debug)]
struct Note {
    message: String,
    first: String,
    inputs: usize,
}

impl Reporter {
    const SHOWN: usize = 20;

    pub(crate) fn new(quiet: bool) -> Self {
        Reporter { quiet, ..Reporter::default() }
    }

    /// Prints `d`, or keeps it for the end where it is a note. When quiet, notes are not printed;
    /// warnings are, because they say that something of the input was lost.
    pub(crate) fn report(&mut self, d: &Diagnostic) {
        let n = &mut self.seen[d.severity as usize];
        *n += 1;
        match d.severity {
            Severity::Note => self.note(d),
            Severity::Warning if *n > Self::SHOWN => {}
            Severity::Warning | Severity::Error => line(d.severity, &format!("{}: {}", d.input, d.message)),
        }
    }

    fn note(&mut self, d: &Diagnostic) {
        if let Some(n) = self.notes.iter_mut().find(|n| n.message == d.message) {
            n.inputs += 1;
        } else if self.notes.len() < Self::SHOWN {
            self.notes.push(Note { message: d.message.clone(), first: d.input.clone(), inputs: 1 });
        }
    }

    /// Number of inputs that failed.
    pub(crate) fn errors(&self) -> usize {
        self.seen[Severity::Error as usize]
    }

    /// Prints the notes, says how many messages were not printed, and turns the count of errors into
    /// an outcome.
    pub(crate) fn finish(&self) -> Outcome {
        if !self.quiet {
            for n in &self.notes {
                let more =
                    if n.inputs > 1 { format!(" and {} more", HumanCount(n.inputs as u64 - 1)) } else { String::new() };
                line(Severity::Note, &format!("{}{more}: {}", n.first, n.message));
            }
            let told: usize = self.notes.iter().map(|n| n.inputs).sum();
            hidden(Severity::Note, self.seen[Severity::Note as usize] - told);
        }
        hidden(Severity::Warning, self.seen[Severity::Warning as usize].saturating_sub(Self::SHOWN));
        if self.errors() > 0 { Outcome::SomeFailed } else { Outcome::Done }
    }
}

/// Says that `n` messages were not printed.
fn hidden(severity: Severity, n: usize) {
    if n > 0 {
        line(severity, &format!("… and {}", counted(n, &format!("more {}", severity.name()))));
    }
}

fn line(severity: Severity, text: &str) {
    use anstyle::{AnsiColor, Style};
    let colour = match severity {
        Severity::Note => AnsiColor::Cyan,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Error => AnsiColor::Red,
    };
    let style = Style::new().bold().fg_color(Some(colour.into()));
    let _ = writeln!(anstream::stderr(), "{style}{}{style:#}: {}", severity.name(), plain(text));
}

/// A number and what it counts: « 1 claim », « 1,200 claims ».
pub(crate) fn counted(n: impl TryInto<u64>, noun: &str) -> String {
    let n = n.try_into().unwrap_or(u64::MAX);
    let number = HumanCount(n);
    match noun.strip_suffix('y') {
        _ if n == 1 => format!("{number} {noun}"),
        Some(stem) => format!("{number} {stem}ies"),
        None if noun.ends_with("ch") => format!("{number} {noun}es"),
        None => format!("{number} {noun}s"),
    }
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

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn what_is_counted_is_singular_for_one_alone() {
        for (n, noun, said) in [
            (0usize, "claim", "0 claims"),
            (1, "claim", "1 claim"),
            (1200, "claim", "1,200 claims"),
            (1, "entity", "1 entity"),
            (2, "entity", "2 entities"),
            (2, "mismatch", "2 mismatches"),
        ] {
            assert_eq!(counted(n, noun), said);
        }
    }
}
