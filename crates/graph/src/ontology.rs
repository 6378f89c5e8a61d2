//! The ontology and the inventory of relations as quads of `g:ontology`.

use crate::iri::{Iris, encode, kg, relation};
use crate::quads::{self, vocab};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use serde::Serialize;
use temoin_model::{EntityType, Lang};

/// The ontology in Turtle.
pub const TURTLE: &str = include_str!("../../../data/ontology/temoin.ttl");
/// The shapes (SHACL) in Turtle.
pub const SHAPES: &str = include_str!("../../../data/ontology/shapes.ttl");
/// The version that graphs conform to.
pub const VERSION_IRI: &str = "https://w3id.org/temoin/ont/1.0";

/// A relation of the inventory, as the ontology describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationInfo {
    /// Name, as in claims: `deployedTo`.
    pub name: String,
    /// `event`, `state` or `attribute`; empty where not known.
    pub kind: String,
    /// Label in French: « a déployé vers ».
    pub label_fr: String,
    /// Label in English.
    pub label_en: String,
    /// PLOVER category with its mode: `REQUEST/assist`.
    pub plover: Option<String>,
    /// CAMEO code or range of codes.
    pub cameo: Option<String>,
    /// Wikidata property: `P463`.
    pub wikidata: Option<String>,
    /// Types that the subject usually has; empty where it may have any.
    pub subjects: Vec<EntityType>,
    /// Types that the object usually has; empty where it may have any, or is no entity.
    pub objects: Vec<EntityType>,
}

/// The ontology and `relations` in `g:ontology`, sorted.
pub(crate) fn quads(iris: &Iris, relations: &[RelationInfo]) -> Vec<Quad> {
    let graph: GraphName = iris.graph("ontology").into();
    let mut out: Vec<Quad> = RdfParser::from_format(RdfFormat::Turtle)
        .with_default_graph(iris.graph("ontology"))
        .for_slice(TURTLE.as_bytes())
        .map(|q| q.expect("the embedded ontology is Turtle; a test parses it"))
        .collect();
    for r in relations {
        let node = relation(&r.name);
        let mut add = |p: NamedNode, o: Term| out.push(Quad::new(node.clone(), p, o, graph.clone()));
        let class = match r.kind.as_str() {
            "event" => "EventRelation",
            "state" => "StateRelation",
            "attribute" => "AttributeRelation",
            _ => "Relation",
        };
        add(vocab::type_(), kg(class).into());
        add(vocab::type_(), vocab::property().into());
        for (label, lang) in [(&r.label_fr, Lang::Fr), (&r.label_en, Lang::En)] {
            if !label.is_empty() {
                add(vocab::label(), Literal::new_language_tagged_literal_unchecked(label.as_str(), lang.tag()).into());
            }
        }
        for (name, code) in [("plover", &r.plover), ("cameo", &r.cameo)] {
            if let Some(code) = code.as_deref().filter(|c| !c.is_empty()) {
                add(kg(name), Literal::from(code).into());
            }
        }
        // Other types lower the confidence of a claim only, so these are no rdfs:domain and no rdfs:range.
        for (name, types) in [("domainIncludes", &r.subjects), ("rangeIncludes", &r.objects)] {
            let includes = NamedNode::new_unchecked(format!("https://schema.org/{name}"));
            types.iter().for_each(|t| add(includes.clone(), kg(t.name()).into()));
        }
        // "P131/P276" are two properties, "P35^-1" is one the other way round.
        for p in r.wikidata.iter().flat_map(|p| p.split('/')).filter(|p| !p.is_empty()) {
            let (p, matches) = match p.strip_suffix("^-1") {
                Some(p) => (p, vocab::related_match()),
                None => (p, vocab::close_match()),
            };
            let wdt = format!("http://www.wikidata.org/prop/direct/{}", encode(p));
            add(matches, NamedNode::new_unchecked(wdt).into());
        }
    }
    quads::sort(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_ontology_has_no_blank_node_and_labels_and_definitions_in_both_languages() {
        let all = quads(&Iris::default(), &[]);
        assert!(all.iter().all(|q| q.subject.is_named_node() && !q.object.is_blank_node()));
        let terms: BTreeSet<String> =
            all.iter().map(|q| q.subject.to_string()).filter(|s| s.contains("/ont#") && s.len() > 30).collect();
        assert!(terms.len() > 80, "{} terms", terms.len());
        for t in terms {
            for lang in ["fr", "en"] {
                for what in ["label", "comment"] {
                    let found = all.iter().any(|q| {
                        q.subject.to_string() == t
                            && q.predicate.as_str().ends_with(&format!("rdf-schema#{what}"))
                            && matches!(&q.object, Term::Literal(l) if l.language() == Some(lang))
                    });
                    assert!(found || t == "<https://w3id.org/temoin/ont#>", "{t} has no {what} in {lang}");
                }
            }
        }
    }

    #[test]
    fn the_shapes_are_turtle() {
        let n = RdfParser::from_format(RdfFormat::Turtle).for_slice(SHAPES.as_bytes()).filter(Result::is_ok).count();
        let all = RdfParser::from_format(RdfFormat::Turtle).for_slice(SHAPES.as_bytes()).count();
        assert!(n > 100 && n == all, "{n} of {all}");
    }

    #[test]
    fn relations_get_their_labels_and_codes() {
        let r = RelationInfo {
            name: "requestedAidFrom".into(),
            kind: "event".into(),
            label_fr: "a demandé l'aide de".into(),
            label_en: "requested aid from".into(),
            plover: Some("REQUEST/assist".into()),
            cameo: None,
            wikidata: Some("P463/P35^-1".into()),
            subjects: vec![EntityType::Country],
            objects: Vec::new(),
        };
        let text: String = quads(&Iris::default(), &[r]).iter().map(|q| format!("{q}\n")).collect();
        assert!(
            text.contains(
                "rel/requestedAidFrom> <http://www.w3.org/2000/01/rdf-schema#label> \"a demandé l'aide de\"@fr"
            )
        );
        assert!(text.contains("\"REQUEST/assist\""));
        assert!(text.contains("<https://schema.org/domainIncludes> <https://w3id.org/temoin/ont#Country>"));
        assert!(!text.contains("rangeIncludes"));
        assert!(text.contains("core#closeMatch> <http://www.wikidata.org/prop/direct/P463>"));
        assert!(
            text.contains("core#relatedMatch> <http://www.wikidata.org/prop/direct/P35>"),
            "one the other way round"
        );
    }
}
