//! A known entity is one thing with a label in each language, whatever the language of the article.

use temoin::graph::dot::{DotOptions, render};
use temoin::graph::export::{ExportFormat, Facts, export};
use temoin::graph::show::Card;
use temoin::graph::view::ViewOptions;
use temoin::graph::{GraphFolder, GraphOptions};
use temoin::record::{ClaimRecord, ObjectRecord};
use temoin::{Analysed, Article, Extractor, Lang, Meta, Pipeline};

const FRENCH: &str = "La Tunisie a condamné la Belgique. L'armée belge a bombardé Anvers.";
const ENGLISH: &str = "Tunisia condemned Belgium. The Tunisian army bombed Antwerp.";

fn read(pipeline: &Pipeline, lang: Lang, text: &str) -> Analysed {
    let meta = Meta { name: format!("{lang}.txt"), lang, ..Meta::default() };
    pipeline.extract(Article { meta, text: text.to_owned() })
}

/// Identifier and label of every named entity, sorted.
fn entities(a: &Analysed) -> Vec<(&str, &str)> {
    let named = a.extraction.entities.iter().filter(|e| e.named);
    let mut out: Vec<_> = named.map(|e| (e.id.as_str(), e.label.as_str())).collect();
    out.sort_unstable();
    out
}

#[test]
fn records_show_the_label_in_the_language_of_the_article() {
    let pipeline = Pipeline::builder().threads(1).build();
    let (fr, en) = (read(&pipeline, Lang::Fr, FRENCH), read(&pipeline, Lang::En, ENGLISH));
    assert_eq!(entities(&fr), [("antwerp", "Anvers"), ("belgium", "Belgique"), ("tunisia", "Tunisie")]);
    assert_eq!(entities(&en), [("antwerp", "Antwerp"), ("belgium", "Belgium"), ("tunisia", "Tunisia")]);
    let claim = en.extraction.claims.iter().find(|c| c.predicate == "criticized").expect("a claim");
    let r = ClaimRecord::new(&en.document, &en.extraction, claim);
    assert_eq!((r.subject.id.as_str(), r.subject.label.as_str()), ("tunisia", "Tunisia"));
    assert!(r.subject.aliases.contains(&"Tunisie".to_owned()) && !r.subject.aliases.contains(&"Tunisia".to_owned()));
    assert!(matches!(r.object, ObjectRecord::Entity(o) if o.label == "Belgium"));
}

#[test]
fn own_entities_have_labels_by_language_too() {
    let mut extractor = Extractor::builtin();
    extractor.add_entities("Organization\tLigue des Phares\tLighthouse League@en|LDP\n").unwrap();
    let pipeline = Pipeline::builder().threads(1).extractor(extractor).build();
    let fr = read(&pipeline, Lang::Fr, "La Ligue des Phares a condamné la Tunisie.");
    let en = read(&pipeline, Lang::En, "The LDP condemned Tunisia.");
    assert_eq!(entities(&fr), [("ligue-des-phares", "Ligue des Phares"), ("tunisia", "Tunisie")]);
    assert_eq!(entities(&en), [("ligue-des-phares", "Lighthouse League"), ("tunisia", "Tunisia")]);
}

