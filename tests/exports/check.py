#!/usr/bin/env python3
"""Reads every export by the program that it is for, and compares it with the graph's own quads.

    python tests/exports/check.py TEMOIN GRAPH [--disk TEMOIN_WITH_DISK]

TEMOIN is the binary, GRAPH a graph folder. networkx reads GraphML and node-link JSON, pyarrow and
DuckDB read Parquet, DuckDB the CSV files of Neo4j and the events, pyoxigraph RDF 1.2 and the store on
disk, followthemoney its entities. Each must hold what the graph holds, or count what it leaves out.
"""
import gzip
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import duckdb
import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph as ox

KG = "https://w3id.org/temoin/ont#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
BASE = "https://w3id.org/temoin/"
# The sixteen categories of PLOVER.
PLOVER = set(
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT".split()
)
# What XML 1.0 cannot carry is U+FFFD in GraphML.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
failures = []


def check(holds, message):
    if not holds:
        failures.append(message)
        print(f"FAILED: {message}")


def run(*args):
    """Standard output of a command; what it says beside is shown only where it fails."""
    done = subprocess.run([str(a) for a in args], capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, args))}: exit code {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


class Graph:
    """What the N-Quads say, read by pyoxigraph."""

    def __init__(self, temoin, graph, work):
        self.temoin, self.graph, self.work = temoin, graph, work
        self.store = ox.Store()
        self.nquads = run(temoin, "export", graph)
        self.store.load(self.nquads, ox.RdfFormat.N_QUADS)
        self.claims = {self.local(c, "claim"): c for kind in ("Claim", "AgentlessClaim") for c in self.of_type(kind)}
        entities = {q.subject for q in self.store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, ox.NamedNode(BASE + "graph/entities"))}
        self.entities = {self.local(e, "ent"): e for e in entities}
        self.documents = {self.local(d, "doc"): d for d in self.of_type("Document")}
        self.events = {self.local(e, "event") for e in self.of_type("Event") if "/id/event/" in e.value}

    def of_type(self, name):
        found = self.store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(KG + name))
        return {q.subject for q in found}

    def value(self, node, name, namespace=KG):
        found = [q.object for q in self.store.quads_for_pattern(node, ox.NamedNode(namespace + name), None)]
        return found[0] if found else None

    def ends(self, claim):
        """Identifiers of subject and object, None where they are no entities."""
        node = self.claims[claim]
        terms = [self.value(node, name, RDF) for name in ("subject", "object")]
        known = lambda t: isinstance(t, ox.NamedNode) and t.value.startswith(BASE + "id/ent/")
        return tuple(self.local(t, "ent") if known(t) else None for t in terms)

    def status(self, claim):
        return self.value(self.claims[claim], "status").value.removeprefix(KG).lower()

    @staticmethod
    def local(node, kind):
        return node.value.removeprefix(f"{BASE}id/{kind}/")

    def export(self, form, name, *options):
        """The report of an export, and where it is. A second run must give the same bytes."""
        bytes_of = lambda p: {f.name: f.read_bytes() for f in p.iterdir()} if p.is_dir() else p.read_bytes()
        out, again = self.work / name, self.work / f"again-{name}"
        report = json.loads(run(self.temoin, "export", self.graph, "--format", form, "--out", out, "--json", *options))
        run(self.temoin, "export", self.graph, "--format", form, "--out", again, *options)
        check(bytes_of(out) == bytes_of(again), f"{name}: another run gives other bytes")
        check(report["articles"] == len(self.documents), f"{name}: {report['articles']} articles")
        return report, out

    def between(self):
        """Claims that join two entities."""
        return {c for c in self.claims if all(self.ends(c))}


def compressed(g):
    _, path = g.export("nquads", "graph.nq.gz")
    data = path.read_bytes()
    check(gzip.decompress(data) == g.nquads, "gzip: other quads than without it")
    check(data[4:8] == b"\0\0\0\0", "gzip: there is a time in the header")
    print(f"gzip: {len(data)} bytes for {len(g.nquads)}")


