//! `temoin compare`: what several articles tell of the same happenings.

use super::load_with;
use crate::messages::{Failure, Result, plain};
use anstyle::{AnsiColor, Style};
use clap::Args;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;
use temoin::Lang;
use temoin::graph::compare::{Comparison, Happening, Number, Stance, Told};
use temoin::graph::records::{ClaimInfo, Claims, Source};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const MARK: Style = AnsiColor::Red.on_default().bold();

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin compare graph                              what several articles tell, disagreements first
  temoin compare graph 'Hezbollah'                  what this entity takes part in
  temoin compare graph event:3f2a9c0d1e4b5a67       the happening that an event or a claim belongs to
  temoin compare graph --differ --json | jq -r .id

Copies of one agency text count once. Who is right is not said.")]
pub(crate) struct Compare {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// Name, alias or identifier of an entity; or an event, a claim or a happening
    #[arg(value_name = "NAME|EVENT")]
    what: Option<String>,
    /// Only where articles disagree: affirmed and denied, or numbers that differ
    #[arg(long)]
    differ: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    /// Language of relation names
    #[arg(long, value_name = "LANG", value_parser = ["fr", "en"], default_value = "fr")]
    lang: String,
    /// File of decisions on who is who, in place of identity.tsv in the graph folder
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
}

pub(crate) fn run(args: &Compare) -> Result {
    let (graph, outcome) = load_with(&args.graph, args.decisions.as_deref())?;
    let claims = graph.claims();
    let chosen: Vec<&Happening> = chosen(graph.comparison(), &claims, args.what.as_deref())?
        .into_iter()
        .filter(|h| !args.differ || h.disputed || h.numbers_differ)
        .collect();
    let view = View::new(&claims, args.lang.parse().unwrap_or(Lang::Fr));
    let mut out = anstream::stdout().lock();
    let mut print = || -> io::Result<()> {
        for h in &chosen {
            if args.json {
                writeln!(out, "{}", serde_json::to_string(&view.json(h))?)?;
            } else {
                view.text(&mut out, h)?;
            }
        }
        if !args.json {
            let differ = chosen.iter().filter(|h| h.disputed || h.numbers_differ).count();
            let copies = graph.comparison().copies.len();
            writeln!(
                out,
                "{} told by several articles, {differ} of them differently; {copies} articles are copies",
                chosen.len()
            )?;
        }
        Ok(())
    };
    print().map_err(|e| Failure::output(&e))?;
    Ok(outcome)
}

/// The happenings that a user asks for: all, or those of an entity, an event or a claim.
fn chosen<'a>(
    all: &'a Comparison,
    claims: &Claims,
    what: Option<&str>,
) -> std::result::Result<Vec<&'a Happening>, Failure> {
    let Some(what) = what else { return Ok(all.happenings.iter().collect()) };
    let id = what.trim_start_matches('<').trim_end_matches('>').rsplit([':', '/']).next().unwrap_or(what);
    let ends = |iri: &str| iri.rsplit('/').next() == Some(id);
    let told = |t: &Told| ends(&t.claim) || t.event.as_deref().is_some_and(ends);
    let named: Vec<&Happening> = all.happenings.iter().filter(|h| h.id == id || h.told.iter().any(told)).collect();
    let is_event = claims.claims.iter().any(|c| c.id == id || c.event.as_deref().is_some_and(ends));
    if !named.is_empty() || is_event {
        return Ok(named);
    }
    let found = claims.find_entity(what).map_err(Failure::graph)?;
    let entity = &claims.entities[found].id;
    let others = claims.namesakes(what, found);
    super::note_namesakes(what, entity, others.iter().map(|&i| claims.entities[i].id.as_str()));
    let about = |h: &&Happening| h.participants.contains(entity) || h.places.contains(entity);
    Ok(all.happenings.iter().filter(about).collect())
}

/// Claims by IRI, with what is needed to print them.
struct View<'a> {
    claims: &'a Claims,
    by_iri: BTreeMap<&'a str, &'a ClaimInfo>,
    entities: BTreeMap<&'a str, usize>,
    documents: BTreeMap<&'a str, usize>,
    lang: Lang,
}

impl<'a> View<'a> {
    fn new(claims: &'a Claims, lang: Lang) -> Self {
        View {
            claims,
            by_iri: claims.claims.iter().map(|c| (c.iri.as_str(), c)).collect(),
            entities: claims.entities.iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect(),
            documents: claims.documents.iter().enumerate().map(|(i, d)| (d.id.as_str(), i)).collect(),
            lang,
        }
    }

    fn label(&self, id: &str) -> &str {
        self.entities.get(id).map_or("?", |&i| self.claims.entities[i].label_in(self.lang))
    }

    fn says(&self, c: &ClaimInfo) -> String {
        let relation = self.claims.relation_label(&c.relation, self.lang);
        c.says(relation, |e| self.claims.entities[e].label_in(self.lang))
    }

    fn source(&self, t: &Told) -> String {
        let d = self.documents.get(t.document.as_str()).map(|&i| &self.claims.documents[i]);
        d.map_or_else(|| t.document.clone(), |d| d.outlet.clone().unwrap_or_else(|| d.source.clone()))
    }

    /// Who says it inside the article.
    fn speaker(&self, c: &ClaimInfo) -> Option<String> {
        match c.said_by {
            Source::Author => None,
            Source::Unnamed => Some("?".into()),
            Source::Entity(e) => Some(self.claims.entities[e].label_in(self.lang).to_owned()),
        }
    }

