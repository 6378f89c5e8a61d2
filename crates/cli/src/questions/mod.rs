//! Questions on the shape of a graph: `neighbours`, `path`, `timeline`, `rank`, `communities`.

mod args;
mod groups;
mod neighbours;
mod path;
mod print;
mod rank;
mod timeline;

pub(crate) use args::{Communities, Neighbours, Path, Rank, Timeline};

use crate::messages::{Failure, Outcome, Result};
use args::{Asked, Form};
use serde::Serialize;
use std::io::{self, Write};
use temoin::Lang;
use temoin::graph::questions::Network;
use temoin::graph::records::Claims;

pub(crate) fn neighbours(a: &Neighbours) -> Result {
    neighbours::run(a)
}

pub(crate) fn path(a: &Path) -> Result {
    path::run(a)
}

pub(crate) fn timeline(a: &Timeline) -> Result {
    timeline::run(a)
}

pub(crate) fn rank(a: &Rank) -> Result {
    rank::run(a)
}

pub(crate) fn communities(a: &Communities) -> Result {
    groups::run(a)
}

/// The graph's claims, and whether segments were damaged.
fn claims(asked: &Asked) -> std::result::Result<(Claims, Outcome), Failure> {
    let (graph, outcome) = crate::commands::load_with(&asked.graph, asked.decisions.as_deref())?;
    Ok((graph.claims(), outcome))
}

fn network<'a>(claims: &'a Claims, asked: &Asked) -> Network<'a> {
    Network::new(claims, asked.facts.into())
}

/// The entity that a name stands for; says so where it could be another one.
fn entity(claims: &Claims, name: &str) -> std::result::Result<usize, Failure> {
    let found = claims.find_entity(name).map_err(Failure::graph)?;
    let others = claims.namesakes(name, found);
    let others = others.iter().map(|&i| claims.entities[i].id.as_str());
    crate::commands::note_namesakes(name, &claims.entities[found].id, others);
    Ok(found)
}

/// Prints an answer for scripts or for people.
fn answer<T: Serialize>(
    answer: &T,
    form: &Form,
    people: impl FnOnce(&mut dyn Write, Lang) -> io::Result<()>,
) -> std::result::Result<(), Failure> {
    let written = if form.json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, answer).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        people(&mut anstream::stdout().lock(), form.lang.parse().unwrap_or_default())
    };
    written.map_err(|e| Failure::output(&e))
}
