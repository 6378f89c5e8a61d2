//! The scorer against counts worked out by hand.

use super::*;
use temoin_model::{Meta, conllu::parse_one};

fn doc(rows: &str) -> Document {
    let table: String = rows
        .lines()
        .map(|l| {
            let c: Vec<&str> = l.split_whitespace().collect();
            if c.is_empty() {
                return "\n".to_owned();
            }
            if c.len() == 2 {
                return format!("{}\t{}\t_\t_\t_\t_\t_\t_\t_\t_\n", c[0], c[1]);
            }
            let misc = c.get(6).unwrap_or(&"_");
            format!(
                "{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{misc}\n",
                c[0],
                c[1],
                c[1].to_lowercase(),
                c[2],
                c[3],
                c[4..6].join("\t")
            )
        })
        .collect();
    parse_one(&table, Meta::default()).unwrap()
}

const GOLD: &str = "1 Il PRON Number=Sing 2 nsubj\n2 part VERB _ 0 root\n3-4 du\n3 de ADP _ 5 case\n4 le DET _ 5 det\n5 port NOUN _ 2 obl:mod SpaceAfter=No\n6 . PUNCT _ 2 punct\n";

#[test]
fn the_same_analysis_scores_full_marks() {
    let d = doc(GOLD);
    let s = score(&d, &d).unwrap();
    assert_eq!(s.0.len(), 8);
    for (name, c) in &s.0 {
        assert_eq!((c.correct, c.f1()), (c.gold, 100.0), "{name}");
    }
}

#[test]
fn subtypes_and_language_specific_features_do_not_count() {
    let other = doc(&GOLD.replace("obl:mod", "obl").replace("Number=Sing", "ExtPos=ADV|Number=Sing"));
    let s = score(&doc(GOLD), &other).unwrap();
    assert_eq!((s.f1("LAS"), s.f1("UFeats")), (100.0, 100.0));
    let wrong = doc(&GOLD.replace("2 obl:mod", "2 obj").replace("Number=Sing", "Number=Plur"));
    let s = score(&doc(GOLD), &wrong).unwrap();
    assert_eq!((s.f1("UAS"), s.f1("LAS").round(), s.f1("UFeats").round()), (100.0, 83.0, 83.0));
}

#[test]
fn an_unsplit_contraction_costs_its_words_only() {
    let whole = doc(
        "1 Il PRON Number=Sing 2 nsubj\n2 part VERB _ 0 root\n3 du DET _ 4 det\n4 port NOUN _ 2 obl:mod SpaceAfter=No\n5 . PUNCT _ 2 punct\n",
    );
    let s = score(&doc(GOLD), &whole).unwrap();
    assert_eq!(s.f1("Tokens"), 100.0);
    let words = s.0.iter().find(|m| m.0 == "Words").unwrap().1;
    assert_eq!(words, Counts { correct: 4, system: 5, gold: 6 });
    assert_eq!(s.0.iter().find(|m| m.0 == "UAS").unwrap().1.correct, 4);
}

#[test]
fn sentences_are_counted_by_both_their_ends() {
    let two = doc(
        "1 Il PRON Number=Sing 0 root\n2 part VERB _ 1 dep\n\n1-2 du\n1 de ADP _ 3 case\n2 le DET _ 3 det\n3 port NOUN _ 0 root SpaceAfter=No\n4 . PUNCT _ 3 punct\n",
    );
    let s = score(&doc(GOLD), &two).unwrap();
    assert_eq!(s.0[1].1, Counts { correct: 0, system: 2, gold: 1 });
    assert_eq!(s.f1("Words"), 100.0);
}

#[test]
fn other_text_cannot_be_scored() {
    assert!(score(&doc(GOLD), &doc(&GOLD.replace("port", "quai"))).is_none());
}

fn counts(scores: &Scores, name: &str) -> (usize, usize, usize) {
    let c = scores.0.iter().find(|m| m.0 == name).expect("a metric of the table").1;
    (c.correct, c.system, c.gold)
}

