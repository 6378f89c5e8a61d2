//! Names to entities: links to the gazetteer, short names of persons, acronyms, capitals that act.

use super::InherentObject;
use super::acronyms;
use super::builder::{Builder, abbreviates};
use super::detect::{Name, bracketed, find, introduced, untagged};
use super::gazetteer::{Gender, KnownIx, fold, is_acronym, plain};
use super::known::{choose, country_of, is_generic, republic, stands_for_government};
use super::lexicon::Lexicon;
use super::named_after::Whole;
use super::phrase::{before, lower};
use rustc_hash::FxHashMap;
use temoin_model::{Document, EntityIx, EntityType, Lang, MentionIx, MentionKind, NameKind, Span, Tok, TokenId, Upos};

/// Syntactic head of a span of words: the first whose own head lies outside.
pub(super) fn head_of(doc: &Document, tokens: Span<Tok>) -> TokenId {
    doc.tokens_in(tokens)
        .find(|&t| doc.head(t).is_none_or(|h| !tokens.contains_at(h.0)) && doc.upos(t) != Upos::Punct)
        .unwrap_or(TokenId(tokens.start))
}

fn entity_type(kind: NameKind) -> EntityType {
    match kind {
        NameKind::Person => EntityType::Person,
        NameKind::Location => EntityType::Place,
        NameKind::Organization => EntityType::Organization,
        NameKind::Event => EntityType::Event,
        NameKind::Product => EntityType::Product,
    }
}

/// Makes a mention of every name. Persons' short names, acronyms and capitals are resolved.
pub(super) fn resolve(b: &mut Builder<'_>) {
    Names::resolve(b);
}

/// Names of a document on their way to entities.
struct Names {
    /// Most frequent kind of each folded name.
    kinds: FxHashMap<String, NameKind>,
    /// Acronyms introduced in the text.
    short: FxHashMap<String, EntityIx>,
    /// Last words of persons' names → the persons.
    last_names: FxHashMap<String, Vec<EntityIx>>,
    /// First words of persons' names → the person, where only one bears it.
    first_names: FxHashMap<String, Option<EntityIx>>,
    /// Tells apart bearers of generic names: « Sénat ».
    apart: String,
    /// Acronyms of what is no body.
    things: FxHashMap<String, EntityType>,
}

impl Names {
    fn resolve(b: &mut Builder<'_>) {
        let mut names = find(b.doc, b.gaz);
        let introduced = introduced(b.doc, &names);
        names.retain(|n| {
            let at = introduced.partition_point(|i| i.tokens.end <= n.tokens.start);
            introduced.get(at).is_none_or(|i| !i.tokens.overlaps(n.tokens))
        });
        names.extend(introduced);
        names.sort_by_key(|n| n.tokens);
        let loose = untagged(b.doc, b.gaz, &names);
        names.extend(loose);
        names.sort_by_key(|n| n.tokens);
        let mut votes: FxHashMap<String, [u32; 5]> = FxHashMap::default();
        for n in &names {
            if let Some(k) = n.kind {
                votes.entry(fold(b.doc.slice(b.doc.char_span(n.tokens)))).or_default()[k as usize] += 1;
            }
        }
        let order = [NameKind::Person, NameKind::Location, NameKind::Organization, NameKind::Event, NameKind::Product];
        let mut kinds = FxHashMap::default();
        #[allow(clippy::iter_over_hash_type)] // fills a map, order does not matter
        for (name, v) in votes {
            let best = order.into_iter().rev().max_by_key(|&k| v[k as usize]);
            kinds.extend(best.map(|k| (name, k)));
        }
        let mut out = Names {
            kinds,
            short: FxHashMap::default(),
            last_names: FxHashMap::default(),
            first_names: FxHashMap::default(),
            apart: country_of(b, &names),
            things: acronyms::of_things(b.doc),
        };
        // Full names first, so that a headline's « Tokaïev » finds « Kassim-Jomart Tokaïev » below.
        for n in &names {
            out.register_person(b, n);
        }
        for n in names {
            out.mention(b, n);
        }
    }

