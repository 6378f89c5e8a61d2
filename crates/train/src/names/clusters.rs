//! Groups words that are used alike, from raw text: the predictive exchange algorithm (Martin,
//! Liermann and Ney 1998; Uszkoreit and Brants 2008), which moves each word to the class under which
//! the text is likeliest, predicting it from the word before and from the word behind.

use super::corpora::read;
use clap::Args;
use rustc_hash::FxHashMap;
use std::fs;
use std::path::PathBuf;

/// Group the words of raw texts into clusters for the name tagger.
#[derive(Debug, Args)]
pub struct NamesClusters {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// File to write
    #[arg(long, default_value = "data/lexicon/fr/name_clusters.txt")]
    out: PathBuf,
    /// Number of clusters
    #[arg(long, default_value_t = 256)]
    classes: usize,
    /// Words that are grouped: the commonest
    #[arg(long, default_value_t = 30_000)]
    words: usize,
    /// Passes over the words
    #[arg(long, default_value_t = 12)]
    passes: usize,
}

/// Raw texts, and how many of their lines are used: the debates would outweigh the news otherwise.
const TEXTS: [(&str, usize); 4] = [
    ("raw/fr/ministereco.txt", usize::MAX),
    ("raw/fr/wiki-tourisme.txt", usize::MAX),
    ("raw/fr/europarl-fr-2011.txt", 60_000),
    ("raw/fr/an-mariage-2013.txt", 10_000),
];

impl NamesClusters {
    /// Writes the clusters: a line `#number`, then one word a line, the commonest first.
    ///
    /// # Errors
    /// When a text cannot be read or the file cannot be written.
    pub fn run(&self) -> Result<(), String> {
        let mut texts = Vec::new();
        for article in super::corpora::brat(&self.corpora.join("ner/fr/winer/train"))? {
            texts.push(article.text);
        }
        for article in super::corpora::bio(&self.corpora.join("ner/fr/wikiner-fr/train_silver_bio.txt"))? {
            texts.push(article.text);
        }
        for (name, lines) in TEXTS {
            texts.extend(read(&self.corpora.join(name))?.lines().take(lines).map(str::to_owned));
        }
        let bigrams = Bigrams::count(texts.iter().map(String::as_str), self.words);
        eprintln!("{} words, {} pairs", bigrams.words.len(), bigrams.behind.pairs.len());
        let classes = exchange(&bigrams, self.classes, self.passes);
        let mut members = vec![Vec::new(); self.classes];
        for (w, &c) in classes.iter().enumerate() {
            members[c as usize].push(bigrams.words[w].as_str());
        }
        let mut out = String::new();
        for (c, words) in members.iter().enumerate() {
            out.push_str(&format!("#{c}\n"));
            words.iter().for_each(|w| out.extend([w, "\n"]));
        }
        fs::write(&self.out, &out).map_err(|e| format!("{}: {e}", self.out.display()))?;
        eprintln!("{}: {} bytes", self.out.display(), out.len());
        Ok(())
    }
}

/// Neighbours of words: those of word `w` are `pairs[starts[w]..starts[w + 1]]`.
struct Neighbours {
    starts: Vec<usize>,
    pairs: Vec<(u32, u32)>,
}

/// Counts of neighbouring words; words are numbered from the commonest.
struct Bigrams {
    words: Vec<String>,
    counts: Vec<u32>,
    before: Neighbours,
    behind: Neighbours,
}

/// Words in small letters; numbers are left out, and so is what stands alone.
fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_whitespace().flat_map(|chunk| {
        let mut out = Vec::new();
        let mut word = String::new();
        for c in chunk.chars() {
            match c {
                c if c.is_alphanumeric() || (c == '-' && !word.is_empty()) => word.extend(c.to_lowercase()),
                '\'' | '’' if !word.is_empty() => {
                    word.push('\'');
                    out.push(std::mem::take(&mut word));
                }
                c => {
                    out.push(std::mem::take(&mut word));
                    out.push(c.to_string());
                }
            }
        }
        out.push(word);
        out.into_iter().map(|w| w.trim_end_matches('-').to_owned()).filter(|w| !w.is_empty())
    })
}

impl Bigrams {
    fn count<'a>(texts: impl Iterator<Item = &'a str> + Clone, most: usize) -> Self {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut counted: Vec<(u32, String)> = Vec::new();
        for word in texts.clone().flat_map(words_of) {
            let n = *numbers.entry(word).or_insert_with_key(|w| {
                counted.push((0, w.clone()));
                counted.len() as u32 - 1
            });
            counted[n as usize].0 += 1;
        }
        counted.retain(|(_, w)| !w.starts_with(|c: char| c.is_numeric()));
        counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        counted.truncate(most);
        let words: Vec<String> = counted.into_iter().map(|(_, w)| w).collect();
        let numbers: FxHashMap<&str, u32> = words.iter().enumerate().map(|(i, w)| (w.as_str(), i as u32)).collect();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut counts = vec![0; words.len()];
        for text in texts {
            let mut last = None;
            for word in words_of(text) {
                let here = numbers.get(word.as_str()).copied();
                if let (Some(a), Some(b)) = (last, here) {
                    pairs.push((a, b));
                }
                if let Some(b) = here {
                    counts[b as usize] += 1;
                }
                last = here;
            }
        }
        let behind = neighbours(&mut pairs, words.len());
        pairs.iter_mut().for_each(|p| *p = (p.1, p.0));
        let before = neighbours(&mut pairs, words.len());
        Bigrams { counts, before, behind, words }
    }
}

