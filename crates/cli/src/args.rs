//! Arguments of the command line.

use crate::commands::export::Export;
use crate::questions::{Communities, Neighbours, Path, Rank, Timeline};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use temoin::{Date, InputOptions, Lang};

/// News text in, a knowledge graph out in which every fact has a witness.
#[derive(Debug, Parser)]
#[command(
    name = "temoin",
    version,
    max_term_width = 100,
    after_help = "\
Example: from a folder of articles to a graph, a question and a picture
  temoin build articles/ --out graph
  temoin query graph 'SELECT ?who ?whom { ?who rel:accused ?whom }'
  temoin draw graph --focus Beyrouth --out beyrouth.dot"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The command line, with the paragraphs behind examples in one line each, so that they are wrapped once, to the width
/// of the terminal. What is indented stays as it is: commands to copy.
pub(crate) fn command() -> clap::Command {
    fn unwrapped(command: clap::Command) -> clap::Command {
        let command = command.mut_subcommands(unwrapped);
        let Some(help) = command.get_after_help().map(ToString::to_string) else { return command };
        let mut text = String::new();
        let mut prose = false;
        for line in help.lines() {
            let goes_on = prose && !line.is_empty() && !line.starts_with(' ');
            text.push_str(if goes_on { " " } else { "\n" });
            text.push_str(line);
            prose = !line.is_empty() && !line.starts_with(' ');
        }
        command.after_help(text.trim_start().to_owned())
    }
    unwrapped(<Cli as clap::CommandFactory>::command())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn articles into a graph folder, or add articles to one
    Build(Build),
    /// Print what articles say, without keeping it
    Extract(Extract),
    /// Print entities, events and relations of short reports of incidents (French)
    Reports(Reports),
    /// List the relations that are looked for, or try their examples
    Relations(Relations),
    /// Print the analysis of the words as CoNLL-U
    Annotate(Annotate),
    /// Ask a graph a question in SPARQL
    Query(Query),
    /// Show everything known of an entity or of one claim, with the sentences that say it
    Show(Show),
    /// Show what lies around an entity, with the claims between
    Neighbours(Neighbours),
    /// Show the shortest way between two entities, with the evidence along it
    Path(Path),
    /// Show what happened to an entity, in order of time
    Timeline(Timeline),
    /// List the entities in the middle of the graph
    Rank(Rank),
    /// List entities that belong together
    Communities(Communities),
    /// Draw a graph as a diagram
    Draw(Draw),
    /// Write a graph for other tools: RDF, GraphML, JSON, CSV, Parquet, events, FollowTheMoney
    Export(Export),
    /// Compare what several articles tell of the same: who affirms, who denies, which numbers differ
    Compare(crate::commands::compare::Compare),
    /// See and decide who is who across the articles of a graph
    Identity(crate::commands::identity::Identity),
    /// Check every piece of evidence of a graph against the stored text
    Verify(Verify),
    /// Take articles out of a graph
    Remove(crate::commands::remove::Remove),
    /// Put the many small files of a graph together
    Compact(crate::commands::compact::Compact),
    /// Put the articles of several graphs into one
    Merge(crate::commands::merge::Merge),
    /// Say what changed between two graphs
    Diff(crate::commands::diff::Diff),
    /// Print a digest that is equal for graphs that say the same
    Digest(crate::commands::digest::Digest),
    /// Check the invariants of a graph: queries that must come back empty
    Check(Check),
    /// Describe a graph as a data set, for catalogues (VoID and DCAT)
    Describe(Describe),
    /// Print what a shell needs to complete commands and options
    Completions(crate::commands::shell::Completions),
    /// Print the manual page, or write those of all commands
    Man(crate::commands::shell::Man),
}

