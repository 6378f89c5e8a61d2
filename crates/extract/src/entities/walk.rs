//! The walk over a document in reading order: common nouns and pronouns become mentions, each
//! resolved against what was said before.

use super::builder::{Builder, Info};
use super::gazetteer::{Gender, KnownIx};
use super::lexicon::{Lexicon, NounClass};
use super::persons::is_ours;
use super::phrase::{self, Definite, after, before, definiteness, lower};
use super::ranker::Decision;
use super::scene::Scene;
use crate::quantity::QuantityExpr;
use temoin_model::{EntityIx, EntityType, Lang, MentionIx, MentionKind, Span, Tok, TokenId, Upos};

const NONE: u32 = u32::MAX;

pub(super) struct Walk<'a, 'b> {
    pub(super) b: &'b mut Builder<'a>,
    /// For each word, the name mention around it, and its words.
    pub(super) name_of: Vec<u32>,
    name_span: Vec<Span<Tok>>,
    /// Nouns of complex prepositions: « en direction du Kazakhstan ».
    prepositions: Vec<TokenId>,
    /// Words that are no mention of their own: numbers, adjectives that stand for states.
    pub(super) consumed: Vec<bool>,
    /// Mentions met so far, in reading order, with their sentence.
    pub(super) recent: Vec<(MentionIx, u32)>,
    /// How many indefinite persons share a description.
    twins: rustc_hash::FxHashMap<String, usize>,
    /// The country that the article is about, if one stands out.
    pub(super) dominant: Option<EntityIx>,
    /// Quotations and paragraphs.
    pub(super) scene: Scene,
    /// What the ranker was asked, for training.
    pub(super) log: Option<Vec<Decision>>,
    /// Its names, in text order.
    pub(super) dominant_names: Vec<MentionIx>,
    /// Appositions met so far: where their words end, and the name that they describe.
    pub(super) appositions: Vec<(u32, MentionIx)>,
}

/// A noun phrase under examination.
#[derive(Clone, Copy, Debug)]
pub(super) struct Np {
    pub(super) head: TokenId,
    /// Label: without determiner.
    pub(super) label: Span<Tok>,
    /// With determiner.
    pub(super) full: Span<Tok>,
    pub(super) class: NounClass,
    pub(super) plural: Option<bool>,
    pub(super) definite: Definite,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(b: &'b mut Builder<'a>, quantities: &[QuantityExpr]) -> Self {
        let n = b.doc.len();
        let mut name_of = vec![NONE; n];
        let mut name_span = vec![Span::default(); n];
        for (i, m) in b.mentions.iter().enumerate() {
            for t in m.tokens.range() {
                name_of[t as usize] = i as u32;
                name_span[t as usize] = m.tokens;
            }
        }
        let mut consumed = vec![false; n];
        for q in quantities {
            for t in q.tokens.range() {
                if t != q.noun.0
                    && let Some(c) = consumed.get_mut(t as usize)
                {
                    *c = true;
                }
            }
        }
        let dominant = dominant_country(b);
        let scene = Scene::new(b.doc);
        let of_dominant = |i: &u32| Some(b.mentions[*i as usize].entity) == dominant;
        let dominant_names = (0..b.mentions.len() as u32).filter(of_dominant).map(MentionIx).collect();
        Walk {
            b,
            name_of,
            name_span,
            prepositions: Vec::new(),
            consumed,
            recent: Vec::new(),
            twins: Default::default(),
            dominant,
            scene,
            log: None,
            dominant_names,
            appositions: Vec::new(),
        }
    }

    pub(super) fn name_at(&self, t: TokenId) -> Option<MentionIx> {
        let m = self.name_of[t.ix()];
        (m != NONE).then_some(MentionIx(m))
    }

