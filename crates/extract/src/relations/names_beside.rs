//! Names that stand beside a noun and say who is meant by it.

use super::args::{Args, NONE};
use temoin_model::{EntityType, MentionIx, MentionKind, TokenId, Upos};

impl Args<'_> {
    /// The head of the name whose last word stands before `end`.
    pub(super) fn named_ending(&self, end: u32) -> Option<TokenId> {
        let m = self.covering[end.checked_sub(1)? as usize];
        let m = (m != NONE).then(|| &self.layer.mentions[m as usize])?;
        let close = m.tokens.end == end || m.tokens.end + 1 == end;
        (m.kind == MentionKind::Name && close).then_some(m.head)
    }

    /// The name of a person right behind the noun that says what they are: « le pilote Lionel Baud ».
    pub(super) fn name_beside(&self, t: TokenId) -> Option<MentionIx> {
        self.name_behind_comma(t).or_else(|| self.name_right_behind(t))
    }

    /// « L'ex-première dame américaine, Nancy Reagan est morte », « Le jeu, Pokémon Go, … »: the name that a
    /// definite description leads to.
    fn name_behind_comma(&self, t: TokenId) -> Option<MentionIx> {
        let doc = self.doc();
        let definite = |&d: &TokenId| {
            doc.relation(d) == "det" && matches!(doc.form(d).to_lowercase().as_str(), "le" | "la" | "l'" | "l’" | "the")
        };
        let deps = doc.dependents(t);
        let thing = self.layer.mention_at(t).is_none_or(|m| {
            let kind = self.kind(self.layer.mentions[m.0 as usize].entity);
            matches!(kind, EntityType::Person | EntityType::Thing | EntityType::Product | EntityType::Work)
        });
        let several = deps.iter().any(|&d| matches!(doc.relation(d), "conj" | "cc"));
        if !thing || several || !deps.iter().any(definite) || doc.feat(t, "Number") == Some("Plur") {
            return None;
        }
        deps.iter().copied().filter(|&d| d > t && d.0 - t.0 <= 9 && doc.relation(d) == "appos").find_map(|d| {
            let m = self.layer.mention_at(d)?;
            let mention = &self.layer.mentions[m.0 as usize];
            let behind = mention.tokens.start > t.0 && doc.form(TokenId(mention.tokens.start - 1)) == ",";
            let next = TokenId(mention.tokens.end);
            let ends =
                next.ix() < doc.len() && (doc.form(next) == "," || matches!(doc.upos(next), Upos::Aux | Upos::Verb));
            let kind = self.kind(mention.entity);
            let fits = match self.layer.mention_at(t).map(|m| self.kind(self.layer.mentions[m.0 as usize].entity)) {
                Some(own) if own != EntityType::Thing => own == kind,
                _ => matches!(kind, EntityType::Person | EntityType::Product | EntityType::Work),
            };
            (mention.kind == MentionKind::Name && behind && ends && fits).then_some(m)
        })
    }

    /// The name without a comma.
    fn name_right_behind(&self, t: TokenId) -> Option<MentionIx> {
        let doc = self.doc();
        doc.dependents(t).iter().copied().filter(|&d| d > t && d.0 - t.0 <= 3).find_map(|d| {
            let loose = matches!(doc.relation(d), "appos" | "flat" | "nmod") && self.tree.preposition(d).is_none();
            let comma = (t.0 + 1..d.0).any(|i| doc.upos(TokenId(i)) == Upos::Punct);
            let m = self.layer.mention_at(d).filter(|_| loose && !comma)?;
            let mention = &self.layer.mentions[m.0 as usize];
            // « l'ex Front al-Nosra »
            let former = doc.form(t) == "ex";
            (mention.kind == MentionKind::Name && (former || self.kind(mention.entity) == EntityType::Person))
                .then_some(m)
        })
    }

    /// Whether `t` stands inside a longer name: « la brigade de répression de la délinquance ».
    pub(super) fn is_inside_name(&self, t: TokenId) -> bool {
        self.covering[t.ix()] != NONE && {
            let m = &self.layer.mentions[self.covering[t.ix()] as usize];
            m.kind == MentionKind::Name && m.tokens.len() > 1 && m.head != t
        }
    }
}
