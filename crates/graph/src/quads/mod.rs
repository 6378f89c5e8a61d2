//! A document and its extraction as quads.
//!
//! | graph | holds |
//! |---|---|
//! | the document's IRI | the document with its text, evidence sentences, mentions, claims, events |
//! | `g:entities` | labels, aliases, types, Wikidata, `rel:locatedIn` of the gazetteer |
//! | `g:facts` | the plain edge of every asserted claim whose agent is known |
//! | `g:ontology` | labels of open relations |
//!
//! A claim whose agent the text leaves out (« deux hommes ont été arrêtés ») is a `kg:AgentlessClaim`
//! with `kg:agent kg:UnknownAgent` and no `rdf:subject`: it is no edge between two things, so it
//! has no plain edge in `g:facts`, and the rule « plain edges are exactly the asserted claims with
//! subject, predicate and object » holds as it stands.

mod claim;
mod terms;

pub(crate) use terms::vocab;

use crate::iri::{Iris, WD, kg, relation};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use std::collections::BTreeMap;
use temoin_model::{Char, Document, Entity, EntityIx, Extraction, Label, MentionKind, Span, Status, Subject, id};
use terms::{degrees, integer, tagged};

/// All quads of one document, sorted and without repeats: its own graph, and what it adds to
/// `g:entities`, `g:facts` and `g:ontology` (labels of open relations).
pub fn of_document(iris: &Iris, doc: &Document, extraction: &Extraction) -> Vec<Quad> {
    let mut q = Quads {
        iris,
        doc,
        extraction,
        node: iris.document(&doc.id),
        graph: iris.document(&doc.id).into(),
        out: Vec::new(),
    };
    q.document();
    let asides = asides(extraction);
    q.mentions(&asides);
    for c in &extraction.claims {
        q.claim(c);
    }
    q.sentences();
    for (ix, e) in (0..).map(EntityIx).zip(&extraction.entities).filter(|(ix, _)| !asides[ix.0 as usize]) {
        q.entity(e, extraction.labels(ix));
    }
    q.facts();
    q.open_relations();
    sort(&mut q.out);
    q.out
}

/// Which entities only pronouns mention (« nous », « vous » of nobody in particular): no claim is made
/// of them, and they are nothing to look up.
fn asides(extraction: &Extraction) -> Vec<bool> {
    let mut out = vec![false; extraction.entities.len()];
    for m in &extraction.mentions {
        out[m.entity.0 as usize] = !extraction.entity(m.entity).named;
    }
    for m in extraction.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun) {
        out[m.entity.0 as usize] = false;
    }
    out
}

/// Sorts quads by graph, subject, predicate and object, and drops repeats.
pub(crate) fn sort(quads: &mut Vec<Quad>) {
    quads.sort_by_cached_key(sort_key);
    quads.dedup();
}

/// The order of quads in segments and exports.
pub(crate) fn sort_key(q: &Quad) -> (String, String) {
    (q.graph_name.to_string(), format!("{} {} {}", q.subject, q.predicate, q.object))
}

/// Status as the graph states it: what is negated is denied, so that no plain edge affirms it.
pub(crate) fn effective_status(c: &temoin_model::Claim) -> Status {
    match (c.status, c.polarity) {
        (Status::Asserted, temoin_model::Polarity::Negative) => Status::Denied,
        (s, _) => s,
    }
}

/// Longest title taken from the first line of a text, in code points.
const TITLE_CHARS: usize = 120;

struct Quads<'a> {
    iris: &'a Iris,
    doc: &'a Document,
    extraction: &'a Extraction,
    /// The document.
    node: NamedNode,
    /// Its graph.
    graph: GraphName,
    out: Vec<Quad>,
}

