//! Small articles with what was found in them, made by hand.
#![allow(dead_code, reason = "each test file uses its part")]

use temoin_model::*;

/// A document over `text`: words at blanks, sentences at full stops. No analysis.
pub(crate) fn document(text: &str, meta: Meta) -> Document {
    let mut b = DocumentBuilder::new(text.to_owned(), meta);
    let (mut at, mut word) = (0u32, String::new());
    let push = |b: &mut DocumentBuilder, word: &mut String, end: u32| {
        if !word.is_empty() {
            let start = end - word.chars().count() as u32;
            let w: &str = word;
            b.push(Word {
                span: Span::new(start, end),
                form: w,
                lemma: w,
                upos: Upos::X,
                feats: "",
                head: None,
                deprel: "root",
            });
            if word.ends_with('.') {
                b.end_sentence();
            }
            word.clear();
        }
    };
    for c in text.chars() {
        if c.is_whitespace() {
            push(&mut b, &mut word, at);
        } else {
            word.push(c);
        }
        at += 1;
    }
    push(&mut b, &mut word, at);
    b.finish()
}

/// Code points of the first `words` in the text.
pub(crate) fn span(doc: &Document, words: &str) -> Span<Char> {
    let at = doc.text().find(words).unwrap_or_else(|| panic!("« {words} » is not in the text"));
    let start = doc.text()[..at].chars().count() as u32;
    Span::new(start, start + words.chars().count() as u32)
}

/// An extraction that grows claim by claim.
pub(crate) struct Found<'a> {
    pub(crate) doc: &'a Document,
    pub(crate) out: Extraction,
}

impl<'a> Found<'a> {
    pub(crate) fn new(doc: &'a Document) -> Self {
        Found { doc, out: Extraction::default() }
    }

    pub(crate) fn entity(&mut self, id: &str, label: &str, kind: EntityType) -> EntityIx {
        if let Some(i) = self.out.entities.iter().position(|e| e.id == id) {
            return EntityIx(i as u32);
        }
        self.out.entities.push(Entity::new(id.into(), label.into(), kind, true));
        EntityIx(self.out.entities.len() as u32 - 1)
    }

    pub(crate) fn edit(&mut self, e: EntityIx) -> &mut Entity {
        &mut self.out.entities[e.0 as usize]
    }

    pub(crate) fn mention(&mut self, words: &str, entity: EntityIx) -> Span<Char> {
        let s = span(self.doc, words);
        let t = self.doc.tokens().find(|&t| self.doc.token_span(t).overlaps(s)).unwrap();
        let tokens = Span::new(t.0, t.0 + 1);
        self.out.mentions.push(Mention { span: s, tokens, head: t, kind: MentionKind::Name, entity });
        s
    }

    /// A claim whose trigger is `trigger`; its sentence is the evidence.
    pub(crate) fn claim(&mut self, subject: Subject, predicate: &str, object: Object, trigger: &str) -> &mut Claim {
        let t = span(self.doc, trigger);
        let sentence = (0..self.doc.sentence_count())
            .map(|s| self.doc.sentence_span(s))
            .find(|s| s.contains(t))
            .expect("a trigger lies inside a sentence");
        let find =
            |e: EntityIx| self.out.mentions.iter().find(|m| m.entity == e && sentence.contains(m.span)).map(|m| m.span);
        let subject_span = match subject {
            Subject::Entity(e) => find(e),
            Subject::Unknown => None,
        };
        let object_span = match &object {
            Object::Entity(e) => find(*e),
            Object::Quantity(q) => Some(q.span),
            Object::Text(_) => None,
        };
        self.out.claims.push(Claim {
            id: String::new(),
            event: Some(format!("{predicate}{t:?}")),
            plover: None,
            subject,
            predicate: predicate.into(),
            object,
            status: Status::Asserted,
            certainty: Certainty::Certain,
            polarity: Polarity::Positive,
            tense: Tense::Past,
            said_by: Speaker::Author,
            said_via: None,
            markers: Vec::new(),
            places: Vec::new(),
            time: None,
            count: None,
            embedded_in: None,
            because: Vec::new(),
            purpose: Vec::new(),
            means: None,
            confidence: 0.9,
            rule: "test".into(),
            evidence: Evidence { sentence, trigger: t, subject: subject_span, object: object_span },
        });
        self.out.claims.last_mut().unwrap()
    }

