//! What changed between two graphs: articles that came and went, facts gained and lost, and facts
//! that are now told otherwise, or of somebody else.
//!
//! A claim is what one sentence of one article says; a fact is what claims have in common: who, the
//! relation, to whom or what, how many, when and where. Two graphs are compared by facts, each with
//! the statuses that its claims give it, so that an article that was written anew, or read by a later
//! version of the program, shows as what it changed and not as all new. Entities without a name
//! (« deux hommes ») are the same if their words and the name of their article are. Where a claim of
//! both graphs has other entities now, because who is who was decided otherwise, that is no fact
//! gained or lost but one that was reassigned.

use crate::graph::Graph;
use crate::records::{Agent, ClaimInfo, Claims, DocumentInfo, Value};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::{Date, Lang, Status};

/// What changed from one graph to another. All lists are sorted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Diff {
    /// Articles that only the new graph has, by name.
    pub articles_added: Vec<ArticleRef>,
    /// Articles that only the old graph has.
    pub articles_removed: Vec<ArticleRef>,
    /// Articles of the same name and another text.
    pub articles_replaced: Vec<ReplacedArticle>,
    /// Articles of the same text and another name, title, outlet, address or date.
    pub articles_described: Vec<DescribedArticle>,
    /// Number of facts in the old graph.
    pub facts_before: usize,
    /// Number of facts in the new graph.
    pub facts_after: usize,
    /// Facts that only the new graph has.
    pub gained: Vec<Fact>,
    /// Facts that only the old graph has.
    pub lost: Vec<Fact>,
    /// Facts of both whose claims have other statuses now.
    pub changed: Vec<Changed>,
    /// Facts whose claims are of other entities now.
    pub reassigned: Vec<Reassigned>,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ArticleRef {
    /// Name of the input it came from.
    pub name: String,
    /// Identifier of the document.
    pub id: String,
}

/// An article with a new text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ReplacedArticle {
    /// Name of the input.
    pub name: String,
    /// Identifier of the old document.
    pub before: String,
    /// Identifier of the new document.
    pub after: String,
}

/// What is known of an article besides its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Description {
    /// Name of the input.
    pub name: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Publication date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl Description {
    /// What it has otherwise than `before`: the name of the field, what it was, what it is.
    pub fn changes<'a>(&'a self, before: &'a Description) -> impl Iterator<Item = (&'static str, String, String)> + 'a {
        let fields = |d: &Description| {
            let text = |t: &Option<String>| t.clone().unwrap_or_default();
            let date = d.date.map(|d| d.to_string()).unwrap_or_default();
            [d.name.clone(), text(&d.title), text(&d.outlet), text(&d.url), date]
        };
        let names = ["name", "title", "outlet", "address", "date"];
        let pairs = fields(before).into_iter().zip(fields(self));
        names.into_iter().zip(pairs).filter(|(_, (old, new))| old != new).map(|(n, (old, new))| (n, old, new))
    }
}

/// An article of which something else is known now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DescribedArticle {
    /// Identifier of the document.
    pub id: String,
    /// What was known.
    pub before: Description,
    /// What is known now.
    pub now: Description,
}

/// Who or what takes part in a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Participant {
    /// Identifier of the entity; absent for words, numbers and agents that are not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What to call it.
    pub label: String,
}

/// A fact: claims that say the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// First argument; nothing where the texts do not name the agent.
    pub subject: Option<Participant>,
    /// Relation.
    pub relation: String,
    /// What people call the relation, in French.
    pub relation_fr: String,
    /// The same in English.
    pub relation_en: String,
    /// Second argument; nothing where the relation has none.
    pub object: Option<Participant>,
    /// How many, in the words of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// When, as EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Participant>,
    /// Statuses of its claims.
    pub statuses: BTreeSet<Status>,
    /// Names of the articles that say it.
    pub articles: BTreeSet<String>,
    /// Identifiers of its claims.
    pub claims: BTreeSet<String>,
}

/// A fact that is told otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// The fact as it is now.
    #[serde(flatten)]
    pub now: Fact,
    /// The statuses that its claims had.
    pub statuses_before: BTreeSet<Status>,
    /// Identifiers of the claims that it had.
    pub claims_before: BTreeSet<String>,
}

