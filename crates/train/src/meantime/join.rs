//! Tokens to ordinary text.

use temoin_model::{Char, Span};

/// Marks that stand against the word before them.
const CLOSING: [&str; 16] = [",", ".", ";", ":", "?", "!", ")", "]", "%", "...", "''", "”", "n't", "/", "'", "’"];
/// Marks that stand against the word behind them.
const OPENING: [&str; 12] = ["(", "[", "$", "US$", "USD$", "£", "€", "#", "``", "“", "`", "/"];
/// What stands behind an apostrophe.
const CLITICS: [&str; 7] = ["s", "re", "ve", "ll", "d", "m", "t"];

/// A text that grows by tokens: blanks are put where English has them, and the quotation marks of
/// the Penn Treebank become ordinary ones.
#[derive(Clone, Debug, Default)]
pub struct Joiner {
    text: String,
    chars: u32,
    last: String,
    /// Whether nothing comes between the last token and the next.
    glued: bool,
    in_double: bool,
    in_single: bool,
}

impl Joiner {
    /// Adds a token before `next` and returns its characters.
    pub fn push(&mut self, token: &str, next: Option<&str>) -> Span<Char> {
        let (before, behind) = self.sides(token, next);
        if !(self.text.is_empty() || self.glued || before) {
            self.put(" ");
        }
        let start = self.chars;
        self.put(surface(token, next));
        self.glued = behind;
        token.clone_into(&mut self.last);
        Span::new(start, self.chars)
    }

    /// Ends the paragraph.
    pub fn paragraph(&mut self) {
        self.put("\n\n");
        self.glued = true;
    }

    /// The text.
    pub fn finish(self) -> String {
        self.text
    }

    fn put(&mut self, words: &str) {
        self.text.push_str(words);
        self.chars += words.chars().count() as u32;
    }

    /// Whether a token stands against the one before it, and against the one behind it.
    fn sides(&mut self, token: &str, next: Option<&str>) -> (bool, bool) {
        let clitic = |w: &str| CLITICS.contains(&w);
        match token {
            "\"" => {
                self.in_double = !self.in_double;
                (!self.in_double, self.in_double)
            }
            "'" | "’" if next.is_some_and(clitic) => (true, true),
            "'" if !self.in_single && !self.last.ends_with('s') => {
                self.in_single = true;
                (false, true)
            }
            "'" => {
                self.in_single = false;
                (true, false)
            }
            "`" => {
                self.in_single = true;
                (false, true)
            }
            "$" if self.last == "US" => (true, true),
            _ => {
                let apostrophe = token.strip_prefix(['\'', '’']).is_some_and(clitic);
                let after_apostrophe = self.last.ends_with('\'') && self.last.len() > 1 && clitic(token);
                let initial = self.last == "O'";
                (apostrophe || after_apostrophe || initial || CLOSING.contains(&token), OPENING.contains(&token))
            }
        }
    }
}

fn surface<'a>(token: &'a str, next: Option<&str>) -> &'a str {
    match token {
        "``" | "''" => "\"",
        "`" => "'",
        "#" if next.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit())) => "£",
        _ => token,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(words: &str) -> String {
        let words: Vec<&str> = words.split(' ').collect();
        let mut joiner = Joiner::default();
        let spans: Vec<_> = (0..words.len()).map(|i| joiner.push(words[i], words.get(i + 1).copied())).collect();
        let text = joiner.finish();
        for (span, word) in spans.iter().zip(&words) {
            let piece: String = text.chars().skip(span.start as usize).take(span.len() as usize).collect();
            assert_eq!(piece, surface(word, Some("1")), "{text}");
        }
        text
    }

    #[test]
    fn blanks_stand_where_english_has_them() {
        assert_eq!(
            join("Mills ( big ones ) ca n't pay US $ 5.40 , it 's 3 % ."),
            "Mills (big ones) can't pay US$5.40, it's 3%."
        );
        assert_eq!(
            join("# 13 and/or $ 2 / £ 3 ; I' ll see the mills ' owner"),
            "£13 and/or $2/£3; I'll see the mills' owner"
        );
    }

    #[test]
    fn quotation_marks_stand_against_what_they_enclose() {
        assert_eq!(join("He said `` we run . '' And \" so \" it is ."), "He said \"we run.\" And \"so\" it is.");
        assert_eq!(join("a ` green mill ' and a ' red ' one"), "a 'green mill' and a 'red' one");
        assert_eq!(join("It ’ s the ' 90s"), "It’s the '90s");
    }
}
