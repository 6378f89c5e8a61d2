//! How likely two units are one, by what agrees and what does not.
//!
//! Each comparison adds a weight, the logarithm of how much oftener it comes out so for two mentions
//! of one thing than for two things of the same block (Fellegi and Sunter 1969, "A theory for record
//! linkage"). The weights are set by hand, with round numbers, and read on development articles.

use super::names::{Look, Name, Persons, persons};
use super::units::{Numbers, Unit};
use temoin_model::EntityType;
use temoin_model::id::slug;

/// Probability from which a merge is sure.
pub const SURE: f64 = 0.95;
/// Probability from which it is worth asking.
pub const LIKELY: f64 = 0.5;

/// Whether the two are persons of one full name whose surroundings are at odds: perhaps namesakes.
pub(crate) fn at_odds(a: &Unit, b: &Unit, score: &Score) -> bool {
    let persons = a.kind == EntityType::Person && b.kind == EntityType::Person;
    persons && score.probability < SURE && agreement(a, b) == Persons::Full
}

/// What a comparison gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Score {
    /// From 0 to 1.
    pub probability: f64,
    /// What speaks for and against, joined by `+` and `-`: `full name + role - years`.
    pub method: String,
}

struct Sum {
    weight: f64,
    method: String,
}

impl Sum {
    fn add(&mut self, weight: f64, what: &str) {
        self.weight += weight;
        let sign = if self.method.is_empty() {
            ""
        } else if weight < 0.0 {
            " - "
        } else {
            " + "
        };
        self.method.push_str(sign);
        self.method.push_str(what);
    }

    fn finish(self) -> Score {
        Score { probability: 1.0 / (1.0 + (-self.weight).exp()), method: self.method }
    }
}

/// What the block knows beside the two units.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// Bearers of the same family name with other given names.
    pub rivals: usize,
    /// Whether their articles are copies of one text.
    pub copies: bool,
}

/// Compares two units; none where nothing speaks for them, or they cannot be one.
pub(crate) fn score(a: &Unit, b: &Unit, numbers: &Numbers, around: Around) -> Option<Score> {
    if parted(a, b) {
        return None;
    }
    let mut sum = Sum { weight: 0.0, method: String::new() };
    if a.wikidata.is_some() && a.wikidata == b.wikidata {
        sum.add(12.0, "Wikidata");
        return Some(sum.finish());
    }
    let both_persons = a.kind == EntityType::Person && b.kind == EntityType::Person;
    let telling = if both_persons { person(&mut sum, a, b, around)? } else { thing(&mut sum, a, b)? };
    if around.copies {
        sum.add(5.0, "copies of one text");
    }
    // What stands in one article has its company in common, whoever it is.
    if !share_article(a, b) {
        context(&mut sum, a, b, numbers, telling);
    }
    Some(sum.finish())
}

fn share_article(a: &Unit, b: &Unit) -> bool {
    let (short, long) = if a.nodes.len() <= b.nodes.len() { (a, b) } else { (b, a) };
    // Nodes are sorted by article.
    short.nodes.iter().any(|n| long.nodes.binary_search_by_key(&n.0, |m| m.0).is_ok())
}

/// Whether the gazetteer or Wikidata knows them as two.
fn parted(a: &Unit, b: &Unit) -> bool {
    let differ = |x: &Option<String>, y: &Option<String>| x.is_some() && y.is_some() && x != y;
    differ(&a.wikidata, &b.wikidata) || differ(&a.known, &b.known)
}

/// Names of persons; gives whether the name by itself tells who it is.
fn person(sum: &mut Sum, a: &Unit, b: &Unit, around: Around) -> Option<bool> {
    let (weight, what, telling) = match agreement(a, b) {
        Persons::Full => (4.2, "full name", true),
        Persons::Initial => (3.2, "initial", true),
        // Where one article has both, it may well mean two.
        Persons::Middle => (if share_article(a, b) { 1.0 } else { 2.8 }, "middle name", true),
        Persons::Spelling => (1.0, "spelling", true),
        Persons::Family => (0.4, "family name", false),
        Persons::Short => (0.4, "short name", false),
        Persons::Different => return None,
    };
    sum.add(weight, what);
    if !telling && around.rivals > 0 {
        sum.add(-2.0 * around.rivals.min(3) as f64, "other bearers");
    }
    Some(telling)
}

/// The best agreement of their names. Full names go first: of two persons with full names, those count.
pub(crate) fn agreement(a: &Unit, b: &Unit) -> Persons {
    let of = |u: &Unit| -> Vec<Name> {
        let full: Vec<Name> = u.full_names().cloned().collect();
        if full.is_empty() { u.names.iter().cloned().collect() } else { full }
    };
    let (x, y) = (of(a), of(b));
    x.iter().flat_map(|n| y.iter().map(move |m| persons(n, m))).min().unwrap_or(Persons::Different)
}

