//! Days and other times that were taken for subjects, objects or parts of names.

use super::{REACH, Tree, among};
use crate::lang::Rules;
use temoin_model::Upos;

impl<'f, F: Fn(usize) -> &'f str> Tree<'_, F> {
    /// « La loi a cette fois été adoptée »: of two subjects before a verb, a time is none.
    pub(super) fn timely_subject(&mut self, i: usize) {
        let form = (self.form)(i);
        let time = ["fois", "année", "semaine", "matin", "mois", "soir", "jour", "nuit", "journée", "après-midi"]
            .contains(&form);
        let verb = self.head[i] as usize;
        if !time || verb <= i || verb >= self.tags.len() || !matches!(self.name(i), "nsubj" | "nsubj:pass" | "obj") {
            return;
        }
        // « cette fois », and « plusieurs fois », « deux fois »
        let counted = form == "fois" && i > 0 && (self.is(i - 1, Upos::Det) || self.is(i - 1, Upos::Num));
        let determined = counted || i > 0 && matches!((self.form)(i - 1), "cette" | "ce" | "chaque" | "cet");
        let other = (i.saturating_sub(REACH)..i)
            .any(|k| self.head[k] as usize == verb && matches!(self.name(k), "nsubj" | "nsubj:pass") && k + 1 < i);
        let auxiliary = (i.saturating_sub(3)..i).any(|k| self.head[k] as usize == verb && self.is(k, Upos::Aux));
        if determined && other && auxiliary {
            self.hang(i, verb, "obl:mod");
        }
    }

    /// « a bousculé l'homme d'abord »: the order of what is done is no part of whom it is done to.
    pub(super) fn off_noun(&mut self, i: usize) {
        let on = self.head[i] as usize;
        let order = matches!((self.form)(i), "abord" | "affilée" | "emblée" | "ailleurs");
        let loose = on < i && self.name(i) == "nmod" && self.is_nominal(on);
        if !order || !loose || !matches!((self.form)(i - 1), "d'" | "d’") {
            return;
        }
        if let Some(verb) = self.above(on, i, |up| self.is(up, Upos::Verb)) {
            self.hang(i, verb, "obl:mod");
        }
    }

    /// A weekday is no part of the name before it: in « a critiqué Moscou mardi » it dates the verb.
    pub(super) fn off_name(&mut self, day: usize) {
        let on = self.head[day] as usize;
        let loose = matches!(self.name(day), "flat" | "flat:name" | "appos" | "nmod");
        if on >= day || !self.is(on, Upos::Propn) || !loose || self.is_led(day) {
            return;
        }
        if let Some(verb) = self.above(on, self.tags.len(), |up| self.is(up, Upos::Verb)) {
            self.hang(day, verb, "obl:mod");
        }
    }

    /// A weekday that dates a verb takes no object: in « a arrêté mercredi deux suspects » what the
    /// parser hangs on « mercredi » belongs to the verb.
    pub(super) fn weekday(&mut self, day: usize, rules: &Rules) {
        let verb = self.head[day] as usize;
        if verb >= day || !self.is(verb, Upos::Verb) || self.is_led(day) {
            return;
        }
        for i in day + 1..(day + REACH).min(self.tags.len()) {
            if self.head[i] as usize != day || among(&rules.after_weekday, (self.form)(i)) {
                continue;
            }
            if matches!(self.name(i), "obj" | "iobj" | "xcomp" | "ccomp" | "obl:arg" | "obl:agent") {
                self.head[i] = verb as u32;
                continue;
            }
            let nominal = self.is_nominal(i) || self.is(i, Upos::Pron);
            let loose = matches!(self.name(i), "appos" | "nmod" | "flat" | "flat:name" | "nsubj" | "dislocated");
            let prepositional = (day + 1..i).any(|k| self.head[k] as usize == i && self.is(k, Upos::Adp));
            let apart = (day + 1..i).any(|k| self.is(k, Upos::Punct) && !matches!((self.form)(k), "«" | "\"" | "“"));
            if nominal && loose && !prepositional && !apart && !self.has_object(verb, i) {
                self.hang(i, verb, "obj");
            }
        }
    }
}
