//! Entities, claims and documents read back from the graph: what views, diagrams and cards show.

mod decode;
mod find;

pub(crate) use decode::status;
pub(crate) use find::fold;

use serde::Serialize;
use std::collections::BTreeMap;
use temoin_model::{Certainty, Date, EntityType, Lang, Polarity, Status, Tense};

/// An entity of the graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityInfo {
    /// IRI.
    pub iri: String,
    /// Identifier: the end of the IRI.
    pub id: String,
    /// Preferred label: French where there is one, else the first language.
    pub label: String,
    /// Labels by language tag.
    pub labels: BTreeMap<String, String>,
    /// Type.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// Other names, sorted; labels in other languages are among them.
    pub aliases: Vec<String>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// Identifiers of the places that contain it.
    pub located_in: Vec<String>,
    /// Latitude and longitude in degrees (WGS 84).
    pub coordinates: Option<(f64, f64)>,
    /// Whether it is known by a proper name.
    pub named: bool,
}

impl EntityInfo {
    /// The label in `lang`, else the preferred one.
    pub fn label_in(&self, lang: Lang) -> &str {
        self.labels.get(lang.tag()).unwrap_or(&self.label)
    }
}

/// Words of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Words {
    /// First code point.
    pub begin: u32,
    /// Code point behind the last.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// A document of the graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentInfo {
    /// IRI.
    pub iri: String,
    /// Identifier: the end of the IRI.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Name of the input it came from.
    pub source: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publication date.
    pub issued: Option<Date>,
    /// Language tag.
    pub lang: String,
    /// Where the text is a copy: the document it is a copy of, as an index into [`Claims::documents`].
    pub copy_of: Option<usize>,
}

impl DocumentInfo {
    /// What to call it in a line: outlet or title or input name.
    pub fn short_name(&self) -> &str {
        self.outlet.as_deref().or(self.title.as_deref()).unwrap_or(&self.source)
    }
}

/// A participant or source of a claim: an index into [`Claims::entities`], or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Agent {
    /// An entity.
    Entity(usize),
    /// Someone the text does not name.
    Unknown,
}

/// Who says a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Source {
    /// The article.
    Author,
    /// An unnamed source.
    Unnamed,
    /// An entity, as an index into [`Claims::entities`].
    Entity(usize),
}

/// Second argument of a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Value {
    /// An entity, as an index into [`Claims::entities`].
    Entity(usize),
    /// A number or words, as they are to be read: `18`, `environ 2 000`, `président`.
    Literal(String),
}

/// A time of a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TimeInfo {
    /// EDTF.
    pub edtf: String,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Words.
    pub text: String,
    /// What it was resolved with: `explicit`, `publication`, `document`.
    pub basis: String,
}

/// A quantity of a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct QuantityInfo {
    /// The stated number.
    pub value: Option<f64>,
    /// Least.
    pub min: Option<f64>,
    /// Most.
    pub max: Option<f64>,
    /// How exact it is: `Exact`, `About`, `AtLeast`, `AtMost`, `Range`, `Vague`.
    pub precision: String,
    /// Unit: `person`, `EUR`, a counted noun.
    pub unit: Option<String>,
    /// Words.
    pub text: String,
}

