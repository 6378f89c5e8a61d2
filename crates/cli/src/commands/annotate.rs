//! `temoin annotate`: CoNLL-U on standard output.

use crate::args::Annotate;
use crate::messages::{Failure, Reporter, Result};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use temoin::{Inputs, Pipeline, conllu};

pub(crate) fn run(args: &Annotate) -> Result {
    let pipeline = Pipeline::builder().threads(args.articles.threads).build();
    let mut reporter = Reporter::new(args.articles.quiet);
    let mut out = BufWriter::new(io::stdout().lock());
    let inputs = Inputs::new(&args.articles.paths, args.articles.options());
    let end = pipeline.run(
        inputs,
        |p, article| conllu::write(&p.annotate(article)),
        |text, diagnostics| {
            diagnostics.iter().for_each(|d| reporter.report(d));
            match text.map_or(Ok(()), |t| out.write_all(t.as_bytes())) {
                Ok(()) => ControlFlow::Continue(()),
                Err(e) => ControlFlow::Break(e),
            }
        },
    );
    if let ControlFlow::Break(e) = end {
        return Err(Failure::output(&e));
    }
    out.flush().map_err(|e| Failure::output(&e))?;
    Ok(reporter.finish())
}
