//! Who is who across invented articles: what is one, what stays apart, what people decide.

mod sample;

use sample::{Found, document};
use std::collections::BTreeMap;
use std::path::Path;
use temoin_graph::identity::State;
use temoin_graph::identity::decisions::{Decision, Decisions, Verdict};
use temoin_graph::query::{QueryOptions, ResultFormat};
use temoin_graph::{Graph, GraphBuilder, GraphFolder, GraphOptions, Iris};
use temoin_model::*;

/// An article with entities: `(identifier, words, type)`; a claim joins the first two.
fn article(name: &str, date: &str, text: &str, entities: &[(&str, &str, EntityType)]) -> (Document, Extraction) {
    let meta = Meta { name: name.into(), published: Some(date.parse().unwrap()), lang: Lang::Fr, ..Meta::default() };
    let doc = document(text, meta);
    let mut f = Found::new(&doc);
    let mut all = Vec::new();
    for (id, words, kind) in entities {
        let e = f.entity(id, words, *kind);
        f.mention(words, e);
        all.push(e);
    }
    if let [a, b, ..] = all[..] {
        let trigger = text.split_whitespace().find(|w| *w == "rencontré" || *w == "quitté").expect("a verb");
        f.claim(Subject::Entity(a), "metWith", Object::Entity(b), trigger);
    }
    let found = f.finish();
    (doc, found)
}

fn graph(articles: &[(Document, Extraction)], decisions: &str) -> Graph {
    let mut b = GraphBuilder::new(Iris::default(), &[]);
    for (doc, found) in articles {
        b.add(doc, found);
    }
    b.finish_with(&Decisions::parse(Path::new("identity.tsv"), decisions))
}

/// Entity of every mention, by the name of the article and the words.
fn who(articles: &[(Document, Extraction)], graph: &Graph) -> BTreeMap<String, String> {
    let by_id: BTreeMap<&str, &Document> = articles.iter().map(|(d, _)| (d.id.as_str(), d)).collect();
    let name = |p: &temoin_graph::identity::Pointer| {
        let doc = by_id[p.document.as_str()];
        format!("{} {}", doc.meta.name, doc.slice(Span::new(p.begin, p.end)))
    };
    graph.pointers().iter().map(|p| (name(p), p.entity.clone())).collect()
}

use EntityType::{Country, Organization, Person, Place, Product};

/// A mayor named in full, the same by his family name the day after, and a trainer of the same name.
fn petits() -> Vec<(Document, Extraction)> {
    vec![
        article(
            "maire",
            "2031-03-04",
            "Jean Petit a rencontré Lise Orvan à Verlieu avec le Comité des ponts.",
            &[
                ("jean-petit-11111111", "Jean Petit", Person),
                ("lise-orvan-22222222", "Lise Orvan", Person),
                ("verlieu-33333333", "Verlieu", Place),
                ("comite-des-ponts-44444444", "Comité des ponts", Organization),
            ],
        ),
        article(
            "suite",
            "2031-03-05",
            "Petit a rencontré Lise Orvan à Verlieu, où le Comité des ponts siège.",
            &[
                ("petit-55555555", "Petit", Person),
                ("lise-orvan-22222222", "Lise Orvan", Person),
                ("verlieu-33333333", "Verlieu", Place),
                ("comite-des-ponts-44444444", "Comité des ponts", Organization),
            ],
        ),
        article(
            "stade",
            "2035-09-01",
            "Petit a rencontré Marc Dulac au stade de Sarvie avec le club Olympia.",
            &[
                ("petit-55555555", "Petit", Person),
                ("marc-dulac-66666666", "Marc Dulac", Person),
                ("sarvie-77777777", "Sarvie", Place),
                ("olympia-88888888", "Olympia", Organization),
            ],
        ),
    ]
}

#[test]
fn a_family_name_meets_its_bearer_in_the_same_company_only() {
    let all = petits();
    let g = graph(&all, "");
    let who = who(&all, &g);
    assert_eq!(who["suite Petit"], "jean-petit-11111111");
    assert_ne!(who["stade Petit"], who["suite Petit"], "« Petit » of two articles are two");
    let merged: Vec<_> = g.identity().records.iter().filter(|r| r.state == State::Merged).collect();
    assert_eq!(merged.len(), 1, "{merged:?}");
    assert!(merged[0].method.starts_with("family name"), "{}", merged[0].method);
    assert_eq!(merged[0].date.unwrap().to_string(), "2031-03-05");
    // The plain edges and the labels follow.
    let edges = "SELECT ?s ?o { GRAPH g:facts { ?s rel:metWith ?o } }";
    let rows = csv(&g, edges);
    assert!(rows.contains("jean-petit-11111111,") && rows.lines().count() == 3, "{rows}");
    let names = csv(&g, "SELECT ?l { ent:jean-petit-11111111 rdfs:label|skos:altLabel ?l }");
    assert_eq!(names.lines().collect::<Vec<_>>(), ["l", "Jean Petit", "Petit"]);
}

