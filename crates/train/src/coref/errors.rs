//! Where coreference goes wrong, by the kind of mention: links that are right, wrong or missing, and
//! mentions that are not found. For development parts only.

use super::corpora::GoldText;
use super::matching::{self, Matching, Spot};
use crate::results::table::Table;
use std::collections::BTreeMap;
use temoin_model::{Char, Document, Mention, Span, TokenId, Upos};

/// What becomes of the mentions of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Fate {
    /// Mentions of the key.
    key: usize,
    /// Those found, by the same head.
    found: usize,
    /// Those found with equal spans.
    exact: usize,
    /// Mentions of the key with an antecedent.
    linked: usize,
    /// The nearest antecedent that is given is of the same chain.
    right: usize,
    /// It is of another.
    wrong: usize,
    /// The mention is found and said to be new.
    new: usize,
    /// Links given to mentions that have no antecedent.
    spurious: usize,
    /// Links given to mentions that the key does not have.
    unknown: usize,
}

/// Counts of a set of texts.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    fates: BTreeMap<&'static str, Fate>,
    examples: Vec<String>,
}

impl Errors {
    /// Adds one text with what was found in it.
    pub fn add(&mut self, doc: &Document, gold: &GoldText, found: &[Mention]) {
        let mut key: Vec<(Span<Char>, usize)> = Vec::new();
        for (i, chain) in gold.chains.iter().enumerate() {
            key.extend(chain.iter().map(|&s| (s, i)));
        }
        key.sort_unstable();
        key.dedup_by_key(|k| k.0);
        let spans: Vec<Span<Char>> = key.iter().map(|k| k.0).collect();
        let spots: Vec<Spot> = found.iter().map(Spot::from).collect();
        let matched = matching::align(doc, &spans, &spots, Matching::Head);
        let mut response = vec![None; key.len()];
        for (i, m) in matched.iter().enumerate() {
            m.iter().for_each(|&k| response[k] = Some(i));
        }
        let before = |i: usize| (0..i).rev().find(|&j| found[j].entity == found[i].entity);
        let words = |s: Span<Char>| doc.slice(s).replace('\n', " ");
        for (k, &(span, chain)) in key.iter().enumerate() {
            let kind = kind(doc, span);
            let fate = self.fates.entry(kind).or_default();
            fate.key += 1;
            let earlier = key[..k].iter().rev().find(|x| x.1 == chain);
            fate.linked += usize::from(earlier.is_some());
            let Some(i) = response[k] else {
                self.examples.push(format!("missed\t{kind}\t{}\t\t", words(span)));
                continue;
            };
            fate.found += 1;
            fate.exact += usize::from(found[i].span == span);
            if found[i].span != span {
                self.examples.push(format!("span\t{kind}\t{}\t{}\t", words(span), words(found[i].span)));
            }
            // The nearest that the key has, else the nearest.
            let near = (0..i).rev().find(|&j| found[j].entity == found[i].entity && matched[j].is_some());
            let given = near.or_else(|| before(i));
            let same = given.and_then(|g| matched[g]).is_some_and(|g| key[g].1 == chain);
            let outcome = match (earlier.is_some(), given) {
                (true, Some(_)) if same => ("right", &mut fate.right),
                (true, Some(_)) => ("wrong", &mut fate.wrong),
                (true, None) => ("new", &mut fate.new),
                (false, Some(_)) => ("spurious", &mut fate.spurious),
                (false, None) => continue,
            };
            *outcome.1 += 1;
            if outcome.0 != "right" {
                let from = span.start.saturating_sub(300);
                let context = words(Span::new(from, span.end));
                let first = earlier.map(|e| words(e.0)).unwrap_or_default();
                let ours = given.map(|g| words(found[g].span)).unwrap_or_default();
                self.examples.push(format!(
                    "{}\t{kind}\t{}\tkey: {first}\tours: {ours}\t{context}",
                    outcome.0,
                    words(span)
                ));
            }
        }
        for (i, m) in found.iter().enumerate().filter(|&(i, _)| matched[i].is_none()) {
            let given = before(i);
            let kind = kind(doc, m.span);
            let fate = self.fates.entry(kind).or_default();
            fate.unknown += usize::from(given.is_some());
            self.examples.push(format!("not in key\t{kind}\t{}\t\t", words(m.span)));
        }
    }

    /// The table of kinds.
    pub fn table(&self, title: &str) -> Table {
        let columns = ["key", "found", "exact", "linked", "right", "wrong", "new", "spurious", "not in key"];
        let mut out = Table::new(std::iter::once(title).chain(columns));
        for (kind, f) in &self.fates {
            let counts = [f.key, f.found, f.exact, f.linked, f.right, f.wrong, f.new, f.spurious, f.unknown];
            out.row(std::iter::once((*kind).to_owned()).chain(counts.map(|c| c.to_string())));
        }
        out
    }

    /// One line an error: what, kind, words, antecedents.
    pub fn examples(&self) -> &[String] {
        &self.examples
    }
}

/// The kind of a mention, by its words.
fn kind(doc: &Document, span: Span<Char>) -> &'static str {
    let text = doc.slice(span).to_lowercase().replace('’', "'");
    let text = text.trim_start_matches('-').trim_start_matches("t-");
    let pronoun = match text {
        "qui" | "que" | "qu'" | "dont" | "où" | "lequel" | "laquelle" | "lesquels" | "lesquelles" | "who" | "whom"
        | "which" | "whose" => "relative",
        "son" | "sa" | "ses" | "leurs" | "his" | "its" | "their" => "possessive",
        "mon" | "ma" | "mes" | "ton" | "ta" | "tes" | "notre" | "nos" | "votre" | "vos" | "my" | "your" | "our" => {
            "possessive, 1st/2nd"
        }
        "il" | "elle" | "ils" | "elles" | "he" | "she" | "they" | "it" => "subject pronoun",
        "le" | "la" | "l'" | "les" | "lui" | "leur" | "eux" | "him" | "them" | "her" | "y" | "en" => "object pronoun",
        "se" | "s'" | "soi" | "lui-même" | "elle-même" | "himself" | "herself" | "itself" | "themselves" => {
            "reflexive"
        }
        "je" | "j'" | "me" | "m'" | "moi" | "tu" | "te" | "t'" | "toi" | "nous" | "vous" | "on" | "l'on" | "i"
        | "you" | "we" | "us" => "1st/2nd person",
        "ce" | "c'" | "ceci" | "cela" | "ça" | "celui-ci" | "celle-ci" | "ceux-ci" | "celles-ci" | "this" | "that"
        | "these" | "those" => "demonstrative pronoun",
        _ => "",
    };
    if !pronoun.is_empty() {
        return pronoun;
    }
    let Some(head) = matching::head_of(doc, span) else { return "none" };
    let first = matching::words(doc, span).start;
    match (doc.upos(head), doc.form(TokenId(first)).to_lowercase().replace('’', "'").as_str()) {
        (Upos::Propn, _) => "name",
        (Upos::Pron, _) => "other pronoun",
        (_, "le" | "la" | "les" | "l'" | "the" | "au" | "aux" | "du") => "definite",
        (_, "ce" | "cet" | "cette" | "ces" | "this" | "these" | "that" | "those") => "demonstrative",
        (
            _,
            "son" | "sa" | "ses" | "leur" | "leurs" | "his" | "her" | "its" | "their" | "mon" | "ma" | "mes" | "my",
        ) => "with possessive",
        (_, "un" | "une" | "des" | "a" | "an") => "indefinite",
        (Upos::Verb | Upos::Aux, _) => "verb",
        _ => "bare or other",
    }
}
