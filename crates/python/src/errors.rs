//! Failures as Python exceptions.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyFileNotFoundError, PyOSError, PyTimeoutError, PyUserWarning, PyValueError};
use pyo3::prelude::*;
use std::ffi::CString;
use std::io::ErrorKind;
use temoin::graph::GraphError;

create_exception!(temoin, TemoinError, PyException, "Something failed; the message names the file and the place.");
create_exception!(temoin, QueryError, TemoinError, "A SPARQL query cannot be read, or failed.");
create_exception!(temoin, NotFoundError, TemoinError, "Nothing in the graph has this name.");
create_exception!(temoin, TemoinWarning, PyUserWarning, "Something was left out or assumed; the message says what.");

/// Warns of something that was left out.
///
/// # Errors
/// Where the user has made warnings errors.
pub(crate) fn warn(py: Python<'_>, message: &str) -> PyResult<()> {
    let text = CString::new(message.replace('\0', " ")).expect("without a NUL");
    PyErr::warn(py, &py.get_type::<TemoinWarning>(), &text, 1)
}

/// The exception for a failure of a graph.
pub(crate) fn graph(e: GraphError) -> PyErr {
    let message = e.to_string();
    match e {
        GraphError::Syntax(_) | GraphError::Refused(_) | GraphError::Evaluation(_) => QueryError::new_err(message),
        GraphError::NotFound { .. } => NotFoundError::new_err(message),
        GraphError::Missing { .. } => PyFileNotFoundError::new_err(message),
        GraphError::Io { source, .. } if source.kind() == ErrorKind::NotFound => PyFileNotFoundError::new_err(message),
        GraphError::Io { .. } | GraphError::Output(_) => PyOSError::new_err(message),
        GraphError::Timeout(_) => PyTimeoutError::new_err(message),
        GraphError::Form(_) => PyValueError::new_err(message),
        _ => TemoinError::new_err(message),
    }
}