    fn register_person(&mut self, b: &mut Builder<'_>, n: &Name) {
        let name = plain(b.doc.slice(b.doc.char_span(n.tokens)));
        let known = n.known.or_else(|| choose(b, &name, n.kind)).filter(|&k| b.gaz.known(k).kind == EntityType::Person);
        let tagged = self.kinds.get(&fold(&name)) == Some(&NameKind::Person) && n.known.is_none();
        let namesake = || Whole::around(b.doc, n.tokens).is_some_and(|w| !w.is_family());
        if !name.contains(' ') || known.is_none() && !tagged || namesake() {
            return;
        }
        if known.is_some() || b.gaz.find(&name).is_empty() {
            let e = match known {
                Some(k) => b.known(k),
                None => b.named(&name, EntityType::Person, ""),
            };
            if let Some((first, _)) = name.split_once(' ') {
                let slot = self.first_names.entry(fold(first)).or_insert(Some(e));
                if *slot != Some(e) {
                    *slot = None;
                }
            }
            let mut rest = name.as_str();
            while let Some((_, tail)) = rest.split_once(' ') {
                let of = self.last_names.entry(fold(tail)).or_default();
                if !of.contains(&e) {
                    of.push(e);
                }
                rest = tail;
            }
        }
    }

    fn mention(&mut self, b: &mut Builder<'_>, n: Name) {
        let doc = b.doc;
        let text = plain(doc.slice(doc.char_span(n.tokens)));
        if let Some(whole) = Whole::around(doc, n.tokens).filter(|_| self.is_of_person(b, &n, &text)) {
            whole.mention(b);
            return;
        }
        let head = head_of(doc, n.tokens);
        let entity = self.entity(b, &n, &text, head);
        let kind =
            if is_acronym(&text) && text != b.entity(entity).label { MentionKind::Acronym } else { MentionKind::Name };
        if b.info(entity).known.is_none() || n.known.is_some() {
            b.alias(entity, &text);
        }
        let m = b.mention(n.tokens, head, kind, entity);
        if b.info(entity).plural.is_none() {
            let article = before(doc, TokenId(n.tokens.start)).map(|t| lower(doc, t));
            let many = article.is_some_and(|a| matches!(a.as_str(), "les" | "des" | "ces" | "aux"));
            b.info_mut(entity).plural = many.then_some(true);
        }
        let place = matches!(b.entity(entity).kind, EntityType::Person | EntityType::Place | EntityType::Country);
        if b.info(entity).gender.is_none() && !place {
            b.info_mut(entity).gender = by_article(doc, n.tokens);
        }
        // « M. Macron », "Gen. Lee": the word of courtesy before a name leads to the mention.
        let courtesy = before(doc, TokenId(n.tokens.start)).filter(|&t| is_courtesy(doc.form(t)));
        if let Some(t) = courtesy.filter(|_| b.entity(entity).kind == EntityType::Person) {
            b.by_head[t.ix()] = Some(m);
        }
        // A damaged tree may hang several words of one name outside it: each leads to the mention.
        for t in doc.tokens_in(n.tokens) {
            if b.by_head[t.ix()].is_none() && doc.head(t).is_none_or(|h| !n.tokens.contains_at(h.0)) {
                b.by_head[t.ix()] = Some(m);
            }
        }
        self.acronym(b, n.tokens, m);
    }

    /// Whether a name is a person's, as far as the tagger and the article tell.
    fn is_of_person(&self, b: &Builder<'_>, n: &Name, text: &str) -> bool {
        let key = fold(text);
        let voted = self.kinds.get(&key).copied().or(n.kind);
        let person = matches!(voted, Some(NameKind::Person)) || voted.is_none() && self.last_names.contains_key(&key);
        person && n.known.is_none_or(|k| b.gaz.known(k).kind == EntityType::Person)
    }

    /// « … (OTSC) » behind a name gives it a short name.
    fn acronym(&mut self, b: &mut Builder<'_>, tokens: Span<Tok>, m: MentionIx) {
        let Some((at, short)) = bracketed(b.doc, tokens.end) else { return };
        let words: Vec<&str> = b.doc.tokens_in(tokens).map(|t| b.doc.form(t)).collect();
        let entity = b.of(m);
        let same = b.gaz.find(&short).iter().any(|&k| b.info(entity).known == Some(k));
        // « Agence américaine de l'aviation civile (FAA) »: the letters may come from another language.
        let foreign = words.len() >= 3 && short.len() >= 3 && b.entity(entity).kind == EntityType::Organization;
        let other = b.gaz.find(&short).iter().any(|&k| b.info(entity).known != Some(k));
        // « Fédération internationale des ligues des droits de l'homme (FIDH) »: an older name of a known body
        let spelled = other && b.info(entity).known.is_none() && foreign && abbreviates(&short, &words);
        if spelled && let [k] = b.gaz.find(&short)[..] {
            let known = b.known(k);
            let text = plain(b.doc.slice(b.doc.char_span(tokens)));
            b.mentions[m.0 as usize].entity = known;
            b.alias(known, &text);
            b.inherent(m, "shortName", InherentObject::Text(short), at, "acronym-in-brackets");
            return;
        }
        if same || abbreviates(&short, &words) || foreign && !other {
            b.alias(entity, &short);
            if self.short.insert(short.clone(), entity).is_some() {
                return;
            }
            b.inherent(m, "shortName", InherentObject::Text(short), at, "acronym-in-brackets");
        }
    }

