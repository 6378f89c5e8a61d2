//! Phrases of the kinds that news text uses, and words that only look like times.

use super::*;
use crate::testing::{bare, published, tree};
use temoin_model::{Lang, Meta};

/// EDTF of every time in `text`, published on Thursday 6 January 2022.
fn read(lang: Lang, text: &str) -> Vec<String> {
    edtf(&bare(text, meta(lang)))
}

fn meta(lang: Lang) -> Meta {
    Meta { lang, ..published("2022-01-06") }
}

fn edtf(doc: &Document) -> Vec<String> {
    find(doc).into_iter().map(|t| t.value.edtf).collect()
}

#[test]
fn english_phrases() {
    for (text, want) in [
        ("The levy ended two weeks ago.", "2021-12-23"),
        ("It rained in the week of March 5.", "2022-02-28/2022-03-06"),
        ("She left last Saturday.", "2022-01-01"),
        ("They met on the 15th.", "2022-01-15"),
        ("Sales fell in the third quarter of 2018.", "2018-07/2018-09"),
        ("In the summer of 2016 it burned.", "2016-22"),
        ("The music of the 1990s faded.", "199X"),
        ("The early 1980s were hard.", "1980/1983"),
        ("In the late 19th century, coal ruled.", "1871/1900"),
        ("The fair runs from the 13th to the 15th of July.", "2022-07-13/2022-07-15"),
        ("The talks of Feb 13-15 failed.", "2022-02-13/2022-02-15"),
        ("At the end of March the dam broke.", "2022-03-21/2022-03-31"),
        ("He is missing since Tuesday.", "2022-01-04/2022-01-06"),
        ("It opens in two days.", "2022-01-08"),
        ("The day before yesterday it snowed.", "2022-01-04"),
        ("Over the last two weeks, nothing moved.", "2021-12-20/2022-01-02"),
        ("Over the past 3 years, rents rose.", "2019/2021"),
        ("On Thanksgiving, shops close.", "2022-11-24"),
        ("At Easter 2021 churches were shut.", "2021-04-04"),
        ("The first Monday of October 2014 was warm.", "2014-10-06"),
        ("The last day of October 2015 was cold.", "2015-10-31"),
        ("This week the strike goes on.", "2022-01-03/2022-01-09"),
        ("Next year the bridge opens.", "2023"),
        ("On the night of 3 May 2019 the roof fell.", "2019-05-03"),
        ("On the night of July 14, 2016, he fled.", "2016-07-14"),
        ("It began in early 2017.", "2017-01/2017-03"),
        ("It began in mid-May.", "2022-05-10/2022-05-19"),
        ("Earlier this year the mine shut.", "2022-01-01/2022-01-06"),
        ("Later this month, talks resume.", "2022-01-06/2022-01-31"),
        ("The rest of the week stays dry.", "2022-01-06/2022-01-09"),
        ("From January to March 2020 it shrank.", "2020-01/2020-03"),
        ("Between 5 and 10 January 2021 it froze.", "2021-01-05/2021-01-10"),
        ("The second half of 2019 was good.", "2019-07/2019-12"),
        ("The first half of next year looks bad.", "2023-01/2023-06"),
        ("In Q3 2018 profits rose.", "2018-07/2018-09"),
        ("It starts the week after next.", "2022-01-17/2022-01-23"),
        ("Two days after Christmas, they left.", "2021-12-27"),
        ("A week before May 3, 2021, he resigned.", "2021-04-26"),
        ("In the 2018-19 season he scored.", "2018/2019"),
        ("The 20th of next month is a holiday.", "2022-02-20"),
        ("The weekend of March 5 was wet.", "2022-03-05/2022-03-06"),
        ("Within three weeks it will be over.", "2022-01-06/2022-01-27"),
        ("Two Sundays ago he sang.", "2021-12-26"),
        ("On Memorial Day they march.", "2022-05-30"),
        ("In the spring they sow.", "2022-21"),
        ("Christmas two years ago was white.", "2020-12-25"),
        ("Between 2010 and 2015, prices doubled.", "2010/2015"),
        ("Since 2010, prices doubled.", "2010-01-01/2022-01-06"),
        ("It will last until Friday.", "../2022-01-07"),
        ("Overnight Tuesday to Wednesday, it snowed.", "2022-01-11/2022-01-12"),
        ("In the 21st century, things changed.", "20XX"),
        ("In the past decade, it grew.", "2010/2019"),
        ("He left a year ago.", "2021-01"),
        ("On Jan 5th, 2021 he left.", "2021-01-05"),
        ("In late December 2020 he left.", "2020-12-21/2020-12-31"),
        ("The first month of 2019 was cold.", "2019-01"),
    ] {
        assert_eq!(read(Lang::En, text), [want], "{text}");
    }
}

