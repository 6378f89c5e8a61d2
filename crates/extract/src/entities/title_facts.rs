//! What nouns beside a name state of its bearer: offices (« le président kazakh Tokaïev »), nationality, trade,
//! and where a place lies (« Almaty, la principale ville du Kazakhstan »).

use super::InherentObject;
use super::lexicon::Title;
use super::phrase::{Definite, before, lower};
use super::walk::{Np, Walk};
use temoin_model::{EntityType, Lang, MentionIx, Span, TokenId, Upos};

impl Walk<'_, '_> {
    /// « le chanteur belge X », « l'Italien X », « X, actrice française »: no title, so the adjective
    /// is a nationality.
    pub(super) fn citizen(&mut self, np: &Np, m: MentionIx) {
        if self.title(np.head).is_some() {
            return;
        }
        let doc = self.b.doc;
        let start = self.b.mentions[m.0 as usize].tokens.start;
        let end = if np.head.0 < start { np.label.end.max(start.min(np.head.0 + 8)) } else { np.label.end };
        let own = [np.head].into_iter().chain((np.label.start..end).map(TokenId)).find(|&t| {
            // « le banquier et philanthrope américain X »
            let joined = |h: TokenId| doc.relation(h) == "conj" && doc.head(h) == Some(np.head) && t > h;
            let direct =
                t == np.head || doc.head(t) == Some(np.head) || t.0 == np.head.0 + 1 || doc.head(t).is_some_and(joined);
            let direct = direct && (t >= np.head || doc.meta.lang == Lang::En);
            direct && self.state_of(t).is_some() && self.name_at(t).is_none()
        });
        if let Some(state) = own.and_then(|t| self.state_mention(t).map(|s| (t, s))) {
            self.b.inherent(m, "citizenOf", InherentObject::Mention(state.1), state.0, "nationality");
        }
    }

    /// « la chanteuse belge Angèle », "actor Dennis Hopper": what the noun right before a name says that
    /// its bearer is.
    pub(super) fn described(&mut self, np: &Np, m: MentionIx) {
        let doc = self.b.doc;
        let start = self.b.mentions[m.0 as usize].tokens.start;
        let behind = |t: u32| doc.upos(TokenId(t)) == Upos::Adj && doc.head(TokenId(t)) == Some(np.head);
        let generic = matches!(
            doc.lemma(np.head),
            "homme"
                | "femme"
                | "fille"
                | "garçon"
                | "enfant"
                | "monsieur"
                | "madame"
                | "man"
                | "woman"
                | "boy"
                | "girl"
                | "père"
                | "mère"
                | "fils"
                | "frère"
                | "sœur"
                | "mari"
                | "épouse"
                | "époux"
                | "cousin"
                | "oncle"
                | "compagne"
                | "father"
                | "mother"
                | "son"
                | "daughter"
                | "brother"
                | "sister"
                | "wife"
                | "husband"
                | "girlfriend"
                | "boyfriend"
                | "uncle"
                | "aunt"
        );
        let common = doc.form(np.head).starts_with(char::is_lowercase) && doc.upos(np.head) == Upos::Noun;
        if generic || !common || self.title(np.head).is_some() || start <= np.head.0 {
            return;
        }
        // « l'administrateur de la NASA, Robert Lightfoot, »: up to the comma.
        let comma = before(doc, TokenId(start)).filter(|&c| doc.form(c) == ",");
        let plain =
            |t: u32| matches!(doc.upos(TokenId(t)), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adp | Upos::Det);
        let end = match comma {
            Some(c) if np.definite == Definite::Article && (np.head.0 + 1..c.0).all(plain) => c.0,
            None if (np.head.0 + 1..start).all(behind) => start,
            _ => return,
        };
        let from = if doc.meta.lang == Lang::En { np.label.start } else { np.head.0 };
        let words = doc.words(doc.char_span(Span::new(from, end)));
        let predicate = if doc.meta.lang == Lang::Fr { "open:être" } else { "open:be" };
        self.b.inherent(m, predicate, InherentObject::Text(words), np.head, "description");
    }

