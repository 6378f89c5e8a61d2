//! What a graph answers from outside: queries, exports, questions on its shape, diagrams, checks.

mod support;

use std::fs;
use std::process::{Command, Stdio};
use support::{TEMOIN, articles, example_graph, ok, path, temoin};

#[test]
fn results_come_in_every_format() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let select = "SELECT ?l { ent:lebanon rdfs:label ?l FILTER(LANG(?l) = \"fr\") }";
    for (format, part) in [
        ("table", "Liban"),
        ("csv", "l\r\nLiban"),
        ("tsv", "\"Liban\"@fr"),
        ("json", "\"bindings\""),
        ("xml", "<sparql"),
    ] {
        let out = ok(&["query", &graph, select, "--format", format]);
        assert!(out.contains(part), "{format}: {out}");
    }
    let described = ok(&["query", &graph, "DESCRIBE ent:lebanon", "--format", "turtle"]);
    assert!(described.contains("Liban"), "{described}");
    for format in ["nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml"] {
        let out = dir.path().join(format);
        ok(&["export", &graph, "--format", format, "--out", &path(&out)]);
        assert!(fs::read_to_string(&out).unwrap().contains("Liban"), "{format}");
    }
    for (query, word) in [
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { ent:a rel:b ent:c }", ""),
        ("SELECT ?x WHERE {", ""),
    ] {
        let o = temoin(&["query", &graph, query]);
        assert_eq!(o.status.code(), Some(2), "{query}");
        assert!(String::from_utf8_lossy(&o.stderr).contains(word), "{query}");
    }
}

#[test]
fn a_query_without_end_is_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let o = temoin(&["query", &graph, cross, "--timeout", "1"]);
    assert_eq!(o.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&o.stderr).contains("longer than 1 s "));
}

#[test]
fn exports_for_other_tools_say_what_they_hold_and_leave_out() {
    let dir = tempfile::tempdir().unwrap();
    let (graph, out) = (example_graph(dir.path()), |name: &str| path(&dir.path().join(name)));
    for (format, name) in [("nodelink", "g.json"), ("events", "g.jsonl"), ("ftm", "f.jsonl"), ("neo4j", "csv")] {
        let report = ok(&["export", &graph, "--format", format, "--out", &out(name), "--json"]);
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert!(report["articles"] == 9 && !report["written"].as_object().unwrap().is_empty(), "{format}: {report}");
    }
    let o = temoin(&["export", &graph, "--out", &out("g.graphml")]);
    let said = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(said.contains("left out: claims that join no two entities (") && said.contains("9 articles, "), "{said}");
    ok(&["export", &graph, "--rdf12", "--out", &out("g.ttl.gz")]);
    assert_eq!(fs::read(out("g.ttl.gz")).unwrap()[..2], [0x1f, 0x8b]);
    for (args, word) in [
        (vec!["--out", "g.jsonl"], "--format events or --format ftm"),
        (vec!["--format", "neo4j"], "--out"),
        (vec!["--rdf12", "--format", "jsonld"], "triple terms"),
        (vec!["--json", "--out", "-"], "standard output"),
    ] {
        let o = temoin(&[vec!["export", &graph], args].concat());
        let said = String::from_utf8_lossy(&o.stderr).into_owned();
        assert!(o.status.code() == Some(2) && said.contains(word), "{said}");
    }
}

