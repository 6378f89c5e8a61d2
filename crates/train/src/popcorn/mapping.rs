//! From our types and claims to POPCORN's: `crates/train/data/popcorn.tsv`.

use std::collections::BTreeMap;
use temoin_model::{Char, Claim, EntityIx, EntityType, Extraction, Object, Span, Subject};

/// The whole mapping.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// Our types that are right for a POPCORN type; none for an attribute.
    pub types: BTreeMap<String, Vec<EntityType>>,
    /// Predicates with a common name.
    sets: BTreeMap<String, Vec<String>>,
    /// What gives a POPCORN relation; nothing for one that we do not give.
    pub relations: BTreeMap<String, Vec<Term>>,
}

/// Claims with a predicate, and which of their parts are the arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    predicate: String,
    from: Slot,
    to: Slot,
    both_ways: bool,
}

/// A part of a claim, where it is of one of the types.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slot {
    part: Part,
    types: Vec<EntityType>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Subject,
    Object,
    Trigger,
    Place,
    Time,
    Count,
}

/// An argument of a relation: an entity, or words that are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// One of the entities found.
    Entity(EntityIx),
    /// A trigger, a time, a quantity, a function.
    Words(Span<Char>),
}

impl Mapping {
    /// The mapping of `crates/train/data/popcorn.tsv`.
    ///
    /// # Errors
    /// When a line is not of its form; the error names it.
    pub fn builtin() -> Result<Self, String> {
        Mapping::parse(include_str!("../../data/popcorn.tsv"))
    }

