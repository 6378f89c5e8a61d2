//! Events of MEANTIME that we have no claim of, with what our analysis and rules made of them.

use super::corpus::{GoldEvent, GoldText};
use super::found::Found;
use super::score;
use crate::coref::matching;
use crate::results::table::Table;
use std::collections::BTreeMap;
use temoin_extract::trace::Rejection;
use temoin_model::{Document, Span};

/// Missed events: by kind, and one by one.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    kinds: BTreeMap<String, BTreeMap<String, usize>>,
    list: Vec<String>,
}

impl Errors {
    /// Adds the missed events of one text.
    pub fn add(&mut self, doc: &Document, text: &GoldText, claims: &[Found], rejections: &[Rejection]) {
        for event in text.asked().filter(|e| !claims.iter().any(|c| score::triggers(c, e))) {
            let head = event.tokens.first().and_then(|&s| matching::head_of(doc, s));
            let (place, lemma) = head.map_or(Default::default(), |h| {
                (format!("{} {}", doc.upos(h), doc.deprel(h)), doc.lemma(h).to_owned())
            });
            let reason = reason(event, rejections);
            let pos = if event.pos.is_empty() { "not marked" } else { &event.pos };
            let kind = format!("{pos}, {place}, {reason}");
            let words: Vec<&str> = event.tokens.iter().map(|&s| doc.slice(s)).collect();
            let sentence = doc.slice(event.sentence);
            self.list.push(format!("{}\t{kind}\t{}\t{sentence}", text.folder, words.join(" ")));
            *self.kinds.entry(kind).or_default().entry(lemma).or_default() += 1;
        }
    }

    /// The commonest kinds, then all.
    pub fn tables(&self) -> String {
        let mut kinds: Vec<_> =
            self.kinds.iter().map(|(k, lemmas)| (k, lemmas.values().sum::<usize>(), lemmas)).collect();
        kinds.sort_by_key(|k| std::cmp::Reverse(k.1));
        let mut table = Table::new(["missed", "times", "commonest lemmas"]);
        for (kind, times, lemmas) in kinds.into_iter().take(30) {
            let mut lemmas: Vec<_> = lemmas.iter().collect();
            lemmas.sort_by_key(|l| std::cmp::Reverse(l.1));
            let lemmas: Vec<&str> = lemmas.into_iter().take(6).map(|l| l.0.as_str()).collect();
            table.row([kind.clone(), times.to_string(), lemmas.join(" ")]);
        }
        format!("{}\n{}", table.markdown(), self.list.join("\n"))
    }
}

/// Why the rules made nothing of an event's words; of several reasons the first.
fn reason(event: &GoldEvent, rejections: &[Rejection]) -> &'static str {
    let on = |s: Span<_>| event.tokens.iter().any(|t| t.overlaps(s));
    rejections.iter().find(|r| on(r.trigger)).map_or("no frame tried", |r| r.why.name())
}

#[cfg(test)]
mod tests {
    use super::super::{extract, tests::gold};
    use super::*;
    use temoin_extract::Extractor;
    use temoin_language::Annotator;
    use temoin_model::Lang;

    #[test]
    fn only_events_without_a_claim_are_listed() {
        let text = gold();
        let (doc, ..) = extract(&Annotator::builtin(Lang::En), &Extractor::builtin(), &text);
        let hired = Found { trigger: text.events[1].tokens[0], participants: Vec::new() };
        let mut errors = Errors::default();
        errors.add(&doc, &text, &[hired], &[]);
        assert_eq!(errors.list.len(), 1);
        let line = &errors.list[0];
        assert!(line.contains("no frame tried\tburns\tMill burns") && line.contains("not marked, "), "{line}");
    }
}
