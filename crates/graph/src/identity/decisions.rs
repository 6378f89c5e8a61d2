//! The decisions of people, in a plain text file: one a line, the last on a pair is in force.
//!
//! ```text
//! # date      decision  entity                 entity                              note
//! 2026-11-28  merge     petit-1a2b3c4d.5e6f…   jean-petit-99aa88bb                 the same mayor
//! 2026-11-28  split     georgia.0f1e…          georgia                             the state, not the country
//! 2026-11-30  undo      petit-1a2b3c4d.5e6f…   jean-petit-99aa88bb
//! ```
//! Fields are parted by blanks or tabs; `#` begins a comment; the note is the rest of the line. An
//! entity is named by its identifier in the articles, which no run changes: `georgia` in all
//! articles, `georgia.0f1e…` in the article whose identifier follows the point, `*` (with `split`
//! only) for each article apart.

use std::fmt;
use std::path::{Path, PathBuf};
use temoin_model::Date;

/// Name of the file in a graph folder.
pub const FILE: &str = "identity.tsv";
/// First lines of a new file.
pub const HEADER: &str = "# Who is who across the articles of this graph: one decision a line, the last on a pair is in force.\n\
    # Decisions: merge (one entity), split (two entities), undo (no decision). Lines that start with # are comments.\n\
    # date\tdecision\tentity\tentity\tnote\n";

/// The day of decisions taken now (UTC).
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// What a line decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The two are one.
    Merge,
    /// The two are two.
    Split,
    /// What was decided on the two before is no longer in force.
    Undo,
}

impl Verdict {
    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Merge => "merge",
            Verdict::Split => "split",
            Verdict::Undo => "undo",
        }
    }
}

/// An entity as a decision names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// In all articles (but those that the other side of the decision names).
    Everywhere(String),
    /// In one article.
    In(String, String),
    /// Each article apart.
    Each,
}

impl Reference {
    /// Reads a reference: `ID`, `ID.DOCUMENT` or `*`; the prefix `ent:` may stand before it.
    pub fn parse(text: &str) -> Self {
        let bare = text.strip_prefix("ent:").unwrap_or(text);
        match bare.rsplit_once('.') {
            _ if bare == "*" => Reference::Each,
            Some((id, doc)) if is_document(doc) && !id.is_empty() => Reference::In(id.to_owned(), doc.to_owned()),
            _ => Reference::Everywhere(bare.to_owned()),
        }
    }
}

/// Documents are named by 16 hexadecimal digits.
fn is_document(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reference::Everywhere(id) => write!(f, "{id}"),
            Reference::In(id, document) => write!(f, "{id}.{document}"),
            Reference::Each => write!(f, "*"),
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its number in the file, from 1.
    pub line: usize,
    /// Day on which it was taken.
    pub date: Date,
    /// What it decides.
    pub verdict: Verdict,
    /// The two entities.
    pub pair: [Reference; 2],
    /// Why, in the user's words; may be empty.
    pub note: String,
}

impl Decision {
    /// The line as it is written into the file, with its end.
    pub fn to_line(&self) -> String {
        let note = self.note.split_whitespace().collect::<Vec<_>>().join(" ");
        let [a, b] = &self.pair;
        let line = format!("{}\t{}\t{a}\t{b}\t{note}", self.date, self.verdict.word());
        format!("{}\n", line.trim_end())
    }

    /// Whether two decisions are on the same pair, in whatever order.
    pub fn same_pair(&self, other: &Decision) -> bool {
        let [a, b] = &self.pair;
        other.pair == [a.clone(), b.clone()] || other.pair == [b.clone(), a.clone()]
    }
}

/// A line that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The file.
    pub path: PathBuf,
    /// Number of the line, from 1.
    pub line: usize,
    /// The field: `date`, `decision`, `entity 1`, `entity 2`; or what the line as a whole runs into.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// Whether the file is wrong; otherwise it speaks of what this graph does not hold.
    pub wrong: bool,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: line {}, {}: {}", self.path.display(), self.line, self.field, self.message)
    }
}

/// The lines of a file, and those that cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// The file.
    pub path: PathBuf,
    /// The decisions, in the order of the file.
    pub all: Vec<Decision>,
    /// Lines that are no decisions.
    pub rejected: Vec<Rejected>,
}

