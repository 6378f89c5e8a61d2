//! What a matched rule stands for, given what is known when it is read.

use regex::Captures;
use temoin_model::{Date, TimeBasis};

mod dates;
mod nth;
mod periods;
mod relative;

use super::calendar::{self, When, plus_days, plus_months};
use super::grammar::{Grammar, Rule};

/// Which way from the anchor an incomplete date lies, by the tense of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Past,
    Future,
    Nearest,
}

/// What an expression can be resolved with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// Publication date, with the basis to record for what is resolved by it.
    pub(crate) published: Option<(Date, TimeBasis)>,
    /// The last day read in the article.
    pub(crate) last: Option<Date>,
    /// The first day of the last time of any length, and whether it was a year or longer.
    pub(crate) last_period: Option<(Date, bool)>,
    /// The year that the sentences around speak of, where they name one.
    pub(crate) year: Option<i16>,
    pub(crate) way: Way,
    /// The word before is « since »: nothing that is still to come.
    pub(crate) since: bool,
}

impl Context {
    /// The publication date, else the last day read.
    fn anchor(&self) -> Option<(Date, TimeBasis)> {
        self.published.or(self.last.map(|d| (d, TimeBasis::Document)))
    }

    /// How bad `d` is as a reading at `anchor`: the distance, with a fine for the wrong side.
    fn cost(&self, d: Date, anchor: Date) -> i32 {
        let n = calendar::days_between(anchor, d);
        match self.way {
            Way::Past if n > 0 => n * 4,
            Way::Future if n < 0 => -n * 8,
            _ => n.abs(),
        }
    }

    fn nearest(&self, anchor: Date, candidates: impl IntoIterator<Item = (Date, Date)>) -> Option<(Date, Date)> {
        candidates.into_iter().min_by_key(|&(a, b)| {
            if a <= anchor && anchor <= b { 0 } else { self.cost(a, anchor).min(self.cost(b, anchor)) }
        })
    }
}

/// Resolves one match; `None` when it is no time after all (« 31 février »).
pub(crate) fn resolve(g: &Grammar, rule: &Rule, caps: &Captures<'_>, cx: &Context) -> Option<When> {
    let m = Match { g, rule, caps, cx };
    match rule.op.as_str() {
        "date" => m.date(),
        "day" => m.day_of_month(m.num("dayp")?),
        "range" | "range-us" => m.range(),
        "month" => m.month(),
        "months" => m.months(),
        "nth" => m.nth(),
        "day-in" => m.day_in(),
        "week-of" => m.week_of(),
        "nth-weekday" => m.nth_weekday(),
        "after-next" => m.after_next(),
        "shifted" => m.in_shifted(),
        "from-day" => m.counted_from(),
        "year" => m.year(),
        "year-of" => m.year_of_era(),
        "years" => m.years(),
        "decade" => m.decade(),
        "century" => m.century(),
        "quarter" => m.division(3),
        "half" => m.division(6),
        "first-months" => m.first_months(),
        "season" => m.season(),
        "feast" => m.feast(),
        "day-offset" => m.day_offset(),
        "anaphor" => m.anaphor(rule.arg.parse().ok()?, "day"),
        "weekday" => m.weekday(),
        "weekday-week" => m.weekday_week(),
        "weekday-plus" => m.weekday_plus(),
        "weekend" => m.weekend(),
        "period" => m.period(),
        "period-part" => m.period_part(),
        "last-n" => m.last_n(),
        "ago" => m.offset(-m.num("n")?),
        "in" => m.offset(m.num("n")?),
        "since-n" => m.since_n(),
        "within-n" => m.within_n(),
        "later" => m.anaphor(m.num("n")?, m.val("unit")?),
        "earlier" => m.anaphor(-m.num("n")?, m.val("unit")?),
        other => panic!("time.toml: rule {} has the unknown op '{other}'", rule.name),
    }
}

/// A match with what it is resolved by.
struct Match<'a, 'c> {
    g: &'a Grammar,
    rule: &'a Rule,
    caps: &'a Captures<'c>,
    cx: &'a Context,
}

