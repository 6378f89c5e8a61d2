//! Features of a word for the name tagger. Training and tagging both come here, so that they cannot
//! drift apart.
//!
//! There are two families. Those of a form at an offset depend on nothing else, so that the tagger
//! adds up their weights once for each form of the article; those of the context are looked up for
//! every word.

use super::hash::{feature, join};
use super::shape::Shape;
use super::view::View;
use temoin_model::{Span, Tok, Upos};

/// Forms looked at on each side of a word.
pub const REACH: usize = 2;
/// Offsets of forms: from [`REACH`] before to [`REACH`] behind.
pub const OFFSETS: usize = 2 * REACH + 1;

/// Stands for words before the beginning or behind the end of a sentence.
const EDGE: u64 = 11;

/// Features of a form that stands at `offset` (0 to [`OFFSETS`], the middle is the word itself).
pub fn of_form(shape: &Shape, offset: usize, mut emit: impl FnMut(u32)) {
    let distance = offset.abs_diff(REACH);
    let base = 100 * (offset as u32 + 1);
    let mut put = |template: u32, value: u64| emit(feature(base + template, value));
    put(0, shape.lower);
    put(1, shape.short);
    put(2, shape.bits as u64 | ((shape.case as u64) << 8));
    if shape.cluster > 0 {
        put(3, shape.cluster as u64);
    }
    if distance <= 1 {
        put(4, shape.suffixes[2]);
        put(5, shape.prefixes[2]);
    }
    if distance == 0 {
        put(6, shape.exact);
        put(7, shape.long);
        for k in [0, 1, 3] {
            put(10 + k as u32, shape.prefixes[k]);
            put(20 + k as u32, shape.suffixes[k]);
        }
        for bit in 0..8 {
            if shape.bits >> bit & 1 == 1 {
                put(30, bit);
            }
        }
    }
}

/// Features of the edge of a sentence at `offset`.
pub fn of_edge(offset: usize, mut emit: impl FnMut(u32)) {
    emit(feature(100 * (offset as u32 + 1) + 99, EDGE));
}

/// Features of word `i` of `sentence` that look at more than one form, or at the rest of the article.
pub fn of_context(view: &View, sentence: Span<Tok>, i: usize, mut emit: impl FnMut(u32)) {
    let mut put = |template: u32, value: u64| emit(feature(template, value));
    let at = |offset: isize| {
        let j = i as isize + offset;
        (j >= sentence.start as isize && j < sentence.end as isize).then_some(j as usize)
    };
    let lower = |o: isize| at(o).map_or(EDGE, |j| view.shape(j).lower);
    let short = |o: isize| at(o).map_or(EDGE, |j| view.shape(j).short);
    let upos = |o: isize| at(o).map_or(EDGE, |j| 100 + view.words[j].upos as u64);
    let bits = |o: isize| {
        at(o).map_or(EDGE << 20, |j| {
            let s = view.shape(j);
            s.bits as u64 | ((s.case as u64) << 8)
        })
    };
    let cluster = |o: isize| at(o).map_or(0, |j| view.shape(j).cluster as u64);
    let word = view.words[i];
    let me = view.shape(i);
    let initial = i == sentence.start as usize;

    put(1, 0);
    put(2, upos(0));
    put(3, upos(-1));
    put(4, upos(1));
    put(5, join(upos(-1), upos(0)));
    put(6, join(upos(0), upos(1)));
    put(7, join(lower(-1), lower(0)));
    put(8, join(lower(0), lower(1)));
    put(9, join(join(short(-1), short(0)), short(1)));
    put(10, join(lower(-1), short(0)));
    put(11, join(short(0), lower(1)));
    put(12, join(join(lower(-2), lower(-1)), short(0)));
    put(13, join(bits(-1), bits(0)));
    put(14, join(bits(0), bits(1)));
    put(15, join(upos(0), short(0)));
    if me.cluster > 0 || cluster(-1) > 0 {
        put(16, join(cluster(-1), cluster(0)));
    }
    if me.cluster > 0 || cluster(1) > 0 {
        put(17, join(cluster(0), cluster(1)));
    }
    if word.entry_position > 0 {
        put(18, word.entry as u64 | (word.entry_position as u64) << 8);
    }
    if word.glued || at(1).is_some_and(|j| view.words[j].glued) {
        let glue = word.glued as u64 | (at(1).is_some_and(|j| view.words[j].glued) as u64) << 1;
        put(19, join(glue, short(0)));
    }
    if word.enclosed > 0 {
        put(20, join(word.enclosed as u64, me.case as u64));
    }
    if !me.is_capitalised() {
        return;
    }
    let used = &view.uses[word.used as usize];
    let usage = initial as u64 | (used.small as u64) << 1 | (used.capital as u64) << 2;
    put(30, usage);
    put(31, join(usage, bits(0)));
    put(32, join(usage, upos(0)));
    put(33, used.behind_first_name as u64);
    for &h in &used.before {
        put(34, h);
    }
    for &h in &used.behind {
        put(35, h);
    }
    of_tree(view, i, &mut put);
    let (first, last) = run(view, sentence, i);
    of_surroundings(view, sentence, (first, last), i, &mut put);
    let outer = |j: usize, inside: bool| if inside { view.shape(j).lower } else { EDGE };
    let before = if first > sentence.start as usize { outer(first - 1, true) } else { EDGE };
    let behind = outer(last + 1, last + 1 < sentence.end as usize);
    let place = (i == first) as u64 | ((i == last) as u64) << 1;
    put(40, join(place, before));
    put(41, join(place, behind));
    put(42, join(place, (last - first).min(4) as u64));
    if i > first {
        put(43, view.shape(first).lower);
        put(44, view.shape(first).bits as u64);
    }
    if i < last {
        put(45, view.shape(last).lower);
    }
}