/// Names of everything else.
fn thing(sum: &mut Sum, a: &Unit, b: &Unit) -> Option<bool> {
    let kinds = kinds(a.kind, b.kind)?;
    let keys = |u: &Unit| -> Vec<String> { u.names.iter().map(Name::key).collect() };
    let (x, y) = (keys(a), keys(b));
    let same = x.iter().find(|k| y.contains(k));
    let acronym = |u: &Unit, v: &Unit| {
        let long = v.names.iter().filter(|n| n.words.len() > 1).flat_map(Name::initials).collect::<Vec<_>>();
        u.names.iter().filter_map(|n| n.acronym.as_deref()).filter(|s| long.iter().any(|l| l == s)).map(str::len).max()
    };
    let telling = same.is_some_and(|name| !told_apart(a, b, name));
    let together = share_article(a, b);
    let organizations = a.kind == EntityType::Organization && b.kind == EntityType::Organization;
    let longer = organizations && a.names.iter().any(|n| b.names.iter().any(|m| n.adds_little(m)));
    match (same, acronym(a, b).or_else(|| acronym(b, a))) {
        (_, Some(letters)) if letters > 2 && together => sum.add(2.2, "acronym in one article"),
        // One article would have called one thing one thing.
        (Some(_), _) if telling && together => sum.add(0.2, "name in one article"),
        (Some(_), _) if telling => match a.look.iter().chain(&b.look).min() {
            None | Some(Look::Model) => sum.add(3.2, "name"),
            Some(Look::Capitals) => sum.add(1.2, "capitals"),
        },
        (Some(_), _) => sum.add(0.2, "generic name"),
        (None, Some(letters)) => sum.add(if letters > 2 { 0.2 } else { -1.0 }, "acronym"),
        (None, None) if longer => sum.add(2.0, "longer name"),
        (None, None) => return None,
    }
    if kinds != 0.0 {
        sum.add(kinds, if kinds < 0.0 { "type" } else { "same type" });
    }
    Some(telling || longer)
}

/// Whether the articles had reason to tell apart two things of one name: a generic name (« Sénat ») has
/// an identifier by country or article, and a word that could stand for an entry of the gazetteer was
/// not taken for it.
fn told_apart(a: &Unit, b: &Unit, name: &str) -> bool {
    let known = |u: &Unit| u.known.is_some();
    if known(a) != known(b) {
        // « Apple Inc. » is not what the gazetteer has; « Parlement » is, and was not taken for it.
        let (entry, other) = if known(a) { (a, b) } else { (b, a) };
        return !name.contains('-') && entry.names.iter().any(|n| n.key() == slug(&other.label));
    }
    a.kind == b.kind && a.id != b.id && !known(a) && slug(&a.label) == slug(&b.label)
}

/// What types that differ cost. The recogniser takes a product for its maker more easily than a person
/// for a place.
fn kinds(a: EntityType, b: EntityType) -> Option<f64> {
    use EntityType::{Country, Event, Group, Organization, Person, Place, Product, Thing, Work};
    if a == b {
        return Some(1.0);
    }
    let loose = |k| matches!(k, Organization | Product | Work | Group | Event | Thing);
    let place = |k| matches!(k, Place | Country);
    match (a, b) {
        _ if loose(a) && loose(b) => Some(0.0),
        _ if place(a) && place(b) => Some(0.0),
        (Person, _) | (_, Person) => Some(-2.5),
        _ => Some(-1.5),
    }
}

/// Offices, posts, participants, company and days.
fn context(sum: &mut Sum, a: &Unit, b: &Unit, numbers: &Numbers, telling: bool) {
    let common_roles = a.roles.intersection(&b.roles).count();
    if common_roles > 0 {
        sum.add(1.2, "role");
    } else if !a.roles.is_empty() && !b.roles.is_empty() && a.kind == EntityType::Person {
        sum.add(-1.2, "role");
    }
    if !a.posts.is_empty() && !b.posts.is_empty() {
        let same = !a.posts.is_disjoint(&b.posts);
        sum.add(if same { 0.8 } else { -1.2 }, "post");
    }
    let rare = |n: &&u32| numbers.is_rare(**n);
    let partners = a.partners.intersection(&b.partners).filter(rare).count();
    if partners > 0 {
        sum.add(0.8 * partners.min(2) as f64, "participants");
    }
    let (all, company) =
        (a.company.intersection(&b.company).count(), a.company.intersection(&b.company).filter(rare).count());
    if company > 0 {
        sum.add(0.5 * company.min(4) as f64, "company");
    } else if all == 0 && a.company.len() > 1 && b.company.len() > 1 {
        let persons = a.kind == EntityType::Person && b.kind == EntityType::Person;
        let weight = match (telling, persons) {
            (true, false) => -0.5,
            (true, true) => -0.8,
            (false, _) => -1.0,
        };
        sum.add(weight, "company");
    }
    let Some(((a0, a1), (b0, b1))) = a.days.zip(b.days) else { return };
    let apart = if a1 < b0 {
        (b0 - a1).get_days()
    } else if b1 < a0 {
        (a0 - b1).get_days()
    } else {
        0
    };
    match apart {
        0..=7 => sum.add(0.6, "days"),
        8..=60 => sum.add(0.2, "weeks"),
        61..=3650 => {}
        _ => sum.add(-1.0, "years"),
    }
}
