//! The formats of RDF, version 1.1 and 1.2.

use super::{ExportFormat, ExportReport, Facts, rdf12};
use crate::error::GraphError;
use crate::query::serializer;
use crate::resolve;
use crate::store::GraphFolder;
use oxigraph::io::{RdfFormat, WriterQuadSerializer};
use oxigraph::model::{GraphName, Literal, Quad, Term};
use std::io::{self, Write};

/// Writes the graph of `folder` to `out`. The shared graphs come first, then one document after the
/// other, so that memory holds what articles share and one article.
pub(super) fn write(
    folder: &GraphFolder,
    (format, rdf): (ExportFormat, RdfFormat),
    version: RdfVersion,
    facts: Facts,
    out: &mut dyn Write,
) -> Result<ExportReport, GraphError> {
    let mut report = ExportReport::default();
    let mut sink = Sink::new(folder, (format, rdf), version, out);
    each(folder, facts, &mut report, |quads, report| sink.write(quads, report))?;
    sink.serializer.finish().map_err(GraphError::Output)?.flush().map_err(GraphError::Output)?;
    Ok(report)
}

/// Hands on the quads of `folder` in their order: the shared graphs, then article by article.
pub(super) fn each(
    folder: &GraphFolder,
    facts: Facts,
    report: &mut ExportReport,
    mut take: impl FnMut(Vec<Quad>, &mut ExportReport) -> Result<(), GraphError>,
) -> Result<(), GraphError> {
    let walk = resolve::walk(folder, facts, &mut |quads| take(quads, report))?;
    (report.documents, report.damaged, report.rejected) = (walk.documents, walk.damaged, walk.rejected);
    Ok(())
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

/// A version of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RdfVersion {
    V1_1,
    V1_2,
}

struct Sink<'a> {
    format: ExportFormat,
    version: RdfVersion,
    serializer: WriterQuadSerializer<Returns<'a>>,
}

impl<'a> Sink<'a> {
    fn new(
        folder: &GraphFolder,
        (format, rdf): (ExportFormat, RdfFormat),
        version: RdfVersion,
        out: &'a mut dyn Write,
    ) -> Self {
        let returns = Returns { out, xml: format == ExportFormat::RdfXml };
        Sink { format, version, serializer: serializer(rdf, folder.iris()).for_writer(returns) }
    }

    fn write(&mut self, quads: Vec<Quad>, report: &mut ExportReport) -> Result<(), GraphError> {
        let keeps_graphs = matches!(self.format, ExportFormat::NQuads | ExportFormat::TriG | ExportFormat::JsonLd);
        let quads = match self.version {
            RdfVersion::V1_1 => quads,
            RdfVersion::V1_2 => rdf12::view(quads, report),
        };
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
    let l = match term {
        Term::Literal(l) => l,
        Term::Triple(t) => return xml_safe(&mut t.object),
        _ => return 0,
    };
    let (text, n) = xml_text(l.value());
    if n > 0 {
        *l = match l.language() {
            Some(lang) => Literal::new_language_tagged_literal_unchecked(text, lang),
            None => Literal::new_typed_literal(text, l.datatype().into_owned()),
        };
    }
    n
}

/// The same of any text.
pub(super) fn xml_text(text: &str) -> (String, u64) {
    let bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let n = text.chars().filter(|c| bad(*c)).count() as u64;
    (text.chars().map(|c| if bad(c) { '\u{fffd}' } else { c }).collect(), n)
}
