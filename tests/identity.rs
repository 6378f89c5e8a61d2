//! Who is who across articles, people's decisions on it, and articles that tell one happening differently.

mod support;

use std::fs;
use std::path::Path;
use support::{ok, path, temoin};

/// A folder of invented articles, by name and text.
fn folder_of(dir: &Path, articles: &[(&str, &str)]) -> String {
    let folder = dir.join("textes");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in articles {
        fs::write(folder.join(name), text).unwrap();
    }
    path(&folder)
}

#[test]
fn namesakes_stay_apart_and_people_decide() {
    let dir = tempfile::tempdir().unwrap();
    let texts = folder_of(
        dir.path(),
        &[
            (
                "2019-03-20-pays.txt",
                "Georgia's parliament in Tbilisi has passed a law. Georgia signed an agreement with Russia.\n",
            ),
            (
                "2019-03-21-etat.txt",
                "Georgia has passed a law, lawmakers in Atlanta said. Studios left Georgia for New York.\n",
            ),
            ("2019-03-20-a.txt", "Le président du Kazakhstan, Noursoultan Nazarbaïev, a rencontré Vladimir Poutine.\n"),
            (
                "2022-03-20-b.txt",
                "L'homme d'affaires Kaïrat Nazarbaïev a été arrêté à Almaty. Nazarbaïev a rencontré Vladimir Poutine.\n",
            ),
        ],
    );
    let graph = path(&dir.path().join("g"));
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    let met = "SELECT ?s { ?c a kg:Claim ; rdf:predicate rel:metWith ; rdf:subject ?s }";
    let who = ok(&["query", &graph, met, "--format", "csv"]);
    assert!(who.contains("ent/nursultan-nazarbayev") && who.contains("ent/kairat-nazarbaiev-"), "{who}");
    let signed = "SELECT ?s { ?s rel:signedAgreementWith|rel:adopted ?o }";
    assert!(ok(&["query", &graph, signed, "--format", "csv"]).contains("ent/georgia\r\n"));
    let listed = ok(&["identity", "list", &graph]);
    assert!(listed.contains("(georgia.") && listed.contains("surroundings of Georgia (U.S. state)"), "{listed}");

    // A decision of a person: a line of a file, followed by the next command, taken back by another line.
    let other = "SELECT (COUNT(*) AS ?n) { ?m kg:refersTo ent:georgia }";
    let before = ok(&["query", &graph, other, "--format", "csv"]);
    let reference = listed.split_once("(georgia.").map(|(_, r)| format!("georgia.{}", &r[..16])).unwrap();
    let line =
        ok(&["identity", "merge", &graph, &reference, "georgia", "--note", "one\tcountry", "--date", "2031-01-02"]);
    assert!(line.contains(&format!("2031-01-02  merge  {reference}  georgia  one country")), "{line}");
    assert_ne!(ok(&["query", &graph, other, "--format", "csv"]), before);
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    assert_ne!(ok(&["query", &graph, other, "--format", "csv"]), before, "decisions survive new runs");
    ok(&["identity", "undo", &graph, "georgia", &reference]);
    assert_eq!(ok(&["query", &graph, other, "--format", "csv"]), before);

    // Comments between decisions say nothing.
    let digest = ok(&["digest", &graph]);
    let own = Path::new(&graph).join("identity.tsv");
    let lines = fs::read_to_string(&own).unwrap();
    fs::write(&own, format!("# who is who\n\n{lines}")).unwrap();
    assert_eq!(ok(&["digest", &graph]), digest);

    // A file elsewhere; its wrong line is named with its field, and the exit code says so.
    let file = path(&dir.path().join("mine.tsv"));
    fs::write(&file, format!("# mine\n2031-01-02 merge {reference} georgia\n2031-01-02 join a b\n")).unwrap();
    let o = temoin(&["query", &graph, other, "--format", "csv", "--decisions", &file]);
    assert_eq!(o.status.code(), Some(1));
    let message = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(message.contains("mine.tsv: line 3, decision: 'join'"), "{message}");
    assert_ne!(String::from_utf8_lossy(&o.stdout), before, "the other line is followed");
    let o = temoin(&["identity", "merge", &graph, "Personne de ce nom", "georgia"]);
    assert_ne!(o.status.code(), Some(0));
}

#[test]
fn a_file_of_decisions_is_made_with_the_first_and_what_one_runs_into_is_a_failure() {
    let dir = tempfile::tempdir().unwrap();
    let texts = folder_of(
        dir.path(),
        &[("2022-03-20-a.txt", "Paul Arvel a rencontré Jeanne Morvan et Luc Sarrazin à Lyon.\n")],
    );
    let graph = path(&dir.path().join("g"));
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    let file = dir.path().join("equipe.tsv");
    let decide = |what: &str, one: &str, other: &str| {
        temoin(&["identity", what, &graph, one, other, "--decisions", &path(&file)])
    };
    assert!(!temoin(&["identity", "list", &graph, "--decisions", &path(&file)]).status.success());
    let [paul, jeanne, luc] = ["Paul Arvel", "Jeanne Morvan", "Luc Sarrazin"].map(|name| {
        let card = ok(&["show", &graph, name]);
        card.lines().next().and_then(|l| l.rsplit(" · ").next()).unwrap_or_default().to_owned()
    });
    assert!(decide("merge", &paul, &jeanne).status.success());
    assert!(fs::read_to_string(&file).unwrap().contains("\tmerge\t"));
    assert!(decide("merge", &jeanne, &luc).status.success());
    // The two can no longer be one: one of the earlier lines cannot be followed now.
    let split = decide("split", &paul, &luc);
    let err = String::from_utf8_lossy(&split.stderr).into_owned();
    assert!(err.contains("decision not followed") && !split.status.success(), "{err}");
}

