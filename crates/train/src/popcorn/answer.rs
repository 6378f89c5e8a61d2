//! What is scored on a report: of the rules, or of the layer that was trained on such reports.

use super::entities::{self, Found};
use super::mapping::{Argument, Mapping};
use crate::coref::matching::Spot;
use temoin_extract::reports::Report;
use temoin_extract::reports::inventory::CLASSES;
use temoin_model::{Char, Document, EntityIx, EntityType, Extraction, Mention, MentionKind, Span, TokenId};

/// Mentions, chains and relations.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Mentions of entities and events, with types of ours.
    pub found: Vec<Found>,
    /// Mentions with their entities.
    pub mentions: Vec<Mention>,
    /// Mentions, also of attributes, with POPCORN types; none of the rules.
    pub fine: Vec<(Span<Char>, String)>,
    /// Relations under their POPCORN names.
    pub triples: Vec<(Argument, String, Argument)>,
}

impl Answer {
    /// That of the rules, by the mapping.
    pub fn of_rules(doc: &Document, extraction: &Extraction, mapping: &Mapping) -> Self {
        let triples = mapping.triples(extraction).into_iter().map(|(a, n, b)| (a, n.to_owned(), b));
        Answer {
            found: entities::found(doc, extraction, mapping),
            mentions: extraction.mentions.clone(),
            fine: Vec::new(),
            triples: triples.collect(),
        }
    }

    /// That of the trained layer.
    pub fn of_reports(doc: &Document, report: &Report) -> Self {
        let mut out = Answer::default();
        for (n, item) in report.items.iter().enumerate() {
            let kind = EntityType::ALL.into_iter().find(|k| k.name() == CLASSES[item.class]);
            for place in &item.mentions {
                let span = doc.char_span(place.span);
                let head = TokenId(place.head as u32);
                out.fine.push((span, item.kind.clone()));
                if let Some(kind) = kind {
                    let form = MentionKind::Nominal;
                    out.found.push(Found { spot: Spot { span, head: Some(head) }, kind, form: Some(form) });
                    let entity = EntityIx(n as u32);
                    out.mentions.push(Mention { span, tokens: place.span, head, kind: form, entity });
                }
            }
        }
        let argument = |n: usize| match report.items[n].class {
            c if EntityType::ALL.iter().any(|k| k.name() == CLASSES[c]) => Argument::Entity(EntityIx(n as u32)),
            _ => Argument::Words(doc.char_span(report.items[n].mentions[0].span)),
        };
        out.triples = report.links.iter().map(|l| (argument(l.from), l.name.clone(), argument(l.to))).collect();
        out
    }
}
