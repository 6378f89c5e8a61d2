//! Whether two claims tell the same happening.

use crate::gather::{Article, Brief, Occurrence, Thing};
use crate::identity::Canonical;
use std::collections::{BTreeMap, BTreeSet};
use temoin_model::id::slug;
use temoin_model::{Date, EntityType};

/// Relations of speech and of names: what two articles quote or call the same is no happening.
const LEFT_OUT: [&str; 4] = ["said", "shortName", "open:be", "open:être"];
/// Words for people that say nothing of who they are.
const ANYBODY: [&str; 16] = [
    "personne",
    "personnes",
    "person",
    "persons",
    "people",
    "victime",
    "victimes",
    "victim",
    "victims",
    "gens",
    "mort",
    "morts",
    "dead",
    "blesses",
    "injured",
    "others",
];
/// Points from which two claims are one happening.
const ENOUGH: f64 = 1.75;
/// Days between two reports of one happening.
const NEAR: i32 = 3;
const FAR: i32 = 14;
/// Days between two reports of one state.
const STATE: i32 = 365;
/// How many times the smaller number two counts of one happening may be apart, if nothing but their story joins them.
const MAGNITUDE: f64 = 3.0;
/// Rare entities that two articles of one story have in common.
const STORY: usize = 3;

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Nobody, or a number.
    None,
    /// Somebody or something with a name, by identifier.
    Named(&'a str),
    /// Words.
    Words(BTreeSet<String>),
}

/// A claim as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Statement<'a> {
    pub article: usize,
    pub claim: &'a Brief,
    /// Its relation, or what its relation counts.
    pub family: String,
    pub subject: Part<'a>,
    pub object: Part<'a>,
    /// Whether the subject is somebody, so that a number counts these and not the people of the day.
    somebody: bool,
    pub places: Vec<&'a str>,
    /// The same with what the gazetteer puts around them.
    around: BTreeSet<&'a str>,
    pub issued: Option<Date>,
}

impl<'a> Statement<'a> {
    /// Participants with names.
    pub(super) fn named(&self) -> impl Iterator<Item = &'a str> {
        [&self.subject, &self.object].into_iter().filter_map(|p| match p {
            Part::Named(n) => Some(*n),
            _ => None,
        })
    }

    /// The blocks of a statement: its relation with everyone and every place in it; where it counts
    /// something, also with what its story is about.
    pub(super) fn keys(&self, stories: &Stories<'a>) -> BTreeSet<String> {
        let own = self.named().chain(self.places.iter().copied()).collect::<BTreeSet<&str>>();
        let story = stories.0[self.article].iter().copied().filter(|_| self.claim.number.is_some());
        own.into_iter().chain(story).map(|n| format!("{} {n}", self.family)).collect()
    }
}

/// The relation that another one counts or tells from another side.
fn family(relation: &str) -> String {
    let base = relation.strip_suffix("Count").unwrap_or(relation);
    match base {
        "died" => "killed",
        "participant" => "participatedIn",
        base => base,
    }
    .to_owned()
}

/// The claims that can be compared, in the order of articles.
pub(super) fn statements<'a>(articles: &'a [Article], canonical: &'a Canonical<'a>) -> Vec<Statement<'a>> {
    let mut out = Vec::new();
    for (a, article) in articles.iter().enumerate() {
        for claim in article.claims.iter().filter(|c| !LEFT_OUT.contains(&c.relation.as_str())) {
            let part = |e: usize| part(&article.entities[e], canonical.of(a, e), canonical.is_named(a, e));
            let object = match &claim.object {
                Thing::Entity(e) => part(*e),
                Thing::Words(w) if claim.number.is_none() => words([w.as_str()]),
                Thing::Words(_) => Part::None,
            };
            let kind = claim.subject.and_then(|e| article.entities[e].kind);
            let subject = claim.subject.map_or(Part::None, part);
            let places: Vec<&str> = claim.places.iter().map(|&p| canonical.of(a, p)).collect();
            let within = claim.places.iter().filter_map(|&p| article.entities[p].within.as_deref());
            out.push(Statement {
                article: a,
                claim,
                family: family(&claim.relation),
                somebody: subject != Part::None && matches!(kind, Some(EntityType::Person | EntityType::Group)),
                subject,
                object,
                around: places.iter().copied().chain(within).collect(),
                places,
                issued: article.issued,
            });
        }
    }
    out
}

fn part<'a>(e: &'a Occurrence, id: &'a str, named: bool) -> Part<'a> {
    if named { Part::Named(id) } else { words(e.labels.iter().map(String::as_str)) }
}

fn words<'b>(texts: impl IntoIterator<Item = &'b str>) -> Part<'static> {
    let cut = |t: &str| slug(t).split('-').filter(|w| w.len() > 3).map(str::to_owned).collect::<Vec<_>>();
    let words: BTreeSet<String> = texts.into_iter().flat_map(cut).filter(|w| !ANYBODY.contains(&w.as_str())).collect();
    if words.is_empty() { Part::None } else { Part::Words(words) }
}

/// What each article is about: its entities with names that few articles have.
#[derive(Debug)]
pub(super) struct Stories<'a>(Vec<BTreeSet<&'a str>>);

