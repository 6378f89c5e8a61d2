//! The layer of reports, on invented texts.

use temoin_extract::Extractor;
use temoin_extract::reports::{MOST_WORDS, NoReport, Report, Reports};
use temoin_language::Annotator;
use temoin_language::container::{ModelError, ModelFile};
use temoin_model::{Article, Document, Lang, Meta};

fn read(text: &str) -> (Document, Result<Report, NoReport>) {
    let doc = Annotator::builtin(Lang::Fr).annotate(Article { meta: Meta::default(), text: text.to_owned() });
    let report = Reports::builtin(Lang::Fr).unwrap().read(&doc, &Extractor::builtin().extract(&doc));
    (doc, report)
}

#[test]
fn an_accident_has_a_place_a_person_and_a_vehicle() {
    let text = "À Nantes, Paul Martin, plombier, a perdu le contrôle de sa voiture le 3 mai 2019. Cet accident a \
                blessé deux passants. Les secours ont transporté Paul Martin à l'hôpital.";
    let (doc, report) = read(text);
    let report = report.unwrap();
    let words =
        |n: usize| report.items[n].mentions.iter().map(|p| doc.slice(doc.char_span(p.span))).collect::<Vec<_>>();
    let item = |kind: &str| (0..report.items.len()).find(|&n| report.items[n].kind == kind).unwrap();
    assert!(words(item("CIVILIAN")).iter().filter(|w| **w == "Paul Martin").count() == 2, "one person, named twice");
    assert!(words(item("PLACE")).contains(&"Nantes"));
    assert!(words(item("MATERIEL")).contains(&"voiture"), "without its determiner");
    assert!(words(item("TIME_EXACT"))[0].contains("3 mai 2019"));
    let (who, place) = (item("CIVILIAN"), item("PLACE"));
    assert!(report.links.iter().any(|l| l.from == who && l.to == place && l.name == "IS_LOCATED_IN"));
    assert!(report.links.iter().all(|l| (0.0..=1.0).contains(&l.probability)));
}

#[test]
fn any_text_is_read_or_refused() {
    for text in ["", " \n", ".", "« »", "42", "Il. Il. Il.", "a, b, c et d d'e de f"] {
        assert!(read(text).1.is_ok(), "{text:?}");
    }
    assert_eq!(read(&"Un feu. ".repeat(MOST_WORDS)).1.unwrap_err(), NoReport::TooLong);
    assert!(Reports::builtin(Lang::En).is_none());
}

#[test]
fn a_model_of_another_kind_is_refused() {
    assert!(matches!(Reports::from_bytes(b"nothing"), Err(ModelError::NotAModel)));
    let other = ModelFile::default().write().unwrap();
    assert!(matches!(Reports::from_bytes(&other), Err(ModelError::Missing(_))));
}

#[test]
fn what_is_written_reads_back() {
    let layer = Reports::builtin(Lang::Fr).unwrap();
    let mut file = ModelFile::default();
    layer.write(&mut file);
    let again = Reports::from_bytes(&file.write().unwrap()).unwrap();
    assert_eq!(again.inventory, layer.inventory);
    assert_eq!(again.layers[0].pairs, layer.layers[0].pairs);
    assert_eq!(again.relations.len(), layer.relations.len());
}
