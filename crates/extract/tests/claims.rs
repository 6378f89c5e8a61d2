//! Claims of whole sentences: who did what to whom, in which shape of sentence.

use temoin_extract::Extractor;
use temoin_language::Annotator;
use temoin_model::record::ClaimRecord;
use temoin_model::{Article, Claim, Document, Extraction, Lang, Meta, Object, Speaker, Status, Subject};

struct Read {
    doc: Document,
    x: Extraction,
}

fn read(text: &str) -> Read {
    let meta = Meta { published: Some("2024-03-14".parse().unwrap()), ..Meta::default() };
    let doc = Annotator::builtin(Lang::Fr).annotate(Article { meta, text: text.to_owned() });
    let x = Extractor::builtin().extract(&doc);
    Read { doc, x }
}

impl Read {
    fn label(&self, subject: bool, c: &Claim) -> String {
        match (subject, c.subject, &c.object) {
            (true, Subject::Entity(e), _) | (false, _, &Object::Entity(e)) => self.x.entity(e).label.clone(),
            (true, Subject::Unknown, _) => "?".into(),
            (false, _, Object::Quantity(q)) => q.text.clone(),
            (false, _, Object::Text(t)) => t.clone(),
        }
    }

    fn all<'a>(&'a self, relation: &'a str, subject: &'a str, object: &'a str) -> impl Iterator<Item = &'a Claim> + 'a {
        self.x.claims.iter().filter(move |c| {
            c.predicate == relation && self.label(true, c).contains(subject) && self.label(false, c).contains(object)
        })
    }

    fn claim<'a>(&'a self, relation: &'a str, subject: &'a str, object: &'a str) -> &'a Claim {
        self.all(relation, subject, object).next().unwrap_or_else(|| {
            let got: Vec<String> = self
                .x
                .claims
                .iter()
                .map(|c| format!("{}({}, {})", c.predicate, self.label(true, c), self.label(false, c)))
                .collect();
            panic!("no {relation}({subject}, {object}) but {}", got.join(" "))
        })
    }

    fn place(&self, c: &Claim) -> Option<&str> {
        c.places.first().map(|&p| self.x.entity(p).label.as_str())
    }
}

#[test]
fn an_infinitive_shares_the_subject_and_the_announcer_is_its_source() {
    let r = read("La gendarmerie a annoncé avoir arrêté douze trafiquants à Rennes.");
    let c = r.claim("arrested", "gendarmerie", "trafiquants");
    assert_eq!(c.count.as_ref().and_then(|q| q.value), Some(12.0));
    assert_eq!(r.place(c), Some("Rennes"));
    assert!(matches!(c.said_by, Speaker::Entity(e) if r.x.entity(e).label.contains("gendarmerie")));
    r.claim("announced", "gendarmerie", "avoir arrêté");
}

#[test]
fn coordinated_participants_share_one_event() {
    let r = read("Le gouvernement italien a demandé l'aide de l'Espagne et de la Grèce.");
    let a = r.claim("requestedAidFrom", "gouvernement", "Espagne");
    let b = r.claim("requestedAidFrom", "gouvernement", "Grèce");
    assert_eq!(a.event, b.event);
    assert!(a.event.is_some());
    assert_eq!(a.plover.as_deref(), Some("REQUEST/assist"));
    assert_eq!(r.all("requested", "", "").count(), 0, "the general relation gives way");
}

#[test]
fn a_passive_without_agent_counts_its_patients() {
    let r = read("Neuf policiers ont été tués et 40 blessés.");
    let dead = r.claim("killedCount", "policiers", "Neuf");
    let hurt = r.claim("injuredCount", "policiers", "40");
    assert_eq!(dead.subject, hurt.subject);
    assert_eq!(r.all("killed", "", "").count(), 0);
}

#[test]
fn a_participle_modifies_the_noun_that_it_agrees_with() {
    let r = read("Le pays pleure la mort de dizaines de mineurs, tués par une explosion.");
    r.claim("killed", "explosion", "mineurs");
    assert_eq!(r.all("killed", "mineurs", "").count(), 0);
}

