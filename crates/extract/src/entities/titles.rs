//! Nouns that go with a name: titles (« le président kazakh Tokaïev »), kinds (« la ville de Kiev »,
//! « le groupe Wagner ») and appositions (« Almaty, la principale ville du Kazakhstan »); and the facts
//! that they state.

use super::InherentObject;
use super::lexicon::{Lexicon, NounClass, Title};
use super::phrase::{Definite, after, before, case_of, definiteness, lower};
use super::walk::{Np, Walk};
use temoin_model::{EntityIx, EntityType, Lang, Mention, MentionIx, Span, TokenId, Upos};

/// Words between a title and its bearer.
const TITLE_REACH: u32 = 14;

impl Walk<'_, '_> {
    /// The name that the noun of `np` goes with, as one participant.
    pub(super) fn by_name(&mut self, np: &Np) -> Option<MentionIx> {
        let doc = self.b.doc;
        if np.plural == Some(true) {
            self.compatriots(np);
            return None;
        }
        // « l'Italien X », « l'américain Westinghouse »
        let beside = after(doc, np.head, 1).is_some_and(|n| self.name_at(n).is_some());
        let capital = doc.form(np.head).starts_with(char::is_uppercase);
        let demonym = (capital || beside && np.definite == Definite::Article) && self.state_of(np.head).is_some();
        let person = np.class.has(NounClass::PERSON) || np.class.is_empty() && is_profession(doc.lemma(np.head));
        if (person || demonym || self.title(np.head).is_some())
            && !self.has_bearer_before(np)
            && let Some(m) = self.bearer_behind(np)
        {
            self.gender_from(np, self.b.of(m));
            self.citizen(np, m);
            if !demonym {
                self.described(np, m);
            }
            let start = self.b.mentions[m.0 as usize].tokens.start;
            let comma = (np.head.0 + 1..start).find(|&x| self.is_compatriot(TokenId(x)));
            self.title_facts(np, m, comma.unwrap_or(start));
            return Some(m);
        }
        // « l'agence de presse Anadolu », « le quotidien régional X »
        let mut next = after(doc, np.head, self.compound(np.head).map_or(1, |(words, _)| words.end - np.head.0))?;
        // « le journal satirique Le Canard enchaîné » with the adjective taken for a noun
        let beside = |t: TokenId| {
            let small = doc.form(t).starts_with(char::is_lowercase);
            doc.upos(t) == Upos::Noun && small && doc.head(t) == Some(np.head) && doc.dependents(t).is_empty()
        };
        while (doc.upos(next) == Upos::Adj || beside(next)) && self.name_at(next).is_none() {
            next = after(doc, next, 1)?;
        }
        if let Some(m) = self.name_at(next).filter(|&m| self.b.mentions[m.0 as usize].tokens.start == next.0) {
            let kind = self.b.entity(self.b.of(m)).kind;
            let fits = match kind {
                EntityType::Organization => np.class.has(NounClass::ORG) || demonym,
                EntityType::Place | EntityType::Country => np.class.has(NounClass::PLACE),
                EntityType::Event => np.class.has(NounClass::EVENT),
                EntityType::Product => np.class.has(NounClass::VEHICLE) || np.class.has(NounClass::PRODUCT),
                EntityType::Work => np.class.has(NounClass::WORK),
                // A name that the tagger left out: the noun says what it is.
                EntityType::Thing => np.class.has(NounClass::ORG) && self.b.entity(self.b.of(m)).named,
                _ => false,
            };
            if fits && kind == EntityType::Thing {
                let e = self.b.of(m);
                self.b.set_kind(e, EntityType::Organization);
            }
            if fits && demonym && kind == EntityType::Organization {
                let own = self.b.by_head[np.head.ix()].take();
                if let Some(state) = self.state_mention(np.head) {
                    self.b.inherent(m, "basedIn", InherentObject::Mention(state), np.head, "nationality");
                }
                self.b.by_head[np.head.ix()] = own;
            }
            if fits && matches!(kind, EntityType::Place) {
                self.place_facts(np, m);
            }
            let words = self.b.mentions[m.0 as usize].span;
            let pair = doc.slice(words).contains('/') || after(doc, next, 1).is_some_and(|t| doc.form(t) == "/");
            if fits && matches!(kind, EntityType::Organization | EntityType::Thing) && !demonym && !pair {
                // « l'association X » is what « l'association » means later; « l'alliance X/Y » is neither.
                self.gender_from(np, self.b.of(m));
            }
            return fits.then_some(m);
        }
        // « la ville de Kiev »
        let kind = matches!(
            doc.lemma(np.head),
            "ville"
                | "commune"
                | "village"
                | "cité"
                | "île"
                | "état"
                | "royaume"
                | "république"
                | "localité"
                | "city"
                | "town"
                | "island"
                | "state"
                | "kingdom"
                | "republic"
                | "province"
                | "département"
                | "région"
                | "district"
                | "comté"
                | "canton"
                | "archipel"
                | "gouvernorat"
        );
        if kind && next.0 <= np.head.0 + 2 && matches!(lower(doc, next).as_str(), "de" | "d'" | "of") {
            let mut name = after(doc, next, 1)?;
            // « le département de la Haute-Loire », but « la principale ville du Kazakhstan » is no name of it.
            let town =
                matches!(doc.lemma(np.head), "ville" | "commune" | "village" | "cité" | "localité" | "city" | "town");
            if doc.upos(name) == Upos::Det && matches!(doc.lemma(name), "le" | "the") && !town {
                name = after(doc, name, 1)?;
            }
            let m = self.name_at(name).filter(|&m| self.b.mentions[m.0 as usize].tokens.start == name.0)?;
            let place = matches!(self.b.entity(self.b.of(m)).kind, EntityType::Place | EntityType::Country);
            if place && next.0 > np.head.0 + 1 {
                // « la ville britannique de Leeds »
                self.place_facts(np, m);
            }
            return place.then_some(m);
        }
        self.body_behind(np)
    }

