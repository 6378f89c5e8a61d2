//! Annotations in the XML of CAT, the tool that MEANTIME was made with (Bartalesi Lenzi and others
//! 2012, "CAT: the CELCT Annotation Tool").

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// An annotated file, as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Tokens, in text order.
    pub tokens: Vec<Token>,
    /// Mentions, and entities and events without words, by identifier.
    pub marks: BTreeMap<u32, Mark>,
    /// Event and participant of every `HAS_PARTICIPANT`.
    pub participants: Vec<(u32, u32)>,
    /// Mention, and the entity or event that it refers to, of every `REFERS_TO`.
    pub referents: Vec<(u32, u32)>,
}

/// A token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Identifier.
    pub id: u32,
    /// Number of its sentence.
    pub sentence: u32,
    /// Its characters.
    pub form: String,
}

/// A markable: what is annotated, with what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Name of the element: `EVENT_MENTION`, `ENTITY_MENTION`, `TIMEX3` …
    pub kind: String,
    /// Attributes.
    pub attributes: BTreeMap<String, String>,
    /// Identifiers of its tokens.
    pub tokens: Vec<u32>,
}

impl Mark {
    /// An attribute; empty where it is left out.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// What is being read.
#[derive(Default)]
struct State {
    file: File,
    in_token: bool,
    /// The markable around, by identifier.
    mark: Option<u32>,
    source: Option<u32>,
    in_participant: bool,
    /// Sources of the `REFERS_TO` around.
    referring: Option<Vec<u32>>,
}

/// Reads a file.
///
/// # Errors
/// When it is no XML, or an identifier is no number.
pub fn parse(xml: &str) -> Result<File, String> {
    let mut reader = Reader::from_str(xml);
    let mut state = State::default();
    loop {
        let at = reader.buffer_position();
        let wrong = |e: &dyn std::fmt::Display| format!("byte {at}: {e}");
        match reader.read_event().map_err(|e| wrong(&e))? {
            Event::Eof => return Ok(state.file),
            Event::Start(e) | Event::Empty(e) => state.open(&e).map_err(|e| wrong(&e))?,
            Event::Text(t) if state.in_token => {
                let form = t.unescape().map_err(|e| wrong(&e))?;
                state.file.tokens.last_mut().into_iter().for_each(|t| t.form.push_str(form.trim()));
            }
            Event::End(e) => state.close(e.name().as_ref()),
            _ => {}
        }
    }
}

impl State {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        let attributes = attributes(element)?;
        let number = |name: &str| {
            let value = attributes.get(name).ok_or_else(|| format!("no {name}"))?;
            value.parse::<u32>().map_err(|e| format!("{name} \"{value}\": {e}"))
        };
        match element.name().as_ref() {
            b"token" => {
                self.in_token = true;
                let token = Token { id: number("t_id")?, sentence: number("sentence")?, form: String::new() };
                self.file.tokens.push(token);
            }
            b"token_anchor" => {
                let token = number("t_id")?;
                let mark = self.mark.and_then(|m| self.file.marks.get_mut(&m));
                mark.into_iter().for_each(|m| m.tokens.push(token));
            }
            b"HAS_PARTICIPANT" => self.in_participant = true,
            b"REFERS_TO" => self.referring = Some(Vec::new()),
            b"source" if self.referring.is_some() => {
                let mention = number("m_id")?;
                self.referring.iter_mut().for_each(|r| r.push(mention));
            }
            b"target" if self.referring.is_some() => {
                let target = number("m_id")?;
                let sources = self.referring.take().unwrap_or_default();
                self.file.referents.extend(sources.into_iter().map(|s| (s, target)));
            }
            b"source" if self.in_participant => self.source = Some(number("m_id")?),
            b"target" if self.in_participant => {
                let target = number("m_id")?;
                self.file.participants.extend(self.source.map(|s| (s, target)));
            }
            name if attributes.contains_key("m_id") && name != b"source" && name != b"target" => {
                let id = number("m_id")?;
                let kind = String::from_utf8_lossy(name).into_owned();
                self.file.marks.insert(id, Mark { kind, attributes, tokens: Vec::new() });
                self.mark = Some(id);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"token" => self.in_token = false,
            b"HAS_PARTICIPANT" => (self.in_participant, self.source) = (false, None),
            b"REFERS_TO" => self.referring = None,
            b"token_anchor" | b"source" | b"target" => {}
            _ => self.mark = None,
        }
    }
}

fn attributes(element: &BytesStart<'_>) -> Result<BTreeMap<String, String>, String> {
    let one = |a: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let a = a.map_err(|e: quick_xml::events::attributes::AttrError| e.to_string())?;
        let value = a.unescape_value().map_err(|e| e.to_string())?.into_owned();
        Ok((String::from_utf8_lossy(a.key.as_ref()).into_owned(), value))
    };
    element.attributes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_marks_and_participants_are_read() {
        let file = parse(super::super::tests::XML).unwrap();
        assert_eq!(file.tokens.len(), 16);
        assert_eq!(file.tokens[0], Token { id: 1, sentence: 0, form: "Mill".into() });
        assert_eq!(file.tokens[9].form, "R&D", "entities are resolved");
        assert_eq!(file.marks[&3].kind, "EVENT_MENTION");
        assert_eq!((file.marks[&3].get("pos"), file.marks[&3].get("tense")), ("VERB", ""));
        assert_eq!(file.marks[&2].tokens, [10, 11]);
        assert_eq!(file.participants, [(3, 2), (5, 4)], "other relations do not count");
        assert_eq!(file.referents, [(6, 7)]);
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_its_place() {
        assert!(parse("<Document><token t_id=\"x\" sentence=\"0\">a</token></Document>").unwrap_err().contains("t_id"));
        assert!(parse("<Document><token></Document>").unwrap_err().starts_with("byte"));
    }
}
