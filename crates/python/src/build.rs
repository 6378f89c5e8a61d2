//! Articles into a graph folder.

use crate::articles::{Given, date, lang, natural, one_or_more, said};
use crate::errors::{graph, warn, warn_all};
use crate::pipeline::Pipeline;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::time::Duration;
use temoin::graph::{GraphFolder, GraphOptions, merge_folders};
use temoin::{BuildOptions, Diagnostic, InputOptions, Severity, Step};

/// What became of a run of ``build``.
#[pyclass(frozen, get_all, module = "temoin")]
#[derive(Debug, Default)]
pub(crate) struct BuildReport {
    /// Articles that were added.
    added: usize,
    /// Articles that were there already.
    there: usize,
    /// Articles that were replaced.
    replaced: usize,
    /// Claims in the articles that were added.
    claims: usize,
    /// What was said about inputs that could not be read.
    failed: Vec<String>,
    /// Notes and warnings; the latter are warnings of Python too.
    messages: Vec<String>,
}

#[pymethods]
impl BuildReport {
    fn __repr__(&self) -> String {
        format!(
            "<temoin.BuildReport: {} articles added, {} there, {} replaced, {} failed, {} claims>",
            self.added,
            self.there,
            self.replaced,
            self.failed.len(),
            self.claims
        )
    }
}

/// Articles into a graph folder, which is made where it is missing.
///
/// :param articles: a path (file or folder), or paths and dicts with ``text`` and, if known, ``id``, ``date``,
///     ``title``, ``outlet``, ``url``, ``lang``.
/// :param out: the graph folder.
/// :param replace: whether an article takes the place of others of its name.
/// :param wait: seconds to wait for another writer.
/// :param date: day of publication of articles that do not bring one.
/// :param progress: called with the number of inputs that are done.
/// :param pipeline: a pipeline of your own.
#[pyfunction]
#[pyo3(signature = (articles, out, *, replace=false, wait=0, date=None, lang=None, progress=None, pipeline=None))]
#[allow(clippy::too_many_arguments, reason = "keywords of Python")]
pub(crate) fn build(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    out: PathBuf,
    replace: bool,
    wait: i64,
    date: Option<Bound<'_, PyAny>>,
    lang: Option<&str>,
    progress: Option<Py<PyAny>>,
    pipeline: Option<Bound<'_, Pipeline>>,
) -> PyResult<BuildReport> {
    if out.as_os_str().is_empty() {
        return Err(PyValueError::new_err("out: it is empty; name the graph folder"));
    }
    let wait = Duration::from_secs(natural("wait", wait)?);
    let options = InputOptions {
        published: date.map(|d| self::date(&d)).transpose()?,
        lang: lang.map(self::lang).transpose()?,
        ..InputOptions::default()
    };
    let mut given = Given::new(articles, options, replace)?;
    let pipeline = match pipeline {
        Some(p) => p.get().0.clone(),
        None => py.detach(|| Pipeline::make(&[], &[], 0))?.0,
    };
    let mut heard: Vec<Diagnostic> = Vec::new();
    let mut report = py.detach(|| {
        let folder_options = GraphOptions { base: None, relations: pipeline.relation_infos() };
        let folder = GraphFolder::create_or_open(&out, &folder_options).map_err(graph)?;
        let build = BuildOptions { replace, wait };
        let mut report = BuildReport::default();
        // What Python raised meanwhile: a signal's exception, or one of the callback.
        let raised: RefCell<Option<PyErr>> = RefCell::new(None);
        // What came before an exception is kept.
        let inputs = std::iter::from_fn(|| match given.next() {
            Ok(input) => input,
            Err(e) => {
                raised.borrow_mut().get_or_insert(e);
                None
            }
        });
        let (done, told) = (Cell::new(0_usize), Cell::new(0_usize));
        let stop = || {
            if raised.borrow().is_none() {
                let asked = Python::attach(|py| {
                    py.check_signals()?;
                    match &progress {
                        Some(f) if told.get() != done.get() => f.call1(py, (done.get(),)).map(drop),
                        _ => Ok(()),
                    }
                });
                told.set(done.get());
                *raised.borrow_mut() = asked.err();
            }
            raised.borrow().is_some()
        };
        let built = pipeline.build_into(&folder, inputs, &build, stop, |step| match step {
            Step::There { .. } => {}
            Step::Read(diagnostics) => {
                done.set(done.get() + 1);
                heard.extend_from_slice(diagnostics);
            }
            Step::Added { analysed, .. } => {
                report.claims += analysed.extraction.claims.len();
                heard.extend_from_slice(&analysed.extraction.diagnostics);
            }
        });
        let built = built.map_err(graph)?;
        if let Some(e) = raised.into_inner() {
            return Err(e);
        }
        if built.stopped {
            return Err(PyKeyboardInterrupt::new_err(()));
        }
        if let (Some(f), true) = (&progress, told.get() != done.get()) {
            Python::attach(|py| f.call1(py, (done.get(),)).map(drop))?;
        }
        (report.added, report.there, report.replaced) = (built.added, built.there, built.replaced);
        Ok(report)
    })?;
    for d in &heard {
        let list = if d.severity == Severity::Error { &mut report.failed } else { &mut report.messages };
        list.push(said(d));
    }
    // The package's own function is between the caller and this one.
    warn_all(py, &heard, 2)?;
    Ok(report)
}

/// Copies the articles of graph folders into one, which is made where it is missing.
///
/// An article of two folders is one afterwards, and the result has the bytes of a folder that was filled
/// with all the articles at once. Damaged segments are left out, with a warning each.
#[pyfunction]
#[pyo3(signature = (folders, out, *, wait = 0))]
pub(crate) fn merge(py: Python<'_>, folders: Bound<'_, PyAny>, out: PathBuf, wait: i64) -> PyResult<BuildReport> {
    let folders: Vec<PathBuf> = one_or_more("folders", "a path", Some(&folders))?;
    let wait = Duration::from_secs(natural("wait", wait)?);
    if out.as_os_str().is_empty() {
        return Err(PyValueError::new_err("out: it is empty; name the graph folder"));
    }
    let copied = py.detach(|| merge_folders(&folders, &out, wait)).map_err(graph)?;
    let failed: Vec<String> = copied.damaged.iter().map(ToString::to_string).collect();
    for message in &failed {
        warn(py, message, 1)?;
    }
    Ok(BuildReport {
        added: copied.added,
        there: copied.there,
        claims: copied.claims,
        failed,
        ..BuildReport::default()
    })
}
