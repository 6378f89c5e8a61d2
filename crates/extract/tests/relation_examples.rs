//! The examples of the relation inventory, through the whole analysis.

use temoin_extract::Extractor;
use temoin_extract::relations::{Example, Relations};
use temoin_language::Annotator;
use temoin_model::{Article, Extraction, Lang, Meta, Object, Subject};

fn extract(annotator: &Annotator, extractor: &Extractor, text: &str) -> Extraction {
    extractor.extract(&annotator.annotate(Article { meta: Meta::default(), text: text.to_owned() }))
}

fn names(x: &Extraction, subject: bool, c: &temoin_model::Claim) -> Vec<String> {
    let entity = |e| {
        let e = x.entity(e);
        let mut v = vec![e.label.clone()];
        v.extend(e.aliases.iter().cloned());
        v
    };
    match (subject, c.subject, &c.object) {
        (true, Subject::Entity(e), _) => entity(e),
        (true, Subject::Unknown, _) => vec!["?".into()],
        (false, _, Object::Entity(e)) => entity(*e),
        (false, _, Object::Quantity(q)) => vec![q.text.clone(), format!("{}", q.value.unwrap_or(-1.0))],
        (false, _, Object::Text(t)) => vec![t.clone()],
    }
}

fn found(x: &Extraction, relation: &str, e: &Example) -> bool {
    let fits = |wanted: &str, names: Vec<String>| {
        wanted.split('|').any(|w| names.iter().any(|n| n.to_lowercase().contains(&w.to_lowercase())))
    };
    x.claims
        .iter()
        .any(|c| c.predicate == relation && fits(&e.subject, names(x, true, c)) && fits(&e.object, names(x, false, c)))
}

#[test]
fn every_example_gives_its_claim() {
    let annotator = Annotator::builtin(Lang::Fr);
    let extractor = Extractor::builtin();
    let relations = Relations::builtin();
    let (mut total, mut wrong) = (0, Vec::new());
    for r in relations.iter() {
        for e in r.examples.iter().filter(|e| e.lang == Lang::Fr) {
            total += 1;
            let x = extract(&annotator, &extractor, &e.text);
            if !found(&x, &r.name, e) {
                let got: Vec<String> = x
                    .claims
                    .iter()
                    .map(|c| format!("{}({:?}, {:?})", c.predicate, names(&x, true, c), names(&x, false, c)))
                    .collect();
                wrong.push(format!(
                    "{}: {}\n    wanted {} / {}\n    got {}",
                    r.name,
                    e.text,
                    e.subject,
                    e.object,
                    got.join(" ")
                ));
            }
        }
    }
    assert!(total >= 120, "only {total} examples");
    assert!(wrong.is_empty(), "{} of {total} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_counterexample_gives_its_relation() {
    let annotator = Annotator::builtin(Lang::Fr);
    let extractor = Extractor::builtin();
    let relations = Relations::builtin();
    let mut wrong = Vec::new();
    for r in relations.iter() {
        for (_, text) in r.counterexamples.iter().filter(|(l, _)| *l == Lang::Fr) {
            let x = extract(&annotator, &extractor, text);
            assert!(!x.mentions.is_empty(), "nothing was analysed in: {text}");
            if x.claims.iter().any(|c| c.predicate == r.name) {
                wrong.push(format!("{}: {text}", r.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
