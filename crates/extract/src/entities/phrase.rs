//! Noun phrases: which words belong to the label of a noun, and which agree with it.

use super::gazetteer::Gender;
use super::lexicon::{Lexicon, NounClass};
use temoin_model::{Document, Lang, Span, Tok, TokenId, Upos};

/// Most words of a label; a name counts as one.
const MAX_WORDS: u32 = 8;
const MAX_TOKENS: u32 = 24;

/// Form in lower case with straight apostrophes.
pub(super) fn lower(doc: &Document, t: TokenId) -> String {
    doc.form(t).to_lowercase().replace('’', "'")
}

/// The token before `t` in its sentence.
pub(super) fn before(doc: &Document, t: TokenId) -> Option<TokenId> {
    (t.0 > doc.sentence(doc.sentence_of(t)).start).then(|| TokenId(t.0 - 1))
}

/// The token `n` places after `t` in its sentence.
pub(super) fn after(doc: &Document, t: TokenId, n: u32) -> Option<TokenId> {
    (t.0 + n < doc.sentence(doc.sentence_of(t)).end).then(|| TokenId(t.0 + n))
}

/// Lemma of the preposition of `t`, if it has one.
pub(super) fn case_of(doc: &Document, t: TokenId) -> Option<&str> {
    doc.dependents(t).iter().find(|&&d| doc.relation(d) == "case" && d < t).map(|&d| doc.lemma(d))
}

/// The determiner of `t`.
pub(super) fn determiner(doc: &Document, t: TokenId) -> Option<TokenId> {
    doc.dependents(t).iter().copied().find(|&d| d < t && doc.upos(d) == Upos::Det)
}

/// How a noun phrase is determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definite {
    Article,
    Demonstrative,
    Possessive,
    Indefinite,
    Bare,
}

pub(super) fn definiteness(doc: &Document, t: TokenId) -> Definite {
    let Some(d) = determiner(doc, t) else { return Definite::Bare };
    match lower(doc, d).as_str() {
        "le" | "la" | "les" | "l'" | "the" => Definite::Article,
        "ce" | "cet" | "cette" | "ces" | "this" | "these" | "that" | "those" => Definite::Demonstrative,
        "son" | "sa" | "ses" | "leur" | "leurs" | "his" | "her" | "their" | "its" => Definite::Possessive,
        _ => Definite::Indefinite,
    }
}

/// Gender of a word by its features, its determiner or the lexicon.
pub(super) fn gender(doc: &Document, t: TokenId) -> Option<Gender> {
    let by_feat = |t| match doc.feat(t, "Gender") {
        Some("Masc") => Some(Gender::Masc),
        Some("Fem") => Some(Gender::Fem),
        _ => None,
    };
    let (_, lexical) = Lexicon::of(doc).noun(doc.lemma(t), doc.form(t));
    let determined = determiner(doc, t).and_then(|d| match lower(doc, d).as_str() {
        "le" | "un" | "ce" | "cet" => Some(Gender::Masc),
        "la" | "une" | "cette" => Some(Gender::Fem),
        _ => None,
    });
    lexical.or(determined).or_else(|| by_feat(t))
}

/// Whether a noun is plural, by its determiner or its features.
pub(super) fn plural(doc: &Document, t: TokenId) -> Option<bool> {
    if let Some(d) = determiner(doc, t) {
        match lower(doc, d).as_str() {
            "le" | "la" | "un" | "une" | "ce" | "cet" | "cette" | "son" | "sa" | "leur" => return Some(false),
            "les" | "des" | "ces" | "ses" | "leurs" | "plusieurs" => return Some(true),
            _ => {}
        }
    }
    match doc.feat(t, "Number") {
        Some("Plur") => Some(true),
        Some("Sing") => Some(false),
        _ => None,
    }
}