    pub(super) fn run(&mut self) {
        let doc = self.b.doc;
        for s in 0..doc.sentence_count() {
            let words = doc.sentence(s);
            // Adjectives that stand for states are found first: a damaged tree may call them nouns.
            for t in doc.tokens_in(words) {
                self.actors(t);
            }
            for t in doc.tokens_in(words) {
                if let Some(m) = self.name_at(t) {
                    if self.b.mentions[m.0 as usize].tokens.start == t.0 {
                        self.recent.push((m, s as u32));
                    }
                    continue;
                }
                if self.consumed[t.ix()] {
                    if let Some(m) = self.b.by_head[t.ix()] {
                        self.recent.push((m, s as u32));
                    }
                    continue;
                }
                let made = match doc.upos(t) {
                    Upos::Pron | Upos::Det if is_ours(doc, t) => None,
                    Upos::Pron if doc.meta.lang == Lang::En && doc.feat(t, "Poss") == Some("Yes") => self.possessive(t),
                    Upos::Pron => self.pronoun(t),
                    Upos::Det if doc.feat(t, "Poss") == Some("Yes") || definite_possessive(&lower(doc, t)) => {
                        self.possessive(t)
                    }
                    _ if doc.lemma(t) == "dernier" && self.is_latter(t) => self.latter(t),
                    _ if self.is_nominal(t) => self.nominal(t),
                    _ => None,
                };
                if let Some(m) = made {
                    self.recent.push((m, s as u32));
                }
            }
        }
    }

    fn is_nominal(&self, t: TokenId) -> bool {
        let doc = self.b.doc;
        let rel = doc.relation(t);
        let argument =
            matches!(rel, "nsubj" | "obj" | "obl" | "iobj" | "nmod" | "conj" | "appos" | "root" | "parataxis");
        // « ne [l]'a jamais intéressé »: a letter that an editor put in.
        let edited = doc.form(t).chars().count() <= 4
            && before(doc, t).is_some_and(|p| doc.form(p) == "[")
            && after(doc, t, 1).is_some_and(|n| doc.form(n) == "]");
        if edited {
            return false;
        }
        match doc.upos(t) {
            Upos::Noun => rel != "fixed" && doc.form(t).chars().filter(|c| c.is_alphabetic()).count() > 1,
            Upos::Propn => {
                !matches!(rel, "fixed" | "flat") && doc.form(t).chars().filter(|c| c.is_alphabetic()).count() > 1
            }
            // « les blessés », « deux proches » under a wrong tag.
            Upos::Adj => {
                argument
                    && phrase::determiner(doc, t).is_some()
                    && !Lexicon::of(doc).noun(doc.lemma(t), doc.form(t)).0.is_empty()
            }
            _ => false,
        }
    }

    pub(super) fn np(&self, t: TokenId) -> Np {
        let doc = self.b.doc;
        let mut label = phrase::label(doc, t, &self.name_span);
        let (mut class, _) = Lexicon::of(doc).noun(doc.lemma(t), doc.form(t));
        if let Some((words, c)) = self.compound(t) {
            class = c;
            label = Span::new(label.start.min(words.start), label.end.max(words.end));
        }
        // « la mort » happens, « les morts » are people.
        if class.has(NounClass::EVENT) && class.has(NounClass::PERSON) {
            class = if phrase::gender(doc, t) == Some(Gender::Fem) { NounClass::EVENT } else { NounClass::PERSON };
        }
        // « la deuxième place » is a rank.
        let ordinal = |d: TokenId| {
            let lemma = doc.lemma(d);
            lemma.ends_with("ième")
                || matches!(lemma, "premier" | "second" | "dernier")
                || doc.feat(d, "NumType") == Some("Ord")
        };
        let rank = doc.lemma(t) == "place" && doc.dependents(t).iter().any(|&d| d < t && ordinal(d));
        if rank {
            class = NounClass::default();
        }
        // « un mouvement de contestation » is of the kind of its complement.
        if class.has(NounClass::FRAME) {
            let of = (t.0 + 1..label.end).map(TokenId).find(|&x| doc.upos(x) == Upos::Noun);
            let inner = of.map(|x| Lexicon::of(doc).noun(doc.lemma(x), doc.form(x)).0).unwrap_or_default();
            if inner.has(NounClass::EVENT) {
                class = NounClass::EVENT;
            }
        }
        let mut start = label.start;
        while let Some(p) = before(doc, TokenId(start)) {
            let contracted = doc.token_span(p) == doc.token_span(TokenId(p.0.wrapping_sub(1).min(p.0)))
                && p.0 > 0
                && doc.upos(TokenId(p.0 - 1)) == Upos::Adp;
            let inside =
                matches!(doc.upos(p), Upos::Det | Upos::Num | Upos::Adj) && doc.head(p) == Some(t) && !contracted;
            if !inside {
                break;
            }
            start = p.0;
        }
        Np {
            head: t,
            label,
            full: Span::new(start, label.end),
            class,
            plural: phrase::plural(doc, t),
            definite: definiteness(doc, t),
        }
    }

