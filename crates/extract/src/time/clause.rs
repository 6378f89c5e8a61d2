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
pub fn for_clause<'a>(doc: &Document, times: &'a [TimeExpr], trigger: TokenId) -> Option<&'a TimeExpr> {
    let sentence = doc.sentence(doc.sentence_of(trigger));
    let from = times.partition_point(|t| t.tokens.end <= sentence.start);
    let here = times[from..].iter().take_while(|t| t.tokens.start < sentence.end);
    here.filter(|t| t.value.rule != "century" && t.value.rule != "decade" || t.value.start.is_some())
        .filter_map(|t| Some((bond(doc, t, trigger)?, t.tokens.start.abs_diff(trigger.0), t)))
        .min_by_key(|&(bond, distance, _)| (bond, distance))
        .map(|(_, _, t)| t)
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
            if verbs::is_predicate(doc, x) || names_its_noun(doc, time, h) {
                return None;
            }
            at = doc.head(x);
        }
        return None;
    }
    let governor = up.and_then(|x| verbs::governor(doc, x));
    if governor == Some(trigger) {
        return (!names_its_noun(doc, time, h)).then_some(Bond::Doubtful);
    }
    if doc.relation(trigger) == "conj" && doc.head(trigger) == up && up.is_some() {
        let own_subject = doc.dependents_by(trigger, "nsubj").next().is_some();
        let before = time.tokens.start < trigger.0;
        let first = up?;
        return (before && (!own_subject || time.tokens.start < first.0) && verbs::is_predicate(doc, first))
            .then_some(Bond::Shared);
    }
    let opens = doc.sentence(doc.sentence_of(trigger)).start + 1 >= time.tokens.start;
    let main = doc.head(trigger).is_none();
    (opens && main && !names_its_noun(doc, time, h)).then_some(Bond::Opening)
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
