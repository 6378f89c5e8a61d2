//! One name, one kind: the uses of a name in an article vote for its kind with their scores, because
//! a use without a telling neighbour is often read wrongly (« Neymar » after « à »).

use super::labels::{KINDS, Position, label};
use super::model::Scores;
use super::view::View;
use rustc_hash::FxHashMap;
use temoin_model::NameSpan;

/// Gives the uses of each name the kind that all of them together score highest.
pub fn agree(view: &View, scores: &[Scores], names: &mut [NameSpan]) {
    let mut votes: FxHashMap<Vec<u32>, [f32; KINDS.len()]> = FxHashMap::default();
    let key = |name: &NameSpan| name.tokens.range().map(|i| view.words[i as usize].used).collect::<Vec<_>>();
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
        let votes = &votes[&key(name)];
        let mut best = 0;
        for (kind, vote) in votes.iter().enumerate() {
            if *vote > votes[best] {
                best = kind;
            }
        }
        name.kind = KINDS[best];
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::{LABELS, kind_index};
    use super::super::lexicon::NameLexicon;
    use super::*;
    use temoin_model::{Meta, NameKind, Span, conllu};

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
