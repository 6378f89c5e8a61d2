//! Dependency parser: arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta 2011), chosen
//! greedily by a linear model; trained with a dynamic oracle (Goldberg and Nivre 2013).
//!
//! Every sentence gets exactly one tree: the artificial root stands behind the last word, and
//! takes its one dependent only when nothing else is left on the stack.

mod beam;
mod features;
mod memo;
pub(crate) mod mend;
mod moves;
mod state;

pub use beam::{Beam, Path, Weights};
pub use features::{Cell, Window, label_features};
pub use moves::features;
pub use state::{Item, Move, State};

use crate::container::{ModelError, ModelFile};
use crate::linear::{Linear, Reader, best, put, put_str};
use crate::packed::Packed;

/// Relation labels; number 0 is `root`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(pub Vec<String>);

impl Labels {
    /// From the relations of a treebank, in any order, repeats allowed.
    pub fn new(mut names: Vec<String>) -> Self {
        names.retain(|n| n != "root");
        names.sort();
        names.dedup();
        names.insert(0, "root".into());
        Labels(names)
    }

    /// Number of a relation.
    pub fn number(&self, name: &str) -> Option<u16> {
        self.0.iter().position(|n| n == name).map(|n| n as u16)
    }

    /// As bytes, for a section of a model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, self.0.len() as u64);
        self.0.iter().for_each(|n| put_str(&mut out, n));
        out
    }

    /// Reads what [`Labels::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are cut short or the first label is not `root`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut r = Reader::new(bytes);
        let n = r.varint()?;
        let names: Vec<String> = (0..n).map(|_| r.str().map(str::to_owned)).collect::<Result<_, _>>()?;
        if names.first().is_none_or(|n| n != "root") {
            return Err(ModelError::Damaged("labels without a root"));
        }
        Ok(Labels(names))
    }
}

/// The parser of one language.
#[derive(Clone, Debug)]
pub struct Parser {
    /// Its labels.
    pub labels: Labels,
    /// Scores of the transitions.
    pub moves: Packed,
    /// Scores of the labels of an arc.
    pub arcs: Linear,
    /// Configurations looked at together.
    pub width: usize,
    /// Configurations whose score is further behind the best one are given up.
    pub margin: i64,
    /// Whether word clusters are looked at.
    pub clusters: bool,
}

/// Working memory of a parser, kept between sentences.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    features: Vec<u32>,
    scores: Vec<i32>,
    sums: moves::Sums,
    beam: Beam,
    /// The last parse.
    pub state: State,
}

/// A finished parser's weights for the search.
struct Finished<'a> {
    parser: &'a Parser,
    features: &'a mut Vec<u32>,
    scores: &'a mut Vec<i32>,
    sums: &'a mut moves::Sums,
}

impl Weights for Finished<'_> {
    fn moves(&mut self, input: &[Cell], window: &Window) -> [f64; 3] {
        self.sums.scores(&self.parser.moves, input, window).map(f64::from)
    }

    fn label(&mut self, input: &[Cell], window: &Window, m: Move) -> u16 {
        label_features(input, window, m, self.features);
        self.scores.clear();
        self.scores.resize(self.parser.labels.0.len(), 0);
        self.parser.arcs.add(self.features, self.scores);
        best(self.scores, |l| l != 0).map_or(0, |l| l as u16)
    }
}

impl Parser {
    /// Sections of a model file that [`Parser::from_file`] reads back.
    pub fn write(&self, f: &mut ModelFile<'_>) {
        let mut search = Vec::new();
        put(&mut search, self.width as u64);
        put(&mut search, self.margin as u64);
        put(&mut search, u64::from(self.clusters));
        f.insert("labels", self.labels.to_bytes());
        f.insert("search", search);
        f.insert("moves", self.moves.to_bytes());
        f.insert("arcs", self.arcs.to_bytes());
    }

    /// The parser in a file.
    ///
    /// # Errors
    /// When a section is missing or damaged.
    pub fn from_file(f: &ModelFile<'_>) -> Result<Self, ModelError> {
        let search = f.section("search")?;
        let mut search = Reader::new(&search);
        let (width, margin) = (search.varint()? as usize, search.varint()? as i64);
        let clusters = search.varint()? != 0;
        let labels = Labels::from_bytes(&f.section("labels")?)?;
        let (moves, arcs) = (Packed::from_bytes(&f.section("moves")?)?, Linear::from_bytes(&f.section("arcs")?)?);
        if arcs.classes() != labels.0.len() || !(1..=64).contains(&width) || margin < 0 {
            return Err(ModelError::Damaged("parser: sections do not fit together"));
        }
        Ok(Parser { labels, moves, arcs, width, margin, clusters })
    }

    /// Parses one sentence; heads and labels are then in `s.state`.
    pub fn parse(&self, input: &[Cell], s: &mut Scratch) {
        s.state.reset(input.len());
        s.sums.clear();
        let mut weights =
            Finished { parser: self, features: &mut s.features, scores: &mut s.scores, sums: &mut s.sums };
        if self.width > 1 {
            let path = s.beam.search(input, self.width, self.margin as f64, &mut weights, |_, _, _| ());
            path.iter().for_each(|&(m, label, _)| s.state.apply(m, label));
            return;
        }
        while !s.state.done() {
            let window = s.state.window();
            let m = s.state.forced().unwrap_or_else(|| s.state.choose(&weights.moves(input, &window)));
            let label = if m == Move::Shift || s.state.roots(m) { 0 } else { weights.label(input, &window, m) };
            s.state.apply(m, label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_weights_give_one_tree() {
        let labels = Labels::new(vec!["nsubj".into(), "obj".into()]);
        for (bias, width) in [(0usize, 1usize), (1, 1), (2, 1), (0, 4), (1, 4), (2, 4)] {
            let mut row = [0i16; 3];
            row[bias] = 100;
            let moves = Packed::from_rows(&[(crate::linear::feature(200, 0, 0, 0), row)]);
            let p = Parser {
                labels: labels.clone(),
                moves,
                arcs: Linear::from_rows(3, &[]),
                width,
                margin: 500,
                clusters: true,
            };
            let mut s = Scratch::default();
            for n in [1usize, 2, 7, 5000] {
                p.parse(&vec![Cell::all(3); n], &mut s);
                let roots = (0..n).filter(|&i| s.state.head[i] as usize == n).count();
                assert_eq!(roots, 1);
                for i in 0..n {
                    let (mut at, mut steps) = (i, 0);
                    while at < n {
                        at = s.state.head[at] as usize;
                        steps += 1;
                        assert!(steps <= n, "a cycle");
                    }
                    assert_eq!(s.state.label[i] == 0, s.state.head[i] as usize == n);
                }
            }
        }
    }
}
