//! Where sentences end, and whether « des » is one word or two: two small classifiers over surface tokens.

use crate::lang::Rules;
use crate::lex::{EDGE, Lex};
use crate::linear::{Linear, feature};
use crate::tokenizer::{Gap, Surface, normalize};

/// Whether a token can be the last sign of a sentence by itself.
pub fn is_final(token: &str) -> bool {
    token.ends_with(['.', '!', '?', '…'])
}

/// Whether a token closes a quotation or a bracket.
pub(crate) fn is_closer(token: &str) -> bool {
    matches!(token, "»" | "”" | "\"" | ")" | "]" | "’" | "''")
}

/// Whether the place behind token `i` asks for a decision: a final sign, or closers behind one
/// that are not followed by more.
pub fn is_candidate(text: &str, tokens: &[Surface], i: usize) -> bool {
    let t = tokens[i].of(text);
    if let Some(next) = tokens.get(i + 1) {
        let n = next.of(text);
        // A straight quote closes only where it touches; « » may stand off.
        let closes = n == "»" || (is_closer(n) && next.gap == Gap::None);
        if closes
            || matches!(n, "," | ";" | ":" | "…")
            || (is_final(n) && n.len() <= 3 && n.starts_with(['.', '!', '?', '…']))
        {
            return false;
        }
    }
    if is_final(t) {
        return true;
    }
    let mut j = i;
    while j > 0 && i - j < 3 && is_closer(tokens[j].of(text)) {
        j -= 1;
    }
    j < i && is_final(tokens[j].of(text))
}

/// Features of the decision behind token `i`; class 1 means that a sentence ends. `start` is the
/// first token of the open sentence.
pub fn end_features(text: &str, tokens: &[Surface], lex: &[Lex], start: usize, i: usize, out: &mut Vec<u32>) {
    out.clear();
    let at = |k: isize| usize::try_from(k).ok().filter(|&k| k < tokens.len()).map_or(&EDGE, |k| &lex[k]);
    let i = i as isize;
    let mut j = i;
    while j > 0 && i - j < 3 && is_closer(tokens[j as usize].of(text)) {
        j -= 1;
    }
    let closers = (i - j) as u32;
    let (mark, before, next, after) = (at(j), at(j - 1), at(i + 1), at(i + 2));
    let long = ((j as usize + 1).saturating_sub(start)).min(6) as u32;
    let gap = tokens.get(i as usize + 1).map_or(3, |t| t.gap as u32);
    out.extend([
        feature(100, 0, 0, 0),
        feature(101, mark.lower, closers, gap),
        feature(102, mark.lower, next.shape, gap),
        feature(103, mark.lower, next.lower, closers),
        feature(104, mark.shape, before.shape, next.shape),
        feature(105, mark.lower, before.lower, u32::from(next.capital)),
        feature(106, before.shape, u32::from(before.capital), u32::from(next.capital)),
        feature(107, mark.lower, long, u32::from(next.capital)),
        feature(108, next.lower, after.shape, 0),
        feature(109, next.shape, after.shape, closers),
        feature(110, u32::from(next.capital), gap, closers),
        feature(111, mark.shape, u32::from(next.capital), gap),
    ]);
}

/// Features of the decision whether the contraction at token `i` is two words (class 1).
pub fn split_features(lex: &[Lex], i: usize, out: &mut Vec<u32>) {
    out.clear();
    let at = |k: isize| usize::try_from(k).ok().and_then(|k| lex.get(k)).unwrap_or(&EDGE);
    let i = i as isize;
    let (w, p1, p2, n1, n2) = (at(i), at(i - 1), at(i - 2), at(i + 1), at(i + 2));
    out.extend([
        feature(120, w.lower, 0, 0),
        feature(121, w.lower, p1.lower, 0),
        feature(122, w.lower, p1.suffix[2], 0),
        feature(123, w.lower, p1.suffix[1], 0),
        feature(124, w.lower, n1.lower, 0),
        feature(125, w.lower, n1.suffix[2], 0),
        feature(126, w.lower, p1.lower, n1.lower),
        feature(127, w.lower, p2.lower, p1.lower),
        feature(128, w.lower, p2.lower, 0),
        feature(129, w.lower, p1.suffix[2], n1.suffix[2]),
        feature(130, w.lower, p1.shape, n1.shape),
        feature(131, w.lower, n1.lower, n2.lower),
        feature(132, w.lower, n2.lower, 0),
        feature(133, w.lower, p2.suffix[2], p1.suffix[2]),
        feature(134, w.lower, p1.suffix[3], 0),
        feature(135, w.lower, p2.suffix[2], p1.lower),
        // « Des » with a capital begins a sentence or a title: an article.
        feature(136, w.lower, u32::from(w.capital), p1.shape),
        feature(137, w.lower, p1.fine, 0),
        feature(138, w.lower, n1.fine, 0),
        feature(139, w.lower, p1.coarse, n1.coarse),
        feature(140, w.lower, p2.coarse, p1.coarse),
        feature(141, w.lower, p1.fine, p1.suffix[1]),
    ]);
}

