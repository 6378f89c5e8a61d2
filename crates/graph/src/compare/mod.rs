//! What several articles tell of one happening: who affirms it, who denies it, which numbers differ.
//!
//! Claims of two articles meet when they have the same relation and their participants, days and
//! places, after identity, fit (`alike`). It is coreference of events across documents by rules over
//! claims, in the line of Bejan and Harabagiu 2010; only claims of one block (a relation and somebody
//! or somewhere) are compared. Copies of one agency text ([`crate::minhash`]) count once. No verdict
//! is given on who is right.

mod alike;
mod quads;

use crate::gather::{Article, Brief};
use crate::identity::Canonical;
use crate::iri::Iris;
use alike::{Lexicon, Statement, Stories};
use oxigraph::model::Quad;
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::id::content_id;
use temoin_model::{Date, Status};

/// What a claim does with the happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// It says that it was so: asserted, reported or hedged.
    Affirms,
    /// It says that it was not so.
    Denies,
    /// It leaves it open: planned or hypothetical.
    Open,
}

/// A number that a claim states, with its bounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Number {
    /// Least value; none where only a greatest is stated.
    pub min: Option<f64>,
    /// Greatest value; none where only a least is stated.
    pub max: Option<f64>,
    /// Unit; may be empty.
    pub unit: String,
}

impl Number {
    /// The same for numbers that are the same.
    fn bits(&self) -> (Option<u64>, Option<u64>, String) {
        (self.min.map(f64::to_bits), self.max.map(f64::to_bits), self.unit.clone())
    }

    fn apart(&self, other: &Number) -> bool {
        let below = |a: &Number, b: &Number| a.max.zip(b.min).is_some_and(|(x, y)| x < y);
        self.unit == other.unit && (below(self, other) || below(other, self))
    }
}

/// One claim on a happening.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The claim, by IRI.
    pub claim: String,
    /// Identifier of its document.
    pub document: String,
    /// Identifier of the first document of its group of copies, where that is another one.
    pub copy_of: Option<String>,
    /// What it does with the happening.
    pub stance: Stance,
    /// Publication date of the document.
    pub reported_on: Option<Date>,
    /// Number.
    pub number: Option<Number>,
    /// Event of its article, by IRI.
    pub event: Option<String>,
}

/// A happening that two or more articles tell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// Identifier.
    pub id: String,
    /// Relations that tell it; counts stand with what they count.
    pub relations: Vec<String>,
    /// Named participants, by identifier.
    pub participants: Vec<String>,
    /// Places, by identifier.
    pub places: Vec<String>,
    /// First and last day that claims give.
    pub days: Option<(Date, Date)>,
    /// The claims, by date of publication, then document.
    pub told: Vec<Told>,
    /// Number of articles.
    pub articles: usize,
    /// The same, with copies of one text counted once.
    pub independent: usize,
    /// Whether some affirm and some deny it.
    pub disputed: bool,
    /// Whether claims that affirm it give numbers that cannot both be right.
    pub numbers_differ: bool,
}

/// All happenings that articles have in common.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comparison {
    /// Those that several articles tell, the most told first.
    pub happenings: Vec<Happening>,
    /// Documents that are copies, with the first document of their group.
    pub copies: BTreeMap<String, String>,
}

/// Compares the articles, which are sorted by identifier; `copies` has for each the first of its copies.
pub(crate) fn compare(articles: &[Article], copies: &[usize], canonical: &Canonical<'_>) -> Comparison {
    let original = originals(articles, copies);
    let mut lexicon = Lexicon::default();
    let statements = alike::statements(articles, canonical, &mut lexicon);
    let stories = Stories::new(articles, canonical, &mut lexicon);
    let clusters = cluster(&statements, &stories);
    let mut happenings: Vec<Happening> = clusters
        .into_iter()
        .map(|of| of.into_iter().map(|s| &statements[s]).collect::<Vec<_>>())
        .filter(|of| of.iter().map(|s| s.article).collect::<BTreeSet<_>>().len() > 1)
        .map(|of| happening(articles, &original, &of, &lexicon))
        .collect();
    happenings.sort_by(|a, b| {
        let value = |h: &Happening| (h.disputed || h.numbers_differ, h.independent, h.told.len());
        value(b).cmp(&value(a)).then_with(|| a.id.cmp(&b.id))
    });
    let copies = (0..articles.len()).filter(|&i| original[i] != i);
    let copies = copies.map(|i| (articles[i].id.clone(), articles[original[i]].id.clone())).collect();
    Comparison { happenings, copies }
}

/// The graph `g:events`.
pub(crate) fn graph(iris: &Iris, comparison: &Comparison) -> Vec<Quad> {
    quads::quads(iris, comparison)
}

