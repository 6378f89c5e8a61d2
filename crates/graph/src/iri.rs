//! IRIs: the base of identifiers, the vocabulary, prefixes, and the encoding of names.

use crate::error::GraphError;
use oxigraph::model::NamedNode;
use temoin_model::{Char, Span};

/// Base of identifiers where the user gives none.
pub const DEFAULT_BASE: &str = "https://w3id.org/temoin/";
/// Namespace of the ontology. Fixed, so that graphs of different owners share their terms.
pub const KG: &str = "https://w3id.org/temoin/ont#";
/// Namespace of relations. Fixed.
pub const REL: &str = "https://w3id.org/temoin/rel/";
/// Namespace of counted units that are not in the ontology. Fixed.
pub const UNIT: &str = "https://w3id.org/temoin/unit/";
/// Wikidata entities.
pub const WD: &str = "http://www.wikidata.org/entity/";

const PREFIX_OPEN: &str = "open:";

/// Makes the identifiers of one graph below its base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iris {
    base: String,
}

impl Default for Iris {
    fn default() -> Self {
        Iris { base: DEFAULT_BASE.to_owned() }
    }
}

impl Iris {
    /// Identifiers below `base`.
    ///
    /// # Errors
    /// When `base` is not an absolute IRI that ends in `/` or `#`.
    pub fn new(base: &str) -> Result<Self, GraphError> {
        if NamedNode::new(base).is_err() || !base.ends_with(['/', '#']) {
            return Err(GraphError::BadBase(base.to_owned()));
        }
        Ok(Iris { base: base.to_owned() })
    }

    /// The base.
    pub fn base(&self) -> &str {
        &self.base
    }

    fn below(&self, path: &str, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}{}", self.base, encode(name)))
    }

    /// A document; also the name of its graph.
    pub fn document(&self, id: &str) -> NamedNode {
        self.below("id/doc/", id)
    }

    /// Words of a document, by code points (RFC 5147).
    pub fn chars(&self, document: &str, span: Span<Char>) -> NamedNode {
        let doc = self.document(document);
        NamedNode::new_unchecked(format!("{}#char={},{}", doc.as_str(), span.start, span.end))
    }

    /// An entity.
    pub fn entity(&self, id: &str) -> NamedNode {
        self.below("id/ent/", id)
    }

    /// A claim.
    pub fn claim(&self, id: &str) -> NamedNode {
        self.below("id/claim/", id)
    }

    /// An event.
    pub fn event(&self, id: &str) -> NamedNode {
        self.below("id/event/", id)
    }

    /// A decision on who is who.
    pub fn decision(&self, id: &str) -> NamedNode {
        self.below("id/decision/", id)
    }

    /// A happening that several articles tell.
    pub fn happening(&self, id: &str) -> NamedNode {
        self.below("id/happening/", id)
    }

    /// A shared named graph: `entities`, `events`, `facts`, `identity`, `meta`, `ontology`.
    pub fn graph(&self, name: &str) -> NamedNode {
        self.below("graph/", name)
    }

    /// The dataset that the whole graph is.
    pub fn dataset(&self) -> NamedNode {
        self.below("", "dataset")
    }

    /// Prefixes that queries and exports know without a declaration, sorted by name.
    pub fn prefixes(&self) -> Vec<(&'static str, String)> {
        let own = |path: &str| format!("{}{path}", self.base);
        let mut all: Vec<(&'static str, String)> = vec![
            ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#".into()),
            ("rdfs", "http://www.w3.org/2000/01/rdf-schema#".into()),
            ("xsd", "http://www.w3.org/2001/XMLSchema#".into()),
            ("owl", "http://www.w3.org/2002/07/owl#".into()),
            ("skos", "http://www.w3.org/2004/02/skos/core#".into()),
            ("dct", "http://purl.org/dc/terms/".into()),
            ("dcat", "http://www.w3.org/ns/dcat#".into()),
            ("prov", "http://www.w3.org/ns/prov#".into()),
            ("void", "http://rdfs.org/ns/void#".into()),
            ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#".into()),
            ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/".into()),
            ("gaf", "http://groundedannotationframework.org/gaf#".into()),
            ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#".into()),
            ("time", "http://www.w3.org/2006/time#".into()),
            ("schema", "https://schema.org/".into()),
            ("wd", WD.into()),
            ("wdt", "http://www.wikidata.org/prop/direct/".into()),
            ("kg", KG.into()),
            ("rel", REL.into()),
            ("unit", UNIT.into()),
            ("ent", own("id/ent/")),
            ("doc", own("id/doc/")),
            ("claim", own("id/claim/")),
            ("event", own("id/event/")),
            ("g", own("graph/")),
        ];
        all.sort();
        all
    }

    /// The short form of an IRI (`ent:russia`), or the IRI in angle brackets.
    pub fn shorten(&self, iri: &str) -> String {
        let best =
            self.prefixes().into_iter().filter(|(_, ns)| iri.starts_with(ns.as_str())).max_by_key(|(_, ns)| ns.len());
        match best {
            Some((p, ns)) => format!("{p}:{}", &iri[ns.len()..]),
            None => format!("<{iri}>"),
        }
    }
}

