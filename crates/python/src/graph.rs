//! A graph in memory.

use crate::articles::{date, lang, natural, one_or_more};
use crate::errors::{graph, os, warn};
use crate::html;
use crate::interrupt::interruptible;
use crate::table::Table;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use temoin::Date;
use temoin::graph::dot::{self, DotOptions};
use temoin::graph::export::{self, Tables};
use temoin::graph::query::{AnswerKind, CancellationToken, QueryOptions, ResultFormat};
use temoin::graph::questions::{Include, Network, PathAnswer};
use temoin::graph::view::ViewOptions;
use temoin::graph::{GraphError, GraphFolder, svg};

/// Opens a graph folder and loads it into memory. It does not change when the folder does: open it again.
///
/// :param decisions: file of decisions on who is who, in place of ``identity.tsv`` in the folder.
/// :raises FileNotFoundError: where there is no graph.
#[pyfunction]
#[pyo3(signature = (folder, *, decisions=None))]
pub(crate) fn open(py: Python<'_>, folder: PathBuf, decisions: Option<PathBuf>) -> PyResult<Graph> {
    let at = folder.clone();
    let work = move || {
        let folder = GraphFolder::open(&at)?;
        match decisions {
            Some(file) => folder.with_decisions(&file).load(),
            None => folder.load(),
        }
    };
    let loaded = interruptible(py, None, || (), work)?.map_err(graph)?;
    let damaged = loaded.damaged().iter().map(ToString::to_string);
    let rejected = loaded.identity().rejected.iter().map(ToString::to_string);
    for message in damaged.chain(rejected) {
        warn(py, &message, 1)?;
    }
    Ok(Graph { folder, graph: Arc::new(loaded), tables: OnceLock::new() })
}

/// A graph in memory: entities, claims and their evidence.
#[pyclass(frozen, module = "temoin")]
#[derive(Debug)]
pub(crate) struct Graph {
    folder: PathBuf,
    graph: Arc<temoin::graph::Graph>,
    tables: OnceLock<Tables>,
}

impl Graph {
    /// The decoded graph, made when it is first needed.
    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| self.graph.tables())
    }

    fn bytes<'py>(
        py: Python<'py>,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), GraphError> + Send,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| {
            let mut out = Vec::new();
            write(&mut out).map(|()| out)
        });
        Ok(PyBytes::new(py, &bytes.map_err(graph)?))
    }
}

/// Which claims: those that are asserted, also those that are reported, or all.
fn include(facts: &str) -> PyResult<Include> {
    match facts {
        "asserted" => Ok(Include::Asserted),
        "reported" => Ok(Include::Reported),
        "all" => Ok(Include::All),
        other => Err(PyValueError::new_err(format!("facts: '{other}' is none of 'asserted', 'reported' and 'all'"))),
    }
}

/// Node-link JSON whose attributes are scalars.
fn flattened(json: &[u8]) -> serde_json::Result<Vec<u8>> {
    let mut data: Value = serde_json::from_slice(json)?;
    let flatten = |of: &mut Value| {
        let Some(fields) = of.as_object_mut() else { return };
        fields.retain(|_, v| match v {
            Value::Array(all) => !all.is_empty() && all.iter().all(Value::is_string),
            Value::Null | Value::Object(_) => false,
            _ => true,
        });
        for v in fields.values_mut() {
            if let Value::Array(all) = v {
                let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
                *v = Value::String(all.join("; "));
            }
        }
    };
    flatten(&mut data["graph"]);
    for part in ["nodes", "edges"] {
        data[part].as_array_mut().into_iter().flatten().for_each(flatten);
    }
    serde_json::to_vec(&data)
}

