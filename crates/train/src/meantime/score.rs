//! How many annotated events our claims have.

use super::corpus::{GoldEvent, GoldText};
use super::found::Found;
use crate::results::table::Table;
use std::collections::BTreeMap;
use temoin_model::{Char, Span};

/// Events that are asked for, and those of them that were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Annotated events with a participant.
    pub events: usize,
    /// Those whose words the trigger of one of our claims overlaps.
    pub found: usize,
    /// Those where such a claim also has one of the participants.
    pub participant: usize,
}

/// Our claims in annotated sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// How many.
    pub all: usize,
    /// Those whose trigger is an annotated event, with a participant or without.
    pub events: usize,
}

/// All figures.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// By folder and part of speech.
    events: BTreeMap<(String, String), Counts>,
    /// By folder.
    claims: BTreeMap<String, Claims>,
}

/// Rows of parts of speech, with their name in the table.
const PARTS: [(&str, &str); 4] = [("VERB", "verbs"), ("NOUN", "nouns"), ("OTHER", "others"), ("", "not marked")];

/// Whether spans of two lists overlap anywhere.
fn touch(a: &[Span<Char>], b: &[Span<Char>]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

/// Whether the trigger of a claim is the event.
pub fn triggers(claim: &Found, event: &GoldEvent) -> bool {
    touch(&[claim.trigger], &event.tokens)
}

impl Scores {
    /// Adds one text.
    pub fn add(&mut self, text: &GoldText, claims: &[Found]) {
        for event in text.asked() {
            let counts = self.events.entry((text.folder.clone(), event.pos.clone())).or_default();
            counts.events += 1;
            let mut ours = claims.iter().filter(|c| triggers(c, event)).peekable();
            counts.found += usize::from(ours.peek().is_some());
            let right = ours.any(|c| event.participants.iter().any(|p| touch(&c.participants, p)));
            counts.participant += usize::from(right);
        }
        let total = self.claims.entry(text.folder.clone()).or_default();
        for claim in claims.iter().filter(|c| text.annotated.contains(c.trigger)) {
            total.all += 1;
            total.events += usize::from(text.events.iter().any(|e| triggers(claim, e)));
        }
    }

    /// Events of a folder and a part of speech; nothing stands for all.
    pub fn counts(&self, folder: Option<&str>, pos: Option<&str>) -> Counts {
        let is = |asked: Option<&str>, value: &str| asked.is_none_or(|a| a == value);
        let some = self.events.iter().filter(|((f, p), _)| is(folder, f) && is(pos, p));
        some.fold(Counts::default(), |sum, (_, c)| Counts {
            events: sum.events + c.events,
            found: sum.found + c.found,
            participant: sum.participant + c.participant,
        })
    }

    /// Claims of a folder; nothing stands for all.
    pub fn claims(&self, folder: Option<&str>) -> Claims {
        let some = self.claims.iter().filter(|(f, _)| folder.is_none_or(|a| a == f.as_str()));
        some.fold(Claims::default(), |sum, (_, c)| Claims { all: sum.all + c.all, events: sum.events + c.events })
    }

    /// A line for each folder and part of speech, with the shares in percent.
    pub fn table(&self) -> Table {
        let mut table = Table::new([
            "events with a participant",
            "events",
            "trigger found",
            "%",
            "and a participant",
            "%",
            "our claims",
            "an event",
            "%",
        ]);
        let folders = self.claims.keys().map(|f| Some(f.as_str())).chain([None]);
        for folder in folders {
            let name = folder.unwrap_or("all");
            for (pos, title) in PARTS {
                table.row(events_row(&format!("{name}, {title}"), self.counts(folder, Some(pos))));
            }
            let mut row = events_row(name, self.counts(folder, None));
            let claims = self.claims(folder);
            row.extend([claims.all.to_string(), claims.events.to_string(), percent(claims.events, claims.all)]);
            table.row(row);
        }
        table
    }
}

fn events_row(name: &str, c: Counts) -> Vec<String> {
    let shares = [c.found, c.participant].map(|n| [n.to_string(), percent(n, c.events)]);
    let [[found, found_share], [participant, participant_share]] = shares;
    vec![name.to_owned(), c.events.to_string(), found, found_share, participant, participant_share]
}

fn percent(n: usize, of: usize) -> String {
    format!("{:.1}", 100.0 * n as f64 / of.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::super::tests::gold;
    use super::*;

    fn claim(text: &GoldText, trigger: &str, participants: &[&str]) -> Found {
        let span = |words: &str| {
            let start = text.text.find(words).unwrap() as u32;
            Span::new(start, start + words.len() as u32)
        };
        Found { trigger: span(trigger), participants: participants.iter().map(|p| span(p)).collect() }
    }

    #[test]
    fn an_event_counts_once_with_its_participant_or_without() {
        let text = gold();
        let mut scores = Scores::default();
        scores.add(&text, &[claim(&text, "hired R", &["The mill"]), claim(&text, "hired", &["staff"])]);
        let all = scores.counts(None, None);
        assert_eq!(all, Counts { events: 2, found: 1, participant: 1 });
        assert_eq!(scores.counts(Some("mills"), Some("NOUN")), Counts::default());
        let mut scores = Scores::default();
        scores.add(&text, &[claim(&text, "hired", &["The"])]);
        assert_eq!(scores.counts(Some("mills"), Some("VERB")), Counts { events: 1, found: 1, participant: 0 });
        assert!(scores.table().markdown().contains("50.0"));
    }

    #[test]
    fn claims_count_in_annotated_sentences_only() {
        let text = gold();
        let mut scores = Scores::default();
        scores.add(&text, &["staff", "hired", "sold"].map(|t| claim(&text, t, &[])));
        assert_eq!(scores.claims(None), Claims { all: 2, events: 1 });
    }
}
