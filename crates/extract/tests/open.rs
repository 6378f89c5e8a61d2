//! Open relations: what verbs and predicates outside the inventory give, and what they must not give.

mod support;

use support::{every, read};
use temoin_model::Lang::{self, En, Fr};

/// What a headline tells happened where its topic is.
#[test]
fn the_topic_of_a_headline_is_its_place() {
    let place = |text: &str, pattern: &str| {
        let r = read(Fr, text);
        r.find(pattern).map(|c| c.places.first().map(|&p| r.x.entity(p).label.clone()))
    };
    let killed = "killed(?, ministre)";
    assert_eq!(place("Pérou : un ministre tué", killed), Ok(Some("Pérou".into())));
    assert_eq!(place("Pérou : un ministre tué à Lima", killed), Ok(Some("Lima".into())));
    assert_eq!(place("Cyclisme : un ministre tué", killed), Ok(None));
}

/// Sentences with all the open claims that they give, where the subject and the object contain what is
/// written.
const ROWS: &[(Lang, &str, &[&str])] = &[
    // A verb and what it is done to.
    (Fr, "Anna Kowalska a traduit un roman de Luc Marin.", &["open:traduire(Anna Kowalska, roman de Luc Marin)"]),
    (Fr, "Le camion a percuté la voiture d'abord.", &["open:percuter(camion, voiture)"]),
    (Fr, "Le camion a percuté l’autocar d’abord.", &["open:percuter(camion, autocar)"]),
    (Fr, "La société Nexar fabrique des drones.", &["open:fabriquer(Nexar, drones)"]),
    (Fr, "L'avocat de Luc Marin a déposé un recours.", &["open:déposer(avocat, recours)"]),
    (Fr, "Le tunnel, qui relie Riga à Lyon, rouvre lundi.", &["open:relier(tunnel, Riga)"]),
    (En, "Anna Kowalska translated a novel by Luke Marin.", &["open:translate(Anna Kowalska, novel)"]),
    (En, "The company Nexar manufactures drones.", &["open:manufacture(Nexar, drones)"]),
    (En, "The lawyer of Luke Marin filed an appeal.", &["open:file(lawyer, appeal)"]),
    (En, "The tunnel, which links Riga to Leeds, was closed.", &["open:link(tunnel, Riga)", "open:close(?, tunnel)"]),
    (En, "Greece built a hospital in Riga.", &["open:build(Greece, hospital)"]),
    // What there is.
    (Fr, "Il y a trois écoles à Riga.", &["open:y-avoir(?, écoles)"]),
    (En, "There are three schools in Riga.", &["open:there-be(?, schools)"]),
    // A verb with its particle, and a verb with a bare noun.
    (En, "The police carried out a search.", &["open:carry-out(police, search)"]),
    (Fr, "Le concert a eu lieu à Riga.", &["open:avoir-lieu-à(concert, Riga)"]),
    (En, "The concert took place in Riga.", &["open:take-place-in(concert, Riga)"]),
    // What a preposition binds.
    (Fr, "Luc Marin souffre d'un cancer.", &["open:souffrir-de(Luc Marin, cancer)"]),
    (Fr, "Anna Kowalska travaille avec Paul Morel.", &["open:travailler-avec(Anna Kowalska, Paul Morel)"]),
    (En, "Luke Marin suffers from cancer.", &["open:suffer-from(Luke Marin, cancer)"]),
    (En, "Anna Kowalska lives with Paul Morel.", &["open:live-with(Anna Kowalska, Paul Morel)"]),
    // Reflexive verbs.
    (Fr, "Le sénateur Paul Morel s'est attelé à la réforme.", &["open:se-atteler-à(Paul Morel, réforme)"]),
    (Fr, "Les syndicats se méfient du gouvernement.", &["open:se-méfier-de(syndicats, gouvernement)"]),
    (Fr, "Anna Kowalska s'est excusée.", &["open:se-excuser(Anna Kowalska, excusée)"]),
    // What somebody does alone.
    (Fr, "Le maire de Nantes a réagi.", &["open:réagir(maire, réagi)"]),
    (Fr, "Le nombre de chômeurs a baissé.", &["open:baisser(nombre, baissé)"]),
    (En, "The mayor of Leeds reacted.", &["open:react(mayor, reacted)"]),
    (En, "Anna Kowalska apologised.", &["open:apologise(Anna Kowalska, apologised)"]),
    // What somebody says or checks, in words.
    (
        Fr,
        "Le gouvernement a vérifié que les comptes étaient exacts.",
        &["open:vérifier(gouvernement, les comptes étaient exacts)"],
    ),
    (
        En,
        "The government verified that the bridge was closed.",
        &["open:verify(government, the bridge was closed)", "open:close(?, bridge)"],
    ),
    // A passive without an agent, and one that a preposition completes.
    (Fr, "Deux corps ont été retrouvés dans la rivière.", &["open:retrouver(?, corps)"]),
    (Fr, "Le jury est composé de douze experts.", &["open:être-composer-de(jury, experts)"]),
    (En, "Two boats were found in the river.", &["open:find(?, boats)"]),
    (En, "The jury is composed of twelve experts.", &["open:be-composed-of(jury, experts)"]),
    // A participle behind its noun tells of something where it says when or where.
    (Fr, "La lettre publiée mardi gêne les pêcheurs.", &["open:publier(?, lettre)", "open:gêner(lettre, pêcheurs)"]),
    (
        Fr,
        "La digue de la commune, bâtie en 1998, gêne les pêcheurs.",
        &["open:bâtir(?, digue)", "open:gêner(digue, pêcheurs)"],
    ),
    (Fr, "L'étude, parue mardi, gêne les pêcheurs.", &["open:paraître(étude, parue)", "open:gêner(étude, pêcheurs)"]),
    (Fr, "La somme exigée gêne les pêcheurs.", &["open:gêner(somme, pêcheurs)"]),
    (Fr, "L'absence prolongée de vent a gêné les pêcheurs.", &["open:gêner(absence, pêcheurs)"]),
    // What something is called.
    (
        Fr,
        "Une barque baptisée « Aurore » a heurté un rocher.",
        &["open:être-baptiser(barque, Aurore)", "open:heurter(barque, rocher)"],
    ),
    // What a noun without an article behind a name says, and one joined to it.
    (
        Fr,
        "Anna Kowalska, coautrice du rapport et nièce de Paul Morel, a traduit un roman.",
        &[
            "open:être(Anna Kowalska, coautrice du rapport)",
            "open:être(Anna Kowalska, nièce de Paul Morel)",
            "open:traduire(Anna Kowalska, roman)",
        ],
    ),
    (
        Fr,
        "Anna Kowalska, figure du théâtre balte, a réagi.",
        &["open:être(Anna Kowalska, figure du théâtre balte)", "open:réagir(Anna Kowalska, réagi)"],
    ),
    // Headlines: what there was, and what was done, behind a topic and a colon.
    (Fr, "Pérou : fusillade dans un cinéma", &["open:y-avoir(?, fusillade)"]),
    (Fr, "Pérou : fusillade évitée dans un cinéma", &["open:éviter(?, fusillade)"]),
    (Fr, "Cyclisme : la course annulée", &["open:annuler(?, course)"]),
    // A passive behind a modal verb.
    (Fr, "La cargaison doit être acheminée vers Riga.", &["open:acheminer(?, cargaison)"]),
    (Fr, "La cargaison peut être comparée à un trésor.", &[]),
    // A passive with an agent is the verb, the other way round.
    (Fr, "Ce roman a été traduit par Anna Kowalska.", &["open:traduire(Anna Kowalska, roman)"]),
    (En, "The novel was translated by Anna Kowalska.", &["open:translate(Anna Kowalska, novel)"]),
    // What something is, becomes, stays.
    (Fr, "Anna Kowalska est avocate.", &["open:être(Anna Kowalska, avocate)"]),
    (Fr, "Les résultats sont décevants.", &["open:être(résultats, décevants)"]),
    (Fr, "Anna Kowalska reste optimiste.", &["open:rester(Anna Kowalska, optimiste)"]),
    (En, "Anna Kowalska is a lawyer.", &["open:be(Anna Kowalska, a lawyer)"]),
    (En, "The results are good.", &["open:be(results, good)"]),
    (En, "Anna Kowalska remains optimistic.", &["open:remain(Anna Kowalska, optimistic)"]),
    // An apposition.
    (
        Fr,
        "Luc Marin, un chanteur belge, a réagi.",
        &["open:être(Luc Marin, un chanteur belge)", "open:réagir(Luc Marin, réagi)"],
    ),
    (
        En,
        "Luke Marin, a Belgian singer, lives with Paul Morel.",
        &["open:be(Luke Marin, a Belgian singer)", "open:live-with(Luke Marin, Paul Morel)"],
    ),
    // An infinitive that a verb of phase governs is the deed.
    (Fr, "Paul Morel a commencé à traduire ce roman.", &["open:traduire(Paul Morel, roman)"]),
    (En, "Paul Morel began to translate the novel.", &["open:translate(Paul Morel, novel)"]),
    // Every participant of a coordination.
    (
        Fr,
        "Paul Morel et Anna Kowalska ont traduit ce roman.",
        &["open:traduire(Paul Morel, roman)", "open:traduire(Anna Kowalska, roman)"],
    ),
    (
        En,
        "Paul Morel and Anna Kowalska translated the novel.",
        &["open:translate(Paul Morel, novel)", "open:translate(Anna Kowalska, novel)"],
    ),
];

