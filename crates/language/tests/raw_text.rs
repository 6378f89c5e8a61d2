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
