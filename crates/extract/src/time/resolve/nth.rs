//! Counted days and weeks: « the first Monday of October 2014 », « le 20 du mois prochain ».

use super::super::calendar::{self, When, date, plus_days};
use super::Match;
use temoin_model::{Date, TimeBasis};

impl Match<'_, '_> {
    /// « le premier lundi d'octobre », « la dernière semaine de mai », « the third last week of 2018 »,
    /// « le premier mercredi du mois prochain »
    pub(super) fn nth(&self) -> Option<When> {
        let k = self.num("ordinal")?;
        let k = if self.rule.arg == "back" { -k } else { k };
        let Some((a, b, basis)) = self.counted_period()? else { return When::unknown("XXXX-XX") };
        let days = || std::iter::successors(Some(a), |d| plus_days(*d, 1)).take_while(|d| *d <= b);
        let of_week = |w: i32| days().filter(|d| i32::from(d.weekday().to_monday_one_offset()) == w).collect();
        if let Some(w) = self.num("weekday") {
            return When::day(pick(of_week(w), k)?, basis);
        }
        match self.val("unit") {
            Some("day") => When::day(pick(days().collect(), k)?, basis),
            Some("week") if k > 0 => {
                let monday = pick(of_week(1), k)?;
                When::days(monday, plus_days(monday, 6)?, basis)
            }
            Some("week") => {
                // The last week is the last with most of its days in the period, as in ISO 8601.
                let thursday = pick(of_week(4), k)?;
                When::days(plus_days(thursday, -3)?, plus_days(thursday, 3)?, basis)
            }
            Some("hour" | "minute") => None,
            Some(unit) => {
                // « the third quarter of 2018 », « le premier mois de l'année »
                let next = |&(from, _): &(Date, Date)| Self::unit_period(from, unit, 1);
                let periods = std::iter::successors(Self::unit_period(a, unit, 0), next);
                let inside: Vec<(Date, Date)> = periods.take_while(|&(_, to)| to <= b).take(400).collect();
                let i = index(inside.len(), k)?;
                let (from, to) = *inside.get(i)?;
                When::days(from, to, basis)
            }
            None => {
                let saturday = pick(of_week(6), k)?;
                When::days(saturday, plus_days(saturday, 1)?, basis)
            }
        }
    }

    /// The month or other period in which days are counted; `Some(None)` where it cannot be known.
    #[allow(clippy::option_option, reason = "no period at all and an unknown one differ")]
    fn counted_period(&self) -> Option<Option<(Date, Date, TimeBasis)>> {
        if let Some(m) = self.month_number() {
            return Some(self.in_year(|y| calendar::month(y, m)));
        }
        if let Some(y) = self.any_year() {
            let (a, b) = calendar::year(y)?;
            return Some(Some((a, b, TimeBasis::Explicit)));
        }
        let Some((anchor, basis)) = self.cx.published else { return Some(None) };
        let unit = self.g.value(self.caps, "unit2").unwrap_or("month");
        let (a, b) = Self::unit_period(anchor, unit, self.step())?;
        Some(Some((a, b, basis)))
    }

    /// « the 20th of next month », « le 20 de ce mois »
    pub(super) fn day_in(&self) -> Option<When> {
        let day: i8 = self.num("day")?.try_into().ok()?;
        let Some((anchor, basis)) = self.cx.published else { return When::unknown(format!("XXXX-XX-{day:02}")) };
        let (m, _) = Self::unit_period(anchor, "month", self.step())?;
        When::day(date(m.year(), m.month(), day)?, basis)
    }

    /// « the week of March 5 », « le week-end du 5 mars »
    pub(super) fn week_of(&self) -> Option<When> {
        let when = self.date()?;
        let Some(day) = when.start else { return Some(when) };
        let (monday, sunday) = calendar::week(day)?;
        let first = if self.rule.arg == "weekend" { plus_days(monday, 5)? } else { monday };
        When::days(first, sunday, when.basis)
    }
}

/// The `k`th, or from the end for a negative `k`.
fn pick(v: Vec<Date>, k: i32) -> Option<Date> {
    v.get(index(v.len(), k)?).copied()
}

fn index(len: usize, k: i32) -> Option<usize> {
    usize::try_from(if k < 0 { i32::try_from(len).ok()? + k } else { k - 1 }).ok()
}
