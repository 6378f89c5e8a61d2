//! Which found mention is which mention of the key.

use temoin_model::{Char, Document, Mention, MentionKind, Span, Tok, TokenId, Upos};

/// When a found mention is one of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// The spans are equal, as in the reference scorer.
    Span,
    /// Equal spans first; then spans with the same head word; then a span inside the other that
    /// begins or ends with it, where name and title or apposition are taken for head (« M. Durand »
    /// and « Durand »). Heads are those of our own trees. For corpora that cut mentions otherwise.
    Head,
}

impl Matching {
    /// All ways, strictest first.
    pub const ALL: [Matching; 2] = [Matching::Span, Matching::Head];

    /// Name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Matching::Span => "equal spans",
            Matching::Head => "same head",
        }
    }
}

/// How a corpus cuts its mentions. Ours are short, because their words become labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The whole phrase, with complements and clauses (Democrat): [`temoin_extract::entities::extents`].
    Whole,
    /// The same, without relative pronouns, which are no mentions (GUM).
    NoRelatives,
    /// Our words without determiners and numbers in front; possessives and relative pronouns are no
    /// mentions (POPCORN).
    Core,
}

impl Cut {
    /// The mentions with the spans that the corpus would give them.
    pub fn apply(self, doc: &Document, mentions: &[Mention]) -> Vec<Mention> {
        let spans: Vec<Span<Tok>> = match self {
            Cut::Whole | Cut::NoRelatives => temoin_extract::entities::extents(doc, mentions),
            Cut::Core => mentions.iter().map(|m| core(doc, m)).collect(),
        };
        let cut = |(m, tokens): (&Mention, Span<Tok>)| Mention { tokens, span: doc.char_span(tokens), ..m.clone() };
        mentions.iter().zip(spans).filter(|(m, _)| self.marks(doc, m)).map(cut).collect()
    }

    /// Whether the corpus has mentions of this kind.
    fn marks(self, doc: &Document, m: &Mention) -> bool {
        let word = m.kind == MentionKind::Pronoun;
        let relative = word && doc.feat(m.head, "PronType") == Some("Rel");
        let possessive = word && (doc.upos(m.head) == Upos::Det || doc.feat(m.head, "Poss") == Some("Yes"));
        match self {
            Cut::Whole => true,
            Cut::NoRelatives => !relative,
            Cut::Core => !relative && !possessive,
        }
    }
}

fn core(doc: &Document, m: &Mention) -> Span<Tok> {
    let mut words = m.tokens;
    while words.start < m.head.0 && matches!(doc.upos(TokenId(words.start)), Upos::Det | Upos::Num) {
        words = Span::new(words.start + 1, words.end);
    }
    words
}

/// A mention, whoever found it: its characters and its head word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Characters.
    pub span: Span<Char>,
    /// Head word; none where the span touches no word.
    pub head: Option<TokenId>,
}

impl Spot {
    /// A span with the head that our trees give it.
    pub fn new(doc: &Document, span: Span<Char>) -> Self {
        Spot { span, head: head_of(doc, span) }
    }

    /// Whether two mentions are the same by [`Matching::Head`].
    pub fn same(self, doc: &Document, other: Spot) -> bool {
        self.span == other.span || self.same_head(other) || self.titled(doc, other)
    }

    fn same_head(self, other: Spot) -> bool {
        self.head.is_some() && self.head == other.head
    }

    fn titled(self, doc: &Document, other: Spot) -> bool {
        let heads = self.head.zip(other.head);
        heads.is_some_and(|(a, b)| nested(self.span, other.span) && appended(doc, a, b))
    }
}

impl From<&Mention> for Spot {
    fn from(m: &Mention) -> Self {
        Spot { span: m.span, head: Some(m.head) }
    }
}

