//! The graph as tables in memory, for data frames.

use super::data::Data;
use super::table::{self, Cell, Column, Kind};
use crate::graph::Graph;
use crate::records::Claims;
use std::fmt;

/// Rows of named, typed cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What a row is: `claims`, `entities` …
    pub name: &'static str,
    /// Names and types of the columns.
    pub columns: Vec<(String, Kind)>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// The tables that the Parquet export writes, one by one. Claims are in the order of reading, everything else is sorted by IRI.
pub struct Tables(Data);

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tables").field("claims", &self.0.claims.claims.len()).finish_non_exhaustive()
    }
}

impl Graph {
    /// The graph as tables. Decodes it, so ask once and keep the answer.
    pub fn tables(&self) -> Tables {
        Tables(Data::of(self))
    }
}

fn made(name: &'static str, columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> Table {
    let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    Table { name, columns, rows: rows.collect() }
}

impl Tables {
    /// What the rows are made of.
    pub fn records(&self) -> &Claims {
        &self.0.claims
    }

    /// Text of a document, by its index in [`Claims::documents`].
    pub fn text(&self, document: usize) -> &str {
        &self.0.texts[document]
    }

    /// A row for each entity.
    pub fn entities(&self) -> Table {
        made("entities", &table::ENTITY, self.0.claims.entities.iter().map(table::entity))
    }

    /// A row for each claim, in the order of [`Tables::reading_order`].
    pub fn claims(&self) -> Table {
        self.claims_of(self.reading_order())
    }

    /// Indices into [`Claims::claims`] in the order of reading: by publication date (none comes first), name of the
    /// input and document, then as the text has them.
    pub fn reading_order(&self) -> Vec<usize> {
        let Claims { claims, documents, .. } = &self.0.claims;
        let mut all: Vec<usize> = (0..claims.len()).collect();
        all.sort_by_cached_key(|&i| {
            let (c, d) = (&claims[i], &documents[claims[i].document]);
            (d.issued, d.source.as_str(), d.id.as_str(), c.trigger.begin, c.trigger.end, c.id.as_str())
        });
        all
    }

    /// Rows for some claims, by their indices in [`Claims::claims`].
    pub fn claims_of(&self, indices: impl IntoIterator<Item = usize>) -> Table {
        let row = |i: usize| table::claim(&self.0, &self.0.claims.claims[i]);
        made("claims", &table::CLAIM, indices.into_iter().map(row))
    }

    /// A row for each piece of evidence: sentences, triggers, subjects and objects of claims.
    pub fn evidence(&self) -> Table {
        let rows = self.0.claims.claims.iter().flat_map(|c| table::pieces(&self.0, c));
        made("evidence", &table::EVIDENCE, rows)
    }

    /// A row for each happening of an article.
    pub fn events(&self) -> Table {
        made("events", &table::EVENT, self.0.events.iter().map(table::event))
    }

    /// A row for each mention of an entity.
    pub fn mentions(&self) -> Table {
        made("mentions", &table::MENTION, self.0.mentions().into_iter().map(table::mention))
    }

    /// A row for each article, with its text.
    pub fn documents(&self) -> Table {
        let texts = self.0.claims.documents.iter().zip(&self.0.texts);
        made("documents", &table::DOCUMENT, texts.map(|(d, text)| table::document(d, text)))
    }
}
