//! Where articles come from: files, folders, standard input; plain text and JSON Lines.

use crate::decode::{Decoded, NotText, decode};
use crate::language::language;
use crate::lines::Lines;
use crate::patient::Patient;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use temoin_model::{Article, Date, Diagnostic, Lang, Meta, Severity};

/// Endings read from folders as plain text.
pub const TEXT_ENDINGS: [&str; 2] = ["txt", "text"];
/// Endings read as JSON Lines.
pub const JSON_ENDINGS: [&str; 2] = ["jsonl", "ndjson"];

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct InputOptions {
    /// Publication date of articles that do not bring one.
    pub published: Option<Date>,
    /// Language of all articles; found out per article where it is not given.
    pub lang: Option<Lang>,
    /// Longest article, in bytes; longer ones are refused with a message.
    pub max_bytes: u64,
    /// Once it is set, standard input and pipes are no longer waited for: an error in their place.
    pub stop: Arc<AtomicBool>,
}

impl Default for InputOptions {
    fn default() -> Self {
        InputOptions { published: None, lang: None, max_bytes: 16 << 20, stop: Arc::default() }
    }
}

/// One input: an article, or the reason why there is none, and what was assumed on the way.
#[derive(Debug, Default)]
pub struct Input {
    /// The article.
    pub article: Option<Article>,
    /// Notes, warnings and errors, each with the input's name.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// Name in the graph (relative to the folder it was found in), then the path.
    File(String, PathBuf),
    Stdin,
}

/// Articles of files, folders and standard input, in an order that does not depend on the order in
/// which they were named.
pub struct Inputs {
    options: InputOptions,
    sources: std::vec::IntoIter<Source>,
    lines: Option<Lines>,
    /// What is said of folders, and articles that came together.
    ready: std::vec::IntoIter<Input>,
}

impl Inputs {
    /// Articles of `paths`; `-` is standard input. Folders are searched, all the way down, for
    /// `.txt`, `.text`, `.jsonl` and `.ndjson`; a file named outright is read whatever its ending.
    pub fn new<P: AsRef<Path>>(paths: &[P], options: InputOptions) -> Self {
        let mut sources = Vec::new();
        let mut early = Vec::new();
        for p in paths {
            let p = p.as_ref();
            if p == Path::new("-") {
                sources.push(Source::Stdin);
            } else if p.is_dir() {
                let before = sources.len();
                walk(p, p, &mut sources, &mut early);
                if sources.len() == before {
                    early.push(error(
                        p.display(),
                        "no article in this folder: it is searched for files ending in .txt, .text, .jsonl or .ndjson",
                    ));
                }
            } else {
                let name = p.file_name().map_or_else(|| p.display().to_string(), |n| n.to_string_lossy().into_owned());
                sources.push(Source::File(name, p.to_owned()));
            }
        }
        sources.sort();
        sources.dedup();
        let ready: Vec<Input> = early.into_iter().map(failed).collect();
        Inputs { options, sources: sources.into_iter(), lines: None, ready: ready.into_iter() }
    }

    /// How many files are still to be opened; a JSON Lines file counts once.
    pub fn files_left(&self) -> usize {
        self.sources.len()
    }

