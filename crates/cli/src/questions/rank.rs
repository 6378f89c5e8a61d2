//! `temoin rank`: the entities in the middle.

use super::{Rank, answer, claims, network};
use crate::messages::{Result, plain};
use crate::table::table;

pub(super) fn run(args: &Rank) -> Result {
    let (claims, outcome) = claims(&args.asked)?;
    let mut found = network(&claims, &args.asked).rank(args.by.into());
    let all = found.len();
    found.truncate(if args.top == 0 { all } else { args.top });
    answer(&found, &args.form, |out, lang| {
        let mut head = vec!["", "entity", "type", "identifier", "neighbours", "claims"];
        if found.iter().any(|r| r.betweenness.is_some()) {
            head.push("betweenness");
        }
        let mut t = table(&head);
        for (i, r) in found.iter().enumerate() {
            let mut row = vec![
                (i + 1).to_string(),
                plain(r.entity.label_in(lang)),
                r.entity.kind.name().to_owned(),
                format!("ent:{}", r.entity.id),
                r.degree.to_string(),
                r.claims.to_string(),
            ];
            row.extend(r.betweenness.map(|b| format!("{b:.4}")));
            t.add_row(row);
        }
        writeln!(out, "{t}")?;
        writeln!(out, "{} of {all} entities", found.len())
    })?;
    Ok(outcome)
}
