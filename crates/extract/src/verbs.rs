//! Verb groups: the finite word of a clause, its tense and its mood, over trees that may be wrong.

use std::sync::LazyLock;
use temoin_model::{Document, Lang, TokenId, Upos};

/// Tense of a whole verb group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VerbTense {
    Past,
    Present,
    Future,
    /// Infinitives and participles without an auxiliary.
    None,
}

/// Auxiliaries and copulas of `v`, in text order.
pub(crate) fn auxiliaries(doc: &Document, v: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    doc.dependents(v).iter().copied().filter(|&d| matches!(doc.relation(d), "aux" | "cop"))
}

/// The word of the group of `v` that carries person and mood: an auxiliary, else `v` itself.
pub(crate) fn finite(doc: &Document, v: TokenId) -> Option<TokenId> {
    let is_finite = |t: TokenId| match doc.feat(t, "VerbForm") {
        Some(f) => f == "Fin",
        None => doc.feat(t, "Mood").is_some(),
    };
    auxiliaries(doc, v).find(|&a| is_finite(a)).or_else(|| is_finite(v).then_some(v))
}

/// Whether the group of `v` is in the conditional, by its features or, since taggers confuse them with
/// the imperfect, by its form.
pub(crate) fn is_conditional(doc: &Document, v: TokenId) -> bool {
    finite(doc, v).is_some_and(|f| {
        doc.feat(f, "Mood") == Some("Cnd")
            || doc.meta.lang == Lang::Fr
                && doc.feat(f, "Tense") != Some("Fut")
                && conditional_form(&doc.form(f).to_lowercase(), doc.lemma(f))
    })
}

/// Whether `f` is in the future: its features must say so and, in French, its ending agree with them
/// (taggers take rare participles and « ignorons » for futures).
pub(crate) fn is_future(doc: &Document, f: TokenId) -> bool {
    if doc.feat(f, "Tense") != Some("Fut") {
        return false;
    }
    if doc.meta.lang != Lang::Fr {
        return true;
    }
    let form = doc.form(f).to_lowercase();
    let lemma = doc.lemma(f);
    // The present or past of a verb whose stem ends in r: « ignorons », « montra ».
    let stem = lemma.char_indices().nth_back(1).map_or("", |(i, _)| &lemma[..i]);
    ["rai", "ras", "ra", "rons", "rez", "ront"]
        .iter()
        .any(|e| form.ends_with(e) && (stem.is_empty() || form.strip_prefix(stem) != Some(&e[1..])))
}

/// Words of one kind in `data/lexicon/fr/verbs.tsv`.
fn listed(kind: &'static str) -> impl Iterator<Item = &'static str> {
    static WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        include_str!("../../../data/lexicon/fr/verbs.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .collect()
    });
    WORDS.iter().filter(move |(k, _)| *k == kind).map(|(_, w)| *w)
}

/// « quitterait », but not « tirait », whose stem ends in r.
fn conditional_form(form: &str, lemma: &str) -> bool {
    let Some(stem) = ["aient", "ait", "ais", "ions", "iez"].iter().find_map(|e| form.strip_suffix(e)) else {
        return false;
    };
    if !stem.ends_with('r') {
        return false;
    }
    if listed("stem").any(|s| stem == s) || listed("ending").any(|s| stem.ends_with(s)) {
        return true;
    }
    let plural = form.ends_with("ions") || form.ends_with("iez");
    // The stem of the imperfect is the infinitive without its ending; « -ions » is too often a noun.
    let imperfect = lemma.char_indices().nth_back(1).map_or("", |(i, _)| &lemma[..i]);
    // « tirer|ait » can be no imperfect: no infinitive ends in « -erer ».
    if stem.ends_with("er") {
        return !plural;
    }
    if ["ndr", "udr", "ettr", "aîtr", "uir"].iter().any(|e| stem.ends_with(e)) && stem != "engendr" {
        return !plural;
    }
    !plural
        && lemma != form
        && stem != imperfect
        && (stem == lemma || stem == lemma.trim_end_matches('e') || stem.ends_with("er"))
}

