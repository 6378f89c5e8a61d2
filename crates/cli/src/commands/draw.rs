//! `temoin draw`
use crate::args::Draw;
use crate::messages::{Outcome, Result};
pub(crate) fn run(_: &Draw) -> Result {
    Ok(Outcome::Done)
}
