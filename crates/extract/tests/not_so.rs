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

#[test]
fn what_is_denied_around_a_clause_is_not_asserted_in_it() {
    every::<Row>(
        &[
            (
                En,
                "Peter Jones denied a report that Iran had released Jack White.",
                "released(Iran, White)",
                Some(Status::Denied),
            ),
            (
                En,
                "The rumour that Peter Jones killed Jack White is false.",
                "killed(Jones, White)",
                Some(Status::Denied),
            ),
            (En, "The rumour that Peter Jones killed Jack White is false.", "open:kill(Jones, rumour)", None),
            (
                En,
                "Far from condemning Russia, Peter Jones praised Moscow.",
                "criticized(Jones, Russia)",
                Some(Status::Denied),
            ),
            (En, "The company had to rebuild its base.", "open:rebuild(company, base)", Some(Status::Asserted)),
            (En, "Iran failed to release Jack White.", "released(Iran, White)", Some(Status::Denied)),
            (En, "Iran refuses to release the sailors.", "released(Iran, sailors)", Some(Status::Denied)),
            (
                En,
                "Police have not ruled out that Peter Jones killed Jack White.",
                "killed(Jones, White)",
                Some(Status::Hypothetical),
            ),
            (
                Fr,
                "La police n'exclut pas que Luc Petit ait tué Paul Grand.",
                "killed(Petit, Grand)",
                Some(Status::Hypothetical),
            ),
            (
                Fr,
                "Sans l'intervention de la police, Luc Petit aurait tué Paul Grand.",
                "killed(Petit, Grand)",
                Some(Status::Hypothetical),
            ),
            (
                Fr,
                "Loin de condamner la Russie, Luc Petit a salué Moscou.",
                "open:condamner(Petit, Russie)",
                Some(Status::Denied),
            ),
            (
                Fr,
                "Après avoir battu Lyon, Marseille affrontera Nantes.",
                "defeated(Marseille, Lyon)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Le maire a expliqué que la défense n'était pas si bonne.",
                "said(maire, défense)",
                Some(Status::Asserted),
            ),
        ],
        check,
    );
}

#[test]
fn what_stands_behind_an_object_is_said_of_it() {
    every::<Row>(
        &[
            (Fr, "Le ministre a limogé le préfet Paul Grand, nommé par Luc Petit.", "appointed(Petit, ministre)", None),
            (
                Fr,
                "Le ministre a limogé le préfet Paul Grand, nommé par Luc Petit.",
                "appointed(Petit, Grand)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Luc Petit a tué Paul Grand, lui-même abattu par la police.",
                "killed(police, Grand)",
                Some(Status::Asserted),
            ),
            (Fr, "Le juge a fait arrêter Paul Grand par la gendarmerie.", "arrested(juge, Grand)", None),
            (
                Fr,
                "Le juge a fait arrêter Paul Grand par la gendarmerie.",
                "arrested(gendarmerie, Grand)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Cette absence n'a pas empêché les Britanniques de s'imposer sur la course, l'Italienne Anna Rossi, \
                 prenant la médaille de bronze.",
                "open:prendre(Rossi, médaille)",
                Some(Status::Asserted),
            ),
            (Fr, "Paul Grand a cédé la présidence du club à Luc Petit.", "acquired(Petit, présidence)", None),
            (Fr, "Le plan rouge a été déclenché par le préfet.", "caused(préfet, plan)", None),
            (Fr, "Les invités ont ensuite rejoint la Maison-Blanche à pied.", "memberOf(invités, Maison)", None),
        ],
        check,
    );
}

#[test]
fn a_clause_belongs_to_the_verb_that_says_it() {
    every::<Row>(
        &[
            (
                Fr,
                "Le porte-parole a déclaré lors d'une conférence de presse que les caisses étaient vides.",
                "said(porte-parole, caisses)",
                Some(Status::Asserted),
            ),
            (
                En,
                "According to AFP, France and Germany have criticised Israel.",
                "criticized(France, Israel)",
                Some(Status::Reported),
            ),
        ],
        check,
    );
}

#[test]
fn whoever_undergoes_it_does_not_do_it() {
    every::<Row>(
        &[
            (Fr, "Anna Rossi s'est fait éliminer par Zoé Lind.", "defeated(Lind, Rossi)", Some(Status::Asserted)),
            (Fr, "Anna Rossi s'est fait éliminer par Zoé Lind.", "defeated(Rossi, Lind)", None),
            (
                Fr,
                "Les personnes ne pouvant rejoindre leur domicile sont aidées.",
                "arrivedIn(personnes, domicile)",
                Some(Status::Denied),
            ),
            (
                Fr,
                "Afin d'éviter les soupçons qui ont pesé sur les chiffres, le parti a adapté son dispositif.",
                "open:adapter(parti, dispositif)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Une équipe de l'université de Lyon dirigée par Luc Petit a publié une étude.",
                "leads(Petit, équipe)",
                Some(Status::Asserted),
            ),
            (Fr, "Le candidat s'incline face à Luc Petit à 282 voix contre 351.", "yieldedTo(candidat, voix)", None),
            (
                Fr,
                "Après avoir accusé le système d'être truqué, il accuse désormais l'élection.",
                "open:accuser(élection, système)",
                None,
            ),
        ],
        check,
    );
}

#[test]
fn a_subject_behind_a_comma_is_no_apposition() {
    every::<Row>(
        &[
            (
                Fr,
                "Lors d'une visite avec Paul Grand, un adolescent a tué trois passants.",
                "killed(Grand, passants)",
                None,
            ),
            (
                Fr,
                "Lors d'une visite avec Paul Grand, un adolescent a tué trois passants.",
                "killed(adolescent, passants)",
                Some(Status::Asserted),
            ),
            (Fr, "La favorite a déclaré forfait à la suite d'une blessure.", "said(favorite, forfait)", None),
            (
                Fr,
                "Le collectif a refusé la proposition du gouvernement français, accusé de mensonge.",
                "accused(?, collectif)",
                None,
            ),
            (
                Fr,
                "Il devra obtenir l'abstention du Parti socialiste, qui est opposé à l'austérité.",
                "open:opposer(?, abstention)",
                None,
            ),
        ],
        check,
    );
}

/// « plusieurs fois » is neither who is warned nor what is closed.
#[test]
fn how_often_is_no_participant() {
    every::<Row>(
        &[
            (
                Fr,
                "Paul Morel avait plusieurs fois été critiqué par Luc Marin.",
                "criticized(Marin, Morel)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Le journaliste a deux fois été arrêté par la police.",
                "arrested(police, journaliste)",
                Some(Status::Asserted),
            ),
        ],
        check,
    );
}

/// A finite verb goes with the finite verb before it, not with an infinitive that is only tried, planned or denied.
#[test]
fn what_happened_beside_what_was_tried_is_asserted() {
    every::<Row>(
        &[
            (
                Fr,
                "Paul Morel a tenté de fuir mais a été arrêté par la police.",
                "arrested(police, Morel)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Nexar a tenté de racheter Orvane mais cette offre a été rejetée par Luc Marin.",
                "rejected(Marin, offre)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Paul Morel n'a pas réussi à entrer dans la maison et a frappé Luc Marin.",
                "assaulted(Morel, Marin)",
                Some(Status::Asserted),
            ),
            (
                Fr,
                "Paul Morel veut rencontrer Luc Marin et critiquer la réforme.",
                "criticized(Morel, réforme)",
                Some(Status::Planned),
            ),
        ],
        check,
    );
}
