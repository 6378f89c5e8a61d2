//! Where names stand: the tagger's spans with their ends mended, gazetteer names that it missed,
//! organisations that only an acronym gives away, proper nouns left over.

use super::builder::{abbreviates, is_function_word};
use super::gazetteer::{Gazetteer, KnownIx, is_acronym, plain};
use super::lexicon::{Lexicon, NounClass};
use super::phrase::{after, before, lower};
use temoin_model::{Document, EntityType, Lang, NameKind, Span, Tok, TokenId, Upos};

/// A name in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) tokens: Span<Tok>,
    pub(super) kind: Option<NameKind>,
    pub(super) known: Option<KnownIx>,
}

/// Finds the names of a document, without overlap, in order.
pub(super) fn find(doc: &Document, gaz: &Gazetteer) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for n in &doc.names {
        if n.tokens.is_empty() || n.tokens.end as usize > doc.len() {
            continue;
        }
        for (tokens, kind) in parts(doc, n.tokens, n.kind) {
            let tokens = trim(doc, tokens, kind).map(|t| hyphened(doc, t)).filter(|&t| !is_description(doc, t));
            let tokens = tokens.map(|t| without_article(doc, gaz, t)).filter(|&t| !is_direction(doc, t));
            found.extend(tokens.map(|tokens| Name { tokens, kind: Some(kind), known: None }));
        }
    }
    let mut out: Vec<Name> = Vec::with_capacity(found.len());
    let mut tagged = found.into_iter().peekable();
    for m in searched(doc, gaz) {
        while let Some(n) = tagged.next_if(|n| n.tokens.end <= m.tokens.start) {
            out.push(n);
        }
        // A longer tagged name keeps its words: « Université de Kiev ».
        let mut kind = None;
        let mut inside = true;
        let mut held = Vec::new();
        while let Some(n) = tagged.next_if(|n| n.tokens.start < m.tokens.end) {
            kind = kind.or(n.kind);
            inside &= m.tokens.contains(n.tokens);
            held.push(n);
        }
        if inside && !out.last().is_some_and(|o| o.tokens.overlaps(m.tokens)) {
            out.push(Name { kind, ..m });
        } else {
            out.append(&mut held);
        }
    }
    out.extend(tagged);
    out
}

/// « L'Iran », « La France » at the head of a sentence: the article is no part of a known name.
fn without_article(doc: &Document, gaz: &Gazetteer, tokens: Span<Tok>) -> Span<Tok> {
    let first = TokenId(tokens.start);
    let article = doc.upos(first) == Upos::Det && matches!(doc.form(first), "L'" | "L’" | "La" | "Le" | "Les");
    let rest = Span::new(tokens.start + 1, tokens.end);
    if !article || rest.is_empty() || doc.meta.lang != Lang::Fr {
        return tokens;
    }
    let known = |span: Span<Tok>| gaz.find(&plain(doc.slice(doc.char_span(span))));
    let state = known(rest).iter().any(|&k| gaz.known(k).kind == EntityType::Country);
    if state && known(tokens).is_empty() { rest } else { tokens }
}

/// « le Nord de l'Italie », « dans le Sud »: a direction, unless it is said to be the department of that name.
fn is_direction(doc: &Document, tokens: Span<Tok>) -> bool {
    let t = TokenId(tokens.start);
    let point = matches!(
        doc.form(t),
        "Nord" | "Sud" | "Est" | "Ouest" | "Centre" | "Nord-Est" | "Nord-Ouest" | "Sud-Est" | "Sud-Ouest"
    );
    if !point || tokens.len() != 1 || doc.meta.lang != Lang::Fr {
        return false;
    }
    let mut lead = before(doc, t);
    while let Some(p) = lead.filter(|&p| matches!(doc.upos(p), Upos::Det | Upos::Adp)) {
        lead = before(doc, p);
    }
    let said =
        lead.is_some_and(|p| doc.form(p) == "(" || matches!(doc.lemma(p), "département" | "préfecture" | "préfet"));
    let article = before(doc, t).is_some_and(|p| doc.upos(p) == Upos::Det);
    article && !said
}

