//! `temoin show`: the card of an entity or of a claim.

use super::load_with;
use crate::args::Show;
use crate::messages::{Failure, Result, counted, plain};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use temoin::graph::show::{Card, ClaimCard, EntityCard, Highlighted};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SUBJECT: Style = AnsiColor::Cyan.on_default().bold();
const TRIGGER: Style = AnsiColor::Yellow.on_default().bold();
const OBJECT: Style = AnsiColor::Green.on_default().bold();

pub(crate) fn run(args: &Show) -> Result {
    let (graph, outcome) = load_with(&args.graph, args.decisions.as_deref())?;
    let card = graph.show(&args.what).map_err(Failure::graph)?;
    if let Card::Entity(e) = &card {
        super::note_namesakes(&args.what, &e.entity.id, e.namesakes.iter().map(String::as_str));
    }
    let mut out = anstream::stdout().lock();
    if args.json {
        let line = serde_json::to_string(&card).map_err(Failure::work)?;
        writeln!(out, "{line}").map_err(|e| Failure::output(&e))?;
        return Ok(outcome);
    }
    match &card {
        Card::Entity(e) => entity(&mut out, e),
        Card::Claim(c) => claim(&mut out, c, true),
    }
    .map_err(|e| Failure::output(&e))?;
    Ok(outcome)
}

fn entity(out: &mut impl Write, e: &EntityCard) -> io::Result<()> {
    let i = &e.entity;
    writeln!(out, "{BOLD}{}{BOLD:#} · {} · {}", plain(&i.label), i.kind.name(), i.id)?;
    if !i.aliases.is_empty() {
        writeln!(out, "also: {}", plain(&i.aliases.join(" · ")))?;
    }
    if let Some(q) = &i.wikidata {
        writeln!(out, "Wikidata: {q}")?;
    }
    writeln!(out, "{} in {}", counted(e.mentions, "mention"), counted(e.documents.len(), "article"))?;
    for group in &e.groups {
        writeln!(out, "\n{BOLD}{} — {} ({}){BOLD:#}", role(group.role), group.label_fr, group.claims.len())?;
        for c in &group.claims {
            claim(out, c, false)?;
        }
    }
    if e.groups.is_empty() {
        writeln!(out, "no claim about it")?;
    }
    Ok(())
}

fn role(role: &str) -> &str {
    match role {
        "subject" => "does",
        "object" => "undergoes",
        "source" => "says",
        "place" => "is the scene of",
        other => other,
    }
}

fn claim(out: &mut impl Write, c: &ClaimCard, whole: bool) -> io::Result<()> {
    let subject = c.subject.as_ref().map_or("?", |s| s.label.as_str());
    write!(out, "  {BOLD}{}{BOLD:#} {}", plain(subject), c.label_fr)?;
    match &c.object {
        Some(object) => writeln!(out, " {BOLD}{}{BOLD:#}", plain(object))?,
        None => writeln!(out)?,
    }
    let mut facts = vec![format!("{:?}", c.claim.status).to_lowercase()];
    if let Some(who) = &c.said_by {
        facts.push(format!("according to {who}"));
    }
    if !c.places.is_empty() {
        facts.push(format!("at {}", c.places.join(", ")));
    }
    if let Some(t) = &c.claim.time {
        facts.push(format!("when {}", t.edtf));
    }
    if let Some(m) = &c.claim.means {
        facts.push(format!("with {m}"));
    }
    facts.push(format!("confidence {}", c.claim.confidence));
    writeln!(out, "  {DIM}{} · claim:{}{DIM:#}", plain(&facts.join(" · ")), c.id)?;
    let d = &c.document;
    let date = d.issued.map_or_else(|| "no date".into(), |d| d.to_string());
    writeln!(out, "  {DIM}{} · {date} · {}{DIM:#}", plain(&d.source), plain(d.title.as_deref().unwrap_or("")))?;
    write!(out, "  ")?;
    sentence(out, &c.sentence)?;
    for (name, links) in [("because", &c.because), ("purpose", &c.purpose)] {
        for l in links {
            writeln!(out, "  {name}: {} {DIM}· claim:{}{DIM:#}", plain(&l.says), l.id)?;
        }
    }
    if whole && !c.same.is_empty() {
        writeln!(out, "  said also by: {}", c.same.iter().map(|s| format!("claim:{s}")).collect::<Vec<_>>().join(" "))?;
    }
    writeln!(out)
}

/// The sentence on one line, with the words that say the claim in colour.
fn sentence(out: &mut impl Write, h: &Highlighted) -> io::Result<()> {
    let chars: Vec<char> = h.sentence.text.chars().collect();
    let style_at = |i: usize| {
        let mut best = None;
        for &(b, e, role) in &h.marks {
            if (b as usize) <= i && i < e as usize {
                let style = match role {
                    "trigger" => TRIGGER,
                    "subject" => SUBJECT,
                    _ => OBJECT,
                };
                if best.is_none() || role == "trigger" {
                    best = Some(style);
                }
            }
        }
        best
    };
    write!(out, "« ")?;
    let mut at = 0;
    while at < chars.len() {
        let style = style_at(at);
        let mut end = at + 1;
        while end < chars.len() && style_at(end) == style {
            end += 1;
        }
        let text: String = chars[at..end].iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).collect();
        match style {
            Some(s) => write!(out, "{s}{}{s:#}", plain(&text))?,
            None => write!(out, "{}", plain(&text))?,
        }
        at = end;
    }
    writeln!(out, " »")
}
