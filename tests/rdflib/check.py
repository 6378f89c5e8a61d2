#!/usr/bin/env python3
"""Checks a graph with rdflib and pySHACL, which share no code with the program that wrote it.

    python tests/rdflib/check.py TEMOIN GRAPH QUERIES

TEMOIN is the binary, GRAPH a graph folder, QUERIES a folder of .rq files. Every export must parse
and hold the same triples; every sentence and mention must be what its offsets cut out of the stored
text; the shapes of the ontology must hold, of the graph and of every golden one; every query must give
the rows that the binary gives, and some row; every invariant must come back empty; the description must
be read and count what rdflib counts.
"""
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from rdflib import RDF, BNode, Dataset, Graph, Literal, Namespace

ROOT = Path(__file__).resolve().parents[2]
KG = Namespace("https://w3id.org/temoin/ont#")
SH = Namespace("http://www.w3.org/ns/shacl#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "kg": str(KG),
    "rel": "https://w3id.org/temoin/rel/",
    "ent": "https://w3id.org/temoin/id/ent/",
    "doc": "https://w3id.org/temoin/id/doc/",
    "claim": "https://w3id.org/temoin/id/claim/",
    "event": "https://w3id.org/temoin/id/event/",
    "g": "https://w3id.org/temoin/graph/",
    "schema": "https://schema.org/",
}
QUADS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
TRIPLES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}
# What XML 1.0 cannot carry is U+FFFD in RDF/XML.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

failures = []


def check(holds, message):
    if not holds:
        failures.append(message)
        print(f"FAILED: {message}")


def run(*args):
    return subprocess.run([str(a) for a in args], check=True, stdout=subprocess.PIPE).stdout


def plain(term):
    """A term by what it says: rdflib may write a number in its own way."""
    if isinstance(term, Literal):
        return ("literal", str(term), term.language or str(term.datatype or ""))
    return ("iri", str(term))


def as_xml(term):
    kind, text, *rest = plain(term)
    return (kind, NOT_XML.sub("\ufffd", text), *rest)