/// « ministère de l'Intérieur » in lower case, or the « Intérieur » of a minister: a description, whose
/// noun phrase says more than the tagger's span.
fn is_description(doc: &Document, tokens: Span<Tok>) -> bool {
    let lex = Lexicon::of(doc);
    let first = TokenId(tokens.start);
    let common = doc.upos(first) == Upos::Noun && doc.form(first).starts_with(char::is_lowercase);
    let (class, _) = lex.noun(doc.lemma(first), doc.form(first));
    if common
        && (class.has(NounClass::AUTHORITY)
            || class.has(NounClass::POLICE)
            || matches!(doc.lemma(first), "ministère" | "ministry"))
    {
        return true;
    }
    let mut at = first;
    for _ in 0..4 {
        let Some(p) = before(doc, at) else { return false };
        if !matches!(doc.upos(p), Upos::Det | Upos::Adp | Upos::Adj) {
            return at != first && matches!(doc.lemma(p), "ministre" | "ministère" | "secrétariat");
        }
        at = p;
    }
    false
}

/// The names in a tagged span: in English, "Tesla CEO Elon Musk" and "Afghan capital Kabul" are
/// often taken for one.
fn parts(doc: &Document, tokens: Span<Tok>, kind: NameKind) -> Vec<(Span<Tok>, NameKind)> {
    let lex = Lexicon::of(doc);
    // Words that are as often part of a name: "General Motors", "King's College".
    const NAMING: &[&str] = &[
        "dean",
        "earl",
        "general",
        "king",
        "queen",
        "prince",
        "princess",
        "judge",
        "major",
        "captain",
        "director",
        "chief",
        "head",
        "secretary",
        "president",
        "minister",
        "pope",
        "saint",
        "bishop",
        "lord",
        "sir",
    ];
    let office = |t: TokenId| {
        let word = lower(doc, t);
        lex.title(&word, &[]).is_some()
            && (doc.form(t).starts_with(char::is_lowercase) || !NAMING.contains(&word.as_str()))
    };
    let seat = |t: TokenId| matches!(doc.form(t), "capital" | "city" | "town" | "village" | "province" | "region");
    let breaks: Vec<u32> = (tokens.start..tokens.end).filter(|&x| office(TokenId(x)) || seat(TokenId(x))).collect();
    let Some(&last) = breaks.last().filter(|&&b| doc.meta.lang == Lang::En && tokens.len() > 1 && b + 1 < tokens.end)
    else {
        return vec![(tokens, kind)];
    };
    let behind = if seat(TokenId(last)) { NameKind::Location } else { NameKind::Person };
    let mut out = Vec::new();
    let before: Span<Tok> = Span::new(tokens.start, breaks[0]);
    let state = before.len() == 1 && doc.upos(TokenId(before.start)) == Upos::Adj;
    if !before.is_empty() && !state {
        out.push((before, if kind == NameKind::Person { NameKind::Organization } else { kind }));
    }
    out.push((Span::new(last + 1, tokens.end), behind));
    out
}

