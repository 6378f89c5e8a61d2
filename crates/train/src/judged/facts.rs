//! Files of facts: where claims stand and what a reader found of them, tab-separated, a claim a
//! line. A sentence without claims has one line. Offsets are code points, those of a claim's words
//! relative to the start of its sentence; `-` stands for what is not there.

use super::Set;
use clap::ValueEnum;
use std::collections::BTreeSet;
use temoin_model::{Char, Claim, Span};

/// First line of a file.
pub const HEADER: &str = "set\tdocument\tsentence start\tsentence end\tclaim\tpredicate\ttrigger start\ttrigger end\t\
                          subject start\tsubject end\tobject start\tobject end\tstatus\tpolarity\tverdict";

/// What a reader found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Verdict {
    /// The text says it.
    Right,
    /// The text does not say it.
    Wrong,
    /// Readers may differ.
    Unclear,
}

impl Verdict {
    /// The verdict of a name: `right`, `wrong`, `unclear`.
    ///
    /// # Errors
    /// Says what is expected.
    pub fn parse(name: &str) -> Result<Self, String> {
        Verdict::from_str(name, false).map_err(|_| format!("'{name}' is no verdict: right, wrong or unclear"))
    }

    const fn name(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Wrong => "wrong",
            Verdict::Unclear => "unclear",
        }
    }
}

/// What a claim is recognised by: relation and words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Relation.
    pub predicate: String,
    /// Words that name it.
    pub trigger: Span<Char>,
    /// Words of the subject.
    pub subject: Option<Span<Char>>,
    /// Words of the object.
    pub object: Option<Span<Char>>,
}

/// How a claim is put forward.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Status: `asserted`.
    pub status: String,
    /// Polarity: `positive`.
    pub polarity: String,
}

impl Place {
    /// Of a claim.
    pub fn of(claim: &Claim) -> Self {
        let e = &claim.evidence;
        Place { predicate: claim.predicate.clone(), trigger: e.trigger, subject: e.subject, object: e.object }
    }
}

impl Manner {
    /// Of a claim.
    pub fn of(claim: &Claim) -> Self {
        let name = |variant: String| variant.to_lowercase();
        Manner { status: name(format!("{:?}", claim.status)), polarity: name(format!("{:?}", claim.polarity)) }
    }
}

/// A claim of a drawn sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Line of the file; 0 for one that was not read from a file.
    pub line: usize,
    /// Number in its sample.
    pub number: u32,
    /// What it is recognised by.
    pub place: Place,
    /// How it is put forward.
    pub manner: Manner,
    /// What the reader found, once judged.
    pub verdict: Option<Verdict>,
}

/// A drawn sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First line of it in the file; 0 for one that was not read from a file.
    pub line: usize,
    /// Where it was drawn from.
    pub set: Set,
    /// Name of its document.
    pub document: String,
    /// Where it stands.
    pub span: Span<Char>,
    /// Its claims.
    pub facts: Vec<Fact>,
}

/// Reads a file named `file`. Header lines, empty lines and comments (`#`) may stand anywhere, so
/// that files can be joined.
///
/// # Errors
/// Names the file and the line that is not of this form, or whose sentence has already been given.
pub fn parse(file: &str, source: &str) -> Result<Vec<Sentence>, String> {
    let mut out: Vec<Sentence> = Vec::new();
    let mut seen = BTreeSet::new();
    for (n, line) in source.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') || line == HEADER {
            continue;
        }
        let at = |e| format!("{file}:{}: {e}", n + 1);
        let sentence = row(n + 1, line).map_err(at)?;
        let key = (sentence.set, sentence.document.clone(), sentence.span.start, sentence.span.end);
        let last = out.last_mut().filter(|s| {
            s.set == sentence.set && s.document == sentence.document && s.span == sentence.span && !s.facts.is_empty()
        });
        match last {
            Some(s) if !sentence.facts.is_empty() => s.facts.extend(sentence.facts),
            _ if seen.insert(key) => out.push(sentence),
            _ => return Err(at("this sentence stands further up already".into())),
        }
    }
    Ok(out)
}

/// A line: a sentence with one claim or none.
fn row(line: usize, source: &str) -> Result<Sentence, String> {
    let columns: Vec<&str> = source.split('\t').collect();
    let &[set, document, start, end, number, predicate, ts, te, ss, se, os, oe, status, polarity, verdict] =
        columns.as_slice()
    else {
        return Err(format!("{} columns in place of {}", columns.len(), HEADER.split('\t').count()));
    };
    let set = Set::from_str(set, false).map_err(|_| format!("'{set}' is no set"))?;
    let span = pair(0, start, end)?.ok_or("a sentence needs start and end")?;
    let mut sentence = Sentence { line, set, document: document.to_owned(), span, facts: Vec::new() };
    if number == "-" {
        let empty = columns[5..].iter().all(|c| matches!(*c, "-" | ""));
        return if empty { Ok(sentence) } else { Err("a claim needs a number".into()) };
    }
    let words = |start, end| pair(span.start, start, end);
    sentence.facts.push(Fact {
        line,
        number: number.parse().map_err(|_| format!("'{number}' is no number of a claim"))?,
        place: Place {
            predicate: predicate.to_owned(),
            trigger: words(ts, te)?.ok_or("a claim needs a trigger")?,
            subject: words(ss, se)?,
            object: words(os, oe)?,
        },
        manner: Manner { status: status.to_owned(), polarity: polarity.to_owned() },
        verdict: (!verdict.is_empty()).then(|| Verdict::parse(verdict)).transpose()?,
    });
    Ok(sentence)
}