#[test]
fn who_is_who_holds_through_compaction_removal_and_new_versions() {
    let dir = tempfile::tempdir().unwrap();
    let met = "Jean Petit, maire de Verlieu, a rencontré Lise Orvan à Paris.\n";
    let articles = [
        ("2031-03-04-a.txt", met),
        ("2031-03-05-b.txt", "Jean Petit, maire de Verlieu, a rencontré Marc Dulac à Paris. Lise Orvan est venue.\n"),
        ("2031-03-06-c.txt", "Le Hezbollah a nié avoir rencontré Saad Hariri à Beyrouth.\n"),
        ("2031-03-06-d.txt", "Le Hezbollah a rencontré Saad Hariri à Beyrouth mardi.\n"),
    ];
    let texts = folder_of(dir.path(), &articles);
    let graph = path(&dir.path().join("g"));
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    let who = || ok(&["query", &graph, "SELECT DISTINCT ?s { ?c rdf:predicate rel:metWith ; rdf:subject ?s }"]);
    let (list, told, digest) = (ok(&["identity", "list", &graph]), ok(&["compare", &graph]), ok(&["digest", &graph]));
    assert!(who().contains("jean-petit-") && told.contains("≠ affirmed and denied"), "{}\n{told}", who());
    ok(&["compact", &graph]);
    assert_eq!(ok(&["identity", "list", &graph]), list);
    assert_eq!(ok(&["compare", &graph]), told);
    assert_eq!(ok(&["digest", &graph]), digest);
    assert!(ok(&["check", &graph]).contains("all invariants hold"));

    // A decision is a change of what the graph says, and of nothing else.
    let before = path(&dir.path().join("before"));
    ok(&["build", &texts, "--out", &before, "--quiet"]);
    ok(&["identity", "split", &graph, "hezbollah", "saad-hariri", "--date", "2031-04-01"]);
    let met = "SELECT ?s { GRAPH g:facts { ?s rel:metWith ?o } FILTER(CONTAINS(STR(?s), \"jean-petit\")) }";
    let ids = ok(&["query", &graph, met, "--format", "csv"]);
    let id = ids.trim().rsplit('/').next().unwrap().to_owned();
    ok(&["identity", "split", &graph, &id, "*", "--date", "2031-04-01"]);
    assert_ne!(ok(&["digest", &graph]), digest);
    let d: serde_json::Value = serde_json::from_str(&ok(&["diff", &before, &graph, "--json"])).unwrap();
    assert_eq!((&d["gained"], &d["lost"]), (&serde_json::json!([]), &serde_json::json!([])), "{d}");
    let moved = &d["reassigned"][0];
    assert_eq!(moved["before"]["subject"]["id"], id);
    assert_ne!(moved["now"]["subject"]["id"], id);
    assert!(ok(&["diff", &before, &graph]).contains("of other entities\n~ Jean Petit"), "{d}");
    assert!(ok(&["check", &graph]).contains("all invariants hold"));

    // Without the article and with it again, in a compacted folder.
    let said = temoin(&["remove", &graph, "2031-03-06-c.txt"]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(!ok(&["compare", &graph]).contains("≠"));
    fs::write(Path::new(&texts).join("2031-03-06-d.txt"), "Le Hezbollah a nié avoir vu Saad Hariri à Beyrouth.\n")
        .unwrap();
    ok(&["build", &texts, "--out", &graph, "--replace", "--quiet"]);
    ok(&["compact", &graph]);
    let other = path(&dir.path().join("other"));
    ok(&["build", &texts, "--out", &other, "--quiet"]);
    fs::copy(Path::new(&graph).join("identity.tsv"), Path::new(&other).join("identity.tsv")).unwrap();
    assert_eq!(ok(&["digest", &other]), ok(&["digest", &graph]));
    assert_eq!(ok(&["identity", "list", &other, "--json"]), ok(&["identity", "list", &graph, "--json"]));
}

#[test]
fn articles_that_disagree_are_compared() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Le Hezbollah a rencontré Saad Hariri à Beyrouth mardi. La réunion a duré trois heures, et aucun des deux \
                camps n'a voulu en dire plus avant la nuit. Les rues du centre étaient fermées.\n";
    let texts = folder_of(
        dir.path(),
        &[
            ("2021-03-03-a.txt", text),
            ("2021-03-04-b.txt", &format!("Dépêche reçue à minuit\n\n{text}")),
            ("2021-03-04-c.txt", "Le Hezbollah a nié avoir rencontré Saad Hariri à Beyrouth.\n"),
        ],
    );
    let graph = path(&dir.path().join("g"));
    ok(&["build", &texts, "--out", &graph, "--quiet"]);
    let lines = ok(&["compare", &graph, "Hezbollah", "--differ", "--json"]);
    let all: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(all.len(), 1, "{lines}");
    let h = &all[0];
    assert_eq!((h["articles"].as_u64(), h["independent"].as_u64()), (Some(3), Some(2)), "{h}");
    assert_eq!(h["disputed"], true);
    let said = ok(&["compare", &graph]);
    assert!(
        said.contains("≠ affirmed and denied") && said.contains("· copy ·") && said.contains("1 articles are copies"),
        "{said}"
    );
    let dot = ok(&["draw", &graph, "--lang", "en"]);
    assert!(dot.contains("articles tell it differently") && dot.matches('≠').count() > 1);
    let svg = ok(&["draw", &graph, "--lang", "en", "--format", "svg"]);
    assert!(svg.contains("articles tell it differently") && svg.matches('≠').count() > 1);
    assert_ne!(temoin(&["compare", &graph, "Personne de ce nom"]).status.code(), Some(0));
}
