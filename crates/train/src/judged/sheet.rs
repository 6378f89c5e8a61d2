//! The sheet that a reader judges from: a sentence, then its claims, a line each.

use temoin_model::{Char, Claim, Document, EntityIx, Extraction, Object, Span, Speaker, Subject};

/// The line of a sentence.
pub fn sentence(number: usize, doc: &Document, span: Span<Char>) -> String {
    format!("## S{number} [{}] {}", doc.meta.name, one_line(doc.slice(span)))
}

/// The line of a claim: number, subject, what entity it is, relation, trigger, object, what entity
/// that is where its words are not the label, status, polarity, places, time and count, speaker,
/// confidence.
pub fn claim(number: u32, doc: &Document, found: &Extraction, claim: &Claim) -> String {
    let manner = super::facts::Manner::of(claim);
    let label = |e: EntityIx| found.entity(e).label.clone();
    let words = |s: Option<Span<Char>>| s.map_or("-".to_owned(), |s| one_line(doc.slice(s)));
    let subject = match claim.subject {
        Subject::Entity(e) => label(e),
        Subject::Unknown => "?".into(),
    };
    let (object, object_meant) = object(doc, found, claim);
    let speaker = match claim.said_by {
        Speaker::Author => "author".to_owned(),
        Speaker::Unnamed => "unnamed".to_owned(),
        Speaker::Entity(e) => label(e),
    };
    let cells = [
        format!("C{number}"),
        words(claim.evidence.subject),
        format!("meant: {subject}"),
        claim.predicate.clone(),
        words(Some(claim.evidence.trigger)),
        object,
        object_meant.map_or("-".into(), |l| format!("meant: {l}")),
        manner.status,
        manner.polarity,
        circumstances(found, claim),
        format!("said by {speaker}"),
        format!("{:.2}", claim.confidence),
    ];
    cells.map(|c| one_line(&c)).join("\t")
}

/// Words of the object, and the label of its entity where that differs.
fn object(doc: &Document, found: &Extraction, claim: &Claim) -> (String, Option<String>) {
    let words = claim.evidence.object.map(|s| one_line(doc.slice(s)));
    match &claim.object {
        Object::Entity(e) => {
            let label = found.entity(*e).label.clone();
            let differs = words.as_ref() != Some(&label);
            (words.unwrap_or("-".into()), differs.then_some(label))
        }
        Object::Quantity(q) => (words.unwrap_or_else(|| q.text.clone()), None),
        Object::Text(t) if t.is_empty() => (words.unwrap_or("-".into()), None),
        Object::Text(t) => (t.clone(), None),
    }
}

/// Where, when and how many.
fn circumstances(found: &Extraction, claim: &Claim) -> String {
    let places = claim.places.iter().map(|&p| format!("where: {}", found.entity(p).label));
    let time = claim.time.iter().map(|t| format!("when: {} ({})", t.text, t.edtf));
    let count = claim.count.iter().map(|q| format!("count: {}", q.text));
    let all: Vec<String> = places.chain(time).chain(count).collect();
    if all.is_empty() { "-".into() } else { all.join("; ") }
}

/// Words with single blanks between.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::{Reader, Text};
    use super::*;
    use temoin_model::Lang;

    #[test]
    fn a_sheet_gives_words_and_what_they_mean() {
        let text = "Marie Curie lives in Paris. She visited London\non Monday.".to_owned();
        let text = Text { name: "trial".into(), published: "2011-05-04".parse().ok(), text };
        let (doc, found) = Reader::builtin(Lang::En).read(&text);
        assert_eq!(sentence(2, &doc, doc.sentence_span(1)), "## S2 [trial] She visited London on Monday.");
        let lines: Vec<String> = found.claims.iter().map(|c| claim(7, &doc, &found, c)).collect();
        let visit = lines.iter().find(|l| l.contains("\tvisited\t")).unwrap();
        let cells: Vec<&str> = visit.split('\t').collect();
        assert_eq!(cells.len(), 12, "{visit}");
        assert_eq!(cells[..3], ["C7", "She", "meant: Marie Curie"]);
        assert_eq!((cells[5], cells[7], cells[8]), ("London", "asserted", "positive"));
        assert!(cells[9].contains("when: ") && cells[9].contains("(2011-05-02)"), "{visit}");
        assert_eq!(cells[10], "said by author");
    }
}
