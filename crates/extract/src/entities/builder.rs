//! Entities under construction: one per link, per name or per description, with what agreement and
//! coreference need to know of each.

use super::gazetteer::{Gazetteer, Gender, KnownIx, fold, is_acronym, plain};
use super::lexicon::{Lexicon, NounClass};
use super::{EntityLayer, Inherent, InherentObject};
use rustc_hash::FxHashMap;
use temoin_model::{Document, Entity, EntityIx, EntityType, Mention, MentionIx, MentionKind, Span, Tok, TokenId, id};

/// What is known of an entity besides its record.
#[derive(Clone, Debug, Default)]
pub(super) struct Info {
    pub(super) gender: Option<Gender>,
    pub(super) plural: Option<bool>,
    pub(super) class: NounClass,
    pub(super) known: Option<KnownIx>,
    /// Last word of its last mention.
    pub(super) last: u32,
    /// Head nouns it was described with.
    pub(super) described: Vec<String>,
}

/// A mention that stands for the state behind a force.
#[derive(Clone, Copy, Debug)]
pub(super) struct Actor {
    pub(super) noun: TokenId,
    pub(super) mention: MentionIx,
}

pub(super) struct Builder<'a> {
    pub(super) doc: &'a Document,
    pub(super) gaz: &'a Gazetteer,
    pub(super) mentions: Vec<Mention>,
    pub(super) entities: Vec<Entity>,
    pub(super) infos: Vec<Info>,
    pub(super) affiliation: Vec<Option<EntityIx>>,
    pub(super) by_head: Vec<Option<MentionIx>>,
    pub(super) actors: Vec<Actor>,
    pub(super) inherent: Vec<Inherent>,
    keys: FxHashMap<String, EntityIx>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(doc: &'a Document, gaz: &'a Gazetteer) -> Self {
        Builder {
            doc,
            gaz,
            mentions: Vec::new(),
            entities: Vec::new(),
            infos: Vec::new(),
            affiliation: Vec::new(),
            by_head: vec![None; doc.len()],
            actors: Vec::new(),
            inherent: Vec::new(),
            keys: FxHashMap::default(),
        }
    }

    pub(super) fn entity(&self, e: EntityIx) -> &Entity {
        &self.entities[e.0 as usize]
    }

    pub(super) fn info(&self, e: EntityIx) -> &Info {
        &self.infos[e.0 as usize]
    }

    pub(super) fn info_mut(&mut self, e: EntityIx) -> &mut Info {
        &mut self.infos[e.0 as usize]
    }

    pub(super) fn of(&self, m: MentionIx) -> EntityIx {
        self.mentions[m.0 as usize].entity
    }

    fn push(&mut self, entity: Entity, info: Info) -> EntityIx {
        let ix = EntityIx(self.entities.len() as u32);
        self.entities.push(entity);
        self.infos.push(info);
        self.affiliation.push(None);
        ix
    }

    /// Whether the article speaks of a gazetteer entry.
    pub(super) fn has_known(&self, k: KnownIx) -> bool {
        self.keys.contains_key(&format!("known {}", self.gaz.known(k).id))
    }

    /// The entity of a gazetteer entry.
    pub(super) fn known(&mut self, k: KnownIx) -> EntityIx {
        let known = self.gaz.known(k);
        let key = format!("known {}", known.id);
        if let Some(&e) = self.keys.get(&key) {
            return e;
        }
        let lang = self.doc.meta.lang;
        let entity = Entity {
            id: known.id.clone().into_owned(),
            label: known.label_in(lang).clone().into_owned(),
            kind: known.kind,
            aliases: known.names_beside(lang),
            wikidata: known.wikidata.clone().map(Into::into),
            located_in: known.within.clone().map(Into::into),
            coordinates: known.coordinates,
            named: true,
        };
        let class = match known.kind {
            EntityType::Country => NounClass::COUNTRY,
            EntityType::Place => NounClass::PLACE,
            EntityType::Organization => NounClass::ORG,
            EntityType::Group => NounClass::GROUP,
            EntityType::Event => NounClass::EVENT,
            _ => NounClass::default(),
        };
        let state = known.kind == EntityType::Country || known.gender.is_some();
        let person = known.kind == EntityType::Person;
        let named = || person.then(|| Lexicon::of(self.doc).gender_of_name(&known.label)).flatten();
        let info = Info {
            gender: known.gender.or_else(named),
            plural: (state || person).then_some(known.plural && !person),
            class,
            known: Some(k),
            ..Info::default()
        };
        let e = self.push(entity, info);
        self.keys.insert(key, e);
        e
    }

    /// The entity with this proper name.
    ///
    /// `apart` tells bearers of one generic name apart (« Sénat »): the country or the document.
    pub(super) fn named(&mut self, name: &str, kind: EntityType, apart: &str) -> EntityIx {
        let label = plain(name);
        let norm = fold(&label);
        let key = format!("name {} {norm}", kind.name());
        if let Some(&e) = self.keys.get(&key) {
            self.alias(e, &label);
            return e;
        }
        let hash = match apart {
            "" => id::content_id(&[kind.name(), &norm]),
            apart => id::content_id(&[kind.name(), &norm, apart]),
        };
        let slug = id::slug(&label);
        let id = if slug.is_empty() { hash[..8].to_owned() } else { format!("{slug}-{}", &hash[..8]) };
        let entity = Entity::new(id, label, kind, true);
        let class = match kind {
            EntityType::Person => NounClass::PERSON,
            EntityType::Place => NounClass::PLACE,
            EntityType::Organization => NounClass::ORG,
            EntityType::Event => NounClass::EVENT,
            EntityType::Product => NounClass::PRODUCT,
            _ => NounClass::default(),
        };
        let person = kind == EntityType::Person;
        let gender = if person { Lexicon::of(self.doc).gender_of_name(&entity.label) } else { None };
        let e = self.push(entity, Info { class, gender, plural: person.then_some(false), ..Info::default() });
        self.keys.insert(key, e);
        e
    }

    /// An entity without a proper name. `apart` tells apart those that share a description.
    pub(super) fn unnamed(&mut self, label: &str, kind: EntityType, apart: &str, info: Info) -> EntityIx {
        let label = plain(label);
        let norm = label.to_lowercase();
        let key = format!("noun {} {apart} {norm}", kind.name());
        if let Some(&e) = self.keys.get(&key) {
            return e;
        }
        let mut parts = vec![kind.name(), norm.as_str(), self.doc.id.as_str()];
        if !apart.is_empty() {
            parts.push(apart);
        }
        let hash = id::content_id(&parts);
        let slug = id::slug(&label);
        let id = if slug.is_empty() { hash[..8].to_owned() } else { format!("{slug}-{}", &hash[..8]) };
        let entity = Entity::new(id, label, kind, false);
        let e = self.push(entity, info);
        self.keys.insert(key, e);
        e
    }

    /// Says what a named thing is.
    pub(super) fn set_kind(&mut self, e: EntityIx, kind: EntityType) {
        self.entities[e.0 as usize].kind = kind;
    }

    /// Another spelling of an entity's name.
    pub(super) fn alias(&mut self, e: EntityIx, name: &str) {
        let name = plain(name);
        let entity = &mut self.entities[e.0 as usize];
        if entity.label != name && !name.is_empty() && !entity.aliases.contains(&name) {
            entity.aliases.push(name);
        }
    }

    pub(super) fn mention(
        &mut self,
        tokens: Span<Tok>,
        head: TokenId,
        kind: MentionKind,
        entity: EntityIx,
    ) -> MentionIx {
        let m = MentionIx(self.mentions.len() as u32);
        let span = self.doc.char_span(tokens);
        self.mentions.push(Mention { span, tokens, head, kind, entity });
        let last = &mut self.infos[entity.0 as usize].last;
        *last = tokens.end.max(*last);
        if self.by_head[head.ix()].is_none() {
            self.by_head[head.ix()] = Some(m);
        }
        m
    }

    /// A mention of somebody whom no claim may be made of.
    pub(super) fn aside(&mut self, tokens: Span<Tok>, head: TokenId, entity: EntityIx) {
        let span = self.doc.char_span(tokens);
        self.mentions.push(Mention { span, tokens, head, kind: MentionKind::Pronoun, entity });
    }

    pub(super) fn inherent(
        &mut self,
        subject: MentionIx,
        predicate: &'static str,
        object: InherentObject,
        trigger: TokenId,
        rule: &'static str,
    ) {
        if let InherentObject::Mention(o) = object
            && self.of(o) == self.of(subject)
        {
            return;
        }
        let fact = Inherent { subject, predicate, object, trigger, rule };
        if !self.inherent.iter().rev().take(50).any(|f| *f == fact) {
            self.inherent.push(fact);
        }
    }

    /// The finished layer: mentions in text order, entities in order of first mention.
    pub(super) fn finish(self) -> EntityLayer {
        let mut order: Vec<usize> = (0..self.mentions.len()).collect();
        order.sort_by_key(|&i| (self.mentions[i].span, self.mentions[i].tokens, self.mentions[i].head, i));
        let mut place = vec![MentionIx(0); order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = MentionIx(new as u32);
        }
        let mut new_entity = vec![None; self.entities.len()];
        let mut layer = EntityLayer::default();
        let mut kept = Vec::new();
        for &old in &order {
            let mut m = self.mentions[old].clone();
            let e = m.entity.0 as usize;
            let ix = *new_entity[e].get_or_insert_with(|| {
                kept.push(e);
                EntityIx(kept.len() as u32 - 1)
            });
            m.entity = ix;
            layer.mentions.push(m);
        }
        // An affiliation may point to a state that the text names only by an adjective.
        let mut i = 0;
        while i < kept.len() {
            if let Some(a) = self.affiliation[kept[i]] {
                let a = a.0 as usize;
                if new_entity[a].is_none() {
                    kept.push(a);
                    new_entity[a] = Some(EntityIx(kept.len() as u32 - 1));
                }
            }
            i += 1;
        }
        for &e in &kept {
            let mut entity = self.entities[e].clone();
            let label = entity.label.clone();
            entity.aliases.retain(|a| *a != label);
            entity.aliases.sort_unstable();
            entity.aliases.dedup();
            layer.entities.push(entity);
            layer.affiliation.push(self.affiliation[e].and_then(|a| new_entity[a.0 as usize]));
        }
        let moved = |m: MentionIx| place[m.0 as usize];
        layer.by_head = self.by_head.iter().map(|m| m.map(moved)).collect();
        layer.actors = self.actors.iter().map(|a| (a.noun, moved(a.mention))).collect();
        layer.actors.sort_unstable();
        layer.actors.dedup();
        for mut i in self.inherent {
            i.subject = moved(i.subject);
            if let InherentObject::Mention(o) = &mut i.object {
                *o = moved(*o);
            }
            layer.inherent.push(i);
        }
        layer.inherent.sort_by_key(|i| (i.trigger, i.subject));
        layer
    }
}

