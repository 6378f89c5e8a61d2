//! Where the sun and the moon stand, and the lunar and solar calendars that follow from it.
//!
//! The series are those of Meeus, Astronomical Algorithms (1998), chapters 25 and 47, cut where a term moves
//! a longitude by less than a hundredth of a degree: good for the hour of a new moon, a year within some
//! centuries of 2000. Moments are days of universal time counted from 1 January of the year 1, noon of which
//! is 1.5; longitudes are degrees of the ecliptic.

use super::calendar::{date, plus_days};
use temoin_model::Date;

/// Days from a new moon to the next, on average.
const MONTH: f64 = 29.530_588;
/// Days from an equinox to the next, on average.
const YEAR: f64 = 365.242_2;
/// The moment of the epoch J2000.
const J2000: f64 = 730_120.5;
/// Offsets of civil time from universal time, in days.
const INDIA: f64 = 5.5 / 24.0;
const CHINA: f64 = 8.0 / 24.0;
/// Sunset in Mecca, in days of universal time: 18:12 there.
const MECCA_SUNSET: f64 = 15.2 / 24.0;

/// The moon's inequalities: degrees, and how many times the elongation, the sun's anomaly, the moon's
/// anomaly and its argument of latitude.
#[rustfmt::skip]
const MOON: [(f64, f64, f64, f64, f64); 18] = [
    (6.288_774, 0.0, 0.0, 1.0, 0.0), (1.274_027, 2.0, 0.0, -1.0, 0.0), (0.658_314, 2.0, 0.0, 0.0, 0.0),
    (0.213_618, 0.0, 0.0, 2.0, 0.0), (-0.185_116, 0.0, 1.0, 0.0, 0.0), (-0.114_332, 0.0, 0.0, 0.0, 2.0),
    (0.058_793, 2.0, 0.0, -2.0, 0.0), (0.057_066, 2.0, -1.0, -1.0, 0.0), (0.053_322, 2.0, 0.0, 1.0, 0.0),
    (0.045_758, 2.0, -1.0, 0.0, 0.0), (-0.040_923, 0.0, 1.0, -1.0, 0.0), (-0.034_720, 1.0, 0.0, 0.0, 0.0),
    (-0.030_383, 0.0, 1.0, 1.0, 0.0), (0.015_327, 2.0, 0.0, 0.0, -2.0), (0.010_980, 0.0, 0.0, 1.0, -2.0),
    (0.010_675, 4.0, 0.0, -1.0, 0.0), (0.010_034, 0.0, 0.0, 3.0, 0.0), (0.008_548, 4.0, 0.0, -2.0, 0.0),
];

/// Julian centuries of dynamical time since J2000; the difference to universal time by Espenak and Meeus.
fn centuries(t: f64) -> f64 {
    let y = 2000.0 + (t - J2000) / 365.25;
    let s = if y < 1986.0 {
        29.07 + 0.407 * (y - 1950.0) - (y - 1950.0).powi(2) / 233.0
    } else if y < 2005.0 {
        63.86 + 0.3345 * (y - 2000.0) - 0.060_374 * (y - 2000.0).powi(2)
    } else {
        62.92 + 0.322_17 * (y - 2000.0) + 0.005_589 * (y - 2000.0).powi(2)
    };
    (t + s / 86_400.0 - J2000) / 36_525.0
}

fn sin(degrees: f64) -> f64 {
    degrees.to_radians().sin()
}

/// Nutation in longitude, its greatest term.
fn nutation(c: f64) -> f64 {
    -0.004_78 * sin(125.04 - 1934.136 * c)
}

/// Apparent longitude of the sun.
fn sun(t: f64) -> f64 {
    let c = centuries(t);
    let mean = 280.466_46 + 36_000.769_83 * c + 0.000_303_2 * c * c;
    let anomaly = 357.529_11 + 35_999.050_29 * c - 0.000_153_7 * c * c;
    let centre = (1.914_602 - 0.004_817 * c) * sin(anomaly)
        + (0.019_993 - 0.000_101 * c) * sin(2.0 * anomaly)
        + 0.000_289 * sin(3.0 * anomaly);
    (mean + centre - 0.005_69 + nutation(c)).rem_euclid(360.0)
}