/// Cuts determiners, quotes and brackets off the ends; an acronym in brackets is another name.
fn trim(doc: &Document, tokens: Span<Tok>, kind: NameKind) -> Option<Span<Tok>> {
    let (mut start, mut end) = (tokens.start, tokens.end);
    if let Some(b) = (start..end).find(|&x| doc.form(TokenId(x)) == "(") {
        end = b;
    }
    let idle = |x: u32| {
        let t = TokenId(x);
        let form = doc.form(t);
        doc.upos(t) == Upos::Punct && !form.ends_with('.')
            || doc.upos(t) == Upos::Part
            || matches!(
                form,
                "le" | "la" | "les" | "l'" | "l’" | "de" | "du" | "des" | "d'" | "d’" | "et" | "à" | "en" | "the"
            )
            || x == tokens.start
                && doc.upos(t) == Upos::Adp
                && matches!(
                    form,
                    "Pour"
                        | "Selon"
                        | "Avec"
                        | "Chez"
                        | "Contre"
                        | "Sans"
                        | "Depuis"
                        | "Après"
                        | "For"
                        | "With"
                        | "After"
                )
    };
    while start < end && idle(start) {
        start += 1;
    }
    while start < end && idle(end - 1) {
        end -= 1;
    }
    // « président Tokaïev »: the title is no part of the name.
    while end - start > 1 {
        let t = TokenId(start);
        let title = Lexicon::of(doc).title(&lower(doc, t), &[]).is_some();
        let person = doc.meta.lang == Lang::En && kind == NameKind::Person;
        // "Dean Kamen": titles that are given names too.
        let given = matches!(doc.form(t), "Dean" | "Earl") && end - start == 2;
        if title && !given && (doc.form(t).starts_with(char::is_lowercase) || person) {
            start += 1
        } else {
            break;
        }
    }
    (start < end).then(|| Span::new(start, end))
}

/// A name that was cut in the middle of a word goes on to its end: "Wong Kwok-kin".
fn hyphened(doc: &Document, tokens: Span<Tok>) -> Span<Tok> {
    let (mut end, size) = (tokens.end, doc.len() as u32);
    while end + 1 < size {
        let (last, hyphen, next) = (TokenId(end - 1), TokenId(end), TokenId(end + 1));
        let joined = |a: TokenId, b: TokenId| doc.token_span(a).end == doc.token_span(b).start;
        if doc.form(hyphen) != "-" || doc.upos(next) != Upos::Propn || !joined(last, hyphen) || !joined(hyphen, next) {
            break;
        }
        end += 2;
    }
    Span::new(tokens.start, end)
}

/// Gazetteer names in the text that stand for themselves: states, organisations, regions.
fn searched(doc: &Document, gaz: &Gazetteer) -> Vec<Name> {
    let mut out = Vec::new();
    for s in 0..doc.sentence_count() {
        let words = doc.sentence(s);
        let mut at = words.start;
        while at < words.end {
            let surface = doc.slice(doc.token_span(TokenId(at)));
            let first = surface.split(['-', '\'', '’']).next().unwrap_or(surface);
            let hit = gaz.longest_from(first).and_then(|most| {
                let end = words.end.min(at + most as u32);
                (at + 1..=end).rev().find_map(|e| {
                    let span = Span::new(at, e);
                    let known =
                        gaz.exact(&plain(doc.slice(doc.char_span(span)))).filter(|_| !is_direction(doc, span))?;
                    Some(Name { tokens: span, kind: None, known: Some(known) })
                })
            });
            match hit {
                Some(n) => {
                    at = n.tokens.end;
                    out.push(n);
                }
                None => at += 1,
            }
        }
    }
    out
}