/// Sentences without an open claim: nobody acts, the verb says too little, or the inventory knows it.
const NOTHING: &[(Lang, &str)] = &[
    (Fr, "Il pleut sur la ville."),
    (Fr, "Il faut réformer les retraites."),
    (Fr, "Paul Morel veut partir."),
    (Fr, "Il est attendu que le ministre démissionne."),
    (Fr, "C'est une bonne nouvelle."),
    (Fr, "Paul Morel a continué à critiquer le gouvernement."),
    (Fr, "Anna Kowalska a pris part à la réunion."),
    (Fr, "Karim Benali a été arrêté par la police."),
    (Fr, "Elle a traduit ce roman."),
    (En, "It is raining in the city."),
    (En, "It is necessary to reform pensions."),
    (En, "Paul Morel wants to leave."),
    (En, "It is expected that the minister will resign."),
    (En, "This is good news."),
    (En, "Paul Morel continued to criticise the government."),
    (En, "Karim Benali was arrested by police."),
    (En, "She translated the novel."),
];

/// Open claims carry the status of their clause.
const STATUS: &[(Lang, &str, &str, &str)] = &[
    (Fr, "Luc Marin n'a pas signé la pétition.", "open:signer(Luc Marin, pétition)", "Denied"),
    (Fr, "Anna Kowalska aurait signé la pétition.", "open:signer(Anna Kowalska, pétition)", "Hedged"),
    (Fr, "Selon le maire, Anna Kowalska a signé la pétition.", "open:signer(Anna Kowalska, pétition)", "Reported"),
    (En, "Luke Marin did not sign the petition.", "open:sign(Luke Marin, petition)", "Denied"),
    (En, "Anna Kowalska may have signed the petition.", "open:sign(Anna Kowalska, petition)", "Hedged"),
    (
        En,
        "According to the mayor, Anna Kowalska signed the petition.",
        "open:sign(Anna Kowalska, petition)",
        "Reported",
    ),
];

