//! Corrections of trees that no reading of the sentence allows.

mod amounts;
mod clauses;
mod lists;
mod sayings;
mod times;

use super::Labels;
use crate::lang::Rules;
use rustc_hash::FxHashSet;
use temoin_model::Upos;

/// How far around a word its dependents and those of its verb are looked for: a bound that keeps the
/// time linear in the length of the sentence.
const REACH: usize = 60;

/// A sentence whose tree is mended: its words, their parts of speech, heads and labels. A head that is
/// no word is the root.
pub(crate) struct Tree<'a, F> {
    /// Form of a word.
    pub form: F,
    /// Part of speech numbers.
    pub tags: &'a [u8],
    /// Names of the labels.
    pub labels: &'a Labels,
    /// Heads.
    pub head: &'a mut [u32],
    /// Label numbers.
    pub label: &'a mut [u16],
}

/// Whether a form in lower case is one of a few words.
fn among(words: &FxHashSet<String>, form: &str) -> bool {
    words.iter().any(|w| form.chars().flat_map(char::to_lowercase).eq(w.chars()))
}

impl<'f, F: Fn(usize) -> &'f str> Tree<'_, F> {
    /// All corrections.
    pub(crate) fn mend(&mut self, rules: &Rules) {
        for i in 0..self.tags.len() {
            self.inverted(i);
            if !rules.speakers.is_empty() {
                self.stressed(i);
                self.amount_as_subject(i);
            }
            if !rules.saying.is_empty() && self.is(i, Upos::Verb) {
                self.inserted_saying(i, rules);
                self.trailing_saying(i, rules);
            }
            if self.is(i, Upos::Verb) {
                if rules.speakers.is_empty() {
                    self.reduced_relative(i);
                }
                self.coordinated_subject(i);
                if !rules.speakers.is_empty() {
                    self.finite_conjunct(i);
                    self.loose_participle(i);
                }
            }
            if rules.speakers.is_empty() {
                self.content_clause(i);
            } else {
                self.complement_clause(i);
                self.repeated_saying(i);
            }
            if !rules.saying.is_empty() {
                self.saying_clause(i, rules);
            }
            if self.is(i, Upos::Verb) {
                self.fronted_subject(i);
                self.main_behind_relative(i);
            }
            if !self.is_nominal(i) {
                continue;
            }
            self.fronted_object(i);
            self.listed_object(i);
            if !rules.speakers.is_empty() {
                self.timely_subject(i);
                self.off_noun(i);
            }
            if among(&rules.weekdays, (self.form)(i)) {
                self.off_name(i);
                self.weekday(i, rules);
            } else if !rules.set_phrases.is_empty() {
                self.object_behind_phrase(i, rules);
                self.named_object(i);
            }
        }
    }

    fn is(&self, i: usize, upos: Upos) -> bool {
        Upos::ALL[usize::from(self.tags[i])] == upos
    }

    fn is_nominal(&self, i: usize) -> bool {
        self.is(i, Upos::Noun) || self.is(i, Upos::Propn)
    }

    fn name(&self, i: usize) -> &str {
        self.labels.0[usize::from(self.label[i])].as_str()
    }

    fn hang(&mut self, i: usize, head: usize, label: &str) {
        if let Some(label) = self.labels.number(label) {
            self.head[i] = head as u32;
            self.label[i] = label;
        }
    }

    /// The first word over word `i` that is `wanted`, where all on the way are before word `end`.
    fn above(&self, i: usize, end: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let up = |&at: &usize| Some(self.head[at] as usize).filter(|&h| h < end);
        std::iter::successors(up(&i), up).take(REACH).find(|&at| wanted(at))
    }

    /// Whether a word before `i`, at most [`REACH`] away, hangs on it.
    fn is_led(&self, i: usize) -> bool {
        (i.saturating_sub(REACH)..i).any(|k| self.head[k] as usize == i)
    }

    /// Whether a verb has an object near word `i`.
    fn has_object(&self, verb: usize, i: usize) -> bool {
        let (first, last) = (i.saturating_sub(REACH), (i + REACH).min(self.tags.len()));
        (first..last)
            .any(|k| k != i && self.head[k] as usize == verb && matches!(self.name(k), "obj" | "nsubj:pass" | "ccomp"))
    }

    /// A pronoun behind its verb repeats the subject only where there is one: in « a-t-il déclaré » it is the
    /// subject. « Semble-t-il », « y a-t-il » have none.
    fn inverted(&mut self, i: usize) {
        if !self.is(i, Upos::Pron) || self.name(i) != "expl:subj" || !(self.form)(i).starts_with('-') {
            return;
        }
        let pronoun = (self.form)(i).trim_start_matches("-t-").trim_start_matches('-');
        let verb = self.head[i] as usize;
        if verb >= self.tags.len() || !matches!(pronoun, "il" | "elle" | "ils" | "elles" | "on") {
            return;
        }
        let form = (self.form)(verb);
        let stems = ["sembl", "para", "fau", "fall", "agi", "pleu"];
        let impersonal = stems.iter().any(|s| form.get(..s.len()).is_some_and(|f| f.eq_ignore_ascii_case(s)));
        let near = verb.min(i).saturating_sub(REACH)..(verb.max(i) + REACH).min(self.tags.len());
        let mut label = "nsubj";
        for k in near.filter(|&k| k != i && self.head[k] as usize == verb) {
            let there = (self.form)(k).eq_ignore_ascii_case("y") && self.is(k, Upos::Pron);
            match self.name(k) {
                "nsubj" | "nsubj:pass" | "nsubj:caus" | "csubj" | "csubj:pass" => return,
                _ if there => return,
                "aux:pass" => label = "nsubj:pass",
                _ => {}
            }
        }
        if !impersonal {
            self.hang(i, verb, label);
        }
    }

    /// « a ouvert une cagnotte pour aider la famille, déclarant … »: behind a comma, a present participle belongs
    /// to the verb of the clause, unless it says what the noun right before it holds.
    fn loose_participle(&mut self, v: usize) {
        let n = self.tags.len();
        let form = (self.form)(v);
        let holds = ["compren", "inclu", "comport", "represent", "représent", "regroup", "concern", "vis", "dat"]
            .iter()
            .chain(&[
                "appart",
                "composant",
                "contenant",
                "étant",
                "ayant",
                "mesurant",
                "pesant",
                "permettant",
                "touchant",
            ])
            .any(|s| form.starts_with(s));
        let noun = self.head[v] as usize;
        if v < 3 || !form.ends_with("ant") || holds || self.name(v) != "acl" || noun >= v || !self.is_nominal(noun) {
            return;
        }
        if (self.form)(v - 1) != "," || matches!(self.name(noun), "nsubj" | "nsubj:pass") {
            return;
        }
        // Up to the finite verb: over infinitives and nouns.
        let mut at = noun;
        for _ in 0..REACH {
            at = self.head[at] as usize;
            if at >= n || at > v {
                return;
            }
            if matches!(self.name(at), "acl:relcl" | "acl") {
                return;
            }
            let infinitive = ["er", "ir", "re", "oir"].iter().any(|e| (self.form)(at).ends_with(e))
                && !(at.saturating_sub(REACH)..at).any(|k| self.head[k] as usize == at && self.is(k, Upos::Aux));
            if self.is(at, Upos::Verb) && !infinitive {
                return self.hang(v, at, "advcl");
            }
        }
    }

    /// The root over word `i`.
    fn root_above(&self, i: usize) -> Option<usize> {
        let mut at = i;
        for _ in 0..self.tags.len() {
            let up = self.head[at] as usize;
            if up >= self.tags.len() {
                return Some(at);
            }
            at = up;
        }
        None
    }

    /// Whether word `a` stands over word `i` in the tree.
    fn is_above(&self, a: usize, i: usize) -> bool {
        let mut at = i;
        for _ in 0..self.tags.len() {
            at = self.head[at] as usize;
            if at >= self.tags.len() {
                return false;
            }
            if at == a {
                return true;
            }
        }
        false
    }

    /// « Cinq hôpitaux et deux écoles ont été bombardés » with the first noun for the root and the verb joined
    /// to it: no noun is the sentence where the verb behind « et » has only the second noun for a subject.
    fn coordinated_subject(&mut self, v: usize) {
        let n = self.tags.len();
        let first = self.head[v] as usize;
        if first >= v || self.name(v) != "conj" || (self.head[first] as usize) < n || !self.is_nominal(first) {
            return;
        }
        let own = |t: &Self, k: usize| t.head[k] as usize == v;
        let near = first + 1..v;
        let Some(second) = near
            .clone()
            .find(|&k| own(self, k) && matches!(self.name(k), "nsubj" | "nsubj:pass") && self.is_nominal(k))
        else {
            return;
        };
        let Some(and) = near.clone().find(|&k| own(self, k) && self.name(k) == "cc" && k < second) else { return };
        let start = (and + 1..second).find(|&k| !self.is_above(second, k)).is_none();
        let apart =
            (first + 1..and).any(|k| self.is(k, Upos::Punct) || self.is(k, Upos::Verb) || self.is(k, Upos::Aux));
        let led = (0..first).any(|k| self.head[k] as usize == first && self.is(k, Upos::Adp) && self.name(k) == "case");
        if !start || apart || led || !matches!((self.form)(and), "et" | "and" | "ou" | "or") {
            return;
        }
        let label = self.label[second];
        let (root, root_label) = (self.head[first], self.label[first]);
        self.head[v] = root;
        self.label[v] = root_label;
        self.head[first] = v as u32;
        self.label[first] = label;
        self.hang(second, first, "conj");
        self.hang(and, second, "cc");
        // What stood behind the verb belongs to it.
        for k in v + 1..n {
            if self.head[k] as usize == first {
                self.head[k] = v as u32;
            }
        }
    }

    /// "Three men suspected of preparing an attack were arrested": no English clause has two finite verbs. The
    /// first is a participle of its noun where a preposition follows it and nothing joins the two.
    fn reduced_relative(&mut self, v: usize) {
        let n = self.tags.len();
        let of = |t: &Self, h: usize, k: usize| t.head[k] as usize == h;
        let subject = |t: &Self, h: usize| {
            (h.saturating_sub(REACH)..h).rev().find(|&k| of(t, h, k) && matches!(t.name(k), "nsubj" | "nsubj:pass"))
        };
        let Some(object) = subject(self, v).filter(|&s| self.is_nominal(s)) else { return };
        let mut auxiliary = object + 1;
        while auxiliary < v && of(self, object, auxiliary) && self.name(auxiliary).starts_with("flat") {
            auxiliary += 1;
        }
        if auxiliary > v || !(self.is(auxiliary, Upos::Aux) && of(self, v, auxiliary)) {
            return;
        }
        let participle = |t: &Self, k: usize| {
            let form = (t.form)(k);
            let irregular =
                ["held", "shot", "found", "hit", "seen", "made", "given", "taken", "sent", "led", "built", "caught"];
            t.is(k, Upos::Verb) && (form.ends_with("ed") || irregular.contains(&form))
        };
        let bare = |t: &Self, k: usize| !(k.saturating_sub(4)..k).any(|a| of(t, k, a) && t.is(a, Upos::Aux));
        let Some(first) = (object.saturating_sub(14)..object).rev().find(|&k| participle(self, k) && bare(self, k))
        else {
            return;
        };
        let Some(noun) = subject(self, first).filter(|&s| self.is_nominal(s) && s + 1 == first) else { return };
        let after = self.is(first + 1, Upos::Adp)
            || matches!((self.form)(first + 1), "of" | "in" | "by" | "with" | "on" | "for");
        let joined = (noun + 1..auxiliary).any(|k| {
            matches!(
                (self.form)(k),
                "," | "that" | "who" | "which" | "and" | "but" | "when" | "as" | "because" | "while" | ";"
            ) || k != first && self.is(k, Upos::Aux)
        });
        if !after || joined || self.is_above(v, first) {
            return;
        }
        let (head, label, subject_label) = (self.head[first], self.label[first], self.label[object]);
        self.head[v] = head;
        self.label[v] = label;
        self.head[noun] = v as u32;
        self.label[noun] = subject_label;
        self.hang(first, noun, "acl");
        let inner = (first..object).rev().find(|&k| self.is(k, Upos::Verb)).unwrap_or(first);
        let cased = (inner..object).any(|k| of(self, object, k) && self.name(k) == "case");
        self.hang(object, inner, if cased { "obl" } else { "obj" });
        // What hung on the second verb through the first, or the other way round.
        for k in first + 1..v {
            if self.head[k] as usize == v && k < object && k != noun {
                self.head[k] = first as u32;
            }
        }
        let inner_under = self.head[inner] as usize;
        if inner != first && (inner_under >= n || inner_under == v || !(noun..v).contains(&inner_under)) {
            self.hang(inner, first, "advcl");
        }
    }

    /// « Les libéraux espèrent eux décrocher … »: a stressed pronoun right behind its verb repeats the subject.
    fn stressed(&mut self, i: usize) {
        let n = self.tags.len();
        let verb = i.wrapping_sub(1);
        let form = matches!((self.form)(i), "eux" | "elle" | "elles" | "lui");
        if i < 2 || !form || !self.is(i, Upos::Pron) || !self.is(verb, Upos::Verb) || self.is_led(i) {
            return;
        }
        let noun = (verb.saturating_sub(REACH)..verb)
            .any(|k| self.head[k] as usize == verb && self.name(k) == "nsubj" && self.is_nominal(k));
        if noun && matches!(self.name(i), "obj" | "iobj") && (self.head[i] as usize) < n {
            self.hang(i, verb, "dislocated");
        }
    }

    /// A name right behind an active verb is what it is done to, not what the subject becomes: « a nommé Zoé Lind ».
    fn named_object(&mut self, i: usize) {
        let verb = self.head[i] as usize;
        if !self.is(i, Upos::Propn) || self.name(i) != "xcomp" || verb + 1 != i || !self.is(verb, Upos::Verb) {
            return;
        }
        let passive = (verb.saturating_sub(REACH)..verb)
            .any(|k| self.head[k] as usize == verb && matches!(self.name(k), "aux:pass" | "nsubj:pass" | "cop"));
        if !passive && !self.is_led(i) && !self.has_object(verb, i) {
            self.hang(i, verb, "obj");
        }
    }

    /// A bare noun behind « en » takes no apposition: in « a mis en garde Ankara » the name is the
    /// object of the verb.
    fn object_behind_phrase(&mut self, i: usize, rules: &Rules) {
        let noun = self.head[i] as usize;
        if noun >= i || noun == 0 || !self.is(noun, Upos::Noun) || !matches!(self.name(i), "appos" | "nmod" | "flat") {
            return;
        }
        let verb = self.head[noun] as usize;
        let phrase = verb < noun
            && self.is(verb, Upos::Verb)
            && self.head[noun - 1] as usize == noun
            && among(&rules.set_phrases, (self.form)(noun - 1));
        let between = |k: usize| self.is(k, Upos::Det) || self.is(k, Upos::Adj) || self.is(k, Upos::Num);
        if phrase && (noun + 1..i).all(between) && !self.has_object(verb, i) {
            self.hang(i, verb, "obj");
        }
    }
}
