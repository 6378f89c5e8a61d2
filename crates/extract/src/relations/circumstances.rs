//! Where an event happens: places in the clause of its trigger.

use super::args::{Arg, Args};
use super::grammar::has;
use temoin_model::{Char, EntityIx, EntityType, Span, TokenId, Upos};

/// Governing clauses whose place also holds for the clause below.
const MAX_CLAUSES: u32 = 2;

impl Args<'_> {
    pub(super) fn is_location(&self, e: EntityIx) -> bool {
        matches!(self.kind(e), EntityType::Place | EntityType::Country)
    }

    /// Named places under `t` with a preposition of place: « à Almaty », « dans les rues d'Almaty ».
    pub(super) fn places_under(&mut self, t: TokenId, directions: bool) -> Vec<Arg> {
        let mut out: Vec<Arg> = Vec::new();
        for (prep, d) in self.tree.prepositional(t) {
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

    /// With what the deed at `t` is done: the words of a weapon, a tool or a vehicle behind a preposition of
    /// means (« au couteau », « à coups de hache », "with a knife"), or of any noun behind « à l'aide de ».
    pub(super) fn means_of(&self, t: TokenId, taken: [Option<TokenId>; 2]) -> Option<Span<Char>> {
        let tree = self.tree;
        let doc = tree.doc;
        let grammar = tree.grammar;
        let tool = |d: TokenId| has(&grammar.instruments, doc.lemma(d));
        let bodies = [EntityType::Person, EntityType::Organization, EntityType::Group, EntityType::Country];
        let thing = |d: TokenId| {
            let known = self.layer.mention_at(d).map(|m| self.kind(self.layer.mentions[m.0 as usize].entity));
            !known.is_some_and(|k| bodies.contains(&k)) && !self.is_time(d)
        };
        // « des tirs à l'arme lourde »: what hangs on the object right behind the verb may be the deed's.
        let object = doc.dependents(t).iter().copied().filter(|&d| doc.relation(d) == "obj" && d > t);
        // « l'attaque à la voiture piégée a fait dix morts »: what hangs on the event that does it is its means too.
        let hosts: Vec<TokenId> = std::iter::once(t).chain(object).chain(taken[0]).collect();
        // « à l'aide d'un tournevis », "by means of a screwdriver"
        let inside = |d: TokenId| {
            let opener = matches!(doc.lemma(d), "aide" | "moyen" | "means" | "help") && !tool(d);
            let of = |&x: &TokenId| x > d && tree.preposition(x).as_ref() == Some(&grammar.of) && tree.is_nominal(x);
            let tools = doc.dependents(d).iter().copied().find(of).filter(|&x| opener && thing(x))?;
            let exact = doc.lemma(d) != "help" && !matches!(tree.preposition(d).as_deref(), Some("avec" | "sans"));
            (exact || tool(tools)).then_some(tools)
        };
        let phrase = hosts.iter().find_map(|&h| {
            tree.prepositional(h).into_iter().filter(|&(_, d)| d > h && tree.is_nominal(d)).find_map(|(p, d)| {
                if let Some(x) = inside(d) {
                    return Some(x);
                }
                let opened = has(&grammar.means_openers, &p);
                let plain = has(&grammar.means_prepositions, &p) && tool(d);
                // Vehicles carry those who go in them: with « à », « par », "with" they are means, « en voiture » no.
                let carried = matches!(p.as_str(), "en" | "in") || p == "de" && doc.lemma(d) != "coup";
                ((opened || plain && !carried) && thing(d) && !taken.contains(&Some(d))).then_some(d)
            })
        });
        // "killed him using a knife"
        let using =
            |&d: &TokenId| matches!(doc.relation(d), "advcl" | "acl") && matches!(doc.form(d), "using" | "utilisant");
        let used = || {
            let u = hosts.iter().find_map(|&h| doc.dependents(h).iter().copied().find(using))?;
            doc.dependents(u).iter().copied().find(|&o| doc.relation(o) == "obj" && o > u && thing(o))
        };
        let at = phrase.or_else(used)?;
        let whole = doc.subtree(at);
        let stop = |i: u32| {
            let d = TokenId(i);
            let other = doc.upos(d) == Upos::Adp && !matches!(doc.lemma(d), "de" | "of");
            doc.upos(d) == Upos::Punct
                || other
                || self.is_time(d)
                || i > at.0 && matches!(doc.relation(d), "acl" | "cc" | "appos")
        };
        let end = (at.0 + 1..whole.end).find(|&i| stop(i)).unwrap_or(whole.end);
        // « arme à feu »
        let word = |i: u32| if (i as usize) < doc.len() { doc.form(TokenId(i)) } else { "" };
        let end = if word(at.0 + 1) == "à" && word(at.0 + 2) == "feu" { end.max(at.0 + 3) } else { end };
        // Neither the preposition nor an article written in one word with it: « au couteau ».
        let lead = |i: u32| {
            let contracted = !doc.slice(doc.token_span(TokenId(i))).eq_ignore_ascii_case(doc.form(TokenId(i)));
            contracted || matches!(doc.relation(TokenId(i)), "case" | "mark" | "fixed")
        };
        let start = (whole.start..at.0).rev().take_while(|&i| !lead(i)).last().unwrap_or(at.0);
        Some(doc.char_span(Span::new(start, end)))
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
        // « sur place » is no place.
        let bare = doc.upos(d) == Upos::Noun && !doc.dependents(d).iter().any(|&c| doc.relation(c) == "det");
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

    /// Places of the event at `t`: under the trigger, under its object, or in the governing clauses.
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
        add(self.places_under(t, false), &mut out);
        // What is said has its own places.
        if let Some(o) = object.filter(|&o| !self.tree.is_verbal(o)) {
            add(self.places_under(o, false), &mut out);
        }
        if out.is_empty() && doc.upos(t) == Upos::Noun {
            add(self.places_within(t), &mut out);
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
            add(self.places_under(h, false), &mut out);
            if out.is_empty() && rel == "nsubj" {
                add(self.places_within(h), &mut out);
            }
            at = h;
        }
        out
    }
}
