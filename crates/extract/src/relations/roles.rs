//! Filling the roles of a frame: from a trigger in the tree to its arguments.

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::{Pos, Role};
use super::grammar::has;
use super::syntax::{Found, Voice};
use temoin_model::{Lang, TokenId, Upos};

impl Engine<'_> {
    /// Words in a role, for conditions.
    pub(super) fn heads(&mut self, hit: Hit, role: &Role) -> Vec<TokenId> {
        let tree = self.args.tree;
        let doc = tree.doc;
        match role {
            Role::Infinitive => doc
                .dependents(hit.at)
                .iter()
                .copied()
                .filter(|&d| tree.is_verbal(d) && matches!(doc.relation(d), "xcomp" | "ccomp"))
                .collect(),
            Role::Adjective => doc
                .dependents(hit.at)
                .iter()
                .copied()
                .filter(|&d| matches!(doc.relation(d), "amod" | "compound"))
                .collect(),
            Role::Prep(p) => tree.prepositional(hit.at).into_iter().filter(|(q, _)| q == p).map(|(_, d)| d).collect(),
            Role::Object => tree.logical_object(hit.at).map(|f| f.at).into_iter().collect(),
            Role::Subject => tree.logical_subject(hit.at).map(|f| f.at).into_iter().collect(),
            Role::Indirect => doc.dependents_by(hit.at, "iobj").collect(),
            Role::Governor => doc.head(hit.at).into_iter().collect(),
            Role::Quantity => self.args.quantity_at(hit.at).map(|q| q.noun).into_iter().collect(),
            _ => self.fill(hit, role).into_iter().filter_map(|a| a.head).collect(),
        }
    }

    pub(super) fn first_filled(&mut self, hit: Hit, roles: &[Role]) -> Vec<Arg> {
        for r in roles {
            // « le nombre augmente de 9 000, une explosion »: a verb with a subject does it to nothing else.
            let second = *r == Role::Object && roles.first() == Some(&Role::Subject) && hit.pos == Pos::Verb;
            let tree = self.args.tree;
            if second && tree.voice(hit.at) == Voice::Active && tree.own_subject(hit.at).is_some() {
                continue;
            }
            let args = self.fill(hit, r);
            if !args.is_empty() {
                return args;
            }
        }
        Vec::new()
    }

    /// The arguments in a role.
    pub(super) fn fill(&mut self, hit: Hit, role: &Role) -> Vec<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let one = |s: &mut Self, f: Option<Found>| match f {
            Some(f) if Some(f.at) != hit.complement && f.at != hit.at => s.args.participants(f),
            _ => Vec::new(),
        };
        match role {
            Role::Subject => {
                let f = tree.logical_subject(hit.at);
                let out = one(self, f);
                match f {
                    Some(f) if out.is_empty() && doc.feat(f.at, "Poss") == Some("Yes") => self.earlier_topic(hit.at),
                    _ => out,
                }
            }
            Role::Object => {
                let mut f = tree.logical_object(hit.at).filter(|f| Some(f.at) != hit.complement);
                if let (None, Some(c)) = (f, hit.complement) {
                    // « a mis en garde Téhéran » with « Téhéran » hung on « garde ».
                    let bare = doc.dependents(c).iter().copied().find(|&d| {
                        d > c && tree.is_nominal(d) && doc.relation(d) == "nmod" && tree.preposition(d).is_none()
                    });
                    f = bare.map(|at| Found { at, sure: 0.85, alone: false });
                }
                one(self, f).into_iter().chain(self.included(hit)).collect()
            }
            Role::Indirect => {
                let mut out = Vec::new();
                for d in doc.dependents_by(hit.at, "iobj") {
                    out.extend(self.args.participants(Found { at: d, sure: 1.0, alone: false }));
                }
                if out.is_empty() {
                    out = self.prepositional(hit, &tree.grammar.to);
                }
                if let (true, Lang::En, Some(f)) = (out.is_empty(), doc.meta.lang, tree.logical_object(hit.at)) {
                    // "sent medical aid to Nepal" with "to" hung on "aid"
                    let object = Hit { at: f.at, complement: None, pos: Pos::Noun };
                    out = self.prepositional(object, &tree.grammar.to);
                }
                out
            }
            Role::ObjectDe => match tree.logical_object(hit.at) {
                Some(f) => {
                    let object = Hit { at: f.at, complement: None, pos: Pos::Noun };
                    let out = self.prepositional(object, &tree.grammar.of);
                    // "accepted Brazil's request"
                    if out.is_empty() && doc.meta.lang == Lang::En { self.fill(object, &Role::Possessive) } else { out }
                }
                None => Vec::new(),
            },
            Role::Prep(p) => {
                let out = self.prepositional(hit, p);
                match tree.logical_object(hit.at) {
                    // « mener une guerre contre X »: trees hang the phrase on the object.
                    Some(f) if out.is_empty() && hit.pos == Pos::Verb && *p != tree.grammar.of => {
                        self.prepositional(Hit { at: f.at, complement: None, pos: Pos::Noun }, p)
                    }
                    _ => out,
                }
            }
            Role::Place => self.place(hit),
            Role::Possessive => {
                let mut anchors = vec![hit.at];
                anchors.extend(hit.complement);
                for a in anchors {
                    // In speech, « mon » and « notre » are the speaker's, whom the article may not name.
                    let third = |d: TokenId| doc.form(d).to_lowercase().starts_with(['s', 'l', 'h', 'i', 't']);
                    let mut own = doc.dependents(a).iter().copied().filter(|&d| third(d));
                    let det = own.find(|&d| doc.feat(d, "Poss") == Some("Yes"));
                    if let Some(d) = det.filter(|&d| self.args.layer.mention_at(d).is_some()) {
                        return self.args.participants(Found { at: d, sure: 0.95, alone: false });
                    }
                    // "Russia's attack"
                    let owner = doc.dependents(a).iter().copied().find(|&d| doc.deprel(d) == "nmod:poss");
                    if let Some(d) = owner.filter(|&d| tree.is_nominal(d)) {
                        return self.args.participants(Found { at: d, sure: 1.0, alone: false });
                    }
                }
                Vec::new()
            }
            Role::Actor => {
                let span = doc.token_span(hit.at);
                let mut states = self.args.actors_of(hit.at);
                for deep in [false, true] {
                    if states.is_empty() {
                        states = self.args.flags(hit.at, deep);
                    }
                }
                let of = |e| Arg { what: What::Entity(e), span: Some(span), head: Some(hit.at), sure: 0.9 };
                states.into_iter().map(of).collect()
            }
            Role::StateOf => {
                let prep = tree.preposition(hit.at);
                // « est en hausse » with the noun for the predicate
                if tree.dep(hit.at, "cop").is_some() {
                    let f = tree.surface_subject(hit.at);
                    return one(self, f.filter(|_| prep.as_deref() == Some("en")));
                }
                let verb = doc.head(hit.at).filter(|&v| tree.is_verbal(v));
                let f = verb.and_then(|v| match doc.relation(hit.at) {
                    "obl" | "xcomp" if prep.as_deref() == Some("en") => tree.surface_subject(v),
                    "obj" if matches!(doc.lemma(v), "connaître" | "enregistrer" | "afficher" | "subir" | "accuser") => {
                        tree.surface_subject(v)
                    }
                    _ => None,
                });
                one(self, f)
            }
            Role::SecondOf => {
                let of = |t: TokenId| -> Vec<TokenId> {
                    let all = tree.prepositional(t).into_iter();
                    all.filter(|(p, d)| *p == tree.grammar.of && *d > t).map(|(_, d)| d).collect()
                };
                let outer = of(hit.at);
                // « du pays du traité » with the second phrase hung on the first
                let second = outer.get(1).copied().or_else(|| outer.first().and_then(|&d| of(d).first().copied()));
                one(self, second.map(|at| Found { at, sure: 0.9, alone: false }))
            }
            Role::Own => self.args.participant(hit.at, 1.0).into_iter().collect(),
            Role::Bearer => {
                let f = tree.bearer(hit.at);
                let out = one(self, f);
                if !out.is_empty() {
                    return out;
                }
                // « le président X » names its bearer inside the mention.
                let own = self.args.participant_known(hit.at);
                own.filter(|a| a.entity().is_some_and(|e| self.args.layer.entities[e.0 as usize].named))
                    .into_iter()
                    .collect()
            }
            Role::Governor => {
                let f = self.governor(hit.at);
                one(self, f)
            }
            Role::Content => self.content(hit.at).into_iter().collect(),
            Role::Infinitive => doc
                .dependents(hit.at)
                .iter()
                .copied()
                .find(|&d| tree.is_verbal(d) && doc.relation(d) == "xcomp")
                .and_then(|d| self.text_arg(d))
                .into_iter()
                .collect(),
            Role::Quantity => self.quantity(hit).into_iter().collect(),
            Role::Adjective => Vec::new(),
            Role::Value => self.value(hit).into_iter().collect(),
            Role::Holder => {
                let f = self.holder(hit.at);
                one(self, f)
            }
            Role::Predicate => {
                let noun = |d: TokenId| doc.upos(d) == Upos::Noun && d > hit.at && !self.args.is_time(d);
                // « ont réélu comme président l'Italien X »
                let marked = doc
                    .dependents(hit.at)
                    .iter()
                    .copied()
                    .find(|&d| noun(d) && matches!(tree.preposition(d).as_deref(), Some("comme" | "as")));
                let plain = doc.dependents(hit.at).iter().copied().find(|&d| {
                    matches!(doc.relation(d), "xcomp" | "obj" | "appos") && noun(d) && tree.preposition(d).is_none()
                });
                marked.or(plain).and_then(|d| self.text_arg(d)).into_iter().collect()
            }
            Role::Trigger => {
                let span = self.trigger_span(hit);
                vec![Arg { what: What::Text(doc.words(span)), span: None, head: None, sure: 0.95 }]
            }
            Role::Between => {
                let mut out = Vec::new();
                for (p, d) in tree.prepositional(hit.at).into_iter().chain(tree.following(hit.at)) {
                    if out.is_empty() && matches!(p.as_str(), "entre" | "between") {
                        out = self.args.participants(Found { at: d, sure: 1.0, alone: false });
                    }
                }
                out
            }
            Role::Phrase => {
                let span = self.args.phrase(hit.at);
                let text = doc.words(span);
                vec![Arg { what: What::Text(text), span: Some(span), head: None, sure: 1.0 }]
            }
        }
    }

    /// Subject of the sentence before, for « leur mission » without an antecedent.
    pub(super) fn earlier_topic(&mut self, t: TokenId) -> Vec<Arg> {
        let doc = self.args.tree.doc;
        let s = doc.sentence_of(t);
        let Some(before) = s.checked_sub(1) else { return Vec::new() };
        let root = doc.tokens_in(doc.sentence(before)).find(|&t| doc.head(t).is_none());
        let subject = root.and_then(|r| self.args.tree.surface_subject(r)).filter(|f| self.args.tree.is_nominal(f.at));
        subject.and_then(|f| self.args.participant(f.at, 0.8)).into_iter().collect()
    }

    /// Dependents of the trigger or its complement with preposition `p`.
    fn prepositional(&mut self, hit: Hit, p: &str) -> Vec<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut anchors = vec![hit.at];
        anchors.extend(hit.complement);
        for a in anchors {
            let mut phrases = tree.prepositional(a);
            // « s'est emparée dimanche de X » with « de X » hung on « dimanche ».
            for &d in doc.dependents(a).iter().filter(|&&d| d > a && self.args.is_time(d)) {
                phrases.extend(tree.prepositional(d));
            }
            if tree.is_nominal(a) && p != tree.grammar.of {
                phrases.extend(tree.following(a));
                for (_, d) in tree.prepositional(a) {
                    let inner: Vec<TokenId> = tree.conjuncts(d);
                    for x in inner.iter().flat_map(|&c| doc.dependents(c)).filter(|&&x| doc.relation(x) == "amod") {
                        phrases.extend(tree.prepositional(*x));
                    }
                }
            }
            // « des manifestations ont eu lieu contre la réforme »
            let holder = doc.head(a).filter(|&v| {
                a == hit.at
                    && tree.is_nominal(a)
                    && doc.relation(a) == "nsubj"
                    && has(&tree.grammar.event_verbs, doc.lemma(v))
            });
            if let Some(v) = holder.filter(|_| p != tree.grammar.of) {
                phrases.extend(tree.prepositional(v));
            }
            if tree.is_nominal(a) && *p == tree.grammar.agent && !phrases.iter().any(|(q, _)| q == p) {
                // "the adoption of the budget by the council" with "by" hung on "budget"
                let inner = phrases.iter().filter(|(q, d)| *q == tree.grammar.of && *d > a);
                let inner: Vec<_> = inner.flat_map(|&(_, d)| tree.prepositional(d)).collect();
                phrases.extend(inner);
            }
            let mut out: Vec<Arg> = Vec::new();
            for (q, d) in phrases {
                if q != p || Some(d) == hit.complement || self.args.is_time(d) {
                    continue;
                }
                let mut at = d;
                if doc.upos(d) == Upos::Pron && doc.feat(d, "PronType") == Some("Rel") {
                    let Some(h) = doc.head(hit.at).filter(|_| doc.relation(hit.at) == "acl") else { continue };
                    at = h;
                }
                for arg in
                    self.args.participants(Found { at, sure: if out.is_empty() { 1.0 } else { 0.95 }, alone: false })
                {
                    if !out.iter().any(|o| o.entity() == arg.entity()) {
                        out.push(arg);
                    }
                }
                // A second phrase with the same preposition is another matter, unless coordinated.
                if !doc.dependents(a).iter().any(|&c| doc.relation(c) == "conj" && c > d) {
                    break;
                }
            }
            if !out.is_empty() {
                return out.into_iter().chain(self.included(hit)).collect();
            }
        }
        Vec::new()
    }

    /// « y compris X », « notamment X » after the trigger: further participants.
    fn included(&mut self, hit: Hit) -> Vec<Arg> {
        let doc = self.args.tree.doc;
        let s = doc.sentence(doc.sentence_of(hit.at));
        let end = (hit.at.0 + 40).min(s.end);
        let marker = (hit.at.0 + 1..end.saturating_sub(1)).find(|&i| {
            doc.form(TokenId(i)).eq_ignore_ascii_case("y") && doc.form(TokenId(i + 1)).starts_with("compris")
                || doc.form(TokenId(i)).eq_ignore_ascii_case("including")
        });
        let Some(m) = marker else { return Vec::new() };
        // Another finite verb in between owns the list.
        if (hit.at.0 + 1..m).map(TokenId).any(|t| doc.feat(t, "VerbForm") == Some("Fin")) {
            return Vec::new();
        }
        let first = (m + 1..(m + 6).min(s.end)).map(TokenId).find(|&t| self.args.tree.is_nominal(t));
        // "supported by several senators, including X": the list belongs to those who support.
        let agent = |d: &TokenId| doc.deprel(*d) == "obl:agent" && d.0 < m;
        if self.args.tree.voice(hit.at) == Voice::Passive && doc.dependents(hit.at).iter().any(agent) {
            return Vec::new();
        }
        // "including brain damage"
        let first = first.map(|t| doc.head(t).filter(|_| doc.relation(t) == "compound").unwrap_or(t));
        match first {
            Some(at) => self.args.participants(Found { at, sure: 0.85, alone: false }),
            None => Vec::new(),
        }
    }

    fn place(&mut self, hit: Hit) -> Vec<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut out = self.args.places_under(hit.at, true);
        if out.is_empty()
            && let Some(c) = hit.complement
        {
            out = self.args.places_under(c, true);
        }
        if out.is_empty()
            && hit.pos == Pos::Verb
            && let Some(o) = tree.logical_object(hit.at).filter(|f| Some(f.at) != hit.complement)
        {
            out = self.args.places_under(o.at, true);
            for a in &mut out {
                a.sure *= 0.9;
            }
        }
        if out.is_empty() && hit.pos == Pos::Noun {
            let part = |v: TokenId| {
                matches!(doc.relation(hit.at), "nsubj" | "obj") || hit.at < v && tree.is_doubtful_des(hit.at).is_some()
            };
            let verb = doc.head(hit.at).filter(|&v| tree.is_verbal(v) && part(v));
            // « la visite du pape en Irak » with « Irak » hung on « pape ».
            if let Some((_, of)) = tree.prepositional(hit.at).into_iter().find(|(p, _)| *p == tree.grammar.of) {
                out = self.args.places_under(of, false);
            }
            for anchor in [Some(hit.at), verb].into_iter().flatten() {
                if !out.is_empty() {
                    break;
                }
                out = if anchor == hit.at { Vec::new() } else { self.args.places_under(anchor, false) };
                if out.is_empty() {
                    out = self.args.places_within(anchor);
                }
                for a in &mut out {
                    a.sure *= 0.9;
                }
                if !out.is_empty() {
                    break;
                }
            }
        }
        // « Almaty, où ils ont été déployés »
        if out.is_empty() && doc.deprel(hit.at) == "acl:relcl" {
            let has_where = doc.dependents(hit.at).iter().any(|&d| doc.lemma(d) == "où");
            if let Some(h) = doc.head(hit.at).filter(|_| has_where) {
                out.extend(self.args.participant(h, 0.95));
            }
        }
        out.retain(|a| a.entity().is_some_and(|e| self.args.is_location(e)));
        out
    }

    /// An oblique that is no complement of a light verb (« procéder à »); a noun coordinated with
    /// one may be a misattached object.
    fn is_plain_oblique(&self, first: TokenId, t: TokenId) -> bool {
        let prep = self.args.tree.preposition(first);
        prep.as_ref() != Some(&self.args.tree.grammar.to)
            && (first == t || self.args.quantity_at(first).is_some_and(|q| q.noun == t))
    }

    /// Subject of the verb that takes the noun at `t` as object or complement.
    fn governor(&self, t: TokenId) -> Option<Found> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut first = tree.first_conjunct(t);
        for _ in 0..3 {
            // « des dizaines de morts »: the quantity's head hangs on the verb.
            match doc.head(first) {
                Some(h) if doc.relation(first) == "nmod" && self.args.quantity_at(h).is_some() => {
                    first = tree.first_conjunct(h);
                }
                _ => break,
            }
        }
        if tree.is_verbal(first) {
            return tree.surface_subject(first).filter(|_| first != t);
        }
        let v = doc.head(first).filter(|&v| tree.is_verbal(v) && has(&tree.grammar.light_verbs, doc.lemma(v)))?;
        match doc.relation(first) {
            // « fait état de 20 morts »: the verb has its object.
            "obl" if self.is_plain_oblique(first, t) => None,
            "obl" if tree.preposition(first).as_deref() == Some("de") && tree.dep(v, "obj").is_some() => None,
            "obj" | "obl" | "xcomp" | "iobj" => tree.logical_subject(v),
            "nsubj" if tree.voice(v) == Voice::Passive => tree.logical_subject(v),
            _ => None,
        }
    }

    /// « accuser X du meurtre de Y »: whoever is charged with the deed that the noun names.
    pub(super) fn accused(&self, noun: TokenId) -> Option<Found> {
        let tree = self.args.tree;
        let doc = tree.doc;
        tree.preposition(noun).filter(|p| has(&tree.grammar.charge_prepositions, p))?;
        let mut at = doc.head(noun)?;
        if tree.is_nominal(at) && matches!(doc.relation(at), "obj" | "obl" | "xcomp" | "nmod") {
            // « condamné à dix ans de prison pour le meurtre de Y », or hung on the accused.
            at = doc.head(at)?;
        }
        let charge = tree.is_verbal(at) && has(&tree.grammar.charges, doc.lemma(at));
        tree.logical_object(at).filter(|f| charge && f.at != noun).map(|f| Found { sure: f.sure * 0.9, ..f })
    }
}
