//! Which clause a time expression dates.

use super::{TimeExpr, head};
use crate::verbs;
use temoin_model::{Document, TokenId, Upos};

/// How a time hangs on a trigger; earlier is surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    /// On the trigger itself.
    Direct,
    /// On a noun of the clause, without « de »: an attachment that parsers often get wrong.
    Doubtful,
    /// On the first of coordinated verbs that share their subject.
    Shared,
    /// It opens the sentence, whose main clause the trigger heads.
    Opening,
}

/// The time expression that dates the clause or nominal headed by `trigger`: attached inside its
/// subtree, but not inside a clause of its own; else one shared through coordination, else the one
/// that opens the sentence of which `trigger` heads the main clause.
///
/// A nominal without a time of its own takes that of the clause it happens in: « lors des
/// manifestations », « l'attaque a fait dix morts ».
pub fn for_clause<'a>(doc: &Document, times: &'a [TimeExpr], trigger: TokenId) -> Option<&'a TimeExpr> {
    own(doc, times, trigger).or_else(|| own(doc, times, during(doc, trigger)?))
}

/// The clause whose time a nominal shares.
fn during(doc: &Document, nominal: TokenId) -> Option<TokenId> {
    if verbs::is_predicate(doc, nominal) {
        return None;
    }
    let mut at = nominal;
    for _ in 0..6 {
        let h = doc.head(at)?;
        let at_once = at_once(doc, at);
        if verbs::is_predicate(doc, h) {
            let made = matches!(doc.relation(at), "obj" | "conj")
                && matches!(doc.lemma(h), "faire" | "causer" | "provoquer" | "entraîner" | "coûter" | "cause");
            let held = doc.relation(at) == "nsubj"
                && matches!(
                    doc.lemma(h),
                    "tenir" | "dérouler" | "produire" | "survenir" | "intervenir" | "débuter" | "commencer" | "éclater"
                );
            return (at_once || made || held).then_some(h);
        }
        // Up through « des dizaines de morts » and « morts et blessés », but not out of another event.
        if !at_once && !matches!(doc.relation(at), "nmod" | "conj") {
            return None;
        }
        if at_once {
            return verbs::governor(doc, h);
        }
        at = h;
    }
    None
}

/// Whether « lors de », « pendant », « au cours de » stands before a noun, by words: trees differ on them.
fn at_once(doc: &Document, noun: TokenId) -> bool {
    let start = doc.sentence(doc.sentence_of(noun)).start;
    for t in (start.max(noun.0.saturating_sub(6))..noun.0).rev().map(TokenId) {
        match doc.lemma(t) {
            "lors" | "pendant" | "durant" | "cours" | "during" => return true,
            _ if matches!(doc.upos(t), Upos::Det | Upos::Adp | Upos::Adj | Upos::Num) => {}
            _ => return false,
        }
    }
    false
}

fn own<'a>(doc: &Document, times: &'a [TimeExpr], trigger: TokenId) -> Option<&'a TimeExpr> {
    let sentence = doc.sentence(doc.sentence_of(trigger));
    let from = times.partition_point(|t| t.tokens.end <= sentence.start);
    let here = times[from..].iter().take_while(|t| t.tokens.start < sentence.end);
    here.filter(|t| t.value.rule != "century" && t.value.rule != "decade" || t.value.start.is_some())
        .filter(|t| !compared(doc, t))
        .filter_map(|t| Some((bond(doc, t, trigger)?, t)))
        // Of « un mois avant, le 13 juillet » the day says more.
        .min_by_key(|&(bond, t)| {
            (bond, t.value.start.is_none() || t.value.start != t.value.end, t.tokens.start.abs_diff(trigger.0))
        })
        .map(|(_, t)| t)
}

