//! The cue words of `data/lexicon/LANG/cues.tsv`.

use crate::verbs;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;
use temoin_model::{Certainty, Document, Lang, Status, TokenId, Upos};

/// What a cue does; see the head of the data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Report,
    Plan,
    /// Takes a stand for or against what a preposition names.
    Stance,
    Negative,
    Fact,
    Cease,
    Modal,
    Hedge,
    Source,
    Carrier,
    Negator,
    Condition,
    Purpose,
    Without,
    Asks,
    Light,
    NoSource,
    NoSpeaker,
    Content,
}

/// One line of the data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) status: Status,
    pub(super) certainty: Certainty,
    /// A negator that only negates beside « ne ».
    pub(super) needs_ne: bool,
}

/// Phrases with their cues, by kind and last word.
type Phrases = FxHashMap<(Kind, &'static str), Vec<(Vec<&'static str>, Cue)>>;

/// The cues of one language.
#[derive(Debug)]
pub(super) struct Cues {
    map: FxHashMap<(Kind, &'static str), Cue>,
    /// Cues of several words, by the last of them.
    phrases: Phrases,
    /// How the last words of the cues of each kind look, a bit each: see [`look`].
    looks: [[u64; LOOKS / 64]; Kind::Content as usize + 1],
    /// Nouns for people, bodies and places, which do not happen. The dead and injured are not among
    /// them: « des morts » speaks of deaths.
    things: FxHashSet<&'static str>,
}

pub(super) fn of(lang: Lang) -> &'static Cues {
    static FR: LazyLock<Cues> = LazyLock::new(|| {
        Cues::read(
            include_str!("../../../../data/lexicon/fr/cues.tsv"),
            include_str!("../../../../data/lexicon/fr/nouns.tsv"),
        )
    });
    static EN: LazyLock<Cues> = LazyLock::new(|| {
        Cues::read(
            include_str!("../../../../data/lexicon/en/cues.tsv"),
            include_str!("../../../../data/lexicon/en/nouns.tsv"),
        )
    });
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

impl Cues {
    fn read(data: &'static str, nouns: &'static str) -> Self {
        let mut map = FxHashMap::default();
        let mut phrases = Phrases::default();
        let mut looks = [[0; LOOKS / 64]; Kind::Content as usize + 1];
        for line in data.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let cols: Vec<&str> = line.split('\t').collect();
            let &[kind, cue, status, certainty] = cols.as_slice() else {
                panic!("cues.tsv: '{line}' has {} columns, expected 4", cols.len())
            };
            let kind = match kind {
                "report" => Kind::Report,
                "plan" => Kind::Plan,
                "stance" => Kind::Stance,
                "negative" => Kind::Negative,
                "fact" => Kind::Fact,
                "cease" => Kind::Cease,
                "modal" => Kind::Modal,
                "hedge" => Kind::Hedge,
                "source" => Kind::Source,
                "carrier" => Kind::Carrier,
                "negator" => Kind::Negator,
                "condition" => Kind::Condition,
                "purpose" => Kind::Purpose,
                "without" => Kind::Without,
                "asks" => Kind::Asks,
                "light" => Kind::Light,
                "nosource" => Kind::NoSource,
                "nospeaker" => Kind::NoSpeaker,
                "content" => Kind::Content,
                other => panic!("cues.tsv: unknown kind '{other}'"),
            };
            let status = match status {
                "asserted" => Status::Asserted,
                "reported" => Status::Reported,
                "hedged" => Status::Hedged,
                "planned" => Status::Planned,
                "hypothetical" => Status::Hypothetical,
                "denied" => Status::Denied,
                other => panic!("cues.tsv: unknown status '{other}'"),
            };
            let (certainty, needs_ne) = match certainty {
                "certain" => (Certainty::Certain, false),
                "probable" => (Certainty::Probable, false),
                "possible" => (Certainty::Possible, false),
                "unknown" => (Certainty::Unknown, false),
                "ne" => (Certainty::Certain, true),
                other => panic!("cues.tsv: unknown certainty '{other}'"),
            };
            let value = Cue { status, certainty, needs_ne };
            let mut looks_like = |word| looks[kind as usize][look(word) / 64] |= 1 << (look(word) % 64);
            looks_like(cue);
            if cue.contains(' ') || cue.contains('\'') {
                let words = spaced(cue);
                looks_like(words[words.len() - 1]);
                phrases.entry((kind, words[words.len() - 1])).or_default().push((words, value));
            }
            map.insert((kind, cue), value);
        }
        let things = nouns
            .lines()
            .filter_map(|l| l.split_once('\t'))
            .filter(|(class, _)| !matches!(*class, "event" | "time" | "measure"))
            .filter_map(|(_, rest)| rest.split_once('\t'))
            .flat_map(|(_, lemmas)| lemmas.split(' '))
            .filter(|l| {
                !matches!(
                    *l,
                    "mort"
                        | "blessé"
                        | "victime"
                        | "défunt"
                        | "rescapé"
                        | "otage"
                        | "prisonnier"
                        | "dead"
                        | "wounded"
                        | "injured"
                        | "casualty"
                        | "victim"
                        | "survivor"
                        | "hostage"
                        | "prisoner"
                )
            })
            .collect();
        Cues { map, phrases, looks, things }
    }

