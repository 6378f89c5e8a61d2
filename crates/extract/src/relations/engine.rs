//! Matching frames over the trees of a document, and making claims of what they find.

use super::args::{Arg, Args, What};
use super::frame::{Frame, Pos, Role, Trigger};
use super::grammar::has;
use super::inventory::{RelationKind, Relations};
use super::syntax::{Found, Voice};
use crate::factuality::{self, Factuality, Source};
use crate::time::TimeExpr;
use temoin_model::{
    Char, Claim, ClaimIx, Evidence, Extraction, Lang, MentionKind, Object, Quantity, Span, Speaker, Status, Subject,
    TokenId, Upos,
};

/// Claims below this confidence are not worth showing.
const MIN_CONFIDENCE: f64 = 0.4;
/// Most claims that one trigger makes, so that long lists stay linear.
const MAX_PER_TRIGGER: usize = 40;
/// Longest statement kept as words.
const MAX_CONTENT: u32 = 300;

/// A place where a trigger stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) at: TokenId,
    pub(super) complement: Option<TokenId>,
    pub(super) pos: Pos,
}

pub(super) struct Engine<'a> {
    pub(super) args: Args<'a>,
    pub(super) relations: &'a Relations,
    pub(super) times: &'a [TimeExpr],
    /// Claims with the word that triggered them.
    pub(super) claims: Vec<(TokenId, Claim)>,
}

