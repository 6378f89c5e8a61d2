//! `temoin describe`: a graph as a data set, in VoID and DCAT.

use super::{load, output};
use crate::args::{Describe, DescribeFormat};
use crate::messages::{Failure, Result};
use temoin::graph::describe::DescribeFormat as Form;

pub(crate) fn run(args: &Describe) -> Result {
    let (graph, outcome) = load(&args.graph)?;
    let format = match args.format {
        DescribeFormat::Turtle => Form::Turtle,
        DescribeFormat::Ntriples => Form::NTriples,
        DescribeFormat::Jsonld => Form::JsonLd,
    };
    output::to(args.out.as_deref(), |out| {
        graph.describe(args.title.as_deref(), format, out).map(drop).map_err(Failure::graph)
    })?;
    Ok(outcome)
}
