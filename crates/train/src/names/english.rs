//! Readers of the English corpora with names: GUM (entities in the MISC column), WikiGold and the
//! Universal NER layer of EWT.

use super::corpora::{GoldArticle, GoldName, Joiner, read};
use std::path::Path;
use temoin_model::NameKind;

/// Reads Universal NER's `number⇥form⇥tag` lines with `# text` comments; an article for each document,
/// with its sentences a line each or, as web text often has them, one behind the other.
///
/// # Errors
/// When the file cannot be read.
pub fn uner(path: &Path, lines: bool) -> Result<Vec<GoldArticle>, String> {
    Ok(uner_articles(&read(path)?, lines))
}

/// Reads WikiGold's `form tag` lines (IO, with `MISC`); an article for each document.
///
/// # Errors
/// When the file cannot be read.
pub fn wikigold(path: &Path) -> Result<Vec<GoldArticle>, String> {
    Ok(wikigold_articles(&read(path)?))
}

/// Reads GUM's CoNLL-U; an article for each document. Only mentions whose head is a proper noun
/// are names; objects and works with one are left open.
///
/// # Errors
/// When the file cannot be read.
pub fn gum(path: &Path) -> Result<Vec<GoldArticle>, String> {
    Ok(gum_articles(&read(path)?))
}

fn uner_kind(name: &str) -> Option<NameKind> {
    match name {
        "PER" => Some(NameKind::Person),
        "LOC" => Some(NameKind::Location),
        "ORG" => Some(NameKind::Organization),
        _ => None,
    }
}

/// An article under construction.
#[derive(Default)]
struct Draft {
    article: GoldArticle,
    joiner: Joiner,
}

impl Draft {
    /// Hands the article over and begins one named `name`.
    fn next(&mut self, name: &str, out: &mut Vec<GoldArticle>) {
        let mut done = std::mem::take(&mut self.article);
        done.text = std::mem::take(&mut self.joiner).text;
        done.names.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
        if !done.text.is_empty() {
            out.push(done);
        }
        self.article.name = name.to_owned();
    }
}

fn uner_articles(source: &str, lines: bool) -> Vec<GoldArticle> {
    let mut out = Vec::new();
    let mut draft = Draft::default();
    // What is left of the sentence's text tells where blanks stand.
    let mut left = "";
    let mut begun = false;
    for line in source.lines() {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            draft.next(id, &mut out);
        } else if let Some(text) = line.strip_prefix("# text = ") {
            left = text;
            begun = true;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || columns.len() < 3 {
            continue;
        }
        let begins = std::mem::take(&mut begun);
        if begins && lines {
            draft.joiner.line();
        }
        let (form, tag) = (columns[1], columns[2]);
        let trimmed = left.trim_start();
        let blank = trimmed.len() < left.len() || begins;
        left = trimmed.strip_prefix(form).unwrap_or(trimmed);
        let span = draft.joiner.push(form, (blank, true));
        match tag.split_once('-') {
            Some(("B", kind)) => draft.article.names.push(GoldName { span, kind: uner_kind(kind) }),
            Some(("I", _)) => {
                if let Some(last) = draft.article.names.last_mut() {
                    last.span = last.span.cover(span);
                }
            }
            _ => {}
        }
    }
    draft.next("", &mut out);
    out
}

/// Whether a blank stands before and behind a form in English print.
fn spaced(form: &str, quote: &mut bool) -> (bool, bool) {
    match form {
        "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "'s" | "'" | "n't" | "'re" | "'ve" | "'ll" | "'d" | "'m"
        | "%" | "''" => (false, true),
        "(" | "[" | "$" | "``" => (true, false),
        "\"" => {
            *quote = !*quote;
            (*quote, !*quote)
        }
        _ => (true, true),
    }
}

fn wikigold_articles(source: &str) -> Vec<GoldArticle> {
    let mut out = Vec::new();
    let mut draft = Draft::default();
    let (mut last, mut quote, mut begun) = ("O", false, true);
    for (n, line) in source.lines().enumerate() {
        let Some((form, tag)) = line.split_once(' ') else {
            (last, quote, begun) = ("O", false, true);
            continue;
        };
        if form == "-DOCSTART-" {
            draft.next(&format!("line {n}"), &mut out);
            continue;
        }
        if std::mem::take(&mut begun) {
            draft.joiner.line();
        }
        let span = draft.joiner.push(form, spaced(form, &mut quote));
        if let Some((_, kind)) = tag.split_once('-') {
            match draft.article.names.last_mut() {
                Some(name) if last == tag => name.span = name.span.cover(span),
                _ => draft.article.names.push(GoldName { span, kind: uner_kind(kind) }),
            }
        }
        last = tag;
    }
    draft.next("", &mut out);
    out
}

/// A word of GUM.
struct Word<'a> {
    form: &'a str,
    upos: &'a str,
    deprel: &'a str,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.form.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }
}

