//! Pronouns behind a verb.

use super::normal::normalize;
use super::scan::Tokenizer;
use super::surface::Gap;

impl Tokenizer<'_> {
    /// One word up to `stop`, with its pronouns taken off: « a-t-il » → « a », « -t-il ».
    pub(super) fn word(&mut self, stop: usize, gap: Gap) {
        let word = &self.text[self.at..stop];
        let Some(hyphen) = word.find(['-', '‑']).filter(|_| word.starts_with(char::is_alphabetic)) else {
            return self.push(stop, gap);
        };
        normalize(word, &mut self.key);
        if self.rules.keep.contains(&self.key) {
            return self.push(stop, gap);
        }
        // « Dis-le-moi » ends in two, but « Saint-Denis-en-Val » in none: all parts must be pronouns.
        let mut tail = hyphen;
        let mut cuts = [0usize; 3];
        let mut found = 0;
        while tail < word.len() && found < 3 {
            normalize(&word[tail..], &mut self.key);
            let next = if self.rules.clitics.contains(self.key.as_str()) {
                word.len()
            } else {
                let inner = tail + word[tail..].chars().next().map_or(0, char::len_utf8);
                let n = word[inner..].find(['-', '‑']).map_or(word.len(), |n| inner + n);
                normalize(&word[tail..n], &mut self.key);
                if n == word.len() || !self.rules.clitics.contains(self.key.as_str()) {
                    found = 0;
                    break;
                }
                n
            };
            cuts[found] = tail;
            found += 1;
            tail = next;
        }
        if tail < word.len() {
            found = 0;
        }
        let start = self.at;
        let mut gap = gap;
        for &cut in &cuts[..found] {
            self.push(start + cut, gap);
            gap = Gap::None;
        }
        self.push(stop, gap);
    }
}
