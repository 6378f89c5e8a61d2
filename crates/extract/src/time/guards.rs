//! Which matches of a rule are no times after all, by the words around them.

use super::grammar::{Grammar, Rule};
use super::resolve::Way;
use crate::words::Words;
use temoin_model::{Document, Span, Tok, TokenId, Upos};

/// Whether the bytes `start..end` of the words may be a time by `rule`.
pub(super) fn accepted(
    doc: &Document,
    g: &Grammar,
    w: &Words,
    rule: &Rule,
    (start, end): (usize, usize),
    query: bool,
) -> bool {
    let Some(span) = w.span(start, end) else { return false };
    let before = w.text[..start].trim_end().rsplit(' ').next().unwrap_or("");
    let after = w.text[end..].split(' ').next().unwrap_or("");
    let first = w.text[start..end].split(' ').next().unwrap_or("");
    let last = w.text[start..end].trim_end().rsplit(' ').next().unwrap_or("");
    let next = w.span(end, w.text.len()).map(|s| TokenId(s.start));
    if rule.whole
        && (w.text[..start].chars().any(char::is_alphanumeric) || w.text[end..].chars().any(char::is_alphanumeric))
    {
        return false;
    }
    if rule.not_before.iter().any(|x| x == after) || rule.not_after.iter().any(|x| x == before) {
        return false;
    }
    if !rule.needs_prefix.is_empty()
        && !rule.needs_prefix.iter().any(|x| x == first)
        && !g.prefixes.iter().any(|(_, p)| w.text[..start].ends_with(p.as_str()))
    {
        return false;
    }
    if rule.no_count && ends_in_number(last) && (next.is_some_and(|t| counted(doc, t)) || is_hour(after)) {
        return false;
    }
    if rule.op == "year" && !rule.bare && next.is_some_and(|t| counts_houses(doc, span, last, t)) {
        return false;
    }
    if matches!(rule.op.as_str(), "year" | "years" | "decade" | "century") && before_christ(&w.text[end..]) {
        return false;
    }
    if rule.op == "month" && is_numeral(doc, rule, span) {
        return false;
    }
    if counts_from_event(doc, rule, last, next) {
        return false;
    }
    if rule.op == "anaphor" && matches!(after, "de" | "d'" | "des" | "of") {
        return false;
    }
    // « criticised by May »
    if rule.name == "prefixed-month" && doc.name_at(TokenId(span.end - 1)).is_some() {
        return false;
    }
    // « Le Journal du dimanche », « Euro 2016 »: part of a name.
    if matches!(rule.name, "weekday" | "feast" | "bare-year" | "bare-month" | "season-year")
        && doc.name_at(TokenId(span.end - 1)).is_some_and(|n| n.tokens.len() > 1)
    {
        return false;
    }
    if !query && (is_verb(doc, g, span) || rule.op == "feast" && !named(doc, w, rule, start)) {
        return false;
    }
    // « the Christmas tree »
    if rule.op == "feast" && doc.relation(TokenId(span.end - 1)) == "compound" {
        return false;
    }
    !rule.bare || is_bare_year(doc, w, span, start, last, before)
}

/// Whether a length is told as one to come: by the tense, or by no noun that it would measure
/// (« in ten years » in « the first flood in ten years »).
pub(super) fn ahead(doc: &Document, span: Span<Tok>, way: Way) -> bool {
    let measures = span
        .start
        .checked_sub(1)
        .is_some_and(|t| matches!(doc.upos(TokenId(t)), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num));
    match way {
        Way::Future => true,
        Way::Nearest => !measures,
        Way::Past => false,
    }
}

fn ends_in_number(last: &str) -> bool {
    let stem = last.trim_end_matches(|c: char| c.is_alphabetic());
    !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_digit())
}

fn is_hour(after: &str) -> bool {
    matches!(after, "h" | "heures" | "am" | "pm" | "a.m." | "p.m." | "%")
}

