//! Line breaks within a paragraph: those at which text was wrapped, as in e-mail and PDF, and those
//! that end a title, a dateline or an item.

use crate::lang::Rules;
use crate::sentence::{is_bullet, is_closer, is_final};
use crate::tokenizer::{Gap, Surface, normalize};
use std::ops::RangeInclusive;

/// Widths to which text is wrapped, in code points: from narrow columns of print to wide mails.
const WIDTHS: RangeInclusive<u32> = 30..=120;

/// The width to which text is wrapped where nothing tells another.
const USUAL: u32 = 72;

/// Turns the line breaks at which the paragraph `tokens` was wrapped into blanks, and says whether
/// it was wrapped at all.
///
/// A paragraph is wrapped to a width if lines end where the next word would not have fitted, and
/// sentences go on over such ends. Within it, a full line is never a line of its own, and a shorter
/// one is a title, a dateline, an item or the end of a paragraph.
pub fn unwrap(text: &str, tokens: &mut [Surface], rules: &Rules) -> bool {
    let breaks = breaks(tokens);
    let Some(width) = common_width(&breaks) else { return false };
    let full: Vec<usize> = breaks.iter().filter(|b| is_full(text, tokens, b, width)).map(|b| b.at).collect();
    let open: Vec<usize> = full.iter().copied().filter(|&i| !ends(text, tokens, i)).collect();
    let sure = open.iter().filter(|&&i| goes_on(text, tokens, rules, i)).count();
    // A third: lines also begin with names and numbers.
    if sure == 0 || 3 * sure < open.len() {
        return false;
    }
    full.into_iter().for_each(|i| tokens[i].gap = Gap::Space);
    true
}

/// Whether the line break before token `i` ends a sentence in a paragraph that was not wrapped, or at
/// a line that was not full: behind a final sign, and where the line looks like a title rather than
/// like text. `line` is the first token of the line; `wrapped` says whether the width is known.
pub fn breaks_at(text: &str, tokens: &[Surface], rules: &Rules, line: usize, i: usize, wrapped: bool) -> bool {
    let first = tokens[i].of(text);
    if is_bullet(text, tokens, i) {
        return true;
    }
    // This line could not have held the next word.
    let width = tokens[i - 1].char_end - tokens[line].char_start;
    let full = !wrapped && (60..=100).contains(&width) && width + 1 + tokens[i].char_end - tokens[i].char_start > USUAL;
    if !full && is_dash(text, tokens, i) {
        return true;
    }
    if goes_on(text, tokens, rules, i) {
        return false;
    }
    ends(text, tokens, i) || !full || !first.starts_with(char::is_alphabetic)
}

/// A line break within a paragraph.
struct Break {
    /// The first token behind it.
    at: usize,
    /// Code points of the line before it.
    width: u32,
    /// Code points that the line would have had with the next word.
    next: u32,
}

fn breaks(tokens: &[Surface]) -> Vec<Break> {
    let mut line = 0;
    let mut breaks = Vec::new();
    for (at, t) in tokens.iter().enumerate().skip(1).filter(|(_, t)| t.gap == Gap::Line) {
        let width = tokens[at - 1].char_end - tokens[line].char_start;
        let behind = tokens[at + 1..].iter().position(|t| t.gap != Gap::None);
        let last = behind.map_or(tokens.len() - 1, |n| at + n);
        breaks.push(Break { at, width, next: width + 1 + tokens[last].char_end - t.char_start });
        line = at;
    }
    breaks
}

/// The width at which most lines end where they do.
fn common_width(breaks: &[Break]) -> Option<u32> {
    let (first, last) = (*WIDTHS.start(), *WIDTHS.end());
    let mut votes = vec![0u32; last as usize + 1];
    for b in breaks {
        (b.width.max(first)..b.next.min(last + 1)).for_each(|w| votes[w as usize] += 1);
    }
    WIDTHS.rev().max_by_key(|&w| votes[w as usize]).filter(|&w| votes[w as usize] > 0)
}

/// Whether the line before `b` is as long as lines of this width are, give or take a tenth for
/// letters of unlike breadth. A title may be the first line, so that has to fit exactly, and so has
/// one before what may be an item.
fn is_full(text: &str, tokens: &[Surface], b: &Break, width: u32) -> bool {
    if is_bullet(text, tokens, b.at) || is_numbered(text, tokens, b.at) {
        return false;
    }
    let second = !tokens[1..b.at].iter().any(|t| t.gap == Gap::Line);
    let title = second && !tokens[b.at].of(text).starts_with(char::is_lowercase);
    let slack = if title || is_dash(text, tokens, b.at) { 0 } else { width / 10 };
    b.next + slack > width && b.width <= width + slack
}

/// Whether a dash between blanks stands at token `i`.
fn is_dash(text: &str, tokens: &[Surface], i: usize) -> bool {
    matches!(tokens[i].of(text), "-" | "–" | "—") && tokens.get(i + 1).is_some_and(|t| t.gap == Gap::Space)
}

/// Whether the number of an item stands at token `i`: « 1. Premier point ».
fn is_numbered(text: &str, tokens: &[Surface], i: usize) -> bool {
    let apart = tokens.get(i + 2).is_some_and(|t| t.gap == Gap::Space);
    let sign = |t: &Surface| t.gap == Gap::None && matches!(t.of(text), "." | ")");
    apart && tokens[i].of(text).bytes().all(|c| c.is_ascii_digit()) && tokens.get(i + 1).is_some_and(sign)
}

/// Whether the line before token `i` ends as sentences do.
fn ends(text: &str, tokens: &[Surface], i: usize) -> bool {
    let last = tokens[i - 1].of(text);
    is_final(last) || is_closer(last)
}

/// Whether the words themselves say that a sentence goes on before token `i`: a small letter or a
/// closing sign behind it, or a comma or a word like « de » or « M. » before it.
fn goes_on(text: &str, tokens: &[Surface], rules: &Rules, i: usize) -> bool {
    let (last, small) = (tokens[i - 1].of(text), tokens[i].of(text).starts_with(char::is_lowercase));
    let mut key = String::new();
    normalize(last, &mut key);
    if matches!(tokens[i].of(text), "," | ";" | ")" | "]" | "»") {
        return true;
    }
    if is_final(last) {
        return rules.leading.contains(&key);
    }
    if small || is_closer(last) {
        return small;
    }
    matches!(last, "," | ";" | "-" | "–" | "—" | "(" | "«")
        || last.ends_with(['\'', '’'])
        || (last.starts_with(char::is_lowercase) && rules.bound.contains(&key))
}
