//! Frames: which words name a relation, and which roles fill its arguments.

use temoin_model::EntityType;

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Pos {
    Verb,
    Noun,
    Adj,
}

/// The word or words that name a relation: « tuer », « se rendre », « mettre en examen ».
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trigger {
    pub(super) pos: Pos,
    /// Lemma of the syntactic head.
    pub(super) head: String,
    /// Whether the head must have a reflexive clitic.
    pub(super) reflexive: bool,
    /// A word that must hang on the head.
    pub(super) complement: Option<Complement>,
}

/// The second word of a trigger of several words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Complement {
    /// Its preposition.
    pub(super) prep: Option<String>,
    /// Its lemma.
    pub(super) lemma: String,
    /// Lemmas that follow it immediately.
    pub(super) tail: Vec<String>,
}

/// Words that may begin a preposition; anything else in a role's place is a misspelt role.
const PREPOSITIONS: &[&str] = &[
    "à", "de", "en", "dans", "sur", "par", "sous", "contre", "pour", "avec", "chez", "parmi", "vers", "envers",
    "entre", "devant", "face", "auprès", "suite", "des", "au", "with", "to", "of", "in", "on", "into", "for", "from",
    "by", "against", "at", "among", "between", "after", "towards", "toward", "over", "about", "as", "because", "due",
    "off", "under", "through", "across", "upon", "onto", "within", "without", "during", "before", "behind", "near",
    "around", "along", "inside", "outside",
];
const DETERMINERS: &[&str] =
    &["le", "la", "les", "l'", "un", "une", "des", "son", "sa", "ses", "the", "a", "an", "his", "her", "its", "their"];

impl Trigger {
    /// Reads « se rendre », « mettre en examen », « prendre le contrôle ».
    pub(super) fn parse(pos: Pos, phrase: &str) -> Option<Trigger> {
        let mut words: Vec<&str> = phrase.split_inclusive('\'').flat_map(str::split_whitespace).collect();
        let reflexive = matches!(words.first(), Some(&("se" | "s'")));
        if reflexive {
            words.remove(0);
        }
        let mut words = words.into_iter();
        let head = words.next()?.to_owned();
        let mut words = words.filter(|w| !DETERMINERS.contains(w));
        let mut complement = None;
        if let Some(mut next) = words.next() {
            let mut prep = None;
            if PREPOSITIONS.contains(&next) {
                // A preposition without a noun is a particle: "take over".
                if let Some(noun) = words.next() {
                    prep = Some(next.to_owned());
                    next = noun;
                }
            }
            complement = Some(Complement { prep, lemma: next.to_owned(), tail: words.map(str::to_owned).collect() });
        }
        (!head.is_empty()).then_some(Trigger { pos, head, reflexive, complement })
    }
}

/// Where an argument is found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// Who does it: subject of the active, agent of the passive.
    Subject,
    /// What it is done to: object of the active, subject of the passive.
    Object,
    /// Indirect object: a clitic or « à X ».
    Indirect,
    /// A prepositional dependent.
    Prep(String),
    /// « de X » behind the object: « retirer ses troupes du Mali ».
    ObjectDe,
    /// Subject of the verb that the trigger noun completes: « est en hausse », « connaît une baisse ».
    StateOf,
    /// Of two phrases with « de » the second: « le retrait du pays du traité ».
    SecondOf,
    /// A place with a preposition of place.
    Place,
    /// A possessive determiner.
    Possessive,
    /// The state behind a nationality adjective.
    Actor,
    /// The trigger noun itself.
    Own,
    /// What a predicate noun or adjective is said of.
    Bearer,
    /// Subject of the verb that governs the trigger noun.
    Governor,
    /// The clause or quotation that is said.
    Content,
    /// The verb below: « a annoncé avoir arrêté ».
    Infinitive,
    /// A quantity beside the trigger.
    Quantity,
    /// A quantity beside the trigger noun or in the predicate said of it.
    Value,
    /// The noun that a counted noun belongs to: « Quimper (63 000 habitants) ».
    Holder,
    /// Complement of « élu », « nommé ».
    Predicate,
    /// The trigger's words.
    Trigger,
    /// « entre A et B »: those that take part alike.
    Between,
    /// The noun phrase of the trigger, as words.
    Phrase,
    /// An adjective (conditions only).
    Adjective,
}