def rdf12(g):
    formats = {
        "nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML,
    }
    part = lambda c, name: g.value(g.claims[c], name, RDF)
    expected = {(g.claims[c], part(c, "subject"), part(c, "predicate"), part(c, "object")) for c in g.claims if part(c, "subject")}
    for name, form in formats.items():
        report, path = g.export(name, f"rdf12.{name}", "--rdf12")
        quads = list(ox.parse(path=str(path), format=form))
        found = {(q.subject, q.object.subject, q.object.predicate, q.object.object) for q in quads if isinstance(q.object, ox.Triple)}
        check(found == expected, f"rdf12 {name}: {len(found ^ expected)} claims differ")
        check(sum(report["left_out"].values()) == len(g.claims) - len(expected), f"rdf12 {name}: {report['left_out']}")
        if name == "trig":
            store = ox.Store()
            store.extend(quads)
            query = f"SELECT ?c {{ GRAPH ?g {{ ?c <{RDF}reifies> <<( ?s ?p ?o )>> ; <{KG}status> ?status }} }}"
            rows = list(store.query(query))
            check(len(rows) == len(expected), f"rdf12: {len(rows)} rows in SPARQL 1.2")
    print(f"RDF 1.2: {len(expected)} reified triples in {len(formats)} formats by pyoxigraph")


def graphml(g):
    report, path = g.export("graphml", "graph.graphml")
    graph = nx.read_graphml(path, force_multigraph=True)
    check(graph.is_directed() and set(graph) == set(g.entities), "graphml: other nodes than entities")
    name = lambda key: str(key).removeprefix("claim:")
    found = {name(key): (s, t) for s, t, key in graph.edges(keys=True)}
    check(found == {c: g.ends(c) for c in g.between()}, "graphml: other edges than claims")
    check(sum(report["left_out"].values()) == len(g.claims) - len(found), f"graphml: {report['left_out']}")
    for s, t, key, d in graph.edges(keys=True, data=True):
        check(d["status"] == g.status(name(key)) and isinstance(d["weight"], float), f"graphml: {key}: {d}")
        sentence = NOT_XML.sub("\ufffd", g.value(g.value(g.claims[name(key)], "evidence"), "text").value)
        check(d["sentence"] == sentence, f"graphml: {key}: another sentence")
    gephi(path)
    print(f"GraphML: {len(graph)} nodes, {len(found)} edges by networkx")


def gephi(path):
    """What Gephi's importer wants: declared keys with types that it knows, `label`, `weight` as a number."""
    ns = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(path).getroot()
    check(root.tag == ns + "graphml", f"graphml: the root is {root.tag}")
    keys = {k.get("id"): k for k in root.iter(ns + "key")}
    types = {"boolean", "int", "long", "float", "double", "string"}
    check(all(k.get("attr.type") in types and k.get("for") in ("node", "edge") for k in keys.values()), "graphml: a key of unknown type")
    named = {(k.get("for"), k.get("attr.name")): k.get("attr.type") for k in keys.values()}
    check(len(named) == len(keys), "graphml: two keys have one name")
    for key, kind in {("node", "label"): "string", ("edge", "label"): "string", ("edge", "weight"): "double"}.items():
        check(named.get(key) == kind, f"graphml: {key} is {named.get(key)}")
    for of in ("node", "edge"):
        ids = Counter(e.get("id") for e in root.iter(ns + of))
        check(ids and max(ids.values()) == 1 and None not in ids, f"graphml: {of} identifiers are missing or twice there")
        for e in root.iter(ns + of):
            mine = [d.get("key") for d in e.findall(ns + "data")]
            check(all(k in keys and keys[k].get("for") == of for k in mine), f"graphml: {e.get('id')}: undeclared {mine}")
            check(any(k.endswith("_label") for k in mine), f"graphml: {e.get('id')} has no label")