/// All the open claims of a text, no more and no fewer than the patterns.
fn exactly((lang, text, patterns): (Lang, &str, &[&str])) -> Result<(), String> {
    let r = read(lang, text);
    let open: Vec<_> = r.x.claims.iter().filter(|c| c.predicate.starts_with("open:")).collect();
    let each = patterns.iter().all(|p| open.iter().filter(|c| r.fits(c, p)).count() == 1);
    if each && open.len() == patterns.len() { Ok(()) } else { Err(format!("« {text} »: {}", r.got())) }
}

#[test]
fn every_rule_names_what_the_words_say() {
    every(ROWS, exactly);
}

#[test]
fn what_says_too_little_gives_nothing() {
    every(NOTHING, |(lang, text)| exactly((lang, text, &[])));
}

#[test]
fn open_claims_have_a_status() {
    every(STATUS, |(lang, text, pattern, expected)| {
        let r = read(lang, text);
        let found = format!("{:?}", r.find(pattern)?.status);
        if found == expected { Ok(()) } else { Err(format!("« {text} » is {found}")) }
    });
}

#[test]
fn confidence_is_that_of_the_rule_at_most() {
    for &(lang, text, _) in ROWS {
        for c in read(lang, text).x.claims.iter().filter(|c| c.predicate.starts_with("open:")) {
            let most = if matches!(c.rule.as_str(), "open-oblique" | "open-intransitive") { 0.8 } else { 0.85 };
            assert!(c.confidence <= most, "{text}: {} {}", c.rule, c.confidence);
        }
    }
}

/// Fair sentences that are read wrongly: `cargo test --test open -- --ignored` says which still are.
#[test]
#[ignore = "sentences that the extraction still reads wrongly: a list to work from, red until they are mended"]
fn defects() {
    let rows: &[(Lang, &str, &[&str])] = &[
        (Fr, "Selon Luc Marin, Anna Kowalska a signé la pétition.", &["open:signer(Anna Kowalska, pétition)"]),
        (Fr, "Les habitants de Riga sont privés d'électricité.", &["open:être-priver-de(habitants, électricité)"]),
        (Fr, "Paul Morel a patienté trois heures.", &["open:patienter(Paul Morel, )"]),
        (Fr, "La Grèce a construit trois hôpitaux.", &["open:construire(Grèce, hôpitaux)"]),
        (En, "The residents of Riga are deprived of electricity.", &["open:be-deprived-of(residents, electricity)"]),
        (En, "The results are disappointing.", &["open:be(results, disappointing)"]),
        (En, "Paul Morel waited three hours.", &["open:wait(Paul Morel, )"]),
        (
            En,
            "Luke Marin, a Belgian singer, apologised.",
            &["open:be(Luke Marin, a Belgian singer)", "open:apologise(Luke Marin, apologised)"],
        ),
        (En, "Anna Kowalska met Paul Morel to discuss the novel.", &["open:discuss(Anna Kowalska, novel)"]),
    ];
    every(rows, exactly);
}