impl<'a> Stories<'a> {
    pub(super) fn new(articles: &'a [Article], canonical: &'a Canonical<'a>) -> Self {
        let named = |a: usize| -> BTreeSet<&str> {
            (0..articles[a].entities.len()).filter(|&e| canonical.is_named(a, e)).map(|e| canonical.of(a, e)).collect()
        };
        let mut all: Vec<BTreeSet<&str>> = (0..articles.len()).map(named).collect();
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        all.iter().flatten().for_each(|n| *count.entry(n).or_default() += 1);
        let most = 12.max(articles.len() / 20);
        all.iter_mut().for_each(|of| of.retain(|n| count[n] <= most));
        Stories(all)
    }

    fn one(&self, a: usize, b: usize) -> bool {
        self.0[a].intersection(&self.0[b]).count() >= STORY
    }
}

/// Whether two statements of two articles tell the same.
pub(super) fn same(a: &Statement<'_>, b: &Statement<'_>, stories: &Stories<'_>) -> bool {
    if a.article == b.article || a.family != b.family {
        return false;
    }
    let (Some(subject), Some(object)) = (fit(&a.subject, &b.subject), fit(&a.object, &b.object)) else { return false };
    let is_state = a.claim.event.is_none() && b.claim.event.is_none();
    let Some(when) = days(a, b, is_state) else { return false };
    if !a.places.is_empty() && !b.places.is_empty() && a.around.is_disjoint(&b.around) {
        return false;
    }
    if is_state {
        return subject + object >= 1.5;
    }
    let place = a.places.iter().any(|p| b.places.contains(p));
    let story = stories.one(a.article, b.article);
    let unit = |s: &Statement<'_>| s.claim.number.as_ref().map(|n| n.2.clone());
    let counted = unit(a).is_some() && unit(a) == unit(b);
    // Four nurses are not the dead of the day.
    if counted && a.somebody != b.somebody {
        return false;
    }
    // Where nothing but the story joins them, 230 injured are not the 6,000 of the same days.
    let alike = counted && magnitude(a, b) <= MAGNITUDE;
    if counted && !alike && !place && when < 1.0 && subject.max(object) == 0.0 {
        return false;
    }
    let mut points = subject + object + when;
    points += if place { 0.75 } else { 0.0 };
    points += if story { 0.75 } else { 0.0 };
    points += if counted { 0.5 } else { 0.0 };
    points += if alike { 0.25 } else { 0.0 };
    points += if a.family.starts_with("open:") { 0.0 } else { 0.25 };
    // Without anybody or any place in common, a day says nothing.
    (subject.max(object) >= 1.0 || place || story) && points >= ENOUGH
}

/// How many times the smaller one of two numbers goes into the greater one.
fn magnitude(a: &Statement<'_>, b: &Statement<'_>) -> f64 {
    let stated = |s: &Statement<'_>| {
        let (min, max, _) = s.claim.number.as_ref()?;
        [min, max].into_iter().copied().find(|x| x.is_finite() && *x > 0.0)
    };
    stated(a).zip(stated(b)).map_or(f64::INFINITY, |(x, y)| x.max(y) / x.min(y))
}

/// Whether two statements of one happening speak of the same participants, as far as they name them.
pub(super) fn about_the_same(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    a.claim.relation == b.claim.relation && fit(&a.subject, &b.subject).is_some() && fit(&a.object, &b.object).is_some()
}

/// How well two participants fit; none where they are two.
fn fit(a: &Part<'_>, b: &Part<'_>) -> Option<f64> {
    match (a, b) {
        (Part::Named(x), Part::Named(y)) => (x == y).then_some(1.0),
        (Part::Words(x), Part::Words(y)) => (!x.is_disjoint(y)).then_some(0.5),
        _ => Some(0.0),
    }
}

/// How well the days fit; none where they are apart.
fn days(a: &Statement<'_>, b: &Statement<'_>, is_state: bool) -> Option<f64> {
    let apart = |x: Date, y: Date| (x - y).get_days().abs();
    let reported = a.issued.zip(b.issued).map(|(x, y)| apart(x, y));
    let of = |s: &Statement<'_>| s.claim.days.0.zip(s.claim.days.1);
    let inside = |(from, to): (Date, Date), report: Option<Date>| {
        report.is_none_or(|r| (r - from).get_days() >= -1 && (r - to).get_days() <= FAR)
    };
    match (of(a), of(b)) {
        (Some(x), Some(y)) => {
            let gap = (x.0.max(y.0) - x.1.min(y.1)).get_days();
            let short = apart(x.0, x.1).max(apart(y.0, y.1)) <= NEAR;
            // A day more: time zones, and « dans la nuit de ».
            (gap <= 1).then_some(if short && gap <= 0 { 1.0 } else { 0.25 })
        }
        (Some(x), None) => inside(x, b.issued).then_some(0.25),
        (None, Some(y)) => inside(y, a.issued).then_some(0.25),
        (None, None) => match reported {
            Some(d) if d <= NEAR => Some(0.25),
            Some(d) => (d <= if is_state { STATE } else { FAR }).then_some(0.0),
            None => Some(0.0),
        },
    }
}
