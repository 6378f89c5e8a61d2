//! Beam search over configurations that share what they have in common.

use super::features::{Cell, NOTHING, Window};
use super::state::{Item, Move, NONE};

/// What scores transitions and names arcs.
pub trait Weights {
    /// Scores of the three transitions.
    fn moves(&mut self, input: &[Cell], window: &Window) -> [f64; 3];
    /// Label of the arc that a transition makes.
    fn label(&mut self, input: &[Cell], window: &Window, m: Move) -> u16;
}

/// A stack as a linked list: an item and the place of the one below it.
#[derive(Clone, Copy, Debug)]
struct Link {
    item: Item,
    below: u32,
}

/// One configuration of the beam.
#[derive(Clone, Copy, Debug)]
struct Node {
    top: u32,
    depth: u32,
    next: Item,
    score: f64,
    /// Place of its last transition in the history.
    last: u32,
}

/// One transition in the history of a configuration.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: u32,
    m: Move,
    label: u16,
    score: f64,
}

/// The transitions of a configuration from the start, each with its label and the total score so far.
pub type Path = Vec<(Move, u16, f64)>;

/// Working memory of the search.
#[derive(Clone, Debug, Default)]
pub struct Beam {
    links: Vec<Link>,
    steps: Vec<Step>,
    nodes: Vec<Node>,
    fresh: Vec<Node>,
    options: Vec<(f64, u32, Move)>,
    /// What was scored in this step.
    scored: Vec<(Window, [f64; 3])>,
    /// Labels of arcs of the sentence, found lately.
    known: Vec<Option<(Arc, u16)>>,
    /// The best sequence.
    path: Path,
}

/// Places in the memory for labels.
const KNOWN: usize = 256;

/// What a label depends on the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Arc {
    dep: u32,
    head: u32,
    m: Move,
    dep_set: (u32, u32),
    head_set: (u32, u32),
}

impl Beam {
    fn window(&self, node: &Node) -> Window {
        let mut at = node.top;
        let stack = [(); 3].map(|()| match self.links.get(at as usize) {
            Some(link) => {
                at = link.below;
                link.item
            }
            None => NOTHING,
        });
        Window { stack, next: node.next }
    }

    /// Searches the best sequence of transitions for `input` with `width` configurations at a time,
    /// giving up those whose score is more than `margin` behind the best. Calls `each` after every
    /// step with its number, the best score and that configuration's place for [`Beam::path`].
    pub fn search(
        &mut self,
        input: &[Cell],
        width: usize,
        margin: f64,
        weights: &mut impl Weights,
        mut each: impl FnMut(usize, f64, u32),
    ) -> &Path {
        let n = input.len();
        self.links.clear();
        self.steps.clear();
        self.known.clear();
        self.nodes.clear();
        self.nodes.push(Node { top: NONE, depth: 0, next: Item::new(0), score: 0.0, last: NONE });
        for step in 0..2 * n {
            self.options.clear();
            self.scored.clear();
            for k in 0..self.nodes.len() {
                let node = self.nodes[k];
                let end = node.next.word as usize == n;
                let allowed = [!end, node.depth > 0 && (!end || node.depth == 1), node.depth > 1];
                let forced = allowed.iter().filter(|a| **a).count() == 1;
                let scores = if forced { [0.0; 3] } else { self.moves(input, &node, weights) };
                for m in Move::ALL.into_iter().filter(|&m| allowed[m as usize]) {
                    self.options.push((node.score + scores[m as usize], k as u32, m));
                }
            }
            // The order of equal scores is that of the configurations before them.
            self.options.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2 as u8).cmp(&(b.1, b.2 as u8))));
            self.options.truncate(width);
            let floor = self.options[0].0 - margin;
            self.options.retain(|o| o.0 >= floor);
            self.fresh.clear();
            for k in 0..self.options.len() {
                let (score, from, m) = self.options[k];
                let node = self.nodes[from as usize];
                let next = self.follow(input, &node, m, score, weights);
                self.fresh.push(next);
            }
            std::mem::swap(&mut self.nodes, &mut self.fresh);
            let best = self.nodes[0];
            each(step, best.score, best.last);
        }
        let mut path = std::mem::take(&mut self.path);
        self.trace(self.nodes.first().map_or(NONE, |best| best.last), &mut path);
        self.path = path;
        &self.path
    }

    /// The transitions that lead to a place in the history.
    pub fn path(&self, at: u32) -> Path {
        let mut path = Path::new();
        self.trace(at, &mut path);
        path
    }

    fn trace(&self, mut at: u32, path: &mut Path) {
        path.clear();
        while let Some(s) = self.steps.get(at as usize) {
            path.push((s.m, s.label, s.score));
            at = s.before;
        }
        path.reverse();
    }

    /// Scores of the transitions. One configuration in three looks like another of its step: they
    /// differ below what is looked at.
    fn moves(&mut self, input: &[Cell], node: &Node, weights: &mut impl Weights) -> [f64; 3] {
        let window = self.window(node);
        if let Some((_, scores)) = self.scored.iter().find(|s| s.0 == window) {
            return *scores;
        }
        let scores = weights.moves(input, &window);
        self.scored.push((window, scores));
        scores
    }

    /// The label of an arc. Configurations that differ only elsewhere share it.
    fn label(&mut self, input: &[Cell], node: &Node, m: Move, weights: &mut impl Weights) -> u16 {
        let window = self.window(node);
        let head = if m == Move::Left { &window.next } else { &window.stack[1] };
        let dep = &window.stack[0];
        let key = Arc { dep: dep.word, head: head.word, m, dep_set: dep.set, head_set: head.set };
        let place = (dep.word.wrapping_mul(31) ^ head.word) as usize % KNOWN;
        self.known.resize(KNOWN, None);
        match self.known[place] {
            Some((known, label)) if known == key => label,
            _ => {
                let label = weights.label(input, &window, m);
                self.known[place] = Some((key, label));
                label
            }
        }
    }

    fn follow(&mut self, input: &[Cell], node: &Node, m: Move, score: f64, weights: &mut impl Weights) -> Node {
        let root = m == Move::Left && node.next.word as usize == input.len();
        let label = if m == Move::Shift || root { 0 } else { self.label(input, node, m, weights) };
        let mut new = Node { score, last: self.steps.len() as u32, ..*node };
        self.steps.push(Step { before: node.last, m, label, score });
        if m == Move::Shift {
            self.links.push(Link { item: node.next, below: node.top });
            new.top = self.links.len() as u32 - 1;
            new.depth += 1;
            new.next = Item::new(node.next.word + 1);
            return new;
        }
        let top = self.links[node.top as usize];
        new.top = top.below;
        new.depth -= 1;
        if m == Move::Left {
            new.next.take(top.item.word, label);
        } else {
            let mut head = self.links[top.below as usize];
            head.item.take(top.item.word, label);
            self.links.push(head);
            new.top = self.links.len() as u32 - 1;
        }
        new
    }
}
