//! Configurations of the arc-hybrid system.

use super::features::{NOTHING, Window};
use crate::linear::feature;

/// No word.
pub(crate) const NONE: u32 = u32::MAX;

/// One transition, without its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Move {
    /// The next word goes on the stack.
    Shift = 0,
    /// The top of the stack becomes a dependent of the next word.
    Left = 1,
    /// The top of the stack becomes a dependent of the word below it.
    Right = 2,
}

impl Move {
    /// All of them, by class number.
    pub const ALL: [Move; 3] = [Move::Shift, Move::Left, Move::Right];
}

/// A dependent and the label of its arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Child {
    /// The word; `u32::MAX` for none.
    pub word: u32,
    /// Its label.
    pub label: u16,
}

/// No dependent.
pub(crate) const NO_CHILD: Child = Child { word: NONE, label: u16::MAX };

/// A word on the stack or the next word, with what hangs on it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The word.
    pub word: u32,
    /// The two outermost dependents on the left, the farthest first.
    pub left: [Child; 2],
    /// The two outermost dependents on the right, the farthest first.
    pub right: [Child; 2],
    /// Numbers of dependents on either side.
    pub valency: (u8, u8),
    /// Sums of label hashes on either side: an order-free set of labels.
    pub set: (u32, u32),
}

impl Item {
    /// A word on which nothing hangs.
    pub fn new(word: u32) -> Self {
        Item { word, left: [NO_CHILD; 2], right: [NO_CHILD; 2], valency: (0, 0), set: (0, 0) }
    }

    pub(super) fn take(&mut self, word: u32, label: u16) {
        let child = Child { word, label };
        let mixed = feature(255, u32::from(label), 0, 0);
        if word < self.word {
            self.valency.0 = self.valency.0.saturating_add(1);
            self.set.0 = self.set.0.wrapping_add(mixed);
            // New left dependents come from nearer to farther.
            self.left = [child, self.left[0]];
        } else {
            self.valency.1 = self.valency.1.saturating_add(1);
            self.set.1 = self.set.1.wrapping_add(mixed);
            self.right = [child, self.right[0]];
        }
    }
}

/// A configuration: stack, next word, arcs so far. Word `n` is the artificial root.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Number of words.
    pub n: usize,
    /// The stack, its top last.
    pub stack: Vec<Item>,
    /// The next word; number `n`, the root, when all words were read.
    pub next: Option<Item>,
    /// Head of every word that has one; `n` for the root.
    pub head: Vec<u32>,
    /// Label of every word that has a head.
    pub label: Vec<u16>,
}

impl State {
    /// Starts over with `n` words.
    pub fn reset(&mut self, n: usize) {
        self.n = n;
        self.next = Some(Item::new(0));
        self.stack.clear();
        self.head.clear();
        self.head.resize(n, NONE);
        self.label.clear();
        self.label.resize(n, 0);
    }

    /// Number of the next word.
    pub fn at(&self) -> usize {
        self.next.map_or(0, |i| i.word as usize)
    }

    /// What the feature functions see.
    pub fn window(&self) -> Window {
        let depth = self.stack.len();
        let stack = [1, 2, 3].map(|k| if k <= depth { self.stack[depth - k] } else { NOTHING });
        Window { stack, next: self.next.unwrap_or(NOTHING) }
    }

    /// Whether every word has its head.
    pub fn done(&self) -> bool {
        self.at() == self.n && self.stack.is_empty()
    }

    /// Whether the transition keeps to one tree with one root.
    pub fn allows(&self, m: Move) -> bool {
        let last = self.at() == self.n;
        match m {
            Move::Shift => !last,
            Move::Left => match self.stack.len() {
                0 => false,
                size => !last || size == 1,
            },
            Move::Right => self.stack.len() > 1,
        }
    }

    /// The transition, where there is only one.
    pub fn forced(&self) -> Option<Move> {
        match (self.stack.len(), self.at() == self.n) {
            (0, false) => Some(Move::Shift),
            (1, true) => Some(Move::Left),
            (_, true) => Some(Move::Right),
            _ => None,
        }
    }

    /// Whether the arc of a transition is that of the artificial root.
    pub fn roots(&self, m: Move) -> bool {
        m == Move::Left && self.at() == self.n
    }

    /// The allowed transition with the highest score; the first one wins a tie.
    pub fn choose<T: PartialOrd + Copy>(&self, scores: &[T; 3]) -> Move {
        let mut best: Option<(Move, T)> = None;
        for m in Move::ALL.into_iter().filter(|&m| self.allows(m)) {
            let s = scores[m as usize];
            if best.is_none_or(|(_, b)| s > b) {
                best = Some((m, s));
            }
        }
        best.map_or(Move::Shift, |b| b.0)
    }

    /// Carries out a transition that [`State::allows`]; `label` counts where it makes an arc.
    pub fn apply(&mut self, m: Move, label: u16) {
        let next = self.next.as_mut().expect("a state that was reset");
        if m == Move::Shift {
            let word = next.word + 1;
            self.stack.push(std::mem::replace(next, Item::new(word)));
            return;
        }
        let d = self.stack.pop().expect("allowed").word;
        let head = if m == Move::Left { next } else { self.stack.last_mut().expect("allowed") };
        head.take(d, label);
        self.head[d as usize] = head.word;
        self.label[d as usize] = label;
    }
}