/// Tense of the group of `v`.
pub(crate) fn tense(doc: &Document, v: TokenId) -> VerbTense {
    let participle = doc.feat(v, "VerbForm") == Some("Part") && doc.feat(v, "Tense") != Some("Pres");
    let passive = auxiliaries(doc, v).any(|a| doc.deprel(a) == "aux:pass");
    let copular = auxiliaries(doc, v).any(|a| doc.relation(a) == "cop");
    let perfect = auxiliaries(doc, v).filter(|&a| doc.relation(a) == "aux").count() > usize::from(passive)
        || (participle && !passive && !copular && auxiliaries(doc, v).next().is_some())
        || auxiliaries(doc, v).any(|a| doc.feat(a, "VerbForm") == Some("Part") && doc.feat(a, "Tense") == Some("Past"));
    match finite(doc, v) {
        Some(f) if f == v && is_conditional(doc, v) => VerbTense::Present,
        Some(f) => match doc.feat(f, "Tense") {
            Some("Past" | "Imp" | "Pqp") => VerbTense::Past,
            Some("Fut") if is_future(doc, f) => VerbTense::Future,
            Some("Fut") if participle => VerbTense::Past,
            _ if doc.lemma(f) == "will" || doc.lemma(f) == "shall" => VerbTense::Future,
            _ if perfect => VerbTense::Past,
            // « est arrivé » is a perfect, however the auxiliary is labelled.
            _ if participle && f != v && listed("être").any(|l| l == doc.lemma(v)) => VerbTense::Past,
            _ => VerbTense::Present,
        },
        None if participle => VerbTense::Past,
        None => VerbTense::None,
    }
}

/// Whether a number or article modifies `t`, standing before it.
pub(crate) fn counted(doc: &Document, t: TokenId) -> bool {
    doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "nummod" | "det") && d.0 < t.0)
}

/// Whether `t` heads a clause: a verb, or a predicate with a copula.
pub(crate) fn is_predicate(doc: &Document, t: TokenId) -> bool {
    // « seize morts et 10 blessés »: a counted participle is a noun, whatever its tag.
    let counted = doc.upos(t) == Upos::Verb && finite(doc, t).is_none() && counted(doc, t);
    if counted && auxiliaries(doc, t).next().is_none() {
        return false;
    }
    doc.upos(t) == Upos::Verb
        || (doc.upos(t) == Upos::Aux && !matches!(doc.relation(t), "aux" | "cop"))
        || doc.dependents(t).iter().any(|&d| doc.relation(d) == "cop")
}

/// The head of the clause that `t` belongs to: the nearest predicate at or above it.
pub(crate) fn governor(doc: &Document, t: TokenId) -> Option<TokenId> {
    let mut at = Some(t);
    // The bound keeps a malformed tree with a loop from hanging.
    for _ in 0..=doc.sentence(doc.sentence_of(t)).len() {
        match at {
            Some(x) if is_predicate(doc, x) => return Some(x),
            Some(x) => at = doc.head(x),
            None => return None,
        }
    }
    None
}

/// "Recipients, said Mauer, are required …": whether an English verb and the speaker behind it stand
/// between commas, whatever subject the tree gives the verb.
pub(crate) fn is_set_off(doc: &Document, v: TokenId, speaker: TokenId) -> bool {
    let sentence = doc.sentence(doc.sentence_of(v));
    let comma = |t: u32| sentence.contains_at(t) && doc.form(TokenId(t)) == ",";
    let mut last = speaker.0;
    while last + 1 < sentence.end && doc.upos(TokenId(last + 1)) == Upos::Propn {
        last += 1;
    }
    doc.meta.lang == Lang::En && v.0 > sentence.start && comma(v.0 - 1) && v < speaker && comma(last + 1)
}

#[cfg(test)]
mod tests {
    use super::conditional_form;

    #[test]
    fn the_conditional_is_told_from_the_imperfect_of_stems_in_r() {
        for (form, lemma) in [
            ("quitterait", "quitter"),
            ("tireraient", "tirerer"),
            ("enverrait", "enverrer"),
            ("interviendraient", "intervenir"),
            ("prendrait", "prendre"),
            ("aurait", "avoir"),
        ] {
            assert!(conditional_form(form, lemma), "{form}");
        }
        for (form, lemma) in [
            ("tirait", "tirer"),
            ("montraient", "montrer"),
            ("ouvrait", "ouvrir"),
            ("restaurait", "restaurer"),
            ("serrait", "serrer"),
            ("actions", "action"),
        ] {
            assert!(!conditional_form(form, lemma), "{form}");
        }
    }
}
