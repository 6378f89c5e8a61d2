//! Word clusters from raw text: Hellinger PCA of neighbour counts (Lebret and Collobert 2014), then
//! k-means at two grains. Words of one cluster stand in the same places, so what the treebanks say
//! of one of them is of use for all.

use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use temoin_language::clusters::Clusters;
use temoin_language::lang::Rules;
use temoin_language::linear::text as hash;
use temoin_language::tokenizer::{Gap, normalize, tokenize};
use temoin_model::Lang;

/// Words that get a cluster, at most.
const WORDS: usize = 40_000;
/// Neighbours that are counted.
const CONTEXTS: usize = 500;
/// Times a word must be seen.
const LEAST: u32 = 8;
/// Dimensions kept.
const DIMS: usize = 48;
/// Clusters: coarse, fine.
const GRAINS: [usize; 2] = [80, 600];

/// Reads clusters made elsewhere: a line a word, the word, its coarse cluster and its fine one
/// between tabs, the most frequent words first.
///
/// # Errors
/// A message that names the file and the line which cannot be read.
pub fn read(path: &Path, report: &mut dyn FnMut(&str)) -> Result<Clusters, String> {
    let source = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut clusters = Clusters::default();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut key = String::new();
    for (i, line) in source.lines().enumerate() {
        let cols: Vec<&str> = line.split('\t').collect();
        let numbers = || Some((cols.get(1)?.parse().ok()?, cols.get(2)?.parse().ok()?));
        let (coarse, fine) =
            numbers().ok_or_else(|| format!("{}: line {}: no word with two numbers", path.display(), i + 1))?;
        normalize(cols[0], &mut key);
        let word = hash(&key);
        if seen.insert(word) {
            clusters.insert(word, coarse, fine);
        }
    }
    report(&format!("clusters: {} words", seen.len()));
    Ok(clusters)
}

/// Makes the clusters of a language; empty where the table of raw texts is.
///
/// # Errors
/// A message that names the file which cannot be read.
pub fn train(lang: Lang, corpora: &Path, rules: &Rules, report: &mut dyn FnMut(&str)) -> Result<Clusters, String> {
    let table = match lang {
        Lang::Fr => include_str!("fr.raw.tsv"),
        Lang::En => include_str!("en.raw.tsv"),
    };
    let mut ids: FxHashMap<String, u32> = FxHashMap::default();
    let mut names: Vec<String> = Vec::new();
    // The corpus as word numbers; u32::MAX between paragraphs.
    let mut stream: Vec<(Vec<u32>, u32)> = Vec::new();
    let mut key = String::new();
    for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (name, times) = line.split_once('\t').ok_or("bad table of raw texts")?;
        let times: u32 = times.parse().map_err(|_| format!("bad count '{times}'"))?;
        for path in files(&corpora.join(name))? {
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let mut words = Vec::new();
            for s in tokenize(&text, rules) {
                if s.gap >= Gap::Line {
                    words.push(u32::MAX);
                }
                normalize(s.of(&text), &mut key);
                let next = names.len() as u32;
                let id = *ids.entry(key.clone()).or_insert(next);
                if id == next {
                    names.push(key.clone());
                }
                words.push(id);
            }
            stream.push((words, times));
        }
    }
    if names.is_empty() {
        return Ok(Clusters::default());
    }
    let mut counts = vec![0u32; names.len()];
    for (words, times) in &stream {
        words.iter().filter(|w| **w != u32::MAX).for_each(|&w| counts[w as usize] += times);
    }
    let mut order: Vec<u32> = (0..names.len() as u32).filter(|&w| counts[w as usize] >= LEAST).collect();
    order.sort_by(|&a, &b| counts[b as usize].cmp(&counts[a as usize]).then(names[a as usize].cmp(&names[b as usize])));
    order.truncate(WORDS);
    let mut rank = vec![u32::MAX; names.len()];
    order.iter().enumerate().for_each(|(r, &w)| rank[w as usize] = r as u32);
    report(&format!("clusters: {} words of {} types", order.len(), names.len()));
    let rows = neighbours(&stream, &rank, order.len());
    let vectors = project(&rows);
    let total: usize = stream.iter().map(|s| s.0.len()).sum();
    report(&format!("clusters: {total} words read, {} dimensions", DIMS));
    let [coarse, fine] = GRAINS.map(|k| kmeans(&vectors, k));
    let mut clusters = Clusters::default();
    for (r, &w) in order.iter().enumerate() {
        clusters.insert(hash(&names[w as usize]), coarse[r], fine[r]);
    }
    Ok(clusters)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut all: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|x| x == "txt")).collect();
    all.sort();
    Ok(all)
}

