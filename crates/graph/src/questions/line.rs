//! A claim with its witness on a few lines.

use crate::records::{Agent, ClaimInfo, Claims, Source, TimeInfo, Value};
use serde::Serialize;
use temoin_model::{Date, EntityType, Lang, Status};

/// An entity as answers name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EntityRef {
    /// Identifier.
    pub id: String,
    /// Preferred label.
    pub label: String,
    /// Label in English, where it is another one.
    #[serde(rename = "labelEn", skip_serializing_if = "Option::is_none")]
    pub label_en: Option<String>,
    /// Type.
    #[serde(rename = "type")]
    pub kind: EntityType,
}

impl EntityRef {
    /// The entity with this index into [`Claims::entities`].
    pub fn new(claims: &Claims, entity: usize) -> Self {
        let e = &claims.entities[entity];
        let en = e.label_in(Lang::En);
        EntityRef {
            id: e.id.clone(),
            label: e.label.clone(),
            label_en: (en != e.label).then(|| en.to_owned()),
            kind: e.kind,
        }
    }

    /// The label in `lang`, else the preferred one.
    pub fn label_in(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.label,
            Lang::En => self.label_en.as_deref().unwrap_or(&self.label),
        }
    }
}

/// A claim with the sentence and the article that say it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimLine {
    /// Identifier.
    pub id: String,
    /// Subject; none for an unknown agent.
    pub subject: Option<EntityRef>,
    /// Relation name.
    pub relation: String,
    /// Label of the relation in French.
    pub label_fr: String,
    /// Label of the relation in English.
    pub label_en: String,
    /// Object, where it is an entity.
    pub object: Option<EntityRef>,
    /// Object, where it is a number or words. Neither is there where the relation has none: « Anna est morte ».
    pub value: Option<String>,
    /// Status.
    pub status: Status,
    /// Who says it: none for the article itself, `?` for an unnamed source.
    pub said_by: Option<String>,
    /// When, as the article says.
    pub time: Option<TimeInfo>,
    /// Labels of places.
    pub places: Vec<String>,
    /// Counts, as written.
    pub count: Option<String>,
    /// Confidence of the extraction.
    pub confidence: f64,
    /// Identifier of the article.
    pub document: String,
    /// Title of the article.
    pub title: Option<String>,
    /// Name of the input it came from.
    pub source: String,
    /// Publication date of the article.
    pub issued: Option<Date>,
    /// The sentence that says it.
    pub sentence: String,
    /// First code point of the trigger in the article.
    pub begin: u32,
    /// Code point behind the trigger.
    pub end: u32,
}

impl ClaimLine {
    /// The claim with this index into [`Claims::claims`].
    pub fn new(claims: &Claims, claim: usize) -> Self {
        let c = &claims.claims[claim];
        let d = &claims.documents[c.document];
        let label = |e: usize| claims.entities[e].label.clone();
        ClaimLine {
            id: c.id.clone(),
            subject: match c.subject {
                Agent::Entity(e) => Some(EntityRef::new(claims, e)),
                Agent::Unknown => None,
            },
            relation: c.relation.clone(),
            label_fr: claims.relation_label(&c.relation, Lang::Fr).to_owned(),
            label_en: claims.relation_label(&c.relation, Lang::En).to_owned(),
            object: match &c.object {
                Value::Entity(e) => Some(EntityRef::new(claims, *e)),
                Value::Literal(_) => None,
            },
            value: match &c.object {
                Value::Entity(_) => None,
                Value::Literal(l) => c.has_object().then(|| l.clone()),
            },
            status: c.status,
            said_by: match c.said_by {
                Source::Author => None,
                Source::Unnamed => Some("?".into()),
                Source::Entity(e) => Some(label(e)),
            },
            time: c.time.clone(),
            places: c.places.iter().map(|&p| label(p)).collect(),
            count: c.count.clone(),
            confidence: c.confidence,
            document: d.id.clone(),
            title: d.title.clone(),
            source: d.source.clone(),
            issued: d.issued,
            sentence: sentence(c),
            begin: c.trigger.begin,
            end: c.trigger.end,
        }
    }

    /// What it says on one line: `Sarvie a envoyé trente pompiers`, `?` for an unknown agent.
    pub fn says(&self, lang: Lang) -> String {
        let subject = self.subject.as_ref().map_or("?", |s| s.label_in(lang));
        let relation = match lang {
            Lang::Fr => &self.label_fr,
            Lang::En => &self.label_en,
        };
        match (&self.object, &self.value) {
            (Some(o), _) => format!("{subject} {relation} {}", o.label_in(lang)),
            (None, Some(v)) => format!("{subject} {relation} {v}"),
            (None, None) => format!("{subject} {relation}"),
        }
    }
}

/// The sentence that holds the trigger, blanks and line breaks as one blank.
fn sentence(c: &ClaimInfo) -> String {
    let holds = c.evidence.iter().find(|s| s.begin <= c.trigger.begin && c.trigger.end <= s.end);
    let text = holds.or(c.evidence.first()).map_or("", |s| s.text.as_str());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