fn day(of: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Date>> {
    of.map(date).transpose()
}

#[pymethods]
impl Graph {
    /// Runs a SPARQL query over all named graphs as one; prefixes (``rel:``, ``ent:``, ``kg:`` …) are declared.
    ///
    /// :param timeout: seconds after which it is stopped.
    /// :returns: a ``Table`` for SELECT, a ``bool`` for ASK, Turtle as ``str`` for CONSTRUCT and DESCRIBE.
    /// :raises QueryError: where it cannot be read, or is an update, or uses SERVICE.
    /// :raises TimeoutError: where it takes too long.
    #[pyo3(signature = (sparql, *, timeout=None))]
    fn query<'py>(&self, py: Python<'py>, sparql: String, timeout: Option<f64>) -> PyResult<Bound<'py, PyAny>> {
        enum Found {
            Table(export::Table),
            Bool(bool),
            Text(String),
        }
        let timeout = timeout.map(Duration::try_from_secs_f64).transpose();
        let timeout = timeout.map_err(|_| PyValueError::new_err("timeout: it is no number of seconds from 0 on"))?;
        let (token, of) = (CancellationToken::new(), Arc::clone(&self.graph));
        let stop = token.clone();
        let work = move || -> Result<Found, GraphError> {
            let answer = of.query_until(&sparql, &QueryOptions::default(), token)?;
            let kind = answer.kind();
            if kind == AnswerKind::Solutions {
                return Ok(answer.table()?.map_or(Found::Bool(false), Found::Table));
            }
            let format = if kind == AnswerKind::Boolean { ResultFormat::Table } else { ResultFormat::Turtle };
            let mut out = Vec::new();
            answer.write(Some(format), &mut out)?;
            let text = String::from_utf8_lossy(&out).into_owned();
            Ok(if kind == AnswerKind::Boolean { Found::Bool(text.trim() == "true") } else { Found::Text(text) })
        };
        Ok(match interruptible(py, timeout, move || stop.cancel(), work)?.map_err(graph)? {
            Found::Table(t) => Bound::new(py, Table::new(t)?)?.into_any(),
            Found::Bool(b) => b.into_pyobject(py)?.to_owned().into_any(),
            Found::Text(t) => t.into_pyobject(py)?.into_any(),
        })
    }

    /// The claims that hold as facts, in the order of ``claims()``: by default those that articles assert in their own
    /// voice.
    ///
    /// :param facts: ``"asserted"``, ``"reported"`` (these and what articles report of others) or ``"all"``.
    #[pyo3(signature = (facts="asserted"))]
    fn facts(&self, py: Python<'_>, facts: &str) -> PyResult<Table> {
        let include = include(facts)?;
        Table::new(py.detach(|| {
            let tables = self.tables();
            let claims = &tables.records().claims;
            tables.claims_of(tables.reading_order().into_iter().filter(|&i| include.takes(claims[i].status)))
        }))
    }

    /// All claims, whatever their status, in the order of reading: by day and name of the article, then as the text has
    /// them.
    fn claims(&self, py: Python<'_>) -> PyResult<Table> {
        Table::new(py.detach(|| self.tables().claims()))
    }

    /// All entities.
    fn entities(&self, py: Python<'_>) -> PyResult<Table> {
        Table::new(py.detach(|| self.tables().entities()))
    }

    /// The words behind each claim: sentences, triggers, subjects and objects.
    fn evidence(&self, py: Python<'_>) -> PyResult<Table> {
        Table::new(py.detach(|| self.tables().evidence()))
    }

    /// The words that refer to entities.
    fn mentions(&self, py: Python<'_>) -> PyResult<Table> {
        Table::new(py.detach(|| self.tables().mentions()))
    }

    /// The happenings of articles, with PLOVER codes.
    fn events(&self, py: Python<'_>) -> PyResult<Table> {
        Table::new(py.detach(|| self.tables().events()))
    }

    /// The articles, with their texts.
    fn documents(&self, py: Python<'_>) -> PyResult<Table> {
        Table::new(py.detach(|| self.tables().documents()))
    }

    /// The claims around an entity in order of time: dated ones first, then the others by the date of their article.
    ///
    /// :raises NotFoundError: where nothing has this name; the message says what looks like it.
    #[pyo3(signature = (entity, *, facts="asserted"))]
    fn timeline(&self, py: Python<'_>, entity: &str, facts: &str) -> PyResult<Table> {
        let include = include(facts)?;
        let table = py.detach(|| -> Result<export::Table, GraphError> {
            let tables = self.tables();
            let claims = tables.records();
            let found = claims.timeline(claims.find_entity(entity)?, include);
            let index: HashMap<&str, usize> =
                claims.claims.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
            let all = found.dated.iter().chain(&found.undated);
            Ok(tables.claims_of(all.map(|e| index[e.claim.id.as_str()])))
        });
        Table::new(table.map_err(graph)?)
    }

    /// The shortest way between two entities, with the claim behind each step.
    ///
    /// :raises NotFoundError: where nothing has one of the names.
    #[pyo3(signature = (a, b, *, facts="asserted"))]
    fn path(&self, py: Python<'_>, a: &str, b: &str, facts: &str) -> PyResult<Path> {
        let include = include(facts)?;
        let found = py.detach(|| -> Result<PathAnswer, GraphError> {
            let claims = self.tables().records();
            Ok(Network::new(claims, include).path(claims.find_entity(a)?, claims.find_entity(b)?))
        });
        found.map(Path).map_err(graph)
    }

    /// A diagram, whole or around an entity.
    ///
    /// :param focus: entity to start from.
    /// :param hops: how many claims away from it.
    /// :param relations: only this one, or these.
    /// :param since: only claims of this day and later.
    /// :param until: only claims of this day and earlier.
    /// :param max_edges: with more it is a summary, which says what it leaves out.
    #[pyo3(signature = (focus=None, *, hops=1, relations=None, since=None, until=None, lang="fr", max_edges=None, title=None))]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn draw(
        &self,
        py: Python<'_>,
        focus: Option<String>,
        hops: i64,
        relations: Option<Bound<'_, PyAny>>,
        since: Option<Bound<'_, PyAny>>,
        until: Option<Bound<'_, PyAny>>,
        lang: &str,
        max_edges: Option<i64>,
        title: Option<String>,
    ) -> PyResult<Diagram> {
        let relations = one_or_more("relations", "a str", relations.as_ref())?;
        let (hops, max_edges) = (natural("hops", hops)?, max_edges.map(|n| natural("max_edges", n)).transpose()?);
        let view = ViewOptions { focus, hops, relations, since: day(since.as_ref())?, until: day(until.as_ref())? };
        let default = DotOptions::default();
        let options = DotOptions { lang: self::lang(lang)?, max_edges: max_edges.unwrap_or(default.max_edges), title };
        let view = py.detach(|| self.graph.view(&view)).map_err(graph)?;
        Ok(py.detach(|| Diagram { dot: dot::render(&view, &options), svg: svg::render(&view, &options) }))
    }

    /// The graph as sorted N-Quads.
    fn nquads<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Self::bytes(py, |out| export::nquads(&self.graph, out))
    }

    /// As a ``networkx.MultiDiGraph``: entities as nodes, claims between two as edges.
    ///
    /// :param flat: attributes that the GraphML and GEXF writers of networkx take: lists of texts as one text, and what
    ///     is nested or missing left out.
    #[pyo3(signature = (*, flat=false))]
    fn to_networkx<'py>(&self, py: Python<'py>, flat: bool) -> PyResult<Bound<'py, PyAny>> {
        let json = Self::bytes(py, |out| {
            if !flat {
                return export::node_link(&self.graph, out).map(drop);
            }
            let mut nested = Vec::new();
            export::node_link(&self.graph, &mut nested)?;
            let flat = flattened(&nested).map_err(|e| GraphError::Output(e.into()))?;
            out.extend(flat);
            Ok(())
        })?;
        let data = py.import("json")?.call_method1("loads", (json,))?;
        let how = PyDict::new(py);
        how.set_item("edges", "edges")?;
        how.set_item("multigraph", true)?;
        how.set_item("directed", true)?;
        py.import("networkx")?.call_method("node_link_graph", (data,), Some(&how))
    }

    /// As a ``pyoxigraph.Store``, with its named graphs.
    fn to_pyoxigraph<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let pyoxigraph = py.import("pyoxigraph")?;
        let store = pyoxigraph.getattr("Store")?.call0()?;
        let format = pyoxigraph.getattr("RdfFormat")?.getattr("N_QUADS")?;
        store.call_method1("bulk_load", (self.nquads(py)?, format))?;
        Ok(store)
    }

    /// As an ``rdflib.Dataset``, with its named graphs, whose union is the default graph.
    fn to_rdflib<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let how = PyDict::new(py);
        how.set_item("default_union", true)?;
        let dataset = py.import("rdflib")?.getattr("Dataset")?.call((), Some(&how))?;
        let what = PyDict::new(py);
        what.set_item("data", self.nquads(py)?)?;
        what.set_item("format", "nquads")?;
        dataset.call_method("parse", (), Some(&what))?;
        for (prefix, namespace) in self.graph.iris().prefixes() {
            dataset.call_method1("bind", (prefix, namespace))?;
        }
        Ok(dataset)
    }

    /// Number of quads.
    fn __len__(&self) -> usize {
        self.graph.len()
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        self.draw(py, None, 1, None, None, None, "fr", None, None).map(|d| d.svg)
    }

    fn __repr__(&self) -> String {
        format!("<temoin.Graph {}: {} quads>", self.folder.display(), self.graph.len())
    }
}

