//! Oxigraph's store on disk, which `oxigraph serve --location DIR` and pyoxigraph open.
//!
//! The one format whose bytes differ from run to run: RocksDB writes times and identifiers of its own.
//! What it holds is the same.

use super::{ExportReport, Facts, make_folder, rdf};
use crate::error::GraphError;
use crate::store::GraphFolder;
use oxigraph::store::Store;
use std::fs;
use std::path::Path;

pub(super) fn write(folder: &GraphFolder, facts: Facts, path: &Path) -> Result<ExportReport, GraphError> {
    make_folder(path)?;
    let used = fs::read_dir(path).map_err(|e| GraphError::io("list", path, e))?.next().is_some();
    if used {
        return Err(GraphError::Form(format!("{} is not empty: a store needs a folder of its own", path.display())));
    }
    let mut report = ExportReport::default();
    let store = Store::open(path)?;
    let mut loader = store.bulk_loader();
    rdf::each(folder, facts, &mut report, |quads, report| {
        report.quads += quads.len() as u64;
        loader.load_quads(quads).map_err(GraphError::from)
    })?;
    loader.commit()?;
    // What RocksDB commits is not synced before.
    store.flush()?;
    Ok(report)
}
