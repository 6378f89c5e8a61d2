//! What speaks for and against an antecedent of a pronoun: the features of the ranker.

use super::gazetteer::Gender;
use super::lexicon::Lexicon;
use super::phrase::{definiteness, lower};
use super::ranker::{Choice, Decision, Ranker, Verdict};
use super::reference::{Candidate, Wanted};
use super::walk::Walk;
use temoin_language::linear::{feature, text};
use temoin_model::{Document, EntityIx, Lang, MentionKind, Span, TokenId, Upos};

/// How many mentions of one entity are candidates.
const PER_ENTITY: usize = 2;

/// A pronoun under examination.
struct Anaphor {
    at: TokenId,
    /// Its form, hashed.
    form: u32,
    /// Its part in the clause: see [`role`].
    role: u32,
    /// Kind of pronoun: subject, possessive, object, other.
    class: u32,
    sentence: u32,
    verb: Option<TokenId>,
    quoted: bool,
}

impl Walk<'_, '_> {
    /// The antecedent that the ranker chooses, or none; without weights the one that the rules think best.
    pub(super) fn search(&mut self, w: &Wanted) -> Option<EntityIx> {
        let doc = self.b.doc;
        let mut all = self.candidates(w);
        let ranker = Ranker::of(doc.meta.lang);
        let rules = all.iter().max_by_key(|c| (c.rules, std::cmp::Reverse(c.sentence))).map(|c| c.rules);
        if ranker.is_empty() && self.log.is_none() {
            return self.by_rules(&all, w);
        }
        let mut kept: Vec<EntityIx> = Vec::new();
        all.retain(|c| {
            let e = self.b.of(c.mention);
            kept.push(e);
            kept.iter().filter(|&&x| x == e).count() <= PER_ENTITY
        });
        let anaphor = self.anaphor(w.at);
        let none = self.none_features(&anaphor, w, &all, rules);
        let mut order: Vec<EntityIx> = Vec::new();
        let features: Vec<Vec<u32>> = all
            .iter()
            .map(|c| {
                let e = self.b.of(c.mention);
                let rank = order.iter().position(|&x| x == e).unwrap_or_else(|| {
                    order.push(e);
                    order.len() - 1
                });
                self.features(&anaphor, w, c, rank as u32, rules.unwrap_or(0))
            })
            .collect();
        let ruled = self.by_rules(&all, w);
        let scores = features.iter().map(|f| ranker.score(f));
        let verdict = Ranker::judge(ranker.score(&none), scores, |i| ruled.map(|e| e == self.b.of(all[i].mention)));
        let out = match verdict {
            _ if ranker.is_empty() => ruled,
            Verdict::Sure(i) => Some(self.b.of(all[i].mention)),
            Verdict::Likely(i) => {
                self.b.aside(Span::new(w.at.0, w.at.0 + 1), w.at, self.b.of(all[i].mention));
                None
            }
            Verdict::None => None,
        };
        if let Some(log) = &mut self.log {
            let choice = |(c, features): (&Candidate, Vec<u32>)| {
                let m = &self.b.mentions[c.mention.0 as usize];
                Choice { span: m.span, head: m.head, features }
            };
            let candidates = all.iter().zip(features).map(choice).collect();
            log.push(Decision { head: w.at, none, candidates });
        }
        out
    }

    fn by_rules(&self, all: &[Candidate], w: &Wanted) -> Option<EntityIx> {
        let sentence = self.b.doc.sentence_of(w.at) as u32;
        let mut best: Option<&Candidate> = None;
        for c in all.iter().filter(|c| c.rules >= w.least && c.sentence + w.ruled >= sentence) {
            if best.is_none_or(|b| c.rules > b.rules) {
                best = Some(c);
            }
        }
        best.map(|c| self.b.of(c.mention))
    }

    fn anaphor(&self, at: TokenId) -> Anaphor {
        let doc = self.b.doc;
        let possessive = doc.upos(at) == Upos::Det || doc.feat(at, "Poss") == Some("Yes");
        let role = if possessive { 11 } else { role(doc, at) };
        let class = match role {
            1 | 2 => 1,
            11 => 2,
            3 => 3,
            _ => 4,
        };
        let form = lower(doc, at);
        let form = text(form.trim_start_matches('-').trim_start_matches("t-"));
        let sentence = doc.sentence_of(at) as u32;
        Anaphor { at, form, role, class, sentence, verb: clause(doc, at), quoted: self.scene.is_quoted(at) }
    }

