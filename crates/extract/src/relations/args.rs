//! Arguments: from a word of the tree to an entity, a quantity or words.

use super::grammar::has;
use super::syntax::{Found, Tree};
use crate::entities::{EntityLayer, Gazetteer};
use crate::quantity::QuantityExpr;
use crate::time::TimeExpr;
use rustc_hash::FxHashMap;
use temoin_model::{
    Char, Document, Entity, EntityIx, EntityType, Mention, MentionIx, MentionKind, Quantity, Span, Tok, TokenId, Upos,
    id,
};

/// Longest noun phrase that becomes the label of an unnamed participant, in words.
const MAX_LABEL: u32 = 10;

/// A filled argument.
#[derive(Clone, Debug)]
pub(super) struct Arg {
    pub(super) what: What,
    /// The words in the text.
    pub(super) span: Option<Span<Char>>,
    /// Head word of the participant.
    pub(super) head: Option<TokenId>,
    /// Factor of confidence.
    pub(super) sure: f64,
}

/// What an argument is.
#[derive(Clone, Debug)]
pub(super) enum What {
    Entity(EntityIx),
    Quantity(Quantity),
    Text(String),
    Unknown,
}

impl Arg {
    pub(super) fn entity(&self) -> Option<EntityIx> {
        match self.what {
            What::Entity(e) => Some(e),
            _ => None,
        }
    }
}

/// Lookups that arguments need, and the entities that they add.
pub(super) struct Args<'a> {
    pub(super) tree: Tree<'a>,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) layer: EntityLayer,
    pub(super) quantities: &'a [QuantityExpr],
    /// For each word, the quantity whose words it belongs to.
    quantity_of: Vec<u32>,
    /// For each word, the quantity that counts it.
    counted_by: Vec<u32>,
    in_time: Vec<bool>,
    /// Whether nouns like « niveau » count where something completes them: « le niveau du fleuve ».
    pub(super) lenient: bool,
    /// For each word, a mention that covers it (the shortest).
    pub(super) covering: Vec<u32>,
    pub(super) by_id: FxHashMap<String, u32>,
    /// For each entity of the layer as given, the heads of its mentions.
    pub(super) heads_of: Vec<Vec<TokenId>>,
}

pub(super) const NONE: u32 = u32::MAX;

