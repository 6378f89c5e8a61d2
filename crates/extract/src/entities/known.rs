//! Which entry of the gazetteer a name means: states by their formal names, capitals that act for them, the
//! country that an article is about.

use super::builder::Builder;
use super::detect::Name;
use super::gazetteer::{KnownIx, plain};
use super::lexicon::{Lexicon, NounClass};
use super::phrase::{before, case_of};
use temoin_model::{Document, EntityType, NameKind, TokenId};

/// « Sénat », « Parti socialiste », « ministère de l'Intérieur »: every country has one.
pub(super) fn is_generic(lex: &Lexicon, name: &str) -> bool {
    let mut words = name.split(' ');
    let Some(first) = words.next() else { return false };
    let first = first.to_lowercase();
    let (class, _) = lex.noun(&first, &first);
    let official = class.has(NounClass::ORG) || class.has(NounClass::AUTHORITY) || class.has(NounClass::POLICE);
    official && (first == "ministère" || words.all(|w| !w.starts_with(char::is_uppercase)))
}

/// « République d'Haïti », « royaume de Belgique »: the state by its formal name.
pub(super) fn republic(b: &Builder<'_>, text: &str) -> Option<KnownIx> {
    let (first, rest) = text.split_once(' ')?;
    if !matches!(first.to_lowercase().as_str(), "république" | "royaume" | "principauté" | "sultanat" | "émirat") {
        return None;
    }
    let at = rest.char_indices().find(|(_, c)| c.is_uppercase())?.0;
    let of = rest[..at].trim_end();
    let name =
        matches!(of, "de" | "du" | "de la" | "d'" | "de l'" | "des" | "populaire de" | "islamique d'" | "fédérale d'");
    b.gaz.find(&rest[at..]).into_iter().find(|&k| name && b.gaz.known(k).kind == EntityType::Country)
}

/// The country named most often, or the document where none is named.
pub(super) fn country_of(b: &Builder<'_>, names: &[Name]) -> String {
    let mut counts: Vec<(KnownIx, u32)> = Vec::new();
    for n in names {
        let text = b.doc.slice(b.doc.char_span(n.tokens));
        let known = n.known.or_else(|| choose(b, &plain(text), n.kind));
        let Some(k) = known.filter(|&k| b.gaz.known(k).kind == EntityType::Country) else { continue };
        match counts.iter_mut().find(|(c, _)| *c == k) {
            Some((_, n)) => *n += 1,
            None => counts.push((k, 1)),
        }
    }
    let best = counts.iter().rev().max_by_key(|(_, n)| *n);
    best.map_or_else(|| b.doc.id.clone(), |&(k, _)| b.gaz.known(k).id.clone().into_owned())
}

/// The gazetteer entry meant by a tagged name.
pub(super) fn choose(b: &Builder<'_>, text: &str, kind: Option<NameKind>) -> Option<KnownIx> {
    let candidates = b.gaz.find(text);
    let person = kind == Some(NameKind::Person);
    let fits = |k: KnownIx| {
        let known = b.gaz.known(k);
        match known.kind {
            EntityType::Country => !person || known.label == text && !text.contains(['-', ' ']) && text.len() > 5,
            EntityType::Place => kind == Some(NameKind::Location),
            EntityType::Product => !person,
            EntityType::Person => person || kind.is_none(),
            _ => !person && kind != Some(NameKind::Location),
        }
    };
    let mut fitting: Vec<KnownIx> = candidates.into_iter().filter(|&k| fits(k)).collect();
    let size = |k: KnownIx| match b.gaz.known(k).kind {
        EntityType::Country => u32::MAX,
        _ => b.gaz.known(k).population,
    };
    fitting.sort_by_key(|&k| (std::cmp::Reverse(size(k)), k));
    match fitting[..] {
        [] => None,
        [one] => Some(one),
        [first, second, ..] => (size(first) / 4 >= size(second)).then_some(first),
    }
}

/// Whether a capital at `head` acts: subject of saying and deciding, complement of « alliés ».
pub(super) fn stands_for_government(doc: &Document, head: TokenId) -> bool {
    let lex = Lexicon::of(doc);
    let mut at = head;
    for _ in 0..3 {
        match (doc.relation(at), doc.head(at)) {
            ("conj", Some(h)) => at = h,
            _ => break,
        }
    }
    let case = case_of(doc, at);
    if case.is_some_and(|c| lex.is_seat_case(c)) {
        return true;
    }
    let Some(h) = doc.head(at) else { return false };
    match doc.deprel(at) {
        "nmod:poss" => lex.is_seat_noun(doc.lemma(h)),
        "nsubj" => case.is_none() && lex.is_seat_verb(doc.lemma(h)),
        // « ont appelé Moscou à libérer les marins »: whoever is called on, accused or threatened can act.
        "obj" => {
            case.is_none()
                && matches!(
                    doc.lemma(h),
                    "appeler"
                        | "exhorter"
                        | "accuser"
                        | "avertir"
                        | "menacer"
                        | "sanctionner"
                        | "presser"
                        | "sommer"
                        | "soupçonner"
                        | "inviter"
                        | "convaincre"
                        | "urge"
                        | "accuse"
                        | "warn"
                        | "threaten"
                        | "sanction"
                        | "press"
                        | "persuade"
                        | "pressure"
                )
        }
        "obl:agent" => lex.is_seat_verb(doc.lemma(h)),
        // « pays alliés de Moscou »: the word before the preposition counts, whatever the tree says.
        "nmod" => {
            matches!(case, Some("de" | "of")) && {
                let behind =
                    doc.dependents(at).iter().find(|&&d| doc.relation(d) == "case").and_then(|&c| before(doc, c));
                lex.is_seat_noun(doc.lemma(h)) || behind.is_some_and(|b| lex.is_seat_noun(doc.lemma(b)))
            }
        }
        _ => false,
    }
}