    fn open(&mut self, source: Source) -> Option<Input> {
        let (name, shown, reader): (String, String, io::Result<Box<dyn BufRead + Send>>) = match source {
            Source::Stdin => {
                let reader = Patient::new(|| Ok(io::stdin()), Arc::clone(&self.options.stop));
                ("stdin".into(), "standard input".into(), reader.map(|r| Box::new(BufReader::new(r)) as _))
            }
            Source::File(name, path) => {
                let shown = path.display().to_string();
                let buffered = |r: Box<dyn Read + Send>| Box::new(BufReader::with_capacity(1 << 16, r)) as _;
                let reader: io::Result<Box<dyn Read + Send>> = match fs::metadata(&path) {
                    Ok(m) if m.is_dir() => Err(io::Error::other("is a folder")),
                    // A pipe or a device may keep one waiting, even where it is opened.
                    Ok(m) if !m.is_file() => {
                        Patient::new(move || File::open(path), Arc::clone(&self.options.stop)).map(|r| Box::new(r) as _)
                    }
                    _ => File::open(&path).map(|f| Box::new(f) as _),
                };
                (name, shown, reader.map(buffered))
            }
        };
        let mut reader = match reader {
            Ok(r) => r,
            Err(e) => return Some(failed(error(&shown, format!("cannot be opened: {e}")))),
        };
        let json = match name.rsplit_once('.') {
            Some((_, ending)) if JSON_ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) => true,
            _ if name == "stdin" => reader.fill_buf().is_ok_and(|b| b.trim_ascii_start().first() == Some(&b'{')),
            _ => false,
        };
        if json {
            self.lines = Some(Lines::new(reader, name, shown));
            return None;
        }
        let mut bytes = Vec::new();
        let limit = self.options.max_bytes;
        if let Err(e) = reader.by_ref().take(limit + 1).read_to_end(&mut bytes) {
            return Some(failed(error(&shown, format!("cannot be read: {e}"))));
        }
        if bytes.len() as u64 > limit {
            return Some(failed(too_long(&shown, limit)));
        }
        if let Some(articles) = json_articles(&bytes, &name, &shown, &self.options) {
            self.ready = articles.into_iter();
            return None;
        }
        Some(text_input(&bytes, name, &shown, &self.options))
    }
}

impl Iterator for Inputs {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(input) = self.ready.next() {
                return Some(input);
            }
            if let Some(lines) = &mut self.lines {
                if let Some(input) = lines.next(&self.options) {
                    return Some(input);
                }
                self.lines = None;
            }
            let source = self.sources.next()?;
            if let Some(input) = self.open(source) {
                return Some(input);
            }
        }
    }
}

fn walk(root: &Path, folder: &Path, sources: &mut Vec<Source>, early: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(folder) {
        Ok(e) => e,
        Err(e) => return early.push(error(folder.display(), format!("cannot be listed: {e}"))),
    };
    for entry in entries {
        let path = match entry {
            Ok(e) => e.path(),
            Err(e) => {
                early.push(error(folder.display(), format!("cannot be listed: {e}")));
                continue;
            }
        };
        // A link to a folder above would never end; links to files are followed.
        if path.is_dir() {
            if !path.is_symlink() {
                walk(root, &path, sources, early);
            }
            continue;
        }
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if TEXT_ENDINGS.contains(&ending.as_str()) || JSON_ENDINGS.contains(&ending.as_str()) {
            if fs::metadata(&path).is_ok_and(|m| !m.is_file()) {
                early.push(error(
                    path.display(),
                    "is left out: it is a pipe or a device, which is read where it is named",
                ));
                continue;
            }
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
            // Elsewhere a backslash is a letter of the name.
            let name = if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() };
            sources.push(Source::File(name, path));
        }
    }
}

/// An article of fields in memory (`text`, and `id`, `date`, `title`, `outlet`, `url`, `lang` if known), read as
/// a line of JSON Lines is. Messages say that it was `at`; `name` is its name where it has no `id`.
pub fn record(
    fields: serde_json::Map<String, serde_json::Value>,
    at: &str,
    name: &str,
    options: &InputOptions,
) -> Input {
    crate::lines::record(fields, at, name, options)
}

/// Whether [`record`] reads a field of this name.
pub fn is_field(name: &str) -> bool {
    crate::lines::FIELDS.iter().any(|of| of.contains(&name))
}

/// The articles of a file that is one JSON value: an object like a line of JSON Lines, or a list of such objects.
/// None where it is anything else, as a text is that begins with a bracket.
fn json_articles(bytes: &[u8], name: &str, shown: &str, options: &InputOptions) -> Option<Vec<Input>> {
    use serde_json::Value;
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !matches!(json.first(), Some(b'{' | b'[')) {
        return None;
    }
    match serde_json::from_slice(json) {
        Ok(Value::Object(fields)) => Some(vec![record(fields, shown, name, options)]),
        Ok(Value::Array(all)) if all.iter().any(Value::is_object) => {
            let one = |(i, value): (usize, Value)| {
                let at = format!("{shown}: item {i}");
                match value {
                    Value::Object(fields) => record(fields, &at, &format!("{name}:{i}"), options),
                    _ => failed(error(at, "left out: it is no object with an article in \"text\"")),
                }
            };
            Some(all.into_iter().enumerate().map(one).collect())
        }
        _ => None,
    }
}

