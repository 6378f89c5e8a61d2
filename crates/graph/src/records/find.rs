//! Finding an entity by what people call it.

use super::{Agent, Claims, Source, Value};
use crate::error::GraphError;
use temoin_model::id::slug;

/// Most suggestions in a message.
const SUGGESTIONS: usize = 5;

impl Claims {
    /// The entity that `name` stands for: identifier, IRI (`ent:` works too), label or alias; case
    /// and diacritics do not matter. Among several the one with most claims.
    ///
    /// # Errors
    /// [`GraphError::NotFound`] with the labels that look like it.
    pub fn find_entity(&self, name: &str) -> Result<usize, GraphError> {
        let name = name.trim();
        let bare = name.strip_prefix("ent:").unwrap_or(name).trim_start_matches('<').trim_end_matches('>');
        if let Some(i) = self.entities.iter().position(|e| e.id == bare || e.iri == bare) {
            return Ok(i);
        }
        let wanted = fold(name);
        let support = self.support();
        let best = |matches: &dyn Fn(usize) -> bool| {
            // The first of equals, since entities are sorted.
            (0..self.entities.len()).filter(|&i| matches(i)).max_by_key(|&i| (support[i], std::cmp::Reverse(i)))
        };
        // The label of any language before other names.
        let labels = |i: usize| self.entities[i].labels.values().chain([&self.entities[i].label]);
        best(&|i| labels(i).any(|l| fold(l) == wanted))
            .or_else(|| best(&|i| self.entities[i].aliases.iter().any(|a| fold(a) == wanted)))
            .ok_or_else(|| GraphError::NotFound { name: name.to_owned(), near: self.near(&wanted, &support) })
    }

    /// Other entities that `name` stands for as well as for `chosen`, those with most claims first:
    /// of the same label, or of the same alias where no label is the name.
    pub fn namesakes(&self, name: &str, chosen: usize) -> Vec<usize> {
        let wanted = fold(name.trim());
        let label = |i: usize| {
            let e = &self.entities[i];
            e.labels.values().chain([&e.label]).any(|l| fold(l) == wanted)
        };
        let alias = |i: usize| self.entities[i].aliases.iter().any(|a| fold(a) == wanted);
        let same: &dyn Fn(usize) -> bool = if label(chosen) { &label } else { &alias };
        if !same(chosen) {
            // An identifier has no namesake.
            return Vec::new();
        }
        let support = self.support();
        let mut out: Vec<usize> = (0..self.entities.len()).filter(|&i| i != chosen && same(i)).collect();
        out.sort_by_key(|&i| (std::cmp::Reverse(support[i]), i));
        out
    }

    /// Number of claims in which each entity takes part.
    pub fn support(&self) -> Vec<usize> {
        let mut n = vec![0; self.entities.len()];
        for c in &self.claims {
            if let Agent::Entity(e) = c.subject {
                n[e] += 1;
            }
            if let Value::Entity(e) = c.object {
                n[e] += 1;
            }
            if let Source::Entity(e) = c.said_by {
                n[e] += 1;
            }
        }
        n
    }

    fn near(&self, wanted: &str, support: &[usize]) -> Vec<String> {
        let mut found: Vec<(usize, std::cmp::Reverse<usize>, &str)> = Vec::new();
        for (i, e) in self.entities.iter().enumerate() {
            let names = std::iter::once(&e.label).chain(&e.aliases);
            if let Some(d) = names.filter_map(|n| distance(wanted, &fold(n))).min() {
                found.push((d, std::cmp::Reverse(support[i]), &e.label));
            }
        }
        found.sort();
        let mut out: Vec<String> = Vec::new();
        for (_, _, l) in found {
            if !out.iter().any(|o| o == l) {
                out.push(l.to_owned());
            }
        }
        out.truncate(SUGGESTIONS);
        out
    }
}

/// Comparable form: without case and diacritics where the script allows it.
pub(crate) fn fold(name: &str) -> String {
    let s = slug(name);
    if s.is_empty() { name.to_lowercase() } else { s }
}

/// How far two folded names are: 0 where one holds the other, else edits, none where too many.
fn distance(a: &str, b: &str) -> Option<usize> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let words = |h: &str, n: &str| n.len() >= 3 && format!("-{h}-").contains(&format!("-{n}"));
    if words(a, b) || words(b, a) {
        return Some(0);
    }
    let limit = 1 + a.len() / 5;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Levenshtein, one row at a time.
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    Some(row[b.len()]).filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_near() {
        assert_eq!(distance("tokaiev", "kassim-jomart-tokaiev"), Some(0));
        assert_eq!(distance("tokayev", "tokaiev"), Some(1));
        assert_eq!(distance("paris", "moscou"), None);
        assert_eq!(fold("ÉLOI Tarrasque"), fold("eloi tarrasque"));
        assert_eq!(fold("Москва"), "москва");
    }
}
