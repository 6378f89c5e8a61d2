//! What several invented articles tell of one happening.

mod sample;

use sample::{Found, document, quantity};
use temoin_graph::compare::{Happening, Stance};
use temoin_graph::query::{QueryOptions, ResultFormat};
use temoin_graph::{Graph, GraphBuilder, Iris};
use temoin_model::*;

const REST: &str = "Le pont de Verlieu reste fermé. La préfecture attend les secours de la Sarvie. \
    Les habitants de la vallée ont passé la nuit dans le gymnase du lycée. La décrue est attendue jeudi.";

fn at(name: &str, date: &str, text: &str) -> Document {
    let meta = Meta { name: name.into(), published: Some(date.parse().unwrap()), lang: Lang::Fr, ..Meta::default() };
    document(text, meta)
}

/// An article that gives a number of dead at Verlieu.
fn toll(name: &str, date: &str, words: &str, value: f64) -> (Document, Extraction) {
    let doc = at(name, date, &format!("La crue a fait {words} morts à Verlieu. {REST}"));
    let mut f = Found::new(&doc);
    let verlieu = f.entity("verlieu", "Verlieu", EntityType::Place);
    f.mention("Verlieu", verlieu);
    let n = quantity(&doc, words, Some(value), Some(value), Some(value));
    let c = f.claim(Subject::Unknown, "killedCount", Object::Quantity(n), "fait");
    c.places = vec![verlieu];
    let found = f.finish();
    (doc, found)
}

/// An article on whether Sarvie sent firemen to Verlieu.
fn sent(name: &str, date: &str, text: &str, status: Status, object: (&str, &str)) -> (Document, Extraction) {
    let doc = at(name, date, text);
    let mut f = Found::new(&doc);
    let sarvie = f.entity("sarvie", "Sarvie", EntityType::Country);
    let place = f.entity(object.0, object.1, EntityType::Place);
    f.mention("Sarvie", sarvie);
    f.mention(object.1, place);
    f.claim(Subject::Entity(sarvie), "deployedTo", Object::Entity(place), "envoyé").status = status;
    let found = f.finish();
    (doc, found)
}

fn graph(articles: &[(Document, Extraction)]) -> Graph {
    let mut b = GraphBuilder::new(Iris::default(), &[]);
    for (doc, found) in articles {
        b.add(doc, found);
    }
    b.finish()
}

fn only(g: &Graph) -> &Happening {
    let all = &g.comparison().happenings;
    assert_eq!(all.len(), 1, "{all:?}");
    &all[0]
}

#[test]
fn numbers_that_differ_are_told_with_their_days() {
    let g = graph(&[
        toll("a", "2031-03-05", "douze", 12.0),
        toll("b", "2031-03-06", "quinze (selon la mairie, qui compte aussi les disparus du hameau voisin)", 15.0),
    ]);
    let h = only(&g);
    assert!(h.numbers_differ && !h.disputed);
    let numbers: Vec<_> =
        h.told.iter().map(|t| (t.number.as_ref().unwrap().min, t.reported_on.unwrap().to_string())).collect();
    assert_eq!(numbers, [(Some(12.0), "2031-03-05".into()), (Some(15.0), "2031-03-06".into())]);
    assert_eq!(h.places, ["verlieu"]);
}

#[test]
fn copies_of_one_text_count_once() {
    let all = [toll("a", "2031-03-05", "douze", 12.0), toll("b", "2031-03-06", "12", 12.0)];
    assert_ne!(all[0].0.id, all[1].0.id);
    let g = graph(&all);
    let h = only(&g);
    assert_eq!((h.articles, h.independent, h.numbers_differ), (2, 1, false));
    assert_eq!(g.comparison().copies[&all[1].0.id], all[0].0.id, "the earlier one is the original");
    assert_eq!(h.told[1].copy_of.as_ref(), Some(&all[0].0.id));
    let claims = g.claims();
    assert_eq!(claims.documents.iter().filter(|d| d.copy_of.is_some()).count(), 1);
}

#[test]
fn who_affirms_and_who_denies() {
    let g = graph(&[
        sent("a", "2031-03-05", "La Sarvie a envoyé des pompiers à Verlieu.", Status::Asserted, ("verlieu", "Verlieu")),
        sent(
            "b",
            "2031-03-06",
            "Non, Sarvie n'a pas envoyé de pompiers à Verlieu.",
            Status::Denied,
            ("verlieu", "Verlieu"),
        ),
        sent("c", "2031-03-06", "La Sarvie a envoyé des pompiers à Dulac.", Status::Asserted, ("dulac", "Dulac")),
        sent("d", "2031-09-06", "La Sarvie a envoyé des soldats à Verlieu.", Status::Asserted, ("verlieu", "Verlieu")),
    ]);
    let h = only(&g);
    assert!(h.disputed && !h.numbers_differ);
    assert_eq!(h.told.iter().map(|t| t.stance).collect::<Vec<_>>(), [Stance::Affirms, Stance::Denies]);
    let query = "SELECT ?a ?d { ?h a kg:Happening ; kg:disputed true ; kg:independentReports 2 ; \
                 kg:affirmedBy/kg:evidence/kg:text ?a ; kg:deniedBy/kg:evidence/kg:text ?d }";
    let mut out = Vec::new();
    g.query(query, &QueryOptions::default()).unwrap().write(Some(ResultFormat::Csv), &mut out).unwrap();
    let rows = String::from_utf8(out).unwrap();
    assert!(
        rows.contains("La Sarvie a envoyé") && rows.contains("n'a pas envoyé") && rows.lines().count() == 2,
        "{rows}"
    );
    // The diagram marks the edge.
    let view = g.view(&temoin_graph::view::ViewOptions::default()).unwrap();
    let dot = temoin_graph::dot::render(&view, &temoin_graph::dot::DotOptions::default());
    assert!(dot.contains("<B>≠</B>") && dot.contains("les articles ne disent pas la même chose"), "{dot}");
}

/// An article of one story that gives a number of injured, and neither place nor day.
fn injured(name: &str, date: &str, words: &str, value: f64) -> (Document, Extraction) {
    let text = format!("{words} blessés, selon {name}. Lise Orvan, Marc Dulac et Jean Petit attendent les secours.");
    let doc = at(name, date, &text);
    let mut f = Found::new(&doc);
    for (id, who) in [("lise-orvan", "Lise Orvan"), ("marc-dulac", "Marc Dulac"), ("jean-petit", "Jean Petit")] {
        let e = f.entity(id, who, EntityType::Organization);
        f.mention(who, e);
    }
    let n = quantity(&doc, words, Some(value), Some(value), Some(value));
    f.claim(Subject::Unknown, "injuredCount", Object::Quantity(n), "blessés");
    let found = f.finish();
    (doc, found)
}

#[test]
fn counts_of_one_story_meet_if_they_are_of_one_magnitude() {
    let g = graph(&[
        injured("la Gazette", "2031-03-05", "3700", 3700.0),
        injured("le Courrier", "2031-03-10", "6000", 6000.0),
        injured("la Tribune", "2031-03-08", "230", 230.0),
    ]);
    let h = only(&g);
    assert!(h.numbers_differ);
    let numbers: Vec<_> = h.told.iter().map(|t| t.number.as_ref().unwrap().min).collect();
    assert_eq!(numbers, [Some(3700.0), Some(6000.0)]);
}
