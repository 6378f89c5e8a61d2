//! One name, one kind: the uses of a name in an article vote for its kind with their scores, because
//! a use without a telling neighbour is often read wrongly (« Neymar » after « à »).

use super::labels::{KINDS, Position, label};
use super::lexicon::{COUNTRY, PLACE};
use super::model::Scores;
use super::view::View;
use rustc_hash::FxHashMap;
use temoin_model::{NameKind, NameSpan, Span};

/// Gives the uses of each name the kind that all of them together score highest.
pub fn agree(view: &View, scores: &[Scores], names: &mut [NameSpan]) {
    let mut votes: FxHashMap<&[u32], [f32; KINDS.len()]> = FxHashMap::default();
    let used: Vec<u32> = view.words.iter().map(|w| w.used).collect();
    let key = |name: &NameSpan| &used[name.tokens.start as usize..name.tokens.end as usize];
    for name in names.iter() {
        let votes = votes.entry(key(name)).or_default();
        let n = name.tokens.len();
        for (kind, vote) in votes.iter_mut().enumerate() {
            for (k, i) in name.tokens.range().enumerate() {
                let position = match (k as u32, n) {
                    (0, 1) => Position::Single,
                    (0, _) => Position::Begin,
                    (k, n) if k + 1 == n => Position::End,
                    _ => Position::Inside,
                };
                *vote += scores[i as usize][usize::from(label(kind, position))];
            }
        }
    }
    for name in names {
        let votes = &votes[key(name)];
        let mut best = 0;
        for (kind, vote) in votes.iter().enumerate() {
            if *vote > votes[best] {
                best = kind;
            }
        }
        name.kind = KINDS[best];
    }
}

/// Makes persons of the words that are the last word of a person's full name in the same article,
/// where they stand alone and were left out or read as something else: « Lavigne » after « Ève Lavigne ».
pub fn surnames(view: &View, names: &mut Vec<NameSpan>) {
    let mut known = vec![false; view.uses.len()];
    for name in names.iter().filter(|n| n.kind == NameKind::Person && n.tokens.len() > 1) {
        let last = name.tokens.end as usize - 1;
        let used = view.words[last].used as usize;
        known[used] = !view.uses[used].small && view.shape(last).bits & (PLACE | COUNTRY) == 0;
    }
    let stands = |i: u32| known[view.words[i as usize].used as usize] && view.shape(i as usize).is_capitalised();
    let mut covered = vec![false; view.words.len()];
    for name in names.iter_mut() {
        name.tokens.range().for_each(|i| covered[i as usize] = true);
        if name.tokens.len() == 1 && stands(name.tokens.start) {
            name.kind = NameKind::Person;
        }
    }
    let alone = |i: u32| !covered[i as usize] && stands(i);
    let added: Vec<u32> = (0..view.words.len() as u32).filter(|&i| alone(i)).collect();
    names.extend(added.iter().map(|&i| NameSpan { tokens: Span::new(i, i + 1), kind: NameKind::Person }));
    names.sort_by_key(|n| n.tokens);
}

#[cfg(test)]
mod tests {
    use super::super::labels::{LABELS, kind_index};
    use super::super::lexicon::NameLexicon;
    use super::*;
    use temoin_model::{Meta, conllu};

    #[test]
    fn a_surname_alone_is_the_person_of_the_full_name() {
        let words = ["Ève", "Lavigne", "arrive", "Lavigne", "parle", "Rose", "Bois", "au", "bois", "Bois"];
        let rows: Vec<String> = (1..)
            .zip(words)
            .map(|(n, w)| {
                let root = if n == 1 { "0\troot" } else { "1\tdep" };
                format!("{n}\t{w}\t_\tX\t_\t_\t{root}\t_\t_\n")
            })
            .collect();
        let doc = conllu::parse_one(&rows.concat(), Meta::default()).unwrap();
        let view = View::new(&doc, &NameLexicon::default());
        let person = |a, b| NameSpan { tokens: Span::new(a, b), kind: NameKind::Person };
        let mut names = vec![person(0, 2), person(5, 7)];
        surnames(&view, &mut names);
        // « Bois » is also a common word of the article: it stays out.
        assert_eq!(names, [person(0, 2), person(3, 4), person(5, 7)]);
    }

    #[test]
    fn the_surer_uses_of_a_name_decide() {
        let row = |n: u32, form: &str, end: &str| {
            format!(
                "{n}\t{form}\t_\tPROPN\t_\t_\t{}\t{}\t_\t_\n{end}",
                u32::from(n > 1),
                if n > 1 { "dep" } else { "root" }
            )
        };
        let source =
            [row(1, "Corval", ""), row(2, "Dupleix", "\n"), row(1, "Corval", ""), row(2, "parle", "")].concat();
        let doc = conllu::parse_one(&source, Meta::default()).unwrap();
        let view = View::new(&doc, &NameLexicon::default());
        let single = |kind| usize::from(label(kind_index(kind), Position::Single));
        let mut scores = vec![[0.0; LABELS]; doc.len()];
        scores[0][single(NameKind::Location)] = 5.0;
        scores[0][single(NameKind::Person)] = 4.0;
        scores[1][single(NameKind::Location)] = 3.0;
        scores[2][single(NameKind::Person)] = 9.0;
        let name = |i, kind| NameSpan { tokens: Span::new(i, i + 1), kind };
        let mut names = [name(0, NameKind::Location), name(1, NameKind::Location), name(2, NameKind::Person)];
        agree(&view, &scores, &mut names);
        assert_eq!(names.map(|n| n.kind), [NameKind::Person, NameKind::Location, NameKind::Person]);
    }
}
