//! `temoin query`
use crate::args::Query;
use crate::messages::{Outcome, Result};
pub(crate) fn run(_: &Query) -> Result {
    Ok(Outcome::Done)
}
