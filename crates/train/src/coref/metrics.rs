//! Metrics of coreference as in the reference scorer of CoNLL 2011 and 2012 (Pradhan and others
//! 2014): MUC (Vilain and others 1995), B³ (Bagga and Baldwin 1998), CEAF over entities with the
//! similarity φ4 (Luo 2005), and the mean of their F1. Counts of documents are summed before dividing.

use super::assignment;
use std::collections::BTreeMap;

/// What one metric gives: a share of the key (recall) and a share of the response (precision).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ratio {
    /// Credit on the side of the key.
    pub key_credit: f64,
    /// Greatest credit on the side of the key.
    pub key_total: f64,
    /// Credit on the side of the response.
    pub response_credit: f64,
    /// Greatest credit on the side of the response.
    pub response_total: f64,
}

impl Ratio {
    /// Precision, recall and F1 in percent; 0 where there is nothing to divide by.
    pub fn percent(self) -> [f64; 3] {
        let share = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { 100.0 * part / whole };
        let (p, r) = (share(self.response_credit, self.response_total), share(self.key_credit, self.key_total));
        [p, r, if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }]
    }

    fn add(&mut self, key: (f64, f64), response: (f64, f64)) {
        self.key_credit += key.0;
        self.key_total += key.1;
        self.response_credit += response.0;
        self.response_total += response.1;
    }
}

/// Scores of a set of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Detection of mentions: same mentions, whatever their chains.
    pub mentions: Ratio,
    /// Links.
    pub muc: Ratio,
    /// Mentions.
    pub b_cubed: Ratio,
    /// Entities, in their best alignment.
    pub ceaf_e: Ratio,
}

impl Metrics {
    /// Adds one document: chains of the key and of the response. A mention that stands twice on one
    /// side counts once, in its first chain.
    pub fn add<M: Ord + Copy>(&mut self, key: &[Vec<M>], response: &[Vec<M>]) {
        let (key, response) = (Partition::new(key), Partition::new(response));
        let common = key.chain_of.keys().filter(|m| response.chain_of.contains_key(m)).count() as f64;
        self.mentions.add((common, key.len()), (common, response.len()));
        self.muc.add(key.links(&response), response.links(&key));
        self.b_cubed.add((key.purity(&response), key.len()), (response.purity(&key), response.len()));
        let similarity = key.similarity(&response);
        self.ceaf_e.add((similarity, key.chains.len() as f64), (similarity, response.chains.len() as f64));
    }

    /// Mean of the F1 of MUC, B³ and CEAF (CoNLL 2012), in percent.
    pub fn mean_f1(&self) -> f64 {
        [self.muc, self.b_cubed, self.ceaf_e].iter().map(|m| m.percent()[2]).sum::<f64>() / 3.0
    }
}

/// Chains without repeats, and the chain of every mention.
struct Partition<M> {
    chains: Vec<Vec<M>>,
    chain_of: BTreeMap<M, usize>,
}

impl<M: Ord + Copy> Partition<M> {
    fn new(chains: &[Vec<M>]) -> Self {
        let mut out = Partition { chains: Vec::new(), chain_of: BTreeMap::new() };
        for chain in chains {
            let mut kept = Vec::new();
            for &m in chain {
                if !out.chain_of.contains_key(&m) {
                    out.chain_of.insert(m, out.chains.len());
                    kept.push(m);
                }
            }
            if !kept.is_empty() {
                out.chains.push(kept);
            }
        }
        out
    }

    /// Number of mentions.
    fn len(&self) -> f64 {
        self.chain_of.len() as f64
    }

    /// How many mentions of a chain lie in each chain of the other side.
    fn spread(&self, chain: &[M]) -> BTreeMap<usize, usize> {
        let mut out = BTreeMap::new();
        for c in chain.iter().filter_map(|m| self.chain_of.get(m)) {
            *out.entry(*c).or_insert(0) += 1;
        }
        out
    }

    /// MUC: links of these chains that the other side has, and all of them.
    fn links(&self, other: &Self) -> (f64, f64) {
        let (mut found, mut all) = (0, 0);
        for chain in &self.chains {
            let spread = other.spread(chain);
            let parts = spread.len() + chain.len() - spread.values().sum::<usize>();
            found += chain.len() - parts;
            all += chain.len() - 1;
        }
        (found as f64, all as f64)
    }

    /// B³: over all mentions, the share of their chain that the other side has in their chain there.
    fn purity(&self, other: &Self) -> f64 {
        let of = |chain: &Vec<M>| {
            let squares: usize = other.spread(chain).values().map(|n| n * n).sum();
            squares as f64 / chain.len() as f64
        };
        self.chains.iter().map(of).sum()
    }

