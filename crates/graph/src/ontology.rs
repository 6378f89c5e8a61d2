//! The ontology and the inventory of relations as quads of `g:ontology`.

/// A relation of the inventory, as the ontology describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationInfo {
    /// Name, as in claims: `deployedTo`.
    pub name: String,
    /// `event`, `state` or `attribute`; empty where not known.
    pub kind: String,
    /// Label in French: « a déployé vers ».
    pub label_fr: String,
    /// Label in English.
    pub label_en: String,
    /// PLOVER category with its mode: `REQUEST/assist`.
    pub plover: Option<String>,
    /// CAMEO code or range of codes.
    pub cameo: Option<String>,
    /// Wikidata property: `P463`.
    pub wikidata: Option<String>,
}
