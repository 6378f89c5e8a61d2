//! Where articles come from: files, folders, standard input; plain text and JSON Lines.

use crate::decode::{NotText, decode};
use crate::language::language;
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
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
}

impl Default for InputOptions {
    fn default() -> Self {
        InputOptions { published: None, lang: None, max_bytes: 16 << 20 }
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
    early: std::vec::IntoIter<Diagnostic>,
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
        Inputs { options, sources: sources.into_iter(), lines: None, early: early.into_iter() }
    }

    /// How many files are still to be opened; a JSON Lines file counts once.
    pub fn files_left(&self) -> usize {
        self.sources.len()
    }

    fn open(&mut self, source: Source) -> Option<Input> {
        let (name, shown, reader): (String, String, io::Result<Box<dyn BufRead + Send>>) = match source {
            Source::Stdin => ("stdin".into(), "standard input".into(), Ok(Box::new(BufReader::new(io::stdin())))),
            Source::File(name, path) => {
                let file = File::open(&path)
                    .and_then(|f| if f.metadata()?.is_dir() { Err(io::Error::other("is a folder")) } else { Ok(f) });
                let shown = path.display().to_string();
                (name, shown, file.map(|f| Box::new(BufReader::with_capacity(1 << 16, f)) as _))
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
            self.lines = Some(Lines { reader, name, shown, line: 0, buffer: Vec::new(), articles: 0, failures: 0 });
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
        Some(text_input(&bytes, name, &shown, &self.options))
    }
}

impl Iterator for Inputs {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        if let Some(d) = self.early.next() {
            return Some(failed(d));
        }
        loop {
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
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            sources.push(Source::File(name, path));
        }
    }
}

struct Lines {
    reader: Box<dyn BufRead + Send>,
    name: String,
    shown: String,
    line: usize,
    buffer: Vec<u8>,
    articles: usize,
    failures: usize,
}

/// A line of JSON Lines input.
#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    #[serde(alias = "published", alias = "publication_date")]
    date: Option<String>,
    #[serde(alias = "headline")]
    title: Option<String>,
    #[serde(alias = "content", alias = "body")]
    text: String,
    #[serde(alias = "source", alias = "publisher")]
    outlet: Option<String>,
    url: Option<String>,
    #[serde(alias = "language")]
    lang: Option<String>,
}

impl Lines {
    fn next(&mut self, options: &InputOptions) -> Option<Input> {
        loop {
            self.buffer.clear();
            self.line += 1;
            let limit = options.max_bytes;
            let at = format!("{}:{}", self.shown, self.line);
            let read = self.reader.by_ref().take(limit + 1).read_until(b'\n', &mut self.buffer);
            match read {
                Ok(0) => {
                    let empty = self.articles + self.failures == 0;
                    self.failures += 1;
                    return empty.then(|| failed(error(&self.shown, "is empty: no article in it")));
                }
                Ok(_) => {}
                Err(e) => {
                    let again = self.failures > 0 && self.buffer.is_empty();
                    self.failures += 1;
                    return (!again).then(|| failed(error(&at, format!("cannot be read: {e}"))));
                }
            }
            if self.buffer.len() as u64 > limit && !self.buffer.ends_with(b"\n") {
                self.failures += 1;
                if let Err(e) = skip_line(&mut *self.reader) {
                    return Some(failed(error(&at, format!("cannot be read: {e}"))));
                }
                return Some(failed(too_long(&at, limit)));
            }
            let start = if self.line == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let json = self.buffer[start..].trim_ascii();
            if json.is_empty() {
                continue;
            }
            let line: Line = match serde_json::from_slice(json) {
                Ok(l) => l,
                Err(e) => {
                    self.failures += 1;
                    return Some(failed(error(&at, format!("not an article in JSON, the line is left out: {e}"))));
                }
            };
            self.articles += 1;
            return Some(self.article(line, &at, options));
        }
    }

    fn article(&self, line: Line, at: &str, options: &InputOptions) -> Input {
        let mut input = Input::default();
        if line.text.trim().is_empty() {
            return failed(error(at, "the text is empty: nothing to extract"));
        }
        let published = match line.date.as_deref().map(str::trim).filter(|d| !d.is_empty()) {
            None => options.published,
            Some(d) => match parse_date(d) {
                Some(date) => Some(date),
                None => {
                    input.diagnostics.push(Diagnostic {
                        severity: Severity::Warning,
                        input: at.to_owned(),
                        message: format!("the date '{d}' is left out: expected YYYY-MM-DD"),
                    });
                    options.published
                }
            },
        };
        let lang = line.lang.as_deref().and_then(|l| l.get(..2)).and_then(|l| l.to_ascii_lowercase().parse().ok());
        let name = match line.id {
            Some(serde_json::Value::String(s)) => s,
            Some(v) if !v.is_null() => v.to_string(),
            _ => format!("{}:{}", self.name, self.line),
        };
        let (lang, note) = language(&line.text, options.lang.or(lang), at);
        input.diagnostics.extend(note);
        input.article = Some(Article {
            meta: Meta {
                name,
                title: line.title,
                published,
                published_inferred: false,
                outlet: line.outlet,
                url: line.url,
                lang,
            },
            text: line.text,
        });
        input
    }
}

fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|&b| b == b'\n') {
            Some(i) => {
                reader.consume(i + 1);
                return Ok(());
            }
            None => {
                let n = buffer.len();
                reader.consume(n);
            }
        }
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
    let mut input = Input::default();
    let mut note = |severity, message| {
        input.diagnostics.push(Diagnostic { severity, input: shown.to_owned(), message });
    };
    if let Some(encoding) = decoded.assumed {
        note(Severity::Note, format!("is not UTF-8: read as {encoding}"));
    }
    if decoded.lossy {
        note(Severity::Warning, "some bytes have no meaning in this encoding and were replaced by U+FFFD".into());
    }
    let (lang, doubt) = language(&decoded.text, options.lang, shown);
    input.diagnostics.extend(doubt);
    let published = date_in_name(&name).or(options.published);
    let title = title(&decoded.text);
    input.article =
        Some(Article { meta: Meta { name, title, published, lang, ..Meta::default() }, text: decoded.text });
    input
}

/// The first line, where a blank line follows and it reads like a headline.
fn title(text: &str) -> Option<String> {
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

fn parse_date(s: &str) -> Option<Date> {
    s.get(..10).and_then(|d| d.parse().ok()).or_else(|| s.parse().ok())
}

fn failed(d: Diagnostic) -> Input {
    Input { article: None, diagnostics: vec![d] }
}

fn error(input: impl ToString, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Error, input: input.to_string(), message: message.into() }
}

fn too_long(input: &str, limit: u64) -> Diagnostic {
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
    fn a_json_line_that_is_too_long_is_skipped_alone() {
        let mut bytes = format!("{{\"text\":\"{}\"}}\n", "x".repeat(5000)).into_bytes();
        bytes.extend_from_slice("{\"text\":\"Court.\"}".as_bytes());
        let dir = folder(&[("a.jsonl", &bytes)]);
        let (articles, notes) = read(dir.path(), InputOptions { max_bytes: 2000, ..InputOptions::default() });
        assert_eq!(articles.len(), 1);
        assert!(notes[0].message.contains("longer than"));
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