#[test]
fn a_light_verb_lends_its_subject() {
    let r = read("La police a procédé à l'arrestation de Karim Benali.");
    r.claim("arrested", "police", "Benali");
}

#[test]
fn a_relative_clause_in_a_hedged_sentence_is_embedded() {
    let r = read("Ces avions auraient transporté des soldats qui ont été déployés à Kidal.");
    let outer = r.claim("transported", "avions", "soldats");
    assert_eq!(outer.status, Status::Hedged);
    let inner = r.claim("deployedTo", "soldats", "Kidal");
    assert_eq!(inner.status, Status::Asserted);
    let around = &r.x.claims[inner.embedded_in.expect("embedded").0 as usize];
    assert_eq!(around.status, Status::Hedged);
}

#[test]
fn a_negated_claim_is_denied() {
    let r = read("La police n'a pas arrêté Karim Benali.");
    assert_eq!(r.claim("arrested", "police", "Benali").status, Status::Denied);
}

#[test]
fn the_carriers_flag_is_the_flag_of_the_carried() {
    let r = read(
        "Ces appareils appartiennent à l'armée de l'air canadienne. \
         Ils ont transporté des parachutistes qui ont été déployés à Riga.",
    );
    let by_flag = r.x.claims.iter().filter(|c| c.predicate == "deployedTo").any(|c| {
        let label = r.label(true, c);
        label.contains("Canada") || label.contains("canadienne")
    });
    assert!(by_flag);
    let own = r.claim("deployedTo", "parachutistes", "Riga");
    assert!(r.all("deployedTo", "", "Riga").all(|c| c.confidence <= own.confidence));
}

#[test]
fn a_pronoun_without_antecedent_takes_part_in_nothing() {
    let r = read("Il a arrêté Karim Benali.");
    assert_eq!(r.x.claims.len(), 0, "{:?}", r.x.claims);
}

#[test]
fn evidence_is_inside_its_sentence_and_the_same_in_every_run() {
    let text = "Émeutes à Lyon. Le préfet Jean Roux a annoncé jeudi que des troupes italiennes avaient été \
                envoyées à Turin pour aider les pompiers ; « nous tiendrons », a-t-il dit. 30 000 personnes ont \
                manifesté contre la réforme.";
    let (a, b) = (read(text), read(text));
    assert!(a.x.claims.len() >= 3, "{}", a.x.claims.len());
    let lines =
        |r: &Read| -> Vec<String> { r.x.claims.iter().map(|c| ClaimRecord::new(&r.doc, &r.x, c).to_json()).collect() };
    assert_eq!(lines(&a), lines(&b));
    for c in &a.x.claims {
        let e = &c.evidence;
        assert!(e.sentence.contains(e.trigger), "{c:?}");
        assert!(e.sentence.end <= a.doc.char_len());
        assert!(c.confidence > 0.0 && c.confidence <= 1.0);
        if let (Subject::Entity(s), Object::Entity(o)) = (c.subject, &c.object) {
            assert_ne!(s, *o, "{c:?}");
        }
    }
}

#[test]
fn the_text_may_be_anything() {
    for text in ["", " ", "— ? !", "a été a été a été par par de de la", "( ( ( 12 % de de morts et", "\u{a0}\u{200b}"]
    {
        read(text);
    }
    let long = "la police qui a arrêté et tué des manifestants de la France et du Mali, ".repeat(300);
    let r = read(&long);
    assert!(r.doc.len() > 4000);
}

#[test]
fn a_users_relation_is_extracted() {
    let text = "La ville de Lille est jumelée avec Cologne.";
    let doc = Annotator::builtin(Lang::Fr).annotate(Article { meta: Meta::default(), text: text.to_owned() });
    let mut extractor = Extractor::builtin();
    extractor
        .add_relations(
            "[twinnedWith]\nkind = \"state\"\nlabel = { fr = \"est jumelée avec\", en = \"is twinned with\" }\n\
             [[twinnedWith.frames.fr]]\nverb = [\"jumeler\"]\nsubject = [\"object\"]\nobject = [\"avec\", \"à\"]\n",
        )
        .unwrap();
    let r = Read { x: extractor.extract(&doc), doc };
    r.claim("twinnedWith", "Lille", "Cologne");
}
