//! Places that share their name with one that the gazetteer knows: which one an article means.

use crate::gather::{Article, Occurrence};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use temoin_model::EntityType;

const TABLE: &str = include_str!("../../../../data/lexicon/homonyms.tsv");

/// The namesake of an entry of the gazetteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Homonym {
    /// Its identifier.
    pub id: String,
    /// Type.
    pub kind: EntityType,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// Labels in French and in English.
    pub labels: [String; 2],
    /// What an article that means it speaks of: identifiers.
    cues: Vec<String>,
    /// What an article that means the entry of the gazetteer speaks of.
    against: Vec<String>,
}

/// All namesakes, by the identifier of the entry that the gazetteer takes them for.
#[derive(Debug)]
pub(crate) struct Homonyms(BTreeMap<String, Vec<Homonym>>);

impl Homonyms {
    /// The table that the program embeds.
    pub(crate) fn builtin() -> &'static Self {
        static ALL: LazyLock<Homonyms> = LazyLock::new(|| Homonyms::parse(TABLE));
        &ALL
    }

    fn parse(table: &str) -> Self {
        let mut out: BTreeMap<String, Vec<Homonym>> = BTreeMap::new();
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let f: Vec<&str> = line.split('\t').collect();
            let [entry, against, id, kind, wikidata, fr, en, cues] = f[..] else {
                debug_assert!(false, "eight fields: {line}");
                continue;
            };
            let list = |s: &str| s.split('|').filter(|c| !c.is_empty()).map(str::to_owned).collect();
            out.entry(entry.to_owned()).or_default().push(Homonym {
                id: id.to_owned(),
                kind: EntityType::ALL.into_iter().find(|k| k.name() == kind).unwrap_or(EntityType::Place),
                wikidata: (!wikidata.is_empty()).then(|| wikidata.to_owned()),
                labels: [fr.to_owned(), en.to_owned()],
                cues: list(cues),
                against: list(against),
            });
        }
        Homonyms(out)
    }

    /// The namesake that `article` means by `entity`: the article speaks of its surroundings and not of
    /// those of the entry.
    pub(crate) fn meant(&'static self, article: &Article, entity: &Occurrence) -> Option<&'static Homonym> {
        let all = self.0.get(&entity.id)?;
        let speaks = |cues: &[String]| {
            let is_cue = |id: &str| cues.iter().any(|c| c == id);
            let others = article.entities.iter().filter(|e| e.id != entity.id);
            others.filter(|e| is_cue(&e.id) || e.within.as_deref().is_some_and(is_cue)).count()
        };
        all.iter().find(|h| speaks(&h.cues) > 0 && speaks(&h.against) == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        let all: Vec<&Homonym> = Homonyms::builtin().0.values().flatten().collect();
        assert_eq!(all.len(), lines);
        assert!(all.iter().all(|h| !h.cues.is_empty() && h.labels.iter().all(|l| !l.is_empty())));
    }
}
