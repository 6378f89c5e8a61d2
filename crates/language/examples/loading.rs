//! Time that the models which the binary embeds take to be read, names left out: the first time in the
//! process, which is what a user waits for, and the median of 20 times after it.
//!
//! `cargo run --release -p temoin-language --example loading en`

use std::time::Instant;
use temoin_language::analysis::Models;
use temoin_language::container::{ModelError, ModelFile};

fn main() -> Result<(), ModelError> {
    let lang = std::env::args().nth(1).unwrap_or_else(|| "fr".into());
    let bytes: &[u8] = match lang.as_str() {
        "en" => include_bytes!("../../../data/models/en.analysis.model"),
        _ => include_bytes!("../../../data/models/fr.analysis.model"),
    };
    let mut times = Vec::new();
    for _ in 0..21 {
        let start = Instant::now();
        let models = Models::from_file(&ModelFile::read(bytes)?)?;
        times.push(1000.0 * start.elapsed().as_secs_f64());
        drop(models);
    }
    times[1..].sort_by(f64::total_cmp);
    println!("{lang}: first {:.1} ms, later {:.1}", times[0], times[11]);
    Ok(())
}