    /// CEAF: total φ4 of the best alignment of chains. Chains that share no mention with each other,
    /// not even through others, are aligned apart, so long documents stay cheap.
    fn similarity(&self, other: &Self) -> f64 {
        let spread: Vec<_> = self.chains.iter().map(|c| other.spread(c)).collect();
        let mut back = vec![Vec::new(); other.chains.len()];
        for (k, s) in spread.iter().enumerate() {
            s.keys().for_each(|&r| back[r].push(k));
        }
        let mut seen = vec![false; spread.len()];
        let mut total = 0.0;
        for start in 0..spread.len() {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            let mut open = vec![start];
            while let Some(k) = open.pop() {
                if std::mem::replace(&mut seen[k], true) {
                    continue;
                }
                ours.push(k);
                for &r in spread[k].keys() {
                    theirs.push(r);
                    open.extend_from_slice(&back[r]);
                }
            }
            theirs.sort_unstable();
            theirs.dedup();
            let phi4 = |k: usize, r: usize| {
                let common = spread[k].get(&r).copied().unwrap_or(0);
                2.0 * common as f64 / (self.chains[k].len() + other.chains[r].len()) as f64
            };
            let gain: Vec<Vec<f64>> = ours.iter().map(|&k| theirs.iter().map(|&r| phi4(k, r)).collect()).collect();
            total += assignment::greatest_gain(&gain);
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(text: &str) -> Vec<Vec<char>> {
        text.split_whitespace().map(|c| c.chars().collect()).collect()
    }

    fn metrics(key: &str, response: &str) -> Metrics {
        let mut m = Metrics::default();
        m.add(&chains(key), &chains(response));
        m
    }

    /// Precision and recall as fractions of 1.
    fn near(ratio: Ratio, precision: f64, recall: f64) {
        let [p, r, f] = ratio.percent();
        let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        for (got, want) in [(p, precision), (r, recall), (f, f1)] {
            assert!((got / 100.0 - want).abs() < 1e-9, "{got} is not {want}: {ratio:?}");
        }
    }

    #[test]
    fn the_worked_example_of_the_reference_scorer() {
        // ABC keeps the link A-B, DEFG the link F-G: 2 of 5; response: AB, and FG of FGHI: 2 of 5.
        let m = metrics("ABC DEFG", "AB CD FGHI");
        near(m.muc, 2.0 / 5.0, 2.0 / 5.0);
        // Recall (4/3 + 1/3 + 1/4 + 4/4) over 7 mentions; precision (4/2 + 1/2 + 1/2 + 4/4) over 8.
        near(m.b_cubed, 4.0 / 8.0, (5.0 / 3.0 + 5.0 / 4.0) / 7.0);
        // ABC with AB 4/5, DEFG with FGHI 4/8.
        near(m.ceaf_e, 1.3 / 3.0, 1.3 / 2.0);
        near(m.mentions, 6.0 / 8.0, 6.0 / 7.0);
        let mean = (0.4 + 2.0 * 0.5 * 35.0 / 84.0 / (0.5 + 35.0 / 84.0) + 2.0 * 1.3 / 5.0) / 3.0;
        assert!((m.mean_f1() - 100.0 * mean).abs() < 1e-9);
    }

    #[test]
    fn the_key_itself_scores_full_marks() {
        let m = metrics("ABC DEFG H", "GFED H CBA");
        for ratio in [m.mentions, m.muc, m.b_cubed, m.ceaf_e] {
            near(ratio, 1.0, 1.0);
        }
        assert_eq!(m.mean_f1(), 100.0);
    }

    #[test]
    fn one_chain_for_all_keeps_every_link() {
        // Bagga and Baldwin's case against MUC.
        let m = metrics("AB CD", "ABCD");
        near(m.muc, 2.0 / 3.0, 1.0);
        near(m.b_cubed, 0.5, 1.0);
        near(m.ceaf_e, 2.0 / 3.0, 1.0 / 3.0);
    }

    #[test]
    fn singletons_have_no_links() {
        let m = metrics("A B CD", "A B C D");
        near(m.muc, 0.0, 0.0);
        near(m.b_cubed, 1.0, 3.0 / 4.0);
        near(m.ceaf_e, (2.0 + 2.0 / 3.0) / 4.0, (2.0 + 2.0 / 3.0) / 3.0);
    }

    #[test]
    fn the_alignment_is_the_best_one_not_the_first() {
        // φ4 of AB is greatest with ABC (4/5), but then DEC is left with C of ABC: 4/5 + 0 < 4/5 + 4/5.
        let m = metrics("ABC DE", "AB CDE");
        near(m.ceaf_e, 1.6 / 2.0, 1.6 / 2.0);
    }

    #[test]
    fn documents_are_summed_before_dividing() {
        let mut m = metrics("AB", "AB");
        m.add(&chains("ABCD"), &chains("XY"));
        near(m.muc, 1.0 / 2.0, 1.0 / 4.0);
        near(m.mentions, 2.0 / 4.0, 2.0 / 6.0);
    }

    #[test]
    fn a_repeated_mention_counts_once_in_its_first_chain() {
        assert_eq!(metrics("AB C", "AAB BC"), metrics("AB C", "AB C"));
    }
}
