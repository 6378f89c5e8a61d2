//! The whole graph in the formats of other tools, sorted, the same bytes in every run.
//!
//! | formats | what they hold | for |
//! |---|---|---|
//! | RDF (`rdf`), also in RDF 1.2 (`rdf12`) | everything | triple stores |
//! | GraphML (`graphml`), node-link JSON (`nodelink`) | entities, and claims as edges | Gephi, networkx, D3 |
//! | CSV (`neo4j`) | entities, claims, events and articles as nodes | Neo4j |
//! | Parquet (`parquet`) | tables of entities, claims, evidence, mentions, articles | DuckDB, pandas, Spark |
//! | events (`events`) | one happening a line, with its PLOVER code | event data |
//! | FollowTheMoney (`ftm`) | people, bodies and their links | Aleph, yente |
//! | store (`store`) | everything, as Oxigraph's store on disk | `oxigraph serve` |
//!
//! What a format cannot carry is counted in [`ExportReport::left_out`].

mod data;
mod events;
mod ftm;
mod graphml;
mod neo4j;
mod nodelink;
#[cfg(feature = "parquet")]
mod parquet;
mod rdf;
mod rdf12;
#[cfg(feature = "disk")]
mod store;
mod table;
mod tables;

pub use table::{Cell, Kind};
pub use tables::{Table, Tables};

use crate::error::GraphError;
use crate::graph::Graph;
use crate::identity::decisions::Rejected;
use crate::store::{Damaged, GraphFolder};
use flate2::{Compression, GzBuilder};
use oxigraph::io::{JsonLdProfile, RdfFormat};
use rdf::RdfVersion;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::str::FromStr;

/// A format of exports.
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
    /// GraphML with typed attributes.
    GraphMl,
    /// Node-link JSON, as networkx and D3 read it.
    NodeLink,
    /// A folder with `nodes.csv` and `relationships.csv` for `neo4j-admin database import`.
    Neo4j,
    /// A folder of Parquet files.
    Parquet,
    /// One event a line, coded by PLOVER.
    Events,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// Oxigraph's store on disk.
    Store,
}

impl ExportFormat {
    /// All formats with their names for the command line, in the order of help.
    pub const ALL: [(&'static str, ExportFormat); 13] = [
        ("nquads", ExportFormat::NQuads),
        ("trig", ExportFormat::TriG),
        ("turtle", ExportFormat::Turtle),
        ("ntriples", ExportFormat::NTriples),
        ("jsonld", ExportFormat::JsonLd),
        ("rdfxml", ExportFormat::RdfXml),
        ("graphml", ExportFormat::GraphMl),
        ("nodelink", ExportFormat::NodeLink),
        ("neo4j", ExportFormat::Neo4j),
        ("parquet", ExportFormat::Parquet),
        ("events", ExportFormat::Events),
        ("ftm", ExportFormat::Ftm),
        ("store", ExportFormat::Store),
    ];

    /// Name for the command line.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, f)| *f == self).map_or("", |(name, _)| name)
    }

    /// File extension without the dot; empty where the format is a folder.
    pub const fn extension(self) -> &'static str {
        match self {
            ExportFormat::NQuads => "nq",
            ExportFormat::TriG => "trig",
            ExportFormat::Turtle => "ttl",
            ExportFormat::NTriples => "nt",
            ExportFormat::JsonLd => "jsonld",
            ExportFormat::RdfXml => "rdf",
            ExportFormat::GraphMl => "graphml",
            ExportFormat::NodeLink => "json",
            ExportFormat::Events => "jsonl",
            ExportFormat::Ftm => "ftm.jsonl",
            ExportFormat::Neo4j | ExportFormat::Parquet | ExportFormat::Store => "",
        }
    }

    /// Whether the format is a folder of files, written by [`export_folder`].
    pub const fn is_folder(self) -> bool {
        matches!(self, ExportFormat::Neo4j | ExportFormat::Parquet | ExportFormat::Store)
    }

    /// The format of RDF that it is, if any.
    fn rdf(self) -> Option<RdfFormat> {
        Some(match self {
            ExportFormat::NQuads => RdfFormat::NQuads,
            ExportFormat::TriG => RdfFormat::TriG,
            ExportFormat::Turtle => RdfFormat::Turtle,
            ExportFormat::NTriples => RdfFormat::NTriples,
            ExportFormat::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfile::Streaming.into() },
            ExportFormat::RdfXml => RdfFormat::RdfXml,
            _ => return None,
        })
    }
}

