//! Mentions by their POPCORN types, with exact spans, as the authors of the corpus count them.

use super::data::{Entity, Report};
use super::macro_f1;
use crate::names::score::Counts;
use crate::results::table::Table;
use std::collections::BTreeMap;
use temoin_model::{Char, Span};

/// Counts by POPCORN type.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    kinds: BTreeMap<String, Counts>,
    events: Vec<String>,
    attributes: Vec<String>,
}

/// Types of entities; all other types that are no attributes are events.
const ENTITIES: [&str; 10] = [
    "CIVILIAN",
    "TERRORIST_OR_CRIMINAL",
    "MILITARY",
    "GROUP_OF_INDIVIDUALS",
    "NON_GOVERNMENTAL_ORGANISATION",
    "NON_MILITARY_GOVERNMENT_ORGANISATION",
    "MILITARY_ORGANISATION",
    "INTERGOVERNMENTAL_ORGANISATION",
    "PLACE",
    "MATERIEL",
];

impl Scores {
    /// Adds one report, unless nothing has such types.
    pub fn add(&mut self, report: &Report, found: &[(Span<Char>, String)]) {
        let mut open: Vec<(Span<Char>, &Entity)> =
            report.entities.iter().flat_map(|e| e.spans().into_iter().map(move |s| (s, e))).collect();
        open.retain(|(_, e)| !matches!(&*e.kind, "FIRSTNAME_0" | "LASTNAME_0"));
        for (_, entity) in &open {
            self.kinds.entry(entity.kind.clone()).or_default().gold += 1;
            let list = if entity.is_attribute() { &mut self.attributes } else { &mut self.events };
            if !list.contains(&entity.kind) && !ENTITIES.contains(&&*entity.kind) {
                list.push(entity.kind.clone());
            }
        }
        for (span, kind) in found {
            let counts = self.kinds.entry(kind.clone()).or_default();
            counts.found += 1;
            if let Some(at) = open.iter().position(|(s, e)| s == span && e.kind == *kind) {
                open.remove(at);
                counts.right += 1;
            }
        }
    }

    /// Precision, recall and F1 of each type and means; nothing where no types were given.
    pub fn table(&self) -> Option<Table> {
        if self.kinds.values().all(|c| c.found == 0) {
            return None;
        }
        let mut table = Table::new(["POPCORN type, exact", "gold", "found", "P", "R", "F1"]);
        let mut kinds: Vec<(&String, &Counts)> = self.kinds.iter().filter(|k| k.1.gold > 0).collect();
        kinds.sort_by_key(|k| std::cmp::Reverse(k.1.gold));
        for (kind, c) in &kinds {
            let figures = c.percent().map(|f| format!("{f:.1}"));
            table.row([kind.to_string(), c.gold.to_string(), c.found.to_string()].into_iter().chain(figures));
        }
        let entities = ENTITIES.map(str::to_owned);
        for (name, group) in [("entities", &entities[..]), ("events", &self.events), ("attributes", &self.attributes)] {
            let mean = macro_f1(kinds.iter().filter(|k| group.contains(k.0)).map(|k| k.1));
            let cells = [format!("{name}, macro over types")].into_iter().chain(vec![String::new(); 4]);
            table.row(cells.chain([format!("{mean:.1}")]));
        }
        Some(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn types_and_spans_must_be_equal_and_parts_of_names_do_not_count() {
        let entity = |id: u32, kind: &str, start: u32, end: u32| json!({ "id": id, "type": kind, "mentions": [{ "start": start, "end": end }] });
        let entities = [
            entity(0, "PLACE", 2, 6),
            entity(1, "FIRE", 8, 16),
            entity(2, "FIRSTNAME_0", 20, 24),
            entity(3, "TIME_EXACT", 30, 34),
        ];
        let report: Report =
            serde_json::from_value(json!({ "text": "", "entities": entities, "relations": [] })).unwrap();
        let mut scores = Scores::default();
        scores.add(&report, &[]);
        assert!(scores.table().is_none(), "nothing has such types");
        let found = [(2, 6, "PLACE"), (8, 15, "FIRE"), (30, 34, "TIME_FUZZY")];
        scores.add(&report, &found.map(|(a, b, kind)| (Span::new(a, b), kind.to_owned())));
        let table = scores.table().unwrap().markdown();
        let row = |name: &str| table.lines().find(|l| l.starts_with(&format!("| {name} "))).unwrap().to_owned();
        assert!(row("PLACE").contains("| 100.0 |"), "{table}");
        assert!(!row("FIRE").contains("100.0"), "{table}");
        assert!(row("events, macro over types").contains(" 0.0 "), "{table}");
        assert!(!table.contains("FIRSTNAME_0"), "{table}");
    }
}
