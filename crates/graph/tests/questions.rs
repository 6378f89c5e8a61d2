//! Neighbourhoods, paths, timelines, centrality and communities of small graphs.

mod sample;

use temoin_graph::questions::{Centrality, Grouping, Include, Network};
use temoin_graph::records::Claims;
use temoin_graph::{GraphBuilder, Iris};
use temoin_model::*;

const TEXT: &str =
    "Ada a rencontré Boris. Boris a accusé Carla. Carla aurait aidé Denis. Denis dirige Ada SA. Ellen a vu Félix.";

/// Ada — Boris — Carla, all asserted; Carla ┄ Denis hedged; Ellen ┄ Félix reported and apart.
fn claims() -> Claims {
    let doc = sample::document(TEXT, Meta { name: "a.txt".into(), ..Meta::default() });
    let mut f = sample::Found::new(&doc);
    let mut who = |id: &str, label: &str| f.entity(id, label, EntityType::Person);
    let (a, b, c, d) = (who("ada", "Ada"), who("boris", "Boris"), who("carla", "Carla"), who("denis", "Denis"));
    let (e, g, h) = (who("ellen", "Ellen"), who("felix", "Félix"), who("ada-2", "Ada"));
    f.claim(Subject::Entity(a), "met", Object::Entity(b), "rencontré");
    let day = |d: &str, words: &str| TimeValue {
        edtf: d.into(),
        start: Some(d.parse().unwrap()),
        end: Some(d.parse().unwrap()),
        basis: TimeBasis::Explicit,
        text: words.into(),
        span: Span::new(0, 1),
        rule: "test",
    };
    let accused = f.claim(Subject::Entity(b), "accused", Object::Entity(c), "accusé");
    accused.time = Some(day("2031-03-04", "mardi"));
    f.claim(Subject::Entity(b), "open:voir", Object::Entity(c), "accusé").time = Some(day("2031-03-02", "dimanche"));
    f.claim(Subject::Entity(b), "said", Object::Text("rien".into()), "accusé");
    f.claim(Subject::Entity(c), "aided", Object::Entity(d), "aidé").status = Status::Hedged;
    f.claim(Subject::Entity(d), "leads", Object::Entity(h), "dirige");
    f.claim(Subject::Entity(e), "saw", Object::Entity(g), "vu").status = Status::Reported;
    f.claim(Subject::Entity(e), "saw", Object::Entity(e), "vu");
    let found = f.finish();
    let mut graph = GraphBuilder::new(Iris::default(), &[]);
    graph.add(&doc, &found);
    graph.finish().claims()
}

fn entity(c: &Claims, id: &str) -> usize {
    c.entities.iter().position(|e| e.id == id).unwrap()
}

#[test]
fn paths_keep_to_the_claims_that_are_asked_for_and_bring_their_sentences() {
    let c = claims();
    let at = |id: &str| entity(&c, id);
    let asserted = Network::new(&c, Include::Asserted);
    let steps = asserted.path(at("ada"), at("carla")).steps.unwrap();
    let seen: Vec<_> =
        steps.iter().map(|s| (s.from.id.as_str(), s.claim.relation.as_str(), s.to.id.as_str())).collect();
    assert_eq!(seen, [("ada", "met", "boris"), ("boris", "accused", "carla")]);
    assert_eq!(steps[1].claim.sentence, "Boris a accusé Carla.");
    assert_eq!(steps[1].others.len(), 1, "the open relation between the two");
    let chars: String = TEXT.chars().skip(steps[1].claim.begin as usize).take(6).collect();
    assert_eq!(chars, "accusé");
    assert_eq!(asserted.path(at("ada"), at("denis")).steps, None);
    let all = Network::new(&c, Include::All).path(at("ada"), at("denis")).steps.unwrap();
    assert_eq!((all.len(), all[2].claim.status), (3, Status::Hedged));
    // Claims may point either way.
    assert_eq!(asserted.path(at("carla"), at("ada")).steps.unwrap().len(), 2);
    assert_eq!(asserted.path(at("ada"), at("ada")).steps, Some(Vec::new()));
    assert_eq!(Network::new(&c, Include::All).path(at("ada"), at("ellen")).steps, None);
}

