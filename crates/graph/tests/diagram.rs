//! Views and their diagrams.

mod sample;

use std::io::Write;
use std::process::{Command, Stdio};
use temoin_graph::dot::{DotOptions, render};
use temoin_graph::show::Card;
use temoin_graph::view::ViewOptions;
use temoin_graph::{Graph, GraphBuilder, GraphError, Iris, RelationInfo};
use temoin_model::{EntityType, Lang, Meta, Object, Subject};

fn graph() -> Graph {
    let label = |name: &str, fr: &str| RelationInfo { name: name.into(), label_fr: fr.into(), ..Default::default() };
    let relations = [
        label("requestedAidFrom", "a demandé l'aide de"),
        label("deployedTo", "a été déployé à"),
        label("evacuated", "a évacué"),
        label("left", "a quitté"),
        label("locatedIn", "se trouve en"),
        label("killedCount", "morts"),
        label("arrested", "a arrêté"),
    ];
    let mut b = GraphBuilder::new(Iris::default(), &relations);
    for (doc, found) in sample::both() {
        b.add(&doc, &found);
    }
    b.finish()
}

/// The edges that can be seen.
fn drawn(dot: &str) -> Vec<&str> {
    dot.lines().filter(|l| l.contains(" -> ") && !l.contains("[style=invis")).collect()
}

/// Runs Graphviz where it is installed.
fn graphviz(dot: &str) -> Option<(bool, String)> {
    let child =
        Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: Graphviz is not installed");
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let text = dot.to_owned();
    let feeder = std::thread::spawn(move || stdin.write_all(text.as_bytes()).unwrap());
    let out = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
    Some((out.status.success(), String::from_utf8(out.stdout).unwrap()))
}

#[test]
fn one_edge_a_relation_with_its_count_and_status() {
    let g = graph();
    let dot = render(&g.view(&ViewOptions::default()).unwrap(), &DotOptions::default());
    let edges = drawn(&dot);
    assert_eq!(edges.len(), 6, "{edges:#?}");
    let edge = |a: &str, b: &str| *edges.iter().find(|l| l.contains(&format!("\"{a}\" -> \"{b}\""))).unwrap();
    let aid = edge("eloi-tarrasque", "sarvie");
    assert!(aid.contains("×2") && aid.contains("style=solid") && aid.contains("a demandé l'aide de"), "{aid}");
    assert!(aid.contains("Le Courrier d'Orvanne, 2031-03-05"), "source in the tooltip: {aid}");
    assert!(edge("secours-1", "habitants-1").contains("style=dotted"));
    let denied = edge("eloi-tarrasque", "verlieu");
    assert!(denied.contains("✗ <S>a quitté</S>") && denied.contains("#c53030"), "{denied}");
    assert!(edge("sarvie", "pompiers-1").contains("(trente)"));
    assert!(dot.contains("Légende") && !dot.contains("morts\"]"), "counts are no nodes");
    assert_eq!(dot, render(&graph().view(&ViewOptions::default()).unwrap(), &DotOptions::default()));
    graphviz(&dot);
}

