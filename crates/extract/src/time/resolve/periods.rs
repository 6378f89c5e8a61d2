//! Periods: months, years, seasons, and spans relative to a day.

use super::super::calendar::{self, When, date, plus_days, plus_months};
use super::{Match, Way, back_or_on, shifted};
use temoin_model::{Date, TimeBasis};

impl Match<'_, '_> {
    pub(super) fn part_of_month(&self, (a, b): (Date, Date)) -> Option<(Date, Date)> {
        match self.val("part") {
            None | Some("whole") => Some((a, b)),
            Some(part) => {
                let [from, to] = self.g.part("month", part)?;
                let at = |d: i8| date(a.year(), a.month(), d.min(b.day()));
                Some((at(from)?, at(to)?))
            }
        }
    }

    pub(super) fn month(&self) -> Option<When> {
        let m = self.month_number()?;
        match self.in_year(|y| calendar::month(y, m)) {
            Some((a, b, basis)) => {
                let (a, b) = self.part_of_month((a, b))?;
                When::days(a, b, basis)
            }
            None => When::unknown(format!("XXXX-{m:02}")),
        }
    }

    pub(super) fn months(&self) -> Option<When> {
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

    pub(super) fn year(&self) -> Option<When> {
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

    /// « 14 A.D. »
    pub(super) fn year_of_era(&self) -> Option<When> {
        let (a, b) = calendar::year(self.num("n")?.try_into().ok().filter(|&y| y > 0)?)?;
        When::days(a, b, TimeBasis::Explicit)
    }

    pub(super) fn years(&self) -> Option<When> {
        let a = self.year_named("year")?;
        let b = match self.year_named("yy") {
            // « 2018-19 », but « 2018-09 » is a month.
            Some(yy) => (yy > 12).then_some(a / 100 * 100 + yy)?,
            None => self.year_named("yearx")?,
        };
        // Other pairs are telephone or page numbers.
        (a < b && b - a <= 400).then_some(())?;
        When::days(date(a, 1, 1)?, date(b, 12, 31)?, TimeBasis::Explicit)
    }

    pub(super) fn decade(&self) -> Option<When> {
        let y = self.year_named("year").or_else(|| Some(1900 + self.year_named("decade")?))?;
        (y % 10 == 0).then_some(())?;
        if self.rule.arg == "hundreds" && y % 100 == 0 && y < 1900 {
            // « the 1700s » is a century, « the 2000s » a decade.
            return self.years_of("century", y, 100, format!("{:02}XX", y / 100));
        }
        self.years_of("decade", y, 10, format!("{:03}X", y / 10))
    }

    pub(super) fn century(&self) -> Option<When> {
        let n = match self.caps.name("roman") {
            Some(r) => roman(r.as_str()),
            None => self.num("ordinal")?.try_into().ok()?,
        };
        (1..=21).contains(&n).then_some(())?;
        self.years_of("century", (n - 1) * 100 + 1, 100, format!("{:02}XX", n - 1))
    }

    /// `len` years from `first`, or the part of them that is named.
    fn years_of(&self, unit: &str, first: i16, len: i16, edtf: String) -> Option<When> {
        let part = self.val("part").filter(|p| *p != "whole");
        let (from, to) = match part {
            Some(p) => {
                let [from, to] = self.g.part(unit, p)?;
                (first + i16::from(from), first + i16::from(to))
            }
            None => (first, first + len - 1),
        };
        let mut w = When::days(date(from, 1, 1)?, date(to, 12, 31)?, TimeBasis::Explicit)?;
        if part.is_none() {
            w.edtf = edtf;
        }
        Some(w)
    }

    /// A quarter (3 months) or half (6) of a year.
    pub(super) fn division(&self, months: i8) -> Option<When> {
        let k: i8 = self.num("ordinal").or_else(|| self.num("division"))?.try_into().ok()?;
        let k = if k < 0 { 12 / months } else { k };
        (k <= 12 / months && self.val("unit").is_none_or(|u| u == "year")).then_some(())?;
        let first = (k - 1) * months + 1;
        let period = |y| Some((date(y, first, 1)?, date(y, first + months - 1, 1)?.last_of_month()));
        let code = if months == 3 { 32 + k } else { 39 + k };
        match self.in_year(period) {
            Some((a, b, basis)) => When::days(a, b, basis),
            None => When::unknown(format!("XXXX-{code}")),
        }
    }

    /// « les six premiers mois de l'année »: the months with which a year begins.
    pub(super) fn first_months(&self) -> Option<When> {
        let n: i8 = self.num("n")?.try_into().ok().filter(|n| (1..12).contains(n))?;
        self.val("unit").is_none_or(|u| u == "year").then_some(())?;
        let period = |y| Some((date(y, 1, 1)?, date(y, n, 1)?.last_of_month()));
        match self.in_year(period) {
            Some((a, b, basis)) => When::days(a, b, basis),
            None => When::unknown(format!("XXXX-01/XXXX-{n:02}")),
        }
    }

    pub(super) fn season(&self) -> Option<When> {
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

    /// The period of `unit` that holds `anchor`, shifted by `step` periods.
    pub(super) fn unit_period(anchor: Date, unit: &str, step: i32) -> Option<(Date, Date)> {
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

    /// « her last years »: how many is not said.
    fn plural_unit(&self) -> bool {
        self.caps.name("unit").is_some_and(|c| c.as_str().ends_with('s') && c.as_str() != "mois")
    }

    pub(super) fn period(&self) -> Option<When> {
        let unit = self.val("unit")?;
        let step = self.step();
        if matches!(unit, "hour" | "minute") || self.plural_unit() {
            return None;
        }
        let unknown = match unit {
            "year" => "XXXX",
            "month" => "XXXX-XX",
            _ => "XXXX-XX-XX",
        };
        // « le mois suivant » counts from the last time named, « le mois prochain » from today.
        let told = self.rule.arg == "narrative" && self.cx.way == Way::Past && self.val("dir") == Some("next");
        let named = (told || matches!(self.val("dir"), Some("after" | "before")))
            .then_some(self.cx.last_period)
            .flatten()
            .filter(|&(_, long)| !long || unit == "year")
            .map(|(d, _)| (d, TimeBasis::Document));
        let Some((anchor, basis)) = named.or(self.cx.published) else { return When::unknown(unknown) };
        let (a, b) = Self::unit_period(anchor, unit, step)?;
        // « earlier this year » ends with today, « the rest of the week » begins with it.
        match self.val("cut") {
            Some("before") if a <= anchor => When::days(a, b.min(anchor), basis),
            Some("after") if b >= anchor => When::days(a.max(anchor), b, basis),
            _ => When::days(a, b, basis),
        }
    }

    pub(super) fn period_part(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        if self.rule.arg == "workweek" {
            let (monday, _) = calendar::week(anchor)?;
            return When::days(monday, plus_days(monday, 4)?, basis);
        }
        // « EOY » is one word for both.
        let (part, unit) = match self.val("span") {
            Some(both) => both.split_once(' ')?,
            None => (self.val("part")?, self.val("unit")?),
        };
        if self.plural_unit() {
            return None;
        }
        let step = self.step();
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
                if self.rule.arg == "roll"
                    && step == 0
                    && self.cx.way == Way::Future
                    && part == "begin"
                    && anchor.day() > 10
                {
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
    pub(super) fn last_n(&self) -> Option<When> {
        let unit = self.val("unit")?;
        let past = matches!(self.val("dir")?, "last" | "before");
        let next = self.caps.name("dir").is_some_and(|c| c.as_str() == "next");
        if next && self.cx.way == Way::Past {
            // « for the next five years he taught » tells of years that are not named here.
            return None;
        }
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
    pub(super) fn offset(&self, n: i32) -> Option<When> {
        let unit = self.val("unit")?;
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        shifted(anchor, n, unit, basis)
    }

    pub(super) fn since_n(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX/XXXX-XX-XX") };
        When::days(back_or_on(anchor, -self.num("n")?, self.val("unit")?)?, anchor, basis)
    }

    pub(super) fn within_n(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX/XXXX-XX-XX") };
        if self.rule.arg == "several" && self.num("n")? < 2 {
            // « sous un jour favorable »
            return None;
        }
        When::days(anchor, back_or_on(anchor, self.num("n")?, self.val("unit")?)?, basis)
    }
}

/// The value of a Roman number in lower case below 40.
fn roman(s: &str) -> i16 {
    let digit = |c| match c {
        'i' => 1,
        'v' => 5,
        _ => 10,
    };
    let (mut n, mut high) = (0i16, 0i16);
    for c in s.chars().rev().take(8) {
        let v = digit(c);
        n += if v < high { -v } else { v };
        high = high.max(v);
    }
    n
}
