//! Raw text as it comes: headlines, datelines, lists, quotations, missing blanks, odd signs. One
//! line is one sentence, its words parted by blanks; a word with a blank inside shows it as `_`.

mod common;

use temoin_language::Annotator;
use temoin_model::{Article, Document, Lang, Meta};

fn annotate(lang: Lang, text: &str) -> Document {
    let d = Annotator::builtin(lang).annotate(Article { meta: Meta::default(), text: text.to_owned() });
    common::check(&d);
    d
}

fn words(d: &Document) -> Vec<String> {
    let word = |t| d.form(t).replace([' ', '\u{a0}', '\u{202f}'], "_");
    d.sentences().iter().map(|&s| d.tokens_in(s).map(word).collect::<Vec<_>>().join(" ")).collect()
}

fn french(text: &str, sentences: &[&str]) {
    assert_eq!(words(&annotate(Lang::Fr, text)), sentences, "{text}");
}

fn english(text: &str, sentences: &[&str]) {
    assert_eq!(words(&annotate(Lang::En, text)), sentences, "{text}");
}

#[test]
fn headlines_and_datelines() {
    french(
        "Trois villages évacués\nPARIS (AFP) — La ministre s'est rendue à Lorgnac. Elle a promis une aide.",
        &[
            "Trois villages évacués",
            "PARIS ( AFP ) —",
            "La ministre s' est rendue à Lorgnac .",
            "Elle a promis une aide .",
        ],
    );
    french(
        "Par Jean Morel\n\nLYON, 12 mars (Reuters) - La société Ferval a perdu 3,2 millions.",
        &["Par Jean Morel", "LYON , 12 mars ( Reuters ) -", "La société Ferval a perdu 3,2 millions ."],
    );
    english(
        "Three villages evacuated\nLONDON (AP) — The minister visited Lorgan. She promised help.",
        &["Three villages evacuated", "LONDON ( AP ) —", "The minister visited Lorgan .", "She promised help ."],
    );
}

#[test]
fn dashes_that_are_no_datelines() {
    for text in ["Marie Lefort – elle a trente ans – quitte Brest.", "Le prix - 12 euros - a doublé."] {
        assert_eq!(annotate(Lang::Fr, text).sentence_count(), 1, "{text}");
    }
    french("Brest, 3 mai – Le port rouvre.", &["Brest , 3 mai –", "Le port rouvre ."]);
}

#[test]
fn lists() {
    french(
        "À retenir :\n• Le maire a démissionné ;\n• deux élus l’ont suivi ;\n• un vote aura lieu.",
        &["À retenir :", "• Le maire a démissionné ;", "• deux élus l’ ont suivi ;", "• un vote aura lieu ."],
    );
    french(
        "- le maire a démissionné,\n- deux élus l'ont suivi.",
        &["- le maire a démissionné ,", "- deux élus l' ont suivi ."],
    );
    french("1. Premier point\n2. Deuxième point", &["1 . Premier point", "2 . Deuxième point"]);
    english(
        "Key points:\n- The mayor resigned\n- Two others left",
        &["Key points :", "- The mayor resigned", "- Two others left"],
    );
}

#[test]
fn quotations() {
    french(
        "« Je pars. Je ne reviendrai pas », a dit Mme Orsel. « Personne n'y croyait. »",
        &["« Je pars .", "Je ne reviendrai pas » , a dit Mme Orsel .", "« Personne n' y croyait . »"],
    );
    french(
        "\"Je pars. Je ne reviendrai pas\", a dit M. J. Dupont. \"C'est fini.\"",
        &["\" Je pars .", "Je ne reviendrai pas \" , a dit M. J. Dupont .", "\" C' est fini . \""],
    );
    french("“Il faut agir”, a dit le maire.", &["“ Il faut agir ” , a dit le maire ."]);
    english(
        "“I’m leaving. I won’t be back,” said Mr. J. Smith. \"It's over.\" He left.",
        &["“ I ’m leaving .", "I wo n’t be back , ” said Mr. J. Smith .", "\" It 's over . \"", "He left ."],
    );
}

