//! Subjects that stand in their own clause, also where the tree hangs them elsewhere.

use super::grammar::has;
use super::syntax::{Found, Tree, found};
use crate::entities::{Lexicon, NounClass};
use temoin_model::{Lang, TokenId, Upos};

impl Tree<'_> {
    /// The subject word; behind a headline's « France : », the one after the colon.
    pub(super) fn own_subject(self, v: TokenId) -> Option<TokenId> {
        if let Some(inverted) = self.inverted_subject(v) {
            return Some(inverted);
        }
        // « » a-t-il déclaré »
        let clitic = |&d: &TokenId| {
            self.doc.upos(d) == Upos::Pron
                && self.doc.form(d).starts_with('-')
                && ["il", "elle", "ils", "elles", "on"]
                    .iter()
                    .any(|p| self.doc.form(d).trim_start_matches("-t").trim_start_matches('-') == *p)
        };
        if has(&self.grammar.saying, self.doc.lemma(v))
            && let Some(c) = self.deps(v).iter().copied().find(clitic)
        {
            return Some(c);
        }
        let subjects: Vec<TokenId> =
            self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "nsubj").collect();
        let first = *subjects.first()?;
        let last = *subjects.last()?;
        let near = if last < v { last } else { first };
        // "Recipients, said Mauer, are required …": each verb has the other's subject.
        let above = self.doc.head(v).filter(|&u| has(&self.grammar.saying, self.doc.lemma(u)));
        if let Some(u) = above.filter(|&u| u < near && near < v && crate::verbs::is_set_off(self.doc, u, near)) {
            return self.deps(u).iter().copied().find(|&d| d < u && self.doc.relation(d) == "nsubj");
        }
        let next = TokenId(v.0 + 1);
        if has(&self.grammar.saying, self.doc.lemma(v)) && near < v && crate::verbs::is_set_off(self.doc, v, next) {
            return None;
        }
        // « Selon X, Y a signé » with Y for a conjunct of X
        let source = matches!(self.preposition(near).as_deref(), Some("selon" | "d'après" | "according to"));
        let other =
            |&d: &TokenId| d > near && d < v && matches!(self.doc.relation(d), "appos" | "conj") && self.is_nominal(d);
        if source {
            return self.deps(near).iter().copied().find(other);
        }
        // « n'a perdu qu'un combat, et l'or était son but »: what stands before « et » belongs above.
        if self.doc.relation(v) == "ccomp"
            && self.doc.head(v).is_some_and(|u| self.is_restricted_clause(u))
            && let Some(s) = self.deps(near).iter().copied().find(|d| other(d) && self.is_behind_comma(*d))
        {
            return Some(s);
        }
        // « Dans les Yvelines, un centre a été évacué » with the centre for an apposition of the place
        let opens = self.doc.subtree(near).start == self.doc.sentence(self.doc.sentence_of(v)).start;
        // "On board the Freewinds, Paris claims" with the ship for the subject
        let front = self.doc.sentence(self.doc.sentence_of(v)).start;
        let inside = self.doc.upos(TokenId(front)) == Upos::Adp
            && self.preposition(near).is_none()
            && self.doc.subtree(near).start > front + 1
            && !(front..near.0).any(|t| self.doc.upos(TokenId(t)) == Upos::Punct);
        let placed =
            inside || opens && self.preposition(near).is_some_and(|p| !matches!(p.as_str(), "de" | "d'" | "of"));
        let beyond = |d: &TokenId| other(d) && self.is_behind_comma(*d) && self.preposition(*d).is_none();
        if placed
            && near < v
            && let Some(s) = self.deps(near).iter().copied().find(beyond)
        {
            return Some(s);
        }
        // « à Tombouctou, la capitale de la province, une attaque a eu lieu »: the subject behind an apposition of
        // the fronted place
        let beside_place = near.0 > 1
            && self.is_behind_comma(near)
            && self.doc.subtree(near).start.checked_sub(2).is_some_and(|b| {
                let before = TokenId(b);
                self.doc.upos(before) == Upos::Propn
                    && self.doc.head(before) == Some(v)
                    && self.preposition(before).is_some()
            });
        if beside_place
            && near < v
            && let Some(s) = self.deps(near).iter().copied().find(beyond)
        {
            return Some(s);
        }
        // "Having lost the election, X resigned" with X for an apposition of "election"
        let fronted = |&d: &TokenId| d < near && self.doc.relation(d) == "advcl" && self.dep(d, "obj").is_none();
        let named = |&d: &TokenId| {
            d > near
                && d < v
                && self.doc.upos(d) == Upos::Propn
                && self.doc.relation(d) == "appos"
                && self.follows_comma(d)
        };
        if self.deps(v).iter().any(fronted)
            && self.doc.upos(near) == Upos::Noun
            && let Some(s) = self.deps(near).iter().copied().find(named)
        {
            return Some(s);
        }
        // « Le mois dernier, X a déclaré » with X for an apposition of « mois »
        let class = Lexicon::of(self.doc).noun(self.doc.lemma(near), self.doc.form(near)).0;
        let beside = |&d: &TokenId| {
            d > near
                && d < v
                && self.is_nominal(d)
                && matches!(self.doc.relation(d), "appos" | "conj")
                && self.preposition(d).is_none()
        };
        if class.has(NounClass::TIME)
            && let Some(s) = self.deps(near).iter().copied().find(beside)
        {
            return Some(s);
        }
        // « X ayant cessé, Y a repris » with Y for an apposition of X
        let absolute = |&d: &TokenId| {
            let opens = |&a: &TokenId| matches!(self.doc.form(a), "ayant" | "étant" | "having" | "being");
            self.doc.relation(d) == "acl"
                && (self.doc.subtree(d).start..=d.0)
                    .map(TokenId)
                    .find(opens)
                    .is_some_and(|a| a.0 == self.doc.subtree(d).start && self.doc.form(TokenId(a.0 - 1)) != ",")
        };
        if self.deps(near).iter().any(absolute)
            && let Some(s) = self.deps(near).iter().copied().find(|d| beside(d) && self.is_behind_comma(*d))
        {
            return Some(s);
        }
        if let Some(s) = self.agreeing_subject(v, near, &subjects) {
            return Some(s);
        }
        if near > v || v.0 - near.0 > 40 {
            return Some(near);
        }
        let colon = (near.0 + 1..v.0.min(near.0 + 6)).map(TokenId).find(|&t| self.doc.form(t) == ":");
        let Some(colon) = colon else { return Some(near) };
        let after = (colon.0 + 1..v.0).map(TokenId).find(|&t| {
            let outside = self.doc.head(t).is_none_or(|h| h <= colon || h >= v);
            (self.is_nominal(t) || self.doc.upos(t) == Upos::Pron) && outside && self.preposition(t).is_none()
        });
        // « Burundi : consensus parmi les partis représentés à Bujumbura »: the country before the colon only says where.
        let first = self.doc.sentence(self.doc.sentence_of(v)).start;
        let place = self.doc.name_at(near).is_some_and(|n| n.kind == temoin_model::NameKind::Location);
        let heads = place && near.0 < first + 3;
        after.or_else(|| (!heads).then_some(near))
    }

    /// « ses relations avec X et avec le directeur, Y, lui valent … » with two words for the subject: where the
    /// nearer one is singular and the verb plural, the other that agrees.
    fn agreeing_subject(self, v: TokenId, near: TokenId, subjects: &[TokenId]) -> Option<TokenId> {
        let finite = crate::verbs::finite(self.doc, v)?;
        let number = |t: TokenId| self.doc.feat(t, "Number");
        let several = self.deps(near).iter().any(|&d| self.doc.relation(d) == "conj");
        let french = self.doc.meta.lang == Lang::Fr;
        if !french || several || number(finite) != Some("Plur") || number(near) != Some("Sing") {
            return None;
        }
        let other = |&&s: &&TokenId| s < near && self.is_nominal(s) && number(s) == Some("Plur");
        subjects.iter().find(other).copied().filter(|_| self.preposition(near).is_some())
    }

    /// The closing quote before a verb of saying and its comma: « …», a déclaré X.
    pub(super) fn quote_before(self, v: TokenId) -> Option<TokenId> {
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([v]).min()?;
        let sentence = self.doc.sentence(self.doc.sentence_of(v));
        let first = sentence.start;
        // « Un article titré « … » explique que … »
        if v.0 + 1 < sentence.end && matches!(self.doc.form(TokenId(v.0 + 1)), "que" | "qu'" | "qu’" | "that") {
            return None;
        }
        let closes = |t: TokenId| matches!(self.doc.form(t), "»" | "”") && t.0 > first;
        let before = TokenId(group.0.checked_sub(1)?);
        let quote = if self.doc.form(before) == "," { TokenId(before.0.checked_sub(1)?) } else { before };
        (quote.0 >= first && closes(quote) && has(&self.grammar.saying, self.doc.lemma(v))).then_some(quote)
    }

    /// « …, a annoncé une autorité sanitaire »: behind what is said, the parser may take the subject
    /// for an object, or a noun of the quotation for the subject.
    pub(super) fn inverted_subject(self, v: TokenId) -> Option<TokenId> {
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([v]).min()?;
        let quoted = self.quote_before(v).is_some();
        let said = self.doc.relation(v) == "parataxis" && has(&self.grammar.saying, self.doc.lemma(v))
            || self.is_inserted_saying(v);
        let comma = group.0.checked_sub(1).is_some_and(|b| self.doc.form(TokenId(b)) == ",");
        if self.doc.feat(group, "VerbForm") != Some("Fin") || !(quoted || said && comma) {
            return None;
        }
        let behind = |d: &TokenId| *d > v && self.is_nominal(*d) && self.preposition(*d).is_none();
        let by = |rel: &str| self.deps(v).iter().copied().filter(behind).find(|&d| self.doc.relation(d) == rel);
        by("nsubj").or_else(|| by("obj")).or_else(|| {
            // « a indiqué ce vendredi l'Élysée » with the name hung on the day
            let day = self.deps(v).iter().copied().find(|&d| d > v && self.doc.deprel(d) == "obl:mod")?;
            let name = |&d: &TokenId| behind(&d) && d > day && self.doc.upos(d) == Upos::Propn;
            self.deps(day).iter().copied().find(name)
        })
    }

    /// « Le train est en retard, indique la compagnie » with the verb of saying read as one more verb of
    /// the clause: nothing but its subject stands behind it.
    pub(super) fn is_inserted_saying(self, v: TokenId) -> bool {
        if !matches!(self.doc.relation(v), "conj" | "ccomp") || !has(&self.grammar.saying, self.doc.lemma(v)) {
            return false;
        }
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([v]).min();
        let comma = group.and_then(|g| g.0.checked_sub(1)).is_some_and(|b| self.doc.form(TokenId(b)) == ",");
        let behind = |&d: &TokenId| d > v && self.doc.relation(d) == "nsubj" && self.is_nominal(d);
        let other = |&d: &TokenId| match self.doc.relation(d) {
            "obj" | "ccomp" | "xcomp" | "cc" | "mark" => true,
            "nsubj" => d < v,
            _ => false,
        };
        comma && self.deps(v).iter().any(behind) && !self.deps(v).iter().any(other)
    }

    /// « Après avoir nié pendant des mois, le suspect a avoué » with the subject hung on « mois »: the
    /// noun behind the comma that agrees with the verb.
    pub(super) fn stray_subject(self, v: TokenId) -> Option<TokenId> {
        // The clause before: what `v` was hung on, or what hangs on it.
        let above = self.doc.head(v).filter(|&u| u < v && self.doc.relation(v) == "conj");
        if let Some(s) = self.adjacent_subject(v) {
            return Some(s);
        }
        let u = above.or_else(|| self.deps(v).iter().copied().find(|&d| d < v && self.doc.relation(d) == "advcl"))?;
        let finite = crate::verbs::finite(self.doc, v)?;
        let imperative = self.doc.feat(finite, "Mood") == Some("Imp");
        if crate::verbs::finite(self.doc, u).is_some() || !self.is_verbal(u) || imperative {
            return None;
        }
        let number = self.doc.feat(finite, "Number");
        let lead = |t: TokenId| matches!(self.doc.upos(t), Upos::Det | Upos::Adj | Upos::Num);
        (u.0 + 1..v.0).map(TokenId).find(|&n| {
            let mut start = n;
            while start.0 > u.0 && lead(TokenId(start.0 - 1)) {
                start = TokenId(start.0 - 1);
            }
            let singular = |x: Option<&str>| x.is_none_or(|x| x == "Sing");
            self.is_nominal(n)
                && self.follows_comma(start)
                && self.preposition(n).is_none()
                && matches!(self.doc.relation(n), "appos" | "conj" | "dep" | "nmod")
                && singular(self.doc.feat(n, "Number")) == singular(number)
        })
    }

    /// « beaucoup de records »: the noun that an adverb of quantity counts.
    pub(super) fn counted(self, s: TokenId) -> TokenId {
        let of = |&d: &TokenId| d > s && self.is_nominal(d) && self.preposition(d).as_ref() == Some(&self.grammar.of);
        let adverb = self.doc.upos(s) == Upos::Adv;
        self.deps(s).iter().copied().find(of).filter(|_| adverb).unwrap_or(s)
    }

    /// « Dans le but de contenir l'immigration, l'administration a ordonné … » with the subject hung on the
    /// phrase before it: the first noun behind a comma that agrees with the verb. `own` is the subject that
    /// the tree gives, which a preposition before it belies.
    pub(super) fn fronted_subject(self, v: TokenId, own: Option<TokenId>) -> Option<TokenId> {
        let belied = |s: TokenId| {
            let de =
                |p: &str| matches!(p, "de" | "d'" | "of" | "à" | "comme" | "entre" | "between" | "jusque" | "jusqu'à");
            s < v && self.preposition(s).is_some_and(|p| !de(&p)) && self.is_doubtful_des(s).is_none()
        };
        if own.is_some_and(|s| !belied(s)) || own.is_none() && self.doc.head(v).is_some() {
            return None;
        }
        let finite = crate::verbs::finite(self.doc, v)?;
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([finite, v]).min()?;
        let sentence = self.doc.sentence(self.doc.sentence_of(v));
        let first = (sentence.start..group.0).map(TokenId).find(|&t| self.doc.upos(t) != Upos::Punct)?;
        if self.doc.upos(first) != Upos::Adp || self.doc.feat(finite, "Mood") == Some("Imp") || v.0 - first.0 > 60 {
            return None;
        }
        let singular = |t: TokenId| self.doc.feat(t, "Number").is_none_or(|x| x == "Sing");
        let lead = |t: TokenId| matches!(self.doc.upos(t), Upos::Det | Upos::Adj | Upos::Num);
        (first.0 + 1..group.0).map(TokenId).find(|&n| {
            let mut start = n;
            while start.0 > first.0 && lead(TokenId(start.0 - 1)) {
                start = TokenId(start.0 - 1);
            }
            let determined = self.deps(n).iter().any(|&d| self.doc.relation(d) == "det" && d < n);
            let title =
                matches!(self.doc.form(n), "M." | "Mme" | "Mlle" | "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms.");
            let clause = |t: u32| self.doc.feat(TokenId(t), "VerbForm") == Some("Fin");
            self.is_nominal(n)
                && self.follows_comma(start)
                && (determined || title || self.doc.upos(n) == Upos::Propn)
                && self.preposition(n).is_none()
                && matches!(self.doc.relation(n), "appos" | "conj" | "dep" | "nmod")
                && self.doc.head(n).is_some_and(|h| h < n)
                && !self.deps(n).iter().any(|&d| self.doc.relation(d) == "cc")
                && singular(n) == singular(finite)
                && !(n.0 + 1..group.0).any(clause)
        })
    }

    /// "Due to the arrest of Luke Marin, Anna Kowalska cancelled": the name between a comma and the verb
    /// group, where the tree hung it on what stands before the comma.
    pub(super) fn adjacent_subject(self, v: TokenId) -> Option<TokenId> {
        let finite = crate::verbs::finite(self.doc, v)?;
        let group = self.deps(v).iter().copied().filter(|&d| self.doc.relation(d) == "aux").chain([finite]).min()?;
        let first = self.doc.sentence(self.doc.sentence_of(v)).start;
        let last = (first..group.0).rev().map(TokenId).find(|&t| self.doc.upos(t) != Upos::Adv)?;
        let mut at = last;
        while matches!(self.doc.relation(at), "flat" | "compound" | "amod") {
            at = self.doc.head(at).filter(|&h| h.0 >= first && last.0 - h.0.min(last.0) < 5)?;
        }
        let start = self.doc.subtree(at).start;
        let comma = start > first && self.is_behind_comma(at);
        let stray = matches!(self.doc.relation(at), "conj" | "appos") && self.doc.head(at).is_some_and(|h| h < at);
        let name = self.doc.upos(at) == Upos::Propn && self.preposition(at).is_none();
        let root = self.doc.head(v).is_none() && self.doc.feat(finite, "Mood") != Some("Imp");
        (root && comma && stray && name && self.doc.subtree(at).end > last.0).then_some(at)
    }

    /// Subject of a root without a subject word: « Des » read as a preposition, or a participle at
    /// the head of a sentence whose subject stands in the next clause.
    pub(super) fn subject_of_root(self, v: TokenId, hops: u32, sure: f64) -> Option<Found> {
        if self.doc.feat(v, "VerbForm") == Some("Part") && !self.has_aux(v) {
            let next = self.deps(v).iter().copied().find(|&d| d > v && self.dep(d, "nsubj").is_some())?;
            return self.subject_at(next, hops + 1, sure * 0.85);
        }
        // « Ont été déployés deux avions »
        let first = self.doc.sentence(self.doc.sentence_of(v)).start;
        let opens = self.deps(v).iter().any(|&d| d.0 == first && self.doc.deprel(d).starts_with("aux"));
        let behind = |&d: &TokenId| d > v && self.doc.relation(d) == "obj" && self.is_nominal(d);
        if let (true, Some(s)) = (opens, self.deps(v).iter().copied().find(behind)) {
            return found(s, sure * 0.9);
        }
        found(self.misread_subject(v)?, sure * 0.85)
    }

    pub(super) fn misread_subject(self, v: TokenId) -> Option<TokenId> {
        let first = self.deps(v).iter().copied().find(|&d| self.is_nominal(d) && d < v)?;
        let des = self.is_doubtful_des(first)?;
        let start = self.doc.sentence(self.doc.sentence_of(v)).start;
        let opens = des.0 == start || self.doc.upos(TokenId(des.0 - 1)) != Upos::Verb && des.0 < start + 2;
        (opens && self.doc.feat(first, "Number") == Some("Plur")).then_some(first)
    }

    /// « n'a perdu qu'un combat, et l'or était son but »: whether the tree makes a clause of what « ne … que »
    /// leaves.
    pub(super) fn is_restricted_clause(self, v: TokenId) -> bool {
        let ne = self.deps(v).iter().any(|&d| d < v && self.doc.lemma(d) == "ne");
        let denied = self.deps(v).iter().any(|&d| matches!(self.doc.form(d), "pas" | "jamais" | "point"));
        let que = |c: TokenId| {
            self.deps(c).iter().any(|&m| {
                self.doc.relation(m) == "mark" && matches!(self.doc.form(m), "que" | "qu'" | "qu’") && m.0 == v.0 + 1
            })
        };
        let clause = |&c: &TokenId| c > v && self.doc.relation(c) == "ccomp" && que(c);
        ne && !denied && self.doc.meta.lang == Lang::Fr && self.deps(v).iter().any(clause)
    }
}
