//! Tables, which Arrow hands on to data frames.

use crate::html;
use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, Field, Schema};
use jiff::civil::date;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use std::sync::Arc;
use temoin::graph::export::{self, Cell, Kind};

/// The columns of a table of claims that notebooks show.
const READING: [&str; 9] =
    ["subject_label", "label", "object_label", "status", "said_by_label", "edtf", "sentence", "article", "reported_on"];

/// A table of typed columns.
///
/// Data frames take it without a copy, by the Arrow PyCapsule interface: ``polars.DataFrame(table)``,
/// ``pyarrow.table(table)``, ``duckdb.sql("SELECT * FROM table")``; ``to_pandas()`` and the like are short ways.
#[pyclass(frozen, module = "temoin")]
#[derive(Debug)]
pub(crate) struct Table {
    batch: RecordBatch,
    table: export::Table,
}

impl Table {
    pub(crate) fn new(table: export::Table) -> PyResult<Self> {
        let fields: Vec<Field> =
            table.columns.iter().map(|(name, kind)| Field::new(name, data_type(*kind), true)).collect();
        let arrays = (0..table.columns.len()).map(|at| array(&table, at)).collect();
        let schema = Arc::new(Schema::new(fields));
        let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(table.rows.len()));
        let batch = RecordBatch::try_new_with_options(schema, arrays, &options)
            .map_err(|e| PyValueError::new_err(e.to_string()))?;
        Ok(Table { batch, table })
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.table.columns.iter().position(|(n, _)| n == name)
    }

    /// The sentence of a claim, with the words that name its parts marked.
    fn marked(&self, row: usize, sentence: usize, begin: usize) -> String {
        let number = |column: Option<usize>| match column.map(|c| &self.table.rows[row][c]) {
            Some(Cell::Integer(n)) => usize::try_from(*n).ok(),
            _ => None,
        };
        let from = number(Some(begin)).unwrap_or_default();
        let mut marks = Vec::new();
        for (prefix, colour) in [("subject_", html::SUBJECT), ("", html::TRIGGER), ("object_", html::OBJECT)] {
            let of = |end: &str| number(self.at(&format!("{prefix}{end}"))).and_then(|n| n.checked_sub(from));
            if let (Some(b), Some(e)) = (of("begin"), of("end")) {
                marks.push((b, e, colour));
            }
        }
        html::highlighted(&self.cell(row, sentence), &marks)
    }

    fn cell(&self, row: usize, column: usize) -> String {
        match &self.table.rows[row][column] {
            Cell::None => String::new(),
            Cell::Text(t) => t.clone(),
            Cell::Number(x) => x.to_string(),
            Cell::Integer(n) => n.to_string(),
            Cell::Flag(b) => b.to_string(),
            Cell::Day(d) => d.to_string(),
            Cell::Texts(all) => all.join(", "),
        }
    }
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Number => DataType::Float64,
        Kind::Integer => DataType::Int64,
        Kind::Flag => DataType::Boolean,
        Kind::Day => DataType::Date32,
        Kind::Texts => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
    }
}

fn array(table: &export::Table, at: usize) -> ArrayRef {
    let cells = table.rows.iter().map(|r| &r[at]);
    match table.columns[at].1 {
        Kind::Text => {
            let mut b = StringBuilder::new();
            cells.for_each(|c| b.append_option(if let Cell::Text(t) = c { Some(t) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Number => {
            let mut b = Float64Builder::new();
            cells.for_each(|c| b.append_option(if let Cell::Number(x) = c { Some(*x) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Integer => {
            let mut b = Int64Builder::new();
            cells.for_each(|c| b.append_option(if let Cell::Integer(n) = c { Some(*n) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Flag => {
            let mut b = BooleanBuilder::new();
            cells.for_each(|c| b.append_option(if let Cell::Flag(f) = c { Some(*f) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Day => {
            let epoch = date(1970, 1, 1);
            let mut b = Date32Builder::new();
            cells
                .for_each(|c| b.append_option(if let Cell::Day(d) = c { Some((*d - epoch).get_days()) } else { None }));
            Arc::new(b.finish())
        }
        Kind::Texts => {
            let mut b = ListBuilder::new(StringBuilder::new());
            for c in cells {
                let all = if let Cell::Texts(all) = c { Some(all) } else { None };
                all.into_iter().flatten().for_each(|t| b.values().append_value(t));
                b.append(all.is_some());
            }
            Arc::new(b.finish())
        }
    }
}

#[pymethods]
impl Table {
    /// Names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.table.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.table.rows.len()
    }

    /// The values of a column, by its name.
    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let at = self.at(name).ok_or_else(|| {
            PyKeyError::new_err(format!("no column '{name}': there are {}", self.columns().join(", ")))
        })?;
        let list = PyList::empty(py);
        self.table.rows.iter().try_for_each(|r| list.append(value(py, &r[at])?))?;
        Ok(list)
    }

    /// The rows as dicts.
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for row in &self.table.rows {
            let dict = PyDict::new(py);
            for ((name, _), cell) in self.table.columns.iter().zip(row) {
                dict.set_item(name, value(py, cell)?)?;
            }
            list.append(dict)?;
        }
        Ok(list)
    }

    /// As a ``pyarrow.Table``.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// As a ``pandas.DataFrame``; needs pyarrow as well.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    /// As a ``polars.DataFrame``.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// The Arrow PyCapsule interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The one schema there is; the interface allows to leave a wish unfulfilled.
        drop(requested_schema);
        let batches = vec![Ok(self.batch.clone())];
        let reader = RecordBatchIterator::new(batches, self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    /// The Arrow PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref());
        let schema = schema.map_err(|e| PyValueError::new_err(e.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn _repr_html_(&self) -> String {
        let names: Vec<&str> = self.table.columns.iter().map(|(name, _)| name.as_str()).collect();
        // Of claims, what is there to be read, with the words marked in the sentence.
        let of_claims: Option<Vec<usize>> = READING.iter().map(|name| self.at(name)).collect();
        let (shown, marked) = match (of_claims, self.at("sentence"), self.at("sentence_begin")) {
            (Some(shown), Some(sentence), Some(begin)) => (shown, Some((sentence, begin))),
            _ => ((0..names.len()).collect(), None),
        };
        let columns: Vec<&str> = shown.iter().map(|&c| names[c]).collect();
        html::table(&columns, names.len(), self.table.rows.len(), |r, c| match marked {
            Some((sentence, begin)) if shown[c] == sentence => html::wide(26, &self.marked(r, sentence, begin)),
            Some(_) => html::wide(if columns[c] == "article" { 14 } else { 6 }, &html::short(&self.cell(r, shown[c]))),
            None => html::short(&self.cell(r, shown[c])),
        })
    }

    fn __repr__(&self) -> String {
        let n = self.table.rows.len();
        format!("<temoin.Table {}: {n} rows, columns {}>", self.table.name, self.columns().join(", "))
    }
}

fn value<'py>(py: Python<'py>, cell: &Cell) -> PyResult<Bound<'py, PyAny>> {
    Ok(match cell {
        Cell::None => py.None().into_bound(py),
        Cell::Text(t) => t.into_pyobject(py)?.into_any(),
        Cell::Number(x) => x.into_pyobject(py)?.into_any(),
        Cell::Integer(n) => n.into_pyobject(py)?.into_any(),
        Cell::Flag(b) => b.into_pyobject(py)?.to_owned().into_any(),
        Cell::Day(d) => pyo3::types::PyDate::new(py, d.year().into(), d.month() as u8, d.day() as u8)?.into_any(),
        Cell::Texts(all) => all.into_pyobject(py)?.into_any(),
    })
}
