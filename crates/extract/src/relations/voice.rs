//! Voice, participles and agreement.

use super::grammar::has;
use super::syntax::{MAX_HOPS, Tree, Voice};
use crate::entities::{Lexicon, NounClass};
use temoin_model::{Lang, TokenId, Upos};

impl Tree<'_> {
    pub(super) fn is_relative_pronoun(self, t: TokenId) -> bool {
        self.doc.feat(t, "PronType") == Some("Rel")
            || (self.doc.upos(t) == Upos::Pron && matches!(self.doc.lemma(t), "qui" | "que" | "dont" | "lequel" | "où"))
    }

    /// The noun that a participle or a relative clause at `v` modifies: `head`, or a noun between
    /// them that agrees where `head` does not (« la mort de manifestants, tués par la police »).
    pub(super) fn modified(self, v: TokenId, head: TokenId) -> TokenId {
        // With « avoir » a participle agrees with its object, if with anything.
        let aux = |rel: &str, lemma: &str| {
            self.deps(v).iter().any(|&d| self.doc.deprel(d).starts_with(rel) && self.doc.lemma(d) == lemma)
        };
        let active = aux("aux", "avoir") && !aux("aux", "être");
        if let Some(team) = self.team_above(v, head).filter(|_| v > head && !active) {
            return team;
        }
        if v < head || active || self.agree(v, head) || !self.is_past_participle(v) {
            return head;
        }
        let plural = self.doc.feat(v, "Number") == Some("Plur");
        if plural && self.doc.relation(head) == "conj" && self.doc.feat(head, "Number") != Some("Plur") {
            let first = self.first_conjunct(head);
            return if self.is_nominal(first) { first } else { head };
        }
        let lo = head.0.max(v.0.saturating_sub(14));
        // « la Corée du Nord, qui était prévu »: no part of a name is spoken of.
        let part = |t: TokenId| self.doc.name_at(t).is_some_and(|n| n.tokens.start != t.0 && n.tokens.len() > 1);
        let agreeing =
            |t: TokenId| self.is_nominal(t) && self.doc.upos(t) == Upos::Noun && !part(t) && self.agree(v, t);
        let within = (lo..v.0).rev().map(TokenId).find(|&t| agreeing(t) && self.doc.feat(t, "Number").is_some());
        within.unwrap_or_else(|| {
            let s = self.doc.sentence(self.doc.sentence_of(v)).start;
            (s.max(v.0.saturating_sub(14))..lo).rev().map(TokenId).find(|&t| agreeing(t)).unwrap_or(head)
        })
    }

    /// « une équipe de l'université dirigée par le professeur »: people are led, not what they belong to.
    fn team_above(self, v: TokenId, head: TokenId) -> Option<TokenId> {
        let led = matches!(self.doc.lemma(v), "diriger" | "mener" | "conduire" | "emmener" | "composer" | "encadrer");
        let of = self.preposition(head).as_ref() == Some(&self.grammar.of) && self.doc.relation(head) == "nmod";
        let team = self.doc.head(head).filter(|&t| led && of && t < head && self.doc.upos(t) == Upos::Noun)?;
        let class = Lexicon::of(self.doc).noun(self.doc.lemma(team), self.doc.form(team)).0;
        (class.has(NounClass::GROUP) && self.agree(v, team) && self.is_past_participle(v)).then_some(team)
    }

    /// Whether « des » before `d` was read as « de les » though it may be the article.
    pub(super) fn is_doubtful_des(self, d: TokenId) -> Option<TokenId> {
        self.deps(d).iter().copied().find(|&c| {
            self.doc.relation(c) == "case"
                && self.doc.lemma(c) == "de"
                && self.doc.slice(self.doc.token_span(c)).eq_ignore_ascii_case("des")
        })
    }

    /// The reflexive clitic of a verb.
    pub(super) fn reflexive(self, v: TokenId) -> Option<TokenId> {
        // « s'est fait distancer »: it is undergone.
        let made = |&d: &TokenId| self.doc.deprel(d) == "aux:caus" && self.doc.lemma(d) == "faire" && d < v;
        self.clitic(v).filter(|_| !self.deps(v).iter().any(made))
    }

    fn clitic(self, v: TokenId) -> Option<TokenId> {
        self.deps(v).iter().copied().find(|&d| {
            self.doc.upos(d) == Upos::Pron
                && matches!(self.doc.form(d).to_lowercase().as_str(), "se" | "s'" | "s’")
                && matches!(self.doc.relation(d), "expl" | "obj" | "iobj" | "dep")
        })
    }

    pub(super) fn is_past_participle(self, v: TokenId) -> bool {
        self.doc.feat(v, "VerbForm") == Some("Part")
            && self.doc.feat(v, "Tense") != Some("Pres")
            && !(self.doc.meta.lang == Lang::En && self.doc.form(v).ends_with("ing"))
    }

    /// « plusieurs morts et blessés »: people, though read as a participle.
    pub(super) fn is_counted_participle(self, v: TokenId) -> bool {
        let Some(noun) = v.0.checked_sub(2).map(TokenId) else { return false };
        let toll = matches!(self.doc.lemma(noun), "mort" | "blessé" | "tué" | "disparu" | "victime");
        toll && self.doc.upos(noun) == Upos::Noun
            && self.doc.upos(TokenId(v.0 - 1)) == Upos::Cconj
            && self.is_past_participle(v)
            && !self.has_aux(v)
    }

    pub(super) fn has_aux(self, v: TokenId) -> bool {
        self.deps(v).iter().any(|&d| self.doc.relation(d) == "aux")
    }

    /// Voice of a verb; a participle that shares the auxiliary of the verb it is coordinated with
    /// shares its voice.
    pub(super) fn voice(self, v: TokenId) -> Voice {
        self.voice_at(v, 0)
    }

    pub(super) fn voice_at(self, v: TokenId, hops: u32) -> Voice {
        let reflexive = self.reflexive(v);
        if reflexive.is_none() && self.clitic(v).is_some() {
            return Voice::Passive;
        }
        if let Some(r) = reflexive {
            return if self.doc.deprel(r) == "expl:pass" { Voice::Passive } else { Voice::Active };
        }
        // Nobody else does it: "born" is a passive in form only.
        let one_sided = self.doc.form(v).ends_with("ing") || self.doc.form(v) == "born";
        if self.doc.meta.lang == Lang::En && one_sided {
            return Voice::Active;
        }
        // « ont perdu »: with « avoir » alone no relation makes a passive.
        let auxiliary =
            |lemma: &str| self.deps(v).iter().any(|&d| self.doc.relation(d) == "aux" && self.doc.lemma(d) == lemma);
        if auxiliary("avoir") && !auxiliary("être") {
            return Voice::Active;
        }
        let intransitive = has(&self.grammar.etre_verbs, self.doc.lemma(v));
        for &d in self.deps(v) {
            let rel = self.doc.deprel(d);
            if matches!(rel, "aux:pass" | "nsubj:pass") && !intransitive {
                return Voice::Passive;
            }
            let be = matches!(self.doc.lemma(d), "être" | "be");
            if rel.starts_with("aux") && be && !intransitive && self.is_past_participle(v) {
                return Voice::Passive;
            }
        }
        if !self.is_past_participle(v) || self.has_aux(v) || intransitive || self.split_perfect(v).is_some() {
            return Voice::Active;
        }
        // "wearing a T-shirt and handcuffed by the police"
        let by = |&d: &TokenId| d > v && self.preposition(d).as_ref() == Some(&self.grammar.agent);
        if self.doc.relation(v) == "conj" && self.deps(v).iter().any(by) {
            return Voice::Passive;
        }
        // "Apple swamped by orders"
        let headline = self.doc.head(v).is_none()
            && self.doc.meta.lang == Lang::En
            && !self.has_aux(v)
            && self.dep(v, "obj").is_none()
            && self.doc.form(v).ends_with("ed");
        if headline && self.deps(v).iter().any(by) {
            return Voice::Passive;
        }
        if self.is_headline_passive(v) {
            return Voice::Passive;
        }
        // In English a past is written like a participle: with a subject of its own it is one.
        if self.doc.meta.lang == Lang::En
            && (self.deps(v).iter().any(|&d| self.doc.deprel(d) == "nsubj") && self.dep(v, "cop").is_none()
                || self.is_lost_past(v))
        {
            return Voice::Active;
        }
        // No present is written like « publiée »: its object is another verb's.
        let only_participle = self.doc.meta.lang == Lang::Fr
            && self.doc.relation(v) == "acl"
            && (["é", "ée", "és", "ées"].iter().any(|e| self.doc.form(v).ends_with(e))
                || matches!(self.doc.form(v), "connu" | "connue" | "connus" | "connues"));
        let object = |&d: &TokenId| self.doc.relation(d) == "obj" && d > v && self.is_nominal(d);
        if !only_participle && self.deps(v).iter().any(object) {
            // A present read as a participle: « le texte interdit l'entrée ».
            return Voice::Active;
        }
        match (self.doc.relation(v), self.doc.head(v)) {
            ("conj", Some(u)) if self.is_verbal(u) && hops < MAX_HOPS => self.voice_at(u, hops + 1),
            ("acl" | "amod" | "advcl" | "xcomp" | "conj" | "appos" | "dep", Some(_)) => Voice::Passive,
            _ => Voice::Passive,
        }
    }

    /// "Two men arrested in Leeds": a headline leaves "were" out.
    pub(super) fn is_headline_passive(self, v: TokenId) -> bool {
        if self.doc.meta.lang != Lang::En || !has(&self.grammar.headline_passives, self.doc.lemma(v)) {
            return false;
        }
        let sentence = self.doc.sentence(self.doc.sentence_of(v));
        let stop = sentence.end.checked_sub(1).is_some_and(|l| self.doc.upos(TokenId(l)) == Upos::Punct);
        let alone = !self
            .deps(v)
            .iter()
            .any(|&d| matches!(self.doc.relation(d), "obj" | "ccomp" | "xcomp" | "aux" | "cop" | "compound") && d != v);
        let base = self.doc.form(v).eq_ignore_ascii_case(self.doc.lemma(v));
        self.doc.head(v).is_none() && alone && !stop && !base
    }

    /// "The company negotiated with the union": read as a noun with a participle, though the sentence
    /// has no other verb.
    pub(super) fn is_lost_past(self, v: TokenId) -> bool {
        let root = self.doc.head(v).filter(|&h| self.doc.head(h).is_none() && self.is_nominal(h) && h < v);
        let sentence = self.doc.sentence(self.doc.sentence_of(v));
        let stop =
            sentence.end.checked_sub(1).is_some_and(|l| matches!(self.doc.form(TokenId(l)), "." | "!" | "”" | "\""));
        let finite = |t: TokenId| self.doc.feat(t, "VerbForm") == Some("Fin");
        let by = self.deps(v).iter().any(|&d| self.preposition(d).as_ref() == Some(&self.grammar.agent));
        root.is_some() && self.doc.relation(v) == "acl" && stop && !by && !self.doc.tokens_in(sentence).any(finite)
    }

    /// « Après avoir été suspendue, les juges … »: whether a participle with « être » cannot speak of the
    /// noun `s` by its gender and number. A subject of its own, which may be coordinated, must differ in both.
    pub(super) fn clashes(self, v: TokenId, s: TokenId) -> bool {
        let be = self.deps(v).iter().any(|&d| self.doc.relation(d) == "aux" && self.doc.lemma(d) == "être");
        let several = self.deps(s).iter().any(|&d| matches!(self.doc.relation(d), "conj" | "appos"));
        // « une trentaine de militants ont été arrêtés »
        let class = Lexicon::of(self.doc).noun(self.doc.lemma(s), self.doc.form(s)).0;
        let noun = self.doc.upos(s) == Upos::Noun && !class.has(NounClass::MEASURE) && !class.has(NounClass::GROUP);
        // « Lancée en 2011, les autorités … »
        let bare = self.doc.relation(v) == "advcl" && !self.has_aux(v);
        if self.doc.meta.lang != Lang::Fr || !(be || bare) || !noun || several || !self.is_past_participle(v) {
            return false;
        }
        let differs = |f: &str| matches!((self.doc.feat(v, f), self.doc.feat(s, f)), (Some(a), Some(b)) if a != b);
        let own = self.doc.head(s) == Some(v);
        if own { differs("Gender") && differs("Number") } else { differs("Gender") || differs("Number") }
    }

    /// « a d'abord emmené X » with « emmené » hung on « abord », « ont donc été suivies » with the
    /// participle for a clause of « ont »: the auxiliary of such a participle.
    pub(super) fn split_perfect(self, v: TokenId) -> Option<TokenId> {
        let u = self.doc.head(v).filter(|_| self.is_past_participle(v) && self.dep(v, "nsubj").is_none())?;
        let avoir = |w: TokenId| self.doc.lemma(w) == "avoir" && !self.has_aux(w) && self.is_verbal(w);
        let near = |w: TokenId| w < v && v.0 - w.0 <= 6;
        if avoir(u) && near(u) && matches!(self.doc.relation(v), "ccomp" | "xcomp" | "conj") {
            // « ont d'ores et déjà été retrouvés »
            let adverb = |t: u32| {
                matches!(self.doc.upos(TokenId(t)), Upos::Adv | Upos::Aux | Upos::Cconj | Upos::Adp | Upos::Noun)
            };
            return (u.0 + 1..v.0).all(adverb).then_some(u);
        }
        let w = self.doc.head(u).filter(|&w| self.doc.relation(v) == "acl" && avoir(w) && near(w))?;
        let object = |&d: &TokenId| self.doc.relation(d) == "obj" && d != u && d > w;
        let between = w < u && u < v && self.doc.subtree(u).start == w.0 + 1 && self.preposition(u).is_some();
        (between && !self.has_aux(v) && !self.deps(w).iter().any(object)).then_some(w)
    }

    /// « avoir tué », "having killed"
    pub(super) fn is_perfect_infinitive(self, v: TokenId) -> bool {
        let infinitive = |&d: &TokenId| self.doc.relation(d) == "aux" && self.doc.feat(d, "VerbForm") == Some("Inf");
        self.deps(v).iter().any(infinitive)
    }

    /// « en donnant »
    pub(super) fn is_gerund(self, v: TokenId) -> bool {
        let en = |&d: &TokenId| d < v && self.doc.form(d).eq_ignore_ascii_case("en") && self.doc.upos(d) == Upos::Adp;
        self.doc.feat(v, "VerbForm") == Some("Part") && self.doc.form(v).ends_with("ant") && self.deps(v).iter().any(en)
    }

    pub(super) fn follows_comma(self, v: TokenId) -> bool {
        v.0 > 0 && self.doc.form(TokenId(v.0 - 1)) == ","
    }

    /// Whether a phrase begins behind a comma, which the tree may count into it.
    pub(super) fn is_behind_comma(self, n: TokenId) -> bool {
        let start = self.doc.subtree(n).start;
        self.follows_comma(TokenId(start)) || start < n.0 && self.doc.form(TokenId(start)) == ","
    }

    /// Whether the word stands for something that has happened whatever the clause around it plans
    /// or supposes: « après la mort de … », « des manifestants tués par … ».
    pub(super) fn is_presupposed(self, t: TokenId) -> bool {
        if self.doc.relation(t) == "acl" && self.is_past_participle(t) && !self.doc.deprel(t).ends_with("relcl") {
            return true;
        }
        let after = |p: &str| has(&self.grammar.factive_prepositions, p);
        self.doc.upos(t) == Upos::Noun && self.preposition(t).is_some_and(|p| after(&p))
    }
}
