//! A French and an English sentence that say the same give the same claim: subject, relation, object,
//! status and date.

use temoin::{Article, Date, Lang, Meta, Object, Pipeline, Status, Subject};

/// Participants of a claim by identifier, its status and its date.
type Facts = (String, String, Status, Option<String>);

fn facts(pipeline: &Pipeline, lang: Lang, text: &str, relation: &str) -> Vec<Facts> {
    let published: Date = "2024-03-14".parse().unwrap();
    let meta = Meta { lang, published: Some(published), ..Meta::default() };
    let x = pipeline.extract(Article { meta, text: text.to_owned() }).extraction;
    let claims = x.claims.iter().filter(|c| c.predicate == relation);
    let of = |c: &temoin::Claim| {
        let entity = |e| {
            let e = x.entity(e);
            // Common nouns have no name that two languages share: what they are must be the same.
            if e.named { e.id.clone() } else { e.kind.name().to_owned() }
        };
        let subject = match c.subject {
            Subject::Entity(e) => entity(e),
            Subject::Unknown => "?".into(),
        };
        let object = match &c.object {
            Object::Entity(e) => entity(*e),
            Object::Quantity(q) => format!("{:?}", q.value),
            Object::Text(_) => "words".into(),
        };
        (subject, object, c.status, c.time.as_ref().map(|t| t.edtf.clone()))
    };
    claims.map(of).collect()
}

#[test]
fn two_languages_give_the_same_claim() {
    let pipeline = Pipeline::builder().threads(1).build();
    let mut wrong = Vec::new();
    let mut total = 0;
    for line in include_str!("pairs.tsv").lines().filter(|l| !l.starts_with('#')) {
        let [fr, en, relation, status, date] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        total += 1;
        let french = facts(&pipeline, Lang::Fr, fr, relation);
        let english = facts(&pipeline, Lang::En, en, relation);
        let right = |f: &&Facts| {
            format!("{:?}", f.2).to_lowercase() == status
                && f.3.as_deref().unwrap_or("-") == date
                && english.contains(f)
        };
        if !french.iter().any(|f| right(&f)) {
            wrong.push(format!("{fr} / {en}\n    {relation} {status} {date}\n    {french:?}\n    {english:?}"));
        }
    }
    assert!(total >= 60, "only {total} pairs");
    assert!(wrong.is_empty(), "{} of {total} pairs differ:\n{}", wrong.len(), wrong.join("\n"));
}