    /// « forces de l'ordre », « coup d'État », "security forces": which words, and what kind of thing.
    pub(super) fn compound(&self, t: TokenId) -> Option<(Span<Tok>, NounClass)> {
        let doc = self.b.doc;
        if doc.meta.lang == Lang::En {
            // The noun that decides stands last.
            let start = doc.sentence(doc.sentence_of(t)).start;
            return (start.max(t.0.saturating_sub(3))..t.0).find_map(|from| {
                let words: Vec<&str> = (from..=t.0).map(|x| doc.form(TokenId(x))).collect();
                let (n, class) = Lexicon::of(doc).compound(&words)?;
                (n == words.len()).then(|| (Span::new(from, t.0 + 1), class))
            });
        }
        let words: Vec<&str> = (0..5).map_while(|n| after(doc, t, n)).map(|x| doc.form(x)).collect();
        Lexicon::of(doc).compound(&words).map(|(n, c)| (Span::new(t.0, t.0 + n as u32), c))
    }

    /// « en direction de », « sur fond de », « face à »: the noun is part of a preposition.
    fn is_preposition(&self, np: &Np) -> bool {
        let doc = self.b.doc;
        let t = np.head;
        if matches!(doc.relation(t), "case" | "mark" | "cc" | "advmod") {
            return true;
        }
        let behind = after(doc, t, 1)
            .is_some_and(|x| matches!(lower(doc, x).as_str(), "de" | "d'" | "à" | "du" | "des" | "of" | "to" | "with"));
        let lead = before(doc, t).is_some_and(|p| {
            doc.upos(p) == Upos::Adp
                || doc.upos(p) == Upos::Det && before(doc, p).is_some_and(|q| doc.upos(q) == Upos::Adp)
        });
        np.class.has(NounClass::PREPOSITION) && behind && (lead || doc.lemma(t) == "face")
    }

    /// Words that lead to what stands behind a complex preposition.
    pub(super) fn link_prepositions(&mut self) {
        let doc = self.b.doc;
        for t in std::mem::take(&mut self.prepositions).into_iter().rev() {
            let inner =
                doc.dependents(t).iter().find(|&&d| d > t && matches!(doc.relation(d), "nmod" | "obl" | "fixed"));
            if let Some(m) = inner.and_then(|d| self.b.by_head[d.ix()]) {
                self.b.by_head[t.ix()].get_or_insert(m);
            }
        }
    }

