//! Mentions of entities and events, with their types.

use super::data::Report;
use super::mapping::Mapping;
use super::{macro_f1, micro};
use crate::coref::matching::{self, Matching, Spot};
use crate::names::score::Counts;
use crate::results::table::Table;
use std::collections::BTreeMap;
use temoin_model::{Char, Document, EntityType, Extraction, MentionKind, Span, Tok, Upos};

/// What a mention must agree in, besides its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Its span.
    Exact,
    /// Its span, ours without the articles, numbers and possessives before it, which POPCORN leaves out.
    Bare,
    /// Its head word.
    Head,
}

impl Extent {
    /// All of them, strictest first.
    pub const ALL: [Extent; 3] = [Extent::Exact, Extent::Bare, Extent::Head];

    /// Name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Extent::Exact => "exact",
            Extent::Bare => "no determiner",
            Extent::Head => "same head",
        }
    }
}

/// A mention of ours: an entity's, or the trigger of an event.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Where.
    pub spot: Spot,
    /// Type of its entity.
    pub kind: EntityType,
    /// How it refers; none for a trigger.
    pub form: Option<MentionKind>,
}

/// A mention of the corpus.
#[derive(Clone, Copy, Debug)]
pub struct Gold<'a> {
    /// Where.
    pub span: Span<Char>,
    /// POPCORN type.
    pub kind: &'a str,
    /// Our types that are right for it, the class first.
    pub types: &'a [EntityType],
}

/// Our mentions of a document, and the triggers of claims that are events in POPCORN.
pub fn found(doc: &Document, extraction: &Extraction, mapping: &Mapping) -> Vec<Found> {
    let of = |m: &temoin_model::Mention| Found {
        spot: Spot::from(m),
        kind: extraction.entity(m.entity).kind,
        form: Some(m.kind),
    };
    let mut out: Vec<Found> = extraction.mentions.iter().map(of).collect();
    for claim in extraction.claims.iter().filter(|c| mapping.is_in("EVENTS", c)) {
        let spot = Spot::new(doc, claim.evidence.trigger);
        if !out.iter().any(|f| f.kind == EntityType::Event && f.spot.head == spot.head) {
            out.push(Found { spot, kind: EntityType::Event, form: None });
        }
    }
    out
}

/// The mentions of a report that are no attributes.
pub fn gold<'a>(report: &'a Report, mapping: &'a Mapping) -> Vec<Gold<'a>> {
    let entities = report.entities.iter().filter(|e| !e.is_attribute());
    let mut out: Vec<Gold<'a>> = entities
        .flat_map(|e| {
            let types = mapping.types.get(&e.kind).map_or(&[][..], Vec::as_slice);
            e.spans().into_iter().map(move |span| Gold { span, kind: &e.kind, types })
        })
        .collect();
    out.sort_by_key(|g| (g.span, g.kind));
    out.dedup_by_key(|g| (g.span, g.kind));
    out
}

/// For each of our mentions the gold mention that it is, whatever the types.
pub fn align(doc: &Document, gold: &[Gold<'_>], found: &[Found], extent: Extent) -> Vec<Option<usize>> {
    let spans: Vec<Span<Char>> = gold.iter().map(|g| g.span).collect();
    let spot = |f: &Found| if extent == Extent::Exact { f.spot } else { bare(doc, f.spot) };
    let spots: Vec<Spot> = found.iter().map(spot).collect();
    let how = if extent == Extent::Head { Matching::Head } else { Matching::Span };
    matching::align(doc, &spans, &spots, how)
}

/// Without determiners, numbers and prepositions before the head.
fn bare(doc: &Document, spot: Spot) -> Spot {
    let words = matching::words(doc, spot.span);
    let left_out = |t: &temoin_model::TokenId| matches!(doc.upos(*t), Upos::Det | Upos::Num | Upos::Adp | Upos::Punct);
    match doc.tokens_in(words).find(|t| !left_out(t) || spot.head == Some(*t)) {
        Some(first) => Spot { span: doc.char_span(Span::<Tok>::new(first.0, words.end)), head: spot.head },
        None => spot,
    }
}

/// Counts by class, and right ones by POPCORN type.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    classes: BTreeMap<&'static str, Counts>,
    fine: BTreeMap<String, Counts>,
}