#[test]
fn french_phrases() {
    for (text, want) in [
        ("Il est là depuis deux jours.", "2022-01-04/2022-01-06"),
        ("Il est parti il y a trois semaines.", "2021-12-16"),
        ("D'ici à la fin de l'année, il partira.", "2022-01-06/2022-12-31"),
        ("D'ici la fin du mois, il partira.", "2022-01-06/2022-01-31"),
        ("Début 2017, il partait.", "2017-01/2017-02"),
        ("À la mi-mai, il partait.", "2022-05-10/2022-05-19"),
        ("Fin mars, il partait.", "2022-03-25/2022-03-31"),
        ("Au cours des deux dernières semaines, il a plu.", "2021-12-20/2022-01-02"),
        ("Dans la nuit de mardi à mercredi, il a plu.", "2022-01-11/2022-01-12"),
        ("Dans la nuit du 3 au 4 mai 2019, il a plu.", "2019-05-03/2019-05-04"),
        ("Dans la nuit de samedi, il a plu.", "2022-01-08"),
        ("Au printemps, on sème.", "2022-21"),
        ("À l'été 2016, tout brûlait.", "2016-22"),
        ("Durant l'été 2016, tout brûlait.", "2016-22"),
        ("L'hiver dernier fut doux.", "2020-24"),
        ("Au troisième trimestre 2018, les ventes baissent.", "2018-07/2018-09"),
        ("Au troisième trimestre de l'année dernière, rien.", "2021-07/2021-09"),
        ("Au premier semestre 2019, rien.", "2019-01/2019-06"),
        ("Au second semestre de l'an prochain, rien.", "2023-07/2023-12"),
        ("Les années 80 finissent.", "198X"),
        ("Au début des années 1980, rien.", "1980/1983"),
        ("À la fin du XIXe siècle, le charbon règne.", "1871/1900"),
        ("Au 19e siècle, le charbon règne.", "18XX"),
        ("Au siècle dernier, le charbon règne.", "1901/2000"),
        ("La semaine du 5 mars 2021 fut froide.", "2021-03-01/2021-03-07"),
        ("Le week-end du 6 mars 2021 fut froid.", "2021-03-06/2021-03-07"),
        ("La semaine prochaine, il part.", "2022-01-10/2022-01-16"),
        ("Le premier lundi d'octobre 2014 fut chaud.", "2014-10-06"),
        ("Le dernier jour d'octobre 2015 fut chaud.", "2015-10-31"),
        ("Deux jours après Noël, il part.", "2021-12-27"),
        ("Le 20 du mois prochain, il part.", "2022-02-20"),
        ("Plus tôt dans l'année, il partait.", "2022-01-01/2022-01-06"),
        ("Plus tôt cette semaine, il partait.", "2022-01-03/2022-01-06"),
        ("Le reste de la semaine, il dort.", "2022-01-06/2022-01-09"),
        ("À Pâques 2021, il dort.", "2021-04-04"),
        ("Le lundi de Pentecôte 2021, il dort.", "2021-05-24"),
        ("Le 14-Juillet 2021, il dort.", "2021-07-14"),
        ("Le 14 juillet 2021, il dort.", "2021-07-14"),
        ("Entre janvier et mars 2020, il dort.", "2020-01/2020-03"),
        ("De janvier à mars 2020, il dort.", "2020-01/2020-03"),
        ("Jeudi 13 janvier, il dort.", "2022-01-13"),
        ("À l'automne, il dort.", "2021-23"),
        ("En 2018-2019, il dort.", "2018/2019"),
        ("En 2018-19, il dort.", "2018/2019"),
        ("À la mi-janvier 2021, il dort.", "2021-01-10/2021-01-19"),
        ("Courant 2023, il dort.", "2023"),
        ("Dans les trois prochains mois, il dort.", "2022-02/2022-04"),
        ("Dès lundi, il dort.", "2022-01-10/.."),
        ("Jusqu'à vendredi, il dort.", "../2022-01-07"),
        ("Depuis mardi, il dort.", "2022-01-04/2022-01-06"),
        ("Avant la fin de la semaine, il dort.", "2022-01-06/2022-01-09"),
        ("Ces trois dernières années, il dort.", "2019/2021"),
        ("Dans quinze jours, il part.", "2022-01-21"),
        ("Il est parti voilà deux mois.", "2021-11"),
        ("En début de semaine, il dort.", "2022-01-03/2022-01-04"),
        ("À la veille de Noël, il dort.", "2021-12-24"),
        ("Cette année, il dort.", "2022"),
        ("Le mois dernier, il dort.", "2021-12"),
        ("Le week-end dernier, il dort.", "2022-01-01/2022-01-02"),
        ("Ce week-end, il dort.", "2022-01-08/2022-01-09"),
        ("Au milieu des années 1990, il dort.", "1994/1996"),
        ("Au tournant des années 2000, il dort.", "200X"),
        ("Du lundi 3 au mercredi 5 mai 2021, il dort.", "2021-05-03/2021-05-05"),
        ("Le premier mois de l'année est froid.", "2022-01"),
        ("Le ramadan 2018 commence.", "2018-05-16/2018-06-14"),
        ("Le Ramadan 2018 commence.", "2018-05-16/2018-06-14"),
    ] {
        assert_eq!(read(Lang::Fr, text), [want], "{text}");
    }
}