fn text_input(bytes: &[u8], name: String, shown: &str, options: &InputOptions) -> Input {
    let decoded = match decode(bytes) {
        Ok(d) => d,
        Err(NotText::Empty) => return failed(error(shown, "is empty: nothing to extract")),
        Err(NotText::Binary) => {
            return failed(error(shown, "is not text (binary data): convert it to plain text first"));
        }
    };
    let mut input = Input { article: None, diagnostics: decoding(&decoded, shown) };
    let (lang, doubt) = language(&decoded.text, options.lang, shown);
    input.diagnostics.extend(doubt);
    let published = date_in_name(&name).or(options.published);
    let title = title(&decoded.text);
    input.article =
        Some(Article { meta: Meta { name, title, published, lang, ..Meta::default() }, text: decoded.text });
    input
}

/// The first line, where a blank line follows and it reads like a headline.
pub fn title(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).skip_while(|l| l.is_empty());
    let first = lines.next()?;
    let headline = first.chars().count() <= 200 && !first.ends_with(['.', ':', ',', ';']);
    (headline && lines.next()?.is_empty()).then(|| first.to_owned())
}

/// A date written `2022-01-06`, `2022_01_06` or `20220106` at the start of the file's own name.
fn date_in_name(name: &str) -> Option<Date> {
    let file = name.rsplit('/').next()?;
    let digits: String = file.chars().filter(|c| !matches!(c, '-' | '_')).take(8).collect();
    let shape = file.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '_')).count();
    if shape < 8 || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.len() < 8 {
        return None;
    }
    let date = Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..8].parse().ok()?).ok()?;
    (1500..2200).contains(&date.year()).then_some(date)
}

/// What is to be said of how the bytes of `input` became text.
pub(crate) fn decoding(decoded: &Decoded, input: &str) -> Vec<Diagnostic> {
    let say = |severity, message| Diagnostic { severity, input: input.to_owned(), message };
    let assumed = decoded.assumed.map(|e| say(Severity::Note, format!("is not UTF-8: read as {e}")));
    let lost = decoded.damage.map(|d| {
        let places = if d.places == 1 { "one place".to_owned() } else { format!("{} places", d.places) };
        let message = format!(
            "U+FFFD replaces bytes that {} has no meaning for, at {places}, the first at byte offset {}: mend them if \
             the words matter",
            d.encoding, d.first
        );
        say(Severity::Warning, message)
    });
    assumed.into_iter().chain(lost).collect()
}

pub(crate) fn failed(d: Diagnostic) -> Input {
    Input { article: None, diagnostics: vec![d] }
}

pub(crate) fn error(input: impl ToString, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Error, input: input.to_string(), message: message.into() }
}

