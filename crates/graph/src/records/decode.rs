//! Reading entities, documents and claims back from the graph.

use super::{
    Agent, ClaimInfo, Claims, DocumentInfo, EntityInfo, QuantityInfo, RelationLabel, Source, TimeInfo, Value, Words,
};
use crate::graph::Graph;
use crate::iri::{KG, REL, WD, decode, kg, relation_name};
use crate::quads::vocab;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::{Certainty, Date, EntityType, Polarity, Status, Tense};

impl Graph {
    /// Everything that the graph says, decoded.
    pub fn claims(&self) -> Claims {
        Reader { graph: self }.all()
    }
}

struct Reader<'a> {
    graph: &'a Graph,
}

/// The properties of one thing.
struct Node(Vec<(String, Term)>);

impl Node {
    fn all<'a>(&'a self, p: &'a NamedNode) -> impl Iterator<Item = &'a Term> {
        self.0.iter().filter(move |(q, _)| q == p.as_str()).map(|(_, o)| o)
    }

    fn iri(&self, p: &NamedNode) -> Option<String> {
        self.all(p).find_map(|t| match t {
            Term::NamedNode(n) => Some(n.as_str().to_owned()),
            _ => None,
        })
    }

    /// Smallest literal, so that a graph written by others reads the same in every run.
    fn text(&self, p: &NamedNode) -> Option<String> {
        self.all(p)
            .filter_map(|t| match t {
                Term::Literal(l) => Some(l.value().to_owned()),
                _ => None,
            })
            .min()
    }

    fn term(&self, p: &NamedNode) -> Option<String> {
        self.iri(p).and_then(|i| i.strip_prefix(KG).map(decode))
    }

    fn terms(&self, p: &NamedNode) -> Vec<String> {
        let mut all: Vec<String> = self
            .all(p)
            .filter_map(|t| match t {
                Term::NamedNode(n) => n.as_str().strip_prefix(KG).map(decode),
                _ => None,
            })
            .collect();
        all.sort();
        all
    }

    fn iris(&self, p: &NamedNode) -> Vec<String> {
        let mut all: Vec<String> = self
            .all(p)
            .filter_map(|t| match t {
                Term::NamedNode(n) => Some(n.as_str().to_owned()),
                _ => None,
            })
            .collect();
        all.sort();
        all
    }

    fn number(&self, p: &NamedNode) -> Option<u32> {
        self.text(p).and_then(|t| t.parse().ok())
    }

    fn date(&self, p: &NamedNode) -> Option<Date> {
        self.text(p).and_then(|t| t.parse().ok())
    }
}

