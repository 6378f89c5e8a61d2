//! `temoin communities`: entities that belong together.

use super::print::{BOLD, DIM};
use super::{Communities, answer, claims, network};
use crate::messages::{Result, plain};
use serde::Serialize;
use temoin::graph::questions::{Community, Grouping, Include};

/// Members on a line for people; scripts get all.
const NAMED: usize = 12;

#[derive(Serialize)]
struct Groups {
    by: Grouping,
    facts: Include,
    /// Number of groups, also of those that are not printed.
    all: usize,
    groups: Vec<Community>,
}

pub(super) fn run(args: &Communities) -> Result {
    let (claims, outcome) = claims(&args.asked)?;
    let mut groups = network(&claims, &args.asked).groups(args.by.into());
    let all = groups.len();
    groups.truncate(if args.top == 0 { all } else { args.top });
    let found = Groups { by: args.by.into(), facts: args.asked.facts.into(), all, groups };
    answer(&found, &args.form, |out, lang| {
        for (i, g) in found.groups.iter().enumerate() {
            let n = g.members.len();
            let more = n.saturating_sub(NAMED);
            let names: Vec<&str> = g.members.iter().take(NAMED).map(|m| m.label_in(lang)).collect();
            let more = if more > 0 { format!(" … +{more}") } else { String::new() };
            let (inside, outside) = (g.claims, g.outside);
            writeln!(
                out,
                "{BOLD}{}.{BOLD:#} {n} entities {DIM}· {inside} claims inside, {outside} to others{DIM:#}",
                i + 1
            )?;
            writeln!(out, "   {}{more}", plain(&names.join(" · ")))?;
        }
        writeln!(out, "{} of {all} groups", found.groups.len())
    })?;
    Ok(outcome)
}
