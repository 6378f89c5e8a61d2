//! Definite and demonstrative descriptions: the earlier entity that « cette attaque », « les manifestants »
//! or « le pays » takes up.

use super::gazetteer::fold;
use super::lexicon::{Lexicon, NounClass, Title};
use super::phrase::{self, Definite};
use super::reference::{SHORT_NAMES, WINDOW};
use super::walk::{Np, Walk};
use temoin_model::{EntityIx, EntityType, Lang, MentionKind, TokenId};

impl Walk<'_, '_> {
    /// The earlier entity that a definite or demonstrative description takes up, by rule or by the ranker.
    pub(super) fn description(&mut self, np: &Np) -> Option<EntityIx> {
        // English has too few examples to learn from.
        let described = matches!(np.definite, Definite::Article | Definite::Demonstrative);
        let learned = described && self.b.doc.meta.lang == Lang::Fr;
        self.taken_up(np).or_else(|| if learned { self.rephrased(np) } else { None })
    }

    fn taken_up(&mut self, np: &Np) -> Option<EntityIx> {
        let doc = self.b.doc;
        let demonstrative = np.definite == Definite::Demonstrative;
        if !demonstrative && np.definite != Definite::Article {
            return None;
        }
        if let Some(e) = self.holder(np) {
            return Some(e);
        }
        let noun = doc.lemma(np.head).to_lowercase();
        // « le président élu » is not any president.
        let narrowed = doc
            .dependents(np.head)
            .iter()
            .any(|&d| d.0 == np.head.0 + 1 && matches!(doc.relation(d), "acl" | "amod") && doc.lemma(d) != "même");
        let bare = np.label.len() == 1 && !narrowed;
        if np.class.has(NounClass::COUNTRY)
            && bare
            && np.plural == Some(false)
            && (matches!(noun.as_str(), "pays" | "country") || demonstrative)
        {
            return self.country();
        }
        if !bare && !demonstrative {
            return None;
        }
        if let Some(e) = self.shortened(np).or_else(|| self.same_noun(np, &noun)) {
            return Some(e);
        }
        if (demonstrative || Lexicon::of(self.b.doc).describes(&noun))
            && let Some(e) = self.hyponym(np, &noun, if demonstrative { 3 } else { 2 })
        {
            return Some(e);
        }
        let generic = bare && Lexicon::of(self.b.doc).describes(&noun);
        let general = is_general(&noun);
        if demonstrative && generic && general && np.class.has(NounClass::EVENT) && np.plural == Some(false) {
            return self.last_of(np, 2, |e| e == EntityType::Event);
        }
        if np.plural == Some(true) {
            return None;
        }
        let named = |kind: EntityType| matches!(kind, EntityType::Organization);
        match noun.as_str() {
            "ville" | "localité" | "commune" | "village" | "cité" | "métropole" | "île" | "région" => {
                self.last_named(np, 3, |k| k == EntityType::Place)
            }
            "entreprise" | "société" | "groupe" | "compagnie" | "organisation" | "agence" | "parti" | "club"
            | "constructeur" | "institution" | "firme" | "association" | "ONG" | "ong" | "journal" | "quotidien"
            | "banque" | "fondation" | "mouvement" => self.last_named(np, 2, named),
            "homme" | "femme" | "suspect" | "suspecte" | "accusé" | "intéressé" | "intéressée" => {
                let accused = !matches!(noun.as_str(), "homme" | "femme");
                self.last_of(np, 2, |k| k == EntityType::Person).filter(|&e| !accused || !self.is_official(e))
            }
            _ => None,
        }
    }

    /// « le chef de l'État », « le Premier ministre » without a name or a complement: the person last
    /// spoken of who holds that office, whatever it was called where it was given.
    fn holder(&self, np: &Np) -> Option<EntityIx> {
        let (title, words) = self.title(np.head)?;
        // A bare « le président » may lead anything: that is for the noun to tell.
        if np.plural == Some(true) || np.label.end > words.end || words.len() == 1 {
            return None;
        }
        let office = match title {
            Title::State | Title::Monarch => "headOfStateOf",
            Title::Government => "headOfGovernmentOf",
            Title::Leads | Title::Post => return None,
        };
        let limit = self.b.doc.sentence_of(np.head) as u32;
        let holds = |e: EntityIx| self.b.inherent.iter().any(|i| i.predicate == office && self.b.of(i.subject) == e);
        let recent = self.recent.iter().rev().take(2 * WINDOW).take_while(|&&(_, s)| s + 8 >= limit);
        recent
            .map(|&(m, _)| &self.b.mentions[m.0 as usize])
            .filter(|m| m.kind != MentionKind::Pronoun && m.tokens.end <= np.full.start)
            .map(|m| m.entity)
            .find(|&e| self.b.entity(e).kind == EntityType::Person && holds(e))
    }