/// The folder of `articles` in this order, as N-Quads.
fn quads(dir: &std::path::Path, pipeline: &Pipeline, articles: &[&Analysed]) -> String {
    let options = GraphOptions { base: None, relations: pipeline.relation_infos() };
    let folder = GraphFolder::create_or_open(dir, &options).unwrap();
    let mut writer = folder.writer().unwrap();
    for a in articles {
        writer.add(&a.document, &a.extraction).unwrap();
    }
    writer.commit().unwrap();
    let mut out = Vec::new();
    export(&GraphFolder::open(dir).unwrap(), ExportFormat::NQuads, Facts::Asserted, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn one_node_has_both_labels_in_any_order() {
    let pipeline = Pipeline::builder().threads(1).build();
    let (fr, en) = (read(&pipeline, Lang::Fr, FRENCH), read(&pipeline, Lang::En, ENGLISH));
    let dir = tempfile::tempdir().unwrap();
    let both = quads(&dir.path().join("a"), &pipeline, &[&fr, &en]);
    assert!(both == quads(&dir.path().join("b"), &pipeline, &[&en, &fr]), "the order of articles changes bytes");
    let alone = quads(&dir.path().join("c"), &pipeline, &[&en]);
    for text in [&both, &alone] {
        let of = |p: &str| {
            let start = format!("<https://w3id.org/temoin/id/ent/tunisia> <{p}> ");
            text.lines().filter_map(|l| l.strip_prefix(&start)?.split(" <").next()).collect::<Vec<_>>()
        };
        assert_eq!(of("http://www.w3.org/2000/01/rdf-schema#label"), ["\"Tunisia\"@en", "\"Tunisie\"@fr"]);
        assert!(!of("http://www.w3.org/2004/02/skos/core#altLabel").iter().any(|l| l.starts_with("\"Tunisi")));
    }

    let graph = GraphFolder::open(&dir.path().join("a")).unwrap().load().unwrap();
    for name in ["Tunisie", "tunisia", "Antwerp", "Anvers"] {
        let Card::Entity(card) = graph.show(name).unwrap() else { panic!("{name} is no entity") };
        assert_eq!(card.entity.label, if name.starts_with(['T', 't']) { "Tunisie" } else { "Anvers" });
        let focus = ViewOptions { focus: Some(name.into()), hops: 1, ..ViewOptions::default() };
        assert!(graph.view(&focus).unwrap().focus.is_some(), "{name}");
    }
    let view = graph.view(&ViewOptions::default()).unwrap();
    let draw = |lang| render(&view, &DotOptions { lang, ..DotOptions::default() });
    assert!(draw(Lang::Fr).contains("<B>Tunisie</B>") && draw(Lang::En).contains("<B>Tunisia</B>"));
}

#[test]
fn labels_and_names_are_free_of_signs_without_width() {
    const CLEAN: &str =
        "Le président Emmanuel Macron a critiqué la Russie. Le directeur de l'usine a accusé Jean Morel.";
    let pipeline = Pipeline::builder().threads(1).build();
    let show = |a: &Analysed| -> Vec<String> {
        let record = |c| ClaimRecord::new(&a.document, &a.extraction, c);
        let line = |r: ClaimRecord| format!("{:?} {} {:?}", r.subject, r.predicate, r.object);
        a.extraction.claims.iter().map(record).map(line).collect()
    };
    let clean = read(&pipeline, Lang::Fr, CLEAN);
    assert!(entities(&clean).contains(&("emmanuel-macron", "Emmanuel Macron")));
    for sign in ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}'] {
        let put =
            |text: &str, word: &str, at: usize| text.replace(word, &format!("{}{sign}{}", &word[..at], &word[at..]));
        let mut text = CLEAN.to_owned();
        for (word, at) in [("Emmanuel", 4), ("Macron", 2), ("Russie", 3), ("Morel", 2), ("usine", 2)] {
            text = put(&text, word, at);
        }
        let a = read(&pipeline, Lang::Fr, &text);
        let names =
            |a: &Analysed| entities(a).into_iter().map(|(i, l)| (i.to_owned(), l.to_owned())).collect::<Vec<_>>();
        assert_eq!(names(&a), names(&clean), "{sign:?}");
        let without: Vec<String> = show(&a).iter().map(|l| l.replace(&a.document.id, "")).collect();
        assert_eq!(without.len(), show(&clean).len());
        assert!(!without.iter().any(|l| l.contains(sign) || l.contains("\\u")), "{without:?}");
        // What is quoted stands in the text, sign for sign.
        assert!(a.extraction.mentions.iter().any(|m| a.document.slice(m.span).contains(sign)));
    }
}

#[test]
fn labels_stand_on_one_line_where_the_text_was_wrapped() {
    let pipeline = Pipeline::builder().threads(1).build();
    let a =
        read(&pipeline, Lang::Fr, "La ministre de la Santé a rencontré mardi le président Emmanuel\nMacron à Paris.");
    assert!(entities(&a).contains(&("emmanuel-macron", "Emmanuel Macron")), "{:?}", entities(&a));
    assert!(a.extraction.entities.iter().all(|e| !e.label.contains('\n')));
}
