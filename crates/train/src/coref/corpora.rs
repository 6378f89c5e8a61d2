//! Corpora of coreference as raw text with chains of spans: CoNLL-U with GUM's `Entity=`, and the
//! columns of the French Democrat corpus (CoNLL-U, then speaker, paragraph, two of names, chains).

use std::collections::BTreeMap;
use temoin_model::{Char, Date, Span};

/// A text and who is who in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldText {
    /// Its name in the corpus.
    pub name: String,
    /// Raw text, rebuilt from the tokens.
    pub text: String,
    /// Date of writing, where GUM gives one.
    pub created: Option<Date>,
    /// Mentions of each entity, in text order; one that is mentioned once is a chain of one.
    pub chains: Vec<Vec<Span<Char>>>,
}

/// Reads a file of either form.
pub fn conll(source: &str) -> Vec<GoldText> {
    let mut out: Vec<Builder> = Vec::new();
    let mut fresh = true;
    for line in source.lines() {
        let name = line.strip_prefix("#begin document ").or_else(|| line.strip_prefix("# newdoc id = "));
        if let Some(name) = name {
            out.push(Builder::new(name));
        } else if let Some(date) = line.strip_prefix("# meta::dateCreated = ") {
            out.last_mut().into_iter().for_each(|b| b.out.created = date.parse().ok());
        } else if line == "# newpar" || line.starts_with("# newpar =") || line.starts_with("# newpar id") {
            out.last_mut().into_iter().for_each(|b| b.gap = "\n\n");
        } else if line.is_empty() {
            fresh = true;
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if let (Some(builder), true) = (out.last_mut(), columns.len() >= 10) {
                builder.word(&columns, std::mem::take(&mut fresh));
            }
        }
    }
    out.into_iter().map(Builder::finish).collect()
}

/// A text while it is read.
#[derive(Default)]
struct Builder {
    out: GoldText,
    length: u32,
    /// What stands before the next token.
    gap: &'static str,
    paragraph: String,
    /// Last word and span of the multiword token that is open, and its letters that no word has used.
    multiword: (u32, Span<Char>),
    rest: String,
    /// Starts of the mentions that are open, by entity.
    open: BTreeMap<String, Vec<u32>>,
    chains: BTreeMap<String, Vec<Span<Char>>>,
}

impl Builder {
    fn new(name: &str) -> Self {
        let name = name.trim_start_matches('(').split(')').next().unwrap_or(name);
        Builder { out: GoldText { name: name.to_owned(), ..GoldText::default() }, ..Builder::default() }
    }

    /// A line of the file; `first` of its sentence.
    fn word(&mut self, columns: &[&str], first: bool) {
        let (id, form, misc) = (columns[0], columns[1], columns[9]);
        // Democrat does not say where blanks stand.
        let blanks = (columns.len() < 15).then(|| !misc.split('|').any(|f| f == "SpaceAfter=No"));
        if first {
            self.multiword = (0, Span::default());
        }
        if let Some(&paragraph) = columns.get(11)
            && paragraph != self.paragraph
        {
            self.gap = "\n\n";
            self.paragraph = paragraph.to_owned();
        }
        let span = match (id.split_once('-'), id.parse::<u32>()) {
            (Some((_, last)), _) => {
                self.multiword = (last.parse().unwrap_or(0), self.append(form, blanks));
                self.rest = form.to_owned();
                return;
            }
            (None, Ok(n)) if n <= self.multiword.0 => self.part(form),
            (None, Ok(_)) => self.append(form, blanks),
            // An empty node of an enhanced tree.
            (None, Err(_)) => return,
        };
        let field = columns.get(14).copied().or_else(|| misc.split('|').find_map(|f| f.strip_prefix("Entity=")));
        self.brackets(field.unwrap_or(""), span);
    }

    /// The span of a word of the multiword token: its letters where it spells the next of them ("I'm"),
    /// else the whole (« du »).
    fn part(&mut self, form: &str) -> Span<Char> {
        let whole = self.multiword.1;
        let Some(behind) = self.rest.strip_prefix(form).map(str::to_owned) else { return whole };
        let start = whole.end - self.rest.chars().count() as u32;
        self.rest = behind;
        Span::new(start, start + form.chars().count() as u32)
    }

    /// Adds a token to the text. Where the file does not say whether a blank follows, French typography does.
    fn append(&mut self, form: &str, blank: Option<bool>) -> Span<Char> {
        let gap = match self.gap {
            _ if self.out.text.is_empty() => "",
            " " if blank.is_none() && clings(form) => "",
            gap => gap,
        };
        self.out.text.push_str(gap);
        self.length += gap.len() as u32;
        let span = Span::new(self.length, self.length + form.chars().count() as u32);
        self.out.text.push_str(form);
        self.length = span.end;
        let blank = blank.unwrap_or_else(|| !form.ends_with(['\'', '’', '(', '[']));
        self.gap = if blank { " " } else { "" };
        span
    }