#[test]
fn a_focus_and_filters_narrow_the_view() {
    let g = graph();
    let view = |o: ViewOptions| g.view(&o).unwrap();
    let focus = |name: &str, hops| ViewOptions { focus: Some(name.into()), hops, ..Default::default() };
    let names = |o: ViewOptions| {
        let v = view(o);
        v.graph.node_weights().map(|&e| v.claims.entities[e].id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(focus("ÉLOI tarrasque", 0)), ["eloi-tarrasque"]);
    assert_eq!(names(focus("le maire", 1)), ["eloi-tarrasque", "sarvie", "verlieu"]);
    assert_eq!(names(focus("ent:sarvie", 1)), ["eloi-tarrasque", "pompiers-1", "sarvie", "verlieu"]);
    let only = |r: &str| view(ViewOptions { relations: vec![r.into()], ..Default::default() }).graph.edge_count();
    assert_eq!(
        (only("deployedTo"), only("rel:evacuated"), only("a demandé l'aide de"), only("open:envoyer")),
        (1, 1, 2, 1)
    );
    let until = view(ViewOptions { until: Some("2031-03-04".parse().unwrap()), ..Default::default() });
    assert_eq!(until.graph.edge_count(), 2);
    let since = view(ViewOptions { since: Some("2031-03-06".parse().unwrap()), ..Default::default() });
    assert_eq!(since.graph.edge_count(), 2);
    match g.view(&focus("Eloi Tarasque", 1)) {
        Err(GraphError::NotFound { near, .. }) => assert_eq!(near, ["Éloi Tarrasque"]),
        other => panic!("{other:?}"),
    }
    assert!(g.view(&ViewOptions { relations: vec!["nosuch".into()], ..Default::default() }).is_err());
}

#[test]
fn too_many_edges_are_cut_and_said() {
    let g = graph();
    let v = g.view(&ViewOptions::default()).unwrap();
    let dot = render(&v, &DotOptions { max_edges: 1, ..Default::default() });
    assert_eq!(drawn(&dot).len(), 1);
    assert!(drawn(&dot)[0].contains("\"sarvie\""), "the most central stays: {dot}");
    assert!(dot.contains("moins centrales") && dot.contains("4 entités, 5 relations, 6 affirmations"), "{dot}");
    let none = render(&v, &DotOptions { max_edges: 0, lang: Lang::En, ..Default::default() });
    assert!(none.contains("no relation to show"));
    graphviz(&none);
}

/// All names of elements, and the text of the picture; fails where the SVG is no XML.
fn read_svg(text: &str) -> (Vec<String>, String) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut names, mut words) = (Vec::new(), String::new());
    let mut open = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) => {
                open += 1;
                e.attributes().for_each(|a| assert!(a.is_ok()));
                names.push(String::from_utf8(e.name().as_ref().to_vec()).unwrap());
            }
            Event::Empty(e) => names.push(String::from_utf8(e.name().as_ref().to_vec()).unwrap()),
            Event::End(_) => open -= 1,
            Event::Text(t) => words.push_str(&t.unescape().unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "every element is closed");
    (names, words)
}

#[test]
fn the_svg_shows_what_the_dot_shows() {
    let g = graph();
    let v = g.view(&ViewOptions::default()).unwrap();
    let svg = temoin_graph::svg::render(&v, &DotOptions { title: Some("Été".into()), ..Default::default() });
    let (names, words) = read_svg(&svg);
    assert_eq!(names[0], "svg");
    assert_eq!(svg.matches("class=\"edge\"").count(), 6);
    assert_eq!(svg.matches("class=\"node\"").count(), 6);
    for word in ["Éloi Tarrasque", "a demandé l'aide de", "×2", "Légende", "(trente)", "Été", "✗ a quitté"] {
        assert!(words.contains(word), "{word}\n{words}");
    }
    assert!(words.contains("Le Courrier d'Orvanne, 2031-03-05"), "sources in tooltips");
    let again = graph();
    let view = again.view(&ViewOptions::default()).unwrap();
    assert_eq!(svg, temoin_graph::svg::render(&view, &DotOptions { title: Some("Été".into()), ..Default::default() }));
    let none = temoin_graph::svg::render(&v, &DotOptions { max_edges: 0, lang: Lang::En, ..Default::default() });
    assert!(read_svg(&none).1.contains("no relation to show"));
}

/// Some groups of entities with hubs, joined by single claims: `groups` stars of `size` leaves.
fn stars(groups: usize, size: usize) -> temoin_graph::Graph {
    let doc = sample::document("Alpha beta gamma.", Meta::default());
    let mut f = sample::Found::new(&doc);
    let mut hubs = Vec::new();
    for g in 0..groups {
        let hub = f.entity(&format!("hub-{g}"), &format!("Chef-lieu nº {g}"), EntityType::Place);
        for i in 0..size {
            let leaf = f.entity(&format!("leaf-{g}-{i}"), &format!("Commune {g}.{i}"), EntityType::ALL[i % 9]);
            f.claim(Subject::Entity(leaf), "locatedIn", Object::Entity(hub), "beta");
            if i % 2 == 0 {
                f.claim(Subject::Entity(leaf), "open:dépendre-de", Object::Entity(hub), "gamma.");
            }
        }
        hubs.push(hub);
    }
    for w in hubs.windows(2) {
        f.claim(Subject::Entity(w[0]), "open:jouxter", Object::Entity(w[1]), "beta");
        f.claim(Subject::Entity(w[1]), "open:se-voir", Object::Entity(w[1]), "beta");
    }
    let found = f.finish();
    let mut b = GraphBuilder::new(Iris::default(), &[]);
    b.add(&doc, &found);
    b.finish()
}

