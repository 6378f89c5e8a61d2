//! Holidays whose days are computed, from `data/lexicon/holidays.tsv`.

use super::calendar::{self, date, plus_days};
use super::{lunar, moon};
use temoin_model::{Date, Lang};

const TABLE: &str = include_str!("../../../../data/lexicon/holidays.tsv");

/// Names in lower case of the holidays in `lang`, each with its rule.
pub(crate) fn names(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    let code = match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    };
    TABLE
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .filter_map(move |l| {
            let mut cols = l.split('\t');
            let (rule, language, names) = (cols.next()?, cols.next()?, cols.next()?);
            (language == code).then(|| names.split('|').map(move |n| (n, rule)))
        })
        .flatten()
}

/// First and last day of a holiday in the year `y`; `None` for an unknown rule.
pub(crate) fn days(rule: &str, y: i16) -> Option<(Date, Date)> {
    match rule.split_once("..") {
        Some((from, to)) => {
            let a = day(from, y)?;
            // Over the turn of the year.
            let b = day(to, y).filter(|&b| b >= a).or_else(|| day(to, y.checked_add(1)?))?;
            Some((a, b))
        }
        None => day(rule, y).map(|d| (d, d)),
    }
}

fn day(rule: &str, y: i16) -> Option<Date> {
    let offset = |base: Option<Date>, n: &str| plus_days(base?, n.parse().ok()?);
    if let Some(n) = rule.strip_prefix("easter") {
        return offset(calendar::easter(y), n);
    }
    if let Some(n) = rule.strip_prefix("orthodox") {
        return offset(calendar::orthodox_easter(y), n);
    }
    if let Some(args) = rule.strip_prefix("after ") {
        let [d, weekday, k] = counted(args)?;
        let first = month_day(d, y)?;
        let on = (weekday.parse::<i32>().ok()? - weekday_of(first)).rem_euclid(7);
        return plus_days(first, on + 7 * (k.parse::<i32>().ok()? - 1));
    }
    if let Some(args) = rule.strip_prefix("before ") {
        let [d, weekday, k] = counted(args)?;
        let last = month_day(d, y)?;
        let back = (weekday_of(last) - weekday.parse::<i32>().ok()?).rem_euclid(7);
        return plus_days(last, -back - 7 * (k.parse::<i32>().ok()? - 1));
    }
    if let Some(args) = rule.strip_prefix("islamic ") {
        let (m, d) = args.split_once('-')?;
        return moon::islamic(m.parse().ok()?, d.parse().ok()?, y);
    }
    if let Some(args) = rule.strip_prefix("chinese ") {
        let (m, d) = args.split_once('-')?;
        return moon::chinese(m.parse().ok()?, d.parse().ok()?, y);
    }
    if let Some(args) = rule.strip_prefix("hindu ") {
        let [day, hour, later] = counted(args)?;
        let (m, t) = day.split_once('-')?;
        return offset(moon::hindu(m.parse().ok()?, t.parse().ok()?, hour.parse().ok()?, y), later);
    }
    if let Some(args) = rule.strip_prefix("sankranti ") {
        let (angle, later) = args.split_once(' ')?;
        return offset(moon::sankranti(angle.parse().ok()?, y), later);
    }
    if let Some(args) = rule.strip_prefix("cycle ") {
        // A year of 365 days without leap days, from a day that began one.
        let from: Date = args.parse().ok()?;
        let next = date(y, 12, 31)?;
        let days = from.until(next).ok()?.get_days().rem_euclid(365);
        return plus_days(next, -days);
    }
    if let Some(args) = rule.strip_prefix("near ") {
        let d = month_day(args, y)?;
        return plus_days(
            d,
            match weekday_of(d) {
                6 => -1,
                7 => 1,
                _ => 0,
            },
        );
    }
    if let Some(args) = rule.strip_prefix("unless-sunday ") {
        let d = month_day(args, y)?;
        return plus_days(d, -i32::from(weekday_of(d) == 7));
    }
    if let Some(args) = rule.strip_prefix("hebrew ") {
        let (m, d) = args.split_once('-')?;
        return lunar::hebrew(m.parse().ok()?, d.parse().ok()?, y);
    }
    month_day(rule, y)
}

fn counted(args: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = args.split(' ').collect();
    parts.try_into().ok()
}

fn month_day(s: &str, y: i16) -> Option<Date> {
    let (m, d) = s.split_once('-')?;
    date(y, m.parse().ok()?, d.parse().ok()?)
}

/// Monday is 1.
fn weekday_of(d: Date) -> i32 {
    i32::from(d.weekday().to_monday_one_offset())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_table_gives_days() {
        for lang in [Lang::Fr, Lang::En] {
            for (name, rule) in names(lang) {
                for y in [1950, 2012, 2023] {
                    // A lunar day around New Year may fall twice in a year, and not in the next.
                    let found = days(rule, y).or_else(|| days(rule, y + 1));
                    assert!(found.is_some_and(|(a, b)| a <= b), "{name}: {rule} in {y}");
                }
            }
        }
    }

    #[test]
    fn movable_days_of_known_years() {
        let on = |name: &str, y: i16| {
            let (_, rule) = names(Lang::En).find(|(n, _)| *n == name).unwrap();
            days(rule, y).unwrap().0.to_string()
        };
        for (name, day) in [
            ("thanksgiving", "2020-11-26"),
            ("memorial day", "2021-05-31"),
            ("labor day", "2021-09-06"),
            ("victoria day", "2022-05-23"),
            ("election day", "2020-11-03"),
            ("pentecost", "2021-05-23"),
            ("orthodox easter", "2021-05-02"),
            ("ash wednesday", "2019-03-06"),
            ("first sunday of advent", "2022-11-27"),
        ] {
            assert_eq!(on(name, day[..4].parse().unwrap()), day, "{name}");
        }
    }
}