impl Match<'_, '_> {
    pub(super) fn num(&self, name: &str) -> Option<i32> {
        self.g.number(self.caps, name).or_else(|| if name == "n" { self.rule.arg.parse().ok() } else { None })
    }

    pub(super) fn val(&self, name: &str) -> Option<&str> {
        self.g.value(self.caps, name)
    }

    pub(super) fn year_named(&self, name: &str) -> Option<i16> {
        self.num(name)?.try_into().ok()
    }

    /// A year of four digits, or of two (69 and later are in the last century).
    pub(super) fn any_year(&self) -> Option<i16> {
        self.year_named("year").or_else(|| {
            let yy = self.year_named("yy")?;
            Some(if yy >= 69 { 1900 + yy } else { 2000 + yy })
        })
    }

    /// How many periods from the present one a word like « next » leads.
    pub(super) fn step(&self) -> i32 {
        match self.val("dir") {
            Some("last" | "before") => -1,
            Some(_) => 1,
            None => 0,
        }
    }

    /// What « last year » or « l'année suivante » are counted from.
    pub(super) fn year_anchor(&self) -> Option<(Date, TimeBasis)> {
        let told = self.cx.last_period.map(|(d, _)| (d, TimeBasis::Document));
        told.filter(|_| matches!(self.val("dir"), Some("after" | "before"))).or(self.cx.anchor())
    }

    pub(super) fn month_number(&self) -> Option<i8> {
        self.num("month").or_else(|| self.num("mm"))?.try_into().ok()
    }

    /// The year of a month or season named without one: from context, else the nearest.
    pub(super) fn in_year(&self, period: impl Fn(i16) -> Option<(Date, Date)>) -> Option<(Date, Date, TimeBasis)> {
        if let Some(y) = self.any_year() {
            let (a, b) = period(y)?;
            return Some((a, b, TimeBasis::Explicit));
        }
        let (anchor, basis) = self.cx.anchor()?;
        if let Some(unit @ "year") = self.val("unit") {
            // « in May of last year »
            let (anchor, basis) = self.year_anchor()?;
            let (first, _) = Self::unit_period(anchor, unit, self.step())?;
            let (a, b) = period(first.year())?;
            return Some((a, b, basis));
        }
        let near = self.cx.year.filter(|_| self.val("dir").is_none() && self.rule.op != "feast");
        if let Some((a, b)) = near.and_then(&period) {
            return Some((a, b, TimeBasis::Document));
        }
        let mut all: Vec<(Date, Date)> = (-2..=2).filter_map(|k| period(anchor.year().checked_add(k)?)).collect();
        match self.val("dir") {
            Some("last" | "before") => all.retain(|&(_, b)| b < anchor),
            Some("next" | "after") => all.retain(|&(a, _)| a > anchor),
            _ if self.cx.since => all.retain(|&(a, _)| a <= anchor),
            _ => {}
        }
        let (a, b) = self.cx.nearest(anchor, all)?;
        Some((a, b, basis))
    }
}

/// `anchor` shifted by `n` units, to the day.
fn back_or_on(anchor: Date, n: i32, unit: &str) -> Option<Date> {
    let n = n.clamp(-100_000, 100_000);
    match unit {
        "minute" => plus_days(anchor, n / 1440),
        "hour" => plus_days(anchor, n / 24),
        "day" => plus_days(anchor, n),
        "week" => plus_days(anchor, 7 * n),
        "month" => plus_months(anchor, n),
        "quarter" => plus_months(anchor, 3 * n),
        "year" => plus_months(anchor, 12 * n),
        "decade" => plus_months(anchor, 120 * n),
        "century" => plus_months(anchor, 1200 * n),
        _ => None,
    }
}

/// The period that lies `n` units from `anchor`: a day for days and weeks, a month for months and
/// years (« il y a deux ans » speaks of no day), years for longer units.
fn shifted(anchor: Date, n: i32, unit: &str, basis: TimeBasis) -> Option<When> {
    let d = back_or_on(anchor, n, unit)?;
    match unit {
        "month" | "quarter" | "year" => When::days(d.first_of_month(), d.last_of_month(), basis),
        "decade" | "century" => {
            let (a, b) = calendar::year(d.year())?;
            When::days(a, b, basis)
        }
        _ => When::day(d, basis),
    }
}
