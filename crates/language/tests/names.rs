//! Names in sentences of our own, from raw text.

use temoin_language::Annotator;
use temoin_model::{Article, Document, Lang, Meta, NameKind};

fn annotate(text: &str) -> Document {
    Annotator::builtin(Lang::Fr).annotate(Article { meta: Meta::default(), text: text.to_owned() })
}

fn names(text: &str) -> Vec<(String, NameKind)> {
    let doc = annotate(text);
    doc.names.iter().map(|n| (doc.slice(doc.char_span(n.tokens)).to_owned(), n.kind)).collect()
}

fn has(text: &str, name: &str, kind: NameKind) {
    let found = names(text);
    assert!(found.contains(&(name.to_owned(), kind)), "{name} as {kind:?} in « {text} »: {found:?}");
}

#[test]
fn persons_places_and_organisations() {
    let text = "Le ministre Bertrand Lavallière a rencontré hier à Marseille des représentants de l'ONU et de la Commission européenne.";
    has(text, "Bertrand Lavallière", NameKind::Person);
    has(text, "Marseille", NameKind::Location);
    has(text, "ONU", NameKind::Organization);
    has(text, "Commission européenne", NameKind::Organization);
}

#[test]
fn the_article_is_no_part_of_a_name() {
    has("La Belgique et l'Espagne ont signé un accord avec le Burkina Faso.", "Belgique", NameKind::Location);
    has("La Belgique et l'Espagne ont signé un accord avec le Burkina Faso.", "Espagne", NameKind::Location);
    has("La Belgique et l'Espagne ont signé un accord avec le Burkina Faso.", "Burkina Faso", NameKind::Location);
}

#[test]
fn names_behind_contractions() {
    has("Le Premier ministre du Portugal se rend aux États-Unis.", "Portugal", NameKind::Location);
    has("Le Premier ministre du Portugal se rend aux États-Unis.", "États-Unis", NameKind::Location);
}

#[test]
fn common_words_at_the_beginning_of_a_sentence_are_no_names() {
    assert_eq!(names("Demain, il fera beau. Cependant, rien ne presse. Aucun train ne partira."), []);
}

#[test]
fn a_name_has_one_kind_in_an_article() {
    let text = "Solène Kerviel a été réélue. Kerviel, 52 ans, dirige la ville depuis 2014. Les opposants à Kerviel protestent. « Avec Kerviel, tout change », dit un habitant.";
    let found = names(text);
    let kinds: Vec<NameKind> = found.iter().filter(|n| n.0 == "Kerviel").map(|n| n.1).collect();
    assert!(kinds.len() >= 2 && kinds.iter().all(|&k| k == kinds[0]), "{found:?}");
}

#[test]
fn names_lie_in_sentences_in_order_without_overlap() {
    let text = "À Lyon , Mme Odile R. ( 34 ans ) travaille chez Michelin.\n\n« Paris ! » … ÉTATS-UNIS : LE PRÉSIDENT DU KENYA À NAIROBI\u{200b}🦊 l’Union africaine—l'UA";
    let doc = annotate(text);
    assert!(!doc.names.is_empty());
    for pair in doc.names.windows(2) {
        assert!(pair[0].tokens.end <= pair[1].tokens.start);
    }
    for n in &doc.names {
        assert!(doc.sentences().iter().any(|s| s.contains(n.tokens)), "{n:?}");
    }
}

#[test]
fn odd_texts_do_not_panic() {
    for text in ["", " ", "\n\n", "…", "A", "((((", "\u{feff}É", "’’’", "M. ", "\u{0}\u{1}x", "İstanbul ǅ ß"]
    {
        annotate(text);
    }
    annotate(&"Paris ".repeat(5000));
}
