//! Who a claim is about: families and namesakes, bodies behind titles, who speaks, whom a pronoun means.

mod support;

use support::{every, read};
use temoin_model::Lang::{self, En, Fr};

/// A text, the claims that it must give, and those that it must not.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

fn check(row: Row) -> Result<(), String> {
    checked(Fr, row)
}

fn checked(lang: Lang, (text, wanted, unwanted): Row) -> Result<(), String> {
    let r = read(lang, text);
    let missing = wanted.iter().find(|p| r.all(p).is_empty()).map(|p| format!("no {p}"));
    let wrong = unwanted.iter().find(|p| !r.all(p).is_empty()).map(|p| format!("there is {p}"));
    missing.or(wrong).map_or(Ok(()), |why| Err(format!("« {text} »: {why}, got {}", r.got())))
}

#[test]
fn a_family_is_none_of_its_members() {
    every::<Row>(
        &[
            (
                "Luc Petit est né à Lyon. Les frères Petit ont remporté la course.",
                &["open:remporter(frères Petit, course)"],
                &["open:remporter(Luc, course)"],
            ),
            (
                "Luc Petit a été élu. Le couple Petit a quitté l'hôtel.",
                &["leftPlace(couple Petit, hôtel)"],
                &["leftPlace(Luc, hôtel)"],
            ),
            (
                "Donald Trump est président. Les Trump participent au déjeuner officiel.",
                &["participatedIn(les Trump, déjeuner)"],
                &["participatedIn(Donald, déjeuner)"],
            ),
        ],
        check,
    );
}

#[test]
fn what_is_called_after_somebody_is_not_that_person() {
    every::<Row>(
        &[
            ("Un incendie a détruit le lycée Jean Moulin.", &["destroyed(incendie, lycée Jean Moulin)"], &[]),
            ("La loi El Khomri a été adoptée.", &["adopted(?, loi El Khomri)"], &[]),
        ],
        check,
    );
}

#[test]
fn acronyms_of_things_are_no_bodies() {
    every::<Row>(
        &[(
            "L'Unédic a commenté l'allocation de retour au travail (ART). L'association prévoit une hausse.",
            &["open:prévoir(Unédic, hausse)"],
            &["open:prévoir(ART, hausse)"],
        )],
        check,
    );
}

#[test]
fn a_name_behind_a_title_may_be_the_body_that_is_led() {
    every::<Row>(
        &[
            (
                "Paul Martin, président du conseil d'administration du think tank de gauche Terra Libra, est décédé.",
                &["died(Paul Martin, décédé)"],
                &["holdsPosition(Terra Libra, président)"],
            ),
            (
                "Étaient présents Luc Petit, adjoint à la maire de Lyon, Marc Durand et Anne Leroy.",
                &[],
                &["holdsPosition(Durand, adjoint)", "holdsPosition(Durand, maire)"],
            ),
        ],
        check,
    );
}

#[test]
fn who_says_a_quotation_is_nobody_named_in_it() {
    every::<Row>(
        &[(
            "Dumas a déclaré que cet acte était légal. « J'ai offert une montre à M. Fillon. Je lui ai remis la montre à Lyon » , précise-t-il.",
            &["said(Dumas, Je lui ai remis)", "open:remettre(Dumas, montre)"],
            &["said(Fillon, Je lui ai remis)", "open:remettre(Fillon, montre)"],
        )],
        check,
    );
}

#[test]
fn the_one_last_named_is_the_nearest_that_is_no_subject() {
    every::<Row>(
        &[(
            "Le maire a dénoncé Paul Martin avant que celui-ci ne soit tué.",
            &["killed(?, Paul Martin)"],
            &["killed(?, maire)"],
        )],
        check,
    );
}

#[test]
fn places_are_what_they_are_said_to_be() {
    every::<Row>(
        &[
            ("L'usine d'Irving, Texas, a fermé.", &["locatedIn(Irving, Texas)"], &[]),
            ("Ils ont visité Paris, Londres, Berlin et Rome.", &[], &["locatedIn(Paris, Londres)"]),
            ("Un séisme a frappé le Nord de l'Italie.", &["open:frapper(séisme, Nord de l'Italie)"], &[]),
            ("Il habite Lille (Nord).", &["locatedIn(Lille, Nord)"], &[]),
            ("L’Iran annonce un nouvel achat.", &["announced(Iran, achat)"], &["announced(L'Iran, achat)"]),
        ],
        check,
    );
}

