//! Coreference inside the article: pronouns, possessives and definite descriptions.
//!
//! A search backwards through the mentions, filtered by agreement and ranked by distance, role and
//! kind, in the manner of Lappin and Leass (1994). Without a good antecedent nothing is made.

use super::builder::Info;
use super::gazetteer::Gender;
use super::lexicon::{Lexicon, NounClass};
use super::phrase::{self, before, lower};
use super::walk::Walk;
use temoin_model::{EntityIx, EntityType, Lang, Mention, MentionIx, MentionKind, Span, TokenId, Upos};

/// How many mentions back an antecedent is searched.
pub(super) const WINDOW: usize = 60;
/// How many mentions back a longer name is searched.
pub(super) const SHORT_NAMES: usize = 400;

/// What a pronoun asks of its antecedent.
pub(super) struct Wanted {
    pub(super) at: TokenId,
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    /// Whether it must be a person, or must be none.
    pub(super) person: Option<bool>,
    /// Sentences back.
    pub(super) reach: u32,
    /// Sentences back that the rules may go.
    pub(super) ruled: u32,
    /// What the rules must think of it where there is no ranker.
    pub(super) least: i32,
}

/// A mention that may be an antecedent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) mention: MentionIx,
    pub(super) sentence: u32,
    /// What the rules think of it: higher is better.
    pub(super) rules: i32,
}

impl Walk<'_, '_> {
    pub(super) fn pronoun(&mut self, t: TokenId) -> Option<MentionIx> {
        let doc = self.b.doc;
        let form = lower(doc, t);
        let form = form.trim_start_matches('-').trim_start_matches("t-");
        if doc.deprel(t).starts_with("expl") {
            return None;
        }
        let word = Span::new(t.0, t.0 + 1);
        match form {
            "who" | "whom" | "which" | "that" if doc.feat(t, "PronType") == Some("Rel") => {
                let e = self.antecedent_of_relative(t)?;
                Some(self.b.mention(word, t, MentionKind::Pronoun, e))
            }
            _ if doc.meta.lang == Lang::En => {
                let wanted = self.english(t, form, 3)?;
                let e = self.search(&wanted)?;
                Some(self.b.mention(word, t, MentionKind::Pronoun, e))
            }
            "qui" | "que" | "qu'" | "dont" | "lequel" | "laquelle" | "lesquels" | "lesquelles" | "où" => {
                let e = self.antecedent_of_relative(t)?;
                Some(self.b.mention(word, t, MentionKind::Pronoun, e))
            }
            "il" | "elle" | "ils" | "elles" | "celui-ci" | "celle-ci" | "ceux-ci" | "celles-ci" => {
                if self.is_impersonal(t, form) {
                    return None;
                }
                let feminine = form.starts_with("elle") || form.starts_with("celle");
                let plural =
                    form.starts_with("ils") || form == "elles" || form.starts_with("ceux") || form == "celles-ci";
                // « ils » may stand for men and women.
                let gender = if feminine {
                    Some(Gender::Fem)
                } else if plural {
                    None
                } else {
                    Some(Gender::Masc)
                };
                let near = form.ends_with("-ci");
                let wanted = Wanted {
                    at: t,
                    gender,
                    plural,
                    person: self.fronted_person(t).then_some(true),
                    reach: if near { 1 } else { 3 },
                    ruled: if near { 1 } else { 2 },
                    least: 20,
                };
                let e = match self.nearer(&wanted).filter(|_| near) {
                    Some(e) => e,
                    None => self.search(&wanted).filter(|&e| self.may_speak(e) || !self.is_speaker(t))?,
                };
                Some(self.b.mention(word, t, MentionKind::Pronoun, e))
            }
            "lui-même" | "elle-même" | "eux-mêmes" | "elles-mêmes" | "lui" | "leur" | "le" | "la" | "l'" | "les"
            | "eux" => {
                let plural = matches!(form, "leur" | "eux" | "les" | "eux-mêmes" | "elles-mêmes");
                let gender = match form {
                    "le" => Some(Gender::Masc),
                    "la" => Some(Gender::Fem),
                    _ => None,
                };
                let least = if matches!(form, "le" | "la" | "l'" | "les") { i32::MAX } else { 40 };
                let e = self.search(&Wanted { at: t, gender, plural, person: None, reach: 2, ruled: 1, least })?;
                Some(self.b.mention(word, t, MentionKind::Pronoun, e))
            }
            _ => None,
        }
    }

    /// « Mère de deux enfants, elle … »: what is set before the subject and a comma says that it is a person.
    fn fronted_person(&self, t: TokenId) -> bool {
        let doc = self.b.doc;
        let first = doc.sentence(doc.sentence_of(t)).start;
        let comma = t.0 > first + 1 && doc.form(TokenId(t.0 - 1)) == ",";
        let noun = TokenId(first);
        comma
            && doc.upos(noun) == Upos::Noun
            && Lexicon::of(doc).noun(doc.lemma(noun), doc.form(noun)).0.has(NounClass::PERSON)
    }

