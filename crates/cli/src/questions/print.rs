//! Claims for people.

use crate::messages::plain;
use anstyle::Style;
use std::io::{self, Write};
use temoin::Lang;
use temoin::graph::questions::ClaimLine;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();

/// A claim, what is known of it, and the sentence, behind `indent`.
pub(super) fn claim(out: &mut dyn Write, c: &ClaimLine, indent: &str, lang: Lang) -> io::Result<()> {
    writeln!(out, "{indent}{BOLD}{}{BOLD:#}", plain(&one_line(&c.says(lang))))?;
    witness(out, c, indent)
}

/// What is known of a claim, and the sentence.
pub(super) fn witness(out: &mut dyn Write, c: &ClaimLine, indent: &str) -> io::Result<()> {
    let mut facts = vec![format!("{:?}", c.status).to_lowercase()];
    match c.said_by.as_deref() {
        None => {}
        Some("?") => facts.push("according to an unnamed source".into()),
        Some(who) => facts.push(format!("according to {who}")),
    }
    if !c.places.is_empty() {
        facts.push(format!("at {}", c.places.join(", ")));
    }
    if let Some(t) = &c.time {
        facts.push(format!("when {}", t.edtf));
    }
    if let Some(n) = &c.count {
        facts.push(format!("number {n}"));
    }
    facts.push(format!("claim:{}", c.id));
    writeln!(out, "{indent}  {DIM}{}{DIM:#}", plain(&facts.join(" · ")))?;
    let date = c.issued.map_or_else(|| "no date".into(), |d| d.to_string());
    let title = c.title.as_deref().unwrap_or("");
    writeln!(out, "{indent}  {DIM}{} · {date} · {}{DIM:#}", plain(&c.source), plain(&one_line(title)))?;
    writeln!(out, "{indent}  « {} »", plain(&c.sentence))
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