/// A mention of GUM in its sentence: words from `start` up to `end`.
struct Mention {
    id: String,
    kind: String,
    start: usize,
    end: usize,
    /// Words without which it would be no mention of the same: its head, or all of a name.
    least: Vec<usize>,
    /// The last proper noun of those.
    head: usize,
}

fn gum_articles(source: &str) -> Vec<GoldArticle> {
    let mut out = Vec::new();
    let mut draft = Draft::default();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for line in source.lines().chain(std::iter::once("")) {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            draft.next(id, &mut out);
        }
        if line.is_empty() {
            sentence(&std::mem::take(&mut rows), &mut draft);
        } else if !line.starts_with('#') {
            rows.push(line.split('\t').collect());
        }
    }
    draft.next("", &mut out);
    out
}

fn sentence(rows: &[Vec<&str>], draft: &mut Draft) {
    let mut words = Vec::new();
    let mut spans = Vec::new();
    let mut open: Vec<Mention> = Vec::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut joined: Option<(usize, _)> = None;
    if !rows.is_empty() {
        draft.joiner.line();
    }
    for row in rows.iter().filter(|r| r.len() >= 10 && !r[0].contains('.')) {
        let glued = row[9].split('|').any(|f| f == "SpaceAfter=No");
        if let Some((_, last)) = row[0].split_once('-') {
            joined = last.parse().ok().map(|n: usize| (n, draft.joiner.push(row[1], (true, !glued))));
            continue;
        }
        let i = words.len();
        spans.push(match joined {
            Some((last, span)) if row[0].parse::<usize>().is_ok_and(|n| n <= last) => span,
            _ => draft.joiner.push(row[1], (true, !glued)),
        });
        words.push(Word { form: row[1], upos: row[3], deprel: row[7].split(':').next().unwrap_or("") });
        let entity = row[9].split('|').find_map(|f| f.strip_prefix("Entity=")).unwrap_or("");
        brackets(entity, i, &mut open, &mut mentions);
    }
    // « United » is a participle, « States » the noun that makes it a name.
    let proper = |&k: &usize| words.get(k).is_some_and(|w: &Word| w.upos == "PROPN");
    mentions.retain_mut(|m| m.least.iter().rev().copied().find(proper).inspect(|&head| m.head = head).is_some());
    let named: Vec<(usize, usize, &str)> = mentions.iter().map(|m| (m.start, m.end, m.kind.as_str())).collect();
    for m in &mentions {
        let kind = match m.kind.as_str() {
            "person" => Some(NameKind::Person),
            "place" => Some(NameKind::Location),
            "organization" => Some(NameKind::Organization),
            "event" => Some(NameKind::Event),
            "object" | "abstract" => None,
            _ => continue,
        };
        let (first, last) = bounds(m, &words, &named);
        draft.article.names.push(GoldName { span: spans[first].cover(spans[last]), kind });
    }
}

/// Reads the brackets of one word: `(id-kind-…-words of the head-…`, `id)`, `(id-…)`.
fn brackets(entity: &str, i: usize, open: &mut Vec<Mention>, done: &mut Vec<Mention>) {
    let mut rest = entity;
    while !rest.is_empty() {
        let opens = rest.starts_with('(');
        let body = rest.trim_start_matches('(');
        let end = body.find(['(', ')']).unwrap_or(body.len());
        let fields: Vec<&str> = body[..end].split('-').collect();
        let closes = body[end..].starts_with(')');
        if opens && fields.len() >= 6 {
            let least: Vec<usize> = fields[5].split(',').filter_map(|n| n.parse::<usize>().ok()).collect();
            let least = least.into_iter().map(|n| i + n.max(1) - 1).collect();
            let (id, kind) = (fields[0].to_owned(), fields[1].to_owned());
            open.push(Mention { id, kind, start: i, end: i + 1, least, head: i });
        }
        if closes && let Some(at) = open.iter().rposition(|m| m.id == fields[0]) {
            let mut m = open.remove(at);
            m.end = i + 1;
            done.push(m);
        }
        rest = body[end..].trim_start_matches(')');
    }
}

/// Words before a name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "miss",
    "dr",
    "dr.",
    "prof",
    "prof.",
    "professor",
    "president",
    "senator",
    "sen.",
    "rep.",
    "king",
    "queen",
    "prince",
    "princess",
    "sir",
    "lord",
    "lady",
    "captain",
    "general",
    "gen.",
    "st.",
    "minister",
    "mayor",
    "governor",
    "judge",
    "justice",
    "pope",
    "chairman",
    "director",
    "secretary",
    "vice",
    "rev.",
    "reverend",
    "father",
    "uncle",
    "aunt",
    "doctor",
    "saint",
    "chancellor",
    "ambassador",
    "emperor",
    "colonel",
];

