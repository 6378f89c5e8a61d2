//! Facts that stand between two names: « Kiev, en Ukraine », « Valence (Drôme) », « la Russie voisine »,
//! « la Russie et ses alliés de l'Organisation … ».

use super::InherentObject;
use super::phrase::{after, before, lower};
use super::walk::Walk;
use temoin_model::{EntityType, MentionIx, MentionKind, TokenId, Upos};

impl Walk<'_, '_> {
    /// Facts that names state by how they stand together.
    pub(super) fn neighbours(&mut self) {
        let names: Vec<MentionIx> = (0..self.b.mentions.len() as u32)
            .map(MentionIx)
            .filter(|m| matches!(self.b.mentions[m.0 as usize].kind, MentionKind::Name | MentionKind::Acronym))
            .collect();
        for m in names {
            self.located(m);
            self.neighbouring(m);
            self.allies(m);
            self.party(m);
        }
    }

    fn kind(&self, m: MentionIx) -> EntityType {
        self.b.entity(self.b.of(m)).kind
    }

    fn end(&self, m: MentionIx) -> TokenId {
        TokenId(self.b.mentions[m.0 as usize].tokens.end - 1)
    }

    /// « à Kiev, en Ukraine »; « Valence (Drôme) ».
    fn located(&mut self, m: MentionIx) {
        let doc = self.b.doc;
        if self.kind(m) != EntityType::Place {
            return;
        }
        let Some(p) = after(doc, self.end(m), 1) else { return };
        let outer = match doc.form(p) {
            "(" => after(doc, p, 1).filter(|&t| {
                self.name_at(t)
                    .is_some_and(|n| after(doc, self.end(n), 1).is_some_and(|c| matches!(doc.form(c), ")" | ",")))
            }),
            // « Irving, Texas, »
            "," if after(doc, p, 1).is_some_and(|t| self.closes_place(t)) => after(doc, p, 1),
            "," => after(doc, p, 1)
                .filter(|&t| matches!(lower(doc, t).as_str(), "en" | "au" | "aux" | "à" | "dans"))
                .and_then(|t| {
                    let next = after(doc, t, 1)?;
                    if doc.upos(next) == Upos::Det { after(doc, next, 1) } else { Some(next) }
                }),
            _ => None,
        };
        let Some(o) = outer.and_then(|t| self.name_at(t)) else { return };
        // A city is no container: the outer name is a state or a region.
        let entity = self.b.entity(self.b.of(o));
        let region = entity.kind == EntityType::Country
            || entity.kind == EntityType::Place
                && self.b.info(self.b.of(o)).known.is_none_or(|k| self.b.gaz.known(k).population == 0);
        // Regions one after the other are a list.
        let inner = self.b.info(self.b.of(m)).known.is_some_and(|k| self.b.gaz.known(k).population == 0);
        if region && (!inner || doc.form(p) == "(") && self.b.of(o) != self.b.of(m) {
            self.b.inherent(m, "locatedIn", InherentObject::Mention(o), p, "place-in-place");
        }
    }

    /// Whether a known state or region at `t` stands between commas, as what is around the place before it.
    fn closes_place(&self, t: TokenId) -> bool {
        let doc = self.b.doc;
        let Some(o) = self.name_at(t).filter(|&o| self.b.mentions[o.0 as usize].tokens.start == t.0) else {
            return false;
        };
        let known = self.b.info(self.b.of(o)).known.is_some_and(|k| self.b.gaz.known(k).population == 0);
        let place = matches!(self.kind(o), EntityType::Country | EntityType::Place);
        let Some(end) = after(doc, self.end(o), 1) else { return known && place };
        // A list goes on.
        let next = after(doc, end, 1).is_some_and(|n| self.name_at(n).is_some() || doc.upos(n) == Upos::Cconj);
        known && place && matches!(doc.form(end), "," | "." | ")" | ";") && !next
    }

    /// « la Russie voisine », « le Mali voisin »: neighbour of the country spoken of.
    fn neighbouring(&mut self, m: MentionIx) {
        let doc = self.b.doc;
        if self.kind(m) != EntityType::Country {
            return;
        }
        let Some(t) = after(doc, self.end(m), 1)
            .filter(|&t| matches!(lower(doc, t).as_str(), "voisin" | "voisine" | "voisins" | "voisines"))
        else {
            return;
        };
        let head = self.b.mentions[m.0 as usize].head;
        if let Some(other) = self.dominant_mention(head).filter(|&d| self.b.of(d) != self.b.of(m)) {
            self.b.inherent(m, "neighborOf", InherentObject::Mention(other), t, "neighbouring");
        }
    }

    /// « la Russie et ses alliés de l'Organisation … »
    fn allies(&mut self, m: MentionIx) {
        let doc = self.b.doc;
        let Some(det) = (1..6)
            .map_while(|n| after(doc, self.end(m), n))
            .find(|&t| matches!(lower(doc, t).as_str(), "ses" | "leurs"))
        else {
            return;
        };
        let Some(noun) = after(doc, det, 1).filter(|&t| matches!(doc.lemma(t), "allié" | "partenaire")) else {
            return;
        };
        let possessor = self.b.by_head[det.ix()].map(|p| self.b.of(p));
        if possessor != Some(self.b.of(m)) {
            return;
        }
        let organization = (1..6)
            .map_while(|n| after(doc, noun, n))
            .take_while(|&t| doc.upos(t) != Upos::Punct)
            .find_map(|t| self.name_at(t));
        let Some(o) = organization else { return };
        if before(doc, TokenId(self.b.mentions[o.0 as usize].tokens.start)).is_some_and(|p| doc.upos(p) == Upos::Cconj)
        {
            return;
        }
        match self.kind(o) {
            EntityType::Organization => self.b.inherent(m, "memberOf", InherentObject::Mention(o), noun, "allies-of"),
            EntityType::Country => self.b.inherent(m, "allyOf", InherentObject::Mention(o), noun, "allies-of"),
            _ => {}
        }
    }

    /// « Angela Merkel (CDU) »
    fn party(&mut self, m: MentionIx) {
        let doc = self.b.doc;
        if self.kind(m) != EntityType::Person {
            return;
        }
        let Some(open) = after(doc, self.end(m), 1).filter(|&t| doc.form(t) == "(") else { return };
        let Some(o) = after(doc, open, 1).and_then(|t| self.name_at(t)) else { return };
        let closed = after(doc, self.end(o), 1).is_some_and(|c| doc.form(c) == ")");
        if closed && self.kind(o) == EntityType::Organization {
            self.b.inherent(m, "memberOf", InherentObject::Mention(o), open, "member-in-brackets");
        }
    }
}
