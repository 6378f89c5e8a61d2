//! The metrics of the CoNLL 2018 shared task (Zeman et al. 2018, and its `conll18_ud_eval.py`):
//! F1 of tokens, sentences and words by characters without blanks; tags, features, lemmas and
//! heads on aligned words; labels without subtypes, features of the universal inventory only.

use temoin_model::{Document, TokenId};

/// Correct, in the system's output, in the gold standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Correct items.
    pub correct: usize,
    /// Items of the system.
    pub system: usize,
    /// Items of the gold standard.
    pub gold: usize,
}

impl Counts {
    /// F1 in percent.
    pub fn f1(self) -> f64 {
        if self.system + self.gold == 0 { 0.0 } else { 200.0 * self.correct as f64 / (self.system + self.gold) as f64 }
    }
}

/// All metrics, in the order of the shared task's table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores(pub Vec<(&'static str, Counts)>);

impl Scores {
    /// F1 of one metric.
    pub fn f1(&self, name: &str) -> f64 {
        self.0.iter().find(|m| m.0 == name).map_or(0.0, |m| m.1.f1())
    }

    /// A table with one metric a line.
    pub fn table(&self) -> String {
        let mut out = String::from("metric      precision   recall       F1\n");
        for (name, c) in &self.0 {
            let share = |n: usize| if n == 0 { 0.0 } else { 100.0 * c.correct as f64 / n as f64 };
            out.push_str(&format!("{name:<10} {:>10.2} {:>8.2} {:>8.2}\n", share(c.system), share(c.gold), c.f1()));
        }
        out
    }
}

/// Features that the shared task counts.
const UNIVERSAL: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case", "Definite",
    "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person", "Polite",
];

/// Start and end in characters without blanks.
type Place = (u32, u32);

struct View<'a> {
    doc: &'a Document,
    /// Characters without blanks before every code point.
    solid: Vec<u32>,
    text: Vec<char>,
}

impl<'a> View<'a> {
    fn new(doc: &'a Document) -> Self {
        let mut solid = Vec::with_capacity(doc.char_len() as usize + 1);
        let mut text = Vec::new();
        for c in doc.text().chars() {
            solid.push(text.len() as u32);
            if !c.is_whitespace() {
                text.push(c);
            }
        }
        solid.push(text.len() as u32);
        View { doc, solid, text }
    }

    fn place(&self, t: TokenId) -> Place {
        let s = self.doc.token_span(t);
        (self.solid[s.start as usize], self.solid[s.end as usize])
    }

    /// Surface tokens and sentences.
    fn tokens(&self) -> Vec<Place> {
        let mut out: Vec<Place> = self.doc.tokens().map(|t| self.place(t)).collect();
        out.dedup();
        out
    }

    fn sentences(&self) -> Vec<Place> {
        let of = |s: usize| {
            let words = self.doc.sentence(s);
            (self.place(TokenId(words.start)).0, self.place(TokenId(words.end - 1)).1)
        };
        (0..self.doc.sentence_count()).map(of).collect()
    }

    fn multiword(&self) -> Vec<bool> {
        let mut out = vec![false; self.doc.len()];
        for m in self.doc.multiwords() {
            self.doc.tokens_in(*m).for_each(|t| out[t.ix()] = true);
        }
        out
    }
}

