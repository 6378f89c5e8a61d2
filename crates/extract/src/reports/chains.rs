//! Coreference of the mentions of a report: each mention joins the earlier chain that scores
//! highest, or begins one. The score of a chain is linear in features of the mention and the chain
//! (entity-mention model; Luo and others 2004), trained as a choice among the chains of the moment.

use super::Place;
use super::view::View;
use temoin_language::linear::feature;

/// A mention, with what chains are compared by.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Where.
    pub place: Place,
    /// Number of its fine type.
    pub kind: usize,
    /// Number of its class.
    pub class: usize,
    /// Form: 0 pronoun, 1 name, 2 noun.
    form: u32,
    gender: u32,
    number: u32,
}

impl Node {
    /// A mention of this class and fine type.
    pub fn new(view: &View<'_>, place: Place, class: usize, kind: usize) -> Self {
        let token = temoin_model::TokenId(place.head as u32);
        let code = |name: &str, values: [&str; 2]| match view.doc.feat(token, name) {
            Some(v) if v == values[0] => 1,
            Some(v) if v == values[1] => 2,
            _ => 0,
        };
        let form = if view.is_pronoun(place.head) { 0 } else { 2 - u32::from(view.is_name(place.head)) };
        let (gender, number) = (code("Gender", ["Masc", "Fem"]), code("Number", ["Sing", "Plur"]));
        Node { place, kind, class, form, gender, number }
    }
}

/// The feature that every new chain has, and nothing else.
pub fn of_new() -> u32 {
    feature(500, 0, 0, 0)
}

/// Features of joining mention `j` to the chain `chain` of earlier mentions (the latest last); an
/// empty chain stands for a new one.
pub fn features(view: &View<'_>, nodes: &[Node], chain: &[usize], j: usize, out: &mut Vec<u32>) {
    let m = &nodes[j];
    let head = view.words[m.place.head];
    let case = m.class as u32 * 3 + m.form;
    let determiner = view.dependent(m.place.head, "det").map_or(0, |d| view.words[d].lemma);
    let mut put = |template: u32, a: u32, b: u32| {
        out.push(feature(500 + template, a, b, 0));
        out.push(feature(500 + template, a, b, 1 + case));
    };
    let Some(&last) = chain.last() else {
        put(0, 0, 0);
        put(1, determiner, u32::from(view.words[m.place.head].lex.capital));
        put(2, head.lemma, 0);
        put(3, head.lex.fine, 0);
        put(4, head.upos, head.rel);
        put(5, m.kind as u32, 0);
        put(6, head.times, determiner);
        put(7, m.number, m.gender);
        let same = nodes[..j].iter().filter(|n| n.class == m.class).count().min(3) as u32;
        put(8, same, 0);
        put(9, same, determiner);
        put(10, u32::from(nodes[..j].iter().any(|n| view.words[n.place.head].lemma == head.lemma)), determiner);
        put(
            11,
            u32::from(
                view.entity[m.place.head]
                    .is_some_and(|e| nodes[..j].iter().any(|n| view.entity[n.place.head] == Some(e))),
            ),
            0,
        );
        return;
    };
    let n = &nodes[last];
    let other = view.words[n.place.head];
    let form = n.form;
    let gap =
        (view.sentence(m.place.head) - view.sentence(n.place.head).min(view.sentence(m.place.head))).min(4) as u32;
    let between = nodes[last + 1..j].iter().filter(|x| x.class == m.class).count().min(4) as u32;
    let ours = match (view.entity[m.place.head], view.entity[n.place.head]) {
        (Some(a), Some(b)) if a == b => 1,
        (Some(_), Some(_)) => 2,
        _ => 3,
    };
    let any = |test: &dyn Fn(&Node) -> bool| u32::from(chain.iter().any(|&c| test(&nodes[c])));
    let text = |x: &Node| view.doc.slice(view.chars(x.place.span)).to_lowercase();
    let mine = text(m);
    let ours_any = view.entity[m.place.head].map_or(0, |e| any(&|x| view.entity[x.place.head] == Some(e)));
    let same_lemma = any(&|x| view.words[x.place.head].lemma == head.lemma);
    let same_text = any(&|x| text(x) == mine);
    let within = any(&|x| x.form > 0 && (text(x).contains(&mine) || mine.contains(&text(x))));
    let same_kind = u32::from(n.kind == m.kind);
    let agree = |a: u32, b: u32| if a == 0 || b == 0 { 0 } else { 1 + u32::from(a == b) };
    let gender = chain.iter().map(|&c| agree(nodes[c].gender, m.gender)).filter(|&g| g > 0).min().unwrap_or(0);
    let number = agree(n.number, m.number);
    put(20, form, 0);
    put(21, ours, form);
    put(22, ours_any, same_lemma);
    put(23, same_lemma, form);
    put(24, same_text, form);
    put(25, within, same_lemma);
    put(26, gap, form);
    put(27, between, form);
    put(28, gap, between);
    put(29, gender, form);
    put(30, number, form);
    put(31, number * 3 + gender, same_lemma);
    put(32, same_kind, same_lemma);
    put(33, chain.len().min(4) as u32, 0);
    put(34, determiner, same_lemma);
    put(35, determiner, form);
    put(36, other.lemma, head.lemma);
    put(37, other.lex.fine, head.lex.fine);
    put(38, other.lemma, determiner);
    put(39, head.rel, other.rel);
    put(40, head.rel, gap.min(1) * 8 + between);
    put(41, u32::from(view.head(m.place.head) == Some(n.place.head)), head.rel);
    put(42, u32::from(view.head(n.place.head) == Some(m.place.head)), other.rel);
    let siblings = view.head(m.place.head).is_some() && view.head(m.place.head) == view.head(n.place.head);
    put(43, u32::from(siblings), head.rel);
    put(44, u32::from(chain.contains(&0)) + 2 * u32::from(chain[0] < 3), form);
    put(45, same_lemma * 4 + ours_any * 2 + within, gap);
    put(46, m.number, m.gender * 4 + u32::from(n.kind == m.kind));
    if let Some(&named) = chain.iter().find(|&&c| nodes[c].form == 1) {
        put(47, u32::from(named == last), m.form);
    }
    let first = &nodes[chain[0]];
    put(48, view.words[first.place.head].lemma, head.lemma);
    put(49, u32::from(first.kind == m.kind), first.form);
}
