//! Readers of corpora with names: each gives articles as text with spans of characters, so that
//! everything behind depends on our own tokens only.

use std::fs;
use std::path::{Path, PathBuf};
use temoin_model::{Char, NameKind, Span};

/// A name in a corpus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoldName {
    /// Its characters.
    pub span: Span<Char>,
    /// Its kind; `None` where the corpus leaves open which of [`NameKind::Event`],
    /// [`NameKind::Product`] or neither it is.
    pub kind: Option<NameKind>,
}

/// An article with its names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldArticle {
    /// File name or sentence number.
    pub name: String,
    /// The text.
    pub text: String,
    /// Names in text order, nested ones included.
    pub names: Vec<GoldName>,
}

impl GoldArticle {
    /// Names that do not lie inside another; of two on the same characters, the first.
    pub fn outermost(&self) -> Vec<GoldName> {
        outermost(&self.names)
    }
}

/// Names of a list that do not lie inside another of it; of two on the same characters, the first.
pub fn outermost(names: &[GoldName]) -> Vec<GoldName> {
    let inside = |i: usize, a: &GoldName| {
        names.iter().enumerate().any(|(j, b)| j != i && b.span.contains(a.span) && (b.span != a.span || j < i))
    };
    names.iter().enumerate().filter(|&(i, a)| !inside(i, a)).map(|(_, a)| *a).collect()
}

/// Reads a file, or says which one cannot be read.
///
/// # Errors
/// The file's name and what the system says.
pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Reads a folder of brat files (`NAME.txt` with `NAME.ann`), in order of file names.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn brat(folder: &Path) -> Result<Vec<GoldArticle>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|x| x == "txt"));
    paths.sort();
    let one = |path: &PathBuf| {
        Ok(GoldArticle {
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            names: brat_names(&read(&path.with_extension("ann"))?),
            text: read(path)?,
        })
    };
    paths.iter().map(one).collect()
}

/// Names among the text-bound annotations of a brat file. Dates, hours and spans in several pieces
/// are passed over; blanks around a name do not belong to it.
fn brat_names(ann: &str) -> Vec<GoldName> {
    let mut names = Vec::new();
    for line in ann.lines().filter(|l| l.starts_with('T')) {
        let mut columns = line.split('\t');
        let (Some(_), Some(head), Some(text)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let parts: Vec<&str> = head.split(' ').collect();
        let [kind, start, end] = parts[..] else { continue };
        let (Some(kind), Ok(start), Ok(end)) = (kind_of(kind), start.parse::<u32>(), end.parse::<u32>()) else {
            continue;
        };
        let before = text.chars().take_while(|c| c.is_whitespace()).count() as u32;
        let behind = text.chars().rev().take_while(|c| c.is_whitespace()).count() as u32;
        if start + before < end.saturating_sub(behind) {
            names.push(GoldName { span: Span::new(start + before, end - behind), kind: Some(kind) });
        }
    }
    names.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
    names
}

fn kind_of(name: &str) -> Option<NameKind> {
    let all = [NameKind::Person, NameKind::Location, NameKind::Organization, NameKind::Event, NameKind::Product];
    all.into_iter().find(|k| k.name() == name)
}

/// Reads sentences of `form⇥tag` lines (BIO, `Misc` beside the kinds), each as an article.
///
/// # Errors
/// When the file cannot be read.
pub fn bio(path: &Path) -> Result<Vec<GoldArticle>, String> {
    Ok(bio_sentences(&read(path)?))
}

fn bio_sentences(source: &str) -> Vec<GoldArticle> {
    let mut articles = Vec::new();
    let mut text = Joiner::default();
    let mut names: Vec<GoldName> = Vec::new();
    for (n, line) in source.lines().chain(std::iter::once("")).enumerate() {
        let Some((form, tag)) = line.split_once('\t') else {
            let done = std::mem::take(&mut text);
            if !done.text.is_empty() {
                articles.push(GoldArticle {
                    name: format!("line {n}"),
                    text: done.text,
                    names: std::mem::take(&mut names),
                });
            }
            continue;
        };
        let span = text.push(form, spaced(form));
        match tag.split_once('-') {
            Some(("B", kind)) => names.push(GoldName { span, kind: kind_of(kind) }),
            Some(("I", _)) => {
                if let Some(last) = names.last_mut() {
                    last.span = last.span.cover(span);
                }
            }
            _ => {}
        }
    }
    articles
}

/// Whether a blank stands before and behind a form in French print.
fn spaced(form: &str) -> (bool, bool) {
    match form {
        "," | "." | ")" | "]" | "..." | "…" => (false, true),
        "(" | "[" => (true, false),
        _ => (true, !form.ends_with(['\'', '’'])),
    }
}

/// Text put together from forms.
#[derive(Default)]
pub(super) struct Joiner {
    pub(super) text: String,
    chars: u32,
    open: bool,
}

impl Joiner {
    /// Begins a line, except at the very beginning.
    pub(super) fn line(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
            self.chars += 1;
            self.open = false;
        }
    }

    /// Adds a form, with blanks before and behind it where both sides take one.
    pub(super) fn push(&mut self, form: &str, (before, behind): (bool, bool)) -> Span<Char> {
        if self.open && before {
            self.text.push(' ');
            self.chars += 1;
        }
        let start = self.chars;
        self.text.push_str(form);
        self.chars += form.chars().count() as u32;
        self.open = behind;
        Span::new(start, self.chars)
    }
}

