//! JSON Lines: one article a line.

use crate::decode::{NotText, decode};
use crate::input::{Input, InputOptions, decoding, error, failed, too_long};
use crate::language::language;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use temoin_model::{Article, Date, Diagnostic, Lang, Meta, Severity};

/// Names of the fields: the one that messages use, then those that mean the same.
const ID: &[&str] = &["id"];
const DATE: &[&str] = &["date", "published", "publication_date"];
const TITLE: &[&str] = &["title", "headline"];
const TEXT: &[&str] = &["text", "content", "body"];
const OUTLET: &[&str] = &["outlet", "source", "publisher"];
const URL: &[&str] = &["url"];
const LANG: &[&str] = &["lang", "language"];
/// All of them.
pub(crate) const FIELDS: [&[&str]; 7] = [ID, DATE, TITLE, TEXT, OUTLET, URL, LANG];

/// The articles of one file.
pub(crate) struct Lines {
    reader: Box<dyn BufRead + Send>,
    name: String,
    shown: String,
    line: usize,
    buffer: Vec<u8>,
    articles: usize,
    failures: usize,
}

impl Lines {
    /// The lines of `reader`; `name` is the file's name in the graph, `shown` that in messages.
    pub(crate) fn new(reader: Box<dyn BufRead + Send>, name: String, shown: String) -> Self {
        Lines { reader, name, shown, line: 0, buffer: Vec::new(), articles: 0, failures: 0 }
    }

    /// The next article, or why a line gives none; nothing at the end of the file.
    pub(crate) fn next(&mut self, options: &InputOptions) -> Option<Input> {
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
            let json = &self.buffer[start..];
            if json.trim_ascii().is_empty() {
                continue;
            }
            let input = self.input(json, &at, options);
            if input.article.is_some() {
                self.articles += 1;
            } else {
                self.failures += 1;
            }
            return Some(input);
        }
    }

    fn input(&self, json: &[u8], at: &str, options: &InputOptions) -> Input {
        let (text, mut said) = match read(json, at) {
            Ok(t) => t,
            Err(message) => return failed(error(at, message)),
        };
        let fields = match fields(&text) {
            Ok(fields) => Fields { fields, at, said: Vec::new() },
            Err(message) => return failed(error(at, message)),
        };
        let mut input = fields.article(&format!("{}:{}", self.name, self.line), options);
        said.append(&mut input.diagnostics);
        Input { diagnostics: said, ..input }
    }
}

/// An article of fields in memory, read as a line of JSON Lines is; `at` is where messages say that it was,
/// `name` its name where it has no `id`.
pub(crate) fn record(fields: Map<String, Value>, at: &str, name: &str, options: &InputOptions) -> Input {
    Fields { fields, at, said: Vec::new() }.article(name, options)
}

/// The line as text: UTF-8, or what it most likely is, with what is to be said of that.
fn read<'a>(json: &'a [u8], at: &str) -> Result<(Cow<'a, str>, Vec<Diagnostic>), String> {
    if let Ok(text) = std::str::from_utf8(json) {
        return Ok((text.into(), Vec::new()));
    }
    match decode(json) {
        Ok(d) => {
            let said = decoding(&d, at);
            Ok((d.text.into(), said))
        }
        Err(NotText::Binary | NotText::Empty) => Err("the line is left out: it is not text (binary data)".into()),
    }
}

fn fields(line: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => Err(format!(
            "the line is left out: it is {}, expected an object like {{\"text\": \"…\"}} with an article",
            kind(&other)
        )),
        Err(e) => {
            let what = e.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            Err(format!("the line is left out: not JSON at column {}: {what}", e.column()))
        }
    }
}

/// The fields of one line, and what was said of them.
struct Fields<'a> {
    fields: Map<String, Value>,
    /// File and line.
    at: &'a str,
    said: Vec<Diagnostic>,
}