/// « vendredi 15 personnes », « le 5 % », « 2 000 habitants », « the 15th floor »: the number counts
/// or ranks something.
fn counted(doc: &Document, next: TokenId) -> bool {
    matches!(doc.upos(next), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Sym) || doc.form(next) == "%"
}

/// « in 2000 houses »: a round number that the noun behind takes, or any that the tree hangs on it.
/// « In 2015 police arrested him » is a year.
fn counts_houses(doc: &Document, span: Span<Tok>, last: &str, next: TokenId) -> bool {
    if !ends_in_number(last) || !matches!(doc.upos(next), Upos::Noun | Upos::Adj | Upos::Sym) {
        return false;
    }
    let number = TokenId(span.end - 1);
    let hangs = doc.relation(number) == "nummod" && doc.head(number).is_some_and(|h| h.0 >= next.0);
    last.ends_with("00") && last != "2000" || hangs
}

/// « six ans après sa victoire », « la veille du scrutin » count from an event, not from a day.
fn counts_from_event(doc: &Document, rule: &Rule, last: &str, next: Option<TokenId>) -> bool {
    let event = next.is_some_and(|t| {
        matches!(doc.upos(t), Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Sconj | Upos::Aux | Upos::Verb)
            || doc.form(t).eq_ignore_ascii_case("que")
    });
    let counted = matches!(rule.op.as_str(), "later" | "earlier" | "anaphor");
    // « les trois jours suivant la perfusion »
    let following = last == "suivant" && matches!(rule.op.as_str(), "anaphor" | "period" | "last-n");
    event && (counted && matches!(last, "après" | "avant" | "after" | "before") || following)
}

/// « le Ve siècle av. J.-C. », « in 44 BC »: years before the first are not represented.
fn before_christ(after: &str) -> bool {
    ["av.", "av ", "avant j", "bc ", "bce ", "b.c", "b . c"].iter().any(|b| after.starts_with(b))
}

/// « de sept ans » has no September, « place de Mai » is a name.
fn is_numeral(doc: &Document, rule: &Rule, span: Span<Tok>) -> bool {
    let month = TokenId(span.end - 1);
    let form = doc.form(month);
    let name = rule.name == "bare-month" && !rule.whole && span.len() > 1 && form.starts_with(char::is_uppercase);
    name || doc.upos(month) == Upos::Num && form.chars().all(char::is_alphabetic)
}

/// « may » and « march » as verbs, where names of months and weekdays have capitals.
fn is_verb(doc: &Document, g: &Grammar, span: Span<Tok>) -> bool {
    doc.tokens_in(span).any(|t| {
        let form = doc.form(t);
        g.wants_capital(&form.to_lowercase())
            && (form.starts_with(char::is_lowercase) || matches!(doc.upos(t), Upos::Aux | Upos::Verb))
    })
}

/// Whether the holiday is written as a name: « lent » and « l'ascension du pic » are none.
fn named(doc: &Document, w: &Words, rule: &Rule, start: usize) -> bool {
    let Some(feast) = rule.regex().captures_at(&w.text, start - 1).and_then(|c| c.name("feast")) else { return true };
    let Some(span) = w.span(feast.start(), feast.end()) else { return true };
    let capital = |t: TokenId| doc.form(t).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let several = doc.meta.lang == temoin_model::Lang::Fr && span.len() > 1;
    several || doc.tokens_in(span).any(capital)
}

fn is_bare_year(doc: &Document, w: &Words, span: Span<Tok>, start: usize, last: &str, before: &str) -> bool {
    let t = TokenId(span.start);
    let year = last.parse::<i32>().is_ok_and(|y| (1700..=2100).contains(&y));
    let quantified = w
        .span(0, start)
        .is_some_and(|s| matches!(doc.upos(TokenId(s.end - 1)), Upos::Num | Upos::Adv | Upos::Det | Upos::Sym));
    year && !quantified && doc.slice(doc.token_span(t)).len() == 4 && !before.ends_with(['.', '/'])
}