/// Reads a CoNLL-U file with a further column of PARSEME expressions (Sequoia): names are those
/// marked `NE-….final`. Each sentence becomes an article.
///
/// # Errors
/// When the file cannot be read.
pub fn sequoia(path: &Path) -> Result<Vec<GoldArticle>, String> {
    Ok(sequoia_sentences(&read(path)?))
}

fn sequoia_sentences(source: &str) -> Vec<GoldArticle> {
    let mut articles = Vec::new();
    let mut text = Joiner::default();
    // Number of the expression in the sentence beside its name.
    let mut names: Vec<(String, GoldName)> = Vec::new();
    let mut id = String::new();
    let mut contraction: Option<(usize, Span<Char>)> = None;
    for line in source.lines().chain(std::iter::once("")) {
        if let Some(value) = line.strip_prefix("# sent_id = ") {
            id = value.to_owned();
        }
        if line.is_empty() {
            let done = std::mem::take(&mut text);
            let mut names: Vec<GoldName> = std::mem::take(&mut names).into_iter().map(|n| n.1).collect();
            names.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
            contraction = None;
            if !done.text.is_empty() {
                articles.push(GoldArticle { name: id.clone(), text: done.text, names });
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || columns.len() < 11 {
            continue;
        }
        let glued = columns[9].split('|').any(|f| f == "SpaceAfter=No");
        if let Some((_, last)) = columns[0].split_once('-') {
            contraction = last.parse().ok().map(|n| (n, text.push(columns[1], (true, !glued))));
            continue;
        }
        let span = match contraction {
            Some((last, span)) if columns[0].parse::<usize>().is_ok_and(|n| n <= last) => span,
            _ => text.push(columns[1], (true, !glued)),
        };
        for mark in columns[10].split(';') {
            let (number, rest) = mark.split_once(':').unwrap_or((mark, ""));
            if let Some((_, kind)) = rest.split_once("NE-") {
                let kind = match kind.split('|').next() {
                    Some("PERS.final") => NameKind::Person,
                    Some("LOC.final") => NameKind::Location,
                    Some("ORG.final") => NameKind::Organization,
                    Some("EVE.final") => NameKind::Event,
                    Some("PROD.final") => NameKind::Product,
                    _ => continue,
                };
                names.push((number.to_owned(), GoldName { span, kind: Some(kind) }));
            } else if rest.is_empty()
                && let Some(n) = names.iter_mut().find(|n| n.0 == number)
            {
                n.1.span = n.1.span.cover(span);
            }
        }
    }
    articles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(a: &GoldArticle) -> Vec<(String, Option<NameKind>)> {
        let cut = |s: Span<Char>| a.text.chars().skip(s.start as usize).take(s.len() as usize).collect();
        a.names.iter().map(|n| (cut(n.span), n.kind)).collect()
    }

    #[test]
    fn brat_lines_become_names_without_dates() {
        let ann = "T1\tOrganization 3 22\tmusée des Lilas de \nT2\tDate 30 34\t2021\nT3\tLocation 13 18\tLilas\nR1\tx";
        let names = brat_names(ann);
        assert_eq!(names.len(), 2);
        assert_eq!(names[0].span, Span::new(3, 21));
        assert_eq!(outermost(&names), names[..1]);
    }

    #[test]
    fn bio_sentences_are_joined_as_printed() {
        let a = bio_sentences(
            "L'\tO\nîle\tO\nd'\tO\nYeu\tB-Location\n(\tO\nPort\tB-Misc\n-\tI-Misc\nJoli\tI-Misc\n)\tO\n.\tO\n",
        );
        assert_eq!(a.len(), 1);
        assert_eq!(a[0].text, "L'île d'Yeu (Port - Joli).");
        assert_eq!(slices(&a[0]), [("Yeu".into(), Some(NameKind::Location)), ("Port - Joli".into(), None)]);
    }

    #[test]
    fn names_of_several_words_and_contractions_are_read() {
        let row = |id: &str, form: &str, misc: &str, mwe: &str| {
            format!("{id}\t{form}\t_\tX\t_\t_\t0\tdep\t_\t{misc}\t{mwe}\t*\n")
        };
        let source = [
            "# sent_id = essai-1\n".to_owned(),
            row("1", "Pont", "_", "1:PROPN|NE-ORG.final|_"),
            row("2-3", "du", "_", "*"),
            row("2", "de", "_", "1"),
            row("3", "le", "_", "1"),
            row("4", "Var", "SpaceAfter=No", "1;2:PROPN|NE-LOC.prim|_"),
            row("5", ".", "_", "*"),
        ]
        .concat();
        let a = sequoia_sentences(&source);
        assert_eq!((a.len(), a[0].name.as_str(), a[0].text.as_str()), (1, "essai-1", "Pont du Var."));
        assert_eq!(slices(&a[0]), [("Pont du Var".into(), Some(NameKind::Organization))]);
    }
}
