//! Who speaks and who is spoken to: « je », « nous », « vous », "we", "you" and their possessives.
//!
//! In quoted words the first person singular is whoever says them; elsewhere each person of the
//! grammar is one entity of the article, which no claim is made of.

use super::builder::Info;
use super::lexicon::NounClass;
use super::phrase::lower;
use super::walk::Walk;
use crate::factuality::{Source, quoted};
use temoin_model::{Document, EntityIx, EntityType, Lang, MentionKind, Span, TokenId, Upos};

/// Sentences after which « on » is somebody else.
const ANYONE_REACH: usize = 1;

/// A person of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Person {
    I,
    We,
    Thou,
    You,
    Anyone,
}

impl Person {
    fn of(doc: &Document, t: TokenId) -> Option<Person> {
        if !matches!(doc.upos(t), Upos::Pron | Upos::Det) {
            return None;
        }
        let form = lower(doc, t);
        let form = form.trim_start_matches('-').trim_start_matches("t-");
        Some(match (doc.meta.lang, form) {
            (Lang::Fr, "je" | "j'" | "me" | "m'" | "moi" | "moi-même" | "mon" | "ma" | "mes") => Person::I,
            (Lang::Fr, "nous" | "notre" | "nos" | "nous-mêmes") => Person::We,
            (Lang::Fr, "tu" | "te" | "t'" | "toi" | "ton" | "ta" | "tes") => Person::Thou,
            (Lang::Fr, "vous" | "votre" | "vos") => Person::You,
            (Lang::Fr, "on") => Person::Anyone,
            (Lang::En, "i" | "me" | "my" | "mine" | "myself") => Person::I,
            (Lang::En, "we" | "us" | "our" | "ours" | "ourselves") => Person::We,
            (Lang::En, "you" | "your" | "yours" | "yourself" | "yourselves") => Person::You,
            _ => return None,
        })
    }

    fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Person::I, Lang::Fr) => "je",
            (Person::We, Lang::Fr) => "nous",
            (Person::Thou, _) => "tu",
            (Person::You, Lang::Fr) => "vous",
            (Person::Anyone, _) => "on",
            (Person::I, Lang::En) => "I",
            (Person::We, Lang::En) => "we",
            (Person::You, Lang::En) => "you",
        }
    }

    fn is_many(self) -> bool {
        matches!(self, Person::We | Person::You | Person::Anyone)
    }
}

/// Whether a possessive is of the first or second person.
pub(super) fn is_ours(doc: &Document, t: TokenId) -> bool {
    Person::of(doc, t).is_some()
}

impl Walk<'_, '_> {
    /// Mentions of the first and the second person. Called when all others are known, because a speaker
    /// may stand behind the quotation.
    pub(super) fn speakers(&mut self) {
        let doc = self.b.doc;
        let (mut anyone, mut last) = (0, 0);
        for t in doc.tokens() {
            let Some(person) = Person::of(doc, t).filter(|_| self.b.by_head[t.ix()].is_none()) else { continue };
            // « le moi », « le nous » are nouns, « s'il vous plaît » is nobody.
            if self.name_at(t).is_some() {
                continue;
            }
            let speaker = match quoted(doc, t) {
                Some(Source::Token(s)) if s != t => self.name_at(s).or(self.b.by_head[s.ix()]).map(|m| self.b.of(m)),
                _ => None,
            };
            let word = Span::new(t.0, t.0 + 1);
            let human = |e: EntityIx| self.b.entity(e).kind == EntityType::Person;
            if let Some(e) = speaker.filter(|&e| person == Person::I && human(e)) {
                self.b.mention(word, t, MentionKind::Pronoun, e);
                continue;
            }
            if person == Person::Anyone {
                let sentence = doc.sentence_of(t);
                anyone += usize::from(sentence > last + ANYONE_REACH);
                last = sentence;
            }
            let apart = match speaker {
                Some(e) => format!("with {}", self.b.entity(e).id),
                None if person == Person::Anyone => format!("any {anyone}"),
                None => "person".to_owned(),
            };
            let kind = if person.is_many() { EntityType::Group } else { EntityType::Person };
            let info = Info { plural: Some(person.is_many()), class: NounClass::PERSON, ..Info::default() };
            let e = self.b.unnamed(person.label(doc.meta.lang), kind, &apart, info);
            self.b.aside(word, t, e);
        }
    }
}
