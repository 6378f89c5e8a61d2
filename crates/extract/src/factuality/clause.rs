//! What a clause says of itself: negation, mood, adverbs.

use super::cues::{Cue, Cues, Kind};
use crate::verbs;
use temoin_model::{Certainty, Document, Lang, Status, TokenId, Upos};

/// Whether the clause of `v` is negated. « ne » alone is no negation (it is literary or expletive),
/// « ne … que » restricts, « pas seulement » adds.
pub(super) fn negated(doc: &Document, cues: &Cues, v: TokenId) -> bool {
    let mut group: Vec<TokenId> = vec![v];
    group.extend(verbs::auxiliaries(doc, v));
    let adverbs: Vec<TokenId> = group
        .iter()
        .flat_map(|&g| doc.dependents(g).iter().copied())
        .filter(|&d| matches!(doc.relation(d), "advmod" | "det" | "dep" | "mark" | "cc" | "aux"))
        .collect();
    // « pas encore », "not yet" with the negation hung on the adverb
    let inner = adverbs.iter().filter(|&&a| matches!(doc.lemma(a), "encore" | "toujours" | "yet" | "même"));
    let inner = inner.flat_map(|&a| doc.dependents_by(a, "advmod"));
    let adverbs: Vec<TokenId> = adverbs.iter().copied().chain(inner).collect();
    let ne = adverbs.iter().any(|&d| {
        doc.lemma(d) == "ne"
            || doc.form(d).starts_with('n') && doc.form(d).len() <= 3 && doc.form(d).ends_with(['\'', '’'])
    });
    let strong = adverbs
        .iter()
        .any(|&d| cues.get(Kind::Negator, doc.lemma(d)).is_some_and(|c| !c.needs_ne || ne) && !limited(doc, d));
    // « n'est plus assuré que dans … » restricts.
    let restricts =
        ne && doc.dependents(v).iter().any(|&d| d > v && matches!(doc.lemma(d), "que") && doc.upos(d) == Upos::Adv);
    let plus = |&d: &TokenId| matches!(doc.form(d), "plus" | "jamais");
    if restricts && !adverbs.iter().any(|&d| doc.form(d) == "pas") && adverbs.iter().any(plus) {
        return false;
    }
    let longer =
        |d: TokenId| doc.form(d) == "longer" && d.0 > 0 && doc.form(TokenId(d.0 - 1)).eq_ignore_ascii_case("no");
    let no_longer = doc.meta.lang == Lang::En && doc.dependents(v).iter().any(|&d| longer(d));
    // « les personnes ne pouvant rejoindre leur domicile »: these verbs need no « pas ».
    let able = |&g: &TokenId| matches!(doc.lemma(g), "pouvoir" | "oser" | "savoir" | "cesser");
    let literary = ne
        && doc.meta.lang == Lang::Fr
        && group.iter().any(able)
        && doc.feat(v, "VerbForm") == Some("Part")
        && !doc.dependents(v).iter().any(|&d| matches!(doc.form(d), "que" | "qu'" | "qu’"));
    if strong || literary || no_longer || doc.meta.lang == Lang::En && has_no(doc, v) {
        return true;
    }
    // « ne correspond en outre pas à … » with « pas » hung on another word
    if ne && doc.meta.lang == Lang::Fr {
        let end = (v.0 + 6).min(doc.sentence(doc.sentence_of(v)).end);
        for t in (v.0 + 1..end).map(TokenId) {
            let own = doc.head(t) != Some(v) && !matches!(doc.upos(t), Upos::Verb | Upos::Aux | Upos::Sconj);
            if !own && doc.head(t) != Some(v) || doc.form(t) == "," {
                break;
            }
            if own && doc.form(t) == "pas" && !limited(doc, t) {
                return true;
            }
        }
    }
    // « n'ont été les auteurs d'aucune provocation »
    let none = |d: TokenId| doc.dependents(d).iter().any(|&x| negator(doc, cues, x) && x.0 < d.0);
    if ne && !strong && doc.dependents(v).iter().any(|&d| d > v && doc.relation(d) == "nmod" && none(d)) {
        return true;
    }
    // « ni le car ni le train n'étaient … », even where « ne » was forgotten
    let nor = |t: TokenId| doc.dependents(t).iter().any(|&x| x < t && doc.form(x).eq_ignore_ascii_case("ni"));
    let before = |d: TokenId| doc.subtree(d).start.checked_sub(1).is_some_and(|b| doc.form(TokenId(b)) == "ni");
    let subject = |d: TokenId| d < v && doc.relation(d) == "nsubj";
    let neither = doc.dependents(v).iter().any(|&d| subject(d) && (nor(d) || before(d)));
    if doc.meta.lang == Lang::Fr && neither {
        return true;
    }
    // « aucun blessé n'a été », « ne … personne », « ne … ni … ni »
    ne && doc.dependents(v).iter().any(|&d| {
        matches!(doc.relation(d), "nsubj" | "obj" | "obl" | "iobj" | "conj" | "xcomp")
            && (negator(doc, cues, d) || doc.dependents(d).iter().any(|&x| negator(doc, cues, x) && x.0 < d.0))
    })
}

