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
        ("UFeats", count(&|a, b| universal(gold.feats(a)) == universal(system.feats(b)))),
        ("Lemmas", count(&|a, b| gold.lemma(a) == "_" || gold.lemma(a) == system.lemma(b))),
        ("UAS", count(&head)),
        ("LAS", count(&|a, b| head(a, b) && gold.relation(a) == system.relation(b))),
    ]))
}

/// Features that count, in an order of their own: how a file sorts them must not matter.
fn universal(feats: &str) -> Vec<&str> {
    let mut kept: Vec<&str> =
        feats.split('|').filter(|f| UNIVERSAL.contains(&f.split('=').next().unwrap_or(f))).collect();
    kept.sort_unstable();
    kept
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
    let (g_side, s_side) = (Side { view: g, multi: g.multiword() }, Side { view: s, multi: s.multiword() });
    let (mut i, mut j) = (0u32, 0u32);
    let mut out = Vec::new();
    while i < g_side.len() && j < s_side.len() {
        let (a, b) = (g_side.place(i), s_side.place(j));
        if g_side.multi[i as usize] || s_side.multi[j as usize] {
            // The stretch begins with the multiword token: an overlapping word before it stays out.
            let mut end = if g_side.multi[i as usize] { a.1 } else { b.1 };
            if g_side.multi[i as usize] {
                j += u32::from(!s_side.multi[j as usize] && b.0 < a.0);
            } else {
                i += u32::from(a.0 < b.0);
            }
            let (from_i, from_j) = (i, j);
            while !g_side.beyond(i, end) || !s_side.beyond(j, end) {
                let gold_first = i < g_side.len() && (j >= s_side.len() || g_side.place(i).0 <= s_side.place(j).0);
                let (side, at) = if gold_first { (&g_side, &mut i) } else { (&s_side, &mut j) };
                if side.multi[*at as usize] {
                    end = end.max(side.place(*at).1);
                }
                *at += 1;
            }
            out.extend(lcs(g, s, from_i..i, from_j..j));
        } else if a == b {
            out.push((TokenId(i), TokenId(j)));
            i += 1;
            j += 1;
        } else if a.0 <= b.0 {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// The words of one document while aligning.
struct Side<'a> {
    view: &'a View<'a>,
    /// Whether a word is part of a multiword token.
    multi: Vec<bool>,
}

impl Side<'_> {
    fn len(&self) -> u32 {
        self.multi.len() as u32
    }

    fn place(&self, i: u32) -> Place {
        self.view.place(TokenId(i))
    }

    /// Whether word `i` lies behind a stretch that ends at `end`: a multiword token when it begins
    /// there, another word when it sticks out.
    fn beyond(&self, i: u32, end: u32) -> bool {
        if i >= self.len() {
            return true;
        }
        let place = self.place(i);
        if self.multi[i as usize] { place.0 >= end } else { place.1 > end }
    }
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
mod tests;
