//! The Python module `temoin._temoin`: what the facade does, as Python sees it.
//!
//! The package (`python/temoin`) re-exports it; its types are in `_temoin.pyi`, which the tests hold against
//! this module. The interpreter lock is released while text is analysed, graphs are loaded and queries run,
//! and Ctrl-C is looked for meanwhile.

mod articles;
mod build;
mod errors;
mod extraction;
mod graph;
mod html;
mod interrupt;
mod pipeline;
mod table;

use pyo3::prelude::*;

/// Claims with evidence from news articles, and graphs of them.
#[pymodule]
mod _temoin {
    #[pymodule_export]
    use crate::build::{BuildReport, build, merge};
    #[pymodule_export]
    use crate::errors::{NotFoundError, QueryError, TemoinError, TemoinWarning};
    #[pymodule_export]
    use crate::extraction::{Claim, Extraction};
    #[pymodule_export]
    use crate::graph::{Diagram, Graph, Path, open};
    #[pymodule_export]
    use crate::pipeline::Pipeline;
    #[pymodule_export]
    use crate::table::Table;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(m: &Bound<'_, PyModule>) -> PyResult<()> {
        m.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
