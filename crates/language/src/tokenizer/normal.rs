//! The key of a word in tables and lexicons.

/// Whether `c` is an apostrophe, straight or typographic.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Lower case with straight apostrophes and plain blanks: the key of tables and lexicons.
pub fn normalize(s: &str, out: &mut String) {
    out.clear();
    for c in s.chars() {
        match c {
            c if is_apostrophe(c) => out.push('\''),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            '–' | '—' | '‑' | '−' => out.push('-'),
            '“' | '”' | '„' => out.push('"'),
            '…' => out.push_str("..."),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}
