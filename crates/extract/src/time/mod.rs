//! Time expressions, resolved to days.
//!
//! Patterns are data (`data/lexicon/LANG/time.toml`); they see the words of a sentence, not its tree,
//! because trees are the least certain layer. The tree only tells the tense of the clause, which
//! decides whether « samedi » lies behind or ahead, and which clause a time belongs to.

mod calendar;
mod clause;
mod grammar;
mod guards;
mod holidays;
mod lunar;
mod moon;
mod publication;
mod resolve;

pub use clause::for_clause;
pub(crate) use clause::{of_compared, period_of};
pub use publication::publication_date;

use crate::verbs;
use crate::words::Words;
use calendar::When;
use grammar::{Grammar, Rule};
use resolve::{Context, Way};
use temoin_model::{Date, Document, Span, Status, Tense, TimeBasis, TimeValue, Tok, TokenId, Upos};

/// A time expression with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpr {
    /// Its words.
    pub tokens: Span<Tok>,
    /// What it stands for.
    pub value: TimeValue,
}

/// All time expressions of a document, in text order, without overlap.
///
/// Dates are resolved against the publication date of the metadata, else against the one that
/// [`publication_date`] infers. Without either, a relative expression keeps no days, and its EDTF
/// says `X` for what is not known.
pub fn find(doc: &Document) -> Vec<TimeExpr> {
    let published = publication_date(doc);
    resolve_all(doc, published)
}

/// A match before it is resolved: bytes of [`Words::text`] and the rule.
struct Match<'g> {
    start: usize,
    end: usize,
    rule: &'g Rule,
    order: usize,
}

/// Longest first, then by place and order of rules: what is kept without overlap.
fn matches<'g>(doc: &Document, g: &'g Grammar, w: &Words, query: bool) -> Vec<Match<'g>> {
    let mut all = Vec::new();
    for order in &g.any.matches(&w.text) {
        let rule = &g.rules[order];
        let mut at = 0;
        while let Some(m) = rule.regex().find_at(&w.text, at) {
            let (start, end) = (m.start() + 1, m.end());
            // The closing blank may open the next match.
            at = end - 1;
            if guards::accepted(doc, g, w, rule, (start, end), query) {
                all.push(Match { start, end, rule, order });
            }
        }
    }
    all.sort_by(|a, b| {
        (b.end - b.start).cmp(&(a.end - a.start)).then(a.start.cmp(&b.start)).then(a.order.cmp(&b.order))
    });
    let mut taken = vec![false; w.text.len()];
    all.retain(|m| {
        // Ends are checked first: kept matches are at least as long, so they reach over an end of any
        // shorter one that they touch.
        let free = !taken[m.start] && !taken[m.end - 2];
        if free {
            taken[m.start..m.end - 1].fill(true);
        }
        free
    });
    all.sort_by_key(|m| m.start);
    all
}

fn resolve_all(doc: &Document, published: Option<(Date, TimeBasis)>) -> Vec<TimeExpr> {
    let g = grammar::of(doc.meta.lang);
    // A phrase without any verb in the whole text is a query, and speaks of what is to come.
    let query = !doc.tokens().any(|t| matches!(doc.upos(t), Upos::Verb | Upos::Aux));
    let mut out: Vec<TimeExpr> = Vec::new();
    let mut last: Option<Date> = None;
    let mut last_period: Option<(Date, bool)> = None;
    let mut year: Option<(usize, i16)> = None;
    for (s, &sentence) in doc.sentences().iter().enumerate() {
        let w = Words::of(doc, sentence);
        for m in matches(doc, g, &w, query) {
            let Some(mut span) = w.span(m.start, m.end) else { continue };
            let prefix = g.prefixes.iter().find(|(_, p)| w.text[..m.start].ends_with(p.as_str()));
            let since = prefix.is_some_and(|(kind, _)| kind == "since");
            let way = match prefix {
                _ if since => Way::Past,
                _ if query => Way::Future,
                Some((kind, _)) if kind == "by" => Way::Future,
                _ => way(doc, span),
            };
            if m.rule.ahead && !guards::ahead(doc, span, way) || m.rule.tensed && way == Way::Nearest {
                continue;
            }
            // A year named just before holds for the dates that follow, when it is not the present one.
            let near = year.filter(|&(at, _)| s - at <= 1).map(|(_, y)| y);
            let near = near.filter(|&y| published.is_none_or(|(p, _)| (p.year() - y).abs() > 1));
            let cx = Context { published, last, last_period, year: near, way, since };
            let Some(caps) = m.rule.regex().captures_at(&w.text, m.start - 1) else { continue };
            let Some(mut when) = resolve::resolve(g, m.rule, &caps, &cx) else { continue };
            if let Some(d) = when.start {
                let long = when.end.is_none_or(|e| calendar::days_between(d, e) > 200);
                last_period = Some((d, long));
                // A year in passing (« élu en 2012, … ») does not set the scene; one that opens the
                // sentence does, and a whole date.
                let opens = span.start <= sentence.start + 3;
                if when.basis == TimeBasis::Explicit && (!long || opens) {
                    year = Some((s, d.year()));
                }
            }
            // « dans la nuit du 1er au 2 janvier … Cinq jours plus tard »
            if let (Some(start), Some(end)) = (when.start, when.end)
                && (when.is_day() || start < end && calendar::plus_days(start, 3).is_some_and(|d| end <= d))
            {
                last = Some(end);
            }
            if let Some(found) = g.suffix.find(&w.text[m.end - 1..]) {
                span = w.span(m.start, m.end - 1 + found.end()).unwrap_or(span);
            }
            // « before the end of the year » lasts until it ends.
            let ends = g.value(&caps, "part") == Some("end");
            let range = matches!(m.rule.op.as_str(), "range" | "range-us" | "months" | "years");
            if let Some((kind, words)) = prefix.filter(|(kind, _)| !(range && kind == "from"))
                && let Some(bounded) = bound(if ends && kind == "before" { "by" } else { kind }, &when, published)
            {
                when = bounded;
                let from = m.start - (words.len() - 1);
                span = w.span(from, m.end).unwrap_or(span).cover(span);
            }
            span = trimmed(doc, span);
            if out.last().is_some_and(|e| e.tokens.end > span.start) {
                continue;
            }
            let chars = doc.char_span(span);
            let value = TimeValue {
                edtf: when.edtf,
                start: when.start,
                end: when.end,
                text: doc.slice(chars).to_owned(),
                span: chars,
                basis: when.basis,
                rule: m.rule.name,
            };
            out.push(TimeExpr { tokens: span, value });
        }
    }
    out
}

