//! `temoin export`: the graph in the formats of other tools.

use super::{open, output, report_damaged, report_rejected, worst};
use crate::messages::{Failure, Result, counted};
use clap::{Args, ValueEnum};
use indicatif::HumanCount;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use temoin::graph::export::{ExportFormat, ExportReport, Facts, export, export_folder, export_rdf12, gzip};
use temoin::graph::{GraphError, GraphFolder};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// N-Quads: everything, sorted
    Nquads,
    /// TriG: everything
    Trig,
    /// Turtle: one graph without the graph names
    Turtle,
    /// N-Triples: one graph without the graph names
    Ntriples,
    /// JSON-LD
    Jsonld,
    /// RDF/XML: one graph without the graph names
    Rdfxml,
    /// GraphML with typed attributes, for Gephi and networkx
    Graphml,
    /// Node-link JSON, for networkx and D3
    Nodelink,
    /// Folder with nodes.csv and relationships.csv for neo4j-admin database import
    Neo4j,
    /// Folder of Parquet files: entities, claims, evidence, mentions, events, documents
    Parquet,
    /// One event a line, with its PLOVER category, as JSON
    Events,
    /// FollowTheMoney entities, one a line, for Aleph and yente
    Ftm,
    /// Oxigraph's store on disk, in builds with --features disk
    Store,
}

impl FormatArg {
    fn format(self) -> ExportFormat {
        match self {
            FormatArg::Nquads => ExportFormat::NQuads,
            FormatArg::Trig => ExportFormat::TriG,
            FormatArg::Turtle => ExportFormat::Turtle,
            FormatArg::Ntriples => ExportFormat::NTriples,
            FormatArg::Jsonld => ExportFormat::JsonLd,
            FormatArg::Rdfxml => ExportFormat::RdfXml,
            FormatArg::Graphml => ExportFormat::GraphMl,
            FormatArg::Nodelink => ExportFormat::NodeLink,
            FormatArg::Neo4j => ExportFormat::Neo4j,
            FormatArg::Parquet => ExportFormat::Parquet,
            FormatArg::Events => ExportFormat::Events,
            FormatArg::Ftm => ExportFormat::Ftm,
            FormatArg::Store => ExportFormat::Store,
        }
    }
}

/// Which claims become plain edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FactsArg {
    /// What an article asserts in its own voice
    Asserted,
    /// That, and what it reports of others
    Reported,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin export graph --format trig > graph.trig
  temoin export graph --out graph.nq.gz             compressed, the format from the ending
  temoin export graph --rdf12 --out graph.ttl       claims as reifiers of triple terms
  temoin export graph --out graph.graphml           for Gephi
  temoin export graph --format parquet --out tables
  temoin export graph --format neo4j --out import &&
    neo4j-admin database import full --nodes=import/nodes.csv \\
    --relationships=import/relationships.csv --multiline-fields=true
  temoin export graph --format ftm --out graph.ftm.jsonl --json

With --out, standard error tells what was written and what the format cannot carry; --json prints it
on standard output. Every format but store gives the same bytes in every run.")]
pub(crate) struct Export {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: PathBuf,
    /// File of decisions on who is who, in place of identity.tsv in the graph folder
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Format; by default from the ending of the file, else N-Quads
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<FormatArg>,
    /// File to write, or folder where the format is one; standard output without it
    #[arg(long, short, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Which claims become plain edges of the graph g:facts, relationships in Neo4j, and entities of
    /// FollowTheMoney
    #[arg(long, value_name = "WHICH", default_value = "asserted")]
    pub(crate) facts: FactsArg,
    /// Compress with gzip; also where the file ends in .gz
    #[arg(long)]
    pub(crate) gzip: bool,
    /// RDF 1.2: each claim reifies its triple (rdf:reifies), for nquads, trig, turtle, ntriples, rdfxml
    #[arg(long)]
    pub(crate) rdf12: bool,
    /// Print as JSON what was written and what was left out; needs --out
    #[arg(long, requires = "out")]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &Export) -> Result {
    let format = format(args)?;
    let facts = if args.facts == FactsArg::Reported { Facts::Reported } else { Facts::Asserted };
    // A dash is standard output.
    let path = args.out.as_deref().filter(|p| *p != Path::new("-"));
    if args.json && path.is_none() {
        return Err(Failure::Usage("--json prints on standard output: give --out a file".into()));
    }
    let folder = open(&args.graph, args.decisions.as_deref())?;
    let report = match path {
        Some(path) if format.is_folder() => folder_of_files(args, &folder, (format, facts), path)?,
        _ => one_file(args, &folder, (format, facts), path)?,
    };
    say(args, path.is_some(), &report)?;
    Ok(worst([report_damaged(&report.damaged), report_rejected(&report.rejected)]))
}

