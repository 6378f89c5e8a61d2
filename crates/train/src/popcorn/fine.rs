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
        let is = |list: &[String], k: &str| list.iter().any(|x| x == k);
        let groups: [(&str, &dyn Fn(&str) -> bool); 3] = [
            ("entities, macro over types", &|k| ENTITIES.contains(&k)),
            ("events, macro over types", &|k| is(&self.events, k)),
            ("attributes, macro over types", &|k| is(&self.attributes, k)),
        ];
        for (name, within) in groups {
            let mean = macro_f1(kinds.iter().filter(|k| within(k.0)).map(|k| k.1));
            table.row([
                name.to_owned(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                format!("{mean:.1}"),
            ]);
        }
        Some(table)
    }
}