#[test]
fn missing_blanks() {
    french(
        "Le train est parti.Il était vide !Personne n’est blessé.",
        &["Le train est parti .", "Il était vide !", "Personne n’ est blessé ."],
    );
    french("Voir lemonde.fr ou J.Dupont.", &["Voir lemonde.fr ou J. Dupont ."]);
    english("The train left.It was empty!Nobody cared.", &["The train left .", "It was empty !", "Nobody cared ."]);
}

#[test]
fn abbreviations_and_initials() {
    french("Elle est née en 52 av. J.-C. à Rome.", &["Elle est née en 52 av. J.-C. à Rome ."]);
    french(
        "Il vivait en 300 apr. J.-C. Des ruines le prouvent.",
        &["Il vivait en 300 apr. J.-C.", "Des ruines le prouvent ."],
    );
    french(
        "M. J. Dupont et J.-P. Morel ont vu A. B. Diallo. Ils ont signé.",
        &["M. J. Dupont et J.-P. Morel ont vu A. B. Diallo .", "Ils ont signé ."],
    );
    french("Le Dr. Morel et le Pr. Blin habitent ici.", &["Le Dr. Morel et le Pr. Blin habitent ici ."]);
    french("C'est la vitamine C.\n\nVoilà.", &["C' est la vitamine C .", "Voilà ."]);
    english(
        "The U.S. Army denied it. He lives in the U.K. She doesn't.",
        &["The U.S. Army denied it .", "He lives in the U.K.", "She does n't ."],
    );
    english("She said no. 5 left. Bus no. 5 did not.", &["She said no. 5 left .", "Bus no. 5 did not ."]);
    english("\"No.\" Then she left.", &["\" No . \"", "Then she left ."]);
}

#[test]
fn des_at_the_start_of_a_sentence_is_an_article() {
    for text in
        ["Des voisins accusent le maire.", "« Des voisins accusent le maire. »", "DES VOISINS ACCUSENT LE MAIRE."]
    {
        let d = annotate(Lang::Fr, text);
        assert_eq!(d.multiwords(), [], "{text}");
    }
    french("La fin des travaux approche.", &["La fin de les travaux approche ."]);
}

#[test]
fn apostrophes_are_all_alike() {
    for sign in ['\'', '’', 'ʼ', '´', '‘', '`'] {
        let s = |t: &str| t.replace('\'', &sign.to_string());
        let shown = if sign == '\'' { '\'' } else { '’' };
        let known = |t: &str| t.replace('\'', &shown.to_string());
        let french = words(&annotate(Lang::Fr, &s("L'usine d'Oyonnax n'a qu'un quai aujourd'hui.")));
        assert_eq!(french, [known("L' usine d' Oyonnax n' a qu' un quai aujourd'hui .")]);
        let english = words(&annotate(Lang::En, &s("It isn't John's.")));
        assert_eq!(english, [known("It is n't John 's .")]);
    }
}

#[test]
fn blanks_of_all_kinds() {
    for blank in ["\u{a0}", "\u{202f}"] {
        let text = "« Non ! » Il a perdu 12 500 € : 15 % du total.".replace(' ', blank);
        let d = annotate(Lang::Fr, &text);
        let all = words(&d).join(" ");
        assert_eq!(all, "« Non ! » Il a perdu 12_500 € : 15 % de le total .", "{blank:?}");
    }
    french("Le\u{200b} maire\u{feff} part\u{ad}.", &["Le maire part ."]);
    french("Un\r\n\r\ndeux\rTrois", &["Un", "deux", "Trois"]);
}

#[test]
fn emoji_and_other_scripts() {
    french(
        "Bravo 🎉🎉 ! Merci 👏🏽 à la famille 👨\u{200d}👩\u{200d}👧 🇫🇷.",
        &["Bravo 🎉 🎉 !", "Merci 👏🏽 à la famille 👨\u{200d}👩\u{200d}👧 🇫🇷 ."],
    );
    french("Le mot « мир » veut dire paix.", &["Le mot « мир » veut dire paix ."]);
    english("I ❤\u{fe0f} it.", &["I ❤\u{fe0f} it ."]);
}