    fn entity(&mut self, b: &mut Builder<'_>, n: &Name, text: &str, head: TokenId) -> EntityIx {
        if let Some(&e) = self.short.get(text) {
            return e;
        }
        if let Some(&kind) = self.things.get(text).filter(|_| n.known.is_none()) {
            return b.named(text, kind, "");
        }
        if let Some(long) = spelled_out(b.doc, n.tokens).filter(|_| is_acronym(text)) {
            // « CEI (Conférence épiscopale italienne) » is that body, whoever else bears the letters.
            let same = |&k: &KnownIx| {
                let known = b.gaz.known(k);
                std::iter::once(&known.label).chain(&known.names).any(|name| alike(name, &long))
            };
            let e = match b.gaz.find(text).iter().copied().find(same).or_else(|| choose(b, &long, n.kind)) {
                Some(k) => b.known(k),
                None => b.named(text, EntityType::Organization, ""),
            };
            b.alias(e, &long);
            self.short.insert(text.to_owned(), e);
            return e;
        }
        let voted = self.kinds.get(&fold(text)).copied().or(n.kind);
        // A capital is rarely a person, where nobody bears its name.
        let seat = !text.contains(' ') && b.gaz.seat(text).is_some() && !self.last_names.contains_key(&fold(text));
        let voted = if seat && voted == Some(NameKind::Person) { Some(NameKind::Location) } else { voted };
        // « agence Bloomberg »: the tagger may take in the noun before the name.
        let bare = text.split_once(' ').filter(|(w, _)| w.starts_with(char::is_lowercase)).map(|(_, rest)| rest);
        // « association Unédic », where « Unédic » is named elsewhere
        let body =
            bare.filter(|rest| voted == Some(NameKind::Organization) && self.kinds.get(&fold(rest)) == voted.as_ref());
        if let Some(rest) = body.filter(|rest| b.gaz.find(rest).is_empty()) {
            return self.short.get(rest).copied().unwrap_or_else(|| b.named(rest, EntityType::Organization, ""));
        }
        let known = n
            .known
            .or_else(|| choose(b, text, voted))
            .or_else(|| choose(b, bare?, voted))
            .or_else(|| republic(b, text));
        if (voted != Some(NameKind::Person) || known.is_some())
            && let Some(state) = b.gaz.seat(text)
        {
            let is_state = known.is_some_and(|k| b.gaz.known(k).kind == EntityType::Country);
            if !is_state && stands_for_government(b.doc, head) {
                let e = b.known(state);
                return e;
            }
        }
        if let Some(k) = known {
            return b.known(k);
        }
        if matches!(voted, Some(NameKind::Person) | None) || !text.contains(' ') {
            // Of several who bear the name, the one spoken of last.
            let bearers = self.last_names.get(&fold(text)).into_iter().flatten();
            if let Some(&e) = bearers.max_by_key(|&&e| (b.info(e).last, std::cmp::Reverse(e))) {
                return e;
            }
            if let Some(&Some(e)) = self.first_names.get(&fold(text)).filter(|_| voted == Some(NameKind::Person)) {
                return e;
            }
        }
        if let Some(e) = longer(b, n, text) {
            return e;
        }
        let kind = match voted {
            None if is_beside_persons(b.doc, n.tokens) => EntityType::Person,
            _ => voted.map_or(EntityType::Thing, entity_type),
        };
        let generic = kind == EntityType::Organization && is_generic(Lexicon::of(b.doc), text);
        b.named(text, kind, if generic { &self.apart } else { "" })
    }
}

/// « Luc Petit et Arnau Guilloux »: a name in two words that stands behind a person's and « et » is a person's too.
fn is_beside_persons(doc: &Document, tokens: Span<Tok>) -> bool {
    let word = |t: TokenId| {
        let form = doc.form(t);
        form.starts_with(char::is_uppercase) && form.chars().skip(1).any(char::is_lowercase)
    };
    let joint = TokenId(tokens.start.saturating_sub(1));
    let name = tokens.start.checked_sub(2).and_then(|t| doc.name_at(TokenId(t)));
    doc.meta.lang == Lang::Fr
        && tokens.len() == 2
        && doc.tokens_in(tokens).all(word)
        && doc.form(joint) == "et"
        && name.is_some_and(|n| n.kind == NameKind::Person && n.tokens.len() > 1)
}

