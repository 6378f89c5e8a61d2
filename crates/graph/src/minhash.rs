//! Near-duplicate texts: copies of one agency text, whole or slightly edited.
//!
//! A text is its set of shingles, runs of [`WORDS`] words; how alike two texts are is the Jaccard
//! index of their sets, which signatures of minima estimate without comparing the sets (Broder
//! 1997, "On the resemblance and containment of documents"; linear permutations as in Broder and
//! others 1998, "Min-wise independent permutations"). Signatures are cut into bands, and only texts
//! that agree in a band are compared (Indyk and Motwani 1998, locality-sensitive hashing).

use petgraph::unionfind::UnionFind;
use temoin_model::id::slug;

/// Words of a shingle.
pub const WORDS: usize = 4;
/// Rows of a band: with 42 bands, texts half alike meet with a probability of 0.996.
const ROWS: usize = 3;
const BANDS: usize = 42;
const LENGTH: usize = ROWS * BANDS;
/// Share of common shingles from which two texts count as copies of one. Measured on shingles of
/// [`WORDS`] words, one word in ten changed leaves about half of them.
pub const COPY: f64 = 0.5;
/// Shortest text that can be a copy, in words: short texts agree by chance.
const SHORTEST: usize = 12;

/// The minima of a text; empty for a text too short to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature(Vec<u32>);

impl Signature {
    /// The signature of `text`. Case, diacritics and punctuation do not count.
    pub fn new(text: &str) -> Self {
        let words: Vec<u64> =
            text.split_whitespace().map(slug).filter(|w| !w.is_empty()).map(|w| fnv(w.as_bytes())).collect();
        if words.len() < SHORTEST {
            return Signature::default();
        }
        let mut minima = vec![u32::MAX; LENGTH];
        let permutations = permutations();
        for shingle in words.windows(WORDS) {
            let x = shingle.iter().fold(0u64, |h, w| mix(h ^ w));
            for (least, (a, b)) in minima.iter_mut().zip(&permutations) {
                // The high half of a product modulo 2^64 is as good as a random permutation.
                *least = (*least).min((x.wrapping_mul(*a).wrapping_add(*b) >> 32) as u32);
            }
        }
        Signature(minima)
    }

    /// Its rows in a band; none for a text too short to tell.
    fn band(&self, band: usize) -> Option<[u32; ROWS]> {
        self.0.get(band * ROWS..(band + 1) * ROWS)?.try_into().ok()
    }

    /// Estimate of the Jaccard index of two texts, from 0 to 1.
    pub fn resemblance(&self, other: &Signature) -> f64 {
        if self.0.is_empty() || other.0.is_empty() {
            return 0.0;
        }
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        same as f64 / LENGTH as f64
    }
}

/// For every text the first text of its group of copies, by index; itself where it has none.
pub fn copies(signatures: &[&Signature]) -> Vec<usize> {
    let mut groups: UnionFind<usize> = UnionFind::new(signatures.len());
    for band in 0..BANDS {
        let rows = |(i, s)| Some((Signature::band(s, band)?, i));
        let mut rows: Vec<([u32; ROWS], usize)> = signatures.iter().copied().enumerate().filter_map(rows).collect();
        rows.sort_unstable();
        for bucket in rows.chunk_by(|a, b| a.0 == b.0) {
            // Against the first of each group met so far: a bucket of one text sent a thousand times
            // costs a thousand comparisons.
            let mut heads: Vec<usize> = Vec::new();
            for &(_, i) in bucket {
                let like = |&h: &usize| groups.equiv(h, i) || signatures[h].resemblance(signatures[i]) >= COPY;
                match heads.iter().copied().find(like) {
                    Some(h) => drop(groups.union(h, i)),
                    None => heads.push(i),
                }
            }
        }
    }
    let mut first = vec![usize::MAX; signatures.len()];
    let group: Vec<usize> = (0..signatures.len()).map(|i| groups.find(i)).collect();
    group.iter().enumerate().for_each(|(i, &g)| first[g] = first[g].min(i));
    group.into_iter().map(|g| first[g]).collect()
}

/// FNV-1a, 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Factors (odd) and summands, the same in every run.
fn permutations() -> [(u64, u64); LENGTH] {
    std::array::from_fn(|i| (mix(2 * i as u64) | 1, mix(2 * i as u64 + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENCY: &str = "Une crue de l'Orvanne a fait douze morts mardi à Verlieu, a annoncé la préfecture. Les \
        secours ont évacué quatre cents habitants pendant la nuit. Le maire a demandé l'aide de la Sarvie, qui a \
        envoyé trente pompiers. Les écoles resteront fermées jusqu'à lundi prochain.";

    #[test]
    fn a_text_with_another_head_and_some_words_changed_is_a_copy() {
        let edited = format!("Verlieu (AVP) — {}", AGENCY.replace("mardi", "hier").replace("prochain", ""));
        let other = "Le maire de Verlieu a demandé mardi l'aide de la Sarvie après la crue de l'Orvanne, qui a fait douze \
            morts. Trente pompiers sarviens sont arrivés dans la ville, où les écoles sont fermées depuis.";
        let all = [AGENCY, other, &edited, AGENCY].map(Signature::new);
        let refs: Vec<&Signature> = all.iter().collect();
        assert!(all[0].resemblance(&all[2]) > COPY && all[0].resemblance(&all[1]) < 0.2);
        assert_eq!(copies(&refs), [0, 1, 0, 0]);
    }

    #[test]
    fn the_estimate_is_near_the_jaccard_index() {
        let words: Vec<String> = (0..300).map(|i| format!("mot{i}")).collect();
        let (a, b) = (words[..200].join(" "), words[100..].join(" "));
        // 197 shingles each, 97 in common: 97 / 297.
        let estimate = Signature::new(&a).resemblance(&Signature::new(&b));
        assert!((estimate - 97.0 / 297.0).abs() < 0.1, "{estimate}");
    }

    #[test]
    fn short_texts_are_copies_of_nothing() {
        let s = Signature::new("Trois mots seulement");
        assert_eq!(s.resemblance(&s), 0.0);
        assert_eq!(copies(&[&s, &s]), [0, 1]);
    }
}
