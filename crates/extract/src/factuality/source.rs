//! Who speaks: subjects of reporting verbs, « selon X », quotations.

use super::Source;
use super::cues::{Cues, Kind};
use crate::verbs;
use temoin_model::{Document, Lang, Span, Tok, TokenId, Upos};

/// How many sentences a quotation is followed back or on to find who speaks.
const QUOTE_REACH: usize = 8;
/// How many words away a source phrase or a quotation mark is looked for.
const WINDOW: u32 = 400;
/// Quotations shorter than this are words borrowed (« modération »), not statements.
const QUOTE_WORDS: u32 = 4;

/// The speaker of a reporting predicate: its subject, the agent of its passive, the noun that its
/// relative clause or participle modifies, the subject it shares with the verb above.
pub(super) fn speaker(doc: &Document, verb: TokenId) -> Source {
    let mut v = verb;
    for _ in 0..12 {
        let behind = inverted(doc, v);
        if let Some((s, _)) = behind
            && verbs::is_set_off(doc, v, s)
        {
            return Source::Token(s);
        }
        if let Some((s, true)) = behind
            && doc.dependents_by(v, "nsubj").all(|x| x.0 < v.0)
        {
            return Source::Token(s);
        }
        let reflexive = doc.dependents(v).iter().any(|&d| doc.relation(d) == "expl" && doc.lemma(d).starts_with('s'));
        let passive =
            !reflexive && doc.dependents(v).iter().any(|&d| matches!(doc.deprel(d), "aux:pass" | "nsubj:pass"));
        // « accusé d'avoir fui, il … »: a participle without an auxiliary is passive too.
        let participle = doc.feat(v, "VerbForm") == Some("Part")
            && doc.feat(v, "Tense") == Some("Past")
            && matches!(doc.relation(v), "acl" | "advcl")
            && verbs::auxiliaries(doc, v).next().is_none();
        // "the man accused of killing X" with "accused" read as a past
        let read_as_past = doc.meta.lang == Lang::En
            && doc.relation(v) == "acl"
            && !doc.deprel(v).ends_with("relcl")
            && doc.form(v).ends_with("ed")
            && doc.dependents_by(v, "nsubj").next().is_none();
        if passive || participle || read_as_past {
            let agent = doc.dependents(v).iter().copied().find(|&d| doc.deprel(d) == "obl:agent");
            return agent.map_or(Source::Unnamed, Source::Token);
        }
        let subject = doc.dependents_by(v, "nsubj").next().or_else(|| {
            doc.dependents(v).iter().copied().find(|&d| doc.deprel(d) == "expl:subj" && doc.lemma(d) != "ce")
        });
        if let Some((s, _)) = behind.filter(|_| subject.is_none()) {
            return Source::Token(s);
        }
        if let Some(s) = subject {
            return named(doc, v, s);
        }
        let Some(h) = doc.head(v) else { return Source::Unnamed };
        match doc.relation(v) {
            "acl" => {
                let nominal = matches!(doc.upos(h), Upos::Noun | Upos::Propn | Upos::Pron);
                // « X a salué Y, affirmant que … »: a participle set off from its noun speaks for the subject.
                let set_off =
                    doc.feat(v, "VerbForm") == Some("Part") && v.0 > 0 && doc.upos(TokenId(v.0 - 1)) == Upos::Punct;
                match verbs::governor(doc, h).filter(|_| set_off) {
                    Some(g) if g != v => v = g,
                    _ => return if nominal { Source::Token(h) } else { Source::Unnamed },
                }
            }
            "conj" | "xcomp" | "advcl" | "obl" | "aux" | "cop" => v = h,
            _ => return Source::Unnamed,
        }
    }
    Source::Unnamed
}

/// « rappelons que », « notons que »: the article speaks to its reader.
pub(super) fn is_aside(doc: &Document, v: TokenId) -> bool {
    let subject = doc.dependents(v).iter().any(|&d| matches!(doc.relation(d), "nsubj" | "expl" | "aux"));
    !subject && (doc.feat(v, "Mood") == Some("Imp") || doc.form(v).to_lowercase().ends_with("ons"))
}

