//! Words of sentences of our own.

use super::scan::is_blank;
use super::*;
use crate::lang::Rules;
use temoin_model::Lang;

fn split(text: &str) -> Vec<&str> {
    let rules = Rules::builtin(Lang::Fr);
    let tokens = tokenize(text, &rules);
    for t in &tokens {
        let (a, b) = (text[..t.start].chars().count(), text[..t.end].chars().count());
        assert_eq!((t.char_start as usize, t.char_end as usize), (a, b), "{text}");
    }
    tokens.iter().map(|t| t.of(text)).collect()
}

#[test]
fn french_words() {
    for (text, tokens) in [
        ("L'usine d’Oyonnax n'a qu'un quai.", "L'|usine|d’|Oyonnax|n'|a|qu'|un|quai|."),
        ("Que fera-t-il ? Pense-t-elle, dit-on", "Que|fera|-t-il|?|Pense|-t-elle|,|dit|-on"),
        ("Dites-le-moi aujourd'hui, peut-être.", "Dites|-le|-moi|aujourd'hui|,|peut-être|."),
        ("Saint-Denis-en-Val et Marne-la-Vallée", "Saint-Denis-en-Val|et|Marne-la-Vallée"),
        ("ce soir-là, celui-ci", "ce|soir|-là|,|celui-ci"),
        ("« Non », dit-il.", "«|Non|»|,|dit|-il|."),
        ("Les 2 000 blessés de 2016 300 fois", "Les|2 000|blessés|de|2016|300|fois"),
        ("12 500 000 € et 1\u{202f}200,5 km", "12 500 000|€|et|1\u{202f}200,5|km"),
        ("à 20h30, 15 % ou 15%", "à|20|h|30|,|15|%|ou|15|%"),
        ("M. Morel et J.-C. Blin, S.N.C.F. et O.N.U.", "M.|Morel|et|J.-C.|Blin|,|S.N.C.F.|et|O.N.U."),
        ("voir https://exemple.fr/a?b=1. Puis www.test.org,", "voir|https://exemple.fr/a?b=1|.|Puis|www.test.org|,"),
        ("écrire à jean.paul@exemple.fr.", "écrire|à|jean.paul@exemple.fr|."),
        ("Attendez... non…", "Attendez|...|non|…"),
        ("(-3,5 °C) l'on", "(|-3,5|°C|)|l'on"),
        ("fin.Puis", "fin|.|Puis"),
        ("le 3/4/2018 à 10:30, 130 km/h, n° 5", "le|3/4/2018|à|10:30|,|130|km/h|,|n°|5"),
    ] {
        assert_eq!(split(text).join("|"), tokens, "{text}");
    }
}

#[test]
fn english_words() {
    let rules = Rules::builtin(Lang::En);
    let text = "Don't say it's John's, Mr. Ray.";
    let tokens: Vec<_> = tokenize(text, &rules).iter().map(|t| t.of(text)).collect();
    assert_eq!(tokens.join("|"), "Do|n't|say|it|'s|John|'s|,|Mr.|Ray|.");
    let text = "A well-known anti-war F-16 report.pdf after a 15-year wait :) and $$$ >> 555-0136.";
    let tokens: Vec<_> = tokenize(text, &rules).iter().map(|t| t.of(text)).collect();
    let want = "A|well|-|known|anti-war|F|-|16|report.pdf|after|a|15|-|year|wait|:)|and|$$$|>>|555-0136|.";
    assert_eq!(tokens.join("|"), want);
}

#[test]
fn odd_text_is_covered_without_a_gap() {
    for text in [
        "",
        " ",
        "\u{feff}",
        "-",
        "''''",
        "a'",
        "-t-il",
        "é-",
        "1 000 000 000 000",
        "🇫🇷 ok",
        "«»",
        "l'l'l'",
        "...-...",
        "@",
        "#",
        "a@",
        "\0x\u{0}",
        "°",
        "1.",
        "http://",
        "www.",
        "A.B",
        "e\u{301}té",
    ] {
        let rules = Rules::builtin(Lang::Fr);
        let tokens = tokenize(text, &rules);
        let mut covered = String::new();
        for t in &tokens {
            assert!(t.start < t.end);
            covered.push_str(t.of(text));
        }
        let want: String = text.chars().filter(|&c| !is_blank(c)).collect();
        let got: String = covered.chars().filter(|&c| !is_blank(c)).collect();
        assert_eq!(got, want, "{text:?}");
    }
}

#[test]
fn gaps_tell_lines_from_paragraphs() {
    let rules = Rules::builtin(Lang::Fr);
    let gaps: Vec<_> = tokenize("a b\nc\r\n\r\nd\n \ne", &rules).iter().map(|t| t.gap).collect();
    assert_eq!(gaps, [Gap::Paragraph, Gap::Space, Gap::Line, Gap::Paragraph, Gap::Paragraph]);
}
