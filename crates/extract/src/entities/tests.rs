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
fn a_title_says_what_its_bearer_heads() {
    let (_, layer) = read("Le président péruvien Alonso Quispe a reçu les maires.");
    let fact = layer.inherent.iter().find(|i| i.predicate == "headOfStateOf").expect("a head of state");
    let of = |m: temoin_model::MentionIx| &layer.entities[layer.mentions[m.0 as usize].entity.0 as usize];
    assert_eq!(of(fact.subject).label, "Alonso Quispe");
    assert!(matches!(fact.object, InherentObject::Mention(m) if of(m).id == "peru"));
}

#[test]
fn a_former_title_says_nothing_of_today() {
    let (_, layer) = read("L'ancien président péruvien Alonso Quispe a reçu les maires.");
    assert!(layer.inherent.iter().all(|i| i.predicate != "headOfStateOf"));
}

#[test]
fn a_surname_is_the_person_named_in_full() {
    let (_, layer) = read("Kateryna Moroz a quitté Lviv hier. Moroz a pris le train pour la Pologne.");
    let persons = layer.entities.iter().filter(|e| e.kind == EntityType::Person).count();
    assert_eq!(persons, 1);
}

#[test]
fn a_description_takes_up_what_it_covers() {
    let (doc, layer) = read("Deux hélicoptères ont décollé de la base. Ces appareils transportaient des médecins.");
    assert_eq!(entity_of(&doc, &layer, "Ces appareils"), Some("hélicoptères"));
}

#[test]
fn a_capital_that_decides_is_its_state() {
    let (doc, layer) = read("Ankara a annoncé la fermeture du consulat. Le sommet aura lieu à Ankara.");
    assert_eq!(entity_of(&doc, &layer, "Ankara"), Some("Turquie"));
    assert!(layer.entities.iter().any(|e| e.id == "ankara" && e.kind == EntityType::Place));
}

#[test]
fn an_office_without_a_name_is_the_person_who_holds_it() {
    let (doc, layer) = read(
        "Le président polonais Jan Nowicki a parlé à Varsovie. Le chef de l'État a promis une aide. \
         Le Premier ministre belge, Charles Dupont, est arrivé à Rome. Le chef du gouvernement a remercié l'Italie.",
    );
    let whom = |words: &str| {
        let m = layer.mentions.iter().find(|m| doc.slice(m.span) == words)?;
        Some(layer.entities[m.entity.0 as usize].label.as_str())
    };
    assert_eq!(whom("Le chef de l'État"), Some("Jan Nowicki"));
    assert_eq!(whom("Le chef du gouvernement"), Some("Charles Dupont"));
}

#[test]
fn the_same_text_gives_the_same_layer() {
    let text = "Le chanteur belge Tom Vos est mort à Gand, en Belgique. Il avait quitté le pays en 2001.";
    let (_, a) = read(text);
    let (_, b) = read(text);
    assert_eq!((a.mentions, a.entities, a.by_head), (b.mentions, b.entities, b.by_head));
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

/// The entities of two mentions, by their words.
fn same(doc: &Document, layer: &EntityLayer, a: &str, b: &str) -> bool {
    let of = |w: &str| layer.mentions.iter().find(|m| doc.slice(m.span) == w).map(|m| m.entity);
    of(a).is_some() && of(a) == of(b)
}

#[test]
fn quoted_words_in_the_first_person_are_those_of_the_speaker() {
    let (doc, layer) = read("« Je quitterai mon poste en juin », a déclaré Claire Dumont.");
    assert_eq!(entity_of(&doc, &layer, "Je"), Some("Claire Dumont"));
    assert_eq!(entity_of(&doc, &layer, "mon"), Some("Claire Dumont"));
}

#[test]
fn first_persons_outside_of_quotations_are_nobody_whom_claims_may_name() {
    let (doc, layer) = read("Paul Martin dirige la mairie. Nous avons visité notre école.");
    assert!(same(&doc, &layer, "Nous", "notre"));
    assert_ne!(entity_of(&doc, &layer, "notre"), Some("Paul Martin"));
    let word = doc.tokens().find(|&t| doc.form(t) == "Nous").unwrap();
    assert_eq!(layer.mention_at(word), None);
}

#[test]
fn the_extent_of_a_mention_is_the_whole_phrase() {
    let (doc, layer) = read("Le ministre Paul Martin a salué les habitants du village qui protestaient.");
    let extents = super::extents(&doc, &layer.mentions);
    let words: Vec<&str> = extents.iter().map(|&e| doc.slice(doc.char_span(e))).collect();
    assert!(words.contains(&"Le ministre Paul Martin"), "{words:?}");
    assert!(words.contains(&"les habitants du village"), "{words:?}");
}

#[test]
fn a_pronoun_goes_to_the_subject_that_agrees() {
    let (doc, layer) = read("La directrice a reçu le maire. Elle lui a remis un rapport.");
    assert!(same(&doc, &layer, "La directrice", "Elle"));
}