impl FromStr for ExportFormat {
    type Err = String;

    /// By name (`turtle`) or by file extension (`ttl`).
    fn from_str(s: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(name, f)| *name == s || (f.extension() == s && !s.is_empty()));
        match (known, s) {
            // Two formats are JSON Lines.
            (_, "jsonl") => Err("'.jsonl' may be events or FollowTheMoney: say --format events or --format ftm".into()),
            (Some((_, f)), _) => Ok(*f),
            (None, "json-ld") => Ok(ExportFormat::JsonLd),
            (None, "xml") => Ok(ExportFormat::RdfXml),
            (None, _) => {
                let names: Vec<&str> = Self::ALL.iter().map(|(name, _)| *name).collect();
                Err(format!("unknown export format '{s}': expected one of {}", names.join(", ")))
            }
        }
    }
}

/// Which claims become plain edges of `g:facts`, and links of formats that know no status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Facts {
    /// Asserted claims.
    #[default]
    Asserted,
    /// Asserted and reported claims.
    Reported,
}

impl Facts {
    fn holds(self, status: temoin_model::Status) -> bool {
        use temoin_model::Status;
        status == Status::Asserted || (self == Facts::Reported && status == Status::Reported)
    }
}

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct ExportReport {
    /// Documents.
    pub documents: u64,
    /// Quads, or triples where the format has no named graphs; 0 where it is not RDF.
    pub quads: u64,
    /// Number of things written by their name, where the format is not RDF 1.1.
    pub written: BTreeMap<&'static str, u64>,
    /// Number of things that the format cannot carry, by their name.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Characters that XML cannot carry, replaced by U+FFFD.
    pub replaced: u64,
    /// Segments that could not be read and are left out.
    pub damaged: Vec<Damaged>,
    /// Lines of the file of decisions that cannot be followed.
    pub rejected: Vec<Rejected>,
}

impl ExportReport {
    fn wrote(&mut self, what: &'static str, n: usize) {
        if n > 0 {
            *self.written.entry(what).or_default() += n as u64;
        }
    }

    fn leaves_out(&mut self, what: &'static str, n: usize) {
        if n > 0 {
            *self.left_out.entry(what).or_default() += n as u64;
        }
    }
}

/// Writes the graph of `folder` to `out`. RDF is written article by article; the other formats hold
/// all entities and claims in memory.
///
/// # Errors
/// When the folder cannot be read, `out` cannot be written, or the format is a folder
/// ([`GraphError::Form`]). A damaged segment is no error: it is left out and named in the report.
pub fn export(
    folder: &GraphFolder,
    format: ExportFormat,
    facts: Facts,
    out: &mut dyn Write,
) -> Result<ExportReport, GraphError> {
    if let Some(rdf) = format.rdf() {
        return rdf::write(folder, (format, rdf), RdfVersion::V1_1, facts, out);
    }
    if format.is_folder() {
        return Err(GraphError::Form(format!("{} is a folder of files: say where with --out", format.name())));
    }
    let data = data::Data::load(folder)?;
    let mut report = data.report();
    match format {
        ExportFormat::GraphMl => graphml::write(&data, out, &mut report)?,
        ExportFormat::NodeLink => nodelink::write(&data, out, &mut report)?,
        ExportFormat::Events => events::write(&data, out, &mut report)?,
        _ => ftm::write(&data, facts, out, &mut report)?,
    }
    out.flush().map_err(GraphError::Output)?;
    Ok(report)
}

/// Writes a graph in memory as node-link JSON.
///
/// # Errors
/// When `out` cannot be written.
pub fn node_link(graph: &Graph, out: &mut dyn Write) -> Result<ExportReport, GraphError> {
    let data = data::Data::of(graph);
    let mut report = data.report();
    nodelink::write(&data, out, &mut report)?;
    Ok(report)
}

