//! Features of two entities for the relations between them.

use super::chains::Node;
use super::view::View;
use temoin_language::linear::feature;
use temoin_model::{Object, Subject};

/// An entity of a report: its mentions, by number.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Mentions in text order.
    pub nodes: Vec<usize>,
    /// Number of its class.
    pub class: usize,
    /// Number of its fine type.
    pub kind: usize,
}

/// What is looked at for all pairs of one report.
pub struct Context<'a> {
    view: &'a View<'a>,
    nodes: &'a [Node],
    chains: &'a [Chain],
    /// Sentences in which each entity is mentioned.
    sentences: Vec<Vec<usize>>,
    /// Place of each entity among those of its class, by first mention, and how many there are.
    rank: Vec<(u32, u32)>,
    /// Predicates of claims by the two words that head their arguments.
    claims: Vec<(usize, usize, u32)>,
}

impl<'a> Context<'a> {
    /// Looks at the entities of a report.
    pub fn new(view: &'a View<'a>, nodes: &'a [Node], chains: &'a [Chain]) -> Self {
        let rank = |c: &Chain| {
            let alike = || chains.iter().filter(|d| d.class == c.class);
            (alike().filter(|d| d.nodes[0] < c.nodes[0]).count() as u32, alike().count() as u32)
        };
        let of_entity = |e: temoin_model::EntityIx| {
            let heads = view.found.mentions.iter().filter(move |m| m.entity == e).map(|m| m.head.ix());
            heads.filter_map(|h| chains.iter().position(|c| c.nodes.iter().any(|&n| nodes[n].place.head == h))).next()
        };
        let mut claims = Vec::new();
        for claim in &view.found.claims {
            let subject = match claim.subject {
                Subject::Entity(e) => of_entity(e),
                Subject::Unknown => None,
            };
            let object = match claim.object {
                Object::Entity(e) => of_entity(e),
                _ => None,
            };
            let name = temoin_language::linear::text(&claim.predicate);
            if let (Some(a), Some(b)) = (subject, object) {
                claims.push((a, b, name));
            }
            for place in claim.places.iter().filter_map(|&p| of_entity(p)) {
                claims.extend([subject, object].into_iter().flatten().map(|x| (x, place, 7)));
            }
        }
        let sentences = |c: &Chain| {
            let mut all: Vec<usize> = c.nodes.iter().map(|&n| view.sentence(nodes[n].place.head)).collect();
            all.dedup();
            all
        };
        let sentences = chains.iter().map(sentences).collect();
        Context { view, nodes, chains, sentences, rank: chains.iter().map(rank).collect(), claims }
    }

    /// The mentions of two entities that stand nearest to each other.
    fn nearest(&self, a: usize, b: usize) -> (usize, usize) {
        let mut best = (usize::MAX, 0, 0);
        for &x in &self.chains[a].nodes {
            for &y in &self.chains[b].nodes {
                let (p, q) = (self.nodes[x].place.head, self.nodes[y].place.head);
                let apart = p.abs_diff(q) + 1000 * self.view.sentence(p).abs_diff(self.view.sentence(q));
                if apart < best.0 {
                    best = (apart, x, y);
                }
            }
        }
        (best.1, best.2)
    }

