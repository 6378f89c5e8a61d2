//! Arguments of the questions.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use temoin::graph::questions::{Centrality, Grouping, Include};

/// Which claims make an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum IncludeArg {
    /// What an article asserts in its own voice
    Asserted,
    /// That, and what it reports of others
    Reported,
    /// Everything, also what is hedged, planned, hypothetical or denied
    All,
}

impl From<IncludeArg> for Include {
    fn from(a: IncludeArg) -> Self {
        match a {
            IncludeArg::Asserted => Include::Asserted,
            IncludeArg::Reported => Include::Reported,
            IncludeArg::All => Include::All,
        }
    }
}

/// The graph and the claims of it.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Graph folder
    #[arg(value_name = "GRAPH")]
    pub(crate) graph: PathBuf,
    /// Which claims count
    #[arg(long, value_name = "WHICH", default_value = "asserted")]
    pub(crate) facts: IncludeArg,
    /// File of decisions on who is who, in place of identity.tsv in the graph folder
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
}

/// Form of the answer.
#[derive(Debug, Args)]
pub(crate) struct Form {
    /// Print JSON, for scripts
    #[arg(long)]
    pub(crate) json: bool,
    /// Language of labels
    #[arg(long, value_name = "LANG", value_parser = ["fr", "en"], default_value = "fr")]
    pub(crate) lang: String,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin neighbours graph Liban
  temoin neighbours graph 'Michel Aoun' --depth 2 --facts reported
  temoin neighbours graph Liban --json | jq -r '.neighbours[].entity.label'")]
pub(crate) struct Neighbours {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Name, alias or identifier of an entity
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// How many claims away
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) depth: usize,
    #[command(flatten)]
    pub(crate) form: Form,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin path graph LVMH 'Jean-Yves Le Drian'
  temoin path graph Mali CEDEAO --facts all
  temoin path graph LVMH Tiffany --json | jq -r '.steps[].claim.sentence'

Each step is a claim, taken in either direction, with the sentence and the article that say it. Of ways
of the same length the best supported one is shown.")]
pub(crate) struct Path {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Where the way begins: name, alias or identifier of an entity
    #[arg(value_name = "FROM")]
    pub(crate) from: String,
    /// Where it ends
    #[arg(value_name = "TO")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) form: Form,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin timeline graph Liban
  temoin timeline graph 'Michel Aoun' --facts all --json

Dated claims come in order, undated ones at the end by the date of their article, which is never taken
for the date of what happened.")]
pub(crate) struct Timeline {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Name, alias or identifier of an entity
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) form: Form,
}

/// What makes an entity central.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CentralityArg {
    /// Number of entities that claims join it to
    Degree,
    /// Share of the shortest ways between two others that lead through it
    Betweenness,
}

impl From<CentralityArg> for Centrality {
    fn from(a: CentralityArg) -> Self {
        match a {
            CentralityArg::Degree => Centrality::Degree,
            CentralityArg::Betweenness => Centrality::Betweenness,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin rank graph
  temoin rank graph --by betweenness --top 10
  temoin rank graph --top 0 --json > ranks.json      all entities")]
pub(crate) struct Rank {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// What makes an entity central
    #[arg(long, value_name = "WHAT", default_value = "degree")]
    pub(crate) by: CentralityArg,
    /// Print so many; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    #[command(flatten)]
    pub(crate) form: Form,
}

/// What makes entities belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupingArg {
    /// More claims among them than chance would give
    Communities,
    /// Some way of claims leads from each to each
    Components,
}

impl From<GroupingArg> for Grouping {
    fn from(a: GroupingArg) -> Self {
        match a {
            GroupingArg::Communities => Grouping::Communities,
            GroupingArg::Components => Grouping::Components,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  temoin communities graph
  temoin communities graph --by components --facts all
  temoin communities graph --json | jq '.groups[0].members'

Communities are found by the method of Louvain on the number of claims between two entities.")]
pub(crate) struct Communities {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// What makes entities belong together
    #[arg(long, value_name = "WHAT", default_value = "communities")]
    pub(crate) by: GroupingArg,
    /// Print so many groups; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    #[command(flatten)]
    pub(crate) form: Form,
}
