//! Gold files of any of the forms that corpora come in: trees in CoNLL-U, names as a folder of brat
//! files or as a file of words with IOB tags.

use crate::names::corpora::{self, GoldArticle, GoldName};
use std::path::Path;
use temoin_model::{Char, Document, Lang, Meta, NameKind, Span, conllu};

/// What a gold file holds.
#[derive(Debug)]
pub enum Gold {
    /// Words and trees.
    Trees(Box<Document>),
    /// Names in articles.
    Names(Vec<GoldArticle>),
}

/// Reads a folder of brat files, a `.conllu` file, or a file of words with IOB tags.
///
/// # Errors
/// When it cannot be read, or holds neither trees nor names.
pub fn read(path: &Path, lang: Lang) -> Result<Gold, String> {
    if path.is_dir() {
        let articles = corpora::brat(path)?;
        return if articles.is_empty() {
            Err(format!("{}: no .txt file with an .ann file", path.display()))
        } else {
            Ok(Gold::Names(articles))
        };
    }
    let source = corpora::read(path)?;
    if path.extension().is_some_and(|x| x == "conllu") {
        let doc = conllu::parse_one(&source, Meta { lang, ..Meta::default() });
        return doc.map(|d| Gold::Trees(Box::new(d))).map_err(|e| format!("{}: {e}", path.display()));
    }
    let articles = iob(&source, lang);
    if articles.iter().all(|a| a.names.is_empty()) {
        return Err(format!("{}: no IOB tag such as B-PER in any column", path.display()));
    }
    Ok(Gold::Names(articles))
}

/// Reads words with IOB tags: a word a line, its tag in the last column that looks like one, the
/// form in the first column that is no number. Sentences are joined to articles at `# newdoc` where
/// the file has these comments, a line each; otherwise each is an article. `# text` gives the spacing. A tag
/// `I-` behind another kind begins a name (IOB1); of the kinds only persons, places and
/// organisations are known in every such corpus, the others are left open.
pub fn iob(source: &str, lang: Lang) -> Vec<GoldArticle> {
    let mut out: Vec<GoldArticle> = Vec::new();
    let whole = source.lines().any(|l| l.starts_with("# newdoc"));
    let mut fresh = true;
    let mut text: Option<&str> = None;
    let mut words: Vec<(&str, &str)> = Vec::new();
    for line in source.lines().chain(std::iter::once("")) {
        if let Some(comment) = line.strip_prefix("# ") {
            fresh |= comment.starts_with("newdoc");
            text = comment.strip_prefix("text = ").or(text);
        } else if line.trim().is_empty() {
            if !words.is_empty() {
                if fresh || !whole || out.is_empty() {
                    out.push(GoldArticle { name: format!("article {}", out.len() + 1), ..GoldArticle::default() });
                }
                let article = out.last_mut().expect("pushed above when there was none");
                add_sentence(article, &words, text, lang);
                words.clear();
                fresh = false;
            }
            text = None;
        } else if !line.starts_with("-DOCSTART-") {
            words.extend(word(line));
        }
    }
    out
}

/// Form and tag of a line.
fn word(line: &str) -> Option<(&str, &str)> {
    let columns: Vec<&str> = if line.contains('\t') { line.split('\t').collect() } else { line.split(' ').collect() };
    let is_tag = |c: &&str| *c == "O" || c.starts_with("B-") || c.starts_with("I-");
    let tag = columns.iter().skip(1).rposition(is_tag)? + 1;
    let numbered = tag > 1 && columns[0].bytes().all(|b| b.is_ascii_digit());
    Some((columns[usize::from(numbered)], columns[tag]))
}

fn add_sentence(article: &mut GoldArticle, words: &[(&str, &str)], text: Option<&str>, lang: Lang) {
    if !article.text.is_empty() {
        article.text.push('\n');
    }
    let base = article.text.chars().count() as u32;
    let spaced = places(words, text).unwrap_or_else(|| {
        let mut joined = String::new();
        for (i, (form, _)) in words.iter().enumerate() {
            if i > 0 && blank_between(words[i - 1].0, form, lang) {
                joined.push(' ');
            }
            joined.push_str(form);
        }
        let spans = places(words, Some(&joined)).unwrap_or_default();
        Sentence { text: joined, spans: spans.spans }
    });
    article.text.push_str(&spaced.text);
    let mut open: Option<&str> = None;
    for ((_, tag), span) in words.iter().zip(&spaced.spans) {
        let span: Span<Char> = Span::new(base + span.start, base + span.end);
        let kind = tag.get(2..).filter(|_| *tag != "O");
        match (kind, article.names.last_mut()) {
            (Some(kind), Some(last)) if tag.starts_with('I') && open == Some(kind) => last.span = last.span.cover(span),
            (Some(kind), _) => article.names.push(GoldName { span, kind: kind_of(kind) }),
            (None, _) => {}
        }
        open = kind;
    }
}

