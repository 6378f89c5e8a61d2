//! Tables in Markdown, with columns as wide as their cells so that the source reads well too.

/// A table: its header, then its rows. Missing cells are filled with a dash.
#[derive(Clone, Debug, Default)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new<S: Into<String>>(header: impl IntoIterator<Item = S>) -> Self {
        Table { header: header.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The first column to the left, the others, which hold figures, to the right.
    pub fn markdown(&self) -> String {
        let width = |c: usize| {
            let cells = std::iter::once(&self.header).chain(&self.rows);
            cells.filter_map(|r| r.get(c)).map(|s| escape(s).chars().count()).max().unwrap_or(0).max(3)
        };
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        let line = |cells: &[String]| {
            let mut out = String::from("|");
            for (c, &w) in widths.iter().enumerate() {
                let cell = cells.get(c).filter(|s| !s.is_empty()).map_or_else(|| "–".to_owned(), |s| escape(s));
                if c == 0 {
                    out.push_str(&format!(" {cell:<w$} |"));
                } else {
                    out.push_str(&format!(" {cell:>w$} |"));
                }
            }
            out.push('\n');
            out
        };
        let mut out = line(&self.header);
        out.push('|');
        for (c, &w) in widths.iter().enumerate() {
            out.push_str(&if c == 0 { format!("{}|", "-".repeat(w + 2)) } else { format!("{}:|", "-".repeat(w + 1)) });
        }
        out.push('\n');
        self.rows.iter().for_each(|r| out.push_str(&line(r)));
        out
    }
}

fn escape(cell: &str) -> String {
    cell.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut t = Table::new(["système", "F1"]);
        t.row(["ours", "90.25"]);
        t.row(["a|b"]);
        assert_eq!(
            t.markdown(),
            "| système |    F1 |\n|---------|------:|\n| ours    | 90.25 |\n| a\\|b    |     – |\n"
        );
    }
}