    pub(crate) fn finish(mut self) -> Extraction {
        self.out.finish(&self.doc.id);
        self.out
    }
}

pub(crate) fn quantity(
    doc: &Document,
    words: &str,
    value: Option<f64>,
    min: Option<f64>,
    max: Option<f64>,
) -> Quantity {
    Quantity {
        value,
        min,
        max,
        precision: if min == max { Precision::Exact } else { Precision::AtLeast },
        unit: Some("person".into()),
        text: words.into(),
        span: span(doc, words),
    }
}

fn meta(name: &str, outlet: &str, date: &str) -> Meta {
    Meta {
        name: name.into(),
        title: None,
        published: Some(date.parse().unwrap()),
        outlet: Some(outlet.into()),
        url: Some(format!("https://example.org/{name}")),
        lang: Lang::Fr,
        ..Meta::default()
    }
}

fn day(words: &str, doc: &Document, date: &str) -> TimeValue {
    let d: Date = date.parse().unwrap();
    TimeValue {
        edtf: date.into(),
        start: Some(d),
        end: Some(d),
        text: words.into(),
        span: span(doc, words),
        basis: TimeBasis::Publication,
        rule: "test",
    }
}

/// A flood at Verlieu: with an accent, a typographic apostrophe and a character outside the BMP.
pub(crate) fn flood() -> (Document, Extraction) {
    let text = "Verlieu : la crue de l’Orvanne 🌊 fait au moins 12 morts.\n\nLe maire Éloi Tarrasque a demandé l'aide de la \
                Sarvie mardi. La Sarvie a envoyé trente pompiers à Verlieu. Selon la préfecture, les secours auraient \
                évacué 400 habitants de Verlieu. Le maire n'a pas quitté Verlieu. Deux hommes ont été arrêtés à Verlieu.";
    let doc = document(text, meta("crue.txt", "Le Courrier d'Orvanne", "2031-03-05"));
    let mut f = Found::new(&doc);
    let verlieu = f.entity("verlieu", "Verlieu", EntityType::Place);
    f.edit(verlieu).located_in = Some("sarvie".into());
    let maire = f.entity("eloi-tarrasque", "Éloi Tarrasque", EntityType::Person);
    f.edit(maire).aliases = vec!["Tarrasque".into(), "le maire".into()];
    let sarvie = f.entity("sarvie", "Sarvie", EntityType::Country);
    f.edit(sarvie).wikidata = Some("Q999999".into());
    let crue = f.entity("crue", "la crue de l’Orvanne", EntityType::Event);
    let pompiers = f.entity("pompiers-1", "trente pompiers", EntityType::Group);
    f.edit(pompiers).named = false;
    let pref = f.entity("prefecture", "la préfecture", EntityType::Organization);
    let secours = f.entity("secours-1", "les secours", EntityType::Group);
    let habitants = f.entity("habitants-1", "400 habitants", EntityType::Group);
    let hommes = f.entity("hommes-1", "Deux hommes", EntityType::Group);
    for (w, e) in [
        ("la crue de l’Orvanne", crue),
        ("Éloi Tarrasque", maire),
        ("Sarvie mardi", sarvie),
        ("La Sarvie", sarvie),
        ("trente pompiers", pompiers),
        ("la préfecture", pref),
        ("les secours", secours),
        ("400 habitants", habitants),
        ("Deux hommes", hommes),
    ] {
        f.mention(w, e);
    }
    let q = quantity(&doc, "au moins 12", Some(12.0), Some(12.0), None);
    f.claim(Subject::Entity(crue), "killedCount", Object::Quantity(q), "morts");
    let when = day("mardi", &doc, "2031-03-04");
    let c = f.claim(Subject::Entity(maire), "requestedAidFrom", Object::Entity(sarvie), "a demandé");
    c.time = Some(when);
    c.plover = Some("REQUEST/assist".into());
    let n = quantity(&doc, "trente", Some(30.0), Some(30.0), Some(30.0));
    let c = f.claim(Subject::Entity(sarvie), "open:envoyer", Object::Entity(pompiers), "a envoyé");
    c.count = Some(n);
    (c.because, c.purpose) = (vec![ClaimIx(1)], vec![ClaimIx(3)]);
    let c = f.claim(Subject::Entity(pompiers), "deployedTo", Object::Entity(verlieu), "à Verlieu");
    c.places = vec![verlieu];
    c.time = Some(day("mardi", &doc, "2031-03-04"));
    c.embedded_in = Some(ClaimIx(2));
    let c = f.claim(Subject::Entity(secours), "evacuated", Object::Entity(habitants), "auraient");
    (c.status, c.certainty, c.said_by) = (Status::Hedged, Certainty::Possible, Speaker::Entity(pref));
    c.markers = vec!["EpistemicConditional".into(), "Selon".into()];
    let c = f.claim(Subject::Entity(maire), "left", Object::Entity(verlieu), "n'a pas quitté");
    c.polarity = Polarity::Negative;
    let c = f.claim(Subject::Unknown, "arrested", Object::Entity(hommes), "ont été arrêtés");
    c.places = vec![verlieu];
    (doc.clone(), f.finish())
}

