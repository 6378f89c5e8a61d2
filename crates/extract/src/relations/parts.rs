//! Second numbers: a part of what is counted (« 281 personnes, dont 221 à Amatrice ») and what a number is
//! compared with (« 300 voitures, contre 250 en 2015 »). Each is a claim of its own.

use super::args::Arg;
use super::engine::{Engine, Hit};
use crate::quantity::QuantityExpr;
use crate::time;
use temoin_model::{Claim, Object, Polarity, Precision, Quantity, Status, Subject, TokenId, Upos};

impl Engine<'_> {
    /// Claims of the numbers that stand behind the one of the claim made last.
    pub(super) fn second_numbers(&mut self, hit: Hit) {
        let Some((at, claim)) = self.claims.last().cloned() else { return };
        let number = match (&claim.count, &claim.object) {
            (Some(q), _) | (None, Object::Quantity(q)) => q.clone(),
            _ => return,
        };
        let Some(first) = self.args.quantities.iter().find(|q| q.value.span == number.span) else { return };
        if at != hit.at || claim.polarity != Polarity::Positive {
            return;
        }
        let made = [self.part(first, &claim), self.compared(hit.at, first, &claim)];
        for c in made.into_iter().flatten() {
            let same = |old: &Claim| {
                (old.subject, &old.predicate, &old.object) == (c.subject, &c.predicate, &c.object)
                    && old.count == c.count
            };
            if !self.claims.iter().rev().take(12).any(|(_, old)| same(old)) {
                self.claims.push((at, c));
            }
        }
    }

    /// « …, dont 221 à Amatrice », « …, dont dix enfants »: some of those counted, by place or by kind.
    fn part(&mut self, first: &QuantityExpr, claim: &Claim) -> Option<Claim> {
        let doc = self.args.tree.doc;
        let from = first.noun.0.max(first.tokens.end - 1) + 1;
        let end = doc.sentence(doc.sentence_of(first.noun)).end;
        let opener = (from..end.min(from + 6)).find(|&i| doc.form(TokenId(i)) == "dont")?;
        // Nothing but words of the same noun phrase stands between.
        let inside = |i: u32| {
            matches!(doc.upos(TokenId(i)), Upos::Adj | Upos::Punct | Upos::Adp | Upos::Noun | Upos::Propn | Upos::Det)
        };
        let part = self.args.quantities.iter().find(|q| q.tokens.start == opener + 1)?;
        let vague = part.value.precision == Precision::Vague;
        if !(from..opener).all(inside) || vague || larger(&part.value, &first.value) {
            return None;
        }
        let mut out = Claim { event: None, because: Vec::new(), purpose: Vec::new(), ..claim.clone() };
        let counted = !part.tokens.range().contains(&part.noun.0);
        let value = part.value.clone();
        if counted && part.noun.0 == part.tokens.end {
            let kind = self.args.participant(part.noun, 0.95)?;
            let entity = kind.entity()?;
            // « fait état de 29 morts dont 27 policiers »: the toll says it.
            let toll = matches!(doc.lemma(first.noun), "mort" | "blessé" | "tué" | "victime" | "disparu");
            if toll && claim.predicate.starts_with("open:") {
                return None;
            }
            // « 86 morts, dont dix enfants »: the children are those counted.
            out.evidence.trigger = part.value.span;
            match (&mut out.count, &claim.object) {
                (Some(count), Object::Entity(_)) => {
                    *count = value;
                    out.object = Object::Entity(entity);
                    out.evidence.object = kind.span;
                }
                (None, Object::Quantity(_)) if claim.predicate.ends_with("Count") => {
                    out.object = Object::Quantity(value);
                    out.subject = Subject::Entity(entity);
                    (out.evidence.subject, out.evidence.object) = (kind.span, Some(part.value.span));
                }
                _ => return None,
            }
        } else if !counted {
            let next = TokenId(part.tokens.end);
            let here = |a: &Arg| a.head.is_some_and(|h| h >= next && h.0 <= next.0 + 4);
            let hosts = [Some(part.noun), doc.head(part.noun)];
            let places: Vec<Arg> = hosts.into_iter().flatten().flat_map(|h| self.args.places_under(h, false)).collect();
            let place = places.into_iter().find(here)?;
            out.evidence.trigger = part.value.span;
            out.places = place.entity().into_iter().collect();
            let value = Quantity { unit: first.value.unit.clone(), ..value };
            match &mut out.count {
                Some(count) => *count = value,
                None => out.object = Object::Quantity(value),
            }
        } else {
            return None;
        }
        out.confidence = (out.confidence * 95.0).round() / 100.0;
        Some(out)
    }

    /// « 9,7 % en 2016, contre 10,4 % en 2015 »: the same of another time.
    fn compared(&mut self, at: TokenId, first: &QuantityExpr, claim: &Claim) -> Option<Claim> {
        let doc = self.args.tree.doc;
        let end = doc.sentence(doc.sentence_of(at)).end;
        let other = self.args.quantities.iter().find(|q| {
            q.tokens.start > first.tokens.end
                && q.tokens.start < end
                && doc.form(TokenId(q.tokens.start - 1)) == "contre"
        })?;
        let plain = other.tokens.range().contains(&other.noun.0) && other.value.unit.is_none();
        if other.value.unit != first.value.unit && !plain {
            return None;
        }
        if !matches!(claim.status, Status::Asserted | Status::Reported) {
            return None;
        }
        let time = time::of_compared(doc, self.times, TokenId(other.tokens.end - 1))?;
        if claim.time.as_ref().is_some_and(|t| t.span == time.value.span) {
            return None;
        }
        let value = Quantity { unit: first.value.unit.clone(), ..other.value.clone() };
        let mut out = Claim { event: None, because: Vec::new(), purpose: Vec::new(), ..claim.clone() };
        out.time = Some(time.value.clone());
        // Two claims of one trigger and object would be one.
        out.evidence.trigger = value.span;
        match &mut out.count {
            Some(count) => *count = value,
            None => {
                out.evidence.object = Some(value.span);
                out.object = Object::Quantity(value);
            }
        }
        out.confidence = (out.confidence * 95.0).round() / 100.0;
        Some(out)
    }
}

/// Whether a part would be more than the whole.
fn larger(part: &Quantity, whole: &Quantity) -> bool {
    let most = |q: &Quantity| q.value.or(q.max).or(q.min);
    matches!((most(part), most(whole)), (Some(p), Some(w)) if p > w && whole.max.is_some())
}
