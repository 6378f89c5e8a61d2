//! Text of articles inside DOT.

/// A quoted DOT string. Backslash sequences (`\N`, `\l`) have a meaning there, so backslashes are
/// doubled; line breaks become DOT's own.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Graphviz reads HTML entities in plain labels and tooltips too.
            '&' => out.push_str("&amp;"),
            c if unprintable(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text inside an HTML-like label.
pub(crate) fn html(text: &str) -> String {
    // A backslash would be read as the start of `\N` and its like.
    markup(text, |c| (c == '\\').then_some("&#92;"))
}

/// Text with the characters of markup as references, and `special` ones as given. Controls and marks that turn
/// the direction of the text around them become blanks.
pub fn markup(text: &str, special: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => match special(c) {
                Some(s) => out.push_str(s),
                None if unprintable(c) => out.push(' '),
                None => out.push(c),
            },
        }
    }
    out
}

/// Controls, and marks that turn the direction of the text around them.
pub(crate) fn unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// At most `max` code points, with an ellipsis for the rest; blanks and line breaks become one blank.
pub(crate) fn cut(text: &str, max: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= max {
        return flat;
    }
    let head: String = flat.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", head.trim_end())
}

/// Lines of about `width` code points, broken at blanks.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(l) if l.chars().count() + 1 + word.chars().count() <= width => {
                l.push(' ');
                l.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.is_empty() {
        lines.push("?".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(quoted("\"]; evil [\\"), "\"\\\"]; evil [\\\\\"");
        assert_eq!(quoted("a\nb\r\u{0}"), "\"a\\nb  \"");
        assert_eq!(html("<b>&\"x\"\\N"), "&lt;b&gt;&amp;&quot;x&quot;&#92;N");
    }

    #[test]
    fn labels_are_wrapped_at_blanks_and_cut() {
        assert_eq!(wrap("forces de sécurité du Kazakhstan", 18), ["forces de sécurité", "du Kazakhstan"]);
        assert_eq!(wrap("", 5), ["?"]);
        assert_eq!(cut("a  b\nc", 10), "a b c");
        assert_eq!(cut("abcdefgh", 5), "abcd…");
    }
}
