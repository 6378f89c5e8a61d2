//! Days, periods and their spelling in the Extended Date/Time Format (ISO 8601-2).

use jiff::Span;
use temoin_model::{Date, TimeBasis};

/// A resolved time before its words are attached. Days are inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
    pub(crate) edtf: String,
    pub(crate) basis: TimeBasis,
}

impl When {
    /// What lies before the first year of our era has no days: they would be of another calendar, and XML
    /// Schema, SPARQL and Python do not read them alike.
    pub(crate) fn days(start: Date, end: Date, basis: TimeBasis) -> Option<When> {
        let day = |d| Some(d).filter(|_| start.year() > 0);
        (start <= end).then(|| When { start: day(start), end: day(end), edtf: edtf(start, end), basis })
    }

    pub(crate) fn day(d: Date, basis: TimeBasis) -> Option<When> {
        When::days(d, d, basis)
    }

    /// Partly known: an EDTF with `X` in the unknown places and no days.
    pub(crate) fn unknown(edtf: impl Into<String>) -> Option<When> {
        Some(When { start: None, end: None, edtf: edtf.into(), basis: TimeBasis::Explicit })
    }

    pub(crate) fn is_day(&self) -> bool {
        self.start.is_some() && self.start == self.end
    }
}

/// The shortest EDTF for an inclusive range of days: a year, a month, a day or an interval.
pub(crate) fn edtf(start: Date, end: Date) -> String {
    // Four digits behind the sign.
    let year = |d: Date| if d.year() < 0 { format!("-{:04}", -d.year()) } else { format!("{:04}", d.year()) };
    let month = |d: Date| format!("{}-{:02}", year(d), d.month());
    let day = |d: Date| format!("{}-{:02}", month(d), d.day());
    if start == end {
        return day(start);
    }
    let whole_months = start.day() == 1 && end == end.last_of_month();
    if whole_months && start.month() == 1 && end.month() == 12 {
        return if start.year() == end.year() { year(start) } else { format!("{}/{}", year(start), year(end)) };
    }
    if whole_months {
        return if month(start) == month(end) { month(start) } else { format!("{}/{}", month(start), month(end)) };
    }
    format!("{}/{}", day(start), day(end))
}

pub(crate) fn date(y: i16, m: i8, d: i8) -> Option<Date> {
    Date::new(y, m, d).ok()
}

pub(crate) fn plus_days(d: Date, n: i32) -> Option<Date> {
    d.checked_add(Span::new().try_days(n).ok()?).ok()
}

/// Shifts by months; the day is cut to the length of the month.
pub(crate) fn plus_months(d: Date, n: i32) -> Option<Date> {
    d.checked_add(Span::new().try_months(n).ok()?).ok()
}

pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

pub(crate) fn month(y: i16, m: i8) -> Option<(Date, Date)> {
    let first = date(y, m, 1)?;
    Some((first, first.last_of_month()))
}

pub(crate) fn year(y: i16) -> Option<(Date, Date)> {
    Some((date(y, 1, 1)?, date(y, 12, 31)?))
}

/// Monday to Sunday of the week of `d`.
pub(crate) fn week(d: Date) -> Option<(Date, Date)> {
    let monday = plus_days(d, -i32::from(d.weekday().to_monday_zero_offset()))?;
    Some((monday, plus_days(monday, 6)?))
}

/// Meteorologists and astronomers differ; the days of the solstices and equinoxes are used.
/// `code` is the EDTF season: 21 spring, 22 summer, 23 autumn, 24 winter (which ends in the next year).
pub(crate) fn season(y: i16, code: i8) -> Option<(Date, Date)> {
    Some(match code {
        21 => (date(y, 3, 20)?, date(y, 6, 20)?),
        22 => (date(y, 6, 21)?, date(y, 9, 23)?),
        23 => (date(y, 9, 23)?, date(y, 12, 20)?),
        24 => (date(y, 12, 21)?, date(y.checked_add(1)?, 3, 20)?),
        _ => return None,
    })
}

/// Easter Sunday of the Gregorian calendar (anonymous algorithm, Nature 1876; Butcher, Jones, Meeus).
pub(crate) fn easter(y: i16) -> Option<Date> {
    let y32 = i32::from(y);
    let (a, b, c) = (y32.rem_euclid(19), y32.div_euclid(100), y32.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(y, (n / 31) as i8, (n % 31 + 1) as i8)
}

/// Easter Sunday of the Julian calendar in Gregorian days (Meeus, Astronomical Algorithms, 1991).
pub(crate) fn orthodox_easter(y: i16) -> Option<Date> {
    let y32 = i32::from(y);
    let (a, b, c) = (y32.rem_euclid(4), y32.rem_euclid(7), y32.rem_euclid(19));
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    let n = d + e + 114;
    // Days by which the calendars differ.
    let shift = y32.div_euclid(100) - y32.div_euclid(400) - 2;
    plus_days(date(y, (n / 31) as i8, (n % 31 + 1) as i8)?, shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for (y, m, d) in [(2013, 3, 31), (2016, 3, 27), (2018, 4, 1), (2022, 4, 17), (1954, 4, 18)] {
            assert_eq!(easter(y), date(y, m, d), "{y}");
        }
    }

    #[test]
    fn edtf_is_the_shortest_form() {
        let d = |y, m, d| date(y, m, d).unwrap();
        assert_eq!(edtf(d(2022, 1, 1), d(2022, 12, 31)), "2022");
        assert_eq!(edtf(d(-976, 3, 1), d(-976, 3, 31)), "-0976-03");
        assert_eq!(edtf(d(2022, 2, 1), d(2022, 2, 28)), "2022-02");
        assert_eq!(edtf(d(2010, 1, 1), d(2015, 12, 31)), "2010/2015");
        assert_eq!(edtf(d(2022, 1, 4), d(2022, 1, 6)), "2022-01-04/2022-01-06");
        assert_eq!(edtf(d(2022, 1, 4), d(2022, 1, 4)), "2022-01-04");
    }
}