/// Writes a graph in memory as N-Quads, sorted.
///
/// # Errors
/// When `out` cannot be written.
pub fn nquads(graph: &Graph, out: &mut dyn Write) -> Result<(), GraphError> {
    let mut lines: Vec<String> = graph.quads.iter().map(|q| format!("{q} .\n")).collect();
    lines.sort_unstable();
    lines.iter().try_for_each(|l| out.write_all(l.as_bytes())).map_err(GraphError::Output)
}

/// Writes the graph of `folder` as RDF 1.2: each claim with a subject reifies its triple
/// (`claim rdf:reifies <<( s p o )>>`).
///
/// # Errors
/// As [`export`], and [`GraphError::Form`] where the format has no triple terms (JSON-LD, and all that
/// is not RDF).
pub fn export_rdf12(
    folder: &GraphFolder,
    format: ExportFormat,
    facts: Facts,
    out: &mut dyn Write,
) -> Result<ExportReport, GraphError> {
    match format.rdf() {
        Some(rdf) if format != ExportFormat::JsonLd => rdf::write(folder, (format, rdf), RdfVersion::V1_2, facts, out),
        _ => Err(GraphError::Form(format!(
            "{} has no triple terms: RDF 1.2 goes with nquads, trig, turtle, ntriples and rdfxml",
            format.name()
        ))),
    }
}

/// Writes the graph of `folder` as files in the folder `path`, which is made where it is missing.
/// Files of an earlier export are replaced, each whole; a store needs an empty folder.
///
/// # Errors
/// When the folder cannot be read or written, when the format is one file or this build leaves the
/// format out ([`GraphError::Form`]). A damaged segment is left out and named in the report.
pub fn export_folder(
    folder: &GraphFolder,
    format: ExportFormat,
    facts: Facts,
    path: &Path,
) -> Result<ExportReport, GraphError> {
    match format {
        ExportFormat::Neo4j => {
            let data = data::Data::load(folder)?;
            let mut report = data.report();
            neo4j::write(&data, facts, path, &mut report)?;
            Ok(report)
        }
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => {
            let data = data::Data::load(folder)?;
            let mut report = data.report();
            parquet::write(&data, path, &mut report)?;
            Ok(report)
        }
        #[cfg(feature = "disk")]
        ExportFormat::Store => store::write(folder, facts, path),
        #[cfg(not(feature = "parquet"))]
        ExportFormat::Parquet => Err(missing(format, "parquet")),
        #[cfg(not(feature = "disk"))]
        ExportFormat::Store => Err(missing(format, "disk")),
        _ => Err(GraphError::Form(format!("{} is one file and no folder", format.name()))),
    }
}

#[cfg(not(all(feature = "parquet", feature = "disk")))]
fn missing(format: ExportFormat, feature: &str) -> GraphError {
    GraphError::Form(format!(
        "this build cannot write the format {}: build it with 'cargo build --release --features {feature}'",
        format.name()
    ))
}

/// Runs `write` on a writer that compresses to `out` with gzip: no name and no time in the header, so
/// that the bytes follow from what is written.
///
/// # Errors
/// Those of `write`, and when `out` cannot be written.
pub fn gzip<T>(
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<T, GraphError>,
) -> Result<T, GraphError> {
    let mut gz = GzBuilder::new().mtime(0).write(out, Compression::default());
    let result = write(&mut gz)?;
    gz.finish().and_then(|out| out.flush()).map_err(GraphError::Output)?;
    Ok(result)
}

/// A file of `folder` that appears whole or not at all, made by `write`.
fn file(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), GraphError> {
    let (path, temporary) = (folder.join(name), folder.join(format!(".tmp-{name}")));
    let written = std::fs::File::create(&temporary).and_then(|f| {
        let mut out = std::io::BufWriter::new(f);
        write(&mut out)?;
        out.into_inner().map_err(|e| e.into_error())?.sync_all()?;
        std::fs::rename(&temporary, &path)
    });
    written.map_err(|e| {
        // Nothing depends on the unfinished file.
        let _ = std::fs::remove_file(&temporary);
        GraphError::io("write", &path, e)
    })
}

/// Makes the folder of an export.
fn make_folder(path: &Path) -> Result<(), GraphError> {
    std::fs::create_dir_all(path).map_err(|e| GraphError::io("create", path, e))
}