/// « », a déclaré le maire »: behind a quotation the noun right after the verb is its subject,
/// whatever the tree makes of it.
/// The flag tells whether a closing quotation mark stands right before the verb, which settles it.
fn inverted(doc: &Document, v: TokenId) -> Option<(TokenId, bool)> {
    let s = doc.sentence(doc.sentence_of(v));
    let first = verbs::auxiliaries(doc, v).map(|a| a.0).min().unwrap_or(v.0).min(v.0);
    let inserted = first > s.start && matches!(doc.form(TokenId(first - 1)), "," | "»" | "”" | "\"" | "-" | "–" | "—");
    if !inserted {
        return None;
    }
    let closed = (first.saturating_sub(2).max(s.start)..first).any(|x| matches!(doc.form(TokenId(x)), "»" | "”"));
    for x in (v.0 + 1..s.end.min(v.0 + 6)).map(TokenId) {
        match doc.upos(x) {
            Upos::Noun | Upos::Propn => return Some((x, closed)),
            Upos::Det | Upos::Adj | Upos::Num | Upos::Adv | Upos::Sym | Upos::X => {}
            _ => return None,
        }
    }
    None
}

/// Whether `v` reports the quotation that closes right before it: « … », a déclaré le maire.
pub(super) fn closes_quotation(doc: &Document, cues: &Cues, v: TokenId) -> bool {
    inverted(doc, v).is_some_and(|(_, closed)| closed) && cues.of_predicate(doc, Kind::Report, v).is_some()
}

fn named(doc: &Document, verb: TokenId, subject: TokenId) -> Source {
    match doc.lemma(subject) {
        "on" => return Source::Unnamed,
        // « qui » stands for what the relative clause modifies.
        "qui" | "lequel" | "who" | "which" => {
            if let Some(h) = doc.head(verb).filter(|_| doc.relation(verb) == "acl") {
                return Source::Token(h);
            }
        }
        _ => {}
    }
    Source::Token(subject)
}

/// « selon X » and its like in a sentence.
pub(super) struct Phrase {
    /// Who it names.
    pub(super) source: Source,
    /// The predicate that it hangs on, where it does not hold for the whole sentence.
    pub(super) scope: Option<TokenId>,
}

/// All source phrases of the sentence of `t`, in text order.
pub(super) fn phrases(doc: &Document, cues: &Cues, t: TokenId) -> Vec<Phrase> {
    let sentence = doc.sentence(doc.sentence_of(t));
    let mut out = Vec::new();
    // A window bounds the work on sentences without end.
    let (from, to) = (t.0.saturating_sub(WINDOW).max(sentence.start), (t.0 + WINDOW).min(sentence.end));
    for w in (from..to).map(TokenId) {
        if doc.upos(w) == Upos::Punct {
            continue;
        }
        let Some(first) = cues.phrase_at(doc, Kind::Source, w).map(|(_, f)| f).or_else(|| viewed_by(doc, w)) else {
            continue;
        };
        let Some(noun) = complement(doc, cues, w, sentence.end) else { continue };
        if cues.get(Kind::NoSource, doc.lemma(noun)).is_some() {
            continue;
        }
        let opens = first.0 <= sentence.start + 1;
        let set_off = first.0 > sentence.start && matches!(doc.form(TokenId(first.0 - 1)), "," | "–" | "—" | "(" | "»");
        // « selon ce qu'a confié le juge »: who confided speaks.
        let clause = (doc.lemma(noun) == "ce").then(|| doc.dependents_by(noun, "acl").next()).flatten();
        if let Some(v) = clause {
            out.push(Phrase { source: speaker(doc, v), scope: None });
            continue;
        }
        let governor = doc.head(noun).and_then(|h| verbs::governor(doc, h));
        // « une initiative destinée, selon eux, à casser … »: inside a clause of a noun it holds for that.
        let inner = doc.head(noun).is_some_and(|h| doc.relation(h) == "acl" && governor == Some(h));
        let scope = if opens || set_off && !inner { None } else { governor };
        out.push(Phrase { source: Source::Token(carried(doc, cues, noun)), scope });
    }
    out
}