/// A fact whose claims are of other entities now: some of those of `before` are among those of `now`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reassigned {
    /// The fact in the old graph.
    pub before: Fact,
    /// The fact in the new graph.
    pub now: Fact,
}

impl Diff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.articles_added.is_empty()
            && self.articles_removed.is_empty()
            && self.articles_replaced.is_empty()
            && self.articles_described.is_empty()
            && self.gained.is_empty()
            && self.lost.is_empty()
            && self.changed.is_empty()
            && self.reassigned.is_empty()
    }
}

/// What a graph says, as it is compared: its articles and facts, without the graph.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// By identifier.
    articles: BTreeMap<String, Description>,
    facts: BTreeMap<Key, Fact>,
}

impl Snapshot {
    /// Reads the facts of a graph. The graph can be dropped afterwards, so that two graphs need not be
    /// in memory together.
    pub fn new(graph: &Graph) -> Self {
        let claims = graph.claims();
        let article = |d: &DocumentInfo| {
            let (title, outlet, url) = (d.title.clone(), d.outlet.clone(), d.url.clone());
            (d.id.clone(), Description { name: d.source.clone(), title, outlet, url, date: d.issued })
        };
        let mut snapshot =
            Snapshot { articles: claims.documents.iter().map(article).collect(), facts: BTreeMap::new() };
        for c in &claims.claims {
            let (key, fact) = fact(&claims, c);
            match snapshot.facts.get_mut(&key) {
                Some(f) => {
                    f.statuses.extend(fact.statuses);
                    f.articles.extend(fact.articles);
                    f.claims.extend(fact.claims);
                }
                None => {
                    snapshot.facts.insert(key, fact);
                }
            }
        }
        snapshot
    }

    /// What changed from this graph to `new`.
    pub fn diff(&self, new: &Snapshot) -> Diff {
        let mut d = Diff { facts_before: self.facts.len(), facts_after: new.facts.len(), ..Diff::default() };
        articles(&self.articles, &new.articles, &mut d);
        let moved = self.moved(new);
        let gone: BTreeSet<&Key> = moved.iter().map(|(k, _)| *k).collect();
        for (key, before) in &self.facts {
            match new.facts.get(key) {
                None if gone.contains(key) => {}
                None => d.lost.push(before.clone()),
                Some(now) if now.statuses != before.statuses => d.changed.push(Changed {
                    now: now.clone(),
                    statuses_before: before.statuses.clone(),
                    claims_before: before.claims.clone(),
                }),
                Some(_) => {}
            }
        }
        let came: BTreeSet<&Key> = moved.iter().map(|(_, k)| *k).collect();
        let is_new = |k: &Key| !self.facts.contains_key(k) && !came.contains(k);
        d.gained = new.facts.iter().filter(|(k, _)| is_new(k)).map(|(_, f)| f.clone()).collect();
        let pair = |(b, n): (&Key, &Key)| Reassigned { before: self.facts[b].clone(), now: new.facts[n].clone() };
        d.reassigned = moved.into_iter().map(pair).collect();
        d
    }

    /// Facts of this graph with those of `new` that have some of their claims and other entities.
    fn moved<'a>(&'a self, new: &'a Snapshot) -> BTreeSet<(&'a Key, &'a Key)> {
        let keys = new.facts.iter().flat_map(|(k, f)| f.claims.iter().map(move |c| (c, k)));
        let now: BTreeMap<&String, &Key> = keys.collect();
        let old = self.facts.iter().flat_map(|(k, f)| f.claims.iter().map(move |c| (c, k)));
        let pairs = old.filter_map(|(c, k)| Some((k, *now.get(c)?)));
        pairs.filter(|(k, n)| k != n && k.is_alike(n)).collect()
    }
}

/// What changed from `old` to `new`.
pub fn diff(old: &Graph, new: &Graph) -> Diff {
    Snapshot::new(old).diff(&Snapshot::new(new))
}

