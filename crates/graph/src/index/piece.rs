//! Quads with numbers of their own, made by the thread that has read them.

use super::terms::Terms;
use super::{DEFAULT, Row};
use oxigraph::model::{GraphName, NamedOrBlankNodeRef, Quad};

/// The quads of one article, whose terms are numbered among themselves.
///
/// A quad of an article is looked up in a dictionary that fits the cache; the dictionary of the graph,
/// whose every look costs a few reads of main memory, then sees each term of the article once.
#[derive(Debug, Default)]
pub(crate) struct QuadPiece {
    terms: Terms,
    rows: Vec<Row>,
}

impl QuadPiece {
    pub(crate) fn new<'a>(quads: impl IntoIterator<Item = &'a Quad>) -> Self {
        let mut piece = QuadPiece::default();
        for q in quads {
            let row = row(&mut piece.terms, q);
            piece.rows.push(row);
        }
        piece
    }

    /// Its quads by the numbers that their terms have in `terms`, where they are put if need be.
    pub(crate) fn numbered(self, terms: &mut Terms) -> impl Iterator<Item = Row> + use<> {
        let ids = terms.add_all(self.terms);
        self.rows.into_iter().map(move |row| row.map(|i| if i == DEFAULT { DEFAULT } else { ids[i as usize] }))
    }
}

/// A quad by the numbers of its terms.
pub(crate) fn row(terms: &mut Terms, q: &Quad) -> Row {
    let graph = match &q.graph_name {
        GraphName::DefaultGraph => DEFAULT,
        GraphName::NamedNode(n) => terms.add(n.as_ref().into()),
        GraphName::BlankNode(n) => terms.add(n.as_ref().into()),
    };
    let subject = terms.add(NamedOrBlankNodeRef::from(&q.subject).into());
    [subject, terms.add(q.predicate.as_ref().into()), terms.add(q.object.as_ref()), graph]
}
