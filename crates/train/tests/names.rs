//! The trainer of names on sentences of our own: it learns, and the same data gives the same bytes.

use temoin_language::Annotator;
use temoin_language::container::ModelFile;
use temoin_language::names::NameTagger;
use temoin_language::names::lexicon::NameLexicon;
use temoin_model::{Lang, NameKind, Span};
use temoin_train::names::corpora::{GoldArticle, GoldName};
use temoin_train::names::crf::{Settings, Trainer};
use temoin_train::names::prepare::{self, Numbering};

/// Names stand between brackets, behind the letter of their kind: `[P Odile]`, `[L Brest]`.
fn article(marked: &str) -> GoldArticle {
    let mut a = GoldArticle::default();
    let mut open: Option<(u32, NameKind)> = None;
    let mut chars = marked.chars();
    while let Some(c) = chars.next() {
        let at = a.text.chars().count() as u32;
        match c {
            '[' => {
                let kind = if chars.next() == Some('P') { NameKind::Person } else { NameKind::Location };
                chars.next();
                open = Some((at, kind));
            }
            ']' => {
                let (start, kind) = open.take().expect("an open name");
                a.names.push(GoldName { span: Span::new(start, at), kind: Some(kind) });
            }
            c => a.text.push(c),
        }
    }
    a
}

fn train(annotator: &Annotator) -> NameTagger {
    let mut numbering = Numbering::default();
    let mut sentences = Vec::new();
    for marked in [
        "Mme [P Odile Kerjean] habite à [L Plouvien].",
        "M. [P Hugo Mestral] travaille à [L Vourles].",
        "Mme [P Jeanne Ostal] travaille à [L Corbas].",
        "Le maire de [L Vourles] salue M. [P Paul Kerjean].",
        "Hier, la pluie est tombée.",
    ] {
        let gold = article(marked);
        let doc = prepare::annotate(annotator, &gold);
        let allowed = prepare::allowed(&doc, &gold);
        prepare::sentences(&doc, &NameLexicon::default(), &allowed, 1.0, &mut numbering, &mut sentences);
    }
    numbering.prune(1, &mut sentences);
    let mut trainer = Trainer::new(numbering.prints.len(), Settings { rate: 0.3, l1: 0.0, l2: 0.0 });
    for _ in 0..20 {
        for s in &sentences {
            trainer.step(s);
        }
    }
    NameTagger::new(NameLexicon::default(), trainer.finish(&numbering.prints, 32.0))
}

#[test]
fn names_are_learned_from_their_surroundings() {
    let annotator = Annotator::builtin(Lang::Fr);
    let tagger = train(&annotator);
    let unseen = article("M. [P Luc Valtin] habite à [L Sarcey].");
    let mut doc = prepare::annotate(&annotator, &unseen);
    tagger.tag(&mut doc);
    let found: Vec<_> =
        doc.names.iter().map(|n| GoldName { span: doc.char_span(n.tokens), kind: Some(n.kind) }).collect();
    assert_eq!(found, unseen.names);
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let annotator = Annotator::builtin(Lang::Fr);
    let bytes = || {
        let mut file = ModelFile::default();
        train(&annotator).model().write(&mut file);
        file.sections().map(|(n, _)| file.section(n).unwrap().to_vec()).collect::<Vec<_>>()
    };
    assert_eq!(bytes(), bytes());
}