def exports(temoin, graph):
    """The dataset of the N-Quads export, after comparing the others with it."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=run(temoin, "export", graph, "--format", "nquads").decode(), format="nquads")
    quads = {(plain(s), plain(p), plain(o), str(g)) for s, p, o, g in dataset.quads()}
    triples = {q[:3] for q in quads}
    check(len(quads) > 0, "the export is empty")
    check(len(triples) == len(quads), "a triple stands in two graphs")
    check(not any(isinstance(t, BNode) for q in dataset.quads() for t in q), "there is a blank node")
    for name, form in QUADS.items():
        other = Dataset()
        other.parse(data=run(temoin, "export", graph, "--format", name).decode(), format=form)
        found = {(plain(s), plain(p), plain(o), str(g)) for s, p, o, g in other.quads()}
        check(found == quads, f"{name}: {len(found - quads)} more and {len(quads - found)} fewer quads than N-Quads")
        print(f"{name}: {len(found)} quads")
    for name, form in TRIPLES.items():
        other = Graph()
        other.parse(data=run(temoin, "export", graph, "--format", name), format=form)
        found = {(plain(s), plain(p), plain(o)) for s, p, o in other}
        expected = triples
        if name == "rdfxml":
            expected = {(plain(s), plain(p), as_xml(o)) for s, p, o, _ in dataset.quads()}
        check(found == expected, f"{name}: {len(found - expected)} more and {len(expected - found)} fewer triples")
        print(f"{name}: {len(found)} triples")
    return dataset


def evidence(dataset):
    """Every stretch of text against the stored text, by code points."""
    texts = {}
    for doc in dataset.subjects(RDF.type, KG.Document):
        texts[doc] = str(dataset.value(doc, KG.text))
        digest = hashlib.sha256(texts[doc].encode()).hexdigest()
        check(str(dataset.value(doc, KG.textSha256)) == digest, f"{doc}: the SHA-256 does not fit the text")
    check(texts, "there is no document")
    n = 0
    for kind, words in ((KG.Sentence, KG.text), (KG.Mention, KG.text), (KG.Claim, KG.triggerText), (KG.AgentlessClaim, KG.triggerText)):
        for node in set(dataset.subjects(RDF.type, kind)):
            text = texts[dataset.value(node, KG.document)]
            begin, end = int(dataset.value(node, KG.begin)), int(dataset.value(node, KG.end))
            check(text[begin:end] == str(dataset.value(node, words)), f"{node}: the text has « {text[begin:end]} »")
            n += 1
    print(f"evidence: {n} pieces of text in {len(texts)} articles")


def shapes(dataset, name):
    from pyshacl import validate

    everything = Graph()
    for s, p, o, _ in dataset.quads():
        everything.add((s, p, o))
    conforms, _, report = validate(everything, shacl_graph=str(ROOT / "data/ontology/shapes.ttl"), inference="none")
    check(conforms, f"{name}: the shapes do not hold:\n{report[:3000]}")
    print(f"shapes of {name}: " + ("hold" if conforms else "do not hold"))


def golden():
    """Every graph that the golden tests keep, with the ontology."""
    ontology = Graph().parse(str(ROOT / "data/ontology/temoin.ttl"))
    check(not any(isinstance(t, BNode) for triple in ontology for t in triple), "the ontology has a blank node")
    for file in sorted(ROOT.glob("tests/golden/*/4-graph.nq")):
        dataset = Dataset(default_union=True)
        dataset.parse(str(file), format="nquads")
        shapes(dataset, file.parent.name)


def broken():
    """The shapes are no rubber stamp: a graph with faults does not conform, and the report names them."""
    from pyshacl import validate

    dataset = Dataset(default_union=True)
    dataset.parse(str(min(ROOT.glob("tests/golden/*/4-graph.nq"))), format="nquads")
    faults = (KG.status, KG.begin, KG.evidence, RDF.subject, KG.named)
    everything = Graph()
    for s, p, o, _ in dataset.quads():
        everything.add((s, p, o))
    for fault in faults:
        s, _, o = min(everything.triples((None, fault, None)))
        everything.remove((s, fault, o))
    conforms, report, _ = validate(everything, shacl_graph=str(ROOT / "data/ontology/shapes.ttl"), inference="none")
    found = set(report.objects(None, SH.resultPath))
    check(not conforms and set(faults) <= found, f"faults that the shapes do not see: {set(faults) - found}")
    print(f"shapes: {len(faults)} faults put in, all found")


def description(temoin, graph, dataset):
    """VoID and DCAT of the graph against a count by rdflib."""
    text = run(temoin, "describe", graph)
    check(text == run(temoin, "describe", graph), "two descriptions differ")
    found = Graph().parse(data=text, format="turtle")
    same = Graph().parse(data=run(temoin, "describe", graph, "--format", "jsonld"), format="json-ld")
    check(set(found) == set(same), "the description as JSON-LD is another one")
    node = found.value(predicate=RDF.type, object=DCAT.Dataset)
    triples = {(plain(s), plain(p), plain(o)) for s, p, o, _ in dataset.quads()}
    counts = {
        VOID.triples: len(triples),
        VOID.distinctSubjects: len({s for s, _, _ in triples}),
        VOID.properties: len({p for _, p, _ in triples}),
        VOID.documents: len(set(dataset.subjects(RDF.type, KG.Document))),
    }
    for p, n in counts.items():
        check(int(found.value(node, p)) == n, f"{p}: {found.value(node, p)} described, {n} counted")
    for part in found.objects(None, VOID.classPartition):
        n = len(set(dataset.subjects(RDF.type, found.value(part, VOID["class"]))))
        check(int(found.value(part, VOID.entities)) == n, f"{part}: {n} counted")
    check(len(set(found.objects(node, DCAT.distribution))) == 6, "a distribution for each format of export")
    print(f"description: {len(found)} triples, counts agree")


def invariants(temoin, graph, dataset, folder):
    files = sorted(Path(folder).glob("*.rq"))
    listed = run(temoin, "check", "--list").decode().splitlines()
    check([f.stem for f in files] == [line.split()[0] for line in listed], f"{folder} is not what temoin check runs")
    run(temoin, "check", graph)
    # exports() has looked for triples in two graphs, which takes rdflib's join too long.
    files = [f for f in files if f.stem != "one_graph"]
    for file in files:
        rows = list(dataset.query(file.read_text(encoding="utf-8"), initNs=PREFIXES))
        check(not rows, f"{file.name}: {rows[:3]}")
    print(f"invariants: {len(files)} come back empty in rdflib too")


def cell(value):
    """GROUP_CONCAT and SAMPLE are free in their order."""
    return " ".join(sorted(value.split()))


def queries(temoin, graph, dataset, folder):
    files = sorted(Path(folder).glob("*.rq"))
    check(len(files) >= 17, f"{folder}: {len(files)} queries, expected seventeen or more")
    for file in files:
        ours = json.loads(run(temoin, "query", graph, "--file", file, "--format", "json"))
        names = ours["head"]["vars"]
        mine = Counter(tuple(cell(r[v]["value"]) if v in r else None for v in names) for r in ours["results"]["bindings"])
        rows = list(dataset.query(file.read_text(encoding="utf-8"), initNs=PREFIXES))
        theirs = Counter(tuple(cell(str(r[v])) if r[v] is not None else None for v in names) for r in rows)
        check(len(rows) == mine.total(), f"{file.name}: {len(rows)} rows in rdflib, {mine.total()} in the binary")
        check(mine == theirs, f"{file.name}: other rows: {list((mine - theirs).items())[:3]} {list((theirs - mine).items())[:3]}")
        if "rebuild_check" in file.name:
            check(not rows, f"{file.name}: no row must come out")
        else:
            check(rows, f"{file.name}: no row comes out")
        print(f"{file.name}: {len(rows)} rows")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    temoin, graph, folder = sys.argv[1:]
    dataset = exports(temoin, graph)
    evidence(dataset)
    shapes(dataset, "the graph")
    broken()
    golden()
    queries(temoin, graph, dataset, folder)
    invariants(temoin, graph, dataset, Path(folder) / "invariants")
    description(temoin, graph, dataset)
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print("rdflib agrees")


if __name__ == "__main__":
    main()
