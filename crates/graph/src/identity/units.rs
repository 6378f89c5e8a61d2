//! What is compared: an entity in one article, or in all that call it the same and need no proof.

use super::decisions::{Decisions, Reference};
use super::homonyms::{Homonym, Homonyms};
use super::names::{self, Look, Name};
use crate::gather::{Article, Occurrence};
use crate::ordered::in_threads;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::id::slug;
use temoin_model::{Date, EntityType};

/// An entity in an article: indices of the article and of its entity.
pub(crate) type Node = (usize, usize);

/// Occurrences that are one entity for certain.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Identifier in the articles.
    pub id: String,
    /// The article, where the unit is of one article only.
    pub document: Option<String>,
    /// Its occurrences.
    pub nodes: Vec<Node>,
    /// Type.
    pub kind: EntityType,
    /// Whether it has a proper name.
    pub named: bool,
    /// Without one: whether its words look like one.
    pub look: Option<Look>,
    /// Identifier in the gazetteer.
    pub known: Option<String>,
    /// Taken from a gazetteer entry that is not meant: its labels say nothing.
    pub detached: bool,
    /// The homonym that is meant instead.
    pub homonym: Option<&'static Homonym>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// Names, cut.
    pub names: BTreeSet<Name>,
    /// What to call it in messages.
    pub label: String,
    /// Words for what it is.
    pub roles: BTreeSet<String>,
    /// Entities in the same claims, by number in [`Numbers`].
    pub partners: BTreeSet<u32>,
    /// What a person leads, works for or belongs to.
    pub posts: BTreeSet<u32>,
    /// Named entities of the same articles.
    pub company: BTreeSet<u32>,
    /// Days on which its articles appeared.
    pub days: Option<(Date, Date)>,
}

impl Unit {
    fn empty() -> Self {
        Unit {
            id: String::new(),
            document: None,
            nodes: Vec::new(),
            kind: EntityType::Thing,
            named: false,
            look: None,
            known: None,
            detached: false,
            homonym: None,
            wikidata: None,
            names: BTreeSet::new(),
            label: String::new(),
            roles: BTreeSet::new(),
            partners: BTreeSet::new(),
            posts: BTreeSet::new(),
            company: BTreeSet::new(),
            days: None,
        }
    }

    /// How decisions name it.
    pub(crate) fn reference(&self) -> String {
        match &self.document {
            Some(d) => format!("{}.{d}", self.id),
            None => self.id.clone(),
        }
    }

    /// The names with more than a family name.
    pub(crate) fn full_names(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(|n| n.is_full())
    }
}

/// Identifiers as numbers, with the number of articles that have them.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Of every entity of every article.
    of: Vec<Vec<u32>>,
    articles: Vec<u32>,
    total: u32,
}

impl Numbers {
    fn new(articles: &[Article]) -> Self {
        let mut out = Numbers { total: articles.len() as u32, ..Numbers::default() };
        let mut by_id: FxHashMap<&str, u32> = FxHashMap::default();
        for a in articles {
            let mut of = Vec::with_capacity(a.entities.len());
            for e in &a.entities {
                let next = out.articles.len() as u32;
                let n = *by_id.entry(&e.id).or_insert(next);
                if n == next {
                    out.articles.push(0);
                }
                out.articles[n as usize] += 1;
                of.push(n);
            }
            out.of.push(of);
        }
        out
    }

    /// Whether few articles speak of it, so that sharing it means something.
    pub(crate) fn is_rare(&self, n: u32) -> bool {
        self.articles.get(n as usize).is_some_and(|a| *a <= 4.max(self.total / 20))
    }
}

/// Cuts all occurrences into units, in the order of identifier and article.
pub(crate) fn units(articles: &[Article], decisions: &Decisions) -> (Vec<Unit>, Numbers) {
    let numbers = Numbers::new(articles);
    let homonyms = Homonyms::builtin();
    let mentioned = Mentioned::new(decisions);
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<Node>> = BTreeMap::new();
    let mut special: FxHashMap<Node, Option<&'static Homonym>> = FxHashMap::default();
    for (a, article) in articles.iter().enumerate() {
        for (i, e) in article.entities.iter().enumerate() {
            if !e.named && look(e).is_none() && !mentioned.ids.contains(e.id.as_str()) {
                continue;
            }
            let homonym = homonyms.meant(article, e);
            let foreign = homonym.is_some() || is_foreign_short_name(article, e);
            if foreign {
                special.insert((a, i), homonym);
            }
            let alone = foreign || needs_proof(e) || mentioned.apart(&e.id, &article.id);
            groups.entry((&e.id, alone.then_some(article.id.as_str()))).or_default().push((a, i));
        }
    }
    let make = |((id, document), nodes): ((&str, Option<&str>), Vec<Node>)| {
        let mut unit = Unit { id: id.to_owned(), document: document.map(str::to_owned), ..Unit::empty() };
        let taken = special.get(&nodes[0]);
        (unit.detached, unit.homonym) = (taken.is_some(), taken.copied().flatten());
        let mut seen = BTreeSet::new();
        nodes.iter().for_each(|&n| unit.absorb(articles, n, &numbers, &mut seen));
        unit.nodes = nodes;
        unit.settle();
        unit
    };
    let groups: Vec<_> = groups.into_iter().collect();
    let units = in_threads(|| groups.into_par_iter().map(make).collect());
    (units, numbers)
}

/// Whether something that the article describes is called by what looks like a name.
fn look(e: &Occurrence) -> Option<Look> {
    if e.named
        || matches!(e.kind, Some(EntityType::Person | EntityType::Group | EntityType::Place | EntityType::Country))
    {
        return None;
    }
    e.labels.iter().filter_map(|l| names::look(l)).max()
}

