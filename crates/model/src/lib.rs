//! The vocabulary of Témoin: what every other crate speaks about, and nothing else.
//!
//! A [`Document`] holds an article's text, its tokens as columns, its sentences and its names;
//! mentions, evidence and times are [`Span`]s into it. An [`Extraction`] holds what was found in one
//! document: mentions, entities and claims. Offsets carry their unit in their type, so code points,
//! bytes and tokens cannot be mixed. This crate does no I/O and knows neither models nor RDF.
//!
//! ```
//! use temoin_model::{Document, Meta, conllu};
//!
//! let doc = conllu::parse_one(
//!     "# text = Almaty brûle.\n1\tAlmaty\tAlmaty\tPROPN\t_\t_\t2\tnsubj\t_\t_\n\
//!      2\tbrûle\tbrûler\tVERB\t_\tMood=Ind|Tense=Pres\t0\troot\t_\tSpaceAfter=No\n\
//!      3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n",
//!     Meta::default(),
//! ).unwrap();
//! let verb = doc.tokens().find(|&t| doc.lemma(t) == "brûler").unwrap();
//! assert_eq!(doc.feat(verb, "Tense"), Some("Pres"));
//! assert_eq!(doc.slice(doc.token_span(verb)), "brûle");
//! ```

pub mod article;
pub mod claim;
pub mod conllu;
pub mod document;
pub mod entity;
pub mod id;
pub mod record;
pub mod span;
mod strings;
pub mod text;
pub mod value;

pub use article::{Article, Diagnostic, Lang, Meta, Severity};
pub use claim::{Certainty, Claim, ClaimIx, Evidence, Extraction, Object, Polarity, Speaker, Status, Subject, Tense};
pub use document::{Document, DocumentBuilder, NameKind, NameSpan, TokenId, Upos, Word};
pub use entity::{Coordinates, Entity, EntityIx, EntityType, Label, Mention, MentionIx, MentionKind};
pub use jiff::civil::Date;
pub use span::{Byte, Char, Span, Tok};
pub use value::{Precision, Quantity, TimeBasis, TimeValue};