impl Reader<'_> {
    fn all(&self) -> Claims {
        let entities = self.entities();
        let mut documents = self.documents();
        let contested = self.contested();
        let entity_at: BTreeMap<&str, usize> = entities.iter().enumerate().map(|(i, e)| (e.iri.as_str(), i)).collect();
        let copies = &self.graph.comparison.copies;
        let ids: BTreeMap<String, usize> = documents.iter().enumerate().map(|(i, d)| (d.id.clone(), i)).collect();
        documents.iter_mut().for_each(|d| d.copy_of = copies.get(&d.id).and_then(|o| ids.get(o)).copied());
        let document_at: BTreeMap<&str, usize> =
            documents.iter().enumerate().map(|(i, d)| (d.iri.as_str(), i)).collect();
        let mut nodes = self.of_type("Claim");
        nodes.extend(self.of_type("AgentlessClaim"));
        nodes.sort();
        let mut claims = Vec::with_capacity(nodes.len());
        for iri in nodes {
            if let Some(mut c) = self.claim(&iri, &entity_at, &document_at) {
                c.contested = contested.contains(iri.as_str());
                claims.push(c);
            }
        }
        Claims { relations: self.relations(), entities, documents, claims }
    }

    /// Claims, by IRI, of happenings that articles tell differently.
    fn contested(&self) -> BTreeSet<&str> {
        let differ = self.graph.comparison.happenings.iter().filter(|h| h.disputed || h.numbers_differ);
        differ.flat_map(|h| &h.told).map(|t| t.claim.as_str()).collect()
    }

    fn node(&self, iri: &str) -> Node {
        let s = NamedNode::new_unchecked(iri);
        let mut out = Vec::new();
        for q in self.graph.quads.quads_for_pattern(Some(s.as_ref().into()), None, None, None) {
            out.push((q.predicate.into_string(), q.object));
        }
        Node(out)
    }

    fn of_type(&self, class: &str) -> Vec<String> {
        let (p, o) = (vocab::type_(), kg(class));
        let mut out = Vec::new();
        for q in self.graph.quads.quads_for_pattern(None, Some(p.as_ref()), Some(o.as_ref().into()), None) {
            if let NamedOrBlankNode::NamedNode(n) = q.subject {
                out.push(n.into_string());
            }
        }
        out.sort();
        out.dedup();
        out
    }

    fn entities(&self) -> Vec<EntityInfo> {
        let graph = self.graph.iris.graph("entities");
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        for q in self.graph.quads.quads_for_pattern(None, None, None, Some(graph.as_ref().into())) {
            if let NamedOrBlankNode::NamedNode(n) = q.subject {
                let node = nodes.entry(n.into_string()).or_insert_with(|| Node(Vec::new()));
                node.0.push((q.predicate.into_string(), q.object));
            }
        }
        let located = crate::iri::relation("locatedIn");
        let base = format!("{}id/ent/", self.graph.iris.base());
        let id = |iri: &str| decode(iri.strip_prefix(&base).unwrap_or(iri));
        let mut out = Vec::with_capacity(nodes.len());
        for (iri, n) in nodes {
            let class = n.terms(&vocab::type_());
            let Some(kind) = EntityType::ALL.into_iter().find(|k| class.iter().any(|c| c == k.name())) else {
                continue;
            };
            let mut aliases: Vec<String> = n
                .all(&vocab::alt_label())
                .filter_map(|t| match t {
                    Term::Literal(l) => Some(l.value().to_owned()),
                    _ => None,
                })
                .collect();
            let labels = labels(&n);
            let label = labels.get("fr").or(labels.values().next()).cloned().unwrap_or_else(|| id(&iri));
            // What it is called in other languages names it too.
            aliases.extend(labels.values().filter(|l| **l != label).cloned());
            aliases.sort();
            aliases.dedup();
            let mut places = n.iris(&located);
            let here = NamedNode::new_unchecked(&iri);
            // An article may assert it, and the plain edge is then the only one.
            for q in self.graph.quads.quads_for_pattern(Some(here.as_ref().into()), Some(located.as_ref()), None, None)
            {
                if let Term::NamedNode(o) = q.object {
                    places.push(o.into_string());
                }
            }
            places.sort();
            places.dedup();
            let sames = n.iris(&vocab::same_as());
            let degrees = |p: &NamedNode| n.text(p).and_then(|t| t.parse::<f64>().ok());
            out.push(EntityInfo {
                coordinates: degrees(&vocab::latitude()).zip(degrees(&vocab::longitude())),
                label,
                labels,
                id: id(&iri),
                kind,
                aliases,
                wikidata: sames.iter().find_map(|s| s.strip_prefix(WD)).map(str::to_owned),
                located_in: places.iter().map(|p| id(p)).collect(),
                named: n.text(&kg("named")).is_none_or(|b| b == "true"),
                iri,
            });
        }
        out
    }

    fn documents(&self) -> Vec<DocumentInfo> {
        let base = format!("{}id/doc/", self.graph.iris.base());
        let mut out = Vec::new();
        for iri in self.of_type("Document") {
            let n = self.node(&iri);
            out.push(DocumentInfo {
                id: decode(iri.strip_prefix(&base).unwrap_or(&iri)),
                title: n.text(&vocab::title()),
                source: n.text(&kg("sourceName")).unwrap_or_default(),
                outlet: n.text(&kg("outlet")),
                url: n.iri(&vocab::source()).or_else(|| n.text(&kg("url"))),
                issued: n.date(&vocab::issued()),
                copy_of: None,
                lang: n.text(&vocab::language()).unwrap_or_default(),
                iri,
            });
        }
        out
    }

    fn relations(&self) -> Vec<RelationLabel> {
        let graph = self.graph.iris.graph("ontology");
        let p = vocab::label();
        let mut out: BTreeMap<String, RelationLabel> = BTreeMap::new();
        for q in self.graph.quads.quads_for_pattern(None, Some(p.as_ref()), None, Some(graph.as_ref().into())) {
            let (NamedOrBlankNode::NamedNode(s), Term::Literal(l)) = (q.subject, q.object) else { continue };
            let Some(name) = s.as_str().starts_with(REL).then(|| relation_name(s.as_str())).flatten() else { continue };
            let entry = out.entry(name.clone()).or_insert_with(|| RelationLabel { name, ..Default::default() });
            match l.language() {
                Some("en") => entry.en = l.value().to_owned(),
                _ => entry.fr = l.value().to_owned(),
            }
        }
        out.into_values().collect()
    }

    fn words(&self, iri: &str) -> Option<Words> {
        let n = self.node(iri);
        let (begin, end) = (n.number(&kg("begin")), n.number(&kg("end")));
        begin.zip(end).map(|(begin, end)| Words { begin, end, text: n.text(&kg("text")).unwrap_or_default() })
    }

    fn mention(&self, n: &Node, property: &str) -> Option<Words> {
        n.iri(&kg(property)).and_then(|iri| self.words(&iri))
    }

    /// Nothing for a claim without relation, object or document: a foreign graph.
    fn claim(
        &self,
        iri: &str,
        entities: &BTreeMap<&str, usize>,
        documents: &BTreeMap<&str, usize>,
    ) -> Option<ClaimInfo> {
        let n = self.node(iri);
        let entity = |i: String| entities.get(i.as_str()).copied();
        let base = format!("{}id/claim/", self.graph.iris.base());
        let property = vocab::object();
        let (Some(relation), Some(object), Some(document)) = (
            n.iri(&vocab::predicate()).and_then(|p| relation_name(&p)),
            n.all(&property).next(),
            n.iri(&kg("document")).and_then(|d| documents.get(d.as_str()).copied()),
        ) else {
            return None;
        };
        let count = n.text(&kg("valueText"));
        let (object, is_quantity) = match object {
            Term::NamedNode(o) => match entity(o.as_str().to_owned()) {
                Some(e) => (Value::Entity(e), false),
                None => (Value::Literal(self.graph.iris.shorten(o.as_str())), false),
            },
            Term::Literal(l) => {
                (Value::Literal(count.clone().unwrap_or_else(|| l.value().to_owned())), count.is_some())
            }
            other => (Value::Literal(other.to_string()), false),
        };
        let mut evidence = Vec::new();
        for s in n.iris(&kg("evidence")) {
            evidence.extend(self.words(&s));
        }
        evidence.sort();
        let time = n.text(&kg("edtf")).map(|edtf| TimeInfo {
            edtf,
            start: n.date(&kg("timeStart")),
            end: n.date(&kg("timeEnd")),
            text: n.text(&kg("timeText")).unwrap_or_default(),
            basis: n.term(&kg("timeBasis")).map(|b| b.trim_start_matches("Basis").to_lowercase()).unwrap_or_default(),
        });
        Some(ClaimInfo {
            id: decode(iri.strip_prefix(&base).unwrap_or(iri)),
            iri: iri.to_owned(),
            subject: n.iri(&vocab::subject()).and_then(entity).map_or(Agent::Unknown, Agent::Entity),
            relation,
            object,
            status: status(n.term(&kg("status")).as_deref()),
            certainty: certainty(n.term(&kg("certainty")).as_deref()),
            polarity: match n.term(&kg("polarity")).as_deref() {
                Some("Negative") => Polarity::Negative,
                _ => Polarity::Positive,
            },
            tense: match n.term(&kg("tense")).as_deref() {
                Some("Past") => Tense::Past,
                Some("Present") => Tense::Present,
                Some("Future") => Tense::Future,
                _ => Tense::None,
            },
            said_by: match n.iri(&kg("saidBy")) {
                Some(i) if i == kg("UnnamedSource").as_str() => Source::Unnamed,
                Some(i) => entity(i).map_or(Source::Author, Source::Entity),
                None => Source::Author,
            },
            said_via: n.iri(&kg("saidVia")).and_then(entity),
            markers: n.terms(&kg("marker")),
            places: n.iris(&kg("place")).into_iter().filter_map(entity).collect(),
            time,
            count_value: (!is_quantity).then(|| n.text(&kg("value"))).flatten(),
            count: if is_quantity { None } else { count },
            unit: n.iri(&kg("unit")).map(|u| crate::iri::unit_name(&u)),
            quantity: quantity(&n),
            means: n.text(&kg("means")),
            embedded_in: n.iri(&kg("embeddedIn")),
            because: n.iris(&kg("because")),
            purpose: n.iris(&kg("purpose")),
            event: n.iri(&kg("event")),
            document,
            reported_on: n.date(&kg("reportedOn")),
            evidence,
            trigger: Words {
                begin: n.number(&kg("begin")).unwrap_or_default(),
                end: n.number(&kg("end")).unwrap_or_default(),
                text: n.text(&kg("triggerText")).unwrap_or_default(),
            },
            subject_mention: self.mention(&n, "subjectMention"),
            object_mention: self.mention(&n, "objectMention"),
            contested: false,
            confidence: n.text(&kg("confidence")).and_then(|c| c.parse().ok()).unwrap_or_default(),
            rule: n.text(&kg("rule")).unwrap_or_default(),
        })
    }
}

