//! From scored pairs and decisions of people to clusters of units.

use super::blocks;
use super::decisions::{Decision, Decisions, Reference, Rejected, Verdict};
use super::names::{Name, Persons, persons};
use super::score::{self, Around, SURE, Score};
use super::units::{Numbers, Unit};
use crate::gather::Article;
use crate::ordered::in_threads;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::EntityType;

/// A comparison that came out likely or sure.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// The two units.
    pub pair: (usize, usize),
    /// How likely, and why.
    pub score: Score,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a likely or sure link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It joined two clusters.
    Merged,
    /// The two were one already.
    Known,
    /// Likely, not sure.
    Suggested,
    /// A decision of the user, by its index, is against it.
    Overruled(usize),
    /// It would join what cannot be one.
    Contradicted,
}

/// The outcome.
#[derive(Debug)]
pub(crate) struct Solution {
    /// Cluster of every unit: the smallest index in it.
    pub cluster: Vec<usize>,
    /// Links, most likely first.
    pub links: Vec<Link>,
    /// Decisions of the user by their index: whether they are in force.
    pub in_force: Vec<bool>,
    /// Decisions that cannot be followed.
    pub rejected: Vec<Rejected>,
}

/// Clusters the units; `copies` has for each article the first of its copies.
pub(crate) fn solve(
    articles: &[Article],
    copies: &[usize],
    units: &[Unit],
    numbers: &Numbers,
    decisions: &Decisions,
) -> Solution {
    let mut clusters = Clusters::new(units);
    let mut rejected = Vec::new();
    let mut in_force = decisions.in_force();
    let of = Lookup::new(units, articles);
    for verdict in [Verdict::Split, Verdict::Merge] {
        for (i, d) in decisions.all.iter().enumerate().filter(|(_, d)| d.verdict == verdict) {
            if in_force[i]
                && let Err(r) = clusters.decide(i, d, &of, decisions)
            {
                in_force[i] = false;
                rejected.push(r);
            }
        }
    }
    let (links, at_odds) = scored(copies, units, numbers);
    clusters.weigh(&links, &at_odds);
    let links = clusters.link(links);
    let cluster = (0..units.len()).map(|u| clusters.root(u)).collect();
    rejected.sort_by_key(|r| r.line);
    Solution { cluster, links, in_force, rejected }
}

/// Pairs with their scores, most likely first; and those of persons of one full name that are at odds.
fn scored(original: &[usize], units: &[Unit], numbers: &Numbers) -> (Vec<Link>, Vec<(usize, usize)>) {
    let texts = |u: &Unit| u.nodes.iter().map(|n| original[n.0]).collect::<BTreeSet<usize>>();
    let bearers = blocks::bearers(units);
    let around = |a: &Unit, b: &Unit| {
        let copies = a.document.is_some() && b.document.is_some() && !texts(a).is_disjoint(&texts(b));
        let copies = copies && a.nodes[0].0 != b.nodes[0].0;
        if a.kind != EntityType::Person || b.kind != EntityType::Person {
            return Around { rivals: 0, copies };
        }
        let own: BTreeSet<&str> = a.full_names().chain(b.full_names()).map(|n| n.words[0].as_str()).collect();
        let families: BTreeSet<&str> = a.names.iter().chain(&b.names).map(Name::family).collect();
        let all = families.iter().filter_map(|f| bearers.get(f)).flatten();
        Around { rivals: all.filter(|g| !own.contains(g.as_str())).count(), copies }
    };
    let mut out: Vec<Link> = bearer_of_short_name(units);
    let mut at_odds = Vec::new();
    let compared = |&(i, j): &(usize, usize)| {
        let (a, b) = (&units[i], &units[j]);
        let score = score::score(a, b, numbers, around(a, b))?;
        let odds = score::at_odds(a, b, &score);
        (odds || score.probability >= score::LIKELY).then_some(((i, j), score, odds))
    };
    let pairs = blocks::pairs(units);
    let scores: Vec<_> = in_threads(|| pairs.par_iter().filter_map(compared).collect());
    for (pair, score, odds) in scores {
        if odds {
            at_odds.push(pair);
        }
        if score.probability >= score::LIKELY {
            out.push(Link { pair, score, fate: Fate::Suggested });
        }
    }
    out.sort_by(|a, b| b.score.probability.total_cmp(&a.score.probability).then(a.pair.cmp(&b.pair)));
    (out, at_odds)
}

/// A family name that the gazetteer took for somebody else is that of the one bearer in its article.
fn bearer_of_short_name(units: &[Unit]) -> Vec<Link> {
    let mut out = Vec::new();
    let mut by_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, u) in units.iter().enumerate().filter(|(_, u)| u.kind == EntityType::Person) {
        by_document.entry(u.document.as_deref().unwrap_or_default()).or_default().push(i);
    }
    for all in by_document.into_values() {
        for &i in all.iter().filter(|&&i| units[i].detached) {
            let family = |u: &Unit| score::agreement(&units[i], u) == Persons::Family;
            let bearers: Vec<usize> = all.iter().copied().filter(|&j| j != i && family(&units[j])).collect();
            if let [j] = bearers[..] {
                let score = Score { probability: 0.98, method: "family name in its article".into() };
                out.push(Link { pair: (i.min(j), i.max(j)), score, fate: Fate::Suggested });
            }
        }
    }
    out
}

