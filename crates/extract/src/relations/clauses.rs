//! Clauses: voice, and who does what to whom, also where the words stand in other clauses.

use super::grammar::has;
use super::syntax::{Found, MAX_HOPS, Tree, Voice, found};
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
    fn is_headline_passive(self, v: TokenId) -> bool {
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
    fn is_lost_past(self, v: TokenId) -> bool {
        let root = self.doc.head(v).filter(|&h| self.doc.head(h).is_none() && self.is_nominal(h) && h < v);
        let sentence = self.doc.sentence(self.doc.sentence_of(v));
        let stop =
            sentence.end.checked_sub(1).is_some_and(|l| matches!(self.doc.form(TokenId(l)), "." | "!" | "”" | "\""));
        let finite = |t: TokenId| self.doc.feat(t, "VerbForm") == Some("Fin");
        let by = self.deps(v).iter().any(|&d| self.preposition(d).as_ref() == Some(&self.grammar.agent));
        root.is_some() && self.doc.relation(v) == "acl" && stop && !by && !self.doc.tokens_in(sentence).any(finite)
    }

    /// The noun that a relative clause around `t` modifies.
    pub(super) fn antecedent(self, t: TokenId, pronoun: TokenId) -> Option<TokenId> {
        let mut at = t;
        for _ in 0..MAX_HOPS {
            let head = self.doc.head(at)?;
            if self.doc.deprel(at) == "acl:relcl" || (self.doc.relation(at) == "acl" && self.is_nominal(head)) {
                let noun = self.restricted(self.modified(t, head), pronoun);
                let noun = self.whole(self.by_pronoun(noun, pronoun));
                let noun = self.person_before(noun, pronoun).unwrap_or(noun);
                return self.antecedent_noun(self.agreeing_antecedent(t, pronoun, noun));
            }
            at = head;
        }
        // A wrong tree: the noun before the pronoun is the likeliest antecedent.
        (pronoun.0.saturating_sub(3)..pronoun.0).rev().map(TokenId).find(|&p| self.is_nominal(p))
    }

    /// « une estimation des coûts de développement qui … »: a noun without a determiner only names the
    /// kind of the noun before it.
    fn whole(self, noun: TokenId) -> TokenId {
        let mut at = noun;
        for _ in 0..3 {
            let bare = self.doc.meta.lang == Lang::Fr
                && self.doc.upos(at) == Upos::Noun
                && self.doc.feat(at, "Number") != Some("Plur")
                && self.doc.form(at).starts_with(char::is_lowercase)
                && self.doc.relation(at) == "nmod"
                && self.preposition(at).as_ref() == Some(&self.grammar.of)
                && !self.deps(at).iter().any(|&d| d < at && matches!(self.doc.relation(d), "det" | "nummod"));
            match self.doc.head(at).filter(|&h| bare && h < at && self.doc.upos(h) == Upos::Noun) {
                Some(h) => at = h,
                None => break,
            }
        }
        at
    }

    /// « la troisième marche à Leanda Cave qui résiste »: a person's name right before the pronoun, unless « de »
    /// makes it a part of the noun.
    fn person_before(self, noun: TokenId, pronoun: TokenId) -> Option<TokenId> {
        let last = TokenId(pronoun.0.checked_sub(1)?);
        let name = self.doc.name_at(last).filter(|n| n.kind == temoin_model::NameKind::Person)?;
        let inside = |t: TokenId| name.tokens.contains_at(t.0);
        let head = self.doc.tokens_in(name.tokens).find(|&t| self.doc.head(t).is_none_or(|h| !inside(h)))?;
        let part = matches!(self.preposition(head).as_deref(), None | Some("de" | "d'" | "of"));
        (self.doc.form(pronoun) == "qui" && !inside(noun) && noun < head && !part).then_some(head)
    }

    /// « un évènement de la communauté auquel … »: the pronoun's gender and number tell which noun is meant.
    fn by_pronoun(self, noun: TokenId, pronoun: TokenId) -> TokenId {
        let form = self.doc.slice(self.doc.token_span(pronoun)).to_lowercase();
        let (gender, number) = match form.as_str() {
            "lequel" | "auquel" | "duquel" => ("Masc", "Sing"),
            "laquelle" => ("Fem", "Sing"),
            "lesquels" | "auxquels" | "desquels" => ("Masc", "Plur"),
            "lesquelles" | "auxquelles" | "desquelles" => ("Fem", "Plur"),
            _ => return noun,
        };
        let is = |t: TokenId, f: &str, v: &str| self.doc.feat(t, f).is_none_or(|x| x == v);
        let fits = |t: TokenId| is(t, "Gender", gender) && is(t, "Number", number);
        if fits(noun) { noun } else { self.noun_above(noun, fits).unwrap_or(noun) }
    }

    /// « théâtre d'émeutes qui ont fait »: a subject relative agrees in number with its antecedent.
    fn agreeing_antecedent(self, v: TokenId, pronoun: TokenId, head: TokenId) -> TokenId {
        if self.doc.relation(pronoun) != "nsubj" || pronoun < head {
            return head;
        }
        let fin = |t: TokenId| self.doc.feat(t, "VerbForm") == Some("Fin");
        let finite = self.deps(v).iter().copied().chain([v]).find(|&t| fin(t) && self.is_verbal(t));
        let Some(number) = finite.and_then(|f| self.doc.feat(f, "Number")) else { return head };
        let differs = |t: TokenId| self.doc.feat(t, "Number").is_some_and(|n| n != number);
        // A coordinated antecedent is plural as a whole.
        if !differs(head) || self.deps(head).iter().any(|&d| self.doc.relation(d) == "conj" && d < pronoun) {
            return head;
        }
        let near = (head.0 + 1..pronoun.0).rev().map(TokenId);
        let fits = |t: TokenId| self.is_nominal(t) && self.doc.feat(t, "Number") == Some(number);
        near.into_iter()
            .find(|&t| fits(t) && self.whole(t) == t)
            .or_else(|| self.noun_above(head, fits))
            .unwrap_or(head)
    }

    /// The nearest noun that `t` is part of and that fits.
    fn noun_above(self, t: TokenId, fits: impl Fn(TokenId) -> bool) -> Option<TokenId> {
        let mut at = t;
        for _ in 0..4 {
            let h = self.doc.head(at).filter(|&h| h < at && self.is_nominal(h))?;
            if !matches!(self.doc.relation(at), "nmod" | "obl" | "conj" | "appos" | "compound") {
                return None;
            }
            if fits(h) {
                return Some(h);
            }
            at = h;
        }
        None
    }

    /// "a device similar to Airport Express that supports video": a name takes no restrictive "that".
    fn restricted(self, head: TokenId, pronoun: TokenId) -> TokenId {
        let that = self.doc.meta.lang == Lang::En && self.doc.form(pronoun) == "that";
        let comma = pronoun.0 > 0 && self.doc.form(TokenId(pronoun.0 - 1)) == ",";
        if !that || comma || self.doc.upos(head) != Upos::Propn {
            return head;
        }
        let mut at = head;
        for _ in 0..4 {
            let Some(h) = self.doc.head(at).filter(|&h| h < at) else { return head };
            if self.doc.upos(h) == Upos::Noun {
                return h;
            }
            if !matches!(self.doc.upos(h), Upos::Adj | Upos::Propn) {
                return head;
            }
            at = h;
        }
        head
    }

    /// « ce qui », « ceux qui » have no antecedent of their own.
    pub(super) fn antecedent_noun(self, head: TokenId) -> Option<TokenId> {
        (!(self.doc.upos(head) == Upos::Pron && matches!(self.doc.lemma(head), "ce" | "celui" | "cela")))
            .then_some(head)
    }

    /// The noun right before the relative pronoun that is the subject of `v`, where the antecedent
    /// in the tree will not do.
    pub(super) fn nearest_antecedent(self, v: TokenId) -> Option<TokenId> {
        let pronoun = self.dep(v, "nsubj").filter(|&p| self.is_relative_pronoun(p))?;
        (pronoun.0.saturating_sub(3)..pronoun.0).rev().map(TokenId).find(|&p| self.is_nominal(p))
    }

    /// A pronoun's word, or the antecedent when it is relative.
    pub(super) fn resolve_relative(self, v: TokenId, t: TokenId, sure: f64) -> Option<Found> {
        if self.is_relative_pronoun(t) {
            let singular = |t: TokenId| self.doc.feat(t, "Number") == Some("Sing");
            let finite = self.deps(v).iter().copied().chain([v]).find(|&t| self.doc.feat(t, "VerbForm") == Some("Fin"));
            let alone = self.doc.relation(t) == "nsubj" && finite.is_some_and(singular);
            return Some(Found { at: self.antecedent(v, t)?, sure: 0.95 * sure, alone });
        }
        found(t, sure)
    }

    /// The grammatical subject of a predicate, also where it is shared or left out.
    pub(super) fn surface_subject(self, v: TokenId) -> Option<Found> {
        self.subject_at(v, 0, 1.0).filter(|f| !self.clashes(v, f.at))
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
            "conj" if !self.is_nominal(u) => self.subject_at(u, hops + 1, sure * 0.95),
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
                let at = self.modified(v, u);
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
            "advcl" if self.is_perfect_infinitive(v) && has(&self.grammar.charges, self.doc.lemma(u)) => {
                self.logical_object(u).map(|f| Found { sure: f.sure * sure * 0.9, ..f })
            }
            // « condamne une initiative destinée à casser … » with « casser » hung on the main verb
            "advcl" if infinitive && self.destined(v, u).is_some() => found(self.destined(v, u)?, sure * 0.9),
            // « sera démantelé afin de garantir … »: whoever does the one does the other.
            "advcl" if infinitive && self.voice(u) == Voice::Passive => self.agent(u),
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

    /// The subject word; behind a headline's « France : », the one after the colon.
    pub(super) fn own_subject(self, v: TokenId) -> Option<TokenId> {
        if let Some(inverted) = self.inverted_subject(v) {
            return Some(inverted);
        }
        // « » a-t-il déclaré »
        let clitic = |&d: &TokenId| {
            self.doc.upos(d) == Upos::Pron
                && self.doc.form(d).starts_with('-')
                && ["il", "elle", "ils", "elles", "on"]
                    .iter()
                    .any(|p| self.doc.form(d).trim_start_matches("-t").trim_start_matches('-') == *p)
        };
        if has(&self.grammar.saying, self.doc.lemma(v))
            && let Some(c) = self.deps(v).iter().copied().find(clitic)
        {
            return Some(c);
        }
        let subjects: Vec<TokenId> =
            self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "nsubj").collect();
        let first = *subjects.first()?;
        let last = *subjects.last()?;
        let near = if last < v { last } else { first };
        // "Recipients, said Mauer, are required …": each verb has the other's subject.
        let above = self.doc.head(v).filter(|&u| has(&self.grammar.saying, self.doc.lemma(u)));
        if let Some(u) = above.filter(|&u| u < near && near < v && crate::verbs::is_set_off(self.doc, u, near)) {
            return self.deps(u).iter().copied().find(|&d| d < u && self.doc.relation(d) == "nsubj");
        }
        let next = TokenId(v.0 + 1);
        if has(&self.grammar.saying, self.doc.lemma(v)) && near < v && crate::verbs::is_set_off(self.doc, v, next) {
            return None;
        }
        // « Selon X, Y a signé » with Y for a conjunct of X
        let source = matches!(self.preposition(near).as_deref(), Some("selon" | "d'après" | "according to"));
        let other =
            |&d: &TokenId| d > near && d < v && matches!(self.doc.relation(d), "appos" | "conj") && self.is_nominal(d);
        if source {
            return self.deps(near).iter().copied().find(other);
        }
        // « n'a perdu qu'un combat, et l'or était son but »: what stands before « et » belongs above.
        if self.doc.relation(v) == "ccomp"
            && self.doc.head(v).is_some_and(|u| self.is_restricted_clause(u))
            && let Some(s) = self.deps(near).iter().copied().find(|d| other(d) && self.is_behind_comma(*d))
        {
            return Some(s);
        }
        // « Dans les Yvelines, un centre a été évacué » with the centre for an apposition of the place
        let opens = self.doc.subtree(near).start == self.doc.sentence(self.doc.sentence_of(v)).start;
        // "On board the Freewinds, Paris claims" with the ship for the subject
        let front = self.doc.sentence(self.doc.sentence_of(v)).start;
        let inside = self.doc.upos(TokenId(front)) == Upos::Adp
            && self.preposition(near).is_none()
            && self.doc.subtree(near).start > front + 1
            && !(front..near.0).any(|t| self.doc.upos(TokenId(t)) == Upos::Punct);
        let placed =
            inside || opens && self.preposition(near).is_some_and(|p| !matches!(p.as_str(), "de" | "d'" | "of"));
        let beyond = |d: &TokenId| other(d) && self.is_behind_comma(*d) && self.preposition(*d).is_none();
        if placed
            && near < v
            && let Some(s) = self.deps(near).iter().copied().find(beyond)
        {
            return Some(s);
        }
        // « à Tombouctou, la capitale de la province, une attaque a eu lieu »: the subject behind an apposition of
        // the fronted place
        let beside_place = near.0 > 1
            && self.is_behind_comma(near)
            && self.doc.subtree(near).start.checked_sub(2).is_some_and(|b| {
                let before = TokenId(b);
                self.doc.upos(before) == Upos::Propn
                    && self.doc.head(before) == Some(v)
                    && self.preposition(before).is_some()
            });
        if beside_place
            && near < v
            && let Some(s) = self.deps(near).iter().copied().find(beyond)
        {
            return Some(s);
        }
        // "Having lost the election, X resigned" with X for an apposition of "election"
        let fronted = |&d: &TokenId| d < near && self.doc.relation(d) == "advcl" && self.dep(d, "obj").is_none();
        let named = |&d: &TokenId| {
            d > near
                && d < v
                && self.doc.upos(d) == Upos::Propn
                && self.doc.relation(d) == "appos"
                && self.follows_comma(d)
        };
        if self.deps(v).iter().any(fronted)
            && self.doc.upos(near) == Upos::Noun
            && let Some(s) = self.deps(near).iter().copied().find(named)
        {
            return Some(s);
        }
        // « Le mois dernier, X a déclaré » with X for an apposition of « mois »
        let class = Lexicon::of(self.doc).noun(self.doc.lemma(near), self.doc.form(near)).0;
        let beside = |&d: &TokenId| {
            d > near
                && d < v
                && self.is_nominal(d)
                && matches!(self.doc.relation(d), "appos" | "conj")
                && self.preposition(d).is_none()
        };
        if class.has(NounClass::TIME)
            && let Some(s) = self.deps(near).iter().copied().find(beside)
        {
            return Some(s);
        }
        // « X ayant cessé, Y a repris » with Y for an apposition of X
        let absolute = |&d: &TokenId| {
            let opens = |&a: &TokenId| matches!(self.doc.form(a), "ayant" | "étant" | "having" | "being");
            self.doc.relation(d) == "acl"
                && (self.doc.subtree(d).start..=d.0)
                    .map(TokenId)
                    .find(opens)
                    .is_some_and(|a| a.0 == self.doc.subtree(d).start && self.doc.form(TokenId(a.0 - 1)) != ",")
        };
        if self.deps(near).iter().any(absolute)
            && let Some(s) = self.deps(near).iter().copied().find(|d| beside(d) && self.is_behind_comma(*d))
        {
            return Some(s);
        }
        if near > v || v.0 - near.0 > 40 {
            return Some(near);
        }
        let colon = (near.0 + 1..v.0.min(near.0 + 6)).map(TokenId).find(|&t| self.doc.form(t) == ":");
        let Some(colon) = colon else { return Some(near) };
        let after = (colon.0 + 1..v.0).map(TokenId).find(|&t| {
            let outside = self.doc.head(t).is_none_or(|h| h <= colon || h >= v);
            (self.is_nominal(t) || self.doc.upos(t) == Upos::Pron) && outside && self.preposition(t).is_none()
        });
        Some(after.unwrap_or(near))
    }

    /// The closing quote before a verb of saying and its comma: « …», a déclaré X.
    pub(super) fn quote_before(self, v: TokenId) -> Option<TokenId> {
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([v]).min()?;
        let sentence = self.doc.sentence(self.doc.sentence_of(v));
        let first = sentence.start;
        // « Un article titré « … » explique que … »
        if v.0 + 1 < sentence.end && matches!(self.doc.form(TokenId(v.0 + 1)), "que" | "qu'" | "qu’" | "that") {
            return None;
        }
        let closes = |t: TokenId| matches!(self.doc.form(t), "»" | "”") && t.0 > first;
        let before = TokenId(group.0.checked_sub(1)?);
        let quote = if self.doc.form(before) == "," { TokenId(before.0.checked_sub(1)?) } else { before };
        (quote.0 >= first && closes(quote) && has(&self.grammar.saying, self.doc.lemma(v))).then_some(quote)
    }

    /// « …, a annoncé une autorité sanitaire »: behind what is said, the parser may take the subject
    /// for an object, or a noun of the quotation for the subject.
    fn inverted_subject(self, v: TokenId) -> Option<TokenId> {
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([v]).min()?;
        let quoted = self.quote_before(v).is_some();
        let said = self.doc.relation(v) == "parataxis" && has(&self.grammar.saying, self.doc.lemma(v))
            || self.is_inserted_saying(v);
        let comma = group.0.checked_sub(1).is_some_and(|b| self.doc.form(TokenId(b)) == ",");
        if self.doc.feat(group, "VerbForm") != Some("Fin") || !(quoted || said && comma) {
            return None;
        }
        let behind = |d: &TokenId| *d > v && self.is_nominal(*d) && self.preposition(*d).is_none();
        let by = |rel: &str| self.deps(v).iter().copied().filter(behind).find(|&d| self.doc.relation(d) == rel);
        by("nsubj").or_else(|| by("obj")).or_else(|| {
            // « a indiqué ce vendredi l'Élysée » with the name hung on the day
            let day = self.deps(v).iter().copied().find(|&d| d > v && self.doc.deprel(d) == "obl:mod")?;
            let name = |&d: &TokenId| behind(&d) && d > day && self.doc.upos(d) == Upos::Propn;
            self.deps(day).iter().copied().find(name)
        })
    }

    /// « Le train est en retard, indique la compagnie » with the verb of saying read as one more verb of
    /// the clause: nothing but its subject stands behind it.
    pub(super) fn is_inserted_saying(self, v: TokenId) -> bool {
        if !matches!(self.doc.relation(v), "conj" | "ccomp") || !has(&self.grammar.saying, self.doc.lemma(v)) {
            return false;
        }
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([v]).min();
        let comma = group.and_then(|g| g.0.checked_sub(1)).is_some_and(|b| self.doc.form(TokenId(b)) == ",");
        let behind = |&d: &TokenId| d > v && self.doc.relation(d) == "nsubj" && self.is_nominal(d);
        let other = |&d: &TokenId| match self.doc.relation(d) {
            "obj" | "ccomp" | "xcomp" | "cc" | "mark" => true,
            "nsubj" => d < v,
            _ => false,
        };
        comma && self.deps(v).iter().any(behind) && !self.deps(v).iter().any(other)
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

    /// « Après avoir nié pendant des mois, le suspect a avoué » with the subject hung on « mois »: the
    /// noun behind the comma that agrees with the verb.
    fn stray_subject(self, v: TokenId) -> Option<TokenId> {
        // The clause before: what `v` was hung on, or what hangs on it.
        let above = self.doc.head(v).filter(|&u| u < v && self.doc.relation(v) == "conj");
        if let Some(s) = self.adjacent_subject(v) {
            return Some(s);
        }
        let u = above.or_else(|| self.deps(v).iter().copied().find(|&d| d < v && self.doc.relation(d) == "advcl"))?;
        let finite = crate::verbs::finite(self.doc, v)?;
        let imperative = self.doc.feat(finite, "Mood") == Some("Imp");
        if crate::verbs::finite(self.doc, u).is_some() || !self.is_verbal(u) || imperative {
            return None;
        }
        let number = self.doc.feat(finite, "Number");
        let lead = |t: TokenId| matches!(self.doc.upos(t), Upos::Det | Upos::Adj | Upos::Num);
        (u.0 + 1..v.0).map(TokenId).find(|&n| {
            let mut start = n;
            while start.0 > u.0 && lead(TokenId(start.0 - 1)) {
                start = TokenId(start.0 - 1);
            }
            let singular = |x: Option<&str>| x.is_none_or(|x| x == "Sing");
            self.is_nominal(n)
                && self.follows_comma(start)
                && self.preposition(n).is_none()
                && matches!(self.doc.relation(n), "appos" | "conj" | "dep" | "nmod")
                && singular(self.doc.feat(n, "Number")) == singular(number)
        })
    }

    /// « beaucoup de records »: the noun that an adverb of quantity counts.
    pub(super) fn counted(self, s: TokenId) -> TokenId {
        let of = |&d: &TokenId| d > s && self.is_nominal(d) && self.preposition(d).as_ref() == Some(&self.grammar.of);
        let adverb = self.doc.upos(s) == Upos::Adv;
        self.deps(s).iter().copied().find(of).filter(|_| adverb).unwrap_or(s)
    }

    /// « Dans le but de contenir l'immigration, l'administration a ordonné … » with the subject hung on the
    /// phrase before it: the first noun behind a comma that agrees with the verb. `own` is the subject that
    /// the tree gives, which a preposition before it belies.
    fn fronted_subject(self, v: TokenId, own: Option<TokenId>) -> Option<TokenId> {
        let belied = |s: TokenId| {
            let de =
                |p: &str| matches!(p, "de" | "d'" | "of" | "à" | "comme" | "entre" | "between" | "jusque" | "jusqu'à");
            s < v && self.preposition(s).is_some_and(|p| !de(&p)) && self.is_doubtful_des(s).is_none()
        };
        if own.is_some_and(|s| !belied(s)) || own.is_none() && self.doc.head(v).is_some() {
            return None;
        }
        let finite = crate::verbs::finite(self.doc, v)?;
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([finite, v]).min()?;
        let sentence = self.doc.sentence(self.doc.sentence_of(v));
        let first = (sentence.start..group.0).map(TokenId).find(|&t| self.doc.upos(t) != Upos::Punct)?;
        if self.doc.upos(first) != Upos::Adp || self.doc.feat(finite, "Mood") == Some("Imp") || v.0 - first.0 > 60 {
            return None;
        }
        let singular = |t: TokenId| self.doc.feat(t, "Number").is_none_or(|x| x == "Sing");
        let lead = |t: TokenId| matches!(self.doc.upos(t), Upos::Det | Upos::Adj | Upos::Num);
        (first.0 + 1..group.0).map(TokenId).find(|&n| {
            let mut start = n;
            while start.0 > first.0 && lead(TokenId(start.0 - 1)) {
                start = TokenId(start.0 - 1);
            }
            let determined = self.deps(n).iter().any(|&d| self.doc.relation(d) == "det" && d < n);
            let title =
                matches!(self.doc.form(n), "M." | "Mme" | "Mlle" | "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms.");
            let clause = |t: u32| self.doc.feat(TokenId(t), "VerbForm") == Some("Fin");
            self.is_nominal(n)
                && self.follows_comma(start)
                && (determined || title || self.doc.upos(n) == Upos::Propn)
                && self.preposition(n).is_none()
                && matches!(self.doc.relation(n), "appos" | "conj" | "dep" | "nmod")
                && self.doc.head(n).is_some_and(|h| h < n)
                && !self.deps(n).iter().any(|&d| self.doc.relation(d) == "cc")
                && singular(n) == singular(finite)
                && !(n.0 + 1..group.0).any(clause)
        })
    }

    /// « avoir tué », "having killed"
    fn is_perfect_infinitive(self, v: TokenId) -> bool {
        let infinitive = |&d: &TokenId| self.doc.relation(d) == "aux" && self.doc.feat(d, "VerbForm") == Some("Inf");
        self.deps(v).iter().any(infinitive)
    }

    /// "Due to the arrest of Luke Marin, Anna Kowalska cancelled": the name between a comma and the verb
    /// group, where the tree hung it on what stands before the comma.
    fn adjacent_subject(self, v: TokenId) -> Option<TokenId> {
        let finite = crate::verbs::finite(self.doc, v)?;
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([finite]).min()?;
        let first = self.doc.sentence(self.doc.sentence_of(v)).start;
        let last = (first..group.0).rev().map(TokenId).find(|&t| self.doc.upos(t) != Upos::Adv)?;
        let mut at = last;
        while matches!(self.doc.relation(at), "flat" | "compound" | "amod") {
            at = self.doc.head(at).filter(|&h| h.0 >= first && last.0 - h.0.min(last.0) < 5)?;
        }
        let start = self.doc.subtree(at).start;
        let comma = start > first && self.is_behind_comma(at);
        let stray = matches!(self.doc.relation(at), "conj" | "appos") && self.doc.head(at).is_some_and(|h| h < at);
        let name = self.doc.upos(at) == Upos::Propn && self.preposition(at).is_none();
        let root = self.doc.head(v).is_none() && self.doc.feat(finite, "Mood") != Some("Imp");
        (root && comma && stray && name && self.doc.subtree(at).end > last.0).then_some(at)
    }

    /// Subject of a root without a subject word: « Des » read as a preposition, or a participle at
    /// the head of a sentence whose subject stands in the next clause.
    pub(super) fn subject_of_root(self, v: TokenId, hops: u32, sure: f64) -> Option<Found> {
        if self.doc.feat(v, "VerbForm") == Some("Part") && !self.has_aux(v) {
            let next = self.deps(v).iter().copied().find(|&d| d > v && self.dep(d, "nsubj").is_some())?;
            return self.subject_at(next, hops + 1, sure * 0.85);
        }
        // « Ont été déployés deux avions »
        let first = self.doc.sentence(self.doc.sentence_of(v)).start;
        let opens = self.deps(v).iter().any(|&d| d.0 == first && self.doc.deprel(d).starts_with("aux"));
        let behind = |&d: &TokenId| d > v && self.doc.relation(d) == "obj" && self.is_nominal(d);
        if let (true, Some(s)) = (opens, self.deps(v).iter().copied().find(behind)) {
            return found(s, sure * 0.9);
        }
        found(self.misread_subject(v)?, sure * 0.85)
    }

    pub(super) fn misread_subject(self, v: TokenId) -> Option<TokenId> {
        let first = self.deps(v).iter().copied().find(|&d| self.is_nominal(d) && d < v)?;
        let des = self.is_doubtful_des(first)?;
        let start = self.doc.sentence(self.doc.sentence_of(v)).start;
        let opens = des.0 == start || self.doc.upos(TokenId(des.0 - 1)) != Upos::Verb && des.0 < start + 2;
        (opens && self.doc.feat(first, "Number") == Some("Plur")).then_some(first)
    }

    /// « en donnant »
    fn is_gerund(self, v: TokenId) -> bool {
        let en = |&d: &TokenId| d < v && self.doc.form(d).eq_ignore_ascii_case("en") && self.doc.upos(d) == Upos::Adp;
        self.doc.feat(v, "VerbForm") == Some("Part") && self.doc.form(v).ends_with("ant") && self.deps(v).iter().any(en)
    }

    /// « n'a perdu qu'un combat, et l'or était son but »: whether the tree makes a clause of what « ne … que »
    /// leaves.
    pub(super) fn is_restricted_clause(self, v: TokenId) -> bool {
        let ne = self.deps(v).iter().any(|&d| d < v && self.doc.lemma(d) == "ne");
        let denied = self.deps(v).iter().any(|&d| matches!(self.doc.form(d), "pas" | "jamais" | "point"));
        let que = |c: TokenId| {
            self.deps(c).iter().any(|&m| {
                self.doc.relation(m) == "mark" && matches!(self.doc.form(m), "que" | "qu'" | "qu’") && m.0 == v.0 + 1
            })
        };
        let clause = |&c: &TokenId| c > v && self.doc.relation(c) == "ccomp" && que(c);
        ne && !denied && self.doc.meta.lang == Lang::Fr && self.deps(v).iter().any(clause)
    }

    /// The noun whose participle between `u` and `v` asks for the infinitive `v` with « à ».
    fn destined(self, v: TokenId, u: TokenId) -> Option<TokenId> {
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

    fn follows_comma(self, v: TokenId) -> bool {
        v.0 > 0 && self.doc.form(TokenId(v.0 - 1)) == ","
    }

    /// Whether a phrase begins behind a comma, which the tree may count into it.
    fn is_behind_comma(self, n: TokenId) -> bool {
        let start = self.doc.subtree(n).start;
        self.follows_comma(TokenId(start)) || start < n.0 && self.doc.form(TokenId(start)) == ","
    }

    /// The verb that a noun is the object or an oblique of.
    fn governing(self, n: TokenId) -> Option<TokenId> {
        let inside = matches!(self.doc.relation(n), "obj" | "obl");
        self.doc.head(n).filter(|&v| inside && self.is_verbal(v))
    }

    /// The noun right before a participle (a comma may stand between) that agrees with it, unless the
    /// clause's own subject agrees too.
    fn noun_before(self, v: TokenId) -> Option<TokenId> {
        let start = self.doc.sentence(self.doc.sentence_of(v)).start;
        let before = (start.max(v.0.saturating_sub(3))..v.0).rev().map(TokenId);
        let noun = before.into_iter().find(|&t| self.doc.upos(t) != Upos::Punct).filter(|&t| self.is_nominal(t))?;
        let main = self.doc.head(v).and_then(|u| self.own_subject(u));
        // « Il a perdu son fils Paul, décédé d'un cancer »: what befalls people is said of the nearest.
        let befalls = matches!(self.doc.lemma(v), "décéder" | "mourir" | "naître" | "disparaître");
        if befalls && self.agree(v, noun) {
            return Some(noun);
        }
        let gender = self.doc.feat(noun, "Number").is_some() && self.agree(v, noun);
        (gender && !main.is_some_and(|s| self.agree(v, s))).then_some(noun)
    }

    /// "called on Moscow to release the sailors": whom a verb with "on" or "to" asks.
    fn called_on(self, u: TokenId) -> Option<TokenId> {
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

    /// Whether the word stands for something that has happened whatever the clause around it plans
    /// or supposes: « après la mort de … », « des manifestants tués par … ».
    pub(super) fn is_presupposed(self, t: TokenId) -> bool {
        if self.doc.relation(t) == "acl" && self.is_past_participle(t) && !self.doc.deprel(t).ends_with("relcl") {
            return true;
        }
        let after = |p: &str| has(&self.grammar.factive_prepositions, p);
        self.doc.upos(t) == Upos::Noun && self.preposition(t).is_some_and(|p| after(&p))
    }

    /// Who does the action of a verb: its subject, or the agent of a passive.
    pub(super) fn logical_subject(self, v: TokenId) -> Option<Found> {
        match self.voice(v) {
            Voice::Active => self.surface_subject(v).map(|f| self.through_purpose(f)),
            Voice::Passive => self.agent(v),
        }
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

    pub(super) fn agent(self, v: TokenId) -> Option<Found> {
        let marked =
            self.deps(v).iter().copied().find(|&d| self.doc.deprel(d) == "obl:agent" && !self.is_instrument(d));
        let by = |counted: bool| {
            self.deps(v).iter().copied().find(|&d| {
                matches!(self.doc.relation(d), "obl" | "nmod")
                    && self.preposition(d).as_ref() == Some(&self.grammar.agent)
                    && (counted || self.dep(d, "nummod").is_none())
                    && !self.is_instrument(d)
            })
        };
        // "defeated by 10,694 votes by X"
        if let Some(a) = marked.or_else(|| by(false)).or_else(|| by(true)) {
            return self.resolve_relative(v, a, 1.0);
        }
        // « condamné à une amende par la cour » with « par » hung on « amende ».
        let end = (v.0 + 9).min(self.doc.sentence(self.doc.sentence_of(v)).end);
        for t in (v.0 + 1..end).map(TokenId) {
            if self.is_verbal(t) || self.doc.relation(t) == "nsubj" {
                break;
            }
            if self.doc.lemma(t) == self.grammar.agent && self.doc.relation(t) == "case" {
                let x = self.doc.head(t)?;
                return (self.is_nominal(x)
                    && !self.is_instrument(x)
                    && !matches!(self.doc.lemma(x), "an" | "mois" | "jour" | "exemple" | "year" | "month" | "day"))
                .then_some(Found { at: x, sure: 0.85, alone: false });
            }
        }
        None
    }

    /// « blessé par balle »: a French noun without a determiner is a means, not an agent.
    fn is_instrument(self, d: TokenId) -> bool {
        if has(&self.grammar.means, self.doc.lemma(d)) {
            return true;
        }
        let given = |&c: &TokenId| {
            matches!(self.doc.relation(c), "det" | "nummod" | "amod") || self.doc.slice(self.doc.token_span(c)) == "des"
        };
        self.doc.meta.lang == Lang::Fr
            && self.doc.upos(d) == Upos::Noun
            && self.doc.form(d).starts_with(char::is_lowercase)
            && !self.deps(d).iter().any(given)
    }

    /// « a annoncé dans un article publié hier la découverte de … »: the object of a participle that
    /// can have none is the verb's, before it.
    fn borrowed_object(self, v: TokenId) -> Option<TokenId> {
        let phrase = |&d: &TokenId| d > v && matches!(self.doc.relation(d), "obl" | "obj");
        self.deps(v).iter().copied().filter(phrase).find_map(|d| {
            let participle = |&p: &TokenId| {
                self.doc.relation(p) == "acl" && self.is_past_participle(p) && self.voice(p) == Voice::Passive
            };
            let p = self.deps(d).iter().copied().find(participle).filter(|_| self.doc.meta.lang == Lang::Fr)?;
            let object = |&o: &TokenId| {
                self.doc.relation(o) == "obj"
                    && o.0 > p.0 + 2
                    && self.is_nominal(o)
                    && self.preposition(o).is_none()
                    && self.deps(o).iter().any(|&x| self.doc.relation(x) == "det")
            };
            self.deps(p).iter().copied().find(object)
        })
    }

    /// What the action of a verb is done to: its object, or the subject of a passive.
    pub(super) fn logical_object(self, v: TokenId) -> Option<Found> {
        if self.voice(v) == Voice::Passive {
            return self.surface_subject(v);
        }
        let reflexive = self.reflexive(v);
        let inverted = self.inverted_subject(v);
        let object = |&d: &TokenId| {
            Some(d) != inverted
                && self.doc.relation(d) == "obj"
                && Some(d) != reflexive
                && !self.doc.deprel(d).ends_with("lvc")
        };
        let own = self.deps(v).iter().copied().find(object);
        // « a percuté près de Millas un bus » with « près » for an object
        let other = |o: TokenId| self.deps(v).iter().copied().find(|d| *d > o && object(d) && self.is_nominal(*d));
        let own = own.map(|o| other(o).filter(|_| self.doc.upos(o) == Upos::Adv).unwrap_or(o));
        // « a annoncé ce week-end la fin de la campagne »: of two objects, a time is none.
        let timely = |o: TokenId| {
            let class = Lexicon::of(self.doc).noun(self.doc.lemma(o), self.doc.form(o)).0;
            class.has(NounClass::TIME)
        };
        let own = own.map(|o| {
            let other = |&d: &TokenId| self.doc.deprel(d) == "obj" && d > o && self.is_nominal(d);
            self.deps(v).iter().copied().find(other).filter(|_| timely(o)).unwrap_or(o)
        });
        let own = own.map(|o| self.borrowed_object(v).filter(|_| timely(o)).unwrap_or(o));
        if let Some(o) = own.or_else(|| self.dep(v, "obj").filter(|&d| Some(d) != reflexive && Some(d) != inverted)) {
            return self.resolve_relative(v, o, 1.0);
        }
        if let Some(o) = self.borrowed_object(v) {
            return found(o, 0.85);
        }
        // "asked France for help"
        if self.doc.meta.lang == Lang::En
            && let Some(o) = self.dep(v, "iobj")
        {
            return self.resolve_relative(v, o, 1.0);
        }
        // « a tué jusqu'à 90 soldats », « provoque de plus en plus de malformations »
        let counted = self.deps(v).iter().copied().filter(|&d| d > v).find_map(|d| {
            if matches!(self.preposition(d).as_deref(), Some("jusque à" | "jusqu'à")) && self.dep(d, "nummod").is_some()
            {
                return Some(d);
            }
            // « ne répand point de fumée »
            let none = self.doc.relation(d) == "obl"
                && self.preposition(d).as_deref() == Some("de")
                && self.doc.subtree(d).start == v.0 + 2
                && matches!(self.doc.form(TokenId(v.0 + 1)), "pas" | "point" | "plus" | "guère" | "jamais");
            if none && self.doc.meta.lang == Lang::Fr {
                return Some(d);
            }
            let many = self.doc.relation(d) == "advmod"
                && d.0 == v.0 + 1
                && matches!(
                    self.doc.lemma(d),
                    "de" | "beaucoup" | "peu" | "trop" | "tant" | "plus" | "moins" | "autant"
                );
            let of =
                |&e: &TokenId| e > d && self.is_nominal(e) && self.preposition(e).as_ref() == Some(&self.grammar.of);
            self.deps(d).iter().copied().find(|e| many && of(e))
        });
        if let Some(c) = counted {
            return found(c, 0.9);
        }
        // "arrested three men after the attack" with "men" hung on "attack": no phrase begins before its
        // preposition.
        let early = self.deps(v).iter().copied().filter(|&d| d > v).find_map(|d| {
            let case = self.deps(d).iter().copied().find(|&c| self.doc.relation(c) == "case" && c > v)?;
            let bare = |&e: &TokenId| {
                e > v
                    && e < case
                    && self.is_nominal(e)
                    && self.preposition(e).is_none()
                    && self.doc.subtree(e).start == v.0 + 1
            };
            self.deps(d).iter().copied().find(bare)
        });
        if let Some(e) = early {
            return found(e, 0.85);
        }
        // « comprenant des troupes » with « des » read as a preposition.
        let behind = self.deps(v).iter().copied().find(|&d| {
            matches!(self.doc.relation(d), "obl" | "nmod")
                && self.is_doubtful_des(d).is_some_and(|des| des.0 > v.0 && des.0 <= v.0 + 2)
        });
        if let Some(d) = behind {
            return found(d, 0.8);
        }
        // « a arrêté et inculpé deux hommes »: the object stands behind the last verb.
        let next = self.deps(v).iter().copied().find(|&c| self.doc.relation(c) == "conj" && self.is_verbal(c))?;
        let intransitive = has(&self.grammar.etre_verbs, self.doc.lemma(v));
        let needs = super::grammar::is_transitive(self.doc.meta.lang, self.doc.lemma(v));
        if self.dep(next, "nsubj").is_some() || next.0 - v.0 > 4 || intransitive || !needs {
            return None;
        }
        let o = self.dep(next, "obj")?;
        self.resolve_relative(next, o, 0.8)
    }
}
