//! What an open relation is done to: objects, what a preposition binds, clauses that complete a verb.

use super::super::args::{Arg, What};
use super::super::engine::{Engine, Hit};
use super::super::grammar::has;
use super::super::syntax::Found;
use crate::quantity::QuantityExpr;
use temoin_model::{EntityType, Lang, Span, TokenId, Upos};

impl Engine<'_> {
    /// Whether the object at `o` is a noun without a determiner right behind its verb.
    pub(super) fn is_bare(&self, t: TokenId, o: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let near = o > t && o.0 - t.0 <= 2;
        let common = doc.upos(o) == Upos::Noun && doc.feat(o, "Number") != Some("Plur");
        let grammar = self.args.tree.grammar;
        let lemma = doc.lemma(t);
        // « a fait l'objet d'une enquête », « met l'accent sur … »
        let phrase = grammar.phrase_objects.iter().any(|p| p.split_once(' ') == Some((lemma, doc.lemma(o))));
        let article = |d: TokenId| phrase && matches!(doc.lemma(d), "le" | "un") && doc.relation(d) == "det";
        let alone = doc.dependents(o).iter().all(|&d| (d > o || article(d)) && doc.relation(d) != "amod");
        let light = doc.meta.lang == Lang::Fr
            || has(&grammar.weak_verbs, lemma)
            || has(&grammar.support_verbs, lemma)
            || has(&grammar.light_verbs, lemma);
        near && light && common && alone && self.args.quantity_at(o).is_none()
    }

    /// What is done to: participants, or else the quantity that stands in their place.
    pub(super) fn objects(&mut self, f: Found) -> Vec<Arg> {
        let tree = self.args.tree;
        let counted = self.args.quantity_at(f.at);
        let mut out = self.args.participants(f);
        // "had attempts, but none crossing the line"
        if matches!(tree.doc.lemma(f.at), "none" | "nothing" | "nobody" | "rien" | "personne")
            && tree.doc.upos(f.at) == Upos::Pron
        {
            return Vec::new();
        }
        // « autant que 200 millions d'étoiles »
        let compared = |q: &&QuantityExpr| {
            let before = q.tokens.start.checked_sub(1).map(|b| tree.doc.form(TokenId(b)));
            before.is_some_and(|b| matches!(b, "que" | "qu'" | "qu’" | "than"))
        };
        if counted.filter(compared).is_some() {
            return Vec::new();
        }
        let measure = counted.filter(|q| q.tokens.range().contains(&q.noun.0));
        out.retain(|o| measure.is_none() || self.is_agent(o));
        // « à 15 heures »
        let plain = !self.args.is_time(f.at) && !tree.deps(f.at).iter().any(|&d| tree.doc.relation(d) == "mark");
        // « née il y a trois milliards d'années »: how long ago, not what.
        let ago = |q: &&QuantityExpr| {
            let before = q.tokens.start.checked_sub(1).map(|b| tree.doc.form(TokenId(b)));
            before == Some("a") && tree.doc.meta.lang == Lang::Fr && q.tokens.start > 2
        };
        if self.is_hour(f.at) {
            return Vec::new();
        }
        let timely = |q: &&QuantityExpr| has(&tree.grammar.empty_nouns, tree.doc.lemma(q.noun));
        if counted.filter(ago).filter(timely).is_some() {
            return Vec::new();
        }
        let measured = |q: &&QuantityExpr| {
            let times = ["second", "minute", "hour", "day", "week", "month", "year"];
            match q.value.unit.as_deref() {
                Some(unit) => !times.contains(&unit),
                None => q.value.value != Some(1.0),
            }
        };
        // « 20 ans de prison », "ten years of imprisonment": what is measured in time is no time.
        let term = counted.filter(|q| q.value.unit.is_some() && out.is_empty() && plain && !measured(q));
        if let Some(words) = term.and_then(|q| self.share_words(f.at, q)) {
            out.push(words);
            return out;
        }
        // « 46 % des dégâts », "56 percent of the market": a share of something
        let share = counted.filter(|q| q.value.unit.as_deref() == Some("percent") && out.is_empty() && plain);
        if let Some(words) = share.and_then(|q| self.share_words(f.at, q)) {
            out.push(words);
            return out;
        }
        if let (true, Some(q)) = (out.is_empty() && plain, counted.filter(measured)) {
            let what = What::Quantity(q.value.clone());
            out.push(Arg { what, span: Some(q.value.span), head: Some(q.noun), sure: f.sure * 0.95 });
        }
        out
    }

    /// « à 8 h 15 heure de Pékin »: the end of a time of day.
    pub(super) fn is_hour(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let before = self.args.quantity_at(t).and_then(|q| q.tokens.start.checked_sub(1));
        before.is_some_and(|b| matches!(doc.form(TokenId(b)), "h" | "heure" | "heures"))
    }

    /// "provide X with Y": Y.
    pub(super) fn provided(&self, t: TokenId) -> Option<Found> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let gives = matches!(doc.lemma(t), "provide" | "supply" | "furnish" | "present");
        let with = |&d: &TokenId| d > t && tree.preposition(d).as_deref() == Some("with");
        let direct = doc.dependents(t).iter().any(|&d| doc.relation(d) == "obj" && d > t);
        let above = |&o: &TokenId| doc.relation(o) == "obj" && o > t;
        let object = doc.dependents(t).iter().copied().find(above);
        let inner = object.and_then(|o| doc.dependents(o).iter().copied().find(|d| d > &o && with(d)));
        let given = doc.dependents(t).iter().copied().find(with).or(inner).filter(|_| gives && direct)?;
        super::super::syntax::found(given, 0.95)
    }

    /// The words of a share with what it is a share of, up to a comma or a clause.
    fn share_words(&self, at: TokenId, q: &QuantityExpr) -> Option<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let of = |&d: &TokenId| {
            d > at && doc.relation(d) == "nmod" && matches!(tree.preposition(d).as_deref(), Some("of" | "de" | "d'"))
        };
        let of = doc.dependents(at).iter().copied().find(of)?;
        let whole = doc.subtree(of);
        let stop =
            |t: TokenId| doc.upos(t) == Upos::Punct || matches!(doc.relation(t), "acl" | "appos" | "conj" | "cc");
        let end = (of.0 + 1..whole.end).find(|&t| stop(TokenId(t))).unwrap_or(whole.end);
        Some(self.words_arg(Span::new(q.tokens.start.min(at.0), end), at))
    }

    /// « mettre en danger », "bring to light": a bare noun with its preposition is part of the predicate.
    pub(super) fn bound_phrase(&self, t: TokenId) -> Option<String> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let light = has(&tree.grammar.weak_verbs, doc.lemma(t)) || has(&tree.grammar.phrase_verbs, doc.lemma(t));
        doc.dependents(t).iter().copied().filter(|&d| light && d > t).find_map(|d| {
            let p = tree.preposition(d).filter(|p| has(&tree.grammar.phrase_prepositions, p))?;
            // « mettre au point »: « au » is one word.
            let case = doc.dependents(d).iter().copied().find(|&c| doc.relation(c) == "case");
            let article =
                |c: TokenId| doc.relation(c) == "det" && case.is_some_and(|k| doc.token_span(k) == doc.token_span(c));
            let own = doc.dependents(d).iter().filter(|&&c| !article(c)).count();
            let bare = own == 1 && doc.upos(d) == Upos::Noun && !self.args.is_time(d);
            let start = doc.subtree(d).start;
            let adverbs = (t.0 + 1..start).all(|i| doc.upos(TokenId(i)) == Upos::Adv);
            let near = start > t.0 && start <= t.0 + 3 && adverbs && doc.feat(d, "Number") != Some("Plur");
            (bare && near).then(|| format!("{p}-{}", doc.lemma(d)))
        })
    }

    /// "led the crane to fall": with verbs of causing, what somebody is made to do is the object.
    pub(super) fn object_and_infinitive(&self, t: TokenId) -> Option<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        if !has(&tree.grammar.causing_verbs, doc.lemma(t)) {
            return None;
        }
        let behind = |rel: &str| doc.dependents(t).iter().copied().find(|&d| d > t && doc.relation(d) == rel);
        let (o, x) = (behind("obj")?, behind("xcomp")?);
        let (from, to) = (doc.subtree(o).start, doc.subtree(x).end);
        let joined = tree.is_verbal(x) && o < x && doc.subtree(o).end <= doc.subtree(x).start && from > t.0;
        let end = (from..to).rev().find(|&i| doc.upos(TokenId(i)) != Upos::Punct)? + 1;
        joined.then(|| self.words_arg(Span::new(from, end), x))
    }

    /// « a remis le prix à X », "won the award from X": who else takes part, bound by a preposition.
    pub(super) fn receiver(&mut self, hit: Hit, name: &str, subjects: &[Arg], direct: &[Arg]) {
        let tree = self.args.tree;
        let doc = tree.doc;
        if let Some((preposition, mut objects)) = self.oblique(hit.at, None) {
            objects.retain(|o| {
                let bound = o.head.is_some_and(|h| {
                    doc.head(h) == Some(hit.at) && (doc.meta.lang == Lang::En || doc.deprel(h) != "obl:mod")
                });
                bound && self.is_agent(o) && !direct.iter().any(|d| d.entity() == o.entity())
            });
            if has(&tree.grammar.receiver_prepositions, &preposition) {
                self.pairs(hit, &format!("{name}-{preposition}"), "open-oblique", subjects, &objects);
            }
        }
    }

    /// The words of a clause or predicate that completes the verb: « a vérifié que … », « est devenu maire ».
    pub(super) fn complement_clause(&mut self, t: TokenId) -> Option<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let weak = has(&tree.grammar.weak_verbs, doc.lemma(t));
        // « les photos ont permis de recenser … »
        let allows = doc.lemma(t) == "permettre";
        let d = doc.dependents(t).iter().copied().find(|&d| {
            let completes = !weak || allows || !tree.is_verbal(d);
            d > t && (doc.relation(d) == "ccomp" || doc.relation(d) == "xcomp" && completes)
        })?;
        // « a organisé une réunion, … il a affirmé »: a French clause begins with « que ».
        let marked = |&m: &TokenId| matches!(doc.relation(m), "mark" | "advmod") && m.0 <= d.0;
        let finite = crate::verbs::finite(doc, d).is_some() && doc.relation(d) == "ccomp";
        if doc.meta.lang == Lang::Fr && finite && !doc.dependents(d).iter().any(marked) {
            return None;
        }
        // « recommandent à leurs citoyens de rester »: those told may stand between.
        let start = doc.subtree(d).start;
        let told = |&b: &TokenId| matches!(doc.relation(b), "obl" | "iobj" | "advmod") && doc.subtree(b).end == start;
        let near = start <= t.0 + 3 || doc.dependents(t).iter().any(told) && start <= t.0 + 9;
        if weak && tree.is_verbal(d) && !allows || !near {
            return None;
        }
        self.text_arg(d)
    }

    /// What a preposition binds to the verb at `t`: things and persons before places.
    pub(super) fn oblique(&mut self, t: TokenId, bare: Option<TokenId>) -> Option<(String, Vec<Arg>)> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut settings = None;
        let mut phrases: Vec<(String, TokenId)> = doc
            .dependents(t)
            .iter()
            .filter(|&&d| doc.relation(d) == "iobj" && tree.preposition(d).is_none())
            .map(|&d| (if doc.form(d) == "dont" { "de".to_owned() } else { tree.grammar.to.clone() }, d))
            .collect();
        phrases.extend(tree.prepositional(t));
        if let Some(b) = bare {
            phrases.extend(tree.prepositional(b));
        }
        for (p, d) in phrases {
            let binds = has(&tree.grammar.open_prepositions, &p);
            let behind = d > t || doc.upos(d) == Upos::Pron;
            let hour =
                |i: TokenId| matches!(doc.form(i), "h" | "heures" | "UTC" | "GMT" | "a.m." | "p.m." | "am" | "pm");
            let clock = doc.tokens_in(doc.subtree(d)).take(8).any(hour)
                && doc.tokens_in(doc.subtree(d)).any(|i| doc.upos(i) == Upos::Num)
                || doc.form(d).starts_with(|c: char| c.is_ascii_digit()) && doc.form(d).contains([':', 'h', 'm']);
            let other = !matches!(doc.relation(d), "obl" | "iobj" | "nmod") || self.args.is_time(d) || clock;
            // « au terme de la cérémonie »: the noun is part of the preposition.
            let complex = has(&tree.grammar.complex_prepositions, doc.lemma(d));
            if !binds || !behind || other || complex {
                continue;
            }
            let nominal = tree.is_nominal(d);
            let given = |c: &TokenId| matches!(doc.relation(*c), "det" | "nummod");
            let bare = doc.upos(d) == Upos::Noun && !doc.dependents(d).iter().any(given);
            // « changer de trajectoire », « manquer de moyens »
            let argument = p == tree.grammar.of && doc.head(d) == Some(t) && d.0 <= t.0 + 3 && d > t;
            if nominal && bare && doc.meta.lang == Lang::Fr && !argument {
                continue;
            }
            let objects = match tree.resolve_relative(t, d, 1.0) {
                Some(f) => self.objects(f),
                None => continue,
            };
            if objects.is_empty() {
                continue;
            }
            let name = p.replace(' ', "-");
            if self.is_setting(d) {
                settings.get_or_insert((name, objects));
            } else {
                return Some((name, objects));
            }
        }
        settings
    }

    /// Whether an oblique says where or when something happens.
    fn is_setting(&mut self, d: TokenId) -> bool {
        let place = self.args.participant_known(d).and_then(|a| a.entity()).map(|e| self.args.kind(e));
        matches!(place, Some(EntityType::Place | EntityType::Country | EntityType::Event))
    }
}
