//! Which units are compared: only those of one block, never all pairs.

use super::units::Unit;
use crate::ordered::in_threads;
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::EntityType;

/// In larger blocks each unit is compared with so many that follow it in time (sorted neighbourhood,
/// Hernández and Stolfo 1995).
const WINDOW: usize = 24;

/// Pairs of units that share a name, an acronym, a family name or a Wikidata identifier; smaller index
/// first, sorted.
pub(crate) fn pairs(units: &[Unit]) -> Vec<(usize, usize)> {
    let mut blocks: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, u) in units.iter().enumerate().filter(|(_, u)| u.named || u.look.is_some()) {
        for key in keys(u) {
            blocks.entry(key).or_default().push(i);
        }
    }
    let mut out = Vec::new();
    for mut block in blocks.into_values() {
        block.sort_by_key(|&i| (units[i].days, i));
        for (at, &i) in block.iter().enumerate() {
            out.extend(block[at + 1..].iter().take(WINDOW).map(|&j| (i.min(j), i.max(j))));
        }
    }
    in_threads(|| out.par_sort_unstable());
    out.dedup();
    out
}

/// The blocks of a unit.
fn keys(u: &Unit) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    out.extend(u.wikidata.iter().map(|w| format!("wikidata {w}")));
    for n in &u.names {
        out.insert(format!("name {}", n.key()));
        if u.kind == EntityType::Person {
            out.insert(format!("family {}", n.family()));
            // Spellings of one family name agree in their first letters and their length, as a rule.
            let start: String = n.family().chars().take(3).collect();
            let given: String = n.words[0].chars().take(1).collect();
            if n.is_full() {
                out.insert(format!("spelling {given} {start}"));
            }
        } else {
            let short = n.acronym.iter().cloned();
            let long = if n.words.len() > 1 { n.initials() } else { Vec::new() };
            out.extend(short.chain(long).map(|a| format!("acronym {a}")));
            let first = &n.words[0];
            if u.kind == EntityType::Organization && first.len() > 2 {
                out.insert(format!("organization {first}"));
            }
        }
    }
    out
}

/// For every family name the given names that come with it, to know of rivals.
pub(crate) fn bearers(units: &[Unit]) -> BTreeMap<&str, BTreeSet<String>> {
    let mut out: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for u in units.iter().filter(|u| u.kind == EntityType::Person) {
        // One name a person: the longest, so that « É. Marin » is no rival of « Émile Marin ».
        for n in u.full_names().filter(|n| n.words[0].len() > 1) {
            out.entry(n.family()).or_default().insert(n.words[0].clone());
        }
    }
    out
}
