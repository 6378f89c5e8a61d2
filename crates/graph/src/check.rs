//! Invariants of a graph: SPARQL queries that must come back empty.
//!
//! Each is a file of `examples/queries/invariants` whose comments say what must hold and whose rows
//! name, in `?where` and `?what`, what is wrong and where. Other triple stores run them as they are.

use crate::error::GraphError;
use crate::graph::Graph;
use crate::query::QueryOptions;
use serde::Serialize;

macro_rules! invariants {
    ($($name:literal),* $(,)?) => {
        [$(Invariant { name: $name, query: include_str!(concat!("../../../examples/queries/invariants/", $name, ".rq")) }),*]
    };
}

/// What must hold of every graph.
pub const INVARIANTS: [Invariant; 19] = invariants![
    "agents",
    "domains",
    "entities",
    "evidence",
    "facts",
    "happenings",
    "identity",
    "links",
    "negation",
    "offsets",
    "one_graph",
    "participants",
    "places",
    "quantities",
    "relations",
    "single_valued",
    "statement_complete",
    "text_hash",
    "times",
];

/// A query that must come back empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invariant<'a> {
    /// Short name: that of its file.
    pub name: &'a str,
    /// SPARQL SELECT with the variables `?where` and `?what`; the comments before it say what must hold.
    pub query: &'a str,
}

impl Invariant<'_> {
    /// What must hold, in the words of the query's comments: French, then English.
    pub fn says(&self) -> Vec<&str> {
        let comments = self.query.lines().map_while(|l| l.strip_prefix('#'));
        comments.map(str::trim).filter(|l| !l.is_empty()).collect()
    }
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Violation {
    /// Name of the invariant.
    pub invariant: String,
    /// What is wrong.
    pub what: String,
    /// Of what, with prefixes where there are any.
    #[serde(rename = "where")]
    pub place: String,
}