/// Scores `system` against `gold`; `None` when their characters without blanks differ.
pub fn score(gold: &Document, system: &Document) -> Option<Scores> {
    let (g, s) = (View::new(gold), View::new(system));
    if g.text != s.text {
        return None;
    }
    let pairs = align(&g, &s);
    let words = |correct| Counts { correct, system: system.len(), gold: gold.len() };
    let count = |f: &dyn Fn(TokenId, TokenId) -> bool| words(pairs.iter().filter(|p| f(p.0, p.1)).count());
    let mut partner = vec![None; gold.len()];
    for &(a, b) in &pairs {
        partner[a.ix()] = Some(b);
    }
    let head = |a: TokenId, b: TokenId| match (gold.head(a), system.head(b)) {
        (None, None) => true,
        (Some(x), Some(y)) => partner[x.ix()] == Some(y),
        _ => false,
    };
    Some(Scores(vec![
        ("Tokens", common(&g.tokens(), &s.tokens())),
        ("Sentences", common(&g.sentences(), &s.sentences())),
        ("Words", words(pairs.len())),
        ("UPOS", count(&|a, b| gold.upos(a) == system.upos(b))),
        ("UFeats", count(&|a, b| universal(gold.feats(a)).eq(universal(system.feats(b))))),
        ("Lemmas", count(&|a, b| gold.lemma(a) == "_" || gold.lemma(a) == system.lemma(b))),
        ("UAS", count(&head)),
        ("LAS", count(&|a, b| head(a, b) && gold.relation(a) == system.relation(b))),
    ]))
}

fn universal(feats: &str) -> impl Iterator<Item = &str> {
    feats.split('|').filter(|f| f.split_once('=').is_some_and(|(k, _)| UNIVERSAL.contains(&k)))
}

/// Items of two sorted lists that are equal.
fn common(gold: &[Place], system: &[Place]) -> Counts {
    let (mut i, mut j, mut correct) = (0, 0, 0);
    while i < gold.len() && j < system.len() {
        match gold[i].cmp(&system[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                correct += 1;
                i += 1;
                j += 1;
            }
        }
    }
    Counts { correct, system: system.len(), gold: gold.len() }
}

