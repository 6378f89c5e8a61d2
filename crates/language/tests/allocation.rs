//! The working memory of the analysis is kept: once it is as large as a text needs, no word asks the
//! system for more.

use temoin_language::Annotator;
use temoin_language::analysis::{Models, Scratch};
use temoin_language::container::ModelFile;
use temoin_model::{Article, Lang, Meta};

const FRENCH: &str = "Le maire de Valbourg, M. Garnier, a quitté Paris mardi 12 mars après l’incendie du port . \
    « Il partira », a-t-elle dit , et des élus s’inquiètent des suites pour les 2 000 habitants .";

fn allocations(run: impl FnOnce()) -> u64 {
    allocation_counter::measure(run).count_total
}

#[test]
fn tags_lemmas_and_trees_need_no_new_memory() {
    let bytes = include_bytes!("../../../data/models/fr.analysis.model");
    let models = Models::from_file(&ModelFile::read(bytes).unwrap()).unwrap();
    let mut s = Scratch::default();
    models.analyse(FRENCH.split_whitespace(), &mut s);
    assert_eq!(allocations(|| models.analyse(FRENCH.split_whitespace(), &mut s)), 0);
}

#[test]
fn the_whole_annotation_allocates_for_texts_not_for_words() {
    let french = Annotator::builtin(Lang::Fr);
    let run = |copies: usize| {
        let article = Article { meta: Meta::default(), text: format!("{FRENCH}\n").repeat(copies) };
        let mut words = 0;
        let count = allocations(|| words = french.annotate(article).len());
        (count as f64, words as f64)
    };
    run(1);
    let (few, many) = (run(100), run(200));
    let per_word = (many.0 - few.0) / (many.1 - few.1);
    assert!(per_word < 0.01, "{per_word} allocations a word");
}