#[test]
fn by_the_end_of_the_year_begins_today() {
    assert_eq!(read(Lang::En, "He must leave by the end of this month."), ["2022-01-06/2022-01-31"]);
    assert_eq!(read(Lang::En, "He must leave by March."), ["2022-01-06/2022-03-31"]);
    assert_eq!(read(Lang::En, "He is away since March."), ["2021-03-01/2022-01-06"]);
    assert_eq!(read(Lang::En, "He is away since the summer of 2016."), ["2016-06-21/2022-01-06"]);
    assert_eq!(read(Lang::En, "He is away since the 1990s."), ["1990-01-01/2022-01-06"]);
    assert_eq!(read(Lang::En, "He must leave before the end of 2023."), ["2022-01-06/2023-12-31"]);
}

/// Words of English as a flat tree under the first one.
fn english(rows: &str) -> Vec<String> {
    edtf(&tree(rows, meta(Lang::En)))
}

#[test]
fn verbs_are_no_months() {
    let may = "The the DET _ 2 det
        vote vote NOUN _ 4 nsubj
        may may AUX VerbForm=Fin 4 aux
        end end VERB VerbForm=Inf 0 root
        10 10 NUM NumType=Card 6 nummod
        years year NOUN _ 4 obj";
    assert_eq!(english(may), [""; 0]);
    let march = "They they PRON _ 3 nsubj
        last last ADV _ 3 advmod
        march march VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
        15 15 NUM NumType=Card 5 nummod
        miles mile NOUN _ 3 obj";
    assert_eq!(english(march), [""; 0]);
    let lent = "They they PRON _ 2 nsubj
        lent lend VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
        money money NOUN _ 2 obj";
    assert_eq!(english(lent), [""; 0]);
}

