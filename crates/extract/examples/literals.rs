//! Prints the times, quantities and factuality that are read from French text on standard input:
//! `cargo run --example literals -- 2022-01-06 < article.txt`.

use std::io::Read;
use temoin_extract::{factuality, quantity, time};
use temoin_language::Annotator;
use temoin_model::{Article, Lang, Meta, Upos};

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("standard input is UTF-8");
    let published = std::env::args().nth(1).and_then(|d| d.parse().ok());
    let doc = Annotator::builtin(Lang::Fr).annotate(Article { meta: Meta { published, ..Meta::default() }, text });
    println!("published: {:?}", time::publication_date(&doc));
    let times = time::find(&doc);
    let quantities = quantity::find_beside(&doc, &times);
    for (s, &sentence) in doc.sentences().iter().enumerate() {
        println!("\n{}", doc.slice(doc.sentence_span(s)));
        for t in times.iter().filter(|t| sentence.contains(t.tokens)) {
            println!("  T {} = {} ({}, {:?})", t.value.text, t.value.edtf, t.value.rule, t.value.basis);
        }
        for q in quantities.iter().filter(|q| sentence.contains(q.tokens)) {
            let v = &q.value;
            println!(
                "  Q {} = {:?} [{:?}, {:?}] {:?} {} of {}",
                v.text,
                v.value,
                v.min,
                v.max,
                v.precision,
                v.unit.as_deref().unwrap_or("-"),
                doc.form(q.noun)
            );
        }
        for t in doc.tokens_in(sentence).filter(|&t| doc.upos(t) == Upos::Verb) {
            let f = factuality::judge(&doc, t);
            let by = match f.said_by {
                factuality::Source::Token(s) => doc.form(s),
                factuality::Source::Unnamed => "?",
                factuality::Source::Author => "-",
            };
            let at = time::for_clause(&doc, &times, t).map_or("-", |t| t.value.edtf.as_str());
            println!(
                "  F {} <{}: {:?} {:?} {:?} by {by} {:?} at {at}",
                doc.form(t),
                doc.deprel(t),
                f.status,
                f.certainty,
                f.tense,
                f.markers
            );
        }
    }
}
