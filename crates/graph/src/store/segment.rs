//! One article as compressed N-Quads.

use super::ArticleInfo;
use crate::iri::{Iris, decode, kg};
use crate::quads::{self, vocab};
use flate2::read::MultiGzDecoder;
use flate2::{Compression, GzBuilder};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use std::io::{self, BufReader, Read, Write};
use temoin_model::{Document, Extraction};

/// An article ready to be written. Making one is the costly part and needs no access to the folder,
/// so that several threads can do it.
#[derive(Clone, Debug)]
pub struct Segment {
    pub(super) article: ArticleInfo,
    pub(super) bytes: Vec<u8>,
}

impl Segment {
    /// The segment of one article.
    pub fn new(iris: &Iris, doc: &Document, extraction: &Extraction) -> Self {
        let quads = quads::of_document(iris, doc, extraction);
        let article = describe(iris, &quads).unwrap_or_else(|| ArticleInfo {
            id: doc.id.clone(),
            name: doc.meta.name.clone(),
            title: None,
            date: None,
            claims: 0,
        });
        Segment { article, bytes: compress(&quads) }
    }

    /// What the manifest says of it.
    pub fn article(&self) -> &ArticleInfo {
        &self.article
    }
}

/// N-Quads, compressed: no name and no time in the header, so that the bytes follow from the quads.
pub(super) fn compress(quads: &[Quad]) -> Vec<u8> {
    let mut gz = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    for q in quads {
        // Writing to memory does not fail.
        let _ = writeln!(gz, "{q} .");
    }
    gz.finish().unwrap_or_default()
}

/// Reads all quads, or none: a segment that breaks off in the middle gives an error.
pub(super) fn decompress(file: impl Read) -> io::Result<Vec<Quad>> {
    let reader = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(file));
    RdfParser::from_format(RdfFormat::NQuads)
        .for_reader(reader)
        .map(|q| q.map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string())))
        .collect()
}

/// The article that these quads are, if they hold a document.
pub(super) fn describe(iris: &Iris, quads: &[Quad]) -> Option<ArticleInfo> {
    let (document, claim, agentless) = (Term::from(kg("Document")), kg("Claim").into(), kg("AgentlessClaim").into());
    let doc = quads.iter().find(|q| q.predicate == vocab::type_() && q.object == document)?;
    let NamedOrBlankNode::NamedNode(node) = &doc.subject else { return None };
    let text = |p: oxigraph::model::NamedNode| {
        quads.iter().find(|q| q.subject == doc.subject && q.predicate == p).and_then(|q| match &q.object {
            Term::Literal(l) => Some(l.value().to_owned()),
            _ => None,
        })
    };
    let own = format!("{}id/doc/", iris.base());
    Some(ArticleInfo {
        id: decode(node.as_str().strip_prefix(&own)?),
        name: text(kg("sourceName")).unwrap_or_default(),
        title: text(vocab::title()),
        date: text(vocab::issued()).and_then(|d| d.parse().ok()),
        claims: quads
            .iter()
            .filter(|q| q.predicate == vocab::type_() && (q.object == claim || q.object == agentless))
            .count() as u64,
    })
}
