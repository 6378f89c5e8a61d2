//! Literals, and the terms of other vocabularies.

use oxigraph::model::{Literal, NamedNode, vocab::xsd};
use temoin_model::{Date, Lang};

/// Terms of RDF, RDFS, SKOS, OWL and Dublin Core.
pub(crate) mod vocab {
    use super::NamedNode;

    macro_rules! terms {
        ($($name:ident $iri:literal;)*) => {
            $(pub(crate) fn $name() -> NamedNode { NamedNode::new_unchecked($iri) })*
        };
    }
    terms! {
        type_ "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
        subject "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject";
        predicate "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate";
        object "http://www.w3.org/1999/02/22-rdf-syntax-ns#object";
        property "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property";
        label "http://www.w3.org/2000/01/rdf-schema#label";
        alt_label "http://www.w3.org/2004/02/skos/core#altLabel";
        close_match "http://www.w3.org/2004/02/skos/core#closeMatch";
        related_match "http://www.w3.org/2004/02/skos/core#relatedMatch";
        same_as "http://www.w3.org/2002/07/owl#sameAs";
        latitude "http://www.w3.org/2003/01/geo/wgs84_pos#lat";
        longitude "http://www.w3.org/2003/01/geo/wgs84_pos#long";
        title "http://purl.org/dc/terms/title";
        issued "http://purl.org/dc/terms/issued";
        language "http://purl.org/dc/terms/language";
        source "http://purl.org/dc/terms/source";
        conforms_to "http://purl.org/dc/terms/conformsTo";
    }
}

pub(super) fn tagged(text: &str, lang: Lang) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, lang.tag())
}

pub(super) fn integer(n: i64) -> Literal {
    Literal::new_typed_literal(n.to_string(), xsd::INTEGER)
}

pub(super) fn date(d: Date) -> Literal {
    Literal::new_typed_literal(d.to_string(), xsd::DATE)
}

/// A whole number as `xsd:integer`, another one as `xsd:decimal`; none where it is not finite.
pub(crate) fn number(x: f64) -> Option<Literal> {
    if !x.is_finite() {
        return None;
    }
    if x.fract() == 0.0 {
        // `-0` is no canonical integer.
        return Some(Literal::new_typed_literal(format!("{:.0}", x + 0.0), xsd::INTEGER));
    }
    Some(Literal::new_typed_literal(x.to_string(), xsd::DECIMAL))
}

/// Degrees of thousandths of a degree, always `xsd:decimal`.
pub(super) fn degrees(thousandths: i32) -> Literal {
    Literal::new_typed_literal((f64::from(thousandths) / 1000.0).to_string(), xsd::DECIMAL)
}

/// A share from 0 to 1 with two decimals, always `xsd:decimal`.
pub(super) fn share(x: f64) -> Literal {
    let x = if x.is_nan() { 0.0 } else { x.clamp(0.0, 1.0) };
    let hundredths = (x * 100.0).round() / 100.0;
    Literal::new_typed_literal(hundredths.to_string(), xsd::DECIMAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_typed_by_their_value() {
        let show = |x| number(x).map(|l| l.to_string());
        assert_eq!(show(18.0).as_deref(), Some("\"18\"^^<http://www.w3.org/2001/XMLSchema#integer>"));
        assert_eq!(show(-0.0).as_deref(), Some("\"0\"^^<http://www.w3.org/2001/XMLSchema#integer>"));
        assert_eq!(show(1.5).as_deref(), Some("\"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>"));
        assert_eq!(show(f64::NAN), None);
        assert_eq!(share(0.943).value(), "0.94");
        assert_eq!(share(7.0).value(), "1");
    }
}
