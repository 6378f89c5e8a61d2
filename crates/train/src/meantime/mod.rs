//! MEANTIME: annotated English Wikinews articles with events and their participants (Minard and
//! others 2016, "MEANTIME, the NewsReader Multilingual Event and Time Corpus").

pub mod cat;
pub mod corpus;
pub mod errors;
pub mod found;
pub mod identity;
pub mod join;
pub mod score;

use crate::names::corpora::read;
use clap::Args;
use corpus::GoldText;
use found::Found;
use serde_json::json;
use std::path::{Path, PathBuf};
use temoin_extract::trace::Rejection;
use temoin_extract::{Extractor, time};
use temoin_language::Annotator;
use temoin_model::record::ClaimRecord;
use temoin_model::{Article, Document, Lang, Meta};

/// Score events and their participants on MEANTIME, from raw text.
///
/// An event counts as found when the trigger of one of our claims overlaps its words.
#[derive(Debug, Args)]
pub struct ScoreMeantime {
    /// Folder of the public corpora
    #[arg(long, env = "TEMOIN_CORPORA")]
    corpora: PathBuf,
    /// Also the commonest kinds of missed events, and all of them
    #[arg(long, conflicts_with = "claims")]
    errors: bool,
    /// Score claims made elsewhere (`temoin extract --format jsonl`) of the texts that --write-texts writes
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,
    /// Write the raw texts to meantime.jsonl in this folder, and score nothing
    #[arg(long, value_name = "DIR", conflicts_with_all = ["claims", "errors"])]
    write_texts: Option<PathBuf>,
}

/// A text with our claims and the triggers that gave none.
pub fn extract(
    annotator: &Annotator,
    extractor: &Extractor,
    text: &GoldText,
) -> (Document, Vec<Found>, Vec<Rejection>) {
    let meta = Meta { lang: Lang::En, name: text.name.clone(), published: text.published, ..Meta::default() };
    let mut doc = annotator.annotate(Article { meta, text: text.text.clone() });
    if doc.meta.published.is_none() {
        doc.meta.published = time::publication_date(&doc).map(|(date, _)| date);
    }
    let (extraction, rejections) = extractor.trace(&doc);
    let record = |c| serde_json::to_value(ClaimRecord::new(&doc, &extraction, c)).ok();
    let claims = extraction.claims.iter().filter_map(record).filter_map(|r| found::found(&r)).collect();
    (doc, claims, rejections)
}

impl ScoreMeantime {
    /// Scores the corpus and prints the table.
    ///
    /// # Errors
    /// When the corpus or the claims cannot be read.
    pub fn run(&self) -> Result<(), String> {
        let texts = corpus::texts(&self.corpora)?;
        if let Some(folder) = &self.write_texts {
            return write(&texts, folder);
        }
        let mut scores = score::Scores::default();
        let mut errors = errors::Errors::default();
        if let Some(path) = &self.claims {
            let mut claims = found::by_source(&read(path)?).map_err(|e| format!("{}: {e}", path.display()))?;
            texts.iter().for_each(|t| scores.add(t, &claims.remove(&t.name).unwrap_or_default()));
            if let Some(source) = claims.keys().next() {
                return Err(format!("{}: no text is named \"{source}\"", path.display()));
            }
        } else {
            let (annotator, extractor) = (Annotator::builtin(Lang::En), Extractor::builtin());
            for text in &texts {
                let (doc, claims, rejections) = extract(&annotator, &extractor, text);
                scores.add(text, &claims);
                errors.add(&doc, text, &claims, &rejections);
            }
        }
        crate::say!("MEANTIME, {} articles\n\n{}", texts.len(), scores.table().markdown());
        if self.errors {
            crate::say!("{}", errors.tables());
        }
        Ok(())
    }
}

fn write(texts: &[GoldText], folder: &Path) -> Result<(), String> {
    let path = folder.join("meantime.jsonl");
    let line =
        |t: &GoldText| format!("{}\n", json!({ "id": t.name, "date": t.published, "lang": "en", "text": t.text }));
    let lines: String = texts.iter().map(line).collect();
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, lines))
        .map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) const XML: &str = r#"<?xml version="1.0" ?><Document doc_id="1" lang="en">
<token number="0" sentence="0" t_id="1">Mill</token><token number="1" sentence="0" t_id="2">burns</token>
<token number="2" sentence="1" t_id="3">May</token><token number="3" sentence="1" t_id="4">2</token>
<token number="4" sentence="1" t_id="5">,</token><token number="5" sentence="1" t_id="6">2011</token>
<token number="6" sentence="2" t_id="7">The</token><token number="7" sentence="2" t_id="8">mill</token>
<token number="8" sentence="2" t_id="9">hired</token><token number="9" sentence="2" t_id="10">R&amp;D</token>
<token number="10" sentence="2" t_id="11">staff</token><token number="11" sentence="2" t_id="12">.</token>
<token number="12" sentence="3" t_id="13">It</token><token number="13" sentence="3" t_id="14">sold</token>
<token number="14" sentence="3" t_id="15">two</token><token number="15" sentence="3" t_id="16">boats</token>
<Markables>
<TIMEX3 functionInDocument="CREATION_TIME" m_id="1" type="DATE" value="2011-05-02"><token_anchor t_id="3"/></TIMEX3>
<ENTITY_MENTION head="" m_id="2" syntactic_type="NOM"><token_anchor t_id="10"/><token_anchor t_id="11"/></ENTITY_MENTION>
<EVENT_MENTION m_id="3" pos="VERB" pred="hire"><token_anchor t_id="9"/></EVENT_MENTION>
<ENTITY_MENTION m_id="4"><token_anchor t_id="1"/></ENTITY_MENTION>
<EVENT_MENTION m_id="5" pos=""><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="6" pos="VERB"><token_anchor t_id="14"/></EVENT_MENTION>
<EVENT RELATED_TO="" class="OTHER" m_id="7"/>
</Markables>
<Relations>
<HAS_PARTICIPANT r_id="1" sem_role="Arg1"><source m_id="3"/><target m_id="2"/></HAS_PARTICIPANT>
<REFERS_TO r_id="2"><source m_id="6"/><target m_id="7"/></REFERS_TO>
<HAS_PARTICIPANT r_id="3" sem_role="Arg1"><source m_id="5"/><target m_id="4"/></HAS_PARTICIPANT>
</Relations>
</Document>"#;

    /// The text of [`XML`].
    pub(crate) fn gold() -> GoldText {
        let file = cat::parse(XML).unwrap();
        GoldText { name: "one".into(), folder: "mills".into(), ..GoldText::new(&file) }
    }

    #[test]
    fn a_simple_event_is_found_with_its_participant() {
        let text = gold();
        let (_, claims, _) = extract(&Annotator::builtin(Lang::En), &Extractor::builtin(), &text);
        let mut scores = score::Scores::default();
        scores.add(&text, &claims);
        let verbs = scores.counts(None, Some("VERB"));
        assert_eq!((verbs.events, verbs.participant), (1, 1), "{claims:?}");
    }
}
