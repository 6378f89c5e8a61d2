//! `temoin-train score-identity`: entities across the articles of MEANTIME, from raw text.
//!
//! The corpus names an entity across articles by its `instance_id`. Each of its folders is one set of
//! articles: a mention of the key is matched with ours (head words), and the clusters over all
//! articles are compared by B³ (Bagga and Baldwin 1998, "Entity-based cross-document coreferencing
//! using the vector space model").

use super::corpus::{self, GoldText};
use crate::coref::matching::{self, Matching, Spot};
use crate::coref::metrics::{Metrics, Ratio};
use crate::results::table::Table;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use temoin_extract::{Extractor, time};
use temoin_graph::{GraphBuilder, Iris};
use temoin_language::Annotator;
use temoin_model::{Article, Document, Extraction, Lang, Meta};

/// Score entities across articles on MEANTIME, from raw text.
///
/// B³ over the mentions of all articles of a folder: with the identifiers of the articles alone
/// (before), and after identity across articles.
#[derive(Debug, Args)]
pub struct ScoreIdentity {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Also the entities of the key that are in parts, and ours that hold several
    #[arg(long)]
    errors: bool,
}

/// A mention: its article, and its number in it.
type Spotted = (usize, usize);

/// Clusters without their names.
type Chains = Vec<Vec<Spotted>>;

/// Clusters over the articles of a folder.
#[derive(Debug, Default)]
struct Sides {
    key: BTreeMap<String, Vec<Spotted>>,
    before: BTreeMap<String, Vec<Spotted>>,
    after: BTreeMap<String, Vec<Spotted>>,
    words: BTreeMap<Spotted, String>,
}

impl ScoreIdentity {
    /// Scores the folders and prints the table.
    ///
    /// # Errors
    /// When the corpus cannot be read or a graph cannot be made.
    pub fn run(&self) -> Result<(), String> {
        let texts = corpus::texts(&self.corpora)?;
        let (annotator, extractor) = (Annotator::builtin(Lang::En), Extractor::builtin());
        let columns = ["folder", "identity", "mentions P", "R", "F1", "B³ P", "R", "F1", "B³ P of matched", "R", "F1"];
        let mut table = Table::new(columns);
        let mut totals = [[Metrics::default(); 2]; 2];
        for folder in corpus::FOLDERS.map(|f| f.trim_start_matches("corpus_")) {
            let of: Vec<&GoldText> = texts.iter().filter(|t| t.folder == folder).collect();
            let sides = sides(&annotator, &extractor, &of)?;
            for ((name, response), total) in
                [("before", &sides.before), ("after", &sides.after)].into_iter().zip(&mut totals)
            {
                let scores = sides.score(response);
                table.row(row(folder, name, &scores));
                total.iter_mut().zip(pairs(&sides, response)).for_each(|(m, (k, r))| m.add(&k, &r));
            }
            if self.errors {
                crate::say!("{}", sides.errors(folder));
            }
        }
        for (name, total) in ["before", "after"].into_iter().zip(&totals) {
            table.row(row("both", name, total));
        }
        crate::say!("MEANTIME, entities across {} articles\n\n{}", texts.len(), table.markdown());
        Ok(())
    }
}

fn row(folder: &str, name: &str, [all, matched]: &[Metrics; 2]) -> Vec<String> {
    let figures = |r: Ratio| r.percent().map(|f| format!("{f:.1}"));
    let mut out = vec![folder.to_owned(), name.to_owned()];
    [all.mentions, all.b_cubed, matched.b_cubed].into_iter().for_each(|r| out.extend(figures(r)));
    out
}

/// The clusters of key and response: of all mentions, and of those that both have.
fn pairs(sides: &Sides, response: &BTreeMap<String, Vec<Spotted>>) -> [(Chains, Chains); 2] {
    let chains = |of: &BTreeMap<String, Vec<Spotted>>| of.values().cloned().collect::<Vec<_>>();
    let all = |of: &[Vec<Spotted>]| of.iter().flatten().copied().collect::<BTreeSet<Spotted>>();
    let (key, response) = (chains(&sides.key), chains(response));
    let common: BTreeSet<Spotted> = all(&key).intersection(&all(&response)).copied().collect();
    let only = |of: &[Vec<Spotted>]| -> Vec<Vec<Spotted>> {
        let kept = |c: &Vec<Spotted>| c.iter().filter(|m| common.contains(m)).copied().collect::<Vec<_>>();
        of.iter().map(kept).filter(|c| !c.is_empty()).collect()
    };
    [(key.clone(), response.clone()), (only(&key), only(&response))]
}

impl Sides {
    fn score(&self, response: &BTreeMap<String, Vec<Spotted>>) -> [Metrics; 2] {
        pairs(self, response).map(|(key, response)| {
            let mut m = Metrics::default();
            m.add(&key, &response);
            m
        })
    }

