//! The reports of POPCORN as examples for the layer of reports.

use crate::coref::matching::{self, Spot};
use crate::popcorn::data::Report;
use crate::popcorn::mapping::Mapping;
use temoin_extract::reports::Place;
use temoin_extract::reports::chains::Node;
use temoin_extract::reports::inventory::CLASSES;
use temoin_extract::reports::pairs::Chain;
use temoin_extract::reports::view::View;

/// A mention of the corpus.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// Its words.
    pub place: Place,
    /// Number of its class.
    pub class: usize,
    /// Number of its entity.
    pub entity: u32,
    /// Place of its entity in the report.
    pub index: usize,
}

/// Class of a POPCORN type; `None` for parts of names, which are no items.
pub fn class(kind: &str, mapping: &Mapping) -> Option<usize> {
    let name = match kind {
        "FIRSTNAME_0" | "LASTNAME_0" => return None,
        "CATEGORY_0" => "Category",
        "NATIONALITY" => "Nationality",
        "COLOR" => "Color",
        k if k.starts_with("TIME_") => "Time",
        k if k.starts_with("QUANTITY_") => "Quantity",
        k => mapping.types.get(k).and_then(|t| t.first()).map_or("Measure", |t| t.name()),
    };
    CLASSES.iter().position(|c| *c == name)
}

/// Mentions of a report, in text order.
pub fn mentions(view: &View<'_>, report: &Report, mapping: &Mapping) -> Vec<Mention> {
    let mut out = Vec::new();
    for (index, entity) in report.entities.iter().enumerate() {
        let Some(class) = class(&entity.kind, mapping) else { continue };
        for span in entity.spans() {
            let span = matching::words(view.doc, span);
            if !span.is_empty() {
                let place = Place { span, head: view.head_of(span) };
                out.push(Mention { place, class, entity: entity.id, index });
            }
        }
    }
    out.sort_by_key(|m| (m.place.span.start, m.place.span.end));
    out
}

/// For each mention found, the entity of the corpus that it mentions.
pub fn entities(view: &View<'_>, nodes: &[Node], gold: &[Mention]) -> Vec<Option<u32>> {
    let spot = |p: &Place| Spot { span: view.chars(p.span), head: Some(temoin_model::TokenId(p.head as u32)) };
    let of = |n: &Node| {
        let alike = |m: &&Mention| (m.class < 6) == (n.class < 6);
        let equal = gold.iter().filter(alike).find(|m| m.place.span == n.place.span);
        let same = || gold.iter().filter(alike).find(|m| spot(&m.place).same(view.doc, spot(&n.place)));
        equal.or_else(same).map(|m| m.entity)
    };
    nodes.iter().map(of).collect()
}

/// For each chain, the entities of the corpus that share a mention with it.
pub fn shared(chains: &[Chain], entities: &[Option<u32>]) -> Vec<Vec<u32>> {
    let of = |c: &Chain| {
        let mut all: Vec<u32> = c.nodes.iter().filter_map(|&n| entities[n]).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    chains.iter().map(of).collect()
}
