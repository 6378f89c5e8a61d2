use super::*;
use crate::testing::{bare, published, token, tree};
use temoin_model::{Lang, Meta, Precision};

type Row = (Option<f64>, Option<f64>, Option<f64>, Precision, Option<String>);

fn read(text: &str) -> Vec<Row> {
    find(&bare(text, published("2022-01-06"))).into_iter().map(|q| row(q.value)).collect()
}

fn row(q: Quantity) -> Row {
    (q.value, q.min, q.max, q.precision, q.unit)
}

fn unit(u: &str) -> Option<String> {
    (!u.is_empty()).then(|| u.to_owned())
}

#[test]
fn exact_numbers() {
    for (text, value, u) in [
        ("Dix-huit policiers sont tombés.", 18.0, "person"),
        ("700 blessés selon la mairie.", 700.0, "person"),
        ("On compte 2 000 soldats.", 2000.0, "person"),
        ("On compte 2\u{a0}000 soldats.", 2000.0, "person"),
        ("On compte 2\u{202f}000 soldats.", 2000.0, "person"),
        ("Une ville de 1,8 million d'habitants.", 1.8e6, "person"),
        ("Le taux atteint 3,5 % en mars.", 3.5, "percent"),
        ("Un contrat de 40 millions d'euros.", 4e7, "EUR"),
        ("La route fait 5 km.", 5.0, "km"),
        ("Une amende de 300 dollars canadiens.", 300.0, "CAD"),
        ("Une femme de 29 ans.", 29.0, "year"),
        ("Quatre-vingt-dix militants.", 90.0, "person"),
        ("Un mort dans la rue.", 1.0, "person"),
    ] {
        assert_eq!(read(text), [(Some(value), Some(value), Some(value), Precision::Exact, unit(u))], "{text}");
    }
}

#[test]
fn bounded_and_round_numbers() {
    use Precision::*;
    for (text, v, min, max, p) in [
        ("Environ 2 000 manifestants.", Some(2000.0), Some(1800.0), Some(2200.0), About),
        ("Quelque 300 manifestants.", Some(300.0), Some(270.0), Some(330.0), About),
        ("Près de 50 manifestants.", Some(50.0), Some(45.0), Some(55.0), About),
        ("Une vingtaine de manifestants.", Some(20.0), Some(18.0), Some(22.0), About),
        ("Un millier de manifestants.", Some(1000.0), Some(900.0), Some(1100.0), About),
        ("Au moins un millier de manifestants.", Some(1000.0), Some(1000.0), None, AtLeast),
        ("Plus de 30 manifestants.", Some(30.0), Some(30.0), None, AtLeast),
        ("Moins de 30 manifestants.", Some(30.0), None, Some(30.0), AtMost),
        ("Entre 20 et 30 manifestants.", None, Some(20.0), Some(30.0), Range),
        ("De 20 à 30 manifestants.", None, Some(20.0), Some(30.0), Range),
        ("Des dizaines de manifestants.", None, Some(20.0), Some(100.0), Vague),
        ("Plusieurs centaines de manifestants.", None, Some(200.0), Some(1000.0), Vague),
        ("Des dizaines de milliers de manifestants.", None, Some(20000.0), Some(100000.0), Vague),
        ("Plusieurs manifestants crient.", None, Some(2.0), None, Vague),
    ] {
        assert_eq!(read(text), [(v, min, max, p, unit("person"))], "{text}");
    }
    assert_eq!(read("Entre 2 et 3 millions d'euros."), [(None, Some(2e6), Some(3e6), Range, unit("EUR"))]);
}

#[test]
fn what_is_not_a_quantity() {
    for text in [
        "Le 5 janvier 2022, il a plu.",
        "Il est né en 1950.",
        "Le 3e bataillon arrive.",
        "Une femme a parlé.",
        "Rendez-vous à 14 heures.",
        "Elle vit là depuis deux jours.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn an_elided_noun_is_taken_from_before() {
    let doc = tree(
        "Dix-huit dix-huit NUM _ 2 nummod
         marins marin NOUN _ 5 nsubj:pass
         ont avoir AUX Mood=Ind|Tense=Pres|VerbForm=Fin 5 aux:tense
         été être AUX Tense=Past|VerbForm=Part 5 aux:pass
         secourus secourir VERB Tense=Past|VerbForm=Part 0 root
         et et CCONJ _ 8 cc
         700 700 NUM _ 8 nsubj:pass
         noyés noyer VERB Tense=Past|VerbForm=Part 5 conj",
        Meta::default(),
    );
    let found = find(&doc);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].noun, found[0].value.unit.as_deref()), (token(&doc, "marins"), Some("person")));
    assert_eq!((found[1].noun, found[1].value.unit.as_deref()), (token(&doc, "700"), Some("person")));
}

#[test]
fn the_counted_noun_stands_behind_de() {
    let doc = tree(
        "un un DET _ 2 det
         millier millier NOUN _ 0 root
         de de ADP _ 4 case
         blessés blessé NOUN _ 2 nmod",
        Meta::default(),
    );
    let found = find(&doc);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].noun, token(&doc, "blessés"));
    assert_eq!(found[0].value.text, "un millier");
}

#[test]
fn english_numbers() {
    let meta = Meta { lang: Lang::En, ..Meta::default() };
    let read = |t: &str| find(&bare(t, meta.clone())).into_iter().map(|q| row(q.value)).collect::<Vec<_>>();
    assert_eq!(
        read("At least two hundred soldiers left."),
        [(Some(200.0), Some(200.0), None, Precision::AtLeast, unit("person"))]
    );
    assert_eq!(read("$ 40 million"), [(Some(4e7), Some(4e7), Some(4e7), Precision::Exact, unit("USD"))]);
    assert_eq!(read("Dozens of people left."), [(None, Some(24.0), Some(120.0), Precision::Vague, unit("person"))]);
}
