//! `temoin draw`: the diagram of a graph, as DOT, as SVG, or through Graphviz as PNG.

use super::{load_with, output};
use crate::args::{Draw, DrawFormat};
use crate::messages::{Failure, Result};
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;
use temoin::Lang;
use temoin::graph::dot::{DotOptions, render};
use temoin::graph::svg;
use temoin::graph::view::ViewOptions;

pub(crate) fn run(args: &Draw) -> Result {
    let format = match (args.format, &args.out) {
        (Some(f), _) => f,
        (None, Some(path)) => match path.extension().and_then(|e| e.to_str()) {
            Some("svg") => DrawFormat::Svg,
            Some("png") => DrawFormat::Png,
            Some("dot" | "gv") | None => DrawFormat::Dot,
            Some(other) => {
                return Err(Failure::Usage(format!(
                    "{}: '{other}' is no format for diagrams: use .dot, .svg or .png, or --format",
                    path.display()
                )));
            }
        },
        (None, None) => DrawFormat::Dot,
    };
    let (graph, outcome) = load_with(&args.graph, args.decisions.as_deref())?;
    let view = graph
        .view(&ViewOptions {
            focus: args.focus.clone(),
            hops: args.hops,
            relations: args.relations.clone(),
            since: args.since,
            until: args.until,
        })
        .map_err(Failure::graph)?;
    if let (Some(name), Some(focus)) = (&args.focus, view.focus) {
        let others = view.claims.namesakes(name, focus);
        let id = |i: usize| view.claims.entities[i].id.as_str();
        super::note_namesakes(name, id(focus), others.iter().map(|&i| id(i)));
    }
    let options = DotOptions { lang: lang(&args.lang), max_edges: args.max_edges, title: args.title.clone() };
    let bytes = match format {
        DrawFormat::Dot => render(&view, &options).into_bytes(),
        DrawFormat::Svg => svg::render(&view, &options).into_bytes(),
        DrawFormat::Png => graphviz("-Tpng", render(&view, &options))?,
    };
    output::to(args.out.as_deref(), |out| out.write_all(&bytes).map_err(|e| Failure::output(&e)))?;
    Ok(outcome)
}

fn lang(tag: &str) -> Lang {
    tag.parse().unwrap_or_default()
}

/// Lets the program `dot` lay the diagram out.
fn graphviz(form: &str, dot: String) -> std::result::Result<Vec<u8>, Failure> {
    let child =
        Command::new("dot").arg(form).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(c) => c,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Err(Failure::Work(
                "PNG needs Graphviz, whose program 'dot' was not found: install it (Debian: apt-get install \
                 graphviz), or write SVG with --format svg, which needs nothing"
                    .into(),
            ));
        }
        Err(e) => return Err(Failure::Work(format!("cannot start Graphviz's 'dot': {e}"))),
    };
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let feeder = thread::spawn(move || stdin.write_all(dot.as_bytes()));
    let done = child.wait_with_output().map_err(|e| Failure::Work(format!("Graphviz's 'dot' failed: {e}")))?;
    let fed = feeder.join().expect("the feeder does not panic");
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(Failure::Work(format!("Graphviz's 'dot' failed ({}): {}", done.status, said.trim())));
    }
    fed.map_err(|e| Failure::Work(format!("Graphviz's 'dot' failed: {e}")))?;
    Ok(done.stdout)
}
