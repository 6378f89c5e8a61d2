//! Prints the claims of a text as JSON Lines: `extract_text FILE [DATE]`.
//!
//! `FILE` is a text, or a CoNLL-U file whose name ends in `.conllu`; `DATE` is its publication date.

use temoin_language::Annotator;
use temoin_model::record::ClaimRecord;
use temoin_model::{Article, Lang, Meta, conllu};

fn main() {
    let mut args = std::env::args().skip(1);
    let Some(file) = args.next() else {
        eprintln!("usage: extract_text FILE [DATE]");
        std::process::exit(2);
    };
    let published = args.next().map(|d| d.parse().expect("a date as YYYY-MM-DD"));
    let text = std::fs::read_to_string(&file).expect("a readable file");
    let meta = Meta { name: file.clone(), published, ..Meta::default() };
    let doc = if file.ends_with(".conllu") {
        conllu::parse_one(&text, meta).expect("CoNLL-U")
    } else {
        Annotator::builtin(Lang::Fr).annotate(Article { meta, text })
    };
    let extraction = temoin_extract::Extractor::builtin().extract(&doc);
    for c in &extraction.claims {
        println!("{}", ClaimRecord::new(&doc, &extraction, c).to_json());
    }
}
