//! Everything known of one entity or one claim.

use crate::error::GraphError;
use crate::graph::Graph;
use crate::iri::kg;
use crate::records::{Agent, ClaimInfo, Claims, DocumentInfo, EntityInfo, Source, TimeInfo, Value, Words};
use oxigraph::model::{GraphName, NamedNode};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::{Lang, Status};

/// What a name stands for.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Card {
    /// An entity.
    Entity(Box<EntityCard>),
    /// A claim.
    Claim(Box<ClaimCard>),
}

/// All that is known of an entity.
#[derive(Clone, Debug, Serialize)]
pub struct EntityCard {
    /// The entity.
    pub entity: EntityInfo,
    /// Number of mentions in all documents.
    pub mentions: usize,
    /// Documents that mention it, by date, then IRI.
    pub documents: Vec<DocumentInfo>,
    /// Claims about it, grouped by role and relation; the largest groups first.
    pub groups: Vec<RelationGroup>,
    /// Identifiers of others that the name asked for may stand for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub namesakes: Vec<String>,
}

/// Claims of one relation in which the entity has one role.
#[derive(Clone, Debug, Serialize)]
pub struct RelationGroup {
    /// Relation name.
    pub relation: String,
    /// Label in French.
    pub label_fr: String,
    /// Label in English.
    pub label_en: String,
    /// `subject`, `object`, `source` or `place`.
    pub role: &'static str,
    /// The claims, by date, then IRI.
    pub claims: Vec<ClaimCard>,
}

/// One claim with everything it refers to spelled out.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimCard {
    /// The claim; its indices are not of use here, the fields below stand for them.
    #[serde(skip)]
    pub claim: ClaimInfo,
    /// Identifier.
    pub id: String,
    /// Label of the subject; `None` for an unknown agent.
    pub subject: Option<EntityInfo>,
    /// Relation name.
    pub relation: String,
    /// Relation label in French.
    pub label_fr: String,
    /// Relation label in English.
    pub label_en: String,
    /// Label of the object, or the literal as it is to be read; `None` where the relation has no object.
    pub object: Option<String>,
    /// The object, where it is an entity.
    pub object_entity: Option<EntityInfo>,
    /// Status.
    pub status: Status,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeInfo>,
    /// How many, in the words of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// With what it is done, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// Confidence of the extraction.
    pub confidence: f64,
    /// Name of the source: `None` for the article itself.
    pub said_by: Option<String>,
    /// Labels of the places.
    pub places: Vec<String>,
    /// The document.
    pub document: DocumentInfo,
    /// The sentence with the words to highlight.
    pub sentence: Highlighted,
    /// Claims that say the same in this or other documents, by identifier.
    pub same: Vec<String>,
    /// Claims that say why this is so.
    pub because: Vec<Link>,
    /// Claims that say what this is done for.
    pub purpose: Vec<Link>,
}

/// A claim that another one names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Identifier.
    pub id: String,
    /// What it says, with the French label of its relation: `Sarvie a envoyé trente pompiers`.
    pub says: String,
}

/// A sentence and the words in it that matter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Highlighted {
    /// The sentence; its offsets are of the document.
    pub sentence: Words,
    /// Code points relative to the start of the sentence, sorted, with their role: `subject`,
    /// `trigger`, `object`.
    pub marks: Vec<(u32, u32, &'static str)>,
}

impl Graph {
    /// The card of what `name` stands for: a claim identifier or IRI, an entity identifier, IRI,
    /// label or alias; case and diacritics do not matter.
    ///
    /// # Errors
    /// [`GraphError::NotFound`], with what looks like it.
    pub fn show(&self, name: &str) -> Result<Card, GraphError> {
        let claims = self.claims();
        let bare = name.trim().trim_start_matches('<').trim_end_matches('>');
        let bare = bare.strip_prefix("claim:").unwrap_or(bare);
        if let Some(i) = claims.claims.iter().position(|c| c.id == bare || c.iri == bare) {
            return Ok(Card::Claim(Box::new(claim_card(&claims, i, &same(&claims)))));
        }
        let entity = claims.find_entity(name)?;
        let mut card = self.entity_card(&claims, entity);
        card.namesakes = claims.namesakes(name, entity).iter().map(|&i| claims.entities[i].id.clone()).collect();
        Ok(Card::Entity(Box::new(card)))
    }

