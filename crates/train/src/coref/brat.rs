//! Coreference in brat files: mentions (`T`) and links between them (`R`), beside the text.

use super::corpora::GoldText;
use crate::names::corpora::read;
use std::collections::BTreeMap;
use std::path::Path;
use temoin_model::{Char, Span};

/// Every text of a folder, in order of file names.
///
/// # Errors
/// When a file cannot be read.
pub fn folder(folder: &Path) -> Result<Vec<GoldText>, String> {
    let list = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = list.filter_map(|f| Some(f.ok()?.path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "ann"));
    files.sort();
    let one = |f: &std::path::PathBuf| {
        let name = f.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(GoldText { name, ..parse(&read(&f.with_extension("txt"))?, &read(f)?) })
    };
    files.iter().map(one).collect()
}

/// A text and its chains: mentions that links join, directly or not.
pub fn parse(text: &str, annotation: &str) -> GoldText {
    let mut spans: Vec<Span<Char>> = Vec::new();
    let mut number: BTreeMap<&str, usize> = BTreeMap::new();
    let mut links: Vec<(&str, &str)> = Vec::new();
    for line in annotation.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(body)) = (fields.next(), fields.next()) else { continue };
        let mut words = body.split([' ', ';']);
        if id.starts_with('T') {
            let mut ends = words.skip(1).filter_map(|w| w.parse::<u32>().ok());
            let (Some(start), Some(end)) = (ends.next(), ends.last()) else { continue };
            number.insert(id, spans.len());
            spans.push(trimmed(text, start, end));
        } else if id.starts_with('R') {
            let mut arg = || words.by_ref().find_map(|w| w.split_once(':')).map(|w| w.1);
            if let (Some(a), Some(b)) = (arg(), arg()) {
                links.push((a, b));
            }
        }
    }
    let mut chain: Vec<usize> = (0..spans.len()).collect();
    for (a, b) in links {
        let (Some(&a), Some(&b)) = (number.get(a), number.get(b)) else { continue };
        let (a, b) = (root(&chain, a), root(&chain, b));
        chain[a.max(b)] = a.min(b);
    }
    let mut chains: BTreeMap<usize, Vec<Span<Char>>> = BTreeMap::new();
    for (i, &span) in spans.iter().enumerate().filter(|(_, s)| !s.is_empty()) {
        chains.entry(root(&chain, i)).or_default().push(span);
    }
    let mut chains: Vec<_> = chains.into_values().collect();
    chains.iter_mut().for_each(|c| {
        c.sort_unstable();
        c.dedup();
    });
    chains.sort_unstable();
    GoldText { text: text.to_owned(), chains, ..GoldText::default() }
}

fn root(chain: &[usize], mut at: usize) -> usize {
    while chain[at] != at {
        at = chain[at];
    }
    at
}

/// A span without blanks around it.
fn trimmed(text: &str, start: u32, end: u32) -> Span<Char> {
    let words: String = text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect();
    let front = words.chars().take_while(|c| c.is_whitespace()).count() as u32;
    let length = words.trim().chars().count() as u32;
    Span::new(start + front, start + front + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_join_mentions_to_chains_and_blanks_are_cut() {
        let annotation = "T1\tPER 0 6\tJeanne\nT2\tPER 11 15\telle \nT3\tPER 20 24\tPaul\nT4\tPER 15 17\tsa\n\
                          R1\tCoreference Arg1:T2 Arg2:T1\nR2\tCoreference Arg1:T4 Arg2:T2\n";
        let gold = parse("Jeanne dit elle a vu Paul", annotation);
        let at = |a, b| Span::new(a, b);
        assert_eq!(gold.chains, [vec![at(0, 6), at(11, 15), at(16, 17)], vec![at(21, 24)]]);
    }
}