def nodelink(g):
    report, path = g.export("nodelink", "graph.json")
    graph = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges")
    check(graph.is_directed() and graph.is_multigraph() and set(graph) == set(g.entities), "nodelink: other nodes than entities")
    found = {key: (s, t) for s, t, key in graph.edges(keys=True)}
    check(found == {c: g.ends(c) for c in g.between()}, "nodelink: other edges than claims")
    alone = {c["id"] for _, d in graph.nodes(data=True) for c in d.get("claims", [])} | {c["id"] for c in graph.graph["claims"]}
    check(set(found) | alone == set(g.claims), "nodelink: a claim is missing")
    check({d["id"] for d in graph.graph["documents"]} == set(g.documents), "nodelink: other articles")
    print(f"node-link JSON: {len(graph)} nodes, {len(found)} edges, {len(alone)} other claims by networkx")


def neo4j(g):
    report, path = g.export("neo4j", "neo4j")
    read = lambda name: duckdb.sql(
        f"SELECT * FROM read_csv('{path / name}', header=true, all_varchar=true, quote='\"', escape='\"', strict_mode=true)"
    )
    nodes, links = read("nodes.csv"), read("relationships.csv")
    check(len(nodes) == report["written"]["nodes"] and len(links) == report["written"]["relationships"], f"neo4j: {report}")
    header = nodes.columns
    check(header[:2] == ["uid:ID", ":LABEL"] and links.columns[:3] == [":START_ID", ":END_ID", ":TYPE"], f"neo4j: {header}")
    types = "string|string\\[\\]|double|long|boolean|date"
    check(all(re.fullmatch(rf"[a-z_]+:({types})", c) for c in header[2:] + links.columns[3:]), f"neo4j: {header}")
    check(len(set(header)) == len(header), "neo4j: a column stands twice")
    rows = {r[0]: dict(zip(header, r)) for r in nodes.fetchall()}
    check(len(rows) == len(nodes), "neo4j: an identifier stands twice")
    expected = {f"ent:{e}" for e in g.entities} | {f"claim:{c}" for c in g.claims} | {f"doc:{d}" for d in g.documents} | {f"event:{e}" for e in g.events}
    check(set(rows) == expected, f"neo4j: {len(set(rows) ^ expected)} other nodes than in the graph")
    parse = {"double": float, "long": int, "boolean": {"true": True, "false": False}.__getitem__, "date": lambda d: re.fullmatch(r"\d{4}-\d\d-\d\d", d)[0]}
    for row in rows.values():
        for column, value in row.items():
            kind = column.rpartition(":")[2]
            if value is not None and kind in parse:
                parse[kind](value)
    links = links.fetchall()
    check(all(s in rows and t in rows and kind for s, t, kind, *_ in links), "neo4j: a relationship ends nowhere")
    ends = {(s.removeprefix("claim:"), kind): t.removeprefix("ent:") for s, t, kind, *_ in links}
    for c in g.claims:
        check((ends.get((c, "SUBJECT")), ends.get((c, "OBJECT"))) == g.ends(c), f"neo4j: {c}: other participants")
        check(rows[f"claim:{c}"]["status:string"] == g.status(c), f"neo4j: {c}: another status")
    facts = {r[3] for r in links if r[3]}
    check(facts == {c for c in g.between() if g.status(c) == "asserted"}, "neo4j: other plain relationships than asserted claims")
    print(f"Neo4j CSV: {len(rows)} nodes, {len(links)} relationships, {len(facts)} plain ones by DuckDB")


