//! Who does what, also where the words stand in other clauses.

use super::grammar::has;
use super::syntax::{Found, MAX_HOPS, Tree, Voice, found};
use crate::entities::{Lexicon, NounClass};
use temoin_model::{Lang, TokenId, Upos};

impl Tree<'_> {
    /// The grammatical subject of a predicate, also where it is shared or left out.
    pub(super) fn surface_subject(self, v: TokenId) -> Option<Found> {
        self.subject_at(v, 0, 1.0).filter(|f| !self.clashes(v, f.at))
    }

    pub(super) fn subject_at(self, v: TokenId, hops: u32, sure: f64) -> Option<Found> {
        if hops > MAX_HOPS {
            return None;
        }
        // Nothing before « …», a déclaré X » shares its subject.
        if hops > 0 && self.inverted_subject(v).is_some() {
            return None;
        }
        if let Some(s) = self.own_subject(v) {
            if let Some(x) = self.fronted_subject(v, Some(s)) {
                return found(x, sure * 0.9);
            }
            return if self.clashes(v, s) { None } else { self.resolve_relative(v, self.counted(s), sure) };
        }
        if self.deps(v).iter().any(|&d| matches!(self.doc.deprel(d), "expl:subj" | "csubj" | "csubj:pass")) {
            return None;
        }
        if let Some(s) = self.stray_subject(v).or_else(|| self.fronted_subject(v, None)) {
            return found(s, sure * 0.9);
        }
        let Some(u) = self.doc.head(v) else { return self.subject_of_root(v, hops, sure) };
        let finite = self.doc.feat(v, "VerbForm") == Some("Fin")
            || self
                .deps(v)
                .iter()
                .any(|&d| self.doc.relation(d) == "aux" && self.doc.feat(d, "VerbForm") == Some("Fin"));
        let infinitive = self.doc.feat(v, "VerbForm") == Some("Inf");
        if let Some(w) = self.split_perfect(v) {
            return self.subject_at(w, hops + 1, sure * 0.95);
        }
        match self.doc.relation(v) {
            // « tester l'observatoire assemblé et vérifier que … » with « vérifier » joined to « assemblé »
            "conj" if infinitive && !self.is_nominal(u) && self.doc.feat(u, "VerbForm") == Some("Part") => {
                let above = |&w: &TokenId| self.doc.feat(w, "VerbForm") == Some("Inf");
                let w = std::iter::successors(self.doc.head(u), |&w| self.doc.head(w)).take(4).find(above);
                self.subject_at(w.unwrap_or(u), hops + 1, sure * 0.9)
            }
            "conj" if !self.is_nominal(u) || finite && self.dep(u, "cop").is_some() => {
                self.subject_at(u, hops + 1, sure * 0.95)
            }
            "acl" if self.doc.deprel(v) == "acl:relcl" && finite => {
                // A relative clause without a subject word: « dont », « où », or a lost « qui ».
                None
            }
            // « a heurté un groupe, blessant dix personnes »: behind a comma, the clause's subject does it.
            "acl"
                if self.doc.feat(v, "Tense") == Some("Pres")
                    && self.follows_comma(v)
                    && self.governing(u).is_some() =>
            {
                self.subject_at(self.governing(u)?, hops + 1, sure * 0.9)
            }
            // « élargit la voix des gens tout en leur donnant … »: the clause's subject does it.
            "acl" if self.is_gerund(v) => {
                let mut g = u;
                while self.is_nominal(g) {
                    g = self.doc.head(g)?;
                }
                self.subject_at(g, hops + 1, sure * 0.9)
            }
            "acl" | "amod" if infinitive => self.possessor(u, hops, sure * 0.85),
            "acl" | "amod" if self.is_nominal(u) => {
                let at = self.reduced_noun(v).unwrap_or_else(|| self.modified(v, u));
                // "X, located in Durham, and Y": said of X alone.
                let later = self.deps(at).iter().any(|&d| d > v && at < v && self.doc.relation(d) == "conj");
                let alone = self.doc.feat(v, "Number") == Some("Sing") || later;
                Some(Found { at, sure: sure * 0.95, alone })
            }
            "appos" if self.is_nominal(u) && !finite => found(u, sure * 0.8),
            // « afin d'obtenir » with the infinitive hung on « afin »
            "advmod" if self.doc.upos(v) == Upos::Adv && hops > 0 => match self.voice(u) {
                Voice::Active => self.subject_at(u, hops + 1, sure),
                Voice::Passive => self.agent(u),
            },
            // « dit avoir arrêté »: nobody is told to have done it.
            "xcomp" | "ccomp"
                if self.is_perfect_infinitive(v) && has(&self.grammar.indirect_control, self.doc.lemma(u)) =>
            {
                self.subject_at(u, hops + 1, sure * 0.95)
            }
            "xcomp" | "ccomp" if !finite => self.controller(u, hops, sure * 0.95),
            "conj" | "ccomp" | "advcl" | "parataxis" if finite && self.misread_subject(v).is_some() => {
                found(self.misread_subject(v)?, sure * 0.85)
            }
            // « la mort de mineurs, tués par … » hung on the verb: the noun before the comma agrees.
            "advcl" if self.is_past_participle(v) && !self.has_aux(v) && v > u && self.noun_before(v).is_some() => {
                found(self.noun_before(v)?, sure * 0.85)
            }
            // « condamné pour avoir tué »: whoever is charged did it.
            "advcl" if v > u && self.is_perfect_infinitive(v) && has(&self.grammar.charges, self.doc.lemma(u)) => {
                self.logical_object(u).map(|f| Found { sure: f.sure * sure * 0.9, ..f })
            }
            // « condamne une initiative destinée à casser … » with « casser » hung on the main verb
            "advcl" if infinitive && self.destined(v, u).is_some() => found(self.destined(v, u)?, sure * 0.9),
            // « sera démantelé afin de garantir … »: whoever does the one does the other.
            "advcl" if infinitive && self.voice(u) == Voice::Passive => self.agent(u),
            "advcl" | "acl" if self.doc.feat(v, "Tense") == Some("Pres") && self.absolute_noun(v).is_some() => {
                found(self.absolute_noun(v)?, sure * 0.85)
            }
            // « ont été bombardées, tuant dix personnes », "is attacked, causing …": whoever did it, or nobody named.
            "advcl" if self.is_effect(v) => self.agent(u).map(|f| Found { sure: f.sure * sure * 0.85, ..f }),
            // « est remportée par Tessa Virtue, représentant le Canada »: the agent before it does it.
            "advcl"
                if self.doc.feat(v, "Tense") == Some("Pres")
                    && v > u
                    && self.follows_comma(v)
                    && self.voice(u) == Voice::Passive
                    && self.agent(u).is_some_and(|a| a.at > u && a.at < v) =>
            {
                self.agent(u).map(|f| Found { sure: f.sure * sure * 0.85, ..f })
            }
            // "prevented X from leaving": X does not leave.
            "advcl"
                if self.doc.meta.lang == Lang::En
                    && !finite
                    && v > u
                    && has(&self.grammar.object_control, self.doc.lemma(u))
                    && self.deps(v).iter().any(|&m| m < v && matches!(self.doc.lemma(m), "from" | "of")) =>
            {
                self.controller(u, hops, sure * 0.9)
            }
            // "blame X for killing Y": whoever is blamed did it.
            "advcl"
                if self.doc.meta.lang == Lang::En
                    && !finite
                    && v > u
                    && has(&self.grammar.charges, self.doc.lemma(u))
                    && self.deps(v).iter().any(|&m| m < v && matches!(self.doc.lemma(m), "for" | "of" | "with")) =>
            {
                self.logical_object(u).map(|f| Found { sure: f.sure * sure * 0.9, ..f })
            }
            "advcl" if infinitive && self.called_on(u).is_some() => self.controller(u, hops, sure * 0.95),
            "advcl" if !finite => self.subject_at(u, hops + 1, sure * 0.85),
            "obl" | "obj" if infinitive => self.subject_at(u, hops + 1, sure * 0.85),
            _ => None,
        }
    }

    /// « ont été bombardées, tuant dix personnes »: whether a participle behind a comma tells the effect of
    /// what was done in a passive clause, whose subject did nothing.
    pub(super) fn is_effect(self, v: TokenId) -> bool {
        let participle = self.doc.feat(v, "VerbForm") == Some("Part") && !self.is_past_participle(v);
        let causes = has(&self.grammar.effect_verbs, self.doc.lemma(v));
        let passive = |u: TokenId| u < v && self.is_verbal(u) && self.voice(u) == Voice::Passive;
        self.doc.relation(v) == "advcl"
            && participle
            && causes
            && self.follows_comma(v)
            && self.doc.head(v).is_some_and(passive)
    }

    /// The noun whose participle between `u` and `v` asks for the infinitive `v` with « à ».
    pub(super) fn destined(self, v: TokenId, u: TokenId) -> Option<TokenId> {
        let marked = self.deps(v).iter().any(|&m| self.doc.relation(m) == "mark" && self.doc.form(m) == "à");
        let asks = |&p: &TokenId| {
            let lemma = self.doc.lemma(p);
            self.doc.relation(p) == "acl"
                && self.is_past_participle(p)
                && (lemma == "destiner" || has(&self.grammar.object_control, lemma))
        };
        let p = (u.0 + 1..v.0).rev().take(12).map(TokenId).find(asks).filter(|_| marked)?;
        self.doc.head(p).filter(|&n| self.is_nominal(n))
    }

    /// The verb that a noun is the object or an oblique of.
    pub(super) fn governing(self, n: TokenId) -> Option<TokenId> {
        let inside = matches!(self.doc.relation(n), "obj" | "obl");
        self.doc.head(n).filter(|&v| inside && self.is_verbal(v))
    }

    /// The noun right before a participle (a comma may stand between) that agrees with it, unless the
    /// clause's own subject agrees too.
    pub(super) fn noun_before(self, v: TokenId) -> Option<TokenId> {
        let start = self.doc.sentence(self.doc.sentence_of(v)).start;
        let before = (start.max(v.0.saturating_sub(3))..v.0).rev().map(TokenId);
        let plain = |t: TokenId| self.doc.upos(t) != Upos::Punct && !self.doc.form(t).ends_with("-même");
        let last = before.into_iter().find(|&t| plain(t))?;
        let modified = self.doc.head(last).filter(|_| self.doc.relation(last) == "amod");
        let noun = modified.unwrap_or(last);
        if !self.is_nominal(noun) {
            return None;
        }
        let main = self.doc.head(v).and_then(|u| self.own_subject(u));
        // « Il a perdu son fils Paul, décédé d'un cancer »: what befalls people is said of the nearest.
        let befalls = matches!(self.doc.lemma(v), "décéder" | "mourir" | "naître" | "disparaître");
        if befalls && self.agree(v, noun) {
            return Some(noun);
        }
        // « a limogé le préfet Paul Grand, nommé par … », « a tué Paul Grand, lui-même abattu »
        let himself = self.deps(v).iter().any(|&d| d < v && self.doc.form(d).ends_with("-même"));
        let object = self.doc.head(v).and_then(|u| self.person_object(u)).filter(|&o| self.ends_with(o, noun));
        if let Some(o) = object.filter(|&o| himself || self.agree(v, o)) {
            return Some(o);
        }
        // « a refusé la proposition du gouvernement français, accusé de … »
        let class = Lexicon::of(self.doc).noun(self.doc.lemma(noun), self.doc.form(noun)).0;
        let body = class.has(NounClass::AUTHORITY) || class.has(NounClass::PERSON);
        let charged = has(&self.grammar.charges, self.doc.lemma(v)) && self.doc.relation(noun) == "nmod";
        if charged && body && self.agree(v, noun) {
            return Some(noun);
        }
        let gender = self.doc.feat(noun, "Number").is_some() && self.agree(v, noun);
        (gender && !main.is_some_and(|s| self.agree(v, s))).then_some(noun)
    }

    /// The object of an active verb, where it is a person.
    fn person_object(self, u: TokenId) -> Option<TokenId> {
        let person = |t: TokenId| {
            let named = self.doc.name_at(t).is_some_and(|n| n.kind == temoin_model::NameKind::Person);
            let class = Lexicon::of(self.doc).noun(self.doc.lemma(t), self.doc.form(t)).0;
            named || self.doc.upos(t) == Upos::Noun && class.has(NounClass::PERSON)
        };
        let object = self.deps(u).iter().copied().find(|&d| self.doc.relation(d) == "obj" && d > u);
        object.filter(|&o| self.voice(u) == Voice::Active && person(o))
    }

    /// Whether the phrase of `noun` ends with the name or noun at `last`.
    fn ends_with(self, noun: TokenId, last: TokenId) -> bool {
        let name = self.doc.name_at(last).map_or(last.0, |n| n.tokens.start);
        noun <= last && (noun.0..=last.0).all(|t| t >= name || self.doc.form(TokenId(t)) != ",") && {
            let mut at = last;
            while at != noun && matches!(self.doc.relation(at), "flat" | "appos" | "nmod" | "compound" | "amod") {
                let Some(h) = self.doc.head(at).filter(|&h| h >= noun && self.preposition(at).is_none()) else { break };
                at = h;
            }
            at == noun
        }
    }

    /// « …, l'Italienne Zoé Lind, prenant la médaille »: the name between commas right before a present
    /// participle, which neither the clause's subject nor its verb takes.
    fn absolute_noun(self, v: TokenId) -> Option<TokenId> {
        let first = self.doc.subtree(v).start;
        let comma = if self.doc.form(TokenId(first)) == "," { first } else { first.checked_sub(1)? };
        let last = TokenId(comma.checked_sub(1)?);
        let name = self.doc.name_at(last).filter(|n| n.kind == temoin_model::NameKind::Person)?;
        let mut start = name.tokens.start;
        let leads = |t: TokenId| matches!(self.doc.upos(t), Upos::Det | Upos::Noun | Upos::Adj | Upos::Propn);
        while start > 0 && name.tokens.start - start < 4 && leads(TokenId(start - 1)) {
            start -= 1;
        }
        let set_off = self.doc.form(TokenId(comma)) == "," && start > 0 && self.doc.form(TokenId(start - 1)) == ",";
        let head = (start..=last.0)
            .map(TokenId)
            .find(|&t| self.is_nominal(t) && self.doc.head(t).is_none_or(|h| h.0 < start || h > last))?;
        let under = self.doc.head(head).filter(|&h| self.is_nominal(h))?;
        // « le président du club, Zoé Lind, prenant la parole »: an apposition of a person is no other.
        let class = Lexicon::of(self.doc).noun(self.doc.lemma(under), self.doc.form(under)).0;
        let person = self.doc.name_at(under).is_some_and(|n| n.kind == temoin_model::NameKind::Person);
        (set_off && !person && !class.has(NounClass::PERSON)).then_some(head)
    }

    /// "called on Moscow to release the sailors": whom a verb with "on" or "to" asks.
    pub(super) fn called_on(self, u: TokenId) -> Option<TokenId> {
        let asks = matches!(self.doc.lemma(u), "call" | "appeal" | "prevail" | "rely" | "count");
        let on = |&d: &TokenId| {
            d > u && self.is_nominal(d) && matches!(self.preposition(d).as_deref(), Some("on" | "upon" | "to"))
        };
        self.deps(u).iter().copied().find(on).filter(|_| asks && self.doc.meta.lang == Lang::En)
    }

    /// Who does the infinitive under `u`.
    pub(super) fn controller(self, u: TokenId, hops: u32, sure: f64) -> Option<Found> {
        if self.is_nominal(u) {
            return self.possessor(u, hops, sure);
        }
        let lemma = self.doc.lemma(u);
        if let Some(d) = self.called_on(u) {
            return self.resolve_relative(u, d, sure);
        }
        let told = has(&self.grammar.indirect_control, lemma);
        if told || has(&self.grammar.object_control, lemma) {
            if self.voice(u) == Voice::Passive {
                return self.subject_at(u, hops + 1, sure);
            }
            for &d in self.deps(u) {
                let rel = self.doc.relation(d);
                let to = matches!(rel, "obl" | "iobj")
                    && (rel == "iobj" || self.preposition(d).as_ref() == Some(&self.grammar.to));
                if (rel == "obj" && !told && d != u || to) && !self.is_verbal(d) {
                    return self.resolve_relative(u, d, sure);
                }
            }
            if self.doc.meta.lang == Lang::Fr {
                return None;
            }
            // "wants to attack": without anybody told, the subject does it.
        }
        self.subject_at(u, hops + 1, sure)
    }

    /// Who does the action of a verb: its subject, or the agent of a passive.
    pub(super) fn logical_subject(self, v: TokenId) -> Option<Found> {
        if let Some(by) = self.made_to(v) {
            return found(by, 0.95);
        }
        match self.voice(v) {
            Voice::Active => self.surface_subject(v).map(|f| self.through_purpose(f)),
            Voice::Passive => self.agent(v),
        }
    }

    /// « a fait arrêter X par la police »: who is made to do it.
    pub(super) fn made_to(self, v: TokenId) -> Option<TokenId> {
        let made = self.deps(v).iter().any(|&d| self.doc.deprel(d) == "aux:caus" && d < v);
        let by =
            |&d: &TokenId| d > v && self.preposition(d).as_ref() == Some(&self.grammar.agent) && !self.is_instrument(d);
        self.deps(v).iter().copied().find(by).filter(|&d| made && self.is_nominal(d))
    }

    /// « leur mission sera de protéger »: who has the mission protects.
    pub(super) fn through_purpose(self, f: Found) -> Found {
        if has(&self.grammar.purpose, self.doc.lemma(f.at))
            && let Some(p) = self.possessor(f.at, MAX_HOPS - 1, f.sure * 0.85)
        {
            return p;
        }
        f
    }
}