#[test]
fn a_pronoun_is_not_the_object_of_what_somebody_sets_out_to_do() {
    every::<Row>(
        &[
            (
                "La surprise est venue de Guy Leroy qui s'est décidé à rallier Antonio Rossi et à retirer sa candidature. Alors qu'il avait bataillé depuis des semaines, il a renoncé.",
                &["open:renoncer(Leroy, renoncé)"],
                &["open:renoncer(Rossi, renoncé)", "open:batailler(Rossi, bataillé)"],
            ),
            (
                "Luc Petit est mort lundi. Ancien séminariste, il était secrétaire de la section locale.",
                &[],
                &["open:être(séminariste, secrétaire)"],
            ),
        ],
        check,
    );
}

#[test]
fn a_description_before_a_compatriot_is_that_person() {
    every::<Row>(
        &[(
            "Le champion du monde, l'Allemand Jan Weber, établit un nouveau record.",
            &["citizenOf(Jan Weber, Allemagne)", "open:établir(Jan Weber, record)"],
            &["open:établir(champion, record)"],
        )],
        check,
    );
}

#[test]
fn a_nationality_takes_up_who_was_said_to_have_it() {
    every::<Row>(
        &[
            (
                "L'athlète suédoise Anna Berg a quitté Paris. La Suédoise a critiqué la Russie.",
                &["criticized(Anna Berg, Russie)"],
                &["criticized(Suédoise, Russie)"],
            ),
            (
                "Un athlète français, Paul Durand, a quitté Paris. L'athlète français a critiqué la Russie.",
                &["criticized(Paul Durand, Russie)"],
                &["criticized(athlète français, Russie)"],
            ),
        ],
        check,
    );
}

#[test]
fn every_member_of_a_list_takes_part() {
    every::<Row>(
        &[
            (
                "La police a arrêté Pierre Martin, Luc Bernard et Jean Petit.",
                &["arrested(police, Luc Bernard)", "arrested(police, Jean Petit)"],
                &[],
            ),
            (
                "Le prix a été remis à Paul Durand, Marie Leroy et Luc Petit.",
                &["open:être-remettre-à(prix, Paul Durand)", "open:être-remettre-à(prix, Luc Petit)"],
                &["open:remettre(?, prix)"],
            ),
        ],
        check,
    );
}

#[test]
fn a_number_at_least_is_a_subject_behind_its_source() {
    every::<Row>(
        &[
            (
                "Selon un bilan du ministère, au moins 18 personnes ont été tuées et 300 blessées.",
                &["killedCount(personnes, 18)", "injuredCount(personnes, 300)"],
                &[],
            ),
            ("Selon l'ONU, près de 40 civils ont été arrêtés.", &["arrestedCount(civils, 40)"], &["arrested(?, ONU)"]),
            (
                "Au moins 20 personnes sont mortes et quelque 300 ont été blessées.",
                &["killedCount(personnes, 20)", "injuredCount(personnes, 300)"],
                &["injuredCount(personnes, 20)"],
            ),
            (
                "Les autorités font état de 21 morts et 40 blessés.",
                &["killedCount(?, 21)", "injuredCount(?, 40)"],
                &["injuredCount(autorités, 40)"],
            ),
            (
                "L'explosion a fait 20 morts et près de 30 blessés.",
                &["killedCount(explosion, 20)", "injuredCount(explosion, 30)"],
                &[],
            ),
            ("Samedi, plus de 20 élèves ont été blessés à Nantes.", &["injuredCount(élèves, 20)"], &[]),
        ],
        check,
    );
}

#[test]
fn a_toll_is_counted_once_where_it_was() {
    every::<Row>(
        &[
            ("L'Équateur déplore 21 morts.", &["killedCount(?, 21)"], &["criticized(Équateur, morts)"]),
            ("Le coût de ce traitement est lié à une fraude.", &["open:être-lier-à(coût, fraude)"], &[]),
            ("Attentat à la voiture piégée en Somalie", &["open:y-avoir(?, Attentat)"], &[]),
        ],
        check,
    );
}

#[test]
fn english_lists_and_margins_stand_beside_the_deed() {
    every::<Row>(
        &[
            (
                "The bill was supported by several senators, including John Smith.",
                &["supported(senators, bill)"],
                &["supported(senators, John Smith)"],
            ),
            ("Wong was defeated by 100 votes by James Lee.", &["defeated(James Lee, Wong)"], &[]),
            (
                "The study is based on a survey of nurses.",
                &["open:be-based-on(study, survey)"],
                &["open:base(?, study)"],
            ),
        ],
        |row| checked(En, row),
    );
}