/// Proper nouns that the tagger left out: acronyms introduced elsewhere, known places, runs of
/// capitals that the tree holds together.
pub(super) fn untagged(doc: &Document, gaz: &Gazetteer, names: &[Name]) -> Vec<Name> {
    let mut short: Vec<String> = doc.tokens().filter_map(|t| bracketed(doc, t.0)).map(|(_, s)| s).collect();
    short.sort_unstable();
    short.dedup();
    let mut out = Vec::new();
    let taken = |t: TokenId| {
        let i = names.partition_point(|n| n.tokens.end <= t.0);
        names.get(i).is_some_and(|n| n.tokens.contains_at(t.0))
    };
    let mut at = 0;
    while at < doc.len() as u32 {
        let t = TokenId(at);
        at += 1;
        let form = doc.form(t);
        if taken(t) || !form.starts_with(char::is_uppercase) {
            continue;
        }
        if short.binary_search_by(|s| s.as_str().cmp(form)).is_ok() {
            out.push(Name { tokens: Span::new(t.0, t.0 + 1), kind: Some(NameKind::Organization), known: None });
            continue;
        }
        if doc.upos(t) != Upos::Propn || form.chars().count() < 2 {
            continue;
        }
        let end = doc.sentence(doc.sentence_of(t)).end;
        while at < end && at - t.0 < 6 {
            let n = TokenId(at);
            if taken(n) || doc.upos(n) != Upos::Propn || !doc.form(n).starts_with(char::is_uppercase) {
                break;
            }
            at += 1;
        }
        // « Britanniques », « Athlètes » are common nouns that begin with a capital.
        let common = |t: TokenId| {
            let form = lower(doc, t);
            !gaz.demonym(&form).is_empty() || !Lexicon::of(doc).noun(&form, &form).0.is_empty()
        };
        if at == t.0 + 1 && common(t) {
            continue;
        }
        let mut tokens: Span<Tok> = Span::new(t.0, at);
        if is_direction(doc, tokens) {
            continue;
        }
        // "Health Secretary Matt Hancock"
        let last = TokenId(at - 1);
        let bearer = (at as usize) < doc.len() && taken(TokenId(at));
        if bearer && doc.meta.lang == Lang::En && Lexicon::of(doc).title(&lower(doc, last), &[]).is_some() {
            continue;
        }
        if doc.meta.lang == Lang::En && tokens.len() > 1 && Lexicon::of(doc).title(&lower(doc, t), &[]).is_some() {
            // "Senator Lopez"
            tokens = Span::new(t.0 + 1, at);
            out.push(Name { tokens, kind: Some(NameKind::Person), known: None });
            continue;
        }
        let text = plain(doc.slice(doc.char_span(tokens)));
        let place = gaz.find(&text).iter().any(|&k| gaz.known(k).kind != EntityType::Organization);
        out.push(Name { tokens, kind: place.then_some(NameKind::Location), known: None });
    }
    out
}

/// An acronym in brackets that opens at word `at`: its word and its text.
pub(super) fn bracketed(doc: &Document, at: u32) -> Option<(TokenId, String)> {
    let open = TokenId(at);
    if at as usize >= doc.len() || doc.form(open) != "(" {
        return None;
    }
    let short = after(doc, open, 1)?;
    let close = after(doc, open, 2)?;
    let text = doc.form(short);
    (matches!(doc.form(close), ")" | "," | ";") && is_acronym(text) && text.chars().count() <= 12)
        .then(|| (short, text.to_owned()))
}

/// Organisations that only their acronym in brackets gives away.
pub(super) fn introduced(doc: &Document, names: &[Name]) -> Vec<Name> {
    let mut out = Vec::new();
    for t in doc.tokens() {
        if doc.form(t) != "(" {
            continue;
        }
        let Some((_, short)) = bracketed(doc, t.0) else { continue };
        let i = names.partition_point(|n| n.tokens.end < t.0);
        if names.get(i).is_some_and(|n| n.tokens.end == t.0) {
            continue;
        }
        let floor = doc.sentence(doc.sentence_of(t)).start.max(t.0.saturating_sub(14));
        let mut words: Vec<&str> = Vec::new();
        let mut at = t;
        while let Some(p) = before(doc, at).filter(|p| p.0 >= floor) {
            at = p;
            if doc.upos(at) == Upos::Punct && doc.form(at) != "-" {
                break;
            }
            words.insert(0, doc.form(at));
            let capital = doc.form(at).starts_with(char::is_uppercase);
            let span = Span::new(at.0, t.0);
            if capital && !is_function_word(doc.form(at)) && abbreviates(&short, &words) {
                let from = names.partition_point(|n| n.tokens.end <= span.start);
                let cut =
                    names[from..].iter().take_while(|n| n.tokens.start < span.end).any(|n| !span.contains(n.tokens));
                if !cut && words.len() >= 2 {
                    out.push(Name { tokens: span, kind: Some(NameKind::Organization), known: None });
                }
                break;
            }
        }
    }
    out
}
