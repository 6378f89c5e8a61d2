//! Ages that stand beside a person: "The driver, 51, …", "the victim, aged 19", « Jean Morel, 54 ans »,
//! « une femme de 30 ans ».

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::Pos;
use super::syntax::Voice;
use temoin_model::{Char, EntityType, Lang, Precision, Quantity, Span, TokenId, Upos};

/// People live no longer.
const OLDEST: f64 = 120.0;

impl Engine<'_> {
    /// The claim that `subject` is `years` old, by the words of `span`.
    fn exact_age(&mut self, t: TokenId, span: Span<Char>, years: f64, subject: &Arg) {
        let value = Quantity {
            value: Some(years),
            min: Some(years),
            max: Some(years),
            precision: Precision::Exact,
            unit: Some("year".into()),
            text: self.args.tree.doc.slice(span).to_owned(),
            span,
        };
        let object = Arg { what: What::Quantity(value), span: Some(span), head: Some(t), sure: 1.0 };
        let hit = Hit { at: t, complement: None, pos: Pos::Noun };
        self.claim(hit, "ageYears", "age", 0.9, subject, &object, None);
    }

    /// "died at the age of 54": in English the figure needs no unit.
    fn ages_in_figures(&mut self) {
        let doc = self.args.tree.doc;
        let tree = self.args.tree;
        for t in doc.tokens().filter(|&t| doc.upos(t) == Upos::Num && doc.meta.lang == Lang::En) {
            let Ok(years) = doc.form(t).parse::<f64>() else { continue };
            let age = doc.head(t).filter(|&h| doc.lemma(h) == "age" && tree.is_nominal(h) && h < t);
            let at = age.filter(|&a| tree.preposition(a).as_deref() == Some("at"));
            let verb = at.and_then(|a| doc.head(a)).filter(|&v| tree.is_verbal(v));
            let subject = verb.and_then(|v| tree.surface_subject(v)).filter(|_| (1.0..OLDEST).contains(&years));
            let Some(subject) = subject.and_then(|f| self.args.participant(f.at, f.sure * 0.95)) else { continue };
            if subject.entity().is_none_or(|e| self.args.kind(e) != EntityType::Person) {
                continue;
            }
            let span = doc.token_span(t);
            self.exact_age(t, span, years, &subject);
        }
    }

    /// « est mort à 72 ans », « à l'âge de 101 ans », "at the age of 54": the age of who does it then.
    pub(super) fn ages_then(&mut self) {
        let doc = self.args.tree.doc;
        let tree = self.args.tree;
        self.ages_in_figures();
        for q in self.args.quantities {
            let years = q.value.unit.as_deref() == Some("year") && q.value.precision == Precision::Exact;
            if !years || q.value.value.is_none_or(|v| !(1.0..OLDEST).contains(&v)) {
                continue;
            }
            let noun = q.noun;
            let age = doc.head(noun).filter(|&h| matches!(doc.lemma(h), "âge" | "age") && tree.is_nominal(h));
            let phrase = age.unwrap_or(noun);
            let at = tree.preposition(phrase).is_some_and(|p| matches!(p.as_str(), "à" | "at"));
            let Some(verb) = doc.head(phrase).filter(|&v| tree.is_verbal(v) && at) else { continue };
            let dies = matches!(doc.lemma(verb), "mourir" | "décéder" | "disparaître" | "éteindre" | "die");
            if !dies && (age.is_none() || tree.voice(verb) == Voice::Passive) {
                continue;
            }
            let Some(f) = tree.surface_subject(verb) else { continue };
            let Some(subject) = self.args.participant(f.at, f.sure * 0.95) else { continue };
            if subject.entity().is_none_or(|e| self.args.kind(e) != EntityType::Person) {
                continue;
            }
            let object =
                Arg { what: What::Quantity(q.value.clone()), span: Some(q.value.span), head: Some(noun), sure: 1.0 };
            let hit = Hit { at: noun, complement: None, pos: Pos::Noun };
            self.claim(hit, "ageYears", "age", 0.9, &subject, &object, None);
        }
    }

    /// A number between commas or brackets, behind whoever has that age; in English without a unit, in French
    /// with « ans », which « de » may join to the noun.
    pub(super) fn ages(&mut self) {
        let doc = self.args.tree.doc;
        let french = doc.meta.lang == Lang::Fr;
        for t in doc.tokens().filter(|&t| doc.upos(t) == Upos::Num) {
            let Ok(years) = doc.form(t).parse::<f64>() else { continue };
            let span = doc.sentence(doc.sentence_of(t));
            let at = |x: u32| (x >= span.start && x < span.end).then_some(TokenId(x));
            let unit = at(t.0 + 1).filter(|&n| french && matches!(doc.form(n), "ans" | "an"));
            if french && unit.is_none() {
                continue;
            }
            let last = unit.unwrap_or(t);
            let aged = t.0.checked_sub(1).and_then(at).filter(|&a| doc.form(a).eq_ignore_ascii_case("aged"));
            let comma = aged.unwrap_or(t).0.checked_sub(1).and_then(at).filter(|&c| matches!(doc.form(c), "," | "("));
            let of = t.0.checked_sub(1).and_then(at).filter(|&d| french && matches!(doc.form(d), "de" | "d'" | "d’"));
            let closed = at(last.0 + 1).is_none_or(|n| matches!(doc.form(n), "," | "." | ")" | ";"));
            let noun = of.and(unit).and_then(|u| doc.head(u).filter(|&h| doc.relation(u) == "nmod" && h < t));
            let owner = noun.or_else(|| comma.or(aged).and_then(|c| c.0.checked_sub(1)).and_then(at));
            let (true, true, Some(owner)) = (
                (1.0..OLDEST).contains(&years),
                closed && (comma.is_some() || aged.is_some()) || noun.is_some(),
                owner,
            ) else {
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
            let span = doc.token_span(t).cover(doc.token_span(last));
            self.exact_age(t, span, years, &subject);
        }
    }
}
