//! Forms as words are known by: composed letters without invisible signs, and the key of a word in
//! tables and lexicons.

use std::borrow::Cow;
use temoin_model::text::is_invisible;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::decompose_compatible, is_nfc_quick};

/// Whether `c` is an apostrophe, straight or typographic, or a sign that is typed in its place.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’') || is_mistyped(c)
}

/// Whether `c` is typed in the place of an apostrophe: « l´eau », « l‘eau ».
fn is_mistyped(c: char) -> bool {
    matches!(c, '`' | '´' | 'ʼ' | '‘' | '‛' | '′' | '＇')
}

/// Letters that typesetting joined, as in « ofﬁce ».
fn is_ligature(c: char) -> bool {
    ('\u{fb00}'..='\u{fb06}').contains(&c)
}

/// The form of a word of the text: in Unicode's normal form C, as treebanks and word lists are,
/// without invisible signs and typesetters' ligatures, and with common apostrophes. Borrowed where the text has it so already.
pub fn compose(word: &str) -> Cow<'_, str> {
    if is_composed(word) { Cow::Borrowed(word) } else { Cow::Owned(composed(word).collect()) }
}

/// Whether [`compose`] leaves `word` as it is.
pub(crate) fn is_composed(word: &str) -> bool {
    // Below U+0280 only what begins with C2, and the grave accent, may need a change: no look at
    // characters for most words.
    word.bytes().all(|b| b < 0xca && b != 0xc2 && b != b'`')
        || word.chars().all(|c| (c < '\u{300}' || ('\u{2010}'..='\u{205f}').contains(&c)) && !is_changed(c))
        || (is_nfc_quick(word.chars()) == IsNormalized::Yes && !word.contains(is_changed))
}

/// Whether [`compose`] may change `c`, whatever stands around it.
fn is_changed(c: char) -> bool {
    is_invisible(c) || is_ligature(c) || is_mistyped(c)
}

/// The characters of [`compose`]; for any other than composed words.
pub(crate) fn composed(word: &str) -> impl Iterator<Item = char> {
    // In signs, joiners carry meaning: they make one picture of several.
    let letters = word.contains(char::is_alphanumeric);
    let kept = word.chars().filter(move |&c| !(letters && is_invisible(c)));
    kept.flat_map(move |c| {
        let mut parts = [None; 3];
        if is_ligature(c) {
            let mut n = 0;
            decompose_compatible(c, |p| {
                parts[n] = Some(p);
                n += 1;
            });
        } else {
            parts[0] = Some(if letters && is_mistyped(c) { '’' } else { c });
        }
        parts.into_iter().flatten()
    })
    .nfc()
}

/// Lower case with straight apostrophes and plain blanks, composed: the key of tables and lexicons.
pub fn normalize(s: &str, out: &mut String) {
    out.clear();
    if is_composed(s) {
        s.chars().for_each(|c| fold(c, out));
    } else {
        composed(s).for_each(|c| fold(c, out));
    }
}

fn fold(c: char, out: &mut String) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_composed_and_invisible_signs_dropped() {
        for (word, form) in [
            ("pre\u{301}sident", "président"),
            ("E\u{302}tre", "Être"),
            ("prési\u{ad}dent", "président"),
            ("prési\u{200b}dent\u{feff}", "président"),
            ("oﬃciel", "officiel"),
            ("l\u{2019}E\u{301}tat", "l’État"),
            ("l´", "l’"),
            ("lʼ", "l’"),
            ("\u{1100}\u{1161}", "가"),
        ] {
            assert_eq!(compose(word), form);
            let (mut a, mut b) = (String::new(), String::new());
            normalize(word, &mut a);
            normalize(form, &mut b);
            assert_eq!(a, b);
        }
    }

    #[test]
    fn composed_words_are_borrowed() {
        for word in ["", "maire", "Éloïse", "l’", "«", "…", "œuvre", "Москва", "中文", "👨\u{200d}👩", "\u{a0}"]
        {
            assert!(word == "👨\u{200d}👩" || matches!(compose(word), Cow::Borrowed(_)), "{word}");
            assert_eq!(compose(word), word);
        }
    }
}
