//! From segments to what the graph says: entities and happenings that several articles share.

use crate::compare::{self, Comparison};
use crate::error::GraphError;
use crate::export::Facts;
use crate::gather::{self, Article};
use crate::identity::decisions::{Decisions, Rejected};
use crate::identity::{self, Report, Rewriter};
use crate::index::QuadPiece;
use crate::iri::{Iris, kg};
use crate::merge::{Merge, Split};
use crate::minhash;
use crate::ordered::in_order;
use crate::quads::{self, vocab};
use crate::store::{Damaged, GraphFolder, Part};
use oxigraph::model::{Quad, Term};
use std::collections::BTreeMap;

/// What a part of the folder shares with others.
#[derive(Debug)]
pub(crate) struct Piece {
    /// Its articles, as a rule one.
    articles: Vec<Article>,
    shared: QuadPiece,
    documents: u64,
}

impl Piece {
    /// Takes it out of the quads of a part; what stays are the documents' own.
    pub(crate) fn new(iris: &Iris, split: &Split, quads: &mut Vec<Quad>) -> Self {
        let articles = gather::articles(iris, quads);
        let shared = QuadPiece::new(&split.off(quads));
        let document = Term::from(kg("Document"));
        let documents = quads.iter().filter(|q| q.predicate == vocab::type_() && q.object == document).count() as u64;
        Piece { articles, shared, documents }
    }
}

/// Collects what is shared from one part of the folder after the other, then resolves it.
#[derive(Debug)]
pub(crate) struct Resolver {
    iris: Iris,
    merge: Merge,
    split: Split,
    articles: Vec<Article>,
    /// Graphs of the documents of every part, by the number of the part.
    parts: BTreeMap<usize, Vec<String>>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// The shared graphs, each quad once.
    pub shared: Vec<Quad>,
    /// What was decided on entities.
    pub identity: Report,
    /// What several articles tell.
    pub comparison: Comparison,
    /// Rewrites the documents that are concerned.
    pub rewriter: Rewriter,
}

impl Resolver {
    pub(crate) fn new(iris: &Iris, policy: Facts) -> Self {
        Resolver {
            iris: iris.clone(),
            merge: Merge::new(iris),
            split: Split::new(iris, policy),
            articles: Vec::new(),
            parts: BTreeMap::new(),
        }
    }

    /// Tells what parts share, for [`Piece::new`].
    pub(crate) fn split(&self) -> &Split {
        &self.split
    }

    /// Takes what a part shares with others.
    pub(crate) fn absorb(&mut self, part: usize, piece: Piece) {
        let Piece { articles, shared, documents } = piece;
        self.merge.absorb(shared, documents);
        self.parts.insert(part, articles.iter().map(|a| self.iris.document(&a.id).into_string()).collect());
        self.articles.extend(articles);
    }

    /// Takes the ontology.
    pub(crate) fn ontology(&mut self, quads: Vec<Quad>) {
        quads.iter().for_each(|q| self.merge.take(q));
    }

    /// Number of documents.
    pub(crate) fn documents(&self) -> u64 {
        self.merge.documents()
    }

    /// Decides who is who and what is told of the same happening. `read` gives the quads of a part
    /// again, as they are on disk, at least those that name an IRI that is wanted; `change` hears of
    /// every quad of a document that reads otherwise now.
    pub(crate) fn resolve<E: Send>(
        mut self,
        decisions: &Decisions,
        read: impl Fn(usize, &dyn Fn(&str) -> bool) -> Result<Vec<Quad>, E> + Sync,
        change: &mut dyn FnMut(&Quad, &Quad),
    ) -> Result<Resolved, E> {
        self.articles.sort_by(|a, b| a.id.cmp(&b.id));
        let copies = minhash::copies(&self.articles.iter().map(|a| &a.signature).collect::<Vec<_>>());
        let decided = identity::decide(&self.iris, &self.articles, &copies, decisions);
        let comparison = compare::compare(&self.articles, &copies, &decided.canonical);
        let rewriter = decided.rewriter;
        let (split, merge) = (self.split, &mut self.merge);
        // Edges of reported claims follow from several quads of a document.
        let all = split.policy() == Facts::Reported;
        let concerned: Vec<(&usize, &Vec<String>)> =
            self.parts.iter().filter(|(_, d)| d.iter().any(|d| rewriter.concerns(d))).collect();
        let changes = |i: usize| {
            let (&part, documents) = concerned[i];
            let moves = rewriter.moves(documents);
            let old = read(part, &|iri| all || moves(iri))?;
            Ok(Changes::new(old, &split, &rewriter, documents))
        };
        in_order(concerned.len(), changes, |i, changes| {
            let (_, documents) = concerned[i];
            let Changes { own, shared } = changes?;
            own.iter().for_each(|(old, new)| change(old, new));
            for (old, new) in shared {
                merge.give_back(&old);
                new.iter().for_each(|q| merge.take(q));
            }
            rewriter.names(documents).iter().for_each(|q| merge.take(q));
            Ok(())
        })?;
        let events = compare::graph(&self.iris, &comparison);
        decided.quads.iter().chain(&events).for_each(|q| self.merge.take(q));
        let shared = self.merge.finish();
        Ok(Resolved { shared, identity: decided.report, comparison, rewriter })
    }
}

