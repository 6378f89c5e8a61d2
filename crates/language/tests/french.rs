//! French from raw text to trees, with the models that the binary embeds.

use temoin_language::Annotator;
use temoin_model::{Article, Document, Lang, Meta, TokenId, Upos};

fn annotate(text: &str) -> Document {
    Annotator::builtin(Lang::Fr).annotate(Article { meta: Meta::default(), text: text.to_owned() })
}

fn find(d: &Document, form: &str) -> TokenId {
    d.tokens().find(|&t| d.form(t) == form).unwrap_or_else(|| panic!("no word '{form}'"))
}

fn sentences(d: &Document) -> Vec<&str> {
    (0..d.sentence_count()).map(|s| d.slice(d.sentence_span(s))).collect()
}

/// What must hold for every text.
fn check(d: &Document) {
    let mut last = 0;
    for s in 0..d.sentence_count() {
        let words = d.sentence(s);
        let roots: Vec<_> = d.tokens_in(words).filter(|&t| d.head(t).is_none()).collect();
        assert_eq!(roots.len(), 1, "{:?}", d.slice(d.sentence_span(s)));
        assert!(d.tokens_in(words).all(|t| d.is_below(t, roots[0])));
        for t in d.tokens_in(words) {
            let span = d.token_span(t);
            assert!(span.start >= last && span.end <= d.char_len() && !span.is_empty());
            assert_eq!(d.deprel(t) == "root", d.head(t).is_none());
            last = span.start;
        }
    }
    for m in d.multiwords() {
        assert!(m.len() > 1);
        let span = d.token_span(TokenId(m.start));
        assert!(d.tokens_in(*m).all(|t| d.token_span(t) == span));
    }
}

const STORY: &str = "Le maire de Valmorel a démissionné\n\nLa préfète, Mme Lucie Garnier, l’a confirmé jeudi. « Il partira à la fin des travaux », a-t-elle dit. L'incendie aurait détruit 2 000 m² d'entrepôts au port ; trois pompiers ont été blessés. Des voisins, eux, accusent l'exploitant.";

#[test]
fn a_story_is_cut_into_its_sentences() {
    let d = annotate(STORY);
    check(&d);
    assert_eq!(
        sentences(&d),
        [
            "Le maire de Valmorel a démissionné",
            "La préfète, Mme Lucie Garnier, l’a confirmé jeudi.",
            "« Il partira à la fin des travaux », a-t-elle dit.",
            "L'incendie aurait détruit 2 000 m² d'entrepôts au port ; trois pompiers ont été blessés.",
            "Des voisins, eux, accusent l'exploitant.",
        ]
    );
}

#[test]
fn contractions_become_two_words_and_the_article_stays_one() {
    let d = annotate(STORY);
    let texts: Vec<&str> = d.multiwords().iter().map(|m| d.slice(d.char_span(*m))).collect();
    assert_eq!(texts, ["des", "au"]);
    let voisins = find(&d, "voisins");
    assert_eq!(d.upos(TokenId(voisins.0 - 1)), Upos::Det);
}

#[test]
fn verbs_carry_mood_tense_and_voice() {
    let d = annotate(STORY);
    let aurait = find(&d, "aurait");
    assert_eq!((d.feat(aurait, "Mood"), d.lemma(aurait)), (Some("Cnd"), "avoir"));
    assert_eq!(d.feat(find(&d, "partira"), "Tense"), Some("Fut"));
    let hurt = find(&d, "blessés");
    assert_eq!(d.lemma(hurt), "blesser");
    let firemen = find(&d, "pompiers");
    assert_eq!((d.deprel(firemen), d.head(firemen)), ("nsubj:pass", Some(hurt)));
    let exploitant = find(&d, "exploitant");
    assert_eq!((d.relation(exploitant), d.lemma(d.head(exploitant).unwrap())), ("obj", "accuser"));
}

#[test]
fn lines_are_told_from_wrapped_text() {
    let d = annotate("Un titre sans point\nLe texte commence ici.\nUne autre ligne, qui\nva plus loin.");
    assert_eq!(sentences(&d).len(), 3);
    let wrapped =
        "Le conseil municipal a voté hier soir une hausse des impôts locaux qui\nIrène Castel juge « injuste ».";
    assert_eq!(sentences(&annotate(wrapped)).len(), 1);
}

#[test]
fn abbreviations_and_quotations_do_not_end_a_sentence() {
    let d = annotate("M. Roux et le Dr. Petit habitent ici. « Venez ! » a lancé F. Blin. Il est parti.");
    assert_eq!(
        sentences(&d),
        ["M. Roux et le Dr. Petit habitent ici.", "« Venez ! » a lancé F. Blin.", "Il est parti."]
    );
}

#[test]
fn every_beginning_of_a_text_is_analysed() {
    let text = format!("{STORY}\u{a0}http://a.b/c?d=1 ¿\u{0}\u{feff}e\u{301} C\u{2011}27 🇫🇷 «»''--...!!");
    for (at, _) in text.char_indices() {
        check(&annotate(&text[..at]));
        check(&annotate(&text[at..]));
    }
}

#[test]
fn long_text_without_a_stop_or_a_blank_is_analysed() {
    let run = "le chat de la voisine dort et ".repeat(1000);
    let d = annotate(&run);
    assert_eq!((d.len(), d.sentence_count()), (7000, 1));
    check(&annotate(&"é'".repeat(20_000)));
    check(&annotate(&"a-".repeat(50_000)));
    check(&annotate(&"1 000".repeat(20_000)));
    check(&annotate(&"x".repeat(1_000_000)));
}

#[test]
fn the_same_text_gives_the_same_analysis() {
    let write = |d: &Document| temoin_model::conllu::write(d);
    assert_eq!(write(&annotate(STORY)), write(&annotate(STORY)));
}

#[test]
fn a_broken_model_is_refused() {
    assert!(Annotator::from_bytes(Lang::Fr, b"").is_err());
    assert!(Annotator::from_bytes(Lang::Fr, b"TEMOIN\x1aM\x63\0\0\0................").is_err());
}
