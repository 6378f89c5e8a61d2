//! The facade of Témoin: articles in, claims and graphs out.
//!
//! [`Inputs`] reads files, folders, standard input and JSON Lines; a [`Pipeline`] analyses articles,
//! one at a time or many in parallel, always in the same order. The command line and other front
//! ends hold no logic of their own: they call what stands here and what this crate re-exports.
//!
//! ```
//! use temoin::{Article, Meta, Pipeline, Subject};
//!
//! let pipeline = Pipeline::builder().build();
//! let article = Article {
//!     meta: Meta { published: Some("2024-03-05".parse().unwrap()), ..Meta::default() },
//!     text: "La France a critiqué la Russie.".into(),
//! };
//! let analysed = pipeline.extract(article);
//! let claim = &analysed.extraction.claims[0];
//! let Subject::Entity(who) = claim.subject else { panic!("the subject is named") };
//! assert_eq!(claim.predicate, "criticized");
//! assert_eq!(analysed.extraction.entity(who).label, "France");
//! ```

pub mod build;
pub mod decode;
pub mod examples;
pub mod input;
mod language;
mod lines;
mod patient;
pub mod pipeline;
pub mod vocabulary;

pub use build::{BuildOptions, Built, Step};
pub use input::{Input, InputOptions, Inputs};
pub use pipeline::{Analysed, Pipeline, PipelineBuilder};
pub use temoin_extract::Extractor;
pub use temoin_extract::entities::EntitiesError;
pub use temoin_extract::relations::{Relation, RelationsError};
pub use temoin_extract::reports;
pub use temoin_extract::trace::{Rejection, Why};
pub use temoin_graph as graph;
pub use temoin_model::*;
