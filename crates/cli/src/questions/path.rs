//! `temoin path`: the shortest way between two entities, with its evidence.

use super::print::{BOLD, DIM, claim};
use super::{Path, answer, claims, entity};
use crate::messages::{Result, counted, plain};
use temoin::graph::questions::{Include, Network};

pub(super) fn run(args: &Path) -> Result {
    let (claims, outcome) = claims(&args.asked)?;
    let (a, b) = (entity(&claims, &args.from)?, entity(&claims, &args.to)?);
    let include: Include = args.asked.facts.into();
    let found = Network::new(&claims, include).path(a, b);
    answer(&found, &args.form, |out, lang| {
        let (from, to) = (plain(found.from.label_in(lang)), plain(found.to.label_in(lang)));
        let Some(steps) = &found.steps else {
            writeln!(out, "no way from {BOLD}{from}{BOLD:#} to {BOLD}{to}{BOLD:#} along {} claims", name(include))?;
            // A wider choice of claims may have one.
            for wider in Include::EACH.into_iter().filter(|i| *i > include) {
                if let Some(steps) = Network::new(&claims, wider).path(a, b).steps {
                    return writeln!(
                        out,
                        "with --facts {} there is one of {}",
                        name(wider),
                        counted(steps.len(), "step")
                    );
                }
            }
            return Ok(());
        };
        writeln!(out, "{BOLD}{from}{BOLD:#} to {BOLD}{to}{BOLD:#}: {}", counted(steps.len(), "step"))?;
        for (i, s) in steps.iter().enumerate() {
            let (from, to) = (plain(s.from.label_in(lang)), plain(s.to.label_in(lang)));
            writeln!(out, "\n{}. {from} — {to}", i + 1)?;
            claim(out, &s.claim, "   ", lang)?;
            if !s.others.is_empty() {
                let others: Vec<String> = s.others.iter().map(|o| format!("claim:{o}")).collect();
                writeln!(out, "     {DIM}also {}{DIM:#}", others.join(" "))?;
            }
        }
        Ok(())
    })?;
    Ok(outcome)
}

fn name(i: Include) -> &'static str {
    match i {
        Include::Asserted => "asserted",
        Include::Reported => "reported",
        Include::All => "all",
    }
}
