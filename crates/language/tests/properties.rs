//! What must hold for any text: places, trees, names, and no influence of what stands around.

mod common;

use common::check;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use temoin_language::Annotator;
use temoin_model::{Article, Document, Lang, Meta, TokenId};
use unicode_normalization::UnicodeNormalization;

fn annotate(lang: Lang, text: &str) -> Document {
    Annotator::builtin(lang).annotate(Article { meta: Meta::default(), text: text.to_owned() })
}

/// What texts are made of, so that rules of the tokenizer meet more often than by chance.
const PIECES: &[&str] = &[
    "le",
    "Le",
    "LE",
    "maire",
    "président",
    "pre\u{301}sident",
    "É",
    "E\u{301}cole",
    "des",
    "Des",
    "DES",
    "du",
    "aux",
    "l'",
    "l’",
    "L'",
    "qu'",
    "aujourd'hui",
    "aujourd’hui",
    "jusqu'",
    "est",
    "a-t-il",
    "-t-elle",
    "dit-on",
    "dis-le-moi",
    "-là",
    "peut-être",
    "Saint-Denis-en-Val",
    "M.",
    "Mme",
    "Dr.",
    "J.",
    "J.-C.",
    "S.N.C.F.",
    "A",
    "B.",
    "etc.",
    "n°",
    "jeudi",
    "mercredi",
    "janvier",
    "Paris",
    "PARIS",
    "ONU",
    "Dupont",
    "Marie",
    "the",
    "The",
    "don't",
    "can't",
    "John's",
    "cannot",
    "it’s",
    "'s",
    "n't",
    "U.S.",
    "Mr.",
    "1",
    "12",
    "2 000",
    "000",
    "3,5",
    "-3",
    "1.",
    "2016-2018",
    "20h30",
    "15%",
    "€",
    "km/h",
    "m²",
    "°C",
    "°",
    "http://",
    "https://a.fr/b?c=d",
    "www.",
    "a@b.fr",
    "@",
    "#mot",
    "fin.Puis",
    ".",
    "...",
    "…",
    "!",
    "?",
    "?!",
    ",",
    ";",
    ":",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "''",
    "(",
    ")",
    "[",
    "]",
    "-",
    "–",
    "—",
    "‑",
    "−",
    "•",
    "*",
    "/",
    "_",
    "=",
    "+",
    " ",
    " ",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{2009}",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\u{2028}",
    "\u{2029}",
    "\u{c}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{feff}",
    "\u{2060}",
    "\u{ad}",
    "\u{301}",
    "\u{0}",
    "\u{7f}",
    "\u{fffd}",
    "\u{202e}",
    "😀",
    "👨\u{200d}👩\u{200d}👧",
    "🇫🇷",
    "❤\u{fe0f}",
    "٣",
    "سلام",
    "中文",
    "。",
    "Москва",
    "ǅ",
    "İ",
    "ß",
    "ﬁ",
    "Ⅷ",
    "a\u{345}",
    "한국",
    "\u{1100}\u{1161}",
    "𝒳",
    "\u{10ffff}",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|p| p.concat()),
        2 => prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|p| p.join(" ")),
        1 => any::<String>(),
        1 => prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter),
        1 => prop::collection::vec(any::<u8>(), 0..200).prop_map(|b| String::from_utf8_lossy(&b).into_owned()),
    ]
}

fn language() -> impl Strategy<Value = Lang> {
    prop::sample::select(&[Lang::Fr, Lang::Fr, Lang::En])
}

/// Everything about the words from `from` to `to`, places counted from character `at`, but names:
/// those look at the whole article.
fn analysis(d: &Document, from: u32, to: u32, at: u32) -> Vec<String> {
    (from..to)
        .map(TokenId)
        .map(|t| {
            let (span, head) = (d.token_span(t), d.head(t).map(|h| h.0 - from));
            let sentence = d.sentence(d.sentence_of(t)).start - from;
            let word = d.multiwords().iter().find(|m| m.contains_at(t.0)).map(|m| m.start - from);
            format!(
                "{}-{} {:?}/{:?} {:?} {} {head:?} {} {sentence} {word:?}",
                span.start - at,
                span.end - at,
                d.form(t),
                d.lemma(t),
                d.upos(t),
                d.feats(t),
                d.deprel(t),
            )
        })
        .collect()
}

