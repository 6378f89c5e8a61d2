//! Articles as Python gives them.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDate, PyDateAccess, PyDict, PyIterator, PyList, PyString, PyTuple};
use serde_json::{Map, Value};
use std::path::PathBuf;
use temoin::{Date, Diagnostic, Input, InputOptions, Inputs, Lang, Severity, input};

/// Articles as Python gives them, read one at a time: a path, or an iterable of paths and of dicts with `text` and
/// what else is known. A dict that cannot be read is an input without an article.
pub(crate) struct Given {
    items: Py<PyIterator>,
    /// Number of the next item.
    next: usize,
    /// Articles of the last path.
    open: Option<Inputs>,
    options: InputOptions,
    replace: bool,
}

impl Given {
    /// # Errors
    /// `TypeError` where it is nothing of the kind.
    pub(crate) fn new(of: &Bound<'_, PyAny>, options: InputOptions, replace: bool) -> PyResult<Self> {
        let py = of.py();
        // One dict is one article, and not the names of its fields.
        let one = of.is_instance_of::<PyString>() || of.is_instance_of::<PyDict>() || of.hasattr("__fspath__")?;
        let items = if one { PyList::new(py, [of])?.into_any() } else { of.clone() };
        let expected = "articles: expected a path, or paths and dicts with 'text'";
        let wrong = || PyTypeError::new_err(format!("{expected}, not {}", type_name(of)));
        if of.is_instance_of::<PyBytes>() {
            return Err(wrong());
        }
        let items = items.try_iter().map_err(|_| wrong())?.unbind();
        Ok(Given { items, next: 0, open: None, options, replace })
    }

    /// The next article, or why an item is none.
    ///
    /// # Errors
    /// What the iterable raises; `TypeError` for an item that is neither a path nor a dict.
    pub(crate) fn next(&mut self) -> PyResult<Option<Input>> {
        loop {
            if let Some(input) = self.open.as_mut().and_then(Inputs::next) {
                return Ok(Some(input));
            }
            self.open = None;
            let i = self.next;
            self.next += 1;
            let found = Python::attach(|py| {
                let Some(item) = self.items.bind(py).clone().next().transpose()? else { return Ok(Some(None)) };
                if let Ok(fields) = item.cast::<PyDict>() {
                    return Ok(Some(Some(self.record(i, fields))));
                }
                let wrong = |_| PyTypeError::new_err(format!("item {i}: expected a path or a dict with 'text'"));
                let path: PathBuf = item.extract().map_err(wrong)?;
                self.open = Some(Inputs::new(&[path], self.options.clone()));
                PyResult::Ok(None)
            })?;
            if let Some(input) = found {
                return Ok(input);
            }
        }
    }

    fn record(&self, i: usize, fields: &Bound<'_, PyDict>) -> Input {
        let read = match fields.contains("id") {
            Ok(false) if self.replace => {
                Err("it has no 'id', by which replace=True tells which article it takes the place of".to_owned())
            }
            _ => record(fields).map_err(|e| e.value(fields.py()).to_string()),
        };
        match read {
            Ok(fields) => {
                let id = fields.get("id").and_then(Value::as_str).map(|id| format!(" ('{id}')")).unwrap_or_default();
                input::record(fields, &format!("item {i}{id}"), &format!("item-{i}"), &self.options)
            }
            Err(message) => {
                let input = format!("item {i}");
                Input { article: None, diagnostics: vec![Diagnostic { severity: Severity::Error, input, message }] }
            }
        }
    }
}

fn type_name(of: &Bound<'_, PyAny>) -> String {
    of.get_type().name().map_or_else(|_| "that".into(), |name| name.to_string())
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
        let value = scalar(&value).map_err(|e| PyTypeError::new_err(format!("field '{key}': {e}")))?;
        out.insert(key, value);
    }
    Ok(out)
}

/// A value of Python, or of numpy and pandas, as JSON has it; days as texts.
fn scalar(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if let Ok(d) = value.cast::<PyDate>() {
        return Ok(Value::String(day(d)));
    }
    // What is in these is not read, and may be as deep as it likes.
    if value.is_instance_of::<PyDict>() {
        return Ok(Value::Object(Map::new()));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return Ok(Value::Array(Vec::new()));
    }
    match (pythonize::depythonize(value), type_name(value).as_str()) {
        (Ok(v), _) => Ok(v),
        (Err(_), "NAType") => Ok(Value::Null),
        (Err(_), "datetime64") => {
            let text = value.str()?.to_string();
            Ok(if text == "NaT" { Value::Null } else { Value::String(text) })
        }
        // A scalar of numpy.
        (Err(e), _) if value.get_type().module()? == "numpy" => {
            let plain = value.call_method0("item")?;
            pythonize::depythonize(&plain).map_err(|_| PyTypeError::new_err(e.to_string()))
        }
        (Err(e), _) => Err(PyTypeError::new_err(e.to_string())),
    }
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

/// One of `T`, or several; none where the argument is not given. `what` says what they are.
///
/// # Errors
/// `TypeError`, with the name of the argument.
pub(crate) fn one_or_more<T>(name: &str, what: &str, of: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<T>>
where
    T: for<'a, 'py> FromPyObject<'a, 'py>,
{
    let Some(of) = of else { return Ok(Vec::new()) };
    let wrong = || PyTypeError::new_err(format!("{name}: expected {what}, or several of them, not {}", type_name(of)));
    if of.is_instance_of::<PyString>() || of.hasattr("__fspath__")? {
        return Ok(vec![of.extract().map_err(|_| wrong())?]);
    }
    let each = |item: PyResult<Bound<'_, PyAny>>| item?.extract().map_err(|_| wrong());
    of.try_iter().map_err(|_| wrong())?.map(each).collect()
}

/// A number that is not negative.
///
/// # Errors
/// `ValueError`, with the name of the argument.
pub(crate) fn natural<T: TryFrom<i64>>(name: &str, n: i64) -> PyResult<T> {
    T::try_from(n).map_err(|_| PyValueError::new_err(format!("{name}: {n} is not 0 or more")))
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
