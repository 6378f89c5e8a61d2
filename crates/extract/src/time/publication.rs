//! The publication date: given, or read from the article itself.

use super::calendar::date;
use super::{grammar, resolve_all};
use crate::words::Words;
use temoin_model::{Date, Document, TimeBasis, TokenId};

/// How many sentences from the top a dateline may stand in.
const DATELINE_SENTENCES: usize = 4;

/// When the article appeared. [`TimeBasis::Publication`] for the date of the metadata;
/// [`TimeBasis::Document`] where the text gives it away: a dateline (« 24 octobre 2016. – »), or a
/// date that is said to be today (« ce jeudi 6 janvier ») and falls on that weekday in a year that
/// another date of the article names.
pub fn publication_date(doc: &Document) -> Option<(Date, TimeBasis)> {
    if let Some(d) = doc.meta.published {
        return Some((d, TimeBasis::Publication));
    }
    dateline(doc).or_else(|| said_today(doc)).map(|d| (d, TimeBasis::Document))
}

/// A full date that opens a line, or stands at its end behind a place, near the top.
fn dateline(doc: &Document) -> Option<Date> {
    let g = grammar::of(doc.meta.lang);
    let rule = g.rules.iter().find(|r| r.name == "date")?;
    for &sentence in doc.sentences().iter().take(DATELINE_SENTENCES) {
        let w = Words::of(doc, sentence);
        let Some(caps) = rule.regex().captures(&w.text) else { continue };
        let m = caps.get(0)?;
        let span = w.span(m.start(), m.end())?;
        let chars = doc.char_span(span);
        let text = doc.text();
        let before = &text[..doc.bytes(chars).start as usize];
        let line_before = before.rsplit('\n').next().unwrap_or("").trim();
        let after = text[doc.bytes(chars).end as usize..].split('\n').next().unwrap_or("");
        let opens = line_before.is_empty() || starts_dateline(line_before);
        let rest = after.trim_start();
        let rest = rest.split_once(['.', '-', '–', '—', ':', '|']).map_or(rest, |(time, _)| time).trim();
        // Between the date and the dash only a time of day: « 1er janvier 2016, 14h30. – ».
        let closes = after.trim().is_empty()
            || (rest.chars().count() <= 12 && rest.chars().all(|c| c.is_ascii_digit() || " ,h:.à".contains(c)))
                && after.contains(['.', '-', '–', '—', ':', '|']);
        if opens && closes {
            let day = g.number(&caps, "day")?.try_into().ok()?;
            let month = g.number(&caps, "month")?.try_into().ok()?;
            return date(g.number(&caps, "year")?.try_into().ok()?, month, day);
        }
    }
    None
}

/// « Publié le », « Paris, le », « LYON (AFP), »: nothing but a formula or a place stands before a
/// dateline. A caption (« Défilé à Nantes, le 5 mai 2020 ») is no dateline.
fn starts_dateline(line: &str) -> bool {
    let lower = line.to_lowercase();
    if ["publi", "mis à jour", "mis en ligne", "posted", "updated"].iter().any(|f| lower.starts_with(f)) {
        return true;
    }
    let place = line.trim_end_matches(" le").trim_end_matches([',', '–', '—', '-', ' ']);
    place.len() < line.len()
        && place.split_whitespace().count() <= 3
        && place.split_whitespace().all(|w| w.trim_start_matches('(').starts_with(char::is_uppercase))
}

/// A date without a year introduced by « ce », whose weekday agrees with a year named in the text.
fn said_today(doc: &Document) -> Option<Date> {
    let g = grammar::of(doc.meta.lang);
    let rule = g.rules.iter().find(|r| r.name == "day-month")?;
    let mut years: Option<Vec<i16>> = None;
    for &sentence in doc.sentences() {
        let w = Words::of(doc, sentence);
        let mut at = 0;
        while let Some(caps) = rule.regex().captures_at(&w.text, at) {
            let m = caps.get(0)?;
            at = m.end() - 1;
            let span = w.span(m.start(), m.end())?;
            let today =
                w.text[m.start()..].trim_start().starts_with("ce ") || doc.lemma(TokenId(span.start)) == "aujourd'hui";
            let (Some(weekday), Some(day), Some(month)) =
                (g.number(&caps, "weekday"), g.number(&caps, "day"), g.number(&caps, "month"))
            else {
                continue;
            };
            if !today {
                continue;
            }
            // Only the years that whole dates of the article name, most frequent first.
            let years = years.get_or_insert_with(|| explicit_years(doc));
            for &y in years.iter() {
                for candidate in [y, y + 1, y - 1] {
                    let d = date(candidate, month.try_into().ok()?, day.try_into().ok()?);
                    if let Some(d) = d.filter(|d| i32::from(d.weekday().to_monday_one_offset()) == weekday) {
                        return Some(d);
                    }
                }
            }
        }
    }
    None
}

fn explicit_years(doc: &Document) -> Vec<i16> {
    let mut years: Vec<i16> = resolve_all(doc, None)
        .into_iter()
        .filter(|t| t.value.basis == TimeBasis::Explicit && t.value.start == t.value.end)
        .filter_map(|t| t.value.start.map(Date::year))
        .collect();
    years.sort_unstable();
    let mut counted: Vec<(usize, i16)> = years.chunk_by(|a, b| a == b).map(|c| (c.len(), c[0])).collect();
    counted.sort_by_key(|&(n, y)| (std::cmp::Reverse(n), std::cmp::Reverse(y)));
    counted.into_iter().map(|(_, y)| y).collect()
}
