//! Open relations: verbs and predicates that no frame knows, named by their own words.
//!
//! A verb gives `open:LEMMA` for what it is done to directly, `open:LEMMA-PREPOSITION` for what a
//! preposition binds to it, and `open:LEMMA` with words for what somebody does alone, says or becomes.

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::{Pos, Role};
use super::grammar::has;
use super::inventory::RelationKind;
use super::syntax::{Found, Voice};
use crate::entities::{Lexicon, NounClass};
use crate::quantity::QuantityExpr;
use temoin_model::{EntityType, Lang, Span, Tok, TokenId, Upos};

/// Shares of right claims, as read on development articles.
const DIRECT: f64 = 0.85;
const BOUND: f64 = 0.8;
const ALONE: f64 = 0.8;
/// Most words of a predicate that is kept as words.
const MAX_PREDICATE: u32 = 30;

/// The lemma; a French participle in « -é » has one in « -er », whatever was guessed.
fn regular_lemma(lang: Lang, form: &str, lemma: &str) -> String {
    let form = form.to_lowercase();
    if form == "born" {
        return "be-born".to_owned();
    }
    let stem = ["ées", "és", "ée", "é"].iter().find_map(|e| form.strip_suffix(e));
    match stem {
        Some(stem) if lang == Lang::Fr && stem.chars().count() > 2 => format!("{stem}er"),
        _ => lemma.to_owned(),
    }
}

/// Whether a lemma looks like a verb, not like a guess at a foreign or misread word.
fn is_lemma(lang: Lang, lemma: &str) -> bool {
    let ending = lang != Lang::Fr || ["er", "ir", "re"].iter().any(|e| lemma.ends_with(e));
    ending && lemma.len() > 2 && lemma.chars().all(|c| c.is_alphabetic() && !c.is_uppercase() || c == '-')
}

