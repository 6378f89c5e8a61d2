//! The Hebrew calendar by arithmetic (Reingold and Dershowitz, Calendrical Calculations,
//! 1997). Days are counted from 1 January of the year 1, which is day 1.

use super::calendar::{date, plus_days};
use temoin_model::Date;

/// The day in the Gregorian year `y` that is the day `d` of the month `m` of the Hebrew calendar, where
/// Nisan is 1, Tishri 7, and Adar the last month of the year.
pub(crate) fn hebrew(m: i32, d: i32, y: i16) -> Option<Date> {
    let near = i32::from(y) + 3760;
    first_in(y, (near..=near + 1).map(|year| hebrew_fixed(year, m, d)))
}

fn first_in(y: i16, days: impl Iterator<Item = i32>) -> Option<Date> {
    let epoch = date(1, 1, 1)?;
    days.filter_map(|n| plus_days(epoch, n - 1)).find(|d| d.year() == y)
}

fn hebrew_fixed(year: i32, m: i32, d: i32) -> i32 {
    let leap = (7 * year + 1).rem_euclid(19) < 7;
    let last = if leap { 13 } else { 12 };
    let m = if m == 12 { last } else { m };
    let days = hebrew_new_year(year + 1) - hebrew_new_year(year);
    let length = |month: i32| match month {
        2 | 4 | 6 | 10 | 13 => 29,
        12 if !leap => 29,
        8 if days % 10 != 5 => 29,
        9 if days % 10 == 3 => 29,
        _ => 30,
    };
    let passed: i32 = if m >= 7 {
        (7..m).map(length).sum()
    } else {
        (7..=last).map(length).sum::<i32>() + (1..m).map(length).sum::<i32>()
    };
    hebrew_new_year(year) + passed + d - 1
}

/// The first of Tishri.
fn hebrew_new_year(year: i32) -> i32 {
    let (before, this, next) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let delay = if next - this == 356 {
        2
    } else if this - before == 382 {
        1
    } else {
        0
    };
    this + delay - 1_373_427
}

/// Days from the epoch to the mean new moon of Tishri, put off from Sunday, Wednesday and Friday.
fn elapsed(year: i32) -> i32 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * i64::from(months);
    let days = 29 * months + parts.div_euclid(25_920) as i32;
    if (3 * (days + 1)).rem_euclid(7) < 3 { days + 1 } else { days }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_known_years() {
        let s = |d: Option<Date>| d.map_or_else(String::new, |d| d.to_string());
        // Rosh Hashanah, Yom Kippur, Hanukkah, Purim, Passover.
        assert_eq!(s(hebrew(7, 1, 2018)), "2018-09-10");
        assert_eq!(s(hebrew(7, 10, 2023)), "2023-09-25");
        assert_eq!(s(hebrew(9, 25, 2018)), "2018-12-03");
        assert_eq!(s(hebrew(12, 14, 2013)), "2013-02-24");
        assert_eq!(s(hebrew(12, 14, 2024)), "2024-03-24");
        assert_eq!(s(hebrew(1, 15, 2019)), "2019-04-20");
    }
}