/// "Neither side won", "No soldier was hurt", "has no plan".
fn has_no(doc: &Document, v: TokenId) -> bool {
    let none = |x: TokenId| matches!(doc.form(x).to_lowercase().as_str(), "no" | "neither");
    let marks = |x: TokenId| matches!(doc.relation(x), "det" | "cc" | "advmod" | "dep") && none(x);
    // "None of the passengers", "Nobody"
    let alone = |d: TokenId| {
        doc.relation(d) == "nsubj"
            && doc.upos(d) == Upos::Pron
            && matches!(doc.form(d).to_lowercase().as_str(), "none" | "nobody" | "nothing" | "neither")
    };
    let is_none = |&d: &TokenId| {
        matches!(doc.relation(d), "nsubj" | "obj") && doc.dependents(d).iter().any(|&x| x < d && marks(x)) || alone(d)
    };
    doc.dependents(v).iter().any(is_none)
}

fn negator(doc: &Document, cues: &Cues, t: TokenId) -> bool {
    let form = doc.form(t).to_lowercase();
    cues.get(Kind::Negator, &form).or_else(|| cues.get(Kind::Negator, doc.lemma(t))).is_some_and(|c| c.needs_ne)
        && matches!(doc.upos(t), Upos::Det | Upos::Pron | Upos::Adj | Upos::Adv | Upos::Cconj)
        && !matches!(form.as_str(), "plus" | "jamais" | "point")
}

/// « pas seulement », « pas que », « pas moins de ».
fn limited(doc: &Document, t: TokenId) -> bool {
    let next = TokenId(t.0 + 1);
    // « n'exclut pas que »: a conjunction limits nothing.
    let clause = || doc.relation(next) == "mark" && doc.upos(next) == Upos::Sconj;
    next.ix() < doc.len()
        && !clause()
        && matches!(doc.lemma(next), "seulement" | "uniquement" | "que" | "moins" | "only")
}

/// The hedging adverb or adjective on `v`, the surest to doubt first.
pub(super) fn hedge(doc: &Document, cues: &Cues, v: TokenId) -> Option<Cue> {
    let mut found: Option<Cue> = None;
    let mut group: Vec<TokenId> = vec![v];
    group.extend(verbs::auxiliaries(doc, v));
    for g in group {
        for &d in doc.dependents(g) {
            if !matches!(doc.relation(d), "advmod" | "amod" | "obl" | "dep" | "nmod" | "parataxis")
                || before_conjunct(doc, d)
            {
                continue;
            }
            if let Some((cue, _)) = cues.phrase_at(doc, Kind::Hedge, d)
                && found.is_none_or(|f| f.certainty < cue.certainty)
            {
                found = Some(cue);
            }
        }
    }
    found
}

/// « …, et probablement des contingents »: between a conjunction and a noun phrase the adverb weighs
/// that phrase, wherever the parser hung it.
pub(super) fn before_conjunct(doc: &Document, adverb: TokenId) -> bool {
    let s = doc.sentence(doc.sentence_of(adverb));
    if adverb.0 == s.start || adverb.0 + 1 >= s.end {
        return false;
    }
    let (before, after) = (TokenId(adverb.0 - 1), TokenId(adverb.0 + 1));
    doc.upos(before) == Upos::Cconj
        && matches!(doc.upos(after), Upos::Det | Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj)
}

