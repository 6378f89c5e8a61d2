//! What identity and comparison need of each article, read off its quads.

use crate::iri::{Iris, KG, WD, decode, relation, relation_name};
use crate::minhash::Signature;
use crate::quads::vocab;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::{Date, EntityType, Status};

/// One article in short.
#[derive(Clone, Debug, Default)]
pub(crate) struct Article {
    /// Identifier of the document.
    pub id: String,
    /// Publication date.
    pub issued: Option<Date>,
    /// Entities of the article, sorted by identifier.
    pub entities: Vec<Occurrence>,
    /// Claims.
    pub claims: Vec<Brief>,
    /// The text, to find copies.
    pub signature: Signature,
}

/// An entity as one article has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occurrence {
    /// Identifier, as in the segment.
    pub id: String,
    /// Type; none where the segment does not say it.
    pub kind: Option<EntityType>,
    /// Whether it has a proper name.
    pub named: bool,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// Identifier of the country or region around it.
    pub within: Option<String>,
    /// Labels and aliases.
    pub labels: BTreeSet<String>,
    /// Names as the article writes them.
    pub written: BTreeSet<String>,
    /// Words for what it is: offices, descriptions.
    pub roles: BTreeSet<String>,
    /// Entities in the same claims, as indices into [`Article::entities`].
    pub partners: BTreeSet<usize>,
    /// What a person leads, works for or belongs to, as indices into [`Article::entities`].
    pub posts: BTreeSet<usize>,
}

impl Occurrence {
    /// Whether the gazetteer or a file of the user's own knows it: identifiers of other names end in
    /// a hash.
    pub(crate) fn known(&self) -> bool {
        let hash = self.id.rsplit('-').next().unwrap_or_default();
        self.wikidata.is_some() || !(hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
    }
}

/// Second argument of a claim in short.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Thing {
    /// An index into [`Article::entities`].
    Entity(usize),
    /// A number or words.
    Words(String),
}

/// One claim in short.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    /// IRI.
    pub iri: String,
    /// First argument, as an index into [`Article::entities`].
    pub subject: Option<usize>,
    /// Relation.
    pub relation: String,
    /// Second argument.
    pub object: Thing,
    /// Status.
    pub status: Status,
    /// Places.
    pub places: Vec<usize>,
    /// First and last day.
    pub days: (Option<Date>, Option<Date>),
    /// Least and greatest number, and the unit.
    pub number: Option<(f64, f64, String)>,
    /// Event, by IRI.
    pub event: Option<String>,
}

/// A quad: graph, subject, predicate, object.
type Row<'a> = (&'a str, &'a str, &'a str, &'a Term);
/// The quads of one subject in one graph.
type Node<'a> = [Row<'a>];
/// The subjects of one graph, sorted.
type Nodes<'a> = Vec<(&'a str, &'a Node<'a>)>;

/// The articles of a segment, as a rule one.
pub(crate) fn articles(iris: &Iris, quads: &[Quad]) -> Vec<Article> {
    let mut rows: Vec<Row<'_>> = Vec::with_capacity(quads.len());
    for q in quads {
        let (GraphName::NamedNode(g), NamedOrBlankNode::NamedNode(s)) = (&q.graph_name, &q.subject) else { continue };
        rows.push((g.as_str(), s.as_str(), q.predicate.as_str(), &q.object));
    }
    // As a rule they are sorted already.
    rows.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let subjects = |of| <[Row<'_>]>::chunk_by(of, |a, b| a.1 == b.1).map(|n| (n[0].1, n)).collect();
    let graphs: Vec<(&str, Nodes<'_>)> = rows.chunk_by(|a, b| a.0 == b.0).map(|of| (of[0].0, subjects(of))).collect();
    let entities = iris.graph("entities");
    let none = Vec::new();
    let entities = graphs.iter().find(|(g, _)| *g == entities.as_str()).map_or(&none, |(_, n)| n);
    let own = format!("{}id/doc/", iris.base());
    let documents = graphs.iter().filter_map(|(g, nodes)| Some((g.strip_prefix(&own)?, node(nodes, g)?, nodes)));
    documents.map(|(id, document, nodes)| Reader::new(iris, entities, nodes).article(&decode(id), document)).collect()
}

fn node<'a>(nodes: &Nodes<'a>, subject: &str) -> Option<&'a Node<'a>> {
    nodes.binary_search_by_key(&subject, |(s, _)| s).ok().map(|i| nodes[i].1)
}

struct Reader<'a> {
    nodes: &'a Nodes<'a>,
    out: Vec<Occurrence>,
    at: BTreeMap<&'a str, usize>,
}

fn kg<'a>(node: &'a Node<'a>, name: &'a str) -> impl Iterator<Item = &'a Term> {
    node.iter().filter(move |r| r.2.strip_prefix(KG) == Some(name)).map(|r| r.3)
}

fn of<'a>(node: &'a Node<'a>, p: &'a NamedNode) -> impl Iterator<Item = &'a Term> {
    node.iter().filter(move |r| r.2 == p.as_str()).map(|r| r.3)
}

fn text(t: &Term) -> Option<&str> {
    match t {
        Term::Literal(l) => Some(l.value()),
        _ => None,
    }
}

fn iri(t: &Term) -> Option<&str> {
    match t {
        Term::NamedNode(n) => Some(n.as_str()),
        _ => None,
    }
}

fn term<'a>(node: &'a Node<'a>, name: &'a str) -> Option<&'a str> {
    kg(node, name).find_map(iri).and_then(|i| i.strip_prefix(KG))
}

