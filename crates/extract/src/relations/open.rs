//! Open relations: verbs and predicates that no frame knows, named by their own words.
//!
//! A verb gives `open:LEMMA` for what it is done to directly, `open:LEMMA-PREPOSITION` for what a
//! preposition binds to it, and `open:LEMMA` with words for what somebody does alone, says or becomes.
//! `objects` reads what it is done to, `passive` what happens without an agent, `predicates` and
//! `appositions` what is said to be, `reduced` participles behind their noun.

mod appositions;
mod headlines;
mod objects;
mod passive;
mod predicates;
mod reduced;

use super::args::{Arg, What};
use super::engine::{Engine, Hit};
use super::frame::{Pos, Role};
use super::grammar::has;
use super::inventory::RelationKind;
use super::syntax::{Found, Voice};
use temoin_model::{EntityType, Lang, TokenId, Upos};

/// Shares of right claims, as read on development articles.
const DIRECT: f64 = 0.85;
const BOUND: f64 = 0.8;
const ALONE: f64 = 0.8;

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
        self.headline_event(t);
        let Some(name) = self.verb_name(t) else { return };
        let called = has(&tree.grammar.naming_participles, &name) && tree.reduced_noun(t).is_some();
        let named = self.args.is_inside_name(t) && tree.is_past_participle(t);
        if named || self.naming(t, &name) || called {
            return;
        }
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
        // « une étude parue mardi » came out, and seems nothing.
        let came_out = doc.lemma(t) == "paraître" && tree.is_past_participle(t);
        if shows || has(&tree.grammar.copular_verbs, doc.lemma(t)) && !came_out {
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
        let weak = has(&tree.grammar.weak_verbs, doc.lemma(t)) && !held && !came_out;
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

    /// The word at a place, nothing behind the end.
    fn form_at(&self, i: u32) -> &str {
        let doc = self.args.tree.doc;
        if (i as usize) < doc.len() { doc.form(TokenId(i)) } else { "" }
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
        let finite = finite || self.is_reduced_event(hit.at);
        // « a déclaré » alone says nothing.
        let says = has(&tree.grammar.saying, doc.lemma(hit.at)) && tree.voice(hit.at) == Voice::Active;
        if !bare || !finite || says || denied && doc.dependents(hit.at).iter().any(lacking) {
            return;
        }
        let text = doc.words(self.trigger_span(hit));
        let object = Arg { what: What::Text(text), span: None, head: None, sure: 0.95 };
        self.pairs(hit, name, "open-intransitive", subjects, &[object]);
    }

    fn is_named(&self, a: &Arg) -> bool {
        a.entity().is_some_and(|e| self.args.layer.entities[e.0 as usize].named)
    }

    fn is_agent(&self, a: &Arg) -> bool {
        let agents = [EntityType::Person, EntityType::Organization, EntityType::Country, EntityType::Group];
        a.entity().is_some_and(|e| agents.contains(&self.args.kind(e)))
    }
}
