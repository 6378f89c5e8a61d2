//! The model file of the layer of reports.

use super::Reports;
use super::inventory::Inventory;
use super::labels::{LABELS, Scores};
use temoin_language::container::{ModelError, ModelFile};
use temoin_language::linear::Linear;

/// Steps of weight that make 1 in the models of types, chains and relations.
pub const UNIT: f32 = 512.0;

/// Weights of a layer of mentions.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Labels of words.
    pub words: Linear,
    /// Labels behind labels: the second by the first.
    pub pairs: Box<[Scores; LABELS]>,
}

impl Default for Layer {
    fn default() -> Self {
        Layer { words: Linear::from_rows(LABELS, &[]), pairs: Box::new([[0.0; LABELS]; LABELS]) }
    }
}

const LAYERS: [&str; 2] = ["entities", "attributes"];

impl Reports {
    /// A layer that knows types and relations, and no weights.
    pub fn untrained(inventory: Inventory) -> Self {
        let none = |classes| Linear::from_rows(classes, &[]);
        Reports {
            layers: [Layer::default(), Layer::default()],
            kinds: none(inventory.types.len()),
            chains: none(1),
            relations: none(inventory.relations.len()),
            inventory,
        }
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// When it is of another kind or version, damaged, or its sections do not fit together.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let file = ModelFile::read(bytes)?;
        let linear = |name: &str, classes: usize| {
            let model = Linear::from_bytes(&file.section(name)?)?;
            let fits = model.classes() == classes;
            if fits { Ok(model) } else { Err(ModelError::Damaged("reports: wrong number of classes")) }
        };
        let layer = |name: &str| {
            let bytes = file.section(&format!("{name}-pairs"))?;
            let (values, rest) = bytes.as_chunks::<2>();
            if values.len() != LABELS * LABELS || !rest.is_empty() {
                return Err(ModelError::Damaged("reports: wrong number of labels"));
            }
            let mut pairs = Box::new([[0.0; LABELS]; LABELS]);
            for (p, v) in pairs.iter_mut().flatten().zip(values) {
                *p = f32::from(i16::from_le_bytes(*v));
            }
            Ok(Layer { words: linear(name, LABELS)?, pairs })
        };
        let text = file.section("inventory")?;
        let inventory = std::str::from_utf8(&text).map_err(|_| ModelError::Damaged("inventory of reports"))?;
        let inventory = Inventory::from_text(inventory)?;
        Ok(Reports {
            layers: [layer(LAYERS[0])?, layer(LAYERS[1])?],
            kinds: linear("kinds", inventory.types.len())?,
            chains: linear("chains", 1)?,
            relations: linear("relations", inventory.relations.len())?,
            inventory,
        })
    }

    /// Writes its sections into a model file.
    pub fn write(&self, file: &mut ModelFile<'_>) {
        file.insert("inventory", self.inventory.to_text().into_bytes());
        for (layer, name) in self.layers.iter().zip(LAYERS) {
            file.insert(name, layer.words.to_bytes());
            let pairs = layer.pairs.iter().flatten();
            file.insert(&format!("{name}-pairs"), pairs.flat_map(|&p| (p as i16).to_le_bytes()).collect());
        }
        file.insert("kinds", self.kinds.to_bytes());
        file.insert("chains", self.chains.to_bytes());
        file.insert("relations", self.relations.to_bytes());
    }
}