/// A diagram, which notebooks show.
#[pyclass(frozen, get_all, module = "temoin")]
#[derive(Debug)]
pub(crate) struct Diagram {
    /// As SVG.
    svg: String,
    /// As DOT, for Graphviz.
    dot: String,
}

#[pymethods]
impl Diagram {
    /// Writes it to a file: ``.svg``, ``.dot`` or ``.gv``.
    fn save(&self, path: PathBuf) -> PyResult<()> {
        let text = match path.extension().and_then(|e| e.to_str()) {
            Some("svg") => &self.svg,
            Some("dot" | "gv") => &self.dot,
            _ => return Err(PyValueError::new_err(format!("{}: use .svg, .dot or .gv", path.display()))),
        };
        std::fs::write(&path, text).map_err(|e| os("write", &path, &e))
    }

    fn _repr_svg_(&self) -> &str {
        &self.svg
    }

    fn __repr__(&self) -> String {
        format!("<temoin.Diagram: {} bytes of SVG>", self.svg.len())
    }
}

/// A way between two entities.
#[pyclass(frozen, module = "temoin")]
#[derive(Debug)]
pub(crate) struct Path(PathAnswer);

#[pymethods]
impl Path {
    /// The steps, each with ``from``, ``to``, ``claim`` and ``others``; ``None`` where there is no way.
    #[getter]
    fn steps<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyList>>> {
        match &self.0.steps {
            None => Ok(None),
            Some(steps) => Ok(Some(pythonize::pythonize(py, steps)?.cast_into::<PyList>()?)),
        }
    }

