//! English text of our own through the models that the binary embeds.

mod common;

use common::check;
use temoin_language::Annotator;
use temoin_model::{Article, Document, Lang, Meta};

fn annotate(text: &str) -> Document {
    let meta = Meta { lang: Lang::En, ..Meta::default() };
    let doc = Annotator::builtin(Lang::En).annotate(Article { meta, text: text.to_owned() });
    check(&doc);
    doc
}

fn sentences(d: &Document) -> Vec<&str> {
    (0..d.sentence_count()).map(|s| d.slice(d.sentence_span(s))).collect()
}

#[test]
fn words_and_sentences() {
    let d = annotate("It didn't rain. Mr. Hill left at 5 p.m. on Monday. \u{201c}We can't stay,\u{201d} he said.");
    assert_eq!(
        sentences(&d),
        ["It didn't rain.", "Mr. Hill left at 5 p.m. on Monday.", "\u{201c}We can't stay,\u{201d} he said."]
    );
    let forms: Vec<&str> = d.tokens().map(|t| d.form(t)).collect();
    assert_eq!(forms[..5], ["It", "did", "n't", "rain", "."]);
}

#[test]
fn tags_lemmas_and_trees() {
    let d = annotate("The ministers have approved two new laws.");
    let lemmas: Vec<&str> = d.tokens().map(|t| d.lemma(t)).collect();
    assert_eq!(lemmas, ["the", "minister", "have", "approve", "two", "new", "law", "."]);
    let of = |form: &str| d.tokens().find(|&t| d.form(t) == form).expect("a word of the sentence");
    assert_eq!(d.head(of("ministers")), Some(of("approved")));
    assert_eq!(d.deprel(of("ministers")), "nsubj");
    assert_eq!(d.deprel(of("laws")), "obj");
}

#[test]
fn names_have_kinds() {
    let d = annotate("Barack Obama met officials of the United Nations in London on Tuesday.");
    let mut names: Vec<String> = Vec::new();
    for name in d.tokens().filter_map(|t| d.name_at(t)) {
        let line = format!("{:?} {}", name.kind, d.slice(d.char_span(name.tokens)));
        if names.last() != Some(&line) {
            names.push(line);
        }
    }
    assert_eq!(names, ["Person Barack Obama", "Organization United Nations", "Location London"]);
}