/// Whether `short` may be the acronym of `words`: the initials of its content words, or of all.
pub(super) fn abbreviates(short: &str, words: &[&str]) -> bool {
    if !is_acronym(short) {
        return false;
    }
    let letters: Vec<char> = fold(short).chars().filter(char::is_ascii_alphanumeric).collect();
    let initial = |w: &str| fold(w).chars().next();
    let parts: Vec<&str> =
        words.iter().flat_map(|w| w.split(['-', '\'', '’', ' '])).filter(|w| !w.is_empty()).collect();
    let content: Vec<char> = parts.iter().filter(|w| !is_function_word(w)).filter_map(|w| initial(w)).collect();
    if content == letters {
        return true;
    }
    let all: Vec<char> = parts.iter().filter_map(|w| initial(w)).collect();
    if all == letters {
        return true;
    }
    // « Fédération internationale des ligues des droits de l'homme (FIDH) »: every letter opens a word, in order.
    let mut opening = content.iter();
    if letters.len() >= 3
        && content.first() == letters.first()
        && content.last() == letters.last()
        && letters.iter().all(|l| opening.any(|c| c == l))
    {
        return true;
    }
    // Initials of all content words appear in order, and the acronym spends at most two letters more.
    let mut rest = letters.iter();
    content.len() >= 2
        && content.first() == letters.first()
        && letters.len() <= content.len() + 2
        && content.iter().all(|c| rest.any(|l| l == c))
}

pub(super) fn is_function_word(w: &str) -> bool {
    matches!(
        w.to_lowercase().as_str(),
        "de" | "du"
            | "des"
            | "d"
            | "d'"
            | "d’"
            | "la"
            | "le"
            | "les"
            | "l"
            | "l'"
            | "l’"
            | "et"
            | "pour"
            | "à"
            | "au"
            | "aux"
            | "en"
            | "sur"
            | "contre"
            | "par"
            | "dans"
            | "of"
            | "the"
            | "for"
            | "and"
            | "on"
            | "in"
    )
}