/// A term of the ontology: `kg("Claim")`.
pub(crate) fn kg(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{KG}{}", encode(name)))
}

/// A relation by the name that claims carry: `deployedTo`, or `open:LEMMA` as `rel:open/LEMMA`.
pub fn relation(name: &str) -> NamedNode {
    match name.strip_prefix(PREFIX_OPEN) {
        Some(lemma) => NamedNode::new_unchecked(format!("{REL}open/{}", local(lemma))),
        None => NamedNode::new_unchecked(format!("{REL}{}", local(name))),
    }
}

/// The name that [`relation`] made this IRI from.
pub fn relation_name(iri: &str) -> Option<String> {
    let rest = iri.strip_prefix(REL)?;
    Some(match rest.strip_prefix("open/") {
        Some(lemma) => format!("{PREFIX_OPEN}{}", decode_local(lemma)),
        None => decode_local(rest),
    })
}

/// The unit of a quantity: ontology terms for the usual ones, [`UNIT`] for counted nouns.
pub(crate) fn unit(name: &str) -> NamedNode {
    const KNOWN: [&str; 9] = ["person", "percent", "year", "month", "week", "day", "hour", "minute", "second"];
    let currency = name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase());
    if KNOWN.contains(&name) || currency {
        kg(name)
    } else {
        NamedNode::new_unchecked(format!("{UNIT}{}", encode(name)))
    }
}

/// The name that [`unit`] made this IRI from.
pub(crate) fn unit_name(iri: &str) -> String {
    decode(iri.strip_prefix(KG).or_else(|| iri.strip_prefix(UNIT)).unwrap_or(iri))
}

/// Percent-encodes everything but unreserved ASCII characters (RFC 3986), as UTF-8.
pub fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for &b in name.as_bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') {
            out.push(b as char);
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

/// The inverse of [`encode`]; bytes that are no UTF-8 become U+FFFD.
pub fn decode(name: &str) -> String {
    let b = name.as_bytes();
    let mut out = Vec::with_capacity(b.len());
    let mut i = 0;
    while i < b.len() {
        let hex = (b[i] == b'%').then(|| name.get(i + 1..i + 3)).flatten().and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex {
            Some(x) => {
                out.push(x);
                i += 3;
            }
            None => {
                out.push(b[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// RDF/XML writes a property as a qualified name, so its IRI has to end in an XML name: where the
/// encoded form does not (`%27` at the end), a closing `~_` makes one.
fn local(name: &str) -> String {
    let mut s = encode(name);
    let tail = s.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))).map_or(0, |i| i + 1);
    if !s[tail..].contains(|c: char| c.is_ascii_alphabetic() || c == '_') || s.ends_with("~_") {
        s.push_str("~_");
    }
    s
}

fn decode_local(s: &str) -> String {
    decode(s.strip_suffix("~_").unwrap_or(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_from_their_iris() {
        for name in [
            "deployedTo",
            "open:protéger",
            "open:jusqu'",
            "open:",
            "open:a~_",
            "open:12",
            "open:l'« été »",
            "open:x/y#z",
        ] {
            let iri = relation(name);
            assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            assert_eq!(relation_name(iri.as_str()).as_deref(), Some(name));
        }
        for u in ["person", "EUR", "manifestant", "tête de bétail", "document"] {
            assert_eq!(unit_name(unit(u).as_str()), u);
        }
    }

    #[test]
    fn a_base_must_be_an_absolute_iri_that_ends_in_a_slash() {
        assert!(Iris::new("https://example.org/graphe/").is_ok());
        for bad in ["", "exemple", "https://example.org", "https://exa mple.org/"] {
            assert!(Iris::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn short_forms_use_the_longest_prefix() {
        let iris = Iris::default();
        assert_eq!(iris.shorten(iris.entity("russia").as_str()), "ent:russia");
        assert_eq!(iris.shorten("http://example.com/x"), "<http://example.com/x>");
    }
}
