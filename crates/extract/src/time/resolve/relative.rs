//! Times counted from others than the day of publication: « March in two years », « three days after
//! Easter », « two Fridays from now ».

use super::super::calendar::{self, When, plus_days};
use super::super::holidays;
use super::{Match, back_or_on};
use temoin_model::Date;

impl Match<'_, '_> {
    /// « three Fridays from now », « two Sundays ago »: today is not counted.
    pub(super) fn nth_weekday(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let (n, w) = (self.num("n")?.clamp(1, 10_000), self.num("weekday")?);
        let today = i32::from(anchor.weekday().to_monday_one_offset());
        let days = if self.rule.arg == "ago" {
            -((today - w - 1).rem_euclid(7) + 1) - 7 * (n - 1)
        } else {
            (w - today - 1).rem_euclid(7) + 1 + 7 * (n - 1)
        };
        When::day(plus_days(anchor, days)?, basis)
    }

    /// « the week after next », « March after next »: the second one to come.
    pub(super) fn after_next(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        if let Some(w) = self.num("weekday") {
            let on = (w - i32::from(anchor.weekday().to_monday_one_offset()) - 1).rem_euclid(7) + 1;
            return When::day(plus_days(anchor, on + 7)?, basis);
        }
        let (a, b) = if self.month_number().is_some() || self.val("feast").is_some() {
            let coming = |k: i16| self.yearly(anchor.year().checked_add(k)?).filter(|&(a, _)| a > anchor);
            (0..4).filter_map(coming).nth(1)?
        } else {
            Self::unit_period(anchor, self.val("unit")?, 2)?
        };
        When::days(a, b, basis)
    }

    /// The days in the year `y` of the month or holiday that is named.
    fn yearly(&self, y: i16) -> Option<(Date, Date)> {
        match self.month_number() {
            Some(m) => calendar::month(y, m),
            None => holidays::days(self.val("feast")?, y),
        }
    }

    /// « March in two years », « Christmas two years ago », « Thanksgiving in nine months »: in the year
    /// that lies so far off or, for shorter units, the first one from the day that does.
    pub(super) fn in_shifted(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let n = self.num("n")?;
        let unit = self.val("unit")?;
        let from = back_or_on(anchor, if self.rule.arg == "ago" { -n } else { n }, unit)?;
        let (a, b) = if matches!(unit, "year" | "decade" | "century") {
            self.yearly(from.year())?
        } else {
            (0..2).filter_map(|k| self.yearly(from.year().checked_add(k)?)).find(|&(_, b)| b >= from)?
        };
        When::days(a, b, basis)
    }

    /// « three days after Easter », « two weeks before 3 May », « a week from Friday »
    pub(super) fn counted_from(&self) -> Option<When> {
        let Some((anchor, basis)) = self.cx.published else { return When::unknown("XXXX-XX-XX") };
        let base = if self.val("feast").is_some() {
            let years = (-1..=1).filter_map(|k| self.yearly(anchor.year().checked_add(k)?));
            match self.any_year() {
                Some(y) => self.yearly(y)?.0,
                None => years.map(|(a, _)| a).min_by_key(|&d| calendar::days_between(anchor, d).abs())?,
            }
        } else {
            self.date()?.start?
        };
        let n = self.num("n")?;
        let n = if self.val("side") == Some("before") { -n } else { n };
        When::day(back_or_on(base, n, self.val("unit").unwrap_or("day"))?, basis)
    }
}
