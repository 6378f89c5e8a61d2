//! Descriptions in other words: « la victime » for a man named before, « le véhicule » for a van. The
//! features of the ranker for descriptions that no rule takes up.

use super::antecedents::role;
use super::descriptions::is_general;
use super::lexicon::Lexicon;
use super::phrase::{self, definiteness};
use super::ranker::{Choice, Decision, Ranker};
use super::walk::{Np, Walk};
use temoin_language::linear::{feature, text};
use temoin_model::{EntityIx, EntityType, Mention, MentionIx, MentionKind};

/// How many sentences back.
const REACH: u32 = 5;
/// How many entities.
const ENTITIES: usize = 16;

impl Walk<'_, '_> {
    /// The entity that a description takes up in other words, if the ranker is sure of it.
    pub(super) fn rephrased(&mut self, np: &Np) -> Option<EntityIx> {
        let doc = self.b.doc;
        let ranker = Ranker::of(doc.meta.lang);
        if ranker.is_empty() && self.log.is_none() {
            return None;
        }
        let all = self.earlier(np);
        if all.is_empty() {
            return None;
        }
        let none = self.without(np, all.len());
        let features: Vec<Vec<u32>> =
            all.iter().enumerate().map(|(rank, &(m, s))| self.for_description(np, m, s, rank as u32)).collect();
        let chosen = Ranker::same(ranker.score(&none), features.iter().map(|f| ranker.score(f)));
        let out = chosen.map(|i| self.b.of(all[i].0));
        if let Some(log) = &mut self.log {
            let choice = |(&(m, _), features): (&(MentionIx, u32), Vec<u32>)| {
                let m = &self.b.mentions[m.0 as usize];
                Choice { span: m.span, head: m.head, features }
            };
            let candidates = all.iter().zip(features).map(choice).collect();
            log.push(Decision { head: np.head, none, candidates });
        }
        out
    }

    /// The last mention of each entity that agrees in number, nearest first.
    fn earlier(&self, np: &Np) -> Vec<(MentionIx, u32)> {
        let doc = self.b.doc;
        let sentence = doc.sentence_of(np.head) as u32;
        let mut out: Vec<(MentionIx, u32)> = Vec::new();
        for &(m, s) in self.recent.iter().rev().take_while(|r| r.1 + REACH >= sentence) {
            let mention = &self.b.mentions[m.0 as usize];
            let info = self.b.info(mention.entity);
            let number = info.plural.is_none() || np.plural.is_none() || info.plural == np.plural;
            let apart = mention.tokens.end <= np.full.start && !doc.is_below(mention.head, np.head);
            let holds = doc.is_below(np.head, mention.head) && s == sentence;
            let known = self.b.entity(mention.entity).kind == EntityType::Country;
            if !number || !apart || holds || known || out.iter().any(|o| self.b.of(o.0) == mention.entity) {
                continue;
            }
            out.push((m, s));
            if out.len() == ENTITIES {
                break;
            }
        }
        out
    }

    fn without(&self, np: &Np, many: usize) -> Vec<u32> {
        let doc = self.b.doc;
        let noun = text(doc.lemma(np.head));
        let how = np.definite as u32;
        let words = np.label.len().min(3);
        let bits = u32::from(np.class.bits());
        let general = u32::from(is_general(doc.lemma(np.head)));
        vec![
            feature(60, how, 0, 0),
            feature(61, how, words, 0),
            feature(62, noun, how, 0),
            feature(63, bits, how, words),
            feature(64, role(doc, np.head), how, 0),
            feature(65, (many as u32).min(6), how, 0),
            feature(66, how, general, u32::from(np.plural == Some(true))),
        ]
    }

    fn for_description(&self, np: &Np, m: MentionIx, s: u32, rank: u32) -> Vec<u32> {
        let doc = self.b.doc;
        let lex = Lexicon::of(doc);
        let m: &Mention = &self.b.mentions[m.0 as usize];
        let (entity, info) = (self.b.entity(m.entity), self.b.info(m.entity));
        let how = np.definite as u32;
        let far = (doc.sentence_of(np.head) as u32 - s).min(4);
        let kind = entity.kind as u32 * 2 + u32::from(entity.named);
        let noun = doc.lemma(np.head);
        let other = info.described.first().map_or("", |d| d.as_str());
        let covers = info.described.iter().any(|d| lex.covers(noun, d) || lex.covers(d, noun));
        let bits = u32::from(np.class.bits());
        let shared = u32::from(np.class.has(info.class));
        let gender = match (phrase::gender(doc, np.head), info.gender) {
            (Some(a), Some(b)) => u32::from(a == b),
            _ => 2,
        };
        let manner = match m.kind {
            MentionKind::Nominal => 10 + definiteness(doc, m.head) as u32,
            k => k as u32,
        };
        let part = role(doc, m.head);
        let count = self.recent.iter().rev().take(80).filter(|r| self.b.of(r.0) == m.entity).count() as u32;
        let words = np.label.len().min(3);
        let same_kind = u32::from(np.class.entity_type(np.plural == Some(true)) == entity.kind);
        let (noun_hash, other_hash) = (text(noun), text(other));
        let label = info.described.is_empty() && entity.label.to_lowercase().contains(&noun.to_lowercase());
        vec![
            feature(80, how, far, 0),
            feature(81, how, rank.min(8), 0),
            feature(82, noun_hash, other_hash, 0),
            feature(83, noun_hash, kind, 0),
            feature(84, bits, kind, how),
            feature(85, bits, u32::from(info.class.bits()), 0),
            feature(86, how, shared * 2 + same_kind, words),
            feature(87, u32::from(covers), how, u32::from(label)),
            feature(88, gender, kind, 0),
            feature(89, manner, how, far.min(2)),
            feature(90, part, how, role(doc, np.head)),
            feature(91, count.min(5), how, kind),
            feature(92, words, kind, how),
            feature(93, same_kind, manner, rank.min(4)),
            feature(94, bits, gender, same_kind * 4 + far.min(3)),
            feature(95, u32::from(doc.head(m.head) == doc.head(np.head)), how, part),
        ]
    }
}
