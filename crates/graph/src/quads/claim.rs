//! One claim as flat properties.

use super::terms::{date, integer, number, share, tagged, vocab};
use super::{Quads, effective_status};
use crate::iri::{kg, relation, unit};
use oxigraph::model::{NamedNode, Term};
use temoin_model::{
    Certainty, Claim, Object, Polarity, Precision, Quantity, Speaker, Status, Subject, Tense, TimeBasis,
};

impl Quads<'_> {
    pub(super) fn claim(&mut self, c: &Claim) {
        let node = self.iris.claim(&c.id);
        let doc = self.node.clone();
        let entity = |q: &Self, ix| q.iris.entity(&q.extraction.entity(ix).id);
        match c.subject {
            Subject::Entity(s) => {
                let s = entity(self, s);
                self.add(&node, vocab::type_(), kg("Claim"));
                self.add(&node, vocab::subject(), s);
            }
            Subject::Unknown => {
                self.add(&node, vocab::type_(), kg("AgentlessClaim"));
                self.add(&node, kg("agent"), kg("UnknownAgent"));
            }
        }
        self.add(&node, vocab::predicate(), relation(&c.predicate));
        let object = self.object(&c.object);
        self.add(&node, vocab::object(), object);
        self.add(&node, kg("document"), doc);
        self.axes(&node, c);
        let speaker = match c.said_by {
            Speaker::Author => kg("Author"),
            Speaker::Unnamed => kg("UnnamedSource"),
            Speaker::Entity(e) => entity(self, e),
        };
        self.add(&node, kg("saidBy"), speaker);
        if let Some(via) = c.said_via {
            let via = entity(self, via);
            self.add(&node, kg("saidVia"), via);
        }
        for m in &c.markers {
            self.add(&node, kg("marker"), kg(m));
        }
        for &p in &c.places {
            let place = entity(self, p);
            self.add(&node, kg("place"), place);
        }
        self.evidence(&node, c);
        self.time(&node, c);
        match (&c.object, &c.count) {
            (Object::Quantity(q), _) | (_, Some(q)) => self.quantity(&node, q),
            _ => {}
        }
        if let Some(means) = c.means {
            let words = self.text(&self.doc.words(means));
            self.add(&node, kg("means"), words);
        }
        if let Some(outer) = c.embedded_in {
            let outer = self.iris.claim(&self.extraction.claims[outer.0 as usize].id);
            self.add(&node, kg("embeddedIn"), outer);
        }
        for (name, others) in [("because", &c.because), ("purpose", &c.purpose)] {
            for other in others {
                let other = self.iris.claim(&self.extraction.claims[other.0 as usize].id);
                self.add(&node, kg(name), other);
            }
        }
        self.event(&node, c);
        self.add(&node, kg("rule"), oxigraph::model::Literal::from(c.rule.as_str()));
        self.add(&node, kg("confidence"), share(c.confidence));
    }

    /// The object as a term. A quantity is the number that is stated, else the bound that is; where
    /// there is none (« plusieurs »), the words.
    pub(super) fn object(&self, o: &Object) -> Term {
        match o {
            Object::Entity(e) => self.iris.entity(&self.extraction.entity(*e).id).into(),
            Object::Text(t) => self.text(t).into(),
            Object::Quantity(q) => {
                q.value.or(q.min).or(q.max).and_then(number).unwrap_or_else(|| self.text(&q.text)).into()
            }
        }
    }

    fn axes(&mut self, node: &NamedNode, c: &Claim) {
        let status = match effective_status(c) {
            Status::Asserted => "Asserted",
            Status::Reported => "Reported",
            Status::Hedged => "Hedged",
            Status::Planned => "Planned",
            Status::Hypothetical => "Hypothetical",
            Status::Denied => "Denied",
        };
        self.add(node, kg("status"), kg(status));
        let certainty = match c.certainty {
            Certainty::Certain => "Certain",
            Certainty::Probable => "Probable",
            Certainty::Possible => "Possible",
            Certainty::Unknown => "Unknown",
        };
        self.add(node, kg("certainty"), kg(certainty));
        let polarity = match c.polarity {
            Polarity::Positive => "Positive",
            Polarity::Negative => "Negative",
        };
        self.add(node, kg("polarity"), kg(polarity));
        let tense = match c.tense {
            Tense::Past => "Past",
            Tense::Present => "Present",
            Tense::Future => "Future",
            Tense::None => return,
        };
        self.add(node, kg("tense"), kg(tense));
    }

    fn evidence(&mut self, node: &NamedNode, c: &Claim) {
        let ev = &c.evidence;
        let sentence = self.iris.chars(&self.doc.id, ev.sentence);
        self.add(node, kg("evidence"), sentence);
        // Offsets that name no character would break `kg:begin < kg:end`; the sentence always has one.
        let trigger = if ev.trigger.is_empty() { ev.sentence } else { ev.trigger };
        self.add(node, kg("begin"), integer(trigger.start.into()));
        self.add(node, kg("end"), integer(trigger.end.into()));
        let words = self.text(self.doc.slice(trigger));
        self.add(node, kg("triggerText"), words);
        for (name, span) in [("subjectMention", ev.subject), ("objectMention", ev.object)] {
            let Some(span) = span else { continue };
            // Where it is a mention already, these are the same quads.
            let mention = self.words(span, "Mention");
            self.add(node, kg(name), mention);
        }
        if let Some(d) = self.doc.meta.published {
            self.add(node, kg("reportedOn"), date(d));
        }
    }

    fn time(&mut self, node: &NamedNode, c: &Claim) {
        let Some(t) = &c.time else { return };
        let (start, end) = match (t.start, t.end) {
            (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
            // One end only is an open interval (« depuis lundi »).
            other => other,
        };
        for (name, day) in [("timeStart", start), ("timeEnd", end)] {
            if let Some(d) = day {
                self.add(node, kg(name), date(d));
            }
        }
        self.add(node, kg("edtf"), oxigraph::model::Literal::from(t.edtf.as_str()));
        let words = tagged(&t.text, self.doc.meta.lang);
        self.add(node, kg("timeText"), words);
        let basis = match t.basis {
            TimeBasis::Explicit => "BasisExplicit",
            TimeBasis::Publication => "BasisPublication",
            TimeBasis::Document => "BasisDocument",
        };
        self.add(node, kg("timeBasis"), kg(basis));
    }

    fn quantity(&mut self, node: &NamedNode, q: &Quantity) {
        let bounds = match (q.min, q.max) {
            (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
            other => other,
        };
        for (name, x) in [("value", q.value), ("valueMin", bounds.0), ("valueMax", bounds.1)] {
            if let Some(literal) = x.and_then(number) {
                self.add(node, kg(name), literal);
            }
        }
        let precision = match q.precision {
            Precision::Exact => "Exact",
            Precision::About => "About",
            Precision::AtLeast => "AtLeast",
            Precision::AtMost => "AtMost",
            Precision::Range => "Range",
            Precision::Vague => "Vague",
        };
        self.add(node, kg("precision"), kg(precision));
        if let Some(u) = &q.unit {
            self.add(node, kg("unit"), unit(u));
        }
        let words = self.text(&q.text);
        self.add(node, kg("valueText"), words);
    }

    fn event(&mut self, claim: &NamedNode, c: &Claim) {
        let Some(id) = &c.event else { return };
        let (event, doc) = (self.iris.event(id), self.node.clone());
        self.add(claim, kg("event"), event.clone());
        self.add(&event, vocab::type_(), kg("Event"));
        self.add(&event, kg("document"), doc);
        self.add(&event, kg("eventType"), relation(&c.predicate));
        if let Some(p) = &c.plover {
            let (category, mode) = p.split_once('/').map_or((p.as_str(), None), |(c, m)| (c, Some(m)));
            self.add(&event, kg("ploverCategory"), oxigraph::model::Literal::from(category));
            if let Some(m) = mode {
                self.add(&event, kg("ploverMode"), oxigraph::model::Literal::from(m));
            }
        }
    }
}
