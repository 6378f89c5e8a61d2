//! The examples of the relations in force: sentences with the claim that they must give, and sentences
//! that must not give their relation.

use crate::Pipeline;
use std::fmt;
use temoin_extract::relations::Example;
use temoin_model::{Article, Claim, Extraction, Lang, Meta, Object, Subject};

/// A sentence that does not give what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The relation.
    pub relation: String,
    /// The sentence.
    pub text: String,
    /// Part of the subject's and of the object's name that a claim should have; none where the sentence
    /// should not give the relation.
    pub wanted: Option<(String, String)>,
    /// The claims that it gives.
    pub found: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.relation, self.text)?;
        match &self.wanted {
            Some((subject, object)) => writeln!(f, "    wanted: {subject} / {object}")?,
            None => writeln!(f, "    wanted: no {}", self.relation)?,
        }
        write!(f, "    found:  {}", if self.found.is_empty() { "no claim".into() } else { self.found.join("; ") })
    }
}

/// Reads every example and counterexample of the relations in force; gives their number and those that
/// fail.
pub fn check(pipeline: &Pipeline) -> (usize, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut total = 0;
    for r in pipeline.relations() {
        let mut read = |lang: Lang, text: &str, example: Option<&Example>| {
            total += 1;
            let meta = Meta { lang, ..Meta::default() };
            let x = pipeline.extract(Article { meta, text: text.to_owned() }).extraction;
            let right = match example {
                Some(e) => x.claims.iter().any(|c| c.predicate == r.name && fits(&x, c, e)),
                None => x.claims.iter().all(|c| c.predicate != r.name),
            };
            if !right {
                failures.push(Failure {
                    relation: r.name.clone(),
                    text: text.to_owned(),
                    wanted: example.map(|e| (e.subject.clone(), e.object.clone())),
                    found: x.claims.iter().map(|c| shown(&x, c)).collect(),
                });
            }
        };
        r.examples.iter().for_each(|e| read(e.lang, &e.text, Some(e)));
        r.counterexamples.iter().for_each(|(lang, text)| read(*lang, text, None));
    }
    (total, failures)
}

/// Names of the subject, or of the object, of a claim.
fn names(x: &Extraction, c: &Claim, subject: bool) -> Vec<String> {
    let entity = |e| {
        let e = x.entity(e);
        std::iter::once(&e.label).chain(&e.aliases).cloned().collect()
    };
    match (subject, c.subject, &c.object) {
        (true, Subject::Entity(e), _) => entity(e),
        (true, Subject::Unknown, _) => vec!["?".into()],
        (false, _, Object::Entity(e)) => entity(*e),
        (false, _, Object::Quantity(q)) => vec![q.text.clone(), q.value.map_or_else(String::new, |v| v.to_string())],
        (false, _, Object::Text(t)) => vec![t.clone()],
    }
}

/// Whether the parts that an example names, alternatives parted by `|`, stand in the claim.
fn fits(x: &Extraction, c: &Claim, e: &Example) -> bool {
    let one = |wanted: &str, subject| {
        let names: Vec<String> = names(x, c, subject).iter().map(|n| n.to_lowercase()).collect();
        wanted.split('|').any(|w| names.iter().any(|n| n.contains(&w.to_lowercase())))
    };
    one(&e.subject, true) && one(&e.object, false)
}

fn shown(x: &Extraction, c: &Claim) -> String {
    let first = |subject| names(x, c, subject).into_iter().next().unwrap_or_default();
    format!("{} {} {}", first(true), c.predicate, first(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extractor;

    #[test]
    fn every_example_of_the_inventory_holds() {
        let pipeline = Pipeline::builder().threads(1).build();
        let (total, failures) = check(&pipeline);
        let shown: Vec<String> = failures.iter().map(ToString::to_string).collect();
        assert!(total >= 190, "only {total} examples");
        assert!(shown.is_empty(), "{} of {total} fail:\n{}", shown.len(), shown.join("\n"));
    }

    #[test]
    fn a_wrong_example_is_told() {
        let mut extractor = Extractor::builtin();
        extractor
            .add_relations(
                "[criticized.examples]\nfr = [[\"La France a critiqué la Russie.\", \"Russie\", \"France\"]]",
            )
            .unwrap();
        let pipeline = Pipeline::builder().threads(1).extractor(extractor).build();
        let (_, failures) = check(&pipeline);
        let told = failures.iter().filter(|f| f.relation == "criticized").map(|f| f.found.as_slice());
        assert_eq!(told.collect::<Vec<_>>(), [["France criticized Russie"]]);
    }
}
