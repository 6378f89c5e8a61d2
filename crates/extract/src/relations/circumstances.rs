//! Where an event happens: places in the clause of its trigger.

use super::args::{Arg, Args};
use super::grammar::has;
use temoin_model::{EntityIx, EntityType, TokenId, Upos};

/// Governing clauses whose place also holds for the clause below.
const MAX_CLAUSES: u32 = 2;

impl Args<'_> {
    pub(super) fn is_location(&self, e: EntityIx) -> bool {
        matches!(self.kind(e), EntityType::Place | EntityType::Country)
    }

    /// Named places under `t` with a preposition of place: « à Almaty », « dans les rues d'Almaty ».
    pub(super) fn places_under(&mut self, t: TokenId, directions: bool) -> Vec<Arg> {
        self.places_among(self.place_phrases(t), directions)
    }

    /// The prepositional phrases of `t`, also those under an adverb: « près de la gare ».
    fn place_phrases(&self, t: TokenId) -> Vec<(String, TokenId)> {
        let doc = self.tree.doc;
        let mut out = self.tree.prepositional(t);
        for &d in doc.dependents(t).iter().filter(|&&d| matches!(doc.form(d), "près" | "autour")) {
            let inner = self.tree.prepositional(d).into_iter();
            out.extend(inner.map(|(p, e)| (format!("{} {p}", doc.lemma(d)), e)));
        }
        out
    }

    /// The places among phrases, with those that are coordinated with them.
    fn places_among(&mut self, phrases: Vec<(String, TokenId)>, directions: bool) -> Vec<Arg> {
        let mut out: Vec<Arg> = Vec::new();
        for (prep, d) in phrases {
            let at = has(&self.tree.grammar.place, &prep);
            if !(at || directions && has(&self.tree.grammar.direction, &prep)) {
                continue;
            }
            for d in self.tree.conjuncts(d) {
                if let Some(p) = self.place(d, 0)
                    && !out.iter().any(|o| o.entity() == p.entity())
                {
                    out.push(p);
                }
            }
        }
        out
    }

    /// Places that hang on a time of the clause of `t`: « Samedi, à Jérusalem, … », « cet après-midi près de Lyon ».
    fn places_at_times(&mut self, t: TokenId) -> Vec<Arg> {
        let doc = self.tree.doc;
        let mut times: Vec<TokenId> = doc.dependents(t).iter().copied().filter(|&d| self.is_time(d)).collect();
        let mut phrases = Vec::new();
        // « tué par balle hier à Ankara »: time and place may hang on the means.
        let means = |d: TokenId| doc.relation(d) == "obl" && d > t && has(&self.tree.grammar.instruments, doc.lemma(d));
        for &d in doc.dependents(t).iter().filter(|&&d| means(d)) {
            times.extend(doc.dependents(d).iter().copied().filter(|&d| self.is_time(d)));
            phrases.extend(self.place_phrases(d));
        }
        let mut i = 0;
        while let Some(&at) = times.get(i) {
            phrases.extend(self.place_phrases(at));
            for &d in doc.dependents(at).iter().filter(|&&d| d > at) {
                match self.tree.preposition(d) {
                    _ if self.is_time(d) => times.push(d),
                    // « aujourd'hui, au Venezuela » with the place for a second time
                    Some(p) if doc.relation(d) == "conj" => phrases.push((p, d)),
                    _ => {}
                }
            }
            i += 1;
        }
        phrases.retain(|&(_, d)| !self.is_time(d));
        self.places_among(phrases, false)
    }

    /// The place before the colon of a headline: « Yémen : dix soldats tués dans un attentat ».
    pub(super) fn heading_place(&mut self, t: TokenId) -> Option<EntityIx> {
        let doc = self.tree.doc;
        let sentence = doc.sentence(doc.sentence_of(t));
        let colon =
            (sentence.start + 1..sentence.end.min(sentence.start + 5)).find(|&i| doc.form(TokenId(i)) == ":")?;
        let headline = !doc.slice(doc.char_span(sentence)).trim_end().ends_with(['.', '!', '?', '»', '"']);
        let name = (sentence.start..colon).map(TokenId).find(|&n| self.layer.mention_at(n).is_some())?;
        let alone = (sentence.start..colon).all(|i| matches!(doc.upos(TokenId(i)), Upos::Propn | Upos::Noun));
        if t.0 < colon || !headline || !alone {
            return None;
        }
        let place = self.participant_known(name)?.entity()?;
        (self.is_location(place) && self.layer.entities[place.0 as usize].named).then_some(place)
    }

    /// Places of the clause of `t` itself.
    fn places_here(&mut self, t: TokenId) -> Vec<Arg> {
        let own = self.places_under(t, false);
        if own.is_empty() { self.places_at_times(t) } else { own }
    }

    /// Places that hang on plain things below `t`, as trees often attach them too low: « la hausse
    /// des prix à Almaty ». Those on events and people (« la guerre en Irak ») stay theirs.
    pub(super) fn places_within(&mut self, t: TokenId) -> Vec<Arg> {
        let doc = self.tree.doc;
        let mut level = vec![t];
        if let Some((prep, d)) = self.tree.following(t)
            && has(&self.tree.grammar.place, &prep)
            && let Some(p) = self.place(d, 0)
        {
            return vec![p];
        }
        for _ in 0..4 {
            let mut next = Vec::new();
            for &n in &level {
                for &d in doc.dependents(n) {
                    if matches!(doc.relation(d), "nmod" | "obl")
                        && d > n
                        && doc.upos(d) == Upos::Noun
                        && !self.is_time(d)
                    {
                        next.push(d);
                    }
                }
            }
            next.retain(|&d| {
                let kind = self.participant_known(d).and_then(|a| a.entity()).map(|e| self.kind(e));
                matches!(kind, None | Some(EntityType::Thing | EntityType::Product | EntityType::Work))
            });
            for &d in &next {
                let found = self.places_under(d, false);
                if !found.is_empty() {
                    return found;
                }
            }
            level = next;
        }
        Vec::new()
    }

    /// The place that the noun phrase at `d` names, itself or through « de »: « les rues d'Almaty ».
    fn place(&mut self, d: TokenId, depth: u32) -> Option<Arg> {
        // « à une dizaine de kilomètres de X » is not in X.
        if self.is_time(d) || self.quantity_at(d).is_some() {
            return None;
        }
        let own = self.participant_known(d).filter(|a| a.entity().is_some_and(|e| self.is_location(e)));
        let doc = self.tree.doc;
        // « dans un état grave » is a condition, no state.
        if self.tree.doc.form(d) == "état" {
            return None;
        }
        // « dans une ferme située à Agde »
        let lies = |d: &&TokenId| doc.relation(**d) == "acl" && matches!(doc.lemma(**d), "situer" | "sis" | "locate");
        if let Some(&verb) = doc.dependents(d).iter().find(lies).filter(|_| depth == 0) {
            let found = self.places_under(verb, false);
            if !found.is_empty() {
                return found.into_iter().next();
            }
        }
        // « sur place » is no place.
        let bare = doc.upos(d) == Upos::Noun && !doc.dependents(d).iter().any(|&c| doc.relation(c) == "det");
        let bare = bare || self.is_no_place(d);
        let own = own.filter(|a| !bare || a.entity().is_some_and(|e| self.layer.entities[e.0 as usize].named));
        if own.as_ref().and_then(Arg::entity).is_some_and(|e| self.layer.entities[e.0 as usize].named) || depth > 2 {
            return own;
        }
        for &n in doc.dependents(d) {
            let rel = doc.relation(n);
            if matches!(rel, "nmod" | "appos" | "flat")
                && let Some(p) = self.place(n, depth + 1)
            {
                return Some(p);
            }
        }
        own
    }

    /// « à la seconde place », « au premier tour », « condamné à la prison »: nouns of places that name none here.
    fn is_no_place(&self, d: TokenId) -> bool {
        let doc = self.tree.doc;
        let ordinal = |l: &str| matches!(l, "premier" | "second" | "dernier" | "first") || l.ends_with("ième");
        let ranked = |&c: &TokenId| doc.feat(c, "NumType") == Some("Ord") || ordinal(doc.lemma(c));
        let rank = matches!(doc.lemma(d), "place" | "tour" | "marche" | "rang") && doc.dependents(d).iter().any(ranked);
        let round = doc.lemma(d) == "tour" && doc.feat(d, "Gender") == Some("Masc");
        let penalty = doc.lemma(d) == "prison"
            && doc.head(d).is_some_and(|h| has(&self.tree.grammar.charges, doc.lemma(h)) && h < d)
            && self.tree.preposition(d).as_deref() == Some("à");
        rank || round || penalty
    }

    /// Places of the event at `t`: under the trigger, under its object, under the event that is its subject,
    /// or in the governing clauses.
    pub(super) fn places_of(&mut self, t: TokenId, object: Option<TokenId>) -> Vec<EntityIx> {
        let doc = self.tree.doc;
        let mut out: Vec<EntityIx> = Vec::new();
        let add = |args: Vec<Arg>, out: &mut Vec<EntityIx>| {
            for e in args.iter().filter_map(Arg::entity) {
                if !out.contains(&e) {
                    out.push(e);
                }
            }
        };
        add(self.places_here(t), &mut out);
        // What is said has its own places.
        // « L'ambassadeur en Turquie a été tué à … »: where somebody serves is not where it happened to him.
        let person = |s: &Self, o: TokenId| {
            let m = s.layer.mention_at(o);
            o < t && m.is_some_and(|m| s.kind(s.layer.mentions[m.0 as usize].entity) == EntityType::Person)
        };
        if let Some(o) = object.filter(|&o| !self.tree.is_verbal(o) && !person(self, o)) {
            add(self.places_under(o, false), &mut out);
        }
        if out.is_empty() && doc.upos(t) == Upos::Noun {
            add(self.places_within(t), &mut out);
        }
        if out.is_empty() {
            add(self.places_of_doer(t), &mut out);
        }
        for other in crate::scene::shared(doc, t) {
            if out.is_empty() {
                add(self.places_here(other), &mut out);
            }
        }
        let mut at = t;
        for _ in 0..MAX_CLAUSES {
            // "was born in Switzerland but her parents moved her", "when she was six": other scenes, or none
            let contrast =
                |&d: &TokenId| matches!(doc.lemma(d), "mais" | "but" | "cependant") && doc.relation(d) == "cc";
            let scene = doc.relation(at) == "conj" && doc.dependents(at).iter().any(contrast)
                || self.tree.dep(at, "cop").is_some();
            if !out.is_empty() || scene {
                break;
            }
            let Some(h) = doc.head(at) else { break };
            let rel = doc.relation(at);
            let same_scene = matches!(rel, "conj" | "xcomp" | "ccomp" | "nsubj" | "obj" | "obl" | "advcl");
            if !same_scene || !self.tree.is_verbal(h) && rel != "conj" {
                break;
            }
            let mut around = self.places_here(h);
            if self.is_apart(at, h) && !doc.dependents(at).iter().any(|&d| doc.form(d) == "où") {
                around.retain(|p| p.head.is_none_or(|d| d < h));
            }
            add(around, &mut out);
            if out.is_empty() && rel == "nsubj" {
                add(self.places_within(h), &mut out);
            }
            at = h;
        }
        out
    }

    /// Whether only the places before the verb at `h` hold for the clause of `at` below it: what is said
    /// (« a annoncé à Paris que … ») and a second deed (« déjeune au Capitole, puis rejoint … ») may be elsewhere.
    fn is_apart(&self, at: TokenId, h: TokenId) -> bool {
        let doc = self.tree.doc;
        match doc.relation(at) {
            "ccomp" => has(&self.tree.grammar.saying, doc.lemma(h)),
            "conj" => {
                let effect = has(&self.tree.grammar.effect_verbs, doc.lemma(at));
                self.tree.is_verbal(h) && crate::verbs::finite(doc, at).is_some() && !effect
            }
            _ => false,
        }
    }

    /// Where the event is that does the deed at `t`, or the place that counts its dead: « un attentat à Kaboul a tué … », « tués par des chutes
    /// d'arbres en Dordogne ».
    fn places_of_doer(&mut self, t: TokenId) -> Vec<Arg> {
        let doc = self.tree.doc;
        let verb = if self.tree.is_verbal(t) { Some(t) } else { doc.head(t).filter(|&h| self.tree.is_verbal(h)) };
        let doer = |d: &&TokenId| matches!(doc.deprel(**d), "nsubj" | "obl:agent");
        let Some(&at) = verb.and_then(|v| doc.dependents(v).iter().find(doer)).filter(|&&d| d != t) else {
            return Vec::new();
        };
        let who = self.participant_known(at).filter(|a| a.entity().is_some());
        let kind = who.as_ref().and_then(Arg::entity).map(|e| self.kind(e));
        // « le Pérou déplore 101 morts »: they died there.
        let counts = |v: TokenId| {
            has(&self.tree.grammar.counting_verbs, doc.lemma(v))
                && doc.upos(t) == Upos::Noun
                && self.quantity_at(t).is_some()
        };
        if matches!(kind, Some(EntityType::Place | EntityType::Country)) && verb.is_some_and(counts) {
            return who.into_iter().collect();
        }
        if kind != Some(EntityType::Event) {
            return Vec::new();
        }
        let own = self.places_under(at, false);
        if own.is_empty() { self.places_within(at) } else { own }
    }
}