    /// Whether a nominal trigger speaks of something that happens, rather than of somebody or something.
    pub(super) fn is_happening(&self, doc: &Document, t: TokenId) -> bool {
        let noun = doc.upos(t) == Upos::Noun && doc.name_at(t).is_none() && doc.relation(t) != "appos";
        let (lemma, form) = (doc.lemma(t), lower(doc.form(t)));
        noun && !self.things.contains(lemma) && !self.things.contains(&*form)
            || matches!(doc.upos(t), Upos::Verb | Upos::Aux | Upos::Num | Upos::Pron)
            || doc.upos(t) == Upos::Adj && verbs::counted(doc, t)
    }

    /// The cue of a single lemma or phrase.
    pub(super) fn get(&self, kind: Kind, cue: &str) -> Option<Cue> {
        self.map.get(&(kind, cue)).copied()
    }

    /// The cue of a verb group or other predicate: « faire savoir », « s'engager », « accuser ».
    pub(super) fn of_predicate(&self, doc: &Document, kind: Kind, t: TokenId) -> Option<Cue> {
        let lemma = doc.lemma(t);
        let mut causer =
            doc.dependents(t).iter().copied().filter(|&d| doc.deprel(d) == "aux:caus").map(|d| doc.lemma(d));
        let above = doc.head(t).filter(|_| doc.relation(t) == "xcomp").map(|h| doc.lemma(h));
        if let Some(c) = causer.next().or(above).filter(|c| matches!(*c, "faire" | "laisser")) {
            let phrase = format!("{c} {lemma}");
            if let Some(cue) = self.get(kind, &phrase) {
                return Some(cue);
            }
        }
        if lemma == "faire" || lemma == "avoir" {
            for d in doc.dependents(t).iter().filter(|&&d| matches!(doc.relation(d), "obj" | "xcomp" | "obl" | "fixed"))
            {
                if let Some(cue) = self.get(kind, &format!("{lemma} {}", doc.lemma(*d))) {
                    return Some(cue);
                }
            }
        }
        let reflexive = doc
            .dependents(t)
            .iter()
            .any(|&d| matches!(doc.deprel(d), "expl:pv" | "expl:comp" | "expl:pass") && doc.lemma(d).starts_with('s'));
        if reflexive {
            for form in [format!("se {lemma}"), format!("s'{lemma}")] {
                if let Some(cue) = self.get(kind, &form) {
                    return Some(cue);
                }
            }
        }
        self.get(kind, lemma).or_else(|| {
            let form = doc.form(t).to_lowercase();
            self.get(kind, form.trim_end_matches("es").trim_end_matches(['s', 'e']))
        })
    }

    /// The cue of `kind` whose words end at token `t` inside its sentence, with its first token.
    pub(super) fn phrase_at(&self, doc: &Document, kind: Kind, t: TokenId) -> Option<(Cue, TokenId)> {
        let first = doc.sentence(doc.sentence_of(t)).start;
        let matches = |words: &[&str]| {
            let n = words.len() as u32;
            t.0 + 1 >= first + n
                && words.iter().enumerate().all(|(k, w)| {
                    let x = TokenId(t.0 + 1 - n + k as u32);
                    lower(doc.form(x)) == *w || doc.lemma(x) == *w
                })
        };
        let form = lower(doc.form(t));
        let lemma = doc.lemma(t);
        let may = |word| self.looks[kind as usize][look(word) / 64] >> (look(word) % 64) & 1 == 1;
        if !may(&*form) && !may(lemma) {
            return None;
        }
        let ending = |last| self.phrases.get(&(kind, last)).map_or(&[][..], Vec::as_slice);
        let by_lemma = if lemma == form { &[][..] } else { ending(lemma) };
        let longest = ending(&*form).iter().chain(by_lemma).filter(|(w, _)| matches(w)).max_by_key(|(w, _)| w.len());
        if let Some((words, cue)) = longest {
            return Some((*cue, TokenId(t.0 + 1 - words.len() as u32)));
        }
        self.get(kind, &form).or_else(|| self.get(kind, lemma)).map(|c| (c, t))
    }
}

/// Number of looks.
const LOOKS: usize = 256;

/// What tells most words from cues at once: the first letter and the length.
fn look(word: &str) -> usize {
    word.bytes().next().map_or(0, |b| usize::from(b) * 16 + word.len()) % LOOKS
}

/// The form in lower case with straight apostrophes, without a copy where it is so already.
fn lower(form: &str) -> Cow<'_, str> {
    // Most words are plain letters, for which the tables of Unicode need not be asked.
    let plain = form.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if !plain && form.chars().any(|c| c.is_uppercase() || c == '’') {
        Cow::Owned(form.to_lowercase().replace('’', "'"))
    } else {
        Cow::Borrowed(form)
    }
}

/// « d'après » as the two words that a tokenizer makes of it.
fn spaced(cue: &str) -> Vec<&str> {
    cue.split(' ')
        .flat_map(|w| match w.find('\'') {
            Some(i) if i + 1 < w.len() => vec![&w[..=i], &w[i + 1..]],
            _ => vec![w],
        })
        .collect()
}
