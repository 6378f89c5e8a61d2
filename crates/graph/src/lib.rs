//! Claims to RDF: vocabulary, quads, the graph folder, SPARQL, views, diagrams and exports.
//!
//! A graph is a folder of compressed N-Quads segments, at first one per article, plus a manifest
//! ([`GraphFolder`]). Reading it gives a [`Graph`]: all segments in memory, entities merged, each
//! triple once, ready for SPARQL ([`Graph::query`]), for a view of entities and claims
//! ([`Graph::view`]), its diagram ([`dot::render`]) and the card of one entity or claim
//! ([`Graph::show`]). [`export::export`] and [`verify::verify`] read the folder article by article.
//! This crate knows neither models nor rules of extraction.
//!
//! ```
//! use temoin_graph::query::{QueryOptions, ResultFormat};
//! use temoin_graph::{GraphFolder, GraphOptions};
//! use temoin_model::{Extraction, Meta, conllu};
//!
//! let dir = tempfile::tempdir().unwrap();
//! let doc = conllu::parse_one(
//!     "1\tAlmaty\tAlmaty\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tbrûle\tbrûler\tVERB\t_\t_\t0\troot\t_\t_\n",
//!     Meta { name: "a.txt".into(), ..Meta::default() },
//! ).unwrap();
//! let folder = GraphFolder::create_or_open(&dir.path().join("g"), &GraphOptions::default()).unwrap();
//! let mut writer = folder.writer().unwrap();
//! writer.add(&doc, &Extraction::default()).unwrap();
//! writer.commit().unwrap();
//! let graph = folder.load().unwrap();
//! let answer = graph.query("ASK { ?d a kg:Document }", &QueryOptions::default()).unwrap();
//! let mut out = Vec::new();
//! answer.write(Some(ResultFormat::Csv), &mut out).unwrap();
//! assert_eq!(out, b"true");
//! ```

pub mod check;
pub mod compare;
pub mod describe;
pub mod diff;
pub mod digest;
pub mod dot;
pub mod error;
pub mod export;
mod gather;
pub mod graph;
pub mod identity;
mod index;
pub mod iri;
mod merge;
pub mod minhash;
pub mod ontology;
mod ordered;
pub mod quads;
pub mod query;
pub mod questions;
pub mod records;
mod resolve;
pub mod show;
pub mod store;
pub mod svg;
pub mod verify;
pub mod view;

pub use error::GraphError;
pub use graph::{Graph, GraphBuilder};
pub use iri::Iris;
pub use ontology::RelationInfo;
pub use store::{
    Added, ArticleInfo, CompactOptions, Compacted, Copied, Damaged, GraphFolder, GraphOptions, Writer, merge_folders,
};
