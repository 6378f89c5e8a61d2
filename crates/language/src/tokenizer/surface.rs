//! The tokens of the surface and their places in the text.

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// Blanks.
    Space,
    /// One line break.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// A token of the surface, in bytes and in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surface {
    /// First byte.
    pub start: usize,
    /// First byte behind.
    pub end: usize,
    /// First code point.
    pub char_start: u32,
    /// First code point behind.
    pub char_end: u32,
    /// What stands before it.
    pub gap: Gap,
}

impl Surface {
    /// Its characters in `text`.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }
}