    /// The mention of a common noun.
    fn nominal(&mut self, t: TokenId) -> Option<MentionIx> {
        let doc = self.b.doc;
        let np = self.np(t);
        if let Some((words, _)) = self.compound(t) {
            for x in words.range().filter(|&x| x != t.0) {
                self.consumed[x as usize] = true;
            }
        }
        if let Some(m) = self.by_name(&np) {
            self.b.by_head[t.ix()] = Some(m);
            return None;
        }
        if self.is_preposition(&np) {
            self.prepositions.push(t);
            return None;
        }
        // « prendre place », « faire preuve »: the noun is part of the verb.
        let part_of_verb = doc.deprel(t) == "obj:lvc"
            || np.definite == Definite::Bare
                && np.class.has(NounClass::PLACE)
                && np.full.len() == 1
                && np.plural != Some(true)
                && doc.form(t).starts_with(char::is_lowercase);
        if part_of_verb || np.class.has(NounClass::TIME) || np.class == NounClass::MEASURE {
            return None;
        }
        let states = self.states_in(np.label);
        let again = self
            .apposition(&np)
            .or_else(|| self.by_nationality(&np, &states))
            .or_else(|| self.description(&np))
            .or_else(|| self.attributed(&np, &states));
        if let Some(e) = again {
            let m = self.b.mention(np.full, t, MentionKind::Nominal, e);
            let noun = doc.lemma(t).to_lowercase();
            let info = self.b.info_mut(e);
            if !info.described.contains(&noun) {
                info.described.push(noun);
            }
            return Some(m);
        }
        let demonym = self.b.gaz.demonym(&lower(doc, t)).to_vec();
        // « ministère des Affaires étrangères »: capitals inside a description name no other thing.
        for x in t.0 + 1..np.label.end {
            let inner = TokenId(x);
            if doc.upos(inner) == Upos::Noun && doc.form(inner).starts_with(char::is_uppercase) {
                self.consumed[x as usize] = true;
            }
        }
        let e = self.new_entity(&np, &demonym);
        let m = self.b.mention(np.full, t, MentionKind::Nominal, e);
        self.affiliate(&np, e, m, &states, &demonym);
        Some(m)
    }

    /// « les autorités turques » after « les autorités »: the same, now with their state.
    fn attributed(&mut self, np: &Np, states: &[(TokenId, KnownIx)]) -> Option<EntityIx> {
        let official = np.class.has(NounClass::AUTHORITY) || np.class.has(NounClass::POLICE);
        let &[(_, k)] = states else { return None };
        if !official || !matches!(np.definite, Definite::Article | Definite::Bare) || np.class.has(NounClass::PERSON) {
            return None;
        }
        let noun = self.b.doc.lemma(np.head).to_lowercase();
        let state = self.b.known(k);
        let found = self.recent.iter().rev().take(400).map(|&(m, _)| self.b.of(m)).find(|&e| {
            let to = self.b.affiliation[e.0 as usize];
            let info = self.b.info(e);
            info.known.is_none()
                && info.described.contains(&noun)
                && info.plural == np.plural
                && (to.is_none() && Some(state) == self.dominant || to == Some(state))
        })?;
        self.b.affiliation[found.0 as usize] = Some(state);
        let name = self.b.entity(state).label.clone();
        self.b.alias(found, &name);
        Some(found)
    }

    pub(super) fn new_entity(&mut self, np: &Np, demonym: &[KnownIx]) -> EntityIx {
        let doc = self.b.doc;
        let text = doc.slice(doc.char_span(np.label)).to_owned();
        let plural = np.plural == Some(true);
        let class = if np.class.is_empty() && !demonym.is_empty() { NounClass::PERSON } else { np.class };
        let mut kind = class.entity_type(plural);
        if class.has(NounClass::COUNTRY) && plural {
            kind = EntityType::Group;
        }
        if doc.upos(np.head) == Upos::Propn && class.is_empty() {
            kind = EntityType::Thing;
        }
        let info = Info {
            gender: phrase::gender(doc, np.head),
            plural: np.plural.or((doc.upos(np.head) == Upos::Propn).then_some(false)),
            class,
            described: vec![doc.lemma(np.head).to_lowercase()],
            ..Info::default()
        };
        // Each « un homme » is another one, and so is each « son film » of another owner.
        let key = format!("{} {}", kind.name(), text.to_lowercase());
        let fresh = !plural && np.definite == Definite::Indefinite;
        let seen = self.twins.entry(key).and_modify(|n| *n += usize::from(fresh)).or_default();
        let mut apart = if *seen > 0 { seen.to_string() } else { String::new() };
        if np.definite == Definite::Possessive {
            let owner = phrase::determiner(doc, np.head).and_then(|d| self.b.by_head[d.ix()]);
            if let Some(owner) = owner {
                apart = format!("of {}", self.b.entity(self.b.of(owner)).id);
            }
        }
        self.b.unnamed(&text, kind, &apart, info)
    }

