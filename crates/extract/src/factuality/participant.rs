//! Doubt about one participant of a claim rather than the whole of it.

use super::cues::{self, Cue, Cues, Kind};
use super::{Factuality, judge};
use temoin_model::{Document, Status, TokenId, Upos};

/// Judges a claim of `trigger` about `participant`: the clause, and a hedge on the participant's own
/// conjunct. In « comprenant des troupes russes, et probablement des contingents arméniens » only the
/// second is in doubt.
pub fn judge_participant(doc: &Document, trigger: TokenId, participant: TokenId) -> Factuality {
    let mut f = judge(doc, trigger);
    let lexicon = cues::of(doc.meta.lang);
    if let Some(cue) = own_hedge(doc, lexicon, trigger, participant) {
        f.certainty = if f.status < Status::Hedged { cue.certainty } else { f.certainty.max(cue.certainty) };
        f.status = f.status.max(Status::Hedged);
        let marker = "Hedge".to_owned();
        if let Err(at) = f.markers.binary_search(&marker) {
            f.markers.insert(at, marker);
        }
    }
    f
}

fn own_hedge(doc: &Document, cues: &Cues, trigger: TokenId, participant: TokenId) -> Option<Cue> {
    let mut at = participant;
    for _ in 0..12 {
        if at == trigger {
            return None;
        }
        if let Some(c) = hedge_on(doc, cues, at) {
            return Some(c);
        }
        let h = doc.head(at)?;
        if doc.relation(at) == "conj" {
            // « et probablement A, B et C »: the adverb before an earlier conjunct holds for the later.
            let earlier = doc.dependents_by(h, "conj").filter(|&d| d.0 < at.0).collect::<Vec<_>>();
            if let Some(c) = earlier.iter().rev().find_map(|&d| hedge_before(doc, cues, d).filter(|_| nominal(doc, d)))
            {
                return Some(c);
            }
        }
        if !nominal(doc, h) {
            return None;
        }
        // Out of the conjunct: a hedge on the first one does not reach back over « et » to this one,
        // but one on the noun that an adjective modifies does.
        at = h;
    }
    None
}

fn nominal(doc: &Document, t: TokenId) -> bool {
    matches!(doc.upos(t), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron | Upos::Num)
}

fn hedge_on(doc: &Document, cues: &Cues, t: TokenId) -> Option<Cue> {
    let adjective = doc
        .dependents(t)
        .iter()
        // "suspected of preparing an attack" is no doubt about the men.
        .filter(|&&d| {
            let completed = doc.dependents(d).iter().any(|&x| x > d);
            doc.relation(d) == "amod" && doc.upos(d) != Upos::Adv || doc.relation(d) == "acl" && !completed
        })
        .find_map(|&d| cues.phrase_at(doc, Kind::Hedge, d).map(|(c, _)| c));
    adjective.or_else(|| hedge_before(doc, cues, t))
}

/// A hedging adverb right before the phrase of `t`: only articles, numbers, prepositions and
/// adjectives may stand between.
fn hedge_before(doc: &Document, cues: &Cues, t: TokenId) -> Option<Cue> {
    let start = doc.sentence(doc.sentence_of(t)).start;
    for x in (start.max(t.0.saturating_sub(6))..t.0).rev().map(TokenId) {
        if let Some((cue, _)) = cues.phrase_at(doc, Kind::Hedge, x)
            && matches!(doc.upos(x), Upos::Adv | Upos::Noun | Upos::Adp)
        {
            // An adverb behind a verb weighs the verb, unless the tree says otherwise.
            let own = doc.head(x) == Some(t);
            let after_verb = x.0 > start && matches!(doc.upos(TokenId(x.0 - 1)), Upos::Verb | Upos::Aux);
            return (own || !after_verb).then_some(cue);
        }
        if !matches!(doc.upos(x), Upos::Det | Upos::Adp | Upos::Num | Upos::Adj) {
            return None;
        }
    }
    None
}