/// Aligned words: equal places, and inside stretches with multiword tokens the longest common
/// subsequence of forms in lower case.
fn align(g: &View<'_>, s: &View<'_>) -> Vec<(TokenId, TokenId)> {
    let (gm, sm) = (g.multiword(), s.multiword());
    let (mut i, mut j) = (0u32, 0u32);
    let (gn, sn) = (g.doc.len() as u32, s.doc.len() as u32);
    let mut out = Vec::new();
    while i < gn && j < sn {
        let (a, b) = (TokenId(i), TokenId(j));
        let (pa, pb) = (g.place(a), s.place(b));
        if gm[a.ix()] || sm[b.ix()] {
            // The stretch that both sides cover, from the earlier start to a common end.
            let (from_i, from_j) = (i, j);
            let mut end = if gm[a.ix()] { pa.1 } else { pb.1 };
            if (gm[a.ix()] && pb.1 <= pa.0) || (sm[b.ix()] && !gm[a.ix()] && pa.1 <= pb.0) {
                if pb.1 <= pa.0 {
                    j += 1
                } else {
                    i += 1
                }
                continue;
            }
            loop {
                let before = (i, j);
                while i < gn && g.place(TokenId(i)).0 < end {
                    if gm[i as usize] {
                        end = end.max(g.place(TokenId(i)).1);
                    }
                    i += 1;
                }
                while j < sn && s.place(TokenId(j)).0 < end {
                    if sm[j as usize] {
                        end = end.max(s.place(TokenId(j)).1);
                    }
                    j += 1;
                }
                if before == (i, j) {
                    break;
                }
            }
            out.extend(lcs(g, s, from_i..i, from_j..j));
        } else if pa == pb {
            out.push((a, b));
            i += 1;
            j += 1;
        } else if pa.0 <= pb.0 {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

fn lcs(g: &View<'_>, s: &View<'_>, gr: std::ops::Range<u32>, sr: std::ops::Range<u32>) -> Vec<(TokenId, TokenId)> {
    let form = |d: &Document, i: u32| d.form(TokenId(i)).to_lowercase();
    let gf: Vec<String> = gr.clone().map(|i| form(g.doc, i)).collect();
    let sf: Vec<String> = sr.clone().map(|i| form(s.doc, i)).collect();
    let mut table = vec![vec![0u32; sf.len() + 1]; gf.len() + 1];
    for i in (0..gf.len()).rev() {
        for j in (0..sf.len()).rev() {
            table[i][j] = if gf[i] == sf[j] { 1 + table[i + 1][j + 1] } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < gf.len() && j < sf.len() {
        if gf[i] == sf[j] {
            out.push((TokenId(gr.start + i as u32), TokenId(sr.start + j as u32)));
            i += 1;
            j += 1;
        } else if table[i + 1][j] >= table[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_model::{Meta, conllu::parse_one};

    fn doc(rows: &str) -> Document {
        let table: String = rows
            .lines()
            .map(|l| {
                let c: Vec<&str> = l.split_whitespace().collect();
                if c.is_empty() {
                    return "\n".to_owned();
                }
                if c.len() == 2 {
                    return format!("{}\t{}\t_\t_\t_\t_\t_\t_\t_\t_\n", c[0], c[1]);
                }
                let misc = c.get(6).unwrap_or(&"_");
                format!(
                    "{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{misc}\n",
                    c[0],
                    c[1],
                    c[1].to_lowercase(),
                    c[2],
                    c[3],
                    c[4..6].join("\t")
                )
            })
            .collect();
        parse_one(&table, Meta::default()).unwrap()
    }

    const GOLD: &str = "1 Il PRON Number=Sing 2 nsubj\n2 part VERB _ 0 root\n3-4 du\n3 de ADP _ 5 case\n4 le DET _ 5 det\n5 port NOUN _ 2 obl:mod SpaceAfter=No\n6 . PUNCT _ 2 punct\n";

    #[test]
    fn the_same_analysis_scores_full_marks() {
        let d = doc(GOLD);
        let s = score(&d, &d).unwrap();
        assert_eq!(s.0.len(), 8);
        for (name, c) in &s.0 {
            assert_eq!((c.correct, c.f1()), (c.gold, 100.0), "{name}");
        }
    }

    #[test]
    fn subtypes_and_language_specific_features_do_not_count() {
        let other = doc(&GOLD.replace("obl:mod", "obl").replace("Number=Sing", "ExtPos=ADV|Number=Sing"));
        let s = score(&doc(GOLD), &other).unwrap();
        assert_eq!((s.f1("LAS"), s.f1("UFeats")), (100.0, 100.0));
        let wrong = doc(&GOLD.replace("2 obl:mod", "2 obj").replace("Number=Sing", "Number=Plur"));
        let s = score(&doc(GOLD), &wrong).unwrap();
        assert_eq!((s.f1("UAS"), s.f1("LAS").round(), s.f1("UFeats").round()), (100.0, 83.0, 83.0));
    }

    #[test]
    fn an_unsplit_contraction_costs_its_words_only() {
        let whole = doc(
            "1 Il PRON Number=Sing 2 nsubj\n2 part VERB _ 0 root\n3 du DET _ 4 det\n4 port NOUN _ 2 obl:mod SpaceAfter=No\n5 . PUNCT _ 2 punct\n",
        );
        let s = score(&doc(GOLD), &whole).unwrap();
        assert_eq!(s.f1("Tokens"), 100.0);
        let words = s.0.iter().find(|m| m.0 == "Words").unwrap().1;
        assert_eq!(words, Counts { correct: 4, system: 5, gold: 6 });
        assert_eq!(s.0.iter().find(|m| m.0 == "UAS").unwrap().1.correct, 4);
    }

    #[test]
    fn sentences_are_counted_by_both_their_ends() {
        let two = doc(
            "1 Il PRON Number=Sing 0 root\n2 part VERB _ 1 dep\n\n1-2 du\n1 de ADP _ 3 case\n2 le DET _ 3 det\n3 port NOUN _ 0 root SpaceAfter=No\n4 . PUNCT _ 3 punct\n",
        );
        let s = score(&doc(GOLD), &two).unwrap();
        assert_eq!(s.0[1].1, Counts { correct: 0, system: 2, gold: 1 });
        assert_eq!(s.f1("Words"), 100.0);
    }

    #[test]
    fn other_text_cannot_be_scored() {
        assert!(score(&doc(GOLD), &doc(&GOLD.replace("port", "quai"))).is_none());
    }
}
