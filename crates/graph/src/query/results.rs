//! Writing answers.

use crate::error::GraphError;
use crate::export::{Cell, Kind, Table};
use crate::iri::Iris;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryEvaluationError, QuerySolution, QuerySolutionIter, QueryTripleIter};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::str::FromStr;
use temoin_model::Date;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultFormat {
    /// Aligned columns for people, IRIs with prefixes; long texts are cut.
    Table,
    /// Comma-separated values (SPARQL 1.1).
    Csv,
    /// Tab-separated values (SPARQL 1.1).
    Tsv,
    /// SPARQL JSON results.
    Json,
    /// SPARQL XML results.
    Xml,
    /// Turtle, for CONSTRUCT and DESCRIBE.
    Turtle,
    /// N-Triples, for CONSTRUCT and DESCRIBE.
    NTriples,
}

impl ResultFormat {
    /// Names for the command line, in the order of help.
    pub const NAMES: [&'static str; 7] = ["table", "csv", "tsv", "json", "xml", "turtle", "ntriples"];

    fn standard(self) -> Option<QueryResultsFormat> {
        Some(match self {
            ResultFormat::Csv => QueryResultsFormat::Csv,
            ResultFormat::Tsv => QueryResultsFormat::Tsv,
            ResultFormat::Json => QueryResultsFormat::Json,
            ResultFormat::Xml => QueryResultsFormat::Xml,
            ResultFormat::Table | ResultFormat::Turtle | ResultFormat::NTriples => return None,
        })
    }
}

impl FromStr for ResultFormat {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Ok(match s {
            "table" => ResultFormat::Table,
            "csv" => ResultFormat::Csv,
            "tsv" => ResultFormat::Tsv,
            "json" => ResultFormat::Json,
            "xml" => ResultFormat::Xml,
            "turtle" | "ttl" => ResultFormat::Turtle,
            "ntriples" | "nt" => ResultFormat::NTriples,
            _ => return Err(format!("unknown result format '{s}': expected one of {}", Self::NAMES.join(", "))),
        })
    }
}

/// Longest cell of a table, in code points.
const CELL: usize = 60;

type Fail<'a> = &'a dyn Fn(QueryEvaluationError) -> GraphError;

fn wrong_form(kind: &str, forms: &str) -> GraphError {
    GraphError::Form(format!("{kind} is written as {forms}"))
}

pub(super) fn boolean(b: bool, format: ResultFormat, out: &mut dyn Write) -> Result<u64, GraphError> {
    match (format, format.standard()) {
        (ResultFormat::Table, _) => writeln!(out, "{b}"),
        (_, Some(f)) => QueryResultsSerializer::from_format(f).serialize_boolean_to_writer(out, b).map(drop),
        _ => return Err(wrong_form("the answer to ASK", "table, csv, tsv, json or xml")),
    }
    .map_err(GraphError::Output)?;
    Ok(1)
}

/// A term whose text XML can carry: control characters become U+FFFD.
fn for_xml(t: &Term) -> Term {
    let carried =
        |c: char| matches!(c, '\t' | '\n' | '\r') || !(c.is_ascii_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    let Term::Literal(l) = t else { return t.clone() };
    if l.value().chars().all(carried) {
        return t.clone();
    }
    let value: String = l.value().chars().map(|c| if carried(c) || c == '\u{7f}' { c } else { '\u{fffd}' }).collect();
    match l.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
        None => Literal::new_typed_literal(value, l.datatype()).into(),
    }
}

/// All rows, sorted where the query does not say how.
fn collected(
    rows: QuerySolutionIter<'static>,
    ordered: bool,
    fail: Fail<'_>,
) -> Result<Vec<QuerySolution>, GraphError> {
    let mut all: Vec<QuerySolution> = Vec::new();
    for r in rows {
        all.push(r.map_err(fail)?);
    }
    if !ordered {
        all.sort_by_cached_key(|r| {
            r.values().iter().map(|v| v.as_ref().map(Term::to_string)).collect::<Vec<Option<String>>>()
        });
    }
    Ok(all)
}

/// The rows as a table with a type for each column.
pub(super) fn typed(rows: QuerySolutionIter<'static>, ordered: bool, fail: Fail<'_>) -> Result<Table, GraphError> {
    let names: Vec<String> = rows.variables().iter().map(|v| v.as_str().to_owned()).collect();
    let all = collected(rows, ordered, fail)?;
    let kind =
        |at: usize| all.iter().filter_map(|r| r.values()[at].as_ref()).map(kind).reduce(common).unwrap_or(Kind::Text);
    let columns: Vec<(String, Kind)> = names.into_iter().enumerate().map(|(at, name)| (name, kind(at))).collect();
    let cells = |r: &QuerySolution| {
        let cell =
            |(v, (_, kind)): (&Option<Term>, &(String, Kind))| v.as_ref().map_or(Cell::None, |t| typed_cell(t, *kind));
        r.values().iter().zip(&columns).map(cell).collect()
    };
    let rows = all.iter().map(cells).collect();
    Ok(Table { name: "answer", columns, rows })
}

