//! Where the words of a document stand: in quotation marks or not, in which paragraph.

use temoin_model::{Document, TokenId};

/// Layout of a document, by word and by sentence.
pub(super) struct Scene {
    quoted: Vec<bool>,
    paragraphs: Vec<u32>,
}

impl Scene {
    pub(super) fn new(doc: &Document) -> Scene {
        let mut quoted = vec![false; doc.len()];
        let mut paragraphs = Vec::with_capacity(doc.sentence_count());
        let (mut open, mut paragraph, mut end) = (false, 0, 0);
        for s in 0..doc.sentence_count() {
            let span = doc.sentence_span(s);
            if s > 0 && span.start > end && doc.slice(temoin_model::Span::new(end, span.start)).contains('\n') {
                paragraph += 1;
                open = false;
            }
            end = span.end;
            paragraphs.push(paragraph);
            for t in doc.tokens_in(doc.sentence(s)) {
                match doc.form(t) {
                    "«" | "“" => open = true,
                    "»" | "”" => open = false,
                    "\"" => open = !open,
                    _ => quoted[t.ix()] = open,
                }
            }
        }
        Scene { quoted, paragraphs }
    }

    pub(super) fn is_quoted(&self, t: TokenId) -> bool {
        self.quoted[t.ix()]
    }

    /// Paragraph of a sentence.
    pub(super) fn paragraph(&self, sentence: u32) -> u32 {
        self.paragraphs[sentence as usize]
    }
}