impl Quads<'_> {
    /// A triple of the document's graph.
    fn add(&mut self, s: &NamedNode, p: NamedNode, o: impl Into<Term>) {
        self.out.push(Quad::new(s.clone(), p, o, self.graph.clone()));
    }

    fn shared(&mut self, graph: &str, s: &NamedNode, p: NamedNode, o: impl Into<Term>) {
        self.out.push(Quad::new(s.clone(), p, o, self.iris.graph(graph)));
    }

    fn text(&self, s: &str) -> Literal {
        tagged(s, self.doc.meta.lang)
    }

    fn document(&mut self) {
        let (doc, node) = (self.doc, self.node.clone());
        self.add(&node, vocab::type_(), kg("Document"));
        let title = match &doc.meta.title {
            Some(t) if !t.trim().is_empty() => t.trim().to_owned(),
            _ => first_line(doc.text()).unwrap_or_else(|| doc.meta.name.clone()),
        };
        self.add(&node, vocab::title(), self.text(&title));
        if let Some(d) = doc.meta.published {
            self.add(&node, vocab::issued(), terms::date(d));
        }
        self.add(&node, vocab::language(), Literal::from(doc.meta.lang.tag()));
        self.add(&node, kg("sourceName"), Literal::from(doc.meta.name.as_str()));
        if let Some(o) = doc.meta.outlet.as_deref().filter(|o| !o.trim().is_empty()) {
            self.add(&node, kg("outlet"), Literal::from(o.trim()));
        }
        if let Some(u) = doc.meta.url.as_deref().filter(|u| !u.is_empty()) {
            match NamedNode::new(u) {
                Ok(iri) => self.add(&node, vocab::source(), iri),
                Err(_) => self.add(&node, kg("url"), Literal::from(u)),
            }
        }
        self.add(&node, kg("text"), self.text(doc.text()));
        self.add(&node, kg("textSha256"), Literal::from(id::sha256_hex(doc.text())));
    }

    /// A stretch of the text: its document, offsets and words.
    fn words(&mut self, span: Span<Char>, class: &str) -> NamedNode {
        let node = self.iris.chars(&self.doc.id, span);
        let doc = self.node.clone();
        self.add(&node, vocab::type_(), kg(class));
        self.add(&node, kg("document"), doc);
        self.add(&node, kg("begin"), integer(span.start.into()));
        self.add(&node, kg("end"), integer(span.end.into()));
        let words = self.text(self.doc.slice(span));
        self.add(&node, kg("text"), words);
        node
    }

    fn mentions(&mut self, asides: &[bool]) {
        for m in self.extraction.mentions.iter().filter(|m| !asides[m.entity.0 as usize]) {
            let node = self.words(m.span, "Mention");
            let entity = self.iris.entity(&self.extraction.entity(m.entity).id);
            self.add(&node, kg("refersTo"), entity);
            let kind = match m.kind {
                MentionKind::Name => "Name",
                MentionKind::Acronym => "Acronym",
                MentionKind::Demonym => "Demonym",
                MentionKind::Nominal => "Nominal",
                MentionKind::Pronoun => "Pronoun",
            };
            self.add(&node, kg("mentionKind"), kg(kind));
        }
    }

    fn sentences(&mut self) {
        let mut spans: Vec<Span<Char>> = self.extraction.claims.iter().map(|c| c.evidence.sentence).collect();
        spans.sort();
        spans.dedup();
        for s in spans {
            self.words(s, "Sentence");
        }
    }

    /// A known entity has its labels in every language, whatever that of the article.
    fn entity(&mut self, e: &Entity, labels: &[Label]) {
        let node = self.iris.entity(&e.id);
        if labels.is_empty() {
            let label = self.text(&e.label);
            self.shared("entities", &node, vocab::label(), label);
        }
        for l in labels {
            self.shared("entities", &node, vocab::label(), tagged(&l.text, l.lang));
        }
        self.shared("entities", &node, vocab::type_(), kg(e.kind.name()));
        self.shared("entities", &node, kg("named"), Literal::from(e.named));
        let is_label = |a: &str| a == e.label || labels.iter().any(|l| l.text == a);
        for a in e.aliases.iter().filter(|a| !is_label(a)) {
            // Aliases mix languages (acronyms, gazetteer names), so they carry no tag.
            self.shared("entities", &node, vocab::alt_label(), Literal::from(a.as_str()));
        }
        if let Some(q) = &e.wikidata {
            let wd = NamedNode::new_unchecked(format!("{WD}{}", crate::iri::encode(q)));
            self.shared("entities", &node, vocab::same_as(), wd);
        }
        if let Some(at) = e.coordinates {
            self.shared("entities", &node, vocab::latitude(), degrees(at.latitude));
            self.shared("entities", &node, vocab::longitude(), degrees(at.longitude));
        }
        if let Some(place) = &e.located_in {
            let place = self.iris.entity(place);
            self.shared("entities", &node, relation("locatedIn"), place);
        }
    }

    fn facts(&mut self) {
        for c in &self.extraction.claims {
            if let (Subject::Entity(s), Status::Asserted) = (c.subject, effective_status(c)) {
                let s = self.iris.entity(&self.extraction.entity(s).id);
                let o = self.object(&c.object);
                self.shared("facts", &s, relation(&c.predicate), o);
            }
        }
    }

    fn open_relations(&mut self) {
        let mut seen = BTreeMap::new();
        for c in &self.extraction.claims {
            if let Some(lemma) = c.predicate.strip_prefix("open:") {
                seen.insert(c.predicate.as_str(), lemma);
            }
        }
        for (name, lemma) in seen {
            let node = relation(name);
            let label = self.text(lemma);
            self.shared("ontology", &node, vocab::type_(), kg("OpenRelation"));
            self.shared("ontology", &node, vocab::label(), label);
        }
    }
}

fn first_line(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|l| !l.is_empty())?;
    if line.chars().count() <= TITLE_CHARS {
        return Some(line.to_owned());
    }
    let cut: String = line.chars().take(TITLE_CHARS).collect();
    let at = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    Some(format!("{}…", cut[..at].trim_end()))
}
