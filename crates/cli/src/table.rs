//! Tables for people.

use comfy_table::{ContentArrangement, Table, presets};

/// A table without lines, as wide as the terminal, or 140 columns when piped or where the terminal does not know.
pub(crate) fn table(header: &[&str]) -> Table {
    let mut t = Table::new();
    t.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if t.width().is_none_or(|w| w == 0) {
        t.set_width(140);
    }
    t.set_header(header.to_vec());
    t
}
