//! `temoin-train score-popcorn`: entities, coreference and relations of POPCORN.

use super::answer::Answer;
use super::data::{self, Report};
use super::entities::{self, Extent};
use super::errors::Errors;
use super::fine;
use super::mapping::Mapping;
use super::relations;
use crate::coref::matching::Matching;
use crate::coref::score as coref;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use temoin_extract::Extractor;
use temoin_extract::reports::Reports;
use temoin_language::Annotator;
use temoin_model::{Char, Document, Lang, Span};

/// Score entities, coreference and relations on POPCORN, from raw text.
#[derive(Debug, Args)]
pub struct ScorePopcorn {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Part of the corpus
    #[arg(long, value_enum, default_value_t = Part::Dev)]
    part: Part,
    /// Score the rules alone, without the layer that was trained on the training texts
    #[arg(long)]
    rules: bool,
    /// Also the commonest reasons of missed and false mentions
    #[arg(long)]
    errors: bool,
}

/// A part of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// 400 reports, which the mapping was made on.
    Train,
    /// 200 reports, for measuring.
    Dev,
}

/// Figures of the corpus's authors, on its test set and with training on its 400 reports; macro
/// over its fine types, which we do not have.
const PUBLISHED: &str = "published (Giordano and others 2024, unified neural model, on its own test set): entities 68.4 \
                         macro-F1 over fine types, relations 46.5 macro-F1, events 45.2 macro-F1";

/// All figures.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Mentions, in the order of [`Extent::ALL`].
    pub mentions: [entities::Scores; 3],
    /// Coreference, in the order of [`Matching::ALL`].
    pub chains: [coref::Scores; 2],
    /// Fine types, where there are any.
    pub fine: fine::Scores,
    /// Relations.
    pub relations: relations::Scores,
}

impl Scores {
    /// Adds one report.
    pub fn add(&mut self, doc: &Document, report: &Report, answer: &Answer, mapping: &Mapping) {
        let gold = entities::gold(report, mapping);
        for (scores, extent) in self.mentions.iter_mut().zip(Extent::ALL) {
            scores.add(doc, &gold, &answer.found, extent, mapping);
        }
        let chains = chains(report);
        for (scores, how) in self.chains.iter_mut().zip(Matching::ALL) {
            scores.add(doc, &chains, &answer.mentions, how);
        }
        self.fine.add(report, &answer.fine);
        self.relations.add(doc, report, answer);
    }

    /// The tables of `reports` reports.
    pub fn tables(&self, reports: usize, mapping: &Mapping) -> String {
        let mut chains = coref::table("coreference");
        for (scores, how) in self.chains.iter().zip(Matching::ALL) {
            chains.row(coref::row(&format!("with singletons, {}", how.name()), reports, &scores.all));
            chains.row(coref::row(&format!("without singletons, {}", how.name()), reports, &scores.linked));
        }
        let [classes, fine] = entities::tables(&self.mentions);
        let mut tables = vec![classes, fine, chains, self.relations.table(mapping)];
        tables.splice(2..2, self.fine.table());
        tables.iter().map(|t| t.markdown() + "\n").chain([format!("{PUBLISHED}\n")]).collect()
    }
}

/// Chains of the entities of a report, without attributes.
pub fn chains(report: &Report) -> Vec<Vec<Span<Char>>> {
    report.entities.iter().filter(|e| !e.is_attribute()).map(data::Entity::spans).collect()
}

impl ScorePopcorn {
    /// Scores the part and prints the tables.
    ///
    /// # Errors
    /// When the corpus cannot be read.
    pub fn run(&self) -> Result<(), String> {
        let part = if self.part == Part::Dev { "dev" } else { "train" };
        let reports = data::read(&self.corpora, part)?;
        let mapping = Mapping::builtin()?;
        let (annotator, extractor) = (Annotator::builtin(Lang::Fr), Extractor::builtin());
        let layer = if self.rules { None } else { Reports::builtin(Lang::Fr) };
        let (mut scores, mut errors) = (Scores::default(), Errors::default());
        for (name, report) in &reports {
            let (doc, extraction) = coref::extract(&annotator, &extractor, name, &report.text);
            let answer = match layer {
                Some(layer) => {
                    let read = layer.read(&doc, &extraction).map_err(|e| format!("{name}: {e}"))?;
                    Answer::of_reports(&doc, &read)
                }
                None => Answer::of_rules(&doc, &extraction, &mapping),
            };
            scores.add(&doc, report, &answer, &mapping);
            errors.add(&doc, report, &answer.found, &mapping);
        }
        crate::say!("POPCORN {part}, {} reports\n\n{}", reports.len(), scores.tables(reports.len(), &mapping));
        if self.errors {
            crate::say!("{}", errors.tables());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "À Lyon, deux policiers ont arrêté Paul Durand.";

    /// Scores of our extraction of one sentence.
    fn scores() -> Scores {
        let place = |words: &str| {
            let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
            json!([{ "start": start, "end": start + words.chars().count() }])
        };
        let entity = |id: u32, kind: &str, words: &str| json!({ "id": id, "type": kind, "mentions": place(words) });
        let report: Report = serde_json::from_value(json!({
            "text": TEXT,
            "entities": [
                entity(0, "PLACE", "Lyon"),
                entity(1, "GROUP_OF_INDIVIDUALS", "policiers"),
                entity(2, "CIVILIAN", "Paul Durand"),
                entity(3, "CRIMINAL_ARREST", "arrêté"),
                entity(4, "FIRSTNAME_0", "Paul"),
                entity(5, "MATERIEL", "ont"),
            ],
            "relations": [[1, "IS_AT_ODDS_WITH", 2], [2, "IS_AT_ODDS_WITH", 1], [2, "GENDER_MALE", 2]],
        }))
        .unwrap();
        let mapping = Mapping::builtin().unwrap();
        let (doc, found) = coref::extract(&Annotator::builtin(Lang::Fr), &Extractor::builtin(), "essai", TEXT);
        let mut scores = Scores::default();
        scores.add(&doc, &report, &Answer::of_rules(&doc, &found, &mapping), &mapping);
        scores
    }

    #[test]
    fn a_determiner_only_matters_to_exact_spans() {
        let table = entities::tables(&scores().mentions)[0].markdown();
        let row = |name: &str| table.lines().find(|l| l.starts_with(&format!("| {name} "))).unwrap().to_owned();
        let figures = |name: &str| row(name).split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>()[2..].join(" ");
        assert_eq!(figures("Group"), "1 0.0 0.0 0.0 100.0 100.0 100.0 100.0 100.0 100.0 ");
        assert_eq!(figures("Person"), "1 100.0 100.0 100.0 100.0 100.0 100.0 100.0 100.0 100.0 ");
        assert_eq!(figures("Product"), "1 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 ", "missed, and attributes do not count");
    }

    #[test]
    fn the_trigger_of_an_arrest_is_an_event() {
        let table = entities::tables(&scores().mentions)[1].markdown();
        let arrest = table.lines().find(|l| l.contains("CRIMINAL_ARREST")).unwrap();
        assert_eq!(arrest.matches("100.0").count(), 3, "{arrest}");
    }

    #[test]
    fn an_arrest_sets_both_sides_at_odds() {
        let table = scores().relations.table(&Mapping::builtin().unwrap()).markdown();
        let row = table.lines().find(|l| l.contains("IS_AT_ODDS_WITH")).unwrap();
        assert_eq!(row.matches("100.0").count(), 3, "{table}");
        assert!(!table.contains("GENDER_MALE"), "not mapped:\n{table}");
    }
}