fn kind_of(label: &str) -> Option<NameKind> {
    match label.to_ascii_uppercase().as_str() {
        "PER" | "PERS" | "PERSON" => Some(NameKind::Person),
        "LOC" | "LOCATION" | "GPE" => Some(NameKind::Location),
        "ORG" | "ORGANIZATION" => Some(NameKind::Organization),
        "EVENT" | "EVE" => Some(NameKind::Event),
        "PRODUCT" | "PROD" => Some(NameKind::Product),
        _ => None,
    }
}

#[derive(Default)]
struct Sentence {
    text: String,
    spans: Vec<Span<Char>>,
}

/// Where the forms stand in the text, one behind the other; `None` when one is not there.
fn places(words: &[(&str, &str)], text: Option<&str>) -> Option<Sentence> {
    let text = text?;
    let (mut at, mut chars) = (0usize, 0u32);
    let mut spans = Vec::with_capacity(words.len());
    for (form, _) in words {
        let from = at + text[at..].find(form)?;
        // Only blanks may lie between words: a form found further on is another word.
        if !text[at..from].trim().is_empty() {
            return None;
        }
        chars += text[at..from].chars().count() as u32;
        let end = chars + form.chars().count() as u32;
        spans.push(Span::new(chars, end));
        (at, chars) = (from + form.len(), end);
    }
    Some(Sentence { text: text.to_owned(), spans })
}

/// Whether print has a blank between two words, where the corpus does not tell.
fn blank_between(left: &str, right: &str, lang: Lang) -> bool {
    if matches!(left, "(" | "[" | "“") || matches!(right, "," | "." | ")" | "]" | "..." | "…" | "”") {
        return false;
    }
    match lang {
        Lang::Fr => !left.ends_with(['\'', '’']),
        Lang::En => {
            let clitic = right.len() < 5 && right.starts_with(['\'', '’']);
            !(clitic || matches!(right, ":" | ";" | "?" | "!" | "%" | "n't" | "n’t"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(a: &GoldArticle) -> Vec<(String, Option<NameKind>)> {
        let cut = |s: Span<Char>| a.text.chars().skip(s.start as usize).take(s.len() as usize).collect();
        a.names.iter().map(|n| (cut(n.span), n.kind)).collect()
    }

    #[test]
    fn numbered_words_take_their_spacing_from_the_text() {
        let source = "# newdoc id = a\n# text = Zoé Lind (Oslo) left.\n1\tZoé\tB-PER\t-\t-\n2\tLind\tI-PER\t-\t-\n3\t(\tO\t-\t-\n4\tOslo\tB-LOC\t-\t-\n5\t)\tO\t-\t-\n6\tleft\tO\t-\t-\n7\t.\tO\t-\t-\n\n# text = Acme pays.\n1\tAcme\tB-ORG\t-\t-\n2\tpays\tO\t-\t-\n3\t.\tO\t-\t-\n\n# newdoc id = b\n# text = Yes\n1\tYes\tO\t-\t-\n";
        let a = iob(source, Lang::En);
        assert_eq!(a.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), ["Zoé Lind (Oslo) left.\nAcme pays.", "Yes"]);
        assert_eq!(
            names(&a[0]),
            [
                ("Zoé Lind".into(), Some(NameKind::Person)),
                ("Oslo".into(), Some(NameKind::Location)),
                ("Acme".into(), Some(NameKind::Organization))
            ]
        );
    }

    #[test]
    fn tags_that_only_begin_where_they_must_are_read_too() {
        let a = iob("7 I-MISC\nin O\nLyme I-LOC\nAda I-PER\nByron I-PER\nMoss B-PER\n's O\nhat O\n. O\n", Lang::En);
        assert_eq!(a[0].text, "7 in Lyme Ada Byron Moss's hat.");
        assert_eq!(
            names(&a[0]),
            [
                ("7".into(), None),
                ("Lyme".into(), Some(NameKind::Location)),
                ("Ada Byron".into(), Some(NameKind::Person)),
                ("Moss".into(), Some(NameKind::Person))
            ]
        );
    }

    #[test]
    fn french_words_are_joined_as_printed() {
        let a = iob("L'\tO\nîle\tO\nd'\tO\nYeu\tB-Location\n.\tO\n\nOui\tO\n", Lang::Fr);
        assert_eq!(a.len(), 2);
        assert_eq!(a[0].text, "L'île d'Yeu.");
        assert_eq!(names(&a[0]), [("Yeu".into(), Some(NameKind::Location))]);
    }

    #[test]
    fn a_text_that_does_not_hold_the_words_is_not_used() {
        let a = iob("# text = other words\n1\tAda\tB-PER\n2\tspoke\tO\n", Lang::En);
        assert_eq!(a[0].text, "Ada spoke");
        assert_eq!(names(&a[0]), [("Ada".into(), Some(NameKind::Person))]);
    }

    #[test]
    fn a_file_of_neither_kind_is_refused_by_name() {
        let dir = std::env::temp_dir().join(format!("temoin-gold-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("notes.txt");
        std::fs::write(&path, "only words here\n").unwrap();
        let said = read(&path, Lang::Fr).unwrap_err();
        std::fs::remove_dir_all(&dir).unwrap();
        assert!(said.contains("notes.txt") && said.contains("IOB"), "{said}");
    }
}
