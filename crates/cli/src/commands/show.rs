//! `temoin show`
use crate::args::Show;
use crate::messages::{Outcome, Result};
pub(crate) fn run(_: &Show) -> Result {
    Ok(Outcome::Done)
}
