//! `temoin timeline`: what happened to an entity, in order.

use super::print::{BOLD, DIM, claim};
use super::{Timeline, answer, claims, entity};
use crate::messages::{Result, plain};
use std::io::{self, Write};
use temoin::Lang;
use temoin::graph::questions::TimelineEntry;

pub(super) fn run(args: &Timeline) -> Result {
    let (claims, outcome) = claims(&args.asked)?;
    let found = claims.timeline(entity(&claims, &args.name)?, args.asked.facts.into());
    answer(&found, &args.form, |out, lang| {
        let head = plain(found.entity.label_in(lang));
        let (dated, undated) = (found.dated.len(), found.undated.len());
        writeln!(out, "{BOLD}{head}{BOLD:#} · ent:{} · {dated} dated and {undated} undated claims", found.entity.id)?;
        for e in &found.dated {
            writeln!(out, "\n{BOLD}{}{BOLD:#}", days(e))?;
            entry(out, e, lang)?;
        }
        if !found.undated.is_empty() {
            writeln!(out, "\n{BOLD}undated{BOLD:#}")?;
        }
        for e in &found.undated {
            entry(out, e, lang)?;
        }
        Ok(())
    })?;
    Ok(outcome)
}

fn days(e: &TimelineEntry) -> String {
    let start = e.start.map(|d| d.to_string()).unwrap_or_default();
    match e.end {
        Some(end) if e.start != Some(end) => format!("{start} to {end}"),
        None => format!("from {start}"),
        Some(_) => start,
    }
}

fn entry(out: &mut dyn Write, e: &TimelineEntry, lang: Lang) -> io::Result<()> {
    claim(out, &e.claim, "  ", lang)?;
    if !e.also.is_empty() {
        let also: Vec<String> = e.also.iter().map(|c| format!("claim:{c}")).collect();
        writeln!(out, "    {DIM}said also by {}{DIM:#}", also.join(" "))?;
    }
    Ok(())
}
