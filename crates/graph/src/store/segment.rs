//! Articles as compressed N-Quads, one a file or one behind the other.

use super::ArticleInfo;
use super::folder::SEGMENTS;
use crate::iri::{Iris, decode, encode, kg};
use crate::quads::{self, vocab};
use flate2::read::MultiGzDecoder;
use flate2::{Compression, GzBuilder, bufread::GzDecoder};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use temoin_model::{Document, Extraction};

/// Folder of compacted segments, below that of all segments.
const COMPACTED: &str = "pack";
/// Ending of segment files.
pub(super) const ENDING: &str = ".nq.gz";

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
            outlet: None,
            url: None,
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
            Term::NamedNode(n) => Some(n.as_str().to_owned()),
            _ => None,
        })
    };
    let own = format!("{}id/doc/", iris.base());
    Some(ArticleInfo {
        id: decode(node.as_str().strip_prefix(&own)?),
        name: text(kg("sourceName")).unwrap_or_default(),
        title: text(vocab::title()),
        date: text(vocab::issued()).and_then(|d| d.parse().ok()),
        outlet: text(kg("outlet")),
        url: text(vocab::source()).or_else(|| text(kg("url"))),
        claims: quads
            .iter()
            .filter(|q| q.predicate == vocab::type_() && (q.object == claim || q.object == agentless))
            .count() as u64,
    })
}

/// File of an article's segment. Two digits of the hash spread 100,000 articles over 256 folders.
pub(super) fn segment_file(document: &str) -> String {
    let id = encode(document);
    let shard: String = id.chars().filter(char::is_ascii_alphanumeric).take(2).collect();
    format!("{SEGMENTS}/{shard}/{id}{ENDING}")
}

/// Identifier of the document that a file of one article is named after.
pub(super) fn document_of(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    decode(name.strip_suffix(ENDING).unwrap_or(name))
}

/// File of a compacted segment, named by the hash of its bytes.
pub(super) fn compacted_file(bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("{SEGMENTS}/{COMPACTED}/{hash}{ENDING}")
}

/// Whether a file below a graph folder is a compacted segment.
pub(super) fn is_compacted(file: &str) -> bool {
    file.starts_with(&format!("{SEGMENTS}/{COMPACTED}/"))
}

/// The bytes of an article: a whole file, or a part of it (first byte, length).
pub(super) fn raw(path: &Path, at: Option<(u64, u64)>) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    match at {
        None => file.read_to_end(&mut bytes)?,
        Some((from, length)) => {
            file.seek(SeekFrom::Start(from))?;
            file.take(length).read_to_end(&mut bytes)?
        }
    };
    match at {
        Some((_, length)) if bytes.len() as u64 != length => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(bytes),
    }
}

/// The quads of an article; never none.
pub(super) fn read(path: &Path, at: Option<(u64, u64)>) -> io::Result<Vec<Quad>> {
    let quads = decompress(raw(path, at)?.as_slice())?;
    if quads.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(quads) }
}

/// The quads of an article whose line names an IRI that is `wanted`. Lines are looked at before they are
/// parsed, so that reading a few quads of a long article again costs little. An IRI may be written with
/// escapes: such lines are parsed in any case.
pub(super) fn read_some(path: &Path, at: Option<(u64, u64)>, wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<Quad>> {
    let mut text = String::new();
    MultiGzDecoder::new(raw(path, at)?.as_slice()).read_to_string(&mut text)?;
    let iris = |line: &str| line.split('<').skip(1).filter_map(|t| t.split_once('>')).any(|(iri, _)| wanted(iri));
    let escaped = |line: &str| line.contains("\\u") || line.contains("\\U");
    let mut lines = String::new();
    for line in text.split(['\n', '\r']).filter(|l| iris(l) || escaped(l)) {
        lines.push_str(line);
        lines.push('\n');
    }
    RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(lines.as_bytes())
        .map(|q| q.map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string())))
        .collect()
}

/// The articles of a compacted segment without its manifest, with first bytes and lengths; an error
/// where one of them is damaged.
pub(super) fn articles(iris: &Iris, bytes: &[u8]) -> io::Result<Vec<(ArticleInfo, (u64, u64))>> {
    let mut all = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let from = bytes.len() - rest.len();
        let length = member(rest)?;
        let quads = decompress(&rest[..length])?;
        let article = describe(iris, &quads).ok_or(io::ErrorKind::InvalidData)?;
        all.push((article, (from as u64, length as u64)));
        rest = &rest[length..];
    }
    Ok(all)
}

/// Whether an article is one gzip member with the right checksum.
pub(super) fn is_whole(path: &Path, at: Option<(u64, u64)>) -> bool {
    raw(path, at).is_ok_and(|b| !b.is_empty() && member(&b).is_ok_and(|n| n == b.len()))
}

/// Length of the gzip member (RFC 1952) at the start of `bytes`, its checksum compared.
pub(super) fn member(bytes: &[u8]) -> io::Result<usize> {
    let mut gz = GzDecoder::new(bytes);
    io::copy(&mut gz, &mut io::sink())?;
    Ok(bytes.len() - gz.into_inner().len())
}