def parquet(g):
    report, path = g.export("parquet", "parquet")
    tables = {f.stem: pq.read_table(f) for f in path.glob("*.parquet")}
    check(report["written"] == {name: t.num_rows for name, t in tables.items()}, f"parquet: {report['written']}")
    claims, documents = tables["claims"].to_pylist(), {d["id"]: d for d in tables["documents"].to_pylist()}
    check({e["id"] for e in tables["entities"].to_pylist()} == set(g.entities), "parquet: other entities")
    check({c["id"] for c in claims} == set(g.claims) and set(documents) == set(g.documents), "parquet: other claims or articles")
    check({e["id"] for e in tables["events"].to_pylist()} == g.events, "parquet: other events")
    kinds = {f.name: str(f.type) for f in tables["claims"].schema}
    for name, kind in {"confidence": "double", "time_start": "date32[day]", "begin": "int64", "places": "list<element: string not null>", "value": "double"}.items():
        check(kinds[name] == kind, f"parquet: {name} is {kinds[name]}")
    for c in claims:
        check((c["subject"], c["object"]) == g.ends(c["id"]) and c["status"] == g.status(c["id"]), f"parquet: {c['id']}: other participants")
        for name, prop in (("time_start", "timeStart"), ("value", "value"), ("value_max", "valueMax"), ("reported_on", "reportedOn")):
            stored = g.value(g.claims[c["id"]], prop)
            same = str(c[name]) == stored.value if stored and name not in ("value", "value_max") else stored and float(stored.value) == c[name]
            check(same if stored else c[name] is None, f"parquet: {c['id']}: {name} is {c[name]}, not {stored}")
        places = {g.local(q.object, "ent") for q in g.store.quads_for_pattern(g.claims[c["id"]], ox.NamedNode(KG + "place"), None)}
        check(set(c["places"] or []) == places, f"parquet: {c['id']}: places {c['places']}")
    # The offsets cut the stored text, in pyarrow and in DuckDB (whose strings begin at 1).
    for table in ("evidence", "mentions"):
        for w in tables[table].to_pylist():
            check(documents[w["document"]]["text"][w["begin"]:w["end"]] == w["text"], f"parquet: {table}: {w}")
    wrong = duckdb.sql(
        f"SELECT count(*) FROM '{path}/evidence.parquet' e JOIN '{path}/documents.parquet' d ON e.document = d.id "
        "WHERE array_slice(split(d.text, ''), e.begin + 1, e.\"end\") <> split(e.text, '')"
    ).fetchall()[0][0]
    rows = duckdb.sql(f"SELECT count(*), count(DISTINCT claim) FROM '{path}/evidence.parquet'").fetchall()[0]
    check(wrong == 0 and rows == (tables["evidence"].num_rows, len(g.claims)), f"parquet: {wrong} wrong slices, {rows} in DuckDB")
    dated = duckdb.sql(f"SELECT count(*) FROM '{path}/claims.parquet' WHERE time_start >= DATE '1900-01-01' AND len(places) > 0").fetchall()[0][0]
    mine = sum(1 for c in claims if c["time_start"] and str(c["time_start"]) >= "1900" and c["places"])
    check(dated == mine, f"parquet: {dated} dated claims with places in DuckDB, {mine} in pyarrow")
    print("Parquet: " + ", ".join(f"{t.num_rows} {name}" for name, t in sorted(tables.items())) + " by pyarrow and DuckDB")


def events(g):
    report, path = g.export("events", "events.jsonl")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    check([e["id"] for e in lines] == sorted(g.events), "events: other events")
    count = lambda sql: duckdb.sql(f"SELECT count(*) FROM read_json('{path}', format='newline_delimited') WHERE {sql}").fetchall()[0][0]
    check(count("true") == len(lines), "events: DuckDB reads another number")
    coded = [e for e in lines if e["event_type"]]
    check(count("event_type IS NOT NULL") == len(coded) > 0, "events: DuckDB reads other categories")
    check({e["event_type"] for e in coded} <= PLOVER, f"events: {({e['event_type'] for e in coded} - PLOVER)} are no categories")
    told = [c for e in lines for c in e["claims"]]
    check(len(told) + sum(report["left_out"].values()) == len(g.claims), f"events: {len(told)} claims, {report['left_out']}")
    for e in lines:
        mine = [g.claims[c["id"]] for c in e["claims"]]
        check({g.local(g.value(c, "event"), "event") for c in mine} == {e["id"]}, f"events: {e['id']}: claims of another event")
        subjects = {s for c in e["claims"] if (s := g.ends(c["id"])[0])}
        check({a["id"] for a in e["actors"]} == subjects, f"events: {e['id']}: other actors")
        objects = {o for c in e["claims"] if (o := g.ends(c["id"])[1])}
        listed = {a["id"] for key in ("recipients", "objects", "location") for a in e[key]}
        check(objects <= listed, f"events: {e['id']}: an object is missing")
        starts = [t.value for c in mine if (t := g.value(c, "timeStart"))]
        check(e.get("date") == (min(starts) if starts else None), f"events: {e['id']}: {e.get('date')}, not {starts}")
        check(all(s["document"] in g.documents for s in e["sources"]) and e["sources"], f"events: {e['id']}: no source")
    print(f"events: {len(lines)}, {len(coded)} with a category, by DuckDB")