    fn none_features(&self, a: &Anaphor, w: &Wanted, all: &[Candidate], rules: Option<i32>) -> Vec<u32> {
        let doc = self.b.doc;
        let near = all.iter().filter(|c| c.sentence == a.sentence).count() as u32;
        let verb = a.verb.map_or(0, |v| text(doc.lemma(v)));
        let head = doc.head(a.at).map_or(0, |h| text(doc.lemma(h)));
        let score = rules.map_or(99, |r| (r / 15).clamp(-3, 12) as u32);
        vec![
            feature(1, a.class, 0, 0),
            feature(2, a.form, a.role, 0),
            feature(3, a.class, near.min(3), (all.len() as u32).min(6)),
            feature(4, verb, a.class, 0),
            feature(5, head, a.class, 0),
            feature(6, a.class, u32::from(a.sentence == 0), 0),
            feature(7, a.class, score, 0),
            feature(8, a.form, u32::from(a.quoted), 0),
            feature(9, a.class, u32::from(w.plural), w.person.map_or(2, u32::from)),
            feature(10, a.form, doc.head(a.at).map_or(0, |h| doc.upos(h) as u32), 0),
        ]
    }

    fn features(&self, a: &Anaphor, w: &Wanted, c: &Candidate, rank: u32, top: i32) -> Vec<u32> {
        let doc = self.b.doc;
        let m = &self.b.mentions[c.mention.0 as usize];
        let (entity, info) = (self.b.entity(m.entity), self.b.info(m.entity));
        let far = (a.sentence - c.sentence).min(4);
        let near = far.min(2);
        let what = role(doc, m.head);
        let kind = entity.kind as u32 * 2 + u32::from(entity.named);
        let how = match m.kind {
            MentionKind::Nominal => 10 + definiteness(doc, m.head) as u32,
            k => k as u32,
        };
        let count = match self.spoken_of(m.entity, c) {
            n @ 0..=3 => n,
            4..=6 => 4,
            _ => 5,
        };
        let words = (a.at.0 - m.tokens.end.min(a.at.0)).checked_ilog2().map_or(0, |l| l + 1);
        let first = doc.sentence(c.sentence as usize).start;
        let opens = (m.tokens.start - first.min(m.tokens.start)).min(8) / 3;
        let gender = match (w.gender, info.gender) {
            (Some(x), Some(y)) if x == y => 1,
            (Some(_), Some(_)) => 2,
            (Some(Gender::Fem), None) => 3,
            (Some(Gender::Masc), None) => 4,
            (None, _) => 5,
        };
        let number = info.plural.map_or(2, |p| u32::from(p == w.plural));
        let verb = clause(doc, m.head);
        let (path, steps) = self.path(a, m.head, verb);
        let noun = Lexicon::of(doc);
        let class = noun.noun(doc.lemma(m.head), doc.form(m.head)).0.bits();
        let governor = doc.head(a.at);
        let owned = governor.filter(|_| a.class == 2).map_or(0, |h| noun.noun(doc.lemma(h), doc.form(h)).0.bits());
        let governor = governor.map_or(0, |h| text(doc.lemma(h)));
        let quoted = u32::from(a.quoted) * 2 + u32::from(self.scene.is_quoted(m.head));
        let apart = self.scene.paragraph(a.sentence) - self.scene.paragraph(c.sentence);
        let same = if m.kind == MentionKind::Pronoun { text(&lower(doc, m.head)) } else { 0 };
        let main = verb.is_some_and(|v| doc.relation(v) == "root");
        let rules = ((top - c.rules) / 10).clamp(0, 9) as u32;
        let next = u32::from(m.tokens.end + 1 >= a.at.0);
        vec![
            feature(20, a.class, far, 0),
            feature(21, a.form, near, 0),
            feature(22, a.class, what, near),
            feature(23, a.class * 16 + u32::from(what == a.role), near, u32::from(main)),
            feature(24, a.class, how, near),
            feature(25, a.form, kind, 0),
            feature(26, a.class, rank.min(7), 0),
            feature(27, a.class, words, 0),
            feature(28, a.form, gender, number),
            feature(29, a.class, count, near),
            feature(30, a.class, opens, near),
            feature(31, a.class, path, what),
            feature(32, a.class, path, steps),
            feature(33, a.class, quoted, u32::from(far > 0)),
            feature(34, a.class, apart.min(2), near),
            feature(35, a.form, same, 0),
            feature(36, a.class, u32::from(class), 0),
            feature(37, u32::from(owned), kind, a.class),
            feature(38, governor, entity.kind as u32, a.class),
            feature(39, a.class, rules, 0),
            feature(40, a.class, rules, (c.rules / 15).clamp(-3, 12) as u32),
            feature(41, a.class, kind, what),
            feature(42, a.class, rank.min(7) * 8 + near, what),
            feature(43, a.class, next, path),
            feature(44, a.class, how, what),
            feature(45, gender * 4 + number, how, entity.kind as u32),
            feature(46, a.class, u32::from(Some(m.entity) == self.dominant), near),
            feature(47, governor, text(doc.lemma(m.head)), a.class),
        ]
    }

