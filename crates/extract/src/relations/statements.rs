//! Statements: the words that someone says.

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::Pos;
use super::grammar::has;
use temoin_model::{Char, EntityType, Lang, Span, TokenId, Upos};

/// Longest statement kept as words.
const MAX_CONTENT: u32 = 300;

impl Engine<'_> {
    /// The words of the clause at `t` as a text.
    pub(super) fn text_arg(&mut self, t: TokenId) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let mut words = doc.subtree(t);
        let skip = |t: TokenId| {
            matches!(doc.upos(t), Upos::Punct | Upos::Sconj)
                || matches!(doc.form(t), "de" | "d'" | "d’" | "à" | "to" | "que" | "qu'" | "qu’")
        };
        while !words.is_empty() && skip(TokenId(words.start)) {
            words = Span::new(words.start + 1, words.end);
        }
        while !words.is_empty() && doc.upos(TokenId(words.end - 1)) == Upos::Punct {
            words = Span::new(words.start, words.end - 1);
        }
        if words.is_empty() {
            return None;
        }
        Some(self.words_arg(self.before_contrast(words, t), t))
    }

    /// « échoue à franchir la barre, tandis que l'autre passe »: what stands against a clause is no part of it.
    fn before_contrast(&self, words: Span<temoin_model::Tok>, t: TokenId) -> Span<temoin_model::Tok> {
        let doc = self.args.tree.doc;
        let form = |i: u32| doc.form(TokenId(i));
        let contrast = |&i: &u32| {
            let opens = matches!(form(i), "while" | "whereas" | "whilst")
                || matches!(form(i), "tandis" | "alors") && i + 1 < words.end && form(i + 1).starts_with("qu");
            opens && form(i - 1) == ","
        };
        let end = (t.0 + 1..words.end).find(contrast).map_or(words.end, |i| i - 1);
        Span::new(words.start, end.max(words.start + 1))
    }

    /// Words as a text, cut where they are too many.
    pub(super) fn words_arg(&self, words: Span<temoin_model::Tok>, head: TokenId) -> Arg {
        let doc = self.args.tree.doc;
        let mut span: Span<Char> = doc.char_span(words);
        if span.len() > MAX_CONTENT {
            span = Span::new(span.start, span.start + MAX_CONTENT);
        }
        let text = doc.words(span);
        Arg { what: What::Text(text), span: Some(span), head: Some(head), sure: 1.0 }
    }

    /// « Selon X, « … » »: the source of a quotation says it, though no verb tells so.
    pub(super) fn quoted_sources(&mut self) {
        let doc = self.args.tree.doc;
        for s in 0..doc.sentence_count() {
            let sentence = doc.sentence(s);
            let mark =
                |from: u32, marks: [&str; 2]| (from..sentence.end).find(|&i| marks.contains(&doc.form(TokenId(i))));
            let Some(open) = mark(sentence.start, ["«", "“"]) else { continue };
            let Some(close) = mark(open + 1, ["»", "”"]) else { continue };
            let Some(verb) = (open + 1..close)
                .map(TokenId)
                .find(|&t| crate::verbs::finite(doc, t).is_some_and(|f| f.0 < close && f.0 > open))
            else {
                continue;
            };
            let crate::factuality::Source::Token(who) = crate::factuality::judge(doc, verb).said_by else { continue };
            let outside = sentence.contains_at(who.0) && !(open..close).contains(&who.0);
            let case = doc.dependents(who).iter().copied().find(|&c| doc.relation(c) == "case" && c < who);
            let by = case.filter(|&c| {
                matches!(doc.form(c).to_lowercase().as_str(), "selon" | "pour" | "d'" | "d’" | "après" | "according")
            });
            let told =
                self.claims.iter().rev().take(40).any(|(at, c)| c.predicate == "said" && doc.sentence_of(*at) == s);
            let (Some(at), true, false, true) = (by, outside, told, close - open > 5) else { continue };
            let Some(subject) = self.args.participant(who, 0.95) else { continue };
            let agent = subject.entity().is_some_and(|e| {
                matches!(self.args.kind(e), EntityType::Person | EntityType::Organization | EntityType::Group)
            });
            let last = (open + 1..close).rev().find(|&i| doc.upos(TokenId(i)) != Upos::Punct);
            if let Some(last) = last.filter(|_| agent) {
                let words = self.words_arg(Span::new(open + 1, last + 1), TokenId(last));
                let hit = Hit { at, complement: None, pos: Pos::Noun };
                self.claim(hit, "said", "quoted-source", 0.85, &subject, &Arg { head: None, ..words }, None);
            }
        }
    }

    /// The mark that opens the quotation which a verb of saying leads to, whatever the tree: « affirme que
    /// « … » », « déclare : « … » ».
    fn quote_opening(&self, v: TokenId) -> Option<u32> {
        let doc = self.args.tree.doc;
        let s = doc.sentence(doc.sentence_of(v));
        let form = |i: u32| doc.form(TokenId(i));
        let straight = |i: u32| form(i) == "\"" && !(s.start..i).any(|b| form(b) == "\"");
        let open = (v.0 + 1..s.end.min(v.0 + 25)).find(|&i| matches!(form(i), "«" | "“") || straight(i))?;
        let leads = matches!(form(open - 1), "que" | "qu'" | "qu’" | ":" | "," | "that");
        let finite = |i: u32| doc.feat(TokenId(i), "VerbForm") == Some("Fin");
        let near = open == v.0 + 1 || doc.meta.lang == Lang::En && form(open) == "\"";
        ((leads || near) && !(v.0 + 1..open).any(finite)).then_some(open)
    }

    /// The words of that quotation.
    pub(super) fn quoted_behind(&self, v: TokenId) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let open = self.quote_opening(v)?;
        let end = doc.sentence(doc.sentence_of(v)).end;
        let closes = |i: &u32| match doc.form(TokenId(open)) {
            "\"" => doc.form(TokenId(*i)) == "\"",
            _ => matches!(doc.form(TokenId(*i)), "»" | "”"),
        };
        let close = (open + 1..end).find(closes).unwrap_or(end);
        let last = (open + 1..close).rev().find(|&i| doc.upos(TokenId(i)) != Upos::Punct)?;
        let arg = (last > open + 2).then(|| self.words_arg(Span::new(open + 1, last + 1), TokenId(last)))?;
        Some(Arg { head: None, ..arg })
    }

    /// What is said: the complement clause, or the sentence that an inserted « a dit X » belongs to.
    pub(super) fn content(&mut self, v: TokenId) -> Option<Arg> {
        let doc = self.args.tree.doc;
        if let Some(close) = self.args.tree.quote_before(v) {
            let first = doc.sentence(doc.sentence_of(v)).start;
            let open = (first..close.0).rev().find(|&t| matches!(doc.form(TokenId(t)), "«" | "“"));
            let words: Span<temoin_model::Tok> = Span::new(open.map_or(first, |o| o + 1), close.0);
            let last = (words.start..words.end).rev().find(|&t| doc.upos(TokenId(t)) != Upos::Punct);
            if let Some(last) = last.filter(|l| l + 1 - words.start > 1) {
                return Some(self.words_arg(Span::new(words.start, last + 1), TokenId(last)));
            }
        }
        let clause = doc.dependents(v).iter().copied().find(|&d| {
            // « X lancera Y, a indiqué Z »: what somebody else says is not said by X.
            let other = doc.relation(d) == "parataxis" && has(&self.args.tree.grammar.saying, doc.lemma(d));
            matches!(doc.relation(d), "ccomp" | "xcomp" | "parataxis") && crate::verbs::is_predicate(doc, d) && !other
                || doc.relation(d) == "ccomp"
        });
        // « ont affirmé leur volonté de se remobiliser »: the infinitive is the noun's.
        let noun = |&d: &TokenId| d > v && doc.relation(d) == "obj" && self.args.tree.is_nominal(d);
        let infinitive = |c: TokenId| {
            doc.relation(c) == "xcomp" && doc.feat(c, "VerbForm") == Some("Inf")
                || doc.relation(c) == "parataxis" && c > v
        };
        // "said in an interview "Everyone said no, that …"": the quotation is more than one of its clauses.
        let open = self.quote_opening(v);
        if let (Some(o), Some(c)) = (open, clause)
            && c > v
            && doc.subtree(c).start > o + 1
        {
            return self.quoted_behind(v);
        }
        if let Some(c) = clause.filter(|&c| !(infinitive(c) && doc.dependents(v).iter().any(|d| noun(d) && *d < c))) {
            return self.text_arg(c);
        }
        if let Some(quoted) = self.quoted_behind(v) {
            return Some(quoted);
        }
        if doc.relation(v) == "parataxis" || self.args.tree.is_inserted_saying(v) {
            let h = doc.head(v)?;
            let s = doc.sentence(doc.sentence_of(v));
            let own = doc.subtree(v);
            // The longer side of the sentence around the inserted clause.
            let (lo, hi) = if own.start - s.start >= s.end.saturating_sub(own.end) {
                (s.start, own.start)
            } else {
                (own.end, s.end)
            };
            let words = (lo..hi).map(TokenId);
            let content: Vec<TokenId> = words.filter(|&t| doc.upos(t) != Upos::Punct).collect();
            // « Europe : Macron lancera … » says nothing of what was said.
            let clausal = content.iter().any(|&t| self.args.tree.is_verbal(t))
                || content.iter().any(|&t| doc.feat(t, "VerbForm").is_some());
            if !clausal {
                return None;
            }
            let (a, b) = (content.first()?, content.last()?);
            let mut span = doc.char_span(Span::new(a.0, b.0 + 1));
            if span.len() > MAX_CONTENT {
                span = Span::new(span.start, span.start + MAX_CONTENT);
            }
            let text = doc.words(span);
            return Some(Arg { what: What::Text(text), span: Some(span), head: Some(h), sure: 0.9 });
        }
        None
    }
}
