//! Relations between entities.

use super::answer::Answer;
use super::data::Report;
use super::mapping::{Argument, Mapping};
use super::{macro_f1, micro};
use crate::coref::matching::{self, Spot};
use crate::names::score::Counts;
use crate::results::table::Table;
use std::collections::BTreeMap;
use temoin_model::{Document, Mention};

/// Counts by relation.
#[derive(Clone, Debug, Default)]
pub struct Scores(BTreeMap<String, Counts>);

impl Scores {
    /// Adds one report. A relation of ours is right when the corpus has it between two entities of
    /// which each shares a mention with ours; each one of the corpus is found once.
    pub fn add(&mut self, doc: &Document, report: &Report, answer: &Answer) {
        let arguments = Arguments::new(doc, report, &answer.mentions);
        for (_, name, _) in &report.relations {
            self.0.entry(name.clone()).or_default().gold += 1;
        }
        let mut open = vec![true; report.relations.len()];
        for (from, name, to) in &answer.triples {
            let counts = self.0.entry(name.clone()).or_default();
            counts.found += 1;
            let is = |(a, n, b): &(u32, String, u32)| n == name && arguments.same(*from, *a) && arguments.same(*to, *b);
            if let Some(at) = (0..open.len()).find(|&i| open[i] && is(&report.relations[i])) {
                open[at] = false;
                counts.right += 1;
            }
        }
    }

    /// One line for each relation that we give, then micro and macro F1.
    pub fn table(&self, mapping: &Mapping) -> Table {
        let mut table = Table::new(["relation", "gold", "found", "P", "R", "F1"]);
        let mut row = |name: &str, c: Counts| {
            let figures = c.percent().map(|f| format!("{f:.1}"));
            table.row([name.to_owned(), c.gold.to_string(), c.found.to_string()].into_iter().chain(figures));
        };
        let given = |name: &str| mapping.relations.get(name).is_some_and(|t| !t.is_empty());
        let mut mapped: Vec<(&String, &Counts)> = self.0.iter().filter(|(n, _)| given(n)).collect();
        mapped.sort_by_key(|(_, c)| std::cmp::Reverse(c.gold));
        for (name, counts) in &mapped {
            row(name, **counts);
        }
        row("mapped relations, micro", micro(mapped.iter().map(|m| m.1)));
        row("all relations, micro", micro(self.0.values()));
        let mean = |f1: f64| ["", "", "", ""].map(str::to_owned).into_iter().chain([format!("{f1:.1}")]);
        let means = [
            ("mapped relations, macro", macro_f1(mapped.iter().map(|m| m.1).filter(|c| c.gold > 0))),
            ("all relations, macro", macro_f1(self.0.values().filter(|c| c.gold > 0))),
        ];
        for (name, f1) in means {
            table.row(std::iter::once(name.to_owned()).chain(mean(f1)));
        }
        table
    }
}

/// Which arguments of ours are which entities of the corpus.
struct Arguments<'a> {
    doc: &'a Document,
    /// Mentions of the corpus, by the number of their entity.
    gold: BTreeMap<u32, Vec<Spot>>,
    /// Our mentions, by entity.
    ours: Vec<Vec<Spot>>,
}

impl<'a> Arguments<'a> {
    fn new(doc: &'a Document, report: &Report, mentions: &[Mention]) -> Self {
        let spots = |e: &super::data::Entity| e.spans().into_iter().map(|s| Spot::new(doc, s)).collect();
        let gold = report.entities.iter().map(|e| (e.id, spots(e))).collect();
        let most = mentions.iter().map(|m| m.entity.0 as usize + 1).max().unwrap_or(0);
        let mut ours = vec![Vec::new(); most];
        for m in mentions {
            ours[m.entity.0 as usize].push(Spot::from(m));
        }
        Arguments { doc, gold, ours }
    }

    fn same(&self, ours: Argument, gold: u32) -> bool {
        let gold = self.gold.get(&gold).map_or(&[][..], Vec::as_slice);
        match ours {
            Argument::Entity(e) => {
                self.ours.get(e.0 as usize).into_iter().flatten().any(|&m| gold.iter().any(|&g| g.same(self.doc, m)))
            }
            Argument::Words(span) => {
                let words = matching::words(self.doc, span);
                gold.iter().any(|g| g.span.overlaps(span) && g.head.is_none_or(|h| words.contains_at(h.0)))
            }
        }
    }
}
