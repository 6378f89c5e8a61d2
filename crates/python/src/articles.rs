//! Articles as Python gives them.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDate, PyDateAccess, PyDict, PyList, PyString, PyTuple};
use serde_json::{Map, Value};
use std::path::PathBuf;
use temoin::{Date, Diagnostic, Input, InputOptions, Inputs, Lang, Severity, input};

/// Articles to read.
pub(crate) enum Given {
    /// Files and folders.
    Paths(Vec<PathBuf>),
    /// Texts with what is known of them.
    Records(Vec<Input>),
}

impl Given {
    /// One path; or paths, and dicts with `text` and what else is known.
    pub(crate) fn all(of: &Bound<'_, PyAny>, options: &InputOptions, replace: bool) -> PyResult<Vec<Self>> {
        if of.is_instance_of::<PyString>() || of.hasattr("__fspath__")? {
            return Ok(vec![Given::Paths(vec![of.extract()?])]);
        }
        if of.is_instance_of::<PyBytes>() {
            return Err(PyTypeError::new_err("articles: expected a path, or paths and dicts with 'text', not bytes"));
        }
        // One dict is one article, and not the names of its fields.
        let one = of.is_instance_of::<PyDict>().then(|| PyList::new(of.py(), [of])).transpose()?;
        let of = one.as_ref().map_or(of, |l| l.as_any());
        let mut all: Vec<Given> = Vec::new();
        for (i, item) in of.try_iter()?.enumerate() {
            let item = item?;
            if let Ok(fields) = item.cast::<PyDict>() {
                if replace && !fields.contains("id")? {
                    return Err(PyValueError::new_err(format!(
                        "item {i}: it has no 'id', by which replace=True tells which article it takes the place of"
                    )));
                }
                let fields = record(fields).map_err(|e| at_item(of.py(), i, &e))?;
                let id = fields.get("id").and_then(Value::as_str).map(|id| format!(" ('{id}')")).unwrap_or_default();
                let input = input::record(fields, &format!("item {i}{id}"), &format!("item-{i}"), options);
                match all.last_mut() {
                    Some(Given::Records(a)) => a.push(input),
                    _ => all.push(Given::Records(vec![input])),
                }
            } else {
                let wrong = |_| PyTypeError::new_err(format!("item {i}: expected a path or a dict with 'text'"));
                let path = item.extract().map_err(wrong)?;
                match all.last_mut() {
                    Some(Given::Paths(p)) => p.push(path),
                    _ => all.push(Given::Paths(vec![path])),
                }
            }
        }
        Ok(all)
    }

    /// As the pipeline reads them.
    pub(crate) fn inputs(self, options: &InputOptions) -> Box<dyn Iterator<Item = Input> + Send> {
        match self {
            Given::Paths(paths) => Box::new(Inputs::new(&paths, options.clone())),
            Given::Records(all) => Box::new(all.into_iter()),
        }
    }
}

/// An error with the item that it is of.
fn at_item(py: Python<'_>, i: usize, e: &PyErr) -> PyErr {
    PyTypeError::new_err(format!("item {i}: {}", e.value(py)))
}

/// The fields of a dict as JSON has them; days as texts. Other fields than those that are read are left alone.
pub(crate) fn record(fields: &Bound<'_, PyDict>) -> PyResult<Map<String, Value>> {
    let mut out = Map::new();
    for (key, value) in fields {
        let Ok(key) = key.extract::<String>() else {
            return Err(PyTypeError::new_err("the names of fields must be str"));
        };
        if !input::is_field(&key) {
            continue;
        }
        // What is in them is not read, and may be as deep as it likes.
        let of = |kind: Value| (key.clone(), kind);
        if value.is_instance_of::<PyDict>() {
            out.extend([of(Value::Object(Map::new()))]);
            continue;
        }
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            out.extend([of(Value::Array(Vec::new()))]);
            continue;
        }
        let value = match value.cast::<PyDate>() {
            Ok(d) => Value::String(day(d)),
            Err(_) => {
                pythonize::depythonize(&value).map_err(|e| PyTypeError::new_err(format!("field '{key}': {e}")))?
            }
        };
        out.insert(key, value);
    }
    Ok(out)
}

fn day(d: &Bound<'_, PyDate>) -> String {
    format!("{:04}-{:02}-{:02}", d.get_year(), d.get_month(), d.get_day())
}

/// A day as text: of a `date`, a `datetime` or a text.
pub(crate) fn day_text(of: &Bound<'_, PyAny>) -> PyResult<String> {
    match of.cast::<PyDate>() {
        Ok(d) => Ok(day(d)),
        Err(_) => {
            of.extract().map_err(|_| PyTypeError::new_err("a date must be a datetime.date or a str like '2024-03-05'"))
        }
    }
}

/// A day: a `date`, a `datetime` or a text like `2024-03-05`.
pub(crate) fn date(of: &Bound<'_, PyAny>) -> PyResult<Date> {
    let text = day_text(of)?;
    text.parse().map_err(|_| PyValueError::new_err(format!("'{text}' is no date: write it like 2024-03-05")))
}

/// A language by its tag.
pub(crate) fn lang(tag: &str) -> PyResult<Lang> {
    tag.parse().map_err(|_| PyValueError::new_err(format!("lang: '{tag}' is none of 'fr' and 'en'")))
}

/// What is to be said of an input in words.
pub(crate) fn said(d: &Diagnostic) -> String {
    let severity = match d.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    format!("{severity}: {}: {}", d.input, d.message)
}