/// A claim of the graph. Numbers are indices into the vectors of [`Claims`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimInfo {
    /// IRI.
    pub iri: String,
    /// Identifier: the end of the IRI.
    pub id: String,
    /// First argument.
    pub subject: Agent,
    /// Relation: `deployedTo` or `open:LEMMA`.
    pub relation: String,
    /// Second argument.
    pub object: Value,
    /// Status.
    pub status: Status,
    /// Certainty.
    pub certainty: Certainty,
    /// Polarity.
    pub polarity: Polarity,
    /// Tense.
    pub tense: Tense,
    /// Who says it.
    pub said_by: Source,
    /// Through whom.
    pub said_via: Option<usize>,
    /// What made the status.
    pub markers: Vec<String>,
    /// Places.
    pub places: Vec<usize>,
    /// Time.
    pub time: Option<TimeInfo>,
    /// How many, in the words of the article: `environ 2 000`.
    pub count: Option<String>,
    /// The stated number behind `count`.
    pub count_value: Option<String>,
    /// Unit of the count, or of the object where it is a quantity.
    pub unit: Option<String>,
    /// The quantity of the count, or of the object where it is one.
    pub quantity: Option<QuantityInfo>,
    /// With what it is done, as written.
    pub means: Option<String>,
    /// Claim around this one, by IRI.
    pub embedded_in: Option<String>,
    /// Claims that say why this is so, by IRI.
    pub because: Vec<String>,
    /// Claims that say what this is done for, by IRI.
    pub purpose: Vec<String>,
    /// Event, by IRI.
    pub event: Option<String>,
    /// Document.
    pub document: usize,
    /// Publication date of the document.
    pub reported_on: Option<Date>,
    /// Sentences.
    pub evidence: Vec<Words>,
    /// The words that name the relation.
    pub trigger: Words,
    /// Mention of the subject.
    pub subject_mention: Option<Words>,
    /// Mention of the object.
    pub object_mention: Option<Words>,
    /// Whether several articles tell the happening differently: denied by some, or with other numbers.
    pub contested: bool,
    /// Confidence of the extraction.
    pub confidence: f64,
    /// Rule.
    pub rule: String,
}

impl ClaimInfo {
    /// Whether the claim has a second argument. « Anna est morte » has none; the graph has the words that name the
    /// relation in its place.
    pub fn has_object(&self) -> bool {
        !matches!(&self.object, Value::Literal(words) if self.object_mention.is_none() && *words == self.trigger.text)
    }

    /// What it says on one line: `Sarvie a envoyé trente pompiers`, `?` for an unknown agent. `entity` gives the label
    /// of an entity, `relation` is that of the relation.
    pub fn says<'a>(&'a self, relation: &str, entity: impl Fn(usize) -> &'a str) -> String {
        let subject = match self.subject {
            Agent::Entity(e) => entity(e),
            Agent::Unknown => "?",
        };
        match &self.object {
            Value::Entity(e) => format!("{subject} {relation} {}", entity(*e)),
            Value::Literal(words) if self.has_object() => format!("{subject} {relation} {words}"),
            Value::Literal(_) => format!("{subject} {relation}"),
        }
    }
}

/// All that the graph says, decoded. Sorted by IRI.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Claims {
    /// Entities.
    pub entities: Vec<EntityInfo>,
    /// Documents.
    pub documents: Vec<DocumentInfo>,
    /// Claims.
    pub claims: Vec<ClaimInfo>,
    /// Relations with their labels, sorted by name.
    pub relations: Vec<RelationLabel>,
}

/// A relation and what people call it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationLabel {
    /// Name, as in claims.
    pub name: String,
    /// In French; empty where not known.
    pub fr: String,
    /// In English; empty where not known.
    pub en: String,
}

impl Claims {
    /// What to call a relation, in `lang` where it can be: its label, the lemma of an open relation,
    /// or its name.
    pub fn relation_label<'a>(&'a self, name: &'a str, lang: Lang) -> &'a str {
        let found = self.relations.binary_search_by(|r| r.name.as_str().cmp(name)).ok().map(|i| &self.relations[i]);
        let (first, second) = match (lang, found) {
            (Lang::Fr, Some(r)) => (r.fr.as_str(), r.en.as_str()),
            (Lang::En, Some(r)) => (r.en.as_str(), r.fr.as_str()),
            (_, None) => ("", ""),
        };
        let name = name.strip_prefix("open:").unwrap_or(name);
        [first, second].into_iter().find(|l| !l.is_empty()).unwrap_or(name)
    }
}
