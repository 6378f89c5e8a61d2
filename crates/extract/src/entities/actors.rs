//! Nationality adjectives: the states that they mean, and the forces that act for a state.

use super::builder::Actor;
use super::gazetteer::KnownIx;
use super::lexicon::NounClass;
use super::phrase::{after, lower};
use super::walk::Walk;
use temoin_model::{Lang, MentionKind, Span, Tok, TokenId, Upos};

impl Walk<'_, '_> {
    /// Nationality adjectives among the words of a label.
    pub(super) fn states_in(&self, label: Span<Tok>) -> Vec<(TokenId, KnownIx)> {
        let doc = self.b.doc;
        doc.tokens_in(label)
            .filter(|&t| matches!(doc.upos(t), Upos::Adj | Upos::Noun | Upos::Propn))
            .filter_map(|t| self.state_of(t).map(|k| (t, k)))
            .collect()
    }

    /// The state that a nationality adjective means; of two Congos the one that the article names.
    pub(super) fn state_of(&self, t: TokenId) -> Option<KnownIx> {
        match *self.b.gaz.demonym(&lower(self.b.doc, t)) {
            [] => None,
            [one] => Some(one),
            ref several => {
                let named = |k: &&KnownIx| self.b.has_known(**k);
                let mut it = several.iter().filter(named);
                it.next().filter(|_| it.next().is_none()).copied()
            }
        }
    }

    /// « des contingents bélarusses, arméniens et kirghizes »: one mention for each state.
    pub(super) fn actors(&mut self, t: TokenId) {
        let doc = self.b.doc;
        if doc.upos(t) != Upos::Noun || self.name_at(t).is_some() || self.consumed[t.ix()] {
            return;
        }
        let np = self.np(t);
        let class = np.class;
        let force = class.has(NounClass::FORCE) && (np.plural != Some(false) || !class.has(NounClass::PERSON));
        if !force {
            return;
        }
        let mut states = self.states_in(Span::new(t.0 + 1, np.label.end.max(t.0 + 1)));
        if doc.meta.lang == Lang::En {
            // "Russian and Belarusian troops"
            states = self.states_in(Span::new(np.full.start, t.0));
        }
        // The adjectives may go on behind the label: « …, tadjikes et kirghizes ».
        let mut at = np.label.end.max(t.0 + 1);
        while let Some(x) = after(doc, TokenId(at - 1), 1).filter(|_| doc.meta.lang == Lang::Fr) {
            let joint = matches!(lower(doc, x).as_str(), "," | "et" | "ou" | "and");
            if joint && (at > t.0 + 1) {
                at += 1;
                continue;
            }
            match self.state_of(x).filter(|_| doc.upos(x) != Upos::Propn || doc.form(x).starts_with(char::is_lowercase))
            {
                Some(k) => states.push((x, k)),
                None => break,
            }
            at += 1;
        }
        states.dedup_by_key(|s| s.0);
        if states.is_empty() {
            return;
        }
        for (i, &(adjective, k)) in states.iter().enumerate() {
            let e = self.b.known(k);
            let single = states.len() == 1;
            let (tokens, head) =
                if single { (np.full, t) } else { (Span::new(adjective.0, adjective.0 + 1), adjective) };
            let m = self.b.mention(tokens, head, MentionKind::Demonym, e);
            if i == 0 {
                self.b.by_head[t.ix()] = Some(m);
            }
            self.b.actors.push(Actor { noun: t, mention: m });
            self.consumed[adjective.ix()] = true;
        }
        self.consumed[t.ix()] = true;
        if let Some((words, _)) = self.compound(t) {
            for x in words.range().filter(|&x| x != t.0) {
                self.consumed[x as usize] = true;
            }
        }
    }
}
