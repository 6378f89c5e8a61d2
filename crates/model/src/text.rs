//! Words of a text as labels show them.

/// Whether `c` is a sign without width that may stand inside a word without being a part of it:
/// soft hyphens, joiners, places where a line may be broken, byte-order marks.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// `text` as labels show it: without [invisible signs](is_invisible), with single blanks for white
/// space, line breaks included, and none at its ends.
///
/// ```
/// assert_eq!(temoin_model::text::flat("Jean\nMo\u{ad}rel "), "Jean Morel");
/// ```
pub fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_invisible(c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}