    /// « le parti au pouvoir, le Conseil national pour la défense de la démocratie, »: a body's name between
    /// commas behind a definite noun.
    fn body_behind(&mut self, np: &Np) -> Option<MentionIx> {
        let doc = self.b.doc;
        if !np.class.has(NounClass::ORG) || np.definite != Definite::Article || doc.meta.lang != Lang::Fr {
            return None;
        }
        let size = doc.len();
        let inside = |t: TokenId| matches!(doc.upos(t), Upos::Adp | Upos::Det | Upos::Adj | Upos::Noun);
        let mut comma = TokenId(np.label.end);
        while comma.ix() < size && comma.0 < np.head.0 + 5 && inside(comma) {
            comma = TokenId(comma.0 + 1);
        }
        let article = TokenId(comma.0 + 1);
        if article.ix() + 1 >= size || doc.form(comma) != "," || doc.upos(article) != Upos::Det {
            return None;
        }
        let name = TokenId(article.0 + 1);
        let m = self.name_at(name).filter(|&m| self.b.mentions[m.0 as usize].tokens.start == name.0)?;
        let mention = &self.b.mentions[m.0 as usize];
        let closed = TokenId(mention.tokens.end);
        let closes = closed.ix() >= size || matches!(doc.form(closed), "," | "." | "(" | ";");
        let kind = self.b.entity(mention.entity).kind;
        let same =
            doc.sentence_of(name) == doc.sentence_of(np.head) && matches!(doc.lemma(article), "le" | "la" | "l'");
        (kind == EntityType::Organization && closes && same).then_some(m)
    }

