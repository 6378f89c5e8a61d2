//! Weights of the name tagger: a linear model from features to labels, and the scores of pairs of
//! labels, in a model file of their own. All are whole numbers, so that sums are exact and every
//! machine decides alike.

use super::labels::LABELS;
use crate::container::{ModelError, ModelFile};
use crate::linear::Linear;

/// Section of the features' weights.
pub const WEIGHTS: &str = "names";
/// Section of the label pairs: rows of [`LABELS`] little-endian `i16`.
pub const PAIRS: &str = "names-pairs";

/// Sum of weights for each label.
pub type Scores = [f32; LABELS];

/// Sums of the weights, which are whole numbers, for each label.
pub type Sums = [i32; LABELS];

/// Scores of a label (second) behind another (first).
pub type Pairs = [[f32; LABELS]; LABELS];

/// The weights, ready for use.
#[derive(Clone, Debug)]
pub struct NameModel {
    weights: Linear,
    pairs: Box<Pairs>,
}

impl NameModel {
    /// A model of these weights.
    pub fn new(weights: Linear, pairs: &Pairs) -> Self {
        NameModel { weights, pairs: Box::new(*pairs) }
    }

    /// Number of features with a weight.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether no feature has a weight.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Scores of label pairs.
    pub fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    /// Sums of the weights of `features`.
    pub fn sums(&self, features: &[u32]) -> Sums {
        let mut sums = [0; LABELS];
        self.weights.add(features, &mut sums);
        sums
    }

    /// Reads the sections of a model file.
    ///
    /// # Errors
    /// When a section is missing or damaged.
    pub fn read(file: &ModelFile<'_>) -> Result<Self, ModelError> {
        let weights = Linear::from_bytes(&file.section(WEIGHTS)?)?;
        let pairs = file.section(PAIRS)?;
        let (values, rest) = pairs.as_chunks::<2>();
        if weights.classes() != LABELS || values.len() != LABELS * LABELS || !rest.is_empty() {
            return Err(ModelError::Damaged("names: wrong number of labels"));
        }
        let mut pairs = [[0.0; LABELS]; LABELS];
        for (p, v) in pairs.iter_mut().flatten().zip(values) {
            *p = f32::from(i16::from_le_bytes(*v));
        }
        Ok(NameModel::new(weights, &pairs))
    }

    /// Writes the sections into a model file.
    pub fn write(&self, file: &mut ModelFile<'_>) {
        file.insert(WEIGHTS, self.weights.to_bytes());
        file.insert(PAIRS, self.pairs.iter().flatten().flat_map(|&p| (p as i16).to_le_bytes()).collect());
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
        NameModel::new(Linear::from_rows(LABELS, &rows), &pairs).write(&mut file);
        let model = NameModel::read(&file).unwrap();
        assert_eq!(model.len(), 50);
        assert_eq!(*model.pairs(), pairs);
        assert_eq!(model.sums(&[7919 * 4])[4], -21);
    }

    #[test]
    fn missing_sections_are_told() {
        assert_eq!(NameModel::read(&ModelFile::default()).unwrap_err(), ModelError::Missing(WEIGHTS.into()));
    }
}