/// The format asked for, or that of the file's ending.
fn format(args: &Export) -> std::result::Result<ExportFormat, Failure> {
    let ending = |path: &Path| path.extension().and_then(|e| e.to_str()).map(str::to_owned);
    let Some(path) = args.out.as_deref() else {
        return Ok(args.format.map_or(ExportFormat::NQuads, FormatArg::format));
    };
    if let Some(f) = args.format {
        return Ok(f.format());
    }
    let plain = if compressed(args) { path.with_extension("") } else { path.to_owned() };
    match ending(if ending(path).as_deref() == Some("gz") { &plain } else { path }) {
        Some(e) => e.parse().map_err(|e| Failure::Usage(format!("{}: {e}", path.display()))),
        None => Ok(ExportFormat::NQuads),
    }
}

fn compressed(args: &Export) -> bool {
    let gz = |p: &Path| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    args.gzip || args.out.as_deref().is_some_and(gz)
}

fn folder_of_files(
    args: &Export,
    folder: &GraphFolder,
    (format, facts): (ExportFormat, Facts),
    path: &Path,
) -> std::result::Result<ExportReport, Failure> {
    if args.rdf12 || compressed(args) {
        let name = format.name();
        return Err(Failure::Usage(format!("{name} is a folder of files: --gzip and --rdf12 do not go with it")));
    }
    export_folder(folder, format, facts, path).map_err(Failure::graph)
}

fn one_file(
    args: &Export,
    folder: &GraphFolder,
    (format, facts): (ExportFormat, Facts),
    path: Option<&Path>,
) -> std::result::Result<ExportReport, Failure> {
    let write = |out: &mut dyn Write| -> std::result::Result<ExportReport, GraphError> {
        if args.rdf12 { export_rdf12(folder, format, facts, out) } else { export(folder, format, facts, out) }
    };
    let mut report = ExportReport::default();
    output::to(path, |out| {
        report = if compressed(args) { gzip(out, write) } else { write(out) }.map_err(Failure::graph)?;
        Ok(())
    })?;
    Ok(report)
}

/// Says what was written, and what could not be: also without `--out`, for nothing is lost silently.
fn say(args: &Export, to_file: bool, report: &ExportReport) -> std::result::Result<(), Failure> {
    let mut err = anstream::stderr();
    if report.replaced > 0 {
        let characters = counted(report.replaced, "character");
        let _ = writeln!(err, "warning: U+FFFD replaces {characters} that XML cannot carry");
    }
    if args.json {
        let summary = json!({
            "articles": report.documents, "quads": report.quads, "written": report.written,
            "left_out": report.left_out, "replaced": report.replaced, "damaged": report.damaged.len(),
        });
        return writeln!(std::io::stdout(), "{summary}").map_err(|e| Failure::output(&e));
    }
    for (what, n) in &report.left_out {
        let _ = writeln!(err, "left out: {what} ({})", HumanCount(*n));
    }
    if to_file {
        let mut counts = vec![counted(report.documents, "article")];
        counts.extend((report.quads > 0).then(|| counted(report.quads, "quad")));
        counts.extend(report.written.iter().map(|(what, n)| format!("{what} ({})", HumanCount(*n))));
        let _ = writeln!(err, "{}", counts.join(", "));
    }
    Ok(())
}
