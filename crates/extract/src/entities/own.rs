//! Entities of the user's own, from a file of lines.

use super::gazetteer::{Gazetteer, Known, KnownIx, fold};
use super::labels::tagged;
use temoin_model::{EntityType, Lang};

/// What is wrong with a file of entities, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: field '{field}': {message}")]
pub struct EntitiesError {
    /// Line of the file, from 1.
    pub line: usize,
    /// Column.
    pub field: &'static str,
    /// What is wrong.
    pub message: String,
}

/// A line: type, name, other names, Wikidata identifier.
struct Entry<'a> {
    kind: EntityType,
    label: &'a str,
    /// The names with the language that each is the label in.
    names: Vec<(&'a str, Option<Lang>)>,
    wikidata: Option<&'a str>,
}

fn entry(line: usize, row: &str) -> Result<Entry<'_>, EntitiesError> {
    let fail = |field, message: String| EntitiesError { line, field, message };
    let columns: Vec<&str> = row.split('\t').map(str::trim).collect();
    let kind = EntityType::ALL.into_iter().find(|t| t.name().eq_ignore_ascii_case(columns[0]));
    let kind = kind.ok_or_else(|| {
        let types = EntityType::ALL.map(EntityType::name).join(", ");
        fail("type", format!("'{}' is none of {types} (columns are parted by tabs)", columns[0]))
    })?;
    let first = tagged(columns.get(1).copied().unwrap_or(""));
    if !first.0.chars().any(char::is_alphanumeric) {
        return Err(fail("name", "a name is needed, with a letter or a digit".into()));
    }
    let others = columns.get(2).copied().unwrap_or("").split('|').map(|n| tagged(n.trim()));
    let wikidata = columns.get(3).copied().filter(|w| !w.is_empty());
    let number = |w: &str| w.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if let Some(w) = wikidata.filter(|w| !number(w)) {
        return Err(fail("wikidata", format!("'{w}' is no identifier like Q142")));
    }
    if columns.len() > 4 {
        return Err(fail("wikidata", format!("{} columns where there are four at most", columns.len())));
    }
    let names = std::iter::once(first).chain(others).filter(|(n, _)| !n.is_empty()).collect();
    Ok(Entry { kind, label: first.0, names, wikidata })
}

impl Gazetteer {
    /// Adds the entities of a file: type, name, other names with `|` between them, Wikidata
    /// identifier; tabs between the columns, the last two may be missing. A name that ends in `@fr`
    /// or `@en` is the label in that language; else the first name is, in both. Empty lines and
    /// lines with `#` are passed over. An entity that is known by its name or Wikidata identifier
    /// gets the names as further names, and the labels that are marked.
    ///
    /// # Errors
    /// When a line is not of this form; the others are not added then.
    pub(crate) fn extend(&mut self, text: &str) -> Result<(), EntitiesError> {
        let rows = (1..).zip(text.trim_start_matches('\u{feff}').lines());
        let rows = rows.filter(|(_, row)| !row.starts_with('#') && !row.trim().is_empty());
        let entries = rows.map(|(line, row)| entry(line, row)).collect::<Result<Vec<_>, _>>()?;
        entries.iter().for_each(|e| self.add_own(e));
        self.names.sort_unstable();
        self.names.dedup();
        Ok(())
    }

    fn add_own(&mut self, entry: &Entry<'_>) {
        let same = |k: &Known| entry.wikidata.is_some() && k.wikidata.as_deref() == entry.wikidata;
        let known = self.known.iter().position(same).map(|ix| ix as KnownIx).or_else(|| self.exact(entry.label));
        let ix = known.unwrap_or_else(|| self.new_own(entry));
        for &(name, lang) in &entry.names {
            self.push_name(name, ix);
            self.search_for(name);
            let k = &mut self.known[ix as usize];
            if name != k.label && !k.names.iter().any(|n| n == name) {
                k.names.push(name.to_owned().into());
            }
            if let Some(lang) = lang {
                k.set_label(name, lang);
            }
        }
    }

    fn new_own(&mut self, entry: &Entry<'_>) -> KnownIx {
        let taken = |id: &str| self.known.iter().any(|k| k.id == id);
        let id = Some(fold(entry.label))
            .filter(|id| !taken(id))
            .unwrap_or_else(|| format!("{}-{}", fold(entry.label), entry.kind.name().to_lowercase()));
        self.known.push(Known {
            id: id.into(),
            kind: entry.kind,
            wikidata: entry.wikidata.map(|w| w.to_owned().into()),
            coordinates: None,
            label: entry.label.to_owned().into(),
            english: Some(entry.label.to_owned().into()),
            names: Vec::new(),
            within: None,
            population: 0,
            gender: None,
            plural: false,
        });
        self.known.len() as KnownIx - 1
    }
}