/// Units by what decisions call them.
struct Lookup<'a> {
    by_id: BTreeMap<&'a str, Vec<usize>>,
    documents: BTreeSet<&'a str>,
    units: &'a [Unit],
}

impl<'a> Lookup<'a> {
    fn new(units: &'a [Unit], articles: &'a [Article]) -> Self {
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, u) in units.iter().enumerate() {
            by_id.entry(&u.id).or_default().push(i);
        }
        Lookup { by_id, documents: articles.iter().map(|a| a.id.as_str()).collect(), units }
    }

    /// The units that `r` names, without those that the other side of the decision names; or why not.
    fn units(&self, r: &Reference, other: &Reference) -> Result<Vec<usize>, String> {
        let all = |id: &str| match self.by_id.get(id) {
            Some(all) => Ok(all.clone()),
            None => Err(format!("no article has an entity '{id}': 'temoin identity list' shows the identifiers")),
        };
        match r {
            Reference::Everywhere(id) => {
                let excluded = match other {
                    Reference::In(o, d) if o == id => Some(d.as_str()),
                    _ => None,
                };
                let kept = all(id)?.into_iter();
                Ok(kept.filter(|&u| excluded.is_none() || self.units[u].document.as_deref() != excluded).collect())
            }
            Reference::In(id, d) => {
                let found = all(id)?.into_iter().find(|&u| self.units[u].document.as_deref() == Some(d));
                match found {
                    Some(u) => Ok(vec![u]),
                    None if self.documents.contains(d.as_str()) => Err(format!("the article {d} has no entity '{id}'")),
                    None => Err(format!("no article of this graph is {d}")),
                }
            }
            Reference::Each => Ok(Vec::new()),
        }
    }
}

/// Disjoint sets (Tarjan 1975) that know what must stay apart.
struct Clusters<'a> {
    parent: Vec<Cell<usize>>,
    /// By root: what may not clash.
    facts: Vec<Facts<'a>>,
    /// By root: sides of the splits that it holds, as `(split, side)`.
    sides: Vec<BTreeSet<(usize, u8)>>,
    /// Decision of every split.
    splits: Vec<usize>,
    /// By root: its units.
    members: Vec<Vec<usize>>,
    /// By unit: those that it is surely one with by score, and those that it is at odds with.
    near: Vec<BTreeSet<usize>>,
    odds: Vec<BTreeSet<usize>>,
}

impl<'a> Clusters<'a> {
    fn new(units: &'a [Unit]) -> Self {
        let n = units.len();
        let facts = units.iter().map(Facts::new).collect();
        let none = vec![BTreeSet::new(); n];
        Clusters {
            parent: (0..n).map(Cell::new).collect(),
            facts,
            sides: vec![BTreeSet::new(); n],
            splits: Vec::new(),
            members: (0..n).map(|u| vec![u]).collect(),
            near: none.clone(),
            odds: none,
        }
    }

    /// Takes the scores for and against.
    fn weigh(&mut self, links: &[Link], at_odds: &[(usize, usize)]) {
        let sure = links.iter().filter(|l| l.score.probability >= SURE).map(|l| l.pair);
        for (a, b) in sure {
            self.near[a].insert(b);
            self.near[b].insert(a);
        }
        for &(a, b) in at_odds {
            self.odds[a].insert(b);
            self.odds[b].insert(a);
        }
    }

    /// Whether as many pairs of two clusters are at odds as are surely one: a third article that goes
    /// with both of two namesakes does not make them one.
    fn at_odds(&self, a: usize, b: usize) -> bool {
        let (few, many) = if self.members[a].len() <= self.members[b].len() { (a, b) } else { (b, a) };
        let count = |of: &[BTreeSet<usize>]| -> usize {
            let others = |&u: &usize| of[u].iter().filter(|&&v| self.root(v) == many).count();
            self.members[few].iter().map(others).sum()
        };
        let against = count(&self.odds);
        against > 0 && against >= count(&self.near)
    }

    fn root(&self, mut u: usize) -> usize {
        while self.parent[u].get() != u {
            // Path halving: every other one on the way skips one.
            let above = self.parent[u].get();
            self.parent[u].set(self.parent[above].get());
            u = self.parent[u].get();
        }
        u
    }

    /// The decision that keeps two clusters apart.
    fn split_between(&self, a: usize, b: usize) -> Option<usize> {
        let against = |&&(split, side): &&(usize, u8)| self.sides[b].contains(&(split, 1 - side));
        self.sides[a].iter().find(against).map(|&(split, _)| self.splits[split])
    }

    fn union(&mut self, a: usize, b: usize) {
        let (low, high) = (a.min(b), a.max(b));
        if low == high {
            return;
        }
        self.parent[high].set(low);
        let (facts, sides) = (std::mem::take(&mut self.facts[high]), std::mem::take(&mut self.sides[high]));
        let members = std::mem::take(&mut self.members[high]);
        self.members[low].extend(members);
        self.facts[low].extend(facts);
        self.sides[low].extend(sides);
    }

