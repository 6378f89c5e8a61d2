//! What a noun behind a name and a comma says that it is: « Insurgency Wiki, un site de … ».

use super::super::args::{Arg, What};
use super::super::engine::{Engine, Hit};
use super::super::frame::Pos;
use super::DIRECT;
use crate::entities::{Lexicon, NounClass, is_profession};
use temoin_model::{EntityType, Lang, Span, Tok, TokenId, Upos};

/// Endings of nouns that are hardly what somebody is: « Paul Morin, preuve de sa détermination, ».
const ABSTRACT: [&str; 8] = ["tion", "sion", "ment", "té", "ance", "ence", "isme", "ure"];

impl Engine<'_> {
    /// « Insurgency Wiki, un site de … », « Claire Martin, figure du parti et maire de Riga, »: what a noun
    /// behind a name and a comma, or one joined to it, says that the name's bearer is.
    pub(super) fn apposition(&mut self, t: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let (class, _) = Lexicon::of(doc).noun(doc.lemma(t), doc.form(t));
        let common =
            doc.upos(t) == Upos::Noun || doc.form(t).starts_with(char::is_lowercase) || class.has(NounClass::PERSON);
        let singular = common && doc.feat(t, "Number") != Some("Plur");
        let given = doc.dependents(t).iter().any(|&d| doc.feat(d, "PronType") == Some("Art") && d < t);
        let listed = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "conj" | "cc"));
        let clause = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "cop" | "nsubj"));
        // « Dans les Yvelines, un centre a été évacué » with the centre for an apposition of the place
        let above = doc.head(t).filter(|&h| doc.relation(t) == "appos" && doc.relation(h) == "nsubj");
        if above.is_some_and(|h| tree.preposition(h).is_some()) {
            return;
        }
        if clause || !singular || listed && given || self.args.is_time(t) || self.args.quantity_at(t).is_some() {
            return;
        }
        let joined = self.joined_apposition(t);
        let start = self.phrase_start(joined.unwrap_or(t));
        let Some(name) = self.name_before(start) else { return };
        let kind = name.entity().map(|e| self.args.kind(e));
        let bare = self.is_bare_description(t, class, kind);
        let fits = (given || bare) && self.describes(class, kind, bare);
        let own_start = if joined.is_some() { self.phrase_start(t) } else { start };
        let Some(words) = self.predicate_words(t, TokenId(own_start - 1)).filter(|_| fits) else { return };
        let object = self.words_arg(words, t);
        let own = name.span.is_some_and(|s| match &object.what {
            What::Text(words) => words.to_lowercase().contains(&doc.slice(s).to_lowercase()),
            _ => false,
        });
        if self.goes_on(t, words) || own {
            return;
        }
        let hit = Hit { at: t, complement: None, pos: Pos::Noun };
        let name_of = if doc.meta.lang == Lang::Fr { "open:être" } else { "open:be" };
        for part in self.descriptions(words) {
            let object = self.words_arg(part, t);
            self.claim(hit, name_of, "open-apposition", DIRECT, &name, &object, None);
        }
    }

    /// « présidente de la région et maire de Riga »: two descriptions, though the tree may join the second
    /// to a noun inside the first.
    fn descriptions(&self, words: Span<Tok>) -> Vec<Span<Tok>> {
        let doc = self.args.tree.doc;
        let person = |t: TokenId| {
            let class = Lexicon::of(doc).noun(doc.lemma(t), doc.form(t)).0;
            let given = doc.dependents(t).iter().any(|&d| d < t && matches!(doc.relation(d), "det" | "case"));
            doc.upos(t) == Upos::Noun && class.has(NounClass::PERSON) && doc.feat(t, "Number") != Some("Plur") && !given
        };
        let begins = |and: &u32| {
            let behind = (and + 1..words.end).map(TokenId).find(|&t| doc.upos(t) != Upos::Adj);
            doc.meta.lang == Lang::Fr && doc.form(TokenId(*and)) == "et" && behind.is_some_and(person)
        };
        let mut out = vec![words];
        while let Some(&last) = out.last()
            && let Some(and) = (last.start + 1..last.end).find(begins)
        {
            out.pop();
            out.extend([Span::new(last.start, and), Span::new(and + 1, last.end)]);
        }
        out
    }

    /// Where the phrase of a noun begins, its comma left out.
    fn phrase_start(&self, t: TokenId) -> u32 {
        let doc = self.args.tree.doc;
        let starts = doc.dependents(t).iter().map(|&d| doc.subtree(d).start);
        let own = |&s: &u32| !matches!(doc.upos(TokenId(s)), Upos::Punct | Upos::Cconj);
        starts.filter(own).min().unwrap_or(t.0).min(t.0)
    }

    /// « figure du parti et maire de Riga »: the apposition that a French noun is joined to.
    fn joined_apposition(&self, t: TokenId) -> Option<TokenId> {
        let doc = self.args.tree.doc;
        let first = doc.head(t).filter(|&u| doc.relation(t) == "conj" && doc.relation(u) == "appos" && u < t)?;
        let before = self.phrase_start(t).checked_sub(1).map(TokenId)?;
        // « ancien député et ministre » is perhaps neither any longer.
        let former = |n: TokenId| doc.dependents(n).iter().any(|&d| matches!(doc.lemma(d), "ancien" | "ex" | "futur"));
        let same = !former(first) || former(t);
        (doc.meta.lang == Lang::Fr && doc.lemma(before) == "et" && same).then_some(first)
    }

    /// « Claire Martin, figure du parti, »: whether a noun without an article may say what a name's bearer is.
    /// What people are needs none; another noun needs a complement.
    fn is_bare_description(&self, t: TokenId, class: NounClass, kind: Option<EntityType>) -> bool {
        let doc = self.args.tree.doc;
        if doc.meta.lang != Lang::Fr || doc.dependents(t).iter().any(|&d| d < t && doc.relation(d) == "case") {
            return false;
        }
        let given = |&d: &TokenId| d < t && matches!(doc.relation(d), "det" | "nummod");
        // « champion d'Europe avec Lens, champion du monde en 1998 » is a list.
        let listed = doc.relation(t) == "conj" && self.joined_apposition(t).is_none();
        let plain = !listed && !doc.dependents(t).iter().any(given);
        let known = class.has(NounClass::PERSON) || class.has(NounClass::ORG);
        if !plain {
            let other = kind == Some(EntityType::Organization) && class.has(NounClass::PERSON);
            return known && !other;
        }
        let role = known || is_profession(doc.lemma(t));
        let complement = doc.dependents(t).iter().any(|&d| d > t && matches!(doc.relation(d), "nmod" | "amod"));
        let concrete = doc.upos(t) == Upos::Noun && !ABSTRACT.iter().any(|e| doc.lemma(t).ends_with(e));
        let figure = matches!(doc.lemma(t), "figure");
        match kind {
            Some(EntityType::Person) => role || class.is_empty() && complement && (concrete || figure),
            Some(EntityType::Place) => role || class.has(NounClass::PLACE) && complement,
            _ => role,
        }
    }

    /// Whether a noun of a class may describe a name of a kind.
    fn describes(&self, class: NounClass, kind: Option<EntityType>, bare: bool) -> bool {
        match kind {
            Some(EntityType::Person) => class.has(NounClass::PERSON) || class.is_empty() && bare,
            Some(EntityType::Place | EntityType::Country) => {
                class.has(NounClass::PLACE) || class.has(NounClass::COUNTRY) || class.is_empty()
            }
            Some(EntityType::Organization) => {
                let maker = bare && class.has(NounClass::PERSON);
                maker || class.has(NounClass::ORG) || class.has(NounClass::POLICE) || class.is_empty()
            }
            _ => !class.has(NounClass::PERSON) && !class.has(NounClass::PLACE) && !class.has(NounClass::ORG),
        }
    }

    /// « le festival d'Avignon, le programme du festival d'Avignon »: what is set off ends at a stop, or where
    /// a second description is joined to it.
    fn goes_on(&self, t: TokenId, words: Span<Tok>) -> bool {
        let doc = self.args.tree.doc;
        let sentence = doc.sentence(doc.sentence_of(t));
        if words.end >= sentence.end {
            return false;
        }
        let next = TokenId(words.end);
        let joined = doc.meta.lang == Lang::Fr
            && doc.lemma(next) == "et"
            && doc
                .head(next)
                .is_some_and(|c| doc.relation(c) == "conj" && doc.head(c) == Some(t) && self.args.tree.is_nominal(c));
        doc.upos(next) != Upos::Punct && doc.feat(next, "PronType") != Some("Rel") && !joined
    }

    /// The name that ends before the comma right before `start`; words in brackets may stand between.
    fn name_before(&mut self, start: u32) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let first = doc.sentence(doc.sentence_of(TokenId(start))).start;
        let mut end = start.checked_sub(1).filter(|&c| c > first && doc.form(TokenId(c)) == ",")?;
        if doc.form(TokenId(end - 1)) == ")" {
            end = (first..end).rev().take(12).find(|&i| doc.form(TokenId(i)) == "(").filter(|&i| i > first)?;
        }
        let name = self.args.named_ending(end)?;
        self.args.participant_known(name).filter(|a| self.is_named(a))
    }
}
