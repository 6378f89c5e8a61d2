//! Prints the mentions, entities and inherent facts of French text files, for reading.
//!
//! `cargo run -p temoin-extract --example mentions FILE…`

use std::fs;
use temoin_extract::entities::{Gazetteer, InherentObject, resolve};
use temoin_extract::quantity;
use temoin_language::Annotator;
use temoin_model::{Article, Lang, Meta};

fn main() -> std::io::Result<()> {
    let annotator = Annotator::builtin(Lang::Fr);
    let gazetteer = Gazetteer::builtin();
    for path in std::env::args().skip(1) {
        let article = Article { meta: Meta::default(), text: fs::read_to_string(&path)? };
        let doc = annotator.annotate(article);
        let layer = resolve(&doc, &gazetteer, &quantity::find(&doc));
        println!("# {path}");
        for s in 0..doc.sentence_count() {
            let words = doc.sentence(s);
            println!("\n{}", doc.slice(doc.sentence_span(s)).replace('\n', " "));
            for m in layer.mentions.iter().filter(|m| words.contains_at(m.head.0)) {
                let e = &layer.entities[m.entity.0 as usize];
                let to = layer.affiliation[m.entity.0 as usize].map(|a| layer.entities[a.0 as usize].label.as_str());
                println!(
                    "    {:<36} {:?}/{} → {} {}",
                    doc.slice(m.span).replace('\n', " "),
                    m.kind,
                    doc.deprel(m.head),
                    format_args!("{} [{}] {}", e.label, e.kind.name(), e.id),
                    to.map(|t| format!("of {t}")).unwrap_or_default()
                );
            }
        }
        println!();
        for i in &layer.inherent {
            let of = |m: temoin_model::MentionIx| {
                layer.entities[layer.mentions[m.0 as usize].entity.0 as usize].label.clone()
            };
            let object = match &i.object {
                InherentObject::Mention(m) => of(*m),
                InherentObject::Text(t) => format!("« {t} »"),
            };
            println!("  {} {} {object}   [{}]", of(i.subject), i.predicate, i.rule);
        }
        for e in layer.entities.iter().filter(|e| e.named) {
            println!("  {} [{}] {:?} {:?}", e.label, e.kind.name(), e.wikidata, e.aliases);
        }
    }
    Ok(())
}
