//! Happenings: triggers of one article that speak of the same event, and what happened why.

use super::engine::Engine;
use super::frame::Pos;
use super::grammar::has;
use super::inventory::RelationKind;
use rustc_hash::FxHashSet;
use temoin_model::{Claim, ClaimIx, EntityIx, EntityType, Object, Status, Subject, TimeValue, TokenId, Upos};

/// How many earlier happenings of a kind one is compared with.
const REACH: usize = 12;
/// How many sentences back a definite noun may take up a happening.
const MAX_SENTENCES: usize = 8;
/// Steps from a trigger up to the clause or phrase that a cue opens.
const MAX_STEPS: u32 = 4;

/// The claims of one trigger, which say one happening.
#[derive(Debug)]
struct Happening {
    at: TokenId,
    family: String,
    claims: Vec<usize>,
    subjects: FxHashSet<EntityIx>,
    objects: FxHashSet<EntityIx>,
    number: Option<f64>,
    time: Option<TimeValue>,
    places: FxHashSet<EntityIx>,
    real: bool,
    sentence: usize,
    /// The event entity that the trigger noun is a mention of.
    entity: Option<EntityIx>,
    /// Whether the trigger is a noun that takes up something known: « l'attaque », « cette attaque ».
    definite: bool,
}

/// Relations that count, or tell from another side, what another one names.
fn family(predicate: &str) -> String {
    let base = predicate.strip_suffix("Count").unwrap_or(predicate);
    match base {
        "died" => "killed".to_owned(),
        _ => base.to_owned(),
    }
}

fn disjoint(a: &TimeValue, b: &TimeValue) -> bool {
    match (a.start, a.end, b.start, b.end) {
        (Some(a0), Some(a1), Some(b0), Some(b1)) => a1 < b0 || b1 < a0,
        _ => false,
    }
}

impl Happening {
    /// Whether two triggers may speak of one happening, and something says that they do.
    fn meets(&self, earlier: &Happening, same_place: impl Fn(EntityIx, EntityIx) -> bool) -> bool {
        let apart = |a: &FxHashSet<EntityIx>, b: &FxHashSet<EntityIx>| {
            !a.is_empty() && !b.is_empty() && a.intersection(b).next().is_none()
        };
        let times = matches!((&self.time, &earlier.time), (Some(a), Some(b)) if disjoint(a, b));
        let numbers = matches!((self.number, earlier.number), (Some(a), Some(b)) if a != b);
        let places = !self.places.is_empty()
            && !earlier.places.is_empty()
            && !self.places.iter().any(|&a| earlier.places.iter().any(|&b| same_place(a, b)));
        if self.family != earlier.family || self.real != earlier.real || times || numbers || places {
            return false;
        }
        if apart(&self.subjects, &earlier.subjects) || apart(&self.objects, &earlier.objects) {
            return false;
        }
        let shared = |a: &FxHashSet<EntityIx>, b: &FxHashSet<EntityIx>| a.intersection(b).next().is_some();
        let both = shared(&self.subjects, &earlier.subjects) && shared(&self.objects, &earlier.objects);
        let patient =
            shared(&self.objects, &earlier.objects) && (self.subjects.is_empty() || earlier.subjects.is_empty());
        let event = self.entity.is_some() && self.entity == earlier.entity;
        let number = self.number.is_some_and(|n| n >= 10.0)
            && self.number == earlier.number
            && !self.family.starts_with("open:");
        let taken_up =
            self.definite && self.sentence > earlier.sentence && self.sentence - earlier.sentence <= MAX_SENTENCES;
        both || patient || event || number || taken_up
    }
}

