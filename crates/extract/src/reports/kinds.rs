//! Features of a mention, or of all mentions of an entity, for its fine type.

use super::Place;
use super::view::View;
use temoin_language::linear::feature;
use temoin_model::{TokenId, Upos};

/// Features of mentions of one thing, whose layer and kind are `class`; none twice.
pub fn features(view: &View<'_>, places: &[Place], class: usize, out: &mut Vec<u32>) {
    out.clear();
    places.iter().for_each(|p| of_mention(view, p, class, out));
    let class = class as u32;
    let content = |t: &TokenId| matches!(view.doc.upos(*t), Upos::Noun | Upos::Verb | Upos::Adj);
    out.extend(view.doc.tokens().filter(content).map(|t| feature(340, class, view.words[t.ix()].lemma, 0)));
    for place in places {
        let sentence = view.doc.sentence(view.sentence(place.head));
        let words = view.doc.tokens_in(sentence).filter(content);
        out.extend(words.map(|t| feature(341, class, view.words[t.ix()].lemma, 0)));
    }
    out.push(feature(342, class, places.len().min(4) as u32, 0));
    out.sort_unstable();
    out.dedup();
}

fn of_mention(view: &View<'_>, place: &Place, class: usize, out: &mut Vec<u32>) {
    let class = class as u32;
    let mut put = |template: u32, a: u32, b: u32| out.push(feature(300 + template, class, a, b));
    let head = view.words[place.head];
    put(0, 0, 0);
    put(1, head.lemma, 0);
    put(2, head.lex.lower, 0);
    put(3, head.lex.fine, 0);
    put(4, head.lex.coarse, 0);
    put(5, head.lex.suffix[3], 0);
    put(6, head.ours, 0);
    put(7, head.name, 0);
    put(8, head.upos, head.rel);
    put(9, place.span.end - place.span.start, 0);
    for t in place.span.start..place.span.end {
        let w = view.words[t as usize];
        put(10, w.lemma, 0);
        put(11, w.lex.fine, 0);
        put(12, w.lex.shape, 0);
    }
    for (k, offset) in [-2i64, -1, 1, 2].into_iter().enumerate() {
        let at = if offset < 0 { i64::from(place.span.start) } else { i64::from(place.span.end) - 1 } + offset;
        if let Some(w) = usize::try_from(at).ok().and_then(|a| view.words.get(a)) {
            put(20 + k as u32, w.lemma, 0);
        }
    }
    if let Some(h) = view.head(place.head) {
        put(30, view.words[h].lemma, head.rel);
        put(31, view.words[h].lex.fine, head.rel);
    }
    for &t in view.doc.dependents(TokenId(place.head as u32)) {
        let w = view.words[t.ix()];
        put(32, w.lemma, w.rel);
    }
    if let Some(e) = view.entity[place.head] {
        put(33, view.found.entity(e).kind as u32, u32::from(view.found.entity(e).wikidata.is_some()));
    }
}
