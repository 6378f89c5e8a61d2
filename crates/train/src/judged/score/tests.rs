use super::super::facts::tests::{fact, sentence};
use super::*;
use temoin_model::Span;

fn present(fact: &Fact, confidence: f64) -> Present {
    Present { place: fact.place.clone(), manner: fact.manner.clone(), confidence }
}

#[test]
fn present_claims_have_the_verdicts_of_judged_ones_with_the_same_words() {
    let facts = vec![
        fact(1, "a", Some(Verdict::Right)),
        fact(2, "b", Some(Verdict::Wrong)),
        fact(3, "c", Some(Verdict::Unclear)),
        fact(4, "gone", Some(Verdict::Right)),
        fact(5, "gone", Some(Verdict::Wrong)),
        fact(6, "d", Some(Verdict::Right)),
    ];
    let mut now: Vec<Present> = facts[..3].iter().map(|f| present(f, 0.9)).collect();
    // Other words of the object: another claim, and the right one is lost.
    let mut moved = present(&facts[5], 0.75);
    moved.place.object = Some(Span::new(3, 4));
    now.push(moved);
    let mut scores = Scores::default();
    scores.add(&sentence(0, facts), &now);
    scores.add(&sentence(60, vec![]), &[]);
    assert_eq!(scores.judged, Judged { right: 1, wrong: 1, unclear: 1 });
    assert_eq!((scores.sentences, scores.now, scores.new, scores.lost, scores.changed), (2, 4, 1, 2, 0));
    assert_eq!(scores.judged.precision(), Some(1.0 / 3.0));
    assert_eq!(scores.right_a_sentence(), 0.5);
}

#[test]
fn a_claim_that_is_put_otherwise_keeps_its_verdict_and_is_counted() {
    let mut denied = fact(2, "a", Some(Verdict::Wrong));
    denied.manner.status = "denied".into();
    let facts = vec![denied.clone(), fact(1, "a", Some(Verdict::Right))];
    let mut scores = Scores::default();
    // Of two with the same words each finds its own.
    scores.add(&sentence(0, facts.clone()), &[present(&facts[1], 0.8), present(&denied, 0.8)]);
    assert_eq!((scores.judged, scores.changed), (Judged { right: 1, wrong: 1, unclear: 0 }, 0));
    assert_eq!(scores.asserted, Judged { right: 1, ..Judged::default() });
    // A verdict serves once.
    scores
        .add(&sentence(60, vec![fact(1, "a", Some(Verdict::Right))]), &[present(&denied, 0.5), present(&denied, 0.5)]);
    assert_eq!((scores.judged.right, scores.changed, scores.new), (2, 1, 1));
    assert_eq!(scores.asserted.all(), 1);
}

#[test]
fn bands_take_in_their_lower_bound() {
    let mut scores = Scores::default();
    for (i, confidence) in [1.0, 0.9, 0.89, 0.8, 0.7, 0.6, 0.59, 0.0].into_iter().enumerate() {
        let f = fact(1, "a", Some(if i == 1 { Verdict::Wrong } else { Verdict::Right }));
        scores.add(&sentence(60 * i as u32, vec![f.clone()]), &[present(&f, confidence)]);
    }
    assert_eq!(scores.bands.map(Judged::all), [2, 2, 1, 1, 2]);
    let tables = tables(&[("x".into(), scores), ("y".into(), Scores::default())]);
    assert!(tables.contains("| ≥ 0.9") && tables.contains("50.0 %"), "{tables}");
    assert!(tables.contains("–"), "no figure where nothing was judged: {tables}");
}

#[test]
fn every_claim_needs_a_verdict() {
    let mut one = sentence(5, vec![fact(1, "a", Some(Verdict::Right)), fact(2, "b", None)]);
    let error = judged("x", &facts::write(&[one.clone()])).unwrap_err();
    assert_eq!(error, "x:3: claim 2 has no verdict: right, wrong or unclear");
    one.facts.pop();
    assert_eq!(judged("x", &facts::write(&[one])).unwrap().len(), 1);
}

#[test]
fn offsets_outside_the_document_are_an_error() {
    let text = super::super::Text { name: "trial".into(), published: None, text: "Marie Curie visited London.".into() };
    let doc = Reader::builtin(temoin_model::Lang::En).annotate(&text);
    let mut s = sentence(5, vec![fact(1, "a", None)]);
    s.line = 7;
    assert!(check("x", &s, &doc).unwrap_err().starts_with("x:7: offsets lie outside"));
    s.span = Span::new(0, 27);
    assert_eq!(check("x", &s, &doc), Ok(()));
    s.facts[0].line = 8;
    s.facts[0].place.object = Some(Span::new(20, 28));
    assert!(check("x", &s, &doc).unwrap_err().starts_with("x:8: offsets lie outside"));
    s.facts[0].place.object = None;
    s.span = Span::new(12, 27);
    assert_eq!(check("x", &s, &doc).unwrap_err(), "x:8: the trigger lies outside the sentence");
}

#[test]
fn built_in_files_are_of_their_form() {
    for (name, source) in BUILTIN {
        judged(name, source).unwrap();
    }
}