    /// What an English pronoun or possessive asks of its antecedent.
    fn english(&self, t: TokenId, form: &str, reach: u32) -> Option<Wanted> {
        let (gender, plural, person) = match form {
            "he" | "him" | "his" | "himself" => (Some(Gender::Masc), false, Some(true)),
            "she" | "her" | "hers" | "herself" => (Some(Gender::Fem), false, Some(true)),
            "it" | "its" | "itself" => (None, false, Some(false)),
            "they" | "them" | "their" | "theirs" | "themselves" => (None, true, None),
            _ => return None,
        };
        let subject = self.b.doc.relation(t) == "nsubj";
        Some(Wanted { at: t, gender, plural, person, reach, ruled: reach - 1, least: if subject { 20 } else { 40 } })
    }

    /// « ses forces armées »: the possessor.
    pub(super) fn possessive(&mut self, t: TokenId) -> Option<MentionIx> {
        let doc = self.b.doc;
        let noun = doc.head(t)?;
        // « la Russie et ses alliés »: the possessor stands right before the conjunction.
        let joined = before(doc, t)
            .filter(|&c| doc.upos(c) == Upos::Cconj)
            .or_else(|| before(doc, t).and_then(|c| before(doc, c)).filter(|&c| doc.upos(c) == Upos::Cconj))
            .or_else(|| {
                // « de la Russie voisine et de ses alliés »
                before(doc, t).filter(|&c| doc.upos(c) == Upos::Adp).and_then(|c| before(doc, c))
            })
            .filter(|&c| doc.upos(c) == Upos::Cconj);
        let form = lower(doc, t);
        let plural = form.starts_with("leur") || form == "their";
        let word = Span::new(t.0, t.0 + 1);
        if let Some(c) = joined {
            let near = self.recent.iter().rev().take(4).find(|&&(m, _)| {
                let m = &self.b.mentions[m.0 as usize];
                let entity = self.b.entity(m.entity);
                m.kind != MentionKind::Pronoun
                    && c.0 >= m.tokens.end
                    && c.0 - m.tokens.end <= 2
                    && matches!(entity.kind, EntityType::Country | EntityType::Person | EntityType::Organization)
            });
            if let Some(&(m, _)) = near {
                let e = self.b.of(m);
                if self.b.info(e).plural.unwrap_or(false) == plural || self.b.info(e).plural.is_none() {
                    return Some(self.b.mention(word, t, MentionKind::Pronoun, e));
                }
            }
        }
        let _ = noun;
        let wanted = match doc.meta.lang {
            Lang::En => self.english(t, &form, 2)?,
            Lang::Fr => Wanted { at: t, gender: None, plural, person: None, reach: 2, ruled: 1, least: 45 },
        };
        let e = self.search(&wanted)?;
        Some(self.b.mention(word, t, MentionKind::Pronoun, e))
    }

    fn is_impersonal(&self, t: TokenId, form: &str) -> bool {
        let doc = self.b.doc;
        if form != "il" {
            return false;
        }
        let Some(v) = doc.head(t) else { return true };
        if doc.upos(v) == Upos::Num || doc.lemma(v) == "heure" {
            return true;
        }
        let lemma = doc.lemma(v);
        let weather = matches!(
            lemma,
            "falloir"
                | "agir"
                | "pleuvoir"
                | "neiger"
                | "sembler"
                | "paraître"
                | "advenir"
                | "suffire"
                | "convenir"
                | "importer"
                | "manquer"
                | "rester"
                | "exister"
        );
        // « il y a », « il est possible que »
        let there =
            doc.dependents(v).iter().any(|&d| lower(doc, d) == "y" && d > t && d.0 - t.0 <= 2) && lemma == "avoir";
        let clause = doc.upos(v) == Upos::Adj
            && doc.dependents(v).iter().any(|&d| d > v && matches!(doc.relation(d), "csubj" | "ccomp" | "xcomp"));
        let csubj = doc.dependents(v).iter().any(|&d| doc.relation(d) == "csubj");
        weather || there || clause || csubj
    }

    /// The noun that a relative clause modifies.
    fn antecedent_of_relative(&self, t: TokenId) -> Option<EntityIx> {
        let doc = self.b.doc;
        let mut at = t;
        for _ in 0..8 {
            if doc.deprel(at) == "acl:relcl" {
                let noun = doc.head(at)?;
                return (noun < t).then(|| self.b.by_head[noun.ix()])?.map(|m| self.b.of(m));
            }
            at = doc.head(at)?;
        }
        None
    }