    /// To whom a group, an institution or a thing belongs.
    fn affiliate(&mut self, np: &Np, e: EntityIx, m: MentionIx, states: &[(TokenId, KnownIx)], demonym: &[KnownIx]) {
        if self.b.affiliation[e.0 as usize].is_none() {
            let mut to = states.first().map(|&(_, k)| k);
            if to.is_none() && demonym.len() == 1 {
                to = demonym.first().copied();
            }
            let to = to.map(|k| self.b.known(k)).or_else(|| self.belongs_to(np));
            self.b.affiliation[e.0 as usize] = to.filter(|&x| x != e);
        }
        // « le gouvernement du Kazakhstan » answers to the state's name.
        if np.class.has(NounClass::AUTHORITY)
            && let Some(a) = self.b.affiliation[e.0 as usize]
            && self.b.entity(a).kind == EntityType::Country
        {
            let name = self.b.entity(a).label.clone();
            self.b.alias(e, &name);
        }
        let _ = m;
    }

    /// The name behind « de » inside the label, or the possessor.
    fn belongs_to(&mut self, np: &Np) -> Option<EntityIx> {
        let doc = self.b.doc;
        let owner = doc.dependents(np.head).iter().copied().find(|&d| doc.deprel(d) == "nmod:poss");
        let owner = owner.map_or(0..0, |d| d.0..d.0 + 1);
        let named = (np.head.0 + 1..np.label.end).chain(owner).chain(np.label.start..np.head.0).find_map(|x| {
            let m = self.name_at(TokenId(x))?;
            let kind = self.b.entity(self.b.of(m)).kind;
            matches!(kind, EntityType::Country | EntityType::Organization | EntityType::Person).then_some(m)
        });
        if let Some(m) = named {
            return Some(self.b.of(m));
        }
        let owner = NounClass::FORCE.has(np.class)
            || NounClass::AUTHORITY.has(np.class)
            || NounClass::POLICE.has(np.class)
            || NounClass::VEHICLE.has(np.class)
            || NounClass::ORG.has(np.class);
        let det = phrase::determiner(doc, np.head)?;
        (owner && np.definite == Definite::Possessive).then(|| self.b.by_head[det.ix()])?.map(|m| self.b.of(m))
    }
}

fn definite_possessive(form: &str) -> bool {
    matches!(form, "son" | "sa" | "ses" | "leur" | "leurs")
}

/// The country named most often, if twice as often as any other.
pub(super) fn dominant_country(b: &Builder<'_>) -> Option<EntityIx> {
    let mut count = vec![0u32; b.entities.len()];
    for m in &b.mentions {
        let e = m.entity.0 as usize;
        let own = b.infos[e].known.is_some_and(|k| b.gaz.seat(b.doc.slice(m.span)) != Some(k));
        if b.entities[e].kind == EntityType::Country && own {
            let early = b.doc.sentence_of(m.head) < 3;
            count[e] += 2 + u32::from(early);
        }
    }
    let best = (0..count.len()).max_by_key(|&i| (count[i], std::cmp::Reverse(i)))?;
    let second = (0..count.len()).filter(|&i| i != best).map(|i| count[i]).max().unwrap_or(0);
    (count[best] >= 4 && count[best] >= 2 * second).then_some(EntityIx(best as u32))
}