    /// What a title says of its bearer `m`; its complements stand before word `limit`.
    pub(super) fn title_facts(&mut self, np: &Np, m: MentionIx, limit: u32) {
        let doc = self.b.doc;
        let Some((title, words)) = self.title(np.head) else { return };
        let first = TokenId(words.start);
        let lead = match doc.meta.lang {
            Lang::Fr => before(doc, first),
            // "the former French president": the state may stand between.
            Lang::En => {
                before(doc, first).map(|p| if self.state_of(p).is_some() { before(doc, p).unwrap_or(p) } else { p })
            }
        };
        let former = lead.is_some_and(|p| {
            matches!(
                doc.lemma(p).to_lowercase().as_str(),
                "ancien"
                    | "ex"
                    | "futur"
                    | "ex-"
                    | "feu"
                    | "former"
                    | "late"
                    | "then"
                    | "future"
                    | "outgoing"
                    | "ousted"
                    | "incoming"
                    | "elect"
            )
        }) || lower(doc, first).starts_with("ex-")
            || (words.start..limit).any(|x| matches!(doc.lemma(TokenId(x)), "sortant" | "déchu" | "élu" | "défunt"));
        if former {
            return;
        }
        let complement =
            (words.end..limit).map(TokenId).find_map(|t| self.name_at(t)).filter(|&c| self.b.of(c) != self.b.of(m));
        let english = doc.meta.lang == Lang::En;
        let owner = doc.dependents(np.head).iter().copied().find(|&d| doc.deprel(d) == "nmod:poss").filter(|_| english);
        // "Ukraine's foreign minister", "Tesla CEO Elon Musk"
        let complement = complement.or_else(|| owner.and_then(|d| self.name_at(d)));
        let lead = before(doc, first).filter(|_| english);
        let complement = complement.or_else(|| lead.and_then(|t| self.name_at(t)));
        // "French President": the adjective stands before the title, in capitals.
        let premodifier = before(doc, first).filter(|&t| english && self.state_of(t).is_some());
        let demonym = (words.end..limit.max(words.end)).map(TokenId).find(|&t| {
            doc.form(t).starts_with(char::is_lowercase) && self.state_of(t).is_some() && self.name_at(t).is_none()
        });
        let demonym = demonym.or(premodifier);
        let republic = (words.end..limit).any(|x| lower(doc, TokenId(x)) == "république");
        let plain_title = (words.end..limit.min(doc.len() as u32)).all(|x| {
            let t = TokenId(x);
            doc.upos(t) != Upos::Noun
                || Some(t) == demonym
                || lower(doc, t) == "république"
                || doc.upos(t) == Upos::Punct
        });
        let country = match (complement, demonym) {
            (Some(c), _) if self.b.entity(self.b.of(c)).kind == EntityType::Country && plain_title => Some(c),
            (_, Some(d)) if plain_title => self.state_mention(d),
            (None, None) if (plain_title || republic) && title != Title::Post && title != Title::Leads => {
                self.dominant_mention(np.head)
            }
            _ => None,
        };
        let organization = complement.filter(|&c| self.b.entity(self.b.of(c)).kind == EntityType::Organization);
        // « le directeur financier de X » leads a part of it.
        let part = complement.is_some_and(|c| {
            let end = self.b.mentions[c.0 as usize].tokens.start;
            (words.end..end).map(TokenId).any(|t| {
                doc.upos(t) == Upos::Adj
                    && self.state_of(t).is_none()
                    && !matches!(doc.lemma(t), "général" | "exécutif" | "actuel" | "nouveau" | "historique" | "current")
            })
        });
        match (title, country, organization) {
            (Title::State | Title::Monarch, Some(c), _) => {
                self.b.inherent(m, "headOfStateOf", InherentObject::Mention(c), np.head, "title");
            }
            (Title::Government, Some(c), _) => {
                self.b.inherent(m, "headOfGovernmentOf", InherentObject::Mention(c), np.head, "title");
            }
            (Title::State | Title::Leads, None, Some(o)) if plain_title && !part => {
                self.b.inherent(m, "leads", InherentObject::Mention(o), np.head, "title");
            }
            _ => {
                let text = self.position(self.whole_title(words), limit);
                self.b.inherent(m, "holdsPosition", InherentObject::Text(text), np.head, "title");
            }
        }
    }

    /// "assistant professor": English words of rank before a title belong to it.
    fn whole_title(&self, words: Span<temoin_model::Tok>) -> Span<temoin_model::Tok> {
        let doc = self.b.doc;
        let rank = |t: TokenId| {
            matches!(
                doc.lemma(t).to_lowercase().as_str(),
                "assistant"
                    | "associate"
                    | "deputy"
                    | "vice"
                    | "senior"
                    | "chief"
                    | "lead"
                    | "co"
                    | "interim"
                    | "acting"
            )
        };
        let mut start = words.start;
        while doc.meta.lang == Lang::En
            && let Some(b) = before(doc, TokenId(start)).filter(|&b| rank(b))
        {
            start = b.0;
        }
        Span::new(start, words.end)
    }

    /// The title with its complements, as written.
    pub(super) fn position(&self, words: Span<temoin_model::Tok>, limit: u32) -> String {
        let doc = self.b.doc;
        let mut end = words.end.max(limit);
        while end > words.end && matches!(doc.upos(TokenId(end - 1)), Upos::Punct | Upos::Adp | Upos::Det | Upos::Cconj)
        {
            end -= 1;
        }
        doc.words(doc.char_span(Span::new(words.start, end)))
    }

    /// « Almaty, la principale ville du Kazakhstan »
    pub(super) fn place_facts(&mut self, np: &Np, m: MentionIx) {
        let doc = self.b.doc;
        let mut end = np.label.end.max(np.head.0 + 1);
        if doc.meta.lang == Lang::En {
            // "a city in the Democratic Republic of Congo"
            let inner = doc.dependents(np.head).iter().copied().filter(|&d| d > np.head && doc.relation(d) == "nmod");
            let inner = inner.filter(|&d| matches!(super::phrase::case_of(doc, d), Some("in" | "of")));
            end = inner.map(|d| doc.subtree(d).end).chain([end]).max().unwrap_or(end);
        }
        let start = if doc.meta.lang == Lang::En { np.full.start } else { np.head.0 + 1 };
        let own = self.b.mentions[m.0 as usize].tokens;
        let words = (start..end).filter(|&x| x != np.head.0 && !own.contains_at(x));
        let within = words.map(TokenId).find_map(|t| self.name_at(t).or_else(|| self.state_mention(t)));
        let Some(w) =
            within.filter(|&w| matches!(self.b.entity(self.b.of(w)).kind, EntityType::Country | EntityType::Place))
        else {
            return;
        };
        let capital = matches!(doc.lemma(np.head), "capitale" | "capital")
            && self.b.entity(self.b.of(w)).kind == EntityType::Country;
        let predicate = if capital { "capitalOf" } else { "locatedIn" };
        self.b.inherent(m, predicate, InherentObject::Mention(w), np.head, "place-apposition");
    }
}