    fn parse(source: &str) -> Result<Self, String> {
        let mut out = Mapping::default();
        for (n, line) in source.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let said = |e: String| format!("popcorn.tsv, line {}: {e}", n + 1);
            let [kind, name, given] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(said("not three columns".to_owned()));
            };
            let given = given.split_whitespace().filter(|g| *g != "-");
            match kind {
                "type" => {
                    let types = given.map(entity_type).collect::<Result<_, _>>().map_err(said)?;
                    out.types.insert(name.to_owned(), types);
                }
                "set" => drop(out.sets.insert(name.to_owned(), given.map(str::to_owned).collect())),
                "relation" => {
                    let terms = given.map(term).collect::<Result<_, _>>().map_err(said)?;
                    out.relations.insert(name.to_owned(), terms);
                }
                _ => return Err(said(format!("unknown kind '{kind}'"))),
            }
        }
        Ok(out)
    }

    /// Whether a claim is one of a set: « EVENTS ».
    pub fn is_in(&self, set: &str, claim: &Claim) -> bool {
        self.sets.get(set).is_some_and(|s| s.iter().any(|p| agrees(p, &claim.predicate)))
    }

    /// Predicates that the mapping names, without those of open relations, `*` and beginnings.
    pub fn predicates(&self) -> impl Iterator<Item = &str> {
        let named = self.relations.values().flatten().map(|t| &*t.predicate).filter(|p| !self.sets.contains_key(*p));
        let all = named.chain(self.sets.values().flatten().map(String::as_str));
        all.filter(|p| !p.starts_with("open:") && !p.ends_with('*'))
    }

    /// All relations that an extraction gives, without repeats.
    pub fn triples(&self, found: &Extraction) -> Vec<(Argument, &str, Argument)> {
        let mut out = Vec::new();
        for (name, terms) in &self.relations {
            for (term, claim) in terms.iter().flat_map(|t| found.claims.iter().map(move |c| (t, c))) {
                if self.is_in(&term.predicate, claim) || agrees(&term.predicate, &claim.predicate) {
                    for from in term.from.fill(found, claim) {
                        for to in term.to.fill(found, claim).into_iter().filter(|&t| t != from) {
                            out.push((from, &**name, to));
                            out.extend(term.both_ways.then_some((to, &**name, from)));
                        }
                    }
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

fn agrees(pattern: &str, predicate: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == predicate, |beginning| predicate.starts_with(beginning))
}

fn entity_type(name: &str) -> Result<EntityType, String> {
    EntityType::ALL.into_iter().find(|t| t.name() == name).ok_or_else(|| format!("unknown type '{name}'"))
}

fn term(text: &str) -> Result<Term, String> {
    let plain = |part| Slot { part, types: Vec::new() };
    let (head, both_ways) = text.strip_suffix('~').map_or((text, false), |t| (t, true));
    let Some((predicate, slots)) = head.strip_suffix(')').and_then(|t| t.split_once('(')) else {
        let predicate = head.to_owned();
        return Ok(Term { predicate, from: plain(Part::Subject), to: plain(Part::Object), both_ways });
    };
    let (from, to) = slots.split_once(',').ok_or_else(|| format!("not two parts in '{text}'"))?;
    Ok(Term { predicate: predicate.to_owned(), from: slot(from)?, to: slot(to)?, both_ways })
}

fn slot(text: &str) -> Result<Slot, String> {
    let (part, types) = text.split_once(':').map_or((text, None), |(p, t)| (p, Some(t)));
    let part = match part {
        "subject" => Part::Subject,
        "object" => Part::Object,
        "trigger" => Part::Trigger,
        "place" => Part::Place,
        "time" => Part::Time,
        "count" => Part::Count,
        _ => return Err(format!("unknown part '{part}'")),
    };
    let types = types.map_or(Ok(Vec::new()), |t| t.split('|').map(entity_type).collect())?;
    Ok(Slot { part, types })
}

impl Slot {
    fn fill(&self, found: &Extraction, claim: &Claim) -> Vec<Argument> {
        let words = |span: Option<Span<Char>>| span.map(Argument::Words).into_iter().collect();
        let mut out: Vec<Argument> = match (self.part, &claim.object) {
            (Part::Subject, _) => match claim.subject {
                Subject::Entity(e) => vec![Argument::Entity(e)],
                Subject::Unknown => Vec::new(),
            },
            (Part::Object, Object::Entity(e)) => vec![Argument::Entity(*e)],
            (Part::Object, Object::Quantity(q)) => vec![Argument::Words(q.span)],
            (Part::Object, Object::Text(_)) => words(claim.evidence.object),
            (Part::Trigger, _) => vec![Argument::Words(claim.evidence.trigger)],
            (Part::Place, _) => claim.places.iter().map(|&p| Argument::Entity(p)).collect(),
            (Part::Time, _) => words(claim.time.as_ref().map(|t| t.span)),
            (Part::Count, _) => words(claim.count.as_ref().map(|q| q.span)),
        };
        out.retain(|a| match a {
            Argument::Entity(e) => self.types.is_empty() || self.types.contains(&found.entity(*e).kind),
            Argument::Words(_) => self.types.is_empty(),
        });
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_that_the_mapping_names_is_in_the_inventory() {
        let mapping = Mapping::builtin().unwrap();
        let inventory = temoin_extract::relations::Relations::builtin();
        let unknown: Vec<&str> = mapping.predicates().filter(|p| !inventory.iter().any(|r| r.name == **p)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn terms_name_predicate_parts_types_and_direction() {
        let slot = |part, types: &[EntityType]| Slot { part, types: types.to_vec() };
        assert_eq!(
            term("*(subject:Person|Group,place)").unwrap(),
            Term {
                predicate: "*".into(),
                from: slot(Part::Subject, &[EntityType::Person, EntityType::Group]),
                to: slot(Part::Place, &[]),
                both_ways: false
            }
        );
        assert!(term("metWith~").unwrap().both_ways);
        assert!(term("metWith(subject)").is_err() && term("metWith(subject,hour)").is_err());
        assert!(agrees("open:vivre*", "open:vivre-à") && agrees("*", "said") && !agrees("said", "saidBy"));
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert!(Mapping::parse("type\tPLACE\tPlaec").unwrap_err().contains("line 1"));
        assert!(Mapping::parse("\nkind\tA\tB").unwrap_err().contains("line 2"));
    }
}