/// Whether `model` decides for class 1.
pub fn decide(model: &Linear, features: &[u32]) -> bool {
    let mut s = [0; 2];
    model.add(features, &mut s);
    s[1] > s[0]
}

/// Without a model: a final sign before a blank and a capital ends a sentence.
pub fn decide_by_rule(text: &str, tokens: &[Surface], lex: &[Lex], i: usize) -> bool {
    let abbreviation = tokens[i].of(text).chars().count() > 1 && tokens[i].of(text).starts_with(char::is_alphabetic);
    let next = tokens.get(i + 1);
    !abbreviation
        && next.is_none_or(|n| n.gap > Gap::None && (lex[i + 1].capital || !n.of(text).starts_with(char::is_lowercase)))
}

/// What follows from the signs alone about the end of a sentence behind token `i`: these cases are
/// too rare in treebanks, or absent, for a classifier to learn. `start` is the first token of the
/// open sentence, `line` that of the line; `key` is scratch space.
pub fn certain(
    text: &str,
    tokens: &[Surface],
    rules: &Rules,
    (start, line): (usize, usize),
    i: usize,
    key: &mut String,
) -> Option<bool> {
    let next = tokens.get(i + 1)?;
    let (mark, following) = (tokens[i].of(text), next.of(text));
    if next.gap == Gap::Line {
        return None;
    }
    let alone = matches!(mark, "." | "!" | "?" | "…" | "..." | "?!" | "!?");
    if alone {
        let before = tokens[i.checked_sub(1)?].of(text);
        // « 1. Premier point »: the number belongs to what it counts.
        let counts = before.len() <= 3 && before.bytes().all(|b| b.is_ascii_digit()) && mark == ".";
        if counts && (i == start + 1 || i == line + 1) && tokens[i].gap == Gap::None && next.gap == Gap::Space {
            return Some(false);
        }
        // « au IIe s. après »: a letter or two with a full stop before a small letter.
        let short = mark == "." && before.chars().count() <= 2 && before.starts_with(char::is_lowercase);
        if short && following.starts_with(char::is_lowercase) {
            return Some(false);
        }
        // « Il est parti.Elle reste »: no blank, but nothing else it could be.
        let word = before.starts_with(char::is_lowercase) && before.chars().nth(1).is_some_and(char::is_lowercase);
        let capital = following.starts_with(char::is_uppercase);
        return (next.gap == Gap::None && word && capital).then_some(true);
    }
    if mark.len() > 1 && mark.ends_with('.') && mark.starts_with(char::is_alphabetic) {
        normalize(mark, key);
        if rules.leading.contains(key) || (following.starts_with(char::is_lowercase) && !brand(following)) {
            return Some(false);
        }
        normalize(following, key);
        let title =
            following.starts_with(char::is_uppercase) && !following.chars().nth(1).is_some_and(char::is_uppercase);
        return (title && rules.starters.contains(key)).then_some(true);
    }
    None
}

/// Words before the dash of a dateline, at most.
const DATELINE: usize = 14;

/// Whether the line's tokens up to `i` are a dateline: « GENÈVE, 6 janvier (AFP) – ». Only
/// names, numbers and signs, with at most two small words, before a dash between blanks; and a
/// place in capitals, an agency in brackets or a day.
pub fn is_dateline(text: &str, tokens: &[Surface], i: usize) -> bool {
    let dash = matches!(tokens[i].of(text), "-" | "–" | "—" | "--");
    let next = tokens.get(i + 1);
    if !dash || i == 0 || i > DATELINE || tokens[i].gap != Gap::Space || next.is_none_or(|n| n.gap == Gap::None) {
        return false;
    }
    let before = &tokens[..i];
    let first = before[0].of(text);
    let small = before.iter().filter(|t| t.of(text).starts_with(char::is_lowercase)).count();
    let capitals = first.chars().nth(1).is_some() && first.chars().all(|c| c.is_uppercase() || c == '-');
    let day = before.iter().any(|t| t.of(text).starts_with(|c: char| c.is_ascii_digit()));
    let agency = before[i - 1].of(text) == ")";
    let fits = |t: &Surface| {
        let s = t.of(text);
        s.starts_with(char::is_alphanumeric) || matches!(s, "," | "." | "(" | ")" | "/" | "-")
    };
    first.starts_with(char::is_uppercase)
        && small <= 2
        && before.iter().all(fits)
        && (agency || (capitals && (i < 4 || day)) || (day && small <= 1 && before[1].of(text) == ","))
}

/// Whether a word has a small letter before a capital: « iPhone » may begin a sentence.
fn brand(word: &str) -> bool {
    word.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Whether token `i` is the sign before an item of a list.
pub(crate) fn is_bullet(text: &str, tokens: &[Surface], i: usize) -> bool {
    let mut chars = tokens[i].of(text).chars();
    let sign = chars.next().is_some_and(|c| "•·▪▫‣⁃●○◦■□►▶→➔➢✓✔❖*".contains(c));
    sign && chars.next().is_none()
}
