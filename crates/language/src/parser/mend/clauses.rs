//! Clauses whose edges the parser missed.

use super::{REACH, Tree, among};
use crate::lang::Rules;
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

/// Ends of French auxiliaries (« faire » of « faire taire » as well) that are not finite.
const NOT_FINITE: [&str; 8] = ["oir", "être", "faire", "ant", "été", "eu", "pu", "fait"];

/// Ends of French verbs that are finite and never participles.
const FINITE: [&str; 9] = ["ait", "aient", "èrent", "irent", "urent", "ront", "era", "ira", "ent"];

impl<'f, F: Fn(usize) -> &'f str> Tree<'_, F> {
    /// « a tenté de fuir mais a été arrêté »: a finite verb is not coordinated with an infinitive but with what that
    /// hangs on. In the French treebanks no finite conjunct of 647 hangs on an infinitive.
    pub(super) fn finite_conjunct(&mut self, v: usize) {
        let infinitive = self.head[v] as usize;
        if self.name(v) != "conj" || infinitive >= v || !self.is_infinitive(infinitive) || !self.is_finite(v) {
            return;
        }
        let finite = |at| self.is(at, Upos::Verb) && !self.is_infinitive(at) || self.finite_aux(at);
        if let Some(verb) = self.above(infinitive, v, finite) {
            self.hang(v, verb, "conj");
        }
    }

    /// Whether a finite auxiliary or copula before word `i` hangs on it.
    fn finite_aux(&self, i: usize) -> bool {
        (i.saturating_sub(REACH)..i).any(|k| {
            let form = (self.form)(k);
            self.head[k] as usize == i && self.is(k, Upos::Aux) && !NOT_FINITE.iter().any(|e| form.ends_with(e))
        })
    }

    fn is_infinitive(&self, i: usize) -> bool {
        let form = (self.form)(i);
        self.is(i, Upos::Verb) && ["er", "ir", "re", "oir"].iter().any(|e| form.ends_with(e)) && !self.finite_aux(i)
    }

    fn is_finite(&self, v: usize) -> bool {
        let form = (self.form)(v);
        // « fait », « extrait » are participles as well.
        let alone = FINITE.iter().any(|e| form.ends_with(e)) && !form.ends_with("fait") && !form.ends_with("trait");
        self.finite_aux(v) || self.is(v, Upos::Verb) && alone
    }

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
        let above = self.head[front] as usize;
        let hung = above == verb && self.name(front) == "advcl"
            || above < front && self.is(above, Upos::Adv) && self.head[above] as usize == verb;
        // "On board the ship, Paris claims" with "ship" for the subject
        let board = self.is(front, Upos::Noun)
            && above == verb
            && self.name(front).starts_with("obl")
            && front > 0
            && self.head[front - 1] as usize == front
            && self.name(front - 1) == "case";
        let clause =
            (self.is(front, Upos::Verb) && hung || board) && !(front + 1..verb).any(|k| self.head[k] as usize == front);
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
            self.hang(subject, front, if board { "nmod" } else { "obj" });
        }
    }

    /// « veut montrer qu'une présidence serait un exemple » with « qu' » for a restriction: without « ne » there is
    /// none, and a finite verb behind it has a clause of its own.
    pub(super) fn complement_clause(&mut self, que: usize) {
        let n = self.tags.len();
        let verb = self.head[que] as usize;
        let form = matches!((self.form)(que), "que" | "qu'" | "qu’");
        if !form || !self.is(que, Upos::Adv) || verb >= n || verb + 1 != que || !self.is(verb, Upos::Verb) {
            return;
        }
        let ne = |k: usize| matches!((self.form)(k), "ne" | "n'" | "n’");
        let plus = |k: usize| matches!((self.form)(k), "plus" | "moins" | "aussi" | "autant" | "tant" | "autre");
        if (que.saturating_sub(8)..que).any(|k| ne(k) || plus(k)) {
            return;
        }
        let behind =
            |k: usize| self.head[k] as usize == verb && matches!(self.name(k), "obj" | "xcomp" | "ccomp" | "advcl");
        let Some(clause) = (que + 1..(que + REACH).min(n)).find(|&k| behind(k)) else { return };
        let own = |t: &Self, label: &str| {
            (que + 1..clause).any(|k| t.head[k] as usize == clause && t.name(k).starts_with(label))
        };
        if !own(self, "nsubj") || !(own(self, "cop") || own(self, "aux") || self.is(clause, Upos::Verb)) {
            return;
        }
        self.hang(clause, verb, "ccomp");
        self.hang(que, clause, "mark");
        // « … et menacerait … » hung on a verb above: a conditional goes with the conditional.
        let conditional = |k: usize| (self.form)(k).ends_with("rait") || (self.form)(k).ends_with("raient");
        let first = (que + 1..clause + 1).any(|k| (k == clause || self.head[k] as usize == clause) && conditional(k));
        let next = (clause + 1..(clause + REACH).min(n)).find(|&k| {
            self.is(k, Upos::Verb)
                && conditional(k)
                && self.name(k) == "conj"
                && (self.head[k] as usize) <= verb
                && !(clause + 1..k).any(|s| self.head[s] as usize == k && self.name(s).starts_with("nsubj"))
        });
        if let Some(k) = next.filter(|_| first) {
            self.head[k] = clause as u32;
        }
    }

    /// « Je n'ai pas dit qu'il mentait, j'ai dit que … » with the first « que » clause hung on the second verb: it
    /// belongs to the verb right before it, and the second verb, behind a comma with a subject of its own, to none.
    pub(super) fn repeated_saying(&mut self, que: usize) {
        let n = self.tags.len();
        let Some(verb) = que.checked_sub(1) else { return };
        let inner = self.head[que] as usize;
        let form = matches!((self.form)(que), "que" | "qu'" | "qu’");
        if !form || self.name(que) != "mark" || inner >= n || inner <= que || !self.is(verb, Upos::Verb) {
            return;
        }
        let outer = self.head[inner] as usize;
        let mislaid = outer < n
            && outer > inner
            && self.is(outer, Upos::Verb)
            && self.head[outer] as usize == verb
            && self.name(outer) == "ccomp";
        let marked = (inner + 1..outer).any(|k| self.head[k] as usize == outer && self.name(k) == "mark");
        let comma = (inner + 1..outer).any(|k| (self.form)(k) == ",");
        let subject = (inner + 1..outer).any(|k| self.head[k] as usize == outer && self.name(k).starts_with("nsubj"));
        if mislaid && !marked && comma && subject {
            self.hang(inner, verb, "ccomp");
            self.hang(outer, verb, "parataxis");
        }
    }

    /// "According to AFP, France and Germany have criticised Israel" with all three names for one phrase: what
    /// stands behind the comma, without a conjunction of its own, is the subject that the verb lacks.
    pub(super) fn fronted_subject(&mut self, verb: usize) {
        let of = |t: &Self, k: usize, h: usize| t.head[k] as usize == h;
        let from = verb.saturating_sub(REACH);
        let lacks = !(from..verb).any(|k| {
            of(self, k, verb)
                && (self.name(k).starts_with("nsubj") || matches!(self.name(k), "expl" | "csubj" | "mark"))
        });
        let auxiliary = (from..verb).find(|&k| of(self, k, verb) && self.is(k, Upos::Aux));
        let Some(group) = auxiliary.filter(|_| lacks) else { return };
        let phrase = (from..group).rev().find(|&k| {
            of(self, k, verb)
                && self.is_nominal(k)
                && self.name(k).starts_with("obl")
                && (from..k).any(|c| of(self, c, k) && self.name(c) == "case")
        });
        let Some(phrase) = phrase else { return };
        let led = |t: &Self, k: usize, label: &str| (phrase + 1..k).any(|c| of(t, c, k) && t.name(c) == label);
        let first = (phrase + 1..group).find(|&k| {
            of(self, k, phrase)
                && self.is_nominal(k)
                && matches!(self.name(k), "conj" | "appos")
                && !led(self, k, "cc")
                && !led(self, k, "case")
        });
        let Some(first) = first.filter(|&k| (phrase + 1..k).any(|c| (self.form)(c) == ",")) else { return };
        let last = (first..group).rev().find(|&k| !self.is(k, Upos::Punct) && !self.is(k, Upos::Adv));
        let others: Vec<usize> = (first + 1..group)
            .filter(|&k| of(self, k, phrase) && self.name(k) == "conj" && self.is_nominal(k))
            .collect();
        // The subject stands right before its verb.
        let ends =
            last.is_some_and(|l| l == first || others.contains(&l) || (first..l).any(|k| of(self, l, k) && k > phrase));
        if !ends || (from..phrase).any(|k| of(self, k, phrase) && self.name(k) == "cc") {
            return;
        }
        self.hang(first, verb, "nsubj");
        for k in others {
            self.hang(k, first, "conj");
        }
    }

    /// « a déclaré lors d'une conférence de presse que … » with the clause hung on the phrase between: it is what
    /// the verb says.
    pub(super) fn saying_clause(&mut self, que: usize, rules: &Rules) {
        let n = self.tags.len();
        let clause = self.head[que] as usize;
        let form = matches!((self.form)(que), "que" | "qu'" | "qu’" | "that");
        if !form || self.name(que) != "mark" || clause >= n || clause < que {
            return;
        }
        let noun = self.head[clause] as usize;
        if noun >= que
            || !self.is_nominal(noun)
            || !matches!(self.name(clause), "acl" | "ccomp" | "advcl" | "acl:relcl")
        {
            return;
        }
        let mut at = noun;
        for _ in 0..4 {
            let above = self.head[at] as usize;
            if above >= at {
                return;
            }
            if self.is(above, Upos::Verb) {
                let content =
                    |k: usize| self.head[k] as usize == above && matches!(self.name(k), "ccomp" | "obj" | "xcomp");
                let oblique = self.name(at).starts_with("obl") || self.name(at) == "advmod";
                let free = !(above + 1..(above + REACH).min(n)).any(content);
                if oblique && free && among(&rules.saying, (self.form)(above)) {
                    self.hang(clause, above, "ccomp");
                }
                return;
            }
            if !matches!(self.name(at), "nmod" | "conj" | "appos" | "obj") {
                return;
            }
            at = above;
        }
    }

    /// « Afin d'éviter les soupçons qui ont pesé, le PS a changé de méthode » with the main clause hung on
    /// « soupçons » and the relative one on it: the verb with the pronoun is the relative clause, and the verb with a
    /// subject of its own behind the comma the sentence.
    pub(super) fn main_behind_relative(&mut self, main: usize) {
        let n = self.tags.len();
        let noun = self.head[main] as usize;
        if self.name(main) != "acl:relcl" || noun >= main || !self.is(main, Upos::Verb) {
            return;
        }
        let relative = (noun + 1..main).find(|&k| {
            self.head[k] as usize == main
                && self.is(k, Upos::Verb)
                && (noun + 1..k).any(|q| {
                    self.head[q] as usize == k
                        && matches!((self.form)(q), "qui" | "who" | "which" | "that")
                        && self.name(q).starts_with("nsubj")
                })
        });
        let Some(relative) = relative else { return };
        let own = (relative + 1..main)
            .any(|k| self.head[k] as usize == main && self.is_nominal(k) && self.name(k).starts_with("nsubj"));
        let comma = (relative + 1..main).any(|k| (self.form)(k) == ",");
        let Some(root) = self.root_above(noun) else { return };
        let verbless =
            !self.is(root, Upos::Verb) && !(0..n).any(|k| self.head[k] as usize == root && self.name(k) == "cop");
        if own && comma && verbless && root < main {
            (self.head[relative], self.label[relative]) = (self.head[main], self.label[main]);
            (self.head[main], self.label[main]) = (self.head[root], self.label[root]);
            self.hang(root, main, if self.is(root, Upos::Adv) { "advmod" } else { "obl" });
        }
    }
}