/// First and last word of the run of capitalised words around `i`, no further than six words away.
fn run(view: &View, sentence: Span<Tok>, i: usize) -> (usize, usize) {
    let (mut first, mut last) = (i, i);
    while first > sentence.start as usize && i - first < 6 && view.shape(first - 1).is_capitalised() {
        first -= 1;
    }
    while last + 1 < sentence.end as usize && last - i < 6 && view.shape(last + 1).is_capitalised() {
        last += 1;
    }
    (first, last)
}

/// The head of word `i` and its relation to it.
fn of_tree(view: &View, i: usize, put: &mut impl FnMut(u32, u64)) {
    let word = view.words[i];
    let head = word.head as usize;
    put(50, word.relation);
    if head != i {
        put(51, join(word.relation, view.words[head].lemma));
        put(52, join(word.relation, view.shape(head).cluster.into()));
        put(53, join(word.relation, view.shape(head).bits.into()));
    }
}

/// The nearest noun before the run of capitalised words, and the nearest verb behind it: « le
/// journal russe X », « X annonce ».
fn of_surroundings(
    view: &View,
    sentence: Span<Tok>,
    (first, last): (usize, usize),
    i: usize,
    put: &mut impl FnMut(u32, u64),
) {
    let place = (i == first) as u64 | ((i == last) as u64) << 1;
    let is = |j: usize, upos: Upos| view.words[j].upos == upos as u8;
    let mut between = 0;
    for j in (sentence.start as usize..first).rev().take(5) {
        if is(j, Upos::Noun) {
            put(60, join(between, view.words[j].lemma));
            put(61, view.words[j].lemma);
            put(62, join(place, join(between, view.shape(j).cluster.into())));
            break;
        }
        match () {
            _ if is(j, Upos::Adp) => between |= 1,
            _ if is(j, Upos::Det) || is(j, Upos::Adj) => {}
            _ if is(j, Upos::Punct) => between |= 2,
            _ => break,
        }
    }
    for j in (last + 1..sentence.end as usize).take(5) {
        if is(j, Upos::Verb) {
            put(63, view.words[j].lemma);
            put(64, join(place, view.shape(j).cluster.into()));
            break;
        }
    }
}
