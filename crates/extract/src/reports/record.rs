//! A report as a flat record: the JSON Lines of `temoin reports`.

use super::Report;
use super::inventory::CLASSES;
use serde::Serialize;
use temoin_model::Document;
use temoin_model::text::flat;

/// Everything found in one report, self-contained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportRecord {
    /// Identifier of the document.
    pub document: String,
    /// Name of the input that it came from.
    pub source: String,
    /// Entities, events and attributes, in order of first mention.
    pub entities: Vec<ItemRecord>,
    /// What holds between them.
    pub relations: Vec<LinkRecord>,
}

/// An entity, an event or an attribute.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemRecord {
    /// Its number in the report.
    pub id: usize,
    /// Fine type: `FIRE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Class of the type: `Event`.
    pub class: &'static str,
    /// Its longest name, else its first mention.
    pub label: String,
    /// Its mentions, in text order.
    pub mentions: Vec<MentionRecord>,
}

/// A mention, with its code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MentionRecord {
    /// The words.
    pub text: String,
    /// First code point.
    pub start: u32,
    /// Behind the last one.
    pub end: u32,
}

/// A relation between two entities.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkRecord {
    /// Number of the first.
    pub from: usize,
    /// Its name: `IS_LOCATED_IN`.
    pub relation: String,
    /// Number of the second.
    pub to: usize,
    /// How likely it holds, 0 to 1, two decimals.
    pub probability: f64,
}

impl ReportRecord {
    /// The record of what was found in `doc`, with relations of at least this probability.
    pub fn new(doc: &Document, report: &Report, least: f64) -> Self {
        let capital = |text: &str| text.starts_with(char::is_uppercase);
        let item = |(id, item): (usize, &super::Item)| {
            let mention = |p: &super::Place| {
                let span = doc.char_span(p.span);
                MentionRecord { text: doc.slice(span).to_owned(), start: span.start, end: span.end }
            };
            let mentions: Vec<MentionRecord> = item.mentions.iter().map(mention).collect();
            let names = mentions.iter().map(|m| &m.text).filter(|t| capital(t));
            let longest = names.rev().max_by_key(|t| t.chars().count());
            let label = longest.or(mentions.first().map(|m| &m.text)).map(|t| flat(t)).unwrap_or_default();
            ItemRecord { id, kind: item.kind.clone(), class: CLASSES[item.class], label, mentions }
        };
        let link = |l: &super::Link| LinkRecord {
            from: l.from,
            relation: l.name.clone(),
            to: l.to,
            probability: (f64::from(l.probability) * 100.0).round() / 100.0,
        };
        ReportRecord {
            document: doc.id.clone(),
            source: doc.meta.name.clone(),
            entities: report.items.iter().enumerate().map(item).collect(),
            relations: report.links.iter().map(link).filter(|l| l.probability >= least).collect(),
        }
    }
}
