//! Dependency parser: arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta 2011), chosen
//! greedily by a linear model; trained with a dynamic oracle (Goldberg and Nivre 2013).
//!
//! Every sentence gets exactly one tree: the artificial root stands behind the last word, and
//! takes its one dependent only when nothing else is left on the stack.

mod features;
pub(crate) mod mend;
mod state;

pub use features::{Input, features};
pub use state::{Action, State};

use crate::container::ModelError;
use crate::linear::{Linear, Reader, Scorer, put, put_str};

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

    /// Number of classes of the model: shift, and two arcs per label.
    pub fn classes(&self) -> usize {
        1 + 2 * self.0.len()
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
    pub model: Linear,
}

/// Working memory of a parser, kept between sentences.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    features: Vec<u32>,
    scores: Vec<f32>,
    /// The last parse.
    pub state: State,
}

impl Parser {
    /// Parses one sentence; heads and labels are then in `s.state`.
    pub fn parse(&self, input: &Input<'_>, s: &mut Scratch) {
        s.state.reset(input.len());
        while !s.state.done() {
            if let Some(only) = s.state.forced() {
                s.state.apply(only);
                continue;
            }
            features(input, &s.state, &mut s.features);
            s.scores.clear();
            s.scores.resize(self.labels.classes(), 0.0);
            self.model.add(&s.features, &mut s.scores);
            let action = s.state.choose(&s.scores);
            s.state.apply(action);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_weights_give_one_tree() {
        let labels = Labels::new(vec!["nsubj".into(), "obj".into()]);
        for bias in 0..5u16 {
            let rows = vec![(crate::linear::feature(200, 0, 0, 0), vec![(bias, 100i16)])];
            let p = Parser { labels: labels.clone(), model: Linear::from_rows(labels.classes(), &rows) };
            let mut s = Scratch::default();
            for n in [1usize, 2, 7, 5000] {
                let col = vec![3u32; n];
                p.parse(&Input { word: &col, form: &col, tag: &col, fine: &col, coarse: &col, cluster: &col }, &mut s);
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
