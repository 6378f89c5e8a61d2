//! `temoin neighbours`: what lies around an entity.

use super::print::{BOLD, DIM, claim};
use super::{Neighbours, answer, claims, entity, network};
use crate::messages::{Result, plain};

pub(super) fn run(args: &Neighbours) -> Result {
    let (claims, outcome) = claims(&args.asked)?;
    let centre = entity(&claims, &args.name)?;
    let found = network(&claims, &args.asked).neighbours(centre, args.depth);
    answer(&found, &args.form, |out, lang| {
        let head = plain(found.centre.label_in(lang));
        writeln!(out, "{BOLD}{head}{BOLD:#} · ent:{} · {} neighbours", found.centre.id, found.neighbours.len())?;
        for n in &found.neighbours {
            let via = if n.distance > 1 { format!(" · by way of {}", n.via.label_in(lang)) } else { String::new() };
            writeln!(
                out,
                "\n{BOLD}{}{BOLD:#} {DIM}· {} · ent:{} · {} away{} · {} claims{DIM:#}",
                plain(n.entity.label_in(lang)),
                n.entity.kind.name(),
                n.entity.id,
                n.distance,
                plain(&via),
                n.claims.len(),
            )?;
            for c in &n.claims {
                claim(out, c, "  ", lang)?;
            }
        }
        Ok(())
    })?;
    Ok(outcome)
}