impl Scores {
    /// Adds one report.
    pub fn add(&mut self, doc: &Document, gold: &[Gold<'_>], found: &[Found], extent: Extent, mapping: &Mapping) {
        for g in gold.iter().filter(|g| !g.types.is_empty()) {
            self.classes.entry(g.types[0].name()).or_default().gold += 1;
            self.fine.entry(g.kind.to_owned()).or_default().gold += 1;
        }
        for (f, matched) in found.iter().zip(align(doc, gold, found, extent)) {
            let right = matched.map(|k| gold[k]).filter(|g| g.types.contains(&f.kind));
            let class = right.map_or_else(|| class_of(f.kind, mapping), |g| g.types[0]);
            let counts = self.classes.entry(class.name()).or_default();
            counts.found += 1;
            if let Some(g) = right {
                counts.right += 1;
                self.fine.entry(g.kind.to_owned()).or_default().right += 1;
            }
        }
    }

    /// Classes of entities, without events.
    fn entities(&self) -> impl Iterator<Item = &Counts> {
        self.classes.iter().filter(|c| *c.0 != EntityType::Event.name()).map(|c| c.1)
    }

    /// F1 over the mentions of entities, and mean F1 over their classes, in percent.
    pub fn f1(&self) -> [f64; 2] {
        [micro(self.entities()).percent()[2], macro_f1(self.entities())]
    }
}

/// The class in which a type of ours is counted when it is wrong.
fn class_of(kind: EntityType, mapping: &Mapping) -> EntityType {
    let classes = || mapping.types.values().filter(|t| t.contains(&kind));
    if classes().any(|t| t[0] == kind) { kind } else { classes().next().map_or(kind, |t| t[0]) }
}

/// Precision, recall and F1 by class, and recall by POPCORN type; scores in the order of [`Extent::ALL`].
pub fn tables(scores: &[Scores; 3]) -> [Table; 2] {
    let mut header = vec!["mentions".to_owned(), "gold".to_owned()];
    Extent::ALL.iter().for_each(|e| header.extend([format!("{} P", e.name()), "R".to_owned(), "F1".to_owned()]));
    let mut table = Table::new(header);
    let mut row = |name: &str, of: &dyn Fn(&Scores) -> Counts| {
        let mut cells = vec![name.to_owned(), of(&scores[0]).gold.to_string()];
        scores.iter().for_each(|s| cells.extend(of(s).percent().map(|f| format!("{f:.1}"))));
        table.row(cells);
    };
    for class in scores[0].classes.keys() {
        row(class, &|s| s.classes.get(class).copied().unwrap_or_default());
    }
    row("entities, micro", &|s| micro(s.entities()));
    let mut cells = vec!["entities, macro over classes".to_owned()];
    scores.iter().for_each(|s| cells.extend([String::new(), String::new(), format!("{:.1}", s.f1()[1])]));
    cells.insert(1, String::new());
    table.row(cells);

    let mut fine = Table::new(["POPCORN type", "gold", "exact R", "no determiner R", "same head R"]);
    let mut kinds: Vec<(&String, usize)> = scores[0].fine.iter().map(|(k, c)| (k, c.gold)).collect();
    kinds.sort_by_key(|k| std::cmp::Reverse(k.1));
    for (kind, gold) in kinds {
        let recall = |s: &Scores| format!("{:.1}", s.fine.get(kind).copied().unwrap_or_default().percent()[1]);
        fine.row([kind.clone(), gold.to_string()].into_iter().chain(scores.iter().map(recall)));
    }
    [table, fine]
}