/// What identity changes in a part.
struct Changes {
    /// Quads of its documents as they were and are.
    own: Vec<(Quad, Quad)>,
    /// Shared quads that it had, and what they become, if anything.
    shared: Vec<(Quad, Option<Quad>)>,
}

impl Changes {
    fn new(mut old: Vec<Quad>, split: &Split, rewriter: &Rewriter, documents: &[String]) -> Self {
        let own = old.iter().filter(|q| !split.is_shared(q)).filter_map(|q| Some((q.clone(), rewriter.changed(q)?)));
        let own = own.collect();
        let shared = split.off(&mut old).into_iter().filter_map(|q| {
            let new = rewriter.shared(&q, documents)?;
            Some((q, new))
        });
        Changes { own, shared: shared.collect() }
    }
}

/// What [`walk`] found beside the quads.
#[derive(Debug)]
pub(crate) struct Walk {
    /// Number of documents.
    pub documents: u64,
    /// What could not be read and is left out.
    pub damaged: Vec<Damaged>,
    /// Decisions that cannot be followed.
    pub rejected: Vec<Rejected>,
}

/// Hands on the quads of `folder` as the graph says them: the shared graphs, then one part after the
/// other. Reads the folder twice, so that memory holds what articles share and one part.
pub(crate) fn walk(
    folder: &GraphFolder,
    facts: Facts,
    take: &mut dyn FnMut(Vec<Quad>) -> Result<(), GraphError>,
) -> Result<Walk, GraphError> {
    let mut taken = false;
    folder.steadily(|folder| {
        let walked = walk_once(folder, facts, &mut |quads| {
            taken = true;
            take(quads)
        });
        match walked {
            // What was handed on cannot be taken back.
            Err(e @ GraphError::Changed(_)) if taken => Err(GraphError::Store(e.to_string())),
            walked => walked,
        }
    })
}

fn walk_once(
    folder: &GraphFolder,
    facts: Facts,
    take: &mut dyn FnMut(Vec<Quad>) -> Result<(), GraphError>,
) -> Result<Walk, GraphError> {
    let decisions = folder.decisions()?;
    let mut resolver = Resolver::new(folder.iris(), facts);
    let mut damaged = Vec::new();
    let parts = folder.segments();
    let split = resolver.split().clone();
    let piece = |i: usize| {
        let read = folder.present(&parts[i])?;
        Ok::<_, GraphError>(read.map(|mut quads| Piece::new(folder.iris(), &split, &mut quads)))
    };
    in_order(parts.len(), piece, |i, piece| {
        match piece? {
            Ok(piece) => resolver.absorb(i, piece),
            Err(d) => damaged.push(d),
        }
        Ok::<(), GraphError>(())
    })?;
    match folder.ontology() {
        Ok(quads) => resolver.ontology(quads),
        Err(d) => damaged.push(d),
    }
    let documents = resolver.documents();
    let present: Vec<usize> = resolver.parts.keys().copied().collect();
    let read = |i: usize, wanted: &dyn Fn(&str) -> bool| again(folder, &parts[i], wanted);
    let resolved = resolver.resolve(&decisions, read, &mut |_, _| {})?;
    let mut shared = resolved.shared;
    quads::sort(&mut shared);
    take(shared)?;
    let own = |i: usize| {
        let mut quads = again(folder, &parts[present[i]], &|_| true)?;
        quads.retain(|q| !split.is_shared(q));
        resolved.rewriter.rewrite(&mut quads);
        Ok::<_, GraphError>(quads)
    };
    in_order(present.len(), own, |_, quads| take(quads?))?;
    Ok(Walk { documents, damaged, rejected: resolved.identity.rejected })
}

/// Reads a part that could be read a moment ago: if it changed since, that is a failure and no damage.
pub(crate) fn again(folder: &GraphFolder, part: &Part, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Quad>, GraphError> {
    let read = folder.read_some(part, wanted).map_err(|d| GraphError::Store(d.to_string()))?;
    read.ok_or_else(|| GraphError::Changed(part.document().unwrap_or_default().to_owned()))
}
