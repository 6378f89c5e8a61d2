//! Configurations of the arc-hybrid system.

/// No word.
pub(super) const NONE: u32 = u32::MAX;

/// One transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack becomes a dependent of the next word.
    Left(u16),
    /// The top of the stack becomes a dependent of the word below it.
    Right(u16),
}

impl Action {
    /// Class number in the model.
    pub fn class(self) -> usize {
        match self {
            Action::Shift => 0,
            Action::Left(l) => 1 + 2 * usize::from(l),
            Action::Right(l) => 2 + 2 * usize::from(l),
        }
    }

    /// The transition of a class number.
    pub fn from_class(c: usize) -> Self {
        match c {
            0 => Action::Shift,
            c if c % 2 == 1 => Action::Left(((c - 1) / 2) as u16),
            c => Action::Right(((c - 2) / 2) as u16),
        }
    }
}

/// A configuration: stack, next word, arcs so far. Word `n` is the artificial root.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Number of words.
    pub n: usize,
    /// Words on the stack, the top last.
    pub stack: Vec<u32>,
    /// Next word.
    pub next: usize,
    /// Head of every word that has one; `n` for the root.
    pub head: Vec<u32>,
    /// Label of every word that has a head.
    pub label: Vec<u16>,
    pub(super) left: Vec<[u32; 2]>,
    pub(super) right: Vec<[u32; 2]>,
    pub(super) valency: Vec<(u8, u8)>,
    /// Sums of label hashes on either side: an order-free set of labels.
    pub(super) label_set: Vec<(u32, u32)>,
}

impl State {
    /// Starts over with `n` words.
    pub fn reset(&mut self, n: usize) {
        self.n = n;
        self.next = 0;
        self.stack.clear();
        self.head.clear();
        self.head.resize(n, NONE);
        self.label.clear();
        self.label.resize(n, 0);
        self.left.clear();
        self.left.resize(n + 1, [NONE; 2]);
        self.right.clear();
        self.right.resize(n + 1, [NONE; 2]);
        self.valency.clear();
        self.valency.resize(n + 1, (0, 0));
        self.label_set.clear();
        self.label_set.resize(n + 1, (0, 0));
    }

    /// Whether every word has its head.
    pub fn done(&self) -> bool {
        self.next == self.n && self.stack.is_empty()
    }

    /// Whether the transition keeps to one tree with one root.
    pub fn allows(&self, a: Action) -> bool {
        let last = self.next == self.n;
        match a {
            Action::Shift => !last,
            Action::Left(l) => match self.stack.len() {
                0 => false,
                size => (l == 0) == last && (!last || size == 1),
            },
            Action::Right(l) => l != 0 && self.stack.len() > 1,
        }
    }

    /// The transition, where there is only one.
    pub fn forced(&self) -> Option<Action> {
        match (self.stack.len(), self.next == self.n) {
            (0, false) => Some(Action::Shift),
            (1, true) => Some(Action::Left(0)),
            _ => None,
        }
    }

    /// The allowed transition with the highest score.
    pub fn choose(&self, scores: &[f32]) -> Action {
        self.choose_among(scores, |_| true)
    }

    /// The allowed transition with the highest score among those that `admit` lets through.
    pub fn choose_among(&self, scores: &[f32], mut admit: impl FnMut(Action) -> bool) -> Action {
        let best = crate::linear::best(scores, |c| {
            let a = Action::from_class(c);
            self.allows(a) && admit(a)
        });
        best.map_or(Action::Shift, Action::from_class)
    }

    /// Carries out a transition that [`State::allows`].
    pub fn apply(&mut self, a: Action) {
        match a {
            Action::Shift => {
                self.stack.push(self.next as u32);
                self.next += 1;
            }
            Action::Left(l) => {
                let d = self.stack.pop().expect("allowed");
                self.arc(self.next as u32, d, l);
            }
            Action::Right(l) => {
                let d = self.stack.pop().expect("allowed");
                let h = *self.stack.last().expect("allowed");
                self.arc(h, d, l);
            }
        }
    }

    fn arc(&mut self, head: u32, dep: u32, label: u16) {
        let (h, d) = (head as usize, dep as usize);
        self.head[d] = head;
        self.label[d] = label;
        let v = &mut self.valency[h];
        let set = &mut self.label_set[h];
        let mixed = crate::linear::feature(255, u32::from(label), 0, 0);
        if dep < head {
            v.0 = v.0.saturating_add(1);
            set.0 = set.0.wrapping_add(mixed);
            let c = &mut self.left[h];
            // New left dependents come from nearer to farther.
            if c[0] == NONE || dep < c[0] {
                *c = [dep, c[0]];
            }
        } else {
            v.1 = v.1.saturating_add(1);
            set.1 = set.1.wrapping_add(mixed);
            let c = &mut self.right[h];
            if c[0] == NONE || dep > c[0] {
                *c = [dep, c[0]];
            }
        }
    }
}
