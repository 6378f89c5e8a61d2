//! A graph described as a data set: VoID and DCAT, as catalogues and crawlers read them.
//!
//! Everything comes from the graph itself and nothing from the clock, so the same graph has the same
//! description.

use crate::error::GraphError;
use crate::graph::Graph;
use crate::iri::{DEFAULT_BASE, Iris, KG, REL};
use crate::ontology::VERSION_IRI;
use crate::query::serializer;
use oxigraph::io::{JsonLdProfile, RdfFormat};
use oxigraph::model::{Literal, NamedNode, Term, Triple, vocab::rdf, vocab::xsd};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

const VOID: &str = "http://rdfs.org/ns/void#";
const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCT: &str = "http://purl.org/dc/terms/";
const PROV: &str = "http://www.w3.org/ns/prov#";

/// How a description is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescribeFormat {
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// JSON-LD.
    JsonLd,
}

impl DescribeFormat {
    fn rdf(self) -> RdfFormat {
        match self {
            DescribeFormat::Turtle => RdfFormat::Turtle,
            DescribeFormat::NTriples => RdfFormat::NTriples,
            DescribeFormat::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfile::Streaming.into() },
        }
    }
}

/// Formats that `temoin export` writes, with their media types.
const FORMATS: [(&str, &str); 6] = [
    ("nquads", "application/n-quads"),
    ("trig", "application/trig"),
    ("turtle", "text/turtle"),
    ("ntriples", "application/n-triples"),
    ("jsonld", "application/ld+json"),
    ("rdfxml", "application/rdf+xml"),
];

/// What is counted in one walk over the graph.
#[derive(Default)]
struct Counts {
    triples: u64,
    graphs: BTreeMap<String, u64>,
    subjects: BTreeSet<u64>,
    properties: BTreeMap<String, u64>,
    relations: BTreeMap<String, u64>,
    classes: BTreeMap<String, u64>,
    languages: BTreeSet<String>,
    dates: BTreeSet<String>,
}

impl Graph {
    /// Writes the description as RDF and gives the number of triples. `title` names the
    /// data set; without one it has a general title in both languages.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn describe(
        &self,
        title: Option<&str>,
        format: DescribeFormat,
        out: &mut dyn Write,
    ) -> Result<u64, GraphError> {
        let triples = Description::new(&self.iris).of(&self.count(), title);
        let write = || -> std::io::Result<()> {
            let mut w = serializer(format.rdf(), &self.iris).for_writer(out);
            for t in &triples {
                w.serialize_triple(t)?;
            }
            w.finish().map(drop)
        };
        write().map_err(GraphError::Output)?;
        Ok(triples.len() as u64)
    }

    fn count(&self) -> Counts {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut n = Counts::default();
        let facts = self.iris.graph("facts");
        for q in self.quads.iter() {
            n.triples += 1;
            let graph = q.graph_name.to_string();
            *n.graphs.entry(graph).or_default() += 1;
            // Hashes in place of names: a count of subjects is worth no copy of them.
            let mut h = DefaultHasher::new();
            q.subject.hash(&mut h);
            n.subjects.insert(h.finish());
            *n.properties.entry(q.predicate.as_str().to_owned()).or_default() += 1;
            if q.predicate.as_ref() == rdf::TYPE
                && let Term::NamedNode(class) = &q.object
            {
                *n.classes.entry(class.as_str().to_owned()).or_default() += 1;
            }
            if q.predicate.as_str().starts_with(REL) && q.graph_name == facts.clone().into() {
                *n.relations.entry(q.predicate.as_str().to_owned()).or_default() += 1;
            }
            if let Term::Literal(l) = &q.object {
                match q.predicate.as_str().strip_prefix(DCT) {
                    Some("language") => drop(n.languages.insert(l.value().to_owned())),
                    Some("issued") => drop(n.dates.insert(l.value().to_owned())),
                    _ => {}
                }
            }
        }
        n
    }
}

struct Description<'a> {
    iris: &'a Iris,
    node: NamedNode,
    out: Vec<Triple>,
}

fn term(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}

fn number(n: u64) -> Literal {
    Literal::new_typed_literal(n.to_string(), xsd::INTEGER)
}

impl<'a> Description<'a> {
    fn new(iris: &'a Iris) -> Self {
        Description { iris, node: iris.dataset(), out: Vec::new() }
    }

    fn add(&mut self, s: &NamedNode, p: NamedNode, o: impl Into<Term>) {
        self.out.push(Triple::new(s.clone(), p, o));
    }

    fn of(mut self, n: &Counts, title: Option<&str>) -> Vec<Triple> {
        self.head(n, title);
        self.totals(n);
        self.partitions(n);
        self.graphs(n);
        self.distributions();
        self.out.sort_by_cached_key(Triple::to_string);
        self.out.dedup();
        self.out
    }

