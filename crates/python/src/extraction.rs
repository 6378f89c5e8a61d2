//! What one article says.

use crate::articles::said;
use crate::errors::warn_all;
use crate::html;
use crate::table::Table;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use temoin::graph::{GraphBuilder, Iris};
use temoin::record::{ClaimRecord, ObjectRecord};
use temoin::{Analysed, Diagnostic};

/// The claims of one article, each with its evidence.
#[pyclass(frozen, module = "temoin")]
#[derive(Debug)]
pub(crate) struct Extraction {
    analysed: Arc<Analysed>,
    diagnostics: Vec<Diagnostic>,
}

impl Extraction {
    pub(crate) fn new(analysed: Analysed, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.extend_from_slice(&analysed.extraction.diagnostics);
        Extraction { analysed: Arc::new(analysed), diagnostics }
    }

    /// Warns of what was left out.
    ///
    /// # Errors
    /// Where the user has made warnings errors.
    pub(crate) fn warn(&self, py: Python<'_>) -> PyResult<()> {
        warn_all(py, &self.diagnostics, 1)
    }
}

#[pymethods]
impl Extraction {
    /// Identifier of the article: a hash of its text.
    #[getter]
    fn document(&self) -> &str {
        &self.analysed.document.id
    }

    /// Language of the article: ``"fr"`` or ``"en"``.
    #[getter]
    fn lang(&self) -> &'static str {
        self.analysed.document.meta.lang.tag()
    }

    /// Notes and warnings on the article; the latter are warnings of Python too.
    #[getter]
    fn messages(&self) -> Vec<String> {
        self.diagnostics.iter().map(said).collect()
    }

    /// The claims, in the order of the text.
    #[getter]
    fn claims(&self) -> Vec<Claim> {
        let a = &self.analysed;
        a.extraction.claims.iter().map(|c| Claim(ClaimRecord::new(&a.document, &a.extraction, c))).collect()
    }

    /// The claims as a table, with the columns of ``Graph.claims()``.
    fn table(&self, py: Python<'_>) -> PyResult<Table> {
        let table = py.detach(|| {
            let mut builder = GraphBuilder::new(Iris::default(), &[]);
            builder.add(&self.analysed.document, &self.analysed.extraction);
            builder.finish().tables().claims()
        });
        Table::new(table)
    }

    fn __len__(&self) -> usize {
        self.analysed.extraction.claims.len()
    }

    fn _repr_html_(&self) -> String {
        self.claims().iter().map(Claim::_repr_html_).collect()
    }

    fn __repr__(&self) -> String {
        format!("<temoin.Extraction of {}: {} claims>", self.analysed.document.meta.name, self.__len__())
    }
}

/// One claim: who, what, whom, with status, speaker, time, place and evidence.
#[pyclass(frozen, eq, hash, module = "temoin")]
#[derive(Debug, PartialEq)]
pub(crate) struct Claim(pub(crate) ClaimRecord);

impl Hash for Claim {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

/// The name of a value of an axis.
fn name(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

#[pymethods]
impl Claim {
    /// Identifier.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Label of the subject; ``"?"`` where the text does not say who.
    #[getter]
    fn subject(&self) -> &str {
        &self.0.subject.label
    }

    /// Name of the relation.
    #[getter]
    fn relation(&self) -> &str {
        &self.0.predicate
    }

    /// Label of the object, or its words; ``None`` where the relation has none, as in « Anna est morte ».
    #[getter]
    fn object(&self) -> Option<&str> {
        match &self.0.object {
            ObjectRecord::Entity(e) => Some(&e.label),
            ObjectRecord::Quantity(q) => Some(&q.text),
            ObjectRecord::Text { text, .. } => self.0.has_object().then_some(text),
        }
    }

    /// ``"asserted"``, ``"reported"``, ``"hedged"``, ``"planned"``, ``"hypothetical"`` or ``"denied"``.
    #[getter]
    fn status(&self) -> String {
        name(&self.0.status)
    }

    /// Who says so; ``None`` for the article itself and for unnamed sources.
    #[getter]
    fn said_by(&self) -> Option<&str> {
        self.0.attributed_to.as_ref().map(|e| e.label.as_str())
    }

    /// First place.
    #[getter]
    fn place(&self) -> Option<&str> {
        self.0.place.as_ref().map(|e| e.label.as_str())
    }

    /// When, in EDTF.
    #[getter]
    fn time(&self) -> Option<&str> {
        self.0.time.as_ref().map(|t| t.value.as_str())
    }

    /// How sure the extraction is, from 0 to 1.
    #[getter]
    fn confidence(&self) -> f64 {
        self.0.confidence
    }

    /// The sentence that says it.
    #[getter]
    fn sentence(&self) -> &str {
        &self.0.evidence.quote
    }

    /// First code point of the sentence in the article.
    #[getter]
    fn begin(&self) -> u32 {
        self.0.evidence.start
    }

    /// Code point behind the sentence.
    #[getter]
    fn end(&self) -> u32 {
        self.0.evidence.end
    }

    /// Everything, as the JSON Lines of ``temoin extract`` have it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = pythonize::pythonize(py, &self.0)?;
        Ok(dict.cast_into::<PyDict>()?)
    }

    pub(crate) fn _repr_html_(&self) -> String {
        let r = &self.0;
        let e = &r.evidence;
        let local = |p: &[u32; 2]| ((p[0].saturating_sub(e.start)) as usize, (p[1].saturating_sub(e.start)) as usize);
        let mut marks: Vec<(usize, usize, &str)> = Vec::new();
        for (span, colour) in
            [(e.subject.as_ref(), html::SUBJECT), (Some(&e.trigger), html::TRIGGER), (e.object.as_ref(), html::OBJECT)]
        {
            if let Some((begin, end)) = span.map(local) {
                marks.push((begin, end, colour));
            }
        }
        let by = self.said_by().map(|w| format!(" ({})", html::escape(w))).unwrap_or_default();
        format!(
            "<div style=\"margin:.4em 0\"><b>{}</b> {} <b>{}</b> · <i>{}{by}</i><br>« {} » <small>{}, {}–{}</small></div>",
            html::escape(self.subject()),
            html::escape(self.relation()),
            html::escape(self.object().unwrap_or_default()),
            self.status(),
            html::highlighted(&e.quote, &marks),
            html::escape(&r.source),
            e.start,
            e.end,
        )
    }

    fn __repr__(&self) -> String {
        let object = self.object().map(|o| format!(" | {o}")).unwrap_or_default();
        format!("<temoin.Claim {} | {}{object} ({})>", self.subject(), self.relation(), self.status())
    }
}