#[test]
fn capitals() {
    french("LA VILLE EST VIDE. L'ARMÉE N'Y EST PLUS.", &["LA VILLE EST VIDE .", "L' ARMÉE N' Y EST PLUS ."]);
    french("LE MAIRE VA AU PORT", &["LE MAIRE VA À LE PORT"]);
    english("ALL HAVE LEFT. THEY CAN'T STAY.", &["ALL HAVE LEFT .", "THEY CA N'T STAY ."]);
}

/// Wraps `text` where a line would be longer than `width`: every offset stays.
fn wrapped(text: &str, width: usize) -> String {
    let mut column = 0;
    let line = |word: &str| {
        let n = word.chars().count();
        let fits = column == 0 || column + 1 + n <= width;
        column = if fits && column > 0 { column + 1 + n } else { n };
        if fits { format!(" {word}") } else { format!("\n{word}") }
    };
    text.split(' ').map(line).collect::<String>()[1..].to_owned()
}

#[test]
fn wrapped_text_has_the_sentences_of_the_text() {
    let french = "Le ministre de l'Intérieur Armand Ferval s'est rendu mardi 12 mars à Lorgnac, où M. Jean Morel, \
                  président de la région, l'a reçu avec 300 habitants du bourg. Il leur a promis une aide de 40\u{202f}000 \
                  euros par an. « Nous ne partirons pas », a répondu Marie Orsel, dont la maison a brûlé en février. \
                  Le conseil de Lorgnac vote samedi.";
    let english = "Interior minister Alan Ferval visited Lorgan on Tuesday, where Mr. John Morel, president of the \
                   region, met him with 300 residents of the town. He promised them 40,000 euros a year. \"We will \
                   not leave,\" replied Mary Orsel, whose house burnt down in February. The council of Lorgan votes \
                   on Saturday.";
    for (lang, text) in [(Lang::Fr, french), (Lang::En, english)] {
        let whole = annotate(lang, text);
        assert_eq!(whole.sentence_count(), 4, "{:?}", words(&whole));
        for width in 40..=100 {
            let lines = wrapped(text, width);
            let d = annotate(lang, &lines);
            assert_eq!(words(&d), words(&whole), "{lines}");
            for s in 0..4 {
                assert_eq!(d.sentence_span(s), whole.sentence_span(s));
            }
        }
    }
}

#[test]
fn titles_and_datelines_above_wrapped_text() {
    let body = "La ministre de la Santé Claire Morel s'est rendue mardi à Lorgnac, où elle a promis une aide aux \
                habitants du bourg et à ceux des villages de la vallée.";
    let flat = &words(&annotate(Lang::Fr, body))[0];
    for width in [60, 66, 72, 80] {
        let lines = wrapped(body, width);
        french(&format!("Trois villages évacués\n\n{lines}"), &["Trois villages évacués", flat]);
        french(&format!("Trois villages évacués\n{lines}"), &["Trois villages évacués", flat]);
        french(
            &format!("Trois villages évacués\nPar Jean Blin\nPARIS (AFP) —\n{lines}"),
            &["Trois villages évacués", "Par Jean Blin", "PARIS ( AFP ) —", flat],
        );
    }
    let lines = wrapped(&format!("LYON, 12 mars (Reuters) - {body}"), 72);
    french(
        &format!("Trois villages évacués\n{lines}"),
        &["Trois villages évacués", "LYON , 12 mars ( Reuters ) -", flat],
    );
}

#[test]
fn lines_that_are_sentences_stay_sentences() {
    french(
        "La commune de Lorgnac rouvre son école et sa piscine\nUn incendie détruit trois maisons à Brest\n\
         Le port de Lorient accueille la course des grands voiliers",
        &[
            "La commune de Lorgnac rouvre son école et sa piscine",
            "Un incendie détruit trois maisons à Brest",
            "Le port de Lorient accueille la course de les grands voiliers",
        ],
    );
    french("Le maire a lu « Nuit »\net il part.", &["Le maire a lu « Nuit » et il part ."]);
    french("Il part avec M.\nMorel.", &["Il part avec M. Morel ."]);
    french("Elle est la maire de\nLorgnac.", &["Elle est la maire de Lorgnac ."]);
}
