//! Terms and their numbers.

use super::{DEFAULT, Id, Row, number};
use indexmap::IndexSet;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, TermRef};
use rustc_hash::FxBuildHasher;
use std::collections::BTreeMap;

/// Separates language tag or datatype from the value of a literal; neither of the two can hold it.
const END: char = '\0';

/// A dictionary of terms, numbered in the order of their coming.
///
/// Each is kept as one string: its kind, for literals what they are of, its text.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    keys: IndexSet<Box<str>, FxBuildHasher>,
    /// Terms of RDF 1.2 that other kinds of string could not tell apart: triples, literals with a direction.
    others: BTreeMap<Id, Term>,
    /// The key at hand.
    key: String,
}

impl Terms {
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
    }

    /// The number of a term, a new one if need be.
    pub(crate) fn add(&mut self, term: TermRef<'_>) -> Id {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        let plain = write_key(term, &mut key);
        let id = self.keys.get_index_of(key.as_str()).unwrap_or_else(|| self.keys.insert_full(key.as_str().into()).0);
        let id = number(id);
        if !plain {
            self.others.entry(id).or_insert_with(|| term.into_owned());
        }
        self.key = key;
        id
    }

    /// Takes in the terms of another dictionary; gives the numbers that they have here, in their order there.
    pub(crate) fn add_all(&mut self, other: Terms) -> Vec<Id> {
        let ids: Vec<Id> = other.keys.into_iter().map(|key| number(self.keys.insert_full(key).0)).collect();
        for (id, term) in other.others {
            self.others.entry(ids[id as usize]).or_insert(term);
        }
        ids
    }

    /// The number of a term, if it has one.
    pub(crate) fn id(&self, term: TermRef<'_>) -> Option<Id> {
        let mut key = String::new();
        write_key(term, &mut key);
        self.keys.get_index_of(key.as_str()).map(number)
    }

    /// The term with a number, which must be one of this dictionary.
    pub(crate) fn term(&self, id: Id) -> Term {
        let key = &self.keys[id as usize];
        let (kind, text) = key.split_at(1);
        let parts = || text.split_once(END).unwrap_or_default();
        match kind {
            "<" => NamedNode::new_unchecked(text).into(),
            "_" => BlankNode::new_unchecked(text).into(),
            "\"" => Literal::new_simple_literal(text).into(),
            "@" => {
                let (language, value) = parts();
                Literal::new_language_tagged_literal_unchecked(value, language).into()
            }
            "^" => {
                let (datatype, value) = parts();
                Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into()
            }
            _ => self.others[&id].clone(),
        }
    }

    /// The quad that has these numbers.
    pub(crate) fn quad(&self, [s, p, o, g]: Row) -> Quad {
        let (Term::NamedNode(predicate), object) = (self.term(p), self.term(o)) else {
            unreachable!("rows are made of quads")
        };
        Quad { subject: node(self.term(s)), predicate, object, graph_name: self.graph_name(g) }
    }

    /// The graph that has this number.
    pub(crate) fn graph_name(&self, g: Id) -> GraphName {
        if g == DEFAULT { GraphName::DefaultGraph } else { node(self.term(g)).into() }
    }
}

fn node(t: Term) -> NamedOrBlankNode {
    match t {
        Term::NamedNode(n) => n.into(),
        Term::BlankNode(b) => b.into(),
        Term::Literal(_) | Term::Triple(_) => unreachable!("rows are made of quads"),
    }
}

/// Writes the key of a term; gives whether the term can be read from it.
fn write_key(term: TermRef<'_>, key: &mut String) -> bool {
    let mut put = |kind: char, of: Option<&str>, text: &str| {
        key.push(kind);
        if let Some(of) = of {
            key.push_str(of);
            key.push(END);
        }
        key.push_str(text);
        true
    };
    match term {
        TermRef::NamedNode(n) => put('<', None, n.as_str()),
        TermRef::BlankNode(b) => put('_', None, b.as_str()),
        TermRef::Literal(l) if l.direction().is_some() => {
            put('*', None, &l.to_string());
            false
        }
        TermRef::Literal(l) => match l.language() {
            Some(language) => put('@', Some(language), l.value()),
            None if l.datatype() == xsd::STRING => put('"', None, l.value()),
            None => put('^', Some(l.datatype().as_str()), l.value()),
        },
        TermRef::Triple(t) => {
            put('*', None, &t.to_string());
            false
        }
    }
}
