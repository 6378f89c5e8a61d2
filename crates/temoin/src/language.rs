//! The language of an article: given, or found.

use temoin_model::{Diagnostic, Lang, Severity};

/// The language given, or the one found; with a note where the text is in a language that cannot
/// be analysed.
pub(crate) fn language(text: &str, given: Option<Lang>, shown: &str) -> (Lang, Option<Diagnostic>) {
    if let Some(lang) = given {
        return (lang, None);
    }
    let head = text.char_indices().nth(4000).map_or(text, |(i, _)| &text[..i]);
    let note = |message: String| Some(Diagnostic { severity: Severity::Warning, input: shown.to_owned(), message });
    // Of the two languages that can be analysed, the likelier one. In a headline full of foreign
    // names the letters mislead, the little words do not.
    let known = whatlang::Detector::with_allowlist(vec![whatlang::Lang::Fra, whatlang::Lang::Eng]);
    let lang = match little_words(head) {
        std::cmp::Ordering::Less => Lang::En,
        std::cmp::Ordering::Equal if known.detect_lang(head) == Some(whatlang::Lang::Eng) => Lang::En,
        _ => Lang::Fr,
    };
    match whatlang::detect(head).filter(|i| i.is_reliable()).map(|i| i.lang()) {
        None | Some(whatlang::Lang::Fra | whatlang::Lang::Eng) => (lang, None),
        Some(other) => {
            let (seems, read) = (other.eng_name(), if lang == Lang::En { "English" } else { "French" });
            (lang, note(format!("seems to be in {seems}; read as {read}; --lang (lang= in Python) overrides")))
        }
    }
}

/// Whether French little words are more than English ones. Words of both languages are not counted.
fn little_words(text: &str) -> std::cmp::Ordering {
    const FRENCH: &str =
        " le la les l de des du d et un une que qu qui dans pour sur au aux par ce il elle ils avec ne n est ";
    const ENGLISH: &str =
        " the of and to in is was for that with he she it its at by from are his her they has have were ";
    let is_in = |list: &str, word: &str| {
        list.match_indices(word).any(|(i, _)| list[..i].ends_with(' ') && list[i + word.len()..].starts_with(' '))
    };
    let lowered = text.to_lowercase();
    let words = || lowered.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let count = |list: &str| words().filter(|w| is_in(list, w)).count();
    count(FRENCH).cmp(&count(ENGLISH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_each_article_is_found_or_given() {
        for (text, lang) in [
            ("Le maire de Brest a démissionné mardi.", Lang::Fr),
            ("The mayor of Brest resigned on Tuesday.", Lang::En),
            ("Zoé Lind quitte la présidence du club.", Lang::Fr),
            ("Zoé Lind leaves the board of the club, officials said on Friday.", Lang::En),
            ("Macron visits Lyon. He meets Gérard Collomb.", Lang::En),
            ("Renault cuts jobs. CGT union leaders in Boulogne-Billancourt protest.", Lang::En),
            ("The Voice revient sur TF1 ce soir.", Lang::Fr),
            ("", Lang::Fr),
            ("123 456", Lang::Fr),
        ] {
            let (found, note) = language(text, None, "a.txt");
            assert_eq!((found, note), (lang, None), "{text}");
        }
        let german = "Der Bürgermeister von Bremen ist am Dienstag zurückgetreten, weil er krank ist.";
        assert!(language(german, None, "a.txt").1.is_some_and(|n| n.message.contains("German")));
        assert_eq!(language(german, Some(Lang::En), "a.txt"), (Lang::En, None));
    }
}