impl Role {
    /// Reads a role as written in a frame; any word that is no role is a preposition.
    pub(super) fn parse(s: &str) -> Result<Role, String> {
        Ok(match s.trim() {
            "" => return Err("an empty role".into()),
            "subject" => Role::Subject,
            "object" => Role::Object,
            "indirect" => Role::Indirect,
            "object de" => Role::ObjectDe,
            "state of" => Role::StateOf,
            "second de" => Role::SecondOf,
            "place" => Role::Place,
            "possessive" => Role::Possessive,
            "actor" => Role::Actor,
            "own" => Role::Own,
            "bearer" => Role::Bearer,
            "governor" => Role::Governor,
            "content" => Role::Content,
            "infinitive" => Role::Infinitive,
            "quantity" => Role::Quantity,
            "adjective" => Role::Adjective,
            "value" => Role::Value,
            "holder" => Role::Holder,
            "predicate" => Role::Predicate,
            "trigger" => Role::Trigger,
            "phrase" => Role::Phrase,
            "between" => Role::Between,
            // Their first word alone is a particle: "carry out".
            "out of" | "ahead of" | "instead of" => Role::Prep(s.trim().to_owned()),
            p if p.split(' ').next().is_some_and(|w| PREPOSITIONS.contains(&w)) => Role::Prep(p.to_owned()),
            p => return Err(format!("'{p}' is neither a role nor a preposition")),
        })
    }
}

/// A set of entity types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeSet(u16);

impl TypeSet {
    pub(super) const ANY: TypeSet = TypeSet(u16::MAX);

    /// Reads type names; `Agent` stands for those who act.
    pub(super) fn parse(names: &[String]) -> Result<TypeSet, String> {
        let mut set = 0;
        for n in names {
            set |= match n.as_str() {
                "Agent" => {
                    Self::of(&[EntityType::Person, EntityType::Organization, EntityType::Country, EntityType::Group])
                }
                "Location" => Self::of(&[EntityType::Place, EntityType::Country]),
                "Object" => Self::of(&[EntityType::Thing, EntityType::Product, EntityType::Work, EntityType::Place]),
                "Thing" | "Statement" | "Text" | "Quantity" => u16::MAX,
                "Unnamed" => Self::of(&[EntityType::Thing]),
                n => match EntityType::ALL.iter().find(|t| t.name() == n) {
                    Some(t) => Self::of(&[*t]),
                    None => return Err(format!("unknown type '{n}'")),
                },
            };
        }
        Ok(TypeSet(set))
    }

    fn of(types: &[EntityType]) -> u16 {
        types.iter().fold(0, |s, &t| s | 1 << (t as u16))
    }

    pub(super) fn contains(self, t: EntityType) -> bool {
        self.0 & (1 << (t as u16)) != 0
    }

    /// Whether it holds one type only: « président de la région » heads no state.
    pub(super) fn is_one(self) -> bool {
        self.0.count_ones() == 1
    }

    /// The types of a set that is not all of them.
    pub(super) fn types(self) -> Vec<EntityType> {
        EntityType::ALL.into_iter().filter(|t| !self.is_any() && self.contains(*t)).collect()
    }

    pub(super) fn is_any(self) -> bool {
        self.0 == u16::MAX
    }
}

/// One way to say a relation.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Index of its relation.
    pub(super) relation: usize,
    /// Name for the claim's `rule`: `killed.fr.1`.
    pub(super) rule: String,
    pub(super) triggers: Vec<Trigger>,
    /// Roles tried in order; the first that is filled is taken.
    pub(super) subject: Vec<Role>,
    pub(super) object: Vec<Role>,
    /// Types without which the frame does not hold.
    pub(super) subject_is: TypeSet,
    pub(super) object_is: TypeSet,
    /// Dependents that must be there, by lemma (`*` for any).
    pub(super) with: Vec<(Role, Vec<String>)>,
    /// Dependents that must not be there.
    pub(super) without: Vec<(Role, Vec<String>)>,
    /// Whether a missing subject is the unknown agent.
    pub(super) agentless: bool,
    /// Whether a missing object is the trigger's own words.
    pub(super) objectless: bool,
    /// Whether only an object known by name will do.
    pub(super) object_named: bool,
    /// Relation that counts the patients of an agentless passive.
    pub(super) counted: Option<String>,
    /// Units that a quantity in the object's place may have; `money` is any currency. Empty for any.
    pub(super) unit: Vec<String>,
    /// Lemmas of which one must stand in the clause's noun phrase around the trigger.
    pub(super) words: Vec<String>,
    pub(super) reliability: f64,
}

impl Frame {
    /// Whether a quantity's unit will do.
    pub(super) fn takes_unit(&self, unit: Option<&str>) -> bool {
        let money = |u: &str| u.len() == 3 && u.bytes().all(|b| b.is_ascii_uppercase());
        self.unit.is_empty() || unit.is_some_and(|u| self.unit.iter().any(|w| w == u || w == "money" && money(u)))
    }

    /// Whether the object takes part in it with the subject: « une rencontre avec ».
    pub(super) fn is_mutual(&self) -> bool {
        self.object
            .iter()
            .any(|r| matches!(r, Role::Prep(p) if p == "avec" || p == "with" || p == "entre" || p == "between"))
    }
}