impl<'a> Args<'a> {
    pub(super) fn new(
        tree: Tree<'a>,
        gazetteer: &'a Gazetteer,
        layer: EntityLayer,
        times: &[TimeExpr],
        quantities: &'a [QuantityExpr],
    ) -> Self {
        let n = tree.doc.len();
        let mut quantity_of = vec![NONE; n];
        let mut counted_by = vec![NONE; n];
        for (i, q) in quantities.iter().enumerate() {
            for t in q.tokens.range() {
                if let Some(slot) = quantity_of.get_mut(t as usize) {
                    *slot = i as u32;
                }
            }
            if let Some(slot) = counted_by.get_mut(q.noun.ix()) {
                *slot = i as u32;
            }
        }
        let mut in_time = vec![false; n];
        for t in times {
            for t in t.tokens.range() {
                if let Some(slot) = in_time.get_mut(t as usize) {
                    *slot = true;
                }
            }
        }
        let mut covering = vec![NONE; n];
        let mut order: Vec<usize> = (0..layer.mentions.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(layer.mentions[i].tokens.len()), i));
        for i in order {
            for t in layer.mentions[i].tokens.range() {
                if let Some(slot) = covering.get_mut(t as usize) {
                    *slot = i as u32;
                }
            }
        }
        let mut heads_of = vec![Vec::new(); layer.entities.len()];
        for m in &layer.mentions {
            heads_of[m.entity.0 as usize].push(m.head);
        }
        let by_id = layer.entities.iter().enumerate().map(|(i, e)| (e.id.clone(), i as u32)).collect();
        Args {
            tree,
            gazetteer,
            layer,
            quantities,
            quantity_of,
            counted_by,
            in_time,
            lenient: false,
            covering,
            by_id,
            heads_of,
        }
    }

    pub(super) fn doc(&self) -> &'a Document {
        self.tree.doc
    }

    pub(super) fn kind(&self, e: EntityIx) -> EntityType {
        self.layer.entities[e.0 as usize].kind
    }

    pub(super) fn is_time(&self, t: TokenId) -> bool {
        self.in_time[t.ix()]
    }

    /// The quantity that counts `t`, or whose words `t` belongs to.
    pub(super) fn quantity_at(&self, t: TokenId) -> Option<&'a QuantityExpr> {
        [self.counted_by[t.ix()], self.quantity_of[t.ix()]]
            .into_iter()
            .find(|&q| q != NONE)
            .map(|q| &self.quantities[q as usize])
    }

    /// The noun that is meant by a quantity's head: « manifestants » for « dizaines ».
    fn counted_noun(&self, t: TokenId) -> TokenId {
        let doc = self.doc();
        let many = matches!(
            doc.lemma(t),
            "beaucoup" | "peu" | "trop" | "tant" | "plus" | "moins" | "autant" | "assez" | "énormément" | "bien"
        );
        if doc.upos(t) == Upos::Adv && doc.relation(t) == "obj" && many {
            // « beaucoup de sang »
            let of = |&d: &TokenId| d > t && self.tree.preposition(d).as_ref() == Some(&self.tree.grammar.of);
            return self.tree.deps(t).iter().copied().find(|d| of(d) && self.tree.is_nominal(*d)).unwrap_or(t);
        }
        // « un total de 11 survivants »
        if matches!(doc.lemma(t), "total") {
            let counted = |&&d: &&TokenId| d > t && self.counted_by[d.ix()] != NONE && self.tree.is_nominal(d);
            return self.tree.deps(t).iter().find(counted).copied().unwrap_or(t);
        }
        match self.quantity_of[t.ix()] {
            NONE => t,
            q => self.quantities[q as usize].noun,
        }
    }

    /// The participants at `found`: the mention there, and those coordinated with it.
    pub(super) fn participants(&mut self, found: Found) -> Vec<Arg> {
        let noun = self.counted_noun(found.at);
        let mut heads = if found.alone { vec![noun] } else { self.tree.conjuncts(noun) };
        if noun != found.at && !found.alone {
            heads.extend(self.tree.conjuncts(found.at).into_iter().skip(1));
        }
        let mut out: Vec<Arg> = Vec::new();
        for (i, h) in heads.into_iter().enumerate() {
            let sure = if i == 0 { found.sure } else { found.sure * 0.95 };
            if let Some(arg) = self.participant(h, sure)
                && !out.iter().any(|a| a.entity() == arg.entity())
            {
                out.push(arg);
            }
        }
        out
    }

    /// One participant, without its conjuncts.
    pub(super) fn participant(&mut self, t: TokenId, sure: f64) -> Option<Arg> {
        let t = self.counted_noun(t);
        // « Vers 11 h 30 intervient … »
        let doc = self.doc();
        let next = TokenId(t.0 + 1);
        let hour = next.ix() < doc.len() && matches!(doc.form(next), "h" | "heure" | "heures");
        if hour && doc.form(t).chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        if let Some(speaker) = self.first_person(t) {
            let span = self.doc().token_span(t);
            return self.participant(speaker, sure * 0.95).map(|a| Arg { span: Some(span), ..a });
        }
        // A sum of money or a share takes part in nothing.
        let money = |u: &str| u.len() == 3 && u.chars().all(|c| c.is_ascii_uppercase());
        let unit = self.quantity_at(t).and_then(|q| q.value.unit.as_deref());
        let points =
            self.quantity_at(t).is_some() && self.doc().lemma(t) == "point" && self.doc().relation(t) == "nmod";
        if points || unit.is_some_and(|u| money(u) || matches!(u, "percent" | "year")) {
            return None;
        }
        // Most of them stand for all, a part does not.
        let most = matches!(
            doc.lemma(t),
            "majorité" | "plupart" | "ensemble" | "totalité" | "majority" | "most" | "aucun" | "none"
        );
        let whole = self.whole_of(t).filter(|_| most && self.layer.mention_at(t).is_none());
        let m = match whole.and_then(|w| self.mention(w)) {
            Some(m) => m,
            None => match self.mention(t) {
                Some(m) => m,
                None => self.mention(self.whole_of(t)?)?,
            },
        };
        let mention = &self.layer.mentions[m.0 as usize];
        let sure = if mention.kind == MentionKind::Pronoun { sure * 0.85 } else { sure };
        Some(Arg { what: What::Entity(mention.entity), span: Some(mention.span), head: Some(t), sure })
    }

    /// « la majorité du Parlement », "most of the members": what a noun or pronoun of quantity is a part of.
    fn whole_of(&self, t: TokenId) -> Option<TokenId> {
        let doc = self.doc();
        let part = matches!(
            doc.lemma(t),
            "majorité"
                | "moitié"
                | "plupart"
                | "partie"
                | "ensemble"
                | "reste"
                | "tiers"
                | "quart"
                | "totalité"
                | "majority"
                | "half"
                | "most"
                | "part"
                | "rest"
                | "third"
                | "quarter"
                | "aucun"
                | "none"
        );
        let of = |&d: &TokenId| d > t && self.tree.preposition(d).as_ref() == Some(&self.tree.grammar.of);
        // « les quarts de finale » are no part of a final.
        let given =
            |d: TokenId| doc.upos(d) == Upos::Propn || self.tree.deps(d).iter().any(|&x| doc.relation(x) == "det");
        self.tree.deps(t).iter().copied().find(|d| part && of(d) && self.tree.is_nominal(*d) && given(*d))
    }

    /// Who says « je » in quoted words.
    fn first_person(&self, t: TokenId) -> Option<TokenId> {
        let doc = self.doc();
        let form = doc.form(t);
        let first = matches!(form, "je" | "Je" | "j'" | "J'" | "j’" | "J’" | "I");
        let verb = doc.head(t).filter(|_| first && doc.upos(t) == Upos::Pron)?;
        match crate::factuality::judge(doc, verb).said_by {
            crate::factuality::Source::Token(s) if s != t => Some(s),
            _ => None,
        }
    }

    /// The mention headed by `t`, or a new one for a common noun that no stage has marked.
    fn mention(&mut self, t: TokenId) -> Option<MentionIx> {
        if let Some(m) = self.layer.mention_at(t) {
            let common = self.layer.mentions[m.0 as usize].kind == MentionKind::Nominal;
            let named = self.layer.entities[self.layer.mentions[m.0 as usize].entity.0 as usize].named;
            let empty = self.is_empty(t);
            if common && !named && empty {
                return None;
            }
            return Some(self.name_beside(t).filter(|_| !named || common).unwrap_or(m));
        }
        let doc = self.doc();
        let wordless = !doc.form(t).chars().any(char::is_alphabetic);
        if !(self.tree.is_nominal(t) || self.is_substantive(t)) || self.is_empty(t) || wordless {
            return None;
        }
        if self.covering[t.ix()] != NONE {
            let m = MentionIx(self.covering[t.ix()]);
            let head = self.layer.mentions[m.0 as usize].head;
            let near = |a: TokenId, b: TokenId| {
                doc.head(a) == Some(b) && matches!(doc.relation(a), "flat" | "appos" | "nmod" | "compound")
            };
            if near(head, t) && self.tree.preposition(head).is_none() || near(t, head) && doc.relation(t) == "flat" {
                return Some(m);
            }
        }
        Some(self.add_nominal(t))
    }

    /// Nouns that take part in nothing by themselves.
    fn is_empty(&self, t: TokenId) -> bool {
        let of = |&d: &TokenId| {
            d > t
                && self.doc().relation(d) == "nmod"
                && self.tree.preposition(d).as_ref() == Some(&self.tree.grammar.of)
        };
        let grammar = self.tree.grammar;
        let lemma = self.doc().lemma(t);
        // « remporte le titre », « son deuxième titre »
        let object = matches!(self.doc().deprel(t), "obj" | "nsubj:pass");
        let own = |&d: &TokenId| {
            self.doc().feat(d, "Poss") == Some("Yes")
                || self.doc().relation(d) == "amod"
                || object && self.doc().relation(d) == "det" && d < t
        };
        let completed =
            self.lenient && has(&grammar.partial_nouns, lemma) && self.tree.deps(t).iter().any(|d| of(d) || own(d));
        self.is_time(t) || has(&grammar.empty_nouns, lemma) && !completed
    }

    /// An adjective with a determiner, or a pronoun with a complement, in a noun's place: « les
    /// blessés », « l'un des suspects ».
    fn is_substantive(&self, t: TokenId) -> bool {
        let doc = self.doc();
        let (mut det, mut of) = (false, false);
        for &d in self.tree.deps(t) {
            det |= doc.relation(d) == "det" && d < t && doc.feat(d, "PronType") != Some("Int");
            of |= doc.relation(d) == "nmod" && self.tree.preposition(d).as_ref() == Some(&self.tree.grammar.of);
        }
        let counted = self.counted_by[t.ix()] != NONE
            && !self.quantities[self.counted_by[t.ix()] as usize].tokens.range().contains(&t.0);
        if counted && doc.upos(t) == Upos::Adj {
            return true;
        }
        let place = matches!(doc.relation(t), "nsubj" | "obj" | "obl" | "conj" | "nmod");
        let indefinite = matches!(
            doc.lemma(t),
            "un" | "une" | "plusieurs" | "certain" | "one" | "some" | "several" | "many" | "most" | "plupart"
        );
        place && (doc.upos(t) == Upos::Adj && det || doc.upos(t) == Upos::Pron && of && indefinite)
    }

    fn add_nominal(&mut self, t: TokenId) -> MentionIx {
        let doc = self.doc();
        let tokens = self.noun_phrase(t);
        let span = doc.char_span(tokens);
        let label = doc.words(self.phrase(t));
        let hash = id::content_id(&["unnamed", &doc.id, &label]);
        let id = format!("{}-{}", id::slug(&label), &hash[..8]);
        let entity = match self.by_id.get(&id) {
            Some(&i) => i,
            None => {
                let kind = self.kind_of_part(t);
                self.by_id.insert(id.clone(), self.layer.entities.len() as u32);
                self.layer.entities.push(Entity::new(id, label, kind, false));
                self.layer.entities.len() as u32 - 1
            }
        };
        let mention = Mention { span, tokens, head: t, kind: MentionKind::Nominal, entity: EntityIx(entity) };
        self.layer.mentions.push(mention);
        let m = MentionIx(self.layer.mentions.len() as u32 - 1);
        if let Some(slot) = self.layer.by_head.get_mut(t.ix()) {
            *slot = Some(m);
        }
        m
    }

    /// « l'un des suspects » is one of what its complement names.
    fn kind_of_part(&self, t: TokenId) -> EntityType {
        let doc = self.doc();
        let whole = doc.dependents(t).iter().copied().find(|&d| doc.relation(d) == "nmod" && d > t);
        let known = whole.filter(|_| doc.upos(t) == Upos::Pron).and_then(|w| self.layer.mention_at(w));
        let kind = known.map(|m| self.kind(self.layer.mentions[m.0 as usize].entity));
        match kind {
            Some(EntityType::Group) if matches!(doc.lemma(t), "un" | "une" | "one") => EntityType::Person,
            Some(kind) => kind,
            None => EntityType::Thing,
        }
    }

    /// The characters of the noun phrase at `t`, without its determiner.
    pub(super) fn phrase(&self, t: TokenId) -> Span<Char> {
        let doc = self.doc();
        let tokens = self.noun_phrase(t);
        let counts = |d: TokenId| doc.upos(d) == Upos::Det || d < t && self.quantity_of[d.ix()] != NONE;
        let start = doc.tokens_in(tokens).find(|&d| !counts(d)).unwrap_or(t);
        // « le Premier ministre Hassan Diab »: the name is another participant's.
        let name = self.name_beside(t).map(|m| self.layer.mentions[m.0 as usize].tokens.start);
        let tokens: Span<Tok> =
            Span::new(tokens.start, name.filter(|&n| n > t.0 && n < tokens.end).unwrap_or(tokens.end));
        doc.char_span(Span::new(start.0, tokens.end))
    }

    /// The noun with its determiner, adjectives and « de » complements, unbroken and not too long.
    fn noun_phrase(&self, t: TokenId) -> Span<Tok> {
        let doc = self.doc();
        let (mut lo, mut hi) = (t.0, t.0 + 1);
        let inside = |d: TokenId| match doc.relation(d) {
            _ if doc.upos(TokenId(doc.subtree(d).start)) == Upos::Punct => false,
            "det" | "nummod" | "amod" | "flat" | "fixed" | "compound" => true,
            "nmod" | "appos" => self.tree.preposition(d).is_none_or(|p| p == self.tree.grammar.of),
            _ => false,
        };
        let deps = doc.dependents(t);
        for &d in deps.iter().rev().filter(|&&d| d < t) {
            let sub = doc.subtree(d);
            // "the boy's religion"
            let owner = doc.deprel(d) == "nmod:poss" && doc.upos(d) != Upos::Pron;
            let left = owner || matches!(doc.relation(d), "det" | "nummod" | "amod" | "flat" | "compound");
            if sub.end != lo || !left || !inside(d) || self.tree.preposition(d).is_some() || hi - sub.start > MAX_LABEL
            {
                break;
            }
            lo = sub.start;
        }
        for &d in deps.iter().filter(|&&d| d > t) {
            let sub = doc.subtree(d);
            if sub.start != hi || !inside(d) || self.in_time[d.ix()] {
                break;
            }
            if sub.end - lo > MAX_LABEL {
                // "the start of a public process to choose …" keeps the inner noun, without what follows it.
                let inner = self.noun_phrase(d);
                let near = self.doc().relation(d) == "nmod" && inner.end > d.0 && inner.end - lo <= MAX_LABEL;
                hi = if near { inner.end } else { hi };
                break;
            }
            hi = sub.end;
        }
        // A date at the end belongs to the sentence, not to the name of the thing.
        while hi > t.0 + 1 && self.in_time[hi as usize - 1] {
            hi -= 1;
        }
        Span::new(lo, hi)
    }

    /// The mention sort that the model promises: in text order.
    pub(super) fn into_layer(self) -> EntityLayer {
        let mut layer = self.layer;
        layer.mentions.sort_by_key(|m| (m.span, m.tokens));
        layer
    }
}

impl Args<'_> {
    /// The participant at `t` where a mention exists already; makes none.
    pub(super) fn participant_known(&mut self, t: TokenId) -> Option<Arg> {
        if self.layer.mention_at(t).is_none() && self.covering[t.ix()] == NONE {
            return None;
        }
        self.participant(t, 1.0)
    }
}
