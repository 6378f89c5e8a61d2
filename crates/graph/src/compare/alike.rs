//! Whether two claims tell the same happening.

use crate::gather::{Article, Brief, Thing};
use crate::identity::Canonical;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
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

/// Identifiers, relations and words as numbers, which are compared faster than strings.
#[derive(Debug, Default)]
pub(super) struct Lexicon(IndexSet<Box<str>, FxBuildHasher>);

impl Lexicon {
    fn number(&mut self, text: &str) -> u32 {
        let at = self.0.get_index_of(text).unwrap_or_else(|| self.0.insert_full(text.into()).0);
        u32::try_from(at).expect("fewer than 4.2 billion words")
    }

    /// What has a number.
    pub(super) fn text(&self, number: u32) -> &str {
        &self.0[number as usize]
    }
}

/// How many numbers two sorted lists have in common.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().filter(|n| long.binary_search(n).is_ok()).count()
}

fn sorted(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut all: Vec<u32> = numbers.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// Nobody, or a number.
    None,
    /// Somebody or something with a name, by identifier.
    Named(u32),
    /// Words, sorted.
    Words(Vec<u32>),
}

/// A claim as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Statement<'a> {
    pub article: usize,
    pub claim: &'a Brief,
    /// Its relation, or what its relation counts.
    pub family: u32,
    /// Whether the relation is one that the vocabulary does not have.
    open: bool,
    pub subject: Part,
    pub object: Part,
    /// Whether the subject is somebody, so that a number counts these and not the people of the day.
    somebody: bool,
    pub places: Vec<u32>,
    /// The same with what the gazetteer puts around them, sorted.
    around: Vec<u32>,
    pub issued: Option<Date>,
}

impl Statement<'_> {
    /// Participants with names.
    pub(super) fn named(&self) -> impl Iterator<Item = u32> {
        [&self.subject, &self.object].into_iter().filter_map(|p| match p {
            Part::Named(n) => Some(*n),
            _ => None,
        })
    }

    /// The blocks of a statement: its relation with everyone and every place in it; where it counts
    /// something, also with what its story is about.
    pub(super) fn keys(&self, stories: &Stories) -> Vec<(u32, u32)> {
        let story = stories.0[self.article].iter().copied().filter(|_| self.claim.number.is_some());
        let all = sorted(self.named().chain(self.places.iter().copied()).chain(story));
        all.into_iter().map(|n| (self.family, n)).collect()
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
pub(super) fn statements<'a>(
    articles: &'a [Article],
    canonical: &'a Canonical<'a>,
    lexicon: &mut Lexicon,
) -> Vec<Statement<'a>> {
    let mut out = Vec::new();
    for (a, article) in articles.iter().enumerate() {
        for claim in article.claims.iter().filter(|c| !LEFT_OUT.contains(&c.relation.as_str())) {
            let mut part = |e: usize| {
                if canonical.is_named(a, e) {
                    Part::Named(lexicon.number(canonical.of(a, e)))
                } else {
                    words(article.entities[e].labels.iter().map(String::as_str), lexicon)
                }
            };
            let kind = claim.subject.and_then(|e| article.entities[e].kind);
            let subject = claim.subject.map_or(Part::None, &mut part);
            let object = match &claim.object {
                Thing::Entity(e) => part(*e),
                Thing::Words(w) if claim.number.is_none() => words([w.as_str()], lexicon),
                Thing::Words(_) => Part::None,
            };
            let places: Vec<u32> = claim.places.iter().map(|&p| lexicon.number(canonical.of(a, p))).collect();
            let within = claim.places.iter().filter_map(|&p| article.entities[p].within.as_deref());
            let within: Vec<u32> = within.map(|w| lexicon.number(w)).collect();
            let family = family(&claim.relation);
            out.push(Statement {
                article: a,
                claim,
                family: lexicon.number(&family),
                open: family.starts_with("open:"),
                somebody: subject != Part::None && matches!(kind, Some(EntityType::Person | EntityType::Group)),
                subject,
                object,
                around: sorted(places.iter().copied().chain(within)),
                places,
                issued: article.issued,
            });
        }
    }
    out
}

fn words<'b>(texts: impl IntoIterator<Item = &'b str>, lexicon: &mut Lexicon) -> Part {
    let cut = |t: &str| slug(t).split('-').filter(|w| w.len() > 3).map(str::to_owned).collect::<Vec<_>>();
    let words = texts.into_iter().flat_map(cut).filter(|w| !ANYBODY.contains(&w.as_str()));
    let words = sorted(words.map(|w| lexicon.number(&w)));
    if words.is_empty() { Part::None } else { Part::Words(words) }
}

/// What each article is about: its entities with names that few articles have.
#[derive(Debug)]
pub(super) struct Stories(Vec<Vec<u32>>);

impl Stories {
    pub(super) fn new(articles: &[Article], canonical: &Canonical<'_>, lexicon: &mut Lexicon) -> Self {
        let mut named = |a: usize| {
            let all = (0..articles[a].entities.len()).filter(|&e| canonical.is_named(a, e));
            sorted(all.map(|e| lexicon.number(canonical.of(a, e))))
        };
        let mut all: Vec<Vec<u32>> = (0..articles.len()).map(&mut named).collect();
        let mut count = vec![0_usize; lexicon.0.len()];
        all.iter().flatten().for_each(|&n| count[n as usize] += 1);
        let most = 12.max(articles.len() / 20);
        all.iter_mut().for_each(|of| of.retain(|&n| count[n as usize] <= most));
        Stories(all)
    }

    fn one(&self, a: usize, b: usize) -> bool {
        common(&self.0[a], &self.0[b]) >= STORY
    }
}

/// Whether two statements of two articles tell the same.
pub(super) fn same(a: &Statement<'_>, b: &Statement<'_>, stories: &Stories) -> bool {
    if a.article == b.article || a.family != b.family {
        return false;
    }
    let (Some(subject), Some(object)) = (fit(&a.subject, &b.subject), fit(&a.object, &b.object)) else { return false };
    let is_state = a.claim.event.is_none() && b.claim.event.is_none();
    let Some(when) = days(a, b, is_state) else { return false };
    if !a.places.is_empty() && !b.places.is_empty() && common(&a.around, &b.around) == 0 {
        return false;
    }
    if is_state {
        return subject + object >= 1.5;
    }
    let place = a.places.iter().any(|p| b.places.contains(p));
    let story = stories.one(a.article, b.article);
    let counted = a.claim.number.as_ref().zip(b.claim.number.as_ref()).is_some_and(|(x, y)| x.2 == y.2);
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
    points += if a.open { 0.0 } else { 0.25 };
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
fn fit(a: &Part, b: &Part) -> Option<f64> {
    match (a, b) {
        (Part::Named(x), Part::Named(y)) => (x == y).then_some(1.0),
        (Part::Words(x), Part::Words(y)) => (common(x, y) > 0).then_some(0.5),
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
