//! Sentences as normalised strings whose pieces map back to tokens, so that patterns see the same
//! words whatever the spelling of apostrophes, dashes, blanks in numbers and contractions.

use temoin_model::{Document, Span, Tok, TokenId};

/// The words of one sentence, in lower case, each followed by one blank; the text also begins with
/// a blank, so that a pattern can ask for whole words by blanks alone.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) text: String,
    starts: Vec<u32>,
    tokens: Vec<TokenId>,
}

impl Words {
    pub(crate) fn of(doc: &Document, sentence: Span<Tok>) -> Self {
        let mut w = Words { text: String::with_capacity(8 * sentence.len() as usize + 1), ..Words::default() };
        w.text.push(' ');
        for t in doc.tokens_in(sentence) {
            let start = w.text.len();
            normal(doc.form(t), &mut w.text);
            let parts = match &w.text[start..] {
                "du" => ("de", "le"),
                "au" => ("à", "le"),
                "aux" => ("à", "les"),
                _ => {
                    w.end(start, t);
                    continue;
                }
            };
            w.text.truncate(start);
            w.push(parts.0, t);
            w.push(parts.1, t);
        }
        w
    }

    fn push(&mut self, word: &str, t: TokenId) {
        let start = self.text.len();
        self.text.push_str(word);
        self.end(start, t);
    }

    /// Ends a word that began at `start`.
    fn end(&mut self, start: usize, t: TokenId) {
        self.starts.push(start as u32);
        self.tokens.push(t);
        self.text.push(' ');
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The `i`th word.
    pub(crate) fn word(&self, i: usize) -> &str {
        let start = self.starts[i] as usize;
        let end = self.starts.get(i + 1).map_or(self.text.len(), |&e| e as usize) - 1;
        &self.text[start..end]
    }

    /// The token that the `i`th word comes from.
    pub(crate) fn token(&self, i: usize) -> TokenId {
        self.tokens[i]
    }

    /// Where the `i`th word begins in [`Words::text`]; its end for the first position behind the words.
    pub(crate) fn start(&self, i: usize) -> usize {
        self.starts.get(i).map_or(self.text.len(), |&s| s as usize)
    }

    /// The tokens of the words that lie in a byte range of [`Words::text`]; `None` for no word.
    pub(crate) fn span(&self, start: usize, end: usize) -> Option<Span<Tok>> {
        let a = self.starts.partition_point(|&s| (s as usize) < start);
        let b = self.starts.partition_point(|&s| (s as usize) < end);
        (a < b).then(|| Span::new(self.tokens[a].0, self.tokens[b - 1].0 + 1))
    }
}

/// Appends `form` in lower case, with one kind of apostrophe and dash, without blanks inside.
fn normal(form: &str, out: &mut String) {
    for c in form.chars() {
        match c {
            '’' | 'ʼ' | '‘' | '`' => out.push('\''),
            c if c.is_ascii_graphic() => out.push(c.to_ascii_lowercase()),
            '‐' | '‑' | '–' | '—' | '−' => out.push('-'),
            c if c.is_whitespace() || c == '\u{2060}' || c == '\u{feff}' => {}
            c => out.extend(c.to_lowercase()),
        }
    }
}
