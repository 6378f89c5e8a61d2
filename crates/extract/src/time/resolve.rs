//! What a matched rule stands for, given what is known when it is read.

use regex::Captures;
use temoin_model::{Date, TimeBasis};

use super::calendar::{self, When, date, plus_days, plus_months};
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
    /// The year that the sentences around speak of, where they name one.
    pub(crate) year: Option<i16>,
    pub(crate) way: Way,
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
        "day" => m.day_of_month(m.num("dayd")?),
        "range" => m.range(),
        "month" => m.month(),
        "months" => m.months(),
        "nth" => m.nth(),
        "year" => m.year(),
        "years" => m.years(),
        "decade" => m.decade(),
        "century" => m.century(),
        "quarter" => m.division(3),
        "half" => m.division(6),
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

struct Match<'a, 'c> {
    g: &'a Grammar,
    rule: &'a Rule,
    caps: &'a Captures<'c>,
    cx: &'a Context,
}

impl Match<'_, '_> {
    fn num(&self, name: &str) -> Option<i32> {
        self.g.number(self.caps, name).or_else(|| if name == "n" { self.rule.arg.parse().ok() } else { None })
    }

    fn val(&self, name: &str) -> Option<&str> {
        self.g.value(self.caps, name)
    }

    fn year_named(&self, name: &str) -> Option<i16> {
        self.num(name)?.try_into().ok()
    }

    /// A year of four digits, or of two (69 and later are in the last century).
    fn any_year(&self) -> Option<i16> {
        self.year_named("year").or_else(|| {
            let yy = self.year_named("yy")?;
            Some(if yy >= 69 { 1900 + yy } else { 2000 + yy })
        })
    }

    fn month_number(&self) -> Option<i8> {
        self.num("month").or_else(|| self.num("mm"))?.try_into().ok()
    }

    fn date(&self) -> Option<When> {
        let weekday = self.num("weekday");
        let Some(day) = self.num("day").or_else(|| self.num("dayd")) else {
            // « la nuit de samedi »: no day of the month.
            return self.weekday();
        };
        let day: i8 = day.try_into().ok()?;
        let Some(month) = self.month_number() else { return self.day_of_month(day.into()) };
        if let Some(y) = self.any_year() {
            return When::day(date(y, month, day)?, TimeBasis::Explicit);
        }
        date(2000, month, day)?;
        let Some((anchor, basis)) = self.cx.anchor() else {
            return When::unknown(format!("XXXX-{month:02}-{day:02}"));
        };
        let fits = |d: &Date| weekday.is_none_or(|w| i32::from(d.weekday().to_monday_one_offset()) == w);
        if self.val("unit") == Some("year") {
            // « le 17 octobre de l'année dernière », « de cette année »
            let step = match self.val("dir") {
                Some("last") => -1,
                Some(_) => 1,
                None => 0,
            };
            return When::day(date(anchor.year() + step, month, day)?, basis);
        }
        if let Some(d) = self.cx.year.and_then(|y| date(y, month, day)).filter(fits) {
            return When::day(d, TimeBasis::Document);
        }
        let reach = if weekday.is_some() { 6 } else { 1 };
        let dates = (-reach..=reach).filter_map(|k| date(anchor.year().checked_add(k)?, month, day));
        let all: Vec<(Date, Date)> = dates.map(|d| (d, d)).collect();
        let mut fitting: Vec<(Date, Date)> = all.iter().copied().filter(|(d, _)| fits(d)).collect();
        match self.val("dir") {
            Some("last") => fitting.retain(|&(d, _)| d <= anchor),
            Some("next" | "after") => fitting.retain(|&(d, _)| d >= anchor),
            _ => {}
        }
        // A weekday that agrees with no near year is a slip of the pen, not another decade.
        let near = |v: &[(Date, Date)]| self.cx.nearest(anchor, v.iter().copied());
        let best = near(&fitting).filter(|&(d, _)| calendar::days_between(anchor, d).abs() < 500);
        let (d, _) = best.or_else(|| near(&all))?;
        When::day(d, basis)
    }