def ftm(g):
    try:
        from followthemoney import model
    except ImportError:
        print("skipped: followthemoney is not installed (tests/exports/ftm.txt)")
        return
    report, path = g.export("ftm", "graph.ftm.jsonl")
    proxies = {}
    for line in path.read_text("utf-8").splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data)
        errors = proxy.schema.validate(data)
        check(not errors, f"ftm: {data['id']}: {errors}")
        check(not proxy.schema.abstract, f"ftm: {data['id']}: {proxy.schema.name} is abstract")
        for name, values in data["properties"].items():
            prop = proxy.schema.get(name)
            check(prop is not None and not prop.stub, f"ftm: {data['id']}: {proxy.schema.name} has no {name}")
            for value in values:
                clean = prop.type.clean(value, proxy=proxy) if prop else None
                check(clean == value, f"ftm: {data['id']}: {name} {value[:80]!r} is {str(clean)[:80]!r}")
        proxies[proxy.id] = proxy
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                other = proxies.get(value)
                check(other is not None and other.schema.is_a(prop.range), f"ftm: {proxy.id}: {prop.qname} is {value}")
    kinds = Counter(p.schema.name for p in proxies.values())
    check(kinds == Counter(report["written"]), f"ftm: {report['written']}")
    check(kinds["Article"] == len(g.documents), "ftm: other articles")
    asserted = {c for c in g.claims if g.status(c) == "asserted"}
    for proxy in proxies.values():
        told = set(proxy.get("recordId", quiet=True))
        check(told <= asserted, f"ftm: {proxy.id}: a claim that is not asserted")
    links = sum(n for name, n in kinds.items() if model.get(name).edge)
    check(links > 0, "ftm: there is no link")
    print(f"FollowTheMoney: {len(proxies)} entities, {links} of them links, valid by followthemoney")


def disk(g, temoin):
    path = g.work / "store"
    run(temoin, "export", g.graph, "--format", "store", "--out", path)
    store = ox.Store.read_only(str(path))
    quads = set(store)
    check(quads == set(g.store), f"store: {len(quads ^ set(g.store))} quads differ")
    rows = list(store.query(f"SELECT ?c {{ ?c <{KG}status> <{KG}Denied> }}", use_default_graph_as_union=True))
    check(len(rows) == sum(1 for c in g.claims if g.status(c) == "denied"), f"store: {len(rows)} denied claims")
    print(f"store: {len(quads)} quads by pyoxigraph from disk")


def main():
    if len(sys.argv) not in (3, 5) or (len(sys.argv) == 5 and sys.argv[3] != "--disk"):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as work:
        g = Graph(sys.argv[1], sys.argv[2], Path(work))
        check(g.claims and g.entities and g.events, "the graph is empty")
        for test in (compressed, rdf12, graphml, nodelink, neo4j, parquet, events, ftm):
            test(g)
        if len(sys.argv) == 5:
            disk(g, sys.argv[4])
        else:
            print("skipped: the store on disk needs a binary built with --features disk (TEMOIN_DISK)")
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print("all exports are read as they were written")


if __name__ == "__main__":
    main()