fn csv(g: &Graph, query: &str) -> String {
    let mut out = Vec::new();
    g.query(query, &QueryOptions::default()).unwrap().write(Some(ResultFormat::Csv), &mut out).unwrap();
    String::from_utf8(out).unwrap().replace('\r', "").replace("https://w3id.org/temoin/id/ent/", "")
}

/// The entry of the gazetteer, an article on his cousin who is named in full and then by the family name,
/// which the gazetteer takes for the first, and a third one without any given name.
fn nazarbaievs() -> Vec<(Document, Extraction)> {
    let president = ("nursultan-nazarbayev", "Noursoultan Nazarbaïev", Person);
    let mut first = article(
        "president",
        "2019-03-20",
        "Noursoultan Nazarbaïev a quitté Astana.",
        &[president, ("astana", "Astana", Place)],
    );
    let mut cousin = article(
        "cousin",
        "2022-03-20",
        "Kaïrat Nazarbaïev a quitté Almaty. Selon lui, Nazarbaïev nie tout.",
        &[
            ("kairat-nazarbaiev-2af84ebb", "Kaïrat Nazarbaïev", Person),
            ("almaty", "Almaty", Place),
            ("nursultan-nazarbayev", ", Nazarbaïev", Person),
        ],
    );
    // The label is that of the gazetteer, whatever the article writes.
    for (_, found) in [&mut first, &mut cousin] {
        for e in found.entities.iter_mut().filter(|e| e.id == "nursultan-nazarbayev") {
            e.label = "Noursoultan Nazarbaïev".into();
            e.wikidata = Some("Q13055".into());
        }
    }
    vec![first, cousin]
}

#[test]
fn two_people_called_nazarbaiev_stay_two() {
    let all = nazarbaievs();
    let g = graph(&all, "");
    let who = who(&all, &g);
    assert_eq!(who["president Noursoultan Nazarbaïev"], "nursultan-nazarbayev");
    assert_eq!(who["cousin Kaïrat Nazarbaïev"], "kairat-nazarbaiev-2af84ebb");
    assert_eq!(who["cousin , Nazarbaïev"], "kairat-nazarbaiev-2af84ebb", "the article's own bearer");
    let names = csv(&g, "SELECT ?l { ent:kairat-nazarbaiev-2af84ebb rdfs:label|skos:altLabel|owl:sameAs ?l }");
    assert!(!names.contains("Noursoultan") && !names.contains("Q13055"), "{names}");
}

#[test]
fn georgia_the_state_is_not_the_country() {
    let country = |f: &mut (Document, Extraction)| {
        f.1.entities.iter_mut().filter(|e| e.id == "georgia").for_each(|e| e.wikidata = Some("Q230".into()));
        f.1.entities.iter_mut().filter(|e| e.id == "atlanta").for_each(|e| e.located_in = Some("united-states".into()));
        f.1.entities.iter_mut().filter(|e| e.id == "tbilisi").for_each(|e| e.located_in = Some("georgia".into()));
    };
    let mut all = vec![
        article(
            "pays",
            "2019-03-20",
            "Irina Vald a quitté Georgia par Tbilisi.",
            &[
                ("irina-vald-11111111", "Irina Vald", Person),
                ("georgia", "Georgia", Country),
                ("tbilisi", "Tbilisi", Place),
            ],
        ),
        article(
            "etat",
            "2019-03-21",
            "Brian Olmer a quitté Georgia par Atlanta.",
            &[
                ("brian-olmer-22222222", "Brian Olmer", Person),
                ("georgia", "Georgia", Country),
                ("atlanta", "Atlanta", Place),
            ],
        ),
        article(
            "seul",
            "2019-03-22",
            "Paul Merle a quitté Georgia.",
            &[("paul-merle-33333333", "Paul Merle", Person), ("georgia", "Georgia", Country)],
        ),
    ];
    all.iter_mut().for_each(country);
    let g = graph(&all, "");
    let who = who(&all, &g);
    assert_eq!(
        [&who["pays Georgia"], &who["etat Georgia"], &who["seul Georgia"]],
        ["georgia", "georgia-us", "georgia"]
    );
    let state =
        csv(&g, "SELECT ?t ?w ?l { ent:georgia-us a ?t ; owl:sameAs ?w ; rdfs:label ?l FILTER(LANG(?l) = \"en\") }");
    assert!(state.contains("Place,http://www.wikidata.org/entity/Q1428,Georgia (U.S. state)"), "{state}");
    // A person may know better.
    let id = &all[1].0.id;
    let g = graph(&all, &format!("2031-01-01 merge georgia.{id} georgia\n"));
    assert_eq!(self::who(&all, &g)["etat Georgia"], "georgia");
}

