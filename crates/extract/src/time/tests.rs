use super::*;
use crate::testing::{bare, published, token, tree};
use temoin_model::{Lang, Meta};

/// EDTF of every time in `text`, published on Thursday 6 January 2022.
fn read(text: &str) -> Vec<String> {
    edtf(&bare(text, published("2022-01-06")))
}

fn edtf(doc: &Document) -> Vec<String> {
    find(doc).into_iter().map(|t| t.value.edtf).collect()
}

#[test]
fn absolute_dates() {
    for (text, want) in [
        ("Le sommet s'est tenu le 5 janvier 2022 à Genève.", "2022-01-05"),
        ("Un texte signé le 1er mars 2019.", "2019-03-01"),
        ("Depuis la réforme, en 2019, rien.", "2019"),
        ("Le décret date de janvier 2022.", "2022-01"),
        ("Remis le 05/01/2022 au greffe.", "2022-01-05"),
        ("Version 2022-01-05 du rapport.", "2022-01-05"),
        ("Né le mardi 14 juillet 1987 à Metz.", "1987-07-14"),
        ("Attendu fin 2021.", "2021-11/2021-12"),
        ("Au printemps 2020, tout fermait.", "2020-21"),
        ("La vague des années 1990.", "199X"),
        ("Au premier trimestre 2021.", "2021-01/2021-03"),
        ("Ouvert du 3 au 5 mars 2021.", "2021-03-03/2021-03-05"),
        ("Entre 2010 et 2015, le taux a doublé.", "2010/2015"),
        ("Au XIXe siècle.", "18XX"),
    ] {
        assert_eq!(read(text), [want], "{text}");
    }
}

#[test]
fn relative_to_publication() {
    for (text, want) in [
        ("Il est arrivé hier soir.", "2022-01-05"),
        ("La hausse de samedi dernier.", "2022-01-01"),
        ("Dans la ville depuis deux jours.", "2022-01-04/2022-01-06"),
        ("La France, ce jeudi 6 janvier, a réagi.", "2022-01-06"),
        ("La semaine dernière, le port a fermé.", "2021-12-27/2022-01-02"),
        ("Il y a trois jours.", "2022-01-03"),
        ("Dans deux mois.", "2022-03"),
        ("Au cours des six prochains mois.", "2022-02/2022-07"),
        ("Dans la nuit de mardi à mercredi.", "2022-01-11/2022-01-12"),
        ("L'an dernier.", "2021"),
        ("Le mois prochain.", "2022-02"),
        ("D'ici 2030.", "2022-01-06/2030-12-31"),
        ("Depuis 2010.", "2010-01-01/2022-01-06"),
    ] {
        assert_eq!(read(text), [want], "{text}");
    }
}

#[test]
fn years_are_not_invented_without_an_anchor() {
    let times = find(&bare("Le 5 janvier, la grève a commencé. Jeudi, elle durait.", Meta::default()));
    assert_eq!(times.len(), 2);
    assert_eq!(times[0].value.edtf, "XXXX-01-05");
    for t in times {
        assert_eq!((t.value.start, t.value.end), (None, None));
    }
}

#[test]
fn counts_are_not_dates() {
    for text in [
        "Le port compte 2000 habitants.",
        "Une prime de 1500 euros.",
        "Il a perdu 15 kilos.",
        "Le 31 février n'existe pas.",
    ] {
        let doc = bare(text, published("2022-01-06"));
        let got = find(&doc);
        assert!(got.iter().all(|t| t.value.rule == "bare-year" || t.value.rule == "the-day"), "{text}: {got:?}");
    }
}

#[test]
fn a_dateline_dates_the_article() {
    let doc = bare("Pluies sur le delta\n24 octobre 2016. – Le fleuve a débordé hier.", Meta::default());
    let (d, basis) = publication_date(&doc).unwrap();
    assert_eq!((d.to_string().as_str(), basis), ("2016-10-24", TimeBasis::Document));
    assert_eq!(edtf(&doc), ["2016-10-24", "2016-10-23"]);
}

#[test]
fn today_is_told_by_its_weekday() {
    let doc = bare(
        "Défilé à Quimper, le 5 janvier 2022.\nLe maire a parlé, ce jeudi 6 janvier, à la foule.",
        Meta::default(),
    );
    assert_eq!(publication_date(&doc).unwrap().0.to_string(), "2022-01-06");
    let wrong =
        bare("Défilé à Quimper, le 5 janvier 2022.\nLe maire a parlé, jeudi 6 janvier, à la foule.", Meta::default());
    assert_eq!(publication_date(&wrong), None);
}

