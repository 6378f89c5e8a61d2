//! Objects, and the agents of passives.

use super::grammar::has;
use super::syntax::{Found, Tree, Voice, found};
use crate::entities::{Lexicon, NounClass};
use temoin_model::{Lang, TokenId, Upos};

impl Tree<'_> {
    pub(super) fn agent(self, v: TokenId) -> Option<Found> {
        let marked =
            self.deps(v).iter().copied().find(|&d| self.doc.deprel(d) == "obl:agent" && !self.is_instrument(d));
        let by = |counted: bool| {
            self.deps(v).iter().copied().find(|&d| {
                matches!(self.doc.relation(d), "obl" | "nmod")
                    && self.preposition(d).as_ref() == Some(&self.grammar.agent)
                    && (counted || self.dep(d, "nummod").is_none())
                    && !self.is_instrument(d)
            })
        };
        // "defeated by 10,694 votes by X", with the second phrase on the verb or on "votes"
        let phrase = |d: TokenId| matches!(self.doc.relation(d), "obl" | "nmod") && self.is_margin(d);
        let margin = self.deps(v).iter().copied().find(|&d| d > v && phrase(d));
        let beside = margin.and_then(|m| {
            let by = |&d: &TokenId| d > m && self.preposition(d).as_ref() == Some(&self.grammar.agent);
            self.deps(m).iter().chain(self.deps(v)).copied().find(|d| by(d) && !self.is_margin(*d))
        });
        let marked = marked.filter(|&d| !self.is_margin(d)).or(beside);
        if let Some(a) = marked.or_else(|| by(false)).or_else(|| by(true)).filter(|&a| !self.is_margin(a)) {
            return self.resolve_relative(v, a, 1.0);
        }
        // « condamné à une amende par la cour » with « par » hung on « amende ».
        let end = (v.0 + 9).min(self.doc.sentence(self.doc.sentence_of(v)).end);
        for t in (v.0 + 1..end).map(TokenId) {
            if self.is_verbal(t) || self.doc.relation(t) == "nsubj" {
                break;
            }
            if self.doc.lemma(t) == self.grammar.agent && self.doc.relation(t) == "case" {
                let x = self.doc.head(t)?;
                return (self.is_nominal(x)
                    && !self.is_instrument(x)
                    && !matches!(self.doc.lemma(x), "an" | "mois" | "jour" | "exemple" | "year" | "month" | "day"))
                .then_some(Found { at: x, sure: 0.85, alone: false });
            }
        }
        None
    }

    /// "by 10,694 votes", « par deux buts à un »: a count by which somebody wins, nobody who does something.
    fn is_margin(self, d: TokenId) -> bool {
        self.dep(d, "nummod").is_some() && has(&self.grammar.margins, self.doc.lemma(d))
    }

    /// « blessé par balle »: a French noun without a determiner is a means, not an agent.
    pub(super) fn is_instrument(self, d: TokenId) -> bool {
        if has(&self.grammar.means, self.doc.lemma(d)) {
            return true;
        }
        let given = |&c: &TokenId| {
            matches!(self.doc.relation(c), "det" | "nummod" | "amod") || self.doc.slice(self.doc.token_span(c)) == "des"
        };
        self.doc.meta.lang == Lang::Fr
            && self.doc.upos(d) == Upos::Noun
            && self.doc.form(d).starts_with(char::is_lowercase)
            && !self.deps(d).iter().any(given)
    }

    /// « a annoncé dans un article publié hier la découverte de … »: the object of a participle that
    /// can have none is the verb's, before it.
    pub(super) fn borrowed_object(self, v: TokenId) -> Option<TokenId> {
        let phrase = |&d: &TokenId| d > v && matches!(self.doc.relation(d), "obl" | "obj");
        self.deps(v).iter().copied().filter(phrase).find_map(|d| {
            let participle = |&p: &TokenId| {
                self.doc.relation(p) == "acl" && self.is_past_participle(p) && self.voice(p) == Voice::Passive
            };
            let p = self.deps(d).iter().copied().find(participle).filter(|_| self.doc.meta.lang == Lang::Fr)?;
            let object = |&o: &TokenId| {
                self.doc.relation(o) == "obj"
                    && o.0 > p.0 + 2
                    && self.is_nominal(o)
                    && self.preposition(o).is_none()
                    && self.deps(o).iter().any(|&x| self.doc.relation(x) == "det")
            };
            self.deps(p).iter().copied().find(object)
        })
    }

    /// « le référendum que les autorités comptent organiser » with « que » read as a conjunction: what the relative
    /// clause modifies is the object that its last verb lacks.
    fn object_of_relative(self, v: TokenId) -> Option<Found> {
        let infinitive = |t: TokenId| self.doc.relation(t) == "xcomp" && self.doc.feat(t, "VerbForm") == Some("Inf");
        let mut top = v;
        for _ in 0..2 {
            match self.doc.head(top).filter(|&h| infinitive(top) && h < top && self.is_verbal(h)) {
                Some(h) => top = h,
                None => break,
            }
        }
        let que = self.deps(top).iter().copied().find(|&m| {
            m < top && self.doc.relation(m) == "mark" && matches!(self.doc.form(m), "que" | "qu'" | "qu’")
        })?;
        let own = self.deps(top).iter().any(|&d| self.doc.relation(d) == "nsubj" && d > que);
        let needs = super::grammar::is_transitive(self.doc.meta.lang, self.doc.lemma(v));
        let relative = self.doc.deprel(top) == "acl:relcl" && self.doc.head(top).is_some_and(|h| h.0 + 1 == que.0);
        if !(relative && own && needs && top != v) {
            return None;
        }
        Some(Found { at: self.antecedent(top, que)?, sure: 0.85, alone: false })
    }

    /// What the action of a verb is done to: its object, or the subject of a passive.
    pub(super) fn logical_object(self, v: TokenId) -> Option<Found> {
        if self.voice(v) == Voice::Passive {
            return self.surface_subject(v);
        }
        let reflexive = self.reflexive(v);
        let inverted = self.inverted_subject(v);
        let object = |&d: &TokenId| {
            Some(d) != inverted
                && self.doc.relation(d) == "obj"
                && Some(d) != reflexive
                && !self.doc.deprel(d).ends_with("lvc")
        };
        let own = self.deps(v).iter().copied().find(object);
        // « a percuté près de Millas un bus » with « près » for an object
        let other = |o: TokenId| self.deps(v).iter().copied().find(|d| *d > o && object(d) && self.is_nominal(*d));
        let own = own.map(|o| other(o).filter(|_| self.doc.upos(o) == Upos::Adv).unwrap_or(o));
        // « a annoncé ce week-end la fin de la campagne »: of two objects, a time is none.
        let timely = |o: TokenId| {
            let class = Lexicon::of(self.doc).noun(self.doc.lemma(o), self.doc.form(o)).0;
            class.has(NounClass::TIME)
        };
        let own = own.map(|o| {
            let other = |&d: &TokenId| self.doc.deprel(d) == "obj" && d > o && self.is_nominal(d);
            self.deps(v).iter().copied().find(other).filter(|_| timely(o)).unwrap_or(o)
        });
        let own = own.map(|o| self.borrowed_object(v).filter(|_| timely(o)).unwrap_or(o));
        if let Some(o) = own.or_else(|| self.dep(v, "obj").filter(|&d| Some(d) != reflexive && Some(d) != inverted)) {
            return self.resolve_relative(v, o, 1.0);
        }
        if let Some(o) = self.borrowed_object(v) {
            return found(o, 0.85);
        }
        // "asked France for help"
        if self.doc.meta.lang == Lang::En
            && let Some(o) = self.dep(v, "iobj")
        {
            return self.resolve_relative(v, o, 1.0);
        }
        // « a tué jusqu'à 90 soldats », « provoque de plus en plus de malformations »
        let counted = self.deps(v).iter().copied().filter(|&d| d > v).find_map(|d| {
            if matches!(self.preposition(d).as_deref(), Some("jusque à" | "jusqu'à")) && self.dep(d, "nummod").is_some()
            {
                return Some(d);
            }
            // « ne répand point de fumée »
            let none = self.doc.relation(d) == "obl"
                && self.preposition(d).as_deref() == Some("de")
                && self.doc.subtree(d).start.checked_sub(1).is_some_and(|b| {
                    b > v.0
                        && b <= v.0 + 2
                        && matches!(self.doc.form(TokenId(b)), "pas" | "point" | "plus" | "guère" | "jamais")
                });
            if none && self.doc.meta.lang == Lang::Fr {
                return Some(d);
            }
            let many = self.doc.relation(d) == "advmod"
                && d.0 == v.0 + 1
                && matches!(
                    self.doc.lemma(d),
                    "de" | "beaucoup" | "peu" | "trop" | "tant" | "plus" | "moins" | "autant"
                );
            let of =
                |&e: &TokenId| e > d && self.is_nominal(e) && self.preposition(e).as_ref() == Some(&self.grammar.of);
            self.deps(d).iter().copied().find(|e| many && of(e))
        });
        if let Some(c) = counted {
            return found(c, 0.9);
        }
        // "arrested three men after the attack" with "men" hung on "attack": no phrase begins before its
        // preposition.
        let early = self.deps(v).iter().copied().filter(|&d| d > v).find_map(|d| {
            let case = self.deps(d).iter().copied().find(|&c| self.doc.relation(c) == "case" && c > v)?;
            let bare = |&e: &TokenId| {
                e > v
                    && e < case
                    && self.is_nominal(e)
                    && self.preposition(e).is_none()
                    && self.doc.subtree(e).start == v.0 + 1
            };
            self.deps(d).iter().copied().find(bare)
        });
        if let Some(e) = early {
            return found(e, 0.85);
        }
        // « comprenant des troupes » with « des » read as a preposition.
        let behind = self.deps(v).iter().copied().find(|&d| {
            matches!(self.doc.relation(d), "obl" | "nmod")
                && self.is_doubtful_des(d).is_some_and(|des| des.0 > v.0 && des.0 <= v.0 + 2)
        });
        if let Some(d) = behind {
            return found(d, 0.8);
        }
        // « attribuer à un autre des intentions » with « des intentions » for a part of « un autre »
        let given = self.deps(v).iter().copied().filter(|&d| d > v && self.is_nominal(d)).find_map(|d| {
            let to = self.preposition(d).as_ref() == Some(&self.grammar.to);
            let des = |&e: &TokenId| e > d && self.doc.relation(e) == "nmod" && self.is_doubtful_des(e).is_some();
            self.deps(d).iter().copied().find(|e| to && des(e))
        });
        if let Some(g) = given.filter(|_| super::grammar::is_transitive(self.doc.meta.lang, self.doc.lemma(v))) {
            return found(g, 0.8);
        }
        if let Some(f) = self.object_of_relative(v) {
            return Some(f);
        }
        // « a arrêté et inculpé deux hommes »: the object stands behind the last verb.
        let next = self.deps(v).iter().copied().find(|&c| self.doc.relation(c) == "conj" && self.is_verbal(c))?;
        let intransitive = has(&self.grammar.etre_verbs, self.doc.lemma(v));
        let needs = super::grammar::is_transitive(self.doc.meta.lang, self.doc.lemma(v));
        if self.dep(next, "nsubj").is_some() || next.0 - v.0 > 4 || intransitive || !needs {
            return None;
        }
        let o = self.dep(next, "obj")?;
        self.resolve_relative(next, o, 0.8)
    }
}