#[test]
fn a_thousand_claims_are_a_summary_that_says_what_it_leaves_out() {
    let g = stars(20, 35);
    let v = g.view(&ViewOptions::default()).unwrap();
    let claims = v.graph.edge_count();
    assert!(claims > 1000, "{claims}");
    let options = DotOptions { max_edges: 60, ..Default::default() };
    let dot = render(&v, &options);
    let edges = drawn(&dot).len();
    assert!((50..=60).contains(&edges), "{edges}");
    assert!(dot.contains("subgraph cluster_0 {") && dot.contains("autour de"), "{dot}");
    for hub in 0..20 {
        assert!(dot.contains(&format!("\"hub-{hub}\" [")), "the most central are drawn");
    }
    let svg = temoin_graph::svg::render(&v, &options);
    assert_eq!(svg.matches("class=\"edge\"").count() + svg.matches("↻").count(), edges);
    let drawn_nodes = svg.matches("class=\"node\"").count();
    let words = read_svg(&svg).1;
    assert!(words.contains(&format!("{} entités", 720 - drawn_nodes)), "{words}");
    assert!(words.contains("frame") || words.contains("cadre"));
    // Bundled edges name their relations with the number of claims.
    assert!(words.contains("dépendre-de"), "{words}");
    // With room for all, nothing is left out.
    let whole = temoin_graph::svg::render(&v, &DotOptions { max_edges: 2000, ..Default::default() });
    assert_eq!(whole.matches("class=\"node\"").count(), 720);
    assert!(!whole.contains("Résumé"));
    // Around a focus the summary keeps the focus.
    let o = ViewOptions { focus: Some("Chef-lieu nº 7".into()), hops: 3, ..Default::default() };
    let near = render(&g.view(&o).unwrap(), &DotOptions { max_edges: 10, ..Default::default() });
    assert!(near.contains("\"hub-7\"") && drawn(&near).len() <= 10);
    graphviz(&dot);
}

#[test]
fn text_of_articles_stays_inside_its_quotes() {
    let evil = [
        "\"]; evil [label=\"",
        "a\\",
        "\\N \\l \\\\",
        "<B>x</B>><!-- &amp; &#x; &",
        "line\nbreak\r\u{0}\u{7}",
        "\u{202e}renversé",
        "》；】 ',}{",
        "",
        "🌊é\u{301}\u{200b}",
        "-->]]></svg><script>",
    ];
    let text = "Alpha beta gamma.";
    let doc = sample::document(text, Meta { name: evil.join(" "), outlet: Some(evil.concat()), ..Meta::default() });
    let mut f = sample::Found::new(&doc);
    let all: Vec<_> =
        evil.iter().enumerate().map(|(i, l)| f.entity(&format!("e{i}\"\\"), l, EntityType::ALL[i % 9])).collect();
    for (i, w) in all.windows(2).enumerate() {
        f.claim(Subject::Entity(w[0]), &format!("open:{}", evil[i]), Object::Entity(w[1]), "beta");
        f.claim(Subject::Entity(w[0]), "said", Object::Text(evil[i].into()), "gamma.");
    }
    let found = f.finish();
    let mut b = GraphBuilder::new(Iris::default(), &[]);
    b.add(&doc, &found);
    let g = b.finish();
    let v = g.view(&ViewOptions::default()).unwrap();
    let dot = render(&v, &DotOptions { title: Some(evil.concat()), ..Default::default() });
    let statements = drawn(&dot).len();
    assert_eq!(statements, evil.len() - 1, "one line an edge: no text ends a line\n{dot}");
    let own = temoin_graph::svg::render(&v, &DotOptions { title: Some(evil.concat()), ..Default::default() });
    let (names, _) = read_svg(&own);
    assert!(names.iter().all(|n| n != "script" && n != "B"), "{names:?}");
    assert_eq!(own.matches("class=\"edge\"").count(), evil.len() - 1);
    assert_eq!(own.matches("class=\"node\"").count(), evil.len());
    if let Some((ok, svg)) = graphviz(&dot) {
        assert!(ok, "{dot}");
        assert_eq!(svg.matches("class=\"edge\"").count(), evil.len() - 1);
        assert_eq!(svg.matches("class=\"node\"").count(), evil.len() + 1, "entities and the legend");
        assert!(!svg.contains("<script>"));
    }
}