#[test]
fn text_from_articles_breaks_out_of_no_format() {
    let dir = tempfile::tempdir().unwrap();
    let evil = dir.path().join("evil.txt");
    let name = "Jean \"]; evil [label=\\\"x\\\" <b>&amp;</b> Dupont";
    fs::write(&evil, format!("{name} a critiqué la Russie. « \u{202e}\u{7} {{}} \\n », a déclaré Jean Dupont.\n"))
        .unwrap();
    let graph = path(&dir.path().join("graph"));
    ok(&["build", &path(&evil), "--out", &graph, "--lang", "fr", "--quiet"]);
    ok(&["verify", &graph]);
    for format in ["nquads", "trig", "turtle", "ntriples", "jsonld", "rdfxml"] {
        ok(&["export", &graph, "--format", format]);
    }
    let dot = ok(&["draw", &graph]);
    // Outside of quoted strings nothing of the article is left.
    let mut bare = String::new();
    let mut chars = dot.chars();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => drop(chars.next()),
            '"' => quoted = !quoted,
            c if !quoted => bare.push(c),
            _ => {}
        }
    }
    assert!(!quoted && !bare.contains("evil"), "{dot}");
}

#[test]
fn questions_are_answered_for_people_and_for_scripts() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let json = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&ok(args)).expect("JSON") };
    let near = json(&["neighbours", &graph, "Liban", "--json"]);
    let labels: Vec<&str> =
        near["neighbours"].as_array().unwrap().iter().map(|n| n["entity"]["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"France") && labels.contains(&"Michel Aoun"), "{labels:?}");
    assert!(ok(&["neighbours", &graph, "Lebanon", "--lang", "en"]).contains("is head of state of Lebanon"));

    let way = json(&["path", &graph, "Emmanuel Macron", "Liban", "--json"]);
    let steps = way["steps"].as_array().unwrap();
    assert!(!steps.is_empty());
    let source = fs::read_to_string(articles().join(steps[0]["claim"]["source"].as_str().unwrap()));
    let sentence = steps[0]["claim"]["sentence"].as_str().unwrap();
    assert!(source.map_or(true, |s| s.contains(sentence)), "{sentence}");
    assert!(ok(&["path", &graph, "Emmanuel Macron", "Liban"]).contains(sentence));
    let apart = ok(&["path", &graph, "LVMH", "Ibrahim Boubacar Keïta"]);
    assert!(apart.starts_with("no way from LVMH to Ibrahim Boubacar Keïta along asserted claims"), "{apart}");
    assert_eq!(json(&["path", &graph, "LVMH", "Ibrahim Boubacar Keïta", "--json"])["steps"], serde_json::Value::Null);

    let line = json(&["timeline", &graph, "Ibrahim Boubacar Keïta", "--facts", "all", "--json"]);
    let days: Vec<&str> = line["dated"].as_array().unwrap().iter().map(|e| e["start"].as_str().unwrap()).collect();
    assert!(days.len() > 1 && days.is_sorted(), "{days:?}");
    // What has no object is not followed by the words of its relation once more.
    for command in ["timeline", "show"] {
        let died = ok(&[command, &graph, "manifestant-8e78d7cd"]);
        assert!(died.contains("  manifestant est mort\n"), "{died}");
    }
    let rank = json(&["rank", &graph, "--by", "betweenness", "--top", "3", "--json"]);
    assert_eq!(rank.as_array().unwrap().len(), 3);
    assert!(rank[0]["betweenness"].as_f64().unwrap() > 0.0);
    let groups = json(&["communities", &graph, "--json"]);
    assert!(groups["all"].as_u64().unwrap() > 5 && groups["groups"].as_array().unwrap().len() == 20, "{groups}");
    assert!(ok(&["communities", &graph, "--by", "components"]).contains("0 to others"));

    let unknown = temoin(&["neighbours", &graph, "Libam"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean « Liban »"));
    // One of two articles each; and two, once somebody says so.
    let one = temoin(&["timeline", &graph, "Hassan Diab"]);
    assert!(one.status.success() && one.stderr.is_empty(), "{}", String::from_utf8_lossy(&one.stderr));
    let file = path(&dir.path().join("mine.tsv"));
    fs::write(&file, "2031-01-02 split hassan-diab-56707da9 hassan-diab-896b5466\n").unwrap();
    let two = temoin(&["timeline", &graph, "Hassan Diab", "--decisions", &file]);
    assert!(two.status.success());
    assert!(String::from_utf8_lossy(&two.stderr).contains("it may also be ent:hassan-diab-"), "two of one name");
}

#[test]
fn svg_needs_no_other_program_and_says_what_it_leaves_out() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    let file = path(&dir.path().join("graphe.svg"));
    let draw = |out: &[&str]| {
        let mut c = Command::new(TEMOIN);
        // No program can be found there.
        c.arg("draw").arg(&graph).args(out).env("PATH", dir.path()).stdin(Stdio::null()).output().unwrap()
    };
    let done = draw(&["--out", &file, "--title", "L'été à Beyrouth"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let svg = fs::read_to_string(&file).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("L'été à Beyrouth") && svg.contains("Résumé") && svg.contains("class=\"cluster\""));
    assert_eq!(svg.as_bytes(), draw(&["--format", "svg", "--title", "L'été à Beyrouth"]).stdout, "the same bytes");
    let png = draw(&["--format", "png"]);
    assert_eq!(png.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&png.stderr).contains("PNG needs Graphviz"));
}

#[test]
fn invariants_are_checked_and_a_graph_is_described() {
    let dir = tempfile::tempdir().unwrap();
    let graph = example_graph(dir.path());
    assert!(ok(&["check", &graph]).contains("all invariants hold"));
    assert_eq!(ok(&["check", &graph, "--json"]).trim(), "[]");
    assert!(ok(&["check", "--list"]).lines().count() >= 17);
    let own = dir.path().join("own");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("no_denial.rq"), "# Nothing is denied.\nSELECT ?where WHERE { ?where kg:status kg:Denied }")
        .unwrap();
    let found = temoin(&["check", &graph, "--queries", &path(&own)]);
    assert_eq!(found.status.code(), Some(1));
    let said = String::from_utf8_lossy(&found.stderr);
    assert!(said.contains("no_denial: claim:") && said.contains("Nothing is denied."), "{said}");
    fs::write(own.join("bad.rq"), "SELECT").unwrap();
    let bad = temoin(&["check", &graph, "--queries", &path(&own)]);
    assert_eq!(bad.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("bad: "));
    assert_eq!(temoin(&["check"]).status.code(), Some(2));
    let void = ok(&["describe", &graph, "--title", "Été 2020"]);
    assert!(void.contains("Été 2020") && void.contains("void:documents 9") && void.contains("2020-08-05"), "{void}");
}

#[test]
fn answers_hold_for_odd_texts_and_odd_queries() {
    let dir = tempfile::tempdir().unwrap();
    let article = dir.path().join("2031-03-05-f.txt");
    fs::write(&article, "Emmanuel Macron a rencontré Angela\u{c} Merkel à Berlin lundi.\n").unwrap();
    let graph = path(&dir.path().join("graph"));
    ok(&["build", &path(&article), "--out", &graph, "--quiet"]);
    // A form feed, as programs for PDF write it, is none of XML's characters.
    let xml = ok(&["query", &graph, "SELECT ?t { ?d kg:text ?t }", "--format", "xml"]);
    assert!(xml.contains("Angela\u{fffd} Merkel") && !xml.contains('\u{c}'), "{xml}");
    // What would exhaust the stack is refused.
    for query in [
        format!("ASK {}?s ?p ?o{}", "{".repeat(3000), "}".repeat(3000)),
        format!("ASK {{ ?s ?p ?o FILTER({}true) }}", "!".repeat(30_000)),
        format!("ASK {{ ?s ?p ?o FILTER({}true{}) }}", "(".repeat(30_000), ")".repeat(30_000)),
    ] {
        let o = temoin(&["query", &graph, &query]);
        assert_eq!(o.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&o.stderr).contains("nested more than"));
    }
    // More hops than there are entities.
    ok(&["draw", &graph, "--focus", "Berlin", "--hops", "99999999999"]);
}
