//! Names that stand for more than a person: a family (« les frères Dupont », « les Dupont »), and what
//! is called after somebody (« le lycée Jean Moulin », « le prix Goncourt »).

use super::builder::Builder;
use super::lexicon::{Lexicon, NounClass};
use super::names::head_of;
use super::phrase::{before, lower};
use temoin_model::{Document, EntityType, Lang, MentionIx, MentionKind, Span, Tok, TokenId, Upos};

/// Kin that share a name.
const KIN: &[&str] = &["frère", "sœur", "soeur", "époux", "épou", "conjoint", "jumeau", "jumelle", "cousin", "cousine"];

/// Nouns of one group that bear a name.
const HOUSES: &[&str] = &["famille", "couple", "clan", "fratrie", "dynastie", "tandem", "duo"];

/// What is called after people more often than it is led by the one whose name follows.
const NAMESAKES: &[&str] = &[
    "prix",
    "trophée",
    "lycée",
    "collège",
    "école",
    "université",
    "stade",
    "gymnase",
    "rue",
    "avenue",
    "boulevard",
    "quai",
    "pont",
    "place",
    "square",
    "hôpital",
    "aéroport",
    "théâtre",
    "musée",
    "fondation",
    "loi",
    "amendement",
    "affaire",
    "théorème",
    "syndrome",
];

/// A name with the noun that makes something else of it than a person.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    tokens: Span<Tok>,
    kind: EntityType,
    class: NounClass,
    label: String,
    plural: bool,
    /// Lemma of the noun.
    noun: String,
}

impl Whole {
    /// What the person's name at `name` is a part of.
    pub(super) fn around(doc: &Document, name: Span<Tok>) -> Option<Whole> {
        if doc.meta.lang != Lang::Fr || goes_on(doc, name) {
            return None;
        }
        let lead = before(doc, TokenId(name.start))?;
        let surname = Lexicon::of(doc).gender_of_name(doc.slice(doc.char_span(name))).is_none() || name.len() == 1;
        match doc.upos(lead) {
            Upos::Det if surname => family_name(doc, lead, name),
            Upos::Noun if surname && is_house(doc, lead) => Some(Whole::of(doc, lead, name, EntityType::Group)),
            Upos::Noun if is_namesake(doc, lead, name) => {
                let class = Lexicon::of(doc).noun(doc.lemma(lead), doc.form(lead)).0;
                Some(Whole::of(doc, lead, name, class.entity_type(false)))
            }
            _ => None,
        }
    }

    fn of(doc: &Document, noun: TokenId, name: Span<Tok>, kind: EntityType) -> Whole {
        let tokens = Span::new(noun.0, name.end);
        let group = kind == EntityType::Group;
        let class = if group { NounClass::GROUP } else { Lexicon::of(doc).noun(doc.lemma(noun), doc.form(noun)).0 };
        let words = doc.slice(doc.char_span(tokens)).split_whitespace().collect::<Vec<_>>().join(" ");
        let plural = group && !HOUSES.contains(&doc.lemma(noun));
        Whole { tokens, kind, class, label: words, plural, noun: doc.lemma(noun).to_lowercase() }
    }

    /// Whether it is people, whose name is nobody else's.
    pub(super) fn is_family(&self) -> bool {
        self.kind == EntityType::Group
    }

    /// Makes the mention and its entity.
    pub(super) fn mention(self, b: &mut Builder<'_>) -> MentionIx {
        let e = b.named(&self.label, self.kind, "");
        let info = b.info_mut(e);
        info.class = self.class;
        info.plural = Some(self.plural);
        if !self.noun.is_empty() && !info.described.contains(&self.noun) {
            info.described.push(self.noun);
        }
        let head = head_of(b.doc, self.tokens);
        b.mention(self.tokens, head, MentionKind::Name, e)
    }
}

/// Whether a list of names goes on behind: « les candidats Martin et Petit », « les frères Luc et Jean Petit ».
fn goes_on(doc: &Document, name: Span<Tok>) -> bool {
    let capital = |t: u32| doc.form(TokenId(t)).starts_with(char::is_uppercase);
    let size = doc.len() as u32;
    name.end + 1 < size && matches!(doc.form(TokenId(name.end)), "," | "et" | "ou") && capital(name.end + 1)
}

/// « les Dupont »: the family.
fn family_name(doc: &Document, article: TokenId, name: Span<Tok>) -> Option<Whole> {
    (lower(doc, article) == "les").then(|| Whole {
        tokens: name,
        kind: EntityType::Group,
        class: NounClass::GROUP,
        label: format!("les {}", doc.slice(doc.char_span(name))),
        plural: true,
        noun: String::new(),
    })
}

/// « les frères », « la famille » before a name.
fn is_house(doc: &Document, noun: TokenId) -> bool {
    let lemma = doc.lemma(noun);
    HOUSES.contains(&lemma) || KIN.contains(&lemma) && doc.form(noun).ends_with(['s', 'x'])
}

/// « le lycée Jean Moulin »: the tree holds noun and name together.
fn is_namesake(doc: &Document, noun: TokenId, name: Span<Tok>) -> bool {
    let head = head_of(doc, name);
    let held = doc.head(head) == Some(noun) || doc.head(noun) == Some(head);
    held && NAMESAKES.contains(&doc.lemma(noun))
}
