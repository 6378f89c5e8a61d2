//! Phrases of published test corpora, where they are at hand.

use super::*;
use crate::testing::{bare, published};
use temoin_model::{Lang, Meta};

/// Share of published test phrases with the right days, where the corpora are at hand.
#[test]
fn duckling_phrases() {
    let Ok(root) = std::env::var("TEMOIN_CORPORA") else {
        eprintln!("skipped: TEMOIN_CORPORA is not set");
        return;
    };
    for (lang, file, floor) in [(Lang::Fr, "time_fr_dev.tsv", 0.95), (Lang::En, "time_en_dev.tsv", 0.80)] {
        let path = std::path::Path::new(&root).join("time").join(file);
        let Ok(table) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: {} cannot be read", path.display());
            continue;
        };
        let (mut right, mut all) = (0, 0);
        let (mut feasts_right, mut feasts) = (0, 0);
        for row in table.lines().filter(|l| !l.starts_with('#')) {
            let mut cols = row.split('\t');
            let (Some(text), Some(_), Some(value)) = (cols.next(), cols.next(), cols.next()) else { continue };
            // Holidays carry their name behind the value and are counted apart.
            let holiday = value.contains('"');
            let value = value.split(" \"").next().unwrap_or(value);
            let Some((start, end)) = expected(value) else { continue };
            let doc = bare(text, Meta { lang, ..published("2013-02-12") });
            let got = find(&doc);
            let hit = got.iter().any(|t| (t.value.start, t.value.end) == (Some(start), Some(end)));
            if holiday {
                feasts += 1;
                feasts_right += usize::from(hit);
            } else {
                all += 1;
                right += usize::from(hit);
            }
            if !hit {
                eprintln!(
                    "{text}: expected {start}/{end}, got {:?}",
                    got.iter().map(|t| &t.value.edtf).collect::<Vec<_>>()
                );
            }
        }
        eprintln!("{file}: {right} of {all} phrases of a day or longer");
        eprintln!("{file}: {feasts_right} of {feasts} holidays");
        // With the named holidays too.
        let (both, found) = (f64::from((all + feasts) as u32), f64::from((right + feasts_right) as u32));
        assert!(found >= 0.80 * both, "{file}: {found} of {both} with holidays");
        assert!(all > 0 && f64::from(right as u32) >= floor * f64::from(all as u32), "{file}: {right} of {all}");
    }
}

/// First and last day of a value of the table, where its grain is a day or larger.
fn expected(value: &str) -> Option<(Date, Date)> {
    let grain = ["Day", "Week", "Month", "Quarter", "Year"].into_iter().find(|g| value.ends_with(g))?;
    let numbers: Vec<i16> = value
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter(|s| !s.is_empty())
        .map(|s| s.parse().unwrap())
        .collect();
    if value.contains("After") || value.contains("Before") {
        return None;
    }
    let at = |v: &[i16]| calendar::date(v[0], v[1].max(1) as i8, v[2].max(1) as i8);
    match numbers.len() {
        6 => {
            let a = at(&numbers)?;
            let b = match grain {
                "Day" => a,
                "Week" => calendar::plus_days(a, 6)?,
                "Month" => a.last_of_month(),
                "Quarter" => calendar::plus_months(a, 2)?.last_of_month(),
                _ => calendar::date(a.year(), 12, 31)?,
            };
            Some((a, b))
        }
        12 => Some((at(&numbers)?, calendar::plus_days(at(&numbers[6..])?, -1)?)),
        _ => None,
    }
}
