//! Whom a participant acts for: states behind forces, adjectives of nationality, owners.

use super::args::{Arg, Args, What};
use temoin_model::{Entity, EntityIx, EntityType, Lang, TokenId};

impl Args<'_> {
    /// The states behind a group (« des troupes russes »), in place of the group itself.
    pub(super) fn actors(&self, arg: &Arg) -> Vec<Arg> {
        let Some(head) = arg.head else { return Vec::new() };
        self.actors_of(head)
            .into_iter()
            .filter(|&e| Some(e) != arg.entity())
            .map(|e| Arg { what: What::Entity(e), span: arg.span, head: arg.head, sure: arg.sure * 0.97 })
            .collect()
    }

    /// States that the noun phrase headed by `t` acts for.
    pub(super) fn actors_of(&self, t: TokenId) -> Vec<EntityIx> {
        self.layer.actors(t).into_iter().map(|m| self.layer.mentions[m.0 as usize].entity).collect()
    }

    /// Heads of the mentions of an entity.
    pub(super) fn heads_of(&self, e: EntityIx) -> Vec<TokenId> {
        self.heads_of.get(e.0 as usize).cloned().unwrap_or_default()
    }

    /// States that the mentions of an entity act for, or whom it belongs to.
    pub(super) fn actors_of_entity(&self, e: EntityIx) -> Vec<EntityIx> {
        let heads = self.heads_of.get(e.0 as usize).map_or(&[][..], Vec::as_slice);
        let mut out: Vec<EntityIx> = heads.iter().flat_map(|&h| self.actors_of(h)).collect();
        if out.is_empty() {
            let owner = self.layer.affiliation.get(e.0 as usize).copied().flatten();
            out.extend(owner.filter(|&o| matches!(self.kind(o), EntityType::Country | EntityType::Organization)));
        }
        out
    }

    /// The state of a nationality adjective.
    fn state_of(&mut self, adjective: TokenId) -> Option<EntityIx> {
        let form = self.doc().form(adjective).to_lowercase();
        let &[known] = self.gazetteer.demonym(&form) else { return None };
        let known = self.gazetteer.known(known);
        if let Some(&e) = self.by_id.get(known.id.as_ref()) {
            return Some(EntityIx(e));
        }
        let e = self.layer.entities.len() as u32;
        self.by_id.insert(known.id.clone().into_owned(), e);
        self.layer.entities.push(Entity {
            id: known.id.clone().into_owned(),
            label: known.label.clone().into_owned(),
            kind: known.kind,
            aliases: known.names.iter().map(|n| n.clone().into_owned()).collect(),
            wikidata: known.wikidata.clone().map(Into::into),
            located_in: known.within.clone().map(Into::into),
            coordinates: known.coordinates,
            named: true,
        });
        Some(EntityIx(e))
    }

    /// States named by the adjectives of a noun: « l'attaque russe »; with `deep`, also by those
    /// inside its complements: « des vols d'Antonov et d'Iliouchine russes ».
    pub(super) fn flags(&mut self, noun: TokenId, deep: bool) -> Vec<EntityIx> {
        let doc = self.doc();
        let mut nouns = vec![noun];
        let mut i = 0;
        while deep && i < nouns.len() && nouns.len() < 8 {
            for &d in doc.dependents(nouns[i]) {
                let part =
                    doc.relation(d) == "nmod" && self.tree.preposition(d).as_ref() == Some(&self.tree.grammar.of);
                if part || doc.relation(d) == "conj" && self.tree.is_nominal(d) {
                    nouns.push(d);
                }
            }
            i += 1;
        }
        let mut out = Vec::new();
        for n in nouns {
            for &a in doc.dependents(n) {
                if (a > n || doc.meta.lang == Lang::En) && doc.relation(a) == "amod" {
                    for a in [a].iter().chain(doc.dependents(a).iter().filter(|&&c| doc.relation(c) == "conj")) {
                        out.extend(self.state_of(*a).filter(|e| !out.contains(e)));
                    }
                }
            }
        }
        out
    }

    /// What an entity is made of by its noun phrases: the makes of plane in « vols d'A et de B ».
    pub(super) fn parts_of(&self, e: EntityIx) -> Vec<EntityIx> {
        let mut out = Vec::new();
        let heads = self.heads_of.get(e.0 as usize).map_or(&[][..], Vec::as_slice);
        for &h in heads.iter().filter(|&&h| self.tree.is_nominal(h)) {
            for (p, d) in self.tree.prepositional(h) {
                for c in if p == self.tree.grammar.of { self.tree.conjuncts(d) } else { Vec::new() } {
                    let part = self.layer.mention_at(c).map(|m| self.layer.mentions[m.0 as usize].entity);
                    out.extend(part.filter(|&p| p != e && !out.contains(&p)));
                }
            }
        }
        out
    }
}