    /// « le pays »: the state spoken of last, unless the article is plainly about one.
    fn country(&self) -> Option<EntityIx> {
        let mut best: Option<(u32, EntityIx)> = None;
        let last = self.recent.last().map(|r| r.1)?;
        for &(m, s) in self.recent.iter().rev().take(WINDOW) {
            let mention = &self.b.mentions[m.0 as usize];
            if self.b.entity(mention.entity).kind != EntityType::Country {
                continue;
            }
            let mut score = 40u32.saturating_sub(8 * (last - s).min(4));
            if mention.kind == MentionKind::Demonym {
                score = score.saturating_sub(25);
            }
            if Some(mention.entity) == self.dominant {
                score += 25;
            }
            if self.b.doc.relation(mention.head) == "nsubj" {
                score += 6;
            }
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, mention.entity));
            }
        }
        best.map(|(_, e)| e).or(self.dominant)
    }

    /// "the Church" for the Church of Scientology: the last organisation whose name has the noun, which
    /// is written with a capital.
    fn shortened(&self, np: &Np) -> Option<EntityIx> {
        let doc = self.b.doc;
        let capital = |t: TokenId| doc.form(t).starts_with(char::is_uppercase);
        let opens = doc.sentence(doc.sentence_of(np.head)).start == np.head.0;
        if np.plural == Some(true) || opens || !capital(np.head) {
            return None;
        }
        self.recent.iter().rev().take(SHORT_NAMES).find_map(|&(m, _)| {
            let e = self.b.of(m);
            let entity = self.b.entity(e);
            let fits = entity.named
                && entity.kind == EntityType::Organization
                && self.b.mentions[m.0 as usize].tokens.end <= np.full.start
                && super::names::is_core(&entity.label, doc.form(np.head));
            fits.then_some(e)
        })
    }

    /// The last entity described with the same noun, in the same number.
    fn same_noun(&self, np: &Np, noun: &str) -> Option<EntityIx> {
        let limit = self.b.doc.sentence_of(np.head) as u32;
        self.recent.iter().rev().take(4 * WINDOW).find_map(|&(m, s)| {
            let e = self.b.of(m);
            let info = self.b.info(e);
            let fits = info.described.iter().any(|d| d == noun)
                && (info.plural.is_none()
                    || np.plural.is_none()
                    || info.plural == np.plural
                    || np.plural == Some(false) && info.class.has(NounClass::EVENT) && np.class.has(NounClass::EVENT))
                && s + 12 >= limit
                && self.b.mentions[m.0 as usize].tokens.end <= np.full.start;
            fits.then_some(e)
        })
    }

    fn hyponym(&self, np: &Np, noun: &str, reach: u32) -> Option<EntityIx> {
        let lex = Lexicon::of(self.b.doc);
        let limit = self.b.doc.sentence_of(np.head) as u32;
        self.recent.iter().rev().take(WINDOW).find_map(|&(m, s)| {
            let mention = &self.b.mentions[m.0 as usize];
            let e = mention.entity;
            let info = self.b.info(e);
            if s + reach < limit || mention.tokens.end > np.full.start || mention.kind == MentionKind::Pronoun {
                return None;
            }
            // An event may be taken up in the other number: « des émeutes … cette crise ».
            let number = info.plural == np.plural
                || info.plural.is_none() && np.plural != Some(true)
                || info.class.has(NounClass::EVENT);
            let covered = info.described.iter().any(|d| lex.covers(noun, &fold(d)))
                || self.b.entity(e).named
                    && self.b.entity(e).label.split([' ', '-']).any(|w| lex.covers(noun, &fold(w)));
            (number && covered).then_some(e)
        })
    }

    fn last_of(&self, np: &Np, reach: u32, kind: impl Fn(EntityType) -> bool) -> Option<EntityIx> {
        let limit = self.b.doc.sentence_of(np.head) as u32;
        let gender = phrase::gender(self.b.doc, np.head);
        self.recent.iter().rev().take(WINDOW).find_map(|&(m, s)| {
            let e = self.b.of(m);
            let info = self.b.info(e);
            let event = self.b.entity(e).kind == EntityType::Event;
            let fits = kind(self.b.entity(e).kind)
                && s + reach >= limit
                && self.b.mentions[m.0 as usize].tokens.end <= np.full.start
                && (event || info.gender.is_none() || gender.is_none() || info.gender == gender);
            fits.then_some(e)
        })
    }

    /// « le suspect » is not the prosecutor who told of him.
    fn is_official(&self, e: EntityIx) -> bool {
        let office = |noun: &String| Lexicon::of(self.b.doc).title(noun, &[]).is_some();
        !self.b.entity(e).named && self.b.info(e).described.iter().any(office)
    }

    /// « l'entreprise » is not « le tribunal correctionnel de Lyon »: whether the name itself says what kind of
    /// body it is, in another word than the description's.
    fn is_another_body(&self, label: &str, np: &Np) -> bool {
        let doc = self.b.doc;
        let noun = doc.lemma(np.head).to_lowercase();
        let first = label.split_whitespace().next().unwrap_or("").to_lowercase();
        let (class, _) = Lexicon::of(doc).noun(&first, &first);
        let body = class.has(NounClass::ORG) || class.has(NounClass::POLICE) || class.has(NounClass::AUTHORITY);
        let general = matches!(noun.as_str(), "organisation" | "institution" | "agence");
        let company = |w: &str| {
            matches!(
                w,
                "groupe"
                    | "société"
                    | "compagnie"
                    | "banque"
                    | "entreprise"
                    | "constructeur"
                    | "firme"
                    | "mouvement"
                    | "front"
                    | "union"
                    | "parti"
                    | "alliance"
            )
        };
        body && first != noun && !general && !(company(&first) && company(&noun))
    }

    fn last_named(&self, np: &Np, reach: u32, kind: impl Fn(EntityType) -> bool) -> Option<EntityIx> {
        let limit = self.b.doc.sentence_of(np.head) as u32;
        self.recent.iter().rev().take(WINDOW).find_map(|&(m, s)| {
            let entity = self.b.entity(self.b.of(m));
            let fits = entity.named
                && !self.is_another_body(&entity.label, np)
                && kind(entity.kind)
                && s + reach >= limit
                && self.b.mentions[m.0 as usize].tokens.end <= np.full.start;
            fits.then(|| self.b.of(m))
        })
    }
}

/// Whether a noun may stand for any happening.
pub(super) fn is_general(noun: &str) -> bool {
    matches!(
        noun,
        "crise"
            | "événement"
            | "incident"
            | "drame"
            | "tragédie"
            | "catastrophe"
            | "crisis"
            | "event"
            | "tragedy"
            | "disaster"
    )
}
