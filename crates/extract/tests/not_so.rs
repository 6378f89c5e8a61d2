//! What a sentence does not say: the deed that did not come about, is doubted, or was another's.

mod support;

use support::{every, read};
use temoin_model::{
    Lang::{self, En, Fr},
    Status,
};

/// A sentence, a pattern, and the status that its claim must have; none where there must be no such claim.
type Row = (Lang, &'static str, &'static str, Option<Status>);

fn check((lang, text, pattern, status): Row) -> Result<(), String> {
    let r = read(lang, text);
    let found = r.all(pattern);
    match status {
        None if found.is_empty() => Ok(()),
        None => Err(format!("« {text} » gives {}", r.got())),
        Some(s) if found.iter().any(|c| c.status == s) => Ok(()),
        Some(s) => Err(format!("« {text} »: wanted {pattern} {s:?}, got {}", r.got())),
    }
}

#[test]
fn what_is_doubted_or_prevented_is_not_asserted() {
    every::<Row>(
        &[
            (
                En,
                "There is no evidence that Peter Jones killed Jack White.",
                "killed(Jones, White)",
                Some(Status::Hypothetical),
            ),
            (
                En,
                "John Smith does not know whether Peter Jones killed Jack White.",
                "killed(Jones, White)",
                Some(Status::Hypothetical),
            ),
            (En, "Peter Jones was cleared of murdering Jack White.", "killed(Jones, White)", Some(Status::Denied)),
            (En, "Police prevented John Smith from killing Peter Jones.", "killed(Smith, Jones)", Some(Status::Denied)),
            (En, "Police prevented John Smith from killing Peter Jones.", "killed(Police, Jones)", None),
            (
                En,
                "Microsoft was barred from acquiring Activision.",
                "acquired(Microsoft, Activision)",
                Some(Status::Denied),
            ),
            (En, "Airbus almost bought Bombardier.", "acquired(Airbus, Bombardier)", Some(Status::Denied)),
            (En, "John Smith is suspected of murdering Peter Jones.", "killed(Smith, Jones)", Some(Status::Hedged)),
            (En, "None of the passengers were hurt.", "injured(?, passengers)", Some(Status::Denied)),
            (En, "Peter Jones is no longer president of Renault.", "leads(Jones, Renault)", Some(Status::Denied)),
            (
                En,
                "Had Russia attacked Poland, NATO would have intervened.",
                "attacked(Russia, Poland)",
                Some(Status::Hypothetical),
            ),
            (
                Fr,
                "Ni le car ni le train n'étaient en excès de vitesse.",
                "open:être(train, excès)",
                Some(Status::Denied),
            ),
            (
                Fr,
                "Les écologistes se sont prononcés pour l'exclusion de la Grèce de la zone euro.",
                "expelled(?, Grèce)",
                Some(Status::Planned),
            ),
            (
                Fr,
                "Les littéraires se sont interrogés sur les convictions (« Nos convictions sont-elles fondées sur l'expérience ? »).",
                "founded(?, convictions)",
                Some(Status::Hypothetical),
            ),
            (Fr, "Le jury a jugé Luc Petit non coupable.", "convicted(jury, Petit)", None),
        ],
        check,
    );
}

#[test]
fn what_another_did_is_not_said_of_the_first() {
    every::<Row>(
        &[
            (En, "Fiat was bought by Peugeot, not Renault.", "acquired(Renault, Fiat)", None),
            (Fr, "Peugeot a été racheté par Fiat et non par Renault.", "acquired(Renault, Peugeot)", None),
            (
                Fr,
                "Le PSG et Montpellier ont battu respectivement Toulouse et Nantes.",
                "defeated(Montpellier, Toulouse)",
                None,
            ),
            (Fr, "Deux écoles ont été bombardées, tuant dix civils.", "killed(écoles, civils)", None),
            (En, "Paris and Berlin called on Moscow to release the sailors.", "released(France, sailors)", None),
            (
                En,
                "A storm caused a crane to fall, killing 107 people.",
                "killedCount(storm, 107)",
                Some(Status::Asserted),
            ),
            (
                En,
                "Three men suspected of preparing an attack were arrested in Marseille.",
                "arrestedCount(men, Three)",
                Some(Status::Asserted),
            ),
        ],
        check,
    );
}
