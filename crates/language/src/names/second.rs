//! Second look: once the whole article is labelled, the other uses of a word and of a name correct
//! each single use (Krishnan and Manning 2006).

use super::hash::{feature, join};
use super::labels::{KINDS, LABELS, OUTSIDE, Position, names, parts};
use super::view::View;
use rustc_hash::FxHashMap;
use temoin_model::{Span, Tok};

/// First template number; the first look has those below.
const BASE: u32 = 1000;

/// What the first look says of the words and names of an article.
#[derive(Debug)]
pub struct Consensus<'a> {
    view: &'a View,
    labels: &'a [u8],
    /// Labels of each lower-cased form where it has a capital.
    by_form: Vec<[u16; LABELS]>,
    /// Kinds of each name, by the hash of its forms.
    by_name: FxHashMap<u64, [u16; KINDS.len()]>,
    /// Hash of the name that covers each word; 0 outside names.
    name_of: Vec<u64>,
}

impl<'a> Consensus<'a> {
    /// Counts `labels`, one for each word of the article.
    pub fn new(view: &'a View, labels: &'a [u8]) -> Self {
        let mut c = Consensus {
            view,
            labels,
            by_form: vec![[0; LABELS]; view.uses.len()],
            by_name: FxHashMap::default(),
            name_of: vec![0; labels.len()],
        };
        for (i, &l) in labels.iter().enumerate() {
            if view.shape(i).is_capitalised() || l != OUTSIDE {
                let count = &mut c.by_form[view.words[i].used as usize][usize::from(l)];
                *count = count.saturating_add(1);
            }
        }
        for &s in &view.sentences {
            let (start, end) = (s.start as usize, s.end as usize);
            for (from, to, kind) in names(&labels[start..end]) {
                let name = (start + from..start + to).fold(1, |h, i| join(h, view.shape(i).lower)) | 1;
                c.name_of[start + from..start + to].fill(name);
                let count = &mut c.by_name.entry(name).or_default()[kind];
                *count = count.saturating_add(1);
            }
        }
        c
    }

    /// Features of word `i` of `sentence`.
    pub fn features(&self, sentence: Span<Tok>, i: usize, mut emit: impl FnMut(u32)) {
        let own = self.labels[i];
        let capital = self.view.shape(i).is_capitalised();
        if own == OUTSIDE && !capital {
            return;
        }
        let mut put = |template: u32, value: u64| emit(feature(BASE + template, value));
        // let at = |j: usize| if sentence.contains_at(j as u32) { self.labels[j] } else { 99 };
        // put(1, own.into());
        // put(2, join(own.into(), at(i.wrapping_sub(1)).into()));
        // put(3, join(own.into(), at(i + 1).into()));
        let mut counts = self.by_form[self.view.words[i].used as usize];
        // What the other uses say: this one has had its say.
        counts[usize::from(own)] = counts[usize::from(own)].saturating_sub(1);
        let total: u32 = counts.iter().map(|&n| u32::from(n)).sum();
        if total > 0 {
            let initial = u64::from(i == sentence.start as usize);
            let mut kinds = [0u32; KINDS.len() + 1];
            let mut longer = [0u32; KINDS.len()];
            for (l, &n) in counts.iter().enumerate() {
                match parts(l as u8) {
                    None => kinds[KINDS.len()] += u32::from(n),
                    Some((k, p)) => {
                        kinds[k] += u32::from(n);
                        if p != Position::Single {
                            longer[k] += u32::from(n);
                        }
                    }
                }
            }
            let top = largest(&kinds);
            let sure = if kinds[top] == total { 2 } else { u64::from(kinds[top] * 3 >= total * 2) };
            let often = u64::from(total.min(4));
            put(4, join(own.into(), join(top as u64, sure)));
            put(5, join(top as u64, join(sure, often)));
            put(6, join(top as u64, initial));
            let label = largest(&counts) as u64;
            put(7, label);
            put(8, join(label, own.into()));
            let name = largest(&longer);
            if longer[name] > 0 {
                put(9, name as u64);
                put(10, join(name as u64, own.into()));
            }
            for (k, &n) in kinds.iter().enumerate() {
                if n > 0 {
                    put(11, k as u64);
                }
            }
        }
        if let Some(kinds) = self.by_name.get(&self.name_of[i])
            && let Some((k, _)) = parts(own)
        {
            let mut others = *kinds;
            others[k] = others[k].saturating_sub(1);
            let top = largest(&others);
            if others[top] > 0 {
                put(12, join(own.into(), top as u64));
                put(13, join(own.into(), join(top as u64, u64::from(others[top] > others[k]))));
            }
        }
    }
}

/// Place of the largest number; the first of equals.
fn largest<N: Ord + Copy>(numbers: &[N]) -> usize {
    let mut best = 0;
    for (i, n) in numbers.iter().enumerate() {
        if *n > numbers[best] {
            best = i;
        }
    }
    best
}
