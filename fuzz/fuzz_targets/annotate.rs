//! The whole annotation of arbitrary bytes. The first byte chooses the language, the others are
//! decoded as the command line decodes a file. What must hold is what the property tests of
//! `crates/language` ask for, and that blank lines around a text change nothing in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use temoin_language::Annotator;
use temoin_model::{Article, Lang, Meta, conllu};

#[path = "../../crates/language/tests/common/mod.rs"]
mod common;
// The file itself: the facade would bring the triple store into the instrumented build.
#[allow(dead_code)]
#[path = "../../crates/temoin/src/decode.rs"]
mod decode;

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let Ok(decoded) = decode::decode(bytes) else { return };
    let annotator = annotator(if first % 2 == 0 { Lang::Fr } else { Lang::En });
    let annotate = |text: String| annotator.annotate(Article { meta: Meta::default(), text });
    let alone = annotate(decoded.text.clone());
    common::check(&alone);
    // Inside other text, the same sentences come out.
    let (before, behind) = ("Il a dit : « Non. »\n\n", "\n\n» Le 12");
    let inside = annotate(format!("{before}{}{behind}", decoded.text));
    common::check(&inside);
    let tree = |d: &temoin_model::Document, s: usize| {
        let first = d.sentence(s).start;
        let words = d.tokens_in(d.sentence(s));
        words
            .map(|t| {
                format!(
                    "{} {} {:?} {} {} {:?}",
                    d.form(t),
                    d.lemma(t),
                    d.upos(t),
                    d.feats(t),
                    d.deprel(t),
                    d.head(t).map(|h| h.0 - first)
                )
            })
            .collect::<Vec<_>>()
    };
    let from = annotate(before.trim_end().to_owned()).sentence_count();
    for s in 0..alone.sentence_count() {
        assert_eq!(tree(&alone, s), tree(&inside, from + s));
    }
    drop(conllu::write(&alone));
});

fn annotator(lang: Lang) -> &'static Annotator {
    static BOTH: OnceLock<[Annotator; 2]> = OnceLock::new();
    &BOTH.get_or_init(|| [Lang::Fr, Lang::En].map(Annotator::builtin))[usize::from(lang == Lang::En)]
}
