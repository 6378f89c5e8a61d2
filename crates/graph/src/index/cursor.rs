//! Walking over the rows of a pattern.

use super::{GRAPH, Id, Inner, Lists, OBJECT, PREDICATE, QuadIndex, Row, SUBJECT};
use std::ops::Range;
use std::sync::Arc;

/// The rows that have the given terms, in the order of the list that it walks along.
#[derive(Debug)]
pub(super) struct Cursor {
    index: Arc<Inner>,
    along: Along,
    range: Range<usize>,
    /// What the list does not warrant.
    wanted: [Option<Id>; 4],
}

/// What the range of a [`Cursor`] counts.
#[derive(Clone, Copy, Debug)]
enum Along {
    Rows,
    Objects,
    Predicates,
    Graphs,
}

impl Along {
    fn lists(self, index: &Inner) -> Option<&Lists> {
        match self {
            Along::Rows => None,
            Along::Objects => Some(&index.objects),
            Along::Predicates => Some(&index.predicates),
            Along::Graphs => Some(&index.graphs),
        }
    }
}

impl Cursor {
    pub(super) fn empty(index: &QuadIndex) -> Self {
        Cursor { index: Arc::clone(&index.0), along: Along::Rows, range: 0..0, wanted: [None; 4] }
    }

    /// Walks along the shortest list.
    pub(super) fn new(index: &QuadIndex, pattern: [Option<Id>; 4]) -> Self {
        let inner = &*index.0;
        let mut best = (Along::Rows, 0..inner.rows.len(), pattern);
        if let Some(s) = pattern[SUBJECT] {
            best = subject(inner, s, pattern);
        } else {
            let mut take = |along, range: Range<usize>, warranted: &[usize]| {
                if range.len() < best.1.len() {
                    let mut wanted = pattern;
                    warranted.iter().for_each(|&c| wanted[c] = None);
                    best = (along, range, wanted);
                }
            };
            match (pattern[OBJECT], pattern[PREDICATE]) {
                (Some(o), Some(p)) => {
                    take(Along::Objects, object(inner, o, p), &[OBJECT, PREDICATE]);
                    take(Along::Predicates, inner.predicates.of(p), &[PREDICATE]);
                }
                (Some(o), None) => take(Along::Objects, inner.objects.of(o), &[OBJECT]),
                (None, Some(p)) => take(Along::Predicates, inner.predicates.of(p), &[PREDICATE]),
                (None, None) => {}
            }
            if let Some(g) = pattern[GRAPH] {
                take(Along::Graphs, inner.graphs.of(g), &[GRAPH]);
            }
        }
        let (along, range, wanted) = best;
        Cursor { index: Arc::clone(&index.0), along, range, wanted }
    }
}

/// The rows of a subject: as far as predicate and object are given, only theirs.
fn subject(index: &Inner, s: Id, pattern: [Option<Id>; 4]) -> (Along, Range<usize>, [Option<Id>; 4]) {
    let mut range = index.subjects[s as usize] as usize..index.subjects[s as usize + 1] as usize;
    let mut wanted = pattern;
    wanted[SUBJECT] = None;
    for column in [PREDICATE, OBJECT] {
        let Some(id) = pattern[column] else { break };
        let rows = &index.rows[range.clone()];
        let from = rows.partition_point(|r| r[column] < id);
        let to = from + rows[from..].partition_point(|r| r[column] == id);
        range = range.start + from..range.start + to;
        wanted[column] = None;
    }
    (Along::Rows, range, wanted)
}

/// The rows of an object and a predicate, in the list of the object.
fn object(index: &Inner, o: Id, p: Id) -> Range<usize> {
    let all = index.objects.of(o);
    let predicate = |&i: &u32| index.rows[i as usize][PREDICATE];
    let list = &index.objects.rows[all.clone()];
    let from = list.partition_point(|i| predicate(i) < p);
    let to = from + list[from..].partition_point(|i| predicate(i) == p);
    all.start + from..all.start + to
}

impl Iterator for Cursor {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        for i in &mut self.range {
            let row = match self.along.lists(&self.index) {
                None => self.index.rows[i],
                Some(lists) => self.index.rows[lists.rows[i] as usize],
            };
            if self.wanted.iter().zip(row).all(|(w, id)| w.is_none_or(|w| w == id)) {
                return Some(row);
            }
        }
        None
    }
}
