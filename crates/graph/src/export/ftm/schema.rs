//! The schemata of FollowTheMoney that are used, and which of them stand for which.

use crate::export::data::Data;
use crate::records::EntityInfo;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use temoin_model::EntityType;

/// A schema of the model, by its own name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schema {
    Address,
    Article,
    Asset,
    Company,
    Directorship,
    Employment,
    Event,
    Family,
    Membership,
    Occupancy,
    Organization,
    Ownership,
    Person,
    Position,
    PublicBody,
    Sanction,
    Succession,
    UnknownLink,
}

impl Schema {
    pub(super) fn name(self) -> &'static str {
        match self {
            Schema::Address => "Address",
            Schema::Article => "Article",
            Schema::Asset => "Asset",
            Schema::Company => "Company",
            Schema::Directorship => "Directorship",
            Schema::Employment => "Employment",
            Schema::Event => "Event",
            Schema::Family => "Family",
            Schema::Membership => "Membership",
            Schema::Occupancy => "Occupancy",
            Schema::Organization => "Organization",
            Schema::Ownership => "Ownership",
            Schema::Person => "Person",
            Schema::Position => "Position",
            Schema::PublicBody => "PublicBody",
            Schema::Sanction => "Sanction",
            Schema::Succession => "Succession",
            Schema::UnknownLink => "UnknownLink",
        }
    }

    /// What an entity is written as; `owned` where a claim makes it somebody's.
    pub(super) fn of(kind: EntityType, owned: bool) -> Option<Schema> {
        Some(match kind {
            EntityType::Person => Schema::Person,
            EntityType::Organization if owned => Schema::Company,
            EntityType::Organization | EntityType::Group => Schema::Organization,
            EntityType::Country => Schema::PublicBody,
            EntityType::Place => Schema::Address,
            EntityType::Event => Schema::Event,
            EntityType::Product | EntityType::Work | EntityType::Thing if owned => Schema::Asset,
            EntityType::Product | EntityType::Work | EntityType::Thing => return None,
        })
    }

    /// Whether the model takes it where it asks for `wanted`.
    pub(super) fn is_a(self, wanted: Range) -> bool {
        use Schema::{Asset, Company, Organization, Person, PublicBody};
        match wanted {
            Range::Thing => true,
            Range::Person => self == Person,
            Range::Organization => matches!(self, Organization | Company | PublicBody),
            Range::LegalEntity => matches!(self, Person | Organization | Company | PublicBody),
            Range::Asset => matches!(self, Asset | Company),
        }
    }
}

/// What a property of the model may point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    Thing,
    Person,
    Organization,
    LegalEntity,
    Asset,
}

/// Entities that a claim makes somebody's: what is owned or bought.
pub(super) fn assets(data: &Data, kept: &[usize]) -> BTreeSet<usize> {
    let owned = |&i: &usize| {
        let c = &data.claims.claims[i];
        let (s, o) = Data::ends(c)?;
        match c.relation.as_str() {
            "ownedBy" => Some(s),
            "acquired" => Some(o),
            _ => None,
        }
    };
    kept.iter().filter_map(owned).collect()
}

/// ISO 3166-1 codes by Wikidata identifier.
static CODES: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let table = include_str!("../../../../../data/lexicon/countries.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
    rows.filter_map(|r| Some((*r.get(2)?, r.first()?.to_lowercase()))).collect()
});

/// The code of a country that the gazetteer knows, in lower case.
pub(super) fn country_code(e: &EntityInfo) -> Option<String> {
    CODES.get(e.wikidata.as_deref()?).filter(|_| e.kind == EntityType::Country).cloned()
}
