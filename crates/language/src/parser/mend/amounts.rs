//! Subjects with a number that an expression of amount leads.

use super::{REACH, Tree};
use temoin_model::Upos;

impl<'f, F: Fn(usize) -> &'f str> Tree<'_, F> {
    /// « Selon la police, au moins 73 personnes ont été tuées », « En Syrie, près de 200 civils sont morts »: right
    /// before an auxiliary, the noun that « au moins » or « près de » and a number lead is the subject, and no
    /// adverbial of the verb behind it.
    pub(super) fn amount_as_subject(&mut self, number: usize) {
        let n = self.tags.len();
        if !self.is(number, Upos::Num) {
            return;
        }
        let Some((start, of_three)) = self.amount(number) else { return };
        let noun = match self.head[number] as usize {
            h if h > number && h < number + 6 && h < n && self.is_nominal(h) => h,
            _ => number,
        };
        if self.name(noun).starts_with("nsubj") || self.name(start).starts_with("nsubj") {
            return;
        }
        let Some(verb) = self.verb_behind(noun) else { return };
        let near = verb.saturating_sub(REACH)..verb;
        let subject = |t: &Self, k: &usize| t.head[*k] as usize == verb && t.name(*k).starts_with("nsubj");
        if let Some(other) = near.clone().find(|k| subject(self, k) && !(start..=noun).contains(k)) {
            // « Selon l'ONU, », « Mardi, »: cut off by a comma, and led by a preposition or by nothing.
            let apart = other < start && (other..start).any(|k| (self.form)(k) == ",");
            let led = (0..other).rev().take(REACH).any(|k| self.head[k] as usize == other && self.name(k) == "case");
            let alone = !(other.saturating_sub(REACH)..other).any(|k| self.head[k] as usize == other);
            if !apart || !(led || alone && self.is(other, Upos::Noun)) {
                return;
            }
            self.hang(other, verb, "obl:mod");
        }
        let passive = near.clone().any(|k| self.head[k] as usize == verb && self.name(k) == "aux:pass");
        self.hang(noun, verb, if passive { "nsubj:pass" } else { "nsubj" });
        self.hang(start, noun, "advmod");
        self.hang(start + 1, start, "fixed");
        if of_three {
            self.hang(start + 2, start, "fixed");
        }
        if start > 0 && self.is(start - 1, Upos::Punct) && (start..=noun).contains(&(self.head[start - 1] as usize)) {
            self.head[start - 1] = verb as u32;
        }
    }

    /// Where « au moins », « au plus », « près de », « plus de », « moins de » before a number begins, and whether it has
    /// three words.
    fn amount(&self, number: usize) -> Option<(usize, bool)> {
        let is = |back: usize, words: &[&str]| {
            number.checked_sub(back).is_some_and(|k| words.iter().any(|w| (self.form)(k).eq_ignore_ascii_case(w)))
        };
        let accent = number >= 3 && matches!((self.form)(number - 3), "à" | "À");
        if is(1, &["moins", "plus", "minimum", "maximum"]) && is(2, &["le"]) && accent {
            return Some((number - 3, true));
        }
        let near = number >= 2 && matches!((self.form)(number - 2), "près" | "Près");
        if is(1, &["de", "d'", "d’"]) && (near || is(2, &["plus", "moins"])) {
            return Some((number - 2, false));
        }
        None
    }

    /// The verb whose auxiliary follows a noun phrase, with nothing but adverbs in between.
    fn verb_behind(&self, noun: usize) -> Option<usize> {
        let last = (noun + 12).min(self.tags.len());
        let verb = (noun + 1..last).find(|&k| self.is(k, Upos::Verb) && !self.is_above(noun, k))?;
        let auxiliary = (noun + 1..verb).any(|k| self.is(k, Upos::Aux) && self.head[k] as usize == verb);
        let clear = (noun + 1..verb).all(|k| {
            self.is(k, Upos::Aux) || self.is(k, Upos::Adv) || self.is_above(noun, k) || self.name(k).starts_with("expl")
        });
        (auxiliary && clear).then_some(verb)
    }
}