/// The same words, tags, trees and names, wherever their characters stand.
fn assert_same_words(a: &Document, b: &Document) {
    let words = |d: &Document| {
        let word = |t| {
            let (form, lemma, head) = (d.form(t).to_owned(), d.lemma(t).to_owned(), d.head(t));
            (form, lemma, d.upos(t), d.feats(t).to_owned(), head, d.deprel(t).to_owned(), d.sentence_of(t))
        };
        d.tokens().map(word).collect::<Vec<_>>()
    };
    let (a_words, b_words) = (words(a), words(b));
    let differ = a_words.iter().zip(&b_words).find(|(a, b)| a != b);
    assert!(differ.is_none() && a_words.len() == b_words.len(), "{} and {} words; {differ:?}", a.len(), b.len());
    assert_eq!(a.names, b.names);
    assert_eq!(a.multiwords(), b.multiwords());
}

fn assert_same_inside(lang: Lang, before: &str, text: &str, after: &str) {
    let alone = annotate(lang, text);
    let head = format!("{before}\n\n");
    let whole = annotate(lang, &format!("{head}{text}\n\n{after}"));
    let at = head.chars().count() as u32;
    let end = at + alone.char_len();
    let count = |c: u32| whole.tokens().take_while(|&t| whole.token_span(t).start < c).count() as u32;
    let (from, to) = (count(at), count(end));
    let cut = |at: u32| whole.sentences().iter().any(|s| s.start < at && at < s.end);
    assert!(!cut(from) && !cut(to), "a sentence goes over a blank line");
    assert_eq!(analysis(&whole, from, to, at), analysis(&alone, 0, alone.len() as u32, 0), "{before:?} {after:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_words_in_place_and_one_tree_a_sentence(lang in language(), text in text()) {
        check(&annotate(lang, &text));
    }

    #[test]
    fn decomposed_letters_change_nothing(lang in language(), words in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        // Whether a line is full is measured in characters: lines are left out.
        let text = words.join(" ").replace(['\n', '\r', '\u{2028}'], " ");
        let (composed, decomposed) = (text.nfc().collect::<String>(), text.nfd().collect::<String>());
        assert_same_words(&annotate(lang, &composed), &annotate(lang, &decomposed));
    }

    #[test]
    fn what_stands_around_a_paragraph_does_not_change_it(
        lang in language(), before in text(), text in text(), after in text(),
    ) {
        assert_same_inside(lang, &before, &text, &after);
    }
}

#[test]
fn edges_of_a_paragraph_do_not_look_beyond_it() {
    for text in [
        "Vitamine C.",
        "» Oui.",
        "« Non.",
        "Il vit des",
        "des aides",
        "12",
        "000",
        "2 000سلامJ. ",
        "A. ",
        "\n. \nA",
        "l’",
    ] {
        for other in ["Il part.", "»", "12", "300", "Non. »", "l'", "des", "(", ")", "M.", "é\u{301}", "\u{feff}"] {
            assert_same_inside(Lang::Fr, other, text, other);
            assert_same_inside(Lang::En, other, text, other);
        }
    }
}

#[test]
fn decomposed_and_invisible_signs_keep_their_places() {
    let text = "Le président Éric Fénelon a été réélu à Besançon. Né à Nîmes, où l’été fut brûlé, il s’y plaît déjà.";
    let composed = annotate(Lang::Fr, text);
    assert!(composed.names.len() >= 2);
    let decomposed = annotate(Lang::Fr, &text.nfd().collect::<String>());
    check(&decomposed);
    assert_same_words(&composed, &decomposed);
    for sign in ["\u{ad}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}"] {
        let sown = annotate(Lang::Fr, &text.replace("si", &format!("s{sign}i")).replace("é", &format!("{sign}é")));
        check(&sown);
        assert_same_words(&composed, &sown);
        let name = sown.names.iter().find(|n| sown.form(TokenId(n.tokens.end - 1)) == "Fénelon").expect("the name");
        assert_eq!(sown.slice(sown.char_span(name.tokens)), format!("Éric F{sign}énelon"));
    }
}