#[test]
fn neighbours_come_ring_by_ring() {
    let c = claims();
    let around = |id, depth, include| {
        let n = Network::new(&c, include).neighbours(entity(&c, id), depth);
        n.neighbours.into_iter().map(|n| (n.distance, n.entity.id, n.via.id, n.claims.len())).collect::<Vec<_>>()
    };
    let row = |d: usize, e: &str, v: &str, n: usize| (d, e.to_owned(), v.to_owned(), n);
    assert_eq!(around("ada", 1, Include::Asserted), [row(1, "boris", "ada", 1)]);
    assert_eq!(around("ada", 2, Include::Asserted), [row(1, "boris", "ada", 1), row(2, "carla", "boris", 2)]);
    assert_eq!(around("ada", 9, Include::All).len(), 4);
    assert_eq!(around("ellen", 3, Include::Asserted), []);
    assert_eq!(around("ellen", 3, Include::Reported), [row(1, "felix", "ellen", 1)]);
    assert_eq!(around("ada", 0, Include::All), []);
}

#[test]
fn a_timeline_is_in_order_and_never_takes_the_articles_date() {
    let c = claims();
    let t = c.timeline(entity(&c, "boris"), Include::Asserted);
    let days: Vec<_> =
        t.dated.iter().map(|e| (e.start.unwrap().to_string(), e.claim.relation.as_str(), e.role)).collect();
    assert_eq!(days, [("2031-03-02".into(), "open:voir", "subject"), ("2031-03-04".into(), "accused", "subject")]);
    let undated: Vec<_> = t.undated.iter().map(|e| (e.claim.relation.as_str(), e.role)).collect();
    assert_eq!(undated, [("met", "object"), ("said", "subject")]);
    assert_eq!(t.undated[1].claim.value.as_deref(), Some("rien"));
    assert!(c.timeline(entity(&c, "denis"), Include::Reported).undated.iter().all(|e| e.claim.relation != "aided"));
}

#[test]
fn the_middle_of_a_chain_is_central() {
    let c = claims();
    let n = Network::new(&c, Include::All);
    let by_degree = n.rank(Centrality::Degree);
    assert_eq!((by_degree[0].entity.id.as_str(), by_degree[0].degree, by_degree[0].claims), ("boris", 2, 3));
    let between = n.rank(Centrality::Betweenness);
    // Ada, Boris, Carla, Denis, Ada SA is a chain of five in seven: its middle lies on four of the fifteen
    // ways between two others.
    assert_eq!((between[0].entity.id.as_str(), between[0].betweenness), ("carla", Some(0.266667)));
    assert_eq!(between.last().unwrap().betweenness, Some(0.0));
    // Two entities alone: 0/0 is nobody's share.
    let pair = Network::new(&c, Include::Reported).rank(Centrality::Betweenness);
    assert!(pair.iter().all(|r| r.betweenness.unwrap().is_finite()));
    assert!(Network::new(&Claims::default(), Include::All).rank(Centrality::Betweenness).is_empty());
}

#[test]
fn groups_hold_everybody_once() {
    let c = claims();
    for (include, components) in [(Include::Asserted, 2), (Include::Reported, 3), (Include::All, 2)] {
        let n = Network::new(&c, include);
        let parts = n.groups(Grouping::Components);
        assert_eq!(parts.len(), components, "{include:?}");
        assert!(parts.iter().all(|p| p.outside == 0));
        let communities = n.groups(Grouping::Communities);
        let mut all: Vec<&str> = communities.iter().flat_map(|g| &g.members).map(|m| m.id.as_str()).collect();
        let members = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!((members, all.len()), (n.graph.node_count(), n.graph.node_count()));
        assert!(communities.len() >= components);
    }
}

#[test]
fn names_that_two_have_are_told() {
    let c = claims();
    let chosen = c.find_entity("ada").unwrap();
    assert_eq!(c.entities[chosen].id, "ada", "the identifier");
    assert_eq!(c.namesakes("Ada", chosen), [entity(&c, "ada-2")]);
    assert!(c.namesakes("ent:ada", chosen).is_empty());
    assert!(c.namesakes("Boris", entity(&c, "boris")).is_empty());
}
