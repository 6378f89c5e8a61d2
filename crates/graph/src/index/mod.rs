//! The quads of a graph in memory, for the SPARQL evaluator of Oxigraph and for patterns.
//!
//! A loaded graph is never changed, and then sorted arrays do what a store for transactions does, in a
//! seventh of the memory: every term is a number ([`terms`]), every quad four numbers, sorted by subject,
//! predicate, object and graph; three more arrays list the quads of each object, predicate and graph. This
//! is the layout of compressed sparse rows, one for each way to ask (Weiss, Karras and Bernstein 2008,
//! "Hexastore", keeps six; three and the table itself suffice for quads whose subjects are narrow).

mod cursor;
mod piece;
mod sparql;
mod terms;
#[cfg(test)]
mod tests;

use crate::ordered::in_threads;
use cursor::Cursor;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, TermRef};
pub(crate) use piece::{QuadPiece, row};
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::Arc;
pub(crate) use terms::Terms;

/// Number of a term; [`DEFAULT`] is the default graph.
pub(crate) type Id = u32;

/// Stands in a row for the default graph.
const DEFAULT: Id = Id::MAX;

/// Subject, predicate, object and graph.
pub(crate) type Row = [Id; 4];

/// Columns of a [`Row`].
pub(crate) const SUBJECT: usize = 0;
pub(crate) const PREDICATE: usize = 1;
pub(crate) const OBJECT: usize = 2;
pub(crate) const GRAPH: usize = 3;

/// Quads in memory that do not change any more; a clone shares them.
#[derive(Clone, Debug)]
pub(crate) struct QuadIndex(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    terms: Terms,
    /// Sorted, each once.
    rows: Vec<Row>,
    /// Rows of each subject: from its entry to the next one.
    subjects: Vec<u32>,
    objects: Lists,
    predicates: Lists,
    graphs: Lists,
}

/// For each term the rows that have it in one column, as their indices.
#[derive(Debug)]
struct Lists {
    /// From the entry of a term to the next one in `rows`.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Lists {
    /// Lists rows by a column; those of one term stay in the order of `order`, or of the rows.
    fn new(rows: &[Row], column: usize, terms: usize, order: Option<&[u32]>) -> Self {
        let mut starts = starts(rows, column, terms);
        let mut next = starts.clone();
        let mut out = vec![0; rows.len()];
        let mut put = |i: u32| {
            let at = &mut next[list(rows[i as usize][column], terms)];
            out[*at as usize] = i;
            *at += 1;
        };
        match order {
            Some(order) => order.iter().for_each(|&i| put(i)),
            None => (0..number(rows.len())).for_each(&mut put),
        }
        starts.shrink_to_fit();
        Lists { starts, rows: out }
    }

    fn of(&self, id: Id) -> Range<usize> {
        let i = list(id, self.starts.len() - 2);
        self.starts[i] as usize..self.starts[i + 1] as usize
    }
}

/// Where the rows of each term begin when they are put in order of a column, and where the last end.
fn starts(rows: &[Row], column: usize, terms: usize) -> Vec<u32> {
    let mut out = vec![0_u32; terms + 2];
    for r in rows {
        out[list(r[column], terms) + 1] += 1;
    }
    for i in 1..out.len() {
        out[i] += out[i - 1];
    }
    out
}

/// The list of a term; that of the default graph comes last.
fn list(id: Id, terms: usize) -> usize {
    if id == DEFAULT { terms } else { id as usize }
}

/// A length as the numbers count: graphs end where 32 bits do.
fn number(n: usize) -> u32 {
    u32::try_from(n).expect("a graph has less than 4.2 billion terms and quads")
}

/// Collects quads.
#[derive(Debug, Default)]
pub(crate) struct QuadIndexBuilder {
    terms: Terms,
    rows: Vec<Row>,
    /// Rows to leave out, and rows to put in their place.
    gone: FxHashSet<Row>,
    instead: Vec<Row>,
}

impl QuadIndexBuilder {
    /// Adds a quad; one that is there already changes nothing.
    pub(crate) fn add(&mut self, q: &Quad) {
        let row = self.row(q);
        self.rows.push(row);
    }

    /// Has `new` in place of `old`, which was added.
    pub(crate) fn replace(&mut self, old: &Quad, new: &Quad) {
        let (old, new) = (self.row(old), self.row(new));
        self.gone.insert(old);
        self.instead.push(new);
    }

    /// Adds the quads of a piece.
    pub(crate) fn add_piece(&mut self, piece: QuadPiece) {
        self.rows.extend(piece.numbered(&mut self.terms));
    }

    fn row(&mut self, q: &Quad) -> Row {
        piece::row(&mut self.terms, q)
    }

    /// Sorts and indexes.
    pub(crate) fn finish(self) -> QuadIndex {
        let QuadIndexBuilder { mut terms, mut rows, gone, instead } = self;
        if !gone.is_empty() {
            rows.retain(|r| !gone.contains(r));
        }
        rows.extend(instead);
        in_threads(|| rows.par_sort_unstable());
        rows.dedup();
        rows.shrink_to_fit();
        terms.shrink();
        let n = terms.len();
        let subjects = starts(&rows, SUBJECT, n);
        let predicates = Lists::new(&rows, PREDICATE, n, None);
        // By object, then by predicate.
        let objects = Lists::new(&rows, OBJECT, n, Some(&predicates.rows));
        let graphs = Lists::new(&rows, GRAPH, n, None);
        QuadIndex(Arc::new(Inner { terms, rows, subjects, objects, predicates, graphs }))
    }
}

impl<'a> FromIterator<&'a Quad> for QuadIndex {
    fn from_iter<I: IntoIterator<Item = &'a Quad>>(quads: I) -> Self {
        let mut builder = QuadIndexBuilder::default();
        quads.into_iter().for_each(|q| builder.add(q));
        builder.finish()
    }
}

impl QuadIndex {
    /// Number of quads.
    pub(crate) fn len(&self) -> usize {
        self.0.rows.len()
    }

    /// All quads.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Quad> + use<> {
        self.quads_for_pattern(None, None, None, None)
    }

    /// The quads that have the given terms.
    pub(crate) fn quads_for_pattern(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Quad> + use<> {
        let graph = graph.map(|g| match g {
            GraphNameRef::DefaultGraph => Some(DEFAULT),
            GraphNameRef::NamedNode(n) => self.0.terms.id(n.into()),
            GraphNameRef::BlankNode(n) => self.0.terms.id(n.into()),
        });
        let id = |t: Option<TermRef<'_>>| t.map(|t| self.0.terms.id(t));
        let pattern = [id(subject.map(TermRef::from)), id(predicate.map(TermRef::from)), id(object), graph];
        let inner = Arc::clone(&self.0);
        self.rows(pattern).map(move |r| inner.terms.quad(r))
    }

    /// Rows that have the given terms; a term that no quad has (`Some(None)`) gives none.
    fn rows(&self, pattern: [Option<Option<Id>>; 4]) -> Cursor {
        if pattern.contains(&Some(None)) {
            return Cursor::empty(self);
        }
        Cursor::new(self, pattern.map(Option::flatten))
    }
}
