//! Groups words by their vectors: spherical k-means (Dhillon and Modha 2001). The vectors are read
//! from plain text, a word and its numbers a line, the commonest first (`tools/vectors_to_text.py`).

use super::corpora::read;
use clap::Args;
use std::fs;
use std::path::PathBuf;

/// Group the commonest words of a file of word vectors into clusters for the name tagger.
#[derive(Debug, Args)]
pub struct NamesVectors {
    /// Folder of the public corpora, with raw/en/vectors.txt in it
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: Option<PathBuf>,
    /// The vectors, in place of raw/en/vectors.txt
    #[arg(long)]
    vectors: Option<PathBuf>,
    /// File to write
    #[arg(long, default_value = "data/lexicon/en/name_clusters.txt")]
    out: PathBuf,
    /// Number of clusters
    #[arg(long, default_value_t = 400)]
    classes: usize,
    /// Words that are grouped: the commonest
    #[arg(long, default_value_t = 80_000)]
    words: usize,
    /// Passes over the words
    #[arg(long, default_value_t = 12)]
    passes: usize,
}

impl NamesVectors {
    /// Writes the clusters: a line `#number`, then one word a line, the commonest first.
    ///
    /// # Errors
    /// When the vectors cannot be read or the file cannot be written.
    pub fn run(&self) -> Result<(), String> {
        let path = match (&self.vectors, &self.corpora) {
            (Some(path), _) => path.clone(),
            (None, Some(folder)) => folder.join("raw/en/vectors.txt"),
            (None, None) => return Err("give --vectors FILE or --corpora DIR".into()),
        };
        let (words, rows) = parse(&read(&path)?, self.words);
        if words.is_empty() {
            return Err(format!("{}: no line is a word with its numbers", path.display()));
        }
        let classes = group(&rows, self.classes, self.passes);
        let mut out = String::new();
        for c in 0..self.classes {
            out.push_str(&format!("#{c}\n"));
            words.iter().zip(&classes).filter(|w| *w.1 == c).for_each(|w| out.extend([w.0, "\n"]));
        }
        fs::write(&self.out, &out).map_err(|e| format!("{}: {e}", self.out.display()))?;
        eprintln!("{}: {} words, {} bytes", self.out.display(), words.len(), out.len());
        Ok(())
    }
}

/// Words of letters and their vectors at length 1.
fn parse(source: &str, most: usize) -> (Vec<String>, Vec<Vec<f32>>) {
    let mut words = Vec::new();
    let mut rows: Vec<Vec<f32>> = Vec::new();
    for line in source.lines() {
        let mut fields = line.split(' ');
        let word = fields.next().unwrap_or("");
        let row: Vec<f32> = fields.filter_map(|f| f.parse().ok()).collect();
        let fits = rows.first().is_none_or(|r| r.len() == row.len()) && !row.is_empty();
        if fits && !word.starts_with('#') && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.')) {
            words.push(word.to_owned());
            rows.push(unit(row));
        }
        if words.len() == most {
            break;
        }
    }
    (words, rows)
}

fn unit(mut row: Vec<f32>) -> Vec<f32> {
    let length = dot(&row, &row).sqrt().max(1e-9);
    row.iter_mut().for_each(|x| *x /= length);
    row
}

/// Sums in eight lanes of fixed order: fast, and the same on every machine.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    let mut lanes = [0.0f32; 8];
    for (x, y) in a8.iter().zip(b8) {
        for k in 0..8 {
            lanes[k] += x[k] * y[k];
        }
    }
    lanes.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f32>()
}

/// The class of each row.
fn group(rows: &[Vec<f32>], classes: usize, passes: usize) -> Vec<usize> {
    // Seeds are spread over the frequencies; the same ones every time.
    let mut centres: Vec<Vec<f32>> = (0..classes).map(|c| rows[c * rows.len() / classes].clone()).collect();
    let mut of = vec![0; rows.len()];
    for pass in 0..passes {
        let mut sums = vec![vec![0.0f32; rows[0].len()]; classes];
        let mut moved = 0;
        for (row, class) in rows.iter().zip(&mut of) {
            let mut best = (0, f32::MIN);
            for (c, centre) in centres.iter().enumerate() {
                let s = dot(row, centre);
                if s > best.1 {
                    best = (c, s);
                }
            }
            moved += usize::from(*class != best.0);
            *class = best.0;
            sums[best.0].iter_mut().zip(row).for_each(|(s, x)| *s += x);
        }
        for (centre, sum) in centres.iter_mut().zip(sums) {
            // A class without words keeps its centre.
            if sum.iter().any(|&x| x != 0.0) {
                *centre = unit(sum);
            }
        }
        eprintln!("pass {}: {moved} words moved", pass + 1);
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_point_the_same_way_come_together() {
        let source = "brest 1 0.1\n12 9 9\nmange 0.1 1\nvourles 2 0\ndort 0 3\nshort 1\n";
        let (words, rows) = parse(source, 10);
        assert_eq!(words, ["brest", "mange", "vourles", "dort"]);
        let of = group(&rows, 2, 4);
        assert_eq!((of[0], of[1]), (of[2], of[3]));
        assert_ne!(of[0], of[1]);
    }
}