/// « depuis 2010 », « d'ici 2030 », « jusqu'à mardi »: the interval that a preposition makes.
fn bound(kind: &str, when: &When, published: Option<(Date, TimeBasis)>) -> Option<When> {
    let (start, end) = (when.start?, when.end?);
    // « d'ici six mois » and « depuis deux jours » are intervals with the right ends already.
    let basis = when.basis;
    let open = |start: Option<Date>, end: Option<Date>| {
        let spell = |d: Option<Date>| d.map_or_else(|| "..".to_owned(), |d| d.to_string());
        Some(When { edtf: format!("{}/{}", spell(start), spell(end)), start, end, basis })
    };
    match kind {
        "since" => match published {
            Some((p, _)) if start <= p => When::days(start, p.max(start), basis),
            _ => open(Some(start), None),
        },
        "from" => open(Some(start), None),
        "until" => open(None, Some(end)),
        "by" => match published {
            Some((p, _)) if p <= end => When::days(p, end, basis),
            _ => open(None, Some(end)),
        },
        "before" => open(None, calendar::plus_days(start, -1)),
        "after" => open(calendar::plus_days(end, 1), None),
        _ => None,
    }
}

/// Without a leading preposition or article that is half of « du » or « au », or opens a phrase of
/// its own: the words of a date begin at « 5 » in « du 5 janvier », at « le » in « le 5 janvier ».
fn trimmed(doc: &Document, mut span: Span<Tok>) -> Span<Tok> {
    while span.len() > 1 {
        let t = TokenId(span.start);
        let half = doc.multiwords().binary_search_by(|m| {
            if m.end <= t.0 {
                std::cmp::Ordering::Less
            } else if m.start > t.0 {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        let second_half = half.is_ok_and(|i| doc.multiwords()[i].start < t.0);
        if second_half {
            span = Span::new(span.start + 1, span.end);
        } else {
            break;
        }
    }
    span
}

/// Which way the clause around `span` looks.
fn way(doc: &Document, span: Span<Tok>) -> Way {
    let Some(v) = verbs::governor(doc, head(doc, span)) else { return Way::Nearest };
    // « doit arriver mercredi », « a promis de venir samedi » look ahead whatever the tense.
    let f = crate::factuality::judge(doc, v);
    match (f.status, f.tense) {
        (Status::Planned, _) | (_, Tense::Future) => Way::Future,
        (_, Tense::Past) => Way::Past,
        _ => Way::Nearest,
    }
}

/// The word of a span whose head lies outside it.
pub(crate) fn head(doc: &Document, span: Span<Tok>) -> TokenId {
    doc.tokens_in(span)
        .filter(|&t| doc.upos(t) != Upos::Punct)
        .find(|&t| doc.head(t).is_none_or(|h| !span.contains_at(h.0)))
        .unwrap_or(TokenId(span.start))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_phrases;
#[cfg(test)]
mod tests_published;
