//! The files of POPCORN.

use crate::names::corpora;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use temoin_model::{Char, Span};

/// A report.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// The text.
    pub text: String,
    /// Entities, events and attributes.
    pub entities: Vec<Entity>,
    /// Numbers of two entities with what holds between them.
    pub relations: Vec<(u32, String, u32)>,
}

/// An entity, an event or an attribute.
#[derive(Clone, Debug, Deserialize)]
pub struct Entity {
    /// Its number in the report.
    pub id: u32,
    /// Its type: `CIVILIAN`, `FIRE`, `TIME_EXACT`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it is mentioned.
    pub mentions: Vec<Place>,
}

/// A mention, in code points.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Place {
    /// First code point.
    pub start: u32,
    /// Behind the last one.
    pub end: u32,
}

impl Entity {
    /// Its mentions, in text order.
    pub fn spans(&self) -> Vec<Span<Char>> {
        let mut out: Vec<_> = self.mentions.iter().map(|m| Span::new(m.start, m.end.max(m.start))).collect();
        out.sort_unstable();
        out
    }

    /// Whether it is an attribute (a part of a name, a time, a quantity, a measure …), not an entity.
    pub fn is_attribute(&self) -> bool {
        const MEASURES: [&str; 9] = [
            "COLOR",
            "NATIONALITY",
            "WEIGHT",
            "HEIGHT",
            "WIDTH",
            "LENGTH",
            "LATITUDE",
            "LONGITUDE",
            "MATERIAL_REFERENCE",
        ];
        let kind = &*self.kind;
        kind.ends_with("_0") || kind.starts_with("TIME_") || kind.starts_with("QUANTITY_") || MEASURES.contains(&kind)
    }
}

/// Reads a part of the corpus, `dev` or `train`: reports by name.
///
/// # Errors
/// When the file cannot be read or is not of this form.
pub fn read(corpora: &Path, part: &str) -> Result<BTreeMap<String, Report>, String> {
    let path = corpora.join("extraction/fr/popcorn").join(format!("{part}.json"));
    serde_json::from_str(&corpora::read(&path)?).map_err(|e| format!("{}: {e}", path.display()))
}
