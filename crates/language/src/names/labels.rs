//! BIOES labels over the five kinds of names: one label a word.

use temoin_model::NameKind;

/// Kinds in label order.
pub const KINDS: [NameKind; 5] =
    [NameKind::Person, NameKind::Location, NameKind::Organization, NameKind::Event, NameKind::Product];

/// Number of labels: outside, and four positions (begin, inside, end, single) for each kind.
pub const LABELS: usize = 1 + 4 * KINDS.len();

/// Label of words outside names.
pub const OUTSIDE: u8 = 0;

/// Place of a word in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Position {
    /// First of several words.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several words.
    End,
    /// The only word.
    Single,
}

/// Label of a word at `position` in a name of the kind numbered `kind` in [`KINDS`].
pub const fn label(kind: usize, position: Position) -> u8 {
    (1 + 4 * kind + position as usize) as u8
}

/// Kind number and position of a label; `None` for [`OUTSIDE`].
pub const fn parts(label: u8) -> Option<(usize, Position)> {
    if label == OUTSIDE {
        return None;
    }
    let position = match (label - 1) % 4 {
        0 => Position::Begin,
        1 => Position::Inside,
        2 => Position::End,
        _ => Position::Single,
    };
    Some((((label - 1) / 4) as usize, position))
}

/// Number of a kind in [`KINDS`].
pub const fn kind_index(kind: NameKind) -> usize {
    match kind {
        NameKind::Person => 0,
        NameKind::Location => 1,
        NameKind::Organization => 2,
        NameKind::Event => 3,
        NameKind::Product => 4,
    }
}

/// Whether `to` may follow `from` in a well-formed sequence.
pub const fn may_follow(from: u8, to: u8) -> bool {
    let open = match parts(from) {
        Some((k, Position::Begin | Position::Inside)) => Some(k),
        _ => None,
    };
    match (open, parts(to)) {
        (None, None | Some((_, Position::Begin | Position::Single))) => true,
        (Some(k), Some((k2, Position::Inside | Position::End))) => k == k2,
        _ => false,
    }
}

/// Whether a sequence may end with `label`; it may begin with what may follow [`OUTSIDE`].
pub const fn may_end(label: u8) -> bool {
    may_follow(label, OUTSIDE)
}

/// Names in a well-formed label sequence, as `(first word, word behind the last, kind number)`.
pub fn names(labels: &[u8]) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
    let mut start = 0;
    labels.iter().enumerate().filter_map(move |(i, &l)| match parts(l)? {
        (_, Position::Begin) => {
            start = i;
            None
        }
        (_, Position::Inside) => None,
        (k, Position::End) => Some((start, i + 1, k)),
        (k, Position::Single) => Some((i, i + 1, k)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_parts_are_inverse() {
        for l in 1..LABELS as u8 {
            let (k, p) = parts(l).unwrap();
            assert_eq!(label(k, p), l);
            assert_eq!(kind_index(KINDS[k]), k);
        }
        assert!(parts(OUTSIDE).is_none());
    }

    #[test]
    fn a_name_once_begun_goes_on_with_its_kind() {
        let b = label(0, Position::Begin);
        assert!(!may_follow(b, OUTSIDE) && !may_end(b));
        assert!(may_follow(b, label(0, Position::End)));
        assert!(!may_follow(b, label(1, Position::End)));
        assert!(!may_follow(OUTSIDE, label(1, Position::Inside)));
    }

    #[test]
    fn names_are_read_off() {
        let l = [
            0,
            label(1, Position::Single),
            label(2, Position::Begin),
            label(2, Position::Inside),
            label(2, Position::End),
        ];
        assert_eq!(names(&l).collect::<Vec<_>>(), [(1, 2, 1), (2, 5, 2)]);
    }
}