/// Apparent longitude of the moon.
fn moon(t: f64) -> f64 {
    let c = centuries(t);
    let mean = 218.316_447_7 + 481_267.881_234_21 * c - 0.001_578_6 * c * c;
    let d = 297.850_192_1 + 445_267.111_403_4 * c - 0.001_881_9 * c * c;
    let m = 357.529_109_2 + 35_999.050_290_9 * c - 0.000_153_6 * c * c;
    let p = 134.963_396_4 + 477_198.867_505_5 * c + 0.008_741_4 * c * c;
    let f = 93.272_095_0 + 483_202.017_523_3 * c - 0.003_653_9 * c * c;
    let moved: f64 = MOON.iter().map(|&(a, kd, km, kp, kf)| a * sin(kd * d + km * m + kp * p + kf * f)).sum();
    (mean + moved + nutation(c)).rem_euclid(360.0)
}

/// How far the moon is ahead of the sun.
fn elongation(t: f64) -> f64 {
    (moon(t) - sun(t)).rem_euclid(360.0)
}

/// Longitude of the sun among the stars, from the point that India counts from (Lahiri).
fn sidereal(t: f64) -> f64 {
    let moved = 23.853 + (t - J2000) / 365.25 * 50.29 / 3600.0;
    (sun(t) - moved).rem_euclid(360.0)
}

/// An angle between -180 and 180 degrees.
fn turned(angle: f64) -> f64 {
    (angle + 180.0).rem_euclid(360.0) - 180.0
}

/// The last new moon at or before a moment.
fn new_moon(t: f64) -> f64 {
    let near = |t: f64| {
        let mut x = t - elongation(t) / 360.0 * MONTH;
        for _ in 0..6 {
            x -= turned(elongation(x)) / (360.0 / MONTH);
        }
        x
    };
    let found = near(t);
    if found > t { near(t - 5.0) } else { found }
}

/// The first moment after `from` when the sun stands at `angle`, as `longitude` counts.
fn sun_at(angle: f64, from: f64, longitude: fn(f64) -> f64) -> f64 {
    let mut x = from + (angle - longitude(from)).rem_euclid(360.0) / 360.0 * YEAR;
    for _ in 0..6 {
        x -= turned(longitude(x) - angle) / 360.0 * YEAR;
    }
    x
}

/// The day of a moment whose offset is counted in.
fn day_of(t: f64) -> Option<Date> {
    plus_days(date(1, 1, 1)?, t.floor() as i32 - 1)
}

/// The moment when a year begins.
fn year_start(y: i16) -> Option<f64> {
    let day = date(1, 1, 1)?.until(date(y, 1, 1)?).ok()?.get_days();
    Some(f64::from(day + 1))
}

/// The day in the Gregorian year `y` of the day `tithi` (1 to 30, from the new moon) of the Hindu lunar month
/// `month` (Chaitra is 1, months end with the new moon): the day on which it runs at `hour` o'clock of India,
/// or else begins. Of two months of one name the second is meant.
pub(crate) fn hindu(month: i32, tithi: i32, hour: f64, y: i16) -> Option<Date> {
    let places = i32::from(y) - 1..=i32::from(y);
    places.filter_map(|of| hindu_of(month, tithi, hour, i16::try_from(of).ok()?)).find(|d| d.year() == y)
}

fn hindu_of(month: i32, tithi: i32, hour: f64, year: i16) -> Option<Date> {
    // The month is named by the sign that the sun enters in it.
    let from = year_start(year)? + 90.0 + 30.44 * f64::from(month - 1) - 3.0;
    let start = new_moon(sun_at(f64::from(30 * (month - 1)), from, sidereal));
    let first = (start + INDIA).floor();
    (0..34).map(|i| first + f64::from(i)).find_map(|day| {
        let at = day + hour / 24.0 - INDIA;
        let passed = elongation(at);
        let passed = if at - start < 28.0 || passed > 180.0 { passed } else { passed + 360.0 };
        let running = (passed / 12.0).floor() as i32 + 1;
        (at >= start && running >= tithi).then(|| day_of(if running == tithi { day } else { day - 1.0 }))?
    })
}

