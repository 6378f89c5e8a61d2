//! Clauses that speak of one scene, so that a time or a place of one also holds for the other.

use crate::verbs;
use temoin_model::{Document, TokenId, Upos};

/// Participles that say that an event was: « une collision survenue lundi à Rochefort ».
const HAPPENED: [&str; 9] =
    ["survenir", "perpétrer", "commettre", "produire", "intervenir", "occur", "happen", "commit", "stage"];

/// Other clauses in whose time and place the one at `t` happens, the surest first.
pub(crate) fn shared(doc: &Document, t: TokenId) -> Vec<TokenId> {
    let mut out = Vec::new();
    out.extend(doer_event(doc, t));
    let Some(v) = Some(t).filter(|&t| verbs::is_predicate(doc, t)) else { return out };
    out.extend(at_once_with(doc, v));
    out.extend(toll_partner(doc, v));
    out
}

/// « … lorsqu'une bombe a explosé »: the clauses above and below that happen at the same moment.
fn at_once_with(doc: &Document, v: TokenId) -> Vec<TokenId> {
    // « quand il vivait à Paris » is no moment.
    let lasting = |c: TokenId| verbs::finite(doc, c).is_some_and(|f| doc.feat(f, "Tense") == Some("Imp"));
    let at_once = |c: TokenId| {
        let mark =
            |&m: &TokenId| m < c && matches!(doc.lemma(m), "lorsque" | "quand" | "when") && doc.relation(m) != "obl";
        doc.relation(c) == "advcl"
            && verbs::tense(doc, c) == verbs::VerbTense::Past
            && !lasting(c)
            && doc.dependents(c).iter().any(mark)
    };
    let above = doc.head(v).filter(|&h| at_once(v) && matches!(doc.upos(h), Upos::Verb | Upos::Adj));
    let below = doc.dependents(v).iter().copied().filter(|&c| at_once(c));
    above.into_iter().chain(below).collect()
}

/// « Six personnes sont mortes et huit ont été blessées à Québec »: the second half of a toll.
fn toll_partner(doc: &Document, v: TokenId) -> Option<TokenId> {
    let number = |&n: &TokenId| doc.relation(n) == "nummod" || doc.lemma(n) == "un" && doc.relation(n) == "det";
    let counted = |v: TokenId| {
        doc.dependents(v).iter().copied().filter(|&d| d < v).any(|d| match doc.relation(d) {
            "nsubj" => doc.upos(d) == Upos::Num || doc.dependents(d).iter().any(number),
            rel => rel == "nummod",
        })
    };
    let second = |&c: &TokenId| doc.relation(c) == "conj" && c.0 - v.0 <= 8 && counted(c);
    let next = doc.dependents(v).iter().copied().filter(|&c| c > v).find(second)?;
    let comma = (v.0..next.0).any(|i| matches!(doc.form(TokenId(i)), "," | ";" | "mais"));
    (counted(v) && !comma && doc.upos(next) == Upos::Verb).then_some(next)
}

/// « Une collision survenue lundi à Rochefort a tué … »: the participle on the event that does it.
fn doer_event(doc: &Document, t: TokenId) -> Option<TokenId> {
    let v = if verbs::is_predicate(doc, t) { t } else { doc.head(t).filter(|_| doc.relation(t) == "obj")? };
    let doer = |d: &&TokenId| matches!(doc.deprel(**d), "nsubj" | "obl:agent") && **d != t;
    let event = doc.dependents(v).iter().find(doer)?;
    let happened = |d: &TokenId| doc.relation(*d) == "acl" && HAPPENED.contains(&doc.lemma(*d));
    doc.dependents(*event).iter().copied().find(happened)
}
