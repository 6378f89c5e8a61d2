//! Failures as Python exceptions.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyFileNotFoundError, PyOSError, PyTimeoutError, PyUserWarning, PyValueError};
use pyo3::prelude::*;
use std::ffi::CString;
use std::io;
use std::path::Path;
use temoin::graph::GraphError;
use temoin::{Diagnostic, Severity};

create_exception!(temoin, TemoinError, PyException, "Something failed; the message names the file and the place.");
create_exception!(temoin, QueryError, TemoinError, "A SPARQL query cannot be read, or failed.");
create_exception!(temoin, NotFoundError, TemoinError, "Nothing in the graph has this name.");
create_exception!(temoin, TemoinWarning, PyUserWarning, "Something was left out or assumed; the message says what.");

/// Warns of something that was left out, at the line of Python that is `frames` calls up.
///
/// # Errors
/// Where the user has made warnings errors.
pub(crate) fn warn(py: Python<'_>, message: &str, frames: i32) -> PyResult<()> {
    let text = CString::new(message.replace('\0', " ")).expect("without a NUL");
    PyErr::warn(py, &py.get_type::<TemoinWarning>(), &text, frames)
}

/// The number of POSIX and of Windows for what is not there.
const NOT_FOUND: i32 = 2;

/// Warns of what was left out of inputs; notes are no warnings.
///
/// # Errors
/// Where the user has made warnings errors.
pub(crate) fn warn_all(py: Python<'_>, all: &[Diagnostic], frames: i32) -> PyResult<()> {
    all.iter()
        .filter(|d| d.severity != Severity::Note)
        .try_for_each(|d| warn(py, &format!("{}: {}", d.input, d.message), frames))
}

/// What is told of a full disk beside the reason.
const FULL: &str = "write, though the articles added before are safe: make room and run the same again";

/// A failure of the system at a file: an `OSError`, or the class of its number, with `errno` and `filename`.
pub(crate) fn os(action: &str, path: &Path, e: &io::Error) -> PyErr {
    let mut reason = e.to_string();
    let Some(number) = e.raw_os_error() else {
        return PyOSError::new_err(format!("cannot {action} {}: {reason}", path.display()));
    };
    // Python says the number itself.
    if let Some(at) = reason.rfind(" (os error") {
        reason.truncate(at);
    }
    PyOSError::new_err((number, format!("cannot {action}: {reason}"), path.as_os_str().to_owned()))
}

/// The exception for a failure of a graph.
pub(crate) fn graph(e: GraphError) -> PyErr {
    let (message, full) = (e.to_string(), e.is_disk_full());
    match e {
        GraphError::Syntax(_) | GraphError::Refused(_) | GraphError::Evaluation(_) => QueryError::new_err(message),
        GraphError::NotFound { .. } => NotFoundError::new_err(message),
        GraphError::Missing { path } => PyFileNotFoundError::new_err((
            NOT_FOUND,
            "no graph here: make one with temoin.build",
            path.into_os_string(),
        )),
        GraphError::Io { path, source, .. } if full => os(FULL, &path, &source),
        GraphError::Io { action, path, source } => os(action, &path, &source),
        GraphError::Output(_) => PyOSError::new_err(message),
        GraphError::Timeout(_) => PyTimeoutError::new_err(message),
        GraphError::Form(_) => PyValueError::new_err(message),
        _ => TemoinError::new_err(message),
    }
}
