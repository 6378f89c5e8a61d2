//! What is known of words before any article is read: first names, surnames, places (with names of
//! several words), and clusters of words used alike.

use super::hash;
use rustc_hash::FxHashMap;

/// Bit of a first name.
pub const FIRST_NAME: u8 = 1;
/// Bit of a surname.
pub const SURNAME: u8 = 2;
/// Bit of a place.
pub const PLACE: u8 = 4;
/// Bit of a country or large territory.
pub const COUNTRY: u8 = 8;
/// Bit of an organisation.
pub const ORGANIZATION: u8 = 16;
/// Bit of a place in an encyclopedia.
pub const SEEN_PLACE: u8 = 32;
/// Bit of an organisation in an encyclopedia.
pub const SEEN_ORGANIZATION: u8 = 64;
/// Bit of another name in an encyclopedia: a work, an event.
pub const SEEN_OTHER: u8 = 128;

/// Longest entry, in words.
const LONGEST: usize = 6;

/// Word lists keyed by the hash of the lower-cased text, so that a look-up builds no string.
#[derive(Debug, Default)]
pub struct NameLexicon {
    entries: FxHashMap<u64, u8>,
    clusters: FxHashMap<u64, u16>,
}

impl NameLexicon {
    /// Reads lines `text⇥letters` (`F` first name, `S` surname, `P` place, `C` country,
    /// `O` organisation; in an encyclopedia `L` place, `G` organisation, `M` other), the text
    /// lower-cased, and lines `word⇥number` of clusters. Lines that are neither, and lines that
    /// begin with `#`, are passed over.
    pub fn new(entries: &str, clusters: &str) -> Self {
        let mut lexicon = NameLexicon::default();
        for (text, letters) in entries.lines().filter_map(|l| l.split_once('\t')) {
            let bits = letters.bytes().fold(0, |b, c| {
                b | match c {
                    b'F' => FIRST_NAME,
                    b'S' => SURNAME,
                    b'P' => PLACE,
                    b'C' => COUNTRY,
                    b'O' => ORGANIZATION,
                    b'L' => SEEN_PLACE,
                    b'G' => SEEN_ORGANIZATION,
                    b'M' => SEEN_OTHER,
                    _ => 0,
                }
            });
            if !text.starts_with('#') {
                *lexicon.entries.entry(hash::lower(text)).or_default() |= bits;
            }
        }
        let mut number = 0u16;
        for line in clusters.lines() {
            if let Some(n) = line.strip_prefix('#') {
                number = n.trim().parse().unwrap_or(number);
            } else if !line.is_empty() {
                lexicon.clusters.insert(hash::lower(line), number);
            }
        }
        lexicon
    }

    /// Bits of a lower-cased word or name, by its [`hash::lower`].
    #[inline]
    pub fn bits(&self, lower: u64) -> u8 {
        self.entries.get(&lower).copied().unwrap_or(0)
    }

    /// Cluster of a word, by its [`hash::lower`].
    #[inline]
    pub fn cluster(&self, lower: u64) -> Option<u16> {
        self.clusters.get(&lower).copied()
    }

    /// The longest entry of several words that begins with the first of `words` in `text`: number
    /// of words and bits. `words` are byte ranges in text order.
    pub fn longest(&self, text: &str, words: &[(u32, u32)]) -> Option<(usize, u8)> {
        let (first, rest) = words.split_first()?;
        let mut state = hash::Lower::default();
        state.push_str(&text[first.0 as usize..first.1 as usize]);
        let mut end = first.1;
        let mut best = None;
        for (n, w) in rest.iter().take(LONGEST - 1).enumerate() {
            if w.0 < end {
                // The second word of a contraction stands on the same characters.
                continue;
            }
            let gap = &text[end as usize..w.0 as usize];
            if gap.len() > 3 || gap.contains('\n') {
                break;
            }
            if !gap.is_empty() {
                state.push_str(" ");
            }
            state.push_str(&text[w.0 as usize..w.1 as usize]);
            end = w.1;
            match self.bits(state.finish()) {
                0 => {}
                bits => best = Some((n + 2, bits)),
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(u32, u32)> {
        let mut at = 0;
        text.split(' ')
            .map(|w| {
                let r = (at, at + w.len() as u32);
                at = r.1 + 1;
                r
            })
            .collect()
    }

    #[test]
    fn entries_ignore_case() {
        let l = NameLexicon::new("# words\nodette\tF\nnouvelle-zélande\tPC\n", "");
        assert_eq!(l.bits(hash::lower("Odette")), FIRST_NAME);
        assert_eq!(l.bits(hash::lower("NOUVELLE-ZÉLANDE")), PLACE | COUNTRY);
        assert_eq!(l.bits(hash::lower("table")), 0);
    }

    #[test]
    fn the_longest_entry_is_found() {
        let l = NameLexicon::new("afrique\tP\nafrique du sud\tC\n", "");
        let text = "Afrique du Sud hier";
        assert_eq!(l.longest(text, &words(text)), Some((3, COUNTRY)));
        let text = "Afrique hier encore";
        assert_eq!(l.longest(text, &words(text)), None);
    }

    #[test]
    fn clusters_are_headed_by_their_number() {
        let l = NameLexicon::new("", "#7\nministre\npréfet\n#9\nville\n");
        assert_eq!(l.cluster(hash::lower("Préfet")), Some(7));
        assert_eq!(l.cluster(hash::lower("ville")), Some(9));
        assert_eq!(l.cluster(hash::lower("rien")), None);
    }
}