    fn head(&mut self, n: &Counts, title: Option<&str>) {
        let node = self.node.clone();
        for class in [term(DCAT, "Dataset"), term(VOID, "Dataset"), term(PROV, "Entity")] {
            self.add(&node, rdf::TYPE.into_owned(), class);
        }
        match title {
            Some(t) => self.add(&node, term(DCT, "title"), Literal::from(t)),
            None => {
                for (t, lang) in [("Graphe d'affirmations d'articles", "fr"), ("Graph of claims of articles", "en")] {
                    self.add(&node, term(DCT, "title"), Literal::new_language_tagged_literal_unchecked(t, lang));
                }
            }
        }
        let texts = [
            (
                "Ce que des articles disent, chaque affirmation avec sa phrase, sa source et son degré de certitude.",
                "fr",
            ),
            ("What articles say, each claim with its sentence, its source and how sure it is.", "en"),
        ];
        for (t, lang) in texts {
            self.add(&node, term(DCT, "description"), Literal::new_language_tagged_literal_unchecked(t, lang));
        }
        self.add(&node, term(DCT, "conformsTo"), NamedNode::new_unchecked(VERSION_IRI));
        for l in &n.languages {
            self.add(&node, term(DCT, "language"), Literal::from(l.as_str()));
        }
        if let (Some(first), Some(last)) = (n.dates.first(), n.dates.last()) {
            let period = self.below("period");
            self.add(&node, term(DCT, "temporal"), period.clone());
            self.add(&period, rdf::TYPE.into_owned(), term(DCT, "PeriodOfTime"));
            let day = |d: &String| Literal::new_typed_literal(d.as_str(), xsd::DATE);
            self.add(&period, term(DCAT, "startDate"), day(first));
            self.add(&period, term(DCAT, "endDate"), day(last));
        }
        let agent = term(DEFAULT_BASE, concat!("software/", env!("CARGO_PKG_VERSION")));
        self.add(&node, term(PROV, "wasAttributedTo"), agent.clone());
        self.add(&agent, rdf::TYPE.into_owned(), term(PROV, "SoftwareAgent"));
        self.add(&agent, term(DCT, "title"), Literal::from(concat!("Témoin ", env!("CARGO_PKG_VERSION"))));
    }

    fn totals(&mut self, n: &Counts) {
        let node = self.node.clone();
        let of = |name: &str| n.classes.get(&format!("{KG}{name}")).copied().unwrap_or(0);
        let mut count = |name: &str, k: u64| self.add(&node, term(VOID, name), number(k));
        count("triples", n.triples);
        count("distinctSubjects", n.subjects.len() as u64);
        count("properties", n.properties.len() as u64);
        count("classes", n.classes.len() as u64);
        count("documents", of("Document"));
        let space = format!("{}id/", self.iris.base());
        self.add(&node, term(VOID, "uriSpace"), Literal::from(space));
        for v in [KG, REL, "http://www.w3.org/2004/02/skos/core#", DCT] {
            self.add(&node, term(VOID, "vocabulary"), NamedNode::new_unchecked(v));
        }
    }

    /// How many of which class, and how many plain edges of which relation.
    fn partitions(&mut self, n: &Counts) {
        let node = self.node.clone();
        for (class, k) in n.classes.iter().filter(|(c, _)| c.starts_with(KG)) {
            let part = self.below(&format!("class/{}", &class[KG.len()..]));
            self.add(&node, term(VOID, "classPartition"), part.clone());
            self.add(&part, rdf::TYPE.into_owned(), term(VOID, "Dataset"));
            self.add(&part, term(VOID, "class"), NamedNode::new_unchecked(class));
            self.add(&part, term(VOID, "entities"), number(*k));
        }
        let facts = self.iris.graph("facts");
        for (relation, k) in &n.relations {
            let part = self.below(&format!("relation/{}", &relation[REL.len()..]));
            self.add(&facts, term(VOID, "propertyPartition"), part.clone());
            self.add(&part, rdf::TYPE.into_owned(), term(VOID, "Dataset"));
            self.add(&part, term(VOID, "property"), NamedNode::new_unchecked(relation));
            self.add(&part, term(VOID, "triples"), number(*k));
        }
    }

    /// The shared named graphs as subsets; those of documents are as many as there are documents.
    fn graphs(&mut self, n: &Counts) {
        let node = self.node.clone();
        let titles = [
            ("entities", "Entités : noms, types, lieux", "Entities: names, types, places"),
            ("facts", "Arêtes simples des affirmations assumées", "Plain edges of asserted claims"),
            ("ontology", "Ontologie et relations", "Ontology and relations"),
        ];
        for (name, fr, en) in titles {
            let graph = self.iris.graph(name);
            let Some(k) = n.graphs.get(&graph.to_string()) else { continue };
            self.add(&node, term(VOID, "subset"), graph.clone());
            self.add(&graph, rdf::TYPE.into_owned(), term(VOID, "Dataset"));
            self.add(&graph, term(VOID, "triples"), number(*k));
            for (t, lang) in [(fr, "fr"), (en, "en")] {
                self.add(&graph, term(DCT, "title"), Literal::new_language_tagged_literal_unchecked(t, lang));
            }
        }
    }

    fn distributions(&mut self) {
        let node = self.node.clone();
        for (name, media) in FORMATS {
            let d = self.below(&format!("distribution/{name}"));
            self.add(&node, term(DCAT, "distribution"), d.clone());
            self.add(&d, rdf::TYPE.into_owned(), term(DCAT, "Distribution"));
            let media = NamedNode::new_unchecked(format!("https://www.iana.org/assignments/media-types/{media}"));
            self.add(&d, term(DCAT, "mediaType"), media);
            self.add(&d, term(DCT, "description"), Literal::from(format!("temoin export GRAPH --format {name}")));
        }
    }

    fn below(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}/{path}", self.node.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GraphBuilder;

    #[test]
    fn an_empty_graph_is_described_too() {
        let g = GraphBuilder::new(Iris::default(), &[]).finish();
        let mut out = Vec::new();
        g.describe(Some("« \"Été\" »"), DescribeFormat::Turtle, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("dct:title \"« \\\"Été\\\" »\"") && text.contains("void:documents 0"), "{text}");
        let triples = oxigraph::io::RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes());
        assert!(triples.map(Result::unwrap).all(|q| !q.object.is_blank_node()));
    }
}