fn neighbours(pairs: &mut [(u32, u32)], words: usize) -> Neighbours {
    pairs.sort_unstable();
    let mut out = Neighbours { starts: vec![0; words + 1], pairs: Vec::new() };
    for run in pairs.chunk_by(|a, b| a == b) {
        out.pairs.push((run[0].1, run.len() as u32));
        out.starts[run[0].0 as usize + 1] += 1;
    }
    for w in 0..words {
        out.starts[w + 1] += out.starts[w];
    }
    out
}

/// n ln n for counts.
fn nln(n: u32) -> f64 {
    if n < 2 { 0.0 } else { f64::from(n) * f64::from(n).ln() }
}

/// How often each class stands on one side of each word.
struct Side<'a> {
    neighbours: &'a Neighbours,
    beside: Vec<u32>,
    classes: usize,
}

impl<'a> Side<'a> {
    fn new(neighbours: &'a Neighbours, class: &[u32], classes: usize) -> Self {
        let mut side = Side { neighbours, beside: vec![0; class.len() * classes], classes };
        for (w, &c) in class.iter().enumerate() {
            side.shift(w, c as usize, 1);
        }
        side
    }

    fn of(&self, w: usize) -> &'a [(u32, u32)] {
        &self.neighbours.pairs[self.neighbours.starts[w]..self.neighbours.starts[w + 1]]
    }

    /// Puts word `w` into class `c` (`sign` 1) or takes it out (−1).
    fn shift(&mut self, w: usize, c: usize, sign: i32) {
        for &(v, count) in self.of(w) {
            let n = &mut self.beside[v as usize * self.classes + c];
            *n = n.wrapping_add_signed(sign * count as i32);
        }
    }

    /// Adds what the likelihood gains when word `w` goes to each class.
    fn gains(&self, w: usize, value: impl Fn(u32) -> f64, gain: &mut [f64]) {
        for &(v, count) in self.of(w) {
            let row = &self.beside[v as usize * self.classes..(v as usize + 1) * self.classes];
            for (g, &c) in gain.iter_mut().zip(row) {
                *g += value(c + count) - value(c);
            }
        }
    }
}

/// The class of each word.
fn exchange(bigrams: &Bigrams, classes: usize, passes: usize) -> Vec<u32> {
    let n = bigrams.words.len();
    let mut class: Vec<u32> = (0..n).map(|w| (w % classes) as u32).collect();
    let table: Vec<f64> = (0..1 << 16).map(nln).collect();
    let value = |n: u32| table.get(n as usize).copied().unwrap_or_else(|| nln(n));
    let mut before = Side::new(&bigrams.before, &class, classes);
    let mut behind = Side::new(&bigrams.behind, &class, classes);
    let mut total = vec![0u32; classes];
    class.iter().zip(&bigrams.counts).for_each(|(&c, &count)| total[c as usize] += count);
    let mut gain = vec![0.0f64; classes];
    for pass in 0..passes {
        let mut moved = 0;
        for (w, class) in class.iter_mut().enumerate() {
            let (old, count) = (*class as usize, bigrams.counts[w]);
            before.shift(w, old, -1);
            behind.shift(w, old, -1);
            total[old] -= count;
            for (g, &t) in gain.iter_mut().zip(&total) {
                *g = 2.0 * (value(t) - value(t + count));
            }
            before.gains(w, value, &mut gain);
            behind.gains(w, value, &mut gain);
            let mut best = old;
            for (c, &g) in gain.iter().enumerate() {
                if g > gain[best] + 1e-9 {
                    best = c;
                }
            }
            moved += usize::from(best != old);
            *class = best as u32;
            total[best] += count;
            before.shift(w, best, 1);
            behind.shift(w, best, 1);
        }
        eprintln!("pass {}: {moved} words moved", pass + 1);
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_like_print() {
        let words: Vec<String> = words_of("L'Île-Verte, dit-on… « aujourd’hui » 3").collect();
        assert_eq!(words, ["l'", "île-verte", ",", "dit-on", "…", "«", "aujourd'", "hui", "»", "3"]);
    }

    #[test]
    fn words_in_the_same_places_come_together() {
        let mut text = String::new();
        for (town, verb) in [("rouville", "mange"), ("belmont", "dort"), ("castel", "mange"), ("rouville", "dort")] {
            text.push_str(&format!("le chat de {town} {verb} bien . le chien de {town} {verb} bien . "));
        }
        let bigrams = Bigrams::count([text.as_str()].into_iter(), 100);
        let class = exchange(&bigrams, 5, 6);
        let of = |w: &str| class[bigrams.words.iter().position(|x| x == w).unwrap()];
        assert_eq!(of("rouville"), of("belmont"));
        assert_eq!(of("mange"), of("dort"));
        assert_ne!(of("rouville"), of("mange"));
    }
}