/// Words that the label of the noun `t` spans: adjectives and complements with « de », without
/// determiner, relative clause, apposition or conjunct.
pub(super) fn label(doc: &Document, t: TokenId, names: &[Span<Tok>]) -> Span<Tok> {
    let sentence = doc.sentence(doc.sentence_of(t));
    let mut start = t.0;
    while start > sentence.start && t.0 - start < 3 {
        let b = TokenId(start - 1);
        // "security forces", "air quality policy"; French compounds stand behind.
        let compound = doc.meta.lang == Lang::En && doc.relation(b) == "compound";
        let adjective = doc.upos(b) == Upos::Adj && doc.relation(b) == "amod";
        let of = doc.head(b).is_some_and(|h| h == t || compound && start <= h.0 && h < t);
        // "a 14-year-old boy" is a boy.
        let aged = doc.form(b) == "old" && before(doc, b).is_some_and(|h| doc.form(h) == "-");
        let inside = (adjective || compound) && of && !is_vague(doc, b) && !aged;
        if !inside {
            break;
        }
        start -= 1;
        start = hyphenated(doc, sentence.start, start);
    }
    if let Some((name, behind)) = owner(doc, t, names)
        && (behind..start).all(|x| matches!(doc.upos(TokenId(x)), Upos::Adj | Upos::Num | Upos::Noun))
    {
        start = name;
    }
    let mut end = t.0 + 1;
    let mut budget = MAX_WORDS.saturating_sub((t.0 - start).min(3));
    extend(doc, t, names, &mut end, &mut budget, 0);
    // A trailing preposition or article says nothing.
    while end > t.0 + 1 && matches!(doc.upos(TokenId(end - 1)), Upos::Adp | Upos::Det | Upos::Cconj | Upos::Punct) {
        end -= 1;
    }
    Span::new(start, end)
}

/// "Kim Jong Un's sister": where the name of the owner begins, and where the word behind it begins.
fn owner(doc: &Document, t: TokenId, names: &[Span<Tok>]) -> Option<(u32, u32)> {
    let d = doc.dependents(t).iter().copied().find(|&d| d < t && doc.deprel(d) == "nmod:poss")?;
    let name = Some(names[d.ix()]).filter(|n| !n.is_empty() && doc.meta.lang == Lang::En)?;
    Some((name.start, doc.subtree(d).end))
}

/// Where the hyphenated word that ends at `start` begins: "ground-level".
fn hyphenated(doc: &Document, first: u32, start: u32) -> u32 {
    let hyphen = start >= first + 2 && doc.meta.lang == Lang::En && doc.form(TokenId(start - 1)) == "-";
    let inside = |b: TokenId| matches!(doc.relation(b), "compound" | "amod" | "advmod") && doc.upos(b) != Upos::Num;
    // "a 14-year-old boy"
    let longer = hyphen && start >= first + 3 && doc.form(TokenId(start - 3)) == "-";
    if hyphen && !longer && inside(TokenId(start - 2)) { start - 2 } else { start }
}

/// Adjectives that place or count rather than describe.
fn is_vague(doc: &Document, t: TokenId) -> bool {
    matches!(
        doc.lemma(t),
        "dernier"
            | "prochain"
            | "premier"
            | "autre"
            | "même"
            | "tel"
            | "certain"
            | "différent"
            | "divers"
            | "nombreux"
            | "seul"
            | "quelque"
            | "tout"
            | "principal"
            | "nouveau"
            | "last"
            | "next"
            | "first"
            | "other"
            | "same"
            | "such"
            | "various"
            | "many"
            | "several"
            | "only"
            | "some"
            | "main"
            | "new"
    )
}

/// « accuser la direction de trahison »: whether `t` is the object of a verb whose « de » says of what.
fn takes_what_of(doc: &Document, t: TokenId) -> bool {
    doc.relation(t) == "obj"
        && doc.head(t).is_some_and(|v| {
            matches!(
                doc.lemma(v),
                "accuser" | "soupçonner" | "suspecter" | "priver" | "menacer" | "traiter" | "qualifier"
            )
        })
}

