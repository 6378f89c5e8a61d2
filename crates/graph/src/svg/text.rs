//! Text in SVG: how wide it is about, and how it is written.

use crate::dot::escape::{cut, markup};

/// Width of a letter in parts of the font's size: about DejaVu Sans, the widest of the usual fonts.
fn letter(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' | 'í' | 'ì' | 'î' | 'ï' | '’' | 'I' | ' '
        | '\u{a0}' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | 'J' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | 'œ' | 'æ' | 'Œ' | 'Æ' | '…' | '—' | '×' => 0.98,
        c if c.is_ascii_lowercase() || c.is_ascii_digit() => 0.63,
        c if c.is_uppercase() => 0.75,
        // Combining marks and characters without a width.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        // Scripts whose letters are squares, and pictures.
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'..='\u{1ffff}'
        | '\u{20000}'..='\u{3ffff}' => 1.1,
        _ => 0.66,
    }
}

/// About the width of a line of text.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let sum: f64 = text.chars().map(letter).sum();
    sum * size * if bold { 1.12 } else { 1.0 }
}

/// Text as character data or as the value of an attribute; line ends stay.
pub(super) fn xml(text: &str) -> String {
    markup(text, |c| (c == '\n').then_some("\n"))
}

/// One line of at most `max` code points.
pub(super) fn single(text: &str, max: usize) -> String {
    cut(text, max)
}

/// A number with one decimal at most.
pub(super) fn num(x: f64) -> String {
    let r = (x * 10.0).round() / 10.0;
    // No "-0".
    let r = if r == 0.0 { 0.0 } else { r };
    format!("{r}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_and_numbers_are_short() {
        assert_eq!(xml("</text>&\"\u{0}é\u{202e}"), "&lt;/text&gt;&amp;&quot; é ");
        assert_eq!((num(-0.04), num(1.25), num(3.0)), ("0".into(), "1.3".into(), "3".into()));
    }

    #[test]
    fn wide_letters_are_wider() {
        assert!(width("WWW", 10.0, false) > width("iii", 10.0, false));
        assert!(width("é", 10.0, true) > width("é", 10.0, false));
        assert!(width("日本", 10.0, false) > 20.0 && width("e\u{301}", 10.0, false) < 7.0);
    }
}