    /// The word that a whole noun phrase depends on: « avec son ami X » hangs on the verb.
    fn governor(&self, head: TokenId) -> Option<TokenId> {
        let doc = self.b.doc;
        let mut at = head;
        for _ in 0..4 {
            let up = doc.head(at)?;
            if !matches!(doc.relation(at), "appos" | "nmod" | "flat" | "conj" | "compound")
                || doc.upos(up) == Upos::Verb
            {
                return Some(up);
            }
            at = up;
        }
        doc.head(at)
    }

    /// « ce dernier », « ces dernières » without a noun.
    pub(super) fn is_latter(&self, t: TokenId) -> bool {
        let doc = self.b.doc;
        let demonstrative = before(doc, t).is_some_and(|p| matches!(lower(doc, p).as_str(), "ce" | "cette" | "ces"));
        demonstrative && phrase::after(doc, t, 1).is_none_or(|n| !matches!(doc.upos(n), Upos::Noun | Upos::Propn))
    }

    pub(super) fn latter(&mut self, t: TokenId) -> Option<MentionIx> {
        let form = lower(self.b.doc, t);
        let gender = Some(if form.starts_with("dernière") { Gender::Fem } else { Gender::Masc });
        let plural = form.ends_with('s');
        let wanted = Wanted { at: t, gender, plural, person: None, reach: 1, ruled: 1, least: 20 };
        let e = match self.nearer(&wanted) {
            Some(e) => e,
            None => self.search(&wanted)?,
        };
        Some(self.b.mention(Span::new(t.0 - 1, t.0 + 1), t, MentionKind::Pronoun, e))
    }

    /// Whether a noun stands behind "as", « comme », « en tant que ».
    fn is_role(&self, head: TokenId) -> bool {
        let doc = self.b.doc;
        let role = |&d: &TokenId| {
            d < head && matches!(doc.relation(d), "case" | "mark") && matches!(doc.form(d), "as" | "comme" | "tant")
        };
        doc.dependents(head).iter().any(role)
    }

    /// Whether a noun stands behind "according to", « selon ».
    fn is_teller(&self, head: TokenId) -> bool {
        let doc = self.b.doc;
        let teller =
            |&d: &TokenId| d < head && matches!(lower(doc, d).as_str(), "according" | "selon" | "d'après" | "d’après");
        doc.dependents(head).iter().any(teller)
    }

