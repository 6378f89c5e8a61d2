#!/usr/bin/env python3
"""Checks a graph with rdflib and pySHACL, which share no code with the program that wrote it.

    python tests/rdflib/check.py TEMOIN GRAPH QUERIES

TEMOIN is the binary, GRAPH a graph folder, QUERIES a folder of .rq files. Every export must parse
and hold the same triples; every sentence and mention must be what its offsets cut out of the stored
text; the shapes of the ontology must hold; every query must give the rows that the binary gives.
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


def shapes(dataset):
    from pyshacl import validate

    everything = Graph()
    for s, p, o, _ in dataset.quads():
        everything.add((s, p, o))
    conforms, _, report = validate(everything, shacl_graph=str(ROOT / "data/ontology/shapes.ttl"), inference="none")
    check(conforms, f"the shapes do not hold:\n{report[:3000]}")
    print("shapes: " + ("hold" if conforms else "do not hold"))


def cell(value):
    """GROUP_CONCAT and SAMPLE are free in their order."""
    return " ".join(sorted(value.split()))


def queries(temoin, graph, dataset, folder):
    files = sorted(Path(folder).glob("*.rq"))
    check(len(files) >= 7, f"{folder}: {len(files)} queries, expected seven or more")
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
        print(f"{file.name}: {len(rows)} rows")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    temoin, graph, folder = sys.argv[1:]
    dataset = exports(temoin, graph)
    evidence(dataset)
    shapes(dataset)
    queries(temoin, graph, dataset, folder)
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print("rdflib agrees")


if __name__ == "__main__":
    main()
