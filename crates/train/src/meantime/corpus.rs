//! The annotated articles of MEANTIME as raw texts with events.

use super::cat::{self, File, Mark};
use super::join::Joiner;
use crate::names::corpora::read;
use std::collections::BTreeMap;
use std::path::Path;
use temoin_model::{Char, Date, Span};

/// Folders of the corpus, by what the articles are about.
pub const FOLDERS: [&str; 2] = ["corpus_airbus", "corpus_apple"];

/// An annotated article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldText {
    /// Name of its file.
    pub name: String,
    /// Its folder, without `corpus_`.
    pub folder: String,
    /// The raw text, put together from the tokens.
    pub text: String,
    /// Date of publication.
    pub published: Option<Date>,
    /// Event mentions, in text order.
    pub events: Vec<GoldEvent>,
    /// Entities: the name that they have in all articles (or, without one, in this article), and the tokens
    /// of their mentions.
    pub entities: Vec<(String, Vec<Span<Char>>)>,
    /// Characters that are annotated: up to the end of the last sentence with a participant. Behind
    /// it the corpus has mentions of a few events only, for coreference across articles.
    pub annotated: Span<Char>,
}

/// An annotated event mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldEvent {
    /// Its tokens.
    pub tokens: Vec<Span<Char>>,
    /// Its sentence.
    pub sentence: Span<Char>,
    /// Part of speech: `VERB`, `NOUN`, `OTHER`, or nothing.
    pub pos: String,
    /// Tokens of each participant.
    pub participants: Vec<Vec<Span<Char>>>,
}

/// Reads the corpus.
///
/// # Errors
/// When a file cannot be read.
pub fn texts(corpora: &Path) -> Result<Vec<GoldText>, String> {
    let mut out = Vec::new();
    for name in FOLDERS {
        let folder = corpora.join("extraction/en/meantime").join(name);
        let wrong = |e: std::io::Error| format!("{}: {e}", folder.display());
        let entries = std::fs::read_dir(&folder).map_err(wrong)?;
        let mut paths: Vec<_> = entries.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>().map_err(wrong)?;
        paths.retain(|p| p.extension().is_some_and(|e| e == "xml"));
        paths.sort();
        for path in paths {
            let file = cat::parse(&read(&path)?).map_err(|e| format!("{}: {e}", path.display()))?;
            let mut text = GoldText::new(&file);
            text.name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            text.folder = name.trim_start_matches("corpus_").to_owned();
            out.push(text);
        }
    }
    Ok(out)
}

impl GoldText {
    /// The article of a file. The headline and the date, which are the first two sentences, are
    /// paragraphs of their own.
    pub fn new(file: &File) -> Self {
        let mut joiner = Joiner::default();
        let mut places = BTreeMap::new();
        let mut sentences: BTreeMap<u32, Span<Char>> = BTreeMap::new();
        for (i, token) in file.tokens.iter().enumerate().filter(|(_, t)| !t.form.is_empty()) {
            if i > 0 && token.sentence != file.tokens[i - 1].sentence && token.sentence <= 2 {
                joiner.paragraph();
            }
            let span = joiner.push(&token.form, file.tokens.get(i + 1).map(|t| t.form.as_str()));
            places.insert(token.id, (span, token.sentence));
            sentences.entry(token.sentence).and_modify(|s| *s = s.cover(span)).or_insert(span);
        }
        let spans =
            |m: &Mark| -> Vec<Span<Char>> { m.tokens.iter().filter_map(|t| places.get(t)).map(|p| p.0).collect() };
        let participants = |id: u32| {
            let of = file.participants.iter().filter(move |(e, _)| *e == id);
            of.filter_map(|(_, p)| file.marks.get(p)).map(spans).filter(|s| !s.is_empty()).collect()
        };
        let event = |(&id, mark): (&u32, &Mark)| {
            let (_, sentence) = places.get(mark.tokens.iter().min()?)?;
            Some(GoldEvent {
                tokens: spans(mark),
                sentence: sentences[sentence],
                pos: mark.get("pos").to_owned(),
                participants: participants(id),
            })
        };
        let entities = entities(file, &spans);
        let mentions = file.marks.iter().filter(|(_, m)| m.kind == "EVENT_MENTION");
        let mut events: Vec<GoldEvent> = mentions.filter_map(event).collect();
        events.sort_by(|a, b| a.tokens.cmp(&b.tokens));
        let full = events.iter().filter(|e| !e.participants.is_empty());
        let annotated = Span::new(0, full.map(|e| e.sentence.end).max().unwrap_or(0));
        let dates = file.marks.values().filter(|m| m.get("functionInDocument") == "CREATION_TIME");
        let published = dates.filter_map(|m| m.get("value").parse().ok()).next();
        GoldText { text: joiner.finish(), published, events, entities, annotated, ..GoldText::default() }
    }

    /// Events that have a participant: those that are asked for.
    pub fn asked(&self) -> impl Iterator<Item = &GoldEvent> {
        self.events.iter().filter(|e| !e.participants.is_empty())
    }
}

/// Chains of entity mentions. `instance_id` names an entity across articles.
fn entities(file: &File, spans: &dyn Fn(&Mark) -> Vec<Span<Char>>) -> Vec<(String, Vec<Span<Char>>)> {
    let mut out: BTreeMap<u32, Vec<Span<Char>>> = BTreeMap::new();
    for (mention, target) in &file.referents {
        let (Some(m), Some(t)) = (file.marks.get(mention), file.marks.get(target)) else { continue };
        if m.kind == "ENTITY_MENTION" && t.kind == "ENTITY" {
            let whole = spans(m).into_iter().reduce(|a, b| a.cover(b));
            out.entry(*target).or_default().extend(whole);
        }
    }
    let name = |id: u32| match file.marks[&id].get("instance_id") {
        "" => format!("#{id}"),
        everywhere => everywhere.to_owned(),
    };
    out.into_iter().filter(|(_, all)| !all.is_empty()).map(|(id, all)| (name(id), all)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::gold;

    #[test]
    fn the_text_is_put_together_with_its_date_and_events() {
        let text = gold();
        assert_eq!(text.text, "Mill burns\n\nMay 2, 2011\n\nThe mill hired R&D staff. It sold two boats");
        assert_eq!(text.published.unwrap().to_string(), "2011-05-02");
        let words = |s: temoin_model::Span<temoin_model::Char>| &text.text[s.start as usize..s.end as usize];
        let triggers: Vec<&str> = text.events.iter().map(|e| words(e.tokens[0])).collect();
        assert_eq!(triggers, ["burns", "hired", "sold"]);
        assert_eq!(text.events[1].participants.len(), 1);
        assert_eq!(words(text.annotated), "Mill burns\n\nMay 2, 2011\n\nThe mill hired R&D staff.");
        assert_eq!(text.asked().count(), 2);
    }
}