#[test]
fn legal_forms_meet_but_not_another_company() {
    let all = vec![
        article(
            "a",
            "2031-01-01",
            "Veltronic Inc. a quitté Verlieu pour le Port de Sarvie.",
            &[("veltronic-inc-11111111", "Veltronic Inc.", Organization), ("verlieu-33333333", "Verlieu", Place)],
        ),
        article(
            "b",
            "2032-01-01",
            "Veltronic a quitté Dulac et le V20.",
            &[
                ("veltronic-22222222", "Veltronic", Organization),
                ("dulac-33333333", "Dulac", Place),
                ("v20-44444444", "V20", Product),
            ],
        ),
        article(
            "c",
            "2033-01-01",
            "Veltronic Records a quitté Lamar.",
            &[("veltronic-records-55555555", "Veltronic Records", Organization), ("lamar-66666666", "Lamar", Place)],
        ),
    ];
    let who = who(&all, &graph(&all, ""));
    assert_eq!(who["a Veltronic Inc."], who["b Veltronic"]);
    assert_ne!(who["c Veltronic Records"], who["b Veltronic"]);
}

#[test]
fn people_decide_and_take_back() {
    let all = petits();
    let (suite, stade) = (&all[1].0.id, &all[2].0.id);
    let split = format!("2031-04-01 split petit-55555555.{suite} jean-petit-11111111 homonymes\n");
    let g = graph(&all, &split);
    assert_ne!(who(&all, &g)["suite Petit"], "jean-petit-11111111");
    let overruled: Vec<_> =
        g.identity().records.iter().filter(|r| r.line.is_none() && r.state == State::Merged).collect();
    assert!(overruled.iter().all(|r| !r.in_force) && overruled.len() == 1, "{overruled:?}");
    let undone = format!("{split}2031-04-02 undo jean-petit-11111111 petit-55555555.{suite}\n");
    let g = graph(&all, &undone);
    assert_eq!(who(&all, &g)["suite Petit"], "jean-petit-11111111");
    // Nothing that was decided is lost.
    let kept = csv(&g, "SELECT ?v ?f { GRAPH g:identity { ?d kg:method \"user\" ; kg:verdict ?v ; kg:inForce ?f } }");
    assert_eq!(kept.lines().count(), 3, "{kept}");
    let merge = format!("2031-04-01 merge petit-55555555.{stade} jean-petit-11111111\n");
    assert_eq!(who(&all, &graph(&all, &merge))["stade Petit"], "jean-petit-11111111");
}

/// An article on a Jean Petit who has this office in this company, and others whom it names.
fn office(name: &str, date: &str, role: &str, company: &str, others: [&str; 2]) -> (Document, Extraction) {
    let [x, y] = others;
    let text = format!("Jean Petit, {role}, dirige {company} avec {x} et {y}.");
    let meta = Meta { name: name.into(), published: Some(date.parse().unwrap()), lang: Lang::Fr, ..Meta::default() };
    let doc = document(&text, meta);
    let mut f = Found::new(&doc);
    let who = f.entity("jean-petit-11111111", "Jean Petit", Person);
    f.mention("Jean Petit", who);
    for (i, words) in others.into_iter().enumerate() {
        let e = f.entity(&format!("{}-2222222{i}", words.to_lowercase()), words, Person);
        f.mention(words, e);
    }
    if !role.is_empty() {
        f.claim(Subject::Entity(who), "holdsPosition", Object::Text(role.into()), "dirige");
    }
    if !company.is_empty() {
        let c = f.entity(&format!("{}-33333333", company.to_lowercase()), company, Organization);
        f.mention(company, c);
        f.claim(Subject::Entity(who), "leads", Object::Entity(c), "dirige");
    }
    let found = f.finish();
    (doc, found)
}