    /// Entities of the key that ours tear apart, and ours that hold several of the key, with words.
    fn errors(&self, folder: &str) -> String {
        let of = |clusters: &BTreeMap<String, Vec<Spotted>>| -> BTreeMap<Spotted, String> {
            clusters.iter().flat_map(|(id, ms)| ms.iter().map(move |m| (*m, id.clone()))).collect()
        };
        let (key, ours) = (of(&self.key), of(&self.after));
        let mut out = String::new();
        for (what, one, two) in [("torn", &self.key, &ours), ("joined", &self.after, &key)] {
            for (id, mentions) in one {
                let mut parts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
                for m in mentions.iter().filter(|m| two.contains_key(m)) {
                    parts.entry(&two[m]).or_default().insert(self.words.get(m).map_or("", String::as_str));
                }
                if parts.len() > 1 {
                    out.push_str(&format!("{folder} {what} {id}\n"));
                    parts.iter().for_each(|(p, w)| {
                        out.push_str(&format!("    {p}: {}\n", w.iter().copied().collect::<Vec<_>>().join(" | ")))
                    });
                }
            }
        }
        out
    }
}

/// Extracts from the articles of a folder and puts their graph together.
fn sides(annotator: &Annotator, extractor: &Extractor, texts: &[&GoldText]) -> Result<Sides, String> {
    let mut out = Sides::default();
    let mut builder = GraphBuilder::new(Iris::default(), &[]);
    let found: Vec<(Document, Extraction)> = texts.iter().map(|t| extract(annotator, extractor, t)).collect();
    for (doc, extraction) in &found {
        builder.add(doc, extraction);
    }
    let graph = builder.finish();
    let mentions = graph.pointers();
    let resolved: BTreeMap<(&str, u32, u32), &str> =
        mentions.iter().map(|m| ((m.document.as_str(), m.begin, m.end), m.entity.as_str())).collect();
    for (d, (text, (doc, extraction))) in texts.iter().zip(&found).enumerate() {
        let mut spans: Vec<_> = text.entities.iter().flat_map(|(_, all)| all.iter().copied()).collect();
        spans.sort_unstable();
        spans.dedup();
        for (name, all) in &text.entities {
            // Without a name for all articles it is one of this article.
            let id = if name.starts_with('#') { format!("{d}{name}") } else { name.clone() };
            let numbers = all.iter().map(|s| (d, spans.partition_point(|x| x < s)));
            out.key.entry(id).or_default().extend(numbers);
        }
        let inside: Vec<_> = extraction.mentions.iter().filter(|m| text.annotated.contains(m.span)).collect();
        let spots: Vec<Spot> = inside.iter().map(|m| Spot::from(*m)).collect();
        let matched = matching::align(doc, &spans, &spots, Matching::Head);
        for (i, (m, matched)) in inside.iter().zip(matched).enumerate() {
            let Some(after) = resolved.get(&(doc.id.as_str(), m.span.start, m.span.end)) else { continue };
            let spotted = (d, matched.unwrap_or(spans.len() + i));
            out.words.insert(spotted, doc.slice(m.span).to_owned());
            out.before.entry(extraction.entity(m.entity).id.clone()).or_default().push(spotted);
            out.after.entry((*after).to_owned()).or_default().push(spotted);
        }
    }
    Ok(out)
}

fn extract(annotator: &Annotator, extractor: &Extractor, text: &GoldText) -> (Document, Extraction) {
    let meta = Meta { lang: Lang::En, name: text.name.clone(), published: text.published, ..Meta::default() };
    let mut doc = annotator.annotate(Article { meta, text: text.text.clone() });
    if doc.meta.published.is_none() {
        doc.meta.published = time::publication_date(&doc).map(|(date, _)| date);
    }
    let extraction = extractor.extract(&doc);
    (doc, extraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_model::Span;

    fn text(name: &str, text: &str, entities: &[(&str, &str)]) -> GoldText {
        let at = |words: &str| {
            let start = text.find(words).unwrap() as u32;
            Span::new(start, start + words.len() as u32)
        };
        GoldText {
            name: name.into(),
            text: text.into(),
            entities: entities.iter().map(|(id, words)| ((*id).to_owned(), vec![at(words)])).collect(),
            annotated: Span::new(0, text.len() as u32),
            ..GoldText::default()
        }
    }

    #[test]
    fn mentions_of_two_articles_are_in_one_cluster() {
        let one = text("one", "Anna Kowalska visited Paris.", &[("P1", "Anna Kowalska"), ("L1", "Paris")]);
        let two = text("two", "Anna Kowalska left Paris.", &[("P1", "Anna Kowalska"), ("L1", "Paris")]);
        let sides = sides(&Annotator::builtin(Lang::En), &Extractor::builtin(), &[&one, &two]).unwrap();
        assert_eq!(sides.key["P1"], [(0, 0), (1, 0)]);
        let [all, matched] = sides.score(&sides.after);
        assert_eq!(all.b_cubed.percent(), [100.0, 100.0, 100.0], "{:?}", sides.after);
        assert_eq!(matched.mentions.percent()[2], 100.0);
    }
}
