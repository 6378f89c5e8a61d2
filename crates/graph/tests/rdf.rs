//! What the quads of an article must hold, asked in SPARQL.

mod sample;

use temoin_graph::query::{QueryOptions, ResultFormat};
use temoin_graph::{Graph, GraphBuilder, Iris, RelationInfo};

fn graph() -> Graph {
    let relations = [RelationInfo {
        name: "requestedAidFrom".into(),
        label_fr: "a demandé l'aide de".into(),
        ..Default::default()
    }];
    let mut b = GraphBuilder::new(Iris::default(), &relations);
    for (doc, found) in sample::both() {
        b.add(&doc, &found);
    }
    b.finish()
}

fn csv(g: &Graph, query: &str) -> Vec<String> {
    let mut out = Vec::new();
    g.query(query, &QueryOptions::default()).unwrap().write(Some(ResultFormat::Csv), &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().skip(1).map(str::to_owned).collect()
}

fn ask(g: &Graph, pattern: &str) -> bool {
    let mut out = Vec::new();
    g.query(&format!("ASK {{ {pattern} }}"), &QueryOptions::default())
        .unwrap()
        .write(Some(ResultFormat::Csv), &mut out)
        .unwrap();
    out == b"true"
}

#[test]
fn plain_edges_are_exactly_the_asserted_claims() {
    let g = graph();
    let invariant = "SELECT ?s ?p ?o WHERE {
      { ?c kg:status kg:Asserted ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
        FILTER NOT EXISTS { GRAPH <https://w3id.org/temoin/graph/facts> { ?s ?p ?o } } }
      UNION
      { GRAPH <https://w3id.org/temoin/graph/facts> { ?s ?p ?o }
        FILTER NOT EXISTS { ?c kg:status kg:Asserted ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } } }";
    assert_eq!(csv(&g, invariant), Vec::<String>::new());
    let edges = csv(&g, "SELECT ?s ?p ?o WHERE { GRAPH g:facts { ?s ?p ?o } }");
    assert_eq!(edges.len(), 6, "{edges:#?}");
    for status in ["evacuated", "left", "arrested", "said", "injuredCount"] {
        assert!(!ask(&g, &format!("?s rel:{status} ?o")), "{status} is no fact");
    }
    assert!(!ask(&g, "GRAPH g:facts { kg:UnknownAgent ?p ?o }"));
}

#[test]
fn each_triple_stands_in_one_named_graph() {
    let g = graph();
    let twice =
        csv(&g, "SELECT ?s ?p ?o WHERE { GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(STR(?a) < STR(?b)) }");
    assert_eq!(twice, Vec::<String>::new());
    // The gazetteer and an article say that Verlieu lies in Sarvie.
    assert!(ask(&g, "GRAPH g:facts { ent:verlieu rel:locatedIn ent:sarvie }"));
    let unnamed = csv(&g, "SELECT (COUNT(*) AS ?n) FROM <urn:x-arq:DefaultGraph> WHERE { ?s ?p ?o }");
    assert_eq!(unnamed, ["0"]);
    assert_eq!(csv(&g, "SELECT ?s WHERE { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }"), Vec::<String>::new());
}

#[test]
fn claims_are_single_valued_and_complete() {
    let g = graph();
    let several = csv(
        &g,
        "SELECT ?c ?p (COUNT(?o) AS ?n) WHERE { ?c kg:status ?st ; ?p ?o
           FILTER(?p NOT IN (kg:evidence, kg:marker, kg:place)) } GROUP BY ?c ?p HAVING(COUNT(?o) > 1)",
    );
    assert_eq!(several, Vec::<String>::new());
    let n = csv(
        &g,
        "SELECT (COUNT(?c) AS ?n) WHERE { ?c kg:status ?st ; kg:begin ?b ; kg:end ?e ; kg:triggerText ?t ; kg:evidence/kg:text ?s ; kg:confidence ?x FILTER(?b < ?e && DATATYPE(?x) = xsd:decimal) }",
    );
    assert_eq!(n, ["12"]);
    assert_eq!(
        csv(&g, "SELECT ?c WHERE { ?c a kg:AgentlessClaim ; kg:agent kg:UnknownAgent ; rdf:object ent:hommes-1 }")
            .len(),
        1
    );
    assert!(
        ask(&g, "?c rdf:predicate rel:left ; kg:status kg:Denied ; kg:polarity kg:Negative"),
        "what is negated is denied"
    );
}

#[test]
fn quantities_are_numbers_with_bounds_and_words() {
    let g = graph();
    let tolls = csv(
        &g,
        "SELECT ?o ?lo ?hi ?words WHERE { ?c rdf:predicate rel:killedCount ; rdf:object ?o ; kg:valueText ?words OPTIONAL { ?c kg:valueMin ?lo } OPTIONAL { ?c kg:valueMax ?hi } } ORDER BY ?o",
    );
    assert_eq!(tolls, ["12,12,,au moins 12", "15,15,15,15"]);
    assert!(ask(&g, "?c rdf:predicate rel:injuredCount ; rdf:object \"Plusieurs\"@fr ; kg:precision kg:Vague"));
    assert!(ask(&g, "?c rdf:predicate <https://w3id.org/temoin/rel/open/envoyer> ; kg:value 30 ; kg:unit kg:person"));
    assert!(ask(&g, "rel:requestedAidFrom rdfs:label \"a demandé l'aide de\"@fr"));
    assert!(ask(&g, "<https://w3id.org/temoin/rel/open/envoyer> a kg:OpenRelation ; rdfs:label \"envoyer\"@fr"));
}

#[test]
fn an_entity_has_one_label_a_language() {
    let g = graph();
    let several = csv(
        &g,
        "SELECT ?e WHERE { GRAPH g:entities { ?e rdfs:label ?a , ?b } FILTER(STR(?a) < STR(?b) && LANG(?a) = LANG(?b)) }",
    );
    assert_eq!(several, Vec::<String>::new());
    let crue = csv(&g, "SELECT ?l ?a WHERE { ent:crue rdfs:label ?l ; skos:altLabel ?a }");
    assert_eq!(crue, ["La crue de l'Orvanne,la crue de l’Orvanne"]);
    assert!(ask(&g, "ent:sarvie owl:sameAs wd:Q999999 ; a kg:Country"));
}

#[test]
fn who_asked_whom_in_one_line() {
    let g = graph();
    let rows = csv(
        &g,
        "SELECT ?qui ?aQui WHERE { ?s rel:requestedAidFrom ?o . ?s rdfs:label ?qui . ?o rdfs:label ?aQui
           FILTER(LANG(?qui) = \"fr\" && LANG(?aQui) = \"fr\") }",
    );
    assert_eq!(rows, ["Éloi Tarrasque,Sarvie"], "two articles, one fact");
}

#[test]
fn other_servers_and_updates_are_refused() {
    let g = graph();
    let err = |q: &str| g.query(q, &QueryOptions::default()).unwrap_err().to_string();
    for q in [
        "SELECT * WHERE { SERVICE <http://example.com/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o FILTER NOT EXISTS { SERVICE SILENT <http://example.com/> { ?s ?p ?o } } }",
        "ASK { { SELECT * WHERE { OPTIONAL { SERVICE ?x { ?s ?p ?o } } } } }",
    ] {
        assert!(err(q).contains("SERVICE"), "{q}");
    }
    for q in ["LOAD <http://example.com/x.ttl>", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { ent:a rel:b ent:c }"] {
        assert!(err(q).contains("update"), "{q}");
    }
    assert!(err("SELECT ?s WHERE { ?s ?p }").contains("1:"), "a syntax error has a place");
    assert!(g.query("SELECT * WHERE { ?s rdfs:label \"SERVICE <http://x> { }\" }", &QueryOptions::default()).is_ok());
}

#[test]
fn every_form_of_results() {
    let g = graph();
    let run = |q: &str, f: Option<ResultFormat>| {
        let mut out = Vec::new();
        g.query(q, &QueryOptions::default()).unwrap().write(f, &mut out).map(|n| (n, String::from_utf8(out).unwrap()))
    };
    let select = "SELECT ?e ?l WHERE { ?e a kg:Country ; rdfs:label ?l }";
    let (n, table) = run(select, None).unwrap();
    assert_eq!((n, table.as_str()), (1, "e           l\n──────────  ──────\nent:sarvie  Sarvie\n(1 row)\n"));
    assert!(run(select, Some(ResultFormat::Json)).unwrap().1.starts_with("{\"head\""));
    assert!(run(select, Some(ResultFormat::Xml)).unwrap().1.contains("<sparql"));
    assert!(run(select, Some(ResultFormat::Tsv)).unwrap().1.contains("\"Sarvie\"@fr"));
    let construct = "CONSTRUCT WHERE { ?e a kg:Country ; rdfs:label ?l }";
    let (n, turtle) = run(construct, None).unwrap();
    assert!(n == 2 && turtle.contains("ent:sarvie a kg:Country"), "{turtle}");
    assert_eq!(run("DESCRIBE ent:sarvie", Some(ResultFormat::NTriples)).unwrap().1.lines().count(), 5);
    assert!(run(select, Some(ResultFormat::Turtle)).is_err());
    assert!(run(construct, Some(ResultFormat::Csv)).is_err());
    assert_eq!(run("ASK { ?s a kg:Person }", None).unwrap().1, "true\n");
}
