//! Ages that stand beside a person: "The driver, 51, …", "the victim, aged 19".

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::Pos;
use temoin_model::{EntityType, Lang, Precision, Quantity, TokenId, Upos};

/// People live no longer.
const OLDEST: f64 = 120.0;

impl Engine<'_> {
    /// In English an age needs no unit: a bare number between commas, behind whoever has it.
    pub(super) fn ages(&mut self) {
        let doc = self.args.tree.doc;
        if doc.meta.lang != Lang::En {
            return;
        }
        for t in doc.tokens().filter(|&t| doc.upos(t) == Upos::Num) {
            let Ok(years) = doc.form(t).parse::<f64>() else { continue };
            let span = doc.sentence(doc.sentence_of(t));
            let at = |x: u32| (x >= span.start && x < span.end).then_some(TokenId(x));
            let aged = t.0.checked_sub(1).and_then(at).filter(|&a| doc.form(a).eq_ignore_ascii_case("aged"));
            let comma = aged.unwrap_or(t).0.checked_sub(1).and_then(at).filter(|&c| doc.form(c) == ",");
            let closed = at(t.0 + 1).is_none_or(|n| matches!(doc.form(n), "," | "." | ")" | ";"));
            let owner = comma.or(aged).and_then(|c| c.0.checked_sub(1)).and_then(at);
            let (true, true, Some(owner)) =
                ((1.0..OLDEST).contains(&years), closed && (comma.is_some() || aged.is_some()), owner)
            else {
                continue;
            };
            // The comma stands behind the whole noun phrase; its head has the mention.
            let mention = |a: TokenId| self.args.layer.mention_at(a).map(|_| a);
            let head =
                mention(owner).or_else(|| doc.head(owner).and_then(mention)).or_else(|| doc.head(t).and_then(mention));
            let Some(subject) = head.filter(|&h| h < t).and_then(|h| self.args.participant(h, 0.95)) else { continue };
            if subject.entity().is_none_or(|e| self.args.kind(e) != EntityType::Person) {
                continue;
            }
            let span = doc.token_span(t);
            let value = Quantity {
                value: Some(years),
                min: Some(years),
                max: Some(years),
                precision: Precision::Exact,
                unit: Some("year".into()),
                text: doc.form(t).to_owned(),
                span,
            };
            let object = Arg { what: What::Quantity(value), span: Some(span), head: Some(t), sure: 1.0 };
            let hit = Hit { at: t, complement: None, pos: Pos::Noun };
            self.claim(hit, "ageYears", "age", 0.9, &subject, &object, None);
        }
    }
}