/// A span from two offsets relative to `from`; words outside their sentence may stand before it.
fn pair(from: u32, start: &str, end: &str) -> Result<Option<Span<Char>>, String> {
    if (start, end) == ("-", "-") {
        return Ok(None);
    }
    let offset = |s: &str| s.parse::<i64>().ok().and_then(|n| u32::try_from(i64::from(from) + n).ok());
    match (offset(start), offset(end)) {
        (Some(a), Some(b)) if a < b => Ok(Some(Span::new(a, b))),
        _ => Err(format!("'{start}' to '{end}' is no span")),
    }
}

/// Writes a file.
pub fn write(sentences: &[Sentence]) -> String {
    let mut out = format!("{HEADER}\n");
    for s in sentences {
        let head = format!("{}\t{}\t{}\t{}", s.set.name(), s.document, s.span.start, s.span.end);
        if s.facts.is_empty() {
            out.push_str(&format!("{head}{}\n", "\t-".repeat(11)));
        }
        for f in &s.facts {
            let offset = |n: u32| i64::from(n) - i64::from(s.span.start);
            let words = |w: Option<Span<Char>>| {
                w.map_or("-\t-".to_owned(), |w| format!("{}\t{}", offset(w.start), offset(w.end)))
            };
            let (p, m) = (&f.place, &f.manner);
            let place = [p.predicate.clone(), words(Some(p.trigger)), words(p.subject), words(p.object)].join("\t");
            let verdict = f.verdict.map_or("", Verdict::name);
            out.push_str(&format!("{head}\t{}\t{place}\t{}\t{}\t{verdict}\n", f.number, m.status, m.polarity));
        }
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A claim of a relation at 10 to 15, with or without a subject.
    pub(crate) fn fact(number: u32, predicate: &str, verdict: Option<Verdict>) -> Fact {
        let place = Place {
            predicate: predicate.into(),
            trigger: Span::new(10, 15),
            subject: None,
            object: Some(Span::new(2, 4)),
        };
        let manner = Manner { status: "asserted".into(), polarity: "positive".into() };
        Fact { line: 0, number, place, manner, verdict }
    }

    pub(crate) fn sentence(start: u32, facts: Vec<Fact>) -> Sentence {
        let span = Span::new(start, start + 50);
        Sentence { line: 0, set: Set::GumNews, document: "GUM_news_trial".into(), span, facts }
    }

    /// Lines of a file as when nothing had been read.
    fn without_lines(mut sentences: Vec<Sentence>) -> Vec<Sentence> {
        for s in &mut sentences {
            s.line = 0;
            s.facts.iter_mut().for_each(|f| f.line = 0);
        }
        sentences
    }

    #[test]
    fn what_is_written_is_read_again() {
        let facts = vec![fact(1, "locatedIn", Some(Verdict::Right)), fact(2, "open:go", None)];
        let all = vec![sentence(5, facts), sentence(70, vec![])];
        let file = write(&all);
        assert_eq!(
            file.lines().nth(1).unwrap(),
            "gum-news\tGUM_news_trial\t5\t55\t1\tlocatedIn\t5\t10\t-\t-\t-3\t-1\tasserted\tpositive\tright"
        );
        assert_eq!(file.lines().nth(3).unwrap(), "gum-news\tGUM_news_trial\t70\t120\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-");
        let again = parse("x", &file).unwrap();
        assert_eq!((again[0].line, again[0].facts[1].line, again[1].line), (2, 3, 4));
        assert_eq!(without_lines(again), all);
    }

    #[test]
    fn files_can_be_joined_but_no_sentence_given_again() {
        let (one, two) = (write(&[sentence(5, vec![fact(1, "a", None)])]), write(&[sentence(80, vec![])]));
        assert_eq!(parse("x", &format!("{one}\n# more\n{two}")).unwrap().len(), 2);
        let error = parse("x", &format!("{one}{two}{one}")).unwrap_err();
        assert_eq!(error, "x:6: this sentence stands further up already");
        assert!(parse("x", &format!("{two}{two}")).is_err());
    }

    #[test]
    fn errors_name_file_and_line() {
        let good = write(&[sentence(5, vec![fact(1, "a", None)])]);
        for (from, to, message) in [
            ("gum-news", "gum", "x:2: 'gum' is no set"),
            ("\tpositive\t", "\tpositive\tperhaps", "x:2: 'perhaps' is no verdict: right, wrong or unclear"),
            ("\tasserted", "", "x:2: 14 columns in place of 15"),
            ("\t5\t10\t", "\t5\t5\t", "x:2: '5' to '5' is no span"),
            ("\t-3\t-1\t", "\t-9\t-1\t", "x:2: '-9' to '-1' is no span"),
            ("\t1\ta\t", "\t-\ta\t", "x:2: a claim needs a number"),
        ] {
            assert_eq!(parse("x", &good.replacen(from, to, 1)).unwrap_err(), message);
        }
    }
}