/// For every article the earliest of its group of copies.
fn originals(articles: &[Article], group: &[usize]) -> Vec<usize> {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let when = |i: usize| (articles[i].issued.is_none(), articles[i].issued, i);
    for (i, &g) in group.iter().enumerate() {
        let f = first.entry(g).or_insert(i);
        if when(i) < when(*f) {
            *f = i;
        }
    }
    group.iter().map(|g| first[g]).collect()
}

/// Statements of one block are compared with so many that follow them in time.
const WINDOW: usize = 24;

fn cluster(statements: &[Statement<'_>], stories: &Stories) -> Vec<Vec<usize>> {
    let mut groups: UnionFind<usize> = UnionFind::new(statements.len());
    let mut blocks: FxHashMap<(u32, u32), Vec<usize>> = FxHashMap::default();
    let mut events: FxHashMap<(&str, u32), usize> = FxHashMap::default();
    for (i, s) in statements.iter().enumerate() {
        // What the article tells as one event is one, as far as it has one relation.
        if let Some(e) = &s.claim.event {
            let first = *events.entry((e, s.family)).or_insert(i);
            groups.union(first, i);
        }
        for key in s.keys(stories) {
            blocks.entry(key).or_default().push(i);
        }
    }
    for mut block in blocks.into_values() {
        block.sort_by_key(|&i| (statements[i].issued, i));
        for (at, &i) in block.iter().enumerate() {
            for &j in block[at + 1..].iter().take(WINDOW) {
                if !groups.equiv(i, j) && alike::same(&statements[i], &statements[j], stories) {
                    groups.union(i, j);
                }
            }
        }
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..statements.len() {
        out.entry(groups.find_mut(i)).or_default().push(i);
    }
    out.into_values().filter(|c| c.len() > 1).collect()
}

fn stance(c: &Brief) -> Stance {
    match c.status {
        Status::Asserted | Status::Reported | Status::Hedged => Stance::Affirms,
        Status::Denied => Stance::Denies,
        Status::Planned | Status::Hypothetical => Stance::Open,
    }
}

fn number(c: &Brief) -> Option<Number> {
    let (min, max, unit) = c.number.as_ref()?;
    let stated = |x: f64| Some(x).filter(|x| x.is_finite());
    Some(Number { min: stated(*min), max: stated(*max), unit: unit.clone() })
}

fn happening(articles: &[Article], original: &[usize], of: &[&Statement<'_>], lexicon: &Lexicon) -> Happening {
    let mut told: Vec<Told> = of
        .iter()
        .map(|s| Told {
            claim: s.claim.iri.clone(),
            document: articles[s.article].id.clone(),
            copy_of: (original[s.article] != s.article).then(|| articles[original[s.article]].id.clone()),
            stance: stance(s.claim),
            reported_on: s.issued,
            number: number(s.claim),
            event: s.claim.event.clone(),
        })
        .collect();
    told.sort_by(|a, b| {
        let key = |t: &Told| (t.reported_on.is_none(), t.reported_on);
        key(a).cmp(&key(b)).then_with(|| (&a.document, &a.claim).cmp(&(&b.document, &b.claim)))
    });
    let all = |f: &dyn Fn(&Statement<'_>) -> Vec<String>| -> Vec<String> {
        of.iter().flat_map(|s| f(s)).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let days = of.iter().filter_map(|s| s.claim.days.0.zip(s.claim.days.1)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let with = |wanted: Stance| of.iter().copied().filter(move |s| stance(s.claim) == wanted);
    let disputed = with(Stance::Denies).any(|a| with(Stance::Affirms).any(|b| alike::about_the_same(a, b)));
    // Hundreds of claims give the same number of the same people.
    let mut counts: Vec<(&Statement<'_>, Number)> = Vec::new();
    let mut seen = FxHashSet::default();
    for s in with(Stance::Affirms) {
        if let Some(n) = number(s.claim)
            && seen.insert((&s.claim.relation, &s.subject, &s.object, n.bits()))
        {
            counts.push((s, n));
        }
    }
    let differ =
        |(a, x): &(&Statement<'_>, Number)| counts.iter().any(|(b, y)| x.apart(y) && alike::about_the_same(a, b));
    let mut claims: Vec<&str> = told.iter().map(|t| t.claim.as_str()).collect();
    claims.sort_unstable();
    Happening {
        id: content_id(&claims),
        relations: all(&|s| vec![s.claim.relation.clone()]),
        participants: all(&|s| s.named().map(|n| lexicon.text(n).to_owned()).collect()),
        places: all(&|s| s.places.iter().map(|&p| lexicon.text(p).to_owned()).collect()),
        days,
        articles: of.iter().map(|s| s.article).collect::<BTreeSet<_>>().len(),
        independent: of.iter().map(|s| original[s.article]).collect::<BTreeSet<_>>().len(),
        disputed,
        numbers_differ: counts.iter().any(differ),
        told,
    }
}