/// What the decisions name.
struct Mentioned<'a> {
    ids: BTreeSet<&'a str>,
    single: BTreeSet<(&'a str, &'a str)>,
    each: BTreeSet<&'a str>,
}

impl<'a> Mentioned<'a> {
    fn new(decisions: &'a Decisions) -> Self {
        let mut out = Mentioned { ids: BTreeSet::new(), single: BTreeSet::new(), each: BTreeSet::new() };
        for d in &decisions.all {
            for r in &d.pair {
                match r {
                    Reference::Everywhere(id) => drop(out.ids.insert(id)),
                    Reference::In(id, doc) => {
                        out.ids.insert(id);
                        out.single.insert((id, doc));
                    }
                    Reference::Each => {
                        if let Reference::Everywhere(id) = &d.pair[0] {
                            out.each.insert(id);
                        }
                    }
                }
            }
        }
        out
    }

    fn apart(&self, id: &str, document: &str) -> bool {
        self.each.contains(id) || self.single.contains(&(id, document))
    }
}

/// Organizations that an article names: the first word of a model may be its maker.
fn makers(article: &Article, e: &Occurrence) -> Vec<Name> {
    let organization = |o: &&Occurrence| o.named && o.id != e.id && o.kind == Some(EntityType::Organization);
    let names = article.entities.iter().filter(organization).flat_map(|o| &o.written);
    names.map(|n| Name::new(n, EntityType::Organization)).collect()
}

/// Persons of equal names may be two; other names are taken to name one thing, as the gazetteer is.
fn needs_proof(e: &Occurrence) -> bool {
    e.kind == Some(EntityType::Person) && !e.known()
}

/// Whether a known person is written with the family name only, in an article where another person
/// bears that name in full: it is the other one.
fn is_foreign_short_name(article: &Article, e: &Occurrence) -> bool {
    let person = |e: &Occurrence| e.kind == Some(EntityType::Person);
    if !person(e) || !e.known() || e.written.is_empty() {
        return false;
    }
    let written: Vec<Name> = e.written.iter().map(|w| Name::new(w, EntityType::Person)).collect();
    if written.iter().any(Name::is_full) {
        return false;
    }
    let others = article.entities.iter().filter(|o| person(o) && o.id != e.id);
    let full = |o: &Occurrence| -> Vec<Name> {
        o.written.iter().map(|w| Name::new(w, EntityType::Person)).filter(Name::is_full).collect()
    };
    others.flat_map(full).any(|o| written.iter().any(|w| w.family() == o.family()))
}

impl Unit {
    /// `seen` has the names that were cut already.
    fn absorb<'a>(
        &mut self,
        articles: &'a [Article],
        (a, i): Node,
        numbers: &Numbers,
        seen: &mut BTreeSet<(EntityType, &'a str)>,
    ) {
        let article = &articles[a];
        let e = &article.entities[i];
        self.kind = e.kind.unwrap_or(self.kind);
        self.named |= e.named;
        let texts = if self.detached { &e.written } else { &e.labels };
        if !e.named {
            self.look = look(e);
        }
        let counts = e.named || self.look.is_some();
        // The names of a model depend on the article, those of all else on the words alone.
        let model = self.kind != EntityType::Person && texts.iter().any(|t| names::look(t) == Some(Look::Model));
        let kind = self.kind;
        let fresh = texts.iter().chain(&e.written).filter(|t| counts && (model || seen.insert((kind, t.as_str()))));
        let mut names: Vec<Name> = fresh.map(|t| Name::new(t, kind)).filter(|n| !n.key().is_empty()).collect();
        if model {
            names = names.into_iter().map(Name::singular).collect();
            let makers = makers(article, e);
            let bare: Vec<Name> = names.iter().filter_map(|n| n.without(&makers)).collect();
            names
                .extend(bare.into_iter().filter(|n| n.key().bytes().any(|b| b.is_ascii_digit()) || n.words.len() == 1));
        }
        self.names.extend(names);
        if !self.detached {
            self.wikidata = self.wikidata.take().or_else(|| e.wikidata.clone());
            self.known = e.known().then(|| e.id.clone());
        }
        let longest = |t: &&String| (t.chars().count(), std::cmp::Reverse((*t).clone()));
        let label = e.written.iter().max_by_key(longest).or(texts.iter().max_by_key(longest));
        if let Some(l) = label.filter(|l| l.chars().count() > self.label.chars().count()) {
            self.label.clone_from(l);
        }
        let words = e.roles.iter().flat_map(|r| slug(r).split('-').map(str::to_owned).collect::<Vec<_>>());
        self.roles.extend(words.filter(|w| w.len() > 3));
        let other = |o: &usize| article.entities[*o].named && *o != i;
        self.partners.extend(e.partners.iter().copied().filter(other).map(|o| numbers.of[a][o]));
        self.posts.extend(e.posts.iter().copied().filter(other).map(|o| numbers.of[a][o]));
        self.company.extend((0..article.entities.len()).filter(other).map(|o| numbers.of[a][o]));
        if let Some(d) = article.issued {
            let (from, to) = self.days.unwrap_or((d, d));
            self.days = Some((from.min(d), to.max(d)));
        }
    }

    fn settle(&mut self) {
        if let Some(h) = self.homonym {
            self.kind = h.kind;
            self.known = Some(h.id.clone());
            self.wikidata.clone_from(&h.wikidata);
        }
        if self.label.is_empty() {
            self.label.clone_from(&self.id);
        }
    }
}
