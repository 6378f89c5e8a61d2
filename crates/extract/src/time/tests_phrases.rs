use super::*;
use crate::testing::{bare, published};
use temoin_model::{Lang, Meta};

fn read(lang: Lang, text: &str) -> Vec<String> {
    let doc = bare(text, Meta { lang, ..published("2022-01-06") });
    find(&doc).into_iter().map(|t| t.value.edtf).collect()
}

#[test]
fn explore() {
    let Ok(p) = std::env::var("EXPLORE") else { return };
    for l in std::fs::read_to_string(p).unwrap().lines() {
        let (lang, text) = l.split_once('\t').unwrap();
        let lang = if lang == "fr" { Lang::Fr } else { Lang::En };
        eprintln!("{text}\t{:?}", read(lang, text));
    }
}