impl Fields<'_> {
    /// The article; `name` is its name where it has no identifier.
    fn article(mut self, name: &str, options: &InputOptions) -> Input {
        let text = match self.take(TEXT) {
            Some((_, Value::String(text))) if !text.trim().is_empty() => text,
            Some((field, Value::String(_))) => return self.without_text(field, "is empty: nothing to extract"),
            Some((field, other)) => {
                return self.without_text(field, &format!("is {}: expected the article in quotes", kind(&other)));
            }
            None => return self.without_text(TEXT[0], "is missing: it holds the article"),
        };
        let name = self.id().unwrap_or_else(|| name.to_owned());
        let published = self.date().or(options.published);
        let given = self.lang();
        let (lang, doubt) = language(&text, options.lang.or(given), self.at);
        let (title, outlet, url) = (self.string(TITLE), self.string(OUTLET), self.string(URL));
        self.said.extend(doubt);
        let meta = Meta { name, title, published, published_inferred: false, outlet, url, lang };
        Input { article: Some(Article { meta, text }), diagnostics: self.said }
    }

    fn without_text(&self, field: &str, why: &str) -> Input {
        failed(error(self.at, format!("left out: \"{field}\" {why}")))
    }

    /// The first of `names` that is there and not null, with its name.
    fn take(&mut self, names: &[&'static str]) -> Option<(&'static str, Value)> {
        names.iter().find_map(|&n| self.fields.remove(n).filter(|v| !v.is_null()).map(|v| (n, v)))
    }

    fn warn(&mut self, message: String) {
        self.said.push(Diagnostic { severity: Severity::Warning, input: self.at.to_owned(), message });
    }

    fn string(&mut self, names: &[&'static str]) -> Option<String> {
        match self.take(names)? {
            (_, Value::String(s)) => Some(s),
            (field, other) => {
                self.warn(format!("\"{field}\" is left out: it is {}, expected text in quotes", kind(&other)));
                None
            }
        }
    }

    /// The identifier; a number counts as its digits.
    fn id(&mut self) -> Option<String> {
        if let Some(Value::Number(n)) = self.fields.get(ID[0]) {
            let digits = n.to_string();
            self.fields.insert(ID[0].into(), Value::String(digits));
        }
        self.string(ID).filter(|id| !id.trim().is_empty())
    }

    fn date(&mut self) -> Option<Date> {
        let field = DATE.iter().find(|&&n| self.fields.get(n).is_some_and(|v| !v.is_null()))?;
        let said = self.string(DATE)?;
        let said = said.trim();
        let date = parse_date(said);
        if date.is_none() && !said.is_empty() {
            let why = if has_shape(said) { "there is no such day" } else { "expected YYYY-MM-DD" };
            self.warn(format!("\"{field}\" is left out: '{said}': {why}"));
        }
        date
    }

    fn lang(&mut self) -> Option<Lang> {
        let field = LANG.iter().find(|&&n| self.fields.get(n).is_some_and(|v| !v.is_null()))?;
        let said = self.string(LANG)?;
        let said = said.trim();
        let lang = parse_lang(said);
        if lang.is_none() && !said.is_empty() {
            self.warn(format!(
                "\"{field}\" is left out: '{said}': expected fr or en; the language is found from the text"
            ));
        }
        lang
    }
}

/// What a JSON value is, in words.
fn kind(v: &Value) -> &'static str {
    match v {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The day at the start of a date, with a time behind it or not.
fn parse_date(s: &str) -> Option<Date> {
    let day = s.get(..10).filter(|_| !s[10..].starts_with(|c: char| c.is_ascii_digit()));
    let date: Option<Date> = day.and_then(|d| d.parse().ok()).or_else(|| s.parse().ok());
    date.filter(|d| d.year() > 0)
}

/// Whether `s` begins as `2024-02-31` does.
fn has_shape(s: &str) -> bool {
    let shape = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    s.len() >= 10 && s.bytes().take(10).enumerate().all(shape)
}

/// The language of a tag (`fr`, `fr-CA`, `en_GB`, `eng`) or of its English or French name.
fn parse_lang(s: &str) -> Option<Lang> {
    match s.to_lowercase().split(['-', '_']).next()? {
        "fr" | "fra" | "fre" | "french" | "français" => Some(Lang::Fr),
        "en" | "eng" | "english" | "anglais" => Some(Lang::En),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8], options: &InputOptions) -> (Vec<Article>, Vec<Diagnostic>) {
        let mut lines = Lines::new(Box::new(io::Cursor::new(bytes.to_vec())), "a.jsonl".into(), "in/a.jsonl".into());
        let (mut articles, mut said) = (Vec::new(), Vec::new());
        while let Some(i) = lines.next(options) {
            articles.extend(i.article);
            said.extend(i.diagnostics);
        }
        (articles, said)
    }

    fn one(line: &str) -> (Option<Article>, Vec<Diagnostic>) {
        let (mut articles, said) = read_all(line.as_bytes(), &InputOptions::default());
        (articles.pop(), said)
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_alone() {
        let mut bytes = format!("{{\"text\":\"{}\"}}\n", "x".repeat(5000)).into_bytes();
        bytes.extend_from_slice(b"{\"text\":\"Court.\"}");
        let (articles, said) = read_all(&bytes, &InputOptions { max_bytes: 2000, ..InputOptions::default() });
        assert_eq!(articles.len(), 1);
        assert!(said[0].message.contains("longer than"));
    }

    #[test]
    fn fields_that_make_no_sense_cost_a_warning_and_not_the_article() {
        for (fields, field, why) in [
            (r#""date":"2024-02-31""#, "date", "no such day"),
            (r#""date":"2024-02-31T10:00:00Z""#, "date", "no such day"),
            (r#""published":"hier""#, "published", "YYYY-MM-DD"),
            (r#""date":20240305"#, "date", "a number"),
            (r#""lang":"de""#, "lang", "fr or en"),
            (r#""language":"frisian""#, "language", "fr or en"),
            (r#""lang":["fr"]"#, "lang", "a list"),
            (r#""title":1984"#, "title", "a number"),
            (r#""outlet":{"name":"X"}"#, "outlet", "an object"),
            (r#""url":false"#, "url", "true or false"),
            (r#""id":["x"]"#, "id", "a list"),
        ] {
            let (article, said) = one(&format!("\n{{\"text\":\"Le maire est parti.\",{fields}}}\n"));
            let article = article.expect(fields);
            assert_eq!((article.meta.published, article.meta.name.as_str()), (None, "a.jsonl:2"));
            assert_eq!(said.len(), 1, "{fields}: {said:?}");
            assert_eq!((said[0].severity, said[0].input.as_str()), (Severity::Warning, "in/a.jsonl:2"));
            let message = &said[0].message;
            assert!(message.contains(&format!("\"{field}\"")) && message.contains(why), "{message}");
        }
    }

    #[test]
    fn lines_without_an_article_name_what_is_missing() {
        for (line, why) in [
            (r#"{"id":"x"}"#, "\"text\" is missing"),
            (r#"{"text":3}"#, "\"text\" is a number"),
            (r#"{"content":null}"#, "\"text\" is missing"),
            (r#"{"body":" "}"#, "\"body\" is empty"),
            (r#"["text"]"#, "it is a list"),
            (r#"{"text":"a""#, "not JSON at column 11"),
        ] {
            let (article, said) = one(line);
            assert!(article.is_none());
            assert_eq!((said.len(), said[0].severity), (1, Severity::Error), "{line}");
            assert!(said[0].input == "in/a.jsonl:1" && said[0].message.contains(why), "{}", said[0]);
        }
    }

    #[test]
    fn fields_are_taken_in_the_forms_that_they_have() {
        let line =
            r#"{"id":7,"published":"2024-03-05 10:00","headline":"T","body":"The mayor left.","language":"en_GB"}"#;
        let (article, said) = one(line);
        let meta = article.expect("an article").meta;
        assert_eq!(said, []);
        assert_eq!((meta.name.as_str(), meta.title.as_deref(), meta.lang), ("7", Some("T"), Lang::En));
        assert_eq!(meta.published, Some(Date::constant(2024, 3, 5)));
        // Where two names of one field are there, the first of them counts.
        let (article, said) = one(r#"{"id":null,"text":"Il part.","content":"Elle part.","date":null,"lang":"FR"}"#);
        assert_eq!((article.expect("an article").text.as_str(), said.len()), ("Il part.", 0));
    }

    #[test]
    fn damaged_lines_are_read_as_damaged_files_are() {
        let (articles, said) = read_all(b"{\"text\":\"L'\xc3\xa9t\xc3\xa9 a \xff fini.\"}", &InputOptions::default());
        assert_eq!(articles[0].text, "L'été a \u{fffd} fini.");
        assert_eq!((said.len(), said[0].severity), (1, Severity::Warning));
        assert!(said[0].message.contains("byte offset 19:"), "{}", said[0]);
        let (articles, said) = read_all(b"{\"text\":\"L'\xe9t\xe9 a fini.\"}", &InputOptions::default());
        assert_eq!((articles[0].text.as_str(), said[0].severity), ("L'été a fini.", Severity::Note));
    }
}
