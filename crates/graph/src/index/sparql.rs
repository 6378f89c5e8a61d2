//! The index as a data set of Oxigraph's SPARQL evaluator.

use super::{DEFAULT, GRAPH, Id, QuadIndex, Row};
use oxigraph::model::Term;
use spareval::{InternalQuad, QueryableDataset};
use std::convert::Infallible;
use std::sync::Arc;

/// A term while a query runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Internal {
    /// One of the graph.
    Known(Id),
    /// One that the query brings along or computes, and no quad has.
    Other(Arc<Term>),
}

impl Internal {
    fn id(&self) -> Option<Id> {
        match self {
            Internal::Known(id) => Some(*id),
            Internal::Other(_) => None,
        }
    }
}

fn quad([s, p, o, g]: Row) -> InternalQuad<Internal> {
    InternalQuad {
        subject: Internal::Known(s),
        predicate: Internal::Known(p),
        object: Internal::Known(o),
        graph_name: (g != DEFAULT).then_some(Internal::Known(g)),
    }
}

impl QueryableDataset<'static> for QuadIndex {
    type InternalTerm = Internal;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Internal>,
        predicate: Option<&Internal>,
        object: Option<&Internal>,
        graph_name: Option<Option<&Internal>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Internal>, Infallible>> + use<> {
        let id = |t: Option<&Internal>| t.map(Internal::id);
        let graph = graph_name.map(|g| g.map_or(Some(DEFAULT), Internal::id));
        self.rows([id(subject), id(predicate), id(object), graph]).map(|r| Ok(quad(r)))
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Internal, Infallible>> + use<> {
        let starts = &self.0.graphs.starts;
        let used = |g: &usize| starts[*g] < starts[g + 1];
        // The last list is that of the default graph.
        let all: Vec<Id> = (0..starts.len() - 2).filter(used).map(super::number).collect();
        all.into_iter().map(|g| Ok(Internal::Known(g)))
    }

    fn contains_internal_graph_name(&self, graph_name: &Internal) -> Result<bool, Infallible> {
        let mut pattern = [None; 4];
        pattern[GRAPH] = Some(graph_name.id());
        Ok(self.rows(pattern).next().is_some())
    }

    fn internalize_term(&self, term: Term) -> Result<Internal, Infallible> {
        Ok(match self.0.terms.id(term.as_ref()) {
            Some(id) => Internal::Known(id),
            None => Internal::Other(Arc::new(term)),
        })
    }

    fn externalize_term(&self, term: Internal) -> Result<Term, Infallible> {
        Ok(match term {
            Internal::Known(id) => self.0.terms.term(id),
            Internal::Other(t) => Arc::unwrap_or_clone(t),
        })
    }
}