    fn text(&self, out: &mut impl Write, h: &Happening) -> io::Result<()> {
        let relations: BTreeSet<&str> = h.relations.iter().map(|r| self.claims.relation_label(r, self.lang)).collect();
        let title = relations.into_iter().collect::<Vec<_>>().join(" / ");
        let who: Vec<&str> = h.participants.iter().map(|p| self.label(p)).collect();
        let places: Vec<&str> =
            h.places.iter().filter(|p| !h.participants.contains(p)).map(|p| self.label(p)).collect();
        let mut head = vec![title, who.join(", "), places.join(", ")];
        head.extend(h.days.map(|(a, b)| if a == b { a.to_string() } else { format!("{a}/{b}") }));
        head.retain(|p| !p.is_empty());
        let rest: String = head[1..].iter().map(|p| format!(" · {p}")).collect();
        writeln!(out, "{BOLD}{}{BOLD:#}{}", plain(&head[0]), plain(&rest))?;
        let mut marks = Vec::new();
        if h.disputed {
            marks.push("affirmed and denied");
        }
        if h.numbers_differ {
            marks.push("numbers differ");
        }
        if !marks.is_empty() {
            writeln!(out, "  {MARK}≠ {}{MARK:#}", marks.join(", "))?;
        }
        writeln!(out, "  {DIM}{} articles, {} independent · {}{DIM:#}", h.articles, h.independent, h.id)?;
        for (stance, word) in [(Stance::Affirms, "affirms"), (Stance::Denies, "denies"), (Stance::Open, "leaves open")]
        {
            for t in h.told.iter().filter(|t| t.stance == stance) {
                self.told(out, t, word)?;
            }
        }
        for (number, since, who) in self.numbers(h) {
            let since = since.map(|d| format!(" since {d}")).unwrap_or_default();
            writeln!(out, "  {number}{since}: {}", plain(&who.into_iter().collect::<Vec<_>>().join(", ")))?;
        }
        writeln!(out)
    }

    fn told(&self, out: &mut impl Write, t: &Told, word: &str) -> io::Result<()> {
        let Some(c) = self.by_iri.get(t.claim.as_str()) else { return Ok(()) };
        let mut parts = vec![self.source(t)];
        parts.extend(t.reported_on.map(|d| d.to_string()));
        parts.push(format!("{:?}", c.status).to_lowercase());
        parts.extend(self.speaker(c).map(|s| format!("according to {s}")));
        parts.extend(t.copy_of.as_ref().map(|_| "copy".to_owned()));
        parts.push(format!("claim:{}", c.id));
        writeln!(out, "  {word}: {} {DIM}· {}{DIM:#}", plain(&self.says(c)), plain(&parts.join(" · ")))?;
        if let Some(s) = c.evidence.first() {
            writeln!(out, "    « {} »", plain(&s.text.replace(['\n', '\r'], " ")))?;
        }
        Ok(())
    }

    /// The numbers that claims give where they differ, each with the day from which it was reported.
    fn numbers(&self, h: &Happening) -> Vec<(String, Option<temoin::Date>, BTreeSet<String>)> {
        let mut out: Vec<(String, Option<temoin::Date>, BTreeSet<String>)> = Vec::new();
        let affirmed = h.told.iter().filter(|t| h.numbers_differ && t.stance == Stance::Affirms);
        for (t, n) in affirmed.filter_map(|t| Some((t, t.number.as_ref()?))) {
            let number = number(n);
            let who = match self.by_iri.get(t.claim.as_str()).and_then(|c| self.speaker(c)) {
                Some(speaker) => format!("{} ({speaker})", self.source(t)),
                None => self.source(t),
            };
            match out.iter_mut().find(|(m, _, _)| *m == number) {
                Some((_, _, all)) => drop(all.insert(who)),
                None => out.push((number, t.reported_on, BTreeSet::from([who]))),
            }
        }
        out
    }

    fn json(&self, h: &Happening) -> Json {
        let named = |id: &String| json!({ "id": id, "label": self.label(id) });
        let told = |t: &Told| {
            let c = self.by_iri.get(t.claim.as_str());
            json!({
                "claim": c.map(|c| &c.id),
                "says": c.map(|c| self.says(c)),
                "stance": t.stance,
                "status": c.map(|c| c.status),
                "saidBy": c.and_then(|c| self.speaker(c)),
                "document": t.document,
                "source": self.source(t),
                "copyOf": t.copy_of,
                "reportedOn": t.reported_on,
                "number": t.number,
                "sentence": c.and_then(|c| c.evidence.first()).map(|s| &s.text),
            })
        };
        json!({
            "id": h.id,
            "relations": h.relations,
            "participants": h.participants.iter().map(named).collect::<Vec<_>>(),
            "places": h.places.iter().map(named).collect::<Vec<_>>(),
            "start": h.days.map(|d| d.0),
            "end": h.days.map(|d| d.1),
            "articles": h.articles,
            "independent": h.independent,
            "disputed": h.disputed,
            "numbersDiffer": h.numbers_differ,
            "told": h.told.iter().map(told).collect::<Vec<_>>(),
        })
    }
}

fn number(n: &Number) -> String {
    let unit = if n.unit.is_empty() { String::new() } else { format!(" {}", n.unit) };
    match (n.min, n.max) {
        (Some(a), Some(b)) if a == b => format!("{a}{unit}"),
        (Some(a), Some(b)) => format!("{a}–{b}{unit}"),
        (Some(a), None) => format!("≥ {a}{unit}"),
        (None, Some(b)) => format!("≤ {b}{unit}"),
        (None, None) => unit,
    }
}