fn extend(doc: &Document, t: TokenId, names: &[Span<Tok>], end: &mut u32, budget: &mut u32, depth: u32) {
    if depth > 4 {
        return;
    }
    for &d in doc.dependents(t).iter().filter(|&&d| d > t) {
        if d.0 < *end {
            continue;
        }
        if *end - t.0 > MAX_TOKENS || *budget == 0 {
            return;
        }
        let rel = doc.relation(d);
        let adjective = rel == "amod" && !is_vague(doc, d) && doc.upos(d) != Upos::Num;
        let lead = TokenId(*end);
        let next = d.0 == *end;
        let name = Some(names[d.ix()]).filter(|n| !n.is_empty());
        let content = matches!(doc.upos(d), Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) || name.is_some();
        let of = rel == "nmod" && content && starts_with_of(doc, lead, name.map_or(d.0, |n| n.start.min(d.0)));
        if of && depth == 0 && name.is_none() && determiner(doc, d).is_none() && takes_what_of(doc, t) {
            return;
        }
        let bare = depth == 0
            && rel == "nmod"
            && d.0 == *end + 1
            && matches!(doc.form(lead), "à" | "en")
            && doc.upos(d) == Upos::Noun
            && name.is_none()
            && !Lexicon::of(doc).noun(doc.lemma(d), doc.form(d)).0.has(NounClass::PREPOSITION);
        // « le régime du président Tokaïev »
        let bearer = depth > 0 && name.is_some_and(|n| n.start == *end) && matches!(rel, "appos" | "nmod" | "flat");
        // « la ligne C du RER », « le groupe 12 »
        let code = next
            && matches!(rel, "nmod" | "appos" | "amod")
            && doc.form(d).chars().count() <= 3
            && doc.form(d).chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && doc.form(d).chars().any(char::is_uppercase);
        // « le think tank »
        let compound = next && rel == "nmod" && Lexicon::of(doc).compound(&[doc.form(t), doc.form(d)]).is_some();
        let flat = matches!(rel, "flat" | "fixed" | "compound") && next || code || compound;
        // « bélarusses, arméniens et kirghizes » inside a label: only after an adjective or in a complement.
        let conjunct = rel == "conj" && depth > 0 && joined(doc, *end, d);
        if !(adjective && (next || adverbs_only(doc, *end, d)) || of || bare || bearer || flat || conjunct) {
            // Commas, brackets and clauses end the label; so does a complement that is left out.
            if doc.upos(d) == Upos::Cconj || rel == "punct" && depth > 0 {
                continue;
            }
            return;
        }
        if is_time(doc, d) {
            return;
        }
        let upto = name.map_or(d.0 + 1, |n| n.end);
        let cost = 1 + u32::from(of || conjunct) + (d.0.saturating_sub(*end + 1)) / 2;
        *budget = budget.saturating_sub(cost);
        *end = upto;
        extend(doc, d, names, end, budget, depth + 1);
    }
}

fn is_time(doc: &Document, t: TokenId) -> bool {
    Lexicon::of(doc).noun(doc.lemma(t), doc.form(t)).0.has(NounClass::TIME)
}

/// « de », « du », « des », « d' » and determiners or adjectives from `at` up to the noun `d`.
fn starts_with_of(doc: &Document, at: TokenId, noun: u32) -> bool {
    at.0 < noun
        && matches!(lower(doc, at).as_str(), "de" | "d'" | "du" | "des" | "of")
        && (at.0 + 1..noun).all(|x| matches!(doc.upos(TokenId(x)), Upos::Det | Upos::Adj | Upos::Num))
}

fn joined(doc: &Document, end: u32, d: TokenId) -> bool {
    d.0.saturating_sub(end) <= 3
        && (end..d.0).any(|x| matches!(doc.lemma(TokenId(x)), "et" | "ou" | "and" | "or"))
        && (end..d.0).all(|x| matches!(doc.upos(TokenId(x)), Upos::Cconj | Upos::Adp | Upos::Det))
}

fn adverbs_only(doc: &Document, end: u32, d: TokenId) -> bool {
    (end..d.0).all(|x| matches!(doc.upos(TokenId(x)), Upos::Adv)) || joined(doc, end, d)
}
