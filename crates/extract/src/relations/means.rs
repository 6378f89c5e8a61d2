//! With what a deed is done: the words of a weapon, a tool or a vehicle.

use super::args::Args;
use super::grammar::has;
use temoin_model::{Char, EntityType, Span, TokenId, Upos};

impl Args<'_> {
    /// With what the deed at `t` is done: the words of a weapon, a tool or a vehicle behind a preposition of
    /// means (« au couteau », « à coups de hache », "with a knife"), or of any noun behind « à l'aide de ».
    pub(super) fn means_of(&self, t: TokenId, taken: [Option<TokenId>; 2]) -> Option<Span<Char>> {
        let tree = self.tree;
        let doc = tree.doc;
        let grammar = tree.grammar;
        let tool = |d: TokenId| has(&grammar.instruments, doc.lemma(d));
        let bodies = [EntityType::Person, EntityType::Organization, EntityType::Group, EntityType::Country];
        let thing = |d: TokenId| {
            let known = self.layer.mention_at(d).map(|m| self.kind(self.layer.mentions[m.0 as usize].entity));
            !known.is_some_and(|k| bodies.contains(&k)) && !self.is_time(d)
        };
        // « des tirs à l'arme lourde »: what hangs on the object right behind the verb may be the deed's.
        let object = doc.dependents(t).iter().copied().filter(|&d| doc.relation(d) == "obj" && d > t);
        // « l'attaque à la voiture piégée a fait dix morts »: what hangs on the event that does it is its means too.
        let hosts: Vec<TokenId> = std::iter::once(t).chain(object).chain(taken[0]).collect();
        // « à l'aide d'un tournevis », "by means of a screwdriver"
        let inside = |d: TokenId| {
            let opener = matches!(doc.lemma(d), "aide" | "moyen" | "means" | "help") && !tool(d);
            let of = |&x: &TokenId| x > d && tree.preposition(x).as_ref() == Some(&grammar.of) && tree.is_nominal(x);
            let tools = doc.dependents(d).iter().copied().find(of).filter(|&x| opener && thing(x))?;
            let exact = doc.lemma(d) != "help" && !matches!(tree.preposition(d).as_deref(), Some("avec" | "sans"));
            (exact || tool(tools)).then_some(tools)
        };
        let phrase = hosts.iter().find_map(|&h| {
            tree.prepositional(h).into_iter().filter(|&(_, d)| d > h && tree.is_nominal(d)).find_map(|(p, d)| {
                if let Some(x) = inside(d) {
                    return Some(x);
                }
                let opened = has(&grammar.means_openers, &p);
                let plain = has(&grammar.means_prepositions, &p) && tool(d);
                // Vehicles carry those who go in them: with « à », « par », "with" they are means, « en voiture » no.
                let carried = matches!(p.as_str(), "en" | "in") || p == "de" && doc.lemma(d) != "coup";
                ((opened || plain && !carried) && thing(d) && !taken.contains(&Some(d))).then_some(d)
            })
        });
        // "killed him using a knife"
        let using =
            |&d: &TokenId| matches!(doc.relation(d), "advcl" | "acl") && matches!(doc.form(d), "using" | "utilisant");
        let used = || {
            let u = hosts.iter().find_map(|&h| doc.dependents(h).iter().copied().find(using))?;
            doc.dependents(u).iter().copied().find(|&o| doc.relation(o) == "obj" && o > u && thing(o))
        };
        let at = phrase.or_else(used)?;
        let whole = doc.subtree(at);
        let stop = |i: u32| {
            let d = TokenId(i);
            let other = doc.upos(d) == Upos::Adp && !matches!(doc.lemma(d), "de" | "of");
            doc.upos(d) == Upos::Punct
                || other
                || self.is_time(d)
                || i > at.0 && matches!(doc.relation(d), "acl" | "cc" | "appos")
        };
        let end = (at.0 + 1..whole.end).find(|&i| stop(i)).unwrap_or(whole.end);
        // « arme à feu »
        let word = |i: u32| if (i as usize) < doc.len() { doc.form(TokenId(i)) } else { "" };
        let end = if word(at.0 + 1) == "à" && word(at.0 + 2) == "feu" { end.max(at.0 + 3) } else { end };
        // Neither the preposition nor an article written in one word with it: « au couteau ».
        let lead = |i: u32| {
            let contracted = !doc.slice(doc.token_span(TokenId(i))).eq_ignore_ascii_case(doc.form(TokenId(i)));
            contracted || matches!(doc.relation(TokenId(i)), "case" | "mark" | "fixed")
        };
        let start = (whole.start..at.0).rev().take_while(|&i| !lead(i)).last().unwrap_or(at.0);
        Some(doc.char_span(Span::new(start, end)))
    }
}