    fn entity_card(&self, claims: &Claims, entity: usize) -> EntityCard {
        let same = same(claims);
        let mut groups: BTreeMap<(&'static str, &str), Vec<usize>> = BTreeMap::new();
        for (i, c) in claims.claims.iter().enumerate() {
            let mut add = |role| groups.entry((role, c.relation.as_str())).or_default().push(i);
            if c.subject == Agent::Entity(entity) {
                add("subject");
            }
            if c.object == Value::Entity(entity) {
                add("object");
            }
            if c.said_by == Source::Entity(entity) {
                add("source");
            }
            if c.places.contains(&entity) && c.object != Value::Entity(entity) {
                add("place");
            }
        }
        let mut groups: Vec<RelationGroup> = groups
            .into_iter()
            .map(|((role, relation), mut of)| {
                of.sort_by_key(|&i| (date(&claims.claims[i]), i));
                RelationGroup {
                    relation: relation.to_owned(),
                    label_fr: claims.relation_label(relation, Lang::Fr).to_owned(),
                    label_en: claims.relation_label(relation, Lang::En).to_owned(),
                    role,
                    claims: of.into_iter().map(|i| claim_card(claims, i, &same)).collect(),
                }
            })
            .collect();
        let rank = |role: &str| ["subject", "object", "source", "place"].iter().position(|r| *r == role);
        groups.sort_by_key(|g| (rank(g.role), Reverse(g.claims.len()), g.relation.clone()));
        let info = claims.entities[entity].clone();
        let (mentions, documents) = self.mentions(claims, &info);
        EntityCard { entity: info, mentions, documents, groups, namesakes: Vec::new() }
    }

    fn mentions(&self, claims: &Claims, entity: &EntityInfo) -> (usize, Vec<DocumentInfo>) {
        let (p, o) = (kg("refersTo"), NamedNode::new_unchecked(&entity.iri));
        let mut n = 0;
        let mut graphs = BTreeSet::new();
        for q in self.quads.quads_for_pattern(None, Some(p.as_ref()), Some(o.as_ref().into()), None) {
            n += 1;
            if let GraphName::NamedNode(g) = q.graph_name {
                graphs.insert(g.into_string());
            }
        }
        let mut documents: Vec<DocumentInfo> =
            claims.documents.iter().filter(|d| graphs.contains(&d.iri)).cloned().collect();
        documents.sort_by(|a, b| (a.issued, &a.iri).cmp(&(b.issued, &b.iri)));
        (n, documents)
    }
}

/// Day of a claim: its own, else its article's.
fn date(c: &ClaimInfo) -> Option<temoin_model::Date> {
    c.time.as_ref().and_then(|t| t.start.or(t.end)).or(c.reported_on)
}

/// Claims by what they say.
type Same<'a> = BTreeMap<(Agent, &'a str, &'a Value), Vec<usize>>;

fn same(claims: &Claims) -> Same<'_> {
    let mut out: Same<'_> = BTreeMap::new();
    for (i, c) in claims.claims.iter().enumerate() {
        out.entry((c.subject, c.relation.as_str(), &c.object)).or_default().push(i);
    }
    out
}

fn claim_card(claims: &Claims, i: usize, same: &Same<'_>) -> ClaimCard {
    let c = &claims.claims[i];
    let label = |e: usize| claims.entities[e].label.clone();
    let (object, object_entity) = match &c.object {
        Value::Entity(e) => (Some(label(*e)), Some(claims.entities[*e].clone())),
        Value::Literal(l) => (c.has_object().then(|| l.clone()), None),
    };
    // Two unknown agents are not one.
    let others = match c.subject {
        Agent::Unknown => &[][..],
        Agent::Entity(_) => same.get(&(c.subject, c.relation.as_str(), &c.object)).map_or(&[][..], Vec::as_slice),
    };
    ClaimCard {
        id: c.id.clone(),
        subject: match c.subject {
            Agent::Entity(e) => Some(claims.entities[e].clone()),
            Agent::Unknown => None,
        },
        relation: c.relation.clone(),
        label_fr: claims.relation_label(&c.relation, Lang::Fr).to_owned(),
        label_en: claims.relation_label(&c.relation, Lang::En).to_owned(),
        object,
        object_entity,
        status: c.status,
        time: c.time.clone(),
        count: c.count.clone(),
        means: c.means.clone(),
        confidence: c.confidence,
        said_by: match c.said_by {
            Source::Author => None,
            Source::Unnamed => Some("?".into()),
            Source::Entity(e) => Some(label(e)),
        },
        places: c.places.iter().map(|&p| label(p)).collect(),
        document: claims.documents[c.document].clone(),
        sentence: highlight(c),
        same: others.iter().filter(|&&j| j != i).map(|&j| claims.claims[j].id.clone()).collect(),
        because: links(claims, &c.because),
        purpose: links(claims, &c.purpose),
        claim: c.clone(),
    }
}

/// The claims with these IRIs, which are sorted as the claims are.
fn links(claims: &Claims, iris: &[String]) -> Vec<Link> {
    let found = |iri: &String| claims.claims.binary_search_by(|c| c.iri.cmp(iri)).ok().map(|i| &claims.claims[i]);
    let link = |c: &ClaimInfo| {
        let relation = claims.relation_label(&c.relation, Lang::Fr);
        Link { id: c.id.clone(), says: c.says(relation, |e| &claims.entities[e].label) }
    };
    iris.iter().filter_map(found).map(link).collect()
}

fn highlight(c: &ClaimInfo) -> Highlighted {
    let sentence = c
        .evidence
        .iter()
        .find(|s| s.begin <= c.trigger.begin && c.trigger.end <= s.end)
        .or_else(|| c.evidence.first())
        .cloned()
        .unwrap_or_default();
    let mut marks = Vec::new();
    let parts =
        [(c.subject_mention.as_ref(), "subject"), (Some(&c.trigger), "trigger"), (c.object_mention.as_ref(), "object")];
    for (words, role) in parts {
        if let Some(w) = words.filter(|w| sentence.begin <= w.begin && w.end <= sentence.end) {
            marks.push((w.begin - sentence.begin, w.end - sentence.begin, role));
        }
    }
    marks.sort_unstable();
    Highlighted { sentence, marks }
}