/// Arguments of the commands that read articles.
#[derive(Debug, Args)]
pub(crate) struct Articles {
    /// Files, folders, or - for standard input. Folders are searched for .txt, .text, .jsonl and
    /// .ndjson; a line of JSON Lines has "text" and may have "id", "date", "title", "outlet", "url", "lang"
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Publication date of articles that bring none (in their JSON, or at the start of the file's name)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// Language of the articles; found out per article where it is not given
    #[arg(long, value_name = "LANG", value_parser = ["fr", "en"])]
    pub(crate) lang: Option<String>,
    /// Longest article in megabytes
    #[arg(long, value_name = "MB", default_value_t = 16)]
    pub(crate) max_size: u64,
    /// Number of threads; 0 takes one per processor. The result is the same with any number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
    /// Print no notes, progress or summary; what is left out or altered (warnings) and errors are printed
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl Articles {
    pub(crate) fn options(&self) -> InputOptions {
        InputOptions {
            published: self.date,
            lang: self.lang.as_deref().and_then(|l| l.parse::<Lang>().ok()),
            max_bytes: self.max_size.saturating_mul(1 << 20),
            ..InputOptions::default()
        }
    }
}

/// What to look for beside the built-in relations and entities.
#[derive(Debug, Args)]
pub(crate) struct Vocabulary {
    /// File of relations of your own, in the form of data/lexicon/relations.toml; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) relations: Vec<PathBuf>,
    /// File of entities of your own: type, name, other names parted by |, Wikidata identifier, with tabs
    /// between; a name with @fr or @en at its end is the label in that language; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) entities: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin build articles/ --out graph                a folder of articles
  temoin build depeches.jsonl --out graph           add more; articles already there change nothing
  temoin build articles/ --out graph --entities companies.tsv
  temoin build articles/ --out graph --replace      what has a new text takes the place of the old
  cat article.txt | temoin build - --out graph --date 2024-03-05

The graph is a folder of standard N-Quads files. A run that was stopped is continued by the same command.")]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) articles: Articles,
    #[command(flatten)]
    pub(crate) vocabulary: Vocabulary,
    /// Graph folder to make or to add to
    #[arg(long, short, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// An article takes the place of those in the graph that have its name and another text. One
    /// whose text is there under another name, title, date, outlet or address is read again
    #[arg(long)]
    pub(crate) replace: bool,
    /// Print one JSON object a line for each article, once it is safe in the graph
    #[arg(long)]
    pub(crate) json: bool,
    /// Wait at most this long for another process that writes to the graph
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub(crate) wait: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// For people
    Table,
    /// One claim or report a line
    Jsonl,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin extract article.txt --date 2024-03-05
  temoin extract --format jsonl articles/ > claims.jsonl
  temoin extract --trace article.txt                which rule read what, and what was left out
  temoin extract --format jsonl - < article.txt |
    jq -r '[.subject.label, .predicate, .object.label] | @tsv'")]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) articles: Articles,
    #[command(flatten)]
    pub(crate) vocabulary: Vocabulary,
    /// Form of the output; a table on a terminal, JSON Lines when piped
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ExtractFormat>,
    /// Leave out claims extracted with less confidence than this, from 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.0)]
    pub(crate) min_confidence: f64,
    /// Say sentence by sentence which rule made each claim of which words, and why other words that
    /// name a relation made none
    #[arg(long)]
    pub(crate) trace: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin reports reports/                           a table for each report
  temoin reports --format jsonl reports/ > reports.jsonl
  temoin reports --min-probability 0.9 report.txt   only the relations that are very likely

Types and relations are those of the POPCORN corpus, on which the layer was trained; they include what
a reader infers between sentences, so they are likely, not said. Claims with evidence come from
temoin extract.")]
pub(crate) struct Reports {
    #[command(flatten)]
    pub(crate) articles: Articles,
    /// Form of the output; a table on a terminal, JSON Lines when piped
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ExtractFormat>,
    /// Leave out relations that are less likely than this, from 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.0)]
    pub(crate) min_probability: f64,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin relations                                  what is looked for
  temoin relations --check --relations mine.toml    whether all examples give their claims")]
pub(crate) struct Relations {
    #[command(flatten)]
    pub(crate) vocabulary: Vocabulary,
    /// Try the examples and counterexamples of all relations, and print those that fail
    #[arg(long)]
    pub(crate) check: bool,
    /// Print one JSON object a line for each relation
    #[arg(long, conflicts_with = "check")]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  temoin annotate article.txt > article.conllu")]
pub(crate) struct Annotate {
    #[command(flatten)]
    pub(crate) articles: Articles,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum QueryFormat {
    /// For people
    Table,
    /// SPARQL 1.1 results as CSV
    Csv,
    /// SPARQL 1.1 results as TSV
    Tsv,
    /// SPARQL 1.1 results as JSON
    Json,
    /// SPARQL 1.1 results as XML
    Xml,
    /// Graphs (CONSTRUCT, DESCRIBE) as Turtle
    Turtle,
    /// Graphs (CONSTRUCT, DESCRIBE) as N-Triples
    Ntriples,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin query graph 'SELECT ?qui ?quoi {
    ?s rel:announced ?o . ?s rdfs:label ?qui . ?o rdfs:label ?quoi
    FILTER(LANG(?qui) = \"fr\" && LANG(?quoi) = \"fr\") }'
  temoin query graph --file examples/queries/q4_toll.rq --format csv
  temoin query graph 'ASK { ?c kg:status kg:Denied }'
  temoin query graph 'DESCRIBE ent:lebanon' --format turtle

Predeclared prefixes: rdf rdfs xsd owl skos dct prov kg rel ent doc claim event g. The query sees all
graphs as one. SERVICE and updates are refused.")]
pub(crate) struct Query {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: PathBuf,
    /// File of decisions on who is who, in place of identity.tsv in the graph folder
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// SPARQL 1.1 query
    #[arg(value_name = "SPARQL", required_unless_present = "file", conflicts_with = "file")]
    pub(crate) query: Option<String>,
    /// Read the query from a file; - for standard input
    #[arg(long, short, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Form of the result; by default a table, or Turtle for graphs
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<QueryFormat>,
    /// Stop a query that runs longer than this many seconds; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin show graph 'Emmanuel Macron'
  temoin show graph OMS
  temoin show graph claim:3f2a9c0d1e4b5a67
  temoin show graph OMS --json |
    jq -r '.groups[].claims[].sentence.sentence.text'")]
pub(crate) struct Show {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: PathBuf,
    /// File of decisions on who is who, in place of identity.tsv in the graph folder
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Name, alias or identifier of an entity, or identifier of a claim
    #[arg(value_name = "WHAT")]
    pub(crate) what: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DrawFormat {
    /// Graphviz source
    Dot,
    /// Laid out by temoin itself
    Svg,
    /// Needs Graphviz
    Png,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin draw graph > graph.dot
  temoin draw graph --focus Liban --hops 1 --out liban.svg
  temoin draw graph --relations accused,denied \\
    --since 2020-08-01 --until 2020-08-31 --out august.png

PNG needs Graphviz (the program dot); SVG and DOT need nothing. Beyond --max-edges the diagram is a
summary: edges bundled by pair, the most central entities, communities as frames.")]
pub(crate) struct Draw {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: PathBuf,
    /// File of decisions on who is who, in place of identity.tsv in the graph folder
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Only what lies around this entity (name, alias or identifier)
    #[arg(long, value_name = "ENTITY")]
    pub(crate) focus: Option<String>,
    /// How far around the focus
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) hops: usize,
    /// Only these relations, separated by commas
    #[arg(long, value_name = "REL", value_delimiter = ',')]
    pub(crate) relations: Vec<String>,
    /// Only claims dated this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) since: Option<Date>,
    /// Only claims dated this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
    /// Draw at most this many edges; a diagram that leaves something out says what
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub(crate) max_edges: usize,
    /// Title above the diagram
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// Language of relation names and of the legend
    #[arg(long, value_name = "LANG", value_parser = ["fr", "en"], default_value = "fr")]
    pub(crate) lang: String,
    /// File to write; standard output without it
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Form of the output; by default from the ending of the file, else DOT
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<DrawFormat>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin verify graph
  temoin verify graph --json | jq '.mismatches[]'")]
pub(crate) struct Verify {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin check graph
  temoin check --list                               what is checked
  temoin check graph --queries mine/ --json         queries of your own as well

A query selects ?where and ?what; a row that comes back is a violation. The built-in ones are the files of
examples/queries/invariants. Exit code 1 where something does not hold.")]
pub(crate) struct Check {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: Option<PathBuf>,
    /// Folder of further queries (files that end in .rq) that must come back empty
    #[arg(long, value_name = "FOLDER")]
    pub(crate) queries: Option<PathBuf>,
    /// Say what is checked
    #[arg(long)]
    pub(crate) list: bool,
    /// Print violations as JSON, for scripts
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DescribeFormat {
    /// Turtle
    Turtle,
    /// N-Triples
    Ntriples,
    /// JSON-LD
    Jsonld,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin describe graph
  temoin describe graph --title 'Beyrouth, août 2020' --out void.ttl")]
pub(crate) struct Describe {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: PathBuf,
    /// Title of the data set
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// RDF format
    #[arg(long, value_name = "FORMAT", default_value = "turtle")]
    pub(crate) format: DescribeFormat,
    /// File to write; standard output without it
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