impl Engine<'_> {
    /// Joins the triggers that speak of one happening, then links happenings to why they came about.
    pub(super) fn events(&mut self) {
        self.join_happenings();
        self.link_reasons();
    }

    fn join_happenings(&mut self) {
        let happenings = self.happenings();
        let mut event: Vec<usize> = (0..happenings.len()).collect();
        let located = |a: EntityIx, b: EntityIx| {
            let (x, y) = (&self.args.layer.entities[a.0 as usize], &self.args.layer.entities[b.0 as usize]);
            a == b || x.located_in.as_ref() == Some(&y.id) || y.located_in.as_ref() == Some(&x.id)
        };
        for i in 0..happenings.len() {
            let earlier = (0..i).rev().filter(|&j| happenings[j].family == happenings[i].family).take(REACH);
            if let Some(j) = earlier.into_iter().find(|&j| happenings[i].meets(&happenings[j], located)) {
                event[i] = event[j];
            }
        }
        for (i, h) in happenings.iter().enumerate() {
            let key = happenings[event[i]].at.0.to_string();
            for &c in &h.claims {
                self.claims[c].1.event = Some(key.clone());
            }
        }
    }

    /// The claims with an event, by trigger and family, in text order.
    fn happenings(&self) -> Vec<Happening> {
        let doc = self.args.tree.doc;
        let mut order: Vec<usize> = (0..self.claims.len()).filter(|&i| self.claims[i].1.event.is_some()).collect();
        order.sort_by_key(|&i| (self.claims[i].0, i));
        let mut out: Vec<Happening> = Vec::new();
        for i in order {
            let (at, c) = &self.claims[i];
            let family = family(&c.predicate);
            let known = out.iter().rposition(|h| h.at == *at && (h.family == family || !family.starts_with("open:")));
            let slot = match known {
                Some(k) => k,
                None => {
                    out.push(Happening {
                        at: *at,
                        family,
                        claims: Vec::new(),
                        subjects: FxHashSet::default(),
                        objects: FxHashSet::default(),
                        number: None,
                        time: None,
                        places: FxHashSet::default(),
                        real: !matches!(c.status, Status::Planned | Status::Hypothetical | Status::Denied),
                        sentence: doc.sentence_of(*at),
                        entity: self.event_at(*at),
                        definite: self.is_taken_up(*at),
                    });
                    out.len() - 1
                }
            };
            let h = &mut out[slot];
            h.claims.push(i);
            if let Subject::Entity(e) = c.subject {
                // A count is told of those counted, or of what struck them.
                let counted = c.predicate.ends_with("Count")
                    && matches!(self.args.kind(e), EntityType::Group | EntityType::Person);
                if counted { &mut h.objects } else { &mut h.subjects }.insert(e);
            }
            match &c.object {
                Object::Entity(e) => _ = h.objects.insert(*e),
                Object::Quantity(q) => h.number = h.number.or(q.value),
                Object::Text(_) => {}
            }
            h.time = h.time.take().or_else(|| c.time.clone());
            h.places.extend(&c.places);
        }
        // Words said are other words each time.
        let says = |h: &Happening| h.claims.iter().all(|&c| matches!(self.claims[c].1.object, Object::Text(_)));
        let state = |h: &Happening| self.relations.get(&h.family).is_some_and(|r| r.kind != RelationKind::Event);
        out.retain(|h| !(state(h) || says(h) && h.subjects.is_empty()));
        out
    }

    fn event_at(&self, t: TokenId) -> Option<EntityIx> {
        let m = self.args.layer.mention_at(t)?;
        let e = self.args.layer.mentions[m.0 as usize].entity;
        (self.args.kind(e) == EntityType::Event).then_some(e)
    }

    fn is_taken_up(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let given = |&d: &TokenId| {
            let demonstrative =
                doc.feat(d, "PronType") == Some("Dem") || matches!(doc.lemma(d), "ce" | "this" | "that");
            doc.relation(d) == "det" && demonstrative
        };
        doc.upos(t) == Upos::Noun && doc.dependents(t).iter().any(given)
    }

    /// « … en raison de … », « … afin de … », « …, tuant … »: claims that say why another is so.
    fn link_reasons(&mut self) {
        let mut reasons: Vec<(usize, usize)> = Vec::new();
        let mut purposes: Vec<(usize, usize)> = Vec::new();
        let by_trigger = |t: TokenId| {
            self.claims.iter().enumerate().filter(move |(_, (at, c))| *at == t && c.event.is_some()).map(|(i, _)| i)
        };
        for (j, (at, c)) in self.claims.iter().enumerate() {
            if c.event.is_none() {
                continue;
            }
            match self.reason(*at) {
                Some((Reason::Cause, of)) => reasons.extend(by_trigger(of).map(|i| (i, j))),
                Some((Reason::Effect, of)) => reasons.extend(by_trigger(of).map(|i| (j, i))),
                Some((Reason::Purpose, of)) => purposes.extend(by_trigger(of).map(|i| (i, j))),
                None => {}
            }
            if let Some(i) = self.taken_up_by_subject(j) {
                reasons.push((j, i));
            }
            if c.predicate == "caused" {
                // « la grève a entraîné l'annulation de 50 trains »
                let within = |s: Option<temoin_model::Span<temoin_model::Char>>| {
                    self.claims.iter().enumerate().filter(move |(_, (_, o))| {
                        o.predicate != "caused"
                            && o.event.is_some()
                            && s.is_some_and(|s| s.contains(o.evidence.trigger))
                    })
                };
                for (cause, _) in within(c.evidence.subject) {
                    reasons.extend(within(c.evidence.object).map(|(effect, _)| (effect, cause)));
                }
            }
        }
        let apart = |a: &Claim, b: &Claim| a.event != b.event;
        for (i, j) in reasons {
            if apart(&self.claims[i].1, &self.claims[j].1) {
                self.claims[i].1.because.push(ClaimIx(j as u32));
            }
        }
        for (i, j) in purposes {
            if apart(&self.claims[i].1, &self.claims[j].1) {
                self.claims[i].1.purpose.push(ClaimIx(j as u32));
            }
        }
    }

    /// « Cette attaque a fait six morts »: the claim before that says of the attack what a verb tells.
    fn taken_up_by_subject(&self, j: usize) -> Option<usize> {
        let doc = self.args.tree.doc;
        let (at, c) = &self.claims[j];
        let Subject::Entity(e) = c.subject else { return None };
        let span = c.evidence.subject.filter(|_| self.args.kind(e) == EntityType::Event)?;
        let s = doc.sentence_of(*at);
        let head = doc.tokens_in(doc.sentence(s)).find(|&t| {
            span.contains(doc.token_span(t))
                && doc.upos(t) == Upos::Noun
                && doc.head(t).is_none_or(|h| !span.contains(doc.token_span(h)))
        })?;
        let definite = doc.dependents(head).iter().any(|&d| {
            doc.relation(d) == "det"
                && (doc.feat(d, "Definite") == Some("Def") || doc.feat(d, "PronType") == Some("Dem"))
        });
        let entries =
            self.relations.entries(doc.meta.lang, Pos::Noun, doc.lemma(head), doc.form(head)).filter(|_| definite)?;
        let named = |p: &str| {
            entries.iter().any(|&(f, _)| self.relations.relations[self.relations.frames[f].relation].name == p)
        };
        let near = |t: TokenId| t < head && s - doc.sentence_of(t) <= MAX_SENTENCES;
        let told = |(t, o): &&(TokenId, Claim)| {
            near(*t) && o.event.is_some() && named(&o.predicate) && o.status <= Status::Hedged
        };
        self.claims.iter().rposition(|x| told(&x))
    }

    /// What the clause or phrase around the trigger at `t` is the cause, the effect or the purpose of.
    fn reason(&self, t: TokenId) -> Option<(Reason, TokenId)> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let grammar = tree.grammar;
        let mut at = t;
        for _ in 0..MAX_STEPS {
            let up = doc.head(at)?;
            let relation = doc.relation(at);
            if let Some(p) = tree.preposition(at).filter(|_| matches!(relation, "obl" | "nmod" | "advcl"))
                && has(&grammar.cause_prepositions, &p)
            {
                return Some((Reason::Cause, up));
            }
            // « en raison d'une grève », with « raison » as the head of the phrase
            if relation == "nmod" && has(&grammar.complex_prepositions, doc.lemma(up)) && up < at {
                let whole = format!(
                    "{} {} {}",
                    tree.preposition(up).unwrap_or_default(),
                    doc.lemma(up),
                    tree.preposition(at).unwrap_or_default()
                );
                if has(&grammar.cause_prepositions, whole.trim()) {
                    return doc.head(up).map(|h| (Reason::Cause, h));
                }
            }
            let opened = |words: &[String]| {
                doc.dependents(at).iter().any(|&d| {
                    let opens = d < at && matches!(doc.relation(d), "mark" | "cc" | "case" | "advmod");
                    let fixed = doc.dependents_by(d, "fixed").map(|f| doc.form(f).to_lowercase());
                    let phrase = std::iter::once(doc.form(d).to_lowercase()).chain(fixed).collect::<Vec<_>>().join(" ");
                    opens && (has(words, &phrase) || has(words, doc.lemma(d)))
                })
            };
            if matches!(relation, "advcl" | "conj" | "parataxis") && opened(&grammar.cause_openers) {
                return Some((Reason::Cause, up));
            }
            let infinitive = doc.feat(at, "VerbForm") == Some("Inf");
            if matches!(relation, "advcl" | "acl" | "obl") && infinitive && opened(&grammar.purpose_openers) {
                return Some((Reason::Purpose, up));
            }
            let participle = doc.feat(at, "VerbForm").is_some_and(|f| f == "Part" || f == "Ger");
            let present = participle && doc.feat(at, "Tense") != Some("Past");
            let comma = at.0 > 0 && doc.form(TokenId(at.0 - 1)) == ",";
            if relation == "advcl" && present && comma && at > up && at == t {
                return Some((Reason::Effect, up));
            }
            if relation == "ccomp" && infinitive && has(&grammar.purpose_openers, doc.lemma(up)) {
                return doc.head(up).map(|h| (Reason::Purpose, h));
            }
            if matches!(relation, "advcl" | "acl" | "ccomp" | "parataxis" | "root") {
                return None;
            }
            at = up;
        }
        None
    }
}

/// How a claim bears on another.
enum Reason {
    /// It is why the other is so.
    Cause,
    /// It is so because of the other.
    Effect,
    /// It is what the other is done for.
    Purpose,
}
