//! Weights of the name tagger: a linear model from features to labels, and the scores of pairs of
//! labels, in a model file of their own. All are whole numbers, so that sums are exact and every
//! machine decides alike.

use super::labels::LABELS;
use crate::container::{ModelError, ModelFile};
use crate::linear::{Linear, Scorer};

/// Section of the features' weights.
pub const WEIGHTS: &str = "names";
/// Section of the label pairs: rows of [`LABELS`] little-endian `i16`.
pub const PAIRS: &str = "names-pairs";
/// Sections of the second look.
pub const SECOND: [&str; 2] = ["names-second", "names-second-pairs"];

/// Sum of weights for each label.
pub type Scores = [f32; LABELS];

/// Scores of a label (second) behind another (first).
pub type Pairs = [[f32; LABELS]; LABELS];

/// Weights of one look at the text.
#[derive(Clone, Debug)]
pub struct Look {
    weights: Linear,
    pairs: Box<Pairs>,
}

impl Look {
    /// These weights.
    pub fn new(weights: Linear, pairs: &Pairs) -> Self {
        Look { weights, pairs: Box::new(*pairs) }
    }

    /// A second look behind this one that changes nothing.
    pub fn unchanged(&self) -> Look {
        Look::new(Linear::from_rows(LABELS, &[]), &self.pairs)
    }

    fn read(file: &ModelFile, weights: &str, pairs: &str) -> Result<Self, ModelError> {
        let weights = Linear::from_bytes(file.section(weights)?)?;
        let (values, rest) = file.section(pairs)?.as_chunks::<2>();
        if weights.classes() != LABELS || values.len() != LABELS * LABELS || !rest.is_empty() {
            return Err(ModelError::Damaged("names: wrong number of labels"));
        }
        let mut pairs = [[0.0; LABELS]; LABELS];
        for (p, v) in pairs.iter_mut().flatten().zip(values) {
            *p = f32::from(i16::from_le_bytes(*v));
        }
        Ok(Look::new(weights, &pairs))
    }

    fn write(&self, file: &mut ModelFile, weights: &str, pairs: &str) {
        file.insert(weights, self.weights.to_bytes());
        file.insert(pairs, self.pairs.iter().flatten().flat_map(|&p| (p as i16).to_le_bytes()).collect());
    }
}

/// The weights of both looks, ready for use.
#[derive(Debug)]
pub struct NameModel {
    first: Look,
    second: Look,
}

impl NameModel {
    /// A model of these weights.
    pub fn new(first: Look, second: Look) -> Self {
        NameModel { first, second }
    }

    /// Number of features with a weight in the first look.
    pub fn len(&self) -> usize {
        self.first.weights.len()
    }

    /// Whether no feature has a weight.
    pub fn is_empty(&self) -> bool {
        self.first.weights.is_empty()
    }

    /// Scores of label pairs in the first look.
    pub fn pairs(&self) -> &Pairs {
        &self.first.pairs
    }

    /// Scores of label pairs in the second look.
    pub fn second_pairs(&self) -> &Pairs {
        &self.second.pairs
    }

    /// Adds the weights of a feature of the first look to `scores`.
    #[inline]
    pub fn add(&self, feature: u32, scores: &mut Scores) {
        self.first.weights.add(&[feature], scores);
    }

    /// Adds the weights of a feature of the second look to `scores`.
    #[inline]
    pub fn add_second(&self, feature: u32, scores: &mut Scores) {
        self.second.weights.add(&[feature], scores);
    }

    /// Reads the sections of a model file.
    ///
    /// # Errors
    /// When a section is missing or damaged.
    pub fn read(file: &ModelFile) -> Result<Self, ModelError> {
        Ok(NameModel { first: Look::read(file, WEIGHTS, PAIRS)?, second: Look::read(file, SECOND[0], SECOND[1])? })
    }

    /// Writes the sections into a model file.
    pub fn write(&self, file: &mut ModelFile) {
        self.first.write(file, WEIGHTS, PAIRS);
        self.second.write(file, SECOND[0], SECOND[1]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let rows: Vec<_> = (0..50u32).map(|k| (k * 7919, vec![((k % 21) as u16, k as i16 - 25)])).collect();
        let mut pairs = [[0.0; LABELS]; LABELS];
        pairs[2][5] = -300.0;
        let mut file = ModelFile::default();
        let first = Look::new(Linear::from_rows(LABELS, &rows), &pairs);
        let second = Look::new(Linear::from_rows(LABELS, &rows[..3]), &[[1.0; LABELS]; LABELS]);
        NameModel::new(first, second).write(&mut file);
        let model = NameModel::read(&file).unwrap();
        assert_eq!(model.len(), 50);
        assert_eq!(*model.pairs(), pairs);
        let mut scores = [0.0; LABELS];
        model.add(7919 * 4, &mut scores);
        model.add_second(7919, &mut scores);
        assert_eq!((scores[4], scores[1]), (-21.0, -24.0));
        assert_eq!(model.second_pairs()[0][0], 1.0);
    }

    #[test]
    fn missing_sections_are_told() {
        assert_eq!(NameModel::read(&ModelFile::default()).unwrap_err(), ModelError::Missing(WEIGHTS.into()));
    }
}