/// « Pour Mariano Rajoy, c'est … »: a person's name between « Pour » at the head of a sentence and a comma.
fn viewed_by(doc: &Document, w: TokenId) -> Option<TokenId> {
    let sentence = doc.sentence(doc.sentence_of(w));
    let opens = (sentence.start..w.0).all(|i| doc.upos(TokenId(i)) == Upos::Punct);
    let name = (w.0 + 1 < sentence.end).then(|| doc.name_at(TokenId(w.0 + 1))).flatten()?;
    let comma = TokenId(name.tokens.end);
    let person = name.kind == temoin_model::NameKind::Person && name.tokens.start == w.0 + 1;
    (opens && doc.form(w) == "Pour" && person && comma.0 < sentence.end && doc.form(comma) == ",").then_some(w)
}

/// The noun that a source word introduces: the one it is the case of, else the next noun.
fn complement(doc: &Document, cues: &Cues, w: TokenId, end: u32) -> Option<TokenId> {
    // « de source policière »: the cue holds the noun itself.
    if doc.upos(w) == Upos::Noun {
        return Some(w);
    }
    let nominal = |t: TokenId| matches!(doc.upos(t), Upos::Noun | Upos::Propn | Upos::Pron);
    if let Some(h) = doc.head(w).filter(|&h| h.0 > w.0 && nominal(h) && doc.relation(w) == "case") {
        return Some(h);
    }
    let next = (w.0 + 1..end.min(w.0 + 8)).map(TokenId).find(|&t| nominal(t) || doc.upos(t) == Upos::Verb)?;
    // "according to Saudi Arabia's defence authority", "citing privacy rules": the first noun does not speak.
    let inner = |t: TokenId| doc.deprel(t) == "nmod:poss" || doc.relation(t) == "compound" && doc.upos(t) == Upos::Noun;
    let next = doc.head(next).filter(|&h| inner(next) && h > next && nominal(h)).unwrap_or(next);
    (nominal(next) && cues.get(Kind::Source, doc.lemma(next)).is_none()).then_some(next)
}

/// « les informations du Figaro » stands for Le Figaro; « le ministre » for itself.
fn carried(doc: &Document, cues: &Cues, noun: TokenId) -> TokenId {
    if cues.get(Kind::Carrier, doc.lemma(noun)).is_none() {
        return noun;
    }
    let of = |t: TokenId| doc.dependents_by(t, "nmod").find(|&d| matches!(doc.upos(d), Upos::Noun | Upos::Propn));
    match of(noun) {
        // « un communiqué du ministère »; « le bilan de la catastrophe » only when it names somebody.
        Some(d) if doc.upos(d) == Upos::Propn || doc.name_at(d).is_some() || is_body(doc, d) => d,
        _ => noun,
    }
}

/// Whether a common noun can speak: it is definite and of none of the kinds that only happen.
fn is_body(doc: &Document, t: TokenId) -> bool {
    doc.dependents_by(t, "det").any(|d| matches!(doc.lemma(d), "le" | "son" | "the"))
        && !doc.lemma(t).ends_with("tion")
        && !doc.lemma(t).ends_with("ment")
        || doc.lemma(t).starts_with("ministère")
}