pub(crate) fn too_long(input: &str, limit: u64) -> Diagnostic {
    error(
        input,
        format!(
            "is longer than {} MB, too long for one article: split it, put its articles into JSON Lines, or raise --max-size",
            limit >> 20
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            File::create(path).unwrap().write_all(bytes).unwrap();
        }
        dir
    }

    fn read(dir: &Path, options: InputOptions) -> (Vec<Article>, Vec<Diagnostic>) {
        let mut articles = Vec::new();
        let mut notes = Vec::new();
        for i in Inputs::new(&[dir], options) {
            articles.extend(i.article);
            notes.extend(i.diagnostics);
        }
        (articles, notes)
    }

    #[test]
    fn one_json_value_is_articles_and_no_prose() {
        let dir = folder(&[
            ("a.txt", b"\xef\xbb\xbf [{\"text\": \"Un.\", \"id\": 7},\n {\"text\": \"Deux.\"}, 3, {\"title\": \"x\"}]"),
            ("b.txt", b"{\n  \"text\": \"Trois.\",\n  \"date\": \"2024-03-05\"\n}"),
            ("c.txt", b"[Mis \xc3\xa0 jour] Le maire est parti."),
            ("d.txt", b"[1]"),
        ]);
        let (articles, said) = read(dir.path(), InputOptions { lang: Some(Lang::Fr), ..InputOptions::default() });
        let texts: Vec<(&str, &str)> = articles.iter().map(|a| (a.meta.name.as_str(), a.text.as_str())).collect();
        let prose = "[Mis à jour] Le maire est parti.";
        assert_eq!(
            texts,
            [("7", "Un."), ("a.txt:1", "Deux."), ("b.txt", "Trois."), ("c.txt", prose), ("d.txt", "[1]")]
        );
        let errors: Vec<&str> = said.iter().map(|d| d.input.rsplit('/').next().unwrap()).collect();
        assert_eq!(errors, ["a.txt: item 2", "a.txt: item 3"]);
    }

    #[test]
    fn folders_are_read_in_a_fixed_order() {
        let dir = folder(&[
            ("b.txt", b"Le ministre est parti."),
            ("a/c.txt", b"La ministre est venue."),
            ("x.pdf", b"%PDF"),
            (
                "d.jsonl",
                b"{\"id\":7,\"date\":\"2020-02-03T10:00:00Z\",\"text\":\"Il pleut sur Nantes.\"}\n\n{\"text\":3}\n",
            ),
        ]);
        let (articles, notes) = read(dir.path(), InputOptions { lang: Some(Lang::Fr), ..InputOptions::default() });
        let names: Vec<_> = articles.iter().map(|a| a.meta.name.as_str()).collect();
        assert_eq!(names, ["a/c.txt", "b.txt", "7"]);
        assert_eq!(articles[2].meta.published, Some(Date::constant(2020, 2, 3)));
        assert_eq!(notes.len(), 1);
        assert!(notes[0].input.ends_with("d.jsonl:3"), "{}", notes[0]);
    }

    #[test]
    fn bad_files_cost_a_message_each() {
        let dir = folder(&[
            ("bin.txt", b"\0\x01\x02"),
            ("empty.txt", b""),
            ("good.txt", b"Le maire a parl\xe9 aux \xe9lus."),
            ("long.txt", &[b'a'; 3000]),
        ]);
        let (articles, notes) = read(dir.path(), InputOptions { max_bytes: 2000, ..InputOptions::default() });
        assert_eq!(articles.len(), 1);
        assert_eq!(articles[0].text, "Le maire a parlé aux élus.");
        for name in ["bin.txt", "empty.txt", "good.txt", "long.txt"] {
            assert_eq!(notes.iter().filter(|n| n.input.ends_with(name)).count(), 1, "{name}: {notes:?}");
        }
    }

    #[test]
    fn an_empty_folder_and_a_missing_file_are_errors() {
        let dir = folder(&[]);
        let (_, notes) = read(dir.path(), InputOptions::default());
        assert_eq!(notes[0].severity, Severity::Error);
        let missing: Vec<Input> = Inputs::new(&[dir.path().join("no.txt")], InputOptions::default()).collect();
        assert!(missing[0].diagnostics[0].message.contains("cannot be opened"));
    }

    #[test]
    fn bytes_that_were_replaced_are_named() {
        let dir = folder(&[("a.txt", b"L'\xc3\xa9t\xc3\xa9 a \xff\xc3\xa9t\xc3\xa9 sec.")]);
        let (articles, notes) = read(dir.path(), InputOptions::default());
        assert_eq!(articles[0].text, "L'été a \u{fffd}été sec.");
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert_eq!(notes[0].severity, Severity::Warning);
        assert!(notes[0].input.ends_with("a.txt") && notes[0].message.contains("byte offset 10:"), "{}", notes[0]);
    }

    #[test]
    fn an_articles_own_date_goes_before_the_common_one() {
        let dir = folder(&[("2018-01-02.txt", b"Le maire est parti."), ("b.txt", b"Le maire est venu.")]);
        let common = Date::constant(2020, 5, 6);
        let (articles, _) = read(dir.path(), InputOptions { published: Some(common), ..InputOptions::default() });
        let dates: Vec<_> = articles.iter().map(|a| a.meta.published.unwrap()).collect();
        assert_eq!(dates, [Date::constant(2018, 1, 2), common]);
    }

    #[test]
    fn dates_stand_in_file_names() {
        assert_eq!(date_in_name("x/2018_01_02-001.txt"), Some(Date::constant(2018, 1, 2)));
        assert_eq!(date_in_name("20180102.txt"), Some(Date::constant(2018, 1, 2)));
        assert_eq!(date_in_name("article-7.txt"), None);
        assert_eq!(date_in_name("2018-13-45.txt"), None);
    }
}