    /// Number of steps; 0 where there is no way.
    fn __len__(&self) -> usize {
        self.0.steps.as_ref().map_or(0, Vec::len)
    }

    fn _repr_html_(&self) -> String {
        let (from, to) = (html::escape(&self.0.from.label), html::escape(&self.0.to.label));
        let Some(steps) = &self.0.steps else { return format!("<p>no way from {from} to {to}</p>") };
        let step = |s: &temoin::graph::questions::Step| {
            format!(
                "<li><b>{}</b> — <b>{}</b>: {}<br>« {} » <small>{}</small></li>",
                html::escape(&s.from.label),
                html::escape(&s.to.label),
                html::escape(&s.claim.label_fr),
                html::escape(&s.claim.sentence),
                html::escape(&s.claim.source),
            )
        };
        format!("<p>{from} → {to}</p><ol>{}</ol>", steps.iter().map(step).collect::<String>())
    }

    fn __repr__(&self) -> String {
        let Some(steps) = &self.0.steps else {
            return format!("<temoin.Path: no way from {} to {}>", self.0.from.label, self.0.to.label);
        };
        let mut names = vec![self.0.from.label.as_str()];
        names.extend(steps.iter().map(|s| s.to.label.as_str()));
        format!("<temoin.Path {}>", names.join(" — "))
    }
}
