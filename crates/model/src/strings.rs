//! Interned strings of one document: forms, lemmas, features and relations repeat a lot.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Index of an interned string. Meaningful only together with its [`Strings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Sym(u32);

/// An append-only table of distinct strings, numbered in order of first appearance. Each string is
/// a text of its own, so that to read it is to follow one pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strings {
    all: Vec<Arc<str>>,
    lookup: FxHashMap<Arc<str>, Sym>,
}

impl Strings {
    pub(crate) fn intern(&mut self, s: &str) -> Sym {
        if let Some(&sym) = self.lookup.get(s) {
            return sym;
        }
        let sym = Sym(self.all.len() as u32);
        let s: Arc<str> = s.into();
        self.all.push(s.clone());
        self.lookup.insert(s, sym);
        sym
    }

    #[inline]
    pub(crate) fn get(&self, sym: Sym) -> &str {
        &self.all[sym.0 as usize]
    }
}
