//! The whole graph in the formats of other tools, sorted, the same bytes in every run.

use crate::error::GraphError;
use crate::identity::decisions::Rejected;
use crate::query::serializer;
use crate::resolve;
use crate::store::{Damaged, GraphFolder};
use oxigraph::io::{RdfFormat, WriterQuadSerializer};
use oxigraph::model::{GraphName, Literal, Quad, Term};
use std::io::{self, Write};
use std::str::FromStr;

/// A format of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// N-Quads.
    NQuads,
    /// TriG.
    TriG,
    /// Turtle; without the names of graphs.
    Turtle,
    /// N-Triples; without the names of graphs.
    NTriples,
    /// JSON-LD.
    JsonLd,
    /// RDF/XML; without the names of graphs.
    RdfXml,
}

impl ExportFormat {
    /// Names for the command line, in the order of help.
    pub const NAMES: [&'static str; 6] = ["nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml"];

    /// File extension without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            ExportFormat::NQuads => "nq",
            ExportFormat::TriG => "trig",
            ExportFormat::Turtle => "ttl",
            ExportFormat::NTriples => "nt",
            ExportFormat::JsonLd => "jsonld",
            ExportFormat::RdfXml => "rdf",
        }
    }
}

impl FromStr for ExportFormat {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Ok(match s {
            "nquads" | "nq" => ExportFormat::NQuads,
            "trig" => ExportFormat::TriG,
            "turtle" | "ttl" => ExportFormat::Turtle,
            "ntriples" | "nt" => ExportFormat::NTriples,
            "jsonld" | "json-ld" => ExportFormat::JsonLd,
            "rdfxml" | "rdf" | "xml" => ExportFormat::RdfXml,
            _ => return Err(format!("unknown export format '{s}': expected one of {}", Self::NAMES.join(", "))),
        })
    }
}

/// Which claims become plain edges of `g:facts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Facts {
    /// Asserted claims.
    #[default]
    Asserted,
    /// Asserted and reported claims.
    Reported,
}

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct ExportReport {
    /// Documents.
    pub documents: u64,
    /// Quads, or triples where the format has no named graphs.
    pub quads: u64,
    /// Characters that XML cannot carry, replaced by U+FFFD (RDF/XML only).
    pub replaced: u64,
    /// Segments that could not be read and are left out.
    pub damaged: Vec<Damaged>,
    /// Lines of the file of decisions that cannot be followed.
    pub rejected: Vec<Rejected>,
}

/// Writes the graph of `folder` to `out`. The shared graphs come first, then one document after the
/// other, so that memory holds what articles share and one article.
///
/// # Errors
/// When the folder cannot be read or `out` cannot be written. A damaged segment is no error: it is
/// left out and named in the report.
pub fn export(
    folder: &GraphFolder,
    format: ExportFormat,
    facts: Facts,
    out: &mut dyn Write,
) -> Result<ExportReport, GraphError> {
    let mut report = ExportReport::default();
    let mut sink = Sink::new(folder, format, out);
    let walk = resolve::walk(folder, facts, &mut |quads| sink.write(quads, &mut report))?;
    (report.documents, report.damaged, report.rejected) = (walk.documents, walk.damaged, walk.rejected);
    sink.serializer.finish().map_err(GraphError::Output)?.flush().map_err(GraphError::Output)?;
    Ok(report)
}

/// Passes bytes on, and writes a carriage return as a character reference where the format is XML:
/// bare, every XML parser reads it as a line feed, and the text would not be the stored one. The
/// serializer writes none of its own.
struct Returns<'a> {
    out: &'a mut dyn Write,
    xml: bool,
}

impl Write for Returns<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let at = if self.xml { bytes.iter().position(|b| *b == b'\r') } else { None };
        match at {
            None => self.out.write(bytes),
            Some(0) => self.out.write_all(b"&#xD;").map(|()| 1),
            Some(n) => self.out.write(&bytes[..n]),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

struct Sink<'a> {
    format: ExportFormat,
    serializer: WriterQuadSerializer<Returns<'a>>,
}

impl<'a> Sink<'a> {
    fn new(folder: &GraphFolder, format: ExportFormat, out: &'a mut dyn Write) -> Self {
        let rdf = match format {
            ExportFormat::NQuads => RdfFormat::NQuads,
            ExportFormat::TriG => RdfFormat::TriG,
            ExportFormat::Turtle => RdfFormat::Turtle,
            ExportFormat::NTriples => RdfFormat::NTriples,
            ExportFormat::JsonLd => RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfile::Streaming.into() },
            ExportFormat::RdfXml => RdfFormat::RdfXml,
        };
        Sink {
            format,
            serializer: serializer(rdf, folder.iris()).for_writer(Returns { out, xml: format == ExportFormat::RdfXml }),
        }
    }

    fn write(&mut self, quads: Vec<Quad>, report: &mut ExportReport) -> Result<(), GraphError> {
        let keeps_graphs = matches!(self.format, ExportFormat::NQuads | ExportFormat::TriG | ExportFormat::JsonLd);
        for mut q in quads {
            if !keeps_graphs {
                q.graph_name = GraphName::DefaultGraph;
            }
            if self.format == ExportFormat::RdfXml {
                report.replaced += xml_safe(&mut q.object);
            }
            self.serializer.serialize_quad(&q).map_err(GraphError::Output)?;
            report.quads += 1;
        }
        Ok(())
    }
}

/// Replaces what XML 1.0 has no way to write, and gives the number of replacements. One character
/// for one, so that offsets stay true.
fn xml_safe(term: &mut Term) -> u64 {
    let Term::Literal(l) = term else { return 0 };
    let bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let n = l.value().chars().filter(|c| bad(*c)).count() as u64;
    if n > 0 {
        let text: String = l.value().chars().map(|c| if bad(c) { '\u{fffd}' } else { c }).collect();
        *l = match l.language() {
            Some(lang) => Literal::new_language_tagged_literal_unchecked(text, lang),
            None => Literal::new_typed_literal(text, l.datatype().into_owned()),
        };
    }
    n
}
