//! Participles behind their noun: « l'accident survenu mardi à Tours », « la loi votée en 2015 », « une barque
//! nommée « Aurore » ».

use super::super::engine::{Engine, Hit};
use super::super::frame::Pos;
use super::super::grammar::has;
use super::super::syntax::{MAX_HOPS, Tree, found};
use super::DIRECT;
use temoin_model::{Lang, Span, TokenId, Upos};

/// How far behind its noun a participle is looked for.
const REACH: u32 = 14;

impl Tree<'_> {
    /// The noun that a French past participle behind it, without an auxiliary, says something of: « la loi,
    /// votée en 2015, ».
    pub(in super::super) fn reduced_noun(self, t: TokenId) -> Option<TokenId> {
        let doc = self.doc;
        let participle = doc.upos(t) == Upos::Verb && self.is_past_participle(t) && !self.has_aux(t);
        if doc.meta.lang != Lang::Fr || !participle || doc.deprel(t) == "acl:relcl" {
            return None;
        }
        let mut first = t;
        for _ in 0..MAX_HOPS {
            // « fondée en 1990 et rachetée en 2004 »
            let up = doc.head(first).filter(|&u| doc.relation(first) == "conj" && self.is_past_participle(u));
            let Some(up) = up.filter(|&u| !self.has_aux(u)) else { break };
            first = up;
        }
        let head = doc.head(first).filter(|&h| h < first && self.is_nominal(h) && doc.relation(first) == "acl")?;
        let noun = self.topmost(t, self.modified(t, head));
        let near = noun < t && t.0 - noun.0 <= REACH && self.agree(t, noun);
        // « Le gouvernement mise sur les exportations »: a present may be written like a participle.
        let own = doc.subtree(t);
        let sentence = doc.sentence(doc.sentence_of(t));
        let finite = |i: TokenId| doc.feat(i, "VerbForm") == Some("Fin");
        let clause = doc.tokens_in(sentence).any(|i| finite(i) && !own.contains_at(i.0));
        let between = (noun.0 + 1..t.0).any(|i| finite(TokenId(i)));
        let object = self.deps(t).iter().any(|&d| doc.relation(d) == "obj" && d > t);
        (near && clause && !between && !object).then_some(noun)
    }

    /// « l'accord de Lima sur le climat, conclu en mars »: behind a comma, the first noun of the phrase is
    /// spoken of if it agrees.
    fn topmost(self, t: TokenId, noun: TokenId) -> TokenId {
        let doc = self.doc;
        let comma = t.0 > 0 && doc.form(TokenId(t.0 - 1)) == ",";
        let link = |&n: &TokenId| matches!(doc.relation(n), "nmod" | "appos" | "obl" | "flat");
        let up = |n: &TokenId| Some(*n).filter(link).and_then(|n| doc.head(n)).filter(|&h| self.is_nominal(h) && h < t);
        let near = |&n: &TokenId| comma && self.agree(t, n) && t.0 - n.0 <= REACH;
        let chain = std::iter::successors(Some(noun), up).take(MAX_HOPS as usize).take_while(near);
        chain.filter(|&n| doc.feat(n, "Number").is_some()).last().unwrap_or(noun)
    }
}

impl Engine<'_> {
    /// Whether a participle behind its noun says when or where: « la loi votée en 2015 » tells of a vote, « la
    /// somme demandée » of nothing new.
    pub(in super::super) fn is_reduced_event(&mut self, t: TokenId) -> bool {
        let tree = self.args.tree;
        // « un mouvement nommé En avant » appoints nobody.
        let next = TokenId(t.0 + 1);
        let called = has(&tree.grammar.naming_participles, tree.doc.lemma(t))
            && next.ix() < tree.doc.len()
            && (tree.doc.form(next).starts_with(char::is_uppercase) || matches!(tree.doc.form(next), "«" | "“" | "\""));
        tree.reduced_noun(t).is_some()
            && !called
            && (crate::time::for_clause(tree.doc, self.times, t).is_some()
                || !self.args.places_under(t, false).is_empty())
    }

    /// « une barque nommée « Aurore » », « un opéra intitulé Norma »: what something is called.
    pub(super) fn naming(&mut self, t: TokenId, name: &str) -> bool {
        let tree = self.args.tree;
        let doc = tree.doc;
        if !has(&tree.grammar.naming_participles, name) || !tree.is_past_participle(t) || tree.has_aux(t) {
            return false;
        }
        let noun = doc.head(t).filter(|&h| doc.relation(t) == "acl" && h < t && tree.is_nominal(h));
        let noun = noun.map(|h| tree.modified(t, h)).filter(|&n| tree.agree(t, n));
        let (Some(f), Some(words)) = (noun.and_then(|n| found(n, 0.95)), self.name_behind(t)) else { return false };
        let object = self.words_arg(words, TokenId(words.end - 1));
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        let before = self.claims.len();
        for s in self.args.participants(f) {
            self.claim(hit, &format!("open:être-{name}"), "open-naming", DIRECT, &s, &object, None);
        }
        self.claims.len() > before
    }

    /// The name right behind `t`, or the words in quotation marks there.
    fn name_behind(&self, t: TokenId) -> Option<Span<temoin_model::Tok>> {
        let doc = self.args.tree.doc;
        let end = doc.sentence(doc.sentence_of(t)).end;
        let next = TokenId(t.0 + 1);
        if next.0 >= end {
            return None;
        }
        if matches!(doc.form(next), "«" | "“" | "\"") {
            let closes = |i: &u32| matches!(doc.form(TokenId(*i)), "»" | "”" | "\"");
            let close = (next.0 + 1..end.min(next.0 + 12)).find(closes)?;
            return (close > next.0 + 1).then(|| Span::new(next.0 + 1, close));
        }
        let name = doc.name_at(next).filter(|n| n.tokens.start == next.0 && doc.upos(next) == Upos::Propn)?;
        Some(name.tokens)
    }

    /// « la baisse attendue du vote », « une absence prolongée de vent »: what stands behind « de » is the noun's.
    pub(super) fn binds_of(&self, t: TokenId) -> bool {
        let tree = self.args.tree;
        let doc = tree.doc;
        doc.meta.lang != Lang::Fr || tree.has_aux(t) || has(&tree.grammar.made_of, doc.lemma(t))
    }

    /// « La cargaison doit être acheminée »: the subject that a modal verb lends to a passive infinitive.
    pub(super) fn modal_patient(&self, t: TokenId) -> Option<TokenId> {
        let tree = self.args.tree;
        let doc = tree.doc;
        // What « peut être comparé à » something says nothing of it, « a pu être établi » does.
        let modal = doc.head(t).filter(|&m| {
            let said = matches!(doc.lemma(m), "devoir" | "aller") || doc.lemma(m) == "pouvoir" && tree.has_aux(m);
            let denied = |&d: &TokenId| doc.lemma(d) == "ne" || doc.feat(d, "Polarity") == Some("Neg");
            doc.relation(t) == "xcomp" && m < t && said && !doc.dependents(m).iter().any(denied)
        })?;
        let infinitive = |&d: &TokenId| {
            d < t && doc.lemma(d) == "être" && doc.relation(d) == "aux" && doc.feat(d, "VerbForm") == Some("Inf")
        };
        let passive = doc.meta.lang == Lang::Fr && tree.is_past_participle(t) && tree.deps(t).iter().any(infinitive);
        crate::verbs::finite(doc, modal).filter(|_| passive)?;
        tree.surface_subject(t).map(|f| f.at).filter(|&s| s < t)
    }
}