/// The same flood in another paper, a day later, with another toll and carriage returns.
pub(crate) fn flood_again() -> (Document, Extraction) {
    let text = "Inondations\r\n\r\nLa crue de l'Orvanne a fait 15 morts. Éloi Tarrasque a demandé l'aide de la Sarvie. \
                Verlieu est en Sarvie. La police a démenti. Plusieurs ministres seraient attendus.\u{c}";
    let doc = document(text, meta("bis.txt", "La Gazette", "2031-03-06"));
    let mut f = Found::new(&doc);
    let crue = f.entity("crue", "La crue de l'Orvanne", EntityType::Event);
    let maire = f.entity("eloi-tarrasque", "Éloi Tarrasque", EntityType::Person);
    let sarvie = f.entity("sarvie", "Sarvie", EntityType::Country);
    let verlieu = f.entity("verlieu", "Verlieu", EntityType::Place);
    f.edit(verlieu).located_in = Some("sarvie".into());
    let police = f.entity("police", "La police", EntityType::Organization);
    f.mention("La crue de l'Orvanne", crue);
    f.mention("Éloi Tarrasque", maire);
    f.mention("Verlieu", verlieu);
    f.mention("La police", police);
    let q = quantity(&doc, "15", Some(15.0), Some(15.0), Some(15.0));
    f.claim(Subject::Entity(crue), "killedCount", Object::Quantity(q), "morts");
    f.claim(Subject::Entity(maire), "requestedAidFrom", Object::Entity(sarvie), "a demandé");
    f.claim(Subject::Entity(verlieu), "locatedIn", Object::Entity(sarvie), "est");
    let c = f.claim(Subject::Entity(police), "said", Object::Text("Rien \"ici\" \\ là\net puis".into()), "a démenti");
    c.status = Status::Denied;
    let mut v = quantity(&doc, "Plusieurs", None, None, None);
    v.precision = Precision::Vague;
    let c = f.claim(Subject::Entity(police), "injuredCount", Object::Quantity(v), "seraient");
    c.status = Status::Planned;
    (doc.clone(), f.finish())
}

/// A base where everything is repeated by hand, to compare.
pub(crate) fn both() -> Vec<(Document, Extraction)> {
    vec![flood(), flood_again()]
}
