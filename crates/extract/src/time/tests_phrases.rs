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

#[test]
fn explore_conllu() {
    let Ok(p) = std::env::var("EXPLORE_CONLLU") else { return };
    let lang = if p.contains("/fr") { Lang::Fr } else { Lang::En };
    for block in std::fs::read_to_string(p).unwrap().split("\n\n") {
        let Ok(doc) = temoin_model::conllu::parse_one(&format!("{block}\n"), Meta { lang, ..published("2022-01-06") }) else { continue };
        for t in find(&doc) {
            let sp = t.value.span;
            let text: Vec<char> = doc.text().chars().collect();
            let a = (sp.start as usize).saturating_sub(30);
            let b = (sp.end as usize + 30).min(text.len());
            let l: String = text[a..sp.start as usize].iter().collect();
            let r: String = text[sp.end as usize..b].iter().collect();
            eprintln!("TT {}\t{}\t{l}[[{}]]{r}", t.value.rule, t.value.edtf, t.value.text);
        }
    }
}
