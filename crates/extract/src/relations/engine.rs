//! Matching frames over the trees of a document, and making claims of what they find.

use super::args::{Arg, Args, What};
use super::frame::{Frame, Pos, Role, Trigger, TypeSet};
use super::inventory::{RelationKind, Relations};
use super::syntax::{Found, Voice};
use crate::factuality::Factuality;
use crate::time::TimeExpr;
use crate::trace::{Rejection, Why};
use temoin_model::{Claim, EntityIx, EntityType, Lang, Object, Precision, Quantity, Subject, TokenId, Upos};

/// How far back an owner is looked for.
const RECENT_CLAIMS: usize = 200;
/// Most claims that one trigger makes, so that long lists stay linear.
const MAX_PER_TRIGGER: usize = 40;
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
    /// Factuality already judged at the trigger in hand, by participant.
    pub(super) judged: Vec<(TokenId, TokenId, Factuality)>,
    /// Claims with the word that triggered them.
    pub(super) claims: Vec<(TokenId, Claim)>,
    /// Takes the triggers that give no claim.
    pub(super) trace: Option<&'a mut Vec<Rejection>>,
}

impl Engine<'_> {
    pub(super) fn run(&mut self, lang: Lang) {
        let doc = self.args.tree.doc;
        for t in doc.tokens() {
            let before = self.claims.len();
            self.frames_at(t, lang);
            if self.claims.len() == before {
                self.open_relation(t);
            }
        }
    }

    /// Tries the frames of the word at `t`.
    fn frames_at(&mut self, t: TokenId, lang: Lang) {
        let doc = self.args.tree.doc;
        let pos = match doc.upos(t) {
            Upos::Verb | Upos::Aux => &[Pos::Verb][..],
            Upos::Noun => &[Pos::Noun],
            Upos::Adj => &[Pos::Adj, Pos::Verb, Pos::Noun],
            _ => return,
        };
        if self.args.is_inside_name(t) {
            return;
        }
        let relations = self.relations;
        let mut made: Vec<(usize, usize)> = Vec::new();
        let mut phrases: Vec<(usize, Option<&str>)> = Vec::new();
        for &pos in pos {
            // « double », « prix record »: an adjective is a verb's form only as a participle.
            let auxiliary = doc.dependents(t).iter().any(|&d| doc.deprel(d) == "aux:pass");
            let form = if doc.upos(t) == Upos::Adj && !auxiliary { "" } else { doc.form(t) };
            let Some(entries) = relations.entries(lang, pos, doc.lemma(t), form) else { continue };
            for &(f, tr) in entries {
                let frame = &relations.frames[f];
                if made.iter().any(|&(r, _)| r == frame.relation) {
                    continue;
                }
                let Some(hit) = self.matches(t, pos, &frame.triggers[tr], frame) else { continue };
                let start = self.claims.len();
                self.apply(hit, frame);
                if self.claims.len() > start {
                    made.push((frame.relation, start));
                    if hit.complement.is_some() {
                        phrases.push((frame.relation, frame.counted.as_deref()));
                    }
                }
            }
        }
        self.drop_beaten(t, &made);
        if !phrases.is_empty() {
            // « prendre d'assaut » is not « prendre ».
            let names = phrases.iter().flat_map(|&(r, counted)| [Some(relations.relations[r].name.as_str()), counted]);
            let names: Vec<&str> = names.flatten().collect();
            let weak = |(at, c): &(TokenId, Claim)| *at == t && !names.contains(&c.predicate.as_str());
            let first = made.first().map_or(self.claims.len(), |m| m.1);
            let tail: Vec<_> = self.claims.drain(first..).filter(|c| !weak(c)).collect();
            self.claims.extend(tail);
        }
    }

    /// Removes the claims of relations that a more specific one at the same trigger replaces.
    fn drop_beaten(&mut self, t: TokenId, made: &[(usize, usize)]) {
        let beaten: Vec<&str> =
            made.iter().flat_map(|&(r, _)| self.relations.relations[r].beats.iter().map(String::as_str)).collect();
        if let (false, Some(&(_, first))) = (beaten.is_empty(), made.first()) {
            let keep = |(at, c): &(TokenId, Claim)| *at != t || !beaten.contains(&c.predicate.as_str());
            let tail: Vec<_> = self.claims.drain(first..).filter(keep).collect();
            self.claims.extend(tail);
        }
    }

    /// Whether the trigger with its complement and conditions stands at `t`.
    fn matches(&mut self, t: TokenId, pos: Pos, trigger: &Trigger, frame: &Frame) -> Option<Hit> {
        let tree = self.args.tree;
        let doc = tree.doc;
        if pos == Pos::Verb {
            let reflexive = tree.reflexive(t);
            if tree.is_counted_participle(t) {
                return None;
            }
            let passive = reflexive.is_some_and(|r| doc.deprel(r) == "expl:pass");
            if trigger.reflexive != (reflexive.is_some() && !passive) && !(trigger.reflexive && passive) {
                return None;
            }
        }
        let mut complement = None;
        if let Some(c) = &trigger.complement {
            let fits = |d: TokenId| {
                (doc.lemma(d) == c.lemma || doc.form(d) == c.lemma)
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
            // « jugé non coupable »
            let c = complement?;
            if c.0 > 0 && matches!(doc.form(TokenId(c.0 - 1)), "non" | "not") {
                return None;
            }
        }
        let hit = Hit { at: t, complement, pos };
        let rule = &frame.rule;
        let ok = frame.with.iter().all(|(r, lemmas)| self.condition(hit, r, lemmas))
            && !frame.without.iter().any(|(r, lemmas)| self.condition(hit, r, lemmas))
            && (frame.words.is_empty() || self.has_word(t, &frame.words));
        if !ok {
            self.reject(hit, rule, Why::Condition);
        }
        ok.then_some(hit)
    }

    /// Notes that a trigger gave no claim.
    pub(super) fn reject(&mut self, hit: Hit, rule: &str, why: Why) {
        if self.trace.is_some() {
            let trigger = self.trigger_span(hit);
            if let Some(trace) = &mut self.trace {
                trace.push(Rejection { trigger, rule: rule.to_owned(), why });
            }
        }
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

    /// Fills a frame at `hit` and makes its claims.
    fn apply(&mut self, hit: Hit, frame: &Frame) {
        let relation = &self.relations.relations[frame.relation];
        if hit.pos == Pos::Noun && relation.kind == RelationKind::State && self.is_former(hit.at) {
            return self.reject(hit, &frame.rule, Why::Condition);
        }
        // « le nombre de chômeurs augmente de 3 % »: what is measured may be a number.
        self.args.lenient = frame.object == [Role::Quantity];
        let mut subjects = self.first_filled(hit, &frame.subject);
        self.args.lenient = false;
        let filled = !subjects.is_empty();
        let no_subject = if filled { Why::SubjectType } else { Why::NoSubject };
        if frame.subject != [Role::Own] {
            subjects = self.with_actors(subjects, relation.domain);
        }
        subjects.retain(|a| a.entity().is_none_or(|e| self.fits(e, frame.subject_is)));
        if frame.object == [Role::Quantity] && subjects.len() > 1 {
            // « des morts chez les manifestants et un millier de blessés »
            let plain = |a: &Arg| a.head.is_none_or(|h| self.args.quantity_at(h).is_none());
            if subjects.iter().any(plain) {
                subjects.retain(plain);
            }
        }
        if subjects.is_empty()
            && hit.pos == Pos::Verb
            && frame.subject.contains(&Role::Subject)
            && let Some(at) = self.args.tree.nearest_antecedent(hit.at)
        {
            subjects = self.args.participant(at, 0.85).into_iter().collect();
            subjects.retain(|a| a.entity().is_some_and(|e| self.fits(e, frame.subject_is)));
        }
        if let (true, Pos::Noun, Some(f)) =
            (subjects.is_empty(), hit.pos, self.accused(self.args.tree.first_conjunct(hit.at)))
        {
            subjects = self.args.participants(f);
            subjects.retain(|a| a.entity().is_some_and(|e| self.fits(e, frame.subject_is)));
        }
        if relation.affiliated {
            subjects.extend(self.affiliated(hit, &subjects));
        }
        let mut objects = self.first_filled(hit, &frame.object);
        let no_object = if objects.is_empty() { Why::NoObject } else { Why::ObjectType };
        objects.retain(|a| match a.entity() {
            Some(e) => {
                let named = !frame.object_named || self.args.layer.entities[e.0 as usize].named;
                named && self.fits(e, frame.object_is)
            }
            None => !matches!(&a.what, What::Quantity(q) if !frame.takes_unit(q.unit.as_deref())),
        });
        if (subjects.is_empty() || objects.is_empty()) && hit.pos == Pos::Noun && frame.is_mutual() {
            // « le sommet entre les États-Unis et la Corée du Nord »
            let mut parties = self.fill(hit, &Role::Between);
            if parties.len() > 1 {
                let fits = |s: &Self, a: &Arg, t| a.entity().is_some_and(|e| s.fits(e, t));
                parties.retain(|a| fits(self, a, frame.subject_is) && fits(self, a, frame.object_is));
                objects = parties.split_off(parties.len().min(1));
                subjects = parties;
            }
        }
        if objects.is_empty() && subjects.len() > 1 && hit.pos == Pos::Verb && frame.is_mutual() {
            // « le Kenya et l'Éthiopie ont signé un accord »
            let named = |s: &Self, a: &Arg| {
                a.entity().is_some_and(|e| s.args.layer.entities[e.0 as usize].named && s.fits(e, frame.object_is))
            };
            if subjects.iter().all(|a| named(self, a)) {
                objects = subjects.split_off(1);
            }
        }
        let count = |s: &Self, a: &Arg| a.head.and_then(|h| s.args.quantity_at(h)).map(|q| q.value.clone());
        if subjects.is_empty() {
            if let (Some(counted), true) = (&frame.counted, hit.pos == Pos::Verb) {
                let mut own = self.args.quantity_at(hit.at).map(|q| q.value.clone());
                // « 34 personnes ont été tuées et 187 ont été blessées »
                // "Dozens injured": the number stands for those it counts.
                let alone = |f: &Found| {
                    self.args.quantity_at(f.at).is_some_and(|q| {
                        let uncounted = q.value.unit.as_deref().is_none_or(|u| u == "person");
                        q.noun == f.at && q.tokens.range().contains(&f.at.0) && uncounted
                    })
                };
                let bare = self.args.tree.surface_subject(hit.at).filter(alone);
                if let (true, None, Some(f)) = (objects.is_empty(), &own, bare) {
                    own = self.args.quantity_at(f.at).map(|q| q.value.clone());
                    let tree = self.args.tree;
                    let before =
                        tree.doc.head(hit.at).filter(|&u| tree.doc.relation(hit.at) == "conj" && tree.is_verbal(u));
                    if let Some(group) = before.and_then(|u| tree.surface_subject(u)).filter(|_| own.is_some()) {
                        objects = self.args.participants(group);
                    }
                    if objects.is_empty() && own.is_some() {
                        objects.push(Arg { what: What::Unknown, span: None, head: None, sure: 0.9 });
                    }
                }
                let mut made = false;
                for o in &objects {
                    // « plusieurs » is no toll.
                    let few = |q: &Quantity| q.precision == Precision::Vague && q.min.is_none_or(|m| m <= 3.0);
                    if let Some(q) = own.clone().or_else(|| count(self, o)).filter(|q| !few(q)) {
                        self.count_claim(hit, frame, counted, o.clone(), q);
                        made = true;
                    }
                }
                if made {
                    return;
                }
            }
            let tree = self.args.tree;
            let passive = hit.pos != Pos::Verb || tree.voice(hit.at) == Voice::Passive || tree.is_effect(hit.at);
            // « l'une des victimes » counts nobody.
            let article = objects.iter().all(|o| matches!(&o.what, What::Quantity(q) if q.value == Some(1.0)));
            let agentless = frame.agentless || relation.kind == RelationKind::Event && self.hides_agent(hit, frame);
            // « soutenu par … »: an agent of the wrong kind is named all the same.
            let named = filled && hit.pos == Pos::Verb && tree.agent(hit.at).is_some();
            if article && !objects.is_empty()
                || named
                || !agentless
                || !passive
                || (objects.is_empty() && !frame.objectless)
            {
                let why = if agentless && passive { no_object } else { no_subject };
                self.reject(hit, &frame.rule, why);
                return;
            }
            subjects.push(Arg { what: What::Unknown, span: None, head: None, sure: 0.9 });
        }
        if objects.is_empty() {
            if !frame.objectless {
                self.reject(hit, &frame.rule, no_object);
                return;
            }
            let span = self.trigger_span(hit);
            let text = self.args.tree.doc.words(span);
            objects.push(Arg { what: What::Text(text), span: None, head: None, sure: 0.95 });
        }
        if let (Some(counted), true, Pos::Verb) = (&frame.counted, frame.objectless, hit.pos) {
            // « 146 personnes ont péri »
            let group = subjects.iter().find_map(|s| count(self, s).map(|q| (s.clone(), q)));
            if let Some((group, q)) = group {
                return self.count_claim(hit, frame, counted, group, q);
            }
        }
        let mut made = 0;
        let paired = (subjects.len() > 1 || objects.len() > 1) && self.is_respective(hit.at);
        for (i, s) in subjects.iter().enumerate() {
            for (k, o) in objects.iter().enumerate() {
                if paired && i != k {
                    continue;
                }
                if made >= MAX_PER_TRIGGER {
                    return;
                }
                let counted = relation.kind == RelationKind::Event && o.entity().is_some();
                let n = counted.then(|| count(self, o)).flatten();
                let n = n.or_else(|| self.subject_count(relation.kind, s, o));
                self.claim(hit, &relation.name, &frame.rule, frame.reliability, s, o, n);
                made += 1;
            }
        }
    }

    /// « 3 000 soldats ont été déployés à Kidal »: how many took part, where nothing counts what they did it to.
    pub(super) fn subject_count(&self, kind: RelationKind, s: &Arg, o: &Arg) -> Option<Quantity> {
        let people = |e| matches!(self.args.kind(e), EntityType::Person | EntityType::Group | EntityType::Organization);
        let group = s.entity().is_some_and(|e| self.args.kind(e) == EntityType::Group);
        let patient = o.entity().is_some_and(people) || matches!(o.what, What::Quantity(_));
        let counted = s.head.and_then(|h| self.args.quantity_at(h)).filter(|_| kind == RelationKind::Event && group);
        counted.filter(|_| !patient).map(|q| q.value.clone())
    }

    /// « Le projet a été rejeté »: a finite passive of a verb that has just an agent and a patient.
    fn hides_agent(&mut self, hit: Hit, frame: &Frame) -> bool {
        let tree = self.args.tree;
        let auxiliary = crate::verbs::finite(tree.doc, hit.at).is_some_and(|f| f != hit.at);
        let plain = frame.subject == [Role::Subject] && frame.object == [Role::Object] && !frame.objectless;
        // « Transportée à l'hôpital, la chanteuse … »
        let fronted = tree.doc.relation(hit.at) == "advcl"
            && tree.is_past_participle(hit.at)
            && tree.doc.head(hit.at).is_some_and(|h| h > hit.at);
        // « un texte voté mardi »
        let auxiliary = auxiliary || fronted || self.is_reduced_event(hit.at);
        let phrase = hit.complement.is_some_and(|c| tree.surface_subject(hit.at).is_some_and(|f| f.at == c));
        hit.pos == Pos::Verb && (plain || phrase) && auxiliary && tree.voice(hit.at) == Voice::Passive
    }

    /// « A et B ont battu respectivement C et D »: the first acts on the first, the second on the second.
    fn is_respective(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let s = doc.sentence(doc.sentence_of(t));
        let near = (t.0.saturating_sub(4).max(s.start)..(t.0 + 30).min(s.end)).map(TokenId);
        near.into_iter().any(|w| matches!(doc.lemma(w), "respectivement" | "respectively"))
    }

    /// « un ancien directeur de la CIA »: not, or no longer, what the noun says.
    fn is_former(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let former = |&d: &TokenId| {
            let word = doc.lemma(d).to_lowercase();
            d < t
                && matches!(
                    word.as_str(),
                    "ancien" | "ex" | "ex-" | "futur" | "feu" | "former" | "late" | "future" | "would-be" | "onetime"
                )
        };
        doc.form(t).to_lowercase().starts_with("ex-") || doc.dependents(t).iter().any(former)
    }

    /// Whether an entity may fill a typed role; a named place acts where a state may (« Kiev accuse »).
    fn fits(&self, e: EntityIx, types: TypeSet) -> bool {
        let entity = &self.args.layer.entities[e.0 as usize];
        // Of a name of one word the tagger cannot be sure: a company may bear a founder's.
        let firm = entity.kind == EntityType::Person && entity.named && !entity.label.contains(' ');
        types.contains(entity.kind)
            || firm && types.contains(EntityType::Organization)
            || entity.kind == EntityType::Place
                && entity.named
                && types.contains(EntityType::Country)
                && !types.is_one()
    }

    /// « des troupes russes »: the state acts.
    fn with_actors(&self, subjects: Vec<Arg>, domain: TypeSet) -> Vec<Arg> {
        let mut out = Vec::new();
        for s in subjects {
            let actors = self.args.actors(&s);
            // Of several states the first is the mention of the noun itself.
            let own = s.head.zip(s.entity()).is_some_and(|(h, e)| self.args.actors_of(h).contains(&e));
            if actors.is_empty() || domain.is_any() || own {
                out.push(s);
            }
            if !domain.is_any() {
                out.extend(actors);
            }
        }
        out
    }

    /// Whom a group without a flag acts for: parachutists carried by aircraft of some army act for
    /// that army's state. Looks at who carries or sends the group in the governing clause, and at
    /// who owns or leads the group or its carrier.
    fn affiliated(&mut self, hit: Hit, subjects: &[Arg]) -> Vec<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut out: Vec<Arg> = Vec::new();
        for s in subjects {
            let Some(head) =
                s.head.filter(|_| s.entity().is_some_and(|e| !self.args.layer.entities[e.0 as usize].named))
            else {
                continue;
            };
            let carrier = doc.head(head).filter(|&v| tree.is_verbal(v) && doc.relation(head) == "obj" && v != hit.at);
            let carrier = carrier.and_then(|v| tree.logical_subject(v));
            let mut owners = self.owners(head, s.entity());
            if let (true, Some(c)) = (owners.is_empty(), carrier) {
                for c in self.args.participants(c) {
                    owners.extend(self.owners(c.head.unwrap_or(head), c.entity()));
                }
            }
            for e in owners {
                let what = What::Entity(e);
                if Some(e) != s.entity() && !out.iter().any(|o| o.entity() == Some(e)) {
                    out.push(Arg { what, span: s.span, head: s.head, sure: s.sure * 0.75 });
                }
            }
        }
        out
    }

    /// States and organisations that the entity at `head` acts for or belongs to.
    fn owners(&mut self, head: TokenId, entity: Option<EntityIx>) -> Vec<EntityIx> {
        let direct = self.args.actors_of(head);
        if !direct.is_empty() {
            return direct;
        }
        let Some(entity) = entity else { return Vec::new() };
        let mut out = self.args.actors_of_entity(entity);
        for h in self.args.heads_of(entity) {
            if out.is_empty() && self.args.tree.is_nominal(h) {
                out = self.args.flags(h, true);
            }
        }
        let parts = if out.is_empty() { self.args.parts_of(entity) } else { Vec::new() };
        for &p in &parts {
            out.extend(self.args.actors_of_entity(p));
        }
        let recent = self.claims.len().saturating_sub(RECENT_CLAIMS);
        for (_, c) in &self.claims[recent..] {
            if let (Subject::Entity(s), Object::Entity(o), "ownedBy" | "memberOf") =
                (c.subject, &c.object, c.predicate.as_str())
                && (s == entity || parts.contains(&s))
            {
                let states = self.args.actors_of_entity(*o);
                out.extend(if states.is_empty() { vec![*o] } else { states });
            }
        }
        out.sort();
        out.dedup();
        out
    }

    fn count_claim(&mut self, hit: Hit, frame: &Frame, counted: &str, group: Arg, q: Quantity) {
        let span = q.span;
        let object = Arg { what: What::Quantity(q), span: Some(span), head: group.head, sure: 1.0 };
        self.claim(hit, counted, &frame.rule, frame.reliability, &group, &object, None);
    }
}
