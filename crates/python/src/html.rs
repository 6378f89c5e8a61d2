//! HTML for notebooks. Everything that comes from an article is escaped.

use std::fmt::Write;
use temoin::graph::dot::markup;

/// How many rows and characters of a cell a table shows.
const ROWS: usize = 100;
const CELL: usize = 160;

/// Text for an element or a quoted attribute. Controls and marks of direction become blanks.
pub(crate) fn escape(text: &str) -> String {
    markup(text, |c| (c == '\'').then_some("&#39;"))
}

/// Colours of the words of a subject, a relation and an object.
pub(crate) const SUBJECT: &str = "#cfe8ff";
pub(crate) const TRIGGER: &str = "#ffe9a8";
pub(crate) const OBJECT: &str = "#d6f5d0";

/// The content of a cell: its first characters.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(CELL) {
        Some((at, _)) => format!("{}…", escape(&text[..at])),
        None => escape(text),
    }
}

/// The content of a cell that is to be read, so that it does not become a narrow column.
pub(crate) fn wide(em: u8, html: &str) -> String {
    format!("<div style=\"min-width:{em}em\">{html}</div>")
}

/// A table that scrolls, with its first rows; `cell` gives HTML, of the columns that are shown. `all` is how many
/// columns there are.
pub(crate) fn table(columns: &[&str], all: usize, rows: usize, cell: impl Fn(usize, usize) -> String) -> String {
    let mut out = String::from("<div style=\"max-height:30em;overflow:auto\"><table><thead><tr>");
    for c in columns {
        let _ = write!(out, "<th style=\"text-align:left\">{}</th>", escape(c));
    }
    out.push_str("</tr></thead><tbody>");
    for r in 0..rows.min(ROWS) {
        out.push_str("<tr>");
        for c in 0..columns.len() {
            let _ = write!(out, "<td style=\"text-align:left\">{}</td>", cell(r, c));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    let more = if rows > ROWS { format!(", the first {ROWS} shown") } else { String::new() };
    let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let fewer = if columns.len() < all { format!(", {} shown", columns.len()) } else { String::new() };
    let _ = write!(out, "<p>{}{more}; {}{fewer}</p>", plural(rows, "row"), plural(all, "column"));
    out
}

/// A sentence with some of its code points highlighted: `marks` are half-open, counted from its start, with the
/// name of a colour each.
pub(crate) fn highlighted(sentence: &str, marks: &[(usize, usize, &str)]) -> String {
    let chars: Vec<char> = sentence.chars().collect();
    let mut sorted: Vec<_> = marks.iter().filter(|(b, e, _)| b < e && *e <= chars.len()).collect();
    sorted.sort();
    let (mut out, mut at) = (String::new(), 0);
    for (begin, end, colour) in sorted {
        if *begin < at {
            continue;
        }
        let plain: String = chars[at..*begin].iter().collect();
        let marked: String = chars[*begin..*end].iter().collect();
        let _ =
            write!(out, "{}<mark style=\"background:{colour};color:#000\">{}</mark>", escape(&plain), escape(&marked));
        at = *end;
    }
    let rest: String = chars[at..].iter().collect();
    out.push_str(&escape(&rest));
    out
}