impl Engine<'_> {
    /// Claims `open:…` of the word at `t`, where no frame gave one.
    pub(super) fn open_relation(&mut self, t: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let before = self.claims.len();
        if matches!(doc.relation(t), "appos" | "conj" | "list") && doc.upos(t) != Upos::Verb {
            self.apposition(t);
        }
        if self.claims.len() > before || doc.relation(t) == "appos" {
            return;
        }
        if let Some(copula) = tree.dep(t, "cop") {
            return self.predicative(t, copula);
        }
        if matches!(doc.lemma(t), "avoir" | "be") {
            let before = self.claims.len();
            self.existential(t);
            if self.claims.len() > before {
                return;
            }
        }
        let Some(name) = self.verb_name(t) else { return };
        let reflexive = tree.reflexive(t).is_some();
        let subject = if reflexive { tree.surface_subject(t) } else { tree.logical_subject(t) };
        let Some(subject) = subject else {
            self.args.lenient = true;
            self.agentless(t, &name);
            self.args.lenient = false;
            return;
        };
        // English participles and infinitives are often somebody else's: only what has its own subject.
        // "pleaded with him to …": the infinitive may be somebody else's.
        let told = |&d: &TokenId| {
            matches!(tree.preposition(d).as_deref(), Some("with" | "on" | "for" | "to")) && doc.relation(d) == "obl"
        };
        let governor = doc.head(t).filter(|&h| doc.relation(t) == "xcomp" && doc.head(subject.at) == Some(h));
        let controlled = governor.is_some_and(|h| !doc.dependents(h).iter().any(told));
        let own =
            doc.head(subject.at) == Some(t) || doc.relation(t) == "conj" || doc.deprel(t) == "acl:relcl" || controlled;
        if doc.meta.lang == Lang::En && !own {
            return;
        }
        self.args.lenient = true;
        self.open_claims(t, name, subject);
        self.args.lenient = false;
    }

    fn open_claims(&mut self, t: TokenId, mut name: String, subject: Found) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let mut subjects = self.args.participants(subject);
        if subjects.is_empty() && doc.feat(subject.at, "Poss") == Some("Yes") {
            subjects = self.earlier_topic(t);
        }
        // « on a trouvé un corps »: somebody did.
        let somebody = doc.meta.lang == Lang::Fr && doc.form(subject.at).eq_ignore_ascii_case("on");
        if somebody && doc.head(subject.at) == Some(t) {
            subjects = vec![Arg { what: What::Unknown, span: None, head: None, sure: 0.9 }];
        }
        // "it" stands for too much.
        subjects.retain(|s| s.head.is_none_or(|h| doc.lemma(h) != "it"));
        let existential = |&d: &TokenId| doc.form(d).eq_ignore_ascii_case("y");
        if subjects.is_empty() || doc.lemma(t) == "avoir" && doc.dependents(t).iter().any(existential) {
            return;
        }
        let active = tree.reflexive(t).is_some() || tree.voice(t) == Voice::Active;
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        let shows = tree.reflexive(t).is_some() && has(&tree.grammar.reflexive_copulas, doc.lemma(t));
        if shows || has(&tree.grammar.copular_verbs, doc.lemma(t)) {
            return self.becomes(hit, &name, &subjects);
        }
        // « n'a perdu qu'un combat, et l'or était son but » with the rest for a clause of « perdu »
        if tree.is_restricted_clause(t) {
            return;
        }
        let infinitive = |&&d: &&TokenId| d > t && doc.relation(d) == "xcomp" && tree.is_verbal(d);
        let phase = has(&tree.grammar.phase_verbs, doc.lemma(t)) && doc.lemma(t) != "permettre";
        if phase && doc.dependents(t).iter().find(infinitive).is_some() {
            return;
        }
        let direct =
            tree.logical_object(t).filter(|f| f.at != subject.at && !self.is_hour(f.at) && !self.args.is_time(f.at));
        // « crie « c'est pour la Syrie » »: the words, not what they name.
        let quoted = matches!(self.form_at(t.0 + 1), "«" | "“") && direct.is_some_and(|f| f.at > t);
        if let Some(words) = self.quoted_behind(t).filter(|_| quoted) {
            return self.pairs(hit, &name, "open-clause", &subjects, &[words]);
        }
        // « s'est tenue à Yokohama » says enough.
        let held = doc.lemma(t) == "tenir" && tree.reflexive(t).is_some();
        let weak = has(&tree.grammar.weak_verbs, doc.lemma(t)) && !held;
        let mut objects = direct.map_or_else(Vec::new, |f| self.objects(f));
        if let Some(given) = self.provided(t) {
            // "provide the user with protection": what is given, and to whom.
            let to = format!("{name}-{}", tree.grammar.to);
            let given = self.objects(given);
            self.pairs(hit, &name, "open", &subjects, &given);
            objects.retain(|o| self.is_agent(o));
            if !given.is_empty() {
                self.pairs(hit, &to, "open-oblique", &subjects, &objects);
            }
            return;
        }
        if let (true, Some(f)) = (active, direct.filter(|f| self.is_bare(t, f.at))) {
            // « avoir lieu », « prendre part à », "take place": verb and noun are one predicate.
            name = format!("{name}-{}", doc.lemma(f.at).to_lowercase());
            objects.clear();
        } else if weak && (objects.is_empty() || !has(&tree.grammar.support_verbs, doc.lemma(t))) {
            return;
        }
        if let Some(words) = active.then(|| self.object_and_infinitive(t)).flatten() {
            return self.pairs(hit, &name, "open-clause", &subjects, &[words]);
        }
        // « une branche considérée comme hérétique par certains »: what they consider is not the branch.
        if !active && self.is_seen_as(t) {
            return;
        }
        if !objects.is_empty() {
            if let Some(bound) = self.bound_phrase(t) {
                name = format!("{name}-{bound}");
            }
            self.pairs(hit, &name, "open", &subjects, &objects);
            return self.receiver(hit, &name, &subjects, &objects);
        }
        // "what the flag should mean on the site"
        let asked = doc.dependents(t).iter().any(|&d| d < t && doc.form(d).eq_ignore_ascii_case("what"));
        if asked || somebody || !active && direct.is_none() {
            return;
        }
        let verbal = direct.filter(|f| !self.is_bare(t, f.at));
        if verbal.is_some() {
            return;
        }
        let clausal = |&&d: &&TokenId| matches!(doc.relation(d), "ccomp" | "xcomp") && d > t;
        if direct.is_none() && active && doc.dependents(t).iter().any(|d| clausal(&d)) {
            let work = |s: &Self, a: &Arg| a.entity().is_some_and(|e| s.args.kind(e) == EntityType::Work);
            let allows = doc.lemma(t) == "permettre";
            let speaks = |s: &&Arg| self.is_agent(s) || work(self, s) || allows;
            let agents: Vec<Arg> = subjects.iter().filter(speaks).cloned().collect();
            if let Some(content) = self.complement_clause(t) {
                self.pairs(hit, &name, "open-clause", &agents, &[content]);
            }
            return;
        }
        if direct.is_none() && active && tree.reflexive(t).is_none() && self.needs_object(t) {
            return;
        }
        if let Some((preposition, objects)) = self.oblique(t, direct.map(|f| f.at)) {
            let name = format!("{name}-{preposition}");
            return self.pairs(hit, &name, "open-oblique", &subjects, &objects);
        }
        self.intransitive(hit, &name, &subjects);
    }

    /// What an open relation of the verb at `t` is called, unless it says too little.
    fn verb_name(&self, t: TokenId) -> Option<String> {
        let tree = self.args.tree;
        let doc = tree.doc;
        // « quitte le pouvoir suivant la Constitution »: a preposition.
        let inner = matches!(doc.relation(t), "acl" | "advcl");
        // « se défend le cabinet de M. Petit concernant l'aînée »: no person concerns anything.
        let name = t.0.checked_sub(1).is_some_and(|b| doc.upos(TokenId(b)) == Upos::Propn);
        let preposition = inner && (doc.form(t) == "suivant" || doc.form(t) == "concernant" && name);
        if doc.upos(t) != Upos::Verb || preposition && doc.meta.lang == Lang::Fr || tree.is_counted_participle(t) {
            return None;
        }
        let lemma = doc.lemma(t);
        let mut name = if has(&tree.grammar.weak_verbs, lemma) {
            lemma.to_owned()
        } else {
            regular_lemma(doc.meta.lang, doc.form(t), lemma)
        };
        // « n'importe quel chauffeur », « son permis de conduire »: no verbs.
        let before = |k: u32| t.0.checked_sub(k).map_or("", |b| doc.form(TokenId(b)));
        let any = name == "importer" && matches!(before(1), "n'" | "n’");
        // « ne s'est pas fait attendre »
        let awaited = name == "attendre" && doc.dependents(t).iter().any(|&d| doc.deprel(d) == "aux:caus");
        if any || awaited || before(1) == "de" && matches!(before(2), "permis" | "mode" | "droit") {
            return None;
        }
        let lone = has(&tree.grammar.reflexive_only, &name) && tree.reflexive(t).is_none();
        if lone || !is_lemma(doc.meta.lang, &name) {
            return None;
        }
        // « faire contribuer les citoyens »: who makes them do it does not.
        if doc.dependents(t).iter().any(|&d| doc.deprel(d) == "aux:caus" && doc.lemma(d) == "faire" && d < t)
            && tree.voice(t) == Voice::Active
            && tree.made_to(t).is_none()
        {
            return Some(format!("faire-{name}"));
        }
        if tree.reflexive(t).is_some() {
            name = format!("se-{name}");
        }
        // "carry out"
        if let Some(p) = doc.dependents(t).iter().copied().find(|&d| doc.deprel(d) == "compound:prt") {
            name = format!("{name}-{}", doc.lemma(p).to_lowercase());
        }
        Some(name)
    }

    /// Whether the object at `o` is a noun without a determiner right behind its verb.
    fn is_bare(&self, t: TokenId, o: TokenId) -> bool {
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
    fn objects(&mut self, f: Found) -> Vec<Arg> {
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
    fn is_hour(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let before = self.args.quantity_at(t).and_then(|q| q.tokens.start.checked_sub(1));
        before.is_some_and(|b| matches!(doc.form(TokenId(b)), "h" | "heure" | "heures"))
    }

    /// "provide X with Y": Y.
    fn provided(&self, t: TokenId) -> Option<Found> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let gives = matches!(doc.lemma(t), "provide" | "supply" | "furnish" | "present");
        let with = |&d: &TokenId| d > t && tree.preposition(d).as_deref() == Some("with");
        let direct = doc.dependents(t).iter().any(|&d| doc.relation(d) == "obj" && d > t);
        let above = |&o: &TokenId| doc.relation(o) == "obj" && o > t;
        let object = doc.dependents(t).iter().copied().find(above);
        let inner = object.and_then(|o| doc.dependents(o).iter().copied().find(|d| d > &o && with(d)));
        let given = doc.dependents(t).iter().copied().find(with).or(inner).filter(|_| gives && direct)?;
        super::syntax::found(given, 0.95)
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

    /// One claim for each pair that an open relation may join.
    fn pairs(&mut self, hit: Hit, name: &str, rule: &str, subjects: &[Arg], objects: &[Arg]) {
        let predicate = format!("open:{name}");
        let reliability = match rule {
            "open-oblique" => BOUND,
            "open-intransitive" => ALONE,
            _ => DIRECT,
        };
        for s in subjects {
            for o in objects {
                if self.joins(hit.at, s, o) {
                    let count = o.entity().and(o.head).and_then(|h| self.args.quantity_at(h));
                    let count = count.map(|q| q.value.clone());
                    // « se sont massés devant le tribunal »: what a preposition binds is not done to.
                    let words = Arg { what: What::Unknown, span: None, head: None, sure: 1.0 };
                    let patient = if rule == "open-oblique" { &words } else { o };
                    let count = count.or_else(|| self.subject_count(RelationKind::Event, s, patient));
                    self.claim(hit, &predicate, rule, reliability, s, o, count);
                }
            }
        }
    }

    /// Names and agents are worth a claim; things only where both stand right at the verb.
    fn joins(&self, t: TokenId, s: &Arg, o: &Arg) -> bool {
        let doc = self.args.tree.doc;
        let at_verb = |a: &Arg| a.sure >= if a.head.is_some_and(|h| doc.head(h) == Some(t)) { 0.95 } else { 0.9 };
        let known = |a: &Arg| self.is_named(a) || self.is_agent(a);
        known(s) || known(o) && at_verb(s) || at_verb(s) && (at_verb(o) || o.entity().is_none())
    }

    /// « mettre en danger », "bring to light": a bare noun with its preposition is part of the predicate.
    fn bound_phrase(&self, t: TokenId) -> Option<String> {
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

    /// The word at a place, nothing behind the end.
    fn form_at(&self, i: u32) -> &str {
        let doc = self.args.tree.doc;
        if (i as usize) < doc.len() { doc.form(TokenId(i)) } else { "" }
    }

    /// « Il y a eu un mouvement de foule », "there are fears of …": what there is.
    fn existential(&mut self, t: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let there = |&d: &TokenId| {
            doc.relation(d) == "expl"
                && (doc.form(d).eq_ignore_ascii_case("y") || doc.form(d).eq_ignore_ascii_case("there"))
        };
        let finite = crate::verbs::finite(doc, t).is_some();
        if !finite || !doc.dependents(t).iter().any(there) {
            return;
        }
        let (rel, name) = if doc.meta.lang == Lang::Fr { ("obj", "open:y-avoir") } else { ("nsubj", "open:there-be") };
        let what = doc.dependents(t).iter().copied().find(|&d| d > t && doc.relation(d) == rel && tree.is_nominal(d));
        let Some(f) = what.filter(|&w| !self.args.is_time(w)).and_then(|w| super::syntax::found(w, 0.95)) else {
            return;
        };
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.95 };
        for o in self.args.participants(f) {
            let count = o.head.and_then(|h| self.args.quantity_at(h)).map(|q| q.value.clone());
            self.claim(hit, name, "open-existential", BOUND, &unknown, &o, count);
        }
    }

    /// Whether a verb says too little where its object was not found: « la frappe a tué ».
    fn needs_object(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let lemma = doc.lemma(t);
        let entries = self.relations.entries(doc.meta.lang, Pos::Verb, lemma, doc.form(t));
        let frames = entries.into_iter().flatten().map(|&(f, _)| &self.relations.frames[f]);
        let mut known = frames.filter(|f| !f.objectless).peekable();
        let framed = known.peek().is_some() && known.all(|f| f.object.contains(&Role::Object));
        // Nobody else does it: "born".
        // « sont montés dans un bus »: with « être » nothing is mounted.
        let moved = has(&self.args.tree.grammar.etre_verbs, lemma)
            && doc.dependents(t).iter().any(|&d| doc.relation(d) == "aux" && doc.lemma(d) == "être");
        (framed || super::grammar::is_transitive(doc.meta.lang, lemma)) && doc.form(t) != "born" && !moved
    }

    /// "led the crane to fall": with verbs of causing, what somebody is made to do is the object.
    fn object_and_infinitive(&self, t: TokenId) -> Option<Arg> {
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
    fn receiver(&mut self, hit: Hit, name: &str, subjects: &[Arg], direct: &[Arg]) {
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
    fn complement_clause(&mut self, t: TokenId) -> Option<Arg> {
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
    fn oblique(&mut self, t: TokenId, bare: Option<TokenId>) -> Option<(String, Vec<Arg>)> {
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

    /// « Le ministre a réagi »: what somebody does or undergoes without anybody else, in a finite clause
    /// of its own; the object is the verb group's words.
    fn intransitive(&mut self, hit: Hit, name: &str, subjects: &[Arg]) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let clause = |d: TokenId| matches!(doc.relation(d), "ccomp" | "xcomp" | "csubj");
        let object =
            |d: TokenId| doc.relation(d) == "obj" && tree.reflexive(hit.at) != Some(d) && !self.args.is_time(d);
        let bare = !doc.dependents(hit.at).iter().any(|&d| clause(d) || object(d) && !self.is_bare(hit.at, d));
        // « continue à monter »
        let phase = doc
            .head(hit.at)
            .filter(|&h| doc.relation(hit.at) == "xcomp" && has(&tree.grammar.phase_verbs, doc.lemma(h)));
        let finite = crate::verbs::finite(doc, phase.unwrap_or(hit.at)).is_some();
        // « ne sortent plus sans un masque » denies the mask's lack, not the going out.
        let lacking = |&d: &TokenId| matches!(tree.preposition(d).as_deref(), Some("sans" | "without"));
        let denied = doc.dependents(hit.at).iter().any(|&d| doc.feat(d, "Polarity") == Some("Neg"));
        // « a déclaré » alone says nothing.
        let says = has(&tree.grammar.saying, doc.lemma(hit.at)) && tree.voice(hit.at) == Voice::Active;
        if !bare || !finite || says || denied && doc.dependents(hit.at).iter().any(lacking) {
            return;
        }
        let text = doc.words(self.trigger_span(hit));
        let object = Arg { what: What::Text(text), span: None, head: None, sure: 0.95 };
        self.pairs(hit, name, "open-intransitive", subjects, &[object]);
    }

    /// « est devenu maire », « reste en vigilance »: a verb that says what somebody is.
    fn becomes(&mut self, hit: Hit, name: &str, subjects: &[Arg]) {
        let doc = self.args.tree.doc;
        let end = doc.sentence(doc.sentence_of(hit.at)).end;
        let Some(words) = self.predicate_words(hit.at, hit.at).filter(|w| w.end <= end) else { return };
        // « risque de s'avérer coûteux »
        let grammar = self.args.tree.grammar;
        let phase =
            doc.head(hit.at).filter(|&h| doc.relation(hit.at) == "xcomp" && has(&grammar.phase_verbs, doc.lemma(h)));
        if crate::verbs::finite(doc, phase.unwrap_or(hit.at)).is_none() {
            return;
        }
        let object = self.words_arg(words, hit.at);
        self.pairs(hit, name, "open-predicate", subjects, &[object]);
    }

    /// « Les résultats sont bons »: what something is said to be, in words.
    fn predicative(&mut self, t: TokenId, copula: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let nominal = tree.is_nominal(t) || matches!(doc.upos(t), Upos::Adj | Upos::Num);
        let finite = crate::verbs::finite(doc, t).is_some();
        let neuter = |s: TokenId| matches!(doc.lemma(s), "it" | "this" | "that" | "ce" | "cela" | "ça" | "ceci");
        let named = |&s: &TokenId| nominal && finite && s < copula && !neuter(s);
        let Some(subject) = tree.own_subject(t).filter(named) else { return };
        let Some(f) = tree.resolve_relative(t, subject, 1.0) else { return };
        self.args.lenient = true;
        let subjects = self.args.participants(f);
        self.args.lenient = false;
        let Some(words) = self.predicate_words(t, copula) else { return };
        let span = doc.char_span(words);
        let text = doc.words(span);
        // « est de 330 mètres »
        let measure = self.args.quantity_at(t).filter(|q| q.tokens.range().contains(&t.0) && q.tokens.end >= words.end);
        let object = match measure {
            Some(q) => Arg { what: What::Quantity(q.value.clone()), span: Some(q.value.span), head: None, sure: 1.0 },
            None => Arg { what: What::Text(text), span: Some(span), head: None, sure: 1.0 },
        };
        let hit = Hit { at: t, complement: Some(copula), pos: Pos::Verb };
        let name = format!("open:{}", doc.lemma(copula));
        for s in &subjects {
            self.claim(hit, &name, "open-predicate", DIRECT, s, &object, None);
        }
    }

    /// « Insurgency Wiki, un site de … »: what a noun behind a name and a comma says that it is.
    fn apposition(&mut self, t: TokenId) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let (class, _) = Lexicon::of(doc).noun(doc.lemma(t), doc.form(t));
        // « X, astronome à l'Observatoire »: what people are needs no article.
        let bare = (class.has(NounClass::PERSON) || class.has(NounClass::ORG)) && doc.meta.lang == Lang::Fr;
        let common =
            doc.upos(t) == Upos::Noun || doc.form(t).starts_with(char::is_lowercase) || class.has(NounClass::PERSON);
        let singular = common && doc.feat(t, "Number") != Some("Plur");
        let given = doc.dependents(t).iter().any(|&d| doc.feat(d, "PronType") == Some("Art") && d < t);
        let listed = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "conj" | "cc"));
        let clause = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "cop" | "nsubj"));
        // « Dans les Yvelines, un centre a été évacué » with the centre for an apposition of the place
        let above = doc.head(t).filter(|&h| doc.relation(t) == "appos" && doc.relation(h) == "nsubj");
        if above.is_some_and(|h| tree.preposition(h).is_some()) {
            return;
        }
        if clause || !singular || !(given || bare) || listed && given || self.args.is_time(t) {
            return;
        }
        let starts = doc.dependents(t).iter().map(|&d| doc.subtree(d).start);
        let start = starts.filter(|&s| doc.upos(TokenId(s)) != Upos::Punct).min().unwrap_or(t.0).min(t.0);
        let Some(name) = self.name_before(start) else { return };
        let fits = match name.entity().map(|e| self.args.kind(e)) {
            Some(EntityType::Person) => class.has(NounClass::PERSON),
            Some(EntityType::Place | EntityType::Country) => {
                class.has(NounClass::PLACE) || class.has(NounClass::COUNTRY) || class.is_empty()
            }
            Some(EntityType::Organization) => {
                class.has(NounClass::ORG) || class.has(NounClass::POLICE) || class.is_empty()
            }
            _ => !class.has(NounClass::PERSON) && !class.has(NounClass::PLACE) && !class.has(NounClass::ORG),
        };
        let Some(words) = self.predicate_words(t, TokenId(start - 1)).filter(|_| fits) else { return };
        let object = self.words_arg(words, t);
        // « le festival d'Avignon, le programme du festival d'Avignon »; what is set off ends at a stop.
        let sentence = doc.sentence(doc.sentence_of(t));
        let goes_on = |t: TokenId| doc.upos(t) != Upos::Punct && doc.feat(t, "PronType") != Some("Rel");
        let open = words.end < sentence.end && goes_on(TokenId(words.end));
        let own = name.span.is_some_and(|s| match &object.what {
            What::Text(words) => words.to_lowercase().contains(&doc.slice(s).to_lowercase()),
            _ => false,
        });
        if open || own {
            return;
        }
        let hit = Hit { at: t, complement: None, pos: Pos::Noun };
        let name_of = if doc.meta.lang == Lang::Fr { "open:être" } else { "open:be" };
        self.claim(hit, name_of, "open-apposition", DIRECT, &name, &object, None);
    }

    /// The name that ends before the comma right before `start`; words in brackets may stand between.
    fn name_before(&mut self, start: u32) -> Option<Arg> {
        let doc = self.args.tree.doc;
        let first = doc.sentence(doc.sentence_of(TokenId(start))).start;
        let mut end = start.checked_sub(1).filter(|&c| c > first && doc.form(TokenId(c)) == ",")?;
        if doc.form(TokenId(end - 1)) == ")" {
            end = (first..end).rev().take(12).find(|&i| doc.form(TokenId(i)) == "(").filter(|&i| i > first)?;
        }
        let name = self.args.named_ending(end)?;
        self.args.participant_known(name).filter(|a| self.is_named(a))
    }

    /// The words of a predicate behind its copula, unbroken; `t` is the predicate's head, or the verb
    /// that it completes.
    fn predicate_words(&self, t: TokenId, copula: TokenId) -> Option<Span<Tok>> {
        let doc = self.args.tree.doc;
        let negation = |i: TokenId| {
            doc.relation(i) == "advmod" && matches!(doc.lemma(i), "pas" | "plus" | "jamais" | "not" | "never")
        };
        let mut lo = copula.0 + 1;
        while lo < t.0 && negation(TokenId(lo)) {
            lo += 1;
        }
        let mut hi = t.0 + 1;
        let mut complete = copula != t;
        for &d in doc.dependents(t).iter().filter(|&&d| d > t) {
            let sub = doc.subtree(d);
            let rel = doc.relation(d);
            let own = !matches!(rel, "conj" | "cc" | "punct" | "parataxis" | "appos" | "nsubj" | "advcl")
                && doc.deprel(d) != "acl:relcl";
            let apart = doc.upos(TokenId(sub.start)) == Upos::Punct && doc.form(TokenId(sub.start)) != "-";
            // « un problème en Indonésie, mais … »: what a comma cuts off is another matter.
            let comma = (sub.start..sub.end).find(|&i| matches!(doc.form(TokenId(i)), "," | ";" | "(" | ":"));
            if let Some(c) = comma.filter(|_| !apart && sub.start == hi && own) {
                let relative = |&i: &u32| doc.feat(TokenId(i), "PronType") == Some("Rel");
                let c = (sub.start + 1..c).find(relative).unwrap_or(c);
                let nominal = matches!(doc.upos(TokenId(c - 1)), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
                if nominal && c > sub.start + 1 {
                    complete |= rel != "advmod";
                    hi = c;
                }
                break;
            }
            if apart || sub.start != hi || !own || sub.end - lo > MAX_PREDICATE {
                break;
            }
            if !complete && negation(d) {
                lo = sub.end;
            }
            complete |= rel != "advmod" && !self.args.is_time(d);
            hi = sub.end;
        }
        while hi > t.0 + 1 && doc.upos(TokenId(hi - 1)) == Upos::Punct {
            hi -= 1;
        }
        (lo < hi && complete).then(|| Span::new(lo, hi))
    }

    /// Whether an oblique says where or when something happens.
    fn is_setting(&mut self, d: TokenId) -> bool {
        let place = self.args.participant_known(d).and_then(|a| a.entity()).map(|e| self.args.kind(e));
        matches!(place, Some(EntityType::Place | EntityType::Country | EntityType::Event))
    }

    /// « Deux corps ont été retrouvés »: a finite passive tells what happened, not who did it; « est
    /// composé de », « sont privés de » tell it of two.
    fn agentless(&mut self, t: TokenId, name: &str) {
        let tree = self.args.tree;
        let doc = tree.doc;
        let finite = crate::verbs::finite(doc, t).filter(|&f| f != t);
        let own = tree.own_subject(t).filter(|&d| {
            d < t && !tree.clashes(t, d) && (tree.preposition(d).is_none() || tree.is_doubtful_des(d).is_some())
        });
        let lemma = doc.lemma(t);
        // « Il est attendu que … »
        let clausal = doc.dependents(t).iter().any(|&d| matches!(doc.relation(d), "ccomp" | "csubj") && d > t);
        if clausal && own.is_some_and(|s| matches!(doc.form(s), "il" | "Il" | "it" | "It")) {
            return;
        }
        // « est occupé à chercher »: a state, not something done to it.
        let marked = |d: TokenId| doc.dependents(d).iter().any(|&m| doc.relation(m) == "mark" && doc.lemma(m) == "à");
        let state = |&d: &TokenId| d > t && doc.relation(d) == "xcomp" && tree.is_verbal(d) && marked(d);
        if doc.meta.lang == Lang::Fr && doc.dependents(t).iter().any(state) {
            return;
        }
        // "is expected to win": nobody expects a win of somebody.
        let infinitive = |&d: &TokenId| d > t && doc.relation(d) == "xcomp";
        let raised = has(&tree.grammar.raising_participles, lemma) && doc.dependents(t).iter().any(infinitive);
        // "39 percent of these are rated "highly critical""
        let rated =
            matches!(lemma, "rate" | "deem" | "label" | "dub" | "judge" | "call" | "name" | "juger" | "surnommer")
                && doc.dependents(t).iter().any(|&d| d > t && matches!(doc.relation(d), "xcomp" | "obj" | "ccomp"));
        // "was forced to work": who was forced says too little alone.
        let forced = has(&tree.grammar.causing_verbs, lemma) && doc.dependents(t).iter().any(infinitive);
        let raised = raised || forced || rated || self.is_seen_as(t);
        let feeling = raised || has(&tree.grammar.adjectival_participles, lemma);
        let weak = has(&tree.grammar.weak_verbs, lemma) && !has(&tree.grammar.support_verbs, lemma) || feeling;
        if weak || tree.voice(t) != Voice::Passive {
            return;
        }
        let headline = doc.relation(t) == "acl" && self.is_headline(t);
        let short = finite.is_none() && doc.head(t).is_none() && self.is_short(t);
        // « a tenté de sortir mais en a été éjecté »: the subject of the verb before
        let shared =
            finite.filter(|_| own.is_none() && doc.relation(t) == "conj").and_then(|_| tree.surface_subject(t));
        let own = own.or_else(|| shared.map(|f| f.at).filter(|&d| d < t));
        let patient = match own.filter(|_| finite.is_some() || short) {
            Some(own) => tree.counted(own),
            None if headline => doc.head(t).unwrap_or(t),
            None => return,
        };
        let Some(found) = tree.resolve_relative(t, patient, 1.0) else { return };
        let mut patients = self.objects(found);
        // "Every team was sent a kit": the kit was sent, to the team.
        let kept = doc.dependents(t).iter().copied().find(|&d| {
            d > t
                && doc.relation(d) == "obj"
                && tree.is_nominal(d)
                && doc.meta.lang == Lang::En
                && !self.args.is_time(d)
        });
        if let Some(f) = kept.and_then(|k| super::syntax::found(k, 0.95)) {
            let hit = Hit { at: t, complement: None, pos: Pos::Verb };
            let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.9 };
            for to in patients.iter().filter(|p| self.is_agent(p)).cloned().collect::<Vec<_>>() {
                let name = format!("open:{name}-{}", tree.grammar.to);
                self.claim(hit, &name, "open-oblique", BOUND, &unknown, &to, None);
            }
            patients = self.objects(f);
        }
        let hit = Hit { at: t, complement: None, pos: Pos::Verb };
        let bound = self.oblique(t, None).filter(|(p, _)| has(&tree.grammar.passive_prepositions, p));
        let made = || self.made_of(t).map(|words| (tree.grammar.of.clone(), vec![words]));
        if let Some((p, objects)) = bound.or_else(made) {
            let name = match doc.meta.lang {
                Lang::Fr => format!("être-{name}-{p}"),
                Lang::En => format!("be-{}-{p}", doc.form(t).to_lowercase()),
            };
            return self.pairs(hit, &name, "open-oblique", &patients, &objects);
        }
        let unknown = Arg { what: What::Unknown, span: None, head: None, sure: 0.9 };
        let bound = self.bound_phrase(t);
        let name = bound.map_or_else(|| name.to_owned(), |b| format!("{name}-{b}"));
        for o in patients {
            let count = o.entity().and(o.head).and_then(|h| self.args.quantity_at(h)).map(|q| q.value.clone());
            self.claim(hit, &format!("open:{name}"), "open-passive", DIRECT, &unknown, &o, count);
        }
    }

    /// « est considéré comme une menace » says nothing without the menace.
    fn is_seen_as(&self, t: TokenId) -> bool {
        let tree = self.args.tree;
        let doc = tree.doc;
        let seen = matches!(
            doc.lemma(t),
            "considérer"
                | "percevoir"
                | "regarder"
                | "décrire"
                | "qualifier"
                | "regard"
                | "perceive"
                | "consider"
                | "treat"
                | "classify"
                | "brand"
                | "traiter"
                | "présenter"
                | "see"
                | "view"
                | "describe"
        );
        let as_what = |&d: &TokenId| {
            d > t && matches!(tree.preposition(d).as_deref(), Some("comme" | "as"))
                || doc.dependents(d).iter().any(|&m| d > t && matches!(doc.form(m), "comme" | "as"))
        };
        seen && doc.dependents(t).iter().any(as_what)
    }

    /// « est composée de vide », "is made of steel": the words of what it is made of.
    fn made_of(&self, t: TokenId) -> Option<Arg> {
        let tree = self.args.tree;
        let doc = tree.doc;
        let of = |&d: &TokenId| {
            d > t
                && matches!(doc.relation(d), "obl" | "nmod")
                && tree.is_nominal(d)
                && tree.preposition(d).as_ref() == Some(&tree.grammar.of)
                && doc.subtree(d).start <= t.0 + 2
        };
        let d = doc.dependents(t).iter().copied().find(of)?;
        let from = (t.0 + 1..=d.0).find(|&i| !matches!(doc.upos(TokenId(i)), Upos::Adp | Upos::Adv))?;
        has(&tree.grammar.made_of, doc.lemma(t)).then(|| self.words_arg(Span::new(from, d.0 + 1), d))
    }

    /// « La Garde nationale envoyée à la frontière »: a participle on the root of a sentence without a
    /// finite verb.
    fn is_headline(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let root = doc.head(t).filter(|&h| doc.head(h).is_none() && self.args.tree.is_nominal(h) && h < t);
        root.is_some() && self.is_short(t)
    }

    /// A sentence without a full stop and without a finite verb: a headline.
    fn is_short(&self, t: TokenId) -> bool {
        let doc = self.args.tree.doc;
        let sentence = doc.sentence(doc.sentence_of(t));
        let finite = |i: TokenId| doc.feat(i, "VerbForm") == Some("Fin");
        let stop = sentence.end.checked_sub(1).is_some_and(|l| doc.form(TokenId(l)) == ".");
        !stop && !doc.tokens_in(sentence).any(finite)
    }

    fn is_named(&self, a: &Arg) -> bool {
        a.entity().is_some_and(|e| self.args.layer.entities[e.0 as usize].named)
    }

    fn is_agent(&self, a: &Arg) -> bool {
        let agents = [EntityType::Person, EntityType::Organization, EntityType::Country, EntityType::Group];
        a.entity().is_some_and(|e| agents.contains(&self.args.kind(e)))
    }
}