    /// The mentions that may be the antecedent, nearest first, each with what the rules think of it
    /// (Lappin and Leass 1994).
    pub(super) fn candidates(&self, w: &Wanted) -> Vec<Candidate> {
        let doc = self.b.doc;
        let sentence = doc.sentence_of(w.at) as u32;
        let verb = doc.head(w.at);
        let above = verb.filter(|&v| doc.meta.lang == Lang::En && doc.relation(v) == "ccomp").and_then(|v| doc.head(v));
        // In quoted words « il » is somebody else than who says them.
        let third = doc.relation(w.at) == "nsubj" || doc.meta.lang == Lang::Fr;
        let speaker = crate::factuality::quoted_speaker(doc, w.at).filter(|_| third);
        let speaker = speaker.and_then(|t| self.name_at(t)).map(|m| self.b.of(m));
        // "He said Warhol was a genius": a subject is nobody whom its own clause names further on.
        let named_below: Vec<EntityIx> = match verb.filter(|_| doc.relation(w.at) == "nsubj") {
            Some(v) => doc
                .tokens_in(doc.subtree(v))
                .filter(|&t| t > v)
                .take_while(|&t| !matches!(doc.form(t), "«" | "“" | "\""))
                .filter_map(|t| self.b.by_head[t.ix()])
                .filter(|&m| self.b.mentions[m.0 as usize].kind == MentionKind::Name)
                .map(|m| self.b.of(m))
                .collect(),
            None => Vec::new(),
        };
        // « J'ai vu Dupont », a-t-il dit: nobody who is named in the quotation.
        let reported = verb.filter(|_| self.is_speaker(w.at));
        let reported = reported.and_then(|v| crate::factuality::quotation_before(doc, v));
        let quoted = |m: &Mention| reported.is_some_and(|q| q.contains(m.tokens)) && m.kind != MentionKind::Pronoun;
        let spoken_of: Vec<EntityIx> = self.b.mentions.iter().filter(|m| quoted(m)).map(|m| m.entity).collect();
        let mut out: Vec<Candidate> = Vec::new();
        let mut seen: Vec<EntityIx> = Vec::new();
        for &(m, s) in self.recent.iter().rev().take(WINDOW) {
            if s + w.reach < sentence {
                break;
            }
            let mention = &self.b.mentions[m.0 as usize];
            // "Airbus has announced that they will …": an English body may be many.
            let kind = self.b.entity(mention.entity).kind;
            let many = w.plural
                && above.is_some()
                && doc.head(mention.head) == above
                && doc.relation(mention.head) == "nsubj"
                && matches!(kind, EntityType::Organization | EntityType::Country);
            // « ce pays » for Turkey: the noun is what a French pronoun agrees with.
            let noun = (doc.meta.lang == Lang::Fr && mention.kind == MentionKind::Nominal)
                .then(|| Lexicon::of(doc).noun(doc.lemma(mention.head), doc.form(mention.head)).1)
                .flatten();
            let person = self.b.entity(mention.entity).kind == EntityType::Person;
            let info = self.b.info(mention.entity);
            let by_noun = || noun.is_some() && !person && agrees(&Info { gender: noun, ..info.clone() }, w);
            let agreeing = agrees(info, w) || by_noun();
            if mention.tokens.end > w.at.0 || !(many || agreeing) {
                continue;
            }
            // « Quant à la France, elle termine … »
            let first = doc.sentence(sentence as usize).start;
            let topic = s == sentence
                && mention.tokens.start <= first + 3
                && (matches!(doc.form(TokenId(first)), "Quant")
                    || doc.form(TokenId(first)) == "As" && doc.form(TokenId(first + 1)) == "for");
            // A pronoun subject is not the object of its own clause.
            let clause = self.governor(mention.head);
            if s == sentence
                && !topic
                && clause == verb
                && !matches!(doc.deprel(w.at), "det" | "nmod:poss")
                && mention.kind != MentionKind::Pronoun
            {
                continue;
            }
            // « Après avoir battu X, il … »: whoever does both is not the one it was done to.
            let fronted = clause.is_some_and(|c| {
                Some(c) != verb
                    && doc.head(c) == verb
                    && doc.relation(c) == "advcl"
                    && c < w.at
                    && doc.relation(w.at) == "nsubj"
            });
            let bare = clause.is_some_and(|c| crate::verbs::finite(doc, c).is_none());
            let done_to = matches!(doc.relation(mention.head), "obj" | "obl" | "iobj");
            if fronted && bare && done_to && s == sentence && mention.kind != MentionKind::Pronoun {
                continue;
            }
            let e = mention.entity;
            if speaker == Some(e) || named_below.contains(&e) || spoken_of.contains(&e) {
                continue;
            }
            if reported.is_some() && self.scene.is_quoted(mention.head) {
                continue;
            }
            if s == sentence && doc.relation(w.at) == "nsubj" && self.is_fronted_role(mention, w.at) {
                continue;
            }
            // "began as a kid": a part that somebody plays, nobody else.
            if !self.b.entity(e).named && self.is_role(mention.head) {
                continue;
            }
            let is_person = self.b.entity(e).kind == EntityType::Person;
            if w.person.is_some_and(|p| p != is_person) {
                continue;
            }
            let mut score = 60 - 20 * (sentence - s) as i32 + i32::from(topic) * 60;
            score += match doc.relation(mention.head) {
                "nsubj" if doc.deprel(mention.head) == "nsubj:pass" => 25,
                "nsubj" => 30,
                "obj" => 12,
                "appos" | "root" => 10,
                "nmod" => -10,
                _ => 0,
            };
            // "According to Wilkins, Warhol could … he": who tells is seldom who is told of.
            score -= i32::from(s == sentence && self.is_teller(mention.head)) * 30;
            let entity = self.b.entity(e);
            score += match entity.kind {
                EntityType::Person => 25,
                EntityType::Organization | EntityType::Group | EntityType::Country => 12,
                EntityType::Product => 8,
                EntityType::Thing => -15,
                EntityType::Place => -15,
                EntityType::Event | EntityType::Work => -8,
            };
            score += i32::from(entity.named) * 8 + i32::from(many) * 20;
            if mention.kind == MentionKind::Pronoun {
                score += 10;
            }
            if self.b.info(e).gender.is_none() && w.gender.is_some() && entity.kind != EntityType::Person {
                score -= 15;
            }
            score += 10 * seen.iter().filter(|&&x| x == e).count().min(2) as i32;
            seen.push(e);
            let nearer = (w.at.0 - mention.tokens.start.min(w.at.0)) as i32 / 8;
            score -= nearer.min(12);
            out.push(Candidate { mention: m, sentence: s, rules: score });
        }
        self.drop_aims(w, sentence, &mut out);
        out
    }
}

pub(super) fn agrees(info: &Info, w: &Wanted) -> bool {
    let number = match info.plural {
        Some(p) => p == w.plural,
        // Names of organisations and places are singular unless known otherwise.
        None => !w.plural,
    };
    let gender = match (info.gender, w.gender) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    number && gender
}