impl Graph {
    /// Runs the invariants; sorted by place and name. All columns but `what` are told where there
    /// is no column `where`.
    ///
    /// # Errors
    /// When a query of the caller's own cannot be read or fails.
    pub fn check(&self, invariants: &[Invariant<'_>]) -> Result<Vec<Violation>, GraphError> {
        let mut out = Vec::new();
        for i in invariants {
            let named = |e| match e {
                GraphError::Syntax(m) => GraphError::Syntax(format!("{}: {m}", i.name)),
                e => e,
            };
            let answer = self.query(i.query, &QueryOptions::default()).map_err(named)?;
            for row in answer.rows()? {
                let get = |name: &str| row.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
                let rest = || {
                    let cells = row.iter().filter(|(n, _)| n != "what").map(|(n, v)| format!("{n} {v}"));
                    cells.collect::<Vec<_>>().join(", ")
                };
                out.push(Violation {
                    invariant: i.name.to_owned(),
                    what: get("what")
                        .unwrap_or_else(|| i.says().last().copied().unwrap_or("a row came back").to_owned()),
                    place: get("where").unwrap_or_else(rest),
                });
            }
        }
        out.sort();
        out.dedup();
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology;
    use crate::{GraphBuilder, Iris};
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Quad;

    const GOLDEN: &str = include_str!("../../../tests/golden/usine/4-graph.nq");

    fn read(nquads: &str) -> Vec<Quad> {
        RdfParser::from_format(RdfFormat::NQuads).for_slice(nquads.as_bytes()).map(Result::unwrap).collect()
    }

    /// The golden graph, with every relation described, after an edit of its N-Quads.
    fn graph(edit: impl Fn(&str) -> Option<String>) -> Graph {
        let mut g = GraphBuilder::new(Iris::default(), &[]).finish();
        let text: String = GOLDEN.lines().filter_map(edit).map(|l| l + "\n").collect();
        let mut quads: Vec<Quad> = g.quads.iter().chain(read(&text)).collect();
        for q in read(GOLDEN).iter().filter(|q| q.predicate.as_str().ends_with("#predicate")) {
            let oxigraph::model::Term::NamedNode(n) = &q.object else { continue };
            let info = crate::RelationInfo {
                name: crate::iri::relation_name(n.as_str()).unwrap(),
                label_fr: "x".into(),
                ..Default::default()
            };
            quads.extend(ontology::quads(&Iris::default(), &[info]));
        }
        g.quads = quads.iter().collect();
        g
    }

    #[test]
    fn a_graph_as_it_is_built_holds() {
        let g = graph(|l| Some(l.to_owned()));
        assert_eq!(g.check(&INVARIANTS).unwrap(), []);
        for i in &INVARIANTS {
            assert_eq!(i.says().len(), 2, "{}: a line in French and one in English", i.name);
        }
    }

    /// Each invariant, and an edit that breaks it: a line with the first words, and what becomes of it.
    #[test]
    fn each_invariant_finds_what_breaks_it() {
        let own = |p: &str| format!("https://w3id.org/temoin/ont#{p}");
        let edits: Vec<(&str, String, &str, &str)> = vec![
            ("agents", "22-rdf-syntax-ns#subject".into(), "", ""),
            (
                "entities",
                "rdf-schema#label> \"".into(),
                "@fr",
                "@fr <https://w3id.org/temoin/graph/entities> .\n{} \"Autre nom\"@fr",
            ),
            ("evidence", own("evidence"), "#char=", "#char=9"),
            ("facts", "graph/facts> .".into(), "", ""),
            ("links", own("event"), "/event/", "/event/no-"),
            ("negation", own("polarity"), "#Positive", "#Negative"),
            ("offsets", own("triggerText"), "\"@fr", "x\"@fr"),
            (
                "one_graph",
                own("named"),
                "graph/entities",
                "graph/entities> .\n{} \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> <https://w3id.org/temoin/graph/facts",
            ),
            ("participants", "graph/entities> .".into(), "", ""),
            ("single_valued", own("status"), "#Asserted", "#Asserted> {g} .\n{} <https://w3id.org/temoin/ont#Denied"),
            ("statement_complete", own("rule"), "", ""),
            ("text_hash", own("textSha256"), "\"", "\"0"),
        ];
        for (name, line, from, to) in edits {
            let edit = |l: &str| match l.contains(&line) {
                true if from.is_empty() => None,
                true => {
                    let words: Vec<&str> = l.split(' ').collect();
                    let graph = words[words.len() - 2];
                    let to = to.replace("{g}", graph).replace("{}", &words[..2].join(" "));
                    Some(l.replacen(from, &to, 1))
                }
                false => Some(l.to_owned()),
            };
            let found = graph(edit).check(&INVARIANTS).unwrap();
            assert!(found.iter().any(|v| v.invariant == name && !v.place.is_empty()), "{name}: {found:#?}");
        }
    }

    /// What the golden graph has no line for is added.
    #[test]
    fn what_is_added_is_checked_too() {
        let added = [
            ("places", "ent:a rel:locatedIn ent:b . ent:b rel:locatedIn ent:a"),
            ("domains", "claim:x kg:mentionKind kg:Name"),
            ("domains", "claim:x kg:status kg:Name ; a kg:Claim"),
            ("relations", "claim:x rdf:predicate rel:killedCount ; rdf:object ent:a"),
            ("relations", "claim:x rdf:predicate rel:metWith ; rdf:object 5"),
            ("quantities", "claim:x kg:value 5 ; kg:valueMin 7"),
            ("quantities", "claim:x kg:valueMax 5 ; kg:valueMin 7"),
            ("relations", "claim:x rdf:predicate rel:unheardOf"),
            ("times", "claim:x kg:timeStart \"2020-01-02\"^^xsd:date ; kg:timeEnd \"2020-01-01\"^^xsd:date"),
            ("times", "claim:x kg:timeStart \"2020-01-02\"^^xsd:date"),
            ("happenings", "event:h a kg:Happening ; kg:articles 2 ; kg:independentReports 2 ; kg:disputed false"),
            (
                "happenings",
                "event:h a kg:Happening ; kg:articles 2 ; kg:independentReports 2 ; kg:disputed true ; kg:affirmedBy claim:x , \
                 claim:y . claim:x kg:document doc:a . claim:y kg:document doc:b",
            ),
            (
                "happenings",
                "event:h a kg:Happening ; kg:articles 2 ; kg:independentReports 2 ; kg:disputed false ; kg:affirmedBy claim:x , \
                 claim:y . claim:x kg:document doc:a . claim:y kg:document doc:b . doc:b kg:copyOf doc:a",
            ),
            ("identity", "doc:a kg:copyOf doc:b . doc:b kg:copyOf doc:c"),
            ("identity", "ent:m kg:verdict kg:Merged ; kg:inForce true ; kg:resultEntity ent:a , ent:b"),
            (
                "identity",
                "ent:m kg:verdict kg:Split ; kg:method \"user\" ; kg:inForce true ; kg:aboutEntity ent:a , ent:b ; \
                 kg:resultEntity ent:a",
            ),
        ];
        for (name, triples) in added {
            let mut g = graph(|l| Some(l.to_owned()));
            let prefixes: String =
                g.iris().prefixes().into_iter().map(|(p, ns)| format!("PREFIX {p}: <{ns}>\n")).collect();
            let trig = format!("{prefixes} GRAPH g:entities {{ {triples} }}");
            let parser = RdfParser::from_format(RdfFormat::TriG).for_slice(trig.as_bytes());
            let quads: Vec<Quad> = g.quads.iter().chain(parser.map(Result::unwrap)).collect();
            g.quads = quads.iter().collect();
            let found = g.check(&INVARIANTS).unwrap();
            assert!(found.iter().any(|v| v.invariant == name), "{name}: {found:#?}");
        }
    }
}