/// Seven words in gold, six in the system, which leaves "du" whole and cuts "celui-là" in two.
#[test]
fn every_count_of_a_mixed_sentence() {
    let gold = doc(
        "1 Elle PRON Gender=Fem|Number=Sing 2 nsubj\n2 sort VERB Mood=Ind 0 root\n3-4 du\n3 de ADP _ 5 case\n4 le DET _ 5 det\n5 parc NOUN _ 2 obl:arg\n6 celui-là PRON _ 2 obj SpaceAfter=No\n7 . PUNCT _ 2 punct\n",
    );
    let system = doc(
        "1 Elle PRON Number=Sing|Gender=Fem 2 nsubj\n2 sort NOUN Mood=Ind 0 root\n3 du ADP _ 4 case\n4 parc NOUN _ 1 obl\n5 celui PRON _ 2 obj SpaceAfter=No\n6 -là ADV _ 5 advmod SpaceAfter=No\n7 . PUNCT _ 2 punct\n",
    );
    let s = score(&gold, &system).unwrap();
    // Elle sort du parc . agree; celui-là does not.
    assert_eq!(counts(&s, "Tokens"), (5, 7, 6));
    assert_eq!(counts(&s, "Sentences"), (1, 1, 1));
    // In the stretch of "du", the form "du" is none of "de", "le": no pair.
    assert_eq!(counts(&s, "Words"), (4, 7, 7));
    // "sort" is a noun in the system.
    assert_eq!(counts(&s, "UPOS"), (3, 7, 7));
    // The order of features does not matter.
    assert_eq!(counts(&s, "UFeats"), (4, 7, 7));
    assert_eq!(counts(&s, "Lemmas"), (4, 7, 7));
    // "parc" hangs on another word.
    assert_eq!(counts(&s, "UAS"), (3, 7, 7));
    assert_eq!(counts(&s, "LAS"), (3, 7, 7));
    assert!((s.f1("Words") - 100.0 * 8.0 / 14.0).abs() < 1e-9);
}

#[test]
fn words_of_a_contraction_are_aligned_by_their_forms_in_lower_case() {
    let gold = doc("1-3 Dulà\n1 De ADP _ 3 case\n2 le DET _ 3 det\n3 là ADV _ 0 root\n");
    let system = doc("1-2 Dulà\n1 LE DET _ 2 det\n2 là ADV _ 0 root\n");
    let s = score(&gold, &system).unwrap();
    assert_eq!(counts(&s, "Tokens"), (1, 1, 1));
    assert_eq!(counts(&s, "Words"), (2, 2, 3));
    assert_eq!(counts(&s, "LAS"), (2, 2, 3));
}

#[test]
fn a_contraction_on_one_side_only_takes_in_the_words_that_it_covers() {
    // The system glues "aux ports" into one multiword token over three words.
    let gold = doc("1 va VERB _ 0 root\n2-3 aux\n2 à ADP _ 4 case\n3 les DET _ 4 det\n4 ports NOUN _ 1 obl\n");
    let glued = "1 va VERB _ 0 root\n2-4 auxports\n2 à ADP _ 4 case\n3 les DET _ 4 det\n4 ports NOUN _ 1 obl\n";
    let s = score(&gold, &doc(glued)).unwrap();
    assert_eq!(counts(&s, "Tokens"), (1, 2, 3));
    assert_eq!(counts(&s, "Words"), (4, 4, 4));
    assert_eq!(counts(&s, "LAS"), (4, 4, 4));
}

#[test]
fn an_unknown_gold_lemma_counts_as_right() {
    let with = |lemma: &str| {
        let rows = format!("1\tLà\t{lemma}\tADV\t_\t_\t0\troot\t_\t_\n2\toui\toui\tINTJ\t_\t_\t1\tdiscourse\t_\t_\n");
        parse_one(&rows, Meta::default()).unwrap()
    };
    assert_eq!(counts(&score(&with("_"), &with("ailleurs")).unwrap(), "Lemmas"), (2, 2, 2));
    assert_eq!(counts(&score(&with("ailleurs"), &with("_")).unwrap(), "Lemmas"), (1, 2, 2));
}

#[test]
fn a_head_counts_only_when_it_is_the_aligned_word() {
    // The head of "vite" is "très-bien" in gold, whose place the system gives to two words.
    let gold = doc("1 très-bien ADV _ 0 root\n2 vite ADV _ 1 advmod\n");
    let system = doc("1 très- ADV _ 2 advmod SpaceAfter=No\n2 bien ADV _ 0 root\n3 vite ADV _ 2 advmod\n");
    let s = score(&gold, &system).unwrap();
    assert_eq!(counts(&s, "Words"), (1, 3, 2));
    assert_eq!(counts(&s, "UAS"), (0, 3, 2));
}
