//! Mentions in the text and the entities they point to.

use crate::article::Lang;
use crate::document::TokenId;
use crate::span::{Char, Span, Tok};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Index of an entity in [`crate::Extraction::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityIx(pub u32);

/// Index of a mention in [`crate::Extraction::mentions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionIx(pub u32);

/// Kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EntityType {
    /// One human being.
    Person,
    /// A company, institution, alliance, party, outlet, team.
    Organization,
    /// A city, region, river, building.
    Place,
    /// A state, also where it acts (« Paris a annoncé »).
    Country,
    /// Several people without a legal body: protesters, troops, inhabitants.
    Group,
    /// A named or described happening.
    Event,
    /// A named make of thing: a plane, a phone.
    Product,
    /// A book, law, treaty, film.
    Work,
    /// Anything else that takes part in a claim.
    Thing,
}

impl EntityType {
    /// All types, in a fixed order.
    pub const ALL: [EntityType; 9] = [
        EntityType::Person,
        EntityType::Organization,
        EntityType::Place,
        EntityType::Country,
        EntityType::Group,
        EntityType::Event,
        EntityType::Product,
        EntityType::Work,
        EntityType::Thing,
    ];

    /// Name as in the ontology: `Person`, `Organization` …
    pub const fn name(self) -> &'static str {
        match self {
            EntityType::Person => "Person",
            EntityType::Organization => "Organization",
            EntityType::Place => "Place",
            EntityType::Country => "Country",
            EntityType::Group => "Group",
            EntityType::Event => "Event",
            EntityType::Product => "Product",
            EntityType::Work => "Work",
            EntityType::Thing => "Thing",
        }
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MentionKind {
    /// A proper name or a part of one.
    Name,
    /// An acronym.
    Acronym,
    /// A nationality adjective or a demonym that stands for the state.
    Demonym,
    /// A common noun phrase: « le régime », « des manifestants ».
    Nominal,
    /// A pronoun, personal, relative or possessive.
    Pronoun,
}

/// Words that point to an entity. Never changes once made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Code points in the stored text.
    pub span: Span<Char>,
    /// The same as tokens.
    pub tokens: Span<Tok>,
    /// Syntactic head of the words.
    pub head: TokenId,
    /// How it refers.
    pub kind: MentionKind,
    /// What it points to.
    pub entity: EntityIx,
}

/// Someone or something that the article speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Stable identifier: the gazetteer's for known entities (`kazakhstan`); for other names a slug
    /// and a hash of type and normalised name; for unnamed ones a slug and a hash that includes the
    /// document. Makes the entity's IRI.
    pub id: String,
    /// Preferred label in the article's language: the gazetteer's, else in the original spelling.
    pub label: String,
    /// Type.
    pub kind: EntityType,
    /// Other names, sorted, without the label: spellings of the article, acronyms, gazetteer names.
    pub aliases: Vec<String>,
    /// Wikidata identifier (`Q232`), only where the link is certain.
    pub wikidata: Option<String>,
    /// For places: the identifier of the country or region known to contain it (gazetteer).
    pub located_in: Option<String>,
    /// Where a place is (gazetteer).
    pub coordinates: Option<Coordinates>,
    /// Whether it is known by a proper name (in the article or the gazetteer).
    pub named: bool,
}

impl Entity {
    /// An entity of which nothing is known but its name or description.
    pub fn new(id: String, label: String, kind: EntityType, named: bool) -> Self {
        Entity { id, label, kind, aliases: Vec::new(), wikidata: None, located_in: None, coordinates: None, named }
    }
}

/// A point on the earth (WGS 84), in thousandths of a degree: north and east are positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coordinates {
    /// From -90,000 to 90,000.
    pub latitude: i32,
    /// From -180,000 to 180,000.
    pub longitude: i32,
}

impl Coordinates {
    /// A point from degrees as decimal texts; none where they are no degrees.
    pub fn parse(latitude: &str, longitude: &str) -> Option<Self> {
        let thousandths = |text: &str, most: f64| {
            let degrees = text.parse::<f64>().ok().filter(|d| d.abs() <= most)?;
            Some((degrees * 1000.0).round() as i32)
        };
        Some(Coordinates { latitude: thousandths(latitude, 90.0)?, longitude: thousandths(longitude, 180.0)? })
    }
}

/// What a known entity is called in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The entity.
    pub entity: EntityIx,
    /// The language.
    pub lang: Lang,
    /// The label; borrowed from the gazetteer that the binary embeds.
    pub text: Cow<'static, str>,
}