    /// « le 16 », « vendredi 15 »: the nearest month in which it fits.
    fn day_of_month(&self, day: i32) -> Option<When> {
        let day: i8 = day.try_into().ok()?;
        date(2000, 1, day)?;
        let weekday = self.num("weekday");
        let Some((anchor, basis)) = self.cx.anchor() else { return When::unknown(format!("XXXX-XX-{day:02}")) };
        let candidates = (-12..=12).filter_map(|k| {
            let m = plus_months(anchor.first_of_month(), k)?;
            let d = date(m.year(), m.month(), day)?;
            weekday.is_none_or(|w| i32::from(d.weekday().to_monday_one_offset()) == w).then_some((d, d))
        });
        let (d, _) = self.cx.nearest(anchor, candidates)?;
        When::day(d, basis)
    }

    fn range(&self) -> Option<When> {
        let caps = self.caps;
        if caps.name("day").is_none() && caps.name("day2").is_none() {
            // « de mardi à mercredi », « la nuit de mardi à mercredi »
            let (w, w2) = (self.num("weekday")?, self.num("weekday2")?);
            let Some((_, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX/XXXX-XX-XX") };
            let end = self.weekday_day(w2)?;
            let back = (w2 - w).rem_euclid(7);
            return When::days(plus_days(end, -back)?, end, basis);
        }
        let day2: i8 = self.num("day2").or_else(|| self.num("day"))?.try_into().ok()?;
        let day: i8 = self.num("day").or_else(|| self.num("day2"))?.try_into().ok()?;
        let month2 = self.num("month2").or_else(|| self.num("month"));
        let year2 = self.year_named("yearx").or_else(|| self.year_named("year"));
        let (end, basis) = match (month2, year2) {
            (Some(m), Some(y)) => (date(y, m.try_into().ok()?, day2)?, TimeBasis::Explicit),
            (Some(m), None) => {
                let m: i8 = m.try_into().ok()?;
                date(2000, m, day2)?;
                let Some((anchor, basis)) = self.cx.anchor() else {
                    let m1 = self.num("month").unwrap_or(m.into());
                    return When::unknown(format!("XXXX-{m1:02}-{day:02}/XXXX-{m:02}-{day2:02}"));
                };
                match self.cx.year.and_then(|y| date(y, m, day2)) {
                    Some(d) => (d, TimeBasis::Document),
                    None => {
                        let near = (-1..=1).filter_map(|k| date(anchor.year().checked_add(k)?, m, day2));
                        (self.cx.nearest(anchor, near.map(|d| (d, d)))?.0, basis)
                    }
                }
            }
            (None, _) => {
                let when = self.day_of_month(day2.into())?;
                let Some(d) = when.start else { return Some(when) };
                (d, when.basis)
            }
        };
        let month1: i8 = self.num("month").map_or(Some(end.month()), |m| m.try_into().ok())?;
        let mut start = date(self.year_named("year").unwrap_or(end.year()), month1, day);
        if start.is_none_or(|s| s > end) && self.year_named("year").is_none() {
            // Over the turn of a year or, where no month is named, of a month.
            start = if self.num("month").is_some() {
                date(end.year() - 1, month1, day)
            } else {
                let m = plus_months(end.first_of_month(), -1)?;
                date(m.year(), m.month(), day)
            };
        }
        When::days(start?, end, basis)
    }

    /// The year of a month or season named without one: from context, else the nearest.
    fn in_year(&self, period: impl Fn(i16) -> Option<(Date, Date)>) -> Option<(Date, Date, TimeBasis)> {
        if let Some(y) = self.any_year() {
            let (a, b) = period(y)?;
            return Some((a, b, TimeBasis::Explicit));
        }
        let (anchor, basis) = self.cx.anchor()?;
        if let Some((a, b)) = self.cx.year.and_then(&period) {
            return Some((a, b, TimeBasis::Document));
        }
        let mut all: Vec<(Date, Date)> = (-2..=2).filter_map(|k| period(anchor.year().checked_add(k)?)).collect();
        match self.val("dir") {
            Some("last") => all.retain(|&(_, b)| b < anchor),
            Some("next" | "after") => all.retain(|&(a, _)| a > anchor),
            _ => {}
        }
        let (a, b) = self.cx.nearest(anchor, all)?;
        Some((a, b, basis))
    }

    fn part_of_month(&self, (a, b): (Date, Date)) -> Option<(Date, Date)> {
        match self.val("part") {
            None | Some("whole") => Some((a, b)),
            Some(part) => {
                let [from, to] = self.g.part("month", part)?;
                let at = |d: i8| date(a.year(), a.month(), d.min(b.day()));
                Some((at(from)?, at(to)?))
            }
        }
    }

    fn month(&self) -> Option<When> {
        let m = self.month_number()?;
        match self.in_year(|y| calendar::month(y, m)) {
            Some((a, b, basis)) => {
                let (a, b) = self.part_of_month((a, b))?;
                When::days(a, b, basis)
            }
            None => When::unknown(format!("XXXX-{m:02}")),
        }
    }

    fn months(&self) -> Option<When> {
        let (m1, m2) = (self.month_number()?, self.num("month2")?.try_into().ok()?);
        let y2 = self.year_named("yearx");
        let (end, basis) = match y2 {
            Some(y) => (calendar::month(y, m2)?.1, TimeBasis::Explicit),
            None => match self.in_year(|y| calendar::month(y, m2)) {
                Some((_, b, basis)) => (b, basis),
                None => return When::unknown(format!("XXXX-{m1:02}/XXXX-{m2:02}")),
            },
        };
        let y1 = self.year_named("year").unwrap_or(if m1 <= m2 { end.year() } else { end.year() - 1 });
        When::days(date(y1, m1, 1)?, end, basis)
    }

    /// « le premier lundi d'octobre », « la dernière semaine de mai », « le premier mercredi du mois prochain »
    fn nth(&self) -> Option<When> {
        let k = self.num("ordinal")?;
        let (a, b, basis) = if let Some(m) = self.month_number() {
            match self.in_year(|y| calendar::month(y, m)) {
                Some(r) => r,
                None => return When::unknown(format!("XXXX-{m:02}")),
            }
        } else {
            let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX") };
            let step = if self.val("dir") == Some("last") { -1 } else { 1 };
            let m = plus_months(anchor.first_of_month(), step)?;
            (m, m.last_of_month(), basis)
        };
        let days: Vec<Date> = std::iter::successors(Some(a), |d| plus_days(*d, 1)).take_while(|d| *d <= b).collect();
        let pick = |v: Vec<Date>| if k < 0 { v.last().copied() } else { v.get(k as usize - 1).copied() };
        let weekday = |d: &Date| i32::from(d.weekday().to_monday_one_offset());
        if let Some(w) = self.num("weekday") {
            return When::day(pick(days.into_iter().filter(|d| weekday(d) == w).collect())?, basis);
        }
        match self.val("unit") {
            Some("day") => When::day(pick(days)?, basis),
            Some("week") => {
                let monday = pick(days.into_iter().filter(|d| weekday(d) == 1).collect())?;
                When::days(monday, plus_days(monday, 6)?, basis)
            }
            Some(_) => None,
            None => {
                let saturday = pick(days.into_iter().filter(|d| weekday(d) == 6).collect())?;
                When::days(saturday, plus_days(saturday, 1)?, basis)
            }
        }
    }

    fn year(&self) -> Option<When> {
        let y = self.any_year()?;
        match self.val("part") {
            Some(part) if part != "whole" => {
                let [from, to] = self.g.part("year", part)?;
                When::days(date(y, from, 1)?, date(y, to, 1)?.last_of_month(), TimeBasis::Explicit)
            }
            _ => {
                let (a, b) = calendar::year(y)?;
                When::days(a, b, TimeBasis::Explicit)
            }
        }
    }

    fn years(&self) -> Option<When> {
        let (a, b) = (self.year_named("year")?, self.year_named("yearx")?);
        (a < b).then_some(())?;
        When::days(date(a, 1, 1)?, date(b, 12, 31)?, TimeBasis::Explicit)
    }

    fn decade(&self) -> Option<When> {
        let y = self.year_named("year").or_else(|| Some(1900 + self.year_named("decade")?))?;
        (y % 10 == 0).then_some(())?;
        let mut w = When::days(date(y, 1, 1)?, date(y + 9, 12, 31)?, TimeBasis::Explicit)?;
        w.edtf = format!("{:03}X", y / 10);
        Some(w)
    }

    fn century(&self) -> Option<When> {
        let roman = self.caps.name("roman")?.as_str();
        let digit = |c| match c {
            'i' => 1,
            'v' => 5,
            _ => 10,
        };
        let (mut n, mut high) = (0i16, 0i16);
        for c in roman.chars().rev().take(8) {
            let v = digit(c);
            n += if v < high { -v } else { v };
            high = high.max(v);
        }
        (1..=21).contains(&n).then_some(())?;
        let first = (n - 1) * 100 + 1;
        let mut w = When::days(date(first, 1, 1)?, date(first + 99, 12, 31)?, TimeBasis::Explicit)?;
        w.edtf = format!("{:02}XX", n - 1);
        Some(w)
    }

    /// A quarter (3 months) or half (6) of a year.
    fn division(&self, months: i8) -> Option<When> {
        let k: i8 = self.num("ordinal")?.try_into().ok()?;
        let k = if k < 0 { 12 / months } else { k };
        (k <= 12 / months).then_some(())?;
        let first = (k - 1) * months + 1;
        let period = |y| Some((date(y, first, 1)?, date(y, first + months - 1, 1)?.last_of_month()));
        let code = if months == 3 { 32 + k } else { 39 + k };
        match self.in_year(period) {
            Some((a, b, basis)) => When::days(a, b, basis),
            None => When::unknown(format!("XXXX-{code}")),
        }
    }

    fn season(&self) -> Option<When> {
        let code: i8 = self.num("season")?.try_into().ok()?;
        match self.in_year(|y| calendar::season(y, code)) {
            Some((a, b, basis)) => {
                let mut w = When::days(a, b, basis)?;
                w.edtf = format!("{:04}-{code}", a.year());
                Some(w)
            }
            None => When::unknown(format!("XXXX-{code}")),
        }
    }

    fn feast(&self) -> Option<When> {
        let code = if self.rule.arg.is_empty() { self.val("feast")? } else { &self.rule.arg };
        let day = |y: i16| match code.strip_prefix("easter") {
            Some(offset) => plus_days(calendar::easter(y)?, offset.parse().ok()?),
            None => {
                let (m, d) = code.split_once('-')?;
                date(y, m.parse().ok()?, d.parse().ok()?)
            }
        };
        match self.in_year(|y| day(y).map(|d| (d, d))) {
            Some((a, _, basis)) => When::day(a, basis),
            None if code.starts_with("easter") => When::unknown("XXXX-XX-XX"),
            None => When::unknown(format!("XXXX-{code}")),
        }
    }

    fn day_offset(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        When::day(plus_days(anchor, self.rule.arg.parse().ok()?)?, basis)
    }

    /// Relative to the last day that the article speaks of: « le lendemain », « trois jours plus tard ».
    fn anaphor(&self, n: i32, unit: &str) -> Option<When> {
        let anchor = self.cx.last.map(|d| (d, TimeBasis::Document)).or(self.cx.published);
        let Some((anchor, basis)) = anchor else { return When::unknown("XXXX-XX-XX") };
        shifted(anchor, n, unit, basis)
    }

    fn weekday(&self) -> Option<When> {
        let Some((_, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        When::day(self.weekday_day(self.num("weekday")?)?, basis)
    }

    fn weekday_day(&self, w: i32) -> Option<Date> {
        let (anchor, _) = self.cx.published?;
        let today = i32::from(anchor.weekday().to_monday_one_offset());
        let (back, on) = ((today - w).rem_euclid(7), (w - today).rem_euclid(7));
        let n = match self.val("dir") {
            Some("last") => -if back == 0 { 7 } else { back },
            Some("next" | "after") => {
                if on == 0 {
                    7
                } else {
                    on
                }
            }
            _ if back == 0 => 0,
            _ => match self.cx.way {
                Way::Past => -back,
                Way::Future => on,
                Way::Nearest => {
                    if back <= on {
                        -back
                    } else {
                        on
                    }
                }
            },
        };
        // « mercredi suivant », said on a Tuesday, is not the next day.
        let n = if self.val("dir") == Some("after") && n == 1 { 8 } else { n };
        plus_days(anchor, n)
    }

    fn weekday_week(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let step = if self.val("dir") == Some("last") { -7 } else { 7 };
        let (monday, _) = calendar::week(plus_days(anchor, step)?)?;
        When::day(plus_days(monday, self.num("weekday")? - 1)?, basis)
    }

    /// « lundi en huit », « en quinze »: one or two weeks behind the next one.
    fn weekday_plus(&self) -> Option<When> {
        let weeks = match self.num("n")? {
            8 => 1,
            15 => 2,
            _ => return None,
        };
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let on = (self.num("weekday")? - i32::from(anchor.weekday().to_monday_one_offset())).rem_euclid(7);
        When::day(plus_days(anchor, on + 7 * weeks)?, basis)
    }

    fn weekend(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX/XXXX-XX-XX") };
        let today = i32::from(anchor.weekday().to_monday_one_offset());
        let saturday = match self.val("dir") {
            Some("last") => plus_days(anchor, -today - 1)?,
            Some("next" | "after") if today >= 6 => plus_days(anchor, 13 - today)?,
            // Until Wednesday a past tense speaks of the weekend behind.
            None if self.cx.way == Way::Past && today < 6 => plus_days(anchor, -today - 1)?,
            _ => plus_days(anchor, 6 - today)?,
        };
        When::days(saturday, plus_days(saturday, 1)?, basis)
    }

    /// The period of `unit` that holds `anchor`, shifted by `step` periods.
    fn unit_period(anchor: Date, unit: &str, step: i32) -> Option<(Date, Date)> {
        match unit {
            "day" => plus_days(anchor, step).map(|d| (d, d)),
            "week" => calendar::week(plus_days(anchor, 7 * step)?),
            "month" => {
                let m = plus_months(anchor.first_of_month(), step)?;
                Some((m, m.last_of_month()))
            }
            "quarter" => {
                let first = date(anchor.year(), (anchor.month() - 1) / 3 * 3 + 1, 1)?;
                let a = plus_months(first, 3 * step)?;
                Some((a, plus_months(a, 2)?.last_of_month()))
            }
            "year" => calendar::year(anchor.year().checked_add(step.try_into().ok()?)?),
            "decade" => {
                let y = (anchor.year() / 10 * 10).checked_add((10 * step).try_into().ok()?)?;
                Some((date(y, 1, 1)?, date(y + 9, 12, 31)?))
            }
            "century" => {
                let y = ((anchor.year() - 1) / 100 * 100 + 1).checked_add((100 * step).try_into().ok()?)?;
                Some((date(y, 1, 1)?, date(y + 99, 12, 31)?))
            }
            _ => None,
        }
    }

    fn period(&self) -> Option<When> {
        let unit = self.val("unit")?;
        let step = match self.val("dir") {
            Some("last") => -1,
            Some(_) => 1,
            None => 0,
        };
        if matches!(unit, "hour" | "minute") {
            return None;
        }
        let unknown = match unit {
            "year" => "XXXX",
            "month" => "XXXX-XX",
            _ => "XXXX-XX-XX",
        };
        let Some((anchor, basis)) = self.cx.published else { return When::unknown(unknown) };
        let (a, b) = Self::unit_period(anchor, unit, step)?;
        When::days(a, b, basis)
    }

    fn period_part(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        if self.rule.arg == "workweek" {
            let (monday, _) = calendar::week(anchor)?;
            return When::days(monday, plus_days(monday, 4)?, basis);
        }
        let unit = self.val("unit")?;
        let part = self.val("part")?;
        let step = match self.val("dir") {
            Some("last") => -1,
            Some(_) => 1,
            None => 0,
        };
        let whole = Self::unit_period(anchor, unit, step)?;
        if part == "whole" {
            return When::days(whole.0, whole.1, basis);
        }
        match unit {
            "week" => {
                let [from, to] = self.g.part("week", part)?;
                let at = |k: i8| plus_days(whole.0, i32::from(k) - 1);
                When::days(at(from)?, at(to)?, basis)
            }
            "month" => {
                let mut whole = whole;
                // « en début de mois » said after it has passed speaks of the next, unless in the past tense.
                if step == 0 && self.cx.way == Way::Future && part == "begin" && anchor.day() > 10 {
                    whole = Self::unit_period(anchor, unit, 1)?;
                }
                let [from, to] = match part {
                    "begin" => [1, 10],
                    "end" => [21, 31],
                    _ => self.g.part("month", part)?,
                };
                let at = |d: i8| date(whole.0.year(), whole.0.month(), d.min(whole.1.day()));
                When::days(at(from)?, at(to)?, basis)
            }
            "year" => {
                let [from, to] = self.g.part("year", part)?;
                let y = whole.0.year();
                When::days(date(y, from, 1)?, date(y, to, 1)?.last_of_month(), basis)
            }
            _ => None,
        }
    }

    /// « les deux derniers jours », « les trois prochains mois »: whole periods beside the present one.
    fn last_n(&self) -> Option<When> {
        let unit = self.val("unit")?;
        let past = self.val("dir")? == "last";
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let Some(n) = self.num("n") else {
            // « ces derniers jours »: how many is not said.
            let edtf = if past { format!("../{anchor}") } else { format!("{anchor}/..") };
            let (start, end) = if past { (None, Some(anchor)) } else { (Some(anchor), None) };
            return Some(When { start, end, edtf, basis });
        };
        if unit == "hour" {
            let days = (n + 23) / 24;
            return if past {
                When::days(plus_days(anchor, -days)?, anchor, basis)
            } else {
                When::days(anchor, plus_days(anchor, days)?, basis)
            };
        }
        let (a, b) = if past { (-n, -1) } else { (1, n) };
        let (start, _) = Self::unit_period(anchor, unit, a)?;
        let (_, end) = Self::unit_period(anchor, unit, b)?;
        When::days(start, end, basis)
    }

    /// « il y a deux ans », « dans trois semaines »: the grain is that of the unit, weeks count as days.
    fn offset(&self, n: i32) -> Option<When> {
        let unit = self.val("unit")?;
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        shifted(anchor, n, unit, basis)
    }

    fn since_n(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX/XXXX-XX-XX") };
        When::days(back_or_on(anchor, -self.num("n")?, self.val("unit")?)?, anchor, basis)
    }

    fn within_n(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX/XXXX-XX-XX") };
        When::days(anchor, back_or_on(anchor, self.num("n")?, self.val("unit")?)?, basis)
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
