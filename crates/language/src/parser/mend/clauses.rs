//! Clauses whose edges the parser missed.

use super::{REACH, Tree};
use temoin_model::Upos;

/// English nouns that a clause with "that" gives the content of.
const CONTENT: [&str; 46] = [
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "announcement",
    "assertion",
    "assumption",
    "belief",
    "claim",
    "claims",
    "conclusion",
    "concern",
    "concerns",
    "evidence",
    "fact",
    "fear",
    "fears",
    "hope",
    "hopes",
    "idea",
    "impression",
    "indication",
    "indications",
    "information",
    "likelihood",
    "news",
    "notion",
    "possibility",
    "promise",
    "proof",
    "prospect",
    "report",
    "reports",
    "risk",
    "rumor",
    "rumors",
    "rumour",
    "rumours",
    "sign",
    "signs",
    "speculation",
    "statement",
    "suggestion",
    "suggestions",
    "suspicion",
    "warning",
];

impl<'f, F: Fn(usize) -> &'f str> Tree<'_, F> {
    /// "a report that Iran had released Jack White": a verb with a subject and an object of its own leaves "that"
    /// nothing to stand for, so the clause is what the noun says.
    pub(super) fn content_clause(&mut self, that: usize) {
        let verb = self.head[that] as usize;
        if (self.form)(that) != "that" || !self.is(that, Upos::Pron) || verb >= self.tags.len() || verb < that {
            return;
        }
        let noun = self.head[verb] as usize;
        let before = noun < that && self.is(noun, Upos::Noun) && self.name(verb) == "acl:relcl";
        if !before || self.name(that).starts_with("nsubj") {
            return;
        }
        let own = |label: &str, from: usize| {
            (from..(verb + REACH).min(self.tags.len()))
                .any(|k| k != that && self.head[k] as usize == verb && self.name(k) == label)
        };
        let subject = own("nsubj", that + 1) || own("nsubj:pass", that + 1);
        let whole = own("obj", verb + 1) || own("nsubj:pass", that + 1);
        let near = noun + 1 == that;
        if subject && (whole || near && CONTENT.contains(&(self.form)(noun))) {
            self.hang(that, verb, "mark");
            self.hang(verb, noun, "acl");
        }
    }

    /// "Far from condemning Russia, Peter Jones praised Moscow" with "Russia" and "Jones" for one subject: what
    /// stands between a verb without a subject and the comma is that verb's.
    pub(super) fn fronted_object(&mut self, subject: usize) {
        let n = self.tags.len();
        let verb = self.head[subject] as usize;
        if !self.is_nominal(subject) || verb >= n || verb < subject || !self.name(subject).starts_with("nsubj") {
            return;
        }
        let first = (subject.saturating_sub(6)..subject).find(|&k| self.head[k] as usize == subject).unwrap_or(subject);
        let Some(front) = first.checked_sub(1) else { return };
        let clause = self.is(front, Upos::Verb)
            && self.head[front] as usize == verb
            && self.name(front) == "advcl"
            && !(front + 1..verb).any(|k| self.head[k] as usize == front);
        let real = (subject + 1..verb).find(|&k| {
            self.head[k] as usize == subject
                && self.is_nominal(k)
                && matches!(self.name(k), "conj" | "appos")
                && !(subject + 1..k).any(|c| self.head[c] as usize == k && matches!(self.name(c), "cc" | "case"))
        });
        let comma = |k: usize| (subject + 1..k).any(|c| (self.form)(c) == ",");
        let Some(real) = real.filter(|&k| clause && comma(k)) else { return };
        let another = (real + 1..verb).any(|k| self.head[k] as usize == subject && self.name(k) == "conj");
        if !another {
            let label = self.label[subject];
            self.head[real] = verb as u32;
            self.label[real] = label;
            self.hang(subject, front, "obj");
        }
    }
}