/// One article of a name on either side, with other texts, is one that was replaced.
fn articles(old: &BTreeMap<String, Description>, new: &BTreeMap<String, Description>, d: &mut Diff) {
    for (id, now) in new {
        if let Some(before) = old.get(id).filter(|before| *before != now) {
            d.articles_described.push(DescribedArticle { id: id.clone(), before: before.clone(), now: now.clone() });
        }
    }
    let by_name = |of: &BTreeMap<String, Description>, other: &BTreeMap<String, Description>| {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (id, a) in of.iter().filter(|(id, _)| !other.contains_key(*id)) {
            names.entry(a.name.clone()).or_default().push(id.clone());
        }
        names
    };
    let (removed, mut added) = (by_name(old, new), by_name(new, old));
    for (name, ids) in removed {
        match (ids.as_slice(), added.get(&name).map(Vec::as_slice)) {
            ([before], Some([after])) => {
                let (before, after) = (before.clone(), after.clone());
                added.remove(&name);
                d.articles_replaced.push(ReplacedArticle { name, before, after });
            }
            _ => d.articles_removed.extend(ids.into_iter().map(|id| ArticleRef { name: name.clone(), id })),
        }
    }
    for (name, ids) in added {
        d.articles_added.extend(ids.into_iter().map(|id| ArticleRef { name: name.clone(), id }));
    }
}

/// What makes two claims one fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subject: Option<Name>,
    relation: String,
    object: Name,
    count: Option<String>,
    unit: Option<String>,
    time: Option<String>,
    places: Vec<Name>,
}

impl Key {
    /// Whether all but the entities is the same.
    fn is_alike(&self, other: &Key) -> bool {
        let rest = |k: &Key| (k.relation.clone(), k.count.clone(), k.unit.clone(), k.time.clone());
        let literal = |n: &Name| matches!(n, Name::Literal(_));
        rest(self) == rest(other)
            && self.subject.is_some() == other.subject.is_some()
            && self.places.len() == other.places.len()
            && (self.object == other.object || !(literal(&self.object) || literal(&other.object)))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    /// Identifier of an entity that has a proper name.
    Entity(String),
    /// Words of an article, for entities without one.
    Words(String, String),
    /// A number or words.
    Literal(String),
}

fn fact(claims: &Claims, c: &ClaimInfo) -> (Key, Fact) {
    let source = claims.documents.get(c.document).map(|d| d.source.as_str()).unwrap_or_default();
    let name = |e: usize| {
        let e = &claims.entities[e];
        if e.named { Name::Entity(e.id.clone()) } else { Name::Words(source.to_owned(), e.label.to_lowercase()) }
    };
    let participant = |e: usize| {
        let e = &claims.entities[e];
        Participant { id: Some(e.id.clone()), label: e.label.clone() }
    };
    let subject = match c.subject {
        Agent::Entity(e) => Some(e),
        Agent::Unknown => None,
    };
    let (object_name, object) = match &c.object {
        Value::Entity(e) => (name(*e), Some(participant(*e))),
        Value::Literal(l) if c.has_object() => {
            (Name::Literal(l.clone()), Some(Participant { id: None, label: l.clone() }))
        }
        // « est mort » and « meurt » say the same.
        Value::Literal(_) => (Name::Literal(String::new()), None),
    };
    let mut places: Vec<(Name, Participant)> = c.places.iter().map(|&p| (name(p), participant(p))).collect();
    places.sort();
    let time = c.time.as_ref().map(|t| t.edtf.clone());
    let key = Key {
        subject: subject.map(name),
        relation: c.relation.clone(),
        object: object_name,
        count: c.count_value.clone().or_else(|| c.count.clone()),
        unit: c.unit.clone(),
        time: time.clone(),
        places: places.iter().map(|(n, _)| n.clone()).collect(),
    };
    let fact = Fact {
        subject: subject.map(participant),
        relation: c.relation.clone(),
        relation_fr: claims.relation_label(&c.relation, Lang::Fr).to_owned(),
        relation_en: claims.relation_label(&c.relation, Lang::En).to_owned(),
        object,
        count: c.count.clone(),
        time,
        places: places.into_iter().map(|(_, p)| p).collect(),
        statuses: [c.status].into(),
        articles: [source.to_owned()].into(),
        claims: [c.id.clone()].into(),
    };
    (key, fact)
}