/// The labels by language tag; of several in one language the smallest, so that a graph written by
/// others reads the same in every run.
fn labels(n: &Node) -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    for t in n.all(&vocab::label()) {
        let Term::Literal(l) = t else { continue };
        let label = out.entry(l.language().unwrap_or_default().to_owned()).or_insert_with(|| l.value().to_owned());
        if l.value() < label.as_str() {
            l.value().clone_into(label);
        }
    }
    out
}

fn quantity(n: &Node) -> Option<QuantityInfo> {
    let number = |p: &str| n.text(&kg(p)).and_then(|t| t.parse().ok());
    n.text(&kg("valueText")).map(|text| QuantityInfo {
        value: number("value"),
        min: number("valueMin"),
        max: number("valueMax"),
        precision: n.term(&kg("precision")).unwrap_or_default(),
        unit: n.iri(&kg("unit")).map(|u| crate::iri::unit_name(&u)),
        text,
    })
}

pub(crate) fn status(name: Option<&str>) -> Status {
    match name {
        Some("Asserted") => Status::Asserted,
        Some("Hedged") => Status::Hedged,
        Some("Planned") => Status::Planned,
        Some("Hypothetical") => Status::Hypothetical,
        Some("Denied") => Status::Denied,
        _ => Status::Reported,
    }
}

fn certainty(name: Option<&str>) -> Certainty {
    match name {
        Some("Certain") => Certainty::Certain,
        Some("Probable") => Certainty::Probable,
        Some("Possible") => Certainty::Possible,
        _ => Certainty::Unknown,
    }
}