    /// « les Britanniques Vicky Holland et Non Stanford »: each has the nationality.
    fn compatriots(&mut self, np: &Np) {
        let doc = self.b.doc;
        let end = doc.sentence(doc.sentence_of(np.head)).end;
        let state = doc.form(np.head).starts_with(char::is_uppercase) && self.state_of(np.head).is_some();
        let mut at = np.head.0 + 1;
        for _ in 0..8 {
            if !state || at >= end {
                return;
            }
            let Some(m) = self.name_at(TokenId(at)) else { return };
            let mention = self.b.mentions[m.0 as usize].clone();
            if self.b.entity(mention.entity).kind != EntityType::Person || mention.tokens.start != at {
                return;
            }
            // The noun stands for the persons, not for their state.
            let own = self.b.by_head[np.head.ix()].take();
            if let Some(state) = self.state_mention(np.head) {
                self.b.inherent(m, "citizenOf", InherentObject::Mention(state), np.head, "nationality");
            }
            self.b.by_head[np.head.ix()] = own;
            at = mention.tokens.end;
            if at < end && matches!(doc.form(TokenId(at)), "," | "et" | "and") {
                at += 1;
            }
        }
    }

    /// The title at noun `t` and its words.
    pub(super) fn title(&self, t: TokenId) -> Option<(Title, Span<temoin_model::Tok>)> {
        let doc = self.b.doc;
        let lex = Lexicon::of(doc);
        let lemmas = |from: TokenId| -> Vec<String> {
            (1..5)
                .map_while(|n| after(doc, from, n))
                .map(|x| {
                    if doc.upos(x) == Upos::Noun || doc.upos(x) == Upos::Adj {
                        lower(doc, x)
                    } else {
                        doc.lemma(x).to_lowercase()
                    }
                })
                .collect()
        };
        let one = before(doc, t);
        let two = one.and_then(|b| before(doc, b)).filter(|_| doc.meta.lang == Lang::En);
        let three = two.and_then(|b| before(doc, b));
        for start in [three, two, one, Some(t)].into_iter().flatten() {
            let next = lemmas(start);
            let next: Vec<&str> = next.iter().map(String::as_str).collect();
            for first in [doc.lemma(start).to_lowercase(), lower(doc, start)] {
                if let Some((title, n)) = lex.title(&first, &next) {
                    let end = start.0 + n as u32 + 1;
                    if end > t.0 {
                        return Some((title, Span::new(start.0, end)));
                    }
                }
            }
        }
        None
    }

