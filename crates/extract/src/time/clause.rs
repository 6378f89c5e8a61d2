//! Which clause a time expression dates.

use super::{TimeExpr, head};
use crate::{scene, verbs};
use temoin_model::{Document, Lang, TokenId, Upos};

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
/// manifestations », « l'attaque a fait dix morts »; a clause that of another which tells the same
/// scene: « … lorsqu'une bombe a explosé mardi ».
pub fn for_clause<'a>(doc: &Document, times: &'a [TimeExpr], trigger: TokenId) -> Option<&'a TimeExpr> {
    own(doc, times, trigger)
        .or_else(|| own(doc, times, during(doc, trigger)?))
        .or_else(|| scene::shared(doc, trigger).into_iter().find_map(|other| own(doc, times, other)))
}

/// The period that a noun phrase states of its noun: « maire de Lyon de 2001 à 2008 ».
pub(crate) fn period_of<'a>(doc: &Document, times: &'a [TimeExpr], noun: TokenId) -> Option<&'a TimeExpr> {
    own(doc, times, noun).filter(|t| !verbs::is_predicate(doc, noun) && t.value.edtf.contains('/'))
}

/// The time of a number behind « contre », with which the one of the clause at `trigger` is compared:
/// « 300 voitures, contre 250 en mars 2015 ».
pub(crate) fn of_compared<'a>(doc: &Document, times: &'a [TimeExpr], number: TokenId) -> Option<&'a TimeExpr> {
    let end = doc.sentence(doc.sentence_of(number)).end;
    let from = times.partition_point(|t| t.tokens.start <= number.0);
    times[from..].iter().find(|t| t.tokens.start < end && t.tokens.start - number.0 <= 8 && compared(doc, t))
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
    let mut h = head(doc, time.tokens);
    if doc.head(h) == Some(trigger) {
        return Some(Bond::Direct);
    }
    // « dans la journée du 21 février », « lors du sommet du 3 mai » are times as wholes.
    for _ in 0..2 {
        let Some(whole) = whole_time(doc, h) else { break };
        h = whole;
        if doc.head(h) == Some(trigger) {
            return Some(Bond::Direct);
        }
    }
    let up = doc.head(h);
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

/// The head of the phrase that a time at `h` closes, where the whole says when: a part of a day or an event
/// behind « lors de ».
fn whole_time(doc: &Document, h: TokenId) -> Option<TokenId> {
    let up = doc.head(h).filter(|&u| doc.upos(u) == Upos::Noun && doc.relation(h) == "nmod" && h > u)?;
    let part =
        matches!(doc.lemma(up), "journée" | "matinée" | "soirée" | "nuit" | "après-midi" | "soir" | "matin" | "mois");
    if part {
        return Some(up);
    }
    let event = at_once(doc, up) && doc.meta.lang == Lang::Fr;
    // « lors » may head the phrase.
    let opener = doc.head(up).filter(|&l| doc.upos(l) == Upos::Adv && l < up);
    // « les 55 estimés lors du recensement de 2012 »: the participle's.
    let before = opener.and_then(|l| l.0.checked_sub(1)).map(TokenId);
    let inner =
        before.is_some_and(|b| doc.feat(b, "VerbForm") == Some("Part") && verbs::auxiliaries(doc, b).next().is_none());
    (event && !inner).then(|| opener.unwrap_or(up))
}

/// « comme en 1984 », « contre 30 % en 2015 », « …, contre 300 naissances lors du semestre dernier »: the
/// time of what the clause is compared with.
fn compared(doc: &Document, time: &TimeExpr) -> bool {
    let s = doc.sentence(doc.sentence_of(TokenId(time.tokens.start)));
    let from = time.tokens.start.saturating_sub(8).max(s.start);
    let form = |i: u32| doc.form(TokenId(i));
    let mut noun = false;
    for i in (from..time.tokens.start).rev() {
        let t = TokenId(i);
        match doc.lemma(t) {
            // « une attaque contre deux soldats lundi » compares nothing.
            "contre" => return !noun || i > s.start && matches!(form(i - 1), "," | "("),
            "comme" | "like" => return !noun && time.tokens.start - i <= 4,
            "lors" | "%" => {}
            _ if matches!(doc.upos(t), Upos::Num | Upos::Sym | Upos::Adp | Upos::Det) => {}
            _ if !noun && doc.upos(t) == Upos::Noun && i > s.start && doc.upos(TokenId(i - 1)) == Upos::Num => {
                noun = true
            }
            _ => return false,
        }
    }
    false
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
