//! Relative clauses: the nouns that their pronouns stand for.

use super::syntax::{Found, MAX_HOPS, Tree, found};
use temoin_model::{Lang, TokenId, Upos};

impl Tree<'_> {
    /// The noun that a relative clause around `t` modifies.
    pub(super) fn antecedent(self, t: TokenId, pronoun: TokenId) -> Option<TokenId> {
        let mut at = t;
        for _ in 0..MAX_HOPS {
            let head = self.doc.head(at)?;
            if self.doc.deprel(at) == "acl:relcl" || (self.doc.relation(at) == "acl" && self.is_nominal(head)) {
                let noun = self.restricted(self.modified(t, head), pronoun);
                let noun = self.whole(self.by_pronoun(noun, pronoun));
                let noun = self.person_before(noun, pronoun).unwrap_or(noun);
                return self.antecedent_noun(self.agreeing_antecedent(t, pronoun, noun));
            }
            at = head;
        }
        // A wrong tree: the noun before the pronoun is the likeliest antecedent.
        (pronoun.0.saturating_sub(3)..pronoun.0).rev().map(TokenId).find(|&p| self.is_nominal(p))
    }

    /// « une estimation des coûts de développement qui … »: a noun without a determiner only names the
    /// kind of the noun before it.
    pub(super) fn whole(self, noun: TokenId) -> TokenId {
        let mut at = noun;
        for _ in 0..3 {
            let bare = self.doc.meta.lang == Lang::Fr
                && self.doc.upos(at) == Upos::Noun
                && self.doc.feat(at, "Number") != Some("Plur")
                && self.doc.form(at).starts_with(char::is_lowercase)
                && self.doc.relation(at) == "nmod"
                && matches!(self.preposition(at).as_deref(), Some("de" | "d'" | "sur" | "à" | "en"))
                && !self.deps(at).iter().any(|&d| d < at && matches!(self.doc.relation(d), "det" | "nummod"));
            match self.doc.head(at).filter(|&h| bare && h < at && self.doc.upos(h) == Upos::Noun) {
                Some(h) => at = h,
                None => break,
            }
        }
        at
    }

    /// « la troisième marche à Leanda Cave qui résiste »: a person's name right before the pronoun, unless « de »
    /// makes it a part of the noun.
    pub(super) fn person_before(self, noun: TokenId, pronoun: TokenId) -> Option<TokenId> {
        let last = TokenId(pronoun.0.checked_sub(1)?);
        let name = self.doc.name_at(last).filter(|n| n.kind == temoin_model::NameKind::Person)?;
        let inside = |t: TokenId| name.tokens.contains_at(t.0);
        let head = self.doc.tokens_in(name.tokens).find(|&t| self.doc.head(t).is_none_or(|h| !inside(h)))?;
        let part = matches!(self.preposition(head).as_deref(), None | Some("de" | "d'" | "of"));
        (self.doc.form(pronoun) == "qui" && !inside(noun) && noun < head && !part).then_some(head)
    }

    /// « un évènement de la communauté auquel … »: the pronoun's gender and number tell which noun is meant.
    pub(super) fn by_pronoun(self, noun: TokenId, pronoun: TokenId) -> TokenId {
        let form = self.doc.slice(self.doc.token_span(pronoun)).to_lowercase();
        let (gender, number) = match form.as_str() {
            "lequel" | "auquel" | "duquel" => ("Masc", "Sing"),
            "laquelle" => ("Fem", "Sing"),
            "lesquels" | "auxquels" | "desquels" => ("Masc", "Plur"),
            "lesquelles" | "auxquelles" | "desquelles" => ("Fem", "Plur"),
            _ => return noun,
        };
        let is = |t: TokenId, f: &str, v: &str| self.doc.feat(t, f).is_none_or(|x| x == v);
        let fits = |t: TokenId| is(t, "Gender", gender) && is(t, "Number", number);
        if fits(noun) { noun } else { self.noun_above(noun, fits).unwrap_or(noun) }
    }

    /// « théâtre d'émeutes qui ont fait »: a subject relative agrees in number with its antecedent.
    pub(super) fn agreeing_antecedent(self, v: TokenId, pronoun: TokenId, head: TokenId) -> TokenId {
        if self.doc.relation(pronoun) != "nsubj" || pronoun < head {
            return head;
        }
        let fin = |t: TokenId| self.doc.feat(t, "VerbForm") == Some("Fin");
        let finite = self.deps(v).iter().copied().chain([v]).find(|&t| fin(t) && self.is_verbal(t));
        if let Some(other) = self.of_gender(v, pronoun, head) {
            return other;
        }
        let Some(number) = finite.and_then(|f| self.doc.feat(f, "Number")) else { return head };
        let differs = |t: TokenId| self.doc.feat(t, "Number").is_some_and(|n| n != number);
        // A coordinated antecedent is plural as a whole.
        if !differs(head) || self.deps(head).iter().any(|&d| self.doc.relation(d) == "conj" && d < pronoun) {
            return head;
        }
        let near = (head.0 + 1..pronoun.0).rev().map(TokenId);
        let fits = |t: TokenId| self.is_nominal(t) && self.doc.feat(t, "Number") == Some(number);
        near.into_iter()
            .find(|&t| fits(t) && self.whole(t) == t)
            .or_else(|| self.noun_above(head, fits))
            .unwrap_or(head)
    }

    /// « l'abstention du Parti socialiste, qui est opposé à … »: with « être » a participle tells the gender of what
    /// it is said of.
    fn of_gender(self, v: TokenId, pronoun: TokenId, head: TokenId) -> Option<TokenId> {
        let gender = |t: TokenId| self.doc.feat(t, "Gender");
        let be = self.deps(v).iter().any(|&d| self.doc.relation(d) == "aux" && self.doc.lemma(d) == "être");
        let singular = |t: TokenId| self.doc.feat(t, "Number").is_none_or(|n| n == "Sing");
        if !be || !self.is_past_participle(v) || !singular(head) || !singular(v) {
            return None;
        }
        let differs = |t: TokenId| matches!((gender(t), gender(v)), (Some(a), Some(b)) if a != b);
        let fits = |&t: &TokenId| self.is_nominal(t) && singular(t) && !differs(t) && self.whole(t) == t;
        (differs(head)).then(|| (head.0 + 1..pronoun.0).rev().map(TokenId).find(fits)).flatten()
    }

    /// The nearest noun that `t` is part of and that fits.
    pub(super) fn noun_above(self, t: TokenId, fits: impl Fn(TokenId) -> bool) -> Option<TokenId> {
        let mut at = t;
        for _ in 0..4 {
            let h = self.doc.head(at).filter(|&h| h < at && self.is_nominal(h))?;
            if !matches!(self.doc.relation(at), "nmod" | "obl" | "conj" | "appos" | "compound") {
                return None;
            }
            if fits(h) {
                return Some(h);
            }
            at = h;
        }
        None
    }

    /// "a device similar to Airport Express that supports video": a name takes no restrictive "that".
    pub(super) fn restricted(self, head: TokenId, pronoun: TokenId) -> TokenId {
        let that = self.doc.meta.lang == Lang::En && self.doc.form(pronoun) == "that";
        let comma = pronoun.0 > 0 && self.doc.form(TokenId(pronoun.0 - 1)) == ",";
        if !that || comma || self.doc.upos(head) != Upos::Propn {
            return head;
        }
        let mut at = head;
        for _ in 0..4 {
            let Some(h) = self.doc.head(at).filter(|&h| h < at) else { return head };
            if self.doc.upos(h) == Upos::Noun {
                return h;
            }
            if !matches!(self.doc.upos(h), Upos::Adj | Upos::Propn) {
                return head;
            }
            at = h;
        }
        head
    }

    /// « ce qui », « ceux qui » have no antecedent of their own.
    pub(super) fn antecedent_noun(self, head: TokenId) -> Option<TokenId> {
        (!(self.doc.upos(head) == Upos::Pron && matches!(self.doc.lemma(head), "ce" | "celui" | "cela")))
            .then_some(head)
    }

    /// The noun right before the relative pronoun that is the subject of `v`, where the antecedent
    /// in the tree will not do.
    pub(super) fn nearest_antecedent(self, v: TokenId) -> Option<TokenId> {
        let pronoun = self.dep(v, "nsubj").filter(|&p| self.is_relative_pronoun(p))?;
        (pronoun.0.saturating_sub(3)..pronoun.0).rev().map(TokenId).find(|&p| self.is_nominal(p))
    }

    /// A pronoun's word, or the antecedent when it is relative.
    pub(super) fn resolve_relative(self, v: TokenId, t: TokenId, sure: f64) -> Option<Found> {
        if self.is_relative_pronoun(t) {
            let singular = |t: TokenId| self.doc.feat(t, "Number") == Some("Sing");
            let finite = self.deps(v).iter().copied().chain([v]).find(|&t| self.doc.feat(t, "VerbForm") == Some("Fin"));
            let alone = self.doc.relation(t) == "nsubj" && finite.is_some_and(singular);
            return Some(Found { at: self.antecedent(v, t)?, sure: 0.95 * sure, alone });
        }
        found(t, sure)
    }
}