/// First and last word of the name in a mention: the capitalised words around its head.
fn bounds(m: &Mention, words: &[Word], named: &[(usize, usize, &str)]) -> (usize, usize) {
    let person = m.kind == "person";
    let part = |j: usize| {
        let w = &words[j];
        w.is_capital() && !matches!(w.upos, "DET" | "PRON" | "ADV")
            || w.upos == "NUM" && !person
            || matches!(w.form, "-" | "&" | "'s" | "." | "/")
    };
    // « France's Airbus », « Rouville mayor Odile »: the smaller name is another.
    let other = |j: usize| {
        named.iter().any(|&(a, b, kind)| person && kind != "person" && a <= j && j < b && !(a <= m.head && m.head < b))
    };
    let (mut first, mut last) = (m.head, m.head);
    while first > m.start && part(first - 1) && !other(first - 1) && words[first - 1].form != "'s" {
        first -= 1;
    }
    while first < m.head
        && (!words[first].is_capital() && words[first].upos != "NUM"
            || person && TITLES.contains(&words[first].form.to_lowercase().as_str()))
    {
        first += 1;
    }
    while last + 1 < m.end {
        let joins = |j: usize| matches!(words[j].form, "of" | "for" | "and" | "the" | "'s" | "in" | "-") && !person;
        let next = last + 1;
        if words[next].upos == "PROPN" || (person && words[next].deprel == "flat") {
            last = next;
        } else if let Some(j) =
            (next..m.end.min(next + 3)).find(|&j| !joins(j)).filter(|&j| j > next && words[j].upos == "PROPN")
        {
            last = j;
        } else {
            break;
        }
    }
    // The head of « President Odile » is the office.
    while person && first < last && TITLES.contains(&words[first].form.to_lowercase().as_str()) {
        first += 1;
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(a: &GoldArticle) -> Vec<(String, Option<NameKind>)> {
        let cut = |s: temoin_model::Span<temoin_model::Char>| {
            a.text.chars().skip(s.start as usize).take(s.len() as usize).collect()
        };
        a.names.iter().map(|n| (cut(n.span), n.kind)).collect()
    }

    #[test]
    fn uner_text_gets_its_blanks_back() {
        let a = uner_articles(
            "# newdoc id = a\n# text = Odile's in Brest.\n1\tOdile\tB-PER\t-\t-\n2\t's\tO\n3\tin\tO\n4\tBrest\tB-LOC\n5\t.\tO\n\n# newdoc id = b\n# text = Yes\n1\tYes\tO\n",
            true,
        );
        assert_eq!(a.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), ["Odile's in Brest.", "Yes"]);
        let want = [("Odile".to_owned(), Some(NameKind::Person)), ("Brest".to_owned(), Some(NameKind::Location))];
        assert_eq!(slices(&a[0]), want);
    }

    #[test]
    fn neighbouring_words_of_one_kind_are_one_name() {
        let a = wikigold_articles("-DOCSTART- O\n\nThe O\nVourles I-ORG\nPress I-ORG\nof O\nBrest I-LOC\n. O\n");
        assert_eq!(a[0].text, "The Vourles Press of Brest.");
        let want = [
            ("Vourles Press".to_owned(), Some(NameKind::Organization)),
            ("Brest".to_owned(), Some(NameKind::Location)),
        ];
        assert_eq!(slices(&a[0]), want);
    }

    #[test]
    fn only_the_name_in_a_mention_is_taken() {
        let row = |n: usize, form: &str, upos: &str, entity: &str| {
            format!("{n}\t{form}\t_\t{upos}\t_\t_\t0\tdep\t_\tEntity={entity}\n")
        };
        let source = [
            row(1, "the", "DET", "(1-person-new-n-cf1-3-sgl"),
            row(2, "Vourles", "PROPN", "(2-place-new-n-cf1-1-sgl)"),
            row(3, "mayor", "NOUN", "1)"),
            row(4, "Dr.", "PROPN", "(3-person-new-n-cf1-1-sgl"),
            row(5, "Odile", "PROPN", "_"),
            row(6, "Kerjean", "PROPN", "_"),
            row(7, "of", "ADP", "_"),
            row(8, "the", "DET", "(4-organization-new-n-cf1-2-sgl"),
            row(9, "University", "PROPN", "_"),
            row(10, "of", "ADP", "_"),
            row(11, "Brest", "PROPN", "(5-place-new-n-cf1-1-sgl)4)3)"),
        ]
        .concat();
        let a = gum_articles(&source);
        let outer: Vec<_> = slices(&GoldArticle { names: a[0].outermost(), ..a[0].clone() });
        let want = [
            ("Vourles".to_owned(), Some(NameKind::Location)),
            ("Odile Kerjean".to_owned(), Some(NameKind::Person)),
            ("University of Brest".to_owned(), Some(NameKind::Organization)),
        ];
        assert_eq!(outer, want);
    }
}
