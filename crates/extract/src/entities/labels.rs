//! Labels of known entities in the languages of articles.

use super::gazetteer::{Gazetteer, Known, fold, is_acronym};
use std::borrow::Cow;
use temoin_model::{EntityIx, Extraction, Label, Lang};

/// A name of a file and the language that it says to be the label in: `Tunisia@en`.
pub(super) fn tagged(name: &str) -> (&str, Option<Lang>) {
    let lang = |lang: Lang| Some((name.strip_suffix(lang.tag())?.strip_suffix('@')?.trim_end(), Some(lang)));
    Lang::ALL.into_iter().find_map(lang).unwrap_or((name, None))
}

/// The English label of an organisation: the French one where it is an English name too, else the
/// first English name that is no acronym. Where the table has none, the name is the same.
pub(super) fn english_of_row(french: Cow<'static, str>, english: &'static str) -> Cow<'static, str> {
    let names = || english.split('|').map(|n| n.trim_start_matches('~')).filter(|n| !n.is_empty());
    if names().any(|n| n == french) {
        return french;
    }
    names().find(|n| !is_acronym(n)).or_else(|| names().next()).map_or(french, Cow::Borrowed)
}

impl Known {
    /// The label in `lang`.
    pub(crate) fn label_in(&self, lang: Lang) -> &Cow<'static, str> {
        match (lang, &self.english) {
            (Lang::Fr, _) => &self.label,
            (Lang::En, Some(label)) => label,
            (Lang::En, None) => self.english_of_id(),
        }
    }

    /// The identifiers of states, places and persons are made of their English names; a name without
    /// diacritics comes first. Where none is like the identifier, the first further name.
    fn english_of_id(&self) -> &Cow<'static, str> {
        // `valencia-q8818`: places of one name are told apart by their Wikidata identifiers.
        let id = match (self.id.rsplit_once('-'), &self.wikidata) {
            (Some((id, end)), Some(w)) if end.eq_ignore_ascii_case(w) => id,
            _ => &self.id,
        };
        let mut alike = std::iter::once(&self.label).chain(&self.names).filter(|n| fold(n) == id);
        let first = alike.next();
        let ascii = first.into_iter().chain(alike).find(|n| n.is_ascii());
        ascii.or(first).or(self.names.first()).unwrap_or(&self.label)
    }

    /// The names without the label in `lang`, sorted.
    pub(super) fn names_beside(&self, lang: Lang) -> Vec<String> {
        let label = self.label_in(lang);
        let mut names: Vec<String> =
            std::iter::once(&self.label).chain(&self.names).filter(|n| *n != label).map(ToString::to_string).collect();
        names.sort_unstable();
        names
    }

    /// Makes `name`, which must be one of the names, the label in `lang`.
    pub(super) fn set_label(&mut self, name: &str, lang: Lang) {
        let name: Cow<'static, str> = name.to_owned().into();
        match lang {
            Lang::En => self.english = Some(name),
            Lang::Fr if self.label == name => {}
            Lang::Fr => {
                // The identifier may no longer tell it.
                self.english = Some(self.label_in(Lang::En).clone());
                self.names.retain(|n| *n != name);
                let old = std::mem::replace(&mut self.label, name);
                self.names.push(old);
            }
        }
    }
}

impl Gazetteer {
    /// Gives the known entities of an article their labels: its own language's in the record, those
    /// of all languages beside it.
    pub(crate) fn label(&self, out: &mut Extraction, lang: Lang) {
        for (ix, e) in (0..).map(EntityIx).zip(&mut out.entities) {
            let Some(known) = self.by_id(&e.id, &e.label) else { continue };
            let label = known.label_in(lang);
            if e.label != label.as_ref() {
                e.aliases.push(std::mem::replace(&mut e.label, label.clone().into_owned()));
            }
            e.aliases.retain(|a| a != label);
            e.aliases.sort_unstable();
            e.aliases.dedup();
            let all = Lang::ALL.map(|lang| Label { entity: ix, lang, text: known.label_in(lang).clone() });
            out.labels.extend(all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(g: &Gazetteer, name: &str) -> String {
        g.known(g.find(name)[0]).label_in(Lang::En).to_string()
    }

    #[test]
    fn known_entities_have_a_label_in_each_language() {
        let g = Gazetteer::builtin();
        for (name, label) in [
            ("Tunisie", "Tunisia"),
            ("Belgique", "Belgium"),
            ("Yémen", "Yemen"),
            ("États-Unis", "United States"),
            ("Royaume-Uni", "United Kingdom"),
            ("OTSC", "Collective Security Treaty Organization"),
            ("Nations unies", "United Nations"),
            ("CIA", "CIA"),
            ("Insee", "Institut national de la statistique et des études économiques"),
            ("Moscou", "Moscow"),
            ("Aarhus", "Aarhus"),
            ("Douvres", "Dover"),
            ("Vladimir Poutine", "Vladimir Putin"),
            ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
            ("Afrique", "Africa"),
            ("Kyiv", "Kiev"),
        ] {
            assert_eq!(english(&g, name), label, "{name}");
        }
        let fr = |name: &str| g.known(g.find(name)[0]).label_in(Lang::Fr).to_string();
        assert_eq!(fr("Tunisia"), "Tunisie");
    }

    #[test]
    fn own_entities_say_their_labels_by_language() {
        let mut g = Gazetteer::builtin();
        let own = "Organization\tLigue des phares\tLighthouse League@en|LDP\n\
                   Organization\tVoron Labs\n\
                   Country\tTunisie@fr\tRepublic of Tunisia@en\tQ948\n\
                   Place\tPort Vell@en\tPort-Vieux@fr\n";
        g.extend(own).unwrap();
        let labels = |name: &str| {
            let k = g.known(g.find(name)[0]);
            Lang::ALL.map(|l| k.label_in(l).to_string())
        };
        assert_eq!(labels("Ligue des phares"), ["Ligue des phares", "Lighthouse League"]);
        assert_eq!(labels("Lighthouse League"), labels("LDP"));
        assert_eq!(labels("Voron Labs"), ["Voron Labs", "Voron Labs"]);
        assert_eq!(labels("Tunisia"), ["Tunisie", "Republic of Tunisia"]);
        assert_eq!(labels("Port-Vieux"), ["Port-Vieux", "Port Vell"]);
        assert_eq!(g.known(g.find("Port-Vieux")[0]).id, "port-vell");
    }

    #[test]
    fn a_tag_is_read_at_the_end_only() {
        assert_eq!(tagged("Tunisia@en"), ("Tunisia", Some(Lang::En)));
        assert_eq!(tagged("Tunisie @fr"), ("Tunisie", Some(Lang::Fr)));
        assert_eq!(tagged("@france"), ("@france", None));
        assert_eq!(tagged("Women"), ("Women", None));
    }
}
