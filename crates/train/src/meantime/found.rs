//! What a claim says where: its trigger and its participants, read from JSON Lines of any version.

use serde_json::Value;
use std::collections::BTreeMap;
use temoin_model::{Char, Span};

/// A claim of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Words that name the relation.
    pub trigger: Span<Char>,
    /// Words of subject, object, place and source. For a place and a source, and where a record does
    /// not say where its subject or object stands, wherever the sentence has their label.
    pub participants: Vec<Span<Char>>,
}

/// A record as a claim; nothing where it has no trigger. Fields that are missing are passed over.
pub fn found(record: &Value) -> Option<Found> {
    let evidence = &record["evidence"];
    let trigger = span(&evidence["trigger"])?;
    let mut participants = Vec::new();
    for role in ["subject", "object"] {
        match span(&evidence[role]) {
            Some(s) => participants.push(s),
            None => participants.extend(named(evidence, &record[role])),
        }
    }
    for role in ["place", "attributedTo"] {
        participants.extend(named(evidence, &record[role]));
    }
    Some(Found { trigger, participants })
}

/// Claims by `source`, from JSON Lines.
///
/// # Errors
/// When a line is no JSON.
pub fn by_source(lines: &str) -> Result<BTreeMap<String, Vec<Found>>, String> {
    let mut out: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for (n, line) in lines.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let record: Value = serde_json::from_str(line).map_err(|e| format!("line {}: {e}", n + 1))?;
        let source = record["source"].as_str().unwrap_or_default().to_owned();
        out.entry(source).or_default().extend(found(&record));
    }
    Ok(out)
}

fn span(value: &Value) -> Option<Span<Char>> {
    let at = |i: usize| value.get(i).and_then(Value::as_u64).map(|n| n as u32);
    at(0).zip(at(1)).filter(|(a, b)| a < b).map(|(a, b)| Span::new(a, b))
}

/// Where the sentence has a label or another name of an entity, or the words of a value.
fn named(evidence: &Value, entity: &Value) -> Vec<Span<Char>> {
    let (Some(start), Some(quote)) = (evidence["start"].as_u64(), evidence["quote"].as_str()) else {
        return Vec::new();
    };
    let aliases = entity["aliases"].as_array().into_iter().flatten();
    let names = [&entity["label"], &entity["text"]].into_iter().chain(aliases).filter_map(Value::as_str);
    let places = names.filter(|n| !n.is_empty()).flat_map(|name| {
        let chars = |words: &str| words.chars().count() as u32;
        let whole = |at: usize| {
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !inside(quote[..at].chars().next_back()) && !inside(quote[at + name.len()..].chars().next())
        };
        let hits = quote.match_indices(name).map(|(at, _)| at).filter(move |&at| whole(at));
        hits.map(move |at| start as u32 + chars(&quote[..at])).map(move |at| Span::new(at, at + chars(name)))
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn participants_stand_where_the_evidence_or_their_label_says() {
        let record = json!({
            "source": "one", "subject": { "label": "Ann" }, "object": { "type": "Text", "text": "it rains" },
            "place": { "label": "Éa", "aliases": ["Ea town"] },
            "evidence": { "start": 10, "quote": "In Éa, Ann says it rains.", "subject": [17, 20], "trigger": [21, 25] },
        });
        let claims = by_source(&format!("{record}\n\n")).unwrap();
        let claim = &claims["one"][0];
        assert_eq!(claim.trigger, Span::new(21, 25));
        assert_eq!(claim.participants, [Span::new(17, 20), Span::new(26, 34), Span::new(13, 15)]);
    }

    #[test]
    fn missing_fields_are_no_error() {
        assert_eq!(found(&json!({ "evidence": {} })), None);
        let bare = found(&json!({ "evidence": { "trigger": [1, 2] } })).unwrap();
        assert!(bare.participants.is_empty());
        assert!(by_source("{").unwrap_err().starts_with("line 1"));
    }
}