fn bond(doc: &Document, time: &TimeExpr, trigger: TokenId) -> Option<Bond> {
    if time.tokens.contains_at(trigger.0) {
        return None;
    }
    let h = head(doc, time.tokens);
    let up = doc.head(h);
    if up == Some(trigger) {
        return Some(Bond::Direct);
    }
    let predicate = verbs::is_predicate(doc, trigger);
    if !predicate {
        // A nominal event takes only what hangs on it or on its complements: « la mort de X mardi ».
        let mut at = up;
        for _ in 0..4 {
            let x = at?;
            if x == trigger {
                return Some(Bond::Doubtful);
            }
            if verbs::is_predicate(doc, x) || doc.relation(x) == "appos" || names_its_noun(doc, time, h) {
                return None;
            }
            at = doc.head(x);
        }
        return None;
    }
    let governor = up.and_then(|x| verbs::governor(doc, x));
    if governor == Some(trigger) {
        return (!names_its_noun(doc, time, h) && !set_apart(doc, h, trigger)).then_some(Bond::Doubtful);
    }
    if doc.relation(trigger) == "conj" && doc.head(trigger) == up && up.is_some() {
        let own_subject = doc.dependents_by(trigger, "nsubj").next().is_some();
        let first = up?;
        // Before the first verb it holds for all; behind it, only for one that shares the auxiliary.
        let opens = time.tokens.start < first.0;
        let shares = !own_subject && verbs::finite(doc, trigger).is_none() && time.tokens.start < trigger.0;
        return ((opens || shares) && verbs::is_predicate(doc, first)).then_some(Bond::Shared);
    }
    let opens = doc.sentence(doc.sentence_of(trigger)).start + 1 >= time.tokens.start;
    let main = doc.head(trigger).is_none();
    // "Started in 1990, the festival continues": the year is the participle's.
    let inner = up.is_some_and(|u| doc.upos(u) == Upos::Verb && doc.feat(u, "VerbForm") == Some("Part"));
    (opens && main && !inner && !names_its_noun(doc, time, h)).then_some(Bond::Opening)
}

/// « comme en 1984 », « contre 30 % en 2015 »: the time of what the clause is compared with.
fn compared(doc: &Document, time: &TimeExpr) -> bool {
    let s = doc.sentence(doc.sentence_of(TokenId(time.tokens.start)));
    let from = time.tokens.start.saturating_sub(4).max(s.start);
    (from..time.tokens.start).rev().map(TokenId).find_map(|t| match doc.lemma(t) {
        "comme" | "contre" | "like" => Some(true),
        _ if matches!(doc.upos(t), Upos::Num | Upos::Sym | Upos::Adp | Upos::Det) || doc.form(t) == "%" => None,
        _ => Some(false),
    }) == Some(true)
}

/// « … à Nice, théâtre depuis mardi d'une grève »: inside an apposition or a later conjunct of a noun
/// phrase, a time speaks of that noun.
fn set_apart(doc: &Document, h: TokenId, trigger: TokenId) -> bool {
    let mut at = h;
    for _ in 0..12 {
        let Some(up) = doc.head(at).filter(|&up| up != trigger) else { return false };
        if matches!(doc.relation(up), "appos" | "parataxis" | "conj") {
            return true;
        }
        at = up;
    }
    true
}

/// « l'accord de 2015 », « les attentats du 13 novembre », « la Coupe du monde 2018 »: the time tells
/// which, not when the clause holds.
fn names_its_noun(doc: &Document, time: &TimeExpr, h: TokenId) -> bool {
    let Some(up) = doc.head(h) else { return false };
    if !matches!(doc.upos(up), Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Adj) {
        return false;
    }
    let first = TokenId(time.tokens.start);
    let of = |t: TokenId| matches!(doc.lemma(t), "de" | "of");
    let cased = doc.dependents_by(h, "case").any(of) || of(first) || (first.0 > 0 && of(TokenId(first.0 - 1)));
    let before_article = first.0 > 1 && doc.lemma(TokenId(first.0 - 1)) == "le" && of(TokenId(first.0 - 2));
    cased
        || before_article
        || time.value.rule == "bare-year"
        || doc.name_at(up).is_some_and(|n| n.tokens.end >= first.0)
}