    /// Opens and closes the mentions of a word: `(3`, `3)`, `(3)`, several with or without `|`
    /// between; behind a hyphen stands more about the entity.
    fn brackets(&mut self, field: &str, span: Span<Char>) {
        let mut rest = field;
        while let Some(at) = rest.find(['(', ')']) {
            if rest.as_bytes()[at] == b')' {
                let id = rest[..at].trim_start_matches('|');
                self.close(id, span);
                rest = &rest[at + 1..];
                continue;
            }
            let body = &rest[at + 1..];
            let end = body.find(['(', ')', '|']).unwrap_or(body.len());
            let id = body[..end].split('-').next().unwrap_or_default();
            self.open.entry(id.to_owned()).or_default().push(span.start);
            rest = &body[end..];
            if let Some(behind) = rest.strip_prefix(')') {
                self.close(id, span);
                rest = behind;
            }
        }
    }

    fn close(&mut self, id: &str, span: Span<Char>) {
        let id = id.split('-').next().unwrap_or(id);
        if let Some(start) = self.open.get_mut(id).and_then(Vec::pop) {
            self.chains.entry(id.to_owned()).or_default().push(Span::new(start, span.end));
        }
    }

    fn finish(mut self) -> GoldText {
        self.out.chains = self.chains.into_values().collect();
        self.out.chains.iter_mut().for_each(|c| c.sort_unstable());
        self.out.chains.sort_unstable();
        self.out
    }
}

/// Whether no blank stands before a token: comma, stop, closing bracket, « -il ».
fn clings(form: &str) -> bool {
    form.starts_with([',', '.', ')', ']'])
        || (form.starts_with('-') && form.chars().nth(1).is_some_and(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(texts: &[GoldText]) -> Vec<Vec<Vec<String>>> {
        let of = |t: &GoldText, s: &Span<Char>| t.text.chars().skip(s.start as usize).take(s.len() as usize).collect();
        texts.iter().map(|t| t.chains.iter().map(|c| c.iter().map(|s| of(t, s)).collect()).collect()).collect()
    }

    fn democrat(rows: &[(&str, &str, &str, &str)]) -> String {
        let row = |r: &(&str, &str, &str, &str)| match r.0 {
            "" => "\n".to_owned(),
            id => format!("{id}\t{}\t_\t_\t_\t_\t_\t_\t_\t_\t_\t{}\t*\t*\t{}\n", r.1, r.2, r.3),
        };
        format!("#begin document (ge/essai.xml); part 000\n{}#end document\n", rows.iter().map(row).collect::<String>())
    }

    #[test]
    fn columns_of_democrat_become_text_and_chains() {
        let texts = conll(&democrat(&[
            ("1", "Titre", "1", "_"),
            ("", "", "", ""),
            ("1", "L'", "2", "(1"),
            ("2", "élève", "2", "1)"),
            ("3-4", "du", "2", "_"),
            ("3", "de", "2", "_"),
            ("4", "le", "2", "(2"),
            ("5", "cours", "2", "2)"),
            ("6", ",", "2", "_"),
            ("7", "dit", "2", "_"),
            ("8", "-il", "2", "(1)"),
            ("9", "à", "2", "_"),
            ("10", "son", "2", "(1)|(3"),
            ("11", "père", "2", "3)"),
            ("12", ".", "2", "_"),
        ]));
        assert_eq!(
            (&*texts[0].name, &*texts[0].text),
            ("ge/essai.xml", "Titre\n\nL'élève du cours, dit-il à son père.")
        );
        assert_eq!(words(&texts), [vec![vec!["L'élève", "-il", "son"], vec!["du cours"], vec!["son père"]]]);
    }

    #[test]
    fn entities_of_gum_become_chains_and_blanks_follow_the_file() {
        let row = |id: &str, form: &str, misc: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
        let source = [
            "# newdoc id = GUM_trial\n# meta::dateCreated = 2011-05-02\n# newpar\n".to_owned(),
            row("1", "The", "Entity=(1-person-new-nnnnn-cf1-2-coref"),
            row("2", "mayor", "Entity=1)"),
            row("3", "visits", "_"),
            row("4", "Oslo", "Entity=(2-place-new-nnnnn-cf2-1-coref-Oslo_%28city%29)|SpaceAfter=No"),
            row("5", ".", "_"),
            "\n# newpar\n".to_owned(),
            row("1", "Its", "Entity=(3-organization-new-nnnnn-cf1-2-sgl(2-place-giv:act-nnnnn-cf1-1-ana)"),
            row("2", "council", "Entity=3)"),
            row("3-4", "cannot", "_"),
            row("3", "can", "_"),
            row("4", "not", "_"),
            row("4.1", "_", "_"),
        ];
        let texts = conll(&source.concat());
        assert_eq!((&*texts[0].name, &*texts[0].text), ("GUM_trial", "The mayor visits Oslo.\n\nIts council cannot"));
        assert_eq!(texts[0].created, "2011-05-02".parse().ok());
        assert_eq!(words(&texts), [vec![vec!["The mayor"], vec!["Oslo", "Its"], vec!["Its council"]]]);
    }

    #[test]
    fn mentions_of_one_entity_may_stand_inside_each_other() {
        let texts = conll(&democrat(&[
            ("1", "Lui", "1", "(1|(2"),
            ("2", "et", "1", "_"),
            ("3", "lui", "1", "(1)"),
            ("4", "seul", "1", "1)|2)"),
        ]));
        assert_eq!(words(&texts), [vec![vec!["Lui et lui seul"], vec!["Lui et lui seul", "lui"]]]);
    }
}