#[test]
fn numbers_that_count_are_no_years_or_days() {
    let houses = "Lights light NOUN _ 2 nsubj
        failed fail VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
        in in ADP _ 5 case
        2000 2000 NUM NumType=Card 5 nummod
        houses house NOUN _ 2 obl";
    assert_eq!(english(houses), [""; 0]);
    let year = "In in ADP _ 2 case
        2015 2015 NUM NumType=Card 4 obl
        police police NOUN _ 4 nsubj
        left leave VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root";
    assert_eq!(english(year), ["2015"]);
    let people = "In in ADP _ 2 case
        May May PROPN _ 5 obl
        15 15 NUM NumType=Card 4 nummod
        people person NOUN _ 5 nsubj
        left leave VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root";
    assert_eq!(english(people), ["2021-05"]);
    let floor = "He he PRON _ 2 nsubj
        fell fall VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
        on on ADP _ 6 case
        the the DET _ 6 det
        9th 9th ADJ NumType=Ord 6 amod
        floor floor NOUN _ 2 obl";
    assert_eq!(english(floor), [""; 0]);
    let second = "The the DET _ 3 det
        second second ADJ NumType=Ord 3 amod
        bomb bomb NOUN _ 4 nsubj
        fell fall VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root";
    assert_eq!(english(second), [""; 0]);
    let age = "She she PRON _ 5 nsubj
        is be AUX Mood=Ind|Tense=Pres|VerbForm=Fin 5 cop
        in in ADP _ 5 case
        her her PRON _ 5 nmod:poss
        20s 20s NOUN _ 0 root";
    assert_eq!(english(age), [""; 0]);
}

#[test]
fn lengths_are_no_dates() {
    let worst = "It it PRON _ 5 nsubj
        was be AUX Mood=Ind|Tense=Past|VerbForm=Fin 5 cop
        the the DET _ 5 det
        worst bad ADJ Degree=Sup 5 amod
        flood flood NOUN _ 0 root
        in in ADP _ 8 case
        ten ten NUM NumType=Card 8 nummod
        years year NOUN _ 5 nmod";
    assert_eq!(english(worst), [""; 0]);
    let opens = "It it PRON _ 3 nsubj
        will will AUX VerbForm=Fin 3 aux
        open open VERB VerbForm=Inf 0 root
        in in ADP _ 6 case
        two two NUM NumType=Card 6 nummod
        days day NOUN _ 3 obl";
    assert_eq!(english(opens), ["2022-01-08"]);
}

#[test]
fn a_season_in_the_present_is_every_one() {
    let sleep = "They they PRON _ 2 nsubj
        sleep sleep VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
        in in ADP _ 4 case
        winter winter NOUN _ 2 obl";
    assert_eq!(english(sleep), [""; 0]);
}

#[test]
fn no_times_in_french_words_alike() {
    let doc = |rows: &str| edtf(&tree(rows, meta(Lang::Fr)));
    let seven = "Il il PRON _ 2 nsubj
        rentre rentrer VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
        de de ADP _ 5 case
        sept sept NUM NumType=Card 5 nummod
        ans an NOUN _ 2 obl:mod";
    assert_eq!(doc(seven), [""; 0]);
    let climb = "Il il PRON _ 2 nsubj
        tente tenter VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
        l' le DET _ 4 det
        ascension ascension NOUN _ 2 obj
        de de ADP _ 7 case
        le le DET _ 7 det
        pic pic NOUN _ 4 nmod";
    assert_eq!(doc(climb), [""; 0]);
    assert_eq!(read(Lang::Fr, "Le théâtre date du Ve siècle av. J.-C., dit-on."), [""; 0]);
}

#[test]
fn years_before_christ_are_not_read_as_others() {
    assert_eq!(read(Lang::En, "Caesar fell in 44 BC."), [""; 0]);
    assert_eq!(read(Lang::En, "A temple of 1250 BC stood there."), [""; 0]);
}