#[test]
fn two_of_one_full_name_with_other_offices_and_companies_are_asked_about() {
    let all = vec![
        office("acier", "2031-03-04", "directeur", "Veltronic", ["Orvan", "Merle"]),
        office("club", "2031-03-05", "entraîneur", "Olympia", ["Dulac", "Vald"]),
        office("acier bis", "2031-03-20", "directeur", "Veltronic", ["Lamar", "Olmer"]),
        // Goes with both of them.
        office("gala", "2031-03-05", "", "", ["Orvan", "Dulac"]),
    ];
    for articles in [&all[..3], &all] {
        let g = graph(articles, "");
        let who = who(articles, &g);
        assert_ne!(who["acier Jean Petit"], who["club Jean Petit"]);
        assert_eq!(who["acier Jean Petit"], who["acier bis Jean Petit"]);
        let asked: Vec<_> = g.identity().records.iter().filter(|r| r.state == State::Suggested).collect();
        assert!(!asked.is_empty() && asked.iter().any(|r| r.method.starts_with("full name - ")), "{asked:?}");
    }
    let g = graph(&all, "");
    let held = |r: &&temoin_graph::identity::Record| r.method.ends_with(" - others of the name");
    assert_eq!(g.identity().records.iter().filter(held).count(), 1, "{:?}", g.identity().records);
    // Whoever knows says so, and both are one.
    let [a, b] = [&all[0].0.id, &all[1].0.id];
    let merge = format!("2031-04-01 merge jean-petit-11111111.{a} jean-petit-11111111.{b}\n");
    let who = who(&all, &graph(&all, &merge));
    assert!(who.values().filter(|e| e.starts_with("jean-petit")).collect::<std::collections::BTreeSet<_>>().len() == 1);
}

#[test]
fn wrong_lines_are_named_and_the_others_followed() {
    let all = petits();
    let suite = &all[1].0.id;
    let text = format!(
        "2031-04-01 split petit-55555555.{suite} jean-petit-11111111\n2031-04-02 merge inconnu-1 jean-petit-11111111\n\
         2031-04-32 merge a b\n2031-04-03 merge petit-55555555 jean-petit-11111111\n"
    );
    let g = graph(&all, &text);
    let messages: Vec<String> = g.identity().rejected.iter().map(ToString::to_string).collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(
        messages[0].starts_with("identity.tsv: line 2, entity 1: no article has an entity 'inconnu-1'"),
        "{messages:?}"
    );
    assert!(messages[1].starts_with("identity.tsv: line 3, date: '2031-04-32'"), "{messages:?}");
    assert!(messages[2].contains("line 1 says that they are two"), "{messages:?}");
    assert_ne!(who(&all, &g)["suite Petit"], "jean-petit-11111111");
}

#[test]
fn the_order_of_articles_changes_nothing_and_segments_stay_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let all = petits();
    let mut exports = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0]] {
        let path = dir.path().join(format!("{order:?}"));
        let folder = GraphFolder::create_or_open(&path, &GraphOptions::default()).unwrap();
        let mut w = folder.writer().unwrap();
        for i in order {
            w.add(&all[i].0, &all[i].1).unwrap();
        }
        w.commit().unwrap();
        let before: Vec<Vec<u8>> = segments(&path);
        let decision = Decision {
            line: 0,
            date: "2031-04-01".parse().unwrap(),
            verdict: Verdict::Merge,
            pair: ["marc-dulac-66666666", "olympia-88888888"].map(temoin_graph::identity::decisions::Reference::parse),
            note: "essai".into(),
        };
        folder.decide(&decision).unwrap();
        let mut out = Vec::new();
        let report = temoin_graph::export::export(
            &folder,
            temoin_graph::export::ExportFormat::NQuads,
            temoin_graph::export::Facts::Asserted,
            &mut out,
        );
        assert!(report.unwrap().rejected.is_empty());
        assert_eq!(segments(&path), before);
        // The export says what the loaded graph says.
        let loaded = folder.load().unwrap();
        assert_eq!(String::from_utf8(out.clone()).unwrap().lines().count(), loaded.len());
        assert_eq!(csv(&loaded, "ASK { ent:marc-dulac-66666666 a kg:Person ; skos:altLabel \"Olympia\" }"), "true");
        exports.push(out);
    }
    assert!(exports[0] == exports[1]);
}

fn segments(path: &Path) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for shard in std::fs::read_dir(path.join("segments")).unwrap() {
        for file in std::fs::read_dir(shard.unwrap().path()).unwrap() {
            out.push(std::fs::read(file.unwrap().path()).unwrap());
        }
    }
    out.sort();
    out
}