    fn decide(&mut self, index: usize, d: &Decision, of: &Lookup<'_>, all: &Decisions) -> Result<(), Rejected> {
        let reject = |field: &'static str, message: String, wrong: bool| Rejected {
            path: all.path.clone(),
            line: d.line,
            field,
            message,
            wrong,
        };
        let [x, y] = &d.pair;
        let a = of.units(x, y).map_err(|m| reject("entity 1", m, false))?;
        let b = of.units(y, x).map_err(|m| reject("entity 2", m, false))?;
        match (d.verdict, y) {
            (Verdict::Split, Reference::Each) => {
                for (i, &u) in a.iter().enumerate() {
                    self.part(index, &[u], &a[i + 1..]);
                }
            }
            (Verdict::Split, _) => self.part(index, &a, &b),
            _ => {
                for w in a.iter().chain(&b).copied().collect::<Vec<usize>>().windows(2) {
                    let (r, s) = (self.root(w[0]), self.root(w[1]));
                    if let Some(other) = self.split_between(r, s) {
                        let line = all.all[other].line;
                        return Err(reject(
                            "merge",
                            format!("line {line} says that they are two: undo one of the lines"),
                            true,
                        ));
                    }
                    self.union(r, s);
                }
            }
        }
        Ok(())
    }

    fn part(&mut self, decision: usize, a: &[usize], b: &[usize]) {
        let split = self.splits.len();
        self.splits.push(decision);
        for (units, side) in [(a, 0), (b, 1)] {
            for &u in units {
                let root = self.root(u);
                self.sides[root].insert((split, side));
            }
        }
    }

    /// Follows the sure links, most likely first; then asks of the others, and of those that namesakes hold up.
    fn link(&mut self, mut links: Vec<Link>) -> Vec<Link> {
        let mut held = Vec::new();
        for (i, l) in links.iter_mut().enumerate().filter(|(_, l)| l.score.probability >= SURE) {
            let (a, b) = (self.root(l.pair.0), self.root(l.pair.1));
            l.fate = match self.split_between(a, b) {
                _ if a == b => Fate::Known,
                Some(d) => Fate::Overruled(d),
                None if self.cannot_be_one(a, b) => Fate::Contradicted,
                None if self.at_odds(a, b) => {
                    held.push(i);
                    l.score.method.push_str(" - others of the name");
                    Fate::Suggested
                }
                None => {
                    self.union(a, b);
                    Fate::Merged
                }
            };
        }
        let mut asked = BTreeSet::new();
        let open = |(i, l): &(usize, &mut Link)| l.score.probability < SURE || held.contains(i);
        for (_, l) in links.iter_mut().enumerate().filter(open) {
            let (a, b) = (self.root(l.pair.0), self.root(l.pair.1));
            let fresh = a != b && asked.insert((a.min(b), a.max(b)));
            l.fate = match self.split_between(a, b) {
                _ if a == b => Fate::Known,
                Some(d) => Fate::Overruled(d),
                None if !fresh || self.cannot_be_one(a, b) => Fate::Contradicted,
                None => Fate::Suggested,
            };
        }
        links
    }

    /// Whether two clusters hold persons with full names that differ, or two entries of the gazetteer.
    fn cannot_be_one(&self, a: usize, b: usize) -> bool {
        self.facts[a].clash(&self.facts[b])
    }
}

/// What is known of a cluster and may not differ from another one's.
#[derive(Debug, Default)]
struct Facts<'a> {
    known: BTreeSet<&'a str>,
    wikidata: BTreeSet<&'a str>,
    /// Full names of persons, those with an initial apart: they fit too many.
    full: BTreeSet<&'a Name>,
    initial: BTreeSet<&'a Name>,
}

impl<'a> Facts<'a> {
    fn new(u: &'a Unit) -> Self {
        let names = u.full_names().filter(|_| u.kind == EntityType::Person);
        let (initial, full) = names.partition(|n| n.words[0].len() == 1);
        Facts {
            known: u.known.as_deref().into_iter().collect(),
            wikidata: u.wikidata.as_deref().into_iter().collect(),
            full,
            initial,
        }
    }

    fn extend(&mut self, other: Facts<'a>) {
        self.known.extend(other.known);
        self.wikidata.extend(other.wikidata);
        self.full.extend(other.full);
        self.initial.extend(other.initial);
    }

    fn clash(&self, other: &Facts<'a>) -> bool {
        let differ = |x: &BTreeSet<&str>, y: &BTreeSet<&str>| !x.is_empty() && !y.is_empty() && x.is_disjoint(y);
        let names = |f: &Facts<'a>| if f.full.is_empty() { f.initial.clone() } else { f.full.clone() };
        let (x, y) = (names(self), names(other));
        let agree = |n: &&Name| y.iter().any(|m| persons(n, m) != Persons::Different);
        differ(&self.known, &other.known)
            || differ(&self.wikidata, &other.wikidata)
            || (!x.is_empty() && !y.is_empty() && !x.iter().any(agree))
    }
}
