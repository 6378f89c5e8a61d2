//! A weekday between a verb and its object leaves the object to the verb.

use temoin_language::Annotator;
use temoin_model::{Article, Lang, Meta};

/// Lemma of the head and relation of the word with this form.
fn arc(text: &str, form: &str) -> (String, String) {
    let doc = Annotator::builtin(Lang::Fr).annotate(Article { meta: Meta::default(), text: text.into() });
    let t = doc.tokens().find(|&t| doc.form(t) == form).expect("the word is there");
    let head = doc.head(t).map_or("ROOT", |h| doc.lemma(h));
    (head.to_owned(), doc.relation(t).to_owned())
}

#[test]
fn objects_behind_a_weekday_belong_to_the_verb() {
    for (text, form, verb) in [
        ("La police a arrêté mercredi Paul Dupont.", "Paul", "arrêter"),
        ("La police a arrêté lundi 12 personnes.", "personnes", "arrêter"),
        ("Le gouvernement a annoncé jeudi une réforme des retraites.", "réforme", "annoncer"),
        ("La société a racheté vendredi son concurrent belge.", "concurrent", "racheter"),
    ] {
        assert_eq!(arc(text, form), (verb.to_owned(), "obj".to_owned()), "{text}");
    }
}

#[test]
fn parts_of_the_day_stay_with_the_weekday() {
    assert_eq!(arc("Le ministre est parti mardi soir.", "soir").0, "mardi");
}