    /// How often an entity was mentioned up to a candidate, as far as candidates go back.
    fn spoken_of(&self, e: EntityIx, c: &Candidate) -> u32 {
        let before = self.recent.iter().rev().take(super::reference::WINDOW * 2);
        before.filter(|&&(m, s)| s <= c.sentence && self.b.of(m) == e).count() as u32
    }

    /// How the clause of a candidate stands to that of the pronoun, and how many steps lie between.
    fn path(&self, a: &Anaphor, head: TokenId, verb: Option<TokenId>) -> (u32, u32) {
        let doc = self.b.doc;
        if a.verb.is_some() && a.verb == verb {
            // Beside each other, or one in the phrase of the other.
            return (if doc.is_below(a.at, head) { 2 } else { 1 }, 0);
        }
        let (mut at, mut steps, mut label) = (a.at, 0, 0);
        while let Some(h) = doc.head(at).filter(|_| steps < 12) {
            if matches!(doc.relation(at), "advcl" | "ccomp" | "acl" | "conj" | "xcomp" | "parataxis" | "csubj") {
                label = text(doc.relation(at));
            }
            if h == head {
                return (label.wrapping_add(3), 0);
            }
            if Some(h) == verb {
                return (label.wrapping_add(4), 1);
            }
            at = h;
            steps += 1;
        }
        (0, 0)
    }
}

/// The part that a word plays in its clause; a name that stands beside its title plays the title's.
pub(super) fn role(doc: &Document, t: TokenId) -> u32 {
    let mut at = t;
    for _ in 0..3 {
        match doc.head(at) {
            Some(h)
                if matches!(doc.relation(at), "flat" | "compound") || doc.relation(at) == "appos" && h.0 + 3 > at.0 =>
            {
                at = h;
            }
            _ => break,
        }
    }
    match doc.deprel(at) {
        "nsubj:pass" => 2,
        "obl:agent" => 5,
        "nmod:poss" => 11,
        _ => match doc.relation(at) {
            "nsubj" => 1,
            "obj" => 3,
            "iobj" => 4,
            "obl" => 6,
            "nmod" => 7,
            "appos" => 8,
            "root" => 9,
            "conj" => 10,
            "det" => 11,
            "xcomp" => 12,
            "expl" => 13,
            _ => 14,
        },
    }
}

/// The predicate of the clause that a word stands in.
fn clause(doc: &Document, t: TokenId) -> Option<TokenId> {
    let mut at = t;
    for _ in 0..8 {
        let inside = !matches!(
            doc.relation(at),
            "nmod" | "det" | "amod" | "flat" | "appos" | "compound" | "case" | "nummod" | "conj" | "fixed"
        );
        at = doc.head(at)?;
        if inside || doc.meta.lang == Lang::Fr && doc.upos(at) == Upos::Verb {
            return Some(at);
        }
    }
    None
}
