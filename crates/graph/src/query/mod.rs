//! SPARQL over the union of all named graphs.

mod refuse;
mod results;

pub use oxigraph::sparql::CancellationToken;
pub use results::ResultFormat;
pub(crate) use results::serializer;

use crate::error::GraphError;
use crate::export::Table;
use crate::graph::Graph;
use crate::iri::Iris;
use oxigraph::model::Term;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use spargebra::SparqlParser;
use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

const EMPTY: &str = "it is empty: give a SELECT, ASK, CONSTRUCT or DESCRIBE";
const UPDATE: &str = "this is an update, and a graph changes only through the articles in it: queries are SELECT, \
                      ASK, CONSTRUCT and DESCRIBE";

/// Limits of a query.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueryOptions {
    /// Stop after this time. Stopping is cooperative: a heavy join or sort may run on for a while,
    /// and memory has no limit, so queries of strangers belong in a process of their own.
    pub timeout: Option<Duration>,
}

/// Kind of an [`Answer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// SELECT.
    Solutions,
    /// ASK.
    Boolean,
    /// CONSTRUCT and DESCRIBE.
    Triples,
}

/// The answer to a query, computed while it is written.
pub struct Answer {
    results: QueryResults<'static>,
    iris: Iris,
    /// Whether the query says in which order the rows come, or how many.
    ordered: bool,
    limit: Option<Limit>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

/// A running time limit; ends with the answer.
struct Limit {
    after: Duration,
    _stop: mpsc::Sender<()>,
}

impl Limit {
    fn start(after: Duration, token: CancellationToken) -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        std::thread::spawn(move || {
            if stopped.recv_timeout(after) == Err(mpsc::RecvTimeoutError::Timeout) {
                token.cancel();
            }
        });
        Limit { after, _stop: stop }
    }
}

impl Graph {
    /// Runs a SPARQL query over the union of the named graphs, with the prefixes of
    /// [`crate::Iris::prefixes`] declared. `GRAPH` and `FROM` work as usual.
    ///
    /// # Errors
    /// When the query is empty or cannot be read, or is an update, or uses SERVICE.
    pub fn query(&self, sparql: &str, options: &QueryOptions) -> Result<Answer, GraphError> {
        self.query_until(sparql, options, CancellationToken::new())
    }

    /// The same, and stops when `token` is cancelled.
    ///
    /// # Errors
    /// As [`Graph::query`].
    pub fn query_until(
        &self,
        sparql: &str,
        options: &QueryOptions,
        token: CancellationToken,
    ) -> Result<Answer, GraphError> {
        let parser = || {
            self.iris.prefixes().into_iter().fold(SparqlParser::new(), |p, (name, ns)| {
                p.with_prefix(name, &ns).expect("prefixes are IRIs; a test parses them")
            })
        };
        if refuse::nesting(sparql) > refuse::DEEPEST {
            let most = refuse::DEEPEST;
            return Err(GraphError::Syntax(format!("it is nested more than {most} levels deep: write it flatter")));
        }
        let query = match parser().parse_query(sparql) {
            Ok(q) => q,
            Err(e) => match parser().parse_update(sparql) {
                // An update of no operations: nothing, or comments and prefixes alone.
                Ok(u) if u.operations.is_empty() => return Err(GraphError::Syntax(EMPTY.into())),
                Ok(_) => return Err(GraphError::Refused(UPDATE.into())),
                Err(_) => return Err(GraphError::Syntax(e.to_string())),
            },
        };
        if refuse::uses_service(&query) {
            return Err(GraphError::Refused("SERVICE is refused: queries run offline, on this graph alone".into()));
        }
        let ordered = refuse::is_ordered(&query);
        let limit = options.timeout.map(|after| Limit::start(after, token.clone()));
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token);
        let mut prepared = evaluator.for_query(query);
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        let results =
            prepared.on_queryable_dataset(self.quads.clone()).execute().map_err(|e| failed(&e, limit.as_ref()))?;
        Ok(Answer { results, iris: self.iris.clone(), ordered, limit })
    }
}

fn failed(e: &oxigraph::sparql::QueryEvaluationError, limit: Option<&Limit>) -> GraphError {
    match (e, limit) {
        (oxigraph::sparql::QueryEvaluationError::Cancelled, Some(l)) => GraphError::Timeout(l.after),
        _ => GraphError::Evaluation(e.to_string()),
    }
}

impl Answer {
    /// Kind of the answer.
    pub fn kind(&self) -> AnswerKind {
        match &self.results {
            QueryResults::Solutions(_) => AnswerKind::Solutions,
            QueryResults::Boolean(_) => AnswerKind::Boolean,
            QueryResults::Graph(_) => AnswerKind::Triples,
        }
    }

    /// The rows of a SELECT as pairs of variable and value, sorted: IRIs with prefixes where there are
    /// any, literals by what they say; what is unbound is left out. Other kinds of query have no rows.
    ///
    /// # Errors
    /// When the query fails or takes too long.
    pub fn rows(self) -> Result<Vec<Vec<(String, String)>>, GraphError> {
        let QueryResults::Solutions(solutions) = self.results else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for row in solutions {
            let row = row.map_err(|e| failed(&e, self.limit.as_ref()))?;
            let cell = |t: &Term| match t {
                Term::NamedNode(n) => self.iris.shorten(n.as_str()),
                Term::Literal(l) => l.value().to_owned(),
                t => t.to_string(),
            };
            out.push(row.iter().map(|(v, t)| (v.as_str().to_owned(), cell(t))).collect());
        }
        out.sort();
        Ok(out)
    }

    /// The rows of a SELECT as a table: numbers, days, flags and texts by their datatypes where all of a column
    /// agree, IRIs in full. None for other kinds of query. Sorted where the query gives neither order nor limit.
    ///
    /// # Errors
    /// When the query fails or takes too long.
    pub fn table(self) -> Result<Option<Table>, GraphError> {
        let QueryResults::Solutions(rows) = self.results else { return Ok(None) };
        let limit = self.limit;
        results::typed(rows, self.ordered, &|e| failed(&e, limit.as_ref())).map(Some)
    }

    /// Writes the answer; `None` takes a table, or Turtle for triples. Gives the number of rows or
    /// triples (1 for ASK). Rows come sorted where the query gives neither order nor limit, so that
    /// the same query gives the same bytes.
    ///
    /// # Errors
    /// When the format does not go with the kind of query, when the query fails or takes too long,
    /// or when `out` cannot be written.
    pub fn write(self, format: Option<ResultFormat>, out: &mut dyn Write) -> Result<u64, GraphError> {
        let format = format.unwrap_or(match self.kind() {
            AnswerKind::Triples => ResultFormat::Turtle,
            _ => ResultFormat::Table,
        });
        let Answer { results, iris, ordered, limit } = self;
        let fail = |e| failed(&e, limit.as_ref());
        match results {
            QueryResults::Boolean(b) => results::boolean(b, format, out),
            QueryResults::Solutions(rows) => results::solutions(rows, ordered, &iris, format, out, &fail),
            QueryResults::Graph(triples) => results::triples(triples, &iris, format, out, &fail),
        }
    }
}