/// The type of a value; text for a literal that is not what its datatype says.
fn kind(t: &Term) -> Kind {
    let Term::Literal(l) = t else { return Kind::Text };
    let (datatype, value) = (l.datatype(), l.value());
    if datatype == xsd::INTEGER
        || datatype == xsd::INT
        || datatype == xsd::LONG
        || datatype == xsd::NON_NEGATIVE_INTEGER
    {
        if value.parse::<i64>().is_ok() { Kind::Integer } else { Kind::Text }
    } else if datatype == xsd::DECIMAL || datatype == xsd::DOUBLE || datatype == xsd::FLOAT {
        if number(value).is_some() { Kind::Number } else { Kind::Text }
    } else if datatype == xsd::BOOLEAN {
        if flag(value).is_some() { Kind::Flag } else { Kind::Text }
    } else if datatype == xsd::DATE && value.parse::<Date>().is_ok_and(|d| d.year() > 0) {
        Kind::Day
    } else {
        Kind::Text
    }
}

/// The type of a column that has values of two types.
fn common(a: Kind, b: Kind) -> Kind {
    match (a, b) {
        _ if a == b => a,
        (Kind::Number | Kind::Integer, Kind::Number | Kind::Integer) => Kind::Number,
        _ => Kind::Text,
    }
}

fn number(value: &str) -> Option<f64> {
    match value {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        v => v.parse().ok(),
    }
}

fn flag(value: &str) -> Option<bool> {
    match value {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn typed_cell(t: &Term, kind: Kind) -> Cell {
    let text = match t {
        Term::NamedNode(n) => n.as_str().to_owned(),
        Term::Literal(l) => l.value().to_owned(),
        t => t.to_string(),
    };
    let cell = match kind {
        Kind::Integer => text.parse().ok().map(Cell::Integer),
        Kind::Number => number(&text).map(Cell::Number),
        Kind::Flag => flag(&text).map(Cell::Flag),
        Kind::Day => text.parse().ok().map(Cell::Day),
        Kind::Text | Kind::Texts => None,
    };
    cell.unwrap_or(Cell::Text(text))
}

pub(super) fn solutions(
    rows: QuerySolutionIter<'static>,
    ordered: bool,
    iris: &Iris,
    format: ResultFormat,
    out: &mut dyn Write,
    fail: Fail<'_>,
) -> Result<u64, GraphError> {
    let variables = rows.variables().to_vec();
    let all = collected(rows, ordered, fail)?;
    let n = all.len() as u64;
    let write = || -> io::Result<()> {
        if let Some(f) = format.standard() {
            let mut w = QueryResultsSerializer::from_format(f).serialize_solutions_to_writer(out, variables)?;
            for r in &all {
                if format == ResultFormat::Xml {
                    let row: Vec<_> = r.iter().map(|(v, t)| (v.clone(), for_xml(t))).collect();
                    w.serialize(row.iter().map(|(v, t)| (v.as_ref(), t.as_ref())))?;
                } else {
                    w.serialize(r)?;
                }
            }
            return w.finish().map(drop);
        }
        let head: Vec<String> = variables.iter().map(|v| v.as_str().to_owned()).collect();
        let body = all.iter().map(|r| r.values().iter().map(|v| cell(v.as_ref(), iris)).collect()).collect();
        table(&head, body, out)
    };
    if matches!(format, ResultFormat::Turtle | ResultFormat::NTriples) {
        return Err(wrong_form("the answer to SELECT", "table, csv, tsv, json or xml"));
    }
    write().map_err(GraphError::Output)?;
    Ok(n)
}

pub(super) fn triples(
    triples: QueryTripleIter<'static>,
    iris: &Iris,
    format: ResultFormat,
    out: &mut dyn Write,
    fail: Fail<'_>,
) -> Result<u64, GraphError> {
    let rdf = match format {
        ResultFormat::Turtle => RdfFormat::Turtle,
        ResultFormat::NTriples => RdfFormat::NTriples,
        _ => return Err(wrong_form("the answer to CONSTRUCT or DESCRIBE", "turtle or ntriples")),
    };
    let mut sorted: BTreeMap<String, Triple> = BTreeMap::new();
    for t in triples {
        let t = t.map_err(fail)?;
        sorted.insert(t.to_string(), t);
    }
    let write = || -> io::Result<()> {
        let mut w = serializer(rdf, iris).for_writer(out);
        for t in sorted.values() {
            w.serialize_triple(t)?;
        }
        w.finish().map(drop)
    };
    write().map_err(GraphError::Output)?;
    Ok(sorted.len() as u64)
}

/// A serializer that knows the prefixes.
pub(crate) fn serializer(format: RdfFormat, iris: &Iris) -> RdfSerializer {
    iris.prefixes().into_iter().fold(RdfSerializer::from_format(format), |s, (name, ns)| {
        s.with_prefix(name, ns).expect("prefixes are IRIs; a test parses them")
    })
}

fn cell(term: Option<&Term>, iris: &Iris) -> String {
    let text = match term {
        None => return String::new(),
        Some(Term::NamedNode(n)) => iris.shorten(n.as_str()),
        Some(Term::Literal(l)) => l.value().to_owned(),
        Some(t) => t.to_string(),
    };
    // Control characters of an article must not reach the terminal.
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() <= CELL {
        return text;
    }
    text.chars().take(CELL - 1).chain(['…']).collect()
}

fn table(head: &[String], body: Vec<Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    let width = |i: usize| {
        let cells = body.iter().map(|r| r[i].chars().count());
        cells.chain([head[i].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(c, w)| format!("{c}{}", " ".repeat(w - c.chars().count()))).collect();
        padded.join("  ").trim_end().to_owned()
    };
    writeln!(out, "{}", line(head))?;
    writeln!(out, "{}", widths.iter().map(|w| "─".repeat(*w)).collect::<Vec<_>>().join("  "))?;
    for r in &body {
        writeln!(out, "{}", line(r))?;
    }
    writeln!(out, "({} {})", body.len(), if body.len() == 1 { "row" } else { "rows" })
}
