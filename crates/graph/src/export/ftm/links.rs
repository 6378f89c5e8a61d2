//! Claims as links between entities, and happenings as events.

use super::schema::{Range, Schema, country_code};
use super::{Export, Proxy, document_id, web};
use crate::export::data::{Data, Event};
use crate::iri::encode;
use crate::records::{Agent, ClaimInfo, Value};
use std::collections::BTreeSet;
use temoin_model::{EntityType, Lang, id};

/// A link between the subject and the object of a claim.
struct Link {
    schema: Schema,
    subject: (&'static str, Range),
    object: (&'static str, Range),
}

const fn link(schema: Schema, subject: (&'static str, Range), object: (&'static str, Range)) -> Link {
    Link { schema, subject, object }
}

/// The schema of a relation of the inventory.
fn schema(relation: &str) -> Option<Link> {
    use Range::{Asset, LegalEntity, Organization, Person};
    Some(match relation {
        "memberOf" => link(Schema::Membership, ("member", LegalEntity), ("organization", Organization)),
        "leads" => link(Schema::Directorship, ("director", LegalEntity), ("organization", Organization)),
        "employedBy" => link(Schema::Employment, ("employee", Person), ("employer", Organization)),
        "ownedBy" => link(Schema::Ownership, ("asset", Asset), ("owner", LegalEntity)),
        "acquired" => link(Schema::Ownership, ("owner", LegalEntity), ("asset", Asset)),
        "relativeOf" => link(Schema::Family, ("person", Person), ("relative", Person)),
        "successorOf" => link(Schema::Succession, ("successor", LegalEntity), ("predecessor", LegalEntity)),
        _ => return None,
    })
}

const UNKNOWN: Link = link(Schema::UnknownLink, ("subject", Range::Thing), ("object", Range::Thing));

impl Export<'_> {
    pub(super) fn claims(&mut self, kept: &[usize]) {
        let data = self.data;
        for &i in kept {
            let c = &data.claims.claims[i];
            let carried = self.position(c) || self.attribute(c) || self.link(c);
            let is_event = self.data.event_of(c).is_some();
            if c.relation == "sanctioned" {
                self.sanction(c);
            }
            if !carried && !is_event {
                self.skip("states and attributes with an end that is not written", 1);
            }
        }
    }

    /// What a person holds: an office in words, or that of a country.
    fn position(&mut self, c: &ClaimInfo) -> bool {
        let Some(holder) = self.subject(c, Range::Person) else { return false };
        let office = match (c.relation.as_str(), &c.object) {
            ("holdsPosition" | "electedTo", Value::Literal(words)) => (words.clone(), None),
            ("holdsPosition" | "electedTo", Value::Entity(e)) => (self.data.claims.entities[*e].label.clone(), None),
            ("headOfStateOf", Value::Entity(e)) => ("Chef de l'État".to_owned(), Some(*e)),
            ("headOfGovernmentOf", Value::Entity(e)) => ("Chef du gouvernement".to_owned(), Some(*e)),
            _ => return false,
        };
        let (title, country) = office;
        let country = country.map(|e| &self.data.claims.entities[e]);
        let name = country.map_or(title.clone(), |e| format!("{title} ({})", e.label));
        let post = format!("post-{}", id::content_id(&[&name.to_lowercase()]));
        let position = self.proxies.entry(post.clone()).or_insert_with(|| Proxy::new(Schema::Position));
        position.add("name", name);
        position.add("country", country.and_then(country_code).unwrap_or_default());
        let mut p = self.interval(Schema::Occupancy, &[c]);
        p.add("holder", holder).add("post", post);
        self.proxies.insert(claim_id(c), p);
        true
    }

    /// What the model has as a property of the entity.
    fn attribute(&mut self, c: &ClaimInfo) -> bool {
        let Some((s, o)) = Data::ends(c) else { return false };
        let (Some((subject, schema)), Some((object, _))) = (self.written(s), self.written(o)) else { return false };
        let place = &self.data.claims.entities[o];
        let value = match c.relation.as_str() {
            "citizenOf" if schema == Schema::Person => country_code(place).map(|code| ("nationality", code)),
            "basedIn" if schema.is_a(Range::LegalEntity) && place.kind == EntityType::Place => {
                Some(("addressEntity", object))
            }
            _ => None,
        };
        let Some((property, value)) = value else { return false };
        if let Some(p) = self.proxies.get_mut(&subject) {
            p.add(property, value).add("proof", document_id(&self.data.claims.documents[c.document]));
        }
        true
    }

    /// A link of a schema of its own; a state of another relation, or of other kinds of entities, is
    /// an unknown link. A happening is an event in any case, and needs no unknown link.
    fn link(&mut self, c: &ClaimInfo) -> bool {
        let own = schema(&c.relation).is_some_and(|l| self.insert(c, &l));
        own || (self.data.event_of(c).is_none() && self.insert(c, &UNKNOWN))
    }

    fn insert(&mut self, c: &ClaimInfo, link: &Link) -> bool {
        let Some(ends) = self.subject(c, link.subject.1).zip(self.object(c, link.object.1)) else { return false };
        let mut p = self.interval(link.schema, &[c]);
        p.add(link.subject.0, ends.0).add(link.object.0, ends.1);
        match link.schema {
            Schema::Family => p.add("relationship", c.trigger.text.as_str()),
            Schema::UnknownLink => p.add("role", self.label(c)),
            _ => p.add("role", c.trigger.text.as_str()),
        };
        self.proxies.insert(claim_id(c), p);
        true
    }

    fn sanction(&mut self, c: &ClaimInfo) {
        let Some(target) = self.object(c, Range::Thing) else { return };
        let mut p = self.interval(Schema::Sanction, &[c]);
        p.add("entity", target);
        if let Some(authority) = self.subject(c, Range::Thing).and_then(|_| Data::ends(c)) {
            p.add("authority", self.data.claims.entities[authority.0].label.as_str());
        }
        self.proxies.insert(claim_id(c), p);
    }

    /// Happenings with at least one claim that is kept.
    pub(super) fn events(&mut self, kept: &[usize]) {
        let kept: BTreeSet<usize> = kept.iter().copied().collect();
        let data = self.data;
        for e in &data.events {
            let claims: Vec<&ClaimInfo> =
                e.claims.iter().filter(|i| kept.contains(i)).map(|&i| &data.claims.claims[i]).collect();
            if !claims.is_empty() {
                let p = self.event(e, &claims);
                self.proxies.insert(format!("event-{}", encode(&e.id)), p);
            }
        }
    }

    fn event(&self, e: &Event, claims: &[&ClaimInfo]) -> Proxy {
        let mut p = self.interval(Schema::Event, claims);
        if let Some(c) = claims.first() {
            p.add("name", self.sentence(c));
        }
        let codes = e.codes.iter().map(String::as_str);
        for word in claims.iter().map(|c| c.relation.as_str()).chain(codes) {
            p.add("keywords", word);
        }
        for c in claims {
            let ends = [self.subject(c, Range::LegalEntity), self.object(c, Range::LegalEntity)];
            for end in ends.into_iter().flatten() {
                p.add("involved", end);
            }
            for &place in &c.places {
                let place = &self.data.claims.entities[place];
                p.add("location", place.label.as_str());
                p.add("country", country_code(place).unwrap_or_default());
            }
        }
        p
    }

    /// The claim in a few words: « Russie a attaqué Ukraine ».
    fn sentence(&self, c: &ClaimInfo) -> String {
        let label = |e: usize| self.data.claims.entities[e].label.as_str();
        let subject = if let Agent::Entity(s) = c.subject { label(s) } else { "" };
        let object = match &c.object {
            Value::Entity(o) => label(*o),
            Value::Literal(words) => words,
        };
        format!("{subject} {} {object}", self.label(c)).trim().to_owned()
    }

    fn label<'a>(&'a self, c: &'a ClaimInfo) -> &'a str {
        let lang = self.data.claims.documents[c.document].lang.parse().unwrap_or(Lang::Fr);
        self.data.claims.relation_label(&c.relation, lang)
    }

    /// What links and events share: days, articles, sentences, claims.
    fn interval(&self, schema: Schema, claims: &[&ClaimInfo]) -> Proxy {
        let mut p = Proxy::new(schema);
        for c in claims {
            let d = &self.data.claims.documents[c.document];
            p.add("recordId", c.id.as_str()).add("proof", document_id(d));
            p.add("publisher", d.outlet.clone().unwrap_or_default());
            p.add("sourceUrl", web(d.url.as_ref()).unwrap_or_default());
            for sentence in &c.evidence {
                p.add("summary", sentence.text.trim());
            }
            let Some(t) = &c.time else { continue };
            match (t.start, t.end) {
                (Some(a), Some(b)) if a == b => p.add("date", a.to_string()),
                (a, b) => p
                    .add("startDate", a.map(|d| d.to_string()).unwrap_or_default())
                    .add("endDate", b.map(|d| d.to_string()).unwrap_or_default()),
            };
        }
        p
    }

    /// What the subject was written as, where the model takes it as `range`.
    fn subject(&self, c: &ClaimInfo, range: Range) -> Option<String> {
        let Agent::Entity(s) = c.subject else { return None };
        self.written(s).filter(|(_, schema)| schema.is_a(range)).map(|(id, _)| id)
    }

    fn object(&self, c: &ClaimInfo, range: Range) -> Option<String> {
        let Value::Entity(o) = c.object else { return None };
        self.written(o).filter(|(_, schema)| schema.is_a(range)).map(|(id, _)| id)
    }
}

fn claim_id(c: &ClaimInfo) -> String {
    format!("claim-{}", encode(&c.id))
}