impl Engine<'_> {
    pub(super) fn run(&mut self, lang: Lang) {
        let doc = self.args.tree.doc;
        for t in doc.tokens() {
            let before = self.claims.len();
            let framed = self.frames_at(t, lang);
            if !framed && self.claims.len() == before {
                self.open_relation(t);
            }
        }
    }

    /// Tries the frames of the word at `t`; whether any frame knew the word.
    fn frames_at(&mut self, t: TokenId, lang: Lang) -> bool {
        let doc = self.args.tree.doc;
        let pos = match doc.upos(t) {
            Upos::Verb | Upos::Aux => &[Pos::Verb][..],
            Upos::Noun => &[Pos::Noun],
            Upos::Adj => &[Pos::Adj, Pos::Verb, Pos::Noun],
            _ => return false,
        };
        let relations = self.relations;
        let mut known = false;
        let mut made: Vec<(usize, usize)> = Vec::new();
        for &pos in pos {
            let Some(entries) = relations.index.get(&(lang, pos, doc.lemma(t).to_owned())) else { continue };
            for &(f, tr) in entries {
                let frame = &relations.frames[f];
                if made.iter().any(|&(r, _)| r == frame.relation) {
                    continue;
                }
                let Some(hit) = self.matches(t, pos, &frame.triggers[tr], frame) else { continue };
                known = true;
                let start = self.claims.len();
                self.apply(hit, frame);
                if self.claims.len() > start {
                    made.push((frame.relation, start));
                }
            }
        }
        self.drop_beaten(t, &made);
        known
    }

    /// Removes the claims of relations that a more specific one at the same trigger replaces.
    fn drop_beaten(&mut self, t: TokenId, made: &[(usize, usize)]) {
        let beaten: Vec<&str> =
            made.iter().flat_map(|&(r, _)| self.relations.relations[r].beats.iter().map(String::as_str)).collect();
        if !beaten.is_empty() {
            self.claims.retain(|(at, c)| *at != t || !beaten.contains(&c.predicate.as_str()));
        }
    }

    /// Whether the trigger with its complement and conditions stands at `t`.
    fn matches(&mut self, t: TokenId, pos: Pos, trigger: &Trigger, frame: &Frame) -> Option<Hit> {
        let tree = self.args.tree;
        let doc = tree.doc;
        if pos == Pos::Verb {
            let reflexive = tree.reflexive(t);
            let passive = reflexive.is_some_and(|r| doc.deprel(r) == "expl:pass");
            if trigger.reflexive != (reflexive.is_some() && !passive) && !(trigger.reflexive && passive) {
                return None;
            }
        }
        let mut complement = None;
        if let Some(c) = &trigger.complement {
            let fits = |d: TokenId| {
                doc.lemma(d) == c.lemma
                    && c.prep.as_ref().is_none_or(|p| tree.preposition(d).as_ref() == Some(p))
                    && c.tail.iter().enumerate().all(|(i, w)| {
                        let n = d.ix() + 1 + i;
                        n < doc.len() && {
                            let n = TokenId(n as u32);
                            doc.lemma(n) == w || doc.form(n).eq_ignore_ascii_case(w)
                        }
                    })
            };
            let near = |d: TokenId| d.0 > t.0 && d.0 - t.0 <= 4;
            complement = doc.dependents(t).iter().copied().find(|&d| fits(d) && doc.relation(d) != "conj");
            if complement.is_none() {
                let s = doc.sentence(doc.sentence_of(t));
                let end = (t.0 + 5).min(s.end);
                complement = (t.0 + 1..end).map(TokenId).find(|&d| near(d) && fits(d));
            }
            if complement.is_none() && tree.voice(t) == Voice::Passive {
                complement = tree.surface_subject(t).map(|f| f.at).filter(|&d| fits(d));
            }
            complement?;
        }
        let hit = Hit { at: t, complement, pos };
        let ok = frame.with.iter().all(|(r, lemmas)| self.condition(hit, r, lemmas))
            && !frame.without.iter().any(|(r, lemmas)| self.condition(hit, r, lemmas))
            && (frame.words.is_empty() || self.has_word(t, &frame.words));
        ok.then_some(hit)
    }

    fn has_word(&self, t: TokenId, words: &[String]) -> bool {
        let doc = self.args.tree.doc;
        let lo = t.0.saturating_sub(4);
        let s = doc.sentence(doc.sentence_of(t));
        (lo.max(s.start)..(t.0 + 9).min(s.end)).any(|i| words.iter().any(|w| doc.lemma(TokenId(i)) == w))
    }

    fn condition(&mut self, hit: Hit, role: &Role, lemmas: &[String]) -> bool {
        let doc = self.args.tree.doc;
        self.heads(hit, role)
            .into_iter()
            .any(|h| lemmas.iter().any(|l| l == "*" || l == doc.lemma(h) || l.eq_ignore_ascii_case(doc.form(h))))
    }

    /// Words in a role, for conditions.
    fn heads(&mut self, hit: Hit, role: &Role) -> Vec<TokenId> {
        let tree = self.args.tree;
        let doc = tree.doc;
        match role {
            Role::Infinitive => doc
                .dependents(hit.at)
                .iter()
                .copied()
                .filter(|&d| tree.is_verbal(d) && matches!(doc.relation(d), "xcomp" | "ccomp"))
                .collect(),
            Role::Adjective => {
                doc.dependents(hit.at).iter().copied().filter(|&d| matches!(doc.relation(d), "amod")).collect()
            }
            Role::Prep(p) => tree.prepositional(hit.at).into_iter().filter(|(q, _)| q == p).map(|(_, d)| d).collect(),
            Role::Object => tree.logical_object(hit.at).map(|f| f.at).into_iter().collect(),
            Role::Subject => tree.logical_subject(hit.at).map(|f| f.at).into_iter().collect(),
            Role::Indirect => doc.dependents_by(hit.at, "iobj").collect(),
            Role::Governor => doc.head(hit.at).into_iter().collect(),
            Role::Quantity => self.args.quantity_at(hit.at).map(|q| q.noun).into_iter().collect(),
            _ => self.fill(hit, role).into_iter().filter_map(|a| a.head).collect(),
        }
    }

    fn first_filled(&mut self, hit: Hit, roles: &[Role]) -> Vec<Arg> {
        for r in roles {
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
                one(self, f)
            }
            Role::Object => {
                let f = tree.logical_object(hit.at);
                one(self, f).into_iter().chain(self.included(hit)).collect()
            }
            Role::Indirect => {
                let mut out = Vec::new();
                for d in doc.dependents_by(hit.at, "iobj") {
                    out.extend(self.args.participants(Found { at: d, sure: 1.0 }));
                }
                if out.is_empty() {
                    out = self.prepositional(hit, "à");
                }
                out
            }
            Role::Prep(p) => self.prepositional(hit, p),
            Role::Place => self.place(hit),
            Role::Possessive => {
                let mut anchors = vec![hit.at];
                anchors.extend(hit.complement);
                for a in anchors {
                    let det = doc.dependents(a).iter().copied().find(|&d| doc.feat(d, "Poss") == Some("Yes"));
                    if let Some(d) = det.filter(|&d| self.args.layer.mention_at(d).is_some()) {
                        return self.args.participants(Found { at: d, sure: 0.95 });
                    }
                }
                Vec::new()
            }
            Role::Actor => {
                let span = doc.token_span(hit.at);
                let of = |e| Arg { what: What::Entity(e), span: Some(span), head: Some(hit.at), sure: 0.9 };
                self.args.actors_of(hit.at).into_iter().map(of).collect()
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
            Role::Predicate => doc
                .dependents(hit.at)
                .iter()
                .copied()
                .find(|&d| {
                    matches!(doc.relation(d), "xcomp" | "obj" | "appos")
                        && doc.upos(d) == Upos::Noun
                        && tree.preposition(d).is_none()
                        && d > hit.at
                })
                .and_then(|d| self.text_arg(d))
                .into_iter()
                .collect(),
            Role::Trigger => {
                let span = self.trigger_span(hit);
                vec![Arg { what: What::Text(doc.slice(span).to_owned()), span: None, head: None, sure: 0.95 }]
            }
            Role::Phrase => {
                let span = self.args.phrase(hit.at);
                let text = doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
                vec![Arg { what: What::Text(text), span: Some(span), head: None, sure: 1.0 }]
            }
        }
    }

    /// A quantity beside the trigger noun, or in the predicate that is said of it.
    fn value(&mut self, hit: Hit) -> Option<Arg> {
        let doc = self.args.tree.doc;
        if let Some(h) = doc.head(hit.at).filter(|_| doc.relation(hit.at) == "nsubj") {
            let verb = Hit { at: h, complement: None, pos: Pos::Verb };
            if let Some(q) = self.quantity(verb) {
                return Some(q);
            }
        }
        self.quantity(Hit { pos: Pos::Adj, ..hit })
    }

    /// The noun that the counted noun at `t` belongs to.
    fn holder(&self, t: TokenId) -> Option<Found> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut at = t;
        for _ in 0..3 {
            let h = doc.head(at)?;
            let rel = doc.relation(at);
            if tree.is_verbal(h) {
                let counts = has(&tree.grammar.holding, doc.lemma(h));
                return tree.logical_subject(h).filter(|_| counts && rel == "obj");
            }
            if !matches!(rel, "appos" | "nmod" | "parataxis" | "dep" | "conj") {
                return None;
            }
            if tree.is_nominal(h) && self.args.quantity_at(h).is_none() {
                return Some(Found { at: h, sure: 0.9 });
            }
            at = h;
        }
        None
    }

    /// Dependents of the trigger or its complement with preposition `p`.
    fn prepositional(&mut self, hit: Hit, p: &str) -> Vec<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut anchors = vec![hit.at];
        anchors.extend(hit.complement);
        for a in anchors {
            for (q, d) in tree.prepositional(a) {
                if q != p || Some(d) == hit.complement || self.args.is_time(d) {
                    continue;
                }
                let mut at = d;
                if doc.upos(d) == Upos::Pron && doc.feat(d, "PronType") == Some("Rel") {
                    let Some(h) = doc.head(hit.at).filter(|_| doc.relation(hit.at) == "acl") else { continue };
                    at = h;
                }
                let out = self.args.participants(Found { at, sure: 1.0 });
                if !out.is_empty() {
                    return out.into_iter().chain(self.included(hit)).collect();
                }
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
            doc.form(TokenId(i)).eq_ignore_ascii_case("y") && doc.lemma(TokenId(i + 1)).starts_with("compri")
                || doc.form(TokenId(i)).eq_ignore_ascii_case("including")
        });
        let Some(m) = marker else { return Vec::new() };
        // Another finite verb in between owns the list.
        if (hit.at.0 + 1..m).map(TokenId).any(|t| doc.feat(t, "VerbForm") == Some("Fin")) {
            return Vec::new();
        }
        let first = (m + 1..(m + 6).min(s.end)).map(TokenId).find(|&t| self.args.tree.is_nominal(t));
        match first {
            Some(at) => self.args.participants(Found { at, sure: 0.85 }),
            None => Vec::new(),
        }
    }

    fn place(&mut self, hit: Hit) -> Vec<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut out = self.args.places_under(hit.at, true);
        if out.is_empty() {
            if let Some(c) = hit.complement {
                out = self.args.places_under(c, true);
            }
        }
        if out.is_empty() && hit.pos == Pos::Verb {
            if let Some(o) = tree.logical_object(hit.at).filter(|f| Some(f.at) != hit.complement) {
                out = self.args.places_under(o.at, true);
                for a in &mut out {
                    a.sure *= 0.9;
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
            "obj" | "obl" | "xcomp" | "iobj" => tree.logical_subject(v),
            "nsubj" if tree.voice(v) == Voice::Passive => tree.logical_subject(v),
            _ => None,
        }
    }

    fn quantity(&mut self, hit: Hit) -> Option<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let of = |q: &crate::quantity::QuantityExpr, sure| Arg {
            what: What::Quantity(q.value.clone()),
            span: Some(q.value.span),
            head: Some(q.noun),
            sure,
        };
        if let Some(q) = self.args.quantity_at(hit.at) {
            return Some(of(q, 1.0));
        }
        for &d in doc.dependents(hit.at) {
            let role =
                matches!(doc.relation(d), "obj" | "obl" | "nmod" | "nummod" | "advmod" | "xcomp" | "dep" | "amod");
            if let Some(q) = self.args.quantity_at(d).filter(|_| role && !self.args.is_time(d)) {
                return Some(of(q, 1.0));
            }
        }
        None
    }

    /// The words of the clause at `t` as a text.
    fn text_arg(&mut self, t: TokenId) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let mut words = doc.subtree(t);
        let skip = |t: TokenId| {
            matches!(doc.upos(t), Upos::Punct | Upos::Sconj) || matches!(doc.form(t), "de" | "d'" | "d’" | "à")
        };
        while !words.is_empty() && skip(TokenId(words.start)) {
            words = Span::new(words.start + 1, words.end);
        }
        while !words.is_empty() && doc.upos(TokenId(words.end - 1)) == Upos::Punct {
            words = Span::new(words.start, words.end - 1);
        }
        if words.is_empty() {
            return None;
        }
        let mut span: Span<Char> = doc.char_span(words);
        if span.len() > MAX_CONTENT {
            span = Span::new(span.start, span.start + MAX_CONTENT);
        }
        let text = doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Arg { what: What::Text(text), span: Some(span), head: Some(t), sure: 1.0 })
    }

    /// What is said: the complement clause, or the sentence that an inserted « a dit X » belongs to.
    fn content(&mut self, v: TokenId) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let clause = doc.dependents(v).iter().copied().find(|&d| {
            matches!(doc.relation(d), "ccomp" | "xcomp" | "parataxis") && self.args.tree.is_verbal(d)
                || doc.relation(d) == "ccomp"
        });
        if let Some(c) = clause {
            return self.text_arg(c);
        }
        if doc.relation(v) == "parataxis" {
            let h = doc.head(v)?;
            let s = doc.sentence(doc.sentence_of(v));
            let own = doc.subtree(v);
            // The longer side of the sentence around the inserted clause.
            let (lo, hi) = if own.start - s.start >= s.end.saturating_sub(own.end) {
                (s.start, own.start)
            } else {
                (own.end, s.end)
            };
            let words = (lo..hi).map(TokenId);
            let content: Vec<TokenId> = words.filter(|&t| doc.upos(t) != Upos::Punct).collect();
            let (a, b) = (content.first()?, content.last()?);
            let mut span = doc.char_span(Span::new(a.0, b.0 + 1));
            if span.len() > MAX_CONTENT {
                span = Span::new(span.start, span.start + MAX_CONTENT);
            }
            let text = doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(Arg { what: What::Text(text), span: Some(span), head: Some(h), sure: 0.9 });
        }
        None
    }

    /// Fills a frame at `hit` and makes its claims.
    fn apply(&mut self, hit: Hit, frame: &Frame) {
        let relation = &self.relations.relations[frame.relation];
        let mut subjects = self.first_filled(hit, &frame.subject);
        subjects.retain(|a| a.entity().is_none_or(|e| frame.subject_is.contains(self.args.kind(e))));
        if !subjects.is_empty() && frame.subject != [Role::Own] {
            subjects = self.with_actors(subjects, relation.domain);
        }
        let mut objects = self.first_filled(hit, &frame.object);
        objects.retain(|a| match a.entity() {
            Some(e) => frame.object_is.contains(self.args.kind(e)),
            None => true,
        });
        let count = |s: &Self, a: &Arg| a.head.and_then(|h| s.args.quantity_at(h)).map(|q| q.value.clone());
        if subjects.is_empty() {
            if let (Some(counted), true) = (&frame.counted, hit.pos == Pos::Verb) {
                let own = self.args.quantity_at(hit.at).map(|q| q.value.clone());
                let mut made = false;
                for o in &objects {
                    if let Some(q) = own.clone().or_else(|| count(self, o)) {
                        self.count_claim(hit, frame, counted, o.clone(), q);
                        made = true;
                    }
                }
                if made {
                    return;
                }
            }
            let passive = hit.pos != Pos::Verb || self.args.tree.voice(hit.at) == Voice::Passive;
            if !frame.agentless || !passive || (objects.is_empty() && !frame.objectless) {
                return;
            }
            subjects.push(Arg { what: What::Unknown, span: None, head: None, sure: 0.9 });
        }
        if objects.is_empty() {
            if !frame.objectless {
                return;
            }
            let span = self.trigger_span(hit);
            let text = self.args.tree.doc.slice(span).to_owned();
            objects.push(Arg { what: What::Text(text), span: None, head: None, sure: 0.95 });
        }
        let mut made = 0;
        for s in &subjects {
            for o in &objects {
                if made >= MAX_PER_TRIGGER {
                    return;
                }
                let n = (relation.kind == RelationKind::Event).then(|| count(self, o)).flatten();
                self.claim(hit, &relation.name, &frame.rule, frame.reliability, s, o, n);
                made += 1;
            }
        }
    }

    /// « des troupes russes »: the state acts.
    fn with_actors(&self, subjects: Vec<Arg>, domain: super::frame::TypeSet) -> Vec<Arg> {
        let mut out = Vec::new();
        for s in subjects {
            let actors = self.args.actors(&s);
            if actors.is_empty() || domain.is_any() {
                out.push(s);
            } else {
                out.extend(actors);
            }
        }
        out
    }

    fn count_claim(&mut self, hit: Hit, frame: &Frame, counted: &str, group: Arg, q: Quantity) {
        let span = q.span;
        let object = Arg { what: What::Quantity(q), span: Some(span), head: group.head, sure: 1.0 };
        self.claim(hit, counted, &frame.rule, frame.reliability, &group, &object, None);
    }

    /// Characters of the trigger: its verb with auxiliaries is not included, its complement is.
    fn trigger_span(&self, hit: Hit) -> Span<Char> {
        let doc = self.args.tree.doc;
        let span = doc.token_span(hit.at);
        match hit.complement {
            Some(c) if c.0.abs_diff(hit.at.0) <= 6 => span.cover(doc.token_span(c)),
            _ => span,
        }
    }

    #[allow(clippy::too_many_arguments)] // the parts of one claim, each from another place
    pub(super) fn claim(
        &mut self,
        hit: Hit,
        predicate: &str,
        rule: &str,
        reliability: f64,
        subject: &Arg,
        object: &Arg,
        count: Option<Quantity>,
    ) {
        let doc = self.args.tree.doc;
        if subject.entity().is_some() && subject.entity() == object.entity() {
            return;
        }
        let s = match subject.what {
            What::Entity(e) => Subject::Entity(e),
            What::Unknown => Subject::Unknown,
            _ => return,
        };
        let o = match &object.what {
            What::Entity(e) => Object::Entity(*e),
            What::Quantity(q) => Object::Quantity(q.clone()),
            What::Text(t) => Object::Text(t.clone()),
            What::Unknown => return,
        };
        let relation = self.relations.get(predicate);
        let mut sure = reliability * subject.sure * object.sure;
        if let Some(r) = relation {
            sure *= self.agreement(subject, r.domain) * self.agreement(object, r.range);
        }
        let distance = |a: &Arg| a.head.map_or(0, |h| h.0.abs_diff(hit.at.0));
        sure *= if distance(subject).max(distance(object)) > 20 { 0.92 } else { 1.0 };
        if sure < MIN_CONFIDENCE {
            return;
        }
        let f = self.judge(hit.at, subject, object);
        let said_by = self.speaker(f.said_by);
        let places = self.args.places_of(hit.at, object.head.filter(|_| hit.pos == Pos::Verb));
        let time = super::circumstances::for_clause(doc, self.times, hit.at).map(|t| t.value.clone());
        let plover = relation.and_then(|r| r.plover.clone());
        let is_event = relation.is_none_or(|r| r.kind == RelationKind::Event) || predicate.ends_with("Count");
        self.claims.push((
            hit.at,
            Claim {
                id: String::new(),
                event: is_event.then(|| hit.at.0.to_string()),
                plover,
                subject: s,
                predicate: predicate.to_owned(),
                object: o,
                status: f.status,
                certainty: f.certainty,
                polarity: f.polarity,
                tense: f.tense,
                said_by,
                said_via: None,
                markers: f.markers,
                places,
                time,
                count,
                embedded_in: None,
                confidence: (sure.min(1.0) * 100.0).round() / 100.0,
                rule: rule.to_owned(),
                evidence: Evidence {
                    sentence: doc.sentence_span(doc.sentence_of(hit.at)),
                    trigger: self.trigger_span(hit),
                    subject: subject.span,
                    object: object.span,
                },
            },
        ));
    }

    fn agreement(&self, arg: &Arg, expected: super::frame::TypeSet) -> f64 {
        match arg.entity() {
            Some(e) if !expected.contains(self.args.kind(e)) => match self.args.kind(e) {
                temoin_model::EntityType::Thing => 0.8,
                _ => 0.6,
            },
            _ => 1.0,
        }
    }

    fn judge(&self, t: TokenId, _subject: &Arg, _object: &Arg) -> Factuality {
        factuality::judge(self.args.tree.doc, t)
    }

    fn speaker(&mut self, source: Source) -> Speaker {
        match source {
            Source::Author => Speaker::Author,
            Source::Unnamed => Speaker::Unnamed,
            Source::Token(t) => match self.args.participant(t, 1.0).and_then(|a| a.entity()) {
                Some(e) => Speaker::Entity(e),
                None => Speaker::Unnamed,
            },
        }
    }

    /// Ends the run: links embedded claims and gives everything found.
    pub(super) fn finish(mut self) -> Extraction {
        self.embed();
        let claims = self.claims.into_iter().map(|(_, c)| c).collect();
        let layer = self.args.into_layer();
        Extraction { mentions: layer.mentions, entities: layer.entities, claims, ..Extraction::default() }
    }

    /// An asserted relative clause inside a claim that is not asserted points to that claim.
    fn embed(&mut self) {
        let doc = self.args.tree.doc;
        let mut first = vec![u32::MAX; doc.len()];
        for (i, (t, c)) in self.claims.iter().enumerate().rev() {
            if c.status != Status::Asserted {
                first[t.ix()] = i as u32;
            }
        }
        for i in 0..self.claims.len() {
            let (t, c) = &self.claims[i];
            if c.status != Status::Asserted {
                continue;
            }
            let (mut at, mut relative) = (*t, false);
            for _ in 0..12 {
                let Some(h) = doc.head(at) else { break };
                relative |= doc.deprel(at) == "acl:relcl";
                at = h;
                if relative && first[at.ix()] != u32::MAX {
                    self.claims[i].1.embedded_in = Some(ClaimIx(first[at.ix()]));
                    break;
                }
            }
        }
    }

    /// Facts that noun phrases state by themselves.
    pub(super) fn inherent(&mut self) {
        let doc = self.args.tree.doc;
        for i in std::mem::take(&mut self.args.layer.inherent) {
            let of = |s: &Self, m: temoin_model::MentionIx| {
                let m = &s.args.layer.mentions[m.0 as usize];
                let sure = if m.kind == MentionKind::Pronoun { 0.85 } else { 1.0 };
                Arg { what: What::Entity(m.entity), span: Some(m.span), head: Some(m.head), sure }
            };
            let subject = of(self, i.subject);
            let object = match &i.object {
                crate::entities::InherentObject::Mention(m) => of(self, *m),
                crate::entities::InherentObject::Text(t) => {
                    let span = doc.token_span(i.trigger);
                    Arg { what: What::Text(t.clone()), span: Some(span), head: Some(i.trigger), sure: 1.0 }
                }
            };
            let hit = Hit { at: i.trigger, complement: None, pos: Pos::Noun };
            self.claim(hit, i.predicate, i.rule, 0.92, &subject, &object, None);
        }
    }
}