/// For every found mention its mention of the key, each given once at most, in text order.
pub fn align(doc: &Document, key: &[Span<Char>], found: &[Spot], how: Matching) -> Vec<Option<usize>> {
    let key: Vec<Spot> = key.iter().map(|&s| Spot::new(doc, s)).collect();
    let mut taken = vec![false; key.len()];
    let mut out = vec![None; found.len()];
    let mut round = |same: &dyn Fn(Spot, Spot) -> bool| {
        for (slot, &spot) in out.iter_mut().zip(found) {
            if slot.is_none() {
                *slot = (0..key.len()).find(|&k| !taken[k] && same(key[k], spot));
                slot.iter().for_each(|&k: &usize| taken[k] = true);
            }
        }
    };
    round(&|k, m| k.span == m.span);
    if how == Matching::Head {
        round(&|k, m| k.same_head(m));
        round(&|k, m| k.titled(doc, m));
    }
    out
}

/// The words that a span touches.
pub fn words(doc: &Document, span: Span<Char>) -> Span<Tok> {
    let all: Vec<u32> = doc.tokens().filter(|&t| doc.token_span(t).overlaps(span)).map(|t| t.0).collect();
    all.first().zip(all.last()).map_or(Span::default(), |(&a, &b)| Span::new(a, b + 1))
}

/// The head word of a span: the first whose own head lies outside it.
pub fn head_of(doc: &Document, span: Span<Char>) -> Option<TokenId> {
    let words = words(doc, span);
    let outside = |t: &TokenId| doc.head(*t).is_none_or(|h| !words.contains_at(h.0));
    doc.tokens_in(words).find(|t| outside(t) && doc.upos(*t) != Upos::Punct)
}

/// Whether one span lies within the other and begins or ends with it.
fn nested(a: Span<Char>, b: Span<Char>) -> bool {
    (a.contains(b) || b.contains(a)) && (a.start == b.start || a.end == b.end)
}

/// Whether two words are title and name, or name and apposition.
fn appended(doc: &Document, a: TokenId, b: TokenId) -> bool {
    let below = |x: TokenId, y: TokenId| doc.head(x) == Some(y) && matches!(doc.relation(x), "flat" | "appos" | "nmod");
    let bare = |x: TokenId| doc.dependents_by(x, "case").next().is_none();
    (below(a, b) && bare(a)) || (below(b, a) && bare(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use temoin_model::{Meta, conllu};

    fn doc() -> Document {
        let rows = "1\tLe\tle\tDET\t_\t_\t2\tdet\t_\t_\n2\tministre\tministre\tNOUN\t_\t_\t6\tnsubj\t_\t_\n\
                    3\tPaul\tPaul\tPROPN\t_\t_\t2\tappos\t_\t_\n4\tde\tde\tADP\t_\t_\t5\tcase\t_\t_\n\
                    5\tLyon\tLyon\tPROPN\t_\t_\t2\tnmod\t_\t_\n6\tpart\tpartir\tVERB\t_\t_\t0\troot\t_\t_\n";
        conllu::parse_one(&format!("# text = Le ministre Paul de Lyon part\n{rows}"), Meta::default()).unwrap()
    }

    fn mention(doc: &Document, words: std::ops::Range<u32>, head: u32) -> Spot {
        Spot { span: doc.char_span(Span::new(words.start, words.end)), head: Some(TokenId(head)) }
    }

    #[test]
    fn equal_spans_come_before_equal_heads() {
        let doc = doc();
        let (short, long) = (mention(&doc, 1..2, 1), mention(&doc, 0..5, 1));
        let key = [long.span];
        assert_eq!(align(&doc, &key, &[short, long], Matching::Head), [None, Some(0)]);
        assert_eq!(align(&doc, &key, &[short], Matching::Head), [Some(0)]);
        assert_eq!(align(&doc, &key, &[short], Matching::Span), [None]);
    }

    #[test]
    fn title_and_name_are_one_but_not_a_complement() {
        let doc = doc();
        let titled = mention(&doc, 0..3, 1).span;
        assert_eq!(align(&doc, &[titled], &[mention(&doc, 2..3, 2)], Matching::Head), [Some(0)]);
        let whole = mention(&doc, 0..5, 1).span;
        assert_eq!(align(&doc, &[whole], &[mention(&doc, 4..5, 4)], Matching::Head), [None]);
    }
}
