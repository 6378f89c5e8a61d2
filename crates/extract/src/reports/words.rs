//! Features of a word for the two layers of mentions.

use super::view::{View, Word};
use temoin_language::lex::EDGE;
use temoin_language::linear::feature;
use temoin_model::{Span, Tok};

/// Features of word `i` in its sentence.
pub fn features(view: &View<'_>, sentence: Span<Tok>, i: usize, out: &mut Vec<u32>) {
    let edge = Word { lex: EDGE, lemma: 1, upos: 99, rel: 1, ..Word::default() };
    let at = |offset: isize| {
        let j = i as isize + offset;
        let within = j >= sentence.start as isize && j < sentence.end as isize;
        if within { view.words[j as usize] } else { edge }
    };
    let mut put = |template: u32, a: u32, b: u32, c: u32| out.push(feature(template, a, b, c));
    let (w, l, r) = (at(0), at(-1), at(1));
    put(0, 0, 0, 0);
    for (k, offset) in [-2isize, -1, 0, 1, 2].into_iter().enumerate() {
        let (k, w) = (k as u32, at(offset));
        put(1, k, w.lex.lower, 0);
        put(2, k, w.lemma, 0);
        put(3, k, w.upos, 0);
        put(4, k, w.lex.shape, 0);
        put(5, k, w.lex.fine, 0);
        put(6, k, w.lex.coarse, 0);
        put(7, k, w.name, 0);
        put(8, k, w.ours, 0);
        put(9, k, w.value, 0);
        put(10, k, w.rel, w.upos);
        if offset.abs() < 2 {
            put(11, k, w.lex.suffix[2], 0);
            put(12, k, w.inside, w.upos);
        }
    }
    for s in [1, 3, 4] {
        put(13, s, w.lex.suffix[s as usize], 0);
    }
    put(14, w.lex.prefix[2], w.upos, 0);
    put(15, l.lemma, w.lemma, 0);
    put(16, w.lemma, r.lemma, 0);
    put(17, l.upos, w.upos, r.upos);
    put(18, at(-2).upos, l.upos, w.upos);
    put(19, w.upos, r.upos, at(2).upos);
    put(20, l.lemma, w.upos, r.lemma);
    put(21, l.lex.fine, w.lex.fine, 0);
    put(22, w.lex.fine, r.lex.fine, 0);
    put(23, w.ours, l.lemma, 0);
    put(24, w.ours, r.lemma, r.ours);
    put(25, w.lex.fine, w.upos, l.lemma);
    put(26, w.inside, w.ours, w.rel);
    put(27, l.inside, w.inside, r.inside);
    put(28, w.times, w.upos, w.ours);
    put(29, u32::from(i == sentence.start as usize), w.lex.shape, 0);
    put(30, l.lemma, at(-2).lemma, w.upos);
    put(31, r.lemma, at(2).lemma, w.upos);
    put(32, w.known, w.ours, 0);
    put(33, w.known, w.lemma, 0);
    put(34, w.known, w.lex.fine, 0);
    put(35, l.known, w.upos, w.ours);
    of_tree(view, i, &mut put);
}

/// Features of the place of a word in the tree.
fn of_tree(view: &View<'_>, i: usize, put: &mut impl FnMut(u32, u32, u32, u32)) {
    let w = view.words[i];
    if let Some(h) = view.head(i) {
        let head = view.words[h];
        put(40, w.rel, head.lemma, 0);
        put(41, w.rel, head.upos, u32::from(h < i));
        put(42, w.rel, head.lex.fine, 0);
        put(43, w.rel, head.ours, 0);
        put(44, w.lemma, head.lemma, 0);
        put(45, w.rel, head.lemma, w.lex.coarse);
        if let Some(g) = view.head(h) {
            let grand = view.words[g];
            put(46, w.rel, head.rel, grand.lemma);
            put(47, w.rel, head.rel, grand.ours);
        }
    } else {
        put(48, w.upos, 0, 0);
    }
    for (k, relation) in
        ["det", "case", "nummod", "amod", "nmod", "appos", "flat", "nsubj", "obj", "acl", "cop", "advmod"]
            .into_iter()
            .enumerate()
    {
        if let Some(d) = view.dependent(i, relation) {
            let dependent = view.words[d];
            put(50, k as u32, w.upos, w.ours);
            if k < 2 {
                put(53, k as u32, dependent.lemma, w.lemma);
                put(54, k as u32, dependent.lemma, w.lex.fine);
                put(55, k as u32, dependent.lemma, w.known);
            }
            if k != 2 {
                put(51, k as u32, dependent.lemma, w.upos);
            }
            if k > 3 {
                put(52, k as u32, dependent.ours, w.upos);
            }
        }
    }
}
