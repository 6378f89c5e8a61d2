//! Acronyms of what is no body: taxes, incomes, treaties. « l'impôt de solidarité sur la fortune (ISF) » makes
//! no organisation of « ISF », whatever follows of it.

use super::builder::{abbreviates, is_function_word};
use super::detect::bracketed;
use super::lexicon::{Lexicon, NounClass};
use super::phrase::before;
use rustc_hash::FxHashMap;
use temoin_model::{Document, EntityType, Lang, TokenId, Upos};

/// Words before the bracket that may spell the acronym out.
const REACH: u32 = 14;

/// Acronyms that French news does not spell out.
const USUAL: &[&str] = &[
    "ISF", "CICE", "TVA", "CSG", "CRDS", "RSA", "RMI", "PIB", "PNB", "SMIC", "ADN", "ARN", "VIH", "OGM", "CDI", "CDD",
    "RTT", "TGV", "TER", "VTT", "SUV", "GPS", "PMA", "GPA", "IVG", "QPC", "HLM", "ZAD", "PSE", "SMS", "VTC", "PEL",
];

/// The acronyms of a document that name no body, each with what it names.
pub(super) fn of_things(doc: &Document) -> FxHashMap<String, EntityType> {
    let mut out = FxHashMap::default();
    if doc.meta.lang != Lang::Fr {
        return out;
    }
    out.extend(USUAL.iter().map(|s| ((*s).to_owned(), EntityType::Thing)));
    for t in doc.tokens().filter(|&t| doc.form(t) == "(") {
        let Some((_, short)) = bracketed(doc, t.0) else { continue };
        match spelled(doc, t, &short).map(|noun| kind(doc, noun)) {
            Some(Some(kind)) => out.insert(short, kind),
            Some(None) => out.remove(&short),
            None => None,
        };
    }
    out
}

/// The noun that begins what the acronym behind the bracket `open` stands for.
fn spelled(doc: &Document, open: TokenId, short: &str) -> Option<TokenId> {
    let floor = doc.sentence(doc.sentence_of(open)).start.max(open.0.saturating_sub(REACH));
    let mut words: Vec<&str> = Vec::new();
    let mut at = open;
    while let Some(p) = before(doc, at).filter(|p| p.0 >= floor && (doc.upos(*p) != Upos::Punct || doc.form(*p) == "-"))
    {
        at = p;
        words.insert(0, doc.form(at));
        let opens = !is_function_word(doc.form(at)) && words.len() >= 2;
        if opens && abbreviates(short, &words) {
            return (doc.upos(at) == Upos::Noun).then_some(at);
        }
    }
    None
}

/// What a noun in small letters names, where it names no body.
fn kind(doc: &Document, noun: TokenId) -> Option<EntityType> {
    let (class, _) = Lexicon::of(doc).noun(doc.lemma(noun), doc.form(noun));
    let bodies = [
        NounClass::ORG,
        NounClass::AUTHORITY,
        NounClass::POLICE,
        NounClass::FORCE,
        NounClass::GROUP,
        NounClass::COUNTRY,
        NounClass::PERSON,
        NounClass::PLACE,
        NounClass::FRAME,
    ];
    let small = doc.form(noun).starts_with(char::is_lowercase);
    (small && !bodies.iter().any(|&b| class.has(b))).then(|| class.entity_type(false))
}
