//! One module a command.

pub(crate) mod annotate;
pub(crate) mod build;
pub(crate) mod draw;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod query;
pub(crate) mod show;
pub(crate) mod verify;
