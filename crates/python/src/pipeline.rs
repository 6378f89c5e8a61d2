//! The pipeline.

use crate::articles::{lang, natural, one_or_more};
use crate::errors::TemoinError;
use crate::extraction::Extraction;
use crate::interrupt::interruptible;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::Arc;
use temoin::{InputOptions, input, vocabulary};

/// Bytes of a text that takes about half a second. Longer ones are analysed in a thread of their own, so that Ctrl-C
/// need not wait for the end; a thread for every article would make short ones a sixth slower.
const LONG: usize = 1 << 16;

/// From articles to claims. Made once; loads the models of a language when it is first needed.
///
/// :param relations: file, or files, of relations of your own.
/// :param entities: file, or files, of entities of your own.
/// :param threads: number of threads for many articles; 0 takes one per processor.
#[pyclass(frozen, module = "temoin")]
#[derive(Debug)]
pub(crate) struct Pipeline(pub(crate) Arc<temoin::Pipeline>);

impl Pipeline {
    pub(crate) fn make(relations: &[PathBuf], entities: &[PathBuf], threads: usize) -> PyResult<Self> {
        let extractor = vocabulary::extractor(relations, entities).map_err(TemoinError::new_err)?;
        Ok(Pipeline(Arc::new(temoin::Pipeline::builder().threads(threads).extractor(extractor).build())))
    }
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (*, relations=None, entities=None, threads=0))]
    fn new(
        py: Python<'_>,
        relations: Option<Bound<'_, PyAny>>,
        entities: Option<Bound<'_, PyAny>>,
        threads: i64,
    ) -> PyResult<Self> {
        let relations: Vec<PathBuf> = one_or_more("relations", "a path", relations.as_ref())?;
        let entities: Vec<PathBuf> = one_or_more("entities", "a path", entities.as_ref())?;
        let threads = natural("threads", threads)?;
        py.detach(|| Self::make(&relations, &entities, threads))
    }

    /// The claims of one article.
    ///
    /// :param text: the article.
    /// :param date: day of its publication; days like « hier » are counted from it.
    /// :param name: what messages and the graph call it.
    /// :param lang: ``"fr"`` or ``"en"``; found out where it is not given.
    /// :raises ValueError: where the text is empty or a parameter cannot be understood.
    ///
    /// >>> import temoin
    /// >>> found = temoin.Pipeline().extract("La France a critiqué la Russie.", date="2024-03-05")
    /// >>> [(c.subject, c.relation, c.object, c.status) for c in found.claims]
    /// [('France', 'criticized', 'Russie', 'asserted')]
    #[pyo3(signature = (text, *, date=None, name=None, title=None, outlet=None, url=None, lang=None))]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn extract(
        &self,
        py: Python<'_>,
        text: &str,
        date: Option<Bound<'_, PyAny>>,
        name: Option<&str>,
        title: Option<&str>,
        outlet: Option<&str>,
        url: Option<&str>,
        lang: Option<&str>,
    ) -> PyResult<Extraction> {
        if text.trim().is_empty() {
            return Err(PyValueError::new_err("text: it is empty: nothing to extract"));
        }
        let mut fields = Map::new();
        let mut put = |key: &str, value: Option<&str>| {
            if let Some(v) = value {
                fields.insert(key.into(), Value::String(v.into()));
            }
        };
        let headline = input::title(text);
        put("text", Some(text));
        put("title", title.or(headline.as_deref()));
        put("outlet", outlet);
        put("url", url);
        let options = InputOptions {
            published: date.map(|d| crate::articles::date(&d)).transpose()?,
            lang: lang.map(self::lang).transpose()?,
            ..InputOptions::default()
        };
        let input = input::record(fields, "the text", name.unwrap_or("text"), &options);
        let Some(article) = input.article else {
            let why: Vec<String> = input.diagnostics.into_iter().map(|d| d.message).collect();
            return Err(PyValueError::new_err(why.join("; ")));
        };
        let (pipeline, long) = (Arc::clone(&self.0), article.text.len() > LONG);
        let work = move || Extraction::new(pipeline.extract(article), input.diagnostics);
        let found = if long { interruptible(py, None, || (), work)? } else { py.detach(work) };
        found.warn(py)?;
        Ok(found)
    }

    fn __repr__(&self) -> String {
        format!("<temoin.Pipeline: {} relations>", self.0.relations().count())
    }
}