/// « le Financial Times » is masculine, « la SNCF » feminine.
fn by_article(doc: &Document, tokens: Span<Tok>) -> Option<Gender> {
    let article = before(doc, TokenId(tokens.start)).filter(|&t| doc.upos(t) == Upos::Det)?;
    match lower(doc, article).as_str() {
        "le" => Some(Gender::Masc),
        "la" => Some(Gender::Fem),
        _ => None,
    }
}

/// Whether two names of a body share half of their longer words, by their first letters: « Organisation »,
/// "Organization".
fn alike(a: &str, b: &str) -> bool {
    let stems = |name: &str| -> Vec<String> {
        let words = fold(name);
        let long = words.split([' ', '-', '\'']).filter(|w| w.chars().count() > 3);
        long.map(|w| w.chars().take(5).collect()).collect()
    };
    let (a, b) = (stems(a), stems(b));
    let shared = b.iter().filter(|w| a.contains(w)).count();
    !b.is_empty() && 2 * shared >= b.len()
}

/// The name in brackets behind an acronym: two words or more in capitals, no date and no number.
fn spelled_out(doc: &Document, tokens: Span<Tok>) -> Option<String> {
    let end = doc.sentence(doc.sentence_of(TokenId(tokens.start))).end.min(tokens.end + 12);
    if tokens.end >= end || doc.form(TokenId(tokens.end)) != "(" {
        return None;
    }
    let close = (tokens.end + 1..end).find(|&t| doc.form(TokenId(t)) == ")")?;
    let inside = Span::new(tokens.end + 1, close);
    let words = || doc.tokens_in(inside).map(|t| doc.form(t));
    let plain = words().all(|w| w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.')));
    let capitals = words().filter(|w| w.starts_with(char::is_uppercase) && w.chars().count() > 2).count();
    let opens = words().next().is_some_and(|w| w.starts_with(char::is_uppercase));
    // « SPD (Allemagne) » says where, not what.
    (plain && opens && words().count() >= 2 && capitals >= 1 && tokens.len() == 1)
        .then(|| doc.slice(doc.char_span(inside)).to_owned())
}

/// Whether `word` is the noun of a longer name: « Église catholique », "Church of England", "Finance Committee".
pub(super) fn is_core(name: &str, word: &str) -> bool {
    let mut words = name.split(' ');
    let (first, second, last) = (words.next(), words.next(), name.rsplit(' ').next());
    let french = second.is_some_and(|w| w.starts_with(char::is_lowercase));
    second.is_some() && (first == Some(word) && french || last == Some(word))
}

/// "the Church" for the Church of Scientology: the one organisation named before whose name has the word.
fn longer(b: &Builder<'_>, n: &Name, text: &str) -> Option<EntityIx> {
    let article = before(b.doc, TokenId(n.tokens.start)).map(|t| lower(b.doc, t))?;
    let given = matches!(article.as_str(), "the" | "le" | "la" | "l'" | "l’");
    let body = matches!(n.kind, None | Some(NameKind::Organization));
    if !given || !body || n.tokens.len() != 1 || is_acronym(text) {
        return None;
    }
    let mut found = b
        .entities
        .iter()
        .enumerate()
        .filter(|(_, e)| e.named && e.kind == EntityType::Organization && is_core(&e.label, text));
    let (at, _) = found.next()?;
    found.next().is_none().then_some(EntityIx(at as u32))
}

/// Whether a word is written before a name out of courtesy, or for a rank in short.
fn is_courtesy(form: &str) -> bool {
    const WORDS: &[&str] = &[
        "M.",
        "MM.",
        "M",
        "Mme",
        "Mmes",
        "Mlle",
        "Me",
        "Mgr",
        "Dr",
        "Dr.",
        "Pr",
        "Pr.",
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Miss",
        "Sir",
        "Lord",
        "Lady",
        "Gen.",
        "Col.",
        "Lt.",
        "Capt.",
        "Sgt.",
        "Maj.",
        "Adm.",
        "Cmdr.",
        "Gov.",
        "Sen.",
        "Rep.",
        "Rev.",
        "Prof.",
        "Hon.",
        "St.",
        "Monsieur",
        "Madame",
        "Maître",
        "Monseigneur",
    ];
    WORDS.contains(&form)
}
