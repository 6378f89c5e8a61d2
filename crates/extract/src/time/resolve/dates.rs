//! Days: dates, weekdays, feasts and days relative to others. Where the year or the month is not known, EDTF (level 1)
//! writes an X for each digit that is missing: `XXXX-02-14` is a 14th of February.

use super::super::calendar::{self, When, date, plus_days, plus_months};
use super::super::holidays;
use super::{Match, Way, shifted};
use temoin_model::{Date, TimeBasis};

impl Match<'_, '_> {
    pub(super) fn date(&self) -> Option<When> {
        let weekday = self.num("weekday");
        let Some(day) = self.num("day").or_else(|| self.num("dayd")).or_else(|| self.num("ordinal")) else {
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
            let (anchor, basis) = self.year_anchor()?;
            return When::day(date(anchor.year().checked_add(self.step().try_into().ok()?)?, month, day)?, basis);
        }
        let near = self.cx.year.filter(|_| self.val("dir").is_none());
        if let Some(d) = near.and_then(|y| date(y, month, day)).filter(fits) {
            return When::day(d, TimeBasis::Document);
        }
        let reach = if weekday.is_some() { 6 } else { 1 };
        let dates = (-reach..=reach).filter_map(|k| date(anchor.year().checked_add(k)?, month, day));
        let all: Vec<(Date, Date)> = dates.map(|d| (d, d)).collect();
        let mut fitting: Vec<(Date, Date)> = all.iter().copied().filter(|(d, _)| fits(d)).collect();
        match self.val("dir") {
            Some("last" | "before") => fitting.retain(|&(d, _)| d <= anchor),
            Some("next" | "after") => fitting.retain(|&(d, _)| d >= anchor),
            _ => {}
        }
        // A weekday that agrees with no near year is a slip of the pen, not another decade.
        let near = |v: &[(Date, Date)]| self.cx.nearest(anchor, v.iter().copied());
        let best = near(&fitting).filter(|&(d, _)| calendar::days_between(anchor, d).abs() < 550);
        let (d, _) = best.or_else(|| near(&all))?;
        When::day(d, basis)
    }

    /// « le 16 », « vendredi 15 »: the nearest month in which it fits.
    pub(super) fn day_of_month(&self, day: i32) -> Option<When> {
        let day: i8 = day.try_into().ok()?;
        date(2000, 1, day)?;
        let weekday = self.num("weekday");
        let Some((anchor, basis)) = self.cx.anchor() else { return When::unknown(format!("XXXX-XX-{day:02}")) };
        let all: Vec<(Date, Date)> = (-12..=12)
            .filter_map(|k| {
                let m = plus_months(anchor.first_of_month(), k)?;
                date(m.year(), m.month(), day).map(|d| (d, d))
            })
            .collect();
        let agrees = |d: Date| weekday.is_none_or(|w| i32::from(d.weekday().to_monday_one_offset()) == w);
        let best = self.cx.nearest(anchor, all.iter().copied().filter(|&(d, _)| agrees(d)));
        let nearest = self.cx.nearest(anchor, all.iter().copied())?;
        // A weekday that agrees only months back is a slip, where the same day lies just behind.
        let slip = |d: Date| {
            self.cx.way == Way::Past
                && calendar::days_between(anchor, d).abs() > 45
                && calendar::days_between(anchor, nearest.0).abs() <= 7
        };
        let (d, _) = best.filter(|&(d, _)| !slip(d)).unwrap_or(nearest);
        When::day(d, basis)
    }

    pub(super) fn range(&self) -> Option<When> {
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

    pub(super) fn feast(&self) -> Option<When> {
        let rule = if self.rule.arg.is_empty() { self.val("feast")? } else { &self.rule.arg };
        match self.in_year(|y| holidays::days(rule, y)) {
            Some((a, b, basis)) => When::days(a, b, basis),
            None if rule.len() == 5 => When::unknown(format!("XXXX-{rule}")),
            None => When::unknown("XXXX-XX-XX"),
        }
    }

    pub(super) fn day_offset(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        When::day(plus_days(anchor, self.rule.arg.parse().ok()?)?, basis)
    }

    /// Relative to the last day that the article speaks of: « le lendemain », « trois jours plus tard ».
    pub(super) fn anaphor(&self, n: i32, unit: &str) -> Option<When> {
        // "six minutes later" in a match says no day.
        if matches!(unit, "minute" | "second") {
            return None;
        }
        let long = |unit: &str| matches!(unit, "year" | "decade" | "century");
        let told = self.cx.last.or(self.cx.last_period.map(|(d, _)| d).filter(|_| long(unit)));
        let anchor = told.map(|d| (d, TimeBasis::Document)).or(self.cx.published);
        // « two years later » in a tale does not count from today.
        let astray = told.is_none() && n > 0 && self.cx.way == Way::Past;
        let Some((anchor, basis)) = anchor.filter(|_| !astray) else { return When::unknown("XXXX-XX-XX") };
        shifted(anchor, n, unit, basis)
    }

    pub(super) fn weekday(&self) -> Option<When> {
        let Some((_, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        When::day(self.weekday_day(self.num("weekday")?)?, basis)
    }

    pub(super) fn weekday_day(&self, w: i32) -> Option<Date> {
        let (anchor, _) = self.cx.published?;
        let today = i32::from(anchor.weekday().to_monday_one_offset());
        let (back, on) = ((today - w).rem_euclid(7), (w - today).rem_euclid(7));
        let n = match self.val("dir") {
            Some("last" | "before") => -if back == 0 { 7 } else { back },
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
        // « mercredi suivant » and « next Wednesday », said on a Tuesday, are not the next day.
        let n = if matches!(self.val("dir"), Some("after" | "next")) && n == 1 { 8 } else { n };
        plus_days(anchor, n)
    }

    pub(super) fn weekday_week(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let step = if matches!(self.val("dir"), Some("last" | "before")) { -7 } else { 7 };
        let (monday, _) = calendar::week(plus_days(anchor, step)?)?;
        When::day(plus_days(monday, self.num("weekday")? - 1)?, basis)
    }

    /// « lundi en huit », « en quinze »: one or two weeks behind the next one.
    pub(super) fn weekday_plus(&self) -> Option<When> {
        let weeks = match self.num("n")? {
            8 => 1,
            15 => 2,
            _ => return None,
        };
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let on = (self.num("weekday")? - i32::from(anchor.weekday().to_monday_one_offset())).rem_euclid(7);
        When::day(plus_days(anchor, on + 7 * weeks)?, basis)
    }

    pub(super) fn weekend(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX/XXXX-XX-XX") };
        let today = i32::from(anchor.weekday().to_monday_one_offset());
        let saturday = match self.val("dir") {
            Some("last" | "before") => plus_days(anchor, -today - 1)?,
            Some("next" | "after") if today >= 6 => plus_days(anchor, 13 - today)?,
            // Until Wednesday a past tense speaks of the weekend behind.
            None if self.cx.way == Way::Past && today < 6 => plus_days(anchor, -today - 1)?,
            _ => plus_days(anchor, 6 - today)?,
        };
        When::days(saturday, plus_days(saturday, 1)?, basis)
    }
}
