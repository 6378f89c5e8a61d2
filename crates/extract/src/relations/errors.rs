//! What is wrong with a relations file, and where.

/// What is wrong with a relations file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: relation '{relation}', field '{field}': {message}")]
pub struct RelationsError {
    /// Line of the file, from 1.
    pub line: usize,
    /// Relation, or `?` where the file cannot be read as TOML.
    pub relation: String,
    /// Field.
    pub field: String,
    /// What is wrong.
    pub message: String,
}

/// The tables that a relations file is made of.
const TABLES: &str = "expected a table [NAME] for each relation, under its own name, and in it \
                      [[NAME.frames.fr]], [[NAME.frames.en]], [NAME.examples], [NAME.counterexamples]";

impl RelationsError {
    /// What the TOML reader says of `text`, with the names of tables where one is wrong.
    pub(super) fn read(text: &str, e: &toml::de::Error) -> Self {
        if let Some(e) = misnamed(text) {
            return e;
        }
        let at = e.span().map_or(0, |s| s.start).min(text.len());
        let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let head = text[start..].lines().next().unwrap_or("").trim();
        let relation = text[..at].lines().rev().find_map(name_in).or_else(|| name_in(head));
        let field = text[at..].split(['=', '\n', ']']).next().unwrap_or("").trim().trim_start_matches('[');
        let mut message = e.message().to_owned();
        if head.starts_with('[') {
            message = format!("{message}; {TABLES}");
        }
        RelationsError {
            line: line_at(text, at),
            relation: relation.unwrap_or("?").into(),
            field: field.into(),
            message,
        }
    }
}

/// The relation of a line like `[[visited.frames.fr]]`.
fn name_in(line: &str) -> Option<&str> {
    line.trim().strip_prefix('[')?.trim_start_matches('[').split(['.', ']']).next()
}

/// The line of byte `at`, from 1.
pub(super) fn line_at(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// What stands at the top of the file and is not the table of a relation: `[[relation]]`, `name = "x"`.
fn misnamed(text: &str) -> Option<RelationsError> {
    type Top = std::collections::BTreeMap<toml::Spanned<String>, toml::Value>;
    let top: Top = toml::from_str(text).ok()?;
    let wrong = top.into_iter().filter(|(_, v)| !v.is_table()).min_by_key(|(name, _)| name.span().start);
    let (name, value) = wrong?;
    let line = line_at(text, name.span().start);
    let name = name.into_inner();
    let what = match value {
        toml::Value::Array(a) if a.iter().any(toml::Value::is_table) => format!("[[{name}]] is a list of tables"),
        _ => "this stands in no table".into(),
    };
    Some(RelationsError { line, relation: "?".into(), field: name, message: format!("{what}: {TABLES}") })
}
