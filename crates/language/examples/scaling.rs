//! Time of the whole annotation on texts of one, two and four times a size: it must grow alike.
//!
//! `cargo run --release -p temoin-language --example scaling`

use std::time::Instant;
use temoin_language::Annotator;
use temoin_model::{Article, Lang, Meta};

const STORY: &str = "Le maire de Valbourg, M. J. Garnier, a quitté Paris mardi 12 mars. « Il partira », a-t-elle dit : \
    l’incendie a détruit 2 000 m² d'entrepôts au port, où Lucie Morel et des voisins vivaient.\n\nDes élus s'inquiètent. ";

fn main() {
    let unstopped = STORY.replace(['.', '«', '»', '\n'], " ");
    let bare = unstopped.replace([',', ':', '\'', '’', '-'], " ");
    let glued = bare.replace(' ', "");
    // What is repeated, and the size of the smallest of the three texts in bytes.
    let cases: &[(&str, &str, usize)] = &[
        ("article", STORY, 2_500_000),
        ("one line without a stop", &unstopped, 70_000),
        ("one line of words only", &bare, 70_000),
        ("one word", &glued, 70_000),
        ("weekdays", "lundi a dit mardi que ", 100_000),
        ("initials", "A. ", 100_000),
        ("letters and stops", "A.", 100_000),
        ("stops", ".", 100_000),
        ("closing quotes", "»", 100_000),
        ("quotes", "\" ", 100_000),
        ("elisions", "l'", 100_000),
        ("hyphens", "a-", 100_000),
        ("clitics", "-t-il", 100_000),
        ("at signs", "a@", 100_000),
        ("stops in addresses", "a@b.", 100_000),
        ("addresses", "www.a", 100_000),
        ("brackets in addresses", "www.a) ", 100_000),
        ("slashes", "a/", 100_000),
        ("digits", "1", 100_000),
        ("groups of three", "100 ", 100_000),
        ("units", "1h", 100_000),
        ("blank lines", "\n \n", 100_000),
        ("lines", "Titre\n", 100_000),
        ("names", "Marie Durand ", 100_000),
        ("capitals", "ÉTÉ ", 100_000),
        ("emoji", "👨\u{200d}👩", 100_000),
        ("accents", "e\u{301}", 100_000),
        ("accents alone", "\u{301}", 100_000),
    ];
    let wanted = std::env::args().nth(1).unwrap_or_default();
    println!("{:24} {:>9} {:>9} {:>9} {:>9} {:>7}", "text", "KB", "1x ms", "2x ms", "4x ms", "4x/1x");
    for lang in [Lang::Fr, Lang::En] {
        let annotator = Annotator::builtin(lang);
        for (name, unit, size) in cases.iter().filter(|c| c.0.contains(&wanted)) {
            let times = [1, 2, 4].map(|times| {
                let text = unit.repeat(times * size / unit.len() + 1);
                let start = Instant::now();
                let doc = annotator.annotate(Article { meta: Meta::default(), text });
                let time = start.elapsed().as_secs_f64() * 1000.0;
                assert!(doc.len() as u32 <= 2 * doc.char_len());
                time
            });
            let [a, b, c] = times;
            println!(
                "{:24} {:>9} {a:>9.1} {b:>9.1} {c:>9.1} {:>7.1}",
                format!("{name} ({lang:?})"),
                size / 1000,
                c / a
            );
        }
    }
}
