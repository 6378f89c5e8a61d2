//! The promise of the graph, checked: every piece of evidence is sliced anew out of the stored text.

use crate::error::GraphError;
use crate::iri::kg;
use crate::quads::vocab;
use crate::store::{Damaged, GraphFolder, Part};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use temoin_model::id::sha256_hex;

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mismatch {
    /// Document, by IRI.
    pub document: String,
    /// Name of the input it came from.
    pub source: String,
    /// The claim, sentence or mention concerned, by IRI.
    pub subject: String,
    /// What does not hold, with what was expected and what was found.
    pub message: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}: {}", self.source, self.document, self.subject, self.message)
    }
}

/// What was checked, and what did not hold.
#[derive(Clone, Debug, Default)]
pub struct VerifyReport {
    /// Documents checked.
    pub documents: u64,
    /// Claims checked.
    pub claims: u64,
    /// Pieces of text sliced and compared.
    pub slices: u64,
    /// What does not hold, sorted.
    pub mismatches: Vec<Mismatch>,
    /// Segments that could not be read.
    pub damaged: Vec<Damaged>,
}

impl VerifyReport {
    /// Whether everything holds and every segment could be read.
    pub fn is_ok(&self) -> bool {
        self.mismatches.is_empty() && self.damaged.is_empty()
    }
}

/// Checks every document of `folder`: the SHA-256 of the text; that every sentence, mention and
/// trigger is what its offsets cut out of the text; that the evidence of a claim is a sentence that
/// holds its trigger, and that its mentions exist.
///
/// # Errors
/// When the folder cannot be read. Mismatches and damaged segments are in the report.
pub fn verify(folder: &GraphFolder) -> Result<VerifyReport, GraphError> {
    folder.steadily(verify_once)
}

fn verify_once(folder: &GraphFolder) -> Result<VerifyReport, GraphError> {
    let mut report = VerifyReport::default();
    for file in folder.segments() {
        match folder.present(&file)? {
            Ok(quads) => {
                check(&quads, &mut report);
                place(folder, &file, &quads, &mut report);
            }
            Err(d) => report.damaged.push(d),
        }
    }
    if let Err(d) = folder.ontology() {
        report.damaged.push(d);
    }
    report.mismatches.sort();
    Ok(report)
}

/// The manifest names the document that is found where it says.
fn place(folder: &GraphFolder, part: &Part, quads: &[Quad], report: &mut VerifyReport) {
    let Some(document) = part.document() else { return };
    let expected = folder.iris().document(document);
    if !quads.iter().any(|q| q.graph_name == GraphName::from(expected.clone())) {
        report.mismatches.push(Mismatch {
            document: expected.to_string(),
            source: folder.article(document).map(|a| a.name).unwrap_or_default(),
            subject: quads.first().map(|q| q.graph_name.to_string()).unwrap_or_default(),
            message: "the manifest names another document".into(),
        });
    }
}

/// The terms that are compared, made once.
struct Terms {
    type_: NamedNode,
    text: NamedNode,
    begin: NamedNode,
    end: NamedNode,
    trigger: NamedNode,
    evidence: NamedNode,
    mentions: [NamedNode; 2],
}

/// The properties of everything in one document's graph.
type Nodes<'a> = BTreeMap<String, Vec<&'a Quad>>;

fn check(quads: &[Quad], report: &mut VerifyReport) {
    let document = Term::from(kg("Document"));
    let docs = quads.iter().filter(|q| q.predicate == vocab::type_() && q.object == document);
    let mut seen = 0;
    for d in docs {
        seen += 1;
        let mut nodes: Nodes<'_> = BTreeMap::new();
        let graph = GraphName::from(d.subject.clone());
        for q in quads.iter().filter(|q| q.graph_name == graph) {
            nodes.entry(q.subject.to_string()).or_default().push(q);
        }
        Checker::new(&d.subject.to_string(), &nodes, report).run();
    }
    if seen == 0 {
        report.mismatches.push(Mismatch {
            document: String::new(),
            source: String::new(),
            subject: quads.first().map(|q| q.graph_name.to_string()).unwrap_or_default(),
            message: "a segment without a document".into(),
        });
    }
    report.documents += seen;
}

struct Checker<'a> {
    nodes: &'a Nodes<'a>,
    report: &'a mut VerifyReport,
    document: &'a str,
    source: String,
    /// The stored text, and where each code point starts in it.
    text: String,
    starts: Vec<usize>,
    terms: Terms,
}