#[test]
fn cards_say_all_that_is_known() {
    let g = graph();
    let Card::Entity(maire) = g.show("tarrasque").unwrap() else { panic!("an entity") };
    assert_eq!(maire.entity.label, "Éloi Tarrasque");
    assert_eq!((maire.mentions, maire.documents.len()), (2, 2));
    let groups: Vec<(&str, &str, usize)> =
        maire.groups.iter().map(|g| (g.role, g.relation.as_str(), g.claims.len())).collect();
    assert_eq!(groups, [("subject", "requestedAidFrom", 2), ("subject", "left", 1)]);
    let first = &maire.groups[0].claims[0];
    assert_eq!(
        (first.label_fr.as_str(), first.object.as_deref(), first.same.len()),
        ("a demandé l'aide de", Some("Sarvie"), 1)
    );
    let chars: Vec<char> = first.sentence.sentence.text.chars().collect();
    let marked: Vec<(String, &str)> = first
        .sentence
        .marks
        .iter()
        .map(|&(b, e, role)| (chars[b as usize..e as usize].iter().collect(), role))
        .collect();
    assert_eq!(
        marked,
        [
            ("Éloi Tarrasque".to_owned(), "subject"),
            ("a demandé".to_owned(), "trigger"),
            ("Sarvie mardi".to_owned(), "object")
        ]
    );
    let Card::Claim(c) = g.show(&format!("claim:{}", first.id)).unwrap() else { panic!("a claim") };
    assert_eq!(c.document.source, "crue.txt");
    assert!(c.because.is_empty() && c.purpose.is_empty());
    let Card::Entity(state) = g.show("Sarvie").unwrap() else { panic!("an entity") };
    let sent = state.groups.iter().find(|g| g.relation == "open:envoyer").unwrap();
    assert_eq!(sent.claims[0].because.len(), 1);
    assert_eq!(sent.claims[0].because[0].says, "Éloi Tarrasque a demandé l'aide de Sarvie");
    assert!(sent.claims[0].purpose[0].says.starts_with("trente pompiers "));
    let Card::Entity(place) = g.show("Verlieu").unwrap() else { panic!("an entity") };
    assert!(
        place.groups.iter().any(|g| g.role == "place" && g.relation == "arrested" && g.claims[0].subject.is_none())
    );
    assert!(matches!(g.show("personne"), Err(GraphError::NotFound { .. })));
}

/// A graph of entities with these claims between them.
fn joined(pairs: &[(usize, usize)]) -> temoin_graph::Graph {
    let doc = sample::document("Alpha beta gamma.", Meta::default());
    let mut f = sample::Found::new(&doc);
    for (i, &(a, b)) in pairs.iter().enumerate() {
        let s = f.entity(&format!("e{a}"), &format!("Entité {a}"), EntityType::ALL[a % 9]);
        let o = f.entity(&format!("e{b}"), &format!("Entité {b}"), EntityType::ALL[b % 9]);
        f.claim(Subject::Entity(s), ["met", "open:voir"][i % 2], Object::Entity(o), "beta");
    }
    let found = f.finish();
    let mut b = GraphBuilder::new(Iris::default(), &[]);
    b.add(&doc, &found);
    b.finish()
}

#[test]
fn a_long_chain_and_a_dense_knot_are_laid_out() {
    let chain: Vec<(usize, usize)> = (0..3000).map(|i| (i, i + 1)).collect();
    let knot: Vec<(usize, usize)> = (0..24).flat_map(|a| (0..24).map(move |b| (a, b))).collect();
    for pairs in [chain, knot] {
        let v = joined(&pairs).view(&ViewOptions::default()).unwrap();
        let svg = temoin_graph::svg::render(&v, &DotOptions { max_edges: 10_000, ..Default::default() });
        let loops = svg.matches("↻").count();
        assert_eq!(svg.matches("class=\"edge\"").count() + loops, pairs.len());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 60, ..Default::default() })]

    #[test]
    fn any_graph_is_laid_out_with_every_node_in_the_picture(
        pairs in proptest::collection::vec((0usize..14, 0usize..14), 1..50),
        max in 1usize..60,
    ) {
        let v = joined(&pairs).view(&ViewOptions::default()).unwrap();
        let options = DotOptions { max_edges: max, ..Default::default() };
        let svg = temoin_graph::svg::render(&v, &options);
        read_svg(&svg);
        proptest::prop_assert_eq!(&svg, &temoin_graph::svg::render(&v, &options));
        proptest::prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
        let drawn = svg.matches("class=\"edge\"").count();
        proptest::prop_assert!(drawn <= max);
    }
}
