//! Claims of short texts, and patterns to find them by.
#![allow(dead_code, reason = "every test file takes a part")]

use temoin_extract::Extractor;
use temoin_language::Annotator;
use temoin_model::{Article, Claim, Document, Extraction, Lang, Meta, Object, Subject};

/// What was read in a text.
pub(crate) struct Read {
    pub(crate) doc: Document,
    pub(crate) x: Extraction,
}

/// The claims of an article of Thursday 14 March 2024.
pub(crate) fn read(lang: Lang, text: &str) -> Read {
    let meta = Meta { lang, published: Some("2024-03-14".parse().unwrap()), ..Meta::default() };
    let doc = Annotator::builtin(lang).annotate(Article { meta, text: text.to_owned() });
    let x = Extractor::builtin().extract(&doc);
    Read { doc, x }
}

/// `killed(bomb, civilians)` as the name, a part of the subject and a part of the object.
pub(crate) fn parts(pattern: &str) -> (&str, &str, &str) {
    let (name, rest) = pattern.split_once('(').unwrap_or((pattern, ")"));
    let (subject, object) = rest.trim_end_matches(')').split_once(", ").unwrap_or_default();
    (name, subject, object)
}

impl Read {
    pub(crate) fn subject(&self, c: &Claim) -> String {
        match c.subject {
            Subject::Entity(e) => self.x.entity(e).label.clone(),
            Subject::Unknown => "?".into(),
        }
    }

    pub(crate) fn object(&self, c: &Claim) -> String {
        match &c.object {
            Object::Entity(e) => self.x.entity(*e).label.clone(),
            Object::Quantity(q) => q.text.clone(),
            Object::Text(t) => t.clone(),
        }
    }

    pub(crate) fn fits(&self, c: &Claim, pattern: &str) -> bool {
        let (name, subject, object) = parts(pattern);
        c.predicate == name && self.subject(c).contains(subject) && self.object(c).contains(object)
    }

    pub(crate) fn all(&self, pattern: &str) -> Vec<&Claim> {
        self.x.claims.iter().filter(|c| self.fits(c, pattern)).collect()
    }

    /// The first claim of a pattern, or what was found instead.
    pub(crate) fn find(&self, pattern: &str) -> Result<&Claim, String> {
        self.all(pattern).first().copied().ok_or_else(|| format!("no {pattern} but {}", self.got()))
    }

    /// All claims in short.
    pub(crate) fn got(&self) -> String {
        let one = |c: &Claim| {
            let event = c.event.as_deref().map_or("-", |e| &e[..4.min(e.len())]);
            format!("{}({}, {}) {:?} {event}", c.predicate, self.subject(c), self.object(c), c.status)
        };
        self.x.claims.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// Runs a check on every row and tells all that fail.
pub(crate) fn every<T: Copy>(rows: &[T], check: impl Fn(T) -> Result<(), String>) {
    let wrong: Vec<String> = rows.iter().filter_map(|&r| check(r).err()).collect();
    assert!(wrong.is_empty(), "{} of {} fail:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