/// For every word the square roots of the shares of its left and right neighbours, sparse.
fn neighbours(stream: &[(Vec<u32>, u32)], rank: &[u32], words: usize) -> Vec<Vec<(u16, f32)>> {
    // One extra context stands for the end of a paragraph, one for every other word.
    let width = CONTEXTS + 2;
    let context = |w: Option<&u32>| match w {
        None => CONTEXTS,
        Some(&u32::MAX) => CONTEXTS,
        Some(&w) => (rank[w as usize] as usize).min(CONTEXTS + 1),
    };
    let mut counts = vec![0.0f32; words * 2 * width];
    for (text, times) in stream {
        for i in 0..text.len() {
            let r = if text[i] == u32::MAX { u32::MAX } else { rank[text[i] as usize] };
            if r == u32::MAX {
                continue;
            }
            let row = &mut counts[r as usize * 2 * width..][..2 * width];
            row[context(i.checked_sub(1).and_then(|k| text.get(k)))] += *times as f32;
            row[width + context(text.get(i + 1))] += *times as f32;
        }
    }
    counts
        .chunks(2 * width)
        .map(|row| {
            let sum: f32 = row.iter().sum::<f32>().max(1.0);
            let some = row.iter().enumerate().filter(|c| *c.1 > 0.0);
            some.map(|(c, &n)| (c as u16, (n / sum).sqrt())).collect()
        })
        .collect()
}

/// Principal components by subspace iteration on the second moments.
fn project(rows: &[Vec<(u16, f32)>]) -> Vec<[f32; DIMS]> {
    let width = 2 * (CONTEXTS + 2);
    let mut mean = vec![0.0f32; width];
    for row in rows {
        row.iter().for_each(|&(c, v)| mean[usize::from(c)] += v / rows.len() as f32);
    }
    let mut moments = vec![0.0f32; width * width];
    for row in rows {
        for &(a, x) in row {
            let line = &mut moments[usize::from(a) * width..][..width];
            row.iter().for_each(|&(b, y)| line[usize::from(b)] += x * y);
        }
    }
    for a in 0..width {
        for b in 0..width {
            moments[a * width + b] -= rows.len() as f32 * mean[a] * mean[b];
        }
    }
    let mut random = crate::perceptron::Random(7);
    let mut basis: Vec<Vec<f32>> =
        (0..DIMS).map(|_| (0..width).map(|_| random.unit() as f32 - 0.5).collect()).collect();
    for _ in 0..30 {
        for v in &mut basis {
            let mut next = vec![0.0f32; width];
            for (a, n) in next.iter_mut().enumerate() {
                *n = moments[a * width..][..width].iter().zip(v.iter()).map(|(m, x)| m * x).sum();
            }
            *v = next;
        }
        orthonormalize(&mut basis);
    }
    let shift: Vec<f32> = basis.iter().map(|v| v.iter().zip(&mean).map(|(a, b)| a * b).sum()).collect();
    rows.iter()
        .map(|row| {
            let mut out = [0.0f32; DIMS];
            for (d, v) in basis.iter().enumerate() {
                out[d] = row.iter().map(|&(c, x)| x * v[usize::from(c)]).sum::<f32>() - shift[d];
            }
            out
        })
        .collect()
}

fn orthonormalize(basis: &mut [Vec<f32>]) {
    for i in 0..basis.len() {
        let (done, rest) = basis.split_at_mut(i);
        let v = &mut rest[0];
        for u in done.iter() {
            let dot: f32 = u.iter().zip(v.iter()).map(|(a, b)| a * b).sum();
            v.iter_mut().zip(u).for_each(|(x, y)| *x -= dot * y);
        }
        let norm = v.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-12);
        v.iter_mut().for_each(|x| *x /= norm);
    }
}

/// Cluster numbers from 1; the most frequent words are the first centres.
fn kmeans(points: &[[f32; DIMS]], k: usize) -> Vec<u16> {
    let k = k.min(points.len());
    let mut centres: Vec<[f32; DIMS]> = points[..k].to_vec();
    let mut of = vec![0u16; points.len()];
    for _ in 0..15 {
        let norms: Vec<f32> = centres.iter().map(|c| c.iter().map(|x| x * x).sum::<f32>() / 2.0).collect();
        for (p, o) in points.iter().zip(&mut of) {
            let mut best = (f32::NEG_INFINITY, 0);
            for (c, centre) in centres.iter().enumerate() {
                let mut parts = [0.0f32; 8];
                for (a, b) in p.chunks_exact(8).zip(centre.chunks_exact(8)) {
                    for i in 0..8 {
                        parts[i] += a[i] * b[i];
                    }
                }
                let near = parts.iter().sum::<f32>() - norms[c];
                if near > best.0 {
                    best = (near, c);
                }
            }
            *o = best.1 as u16 + 1;
        }
        let mut sums = vec![([0.0f32; DIMS], 0u32); k];
        for (p, &o) in points.iter().zip(&of) {
            let s = &mut sums[usize::from(o) - 1];
            s.0.iter_mut().zip(p).for_each(|(a, b)| *a += b);
            s.1 += 1;
        }
        for (c, (sum, n)) in centres.iter_mut().zip(sums) {
            if n > 0 {
                *c = sum.map(|x| x / n as f32);
            }
        }
    }
    of
}