    /// Features of a pair, from the first entity to the second.
    pub fn features(&self, a: usize, b: usize, out: &mut Vec<u32>) {
        let (view, nodes) = (self.view, self.nodes);
        let (ca, cb) = (&self.chains[a], &self.chains[b]);
        let classes = (ca.class * 16 + cb.class) as u32;
        let mut put = |template: u32, x: u32, y: u32| out.push(feature(700 + template, classes, x, y));
        let (kind_a, kind_b) = (ca.kind as u32, cb.kind as u32);
        put(0, 0, 0);
        put(1, kind_a, kind_b);
        put(2, kind_a, 0);
        put(3, kind_b, 0);
        let (x, y) = self.nearest(a, b);
        let (p, q) = (nodes[x].place.head, nodes[y].place.head);
        let (sp, sq) = (view.sentence(p), view.sentence(q));
        let gap = sp.abs_diff(sq).min(4) as u32;
        let order = u32::from(p < q);
        let (ra, rb) = (self.rank[a], self.rank[b]);
        let (ra4, rb4) = (ra.0.min(3), rb.0.min(3));
        put(4, gap, order);
        put(5, gap * 4 + rb4, rb.1.min(4));
        put(6, gap * 4 + ra4, ra.1.min(4));
        put(7, ra4 * 4 + rb4, gap);
        put(8, rb4, rb.1.min(4));
        put(9, ra4, ra.1.min(4));
        put(10, ca.nodes.len().min(4) as u32, gap);
        put(11, cb.nodes.len().min(4) as u32, gap);
        put(12, rb4 * 4 + rb.1.min(3), kind_a);
        let together = self.sentences[a].iter().filter(|s| self.sentences[b].contains(s)).count().min(3) as u32;
        put(13, together, 0);
        for (k, chain) in [(0, ca), (1, cb)] {
            let mut lemmas: Vec<u32> = chain.nodes.iter().map(|&n| view.words[nodes[n].place.head].lemma).collect();
            lemmas.sort_unstable();
            lemmas.dedup();
            for lemma in lemmas {
                put(14 + k, lemma, 0);
                put(16 + k, lemma, gap.min(1));
            }
            let first = nodes[chain.nodes[0]].place.head;
            put(18 + k, view.words[first].lex.fine, gap.min(1));
            put(20 + k, view.words[first].lex.coarse, view.sentence(first).min(2) as u32);
            put(22 + k, u32::from(view.is_name(first)), gap.min(1));
            for &n in &chain.nodes {
                let h = nodes[n].place.head;
                if let Some(g) = view.head(h) {
                    put(24 + k, view.words[g].lemma, view.words[h].rel);
                }
                if let Some(c) = view.dependent(h, "case") {
                    put(26 + k, view.words[c].lemma, 0);
                }
            }
        }
        let (wp, wq) = (view.words[p], view.words[q]);
        put(30, wp.lemma, wq.lemma);
        put(31, wp.lex.fine, wq.lex.fine);
        put(32, wp.lex.coarse, wq.lex.coarse);
        put(33, wp.lemma, kind_b);
        put(34, wq.lemma, kind_a);
        for &(_, _, name) in self.claims.iter().filter(|c| c.0 == a && c.1 == b) {
            put(35, name, 0);
            put(36, 0, 0);
        }
        for &(_, _, name) in self.claims.iter().filter(|c| c.0 == b && c.1 == a) {
            put(37, name, 0);
            put(38, 0, 0);
        }
        if sp == sq {
            self.of_sentence(p, q, order, &mut put);
        } else {
            put(39, gap, order * 2 + u32::from(sp.min(sq) == 0));
        }
    }

    /// Features of two words of one sentence.
    fn of_sentence(&self, p: usize, q: usize, order: u32, put: &mut impl FnMut(u32, u32, u32)) {
        let view = self.view;
        let (from, to) = (p.min(q) + 1, p.max(q).max(p.min(q) + 1));
        let apart = (to - from).min(40) as u32;
        put(40, apart.min(6), order);
        put(41, apart / 6, order);
        let between = self.nodes.iter().filter(|n| n.place.head >= from && n.place.head < to).count().min(4) as u32;
        put(42, between, order);
        if apart < 12 {
            let mut words = 17u32;
            for w in &view.words[from..to] {
                put(43, w.lemma, order);
                words = words.wrapping_mul(31).wrapping_add(w.lemma);
            }
            if apart < 5 {
                put(44, words, order);
            }
        }
        for w in &view.words[from.saturating_sub(1)..(to + 1).min(view.words.len())] {
            if w.upos == temoin_model::Upos::Verb as u32 {
                put(45, w.lemma, order);
            }
        }
        let (up, down, top) = self.path(p, q);
        let rels = |path: &[usize]| path.iter().fold(1u32, |h, &i| h.wrapping_mul(37).wrapping_add(view.words[i].rel));
        put(46, rels(&up), rels(&down));
        put(47, (up.len() * 8 + down.len()) as u32, order);
        if let Some(top) = top {
            let t = view.words[top];
            put(48, t.lemma, 0);
            put(49, t.lemma, rels(&up).wrapping_mul(41).wrapping_add(rels(&down)));
            put(50, t.upos, rels(&up).wrapping_mul(41).wrapping_add(rels(&down)));
            put(51, t.lex.fine, (up.len().min(3) * 4 + down.len().min(3)) as u32);
        }
        for &i in up.iter().skip(1).chain(down.iter().skip(1)) {
            put(52, view.words[i].lemma, 0);
        }
        let case = |i: usize| view.dependent(i, "case").map_or(0, |c| view.words[c].lemma);
        put(53, case(p), case(q));
        put(54, case(q), top.map_or(0, |t| view.words[t].lemma));
        put(55, case(p), top.map_or(0, |t| view.words[t].lemma));
    }

    /// The words from `p` and from `q` up to the one above both, without it, and that one.
    fn path(&self, p: usize, q: usize) -> (Vec<usize>, Vec<usize>, Option<usize>) {
        let up = |i: usize| std::iter::successors(Some(i), |&j| self.view.head(j)).take(60).collect::<Vec<usize>>();
        let (a, b) = (up(p), up(q));
        let top = a.iter().copied().find(|i| b.contains(i));
        let to = |path: Vec<usize>| path.into_iter().take_while(|&i| Some(i) != top).collect::<Vec<usize>>();
        (to(a), to(b), top)
    }
}