impl<'a> Checker<'a> {
    fn new(document: &'a str, nodes: &'a Nodes<'a>, report: &'a mut VerifyReport) -> Self {
        let terms = Terms {
            type_: vocab::type_(),
            text: kg("text"),
            begin: kg("begin"),
            end: kg("end"),
            trigger: kg("triggerText"),
            evidence: kg("evidence"),
            mentions: [kg("subjectMention"), kg("objectMention")],
        };
        let own = nodes.get(document).map_or(&[][..], Vec::as_slice);
        let text = literal(own, &terms.text).unwrap_or_default().to_owned();
        let starts = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
        let source = literal(own, &kg("sourceName")).unwrap_or_default().to_owned();
        Checker { nodes, report, document, source, text, starts, terms }
    }

    fn run(mut self) {
        let own = self.nodes.get(self.document).map_or(&[][..], Vec::as_slice);
        match (literal(own, &self.terms.text), literal(own, &kg("textSha256"))) {
            (Some(t), Some(sum)) if sha256_hex(t) != sum => {
                self.fail(self.document, format!("the text has SHA-256 {}, not {sum}", sha256_hex(t)));
            }
            (Some(_), Some(_)) => {}
            _ => self.fail(self.document, "no stored text with its SHA-256".into()),
        }
        for (subject, quads) in self.nodes {
            let is =
                |class: &str| quads.iter().any(|q| q.predicate == self.terms.type_ && q.object == kg(class).into());
            if is("Sentence") || is("Mention") {
                self.slice(subject, quads, &self.terms.text.clone());
                self.name(subject, quads);
            } else if is("Claim") || is("AgentlessClaim") {
                self.report.claims += 1;
                self.slice(subject, quads, &self.terms.trigger.clone());
                self.claim(subject, quads);
            }
        }
    }

    fn fail(&mut self, subject: &str, message: String) {
        self.report.mismatches.push(Mismatch {
            document: self.document.to_owned(),
            source: self.source.clone(),
            subject: subject.to_owned(),
            message,
        });
    }

    fn offsets(&self, quads: &[&Quad]) -> Option<(usize, usize)> {
        let n = |p| literal(quads, p).and_then(|v| v.parse().ok());
        n(&self.terms.begin).zip(n(&self.terms.end))
    }

    /// Compares what the offsets cut out of the text with what is written beside them.
    fn slice(&mut self, subject: &str, quads: &[&Quad], property: &NamedNode) {
        self.report.slices += 1;
        let Some((begin, end)) = self.offsets(quads) else {
            return self.fail(subject, "no offsets".into());
        };
        let length = self.starts.len() - 1;
        if begin >= end || end > length {
            return self.fail(subject, format!("offsets {begin}..{end} in a text of {length} code points"));
        }
        let found = &self.text[self.starts[begin]..self.starts[end]];
        match literal(quads, property) {
            Some(written) if written == found => {}
            Some(written) => {
                let message = format!("the text has « {found} » at {begin}..{end}, the graph « {written} »");
                self.fail(subject, message);
            }
            None => self.fail(subject, "no words beside the offsets".into()),
        }
    }

    /// The name of a stretch of text says its offsets again.
    fn name(&mut self, subject: &str, quads: &[&Quad]) {
        if let Some((b, e)) = self.offsets(quads)
            && !subject.ends_with(&format!("#char={b},{e}>"))
        {
            self.fail(subject, format!("the name does not say {b},{e}"));
        }
    }

    fn claim(&mut self, subject: &str, quads: &[&Quad]) {
        let trigger = self.offsets(quads).unwrap_or_default();
        let nodes = self.nodes;
        let mut sentences = 0;
        let evidence = self.terms.evidence.clone();
        for q in quads.iter().filter(|q| q.predicate == evidence) {
            let held = nodes.get(&q.object.to_string()).and_then(|s| self.offsets(s));
            match held {
                Some((b, e)) if b <= trigger.0 && trigger.1 <= e => sentences += 1,
                Some((b, e)) => {
                    let message =
                        format!("the trigger {}..{} lies outside its sentence {b}..{e}", trigger.0, trigger.1);
                    self.fail(subject, message);
                }
                None => self.fail(subject, format!("its sentence {} is not in the graph", q.object)),
            }
        }
        if sentences == 0 {
            self.fail(subject, "no sentence holds it".into());
        }
        for p in self.terms.mentions.clone() {
            for q in quads.iter().filter(|q| q.predicate == p) {
                if !nodes.contains_key(&q.object.to_string()) {
                    self.fail(subject, format!("its mention {} is not in the graph", q.object));
                }
            }
        }
    }
}

fn literal<'a>(quads: &[&'a Quad], property: &NamedNode) -> Option<&'a str> {
    quads.iter().find(|q| q.predicate == *property).and_then(|q| match &q.object {
        Term::Literal(l) => Some(l.value()),
        _ => None,
    })
}
