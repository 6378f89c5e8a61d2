//! What the entity stage must find in whole sentences.

use super::{EntityLayer, Gazetteer, InherentObject, resolve};
use crate::quantity;
use std::sync::LazyLock;
use temoin_language::Annotator;
use temoin_model::{Article, Document, EntityType, Lang, MentionKind, Meta};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::builtin);

fn read(text: &str) -> (Document, EntityLayer) {
    let doc = Annotator::builtin(Lang::Fr).annotate(Article { meta: Meta::default(), text: text.into() });
    let layer = resolve(&doc, &GAZETTEER, &quantity::find(&doc));
    (doc, layer)
}

/// Label of the entity behind the first mention written `words`.
fn entity_of<'a>(doc: &Document, layer: &'a EntityLayer, words: &str) -> Option<&'a str> {
    let m = layer.mentions.iter().find(|m| doc.slice(m.span) == words)?;
    Some(&layer.entities[m.entity.0 as usize].label)
}

#[test]
fn a_state_is_a_country_with_its_identifiers() {
    let (_, layer) = read("Le Pérou a fermé sa frontière avec la Bolivie.");
    let ids: Vec<_> = layer.entities.iter().filter(|e| e.kind == EntityType::Country).map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["peru", "bolivia"]);
    assert!(layer.entities.iter().any(|e| e.wikidata.as_deref() == Some("Q419")));
}

#[test]
fn a_force_with_a_nationality_stands_for_its_state() {
    let (doc, layer) = read("Des troupes éthiopiennes sont entrées en Somalie.");
    assert!(layer.entities.iter().any(|e| e.id == "ethiopia"));
    let noun = doc.tokens().find(|&t| doc.form(t) == "troupes").unwrap();
    assert_eq!(layer.actors(noun).len(), 1);
    assert_eq!(layer.mentions[layer.actors(noun)[0].0 as usize].kind, MentionKind::Demonym);
}

#[test]
fn coordinated_nationalities_are_several_states() {
    let (doc, layer) = read("Des soldats français, allemands et tchèques patrouillent dans la ville.");
    let noun = doc.tokens().find(|&t| doc.form(t) == "soldats").unwrap();
    let states: Vec<&str> = layer
        .actors(noun)
        .into_iter()
        .map(|m| layer.entities[layer.mentions[m.0 as usize].entity.0 as usize].id.as_str())
        .collect();
    assert_eq!(states, ["france", "germany", "czechia"]);
}

#[test]
fn an_acronym_in_brackets_is_the_same_organisation() {
    let (doc, layer) = read("L'Union des pêcheurs artisans (UPA) a porté plainte. L'UPA demande une enquête.");
    let short: Vec<_> = layer.inherent.iter().filter(|i| i.predicate == "shortName").collect();
    assert_eq!(short.len(), 1);
    assert_eq!(short[0].object, InherentObject::Text("UPA".into()));
    assert_eq!(entity_of(&doc, &layer, "UPA"), Some("Union des pêcheurs artisans"));
    assert_eq!(layer.entities.iter().filter(|e| e.kind == EntityType::Organization && e.named).count(), 1);
}

#[test]
fn the_country_is_the_state_spoken_of() {
    let (doc, layer) = read("Le Mali a voté dimanche. Les électeurs du pays ont attendu des heures.");
    assert_eq!(entity_of(&doc, &layer, "pays").or(entity_of(&doc, &layer, "le pays")), Some("Mali"));
}

#[test]
fn any_text_is_read_without_a_panic() {
    for text in [
        "",
        "(",
        "(ONU)",
        ", le président",
        "« »",
        "de de de de",
        "L'",
        "Les Russes russes, russes et",
        "qui qui ( ) , ,",
    ] {
        let (doc, layer) = read(text);
        assert_eq!(layer.by_head.len(), doc.len());
        assert_eq!(layer.affiliation.len(), layer.entities.len());
    }
}