/// The day in the Gregorian year `y` on which India sees the sun enter the sign at `angle` degrees, the next
/// one if it does after sunset.
pub(crate) fn sankranti(angle: i32, y: i16) -> Option<Date> {
    let at = sun_at(f64::from(angle), year_start(y)?, sidereal) + INDIA;
    day_of(at + 0.25)
}

/// The day in the Gregorian year `y` that is the day `d` of the month `m` of the Chinese calendar. A month is
/// the one in which the sun passes its point; rare years with such a point in a leap month (2033) may differ.
pub(crate) fn chinese(m: i32, d: i32, y: i16) -> Option<Date> {
    let angle = (330 + 30 * (m - 1)).rem_euclid(360);
    let day = (sun_at(f64::from(angle), year_start(y)? + 30.4 * f64::from(m - 1), sun) + CHINA).floor();
    let start = new_moon(day + 1.0 - CHINA - 1e-6);
    day_of(start + CHINA).and_then(|first| plus_days(first, d - 1))
}

/// The first day in the Gregorian year `y` that is the day `d` of the month `m` of the Islamic calendar,
/// whose months begin in the first evening of Mecca with the new moon behind it. Saudi Arabia's calendar
/// also asks that the moon sets after the sun; where the crescent must be seen, days are one or two later.
pub(crate) fn islamic(m: i32, d: i32, y: i16) -> Option<Date> {
    let near = (i32::from(y) - 622) * 33 / 32;
    (near - 1..=near + 2)
        .filter_map(|year| {
            let mean = 227_014.0 + MONTH * f64::from((year - 1) * 12 + m - 1);
            let moon = new_moon(mean + 12.0);
            let evening = moon.floor() + MECCA_SUNSET;
            let first = if evening > moon { evening } else { evening + 1.0 };
            plus_days(day_of(first)?, d)
        })
        .find(|d| d.year() == y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(d: Option<Date>) -> String {
        d.map_or_else(String::new, |d| d.to_string())
    }

    #[test]
    fn new_moons_and_equinoxes_of_known_years() {
        // 18 February 1977, 3:37 (Meeus, example 49.a, less the difference to dynamical time).
        let moon = new_moon(year_start(1977).unwrap() + 60.0);
        assert!((moon - year_start(1977).unwrap() - 48.151).abs() < 0.01, "{moon}");
        // 20 March 2020, 3:50.
        let equinox = sun_at(0.0, year_start(2020).unwrap(), sun);
        assert!((equinox - year_start(2020).unwrap() - 79.160).abs() < 0.01, "{equinox}");
    }

    #[test]
    fn days_of_known_years() {
        for (y, day) in [(2013, "2013-02-10"), (2018, "2018-02-16"), (2020, "2020-01-25"), (2023, "2023-01-22")] {
            assert_eq!(text(chinese(1, 1, y)), day);
        }
        // Mid-autumn, dragon boats.
        assert_eq!(text(chinese(8, 15, 2021)), "2021-09-21");
        assert_eq!(text(chinese(5, 5, 2022)), "2022-06-03");
        // Diwali, Ganesh Chaturthi, Maha Shivaratri, Janmashtami.
        assert_eq!(text(hindu(7, 30, 18.4, 2020)), "2020-11-14");
        assert_eq!(text(hindu(7, 30, 18.4, 2022)), "2022-10-24");
        assert_eq!(text(hindu(6, 4, 12.2, 2021)), "2021-09-10");
        assert_eq!(text(hindu(11, 29, 24.0, 2022)), "2022-03-01");
        assert_eq!(text(sankranti(270, 2021)), "2021-01-14");
        assert_eq!(text(sankranti(0, 2018)), "2018-04-14");
        // The first of Ramadan, of Shawwal, the tenth of Dhu al-Hijja in Saudi Arabia.
        for (y, day) in [(2020, "2020-04-24"), (2022, "2022-04-02"), (2024, "2024-03-11"), (2025, "2025-03-01")] {
            assert_eq!(text(islamic(9, 1, y)), day);
        }
        for (y, day) in [(2018, "2018-06-15"), (2019, "2019-06-04"), (2023, "2023-04-21"), (2025, "2025-03-30")] {
            assert_eq!(text(islamic(10, 1, y)), day);
        }
        assert_eq!(text(islamic(12, 10, 2021)), "2021-07-20");
    }
}