/// How a modal weighs its infinitive, by its tense and mood.
pub(super) fn modal(doc: &Document, cues: &Cues, m: TokenId) -> Option<(Status, Certainty)> {
    let cue = cues.get(Kind::Modal, doc.lemma(m))?;
    let f = verbs::finite(doc, m)?;
    let conditional = verbs::is_conditional(doc, m);
    let perfect = f != m;
    let tense = doc.feat(f, "Tense");
    Some(match doc.lemma(m) {
        // Only the present and imperfect make a future: « va partir », « allait partir ».
        "aller" if perfect || matches!(tense, Some("Fut" | "Past")) => return None,
        "aller" => (Status::Planned, Certainty::Certain),
        _ if conditional => (Status::Hedged, cue.certainty),
        // « a pu partir », « a dû démissionner »: it was done.
        "pouvoir" | "devoir" if perfect || tense == Some("Past") => return None,
        "pouvoir" | "devoir" if tense == Some("Fut") => (Status::Planned, cue.certainty),
        "devoir" if under_perfect(doc, m) => (Status::Hedged, Certainty::Probable),
        // « doivent parfois patienter »: it happens.
        "devoir"
            if doc.dependents(m).iter().any(|&d| matches!(doc.lemma(d), "parfois" | "souvent" | "régulièrement")) =>
        {
            return None;
        }
        "devoir" => (Status::Planned, Certainty::Certain),
        _ => (cue.status, cue.certainty),
    })
}

/// « doit avoir pris »: with a perfect infinitive it is a guess.
fn under_perfect(doc: &Document, m: TokenId) -> bool {
    doc.dependents_by(m, "xcomp").any(|x| {
        verbs::auxiliaries(doc, x).any(|a| doc.deprel(a) == "aux:tense" && doc.feat(a, "VerbForm") == Some("Inf"))
    })
}

/// The conjunction or preposition that opens the clause of `v`, as a cue of one of `kinds`.
pub(super) fn opener(doc: &Document, cues: &Cues, v: TokenId, kind: Kind) -> Option<Cue> {
    doc.dependents(v)
        .iter()
        .copied()
        .filter(|&d| matches!(doc.relation(d), "mark" | "case" | "advmod") && d.0 < v.0)
        .find_map(|d| {
            // « à condition que », « afin de »: the words of a fixed phrase hang on its first.
            let last = doc.dependents_by(d, "fixed").last().unwrap_or(d);
            // « même si » grants, it does not suppose.
            let granted = d.0 > 0 && kind == Kind::Condition && doc.form(TokenId(d.0 - 1)).eq_ignore_ascii_case("même");
            // « n'était pas si bonne »
            let degree = kind == Kind::Condition
                && doc.upos(d) == Upos::Adv
                && doc.lemma(d) == "si"
                && matches!(doc.upos(TokenId(d.0 + 1)), Upos::Adj | Upos::Adv);
            if granted || degree || kind == Kind::Condition && doc.form(d).eq_ignore_ascii_case("même") {
                return None;
            }
            (d.0..=last.0).rev().find_map(|x| cues.phrase_at(doc, kind, TokenId(x))).map(|(c, _)| c)
        })
}

/// « … (« Nos convictions sont-elles fondées sur l'expérience ? »)»: whether `v` asks inside quotation marks.
pub(super) fn asks_in_quotes(doc: &Document, v: TokenId) -> bool {
    let s = doc.sentence(doc.sentence_of(v));
    let stop = |&t: &TokenId| matches!(doc.form(t), "?" | "." | "!" | ";" | "»" | "”" | "«" | "“");
    let next = (v.0 + 1..s.end.min(v.0 + 60)).map(TokenId).find(stop);
    let quoted =
        |t: TokenId| (t.0 + 1..(doc.len() as u32).min(t.0 + 3)).any(|i| matches!(doc.form(TokenId(i)), "»" | "”"));
    next.is_some_and(|t| doc.form(t) == "?" && quoted(t))
}

/// Whether the sentence of `v` asks.
pub(super) fn asks(doc: &Document, v: TokenId) -> bool {
    let s = doc.sentence(doc.sentence_of(v));
    let Some(mark) = doc.tokens_in(s).rev().take(3).find(|&t| doc.form(t) == "?") else { return false };
    // « Il a lancé : "Où aller ?" »: a question quoted behind the verb is not asked by it.
    // Of straight quotation marks an odd number stands between what is outside and what is inside.
    let straight = (v.0..mark.0).filter(|&t| doc.form(TokenId(t)) == "\"").count();
    straight % 2 == 0 && !(v.0..mark.0).map(TokenId).any(|t| matches!(doc.form(t), "«" | "“"))
}