impl Decisions {
    /// Reads the text of `path`.
    pub fn parse(path: &Path, text: &str) -> Self {
        let mut out = Decisions { path: path.to_owned(), ..Decisions::default() };
        for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            match decision(i + 1, line) {
                Ok(d) => out.all.extend(d),
                Err((field, message)) => {
                    let path = path.to_owned();
                    out.rejected.push(Rejected { path, line: i + 1, field, message, wrong: true });
                }
            }
        }
        out
    }

    /// For each decision whether it is in force: no later line is on the same pair.
    pub fn in_force(&self) -> Vec<bool> {
        let later = |i: usize| self.all[i + 1..].iter().any(|d| d.same_pair(&self.all[i]));
        (0..self.all.len()).map(|i| self.all[i].verdict != Verdict::Undo && !later(i)).collect()
    }
}

fn decision(number: usize, line: &str) -> Result<Option<Decision>, (&'static str, String)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let mut rest = line;
    let mut field = |name: &'static str| {
        let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        rest = behind.trim_start();
        let missing = "is missing: a line is date, decision, entity, entity, and a note if you like";
        if word.is_empty() || word.starts_with('#') { Err((name, missing.to_owned())) } else { Ok(word) }
    };
    let date = field("date")?;
    let date = date.parse().map_err(|_| ("date", format!("'{date}' is no day: write it as 2026-11-28")))?;
    let verdict = match field("decision")? {
        "merge" => Verdict::Merge,
        "split" => Verdict::Split,
        "undo" => Verdict::Undo,
        other => return Err(("decision", format!("'{other}' is none of merge, split and undo"))),
    };
    let a = Reference::parse(field("entity 1")?);
    let b = Reference::parse(field("entity 2")?);
    if a == Reference::Each {
        return Err(("entity 1", "only the second entity may be *".into()));
    }
    match (&b, verdict) {
        (Reference::Each, Verdict::Merge) => Err(("entity 2", "* goes with split only".into())),
        (Reference::Each, _) if matches!(a, Reference::In(..)) => {
            Err(("entity 1", "with * the first entity is one of all articles".into()))
        }
        _ if a == b => Err(("entity 2", "is the same as the first".into())),
        _ => Ok(Some(Decision {
            line: number,
            date,
            verdict,
            pair: [a, b],
            note: rest.trim_start_matches('#').trim().to_owned(),
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Decisions {
        Decisions::parse(Path::new("identity.tsv"), text)
    }

    #[test]
    fn lines_are_read_and_written_alike() {
        let text = "2026-11-28\tmerge\tpetit-1a2b3c4d.0123456789abcdef\tjean-petit-99aa88bb\tthe same mayor\n";
        let d = parse(&format!("{HEADER}\n{text}2026-11-29 split  georgia *  # à part\n"));
        assert!(d.rejected.is_empty(), "{:?}", d.rejected);
        assert_eq!(d.all[0].to_line(), text);
        assert_eq!(d.all[0].pair[0], Reference::In("petit-1a2b3c4d".into(), "0123456789abcdef".into()));
        assert_eq!((d.all[1].line, d.all[1].note.as_str(), &d.all[1].pair[1]), (6, "à part", &Reference::Each));
    }

    #[test]
    fn errors_name_line_and_field() {
        let d = parse(
            "# fine\n28/11/2026 merge a b\n2026-11-28 join a b\n2026-11-28 merge a\n2026-11-28 merge a a\n2026-11-28 merge a *\n",
        );
        let all: Vec<String> = d.rejected.iter().map(ToString::to_string).collect();
        for (message, part) in all.iter().zip([
            "identity.tsv: line 2, date: '28/11/2026' is no day",
            "line 3, decision: 'join'",
            "line 4, entity 2: is missing",
            "line 5, entity 2: is the same",
            "line 6, entity 2: *",
        ]) {
            assert!(message.contains(part), "{message}");
        }
        assert_eq!((all.len(), d.all.len()), (5, 0));
    }

    #[test]
    fn the_last_line_on_a_pair_is_in_force() {
        let d = parse(
            "2026-11-01 merge a b\n2026-11-02 split b a\n2026-11-03 merge c d\n2026-11-04 undo d c\n2026-11-05 merge a c\n",
        );
        assert_eq!(d.in_force(), [false, true, false, false, true]);
    }
}