impl<'a> Reader<'a> {
    fn new(iris: &Iris, entities: &'a Nodes<'a>, nodes: &'a Nodes<'a>) -> Self {
        let base = format!("{}id/ent/", iris.base());
        let (mut out, mut at) = (Vec::new(), BTreeMap::new());
        // A segment of several articles shares its entities; those of other articles have no mention.
        for (s, n) in entities {
            let Some(id) = s.strip_prefix(&base) else { continue };
            at.insert(*s, out.len());
            out.push(occurrence(decode(id), &base, n));
        }
        Reader { nodes, out, at }
    }

    fn entity(&self, t: &Term) -> Option<usize> {
        self.at.get(iri(t)?).copied()
    }

    fn article(mut self, id: &str, document: &Node<'_>) -> Article {
        let issued = vocab::issued();
        let mut article = Article {
            id: id.to_owned(),
            issued: of(document, &issued).find_map(text).and_then(|d| d.parse().ok()),
            signature: Signature::new(kg(document, "text").find_map(text).unwrap_or_default()),
            ..Article::default()
        };
        for (node, n) in self.nodes {
            if let Some(e) = kg(n, "refersTo").find_map(|t| self.entity(t)) {
                if matches!(term(n, "mentionKind"), Some("Name" | "Acronym")) {
                    self.out[e].written.extend(kg(n, "text").filter_map(text).map(str::to_owned));
                }
            } else if let Some(claim) = self.claim(node, n) {
                article.claims.push(claim);
            }
        }
        let claims = std::mem::take(&mut article.claims);
        claims.iter().for_each(|c| self.context(c));
        Article { entities: self.out, claims, ..article }
    }

    fn claim(&self, node: &str, n: &Node<'_>) -> Option<Brief> {
        let (p, o, s) = (vocab::predicate(), vocab::object(), vocab::subject());
        let relation = of(n, &p).find_map(iri).and_then(relation_name)?;
        let object = of(n, &o).next()?;
        let number = |name| kg(n, name).find_map(text).and_then(|t| t.parse::<f64>().ok());
        let value = number("value");
        // « Environ 2 000 » and 2 050 may both be right.
        let slack = if term(n, "precision") == Some("About") { ABOUT } else { 0.0 };
        let least = number("valueMin").or(value.map(|v| v - v.abs() * slack));
        let greatest = match term(n, "precision") {
            Some("AtLeast") => number("valueMax"),
            _ => number("valueMax").or(value.map(|v| v + v.abs() * slack)),
        };
        let least = if term(n, "precision") == Some("AtMost") { number("valueMin") } else { least };
        let bounds = (least, greatest);
        let unit = kg(n, "unit").find_map(iri).map(crate::iri::unit_name).unwrap_or_default();
        let day = |name| kg(n, name).find_map(text).and_then(|d| d.parse().ok());
        Some(Brief {
            iri: node.to_owned(),
            subject: of(n, &s).find_map(|t| self.entity(t)),
            relation,
            object: match self.entity(object) {
                Some(e) => Thing::Entity(e),
                None => Thing::Words(text(object).or(iri(object)).unwrap_or_default().to_owned()),
            },
            status: crate::records::status(term(n, "status")),
            places: kg(n, "place").filter_map(|t| self.entity(t)).collect(),
            days: (day("timeStart"), day("timeEnd")),
            number: match bounds {
                (None, None) => None,
                (a, b) => Some((a.unwrap_or(f64::NEG_INFINITY), b.unwrap_or(f64::INFINITY), unit)),
            },
            event: kg(n, "event").find_map(iri).map(str::to_owned),
        })
    }

    /// What a claim tells of its participants.
    fn context(&mut self, c: &Brief) {
        let object = match &c.object {
            Thing::Entity(e) => Some(*e),
            Thing::Words(words) => {
                if let Some(s) = c.subject.filter(|_| DESCRIBES.contains(&c.relation.as_str())) {
                    self.out[s].roles.insert(words.clone());
                }
                None
            }
        };
        if let (Some(s), Some(o)) = (c.subject, object)
            && POSTS.contains(&c.relation.as_str())
        {
            self.out[s].posts.insert(o);
        }
        let all: BTreeSet<usize> = c.subject.into_iter().chain(object).chain(c.places.iter().copied()).collect();
        for &e in &all {
            self.out[e].partners.extend(all.iter().filter(|o| **o != e));
        }
    }
}

/// How far a number may lie from one that is said to be about it.
const ABOUT: f64 = 0.1;

/// Relations whose words say what somebody is.
const DESCRIBES: [&str; 3] = ["holdsPosition", "open:être", "open:be"];

/// Relations of a person to what gives it a post.
const POSTS: [&str; 5] = ["leads", "employedBy", "memberOf", "headOfStateOf", "headOfGovernmentOf"];

fn occurrence(id: String, base: &str, n: &Node<'_>) -> Occurrence {
    let (label, alias, same) = (vocab::label(), vocab::alt_label(), vocab::same_as());
    let (type_, located) = (vocab::type_(), relation("locatedIn"));
    let classes: Vec<&str> = of(n, &type_).filter_map(iri).filter_map(|c| c.strip_prefix(KG)).collect();
    Occurrence {
        id,
        kind: EntityType::ALL.into_iter().find(|k| classes.contains(&k.name())),
        named: kg(n, "named").find_map(text).is_none_or(|b| b == "true"),
        wikidata: of(n, &same).filter_map(iri).find_map(|s| s.strip_prefix(WD)).map(str::to_owned),
        within: of(n, &located).filter_map(iri).find_map(|p| p.strip_prefix(base)).map(decode),
        labels: of(n, &label).chain(of(n, &alias)).filter_map(text).map(str::to_owned).collect(),
        ..Occurrence::default()
    }
}
