//! Training of the layer of reports (`temoin_extract::reports`) on POPCORN.

pub mod crf;
pub mod gold;
pub mod stages;
pub mod train;
pub mod weights;