    /// The person whose name follows a title with nothing but its complements between.
    fn bearer_behind(&mut self, np: &Np) -> Option<MentionIx> {
        let doc = self.b.doc;
        let end = doc.sentence(doc.sentence_of(np.head)).end;
        let mut comma = false;
        let definite = np.class.has(NounClass::PERSON)
            && doc.meta.lang == Lang::Fr
            && definiteness(doc, np.head) == Definite::Article
            && matches!(doc.relation(np.head), "nsubj" | "obj" | "obl")
            && (case_of(doc, np.head).is_none() || case_of(doc, np.head) == Some("par"));
        // « un autre élu, Frédéric Morel (84 ans), »
        let introduced = np.class.has(NounClass::PERSON)
            && doc.meta.lang == Lang::Fr
            && definiteness(doc, np.head) == Definite::Indefinite;
        let mut at = np.head.0 + 1;
        while at < end.min(np.head.0 + TITLE_REACH) {
            let t = TokenId(at);
            if let Some(m) = self.name_at(t) {
                let mention = self.b.mentions[m.0 as usize].clone();
                // "Senator Lopez": the title says what a name is that the tagger left out.
                let bare = self.b.entity(mention.entity).kind == EntityType::Thing
                    && self.b.entity(mention.entity).named
                    && doc.meta.lang == Lang::En
                    && at == np.head.0 + 1
                    && self.title(np.head).is_some();
                if bare {
                    self.b.set_kind(mention.entity, EntityType::Person);
                }
                self.person_by_title(np, &mention);
                if self.b.entity(mention.entity).kind == EntityType::Person {
                    if comma && self.is_inner_title(np) {
                        return None;
                    }
                    // « la magistrate de Paris, Anne Hidalgo, »: set off by commas on both sides.
                    let closed = after(doc, TokenId(mention.tokens.end - 1), 1)
                        .is_none_or(|c| matches!(doc.form(c), "," | "." | ";" | "»" | "("));
                    if comma && !closed && self.title(np.head).is_none() {
                        return None;
                    }
                    let preposition =
                        before(doc, t).is_some_and(|p| doc.upos(p) == Upos::Adp || doc.upos(p) == Upos::Cconj);
                    return (!preposition).then_some(m);
                }
                if comma {
                    return None;
                }
                at = mention.tokens.end;
                continue;
            }
            if comma && definite && self.is_compatriot(t) {
                return after(doc, t, 2).and_then(|n| self.name_at(n));
            }
            if comma {
                return None;
            }
            match doc.upos(t) {
                // An article without a preposition opens another noun phrase.
                Upos::Det if before(doc, t).is_some_and(|p| doc.upos(p) != Upos::Adp && doc.form(p) != ",") => {
                    return None;
                }
                Upos::Adj | Upos::Adp | Upos::Det | Upos::Noun | Upos::Propn | Upos::Num => {}
                _ if matches!(doc.lemma(t), "sortant" | "élu" | "déchu" | "défunt") => {}
                Upos::Cconj if lower(doc, t) == "et" => {}
                Upos::Punct if doc.form(t) == "," && (self.title(np.head).is_some() || definite || introduced) => {
                    comma = true;
                }
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// « X, secrétaire général de A et président du groupe Y, »: a bare title that the tree hangs on a name
    /// before it has its bearer there, and the name behind it is of what is led.
    fn has_bearer_before(&self, np: &Np) -> bool {
        let doc = self.b.doc;
        let (mut at, mut apposed) = (np.head, false);
        if np.definite != Definite::Bare || doc.meta.lang != Lang::Fr {
            return false;
        }
        for _ in 0..5 {
            let Some(h) = doc.head(at).filter(|_| matches!(doc.relation(at), "appos" | "conj")) else { return false };
            apposed |= doc.relation(at) == "appos";
            at = h;
            let bearer = self.name_at(at).map(|m| self.b.entity(self.b.of(m)).kind);
            if let Some(kind) = bearer {
                return apposed && at < np.head && kind == EntityType::Person;
            }
        }
        false
    }

    /// « le champion du monde, l'Allemand X, »: an article, a demonym and a person's name from `t` on.
    fn is_compatriot(&self, t: TokenId) -> bool {
        let doc = self.b.doc;
        let (Some(noun), Some(name)) = (after(doc, t, 1), after(doc, t, 2)) else { return false };
        let capital = doc.form(noun).starts_with(char::is_uppercase);
        let person = self.name_at(name).is_some_and(|m| {
            let mention = &self.b.mentions[m.0 as usize];
            mention.tokens.start == name.0 && self.b.entity(mention.entity).kind == EntityType::Person
        });
        doc.upos(t) == Upos::Det && capital && self.name_at(noun).is_none() && self.state_of(noun).is_some() && person
    }

    /// « l'adjoint à la maire de Lyon, X, »: a title that completes another says nothing of who stands behind.
    fn is_inner_title(&self, np: &Np) -> bool {
        let doc = self.b.doc;
        let outer = doc.head(np.head).filter(|&h| h < np.head && doc.relation(np.head) == "nmod");
        let completes = matches!(case_of(doc, np.head), Some("à" | "de"));
        outer.is_some_and(|h| completes && doc.meta.lang == Lang::Fr && self.title(h).is_some())
    }

    /// Whether a body is named between a title and a name: « le président du think tank X », where X is it.
    fn names_a_body(&self, np: &Np, mention: &Mention) -> bool {
        let doc = self.b.doc;
        let body = |t: TokenId| {
            let class = self.compound(t).map_or_else(|| Lexicon::of(doc).noun(doc.lemma(t), doc.form(t)).0, |c| c.1);
            doc.upos(t) == Upos::Noun && class.has(NounClass::ORG)
        };
        let given = Lexicon::of(doc).gender_of_name(doc.slice(mention.span)).is_some();
        !given && (np.head.0 + 1..mention.tokens.start).map(TokenId).any(body)
    }

    /// « la ministre de la défense Florence Parly » with the name taken for an organisation's: two words
    /// behind a title, without a preposition, are a person's.
    fn person_by_title(&mut self, np: &Np, mention: &Mention) {
        let doc = self.b.doc;
        let entity = self.b.entity(mention.entity);
        let bare =
            before(doc, TokenId(mention.tokens.start)).is_some_and(|p| matches!(doc.upos(p), Upos::Noun | Upos::Adj));
        let unknown = matches!(entity.kind, EntityType::Organization | EntityType::Thing) && entity.wikidata.is_none();
        let words = mention.tokens.len();
        let spelled = doc.tokens_in(mention.tokens).all(|t| {
            let form = doc.form(t);
            form.starts_with(char::is_uppercase) && form.chars().any(char::is_lowercase) && doc.upos(t) == Upos::Propn
        });
        let titled = np.class.has(NounClass::PERSON) && self.title(np.head).is_some();
        let body = self.names_a_body(np, mention);
        if bare && unknown && spelled && words == 2 && titled && !body && doc.meta.lang == Lang::Fr {
            self.b.set_kind(mention.entity, EntityType::Person);
        }
    }

    fn gender_from(&mut self, np: &Np, e: EntityIx) {
        let gender = super::phrase::gender(self.b.doc, np.head);
        let noun = self.b.doc.lemma(np.head).to_lowercase();
        let info = self.b.info_mut(e);
        info.gender = info.gender.or(gender);
        if !info.described.contains(&noun) {
            info.described.push(noun);
        }
    }

    /// « X, le président du Kazakhstan »: the entity that the noun phrase describes.
    pub(super) fn apposition(&mut self, np: &Np) -> Option<EntityIx> {
        let doc = self.b.doc;
        let profession = is_profession(doc.lemma(np.head)) && doc.meta.lang == Lang::Fr;
        if np.plural == Some(true) || np.class.is_empty() && self.title(np.head).is_none() && !profession {
            return None;
        }
        // Back over the determiner and adjectives to the comma.
        let mut at = before(doc, np.head)?;
        while matches!(doc.upos(at), Upos::Det | Upos::Adj | Upos::Num) {
            at = before(doc, at)?;
        }
        if doc.form(at) != "," {
            return None;
        }
        let mut end = at.0;
        let mut last = before(doc, at)?;
        if doc.form(last) == ")" {
            let mut depth = 0;
            while doc.form(last) != "(" && depth < 12 {
                last = before(doc, last)?;
                depth += 1;
            }
            end = last.0;
            last = before(doc, last)?;
        }
        let named = self.name_at(last).filter(|&m| self.b.mentions[m.0 as usize].tokens.end == end);
        // « X, millionnaire américain, cofondateur de la marque Y »: one apposition behind another
        let chained = self.appositions.iter().rev().take(3).find(|&&(e, _)| e == end).map(|&(_, m)| m);
        let m = named.or(chained)?;
        let e = self.b.of(m);
        let fits = match self.b.entity(e).kind {
            EntityType::Person => {
                np.class.has(NounClass::PERSON) || self.title(np.head).is_some() || np.class.is_empty() && profession
            }
            EntityType::Place => np.class.has(NounClass::PLACE),
            EntityType::Country => np.class.has(NounClass::COUNTRY),
            EntityType::Organization => np.class.has(NounClass::ORG) || np.class.has(NounClass::POLICE),
            _ => false,
        };
        // In « à Paris, la police … » the noun opens a clause of its own.
        let subject = doc.relation(np.head) == "nsubj" && np.class.has(NounClass::POLICE);
        // "According to X, a detective was …"
        let name = self.b.mentions[m.0 as usize].head;
        let mut top = name;
        while let ("nmod", Some(h)) = (doc.relation(top), doc.head(top)) {
            top = h;
        }
        let phrase = doc.relation(top) == "obl" && super::phrase::case_of(doc, top).is_some();
        let subject = subject || phrase && doc.relation(np.head) == "nsubj" && doc.head(np.head) == doc.head(top);
        // « Dans les Yvelines, un centre a été évacué » with the place for the subject
        let placed = doc.relation(name) == "nsubj" && super::phrase::case_of(doc, name).is_some();
        let subject = subject || placed && doc.head(np.head) == Some(name);
        // « Lors d'une visite avec X, un adolescent a tué … »: no comma parts an apposition from its verb on one side
        // only.
        let close = TokenId(doc.subtree(np.head).end);
        let open = close.ix() < doc.len() && !matches!(doc.form(close), "," | ")" | "–" | "—");
        let subject = subject || open && doc.relation(np.head) == "nsubj" && doc.head(np.head) > Some(np.head);
        if !fits || subject || self.is_listed(np) {
            return None;
        }
        match self.b.entity(e).kind {
            EntityType::Person => {
                self.gender_from(np, e);
                self.citizen(np, m);
                self.title_facts(np, m, np.label.end.max(np.head.0 + 1));
            }
            EntityType::Place => self.place_facts(np, m),
            _ => {}
        }
        self.appositions.push((np.label.end, m));
        Some(e)
    }

    /// A mention of the state at the adjective `t`.
    pub(super) fn state_mention(&mut self, t: TokenId) -> Option<MentionIx> {
        let k = self.state_of(t)?;
        if let Some(m) = self.b.by_head[t.ix()] {
            return Some(m);
        }
        let e = self.b.known(k);
        Some(self.b.mention(Span::new(t.0, t.0 + 1), t, temoin_model::MentionKind::Demonym, e))
    }

    /// The nearest mention before `t` (or else after) of the country that the article is about.
    pub(super) fn dominant_mention(&self, t: TokenId) -> Option<MentionIx> {
        let at = self.dominant_names.partition_point(|&m| self.b.mentions[m.0 as usize].head < t);
        self.dominant_names.get(at.saturating_sub(1)).copied()
    }

    /// « la Bretagne, la côte de l'Aquitaine et la Corse »: behind the noun phrase, a list goes on.
    fn is_listed(&self, np: &Np) -> bool {
        let doc = self.b.doc;
        let end = np.label.end.max(np.head.0 + 1);
        let more = (end as usize) < doc.len()
            && doc.upos(TokenId(end)) == Upos::Cconj
            && matches!(doc.form(TokenId(end)), "et" | "and");
        more && (doc.relation(np.head) == "conj" || doc.dependents(np.head).iter().any(|&d| doc.relation(d) == "conj"))
            && (doc.relation(np.head) != "appos" || {
                // « …, la côte de l'Aquitaine et la Corse », not « …, ville du Kazakhstan et ancienne capitale »
                let next = (end + 1..doc.len() as u32).map(TokenId).find(|&t| doc.upos(t) != Upos::Det);
                next.is_some_and(|t| doc.upos(t) == Upos::Propn)
            })
    }
}

/// Whether an unlisted noun names what people do, by its ending: « astrophysicien », « cycliste ».
pub(crate) fn is_profession(lemma: &str) -> bool {
    let ending = ["icien", "icienne", "logue", "iste", "naute", "eur", "euse", "trice", "ographe", "iatre"];
    let other = [
        "secteur",
        "moteur",
        "catalogue",
        "dialogue",
        "prologue",
        "liste",
        "piste",
        "matrice",
        "valeur",
        "couleur",
        "paragraphe",
    ];
    ending.iter().any(|e| lemma.ends_with(e)) && !other.contains(&lemma)
}
