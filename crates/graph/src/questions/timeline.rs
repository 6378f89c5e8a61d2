//! What happened to an entity, day by day.

use super::{ClaimLine, EntityRef, Include};
use crate::records::{Agent, ClaimInfo, Claims, Value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use temoin_model::Date;

/// One claim at its time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineEntry {
    /// First day; the last one where only the end is known.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// `subject`, `object` or `place`.
    pub role: &'static str,
    /// The claim.
    pub claim: ClaimLine,
    /// Claims that say the same for the same time, by identifier.
    pub also: Vec<String>,
}

/// Dated claims in order, undated ones behind them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    /// The entity.
    pub entity: EntityRef,
    /// Claims that say when, by first day, last day and place in the graph.
    pub dated: Vec<TimelineEntry>,
    /// Claims that do not, by the date of their article. That date is never taken for the event's.
    pub undated: Vec<TimelineEntry>,
}

impl Claims {
    /// The claims in which `entity` takes part or that happen there, in order of time. What several
    /// articles say for the same time is one entry.
    pub fn timeline(&self, entity: usize, include: Include) -> Timeline {
        let mut found: Vec<(usize, &'static str)> = (0..self.claims.len())
            .filter(|&i| include.takes(self.claims[i].status))
            .filter_map(|i| role(&self.claims[i], entity).map(|r| (i, r)))
            .collect();
        found.sort_by_key(|&(i, _)| {
            let c = &self.claims[i];
            (span(c), c.reported_on, c.document, c.trigger.begin, i)
        });
        let mut seen: BTreeMap<_, usize> = BTreeMap::new();
        let mut entries: Vec<TimelineEntry> = Vec::new();
        for (i, role) in found {
            let c = &self.claims[i];
            // Two unknown agents are not one.
            let own = if c.subject == Agent::Unknown { i } else { usize::MAX };
            match seen.entry((c.subject, &c.relation, &c.object, c.status, span(c), own)) {
                Entry::Occupied(e) => entries[*e.get()].also.push(c.id.clone()),
                Entry::Vacant(e) => {
                    e.insert(entries.len());
                    let (start, end) = span(c).map_or((None, None), |(s, e)| (Some(s), e));
                    entries.push(TimelineEntry { start, end, role, claim: ClaimLine::new(self, i), also: Vec::new() });
                }
            }
        }
        let (dated, undated) = entries.into_iter().partition(|e| e.start.is_some());
        Timeline { entity: EntityRef::new(self, entity), dated, undated }
    }
}

/// First and last day of a claim.
fn span(c: &ClaimInfo) -> Option<(Date, Option<Date>)> {
    let t = c.time.as_ref()?;
    t.start.or(t.end).map(|s| (s, t.end))
}

fn role(c: &ClaimInfo, entity: usize) -> Option<&'static str> {
    if c.subject == Agent::Entity(entity) {
        Some("subject")
    } else if c.object == Value::Entity(entity) {
        Some("object")
    } else if c.places.contains(&entity) {
        Some("place")
    } else {
        None
    }
}