#[test]
fn anaphors_count_from_the_last_day() {
    assert_eq!(
        read("Le 12 mars 2019, le pont cède. Le lendemain, le maire démissionne. La veille il riait."),
        ["2019-03-12", "2019-03-13", "2019-03-12"]
    );
}

#[test]
fn the_next_month_is_not_the_month_after() {
    assert_eq!(read("En mai 2012, il part. Le mois suivant, il revient."), ["2012-05", "2012-06"]);
    assert_eq!(read("En mai 2012, il part. Le mois prochain, il revient."), ["2012-05", "2022-02"]);
}

#[test]
fn a_year_in_passing_does_not_date_what_follows() {
    assert_eq!(read("Il fut, on le sait, élu en 2012, et il part en mars dernier."), ["2012", "2021-03"]);
    assert_eq!(read("Le 3 mars 1950, il naît. Le 5 mars, il est baptisé."), ["1950-03-03", "1950-03-05"]);
}

#[test]
fn events_are_no_anchors() {
    for text in ["Six ans après sa victoire, il pleure.", "La veille du scrutin, il se tait."] {
        let doc = tree(&tagged(text), published("2022-01-06"));
        assert_eq!(find(&doc).iter().filter(|t| t.value.rule != "bare-year").count(), 0, "{text}");
    }
}

/// Words as a flat tree, nouns and determiners tagged by their look.
fn tagged(text: &str) -> String {
    let words: Vec<&str> = text.trim_end_matches('.').split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let tag = |w: &str| match w {
        "sa" | "le" | "du" | "La" => "DET",
        "pleure" | "tait" => "VERB",
        "après" => "ADP",
        "Six" => "NUM",
        _ => "NOUN",
    };
    words
        .iter()
        .enumerate()
        .map(|(i, w)| {
            let (head, rel) = if i == 0 { (0, "root") } else { (1, "dep") };
            format!("{w} {} {} _ {head} {rel}\n", w.to_lowercase(), tag(w))
        })
        .collect()
}

#[test]
fn tense_decides_between_last_and_next() {
    let rows = |verb: &str, feats: &str| {
        format!(
            "Le le DET _ 2 det
             juge juge NOUN _ 3 nsubj
             {verb} parler VERB {feats} 0 root
             samedi samedi NOUN _ 3 obl:mod"
        )
    };
    let past = tree(&rows("parlait", "Mood=Ind|Tense=Imp|VerbForm=Fin"), published("2022-01-06"));
    let future = tree(&rows("parlera", "Mood=Ind|Tense=Fut|VerbForm=Fin"), published("2022-01-06"));
    assert_eq!(edtf(&past), ["2022-01-01"]);
    assert_eq!(edtf(&future), ["2022-01-08"]);
}

#[test]
fn a_clause_takes_its_own_time() {
    let doc = tree(
        "Le le DET _ 2 det
         maire maire NOUN _ 3 nsubj
         affirme affirmer VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
         mardi mardi NOUN _ 3 obl:mod
         que que SCONJ _ 9 mark
         le le DET _ 7 det
         pont pont NOUN _ 9 nsubj
         a avoir AUX Mood=Ind|Tense=Pres|VerbForm=Fin 9 aux:tense
         cédé céder VERB Tense=Past|VerbForm=Part 3 ccomp
         en en ADP _ 11 case
         2019 2019 NUM _ 9 obl:mod",
        published("2022-01-06"),
    );
    let times = find(&doc);
    let of = |form: &str| for_clause(&doc, &times, token(&doc, form)).map(|t| t.value.text.as_str());
    assert_eq!(of("affirme"), Some("mardi"));
    assert_eq!(of("cédé"), Some("en 2019"));
    assert_eq!(of("pont"), None);
}

#[test]
fn far_times_are_no_panic() {
    for text in [
        "Dans 9999 siècles.",
        "Il y a 9999 décennies.",
        "Dans 9999 semaines.",
        "Les 9999 prochains siècles.",
        "Depuis 9999 ans.",
        "Fin 2099.",
        "Le 29 février 2023.",
        "Du 31 au 31 février.",
        "99/99/9999",
        "Au XXXXXXXXVe siècle.",
        "Les années 1999.",
    ] {
        read(text);
    }
}

#[test]
fn english_dates() {
    let read = |text: &str| edtf(&bare(text, Meta { lang: Lang::En, ..published("2022-01-06") }));
    for (text, want) in [
        ("It opened on January 5, 2022.", "2022-01-05"),
        ("It opened on 5 January 2022.", "2022-01-05"),
        ("Yesterday was cold.", "2022-01-05"),
        ("Three weeks ago, the pier closed.", "2021-12-16"),
        ("Last year was warm.", "2021"),
        ("It will close in March 2023.", "2023-03"),
    ] {
        assert_eq!(read(text), [want], "{text}");
    }
}