/// Who says the quotation that `t` stands in; `None` outside of quotations.
pub(super) fn quotation(doc: &Document, cues: &Cues, t: TokenId) -> Option<Source> {
    let s = doc.sentence_of(t);
    let open = opening(doc, t, s)?;
    let close = closing(doc, t, s);
    if close.map_or(t.0 + QUOTE_WORDS, |c| c.0).saturating_sub(open.0) <= QUOTE_WORDS {
        return None;
    }
    // The reporting verb stands right behind the closing mark, or before the opening one.
    let mut spans: Vec<Span<Tok>> = Vec::new();
    if let Some(c) = close {
        spans.push(Span::new(c.0 + 1, doc.sentence(doc.sentence_of(c)).end.max(c.0 + 1)));
    }
    spans.push(Span::new(doc.sentence(doc.sentence_of(open)).start, open.0));
    // A quotation broken by an insertion: « …, a déclaré X, … ».
    if let Some(v) = spans.iter().find_map(|&span| reporting_verb(doc, cues, span)) {
        return Some(speaker(doc, v));
    }
    let inserted = doc
        .tokens_in(doc.sentence(s))
        .find(|&v| doc.relation(v) == "parataxis" && cues.of_predicate(doc, Kind::Report, v).is_some());
    Some(inserted.map_or(Source::Unnamed, |v| speaker(doc, v)))
}

/// The quotation that closes right before the reporting verb `v`: « … », a-t-il déclaré.
pub(super) fn closed_before(doc: &Document, cues: &Cues, v: TokenId) -> Option<Span<Tok>> {
    cues.of_predicate(doc, Kind::Report, v)?;
    let start = doc.sentence(doc.sentence_of(v)).start;
    let near = (start.max(v.0.saturating_sub(6))..v.0).rev().map(TokenId);
    let plain = |&t: &TokenId| !matches!(doc.upos(t), Upos::Noun | Upos::Propn | Upos::Verb);
    let close = near.take_while(plain).find(|&t| side(doc, t) == Some(Side::Closes))?;
    let open = opening(doc, close, doc.sentence_of(close))?;
    Some(Span::new(open.0 + 1, close.0))
}

fn reporting_verb(doc: &Document, cues: &Cues, span: Span<Tok>) -> Option<TokenId> {
    // Words inside another quotation say nothing of who speaks.
    let mut quoted = false;
    doc.tokens_in(span).find(|&v| {
        quoted = side(doc, v).map_or(quoted, |s| s == Side::Opens);
        !quoted && doc.upos(v) == Upos::Verb && cues.of_predicate(doc, Kind::Report, v).is_some()
    })
}

/// Which side of a quotation a mark stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
}

/// The side of a quotation mark; a straight one stands close to the words that it encloses, else every
/// second one of the sentence closes.
fn side(doc: &Document, x: TokenId) -> Option<Side> {
    match doc.form(x) {
        "«" | "“" => return Some(Side::Opens),
        "»" | "”" => return Some(Side::Closes),
        "\"" => {}
        _ => return None,
    }
    let glued =
        |a: u32, b: u32| (b as usize) < doc.len() && doc.token_span(TokenId(a)).end == doc.token_span(TokenId(b)).start;
    let before = x.0 > 0 && glued(x.0 - 1, x.0);
    let after = glued(x.0, x.0 + 1) && doc.upos(TokenId(x.0 + 1)) != Upos::Punct;
    Some(match (before, after) {
        (false, true) => Side::Opens,
        (true, false) => Side::Closes,
        _ => {
            let start = doc.sentence(doc.sentence_of(x)).start;
            let marks = doc.tokens_in(Span::new(start, x.0 + 1)).filter(|&q| doc.form(q) == "\"").count();
            if marks % 2 == 1 { Side::Opens } else { Side::Closes }
        }
    })
}

fn opening(doc: &Document, t: TokenId, s: usize) -> Option<TokenId> {
    let from = doc.sentence(s.saturating_sub(QUOTE_REACH)).start.max(t.0.saturating_sub(WINDOW));
    let (x, side) = (from..t.0).rev().map(TokenId).find_map(|x| side(doc, x).map(|s| (x, s)))?;
    (side == Side::Opens).then_some(x)
}

fn closing(doc: &Document, t: TokenId, s: usize) -> Option<TokenId> {
    let last = (s + QUOTE_REACH).min(doc.sentence_count() - 1);
    let end = doc.sentence(last).end.min(t.0 + WINDOW);
    let (x, side) = (t.0 + 1..end).map(TokenId).find_map(|x| side(doc, x).map(|s| (x, s)))?;
    (side == Side::Closes).then_some(x)
}
