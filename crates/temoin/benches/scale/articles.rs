//! Invented articles in any number, the same for the same number: sentences with names, places and counts put in.

use temoin::{Article, Meta};

/// Sentences; `{p}` and `{q}` are people, `{t}` a town, `{o}` a body, `{n}` a count, `{d}` a day of the week.
const SENTENCES: [&str; 26] = [
    "{o} a annoncé {d} la fermeture de son usine de {t}, où travaillent {n} personnes.",
    "La maire de {t}, {p}, a demandé l'aide du gouvernement.",
    "Un incendie a fait {n} morts à {t}, selon les pompiers.",
    "{p} a rencontré {q} {d} à {t}.",
    "Le ministre {q} a démenti avoir reçu de l'argent de {o}.",
    "« Nous ne quitterons pas la ville », a déclaré {p}.",
    "La police a arrêté {n} suspects près de {t} {d}.",
    "{o} aurait vendu des armes à une milice, d'après {q}.",
    "Plusieurs milliers de manifestants ont défilé à {t} pour réclamer la démission de {p}.",
    "{q} a été élue présidente de {o} avec {n} voix d'avance.",
    "{p} a accusé {o} de corruption.",
    "Le tribunal de {t} a condamné {q} à {n} mois de prison.",
    "{o} a racheté une entreprise de {t} pour {n} millions d'euros.",
    "L'avocat de {p} conteste cette décision.",
    "Des soldats ont été déployés à {t} après l'attaque de {d}.",
    "{q} se rendra {d} à {t} pour signer un accord avec {o}.",
    "Au moins {n} habitants de {t} ont été évacués.",
    "{p} n'a pas confirmé l'arrestation de {q}.",
    "Selon {o}, l'explosion a été provoquée par une fuite de gaz.",
    "{o} emploie {n} salariés à {t}.",
    "La justice a ouvert une enquête contre {p}.",
    "{q} a quitté {o} pour fonder son propre parti.",
    "Le procès de {p} doit commencer {d} à {t}.",
    "{o} et {p} ont signé un accord de coopération.",
    "Emmanuel Macron a reçu {p} {d} à {t}.",
    "Le Liban a demandé l'aide de {o} {d}.",
];
const FIRST: [&str; 24] = [
    "Marie", "Paul", "Claire", "Luc", "Anne", "Pierre", "Julie", "Marc", "Sophie", "Louis", "Emma", "Hugo", "Alice",
    "Jean", "Laure", "Denis", "Nadia", "Karim", "Inès", "Thomas", "Rosa", "Émile", "Yasmine", "Victor",
];
const LAST: [&str; 40] = [
    "Durand",
    "Leroy",
    "Moreau",
    "Girard",
    "Fontaine",
    "Chevalier",
    "Masson",
    "Perrin",
    "Dumont",
    "Lemaire",
    "Roussel",
    "Vidal",
    "Caron",
    "Picard",
    "Brunet",
    "Gaillard",
    "Barbier",
    "Arnaud",
    "Martel",
    "Renard",
    "Colin",
    "Lacroix",
    "Aubert",
    "Bertin",
    "Mercier",
    "Blanchard",
    "Guérin",
    "Delmas",
    "Rivière",
    "Faure",
    "Poirier",
    "Hamel",
    "Tessier",
    "Vasseur",
    "Lambert",
    "Morel",
    "Benali",
    "Haddad",
    "Costa",
    "Sorel",
];
const TOWNS: [&str; 30] = [
    "Lyon",
    "Lille",
    "Nantes",
    "Rennes",
    "Toulouse",
    "Dijon",
    "Brest",
    "Tours",
    "Metz",
    "Nancy",
    "Angers",
    "Limoges",
    "Berlin",
    "Madrid",
    "Lisbonne",
    "Varsovie",
    "Prague",
    "Vienne",
    "Bruxelles",
    "Genève",
    "Dakar",
    "Bamako",
    "Tunis",
    "Alger",
    "Rabat",
    "Montréal",
    "Québec",
    "Beyrouth",
    "Athènes",
    "Naples",
];
const BODIES: [&str; 24] = [
    "Airbus",
    "Renault",
    "Engie",
    "Danone",
    "Orange",
    "l'ONU",
    "l'Union européenne",
    "Michelin",
    "Siemens",
    "Boeing",
    "l'OTAN",
    "la Croix-Rouge",
    "Greenpeace",
    "Amnesty International",
    "l'Unicef",
    "Veolia",
    "Sanofi",
    "Nestlé",
    "Total",
    "la Commission européenne",
    "l'OMS",
    "Alstom",
    "Vinci",
    "Carrefour",
];
const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const PARAGRAPH: usize = 4;
/// Sentences of an article, besides its headline.
const LENGTH: usize = 12;

/// SplitMix64 (Steele, Lea and Flood 2014): numbers from a seed.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// Article number `i`.
pub(crate) fn article(i: usize) -> Article {
    let mut r = Numbers(i as u64);
    let people: Vec<String> = (0..4).map(|_| format!("{} {}", r.pick(&FIRST), r.pick(&LAST))).collect();
    let town = r.pick(&TOWNS);
    let bodies = [r.pick(&BODIES), r.pick(&BODIES)];
    let mut text = format!("{} face à {} à {town}\n\n", bodies[0], people[0]);
    for k in 0..LENGTH {
        let p = r.below(people.len());
        let q = (p + 1 + r.below(people.len() - 1)) % people.len();
        let sentence = r
            .pick(&SENTENCES)
            .replace("{p}", &people[p])
            .replace("{q}", &people[q])
            .replace("{t}", if r.below(3) == 0 { r.pick(&TOWNS) } else { town })
            .replace("{o}", bodies[r.below(2)])
            .replace("{n}", &(2 + r.below(900)).to_string())
            .replace("{d}", r.pick(&DAYS));
        let mut letters = sentence.chars();
        let first = letters.next().map(char::to_uppercase);
        text.extend(first.into_iter().flatten().chain(letters));
        text.push_str(if (k + 1) % PARAGRAPH == 0 { "\n\n" } else { " " });
    }
    let date = format!("20{:02}-{:02}-{:02}", 10 + r.below(15), 1 + r.below(12), 1 + r.below(28));
    let meta = Meta {
        name: format!("article-{i:06}.txt"),
        published: Some(date.parse().expect("a date of the calendar")),
        ..Meta::default()
    };
    Article { meta, text }
}
