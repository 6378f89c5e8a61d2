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
        let Some((start, words)) = self.amount(number) else { return };
        let noun = match self.head[number] as usize {
            h if h > number && h < number + 6 && h < n && self.is_nominal(h) => h,
            _ => number,
        };
        if self.name(noun).starts_with("nsubj") || self.name(start).starts_with("nsubj") {
            return;
        }
        let Some(verb) = self.verb_behind(noun) else { return self.amount_in_list(start, words, noun) };
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
        self.lead(start, words, noun);
        if start > 0 && self.is(start - 1, Upos::Punct) && (start..=noun).contains(&(self.head[start - 1] as usize)) {
            self.head[start - 1] = verb as u32;
        }
    }

    /// « a fait 20 morts et près de 30 blessés » with « près » joined to the verb: the noun is joined to the object.
    fn amount_in_list(&mut self, start: usize, words: usize, noun: usize) {
        let verb = self.head[start] as usize;
        if words != 2 || start < 2 || verb >= start || self.name(start) != "conj" || !self.is(verb, Upos::Verb) {
            return;
        }
        let and = start - 1;
        let last = (verb + 1..and).rev().find(|&k| self.head[k] as usize == verb && self.name(k) == "obj");
        let Some(object) = last.filter(|_| self.is(and, Upos::Cconj) && self.head[noun] as usize == start) else {
            return;
        };
        if (object + 1..and).all(|k| self.is_above(object, k)) {
            self.hang(noun, object, "conj");
            self.hang(and, noun, "cc");
            self.lead(start, words, noun);
        }
    }

    /// Hangs the words of an amount on the noun that it leads.
    fn lead(&mut self, start: usize, words: usize, noun: usize) {
        self.hang(start, noun, "advmod");
        for k in start + 1..start + words {
            self.hang(k, start, "fixed");
        }
    }

    /// Where « au moins », « au plus », « près de », « plus de », « moins de », « quelque » or « environ » before a number
    /// begins, and of how many words it is.
    fn amount(&self, number: usize) -> Option<(usize, usize)> {
        let is = |back: usize, words: &[&str]| {
            number.checked_sub(back).is_some_and(|k| words.iter().any(|w| (self.form)(k).eq_ignore_ascii_case(w)))
        };
        let accent = number >= 3 && matches!((self.form)(number - 3), "à" | "À");
        if is(1, &["moins", "plus", "minimum", "maximum"]) && is(2, &["le"]) && accent {
            return Some((number - 3, 3));
        }
        let near = number >= 2 && matches!((self.form)(number - 2), "près" | "Près");
        if is(1, &["de", "d'", "d’"]) && (near || is(2, &["plus", "moins"])) {
            return Some((number - 2, 2));
        }
        is(1, &["quelque", "environ"]).then(|| (number - 1, 1))
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
