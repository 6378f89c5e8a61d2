//! The scorers on the public corpora, where their folder is known: TEMOIN_CORPORA.

use std::path::PathBuf;
use temoin_extract::Extractor;
use temoin_language::Annotator;
use temoin_model::Lang;
use temoin_train::coref::corpora;
use temoin_train::coref::matching::Matching;
use temoin_train::coref::score::{self, Scores};
use temoin_train::judged::score as judged;
use temoin_train::meantime;
use temoin_train::popcorn::{self, answer::Answer, mapping::Mapping};

/// The folder, or a word why nothing is tested.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("TEMOIN_CORPORA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: TEMOIN_CORPORA is not set");
    }
    folder
}

#[test]
fn mentions_of_every_coreference_corpus_lie_in_its_text_and_are_found() {
    let Some(folder) = folder() else { return };
    let extractor = Extractor::builtin();
    for set in score::sets(&folder, false).unwrap() {
        let annotator = Annotator::builtin(set.lang);
        let mut scores = Scores::default();
        for text in set.texts.iter().rev().take(3) {
            let length = text.text.chars().count() as u32;
            assert!(text.chains.iter().flatten().all(|s| s.start < s.end && s.end <= length), "{}", text.name);
            let (doc, found) = score::extract(&annotator, &extractor, &text.name, &text.text);
            assert_eq!(doc.text(), text.text);
            scores.add(&doc, &text.chains, &found.mentions, Matching::Head);
        }
        let [precision, recall, _] = scores.all.mentions.percent();
        assert!(precision > 10.0 && recall > 10.0, "{}: {precision} {recall}", set.name);
        assert!(scores.all.mean_f1() > 10.0 && scores.linked.mean_f1() <= 100.0, "{}", set.name);
    }
}

#[test]
fn types_and_relations_of_popcorn_are_all_in_the_mapping_and_some_are_found() {
    let Some(folder) = folder() else { return };
    let mapping = Mapping::builtin().unwrap();
    let (annotator, extractor) = (Annotator::builtin(Lang::Fr), Extractor::builtin());
    for part in ["train", "dev"] {
        let reports = popcorn::data::read(&folder, part).unwrap();
        for report in reports.values() {
            for entity in &report.entities {
                let types = mapping.types.get(&entity.kind).unwrap_or_else(|| panic!("no type {}", entity.kind));
                assert_eq!(types.is_empty(), entity.is_attribute(), "{}", entity.kind);
            }
            assert!(report.relations.iter().all(|r| mapping.relations.contains_key(&r.1)));
        }
        let mut scores = popcorn::score::Scores::default();
        for (name, report) in reports.iter().take(10) {
            let (doc, found) = score::extract(&annotator, &extractor, name, &report.text);
            scores.add(&doc, report, &Answer::of_rules(&doc, &found, &mapping), &mapping);
        }
        let [micro, macro_f1] = scores.mentions[2].f1();
        assert!(micro > 20.0 && macro_f1 > 20.0, "{micro} {macro_f1}");
        assert!(scores.tables(10, &mapping).contains("IS_LOCATED_IN"));
    }
}

#[test]
fn every_opening_bracket_of_a_coreference_corpus_is_a_mention() {
    let Some(folder) = folder() else { return };
    for path in ["coref/fr/dem1921_sg.test.conll", "parsing/en/gum-permissive-test.conllu"] {
        let source = std::fs::read_to_string(folder.join(path)).unwrap();
        let field = |line: &str| {
            let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
            let misc = || columns.get(9)?.split('|').find_map(|f| f.strip_prefix("Entity=").map(str::to_owned));
            columns.get(14).cloned().or_else(misc).map_or(0, |f| f.matches('(').count())
        };
        let brackets: usize = source.lines().filter(|l| !l.starts_with('#')).map(field).sum();
        let texts = corpora::conll(&source);
        assert_eq!(texts.iter().flat_map(|t| &t.chains).map(Vec::len).sum::<usize>(), brackets, "{path}");
        // The sentences that GUM gives whole stand in the text as they are.
        let sentences: Vec<&str> = source.lines().filter_map(|l| l.strip_prefix("# text = ")).collect();
        let whole = |s: &&&str| texts.iter().any(|t| t.text.contains(**s));
        assert_eq!(sentences.iter().filter(whole).count(), sentences.len(), "{path}");
    }
}

#[test]
fn nearly_half_of_the_events_of_meantime_are_found_and_few_claims_are_of_none() {
    let Some(folder) = folder() else { return };
    let (annotator, extractor) = (Annotator::builtin(Lang::En), Extractor::builtin());
    let mut scores = meantime::score::Scores::default();
    for text in meantime::corpus::texts(&folder).unwrap() {
        let length = text.text.chars().count() as u32;
        assert_eq!(text.text.matches("\n\n").count(), 2, "headline, date and body: {}", text.name);
        assert!(text.annotated.end <= length && text.asked().count() > 0, "{}", text.name);
        scores.add(&text, &meantime::extract(&annotator, &extractor, &text).1);
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of as f64;
    let (events, claims) = (scores.counts(None, None), scores.claims(None));
    let verbs = scores.counts(None, Some("VERB"));
    assert_eq!((events.events, verbs.events), (713, 477));
    assert!(share(events.found, events.events) > 47.0, "{events:?}");
    assert!(share(events.participant, events.events) > 45.0, "{events:?}");
    assert!(share(verbs.found, verbs.events) > 60.0, "{verbs:?}");
    assert!(share(claims.events, claims.all) > 86.0, "{claims:?}");
}

#[test]
fn most_judged_claims_that_are_there_now_are_right_and_few_sentences_say_nothing() {
    let Some(folder) = folder() else { return };
    for (name, source) in judged::BUILTIN {
        let sentences = judged::judged(name, source).unwrap();
        if sentences.is_empty() {
            eprintln!("skipped: {name} has no facts yet");
            continue;
        }
        // Offsets that lie outside their documents are an error.
        let scores = judged::score(&folder, name, &sentences).unwrap();
        assert_eq!(scores.sentences, sentences.len());
        let precision = scores.judged.precision().unwrap_or_default();
        assert!(precision >= 0.85, "{name}: {precision:.3} of {:?}", scores.judged);
        assert!(scores.right_a_sentence() >= 1.3, "{name}: {:.2}", scores.right_a_sentence());
    }
}
