//! Where and when a claim holds, and how many it counts.

mod support;

use support::{Read, every, read};
use temoin_model::{
    Claim,
    Lang::{self, En, Fr},
    Object,
};

/// A sentence, a pattern, and the place and the days (EDTF) of its first claim; « - » where it must have none.
type Scene = (Lang, &'static str, &'static str, &'static str, &'static str);

fn place(r: &Read, c: &Claim) -> String {
    c.places.first().map_or("-".to_owned(), |&p| r.x.entity(p).label.clone())
}

fn time(c: &Claim) -> &str {
    c.time.as_ref().map_or("-", |t| t.edtf.as_str())
}

fn scene((lang, text, pattern, at, when): Scene) -> Result<(), String> {
    let r = read(lang, text);
    let c = r.find(pattern).map_err(|e| format!("« {text} »: {e}"))?;
    let got = (place(&r, c), time(c));
    (got == (at.to_owned(), when)).then_some(()).ok_or_else(|| format!("« {text} »: wanted {at} {when}, got {got:?}"))
}

#[test]
fn places_are_found_beside_times_and_on_events() {
    every::<Scene>(
        &[
            (Fr, "Mardi, à Lyon, un homme a attaqué deux passants.", "attacked(homme, passants)", "Lyon", "2024-03-12"),
            (
                Fr,
                "Un bus a percuté un camion ce matin près de Lyon.",
                "open:percuter(bus, camion)",
                "Lyon",
                "2024-03-14",
            ),
            (Fr, "Un attentat à Bagdad a tué vingt soldats.", "killed(attentat, soldats)", "Bagdad", "-"),
            (
                Fr,
                "Une collision survenue mardi à Lyon a tué deux cyclistes.",
                "killed(collision, cyclistes)",
                "Lyon",
                "2024-03-12",
            ),
            (
                Fr,
                "Quatre personnes sont mortes et neuf ont été blessées à Lyon.",
                "killedCount(personnes, Quatre)",
                "Lyon",
                "-",
            ),
            (Fr, "Pérou : douze mineurs tués dans une explosion", "killedCount(mineurs, douze)", "Pérou", "-"),
            (Fr, "L'ambassadeur en Grèce, Jean Morel, a été tué par balle à Lyon.", "killed(?, Morel)", "Lyon", "-"),
            // A kinship holds everywhere.
            (Fr, "Paul Morel a tiré mardi sur son père à Lyon.", "firedOn(Morel, père)", "Lyon", "2024-03-12"),
            (Fr, "Le coureur remonte à la seconde place.", "open:remonter(coureur, )", "-", "-"),
            // A state may act from elsewhere, and what is announced is elsewhere than the announcement.
            (Fr, "Syrie : la France condamne l'attaque", "criticized(France, attaque)", "-", "-"),
            (
                Fr,
                "La ministre a annoncé à Bruxelles que dix soldats avaient été tués.",
                "killedCount(soldats, dix)",
                "-",
                "-",
            ),
            (Fr, "Les ministres déjeunent à Nice, puis visitent un musée.", "visited(ministres, musée)", "-", "-"),
        ],
        scene,
    );
}

#[test]
fn times_of_parts_of_days_of_events_and_of_the_same_moment() {
    every::<Scene>(
        &[
            (
                Fr,
                "Vingt soldats ont été tués dans la seule journée du 4 mars.",
                "killedCount(soldats, Vingt)",
                "-",
                "2024-03-04",
            ),
            (
                Fr,
                "Lors de la réunion du 12 mars, Jean Morel a présenté son projet.",
                "open:présenter(Morel, projet)",
                "-",
                "2024-03-12",
            ),
            (
                Fr,
                "Dix personnes sont mortes lorsqu'une bombe a explosé mardi.",
                "killedCount(personnes, Dix)",
                "-",
                "2024-03-12",
            ),
            (
                Fr,
                "Sur les six premiers mois de l'année 2021, la ville a vendu trois écoles.",
                "open:vendre(ville, écoles)",
                "-",
                "2021-01/2021-06",
            ),
            (
                Fr,
                "Paul Rivier, premier ministre belge de 1988 à 1991, est mort.",
                "headOfGovernmentOf(Rivier, Belgique)",
                "-",
                "1988/1991",
            ),
        ],
        scene,
    );
}

/// A sentence, and each claim as `pattern = number @ place, days`, none of which may be missing.
type Counts = (Lang, &'static str, &'static [(&'static str, f64, &'static str, &'static str)]);

fn counts((lang, text, wanted): Counts) -> Result<(), String> {
    let r = read(lang, text);
    let number = |c: &Claim| match (&c.count, &c.object) {
        (Some(q), _) | (None, Object::Quantity(q)) => q.value,
        _ => None,
    };
    for &(pattern, n, at, when) in wanted {
        let fits = |c: &&Claim| number(c) == Some(n) && place(&r, c) == at && time(c) == when;
        if !r.all(pattern).iter().any(fits) {
            return Err(format!("« {text} »: no {pattern} {n} {at} {when} but {}", r.got()));
        }
    }
    Ok(())
}

#[test]
fn parts_of_a_count_and_what_it_is_compared_with_are_claims_of_their_own() {
    every::<Counts>(
        &[
            (
                Fr,
                "Le cyclone a tué 90 personnes, dont 62 à Nice.",
                &[("killed(cyclone, personnes)", 90.0, "-", "-"), ("killed(cyclone, personnes)", 62.0, "Nice", "-")],
            ),
            (
                Fr,
                "L'attentat a fait 40 morts, dont douze enfants.",
                &[("killedCount(attentat, 40)", 40.0, "-", "-"), ("killedCount(enfants, douze)", 12.0, "-", "-")],
            ),
            (
                Fr,
                "Le déficit a atteint 3 % en 2020, contre 5 % en 2018.",
                &[("amount(déficit, 3 %)", 3.0, "-", "2020"), ("amount(déficit, 5 %)", 5.0, "-", "2018")],
            ),
            (
                Fr,
                "L'usine a vendu 500 vélos en 2020, contre 300 en 2018.",
                &[("open:vendre(usine, vélos)", 500.0, "-", "2020"), ("open:vendre(usine, vélos)", 300.0, "-", "2018")],
            ),
            (Fr, "L'athlète a franchi 5m87.", &[("open:franchir(athlète, 5m87)", 5.87, "-", "-")]),
            (En, "The crowd was more than a thousand.", &[("open:be(crowd, more than a thousand)", 1000.0, "-", "-")]),
        ],
        counts,
    );
}

#[test]
fn a_vote_is_no_agent_and_a_lapse_of_time_is_no_amount() {
    for (lang, text, pattern) in [
        (Fr, "La loi a été rejetée par 12 voix contre 8.", "open:rejeter(voix, loi)"),
        (Fr, "Deux semaines après la trêve, le front recule.", "decreased(front, )"),
        (Fr, "Condamné à la prison à vie, le médecin a fait appel.", "convicted(prison, )"),
    ] {
        let r = read(lang, text);
        assert!(r.all(pattern).is_empty(), "« {text} » gives {}", r.got());
    }
}
