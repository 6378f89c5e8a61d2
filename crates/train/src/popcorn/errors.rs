//! Where mentions go wrong on POPCORN, by type, form and cause.

use super::data::Report;
use super::entities::{self, Extent, Found, Gold};
use super::mapping::Mapping;
use crate::coref::matching;
use crate::results::table::Table;
use std::collections::BTreeMap;
use temoin_model::{Char, Document, Span, Upos};

/// Errors by reason, each with the lemmas it happens to.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    misses: BTreeMap<String, BTreeMap<String, usize>>,
    false_alarms: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Errors {
    /// Adds the mentions of one report that differ by head word or type.
    pub fn add(&mut self, doc: &Document, report: &Report, found: &[Found], mapping: &Mapping) {
        let gold = entities::gold(report, mapping);
        let matched = entities::align(doc, &gold, found, Extent::Head);
        for (i, g) in gold.iter().enumerate() {
            let partner = matched.iter().position(|m| *m == Some(i)).map(|f| found[f]);
            if let Some(cause) = miss(g, partner, found) {
                note(&mut self.misses, doc, g.span, format!("{}, {}, {cause}", g.kind, form(doc, g.span)));
            }
        }
        for (f, _) in found.iter().zip(&matched).filter(|(_, m)| m.is_none()) {
            let form = f.form.map_or("trigger".to_owned(), |k| format!("{k:?}").to_lowercase());
            let cause = false_alarm(f.spot.span, &gold, report);
            note(&mut self.false_alarms, doc, f.spot.span, format!("{}, {form}, {cause}", f.kind.name()));
        }
    }

    /// The commonest reasons of both kinds.
    pub fn tables(&self) -> String {
        let one = |title: &str, of| commonest(title, of, 20).markdown();
        format!("{}\n{}", one("missed", &self.misses), one("false alarm", &self.false_alarms))
    }
}

fn miss(gold: &Gold<'_>, partner: Option<Found>, found: &[Found]) -> Option<String> {
    match partner {
        Some(f) if gold.types.contains(&f.kind) => None,
        Some(f) => Some(format!("found as {}", f.kind.name())),
        None if found.iter().any(|f| f.spot.span.contains(gold.span)) => Some("inside a mention of ours".to_owned()),
        None if found.iter().any(|f| f.spot.span.overlaps(gold.span)) => Some("cut otherwise".to_owned()),
        None => Some("not found".to_owned()),
    }
}

fn false_alarm(span: Span<Char>, gold: &[Gold<'_>], report: &Report) -> &'static str {
    let attributes = || report.entities.iter().filter(|e| e.is_attribute()).flat_map(super::data::Entity::spans);
    if gold.iter().any(|g| g.span.overlaps(span)) {
        "overlaps one of the corpus"
    } else if attributes().any(|s| s.overlaps(span)) {
        "an attribute in the corpus"
    } else {
        "nothing in the corpus"
    }
}

fn form(doc: &Document, span: Span<Char>) -> &'static str {
    match matching::head_of(doc, span).map(|h| doc.upos(h)) {
        Some(Upos::Propn) => "name",
        Some(Upos::Pron | Upos::Det) => "pronoun",
        Some(Upos::Verb | Upos::Aux) => "verb",
        _ => "noun",
    }
}

fn note(to: &mut BTreeMap<String, BTreeMap<String, usize>>, doc: &Document, span: Span<Char>, reason: String) {
    let lemma = matching::head_of(doc, span).map_or_else(String::new, |h| doc.lemma(h).to_owned());
    *to.entry(reason).or_default().entry(lemma).or_default() += 1;
}

fn commonest(title: &str, reasons: &BTreeMap<String, BTreeMap<String, usize>>, most: usize) -> Table {
    let mut table = Table::new([title, "times", "commonest lemmas"]);
    let mut rows: Vec<_> = reasons.iter().map(|(r, words)| (r, words.values().sum::<usize>(), words)).collect();
    rows.sort_by_key(|r| std::cmp::Reverse(r.1));
    for (reason, times, words) in rows.into_iter().take(most) {
        let mut words: Vec<_> = words.iter().collect();
        words.sort_by_key(|w| std::cmp::Reverse(w.1));
        let shown: Vec<String> = words.iter().take(6).map(|(w, n)| format!("{w} {n}")).collect();
        table.row([reason.clone(), times.to_string(), shown.join(", ")]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coref::matching::Spot;
    use temoin_model::EntityType;

    #[test]
    fn a_miss_has_one_cause() {
        let gold = Gold { span: Span::new(5, 9), kind: "PLACE", types: &[EntityType::Place, EntityType::Country] };
        let found = |a, b, kind| Found { spot: Spot { span: Span::new(a, b), head: None }, kind, form: None };
        let place = found(5, 9, EntityType::Place);
        assert_eq!(miss(&gold, Some(place), &[place]), None);
        let thing = found(5, 9, EntityType::Thing);
        assert_eq!(miss(&gold, Some(thing), &[thing]).as_deref(), Some("found as Thing"));
        assert_eq!(miss(&gold, None, &[found(0, 9, EntityType::Thing)]).as_deref(), Some("inside a mention of ours"));
        assert_eq!(miss(&gold, None, &[found(0, 6, EntityType::Thing)]).as_deref(), Some("cut otherwise"));
        assert_eq!(miss(&gold, None, &[found(0, 5, EntityType::Thing)]).as_deref(), Some("not found"));
    }
}
