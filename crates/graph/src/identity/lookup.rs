//! What people call an entity, as decisions name it; and where articles mention it.

use super::decisions::Reference;
use super::records::Side;
use crate::error::GraphError;
use crate::graph::Graph;
use crate::iri::{decode, kg};
use crate::records::{EntityInfo, fold};
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term};

/// Words on either side of a mention, in code points.
const AROUND: usize = 70;
/// Most identifiers in a message.
const NAMED: usize = 8;

/// Words of an article and what they point to, as the graph has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pointer {
    /// Identifier of the document.
    pub document: String,
    /// First code point.
    pub begin: u32,
    /// Code point behind the last.
    pub end: u32,
    /// Identifier of the entity.
    pub entity: String,
}

impl Graph {
    /// All mentions with the entities that they point to after identity, sorted.
    pub fn pointers(&self) -> Vec<Pointer> {
        let (documents, entities) = (format!("{}id/doc/", self.iris.base()), format!("{}id/ent/", self.iris.base()));
        let p = kg("refersTo");
        let mut out = Vec::new();
        for q in self.quads.quads_for_pattern(None, Some(p.as_ref()), None, None) {
            let (NamedOrBlankNode::NamedNode(s), Term::NamedNode(o)) = (q.subject, q.object) else { continue };
            let place = s.as_str().strip_prefix(&documents).and_then(|m| m.split_once("#char="));
            let Some(((document, (begin, end)), entity)) =
                place.and_then(|(d, at)| Some((d, at.split_once(',')?))).zip(o.as_str().strip_prefix(&entities))
            else {
                continue;
            };
            if let (Ok(begin), Ok(end)) = (begin.parse(), end.parse()) {
                out.push(Pointer { document: decode(document), begin, end, entity: decode(entity) });
            }
        }
        out.sort();
        out
    }

    /// The reference that decisions have for what a user calls `name`: an identifier in the articles,
    /// `IDENTIFIER.ARTICLE`, `*`, or a label or alias that one entity only has.
    ///
    /// # Errors
    /// [`GraphError::NotFound`] where there is no such entity, [`GraphError::Refused`] where there are
    /// several; both name those that it may be.
    pub fn identity_reference(&self, name: &str) -> Result<Reference, GraphError> {
        let asked = Reference::parse(name.trim());
        let id = match &asked {
            Reference::Each => return Ok(asked),
            Reference::Everywhere(id) | Reference::In(id, _) => id.clone(),
        };
        let claims = self.claims();
        let parts = || self.identity.entities.values().flatten().map(|r| Reference::parse(r));
        let is_part = |r: &Reference| matches!(r, Reference::Everywhere(i) | Reference::In(i, _) if *i == id);
        if claims.entities.iter().any(|e| e.id == id) || parts().any(|r| is_part(&r)) {
            return Ok(asked);
        }
        let wanted = fold(name);
        let called = |e: &&EntityInfo| [&e.label].into_iter().chain(&e.aliases).any(|l| fold(l) == wanted);
        let found: Vec<&EntityInfo> = claims.entities.iter().filter(called).collect();
        match found[..] {
            [e] => Ok(self.reference_of(&e.id)),
            [] => Ok(self.reference_of(&claims.entities[claims.find_entity(name)?].id)),
            _ => {
                let ids: Vec<&str> = found.iter().take(NAMED).map(|e| e.id.as_str()).collect();
                let message = format!(
                    "{} entities are called '{name}': say which by its identifier, as {}",
                    found.len(),
                    ids.join(", ")
                );
                Err(GraphError::Refused(message))
            }
        }
    }

    /// An entity of the graph as its articles call it.
    fn reference_of(&self, entity: &str) -> Reference {
        let parts = self.identity.entities.get(entity);
        let own = parts.and_then(|p| p.iter().find(|r| *r == entity).or(p.first()));
        Reference::parse(own.map_or(entity, String::as_str))
    }

    /// The name of the first article of a side, and the words around its mention there.
    pub fn identity_context(&self, side: &Side) -> Option<(String, String)> {
        let document = self.iris.document(side.first.as_deref()?);
        let entity = self.iris.entity(side.entity.as_deref()?);
        let graph = GraphNameRef::from(document.as_ref());
        let text = |s: &NamedNode, p: &NamedNode| {
            self.quads.quads_for_pattern(Some(s.as_ref().into()), Some(p.as_ref()), None, Some(graph)).find_map(|q| {
                match q.object {
                    Term::Literal(l) => Some(l.value().to_owned()),
                    _ => None,
                }
            })
        };
        let refers = kg("refersTo");
        let object = entity.as_ref().into();
        let mentions = self.quads.quads_for_pattern(None, Some(refers.as_ref()), Some(object), Some(graph));
        let number = |m: &NamedNode, p: &str| text(m, &kg(p))?.parse::<usize>().ok();
        let place = |m: NamedOrBlankNode| match m {
            NamedOrBlankNode::NamedNode(m) => Some((number(&m, "begin")?, number(&m, "end")?)),
            NamedOrBlankNode::BlankNode(_) => None,
        };
        let (begin, end) = mentions.filter_map(|q| place(q.subject)).min()?;
        let name = text(&document, &kg("sourceName"))?;
        Some((name, around(&text(&document, &kg("text"))?, begin, end)))
    }
}

/// The line of a text around some of its code points, cut at words.
fn around(text: &str, begin: usize, end: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (begin, end) = (begin.min(chars.len()), end.min(chars.len()));
    let mut from = chars[..begin].iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
    if begin - from > AROUND {
        let cut = begin - AROUND;
        from = chars[cut..begin].iter().position(|c| c.is_whitespace()).map_or(begin, |i| cut + i + 1);
    }
    let mut to = chars[end..].iter().position(|c| *c == '\n').map_or(chars.len(), |i| end + i);
    if to - end > AROUND {
        let cut = end + AROUND;
        to = chars[end..cut].iter().rposition(|c| c.is_whitespace()).map_or(end, |i| end + i);
    }
    chars[from..to].iter().collect()
}
